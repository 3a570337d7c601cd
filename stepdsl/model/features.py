"""Features of steps and schemas: what a screen does in addition to layouts and data."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from typing import TYPE_CHECKING, ClassVar

from stepdsl.core.json import Json
from stepdsl.core.model import Model, field, model
from stepdsl.core.provenance import Generation, Source
from stepdsl.model.unions import AnyIcon, AnyMedia, Behavior, Schema

if TYPE_CHECKING:
    from stepdsl.model import declarations as b
    from stepdsl.model.actions import Action
    from stepdsl.model.layouts import ImageLayout
    from stepdsl.model.literals import NavigationStackBehaviorLiteral

__all__ = [
    "External",
    "LinkHandler",
    "Navigation",
    "PersistAsync",
    "Polling",
    "RefreshOnChange",
    "Suggestions",
    "Summary",
    "SummaryProperties",
    "Toolbar",
    "ValidateAsync",
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


class RefreshOnChange:
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


@model
class PersistAsync(Model):
    """Sends a value to a separate endpoint as soon as it changes (core, core2). The step submits the token it returns.

    Use it for large values, such as files, and for values that the step must not contain, such as card numbers. The
    outer schema describes the submitted value, a token or an id. The user sees the inner `schema`. A 2xx response is a
    JSON object with the token in `id_property`. Any other response is an error: its `validation` has the message under
    `param`.
    """

    build: ClassVar[b.PersistAsyncOpener]

    id_property: str
    """Property of the response that contains the value to submit."""
    method: str = "POST"
    """HTTP method, any string. The default is POST. It is always on the wire."""
    param: str
    """Name of the value in the request: a property of the JSON body, or a part of the multipart body for a blob."""
    schema: Schema
    """Schema of the field that the user sees."""
    url: str
    """URL that receives the value: absolute, or relative to the base URL of the flow."""


@model
class ValidateAsync(Model):
    """Sends a changed value to an endpoint that checks it, after the rules of the schema passed (core, core2).

    A 2xx response accepts the value; it can have a `message` for the user. A 422 response refuses the value with a
    `message`. Clients ignore all other responses. The user can submit a refused value, so the server must check the
    value again at submission.
    """

    build: ClassVar[b.ValidateAsyncOpener]

    method: str
    """HTTP method, any string. Use a method with a request body."""
    param: str
    """Property of the JSON body that contains the value."""
    url: str
    """URL that receives the value: absolute, or relative to the base URL of the flow."""


@model(generation=Generation.CORE2, source=Source.NAME_ONLY)
class Suggestions(Model):
    """Values that a field offers to the user (core2)."""

    build: ClassVar[b.SuggestionsOpener]

    @model(generation=Generation.CORE2, source=Source.RECALLED)
    class Value(Model):
        """One suggested value (core2)."""

        build: ClassVar[b.SuggestionsValueOpener]

        label: str = field(source=Source.RECALLED)
        """Text that the user sees."""
        value: Json = field(source=Source.RECALLED)
        """Value that the field takes when the user picks the suggestion, any JSON."""

    values: Sequence[Suggestions.Value] = field(source=Source.RECALLED)
    """The suggested values, in the order of display."""


@model(mixin=True)
class SummaryProperties(Model):
    """What a schema provides for the summary of its list item (core, core2)."""

    provides_title: bool | None = None
    """True provides the value of the schema as the title."""
    provides_description: bool | None = None
    """True provides the value of the schema as the description."""
    provides_icon: bool | None = None
    """True provides the icon of the schema as the icon."""
    provides_image: bool | None = None
    """True provides the image of the schema as the image."""
    provides_media: bool | None = field(default=None, generation=Generation.CORE2)
    """True provides the media of the schema as the media."""


class Summary:
    """The two sides of a summary: schemas provide the parts, and a list shows them."""

    @model
    class Provider(SummaryProperties):
        """The parts that a schema provides for a summary (core, core2)."""

        build: ClassVar[b.SummaryProviderOpener]

    @model
    class Summariser(SummaryProperties):
        """The summary that a list shows for each item, and the defaults for missing parts (core, core2).

        The `provides_…` properties provide parts for the summary of an outer list.
        """

        build: ClassVar[b.SummarySummariserOpener]

        default_title: str | None = None
        """Title if no child provides one."""
        default_description: str | None = None
        """Description if no child provides one."""
        default_icon: AnyIcon | None = None
        """Icon if no child provides one."""
        default_image: ImageLayout | None = field(default=None, recognised_by="url")
        """Image if no child provides one. Later pages have another type here: an object without `url` is in `extra`."""
        default_media: AnyMedia | None = field(
            default=None, generation=Generation.CORE2, source=Source.DEDUCED, note="It belongs to `provides_media`."
        )
        """Media if no child provides one."""


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
