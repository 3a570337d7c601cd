"""The schemas that describe one value together."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from stepdsl.model.schemas import AllOfSchema, OneOfSchema
from stepdsl.model.unions import Schema

__all__ = ["single_schemas"]


def single_schemas(schemas: Iterable[Schema]) -> Iterator[Schema]:
    """Yield the schemas of which each describes the value by itself.

    In place of an all-of and of a one-of these are the schemas inside it, at any depth.
    """
    for schema in schemas:
        if isinstance(schema, (AllOfSchema, OneOfSchema)):
            yield from single_schemas(schema.schemas)
        else:
            yield schema
