"""Layouts: what a step shows."""

from __future__ import annotations

from collections.abc import Sequence
from enum import Enum
from typing import TYPE_CHECKING, ClassVar

from stepdsl.core.model import Model, field, model
from stepdsl.core.provenance import Generation
from stepdsl.model.enums import Align, Context, Size
from stepdsl.model.unions import AnyIcon, AnyMedia, Behavior, Layout

if TYPE_CHECKING:
    from stepdsl.model import declarations as b
    from stepdsl.model.actions import Action
    from stepdsl.model.common import Help, SupportingValues
    from stepdsl.model.literals import (
        AlignLiteral,
        ColumnsLayoutBiasLiteral,
        ContextLiteral,
        SizeLiteral,
        StatusListLayoutStatusLiteral,
    )

__all__ = [
    "AlertLayout",
    "BoxLayout",
    "ButtonLayout",
    "ColumnsLayout",
    "DecisionLayout",
    "DividerLayout",
    "FormLayout",
    "HeadingLayout",
    "ImageLayout",
    "InstructionsLayout",
    "LayoutProperties",
    "ListLayout",
    "LoadingIndicatorLayout",
    "MarkdownLayout",
    "MediaLayout",
    "ModalLayout",
    "ParagraphLayout",
    "ReviewLayout",
    "SectionLayout",
    "StatusListLayout",
    "TabsLayout",
]


@model(mixin=True)
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


@model(tag="modal")
class ModalLayout(LayoutProperties):
    """A trigger that shows other layouts in a modal (core, core2). Only the name was seen on a page."""

    build: ClassVar[b.ModalLayoutOpener]

    @model
    class Trigger(Model):
        """What opens the modal (core, core2). Seen on no page."""

        build: ClassVar[b.ModalLayoutTriggerOpener]

        title: str
        """The label. Seen on no page."""

    @model
    class Content(Model):
        """What the modal shows (core, core2). Seen on no page."""

        build: ClassVar[b.ModalLayoutContentOpener]

        title: str | None = None
        """Title of the modal. Seen on no page."""
        components: Sequence[Layout]
        """What the modal shows, from top to bottom. Seen on no page."""

    trigger: ModalLayout.Trigger
    """What opens the modal. Seen on no page."""
    content: ModalLayout.Content
    """What the modal shows. Seen on no page."""


@model(tag="section", generation=Generation.CORE2)
class SectionLayout(LayoutProperties):
    """A group of layouts under a title (core2). Only the name was seen on a page."""

    build: ClassVar[b.SectionLayoutOpener]

    @model(generation=Generation.CORE2)
    class CallToAction(Model):
        """What a section offers to do (core2). Seen on no page."""

        build: ClassVar[b.SectionLayoutCallToActionOpener]

        title: str
        """The label. Seen on no page."""
        behavior: Behavior
        """Performed when it is chosen. Seen on no page."""

    title: str | None = None
    """Title of the section. Seen on no page."""
    call_to_action: SectionLayout.CallToAction | None = None
    """What the section offers to do. Seen on no page."""
    components: Sequence[Layout]
    """What stands in the section, from top to bottom. Seen on no page."""


@model(tag="tabs", generation=Generation.CORE2)
class TabsLayout(LayoutProperties):
    """Groups of layouts, one of which is shown at a time (core2). Only the name was seen on a page."""

    build: ClassVar[b.TabsLayoutOpener]

    @model(generation=Generation.CORE2)
    class Item(Model):
        """One tab (core2). Seen on no page."""

        build: ClassVar[b.TabsLayoutItemOpener]

        title: str
        """The label. Seen on no page."""
        components: Sequence[Layout]
        """What the tab shows, from top to bottom. Seen on no page."""

    items: Sequence[TabsLayout.Item]
    """The tabs, in their order. Seen on no page."""


