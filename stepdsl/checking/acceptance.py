"""Compares values of the right type with the limits of their schema."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from stepdsl.checking.regex import examine
from stepdsl.core.messages import show
from stepdsl.model.schemas import ArraySchema, IntegerSchema, NumberSchema, StringSchema
from stepdsl.model.unions import Schema
from stepdsl.validation import limit_of
from stepdsl.validation.formats import broken_format, has_structure

_NOT_OF_FORMAT: Final[Mapping[str, str]] = {
    StringSchema.Format.DATE: "no date of the form YYYY-MM-DD",
    StringSchema.Format.EMAIL: "not an e-mail address",
    StringSchema.Format.NUMERIC: "not digits and dots",
    StringSchema.Format.BASE64URL: "not base64url",
}


def refused(value: Any, schema: Schema) -> str | None:
    """Return why the limits of a schema refuse a value of its type; None if they accept it.

    The reason completes a sentence: `less than the minimum of 18`.
    """
    if isinstance(schema, StringSchema):
        return _text_refused(value, schema)
    if isinstance(schema, (IntegerSchema, NumberSchema)):
        return _out_of_range(value, schema.minimum, schema.maximum)
    return None


def items_refused(items: Sequence[Any], schema: ArraySchema.List) -> str | None:
    """Return why the limits of a list refuse a number of items; None if they accept it."""
    least, most = limit_of(schema, "min_items"), limit_of(schema, "max_items")
    if least is not None and len(items) < least:
        return f"shorter than the minItems of {least}"
    if most is not None and len(items) > most:
        return f"longer than the maxItems of {most}"
    return None


def _out_of_range(value: Any, least: Any, most: Any) -> str | None:
    if least is not None and value < least:
        return _beyond("minimum", least)
    if most is not None and value > most:
        return _beyond("maximum", most)
    return None


def _beyond(keyword: str, limit: Any) -> str:
    return f"{'less' if keyword == 'minimum' else 'more'} than the {keyword} of {show(limit)}"


def _text_refused(value: str, schema: StringSchema) -> str | None:
    """Return why the limits of a string schema refuse a text; None if they accept it. An empty text is no value."""
    if not value or "format" in schema.extra:
        return None
    if has_structure(schema.format):
        broken = broken_format(value, schema.format, schema.minimum, schema.maximum)
        if broken is None:
            return None
        keyword, limit = broken
        return _NOT_OF_FORMAT[schema.format] if keyword == "format" else _beyond(keyword, limit)
    least, most = limit_of(schema, "min_length"), limit_of(schema, "max_length")
    # Some clients count UTF-16 code units, others count characters. The text must be wrong by both counts.
    if least is not None and len(value.encode("utf-16-le", "surrogatepass")) // 2 < least:
        return f"shorter than the minLength of {least}"
    if most is not None and len(value) > most:
        return f"longer than the maxLength of {most}"
    if schema.pattern is not None and examine(schema.pattern).refuses(value):
        return f"not matched by the pattern {show(schema.pattern)}"
    return None
