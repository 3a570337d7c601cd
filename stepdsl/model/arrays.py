"""Schemas of arrays: a list of any number of items alike, and a tuple of a fixed number of different ones."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar

from stepdsl.model.base import model
from stepdsl.model.schemas import AsyncProperties, ProvidingProperties, SchemaProperties
from stepdsl.model.unions import Schema

if TYPE_CHECKING:
    from stepdsl.dsl import builders as b
    from stepdsl.model.summary import Summary

__all__ = ["ArraySchema"]


class ArraySchema:
    """The schemas of arrays. On the wire both are of the type array; what `items` holds tells them apart."""

    @model(tag="array", adder="list")
    class List(SchemaProperties, AsyncProperties):
        """Any number of items of one schema: a part of a form that repeats, or several files (core, core2).

        No items submit an empty array.
        """

        build: ClassVar[b.ArraySchemaListOpener]

        items: Schema
        """The schema of each item."""
        add_item_title: str
        """Label of the button that adds an item, and title of the screen where that is done."""
        edit_item_title: str
        """Title of the screen where an item is edited."""
        min_items: int | None = None
        """Least number of items."""
        max_items: int | None = None
        """Greatest number of items."""
        summary: Summary.Summariser | None = None
        """How each item is told to the user in a few words and a picture."""

    @model(tag="array", array="items", adder="tuple")
    class Tuple(ProvidingProperties, AsyncProperties):
        """A fixed number of items, each of a schema of its own (core, core2)."""

        build: ClassVar[b.ArraySchemaTupleOpener]

        items: Sequence[Schema]
        """The schemas of the items, in their order."""
