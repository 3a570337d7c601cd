"""What values schemas describe: whether the data of a step fits them.

A value is described by several schemas at once: the root schemas of a step, the parts of an all-of, any alternative of
a one-of. Together they are a shape, made once however many values are field against it.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Final, NamedTuple

from stepdsl.core.json import UNSET, show_json
from stepdsl.core.messages import near, shorten, show
from stepdsl.core.problems import Path
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
_PLAIN: Final[Mapping[type[Schema], tuple[type, ...]]] = {
    StringSchema: (str,),
    BooleanSchema: (bool,),
    IntegerSchema: (int,),
    NumberSchema: (int, float),
}
"""What always fits: most values of most steps, for which no shape has to be made."""


class Misfit(NamedTuple):
    """A value that does not fit, or that nothing describes."""

    path: Path
    message: str
    advice: str
    described: bool
    """Whether there is a schema for it."""


class Shape:
    """What several schemas make of one value."""

    def __init__(self, schemas: Iterable[Schema]) -> None:
        self.names: dict[str, list[Schema]] = {}
        """The schemas of properties, under their names."""
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
            case _:  # a file, or what this library does not know
                self.anything = True

    @property
    def expected(self) -> str:
        """What a value has to be."""
        kinds = [name for cls, name in _SINGLE.items() if cls in self.single]
        kinds += ["an object"] * self.is_object + ["an array"] * bool(self.lists or self.tuples)
        constants = [shorten(json.dumps(value, ensure_ascii=False)) for value in self.constants[:6]]
        if len(constants) > 5:
            constants = [f"one of {len(self.constants)} constants"]
        return " or ".join([*kinds, *constants]) or "nothing, since there is nothing to choose"

    def takes(self, value: Any) -> bool:
        """Whether a value that is none of the constants, no object and no array fits."""
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
    """Whether two JSON values are equal; true is not 1."""
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
        self._made: dict[tuple[int, ...], Shape] = {}

    def misfits(self, value: Any, schemas: Sequence[Schema], path: Path = ()) -> Iterator[Misfit]:
        """Yield everything in a JSON value that does not fit the schemas, or that none of them describes."""
        if value is None or (len(schemas) == 1 and value.__class__ in _PLAIN.get(schemas[0].__class__, ())):
            return
        key = tuple(map(id, schemas))
        shape = self._made.get(key)
        if shape is None:
            shape = self._made[key] = Shape(schemas)
        if shape.anything or any(_same(value, constant) for constant in shape.constants):
            return
        kind: type = value.__class__
        if issubclass(kind, dict) and shape.is_object:
            yield from self._in_object(value, shape, path)
        elif issubclass(kind, list) and (shape.lists or shape.tuples):
            yield from self._in_array(value, shape, path)
        elif not shape.takes(value):
            given = [constant for constant in shape.constants if isinstance(constant, str)]
            hint = near(value, given)
            yield Misfit(
                path, f"expected {shape.expected}, got {show_json(value)}{hint}", "make the value fit its schema", True
            )

    def _in_object(self, value: dict[str, Any], shape: Shape, path: Path) -> Iterator[Misfit]:
        for name, part in value.items():
            described = shape.names.get(name)
            if described is not None:
                yield from self.misfits(part, described, (*path, name))
            else:
                yield Misfit(
                    (*path, name),
                    f"no schema describes {show(name)}{near(name, shape.names)}",
                    "add a schema for it, a hidden one if it is not to be shown, or take it out of the model",
                    False,
                )

    def _in_array(self, value: list[Any], shape: Shape, path: Path) -> Iterator[Misfit]:
        longest = max(map(len, shape.tuples), default=0)
        if not shape.lists and len(value) > longest:
            yield Misfit(
                path,
                f"expected no more than {longest} of the {len(value)} items",
                "give one item for each schema of the tuple",
                True,
            )
            value = value[:longest]
        for place, part in enumerate(value):
            described = [*shape.lists, *(items[place] for items in shape.tuples if place < len(items))]
            yield from self.misfits(part, described, (*path, place))
