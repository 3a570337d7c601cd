"""Steps for the tests of validation."""

from __future__ import annotations

from typing import Any

from stepdsl import ArraySchema, ConstSchema, ObjectSchema, PersistAsync, Step, StringSchema, validate
from stepdsl.model.unions import Schema

TEXT = StringSchema()


def obj(required: list[str] | None = None, /, **properties: Schema) -> ObjectSchema:
    return ObjectSchema(properties=properties, required=required)


def items(schema: Schema, **limits: Any) -> ArraySchema.List:
    return ArraySchema.List(items=schema, add_item_title="Add", edit_item_title="Edit", **limits)


def constant(value: Any) -> ConstSchema:
    return ConstSchema(value=value)


def persisted(inner: Schema) -> PersistAsync:
    return PersistAsync(id_property="id", param="file", schema=inner, url="/file")


def step_of(*schemas: Schema, **properties: Schema) -> Step:
    """A step with these root schemas, or with one object of these properties."""
    return Step(schemas=list(schemas) or [obj(**properties)])


def messages(schema: Schema, value: Any) -> Any:
    """The message of a field with a value; all messages if there are others; None if there is none."""
    found = validate(step_of(field=schema), {"field": value})
    return found["field"] if found.keys() == {"field"} else (found or None)
