"""Objects of every documented type. The strategies are made from the tables of the models."""

from __future__ import annotations

from collections.abc import Iterable
from enum import Enum
from typing import Any, Final, TypeVar

from hypothesis import strategies as st

from stepdsl.core.annotations import Kind
from stepdsl.core.converters import members_by_value
from stepdsl.core.fields import FIELDS, Field
from stepdsl.core.model import Model
from stepdsl.core.provenance import Generation, GenerationName, expect_generation
from stepdsl.core.types import documented_types, find, members
from stepdsl.model.autocomplete import AutocompleteHint, AutocompleteToken
from stepdsl.model.step import Step
from stepdsl.model.unions import Layout, Schema
from stepdsl.testing.strategies.atoms import ATOMS, any_json, texts
from stepdsl.testing.strategies.caching import cached
from stepdsl.testing.strategies.undocumented import extra_properties, takes_other, unknown

__all__ = ["Chances", "layouts", "levels_needed", "models", "objects", "schemas", "steps", "values_of"]

M = TypeVar("M", bound=Model)

_ROOM: Final = 2
"""How many levels of objects are generated, unless required properties need more."""
_STEP_ROOM: Final = 3
"""The same for whole steps."""

_LEFT_OUT: Final = {
    None: frozenset[Generation](),
    "core": frozenset({Generation.CORE2}),
    "core2": frozenset({Generation.CORE, Generation.SUPERSEDED}),
}
"""What a step for a generation does not have."""
_OTHER_ENUM: Final[dict[str | None, type[Enum]]] = {"core": AutocompleteToken, "core2": AutocompleteHint}
"""The enum that belongs to the other generation, where a property takes the members of two enums."""


def steps(generation: GenerationName | None = None) -> st.SearchStrategy[Step]:
    """Return a strategy for steps with everything that a step may have.

    With `generation`, a step has only what the documentation of that generation has, without deprecated properties.
    By default it can have all that the library accepts, also extra properties and unknown members of unions.

    Raises InvalidValueError for an unknown generation.
    """
    expect_generation("generation", generation)
    return models(Step, _STEP_ROOM, generation)


def schemas() -> st.SearchStrategy[Schema]:
    """Return a strategy for schemas of all types, also types that the library does not have."""
    return models(Schema)


def layouts() -> st.SearchStrategy[Layout]:
    """Return a strategy for layouts of all types, also types that the library does not have."""
    return models(Layout)


def models(cls: type[M], room: int = _ROOM, generation: GenerationName | None = None) -> st.SearchStrategy[M]:
    """Return a strategy for objects of a type, with about `room` levels of objects.

    For a union it has objects of each member, and members that the library does not have.
    """
    documented_types()  # loads all
    return _models(cls, max(room, levels_needed(cls)), generation)


def _fields(cls: type[Model]) -> Iterable[Field]:
    return FIELDS[cls].by_name.values()


def _required(cls: type[Model]) -> list[str]:
    return [field.name for field in _fields(cls) if field.required]


@cached
def _models(cls: type[Any], room: int, generation: GenerationName | None) -> st.SearchStrategy[Any]:
    if not cls.__stepdsl__.union:
        return objects(cls, room, generation, _chances)
    fitting = [_models(member, room, generation) for member in _fitting(cls, room, generation)]
    return st.one_of(*fitting, *([unknown(cls)] if generation is None else []))


@cached
def _fitting(union: type[Any], room: int, generation: GenerationName | None) -> list[type[Any]]:
    """Return the members of a union that there is room for, and that the generation has."""
    found = map(find, members(union.__qualname__).values())
    allowed = [member for member in found if member.__stepdsl__.generation not in _LEFT_OUT[generation]]
    return [member for member in allowed if levels_needed(member) <= room]


@cached
def levels_needed(cls: type[Any]) -> int:
    """Return how many levels of objects an object of this type has at least."""
    if cls.__stepdsl__.union:
        return 0  # a member that the library does not have has none
    groups = [*((name,) for name in _required(cls)), *FIELDS[cls].options.any_of]
    return max((min(_needed_below(FIELDS[cls].by_name[name]) for name in names) for names in groups), default=0)


