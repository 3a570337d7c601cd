"""Finds the rule that a single value breaks: a string, a number, a boolean or a constant."""

from __future__ import annotations

from typing import Any, TypeAlias

from stepdsl.model.schemas import ConstSchema, IntegerSchema, NumberSchema, StringSchema
from stepdsl.model.unions import Schema
from stepdsl.validation.engine import matches
from stepdsl.validation.formats import BrokenFormat, broken_format, has_structure
from stepdsl.validation.matching import equal_json, has_shape
from stepdsl.validation.schemas import limit_of

__all__ = ["BrokenKeyword", "broken_keyword"]

BrokenKeyword: TypeAlias = tuple[str, float | None]
"""A keyword that a value breaks, and its limit if it has one."""


def broken_keyword(schema: Schema, value: Any) -> BrokenKeyword | BrokenFormat | None:
    """Return the first keyword that a JSON value breaks; None if it fits. The schema is not open, and no container."""
    match schema:
        case StringSchema():
            return _of_string(schema, value)
        case IntegerSchema() | NumberSchema():
            return _of_number(schema, value)
        case ConstSchema(value=constant):
            return None if equal_json(constant, value) else ("const", None)
        case _:
            return None if has_shape(schema, value) else ("type", None)


def _of_string(schema: StringSchema, value: Any) -> BrokenKeyword | BrokenFormat | None:
    if not isinstance(value, str):
        return "type", None
    if has_structure(schema.format):
        return broken_format(value, schema.format, schema.minimum, schema.maximum, schema.accepts)
    least, most = limit_of(schema, "min_length"), limit_of(schema, "max_length")
    if least is not None and len(value) < least:
        return "minLength", least
    if most is not None and len(value) > most:
        return "maxLength", most
    if schema.pattern is not None and not matches(schema.pattern, value):
        return "pattern", None
    return None


def _of_number(schema: IntegerSchema | NumberSchema, value: Any) -> BrokenKeyword | None:
    if not has_shape(schema, value):
        return "type", None
    if schema.minimum is not None and value < schema.minimum:
        return "minimum", schema.minimum
    if schema.maximum is not None and value > schema.maximum:
        return "maximum", schema.maximum
    return None
