"""Compares values with schemas: the shape of a value, constants, and the best alternative of a one-of schema."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from stepdsl.core.json import UNSET, is_array, is_object
from stepdsl.model.schemas import (
    AllOfSchema,
    ArraySchema,
    BooleanSchema,
    ConstSchema,
    IntegerSchema,
    NumberSchema,
    ObjectSchema,
    OneOfSchema,
    StringSchema,
)
from stepdsl.model.unions import Schema

__all__ = [
    "best_match",
    "equal_constant",
    "equal_json",
    "has_shape",
    "is_open",
    "matching_alternative",
    "points",
]


def is_open(schema: Schema) -> bool:
    """Return whether a schema accepts every value.

    This is a schema with persist-async (the value is a token), a constant without a value, and a schema of an unknown
    type. A file is never a submitted value.
    """
    if isinstance(schema, ConstSchema):
        return schema.value is UNSET
    if "persist_async" in schema.__dict__:
        return schema.__dict__["persist_async"] is not None
    return not isinstance(schema, _CHECKED)


_CHECKED: Final = (
    *(StringSchema, OneOfSchema, ObjectSchema, BooleanSchema, IntegerSchema, NumberSchema),
    *(ArraySchema.List, ArraySchema.Tuple, AllOfSchema),
)


def _is_integer(value: Any) -> bool:
    """Return whether a JSON value is an integer; 3.0 is one."""
    return (isinstance(value, int) and not isinstance(value, bool)) or (isinstance(value, float) and value.is_integer())


def has_shape(schema: Schema, value: Any) -> bool:
    """Return whether the type of a value is right for a schema that is not open. A constant has no shape."""
    match schema:
        case ObjectSchema():
            return is_object(value)
        case ArraySchema.List() | ArraySchema.Tuple():
            return is_array(value)
        case StringSchema():
            return isinstance(value, str)
        case BooleanSchema():
            return isinstance(value, bool)
        case IntegerSchema():
            return _is_integer(value)
        case NumberSchema():
            return isinstance(value, (int, float)) and not isinstance(value, bool)
        case AllOfSchema(schemas=schemas) | OneOfSchema(schemas=schemas):
            return any(has_shape(part, value) for part in schemas)
        case _:
            return False


def equal_json(one: Any, other: Any) -> bool:
    """Return whether two JSON values are equal. 1 equals 1.0, but True does not equal 1."""
    if isinstance(one, bool) or isinstance(other, bool):
        return one is other
    if is_object(one) and is_object(other):
        return one.keys() == other.keys() and all(equal_json(one[name], other[name]) for name in one)
    if is_array(one) and is_array(other):
        return len(one) == len(other) and all(map(equal_json, one, other))
    return bool(one == other)


def points(schema: Schema, value: dict[str, Any]) -> int:
    """Return how well an object matches a schema: 2 points for a constant that is equal, 1 for another property."""
    match schema:
        case ObjectSchema(properties=properties):
            given = value.keys() & properties.keys()
            return sum(_points_of(properties[name], value[name]) for name in given)
        case AllOfSchema(schemas=schemas):
            return sum(points(part, value) for part in schemas)
        case OneOfSchema(schemas=schemas):
            return max((points(part, value) for part in schemas), default=0)
        case _:
            return 0


def _points_of(field: Schema, value: Any) -> int:
    if value is None:
        return 0
    if isinstance(field, ConstSchema) and field.value is not UNSET:
        return 2 if equal_json(field.value, value) else 0
    return 1


def best_match(alternatives: Sequence[Schema], value: Any, *, must_choose: bool = False) -> int | None:
    """Return the position of the alternative that matches a value best; None if no alternative is better than others.

    Only alternatives of the right shape count. For an object, points decide between several alternatives. If
    `must_choose`, the first of several equal alternatives is the best.
    """
    fitting = [position for position, schema in enumerate(alternatives) if has_shape(schema, value)]
    if len(fitting) <= 1:
        return fitting[0] if fitting else None
    if not is_object(value):
        return None
    reached = [points(alternatives[position], value) for position in fitting]
    if len(set(reached)) == 1 and not must_choose:
        return None
    return fitting[reached.index(max(reached))]


def equal_constant(alternatives: Sequence[Schema], value: Any) -> int | None:
    """Return the position of the constant that equals a value; None if there is none."""
    for position, schema in enumerate(alternatives):
        if isinstance(schema, ConstSchema) and schema.value is not UNSET and equal_json(schema.value, value):
            return position
    return None


def matching_alternative(alternatives: Sequence[Schema], value: Any) -> int | None:
    """Return the position of the alternative that a client selects for a value: an equal constant, or the best match.

    None if no alternative matches the value better than others.
    """
    constant = equal_constant(alternatives, value)
    return best_match(alternatives, value) if constant is None else constant
