"""From plain dicts to models: one hook per class and one per union, made from the table of fields.

The hooks are made by hand, not by cattrs' generator, for two reasons. All problems of a document are reported, with
paths in wire names, and what is not known is kept. With generated hooks, this needs a second pass. The other reason is
time: for a string schema a generated hook takes 2.5 to 5.3 µs, and one of these 1.0 µs (Python 3.11,
`pytest tests/benchmarks`).

A reader raises ConversionError with every problem of its document. `stepdsl.wire.converter` makes it a WireError.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from enum import Enum
from typing import Any, Final, NoReturn, TypeAlias

from stepdsl.core.annotations import Kind
from stepdsl.core.build import CONSTRUCTIONS, Construction
from stepdsl.core.converters import members_by_value
from stepdsl.core.fields import Field, Fields
from stepdsl.core.json import (
    INT_MAX,
    INT_MIN,
    convert_integer,
    convert_key,
    convert_number,
    convert_string,
    freeze_json,
    freeze_members,
    frozen_dict,
    show_json,
)
from stepdsl.core.messages import ConversionError, Path, Problems, article, conversion_error, path_step
from stepdsl.core.types import carrier, find
from stepdsl.core.unions import DISCRIMINATORS, keys_before_tag

__all__ = [
    "OtherMemberError",
    "Reader",
    "Readers",
    "UnrecognisedError",
    "check_object",
    "enum_reader",
    "field_reader",
    "object_reader",
    "parts_reader",
    "union_reader",
]

Reader: TypeAlias = Callable[[Any], Any]
"""Takes a plain value and returns what a model stores; raises ConversionError."""
Readers: TypeAlias = Mapping[type[Any], Reader]
"""The reader of each class, union and enum, looked up by `[]` alone."""

_new = object.__new__


class UnrecognisedError(Exception):
    """Internal: a property has an enum value or an object that this library does not have. It is kept in `extra`."""


class OtherMemberError(ConversionError):
    """Internal: a document has a property that makes it another member of the union than its tag does.

    Most documents have no such property. So a reader looks for one only among the properties that it does not know.
    """


_Slot: TypeAlias = tuple[int, str, Any, Reader, bool]
"""What the reader of a class needs of one property: position, name, `Field.scalar`, reader, whether null is a value."""


def object_reader(cls: type[Any], readers: Readers, *, fixed: bool) -> Reader:
    """Return the reader of the objects of one class.

    `fixed`: whether no hook of a user can be among the readers, so that a part's reader is looked up only once.
    """
    construction = CONSTRUCTIONS[cls]
    fields = construction.fields
    store = construction.store
    slots: dict[str, _Slot] = {}
    for field in fields.by_name.values():
        read_field = field_reader(field, readers, slots, fixed)
        slots[field.wire] = (field.position, field.name, field.scalar, read_field, field.nullable)
    slot_of = slots.get
    tag = fields.options.tag

    def read(document: Any) -> Any:
        if document.__class__ is not dict:
            check_object(document)
        values: dict[str, Any] = {}
        rest: _Rest | None = None
        last = -1
        plain = True
        for wire, value in document.items():
            slot = slot_of(wire)
            if slot is None:
                if value != tag or wire != "type" or tag is None:
                    rest = rest or _Rest(fields)
                    rest.add(wire, value)
                continue
            position, name, scalar, read_value, nullable = slot
            if position < last:
                plain = False
            last = position
            # Most values need no conversion, as in Construction.convert.
            if value.__class__ is scalar and (
                value.isascii() if scalar is str else scalar is bool or INT_MIN <= value <= INT_MAX
            ):
                values[name] = value
                continue
            plain = False
            if value is None and not nullable:
                continue
            try:
                values[name] = read_value(value)
            except (UnrecognisedError, ConversionError) as error:
                rest = rest or _Rest(fields)
                rest.add_refused(wire, value, error)
        made = _new(cls)
        try:
            if rest is not None:
                plain = False
                rest.store(values, construction)
            store(made, values, plain)
        except ConversionError as error:
            raise _in_wire_names(fields, error) from None
        return made

    return read


class _Rest:
    """What an object of a document has beside the properties that were read: extra properties and problems."""

    def __init__(self, fields: Fields) -> None:
        self._fields = fields
        self._other_keys = keys_before_tag(fields)
        self._extra: dict[str, Any] = {}
        self._problems = Problems()
        self._refused: set[str] = set()

    def add(self, wire: str, value: Any) -> None:
        """Add what is no property: a `type`, or what this library does not have."""
        tag = self._fields.options.tag
        if wire == "type" and self._fields.has_type and (tag is not None or value is None):
            if value != tag and value is not None:
                self._problems.add(("type",), f"expected {json.dumps(tag)}, got {show_json(value)}")
            return
        if wire in self._other_keys and value is not None:
            raise OtherMemberError([((wire,), f"makes it {article(self._other_keys[wire])}; use that class")])
        self._keep(wire, value)

    def add_refused(self, wire: str, value: Any, error: UnrecognisedError | ConversionError) -> None:
        """Add a value that its property does not accept. What is only unknown is kept as it is."""
        if isinstance(error, UnrecognisedError):
            self._keep(wire, value)
        else:
            self._problems.add_below((wire,), error)
            self._refused.add(self._fields.by_wire_name[wire].name)

    def _keep(self, wire: str, value: Any) -> None:
        try:
            self._extra.update(freeze_members({wire: value}))
        except ConversionError as error:
            self._problems.add_all(error.collected)
            field = self._fields.by_wire_name.get(wire)
            if field is not None:
                self._refused.add(field.name)

    def store(self, values: dict[str, Any], construction: Construction) -> None:
        """Put the extra properties among the values; raise ConversionError with all problems."""
        if self._problems:
            given = {*values, *self._refused}  # what was refused is not reported as missing
            self._problems.add_all(Problems(construction.missing(given, self._extra)))
            raise ConversionError(self._problems)
        if self._extra:
            values["extra"] = self._extra


def union_reader(union: type[Any], readers: Readers, *, fixed: bool) -> Reader:
    """Return the reader of any member of a union. `fixed` is the same as for `object_reader`."""
    discriminate = DISCRIMINATORS[union]
    classes: dict[str | None, type[Any]] = {None: carrier(union)}
    by_tag: dict[Any, Reader] = {}
    """The readers of members that were read before, under their tags, if the tag alone discriminates the member."""

    def read(document: Any) -> Any:
        try:
            read_member = by_tag[document["type"]]
        except (KeyError, TypeError):
            return read_first(document)
        try:
            return read_member(document)
        except OtherMemberError:
            return read_first(document)

    def read_first(document: Any) -> Any:
        check_object(document)
        name = discriminate(document)
        cls = classes.get(name)
        if cls is None:
            assert name is not None, "an unknown member has a class from the start"
            cls = classes[name] = find(name)
        read_member = readers[cls]
        tag = document.get("type")
        if fixed and discriminate.is_by_tag(tag) and name == discriminate.tags[tag]:
            by_tag[tag] = read_member
        return read_member(document)

    return read


def enum_reader(enums: tuple[type[Enum], ...]) -> Reader:
    """Return the reader of a string that one of these enums has; it raises UnrecognisedError for any other string."""
    members = members_by_value(enums)

    def read(value: Any) -> Any:
        if not isinstance(value, str):
            raise conversion_error(f"expected a string, got {show_json(value)}")
        try:
            return members[value]
        except KeyError:
            raise UnrecognisedError from None

    return read


def check_object(document: Any) -> None:
    """Raise ConversionError for what is no object."""
    if not isinstance(document, dict):
        raise conversion_error(f"expected an object, got {show_json(document)}")


def _in_wire_names(fields: Fields, error: ConversionError) -> ConversionError:
    """Return the problems of an object with paths as in its document: in wire names, and without `extra`."""

    def rename(whole: Path) -> Path:
        path = whole[1:] if whole[:1] == ("extra",) else whole
        field = fields.by_name.get(str(path[0])) if path else None
        return path if field is None else (field.wire, *path[1:])

    return ConversionError(error.collected.renamed(rename))


# -- the value of one property ------------------------------------------------------------------------------------


def field_reader(field: Field, readers: Readers, slots: dict[str, _Slot], fixed: bool) -> Reader:
    """Return the reader of the values of a property. The reader of the object itself takes values of `Field.scalar`.

    The reader of a property with objects replaces itself in `slots` when it is first called.
    """
    if field.kind is Kind.JSON:
        return freeze_json
    if field.kind.is_object:
        # A part's reader is looked up when it is used: its class may be this very one, or not loaded yet.
        if not fixed:

            def read_with_hook(value: Any) -> Any:
                return readers[field.member](value)

            return parts_reader(field, read_with_hook)

        def read_first(value: Any) -> Any:
            read = parts_reader(field, readers[field.member])
            position, name, scalar, _, nullable = slots[field.wire]
            slots[field.wire] = (position, name, scalar, read, nullable)
            return read(value)

        return read_first
    if field.enums:
        enum, *others = field.enums
        one = enum_reader(field.enums) if fixed or others else _hooked_enum_reader(enum, readers)
    else:
        one = _SCALAR_READERS[field.member]
    return one if field.kind in (Kind.ENUM, Kind.SCALAR) else _container_reader(field.kind, one)


def _hooked_enum_reader(enum: type[Enum], readers: Readers) -> Reader:
    def read(value: Any) -> Any:
        return readers[enum](value)

    return read


def parts_reader(field: Field, read: Reader) -> Reader:
    """Return the reader of a property's object, or of its list or map of objects."""
    read_all = read if field.kind is Kind.OBJECT else _container_reader(field.kind, read)
    return read_all if field.recognised_by is None else _recognising_reader(field, read_all)


