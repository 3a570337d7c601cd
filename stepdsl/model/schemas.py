"""Schemas: the data that a step collects."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import Enum
from typing import TYPE_CHECKING, ClassVar, TypeAlias

from stepdsl.core.json import UNSET, Json
from stepdsl.core.model import Model, field, model
from stepdsl.core.provenance import Generation
from stepdsl.model.autocomplete import AutocompleteHint, AutocompleteToken
from stepdsl.model.features import RefreshOnChange
from stepdsl.model.unions import AnyIcon, AnyMedia, Schema

if TYPE_CHECKING:
    from stepdsl.model import declarations as b
    from stepdsl.model.common import Help, InlineAlert
    from stepdsl.model.features import PersistAsync, Suggestions, Summary, ValidateAsync
    from stepdsl.model.layouts import AlertLayout, ImageLayout
    from stepdsl.model.literals import (
        AutocompleteHintLiteral,
        AutocompleteTokenLiteral,
        BlobSchemaSourceLiteral,
        StringSchemaFormatLiteral,
    )

__all__ = [
    "AllOfSchema",
    "ArraySchema",
    "AsyncProperties",
    "BlobSchema",
    "BooleanSchema",
    "ConstSchema",
    "FieldProperties",
    "InputProperties",
    "IntegerSchema",
    "NumberSchema",
    "ObjectSchema",
    "OneOfSchema",
    "ProvidingProperties",
    "RuleProperties",
    "SchemaProperties",
    "StringSchema",
    "SuggestingProperties",
    "Upload",
]


@model(mixin=True)
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
    image: ImageLayout | None = field(default=None, recognised_by="url")
    """Stands for the schema. Later pages have another type here; what has no `url` goes to `extra`."""
    media: AnyMedia | None = field(default=None, generation=Generation.CORE2)
    """Stands for the schema. Seen in examples of constants and objects, deduced for the others."""
    keywords: Sequence[str] | None = None
    """More words by which a search finds the schema; they matter below a one-of schema only."""
    analytics_id: str | None = None
    """Identifies the schema in analytics events; need not be unique."""


@model(mixin=True)
class ProvidingProperties(SchemaProperties):
    """What all schemas but lists have in common besides (core, core2)."""

    summary: Summary.Provider | None = None
    """What the schema gives to the summary of the list item in which it stands."""


@model(mixin=True)
class AsyncProperties(Model):
    """What a client may do with a value while the user fills in the others (core, core2)."""

    persist_async: PersistAsync | None = None
    """Sends the value to an endpoint of its own; the step submits what that gives back."""
    validation_async: ValidateAsync | None = None
    """Has an endpoint check the value."""


@model(mixin=True)
class FieldProperties(ProvidingProperties, RefreshOnChange.RefreshTrigger):
    """What the schemas of single values and choices have in common besides (core, core2)."""

    help: Help | None = None
    """More about the field, shown when the user asks for it."""
    autofill_key: str | None = None
    """Where the value may come from, as source.property: `contact.email`, `contact.givenName` and the like."""


@model(mixin=True)
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


@model(tag="object", adder="obj")
class ObjectSchema(ProvidingProperties):
    """An object in what is submitted; with a title it shows as a section of the form (core, core2)."""

    build: ClassVar[b.ObjectSchemaOpener]

    properties: Mapping[str, Schema]
    """The schemas of its properties, under their names."""
    display_order: Sequence[str] = field(default=(), keys_of="properties")
    """Names in the order in which they are shown; one left out is not shown. Given none: the order of declaration."""
    required: Sequence[str] | None = None
    """Names of the properties that must have a value."""
    format: str | None = field(default=None, generation=Generation.CORE2)
    """What kind of data the object stands for, any string. Its name was lost on the page and is deduced."""


@model(key="oneOf")
class OneOfSchema(InputProperties):
    """A choice: between constants (a select, radio buttons), or between sections of a form (core, core2)."""

    build: ClassVar[b.OneOfSchemaOpener]

    schemas: Sequence[Schema] = field(wire="oneOf")
    """The alternatives, in the order in which they are offered; `oneOf` on the wire."""
    default: Json = field(default=UNSET)
    """Value chosen at first, any JSON; what the step's model holds wins over it."""


