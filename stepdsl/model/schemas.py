"""Schemas: the data a step collects. What they share stands in `SchemaProperties` and `InputProperties`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import Enum
from typing import TYPE_CHECKING, Any, ClassVar

from stepdsl.errors import refuse
from stepdsl.model.autocomplete import AutocompleteHint
from stepdsl.model.base import field, model
from stepdsl.model.generation import Generation
from stepdsl.model.unions import Schema, is_const_without_value
from stepdsl.model.values import UNSET, Json

if TYPE_CHECKING:
    from stepdsl.dsl import builders as b
    from stepdsl.model.help import Help
    from stepdsl.model.layouts import AlertLayout
    from stepdsl.model.literals import AutocompleteHintLiteral, StringSchemaFormatLiteral

__all__ = ["ConstSchema", "InputProperties", "ObjectSchema", "OneOfSchema", "SchemaProperties", "StringSchema"]


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
    keywords: Sequence[str] | None = None
    """More words by which a search finds the schema; they matter below a one-of schema only."""
    analytics_id: str | None = None
    """Identifies the schema in analytics events; need not be unique."""


@model(shared=True)
class InputProperties(SchemaProperties):
    """What the schemas of input fields have in common besides (core, core2)."""

    help: Help | None = None
    """More about the field, shown when the user asks for it."""
    placeholder: str | None = None
    """Example of what is expected, shown while the field is empty."""
    autocomplete_hint: Sequence[AutocompleteHint | AutocompleteHintLiteral] | None = None
    """What the field holds, so that the client can offer to fill it in. Some clients heed the first value only."""
    autofill_key: str | None = None
    """Where the value may come from, as source.property: `contact.email`, `contact.givenName` and the like."""
    refresh_step_on_change: bool | None = None
    """True makes a change of the value fetch the step anew from its `refresh_url`."""


@model(key="const")
class ConstSchema(SchemaProperties):
    """A constant: an alternative of a one-of schema, or a fixed property of an object (core, core2)."""

    build: ClassVar[b.ConstSchemaOpener]

    value: Json = field(default=UNSET, wire="const")
    """The constant, any JSON; `const` on the wire. Optional in the earliest pages, required in later ones."""

    @staticmethod
    def _settle(values: dict[str, Any]) -> bool:
        extra = values.get("extra")
        if extra and "value" not in values and not is_const_without_value(extra):
            raise refuse("without a value it can have no extra properties: it would be read as an unknown schema")
        return False


@model(tag="object", adder="obj")
class ObjectSchema(SchemaProperties):
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


@model(tag="string")
class StringSchema(InputProperties):
    """A string: free text, or something narrower by its `format` (core, core2). No input submits null."""

    build: ClassVar[b.StringSchemaOpener]

    class Format(str, Enum):
        """What kind of string is asked for (core, core2)."""

        DATE = "date"
        """A date, submitted as YYYY-MM-DD."""
        EMAIL = "email"
        """An e-mail address."""
        NUMERIC = "numeric"
        """Digits and dots."""
        BASE64URL = "base64url"
        """The content of a file, which the user uploads (core2)."""

    default: str | None = None
    """Initial value; what the step's model holds wins over it."""
    format: StringSchema.Format | StringSchemaFormatLiteral | None = None
    """What kind of string is asked for; free text if absent."""
    display_format: str | None = None
    """Mask of the input, a `*` for each character that the user types; only those are submitted."""
    min_length: int | None = None
    """Least number of characters; not for formats with a structure of their own, such as dates."""
    max_length: int | None = None
    """Greatest number of characters; not for formats with a structure of their own."""
    minimum: str | None = None
    """Least value of a format with a structure of its own, such as the earliest date."""
    maximum: str | None = None
    """Greatest value of a format with a structure of its own, such as the latest date."""
    pattern: str | None = None
    """Regular expression that the value must match; not for formats with a structure of their own."""
    validation_messages: Mapping[str, str] | None = None
    """What to tell the user when a rule fails, under the rule's wire name: minLength, pattern, …"""
    accepts: Sequence[str] | None = None
    """MIME types of an upload (format base64url), wildcards allowed; any type if absent."""