def _needed_below(field: Field) -> int:
    return 1 + levels_needed(field.member) if field.kind is Kind.OBJECT else 0


@st.composite
def objects(
    draw: st.DrawFn, cls: type[Any], room: int, generation: GenerationName | None, chances: st.SearchStrategy[Chances]
) -> Any:
    """Draw an object of a type with at most `room` levels of objects."""
    fields = FIELDS[cls].by_name
    chance = draw(chances)
    has_other = generation is None
    newer = [name for name in _required(cls) if has_other and chance.newer and takes_other(fields[name])]
    names = [name for name in _required(cls) if name not in newer]
    for group in FIELDS[cls].options.any_of:
        possible = [name for name in group if _is_possible(fields[name], room, generation)]
        names += [draw(st.sampled_from(possible))]
    names += chance.some(name for name in _possible(cls, room, generation) if name not in names)
    values = {name: draw(values_of(cls, name, room, generation)) for name in names}
    if has_other and (newer or chance.extra):
        values["extra"] = draw(extra_properties(cls, frozenset(values)))
    return cls(**values)


class Chances:
    """The random choices for the optional parts of an object. They are one draw, because each draw takes time."""

    def __init__(self, drawn: bytes) -> None:
        first, self._bits, self._more = drawn[0], int.from_bytes(drawn[1:6]), int.from_bytes(drawn[6:])
        self.newer: bool = first & 0b00000011 == 3
        self.extra: bool = first & 0b00001100 == 12
        self._quarters = first >> 4 & 3

    def some(self, names: Iterable[str]) -> list[str]:
        """Return none, a quarter, a half or three quarters of the names, more or less."""
        mask = (0, self._bits & self._more, self._bits, self._bits | self._more)[self._quarters]
        return [name for position, name in enumerate(names) if mask >> position & 1]


_chances = st.binary(min_size=11, max_size=11).map(Chances)


@cached
def _possible(cls: type[Any], room: int, generation: GenerationName | None) -> list[str]:
    """Return the optional properties that there is room for, and that the generation has."""
    left_out = _LEFT_OUT[generation]
    return [
        field.name
        for field in _fields(cls)
        if not field.required
        and field.generation not in left_out
        and (_fits(field, room, generation) or field.kind is not Kind.OBJECT)
    ]


def _is_possible(field: Field, room: int, generation: GenerationName | None) -> bool:
    return _fits(field, room, generation) and field.generation not in _LEFT_OUT[generation]


def _fits(field: Field, room: int, generation: GenerationName | None) -> bool:
    if not field.kind.is_object:
        return True
    if room <= levels_needed(field.member):
        return False
    is_open = generation is None or not field.member.__stepdsl__.union
    return is_open or bool(_fitting(field.member, room - 1, generation))


@cached
def values_of(cls: type[Any], name: str, room: int, generation: GenerationName | None) -> st.SearchStrategy[Any]:
    """Return a strategy for values of a property of a type."""
    field = FIELDS[cls].by_name[name]
    size = 3 if _fits(field, room, generation) else 0
    match field.kind:
        case Kind.JSON:
            return any_json
        case Kind.OBJECT:
            return _models(field.member, room - 1, generation)
        case Kind.LIST:
            return st.lists(_models(field.member, room - 1, generation) if size else st.nothing(), max_size=size)
        case Kind.MAP:
            parts = _models(field.member, room - 1, generation) if size else st.nothing()
            return st.dictionaries(texts, parts, max_size=size)
        case _:
            one = _members_or_strings(field.enums, generation) if field.enums else ATOMS[field.member]
    match field.kind:
        case Kind.SCALARS:
            return st.lists(one, max_size=3)
        case Kind.SCALAR_MAP:
            return st.dictionaries(texts, one, max_size=3)
        case _:
            return one


@cached
def _members_or_strings(enums: tuple[type[Enum], ...], generation: GenerationName | None) -> st.SearchStrategy[Any]:
    """Return a strategy for the members of enums, and for their strings."""
    allowed = [member for enum in enums if enum is not _OTHER_ENUM.get(generation) for member in enum]
    by_value = members_by_value(enums)
    strings = [member.value for member in allowed if by_value[member.value] is member]
    return st.sampled_from([*allowed, *strings])
