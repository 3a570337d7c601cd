"""Layouts: what a step shows. What they share stands in `LayoutProperties`.

Those that hold other layouts are in `stepdsl.model.containers`, those made of entries in `stepdsl.model.entries`, the
search in `stepdsl.model.search`.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar

from stepdsl.model.base import field, model
from stepdsl.model.enums import Align, Context, Size
from stepdsl.model.generation import Generation
from stepdsl.model.unions import AnyMedia, Behavior, Layout

if TYPE_CHECKING:
    from stepdsl.dsl import builders as b
    from stepdsl.model.actions import Action
    from stepdsl.model.literals import AlignLiteral, ContextLiteral, SizeLiteral

__all__ = [
    "AlertLayout",
    "ButtonLayout",
    "DividerLayout",
    "FormLayout",
    "HeadingLayout",
    "ImageLayout",
    "LayoutProperties",
    "LoadingIndicatorLayout",
    "MarkdownLayout",
    "MediaLayout",
    "ParagraphLayout",
]


@model(shared=True)
class LayoutProperties(Layout):
    """What all documented layouts have in common (core, core2)."""

    control: str | None = None
    """Asks for a particular rendering, any string; clients ignore one they do not know."""
    margin: Size | SizeLiteral | None = None
    """Vertical space: above the component in core, below it in core2. Clients take md if absent."""
    analytics_id: str | None = field(default=None, generation=Generation.CORE2)
    """Identifies the component in analytics events."""
    tags: Sequence[str] | None = field(default=None, generation=Generation.CORE2)
    """Identifiers by which a client can be told to render the component in its own way."""


@model(tag="alert")
class AlertLayout(LayoutProperties):
    """A message that draws attention, stronger than a paragraph (core, core2)."""

    build: ClassVar[b.AlertLayoutOpener]

    markdown: str
    """What it says: markdown with emphasis only, no links."""
    context: Context | ContextLiteral | None = None
    """What kind of message it is. Clients take neutral if absent."""


@model(tag="button", any_of=(("action", "behavior"),))
class ButtonLayout(LayoutProperties):
    """A button that performs an action (core) or a behavior (core2); one of them must be given.

    Its look follows from `control` (`primary`, `secondary` or `tertiary`) together with `context`.
    """

    build: ClassVar[b.ButtonLayoutOpener]

    title: str
    """The label."""
    action: Action | None = field(default=None, generation=Generation.SUPERSEDED)
    """Performed when the button is pressed."""
    behavior: Behavior | None = field(default=None, generation=Generation.CORE2)
    """Performed when the button is pressed."""
    context: Context | ContextLiteral | None = None
    """What pressing it means for the user. Clients take neutral if absent."""
    disabled: bool | None = None
    """True keeps it from being pressed. Clients take False if absent."""
    pin_order: int | None = None
    """Any integer pins the button to the bottom of the screen; pinned ones stand in ascending order."""


@model(tag="divider", generation=Generation.CORE2)
class DividerLayout(LayoutProperties):
    """A line between other layouts (core2). Its wire tag was seen on no page."""

    build: ClassVar[b.DividerLayoutOpener]


@model(tag="form")
class FormLayout(LayoutProperties):
    """The place where one of the step's schemas is shown (core, core2).

    Only root schemas of the step can be shown so, none that stands inside another one. What several forms collect is
    submitted as one object.
    """

    build: ClassVar[b.FormLayoutOpener]

    schema_id: str
    """The `id` of the root schema to show."""


@model(tag="heading")
class HeadingLayout(LayoutProperties):
    """The title of a step or of a part of it (core, core2)."""

    build: ClassVar[b.HeadingLayoutOpener]

    text: str
    """What it says, without formatting."""
    size: Size | SizeLiteral | None = None
    """How large it is. Clients take md if absent."""
    align: Align | AlignLiteral | None = None
    """Where it stands. Clients take left if absent."""


@model(tag="image")
class ImageLayout(LayoutProperties):
    """A picture (core, core2). It is scaled down to its size, never up."""

    build: ClassVar[b.ImageLayoutOpener]

    url: str
    """Where it is."""
    accessibility_description: str | None = None
    """What screen readers say of it."""
    size: Size | SizeLiteral | None = None
    """How wide it may become; xl takes all the room there is. Clients take md if absent."""


@model(tag="loading-indicator")
class LoadingIndicatorLayout(LayoutProperties):
    """Shows that something goes on and takes an unknown time; usually beside polling (core, core2)."""

    build: ClassVar[b.LoadingIndicatorLayoutOpener]

    size: Size | SizeLiteral | None = None
    """How large it is. Clients take md if absent."""


@model(tag="markdown")
class MarkdownLayout(LayoutProperties):
    """Formatted text (core, core2): headings, lists, emphasis and links; a paragraph serves for plain text."""

    build: ClassVar[b.MarkdownLayoutOpener]

    content: str
    """The text, in markdown."""
    align: Align | AlignLiteral | None = None
    """Where it stands. Clients take left if absent."""


@model(tag="media", generation=Generation.CORE2)
class MediaLayout(LayoutProperties):
    """A picture or an avatar as a part of the screen (core2). Its wire tag was seen on no page."""

    build: ClassVar[b.MediaLayoutOpener]

    media: AnyMedia
    """What it shows."""


@model(tag="paragraph")
class ParagraphLayout(LayoutProperties):
    """Plain text (core, core2)."""

    build: ClassVar[b.ParagraphLayoutOpener]

    text: str
    """What it says, without formatting."""
    align: Align | AlignLiteral | None = None
    """Where it stands. Clients take left if absent."""
