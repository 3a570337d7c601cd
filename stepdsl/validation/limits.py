"""Compares a value of the right type with the limits of its schema, in the order in which a user is told of them.

It does not need jsonschema-rs: the caller has the function that matches patterns.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, TypeAlias

from stepdsl.model.schemas import ArraySchema, IntegerSchema, NumberSchema, StringSchema
from stepdsl.validation.formats import BrokenFormat, broken_format, has_structure
from stepdsl.validation.schemas import limit_of

__all__ = ["BrokenLimit", "Matches", "broken_items", "broken_number", "broken_text"]

BrokenLimit: TypeAlias = tuple[str, float | None]
"""A keyword that a value breaks, and its limit if it has one."""
Matches: TypeAlias = Callable[[str, str], bool]
"""A function that returns whether a pattern is found in a text."""


def broken_text(
    schema: StringSchema, text: str, matches: Matches, longest: Callable[[str], int] = len
) -> BrokenLimit | BrokenFormat | None:
    """Return the first keyword that a text breaks; None if it fits.

    `longest`: returns the length of a text that is compared with `minLength`. Clients do not agree on it.
    """
    if has_structure(schema.format):
        return broken_format(text, schema.format, schema.minimum, schema.maximum, schema.accepts)
    least, most = limit_of(schema, "min_length"), limit_of(schema, "max_length")
    if least is not None and longest(text) < least:
        return "minLength", least
    if most is not None and len(text) > most:
        return "maxLength", most
    if schema.pattern is not None and not matches(schema.pattern, text):
        return "pattern", None
    return None


def broken_number(schema: IntegerSchema | NumberSchema, number: float) -> BrokenLimit | None:
    """Return the first keyword that a number breaks; None if it fits."""
    if schema.minimum is not None and number < schema.minimum:
        return "minimum", schema.minimum
    if schema.maximum is not None and number > schema.maximum:
        return "maximum", schema.maximum
    return None


def broken_items(schema: ArraySchema.List, items: Sequence[Any]) -> BrokenLimit | None:
    """Return the first keyword that the number of items breaks; None if it fits."""
    least, most = limit_of(schema, "min_items"), limit_of(schema, "max_items")
    if least is not None and len(items) < least:
        return "minItems", least
    if most is not None and len(items) > most:
        return "maxItems", most
    return None
