"""Features of steps and of schemas: what a screen does besides showing layouts and collecting data."""

from __future__ import annotations

from collections.abc import Sequence
from enum import Enum
from typing import TYPE_CHECKING, ClassVar

from stepdsl.core.json import Json
from stepdsl.core.model import Model, field, model
from stepdsl.core.provenance import Generation
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


class RefreshOnChange:
    """Fetching a step anew when a value changes (core, core2).

    The client posts the step's values to its `refresh_url`. An answer of 304 changes nothing; a step takes the place of
    the current one, and has to bring its own `model`, since no value is carried over.
    """

    @model(mixin=True, documented=True)
    class RefreshableStep(Model):
        """What a step has to say for it (core, core2)."""

        refresh_url: str | None = None
        """Where the client fetches the step anew when a schema with `refresh_step_on_change` changes."""

    @model(mixin=True, documented=True)
    class RefreshTrigger(Model):
        """What a schema has to say for it (core, core2)."""

        refresh_step_on_change: bool | None = None
        """True makes a change of the value fetch the step anew; not for schemas inside a list."""


@model
class PersistAsync(Model):
    """Sends a value to an endpoint of its own as soon as it changes (core, core2); the step submits what comes back.

    Serves large values, such as files, and values to be kept out of the step, such as card numbers. The schema that has
    it describes what is submitted, a token or an id; the `schema` in it is what the user sees. A 2xx answer is a JSON
    object with the token at `id_property`; any other is an error, whose `validation` has its message under `param`.
    """

    build: ClassVar[b.PersistAsyncOpener]

    id_property: str
    """Property of the answer that holds the value to submit."""
    method: str = "POST"
    """HTTP method, any string; POST if it is not given, and always written."""
    param: str
    """Property of the JSON body, or part of the multipart one for a blob, that carries the value."""
    schema: Schema
    """What the user fills in."""
    url: str
    """Where the value goes: absolute, or relative to the flow's base URL."""


@model
class ValidateAsync(Model):
    """Has an endpoint check a value as soon as it changes and passes the schema's own rules (core, core2).

    2xx accepts it, with a `message` for the user or none; 422 refuses it with a `message`. Everything else is ignored,
    and even a refused value can be submitted: the server has to check it again then.
    """

    build: ClassVar[b.ValidateAsyncOpener]

    method: str
    """HTTP method, any string; only those with a body make sense."""
    param: str
    """Property of the JSON body that carries the value."""
    url: str
    """Where the value goes: absolute, or relative to the flow's base URL."""


@model(generation=Generation.CORE2)
class Suggestions(Model):
    """Values that a field offers to pick (core2). Only the name was seen on a page."""

    build: ClassVar[b.SuggestionsOpener]

    @model(generation=Generation.CORE2)
    class Value(Model):
        """One of the values (core2). Seen on no page."""

        build: ClassVar[b.SuggestionsValueOpener]

        label: str
        """What the user sees. Seen on no page."""
        value: Json = field()
        """What the field's value becomes, any JSON. Seen on no page."""

    values: Sequence[Suggestions.Value]
    """The values, in the order in which they are offered. Seen on no page."""


@model(mixin=True)
class SummaryProperties(Model):
    """What a schema may give to the summary of the list item in which it stands (core, core2)."""

    provides_title: bool | None = None
    """True offers the schema's value as the title."""
    provides_description: bool | None = None
    """True offers the schema's value as the description."""
    provides_icon: bool | None = None
    """True offers the schema's icon as the icon."""
    provides_image: bool | None = None
    """True offers the schema's image as the image."""
    provides_media: bool | None = field(default=None, generation=Generation.CORE2)
    """True offers the schema's media as the media."""


class Summary:
    """The two sides of a summary: schemas that provide its parts, and the list that puts them together."""

    @model
    class Provider(SummaryProperties):
        """A schema as the source of parts of a summary (core, core2)."""

        build: ClassVar[b.SummaryProviderOpener]

    @model
    class Summariser(SummaryProperties):
        """How a list sums up each of its items, with what to take where no child provides it (core, core2).

        What it provides in its turn goes to the list around this one.
        """

        build: ClassVar[b.SummarySummariserOpener]

        default_title: str | None = None
        """Title where no child provides one."""
        default_description: str | None = None
        """Description where no child provides one."""
        default_icon: AnyIcon | None = None
        """Icon where no child provides one."""
        default_image: ImageLayout | None = field(default=None, recognised_by="url")
        """Image where no child provides one. Later pages have another type here; what has no `url` goes to `extra`."""
        default_media: AnyMedia | None = field(default=None, generation=Generation.CORE2)
        """Media where no child provides one. Seen on no page, deduced from `provides_media`."""


@model(root=True, generation=Generation.CORE2)
class Toolbar(Model):
    """Buttons at the top of the screen (core2). Only the name was seen on a page."""

    build: ClassVar[b.ToolbarOpener]

    @model(tag="button", adder="item", generation=Generation.CORE2)
    class Item(Model):
        """One button of the toolbar (core2). Seen on no page."""

        build: ClassVar[b.ToolbarItemOpener]

        title: str | None = None
        """The label. Seen on no page."""
        accessibility_description: str | None = None
        """What screen readers say of it. Seen on no page."""
        media: AnyMedia | None = None
        """What it shows. Seen on no page."""
        behavior: Behavior
        """Performed when it is pressed. Seen on no page."""

    items: Sequence[Toolbar.Item]
    """The buttons, in their order. Seen on no page."""
