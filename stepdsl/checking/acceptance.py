"""Compares values of the right type with the limits of their schema."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from stepdsl.checking.regex import examine
from stepdsl.core.messages import show
from stepdsl.model.schemas import ArraySchema, IntegerSchema, NumberSchema, StringSchema
from stepdsl.model.unions import Schema
from stepdsl.validation.limits import broken_items, broken_number, broken_text

__all__ = ["items_refused", "refused"]

_NOT_OF_FORMAT: Final[Mapping[str, str]] = {
    StringSchema.Format.DATE: "no date of the form YYYY-MM-DD",
    StringSchema.Format.EMAIL: "not an e-mail address",
    StringSchema.Format.NUMERIC: "not digits and dots",
    StringSchema.Format.BASE64URL: "not base64url",
}
_COMPARED: Final[Mapping[str, str]] = {
    "minimum": "less",
    "maximum": "more",
    "minLength": "shorter",
    "maxLength": "longer",
    "minItems": "shorter",
    "maxItems": "longer",
}


def refused(value: Any, schema: Schema) -> str | None:
    """Return why the limits of a schema refuse a value of its type; None if they accept it.

    The reason completes a sentence: `less than the minimum of 18`.
    """
    if isinstance(schema, StringSchema):
        return _text_refused(value, schema)
    if isinstance(schema, (IntegerSchema, NumberSchema)):
        broken = broken_number(schema, value)
        return None if broken is None else _beyond(*broken)
    return None


def items_refused(items: Sequence[Any], schema: ArraySchema.List) -> str | None:
    """Return why the limits of a list refuse a number of items; None if they accept it."""
    broken = broken_items(schema, items)
    return None if broken is None else _beyond(*broken)


def _beyond(keyword: str, limit: Any) -> str:
    return f"{_COMPARED[keyword]} than the {keyword} of {show(limit)}"


def _text_refused(value: str, schema: StringSchema) -> str | None:
    """Return why the limits of a string schema refuse a text; None if they accept it. An empty text is no value."""
    if not value or "format" in schema.extra:
        return None
    broken = broken_text(schema, value, _matches, _code_units)
    if broken is None or broken[0] == "accepts":  # `accepts` is for the files that the user chooses
        return None
    keyword, limit = broken
    if keyword == "format":
        return _NOT_OF_FORMAT[schema.__dict__["format"]]
    if keyword == "pattern":
        return f"not matched by the pattern {show(schema.pattern)}"
    return _beyond(keyword, limit)


def _matches(pattern: str, text: str) -> bool:
    return not examine(pattern).refuses(text)


def _code_units(text: str) -> int:
    """Return the length of a text in UTF-16 code units.

    Some clients count these, others count characters. A text has to be wrong by both counts.
    """
    return len(text.encode("utf-16-le", "surrogatepass")) // 2