@model(mixin=True)
class RuleProperties(Model):
    """What the schemas have in common whose rules the client checks (core, core2)."""

    validation_messages: Mapping[str, str] | None = None
    """What to tell the user when a rule fails, under the rule's wire name: minLength, pattern, …"""


@model(mixin=True)
class SuggestingProperties(Model):
    """What the schemas of numbers and strings have in common besides (core2)."""

    suggestions: Suggestions | None = field(default=None, generation=Generation.CORE2)
    """Values that the field offers to pick. Seen on no page; its type's name was."""


@model(tag="blob")
class BlobSchema(ProvidingProperties, RuleProperties):
    """A file, sent as multipart form data (core, core2).

    Only `PersistAsync` may hold one: the file goes to its endpoint, and the step submits what comes back.
    """

    build: ClassVar[b.BlobSchemaOpener]

    class Source(str, Enum):
        """Where a file may come from (core; `Upload.Source` in core2)."""

        CAMERA = "camera"
        """A photo that is taken now."""
        FILE = "file"
        """A file that the user picks."""

    accepts: Sequence[str] | None = None
    """MIME types of the file, wildcards allowed; any type if absent. Required in the earliest pages."""
    max_size: int | None = None
    """Greatest size of the file in bytes; unlimited if absent."""
    source: BlobSchema.Source | BlobSchemaSourceLiteral | None = None
    """Where the file may come from; anywhere if absent."""
    camera_config: Json = field(default=UNSET)
    """Settings of the camera, any JSON; each client has its own."""
    validation_async: ValidateAsync | None = None
    """Has an endpoint check the value."""


class Upload:
    """The name under which core2 documents what uploads have in common."""

    Source: TypeAlias = BlobSchema.Source
    """Where a file may come from."""


@model(tag="boolean")
class BooleanSchema(FieldProperties, AsyncProperties):
    """True or false, such as a checkbox (core, core2). False is submitted where the user did nothing."""

    build: ClassVar[b.BooleanSchemaOpener]

    default: bool | None = None
    """Initial value; what the step's model holds wins over it."""


@model(tag="integer")
class IntegerSchema(InputProperties, AsyncProperties, RuleProperties, SuggestingProperties):
    """A whole number (core, core2). No input submits null."""

    build: ClassVar[b.IntegerSchemaOpener]

    default: int | None = None
    """Initial value; what the step's model holds wins over it."""
    minimum: int | None = None
    """Least value that is accepted."""
    maximum: int | None = None
    """Greatest value that is accepted."""


@model(tag="number")
class NumberSchema(InputProperties, AsyncProperties, RuleProperties, SuggestingProperties):
    """A number, whole or not (core, core2). No input submits null."""

    build: ClassVar[b.NumberSchemaOpener]

    default: float | None = None
    """Initial value; what the step's model holds wins over it."""
    minimum: float | None = None
    """Least value that is accepted."""
    maximum: float | None = None
    """Greatest value that is accepted."""


@model(tag="string")
class StringSchema(InputProperties, AsyncProperties, RuleProperties, SuggestingProperties):
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
    accepts: Sequence[str] | None = None
    """MIME types of an upload (format base64url), wildcards allowed; any type if absent."""
    source: BlobSchema.Source | BlobSchemaSourceLiteral | None = None
    """Where the file of an upload (format base64url) may come from; anywhere if absent. Seen in examples only."""


class ArraySchema:
    """The schemas of arrays. On the wire both are of the type array; what `items` holds tells them apart."""

    @model(tag="array", adder="list")
    class List(SchemaProperties, AsyncProperties):
        """Any number of items of one schema: a part of a form that repeats, or several files (core, core2).

        No items submit an empty array.
        """

        build: ClassVar[b.ArraySchemaListOpener]

        items: Schema
        """The schema of each item."""
        add_item_title: str
        """Label of the button that adds an item, and title of the screen where that is done."""
        edit_item_title: str
        """Title of the screen where an item is edited."""
        min_items: int | None = None
        """Least number of items."""
        max_items: int | None = None
        """Greatest number of items."""
        summary: Summary.Summariser | None = None
        """How each item is told to the user in a few words and a picture."""

    @model(tag="array", array="items", adder="tuple")
    class Tuple(ProvidingProperties, AsyncProperties):
        """A fixed number of items, each of a schema of its own (core, core2)."""

        build: ClassVar[b.ArraySchemaTupleOpener]

        items: Sequence[Schema]
        """The schemas of the items, in their order."""
