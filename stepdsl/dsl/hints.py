"""Returns what to write instead of a call or a name that a builder does not have: the texts of the errors."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any, Final

from stepdsl.core import catalog, types
from stepdsl.core.annotations import Kind
from stepdsl.core.fields import FIELDS, Field, Fields
from stepdsl.core.messages import article, listed, show, unknown
from stepdsl.core.types import Member, members

__all__ = [
    "adders_of",
    "assigned_member",
    "builder_called",
    "keywords_only",
    "kinds",
    "name_first",
    "not_finished",
    "one_content",
    "one_of_both",
    "unknown_member",
    "unknown_property",
]

_OF_LISTS: Final = {
    **dict.fromkeys(("append", "insert", "push", "put"), "add"),
    **dict.fromkeys(("extend_all", "add_all", "update"), "extend"),
}
"""Methods of Python's containers and of other libraries, with the method of a builder that does the same."""

_MOST_CHOICES: Final = 3
"""If more calls than these are possible, none of them is likely to be the right one."""


def adders_of(member: type[Any]) -> dict[str, str]:
    """Return the documented names of the members that a list, map or union has, under the names of their adders."""
    if member.__stepdsl__.union:
        return members(member.__qualname__)
    fields = FIELDS[member]
    return {fields.adder: fields.name}


def unknown_property(fields: Fields, name: str) -> str:
    """Return the reason for a name that a builder does not have.

    If it is the adder of a list or map of the object, the reason has the opener of that list or map.
    """
    openers = [field for field in fields.by_name.values() if field.kind is not Kind.OBJECT and _adds(field, name)]
    if not openers:
        return fields.unknown(name).reason
    opener = openers[0].name
    return f"no such property; open {opener}: write `with ….{opener}() as {opener}:`, then {opener}.{name}(…)"


def _adds(field: Field, name: str) -> bool:
    return field.kind.is_object and name in adders_of(field.member)


def unknown_member(member: type[Any], name: str) -> str:
    """Return the reason for a name that the builder of a list or map, or the opener of a union, does not have."""
    adders = adders_of(member)
    if name in _OF_LISTS:
        return f"no such member; write {_OF_LISTS[name]}(…), or one of the adders: {listed(adders)}"
    by_wire = [adder for adder in adders if name in _wire_names(adders[adder])]
    if by_wire:
        return f"no such member; write {' or '.join(f'{adder}(…)' for adder in by_wire)}"
    return unknown(name, adders, "member")


def assigned_member(kind: Kind, adders: Collection[object], name: object) -> str:
    """Return the reason for a member of a list or map that is assigned."""
    call = f"{name}(…)" if name in adders else f"add({show(name)}, …)" if kind is Kind.MAP else "add(…)"
    return f"members are added by a call, {call}"


def _wire_names(documented: str) -> tuple[str | None, ...]:
    """Return the tag and the discriminating property of a member of any union."""
    for entries in catalog.UNIONS.values():
        for entry in entries.values():
            member = Member(*entry)
            if member.name == documented:
                return member.tag, member.key
    return ()


def builder_called(cls: type[Any]) -> str:
    """Return the error of a call of a builder's class."""
    if not hasattr(cls, "_construction"):
        opener = next(name for name in _container_properties(cls))
        return f"{cls.__name__}: not called by authors; open it in another builder: `with ….{opener}() as {opener}:`"
    name = cls._construction.fields.name
    inside = any(name in adders_of(field.member).values() for field in _fields_with_members())
    other = ", or open it in another builder" if inside else ""
    return f"{cls.__name__}: not called by authors; write `with {name}.build() as …:`{other}"


def _container_properties(cls: type[Any]) -> Iterable[str]:
    """Return the properties that a class of builders of lists or maps is for."""
    return (f.name for f in _fields_with_members() if (f.kind, f.member) == (cls._kind, cls._member))


def _fields_with_members() -> Iterable[Field]:
    """Return the properties of all types that are objects, lists of objects or maps of objects; first those of Step."""
    documented_types = types.documented_types()
    for documented in (documented_types["Step"], *documented_types.values()):
        yield from (field for field in FIELDS[documented].by_name.values() if field.kind.is_object)


def keywords_only(call: str, cls: type[Any], given: Sequence[Any]) -> str:
    """Return the reason for several values without names. `call` is the beginning of the call: `button(`."""
    got = f"got {len(given)} values without names"
    if cls.__stepdsl__.union:
        return f"takes a finished object, {got}; {_any_kind(adders_of(cls))}"
    keyword = _keyword(cls, given[0])
    advice = f"; write {call}{keyword}, …)" if keyword else ""
    return f"takes keywords, a callback or a finished object, {got}{advice}"


def one_content(field: Field, given: Sequence[Any], values: Mapping[str, Any]) -> str:
    """Return the reason for several values, or for keywords, in the call that opens a list or map."""
    in_list = field.kind is Kind.LIST
    got = "keywords" if values else f"{len(given)} values"
    keys = ", ".join(f"{name!r}: …" for name in values)
    content = f"{{{keys}}}" if values else "[…]" if in_list else "{…}"
    advice = f"`with ….{field.name}() as {field.name}:`" if in_list and values else f"{field.name}({content})"
    return f"takes a callback, or one {'list' if in_list else 'dict'} of finished objects, got {got}; write {advice}"


def not_finished(call: str, cls: type[Any], given: object) -> str:
    """Return the reason for a text in place of a finished object; an empty string for anything else."""
    keyword = _keyword(cls, given)
    expected = f"expected {article(cls.__qualname__)}, got {show(given)}"
    return f"{expected}; write {call}{keyword})" if keyword else ""


def _keyword(cls: type[Any], given: object) -> str:
    """Return the keyword that is meant by a text without a name; an empty string for anything else."""
    if not isinstance(given, str) or cls.__stepdsl__.union:
        return ""
    from stepdsl.core.hints import meant_property  # loads only when there is an error

    name = meant_property(cls, given)
    if name == "id" and "title" in FIELDS[cls].by_name:  # both accept any text; authors think of the title first
        name = "title"
    literal = str.__repr__(given)  # the repr of a member of an enumeration is no code
    return "" if name is None else f"{name}={literal if len(literal) <= 60 else '…'}"


def one_of_both(call: str, cls: type[Any], given: object, values: Mapping[str, Any]) -> str:
    """Return the reason for a value without a name beside keywords."""
    keyword = _keyword(cls, given)
    advice = f"; write {call}{keyword}, {', '.join(f'{name}=…' for name in values)})" if keyword else ""
    return f"takes a finished object or keywords, not both{advice}"


def name_first(label: str, values: Mapping[str, Any]) -> str:
    """Return the reason for a member of a map without a name."""
    given = values.get("name")
    named = f'"{given}"' if isinstance(given, str) and given.isidentifier() else '"name"'
    keywords = "".join(f", {name}=…" for name in values if name != "name")
    return f"the name of the member comes first; write {label}({named}{keywords})"


def kinds(field: Field, values: Mapping[str, Any]) -> str:
    """Return the reason for an object of a union that is opened without its type."""
    adders = adders_of(field.member)
    fitting = [adder for adder, name in adders.items() if values.keys() <= FIELDS[types.find(name)].slots.keys()]
    if not values or not 0 < len(fitting) <= _MOST_CHOICES:
        return _any_kind(adders)
    keywords = ", ".join(f"{name}=…" for name in values)
    return f"write the kind to open: {' or '.join(f'{field.name}.{adder}({keywords})' for adder in fitting)}"


def _any_kind(adders: Iterable[str]) -> str:
    return f"write the kind to open: one of {', '.join(adders)}"
