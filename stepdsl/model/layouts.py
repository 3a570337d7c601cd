"""Layouts: what a step shows."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from typing import TYPE_CHECKING, ClassVar

from stepdsl.core.model import Model, field, model
from stepdsl.core.provenance import Generation, Source
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
    """Common properties of all documented layouts (core, core2)."""

    control: str | None = None
    """Requests a particular rendering, any string. Clients ignore an unknown value."""
    margin: Size | SizeLiteral | None = None
    """Vertical space: above the component in core, below it in core2. Clients take md if absent."""
    analytics_id: str | None = field(default=None, generation=Generation.CORE2, source=Source.SOME)
    """Identifier of the component in analytics events."""
    tags: Sequence[str] | None = field(default=None, generation=Generation.CORE2, source=Source.DEDUCED_NAME)
    """Identifiers for a special rendering of the component, which is configured in the client."""


@model(tag="alert")
class AlertLayout(LayoutProperties):
    """A highlighted message that gets more attention than a paragraph (core, core2)."""

    build: ClassVar[b.AlertLayoutOpener]

    markdown: str
    """Text of the message: markdown with emphasis only, without links."""
    context: Context | ContextLiteral | None = None
    """Kind of message. Clients take neutral if absent."""


@model(tag="button", any_of=(("action", "behavior"),))
class ButtonLayout(LayoutProperties):
    """A button that performs an action (core) or a behavior (core2). One of them is required.

    `control` (`primary`, `secondary` or `tertiary`) and `context` together determine its look.
    """

    build: ClassVar[b.ButtonLayoutOpener]

    title: str
    """Label of the button."""
    action: Action | None = field(default=None, generation=Generation.SUPERSEDED)
    """Performed when the user presses the button."""
    behavior: Behavior | None = field(default=None, generation=Generation.CORE2)
    """Performed when the user presses the button."""
    context: Context | ContextLiteral | None = None
    """Meaning of the button for the user. Clients take neutral if absent."""
    disabled: bool | None = None
    """True: the user cannot press the button. Clients take False if absent."""
    pin_order: int | None = None
    """Any integer pins the button to the bottom of the screen. Pinned buttons are in ascending order."""


@model(tag="divider", generation=Generation.CORE2, source=Source.NO_TAG)
class DividerLayout(LayoutProperties):
    """A line between other layouts (core2)."""

    build: ClassVar[b.DividerLayoutOpener]


@model(tag="form")
class FormLayout(LayoutProperties):
    """Shows one of the schemas of the step (core, core2).

    The schema must be a root schema of the step, not a schema inside another one. The data of several forms is
    submitted as one object.
    """

    build: ClassVar[b.FormLayoutOpener]

    schema_id: str
    """The `id` of the root schema to show."""


@model(tag="heading")
class HeadingLayout(LayoutProperties):
    """A title of a step or of a part of a step (core, core2)."""

    build: ClassVar[b.HeadingLayoutOpener]

    text: str
    """Text of the heading, without formatting."""
    size: Size | SizeLiteral | None = None
    """Size of the text. Clients take md if absent."""
    align: Align | AlignLiteral | None = None
    """Horizontal alignment. Clients take left if absent."""


@model(tag="image")
class ImageLayout(LayoutProperties):
    """A picture (core, core2). It is scaled down to its size, but never up."""

    build: ClassVar[b.ImageLayoutOpener]

    url: str
    """URL of the picture."""
    accessibility_description: str | None = None
    """Description for screen readers."""
    size: Size | SizeLiteral | None = None
    """Maximum width; xl uses the full width. Clients take md if absent."""


@model(tag="loading-indicator")
class LoadingIndicatorLayout(LayoutProperties):
    """Shows that something is in progress and takes an unknown time (core, core2). It is usually used with polling."""

    build: ClassVar[b.LoadingIndicatorLayoutOpener]

    size: Size | SizeLiteral | None = None
    """Size of the indicator. Clients take md if absent."""


@model(tag="markdown")
class MarkdownLayout(LayoutProperties):
    """Formatted text: headings, lists, emphasis and links (core, core2). Use a paragraph for plain text."""

    build: ClassVar[b.MarkdownLayoutOpener]

    content: str
    """Text, in markdown."""
    align: Align | AlignLiteral | None = None
    """Horizontal alignment. Clients take left if absent."""


@model(tag="media", generation=Generation.CORE2, source=Source.NO_TAG)
class MediaLayout(LayoutProperties):
    """A picture or an avatar on the screen (core2)."""

    build: ClassVar[b.MediaLayoutOpener]

    media: AnyMedia = field(source=Source.EXAMPLE)
    """Picture or avatar to show."""


@model(tag="paragraph")
class ParagraphLayout(LayoutProperties):
    """Plain text (core, core2)."""

    build: ClassVar[b.ParagraphLayoutOpener]

    text: str
    """Text of the paragraph, without formatting."""
    align: Align | AlignLiteral | None = None
    """Horizontal alignment. Clients take left if absent."""


@model(tag="box")
class BoxLayout(LayoutProperties):
    """A group of components, with or without a border (core, core2)."""

    build: ClassVar[b.BoxLayoutOpener]

    components: Sequence[Layout]
    """Content of the box, from top to bottom."""
    border: bool | None = None
    """True draws a border around the box. Clients take False if absent."""
    width: Size | SizeLiteral | None = None
    """Width of the box. Clients take xl if absent."""


@model(tag="columns")
class ColumnsLayout(LayoutProperties):
    """Two columns (core, core2). On a narrow screen they become one column."""

    build: ClassVar[b.ColumnsLayoutOpener]

    class Bias(StrEnum):
        """Which of two columns has more weight (core, core2)."""

        LEFT = "left"
        """The left column has more weight."""
        NONE = "none"
        """Both columns have the same weight."""
        RIGHT = "right"
        """The right column has more weight."""

    left: Sequence[Layout]
    """Content of the left column, from top to bottom."""
    right: Sequence[Layout]
    """Content of the right column, from top to bottom."""
    bias: ColumnsLayout.Bias | ColumnsLayoutBiasLiteral | None = None
    """Which column has more weight. Clients take none if absent."""


@model(tag="modal", source=Source.NAME_ONLY)
class ModalLayout(LayoutProperties):
    """A trigger that opens a modal with other layouts (core, core2)."""

    build: ClassVar[b.ModalLayoutOpener]

    @model(source=Source.RECALLED)
    class Trigger(Model):
        """The element that opens the modal (core, core2)."""

        build: ClassVar[b.ModalLayoutTriggerOpener]

        title: str = field(source=Source.RECALLED)
        """Label of the trigger."""

    @model(source=Source.RECALLED)
    class Content(Model):
        """Content of the modal (core, core2)."""

        build: ClassVar[b.ModalLayoutContentOpener]

        title: str | None = field(default=None, source=Source.RECALLED)
        """Title of the modal."""
        components: Sequence[Layout] = field(source=Source.RECALLED)
        """Layouts of the modal, from top to bottom."""

    trigger: ModalLayout.Trigger = field(source=Source.RECALLED)
    """The element that opens the modal."""
    content: ModalLayout.Content = field(source=Source.RECALLED)
    """Content of the modal."""


@model(tag="section", generation=Generation.CORE2, source=Source.NAME_ONLY)
class SectionLayout(LayoutProperties):
    """A group of layouts under a title (core2)."""

    build: ClassVar[b.SectionLayoutOpener]

    @model(generation=Generation.CORE2, source=Source.RECALLED)
    class CallToAction(Model):
        """An action for a section (core2)."""

        build: ClassVar[b.SectionLayoutCallToActionOpener]

        title: str = field(source=Source.RECALLED)
        """Label of the action."""
        behavior: Behavior = field(source=Source.RECALLED)
        """Performed when the user chooses the action."""

    title: str | None = field(default=None, source=Source.RECALLED)
    """Title of the section."""
    call_to_action: SectionLayout.CallToAction | None = field(default=None, source=Source.RECALLED)
    """An action for the section."""
    components: Sequence[Layout] = field(source=Source.RECALLED)
    """Layouts of the section, from top to bottom."""


@model(tag="tabs", generation=Generation.CORE2, source=Source.NAME_ONLY)
class TabsLayout(LayoutProperties):
    """Groups of layouts (core2). The screen shows one group at a time."""

    build: ClassVar[b.TabsLayoutOpener]

    @model(generation=Generation.CORE2, source=Source.RECALLED)
    class Item(Model):
        """One tab (core2)."""

        build: ClassVar[b.TabsLayoutItemOpener]

        title: str = field(source=Source.RECALLED)
        """Label of the tab."""
        components: Sequence[Layout] = field(source=Source.RECALLED)
        """Layouts of the tab, from top to bottom."""

    items: Sequence[TabsLayout.Item] = field(source=Source.RECALLED)
    """The tabs, in the order of display."""


@model(tag="decision")
class DecisionLayout(LayoutProperties):
    """Options to continue the flow (core, core2). The user chooses one. Use `ListLayout` for things to manage."""

    build: ClassVar[b.DecisionLayoutOpener]

    @model(any_of=(("action", "behavior"),))
    class Option(Model):
        """One option (core, core2). The core generation has `action`, core2 has `behavior`; one is required."""

        build: ClassVar[b.DecisionLayoutOptionOpener]

        title: str
        """Title of the option."""
        description: str | None = None
        """Description of the option."""
        additional_text: str | None = field(default=None, generation=Generation.CORE2, source=Source.DEDUCED_NAME)
        """Additional text that the user sees."""
        disabled: bool | None = None
        """True: the user cannot choose the option. Clients take False if absent."""
        action: Action | None = field(default=None, generation=Generation.SUPERSEDED)
        """Performed when the user chooses the option."""
        behavior: Behavior | None = field(default=None, generation=Generation.CORE2, source=Source.DEDUCED_NAME)
        """Performed when the user chooses the option."""
        icon: AnyIcon | None = None
        """Icon of the option."""
        image: ImageLayout | None = field(default=None, recognised_by="url")
        """Image of the option. Later pages have another type here: an object without `url` is in `extra`."""
        media: AnyMedia | None = field(default=None, generation=Generation.CORE2)
        """Media of the option."""
        analytics_id: str | None = field(default=None, generation=Generation.CORE2, source=Source.DEDUCED_NAME)
        """Identifier of the option in analytics events."""

    title: str | None = field(default=None, generation=Generation.CORE2, source=Source.DEDUCED_NAME)
    """Title above the options."""
    options: Sequence[DecisionLayout.Option]
    """The options, in the order of display."""


@model(tag="instructions")
class InstructionsLayout(LayoutProperties):
    """Instructions: what the user should do and should not do (core, core2)."""

    build: ClassVar[b.InstructionsLayoutOpener]

    @model
    class Item(Model):
        """One instruction (core, core2)."""

        build: ClassVar[b.InstructionsLayoutItemOpener]

        text: str
        """Text of the instruction."""
        context: Context | ContextLiteral
        """Kind of instruction: positive for "do", negative for "do not"."""

    title: str | None = None
    """Title above the instructions."""
    items: Sequence[InstructionsLayout.Item]
    """The instructions, in the order of display."""


@model(tag="list", source=Source.NO_TAG)
class ListLayout(LayoutProperties):
    """A list of things to show or to manage (later pages of core, core2). For choices, use `DecisionLayout`."""

    build: ClassVar[b.ListLayoutOpener]

    @model(source=Source.EXAMPLE)
    class Item(Model):
        """One item of the list (later pages of core, core2)."""

        build: ClassVar[b.ListLayoutItemOpener]

        title: str
        """Title of the item."""
        description: str | None = None
        """Description of the item."""
        media: AnyMedia | None = field(default=None, generation=Generation.CORE2)
        """Picture or avatar of the item."""
        supporting_values: SupportingValues | None = field(default=None, generation=Generation.CORE2)
        """Values at the end of the item, such as amounts."""

    title: str | None = field(default=None, source=Source.EXAMPLE, note="The examples are of core2.")
    """Title above the list."""
    items: Sequence[ListLayout.Item] = field(source=Source.EXAMPLE, note="The examples are of core2.")
    """The items, in the order of display."""


@model(tag="review")
class ReviewLayout(LayoutProperties):
    """Labels with values, for the user to check (core, core2)."""

    build: ClassVar[b.ReviewLayoutOpener]

    @model
    class Field(Model):
        """A label and its value (core, core2)."""

        build: ClassVar[b.ReviewLayoutFieldOpener]

        label: str
        """Label of the value."""
        value: str
        """Value to check."""
        help: Help | None = None
        """More information about the value, shown when the user asks for it."""

    @model(any_of=(("action", "behavior"),))
    class CallToAction(Model):
        """An action for a review, such as to edit the values (core, core2).

        The core generation has `action`, core2 has `behavior`. At least one is required.
        """

        build: ClassVar[b.ReviewLayoutCallToActionOpener]

        title: str
        """Label of the action."""
        action: Action | None = field(default=None, generation=Generation.SUPERSEDED)
        """Performed when the user chooses the action."""
        behavior: Behavior | None = field(
            default=None,
            generation=Generation.CORE2,
            source=Source.DEDUCED,
            note="In other types, `behavior` replaces `action` too.",
        )
        """Performed when the user chooses the action."""

    title: str | None = None
    """Title above the values."""
    fields: Sequence[ReviewLayout.Field]
    """The labels and values, in the order of display."""
    call_to_action: ReviewLayout.CallToAction | None = None
    """An action for the review."""


@model(tag="status-list")
class StatusListLayout(LayoutProperties):
    """Tasks or stages, each with its status (core, core2)."""

    build: ClassVar[b.StatusListLayoutOpener]

    class Status(StrEnum):
        """Status of a task (core, core2)."""

        DONE = "done"
        """The task is finished."""
        NOT_DONE = "not-done"
        """The task has not started, or it waits for the user."""
        PENDING = "pending"
        """The task is in progress and does not need the user."""

    @model
    class Item(Model):
        """One task or stage (core, core2)."""

        build: ClassVar[b.StatusListLayoutItemOpener]

        title: str
        """Title of the task."""
        description: str | None = None
        """Description of the task."""
        icon: AnyIcon
        """Icon of the task."""
        status: StatusListLayout.Status | StatusListLayoutStatusLiteral | None = None
        """Status of the task."""

    title: str | None = None
    """Title above the tasks."""
    items: Sequence[StatusListLayout.Item]
    """The tasks, in the order of display."""
