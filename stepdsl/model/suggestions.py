"""Suggestions: values that a field offers to pick."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar

from stepdsl.model.base import Model, field, model
from stepdsl.model.generation import Generation
from stepdsl.model.values import Json

if TYPE_CHECKING:
    from stepdsl.dsl import builders as b

__all__ = ["Suggestions"]


@model(generation=Generation.CORE2)
class Suggestions(Model):
    """Values that a field offers to pick (core2). Only the name was seen on a page."""

    build: ClassVar[b.SuggestionsOpener]

    @model(generation=Generation.CORE2)
    class Value(Model):
        """One of the values (core2). Seen on no page."""

        build: ClassVar[b.SuggestionsValueOpener]

        label: str
        """What the user sees. Seen on no page."""
        value: Json = field()
        """What the field's value becomes, any JSON. Seen on no page."""

    values: Sequence[Suggestions.Value]
    """The values, in the order in which they are offered. Seen on no page."""
