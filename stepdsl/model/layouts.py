"""Layouts: what a step shows. One class per layout; what they share stands in `LayoutProperties`."""

from __future__ import annotations

from collections.abc import Sequence
from enum import Enum
from typing import TYPE_CHECKING, ClassVar

from stepdsl.model.base import field, model
from stepdsl.model.enums import Align, Context, Size
from stepdsl.model.generation import Generation
from stepdsl.model.unions import Behavior, Layout

if TYPE_CHECKING:
    from stepdsl.dsl import builders as b
    from stepdsl.model.actions import Action
    from stepdsl.model.literals import AlignLiteral, ColumnsLayoutBiasLiteral, ContextLiteral, SizeLiteral

__all__ = [
    "AlertLayout",
    "BoxLayout",
    "ButtonLayout",
    "ColumnsLayout",
    "HeadingLayout",
    "LayoutProperties",
    "LoadingIndicatorLayout",
    "MarkdownLayout",
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


@model(tag="box")
class BoxLayout(LayoutProperties):
    """Groups components, with a border or without (core, core2)."""

    build: ClassVar[b.BoxLayoutOpener]

    components: Sequence[Layout]
    """What stands in the box, from top to bottom."""
    border: bool | None = None
    """True draws a border round the box. Clients take False if absent."""
    width: Size | SizeLiteral | None = None
    """How wide the box is. Clients take xl if absent."""


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


@model(tag="columns")
class ColumnsLayout(LayoutProperties):
    """Two columns side by side; they become one where the screen is narrow (core, core2)."""

    build: ClassVar[b.ColumnsLayoutOpener]

    class Bias(str, Enum):
        """Which of two columns has more weight (core, core2)."""

        LEFT = "left"
        """The left one."""
        NONE = "none"
        """Both have the same."""
        RIGHT = "right"
        """The right one."""

    left: Sequence[Layout]
    """The left column, from top to bottom."""
    right: Sequence[Layout]
    """The right column, from top to bottom."""
    bias: ColumnsLayout.Bias | ColumnsLayoutBiasLiteral | None = None
    """Which column has more weight. Clients take none if absent."""


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


@model(tag="paragraph")
class ParagraphLayout(LayoutProperties):
    """Plain text (core, core2)."""

    build: ClassVar[b.ParagraphLayoutOpener]

    text: str
    """What it says, without formatting."""
    align: Align | AlignLiteral | None = None
    """Where it stands. Clients take left if absent."""
