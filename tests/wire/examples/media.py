"""Icons and media: each type with all its properties, three ways."""

from __future__ import annotations

from stepdsl import Icon, Media


class IconNamedExample:
    """The same Icon.Named, three ways."""

    @staticmethod
    def by_constructors():
        return Icon.Named(name="fast-flag")

    @staticmethod
    def by_blocks():
        with Icon.Named.build() as icon:
            icon.name = "fast-flag"
        return icon.built

    @staticmethod
    def by_callbacks():
        @Icon.Named.build
        def made(icon):
            icon.name = "fast-flag"

        return made


class IconTextExample:
    """The same Icon.Text, three ways."""

    @staticmethod
    def by_constructors():
        return Icon.Text(text="MM")

    @staticmethod
    def by_blocks():
        with Icon.Text.build() as icon:
            icon.text = "MM"
        return icon.built

    @staticmethod
    def by_callbacks():
        @Icon.Text.build
        def made(icon):
            icon.text = "MM"

        return made


class MediaAvatarExample:
    """The same Media.Avatar, three ways."""

    @staticmethod
    def by_constructors():
        return Media.Avatar(
            content=[Media.Avatar.Content.Text(text="MM"), Media.Avatar.Content.Uri(uri="urn:wise:countries:EE:image")]
        )

    @staticmethod
    def by_blocks():
        with Media.Avatar.build() as avatar:
            with avatar.content() as content:
                content.text(text="MM")
                content.uri(uri="urn:wise:countries:EE:image")
        return avatar.built

    @staticmethod
    def by_callbacks():
        @Media.Avatar.build
        def made(avatar):
            @avatar.content
            def _(content):
                content.text(text="MM")
                content.uri(uri="urn:wise:countries:EE:image")

        return made


class MediaAvatarContentTextExample:
    """The same Media.Avatar.Content.Text, three ways."""

    @staticmethod
    def by_constructors():
        return Media.Avatar.Content.Text(text="Ü")

    @staticmethod
    def by_blocks():
        with Media.Avatar.Content.Text.build() as content:
            content.text = "Ü"
        return content.built

    @staticmethod
    def by_callbacks():
        @Media.Avatar.Content.Text.build
        def made(content):
            content.text = "Ü"

        return made


class MediaAvatarContentUriExample:
    """The same Media.Avatar.Content.Uri, three ways."""

    @staticmethod
    def by_constructors():
        return Media.Avatar.Content.Uri(uri="urn:wise:icons:plus")

    @staticmethod
    def by_blocks():
        with Media.Avatar.Content.Uri.build() as content:
            content.uri = "urn:wise:icons:plus"
        return content.built

    @staticmethod
    def by_callbacks():
        @Media.Avatar.Content.Uri.build
        def made(content):
            content.uri = "urn:wise:icons:plus"

        return made


class MediaImageExample:
    """The same Media.Image, three ways."""

    @staticmethod
    def by_constructors():
        return Media.Image(uri="data:image/png;base64,iVBORw0KGgo=", accessibility_description="A house")

    @staticmethod
    def by_blocks():
        with Media.Image.build() as image:
            image.uri = "data:image/png;base64,iVBORw0KGgo="
            image.accessibility_description = "A house"
        return image.built

    @staticmethod
    def by_callbacks():
        @Media.Image.build
        def made(image):
            image.uri = "data:image/png;base64,iVBORw0KGgo="
            image.accessibility_description = "A house"

        return made


EXAMPLES = {
    "Icon.Named": IconNamedExample,
    "Icon.Text": IconTextExample,
    "Media.Avatar": MediaAvatarExample,
    "Media.Avatar.Content.Text": MediaAvatarContentTextExample,
    "Media.Avatar.Content.Uri": MediaAvatarContentUriExample,
    "Media.Image": MediaImageExample,
}
