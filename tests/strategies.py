"""Hypothesis strategies for every documented type, read from the models: a new property or type needs no line here."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from enum import Enum
from functools import cache
from typing import Any, Final, TypeVar

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from stepdsl import Step, documented_types
from stepdsl.core.json import INT_MAX, INT_MIN
from stepdsl.core.model import Model
from tests.models import (
    Kind,
    Property,
    alternatives,
    by_wire_name,
    carrier,
    enum_values,
    key,
    keys,
    members,
    properties,
    required,
    reserved,
    tags,
    wire_names,
)

M = TypeVar("M", bound=Model)

ROOM: Final = 2
"""How many levels of objects are generated, unless required properties need more."""
STEP_ROOM: Final = 3
"""The same for whole steps."""


def examples(number: int) -> int:
    """How many examples a test has: this number, unless the profile of hypothesis has fewer than it has by default."""
    return max(1, number * settings.default.max_examples // 100)


moderate = settings(max_examples=examples(30), deadline=None, suppress_health_check=[HealthCheck.too_slow])
"""For tests of whole steps; nothing depends on speed."""
light = settings(moderate, max_examples=examples(3))
"""For tests that run once for each documented type."""

# -- values -------------------------------------------------------------------------------------------------------

ODD_TEXTS: Final = (
    "",
    " ",
    "\x00",
    "\x1f\x7f",
    "\t\r\n",
    "\u2028\u2029",
    "\ufeff",
    "\ufffe\uffff",
    "é",
    "e\u0301",
    "\U0001f600",
    "\U0010ffff",
    'a "quoted" \\ name',
    "</script>",
    "null",
    "$id",
    "0" * 25,
)
ODD_INTEGERS: Final = (INT_MIN, INT_MIN + 1, -1, 0, 1, 2**31, 2**53 + 1, INT_MAX - 1, INT_MAX)
ODD_FLOATS: Final = (-0.0, 0.0, 0.1, 1.5, 1e16, 1e-7, 5e-324, 1.7976931348623157e308)
ODD_JSON: Final = (
    *(None, True, False, [], {}, "EE", 0, -1, INT_MAX, 0.1),
    *([None], [[], {}], {"": ""}, {"type": "heading"}, {"const": None}, {"url": "/"}),
    {"code": "EUR", "digits": 2, "names": ["€", "Euro"], "old": None, "rate": -0.0},
    [{"iban": "EE38", "amounts": [1, 2.5, None, True], "address": {"line 1": "x", "größe": [[["y"]]]}}],
)
texts = st.sampled_from(ODD_TEXTS) | st.text(max_size=6)
integers = st.sampled_from(ODD_INTEGERS) | st.integers(INT_MIN, INT_MAX)
floats = st.sampled_from(ODD_FLOATS) | st.floats(allow_nan=False, allow_infinity=False)
# Draws are what takes the time: properties have one each.
_ATOMS: Final[Mapping[type, st.SearchStrategy[Any]]] = {
    str: st.sampled_from((*ODD_TEXTS, "x", "/next", "Größe", "https://bar.foo/status?id=12345")),
    int: st.sampled_from(ODD_INTEGERS),
    float: st.sampled_from((*ODD_FLOATS, *ODD_INTEGERS)),
    bool: st.booleans(),
}
_scalars = st.one_of(st.none(), st.booleans(), texts, integers, floats)
_random_json = st.recursive(
    _scalars,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(texts, inner, max_size=3),
    max_leaves=5,
)
_json_values = st.one_of(*[st.sampled_from(ODD_JSON)] * 3, _random_json)


def json_values() -> st.SearchStrategy[Any]:
    """JSON values of any shape, as Python has them."""
    return _random_json


# -- objects ------------------------------------------------------------------------------------------------------


def steps() -> st.SearchStrategy[Step]:
    """Steps with everything that a step may have."""
    return models(Step, STEP_ROOM)


def shallow(cls: type[M]) -> st.SearchStrategy[M]:
    """Objects of a documented type, with no more levels than it takes to have each of their properties."""
    return models(cls, _enough(cls))


def full(cls: type[M]) -> st.SearchStrategy[M]:
    """Objects of a documented type with all properties that they may have, and mostly extra ones."""
    return _objects(cls, _enough(cls), st.just(_Chances(b"\x3c" + b"\xff" * 10)))


def _enough(cls: type[Model]) -> int:
    documented_types()  # loads all
    parts = [prop for prop in properties(cls).values() if prop.kind.is_object]
    return max((1 + _needed(prop.member) for prop in parts), default=0)


def models(cls: type[M], room: int = ROOM) -> st.SearchStrategy[M]:
    """Objects of a documented type; of a union: of each member, and members that the library does not know."""
    documented_types()  # loads all
    return _models(cls, max(room, _needed(cls)))


@cache
def _models(cls: type[Any], room: int) -> st.SearchStrategy[Any]:
    if cls.__stepdsl__.union:
        fitting = [member for member in members(cls).values() if _needed(member) <= room]
        return st.one_of(*(_models(member, room) for member in fitting), unknown(cls))
    return _objects(cls, room, _chances)


@cache
def _needed(cls: type[Any]) -> int:
    """How many levels of objects an object of this type has at least."""
    if cls.__stepdsl__.union:
        return 0  # a member that the library does not know has none
    groups = [*((name,) for name in required(cls)), *alternatives(cls)]
    return max((min(_needed_below(properties(cls)[name]) for name in names) for names in groups), default=0)


def _needed_below(prop: Property) -> int:
    return 1 + _needed(prop.member) if prop.kind is Kind.OBJECT else 0


@st.composite
def _objects(draw: st.DrawFn, cls: type[Any], room: int, chances: st.SearchStrategy[_Chances]) -> Any:
    chance = draw(chances)
    newer = [name for name in required(cls) if chance.newer and takes_other(properties(cls)[name])]
    names = [name for name in required(cls) if name not in newer]
    for group in alternatives(cls):
        possible = [name for name in group if _fits(properties(cls)[name], room)]
        names.append(draw(st.sampled_from(possible)))
    names += chance.some(name for name in _possible(cls, room) if name not in names)
    values = {name: draw(_values(cls, name, room)) for name in names}
    if newer or chance.extra:
        values["extra"] = draw(_extra(cls, frozenset(values)))
    return cls(**values)


class _Chances:
    """What an object has beside what it must have. One draw for all of it: draws are what takes the time."""

    def __init__(self, drawn: bytes) -> None:
        first, self._bits, self._more = drawn[0], int.from_bytes(drawn[1:6]), int.from_bytes(drawn[6:])
        self.newer = first & 0b00000011 == 3
        self.extra = first & 0b00001100 == 12
        self._quarters = first >> 4 & 3

    def some(self, names: Iterable[str]) -> list[str]:
        """None, a quarter, a half or three quarters of the names, more or less."""
        mask = (0, self._bits & self._more, self._bits, self._bits | self._more)[self._quarters]
        return [name for position, name in enumerate(names) if mask >> position & 1]


_chances = st.binary(min_size=11, max_size=11).map(_Chances)


@cache
def _possible(cls: type[Any], room: int) -> list[str]:
    """The optional properties that there is room for."""
    return [
        name
        for name, prop in properties(cls).items()
        if not prop.required and (_fits(prop, room) or prop.kind is not Kind.OBJECT)
    ]


def _fits(prop: Property, room: int) -> bool:
    return not prop.kind.is_object or room > _needed(prop.member)


@cache
def _values(cls: type[Any], name: str, room: int) -> st.SearchStrategy[Any]:
    prop = properties(cls)[name]
    size = 3 if _fits(prop, room) else 0
    match prop.kind:
        case Kind.JSON:
            return _json_values
        case Kind.OBJECT:
            return _models(prop.member, room - 1)
        case Kind.LIST:
            return st.lists(_models(prop.member, room - 1) if size else st.nothing(), max_size=size)
        case Kind.MAP:
            return st.dictionaries(texts, _models(prop.member, room - 1) if size else st.nothing(), max_size=size)
    one: st.SearchStrategy[Any] = _members_or_strings(prop.enums) if prop.enums else _ATOMS[prop.member]
    match prop.kind:
        case Kind.SCALARS:
            return st.lists(one, max_size=3)
        case Kind.SCALAR_MAP:
            return st.dictionaries(texts, one, max_size=3)
        case _:
            return one


@cache
def _members_or_strings(enums: tuple[type[Enum], ...]) -> st.SearchStrategy[Any]:
    return st.sampled_from([choice for enum in enums for member in enum for choice in (member, member.value)])


# -- what the library does not know -------------------------------------------------------------------------------


def discriminators(union: type[Model]) -> set[str]:
    """The properties of a document that distinguish the members of a union."""
    return {*keys(union), *(["type"] if tags(union) else [])}


@cache
def _extra(cls: type[Any], given: frozenset[str]) -> st.SearchStrategy[dict[str, Any]]:
    """Extra properties: undocumented ones, and what a newer generation might have instead of those not given."""
    distinguishing = key(cls)
    if distinguishing is not None and by_wire_name(cls, distinguishing).name not in given:
        return st.just({})  # without its key an untagged type is known by its documented properties alone
    undocumented = st.dictionaries(_other_than({*wire_names(cls), *reserved(cls)}), _json_values, max_size=3)
    absent = [prop for prop in properties(cls).values() if takes_other(prop) and prop.name not in given]
    newer = st.fixed_dictionaries(
        {prop.wire: unheard_of(prop) for prop in absent if prop.required},
        optional={prop.wire: unheard_of(prop) for prop in absent if not prop.required},
    )
    return st.builds(lambda first, then: {**first, **then}, undocumented, newer) if absent else undocumented


def takes_other(prop: Property) -> bool:
    """Whether `extra` may have a value that a property does not take, for a newer generation."""
    return bool(prop.enums) or prop.recognised_by is not None


@cache
def unheard_of(prop: Property) -> st.SearchStrategy[Any]:
    """What a newer generation might have for a property: strings that an enum lacks, objects of another type."""
    if prop.recognised_by is not None:
        other = st.dictionaries(_other_than({prop.recognised_by}), _json_values, max_size=3)
        return other | other.map(lambda value: {**value, prop.recognised_by: None})
    known = enum_values(prop)
    one = _other_than(known)
    if prop.kind is Kind.ENUM:
        return one
    some = st.lists(st.sampled_from(known), max_size=2)
    return st.builds(lambda before, new, after: [*before, new, *after], some, one, some)


@cache
def unknown(union: type[Model]) -> st.SearchStrategy[Any]:
    """Members of a union that this library does not know."""
    cls: Any = carrier(union)
    type_ = properties(cls).get("type")
    if type_ is not None:
        tagged = st.builds(
            cls,
            type=_other_than(tags(union)),
            extra=st.dictionaries(_other_than({"type"}), _json_values, max_size=3),
        )
        if type_.required:
            return tagged
    documented = {wire for member in members(union).values() for wire in wire_names(member)}
    foreign = sorted(documented - discriminators(union))  # they mean nothing where the type is unknown
    new = st.dictionaries(_other_than(documented | discriminators(union)), _json_values, min_size=1, max_size=3)
    old = st.dictionaries(st.sampled_from(foreign), _json_values, max_size=2) if foreign else st.just({})
    untagged = st.builds(lambda first, then: cls(extra={**first, **then}), old, new)
    return untagged | st.builds(cls) if type_ is None else tagged | untagged


def _other_than(names: Collection[str]) -> st.SearchStrategy[str]:
    likely = [name for name in ("unheard-of", "X_1", "link_handlers", "extra", "ünbekannt") if name not in names]
    return st.sampled_from(likely) | texts.filter(lambda text: text not in names)
