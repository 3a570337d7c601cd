"""Cuts a value to what its schemas describe."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from stepdsl.core.json import is_array, is_object, plain_json
from stepdsl.model.schemas import AllOfSchema, ArraySchema, ConstSchema, ObjectSchema, OneOfSchema
from stepdsl.model.unions import Schema
from stepdsl.validation.full_check import FullCheck
from stepdsl.validation.matching import is_open, points

__all__ = ["cut"]


def cut(full_check: FullCheck, schemas: Sequence[Schema], value: Any) -> Any:
    """Return a copy of a JSON value with only the properties and items that the schemas describe.

    All schemas together describe the value. Of a one-of schema, it is the alternative that the value fits best. A
    schema that accepts every value describes all properties, and so does a constant.
    """
    if is_object(value):
        singles = list(_singles(full_check, schemas, value))
        if _describe_everything(singles):
            return plain_json(value)
        fields = ((name, _property_schemas(singles, name), part) for name, part in value.items())
        return {name: cut(full_check, described, part) for name, described, part in fields if described}
    if is_array(value):
        singles = list(_singles(full_check, schemas, value))
        if _describe_everything(singles):
            return plain_json(value)
        lists = [schema.items for schema in singles if isinstance(schema, ArraySchema.List)]
        tuples = [schema.items for schema in singles if isinstance(schema, ArraySchema.Tuple)]
        items = ((_item_schemas(lists, tuples, index), item) for index, item in enumerate(value))
        return [cut(full_check, described, item) for described, item in items if described]
    return value


def _singles(full_check: FullCheck, schemas: Iterable[Schema], value: Any) -> Iterator[Schema]:
    """Yield the schemas of a value, with the parts in place of an all-of and the best alternative of a one-of."""
    for schema in schemas:
        match schema:
            case AllOfSchema(schemas=parts):
                yield from _singles(full_check, parts, value)
            case OneOfSchema(schemas=parts):
                fitting = [part for part in parts if full_check.fits(part, value)]
                if len(fitting) > 1 and is_object(value):
                    fitting.sort(key=lambda part: -points(part, value))
                yield from _singles(full_check, fitting[:1], value)
            case _:
                yield schema


def _describe_everything(singles: Iterable[Schema]) -> bool:
    return any(is_open(schema) or isinstance(schema, ConstSchema) for schema in singles)


def _property_schemas(singles: Iterable[Schema], name: str) -> list[Schema]:
    objects = [schema for schema in singles if isinstance(schema, ObjectSchema)]
    return [schema.properties[name] for schema in objects if name in schema.properties]


def _item_schemas(lists: list[Schema], tuples: list[Sequence[Schema]], index: int) -> list[Schema]:
    return [*lists, *(schemas[index] for schemas in tuples if index < len(schemas))] if tuples else lists
