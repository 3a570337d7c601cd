"""Compares messages for fields with the schemas of a step: each message must be for a field."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from itertools import islice
from typing import Any, Final

from stepdsl.core.json import is_array
from stepdsl.core.messages import Path, Problem, Problems, listed, near, shorten
from stepdsl.errors import MOST_PROBLEMS
from stepdsl.model.schemas import ArraySchema, ObjectSchema
from stepdsl.model.unions import Schema
from stepdsl.model.unknown import UnknownSchema
from stepdsl.validation.paths import path_text
from stepdsl.validation.schemas import single_schemas

__all__ = ["each_unknown_field", "unknown_fields"]

_COMPARED: Final = 20
"""The maximum number of wrong names that are compared with the names of fields: an error text has no more problems."""

_EACH_ITEM: Final = -1
"""The position of the schemas that describe each item of a list."""


def unknown_fields(schemas: Iterable[Schema], messages: Any) -> Problems:
    """Return the problems of `each_unknown_field`, at most 1001: an error lists 1000, and says that there are more."""
    return Problems(islice(each_unknown_field(schemas, messages), MOST_PROBLEMS + 1))


def each_unknown_field(schemas: Iterable[Schema], messages: Any) -> Iterator[Problem]:
    """Yield a problem for each path in the messages that is not a field of the schemas.

    `messages`: nested JSON, in the shape of the values. The keys of a mapping can be indexes too. None is no message.
    """
    for at, (path, level) in enumerate(_unknown(_Level(schemas), messages, [])):
        yield path, level.no_field(path, compare=at < _COMPARED)


def _unknown(level: _Level, messages: Any, path: list[str | int]) -> Iterator[tuple[Path, _Level]]:
    """Yield each path that is not a field, with the level where its last part is missing."""
    if level.is_open:
        return
    for part, below in _parts(messages):
        if below is None:
            continue
        inner = level.inside(part)
        path.append(part)
        if inner is None:
            yield tuple(path), level
        else:
            yield from _unknown(inner, below, path)
        path.pop()


def _parts(messages: Any) -> Iterable[tuple[str | int, Any]]:
    if is_array(messages):
        return enumerate(messages)
    return messages.items() if isinstance(messages, Mapping) else ()  # pyright: ignore[reportUnknownVariableType]  # names or indexes


class _Level:
    """The schemas of one value, which are alternatives. It makes the levels below it when they are first needed."""

    def __init__(self, schemas: Iterable[Schema]) -> None:
        self.is_open = False
        """Whether the value can have any fields, because a schema is unknown."""
        self._schemas: dict[str | int, list[Schema]] = {}
        self._levels: dict[str | int, _Level] = {}
        self._tuple_items: int | None = None
        self._has_object = False
        for schema in single_schemas(schemas):
            match schema:
                case UnknownSchema():
                    self.is_open = True
                case ObjectSchema(properties=properties):
                    self._has_object = True
                    for name, field in properties.items():
                        self._schemas.setdefault(name, []).append(field)
                case ArraySchema.List(items=item):
                    self._schemas.setdefault(_EACH_ITEM, []).append(item)
                case ArraySchema.Tuple(items=items):
                    self._tuple_items = max(len(items), self._tuple_items or 0)
                    for index, item in enumerate(items):
                        self._schemas.setdefault(index, []).append(item)
                case _:
                    pass

    def inside(self, part: str | int) -> _Level | None:
        """Return the level of one property or item; None if no schema describes it."""
        key = part if isinstance(part, str) or part in self._schemas else _EACH_ITEM
        if key not in self._levels:
            schemas = self._schemas.get(key, [])
            if isinstance(part, int) and key != _EACH_ITEM:
                schemas = [*schemas, *self._schemas.get(_EACH_ITEM, [])]
            if not schemas:
                return None
            self._levels[key] = _Level(schemas)
        return self._levels[key]

    def no_field(self, path: Path, *, compare: bool) -> str:
        """Return the error text for a path whose last part no schema describes. It has the fields that exist.

        `compare`: search for a similar name.
        """
        names = self._names
        if names:
            return (
                f"no such field{(near(str(path[-1]), names) if compare else '') or f'; there are {self._listed_names}'}"
            )
        if self._tuple_items is not None:
            return f"no such item; there are {self._tuple_items}"
        if _EACH_ITEM in self._schemas:
            return "no such field; there are the items of a list, [0] and so on"
        if len(path) > 1 and not self._has_object:
            return f"no such field; {shorten(repr(path_text(path[:-1])))} has no parts"
        return "no such field; there are no fields here"

    @cached_property
    def _names(self) -> list[str]:
        """The names of the fields."""
        return [name for name in self._schemas if isinstance(name, str)]

    @cached_property
    def _listed_names(self) -> str:
        """The names of the fields for an error text."""
        return listed(map(shorten, self._names))
