"""Compares the data of a step with its schemas.

Several schemas can describe the same value: the root schemas of a step, the parts of an all-of schema, the alternatives
of a one-of schema. A `Shape` combines such schemas. The same schemas use the same shape for all values.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Final, NamedTuple

from stepdsl.core.json import UNSET, show_json
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
"""The Python types of values that always fit a single schema of the type. No shape is made for such a value."""


class Mismatch(NamedTuple):
    """A value that does not fit its schemas, or that no schema describes."""

    path: Path
    message: str
    advice: str
    described: bool
    """Whether a schema describes the value."""


class Shape:
    """Several schemas that describe one value."""

    def __init__(self, schemas: Iterable[Schema]) -> None:
        self.names: dict[str, list[Schema]] = {}
        """The schemas of the properties, under the names of the properties."""
        self.is_object: bool = False
        self.anything: bool = False
        self.lists: list[Schema] = []
        self.tuples: list[Sequence[Schema]] = []
        self.single: set[type[Schema]] = set()
        self.constants: list[Any] = []
        for schema in single_schemas(schemas):
            self._add(schema)

    def _add(self, schema: Schema) -> None:
        match schema:
            case ObjectSchema():
                self.is_object = True
                for name, field in schema.properties.items():
                    self.names.setdefault(name, []).append(field)
            case ArraySchema.List():
                self.lists.append(schema.items)
            case ArraySchema.Tuple():
                self.tuples.append(schema.items)
            case ConstSchema():
                if schema.value is UNSET:
                    self.anything = True
                else:
                    self.constants.append(schema.value)
            case _ if schema.__class__ in _SINGLE:
                self.single.add(schema.__class__)
            case _:  # a file, or a schema of an unknown type
                self.anything = True

    @property
    def expected(self) -> str:
        """The description of a correct value, for messages."""
        kinds = [name for cls, name in _SINGLE.items() if cls in self.single]
        kinds += ["an object"] * self.is_object + ["an array"] * bool(self.lists or self.tuples)
        constants = [shorten(json.dumps(value, ensure_ascii=False)) for value in self.constants[:6]]
        if len(constants) > 5:
            constants = [f"one of {len(self.constants)} constants"]
        return " or ".join([*kinds, *constants]) or "no value, because the schema has no alternatives"

    def accepts(self, value: Any) -> bool:
        """Return whether a value fits. The value is not an object, not an array and not equal to a constant."""
        match value:
            case bool():
                return BooleanSchema in self.single
            case int():
                return not self.single.isdisjoint((IntegerSchema, NumberSchema))
            case float():
                return NumberSchema in self.single or (IntegerSchema in self.single and value.is_integer())
            case str():
                return StringSchema in self.single
            case _:
                return False


def _same(value: Any, constant: Any) -> bool:
    """Return whether two JSON values are equal. True and 1 are different values."""
    if isinstance(value, bool) or isinstance(constant, bool):
        return value is constant
    kind: type = value.__class__
    if issubclass(kind, list) and issubclass(constant.__class__, list):
        return len(value) == len(constant) and all(map(_same, value, constant))
    if issubclass(kind, dict) and issubclass(constant.__class__, dict):
        return value.keys() == constant.keys() and all(_same(part, constant[name]) for name, part in value.items())
    same: bool = value == constant
    return same


class Shapes:
    """The shapes of one step's schemas."""

    def __init__(self) -> None:
        self._shapes: dict[tuple[int, ...], Shape] = {}

    def mismatches(self, value: Any, schemas: Sequence[Schema], path: Path = ()) -> Iterator[Mismatch]:
        """Yield the parts of a JSON value that do not fit the schemas, or that no schema describes."""
        if value is None or (len(schemas) == 1 and value.__class__ in _ACCEPTED.get(schemas[0].__class__, ())):
            return
        key = tuple(map(id, schemas))
        shape = self._shapes.get(key)
        if shape is None:
            shape = self._shapes[key] = Shape(schemas)
        if shape.anything or any(_same(value, constant) for constant in shape.constants):
            return
        kind: type = value.__class__
        if issubclass(kind, dict) and shape.is_object:
            yield from self._in_object(value, shape, path)
        elif issubclass(kind, list) and (shape.lists or shape.tuples):
            yield from self._in_array(value, shape, path)
        elif not shape.accepts(value):
            given = [constant for constant in shape.constants if isinstance(constant, str)]
            hint = near(value, given)
            yield Mismatch(
                path, f"expected {shape.expected}, got {show_json(value)}{hint}", "make the value fit its schema", True
            )

    def _in_object(self, value: dict[str, Any], shape: Shape, path: Path) -> Iterator[Mismatch]:
        for name, part in value.items():
            described = shape.names.get(name)
            if described is not None:
                yield from self.mismatches(part, described, (*path, name))
            else:
                yield Mismatch(
                    (*path, name),
                    f"no schema describes {show(name)}{near(name, shape.names)}",
                    "add a schema for it, a hidden one if it is not to be shown, or take it out of the model",
                    False,
                )

    def _in_array(self, value: list[Any], shape: Shape, path: Path) -> Iterator[Mismatch]:
        longest = max(map(len, shape.tuples), default=0)
        if not shape.lists and len(value) > longest:
            yield Mismatch(
                path,
                f"expected no more than {longest} of the {len(value)} items",
                "give one item for each schema of the tuple",
                True,
            )
            value = value[:longest]
        for index, part in enumerate(value):
            described = [*shape.lists, *(items[index] for items in shape.tuples if index < len(items))]
            yield from self.mismatches(part, described, (*path, index))
