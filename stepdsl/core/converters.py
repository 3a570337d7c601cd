"""One converter per kind of field: it takes what an author gave and returns what the model stores.

A converter raises ConversionError for a value that it does not accept.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from enum import Enum
from typing import Any, Final, TypeAlias, cast

from stepdsl.core import extensions
from stepdsl.core.annotations import Annotation, Kind, Named
from stepdsl.core.json import (
    FrozenDict,
    convert_boolean,
    convert_integer,
    convert_key,
    convert_number,
    convert_string,
    freeze_json,
    frozen_dict,
)
from stepdsl.core.messages import (
    ConversionError,
    Problems,
    article,
    class_name,
    conversion_error,
    nearest,
    path_step,
    show,
    unexpected,
)
from stepdsl.core.types import find

__all__ = [
    "DerivedOrder",
    "check_listable",
    "converter_for",
    "expected_enum",
    "is_listable",
    "member_converter",
    "members_by_value",
]

Converter: TypeAlias = Callable[[Any], Any]

SCALAR_CONVERTERS: Final[dict[type, Converter]] = {
    str: convert_string,
    int: convert_integer,
    float: convert_number,
    bool: convert_boolean,
}


def converter_for(annotation: Annotation) -> Converter:
    """Return the converter of a field with this annotation."""
    kind, member = annotation.kind, annotation.member
    if kind is Kind.JSON:
        return freeze_json
    assert member is not None, "only Any names no type"
    one = _enum_converter(annotation.enums) if annotation.enums else member_converter(member)
    if kind in (Kind.SCALAR, Kind.ENUM, Kind.OBJECT):
        return one
    if kind is Kind.SCALARS:
        return _list_converter(one, list)
    convert = _list_converter(one, None) if kind is Kind.LIST else _map_converter(one)
    return _objects_converter(member, kind, convert) if kind.is_object else convert


def member_converter(member: type[Any] | Named) -> Converter:
    """Return the converter of a single value of this type."""
    if isinstance(member, Named):
        return _object_converter(member)
    return SCALAR_CONVERTERS.get(member) or _object_converter(member)


def expected_enum(enums: tuple[type[Enum], ...], value: object) -> str:
    """Return why a value is no member of the enums: all members, or their number and the most similar one."""
    values = list(members_by_value(enums))
    near = extensions.instead(enums, value) or (nearest(value, values) if isinstance(value, str) else "")
    if len(values) <= 12:
        allowed = "one of " + ", ".join(repr(v) for v in values)
    else:
        allowed = "one of " + " or ".join(f"the {len(enum)} values of {enum.__qualname__}" for enum in enums)
    return f"expected {allowed}, got {show(value)}{near}"


def members_by_value(enums: tuple[type[Enum], ...]) -> dict[str, Enum]:
    """Return the member of each string. If several enums have a string, the first enum is used."""
    found: dict[str, Enum] = {}
    for enum in enums:
        for member in enum:
            found.setdefault(member.value, member)
    return found


def _enum_converter(enums: tuple[type[Enum], ...]) -> Converter:
    members = members_by_value(enums)

    def convert(value: Any) -> Any:
        if value.__class__ in enums:
            return value
        try:
            found = members.get(value)
        except TypeError:  # unhashable
            found = None
        if found is None:
            raise ConversionError(lambda: expected_enum(enums, value))
        return found

    return convert


def _object_converter(member: type | Named) -> Converter:
    cls: type | None = None if isinstance(member, Named) else member

    def convert(value: Any) -> Any:
        nonlocal cls
        if cls is None:
            cls = _class_of(member)
        if isinstance(value, cls):
            return value
        raise unexpected(article(cls.__qualname__), value, cls)

    return convert


def _class_of(member: type | Named) -> type:
    return find(member.name) if isinstance(member, Named) else member


def _objects_converter(member: type | Named, kind: Kind, convert_each: Converter) -> Converter:
    """Return the converter of a list or map of objects. If all are of the right class, it makes no call for each."""
    cls: type | None = None if isinstance(member, Named) else member
    take_all = _take_map if kind is Kind.MAP else _take_list

    def convert(value: Any) -> Any:
        nonlocal cls
        if cls is None:
            cls = _class_of(member)
        taken = take_all(value, cls)
        return convert_each(value) if taken is None else taken

    return convert


def _take_list(value: Any, cls: type) -> tuple[Any, ...] | None:
    """Return a plain list of objects of a class as it is stored, None for anything else."""
    given: object = value.__class__
    if given is not list and given is not tuple:
        return None
    for part in value:
        if not isinstance(part, cls):
            return None
    return tuple(value)


def _take_map(value: Any, cls: type) -> FrozenDict | None:
    """Return a plain dict of objects of a class as it is stored, None for anything else."""
    given: object = value.__class__
    if given is not dict:
        return None
    for name, part in value.items():
        if not (isinstance(part, cls) and type(name) is str and name.isascii()):
            return None
    return frozen_dict(value)


class DerivedOrder(tuple[str, ...]):
    """The keys of a map as the value of another property. It is derived again when the object is evolved."""

    __slots__ = ()


def is_listable(value: object) -> bool:
    """Return whether a value is a collection of its parts: iterable, but no text and no mapping."""
    return isinstance(value, Iterable) and not isinstance(value, (str, bytes, Mapping))


def check_listable(value: object, wanted: object = None) -> None:
    """Raise ConversionError for what is no list: no iterable, text, a mapping, or a set, which has no fixed order.

    `wanted` is `list` for a list of strings.
    """
    if isinstance(value, (set, frozenset)):
        given = cast("set[object]", value)
        advice = "give sorted(…)" if all(isinstance(part, str) for part in given) else "give a list"
        raise conversion_error(f"expected a list, got {show(given)}, which has no order; {advice}")
    if hasattr(type(value), "__stepdsl__"):
        raise conversion_error(f"expected a list, got {show(value)}; write [{class_name(type(value))}(…)]")
    if not is_listable(value):
        raise unexpected("a list", value, wanted)


def _list_converter(one: Converter, wanted: object) -> Converter:
    def convert(value: Any) -> Any:
        if value.__class__ is DerivedOrder:
            return value
        if value.__class__ is not list and value.__class__ is not tuple:
            check_listable(value, wanted)
        converted: list[Any] = []
        problems = Problems()
        for position, part in enumerate(value):
            try:
                converted.append(one(part))
            except ConversionError as error:
                problems.add_below((position,), error)
        if problems:
            raise ConversionError(problems)
        return tuple(converted)

    return convert


def _map_converter(one: Converter) -> Converter:
    def convert(value: Any) -> Any:
        if not isinstance(value, Mapping):
            raise conversion_error(f"expected a mapping, got {show(value)}")
        converted: dict[str, Any] = {}
        problems = Problems()
        for name, part in cast("Mapping[object, object]", value).items():
            try:
                converted[convert_key(name)] = one(part)
            except ConversionError as error:
                problems.add_below((path_step(name),), error)
        if problems:
            raise ConversionError(problems)
        return frozen_dict(converted)

    return convert