@model(tag="decision")
class DecisionLayout(LayoutProperties):
    """Options of which the user chooses one as the way on (core, core2). `ListLayout` suits things to be managed."""

    build: ClassVar[b.DecisionLayoutOpener]

    @model(any_of=(("action", "behavior"),))
    class Option(Model):
        """One of the options (core, core2). The core generation has `action`, core2 `behavior`; one must be given."""

        build: ClassVar[b.DecisionLayoutOptionOpener]

        title: str
        """What it is called."""
        description: str | None = None
        """More that the user sees."""
        additional_text: str | None = field(default=None, generation=Generation.CORE2)
        """Still more that the user sees. Its name was lost on the page and is deduced."""
        disabled: bool | None = None
        """True keeps it from being chosen. Clients take False if absent."""
        action: Action | None = field(default=None, generation=Generation.SUPERSEDED)
        """Performed when it is chosen."""
        behavior: Behavior | None = field(default=None, generation=Generation.CORE2)
        """Performed when it is chosen."""
        icon: AnyIcon | None = None
        """Stands for the option."""
        image: ImageLayout | None = field(default=None, recognised_by="url")
        """Stands for the option. Later pages have another type here; what has no `url` goes to `extra`."""
        media: AnyMedia | None = field(default=None, generation=Generation.CORE2)
        """Stands for the option."""
        analytics_id: str | None = field(default=None, generation=Generation.CORE2)
        """Identifies the option in analytics events. Its name was lost on the page and is deduced."""

    title: str | None = field(default=None, generation=Generation.CORE2)
    """Title above the options."""
    options: Sequence[DecisionLayout.Option]
    """The options, in their order."""


@model(tag="instructions")
class InstructionsLayout(LayoutProperties):
    """What to do and what not to, point by point (core, core2)."""

    build: ClassVar[b.InstructionsLayoutOpener]

    @model
    class Item(Model):
        """One of the points (core, core2)."""

        build: ClassVar[b.InstructionsLayoutItemOpener]

        text: str
        """What it says."""
        context: Context | ContextLiteral
        """What kind of point it is: positive for what to do, negative for what not to."""

    title: str | None = None
    """Title above the points."""
    items: Sequence[InstructionsLayout.Item]
    """The points, in their order."""


@model(tag="list")
class ListLayout(LayoutProperties):
    """A list of things that are shown or managed, not chosen from (later pages of core, core2).

    Its properties were seen in core2's examples only, its wire tag on no page. `DecisionLayout` suits choices.
    """

    build: ClassVar[b.ListLayoutOpener]

    @model
    class Item(Model):
        """One of the things (later pages of core, core2)."""

        build: ClassVar[b.ListLayoutItemOpener]

        title: str
        """What it is called."""
        description: str | None = None
        """More that the user sees."""
        media: AnyMedia | None = field(default=None, generation=Generation.CORE2)
        """Stands for the thing."""
        supporting_values: SupportingValues | None = field(default=None, generation=Generation.CORE2)
        """Values at the end of the entry, such as amounts."""

    title: str | None = None
    """Title above the list."""
    items: Sequence[ListLayout.Item]
    """The things, in their order."""


@model(tag="review")
class ReviewLayout(LayoutProperties):
    """Labels with values, for the user to check (core, core2)."""

    build: ClassVar[b.ReviewLayoutOpener]

    @model
    class Field(Model):
        """A label with its value (core, core2)."""

        build: ClassVar[b.ReviewLayoutFieldOpener]

        label: str
        """What is told."""
        value: str
        """Its value."""
        help: Help | None = None
        """More about it, shown when the user asks for it."""

    @model(any_of=(("action", "behavior"),))
    class CallToAction(Model):
        """What a review offers to do, such as to edit (core, core2).

        The core generation has `action`, core2 `behavior`; one of them must be given.
        """

        build: ClassVar[b.ReviewLayoutCallToActionOpener]

        title: str
        """The label."""
        action: Action | None = field(default=None, generation=Generation.SUPERSEDED)
        """Performed when it is chosen."""
        behavior: Behavior | None = field(default=None, generation=Generation.CORE2)
        """Performed when it is chosen. Seen on no page, deduced from the other places where it took over."""

    title: str | None = None
    """Title above the fields."""
    fields: Sequence[ReviewLayout.Field]
    """The labels and values, in their order."""
    call_to_action: ReviewLayout.CallToAction | None = None
    """What the review offers to do."""


@model(tag="status-list")
class StatusListLayout(LayoutProperties):
    """Tasks or stages, each with how far it has come (core, core2)."""

    build: ClassVar[b.StatusListLayoutOpener]

    class Status(str, Enum):
        """How far a task has come (core, core2)."""

        DONE = "done"
        """It is finished."""
        NOT_DONE = "not-done"
        """It has not begun, or waits for the user."""
        PENDING = "pending"
        """It goes on without the user."""

    @model
    class Item(Model):
        """One task or stage (core, core2)."""

        build: ClassVar[b.StatusListLayoutItemOpener]

        title: str
        """What it is called."""
        description: str | None = None
        """More that the user sees."""
        icon: AnyIcon
        """Stands for the task."""
        status: StatusListLayout.Status | StatusListLayoutStatusLiteral | None = None
        """How far it has come."""

    title: str | None = None
    """Title above the tasks."""
    items: Sequence[StatusListLayout.Item]
    """The tasks, in their order."""
