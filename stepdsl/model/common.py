"""What fields and items have in common: help, alerts, supporting values, summaries, suggestions, async requests."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar

from stepdsl.core.json import Json
from stepdsl.core.model import Model, Namespace, field, model
from stepdsl.core.provenance import Generation, Source
from stepdsl.model.enums import Context
from stepdsl.model.unions import AnyIcon, AnyMedia, Schema

if TYPE_CHECKING:
    from stepdsl.model import declarations as b
    from stepdsl.model.layouts import ImageLayout
    from stepdsl.model.literals import ContextLiteral

__all__ = [
    "Help",
    "InlineAlert",
    "PersistAsync",
    "Suggestions",
    "Summary",
    "SummaryProperties",
    "SupportingValues",
    "ValidateAsync",
]


@model
class Help(Model):
    """More information about a field or an item, shown when the user asks for it (core, core2)."""

    build: ClassVar[b.HelpOpener]

    markdown: str
    """Text of the help, in markdown."""


@model(generation=Generation.CORE2, source=Source.NO_PROPERTIES)
class InlineAlert(Model):
    """A small alert next to a field (core2)."""

    build: ClassVar[b.InlineAlertOpener]

    content: str = field(source=Source.RECALLED)
    """Text of the alert."""
    context: Context | ContextLiteral | None = field(
        default=None, source=Source.RECALLED, note="Clients probably take neutral if absent."
    )
    """Kind of message."""


@model(generation=Generation.CORE2, source=Source.EXAMPLE)
class SupportingValues(Model):
    """Up to two values at the end of a list item (core2)."""

    build: ClassVar[b.SupportingValuesOpener]

    value: str | None = None
    """Main value, such as an amount."""
    subvalue: str | None = None
    """Second value, shown below the main value in smaller letters."""


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


class Summary(Namespace):
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
