"""Finds the rule that a single value breaks: a string, a number, a boolean or a constant."""

from __future__ import annotations

from typing import Any

from stepdsl.model.schemas import ConstSchema, IntegerSchema, NumberSchema, StringSchema
from stepdsl.model.unions import Schema
from stepdsl.validation.engine import matches
from stepdsl.validation.formats import BrokenFormat
from stepdsl.validation.limits import BrokenLimit, broken_number, broken_text
from stepdsl.validation.matching import equal_json, has_shape

__all__ = ["broken_keyword"]


def broken_keyword(schema: Schema, value: Any) -> BrokenLimit | BrokenFormat | None:
    """Return the first keyword that a JSON value breaks; None if it fits. The schema is not open, and no container."""
    match schema:
        case StringSchema():
            return broken_text(schema, value, matches) if isinstance(value, str) else ("type", None)
        case IntegerSchema() | NumberSchema():
            return broken_number(schema, value) if has_shape(schema, value) else ("type", None)
        case ConstSchema(value=constant):
            return None if equal_json(constant, value) else ("const", None)
        case _:
            return None if has_shape(schema, value) else ("type", None)
