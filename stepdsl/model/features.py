"""Features of steps: what a screen does in addition to layouts and data."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from typing import TYPE_CHECKING, ClassVar

from stepdsl.core.model import Model, Namespace, field, model
from stepdsl.core.provenance import Generation, Source
from stepdsl.model.unions import AnyMedia, Behavior

if TYPE_CHECKING:
    from stepdsl.model import declarations as b
    from stepdsl.model.actions import Action
    from stepdsl.model.literals import NavigationStackBehaviorLiteral

__all__ = [
    "External",
    "LinkHandler",
    "Navigation",
    "Polling",
    "RefreshOnChange",
    "Toolbar",
]


@model
class External(Model):
    """A URL that the client opens automatically, once, when the step loads (core, core2).

    The web client opens a new tab. Mobile clients open the browser or another app. The step usually also has `Polling`
    or a `LinkHandler`, which continue the flow while the user is in the other window or app.
    """

    build: ClassVar[b.ExternalOpener]

    url: str
    """URL to open."""


@model(any_of=(("interval", "delay"),), root=True)
class Polling(Model):
    """Repeats a GET request until a response continues the flow, or until the polling fails (core, core2).

    A response with an action ends the polling. After any other successful response the client sends the next request,
    up to `max_attempts` requests.
    """

    build: ClassVar[b.PollingOpener]

    @model(any_of=(("action", "behavior"),), root=True)
    class OnError(Model):
        """What happens when polling fails: the status is 400 or more, or no attempts are left (core, core2).

        The core generation has `action`, core2 has `behavior`. At least one is required; `behavior` has priority.
        """

        build: ClassVar[b.PollingOnErrorOpener]

        action: Action | None = field(default=None, generation=Generation.SUPERSEDED)
        """Performed when polling fails."""
        behavior: Behavior | None = field(default=None, generation=Generation.CORE2)
        """Performed when polling fails."""

    url: str
    """URL of the requests: absolute, or relative to the base URL of the flow."""
    interval: int | None = field(default=None, generation=Generation.SUPERSEDED)
    """Time between the starts of two requests, in seconds. Required in core; `delay` replaces it in core2."""
    delay: int | None = field(default=None, generation=Generation.CORE2, source=Source.DEDUCED_NAME)
    """Time from a response to the next request, in seconds. So requests to a slow endpoint do not accumulate."""
    timeout: int | None = field(default=None, generation=Generation.CORE2, source=Source.DEDUCED_NAME)
    """Suggested timeout of one request, in seconds."""
    max_attempts: int
    """Maximum number of requests before `on_error` is performed."""
    on_error: Polling.OnError
    """What happens when polling fails."""


@model(any_of=(("action", "behavior"),), root=True)
class LinkHandler(Model):
    """A pattern for links that open the app while the step is shown, and what happens on a match (core, core2).

    On a match, the client merges the full link into the submitted data, as `url`.
    """

    build: ClassVar[b.LinkHandlerOpener]

    regex_pattern: str
    """Regular expression. It matches anywhere in the link."""
    action: Action | None = field(default=None, generation=Generation.SUPERSEDED)
    """Performed on a match."""
    behavior: Behavior | None = field(default=None, generation=Generation.CORE2, source=Source.DEDUCED_NAME)
    """Performed on a match."""


@model(root=True)
class Navigation(Model):
    """How the user moves between steps (core, core2)."""

    build: ClassVar[b.NavigationOpener]

    class StackBehavior(StrEnum):
        """How a new step changes the stack of earlier steps (core, core2)."""

        DEFAULT = "default"
        """The client pushes the step onto the stack."""
        REMOVE_ALL = "remove-all"
        """The client pushes the step and removes all earlier steps."""
        REMOVE_PREVIOUS = "remove-previous"
        """The client pushes the step and removes the step before it."""
        REPLACE_CURRENT = "replace-current"
        """The step replaces the current step, as an update of it."""

    @model(root=True)
    class BackBehavior(Model):
        """What happens when the user goes back (core, core2). The action submits without validation."""

        build: ClassVar[b.NavigationBackBehaviorOpener]

        title: str | None = None
        """Text for the user that describes the back navigation."""
        action: Action
        """Performed when the user goes back."""

    back: Navigation.BackBehavior | None = None
    """What happens when the user goes back. It replaces the back navigation of the client."""
    stack_behavior: Navigation.StackBehavior | NavigationStackBehaviorLiteral | None = None
    """How this step changes the stack of earlier steps."""


class RefreshOnChange(Namespace):
    """Fetches a step again when a value changes (core, core2).

    The client posts the values of the step to its `refresh_url`. A response of 304 changes nothing. A step in the
    response replaces the current step. It needs its own `model`, because the client keeps no value of the old step.
    """

    @model(mixin=True, documented=True)
    class RefreshableStep(Model):
        """The property of a step that can be refreshed (core, core2)."""

        refresh_url: str | None = None
        """URL from which the client fetches the step again when a schema with `refresh_step_on_change` changes."""

    @model(mixin=True, documented=True)
    class RefreshTrigger(Model):
        """The property of a schema that can refresh the step (core, core2)."""

        refresh_step_on_change: bool | None = None
        """True: the client fetches the step again when the value changes. Do not use it for schemas inside a list."""


@model(root=True, generation=Generation.CORE2, source=Source.NAME_ONLY)
class Toolbar(Model):
    """Buttons at the top of the screen (core2)."""

    build: ClassVar[b.ToolbarOpener]

    @model(tag="button", adder="item", generation=Generation.CORE2, source=Source.RECALLED)
    class Item(Model):
        """One button of the toolbar (core2)."""

        build: ClassVar[b.ToolbarItemOpener]

        title: str | None = field(default=None, source=Source.RECALLED)
        """Label of the button."""
        accessibility_description: str | None = field(default=None, source=Source.RECALLED)
        """Description for screen readers."""
        media: AnyMedia | None = field(default=None, source=Source.RECALLED)
        """Picture of the button."""
        behavior: Behavior = field(source=Source.RECALLED)
        """Performed when the user presses the button."""

    items: Sequence[Toolbar.Item] = field(source=Source.RECALLED)
    """The buttons, in the order of display."""
