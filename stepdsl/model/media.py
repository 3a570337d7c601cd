"""Small pictures for fields and items: icons (core) and media (core2)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar

from stepdsl.core.model import Namespace, field, model
from stepdsl.core.provenance import Generation, Source
from stepdsl.model.unions import AnyAvatarContent, AnyIcon, AnyMedia

if TYPE_CHECKING:
    from stepdsl.model import declarations as b

__all__ = ["Icon", "Media"]


class Icon(Namespace):
    """The icons: an icon with a name, or an icon made of text (core, core2). `AnyIcon` is the base class of both."""

    @model(key="name", adder="named")
    class Named(AnyIcon):
        """An icon of the client's design system, by name (core, core2)."""

        build: ClassVar[b.IconNamedOpener]

        name: str
        """Identifier of the icon in the client's design system."""

    @model(key="text")
    class Text(AnyIcon):
        """An icon made of text (core, core2)."""

        build: ClassVar[b.IconTextOpener]

        text: str
        """Text to show, such as initials."""


class Media(Namespace):
    """The media: an image or an avatar (core2). `AnyMedia` is the base class of both."""

    @model(tag="image", generation=Generation.CORE2, source=Source.NO_TAG)
    class Image(AnyMedia):
        """A picture or an illustration (core2)."""

        build: ClassVar[b.MediaImageOpener]

        uri: str = field(source=Source.EXAMPLE)
        """Picture: an http(s) or data URL, a path, or a URN that the client supports (`urn:wise:illustrations:…`)."""
        accessibility_description: str | None = field(default=None, source=Source.EXAMPLE)
        """Description for screen readers."""

    @model(tag="avatar", generation=Generation.CORE2, source=Source.NO_TAG)
    class Avatar(AnyMedia):
        """A round picture made of one or more contents (core2)."""

        build: ClassVar[b.MediaAvatarOpener]

        class Content(Namespace):
            """The contents of an avatar: a picture or text. `AnyAvatarContent` is the base class of both."""

            @model(tag="uri", generation=Generation.CORE2, source=Source.NO_TAG)
            class Uri(AnyAvatarContent):
                """A picture in an avatar (core2)."""

                build: ClassVar[b.MediaAvatarContentUriOpener]

                uri: str = field(source=Source.EXAMPLE)
                """Address of the picture: a URL, or a URN that the client supports (`urn:wise:icons:plus`)."""

            @model(tag="text", generation=Generation.CORE2, source=Source.MENTIONED)
            class Text(AnyAvatarContent):
                """Text in an avatar, such as initials (core2)."""

                build: ClassVar[b.MediaAvatarContentTextOpener]

                text: str = field(source=Source.RECALLED)
                """Text to show."""

        content: Sequence[AnyAvatarContent] = field(source=Source.EXAMPLE, note="No page shows that it is an array.")
        """Pictures and texts to show."""
