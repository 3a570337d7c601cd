"""Plain dicts to models: one cattrs hook a class and one a union, made from the classes' definitions.

A hook raises `Refused` with every problem of its document, paths in wire names.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from enum import Enum
from typing import Any, TypeAlias

from stepdsl.errors import Problem, Refused, refuse, shorten, within
from stepdsl.model.annotations import Kind
from stepdsl.model.base import Model
from stepdsl.model.checks import ATOM_CHECKS, members_by_value
from stepdsl.model.definition import DEFINITIONS, Definition, Property
from stepdsl.model.index import find
from stepdsl.model.telling import TELLERS
from stepdsl.model.values import (
    INT_MAX,
    INT_MIN,
    ReadOnlyDict,
    check_key,
    copy_json,
    copy_members,
    place,
    show,
    well_formed,
)

Decode: TypeAlias = Callable[[Any], Any]
Structure: TypeAlias = Callable[..., Any]
Slots: TypeAlias = dict[str, tuple[int, str, object, Decode, bool]]
"""By wire name: place in the order of declaration, Python name, atom, decoder, whether null is a value."""
Ask: TypeAlias = Callable[[type], Structure]

_new = object.__new__


class Unrecognised(Exception):
    """Internal: a known property holds an enum value or an object that this library does not know; it is kept."""


def make_structure(cls: type[Model], ask: Ask) -> Structure:  # noqa: C901  # one loop, spelt out for speed
    """Return the hook that reads objects of one class."""
    definition = DEFINITIONS[cls]
    slots: Slots = {}
    for held in definition.properties.values():
        slots[held.wire] = (held.index, held.name, held.atom, _decoder(held, ask, slots), held.nullable)
    fill = definition.fill
    tag = definition.traits.tag
    has_type = definition.has_type

    def structure(document: Any, _: Any = None) -> Any:
        if document.__class__ is not dict:
            _check_object(document)
        values: dict[str, Any] = {}
        extra: dict[str, Any] = {}
        problems: list[Problem] | None = None
        last = -1
        ordered = True
        for wire, value in document.items():
            slot = slots.get(wire)
            try:
                if slot is None:
                    if wire == "type" and has_type and (tag is not None or value is None):
                        _check_tag(value, tag)
                    else:
                        extra.update(copy_members({wire: value}))
                    continue
                index, name, atom, decode, nullable = slot
                if index < last:
                    ordered = False
                last = index
                kind: object = value.__class__
                if kind is atom and (atom is bool or (value.isascii() if atom is str else INT_MIN <= value <= INT_MAX)):
                    values[name] = value
                elif value is not None or nullable:
                    values[name] = decode(value)
            except (Refused, Unrecognised) as error:
                if isinstance(error, Unrecognised):
                    found = _keep(wire, value, extra)
                else:
                    found = error.problems if slot is None else within(wire, error)
                if found:
                    problems = [] if problems is None else problems
                    problems += found
                    values[wire if slot is None else slot[1]] = None  # given, if wrongly: it is not missing as well
        if extra:
            values["extra"] = extra
        made = _new(cls)
        try:
            if problems is not None:
                raise Refused(problems + definition.missing(values, extra))
            fill(made, values, ordered)
        except Refused as refused:
            raise _in_wire_names(definition, refused) from None
        return made

    return structure


def make_union_structure(union: type[Model], unknown: type[Model], ask: Ask) -> Structure:
    """Return the hook that reads any member of a union: by its tag, else by a property that tells it."""
    tell = TELLERS[union]
    hooks: dict[str | None, Structure] = {}

    def structure(document: Any, _: Any = None) -> Any:
        if document.__class__ is not dict:
            _check_object(document)
        name = tell(document)
        hook = hooks.get(name)
        if hook is None:
            hook = hooks[name] = ask(unknown if name is None else find(name))
        return hook(document)

    return structure


def _keep(wire: str, value: Any, extra: dict[str, Any]) -> list[Problem]:
    """Keep a value as it came; return what is wrong with it if it is no JSON."""
    try:
        extra.update(copy_members({wire: value}))
    except Refused as refused:
        return refused.problems
    return []


def _check_object(document: Any) -> None:
    if not isinstance(document, dict):
        raise refuse(f"expected an object, got {show_json(document)}")


def _check_tag(value: Any, tag: str | None) -> None:
    if value is not None and value != tag:
        raise Refused([(("type",), f"expected {json.dumps(tag)}, got {show_json(value)}")])


def _in_wire_names(definition: Definition, refused: Refused) -> Refused:
    """Return problems that speak of properties by their Python names with their wire names instead."""
    renamed: list[Problem] = []
    for path, reason in refused.problems:
        held = definition.properties.get(str(path[0])) if path else None
        renamed.append((path if held is None else (held.wire, *path[1:]), reason))
    return Refused(renamed)


def _decoder(held: Property, ask: Ask, slots: Slots) -> Decode:
    if held.kind is Kind.JSON:
        return copy_json
    if held.kind.holds_objects:

        def decode_first(value: Any) -> Any:
            """Ask for the hook of the objects, which may be this very one, and put it in the place of this function."""
            hook = ask(held.member)
            decode = hook if held.kind is Kind.OBJECT else _collection_decoder(held.kind, hook)
            if held.known_by is not None:
                decode = _known_decoder(held, decode)
            slots[held.wire] = (held.index, held.name, None, decode, False)
            return decode(value)

        return decode_first
    if held.enums:
        one = _enum_decoder(held.enums)
        return one if held.kind is Kind.ENUM else _collection_decoder(held.kind, one)
    one = _atom_decoder(ATOM_CHECKS[held.member])
    return one if held.kind is Kind.ATOM else _collection_decoder(held.kind, one)


def _known_decoder(held: Property, decode: Decode) -> Decode:
    def decode_known(value: Any) -> Any:
        if not held.knows(value):
            raise Unrecognised
        return decode(value)

    return decode_known


def _enum_decoder(enums: tuple[type[Enum], ...]) -> Decode:
    members = members_by_value(enums)

    def decode(value: Any) -> Any:
        if not isinstance(value, str):
            raise refuse(f"expected a string, got {show_json(value)}")
        try:
            return members[value]
        except KeyError:
            raise Unrecognised from None

    return decode


def _in_json(reason: str, value: Any) -> str:
    """Return what an author is told of a value in the words of JSON."""
    return reason.replace(show(value), show_json(value)).replace("True or False", "true or false")


def _atom_decoder(check: Decode) -> Decode:
    def decode(value: Any) -> Any:
        try:
            return check(value)
        except Refused as refused:
            in_json = [(path, _in_json(reason, value)) for path, reason in refused.problems]
            raise Refused(in_json) from None

    return decode


def _collection_decoder(kind: Kind, decode: Decode) -> Decode:
    # One pass each: to decode again for the sake of all problems would double the work at every level of nesting.
    def decode_list(value: Any) -> Any:
        kind: type = value.__class__
        if not issubclass(kind, (list, tuple)):
            raise refuse(f"expected an array, got {show_json(value)}")
        decoded: list[Any] = []
        trouble: _Trouble | None = None
        for part in value:
            try:
                decoded.append(decode(part))
            except (Refused, Unrecognised) as error:
                trouble = trouble or _Trouble()
                trouble.note(len(decoded), error)
                decoded.append(None)
        if trouble is not None:
            raise trouble.error()
        return tuple(decoded)

    def decode_map(value: Any) -> Any:
        _check_object(value)
        decoded: dict[str, Any] = {}
        trouble: _Trouble | None = None
        for name, part in value.items():
            try:
                decoded[check_key(name)] = decode(part)
            except (Refused, Unrecognised) as error:
                trouble = trouble or _Trouble()
                trouble.note(place(name), error)
        if trouble is not None:
            raise trouble.error()
        return ReadOnlyDict(decoded)

    return decode_list if kind in (Kind.LIST, Kind.ATOMS) else decode_map


class _Trouble:
    """What is wrong with the parts of a list or map."""

    def __init__(self) -> None:
        self._problems: list[Problem] = []

    def note(self, place: str | int, error: Refused | Unrecognised) -> None:
        if isinstance(error, Refused):
            self._problems += within(place, error)

    def error(self) -> Exception:
        return Refused(self._problems) if self._problems else Unrecognised()


def show_json(value: Any) -> str:
    """Return what a message about a document says was given, in JSON's words."""
    if value is None or isinstance(value, (bool, str)):
        return shorten(json.dumps(value, ensure_ascii=not well_formed(str(value))))
    if isinstance(value, dict):
        return "an object"
    return "an array" if isinstance(value, (list, tuple)) else show(value)
