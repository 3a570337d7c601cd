"""What stands for a field or an item in a small place: icons (core) and media (core2)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar

from stepdsl.core.model import model
from stepdsl.core.provenance import Generation
from stepdsl.model.unions import AnyAvatarContent, AnyIcon, AnyMedia

if TYPE_CHECKING:
    from stepdsl.model import declarations as b

__all__ = ["Icon", "Media"]


class Icon:
    """The icons: by a name that the client knows, or made of text (core, core2). `AnyIcon` is the base of both."""

    @model(key="name", adder="named")
    class Named(AnyIcon):
        """An icon that the client knows by name (core, core2)."""

        build: ClassVar[b.IconNamedOpener]

        name: str
        """Which icon, by its identifier in the client's design system."""

    @model(key="text")
    class Text(AnyIcon):
        """An icon made of text (core, core2)."""

        build: ClassVar[b.IconTextOpener]

        text: str
        """What it shows, such as initials."""


class Media:
    """The media: an image or an avatar (core2). `AnyMedia` is the base of both."""

    @model(tag="image", generation=Generation.CORE2)
    class Image(AnyMedia):
        """A picture or an illustration (core2). Its wire tag was seen on no page."""

        build: ClassVar[b.MediaImageOpener]

        uri: str
        """Where it is: an http(s) or data URL, a path, or a URN that the client knows (`urn:wise:illustrations:…`)."""
        accessibility_description: str | None = None
        """What screen readers say of it."""

    @model(tag="avatar", generation=Generation.CORE2)
    class Avatar(AnyMedia):
        """A round picture made of one or more contents (core2). Its wire tag was seen on no page."""

        build: ClassVar[b.MediaAvatarOpener]

        class Content:
            """What an avatar may hold: a picture or text. `AnyAvatarContent` is the base of both."""

            @model(tag="uri", generation=Generation.CORE2)
            class Uri(AnyAvatarContent):
                """A picture inside an avatar (core2). Its wire tag was seen on no page."""

                build: ClassVar[b.MediaAvatarContentUriOpener]

                uri: str
                """Where it is: a URL, or a URN that the client knows (`urn:wise:icons:plus`)."""

            @model(tag="text", generation=Generation.CORE2)
            class Text(AnyAvatarContent):
                """Text inside an avatar, such as initials (core2).

                Examples speak of it; its properties and its wire tag were seen on no page.
                """

                build: ClassVar[b.MediaAvatarContentTextOpener]

                text: str
                """What it shows. Seen on no page."""

        content: Sequence[AnyAvatarContent]
        """What it shows. That it is an array on the wire was seen on no page."""
