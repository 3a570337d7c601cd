"""What a field is, in a few words: its type, its limits, and the requests that it causes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from stepdsl.model.common import PersistAsync, ValidateAsync
from stepdsl.model.features import RefreshOnChange
from stepdsl.model.schemas import (
    AllOfSchema,
    ArraySchema,
    BlobSchema,
    BooleanSchema,
    ConstSchema,
    IntegerSchema,
    NumberSchema,
    ObjectSchema,
    OneOfSchema,
    StringSchema,
)
from stepdsl.model.unions import Schema
from stepdsl.rendering.lines import type_of

__all__ = ["facts_of"]


def facts_of(schema: Schema, *, required: bool) -> Iterator[str]:
    """Yield the facts of a field."""
    if required:
        yield "required"
    if schema.__dict__.get("disabled"):
        yield "disabled"
    persisted: PersistAsync | None = schema.__dict__.get("persist_async")
    yield from _kind(schema if persisted is None else persisted.schema)
    if persisted is not None:
        yield f"sent to {persisted.method} {persisted.url}"
    checked: ValidateAsync | None = schema.__dict__.get("validation_async")
    if checked is not None:
        yield f"checked by {checked.method} {checked.url}"
    if isinstance(schema, RefreshOnChange.RefreshTrigger) and schema.refresh_step_on_change:
        yield "refreshes the step"


def _kind(schema: Schema) -> Iterator[str]:
    match schema:
        case StringSchema():
            yield from _of_string(schema)
        case IntegerSchema() | NumberSchema():
            yield "integer" if isinstance(schema, IntegerSchema) else "number"
            yield from _range(schema.minimum, schema.maximum)
        case BooleanSchema():
            yield "boolean"
        case ConstSchema():
            yield "constant"
        case BlobSchema(accepts=accepts, max_size=size):
            yield "file"
            yield from accepts or ()
            yield from _range(None, size, " bytes")
        case ArraySchema.List():
            yield "list"
            yield from _range(schema.min_items, schema.max_items, " items")
        case ArraySchema.Tuple():
            yield "tuple"
        case OneOfSchema():
            yield "one of"
        case ObjectSchema() | AllOfSchema():
            return
        case _:
            yield f"unknown schema{type_of(schema)}"


def _of_string(schema: StringSchema) -> Iterator[str]:
    yield "string" if schema.format is None else str(schema.format)
    yield from _range(schema.min_length, schema.max_length, " characters")
    yield from _range(schema.minimum, schema.maximum)
    if schema.pattern is not None:
        yield f"pattern {schema.pattern}"
    yield from schema.accepts or ()


def _range(least: Any, most: Any, unit: str = "") -> Iterator[str]:
    if least is not None and least == most:
        yield f"exactly {least}{unit}"
    elif least is not None and most is not None:
        yield f"{least} to {most}{unit}"
    elif least is not None:
        yield f"at least {least}{unit}"
    elif most is not None:
        yield f"at most {most}{unit}"
