"""The step, one screen of a flow, and the features that stand directly on it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import Enum
from typing import TYPE_CHECKING, ClassVar

from stepdsl.model.actions import Action
from stepdsl.model.base import Model, field, model
from stepdsl.model.generation import Generation
from stepdsl.model.refresh import RefreshOnChange
from stepdsl.model.unions import Behavior, Layout, Schema
from stepdsl.model.values import UNSET, Json

if TYPE_CHECKING:
    from stepdsl.dsl import builders as b
    from stepdsl.model.literals import NavigationStackBehaviorLiteral
    from stepdsl.model.toolbar import Toolbar

__all__ = ["External", "LinkHandler", "Navigation", "Polling", "Step", "StepError"]


@model
class External(Model):
    """A URL that the client opens by itself, once, when the step loads (core, core2).

    The web client opens a new tab, the mobile ones the browser or another app. Usually beside `Polling` or a
    `LinkHandler`, which bring the flow on while the user is elsewhere.
    """

    build: ClassVar[b.ExternalOpener]

    url: str
    """What to open."""


@model(any_of=(("interval", "delay"),), root=True)
class Polling(Model):
    """Repeats a GET request until its answer moves the flow on, or until it fails (core, core2).

    An answer with an action ends the polling; other successful ones let it go on, up to `max_attempts` requests.
    """

    build: ClassVar[b.PollingOpener]

    @model(any_of=(("action", "behavior"),), root=True)
    class OnError(Model):
        """What happens when polling fails: a status of 400 or more, or no attempts left (core, core2).

        The core generation has `action`, core2 `behavior`; one of them must be given, and `behavior` goes first.
        """

        build: ClassVar[b.PollingOnErrorOpener]

        action: Action | None = field(default=None, generation=Generation.SUPERSEDED)
        """Performed when polling fails."""
        behavior: Behavior | None = field(default=None, generation=Generation.CORE2)
        """Performed when polling fails."""

    url: str
    """What to request: absolute, or relative to the flow's base URL."""
    interval: int | None = field(default=None, generation=Generation.SUPERSEDED)
    """Seconds between the starts of two requests. Required in core, replaced by `delay` in core2."""
    delay: int | None = field(default=None, generation=Generation.CORE2)
    """Seconds from a response to the next request, so that requests to a slow endpoint do not pile up."""
    timeout: int | None = field(default=None, generation=Generation.CORE2)
    """Suggested timeout of one request in seconds."""
    max_attempts: int
    """How many requests are made at most before `on_error`."""
    on_error: Polling.OnError
    """What happens when polling fails."""


@model(any_of=(("action", "behavior"),), root=True)
class LinkHandler(Model):
    """A pattern tried on links that open the app while the step is shown, and what a match does (core, core2).

    What is submitted then has the whole link as `url` merged into it.
    """

    build: ClassVar[b.LinkHandlerOpener]

    regex_pattern: str
    """Regular expression that is searched in the link."""
    action: Action | None = field(default=None, generation=Generation.SUPERSEDED)
    """Performed on a match."""
    behavior: Behavior | None = field(default=None, generation=Generation.CORE2)
    """Performed on a match."""


@model(root=True)
class Navigation(Model):
    """How the user moves between steps (core, core2)."""

    build: ClassVar[b.NavigationOpener]

    class StackBehavior(str, Enum):
        """What presenting a step does to the steps before it (core, core2)."""

        DEFAULT = "default"
        """The step is pushed onto the stack."""
        REMOVE_ALL = "remove-all"
        """The step is pushed and all earlier ones are removed."""
        REMOVE_PREVIOUS = "remove-previous"
        """The step is pushed and the one before it is removed."""
        REPLACE_CURRENT = "replace-current"
        """The step takes the place of the current one, as an update of it."""

    @model(root=True)
    class BackBehavior(Model):
        """What going back from the step does (core, core2). Nothing is validated before its action submits."""

        build: ClassVar[b.NavigationBackBehaviorOpener]

        title: str | None = None
        """Describes the way back to the user."""
        action: Action
        """Performed when the user goes back."""

    back: Navigation.BackBehavior | None = None
    """What going back does, in place of the client's own way."""
    stack_behavior: Navigation.StackBehavior | NavigationStackBehaviorLiteral | None = None
    """What presenting this step does to the steps before it."""


@model
class StepError(Model):
    """Errors to show as soon as the step loads (core, core2)."""

    build: ClassVar[b.StepErrorOpener]

    error: str | None = None
    """General message, tied to no field."""
    validation: Json = field(default=UNSET)
    """Messages of single fields: JSON in the shape of the model, a message at each field that failed."""


@model(root=True)
class Step(RefreshOnChange.RefreshableStep):
    """One screen of a flow: the data to collect, how it looks, and the features around it (core, core2).

    `id` and `title` are documented as required but may be left out, as the documentation's own examples do.
    """

    build: ClassVar[b.StepOpener]

    id: str | None = None
    """Identifies the step; goes into analytics events as stepId."""
    title: str | None = None
    """Title of the screen."""
    description: str | None = None
    """Subtitle of the screen."""
    control: str | None = None
    """Asks for a particular rendering of the step, any string; clients ignore one they do not know."""
    layout: Sequence[Layout] = field(default=())
    """What the screen shows, from top to bottom. Always on the wire."""
    footer: Sequence[Layout] | None = field(default=None, generation=Generation.CORE2)
    """What stands fixed at the bottom, usually the buttons that submit."""
    schemas: Sequence[Schema] = field(default=())
    """The data to collect; their values are merged in this order at submission. Always on the wire.

    A schema is shown where a form layout refers to its `id`; others are submitted with what `model` holds for them.
    """
    model: Json = field(default=UNSET)
    """Initial data in the shape that the schemas describe; what fits no schema is ignored."""
    toolbar: Toolbar | None = field(default=None, generation=Generation.CORE2)
    """Buttons at the top of the screen. Seen on no page; its type's name was."""
    errors: StepError | None = None
    """Errors to show as soon as the step loads."""
    external: External | None = None
    """A URL that is opened when the step first loads."""
    polling: Polling | None = None
    """Requests that can move the flow on while the step is shown."""
    link_handlers: Sequence[LinkHandler] | None = None
    """Patterns for links that can move the flow on while the step is shown."""
    navigation: Navigation | None = None
    """How the user moves between steps."""
    analytics: Mapping[str, str] | None = None
    """Added by the client to every analytics event of the step."""
