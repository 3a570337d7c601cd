"""Schemas of single values: booleans, numbers, strings and files."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import Enum
from typing import TYPE_CHECKING, ClassVar, TypeAlias

from stepdsl.model.base import Model, field, model
from stepdsl.model.generation import Generation
from stepdsl.model.schemas import AsyncProperties, FieldProperties, InputProperties, ProvidingProperties
from stepdsl.model.values import UNSET, Json

if TYPE_CHECKING:
    from stepdsl.dsl import builders as b
    from stepdsl.model.background import ValidateAsync
    from stepdsl.model.literals import BlobSchemaSourceLiteral, StringSchemaFormatLiteral
    from stepdsl.model.suggestions import Suggestions

__all__ = [
    "BlobSchema",
    "BooleanSchema",
    "IntegerSchema",
    "NumberSchema",
    "RuleProperties",
    "StringSchema",
    "SuggestingProperties",
    "Upload",
]


@model(shared=True)
class RuleProperties(Model):
    """What the schemas have in common whose rules the client checks (core, core2)."""

    validation_messages: Mapping[str, str] | None = None
    """What to tell the user when a rule fails, under the rule's wire name: minLength, pattern, …"""


@model(shared=True)
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
