"""What is read from schemas alone, without a value: the schemas that describe one value, the `$id` and the limits."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from stepdsl.model.schemas import AllOfSchema, OneOfSchema
from stepdsl.model.unions import Schema

if TYPE_CHECKING:
    from stepdsl.model.common import PersistAsync

__all__ = ["id_of", "limit_of", "single_schemas", "title_of"]


def single_schemas(schemas: Iterable[Schema]) -> Iterator[Schema]:
    """Yield the schemas of which each describes the value by itself.

    In place of an all-of and of a one-of these are the schemas inside it, at any depth.
    """
    for schema in schemas:
        if isinstance(schema, (AllOfSchema, OneOfSchema)):
            yield from single_schemas(schema.schemas)
        else:
            yield schema


def id_of(schema: Schema) -> str | None:
    """Return the `$id` of a schema, or None. The schema may be of an unknown type."""
    found: Any = schema.__dict__.get("id", schema.extra.get("$id"))
    return found if isinstance(found, str) else None


def limit_of(schema: Schema, name: str) -> Any:
    """Return a limit of lengths or items; None if there is none, or if it is negative and has no meaning."""
    limit = schema.__dict__.get(name)
    return None if limit is None or limit < 0 else limit


def title_of(schema: Schema) -> str | None:
    """Return the title of a field, or None. It can be empty. The schema may be of an unknown type.

    A field with persist-async can have its title in the schema that the user sees.
    """
    given = schema.__dict__
    found: Any = given.get("title", schema.extra.get("title"))
    if isinstance(found, str):
        return found
    persisted: PersistAsync | None = given.get("persist_async")
    return None if persisted is None else title_of(persisted.schema)
