"""Compares the data of a step with its schemas.

Several schemas can describe the same value: the root schemas of a step, the parts of an all-of schema, the alternatives
of a one-of schema. A `Shape` combines such schemas. It has a shape for each part of the value, made when it is needed.
"""

from __future__ import annotations

import json
from collections.abc import Hashable, Iterable, Iterator, Mapping
from enum import Enum
from functools import cached_property
from typing import Any, Final, NamedTuple

from stepdsl.checking.acceptance import items_refused, refused
from stepdsl.core.json import UNSET, is_array, is_object, show_json
from stepdsl.core.messages import Path, near, shorten, show
from stepdsl.model.schemas import (
    ArraySchema,
    BooleanSchema,
    ConstSchema,
    IntegerSchema,
    NumberSchema,
    ObjectSchema,
    StringSchema,
)
from stepdsl.model.unions import Schema
from stepdsl.validation import single_schemas

__all__ = ["Mismatch", "MismatchKind", "Shape", "json_key", "mismatches"]

_SINGLE: Final[Mapping[type[Schema], str]] = {
    StringSchema: "a string",
    BooleanSchema: "true or false",
    IntegerSchema: "an integer",
    NumberSchema: "a number",
}
_ACCEPTED: Final[Mapping[type[Schema], tuple[type, ...]]] = {
    StringSchema: (str,),
    BooleanSchema: (bool,),
    IntegerSchema: (int,),
    NumberSchema: (int, float),
}
"""The Python types of values that always have the right type for a single schema. No shape is made for such a value."""
_MOST_ARRAYS: Final = 50
"""If more array schemas than this describe one value, and one is a tuple, the items are not compared, to limit the
time."""
_MOST_LIMITS: Final = 10
"""The greatest number of schemas of single values whose limits are compared with a value, to limit the time."""


class MismatchKind(Enum):
    """The kind of a mismatch."""

    TYPE = "type"
    """The value does not have the type that its schemas describe."""
    UNDESCRIBED = "undescribed"
    """No schema describes the value."""
    LIMIT = "limit"
    """The value has the right type, but the limits of its schema refuse it."""


class Mismatch(NamedTuple):
    """A value that does not fit its schemas, or that no schema describes."""

    path: Path
    """The path from the compared data to the value."""
    message: str
    """What is wrong, with the value."""
    advice: str
    """How to correct the data or the schema."""
    kind: MismatchKind
    """What does not fit: the type, the limits, or that no schema describes the value."""


class Shape:
    """Several schemas that describe one value."""

    def __init__(self, schemas: Iterable[Schema]) -> None:
        self.properties: dict[str, list[Schema]] = {}
        """The schemas of the properties, under the names of the properties."""
        self.is_object: bool = False
        self.anything: bool = False
        self.lists: list[ArraySchema.List] = []
        self.tuples: list[ArraySchema.Tuple] = []
        self.single: list[Schema] = []
        """The schemas of strings, numbers and booleans."""
        self.constants: dict[Hashable, Any] = {}
        """The constants, under the results of `json_key`."""
        self._parts: dict[str | int | None, Shape] = {}
        for schema in single_schemas(schemas):
            self._add(schema)
        self.longest: int = max((len(one.items) for one in self.tuples), default=0)
        """The greatest number of items of a tuple."""
        self._kinds = {schema.__class__ for schema in self.single}
        self._has_constant_container = any(is_object(value) or is_array(value) for value in self.constants.values())

    def _add(self, schema: Schema) -> None:
        match schema:
            case ObjectSchema():
                self.is_object = True
                for name, part in schema.properties.items():
                    self.properties.setdefault(name, []).append(part)
            case ArraySchema.List():
                self.lists.append(schema)
            case ArraySchema.Tuple():
                self.tuples.append(schema)
            case ConstSchema():
                if schema.value is UNSET:
                    self.anything = True
                else:
                    self.constants.setdefault(json_key(schema.value), schema.value)
            case _ if schema.__class__ in _SINGLE:
                self.single.append(schema)
            case _:  # a file, or a schema of an unknown type
                self.anything = True

    @property
    def is_array(self) -> bool:
        """Whether a schema of an array is among the schemas."""
        return bool(self.lists or self.tuples)

    def property(self, name: str) -> Shape:
        """Return the shape of a property that is in `properties`."""
        shape = self._parts.get(name)
        if shape is None:
            shape = self._parts[name] = Shape(self.properties[name])
        return shape

    def item(self, index: int) -> Shape | None:
        """Return the shape of an item; None if no schema describes it, or if there are too many schemas."""
        if index >= self.longest:
            if not self.lists:
                return None
            key = None
        elif len(self.lists) + len(self.tuples) > _MOST_ARRAYS:
            return None
        else:
            key = index
        shape = self._parts.get(key)
        if shape is None:
            schemas: list[Schema] = [one.items for one in self.lists]
            if key is not None:
                schemas += [one.items[key] for one in self.tuples if key < len(one.items)]
            shape = self._parts[key] = Shape(schemas)
        return shape

    @cached_property
    def expected(self) -> str:
        """The description of a correct value, for messages."""
        kinds = [name for cls, name in _SINGLE.items() if cls in self._kinds]
        kinds += ["an object"] * self.is_object + ["an array"] * self.is_array
        constants = list(self.constants.values())[:6]
        shown = [shorten(json.dumps(value, ensure_ascii=False)) for value in constants]
        if len(shown) > 5:
            shown = [f"one of {len(self.constants)} constants"]
        return " or ".join([*kinds, *shown]) or "no value, because the schema has no alternatives"

    @cached_property
    def _texts(self) -> list[str]:
        return [constant for constant in self.constants.values() if isinstance(constant, str)]

    def has_constant(self, value: Any) -> bool:
        """Return whether a value is equal to one of the constants."""
        if (is_object(value) or is_array(value)) and not self._has_constant_container:
            return False
        return bool(self.constants) and json_key(value) in self.constants

    def accepts(self, value: Any) -> bool:
        """Return whether a value has a right type. The value is not an object, not an array and not a constant."""
        match value:
            case bool():
                return BooleanSchema in self._kinds
            case int():
                return not self._kinds.isdisjoint((IntegerSchema, NumberSchema))
            case float():
                return NumberSchema in self._kinds or (IntegerSchema in self._kinds and value.is_integer())
            case str():
                return StringSchema in self._kinds
            case _:
                return False

    def mismatch(self, value: Any, path: Path) -> Mismatch:
        """Return the mismatch of a value that has no right type."""
        hint = near(value, self._texts)
        message = f"expected {self.expected}, got {show_json(value)}{hint}"
        return Mismatch(path, message, "make the value fit its schema", MismatchKind.TYPE)

    def refused(self, value: Any) -> str | None:
        """Return why the limits of all schemas of its type refuse a value of a right type; None if one accepts it."""
        if len(self.single) > _MOST_LIMITS:
            return None
        fitting = [one for one in self.single if isinstance(one, StringSchema) == isinstance(value, str)]
        reasons = [refused(value, one) for one in fitting]
        return None if None in reasons else reasons[0]


