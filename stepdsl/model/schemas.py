"""Schemas: the data that a step collects."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import TYPE_CHECKING, ClassVar, TypeAlias

from stepdsl.core.json import UNSET, Json
from stepdsl.core.model import Model, Namespace, field, model
from stepdsl.core.provenance import Generation, Source
from stepdsl.model.autocomplete import AutocompleteHint, AutocompleteToken
from stepdsl.model.features import RefreshOnChange
from stepdsl.model.unions import AnyIcon, AnyMedia, Schema

if TYPE_CHECKING:
    from stepdsl.model import declarations as b
    from stepdsl.model.common import Help, InlineAlert, PersistAsync, Suggestions, Summary, ValidateAsync
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
    """Common properties of all documented schemas (core, core2)."""

    id: str | None = field(default=None, wire="$id")
    """Identifier for references from form layouts, usually with a leading `#`. It is `$id` on the wire."""
    title: str | None = None
    """Label that the user sees."""
    description: str | None = None
    """Explanation that the user sees."""
    additional_text: str | None = field(default=None, generation=Generation.CORE2, source=Source.DEDUCED_NAME)
    """Additional text that the user sees next to the label."""
    control: str | None = None
    """Requests a particular input component, any string. Clients ignore an unknown value."""
    hidden: bool | None = None
    """True hides the field. Its value is still submitted. Clients take False if absent."""
    disabled: bool | None = None
    """True disables input. The value is still submitted. Clients take False if absent."""
    alert: AlertLayout | None = None
    """An alert above the field, for information and warnings. Do not use it for validation."""
    inline_alert: InlineAlert | None = field(
        default=None, generation=Generation.CORE2, source=Source.DEDUCED_TYPE, note="Seen on the all-of page."
    )
    """An alert next to the field."""
    icon: AnyIcon | None = None
    """Icon of the schema."""
    image: ImageLayout | None = field(default=None, recognised_by="url")
    """Image of the schema. Later pages have another type here: an object without `url` is in `extra`."""
    media: AnyMedia | None = field(
        default=None, generation=Generation.CORE2, source=Source.SOME, note="Seen in examples of constants and objects."
    )
    """Media of the schema."""
    keywords: Sequence[str] | None = None
    """More words to find the schema with a search. They have an effect only inside a one-of schema."""
    analytics_id: str | None = None
    """Identifier of the schema in analytics events. It does not need to be unique."""


@model(mixin=True)
class ProvidingProperties(SchemaProperties):
    """Additional common properties of all schemas except lists (core, core2)."""

    summary: Summary.Provider | None = None
    """What the schema provides for the summary of its list item."""


@model(mixin=True)
class AsyncProperties(Model):
    """Requests that a client sends with a value before the submission (core, core2)."""

    persist_async: PersistAsync | None = None
    """Sends the value to a separate endpoint. The step submits the token that the endpoint returns."""
    validation_async: ValidateAsync | None = None
    """Sends the value to an endpoint that checks it."""


@model(mixin=True)
class FieldProperties(ProvidingProperties, RefreshOnChange.RefreshTrigger):
    """Additional common properties of schemas of single values and choices (core, core2)."""

    help: Help | None = None
    """More information about the field, shown when the user asks for it."""
    autofill_key: str | None = None
    """Source of an automatic value, as source.property: `contact.email`, `contact.givenName` and so on."""


@model(mixin=True)
class InputProperties(FieldProperties):
    """Additional common properties of schemas of all fields except booleans (core, core2)."""

    placeholder: str | None = None
    """Example of a value, shown while the field is empty."""
    autocomplete_hint: (
        Sequence[AutocompleteHint | AutocompleteHintLiteral | AutocompleteToken | AutocompleteTokenLiteral] | None
    ) = None
    """Content of the field, so that the client can offer a value for it. Some clients use only the first hint.

    The earliest pages have the values of `AutocompleteHint`, later pages have those of `AutocompleteToken`.
    """


@model(key="allOf")
class AllOfSchema(ProvidingProperties):
    """Several schemas whose values are merged into one value (core, core2). Later values override earlier ones.

    Use it to make one object from several sections of a form.
    """

    build: ClassVar[b.AllOfSchemaOpener]

    schemas: Sequence[Schema] = field(wire="allOf")
    """The schemas to merge, from first to last. It is `allOf` on the wire."""


@model(key="const")
class ConstSchema(ProvidingProperties):
    """A constant: an option of a one-of schema, or a fixed property of an object (core, core2)."""

    build: ClassVar[b.ConstSchemaOpener]

    value: Json = field(default=UNSET, wire="const", note="Optional in the earliest pages, required in later pages.")
    """The constant, any JSON. It is `const` on the wire."""


@model(tag="object", adder="obj")
class ObjectSchema(ProvidingProperties):
    """An object in the submitted data (core, core2). An object with a title is a section of the form."""

    build: ClassVar[b.ObjectSchemaOpener]

    properties: Mapping[str, Schema]
    """The schemas of the properties, by name."""
    display_order: Sequence[str] = field(default=(), keys_of="properties")
    """Names of properties in the order of display; others are not shown. Default: the order of `properties`."""
    required: Sequence[str] | None = None
    """Names of the properties that must have a value."""
    format: str | None = field(default=None, generation=Generation.CORE2, source=Source.DEDUCED_NAME)
    """Kind of data that the object represents, any string."""


@model(key="oneOf")
class OneOfSchema(InputProperties):
    """A choice between constants (a select, radio buttons) or between sections of a form (core, core2)."""

    build: ClassVar[b.OneOfSchemaOpener]

    schemas: Sequence[Schema] = field(wire="oneOf")
    """The options, in the order of display. It is `oneOf` on the wire."""
    default: Json = field(default=UNSET)
    """Value of the option that is initially selected, any JSON. The `model` of the step overrides it."""


@model(mixin=True)
class RuleProperties(Model):
    """The common property of schemas with rules that the client checks (core, core2)."""

    validation_messages: Mapping[str, str] | None = None
    """Messages for the user when a rule fails. The keys are the wire names of rules: minLength, pattern, …"""


@model(mixin=True)
class SuggestingProperties(Model):
    """The additional common property of schemas of numbers and strings (core2)."""

    suggestions: Suggestions | None = field(default=None, generation=Generation.CORE2, source=Source.TYPE_NAME)
    """Values that the field offers to the user."""


@model(tag="blob")
class BlobSchema(ProvidingProperties, RuleProperties):
    """A file, sent as multipart form data (core, core2).

    It is allowed only in `PersistAsync`: the client sends the file to the endpoint, and the step submits the token.
    """

    build: ClassVar[b.BlobSchemaOpener]

    class Source(StrEnum):
        """Allowed source of a file (core; `Upload.Source` in core2)."""

        CAMERA = "camera"
        """A new photo from the camera."""
        FILE = "file"
        """A file that the user picks."""

    accepts: Sequence[str] | None = field(default=None, note="Required in the earliest pages.")
    """MIME types of the file. Wildcards are allowed. Any type if absent."""
    max_size: int | None = None
    """Maximum size of the file in bytes. Unlimited if absent."""
    source: BlobSchema.Source | BlobSchemaSourceLiteral | None = None
    """Allowed source of the file. Any source if absent."""
    camera_config: Json = field(default=UNSET)
    """Settings of the camera, any JSON. Each client has its own settings."""
    validation_async: ValidateAsync | None = None
    """Sends the value to an endpoint that checks it."""


class Upload(Namespace):
    """The name in core2 for the common properties of uploads."""

    Source: TypeAlias = BlobSchema.Source
    """Allowed source of a file."""


@model(tag="boolean")
class BooleanSchema(FieldProperties, AsyncProperties):
    """True or false, such as a checkbox (core, core2). Without input, the client submits False."""

    build: ClassVar[b.BooleanSchemaOpener]

    default: bool | None = None
    """Initial value. The `model` of the step overrides it."""


@model(tag="integer")
class IntegerSchema(InputProperties, AsyncProperties, RuleProperties, SuggestingProperties):
    """A whole number (core, core2). Without input, the client submits null."""

    build: ClassVar[b.IntegerSchemaOpener]

    default: int | None = None
    """Initial value. The `model` of the step overrides it."""
    minimum: int | None = None
    """Minimum value."""
    maximum: int | None = None
    """Maximum value."""


@model(tag="number")
class NumberSchema(InputProperties, AsyncProperties, RuleProperties, SuggestingProperties):
    """A number, with or without decimals (core, core2). Without input, the client submits null."""

    build: ClassVar[b.NumberSchemaOpener]

    default: float | None = None
    """Initial value. The `model` of the step overrides it."""
    minimum: float | None = None
    """Minimum value."""
    maximum: float | None = None
    """Maximum value."""


@model(tag="string")
class StringSchema(InputProperties, AsyncProperties, RuleProperties, SuggestingProperties):
    """A string: free text, or text in a `format` (core, core2). Without input, the client submits null."""

    build: ClassVar[b.StringSchemaOpener]

    class Format(StrEnum):
        """Format of a string (core, core2)."""

        DATE = "date"
        """A date, submitted as YYYY-MM-DD."""
        EMAIL = "email"
        """An e-mail address."""
        NUMERIC = "numeric"
        """Digits and dots."""
        BASE64URL = "base64url"
        """The content of a file that the user uploads (core2)."""

    default: str | None = None
    """Initial value. The `model` of the step overrides it."""
    format: StringSchema.Format | StringSchemaFormatLiteral | None = None
    """Format of the string. Free text if absent."""
    display_format: str | None = None
    """Mask of the input, with a `*` for each character that the user types. Only these characters are submitted."""
    min_length: int | None = None
    """Minimum number of characters. Not for formats with their own structure, such as dates."""
    max_length: int | None = None
    """Maximum number of characters. Not for formats with their own structure, such as dates."""
    minimum: str | None = None
    """Minimum value of a format with its own structure, such as the earliest date."""
    maximum: str | None = None
    """Maximum value of a format with its own structure, such as the latest date."""
    pattern: str | None = None
    """Regular expression that the value must match. Not for formats with their own structure, such as dates."""
    accepts: Sequence[str] | None = None
    """MIME types of an upload (format base64url). Wildcards are allowed. Any type if absent."""
    source: BlobSchema.Source | BlobSchemaSourceLiteral | None = field(default=None, source=Source.EXAMPLE)
    """Allowed source of the file of an upload (format base64url). Any source if absent."""


class ArraySchema(Namespace):
    """The schemas of arrays. Both have the wire type array. `items` is an object in `List` and an array in `Tuple`."""

    @model(tag="array", adder="list")
    class List(SchemaProperties, AsyncProperties):
        """Any number of items with the same schema: a repeated part of a form, or several files (core, core2).

        Without items, the client submits an empty array.
        """

        build: ClassVar[b.ArraySchemaListOpener]

        items: Schema
        """Schema of each item."""
        add_item_title: str
        """Label of the button that adds an item, and title of the screen for the new item."""
        edit_item_title: str
        """Title of the screen where the user edits an item."""
        min_items: int | None = None
        """Minimum number of items."""
        max_items: int | None = None
        """Maximum number of items."""
        summary: Summary.Summariser | None = None
        """Short summary of each item for the user."""

    @model(tag="array", array="items", adder="tuple")
    class Tuple(ProvidingProperties, AsyncProperties):
        """A fixed number of items, each with its own schema (core, core2)."""

        build: ClassVar[b.ArraySchemaTupleOpener]

        items: Sequence[Schema]
        """The schemas of the items, in the order of the array."""
