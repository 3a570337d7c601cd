"""Hypothesis strategies for every documented type, read from the models: a new property or type needs no line here."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from enum import Enum
from functools import cache
from typing import Any, Final, TypeVar

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from stepdsl import Step, documented_types
from stepdsl.core.annotations import Kind
from stepdsl.core.converters import members_by_value
from stepdsl.core.fields import FIELDS, Field
from stepdsl.core.json import INT_MAX, INT_MIN
from stepdsl.core.model import Model
from stepdsl.core.types import carrier, find, keys, members, tags

M = TypeVar("M", bound=Model)

ROOM: Final = 2
"""How many objects may stand in each other in what is generated, unless required ones need more."""
STEP_ROOM: Final = 3
"""The same for whole steps."""

moderate = settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.too_slow])
"""For tests of whole steps; nothing depends on speed."""
light = settings(moderate, max_examples=4)
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
    """Steps with everything that a step may hold."""
    return models(Step, STEP_ROOM)


def shallow(cls: type[M]) -> st.SearchStrategy[M]:
    """Objects of a documented type that hold no more than it takes to have each of their properties."""
    return models(cls, _enough(cls))


def full(cls: type[M]) -> st.SearchStrategy[M]:
    """Objects of a documented type with all properties that they may have, and mostly extra ones."""
    return _objects(cls, _enough(cls), st.just(_Chances(b"\x3c" + b"\xff" * 10)))


def _enough(cls: type[Model]) -> int:
    documented_types()  # loads all
    holders = [held for held in FIELDS[cls].by_name.values() if held.kind.is_object]
    return max((1 + _needed(held.member) for held in holders), default=0)


def models(cls: type[M], room: int = ROOM) -> st.SearchStrategy[M]:
    """Objects of a documented type; of a union: of each member, and members that the library does not know."""
    documented_types()  # loads all
    return _models(cls, max(room, _needed(cls)))


@cache
def _models(cls: type[Any], room: int) -> st.SearchStrategy[Any]:
    if cls.__stepdsl__.union:
        fitting = [member for member in concrete(cls) if _needed(member) <= room]
        return st.one_of(*(_models(member, room) for member in fitting), unknown(cls))
    return _objects(cls, room, _chances)


def concrete(union: type[Model]) -> list[type[Any]]:
    """The members of a union that the library knows."""
    return [find(name) for name in members(union.__qualname__).values()]


@cache
def _needed(cls: type[Any]) -> int:
    """How many objects must stand in an object of this type at least, one in the other."""
    if cls.__stepdsl__.union:
        return 0  # a member that the library does not know holds none
    definition = FIELDS[cls]
    groups = [(held.name,) for held in definition.by_name.values() if held.required]
    return max(
        (
            min(_needed_below(definition.by_name[name]) for name in names)
            for names in [*groups, *definition.options.any_of]
        ),
        default=0,
    )


def _needed_below(held: Field) -> int:
    return 1 + _needed(held.member) if held.kind is Kind.OBJECT else 0


@st.composite
def _objects(draw: st.DrawFn, cls: type[Any], room: int, chances: st.SearchStrategy[_Chances]) -> Any:
    definition = FIELDS[cls]
    chance = draw(chances)
    names = [name for name, held in definition.by_name.items() if held.required]
    newer = [name for name in names if chance.newer and takes_other(definition.by_name[name])]
    names = [name for name in names if name not in newer]
    for group in definition.options.any_of:
        possible = [name for name in group if _fits(definition.by_name[name], room)]
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
        return [name for place, name in enumerate(names) if mask >> place & 1]


_chances = st.binary(min_size=11, max_size=11).map(_Chances)


@cache
def _possible(cls: type[Any], room: int) -> list[str]:
    """The optional properties that there is room for."""
    properties = FIELDS[cls].by_name.items()
    return [
        name for name, held in properties if not held.required and (_fits(held, room) or held.kind is not Kind.OBJECT)
    ]


def _fits(held: Field, room: int) -> bool:
    return not held.kind.is_object or room > _needed(held.member)


@cache
def _values(cls: type[Any], name: str, room: int) -> st.SearchStrategy[Any]:
    held = FIELDS[cls].by_name[name]
    size = 3 if _fits(held, room) else 0
    match held.kind:
        case Kind.JSON:
            return _json_values
        case Kind.OBJECT:
            return _models(held.member, room - 1)
        case Kind.LIST:
            return st.lists(_models(held.member, room - 1) if size else st.nothing(), max_size=size)
        case Kind.MAP:
            return st.dictionaries(texts, _models(held.member, room - 1) if size else st.nothing(), max_size=size)
    one: st.SearchStrategy[Any] = _members_or_strings(held.enums) if held.enums else _ATOMS[held.member]
    match held.kind:
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


def telling(union: type[Model]) -> set[str]:
    """The properties of a document by which a member of a union is told."""
    return {*keys(union.__qualname__), *(["type"] if tags(union.__qualname__) else [])}


@cache
def _extra(cls: type[Any], given: frozenset[str]) -> st.SearchStrategy[dict[str, Any]]:
    """Extra properties: undocumented ones, and what a newer generation might have in place of those not given."""
    definition = FIELDS[cls]
    key = definition.options.key
    if key is not None and definition.by_wire_name[key].name not in given:
        return st.just({})  # without its key nothing but its documented properties tells an untagged type
    undocumented = st.dictionaries(
        _other_than({*definition.by_wire_name, *definition.reserved}), _json_values, max_size=3
    )
    absent = [held for held in definition.by_name.values() if takes_other(held) and held.name not in given]
    newer = st.fixed_dictionaries(
        {held.wire: unheard_of(held) for held in absent if held.required},
        optional={held.wire: unheard_of(held) for held in absent if not held.required},
    )
    return st.builds(lambda first, then: {**first, **then}, undocumented, newer) if absent else undocumented


def takes_other(held: Field) -> bool:
    """Whether what a property does not take may stand in its place among the extra ones, for a newer generation."""
    return bool(held.enums) or held.recognised_by is not None


@cache
def unheard_of(held: Field) -> st.SearchStrategy[Any]:
    """What a newer generation might have for a property: strings that an enum lacks, objects of another type."""
    if held.recognised_by is not None:
        other = st.dictionaries(_other_than({held.recognised_by}), _json_values, max_size=3)
        return other | other.map(lambda value: {**value, held.recognised_by: None})
    known = members_by_value(held.enums)
    one = _other_than(known)
    if held.kind is Kind.ENUM:
        return one
    some = st.lists(st.sampled_from(list(known)), max_size=2)
    return st.builds(lambda before, new, after: [*before, new, *after], some, one, some)


@cache
def unknown(union: type[Model]) -> st.SearchStrategy[Any]:
    """Members of a union that this library does not know."""
    cls: Any = carrier(union)
    type_ = FIELDS[cls].by_name.get("type")
    if type_ is not None:
        tagged = st.builds(
            cls,
            type=_other_than(tags(union.__qualname__)),
            extra=st.dictionaries(_other_than({"type"}), _json_values, max_size=3),
        )
        if type_.required:
            return tagged
    documented = {wire for member in concrete(union) for wire in FIELDS[member].by_wire_name}
    foreign = sorted(documented - telling(union))  # means nothing where nothing tells the type
    new = st.dictionaries(_other_than(documented | telling(union)), _json_values, min_size=1, max_size=3)
    old = st.dictionaries(st.sampled_from(foreign), _json_values, max_size=2) if foreign else st.just({})
    untagged = st.builds(lambda first, then: cls(extra={**first, **then}), old, new)
    return untagged | st.builds(cls) if type_ is None else tagged | untagged


def _other_than(names: Collection[str]) -> st.SearchStrategy[str]:
    likely = [name for name in ("unheard-of", "X_1", "link_handlers", "extra", "ünbekannt") if name not in names]
    return st.sampled_from(likely) | texts.filter(lambda text: text not in names)