def _recognising_reader(field: Field, read: Reader) -> Reader:
    def read_recognised(value: Any) -> Any:
        if not field.recognises(value):
            raise UnrecognisedError
        return read(value)

    return read_recognised


def _refuse_boolean(value: Any) -> NoReturn:
    """Refuse what is no boolean; the reader of the object has taken true and false."""
    raise conversion_error(f"expected true or false, got {show_json(value)}")


def _read_string(value: Any) -> str:
    return value if value.__class__ is str and value.isascii() else convert_string(value, show_json)


def _read_integer(value: Any) -> int:
    return convert_integer(value, show_json)


def _read_number(value: Any) -> float:
    return convert_number(value, show_json)


_SCALAR_READERS: Final[dict[type, Reader]] = {
    str: _read_string,
    int: _read_integer,
    float: _read_number,
    bool: _refuse_boolean,
}


def _container_reader(kind: Kind, read: Reader) -> Reader:
    # All problems are found in the first pass: a second one would double the work at each level of nesting.
    def read_list(value: Any) -> Any:
        kind: type = value.__class__
        if kind is not list and not issubclass(kind, (list, tuple)):
            raise conversion_error(f"expected an array, got {show_json(value)}")
        result: list[Any] = []
        problems: Problems | None = None
        for part in value:
            try:
                result.append(read(part))
            except (ConversionError, UnrecognisedError) as error:
                problems = _with(problems, len(result), error)
                result.append(None)
        if problems is not None:
            raise ConversionError(problems) if problems else UnrecognisedError
        return tuple(result)

    def read_map(value: Any) -> Any:
        check_object(value)
        result: dict[str, Any] = {}
        problems: Problems | None = None
        for name, part in value.items():
            try:
                result[name if name.__class__ is str and name.isascii() else convert_key(name)] = read(part)
            except (ConversionError, UnrecognisedError) as error:
                problems = _with(problems, path_step(name), error)
        if problems is not None:
            raise ConversionError(problems) if problems else UnrecognisedError
        return frozen_dict(result)

    return read_list if kind in (Kind.SCALARS, Kind.LIST) else read_map


def _with(problems: Problems | None, step: str | int, error: ConversionError | UnrecognisedError) -> Problems:
    """Return the problems in the parts of a list or map, with those of one more part. An unknown part has none."""
    problems = Problems() if problems is None else problems
    if isinstance(error, ConversionError):
        problems.add_below((step,), error)
    return problems