def json_key(value: Any) -> Hashable:
    """Return a key that is the same for equal JSON values, and for no others. True and 1 have different keys."""
    if isinstance(value, bool):
        return (bool, value)
    if is_array(value):
        return (list, *map(json_key, value))
    if is_object(value):
        return frozenset((name, json_key(part)) for name, part in value.items())
    key: Hashable = value
    return key


def mismatches(value: Any, shape: Shape, path: Path = ()) -> Iterator[Mismatch]:
    """Yield the parts of a JSON value that do not fit the schemas, or that no schema describes."""
    if value is None or shape.anything or shape.has_constant(value):
        return
    if is_object(value) and shape.is_object:
        yield from _in_object(value, shape, path)
    elif is_array(value) and shape.is_array:
        yield from _in_array(value, shape, path)
    elif not shape.accepts(value):
        yield shape.mismatch(value, path)
    else:
        reason = shape.refused(value)
        if reason is not None:
            yield _refusal(path, f"{show(value)} is {reason}")


def _refusal(path: Path, message: str) -> Mismatch:
    return Mismatch(path, message, "send a value that the schema accepts, or none", MismatchKind.LIMIT)


def _in_object(value: dict[str, Any], shape: Shape, path: Path) -> Iterator[Mismatch]:
    for name, part in value.items():
        schemas = shape.properties.get(name)
        if schemas is None:
            yield Mismatch(
                (*path, name),
                f"no schema describes {show(name)}{near(name, shape.properties)}",
                "add a schema for it, a hidden one if it is not to be shown, or take it out of the model",
                MismatchKind.UNDESCRIBED,
            )
        elif len(schemas) == 1 and part.__class__ in _ACCEPTED.get(schemas[0].__class__, ()):
            reason = refused(part, schemas[0])
            if reason is not None:
                yield _refusal((*path, name), f"{show(part)} is {reason}")
        else:
            yield from mismatches(part, shape.property(name), (*path, name))


def _in_array(value: list[Any], shape: Shape, path: Path) -> Iterator[Mismatch]:
    if not shape.lists and len(value) > shape.longest:
        yield Mismatch(
            path,
            f"expected no more than {shape.longest} of the {len(value)} items",
            "give one item for each schema of the tuple",
            MismatchKind.TYPE,
        )
    elif len(shape.lists) == 1 and not shape.tuples:
        reason = items_refused(value, shape.lists[0])
        if reason is not None:
            yield _refusal(path, f"the array is {reason}")
    for index, part in enumerate(value):
        described = shape.item(index)
        if described is not None:
            yield from mismatches(part, described, (*path, index))
