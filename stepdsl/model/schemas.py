"""Schemas: the data a step collects. Here are constants, objects, choices and merges, and what all schemas share.

Single values are in `stepdsl.model.inputs`, lists and tuples in `stepdsl.model.arrays`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, ClassVar

from stepdsl.errors import refuse
from stepdsl.model.autocomplete import AutocompleteHint, AutocompleteToken
from stepdsl.model.base import Model, field, model
from stepdsl.model.definition import DEFINITIONS
from stepdsl.model.generation import Generation
from stepdsl.model.refresh import RefreshOnChange
from stepdsl.model.unions import AnyIcon, AnyMedia, Schema
from stepdsl.model.values import UNSET, Json

if TYPE_CHECKING:
    from stepdsl.dsl import builders as b
    from stepdsl.model.background import PersistAsync, ValidateAsync
    from stepdsl.model.details import Help, InlineAlert
    from stepdsl.model.layouts import AlertLayout, ImageLayout
    from stepdsl.model.literals import AutocompleteHintLiteral, AutocompleteTokenLiteral
    from stepdsl.model.summary import Summary

__all__ = [
    "AllOfSchema",
    "AsyncProperties",
    "ConstSchema",
    "FieldProperties",
    "InputProperties",
    "ObjectSchema",
    "OneOfSchema",
    "ProvidingProperties",
    "SchemaProperties",
]


@model(shared=True)
class SchemaProperties(Schema):
    """What all documented schemas have in common (core, core2)."""

    id: str | None = field(default=None, wire="$id")
    """Handle by which a form layout refers to the schema, by custom with a leading `#`; `$id` on the wire."""
    title: str | None = None
    """Label that the user sees."""
    description: str | None = None
    """Explanation that the user sees."""
    additional_text: str | None = field(default=None, generation=Generation.CORE2)
    """More that the user sees beside the label. Its name was lost on the pages and is deduced."""
    control: str | None = None
    """Asks for a particular input, any string; clients ignore one they do not know."""
    hidden: bool | None = None
    """True shows nothing; the value is submitted all the same. Clients take False if absent."""
    disabled: bool | None = None
    """True accepts no input; the value is submitted all the same. Clients take False if absent."""
    alert: AlertLayout | None = None
    """An alert above the field, for information and warnings, not for validation."""
    inline_alert: InlineAlert | None = field(default=None, generation=Generation.CORE2)
    """An alert beside the field. Seen on the page of all-of schemas, its type deduced."""
    icon: AnyIcon | None = None
    """Stands for the schema."""
    image: ImageLayout | None = field(default=None, known_by="url")
    """Stands for the schema. Later pages have another type here; what has no `url` goes to `extra`."""
    media: AnyMedia | None = field(default=None, generation=Generation.CORE2)
    """Stands for the schema. Seen in examples of constants and objects, deduced for the others."""
    keywords: Sequence[str] | None = None
    """More words by which a search finds the schema; they matter below a one-of schema only."""
    analytics_id: str | None = None
    """Identifies the schema in analytics events; need not be unique."""


@model(shared=True)
class ProvidingProperties(SchemaProperties):
    """What all schemas but lists have in common besides (core, core2)."""

    summary: Summary.Provider | None = None
    """What the schema gives to the summary of the list item in which it stands."""


@model(shared=True)
class AsyncProperties(Model):
    """What a client may do with a value while the user fills in the others (core, core2)."""

    persist_async: PersistAsync | None = None
    """Sends the value to an endpoint of its own; the step submits what that gives back."""
    validation_async: ValidateAsync | None = None
    """Has an endpoint check the value."""


@model(shared=True)
class FieldProperties(ProvidingProperties, RefreshOnChange.RefreshTrigger):
    """What the schemas of single values and choices have in common besides (core, core2)."""

    help: Help | None = None
    """More about the field, shown when the user asks for it."""
    autofill_key: str | None = None
    """Where the value may come from, as source.property: `contact.email`, `contact.givenName` and the like."""


@model(shared=True)
class InputProperties(FieldProperties):
    """What the schemas of all fields but booleans have in common besides (core, core2)."""

    placeholder: str | None = None
    """Example of what is expected, shown while the field is empty."""
    autocomplete_hint: (
        Sequence[AutocompleteHint | AutocompleteHintLiteral | AutocompleteToken | AutocompleteTokenLiteral] | None
    ) = None
    """What the field holds, so that the client can offer to fill it in. Some clients heed the first value only.

    The earliest pages spell the values as `AutocompleteHint` does, later ones as `AutocompleteToken`.
    """


@model(key="allOf")
class AllOfSchema(ProvidingProperties):
    """Several schemas whose values are merged into one, the later ones winning (core, core2).

    Makes one object out of several sections of a form.
    """

    build: ClassVar[b.AllOfSchemaOpener]

    schemas: Sequence[Schema] = field(wire="allOf")
    """The schemas to merge, first to last; `allOf` on the wire."""


@model(key="const")
class ConstSchema(ProvidingProperties):
    """A constant: an alternative of a one-of schema, or a fixed property of an object (core, core2)."""

    build: ClassVar[b.ConstSchemaOpener]

    value: Json = field(default=UNSET, wire="const")
    """The constant, any JSON; `const` on the wire. Optional in the earliest pages, required in later ones."""

    @staticmethod
    def _settle(values: dict[str, Any]) -> bool:
        extra = values.get("extra")
        if extra and "value" not in values and not DEFINITIONS[ConstSchema].wire_names.keys() >= extra.keys():
            raise refuse("without a value it can have no extra properties: it would be read as an unknown schema")
        return False


@model(tag="object", adder="obj")
class ObjectSchema(ProvidingProperties):
    """An object in what is submitted; with a title it shows as a section of the form (core, core2)."""

    build: ClassVar[b.ObjectSchemaOpener]

    properties: Mapping[str, Schema]
    """The schemas of its properties, under their names."""
    display_order: Sequence[str] = field(default=())
    """Names in the order in which they are shown; one left out is not shown. Given none: the order of declaration."""
    required: Sequence[str] | None = None
    """Names of the properties that must have a value."""
    format: str | None = field(default=None, generation=Generation.CORE2)
    """What kind of data the object stands for, any string. Its name was lost on the page and is deduced."""

    @staticmethod
    def _settle(values: dict[str, Any]) -> bool:
        if "display_order" in values or "displayOrder" in values.get("extra", ()):
            return False
        values["display_order"] = tuple(values.get("properties", ()))
        return True


@model(key="oneOf")
class OneOfSchema(InputProperties):
    """A choice: between constants (a select, radio buttons), or between sections of a form (core, core2)."""

    build: ClassVar[b.OneOfSchemaOpener]

    schemas: Sequence[Schema] = field(wire="oneOf")
    """The alternatives, in the order in which they are offered; `oneOf` on the wire."""
    default: Json = field(default=UNSET)
    """Value chosen at first, any JSON; what the step's model holds wins over it."""
