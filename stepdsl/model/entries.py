"""Layouts made of entries: choices, instructions, lists, values to review, states of tasks."""

from __future__ import annotations

from collections.abc import Sequence
from enum import Enum
from typing import TYPE_CHECKING, ClassVar

from stepdsl.model.base import Model, field, model
from stepdsl.model.enums import Context
from stepdsl.model.generation import Generation
from stepdsl.model.layouts import LayoutProperties
from stepdsl.model.unions import AnyIcon, AnyMedia, Behavior

if TYPE_CHECKING:
    from stepdsl.dsl import builders as b
    from stepdsl.model.actions import Action
    from stepdsl.model.details import Help, SupportingValues
    from stepdsl.model.layouts import ImageLayout
    from stepdsl.model.literals import ContextLiteral, StatusListLayoutStatusLiteral

__all__ = ["DecisionLayout", "InstructionsLayout", "ListLayout", "ReviewLayout", "StatusListLayout"]


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
        image: ImageLayout | None = field(default=None, known_by="url")
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
