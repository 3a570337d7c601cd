"""Finds the rules that a value breaks. `compile.py` has the fast check of a whole submission, without the rules."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from typing import Any, Final, NamedTuple, TypeAlias

from stepdsl.core.json import is_array, is_object
from stepdsl.core.messages import Path
from stepdsl.model.schemas import AllOfSchema, ArraySchema, ConstSchema, ObjectSchema, OneOfSchema
from stepdsl.model.unions import Schema
from stepdsl.validation.compile import json_schema_of
from stepdsl.validation.engine import field_validator
from stepdsl.validation.limits import broken_items
from stepdsl.validation.matching import best_match, equal_json, has_shape, is_open
from stepdsl.validation.scalars import broken_keyword
from stepdsl.validation.texts import Broken

__all__ = ["MAX_BROKEN", "FullCheck"]

MAX_BROKEN: Final = 1_000
"""The greatest number of broken rules that are looked for. A submission of one mebibyte can break half a million."""


_FastCheck: TypeAlias = Callable[[Any], bool]


class _Property(NamedTuple):
    """A property of an object."""

    name: str
    schema: Schema
    required: bool
    accepts: _FastCheck | None
    """The fast check of a field; None for an object and the like, of which a submission has only one."""


class FullCheck:
    """Finds the rules that values break. It has fast checks of the parts of one step.

    The number of items is up to the client. So a fast check finds the wrong items, and only these are checked here.
    """

    def __init__(self) -> None:
        """Make it without fast checks. They are compiled when they are first needed."""
        self._properties: dict[int, list[_Property]] = {}
        self._fast_checks: dict[int, _FastCheck] = {}

    def broken_rules(self, schema: Schema, value: Any, path: Path = (), *, required: bool = False) -> Iterable[Broken]:
        """Return the rules that a JSON value breaks; of the rules of one value only the first one.

        The schema exists as long as this object.
        """
        if value is None:
            return self._missing(schema, path) if required else ()
        if is_open(schema):
            return ()
        match schema:
            case ObjectSchema():
                return self._in_object(schema, value, path)
            case OneOfSchema():
                return self._in_one_of(schema, value, path)
            case AllOfSchema(schemas=parts):
                return (broken for part in parts for broken in self.broken_rules(part, value, path))
            case ArraySchema.List():
                return self._in_list(schema, value, path)
            case ArraySchema.Tuple():
                return self._in_tuple(schema, value, path)
            case _:
                broken = broken_keyword(schema, value)
                return () if broken is None else (Broken(path, schema, *broken),)

    def fits(self, schema: Schema, value: Any) -> bool:
        """Return whether a JSON value that is not null breaks no rule."""
        return self._fast_check(schema)(value)

    def _missing(self, schema: Schema, path: Path) -> Iterable[Broken]:
        """Return the rules that a missing required value breaks.

        A form shows the fields of an object, not the object. So these are the required fields in it, if there are any.
        """
        inner: list[Broken] = []
        if isinstance(schema, (ObjectSchema, AllOfSchema)) and has_shape(schema, {}):
            inner = [broken for broken in self.broken_rules(schema, {}, path) if broken.path != path]
        return inner or (Broken(path, schema, "required"),)

    def _in_object(self, schema: ObjectSchema, value: Any, path: Path) -> Iterator[Broken]:
        if not is_object(value):
            yield Broken(path, schema, "type")
            return
        for name, field, required, accepts in self._properties.get(id(schema)) or self._properties_of(schema):
            part = value.get(name)
            if accepts is None or not accepts(part):
                yield from self.broken_rules(field, part, (*path, name), required=required)

    def _in_list(self, schema: ArraySchema.List, value: Any, path: Path) -> Iterator[Broken]:
        if not is_array(value):
            yield Broken(path, schema, "type")
            return
        broken = broken_items(schema, value)
        if broken is not None:
            yield Broken(path, schema, *broken)
        else:
            accepts = self._fast_check(schema.items)
            for index, item in enumerate(value):
                if not accepts(item):
                    yield from self.broken_rules(schema.items, item, (*path, index))

    def _in_tuple(self, schema: ArraySchema.Tuple, value: Any, path: Path) -> Iterator[Broken]:
        if not is_array(value):
            yield Broken(path, schema, "type")
            return
        if len(value) > len(schema.items):
            yield Broken(path, schema, "maxItems", len(schema.items))
        else:
            for index, item in enumerate(value):
                yield from self.broken_rules(schema.items[index], item, (*path, index))

    def _in_one_of(self, schema: OneOfSchema, value: Any, path: Path) -> Iterable[Broken]:
        others: list[Schema] = []
        for alternative in schema.schemas:
            if isinstance(alternative, ConstSchema) and not is_open(alternative):
                if equal_json(alternative.value, value):
                    return ()
            else:
                others.append(alternative)
        found: list[list[Broken]] = []
        for alternative in others:
            broken = list(islice(self.broken_rules(alternative, value, path), MAX_BROKEN))
            if not broken:
                return ()
            found.append(broken)
        # A message for the whole submission has no path. So there an alternative is always chosen.
        best = best_match(others, value, must_choose=not path)
        return (Broken(path, schema, "oneOf"),) if best is None else found[best]

    def _properties_of(self, schema: ObjectSchema) -> list[_Property]:
        required = frozenset(schema.required or ())
        properties = [
            _Property(name, field, name in required, None if _has_parts(field) else _compiled(field, name in required))
            for name, field in schema.properties.items()
        ]
        self._properties[id(schema)] = properties
        return properties

    def _fast_check(self, schema: Schema) -> _FastCheck:
        found = self._fast_checks.get(id(schema))
        if found is None:
            found = self._fast_checks[id(schema)] = _compiled(schema, required=False)
        return found


def _has_parts(schema: Schema) -> bool:
    match schema:
        case OneOfSchema(schemas=schemas):
            return not all(isinstance(part, ConstSchema) for part in schemas)
        case _:
            return isinstance(schema, (ObjectSchema, AllOfSchema, ArraySchema.List, ArraySchema.Tuple))


def _compiled(schema: Schema, required: bool) -> _FastCheck:
    return field_validator(json.dumps(json_schema_of(schema, required=required))).is_valid
