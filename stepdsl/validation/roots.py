"""The schema of a whole submission: the root schemas of a step, merged into one object."""

from __future__ import annotations

from collections.abc import Iterable

from stepdsl.model.schemas import AllOfSchema, ConstSchema, ObjectSchema, OneOfSchema
from stepdsl.model.unions import Schema
from stepdsl.validation.matching import is_open
from stepdsl.validation.schemas import single_schemas

__all__ = ["root_schema"]


def root_schema(schemas: Iterable[Schema]) -> Schema:
    """Return one schema for the object that a client submits.

    - If several root schemas can have the same property, the schema in the last one of them is used.
    - A root schema that cannot be an object has no place in the submission. It is left out.
    - Constants that are objects are not checked: another root schema can have added properties.
    """
    parts: list[Schema] = []
    later: frozenset[str] = frozenset()
    for schema in reversed(list(schemas)):
        part = _object_part(schema, later)
        if part is not None:
            parts.insert(0, part)
        later |= _names(schema)
    return parts[0] if len(parts) == 1 else AllOfSchema(schemas=parts)


def _names(schema: Schema) -> frozenset[str]:
    objects = [single for single in single_schemas([schema]) if isinstance(single, ObjectSchema)]
    return frozenset(name for single in objects for name in single.properties)


def _object_part(schema: Schema, later: frozenset[str]) -> Schema | None:
    """Return the part of a root schema that describes the object, without the `later` properties.

    None if the root schema describes no object.
    """
    if is_open(schema):
        return schema
    match schema:
        case ConstSchema(value=value):
            return ConstSchema() if isinstance(value, dict) else None
        case ObjectSchema(properties=properties):
            if later.isdisjoint(properties):
                return schema
            kept = {name: field for name, field in properties.items() if name not in later}
            return ObjectSchema(properties=kept, required=schema.required)
        case AllOfSchema(schemas=schemas) | OneOfSchema(schemas=schemas):
            parts = [part for part in (_object_part(part, later) for part in schemas) if part is not None]
            return type(schema)(schemas=parts) if parts else None
        case _:
            return None
