"""The paths that `validate` finds, by a short program without caches, fast checks and texts."""

from __future__ import annotations

import re
from typing import Any

from stepdsl import (
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
from stepdsl.core.messages import Path
from stepdsl.model.unions import Schema


def wrong_paths(schema: Schema, value: Any) -> set[Path]:
    """The paths of the wrong values, without those that have a wrong value in them."""
    found = _wrong(schema, value, (), False)
    return {path for path in found if not any(other[: len(path)] == path and other != path for other in found)}


def _wrong(schema: Schema, value: Any, path: Path, required: bool) -> set[Path]:
    if value is None:
        return _missing(schema, path) if required else set()
    if not isinstance(schema, (ConstSchema, OneOfSchema, AllOfSchema)) and not _has_type(schema, value):
        return {path}
    match schema:
        case ObjectSchema():
            needed = schema.required or ()
            parts = [
                ((*path, name), field, value.get(name), name in needed) for name, field in schema.properties.items()
            ]
        case ArraySchema.List():
            if not (schema.min_items or 0) <= len(value) <= (99 if schema.max_items is None else schema.max_items):
                return {path}
            parts = [((*path, at), schema.items, item, False) for at, item in enumerate(value)]
        case ArraySchema.Tuple():
            if len(value) > len(schema.items):
                return {path}
            parts = [((*path, at), schema.items[at], item, False) for at, item in enumerate(value)]
        case AllOfSchema():
            parts = [(path, part, value, False) for part in schema.schemas]
        case OneOfSchema():
            return _of_alternatives(schema, value, path)
        case ConstSchema():
            return set() if _plain(schema.value) == _plain(value) else {path}
        case _:
            return set() if _fits(schema, value) else {path}
    return {wrong for at, field, part, needed in parts for wrong in _wrong(field, part, at, needed)}


def _missing(schema: Schema, path: Path) -> set[Path]:
    if isinstance(schema, ObjectSchema) or (isinstance(schema, AllOfSchema) and _has_type(schema, {})):
        return (_wrong(schema, {}, path, False) - {path}) or {path}
    return {path}


def _of_alternatives(schema: OneOfSchema, value: Any, path: Path) -> set[Path]:
    found = [(_wrong(part, value, path, False), part) for part in schema.schemas]
    if any(not wrong for wrong, _ in found):
        return set()
    typed = [(wrong, part) for wrong, part in found if _has_type(part, value)]
    if len(typed) == 1:
        return typed[0][0]
    if isinstance(value, dict) and typed:
        counted = [_count(part, value) for _, part in typed]
        if min(counted) < max(counted) or path == ():
            return typed[counted.index(max(counted))][0]
    return {path}


def _count(schema: Schema, value: dict[str, Any]) -> int:
    match schema:
        case AllOfSchema():
            return sum(_count(part, value) for part in schema.schemas)
        case OneOfSchema():
            return max([0, *(_count(part, value) for part in schema.schemas)])
        case ObjectSchema():
            given = [(field, value[name]) for name, field in schema.properties.items() if value.get(name) is not None]
            constants = [(field.value, part) for field, part in given if isinstance(field, ConstSchema)]
            return len(given) - len(constants) + 2 * sum(_plain(one) == _plain(part) for one, part in constants)
        case _:
            return 0


def _has_type(schema: Schema, value: Any) -> bool:
    match schema:
        case ObjectSchema():
            return isinstance(value, dict)
        case ArraySchema.List() | ArraySchema.Tuple():
            return isinstance(value, list)
        case StringSchema():
            return isinstance(value, str)
        case BooleanSchema():
            return value is True or value is False
        case IntegerSchema():
            return type(value) in (int, float) and value % 1 == 0
        case NumberSchema():
            return type(value) in (int, float)
        case AllOfSchema() | OneOfSchema():
            return any(_has_type(part, value) for part in schema.schemas)
        case _:
            return False


def _is_date(text: str) -> bool:
    return re.fullmatch("2024-01-0[1-9]", text) is not None


def _fits(schema: Schema, value: Any) -> bool:
    match schema:
        case StringSchema(format="date"):
            least = schema.minimum or ""
            return _is_date(value) and (value >= least or not _is_date(least))
        case StringSchema():
            longest = 99 if schema.max_length is None else schema.max_length
            return (schema.min_length or 0) <= len(value) <= longest and bool(re.search(schema.pattern or "", value))
        case IntegerSchema() | NumberSchema():
            return not (
                (schema.minimum is not None and value < schema.minimum)
                or (schema.maximum is not None and value > schema.maximum)
            )
        case _:
            return True


def _plain(value: Any) -> Any:
    """A JSON value in a form in which values are equal only if they are equal in JSON."""
    if isinstance(value, dict):
        return {name: _plain(part) for name, part in value.items()}
    if isinstance(value, list):
        return [_plain(part) for part in value]
    return f"{value}" if isinstance(value, bool) else (value, isinstance(value, str))
