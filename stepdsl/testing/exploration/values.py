"""Values to enter in fields, made by the strategies for hypothesis."""

from __future__ import annotations

import contextlib
import random
from collections.abc import Callable, Hashable, Mapping
from typing import Any, Final

from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis.errors import Unsatisfiable

from stepdsl.model.schemas import BlobSchema, StringSchema
from stepdsl.model.unions import Schema
from stepdsl.testing.flows.errors import ImpossibleMoveError
from stepdsl.testing.flows.fields import Field, File
from stepdsl.testing.flows.forms import Form
from stepdsl.testing.strategies.fields import Impossible, Values, field_values, known_values, mime_types
from stepdsl.validation.matching import has_shape

__all__ = ["FieldValues", "file_for"]

_COUNT: Final = 12
"""How many values are generated for a field."""
_UNCHECKED: Final = (HealthCheck.too_slow, HealthCheck.filter_too_much, HealthCheck.data_too_large)
"""Some fields have few values, or large ones. A walk uses what there is."""


class FieldValues:
    """Values for the fields of a flow. The same seed gives the same values."""

    def __init__(self, number: int, known: Mapping[str, Any]) -> None:
        """Take the seed, and the values that the caller gives, by the paths of their fields."""
        self._number = number
        self._known = known
        self._made: dict[Hashable, list[Any]] = {}
        self.paths: dict[str, None] = {}
        """The paths of the fields that were shown, and those of the given values whose fields were shown."""
        self.simplest: dict[str, Any] = {}
        """The simplest value of each field, by its path."""

    def given(self, form: Form) -> dict[Field, tuple[str, Any]]:
        """Return the fields on the screen whose values the caller gives, each with its path and its value."""
        found: dict[Field, tuple[str, Any]] = {}
        for path, value in self._known.items():
            with contextlib.suppress(ImpossibleMoveError):  # this form has no such field, or two of them
                field = form.find(form.parse(path))
                if field.shown and field.place.enabled:
                    found[field] = path, value
                    self.paths[path] = None
                    self.simplest[path] = value
        return found

    def valid(self, path: str, schema: Schema) -> list[Any]:
        """Return values that fit a field, the simplest first; at worst none."""
        found = [*known_values(schema), *self.of((schema, "valid"), lambda: field_values(schema)[0])]
        if found:
            self.simplest[path] = found[0]
        return found

    def invalid(self, schema: Schema) -> list[Any]:
        """Return values that a user can enter in a field, but that do not fit. They have the type of the field."""
        made = self.of((schema, "invalid"), lambda: field_values(schema)[1])
        return [value for value in made if has_shape(schema, value)]

    def of(self, key: Hashable, strategy: Callable[[], Values | Impossible]) -> list[Any]:
        """Return some values of a strategy, the simplest first. They are generated once for each key."""
        found = self._made.get(key)
        if found is None:
            values = strategy()
            found = self._made[key] = [] if isinstance(values, Impossible) else _examples(values, self._number)
        return found


def file_for(schema: Schema, chance: random.Random) -> File:
    """Return a small file that a schema accepts."""
    accepts = schema.accepts if isinstance(schema, (BlobSchema, StringSchema)) else None
    kind = chance.choice([one for entry in accepts or ("*/*",) for one in mime_types(entry)])
    return File(b"file", f"file.{kind.rpartition('/')[2]}", kind)


def _examples(values: Values, number: int) -> list[Any]:
    """Return values of a strategy, each once, the simplest first."""
    found: list[Any] = []

    @seed(number)
    @settings(
        max_examples=_COUNT,
        phases=[Phase.generate],
        database=None,
        deadline=None,
        suppress_health_check=_UNCHECKED,
    )
    @given(values)
    def collect(value: Any) -> None:
        if value not in found:
            found.append(value)

    with contextlib.suppress(Unsatisfiable):
        collect()
    return sorted(found, key=_complexity)


def _complexity(value: Any) -> tuple[bool, int, str]:
    text = repr(value)
    return not text.isascii() or "\\" in text, len(text), text
