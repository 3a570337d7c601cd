"""Hypothesis strategies for every documented type, read from the models: a new property or type needs no line here."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from enum import Enum
from functools import cache
from typing import Any, Final, TypeVar

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from stepdsl import documented_types
from stepdsl.model.annotations import Kind
from stepdsl.model.base import Model
from stepdsl.model.definition import DEFINITIONS, Definition, Property
from stepdsl.model.index import LOADED, find, keys, members, tags
from stepdsl.model.step import Step
from stepdsl.model.values import INT_MAX, INT_MIN

M = TypeVar("M", bound=Model)

ROOM: Final = 4
"""How many objects may stand in each other in what is generated, unless required ones need more."""

moderate = settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.too_slow])
"""For tests of whole steps; nothing depends on speed."""
light = settings(moderate, max_examples=10)
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
texts = st.sampled_from(ODD_TEXTS) | st.text(max_size=6)
integers = st.sampled_from((INT_MIN, INT_MIN + 1, -1, 0, 1, 2**31, 2**53 + 1, INT_MAX - 1, INT_MAX)) | st.integers(
    INT_MIN, INT_MAX
)
floats = st.sampled_from((-0.0, 0.1, 1e16, 1e-7, 5e-324, 1.7976931348623157e308)) | st.floats(
    allow_nan=False, allow_infinity=False
)
_ATOMS: Final[Mapping[type, st.SearchStrategy[Any]]] = {
    str: texts,
    int: integers,
    float: floats | integers,
    bool: st.booleans(),
}
_scalars = st.one_of(st.none(), st.booleans(), texts, integers, floats)
_json_values = st.recursive(
    _scalars,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(texts, inner, max_size=3),
    max_leaves=5,
)


def json_values() -> st.SearchStrategy[Any]:
    """JSON values of any shape, as Python has them."""
    return _json_values


# -- objects ------------------------------------------------------------------------------------------------------


def steps() -> st.SearchStrategy[Step]:
    """Steps with everything that a step may hold."""
    return models(Step)


def models(cls: type[M], room: int = ROOM) -> st.SearchStrategy[M]:
    """Objects of a documented type; of a union: of each member, and members that the library does not know."""
    documented_types()  # loads all
    return _models(cls, max(room, _needed(cls)))


@cache
def _models(cls: type[Any], room: int) -> st.SearchStrategy[Any]:
    if cls.__stepdsl__.union:
        fitting = [member for member in concrete(cls) if _needed(member) <= room]
        return st.one_of(*(_models(member, room) for member in fitting), unknown(cls))
    return _objects(cls, room)


def concrete(union: type[Model]) -> list[type[Any]]:
    """The members of a union that the library knows."""
    return [find(name) for name in members(union.__qualname__).values()]


@cache
def _needed(cls: type[Any]) -> int:
    """How many objects must stand in an object of this type at least, one in the other."""
    if cls.__stepdsl__.union:
        return 0  # a member that the library does not know holds none
    definition = DEFINITIONS[cls]
    groups = [(held.name,) for held in definition.properties.values() if held.required]
    return max(
        (
            min(_needed_below(definition.properties[name]) for name in names)
            for names in [*groups, *definition.traits.any_of]
        ),
        default=0,
    )


def _needed_below(held: Property) -> int:
    return 1 + _needed(held.member) if held.kind is Kind.OBJECT else 0


@st.composite
def _objects(draw: st.DrawFn, cls: type[Any], room: int) -> Any:
    definition = DEFINITIONS[cls]
    names = [name for name, held in definition.properties.items() if held.required]
    for group in definition.traits.any_of:
        possible = [name for name in group if _fits(definition.properties[name], room)]
        names.append(draw(st.sampled_from(possible)))
    share = draw(_SHARES)
    names += [name for name in _possible(cls, room) if name not in names and draw(_QUARTERS) < share]
    values = {name: draw(_values(cls, name, room)) for name in names}
    if draw(_seldom):
        values["extra"] = draw(_extra(cls, frozenset(values)))
    return cls(**values)


_QUARTERS = st.integers(0, 3)
_SHARES = st.sampled_from((0, 1, 2, 3))
"""How many quarters of its optional properties an object has, more or less."""
_seldom = _QUARTERS.map(lambda quarter: quarter == 3)


@cache
def _possible(cls: type[Any], room: int) -> list[str]:
    """The optional properties that there is room for."""
    properties = DEFINITIONS[cls].properties.items()
    return [
        name for name, held in properties if not held.required and (_fits(held, room) or held.kind is not Kind.OBJECT)
    ]


def _fits(held: Property, room: int) -> bool:
    return not held.kind.holds_objects or room > _needed(held.member)


@cache
def _values(cls: type[Any], name: str, room: int) -> st.SearchStrategy[Any]:
    held = DEFINITIONS[cls].properties[name]
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
    one: st.SearchStrategy[Any] = (
        _members_or_strings(held.member) if issubclass(held.member, Enum) else _ATOMS[held.member]
    )
    match held.kind:
        case Kind.ATOMS:
            return st.lists(one, max_size=3)
        case Kind.ATOM_MAP:
            return st.dictionaries(texts, one, max_size=3)
        case _:
            return one


@cache
def _members_or_strings(enum: type[Enum]) -> st.SearchStrategy[Any]:
    return st.sampled_from([*enum, *(member.value for member in enum)])


# -- what the library does not know -------------------------------------------------------------------------------


def telling(union: type[Model]) -> set[str]:
    """The properties of a document by which a member of a union is told."""
    return {"type", *keys(union.__qualname__)}


def reserved(definition: Definition) -> set[str]:
    """The wire names that mean something on a document of this type, so that they are none of its extra ones."""
    told = [
        telling(union) for union in LOADED.values() if union.__stepdsl__.union and issubclass(definition.cls, union)
    ]
    return set(definition.wire_names).union(*told)


@cache
def _extra(cls: type[Any], given: frozenset[str]) -> st.SearchStrategy[dict[str, Any]]:
    """Extra properties: undocumented ones, and values that an enum lacks in place of a property that is not given."""
    definition = DEFINITIONS[cls]
    key = definition.traits.key
    if key is not None and definition.wire_names[key].name not in given:
        return st.just({})  # without its key nothing but its documented properties tells an untagged type
    undocumented = st.dictionaries(_other_than(reserved(definition)), _json_values, max_size=3)
    newer = {
        held.wire: unheard_of(held)
        for held in definition.properties.values()
        if held.name not in given and takes_enum(held)
    }
    if not newer:
        return undocumented
    return st.builds(lambda first, then: {**first, **then}, undocumented, st.fixed_dictionaries({}, optional=newer))


def takes_enum(held: Property) -> bool:
    """Whether a property holds members of a closed enum."""
    return held.kind in (Kind.ENUM, Kind.ATOMS) and issubclass(held.member, Enum)


@cache
def unheard_of(held: Property) -> st.SearchStrategy[Any]:
    """Values that a newer generation might have for a property of an enum: strings that this one lacks."""
    one = _other_than({member.value for member in held.member})
    if held.kind is Kind.ENUM:
        return one
    known = st.sampled_from([member.value for member in held.member])
    return st.builds(
        lambda before, new, after: [*before, new, *after], st.lists(known, max_size=2), one, st.lists(known)
    )


@cache
def unknown(union: type[Model]) -> st.SearchStrategy[Any]:
    """Members of a union that this library does not know."""
    (carrier,) = (cls for cls in LOADED.values() if cls.__stepdsl__.unknown and issubclass(cls, union))
    definition = DEFINITIONS[carrier]
    tagged = st.builds(
        carrier,
        type=_other_than(tags(union.__qualname__)),
        extra=st.dictionaries(_other_than({"type"}), _json_values, max_size=3),
    )
    if definition.properties["type"].required:
        return tagged
    known = {wire for member in concrete(union) for wire in DEFINITIONS[member].wire_names} | telling(union)
    untagged = st.dictionaries(_other_than(known), _json_values, min_size=1, max_size=3)
    return tagged | st.builds(carrier, extra=untagged)


def _other_than(names: Collection[str]) -> st.SearchStrategy[str]:
    likely = [name for name in ("unheard-of", "X_1", "link_handlers", "extra", "ünbekannt") if name not in names]
    return st.sampled_from(likely) | texts.filter(lambda text: text not in names)
