"""One check per kind of property: takes what an author gave, returns what the model stores, or raises `Refused`."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from enum import Enum
from typing import Any, Final, TypeAlias, cast

from stepdsl.errors import Problem, Refused, nearest, refuse, within
from stepdsl.model.annotations import Annotation, Kind, Named
from stepdsl.model.index import find
from stepdsl.model.values import (
    ReadOnlyDict,
    check_boolean,
    check_integer,
    check_key,
    check_number,
    check_string,
    copy_json,
    place,
    show,
)

Check: TypeAlias = Callable[[Any], Any]

ATOM_CHECKS: Final[dict[type, Check]] = {
    str: check_string,
    int: check_integer,
    float: check_number,
    bool: check_boolean,
}


def check_for(annotation: Annotation) -> Check:
    """Return the check of a property that is annotated so."""
    kind, member = annotation.kind, annotation.member
    if kind is Kind.JSON:
        return copy_json
    assert member is not None, "only Any names no type"
    one = _enum_check(annotation.enums) if annotation.enums else member_check(member)
    if kind in (Kind.ATOM, Kind.ENUM, Kind.OBJECT):
        return one
    return _list_check(one) if kind in (Kind.ATOMS, Kind.LIST) else _map_check(one)


def member_check(member: type[Any] | Named) -> Check:
    """Return the check of a single value of this type."""
    if isinstance(member, Named):
        return _object_check(member)
    return ATOM_CHECKS.get(member) or _object_check(member)


def expected_enum(enums: tuple[type[Enum], ...], value: object) -> str:
    """Return why a value is no member of the enums: the members that are, the nearest one first if there are many."""
    values = list(members_by_value(enums))
    near = nearest(value, values) if isinstance(value, str) else ""
    if len(values) <= 12:
        allowed = "one of " + ", ".join(repr(v) for v in values)
    else:
        allowed = "one of " + " or ".join(f"the {len(enum)} values of {enum.__qualname__}" for enum in enums)
    return f"expected {allowed}, got {show(value)}{near}"


def members_by_value(enums: tuple[type[Enum], ...]) -> dict[str, Enum]:
    """Return the member that each string stands for; the first enum wins where several have it."""
    found: dict[str, Enum] = {}
    for enum in enums:
        for member in enum:
            found.setdefault(member.value, member)
    return found


def _enum_check(enums: tuple[type[Enum], ...]) -> Check:
    members = members_by_value(enums)

    def check(value: Any) -> Any:
        if value.__class__ in enums:
            return value
        try:
            found = members.get(value)
        except TypeError:  # unhashable
            found = None
        if found is None:
            raise refuse(expected_enum(enums, value))
        return found

    return check


def _object_check(member: type | Named) -> Check:
    cls: type | None = None if isinstance(member, Named) else member

    def check(value: Any) -> Any:
        nonlocal cls
        if cls is None:
            assert isinstance(member, Named)
            cls = find(member.name)
        if isinstance(value, cls):
            return value
        raise refuse(f"expected {article(cls.__qualname__)}, got {show(value)}")

    return check


def article(name: str) -> str:
    """Return a name behind `a` or `an`."""
    return f"{'an' if name[0] in 'AEIOU' and not name.startswith('One') else 'a'} {name}"


def is_listable(value: object) -> bool:
    """Whether a value can be taken for a list of its parts: not text, not a mapping."""
    return isinstance(value, Iterable) and not isinstance(value, (str, bytes, Mapping))


def _list_check(one: Check) -> Check:
    def check(value: Any) -> Any:
        if value.__class__ is not list and value.__class__ is not tuple and not is_listable(value):
            raise refuse(f"expected a list, got {show(value)}")
        checked: list[Any] = []
        problems: list[Problem] = []
        for position, part in enumerate(value):
            try:
                checked.append(one(part))
            except Refused as refused:
                problems += within(position, refused)
        if problems:
            raise Refused(problems)
        return tuple(checked)

    return check


def _map_check(one: Check) -> Check:
    def check(value: Any) -> Any:
        if not isinstance(value, Mapping):
            raise refuse(f"expected a mapping, got {show(value)}")
        checked: dict[str, Any] = {}
        problems: list[Problem] = []
        for name, part in cast("Mapping[object, object]", value).items():
            try:
                checked[check_key(name)] = one(part)
            except Refused as refused:
                problems += within(place(name), refused)
        if problems:
            raise Refused(problems)
        return ReadOnlyDict(checked)

    return check
