"""Returns what to write instead of a value, a name or a call that is not accepted: the advice at the end of a message.

The advice is read from the tables of fields and from the unions. This module is imported only when there is an error.
Modules that it imports itself call it by `stepdsl.core.extensions`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from enum import Enum
from numbers import Number
from typing import Any, Final

from stepdsl.core import extensions
from stepdsl.core.annotations import Kind
from stepdsl.core.build import CONSTRUCTIONS
from stepdsl.core.fields import FIELDS, Field, Fields, undotted
from stepdsl.core.messages import ConversionError, class_name, listed, several_types
from stepdsl.core.types import documented_types, find, members

__all__ = [
    "abstract",
    "built_instead",
    "elsewhere",
    "instead",
    "is_builder",
    "keywords_only",
    "meant_property",
    "no_type",
]

_MOST_CHOICES: Final = 3
"""If more calls than these are possible, none of them is likely to be the right one."""

BUILT: Final = "; write .built to get the finished object"
"""The advice for a builder where its object is expected."""


# -- values -------------------------------------------------------------------------------------------------------


def instead(wanted: Any, value: Any) -> str:
    """Return what to write instead of a value, as the end of a message; an empty string if that is not known.

    `wanted`: str, int, float, bytes, object for a JSON value, list for a list of strings, a tuple of enums, or a
    model class. For any other class there is no advice.
    """
    if wanted is list:
        return f"; write [{_written(value)}]" if isinstance(value, str) else ""
    if isinstance(wanted, tuple):
        return _for_enums(wanted, value)
    return _for_object(wanted, value) if hasattr(wanted, "__stepdsl__") else _for_scalar(wanted, value)


def built_instead(cls: type[Any]) -> str:
    """Return what to write instead of an object of a class; an empty string if it is no class of builders."""
    return BUILT if is_builder(cls) else ""


def is_builder(cls: type[Any]) -> bool:
    """Return whether a class is a class of builders of objects. The builders are imported only if it may be one."""
    return cls.__name__.endswith("Builder") and issubclass(cls, extensions.builder_type("Builder"))


# -- objects ------------------------------------------------------------------------------------------------------


def _for_object(wanted: type[Any], value: object) -> str:
    if isinstance(value, type):
        return _for_class(wanted, value)
    if isinstance(value, Mapping):
        return f"; write from_dict(…, {wanted.__qualname__})"
    if is_builder(type(value)):
        fitting = {f"{undotted(cls.__qualname__)}Builder" for cls in _concrete(wanted)}
        return BUILT if type(value).__name__ in fitting else ""
    calls = [
        f"{cls.__qualname__}({field.name}={_written(value)})"
        for cls in _concrete(wanted)
        for field in _sufficient(cls)
        if _takes(field, value)
    ]
    return _choice(calls)


def _for_class(wanted: type[Any], given: type[Any]) -> str:
    """Return what to write instead of a class; for one that only has other classes in it, these."""
    if given in _concrete(wanted):
        return f"; write {given.__qualname__}(…)"
    inner = [cls for cls in _concrete(wanted) if cls.__qualname__.startswith(f"{given.__qualname__}.")]
    return _choice([_call(cls) for cls in inner])


def _takes(field: Field, value: object) -> bool:
    """Return whether a value is the string, or the object, that a property takes."""
    if field.kind is Kind.OBJECT:
        return isinstance(value, field.member)
    return field.scalar is str and isinstance(value, str)


def _sufficient(cls: type[Any]) -> list[Field]:
    """Return the properties that each make a complete object, alone. There are none if nothing is required."""
    missing = CONSTRUCTIONS[cls].missing
    if not missing((), ()):
        return []
    return [field for field in FIELDS[cls].by_name.values() if not missing((field.name,), ())]


def _concrete(wanted: type[Any]) -> list[type[Any]]:
    """Return the class itself, or the members of a union."""
    if not wanted.__stepdsl__.union:
        return [wanted]
    return [find(name) for name in members(wanted.__qualname__).values()]


# -- strings, numbers, JSON values --------------------------------------------------------------------------------

_METHODS: Final[Mapping[str, tuple[str, tuple[type, ...]]]] = {
    "isoformat": ("….isoformat()", (str, object)),
    "decode": ("….decode()", (str, object)),
    "total_seconds": ("int(….total_seconds())", (int, float, object)),
    "model_dump": ("….model_dump()", (object,)),
    "tolist": ("….tolist()", (object,)),
}
"""Methods of values that are not accepted: what to write, and for which wanted types. For others there is no advice."""

_DIGITS: Final = re.compile(r"-?[0-9]{1,18}")


def _for_scalar(wanted: type, value: object) -> str:
    kind = type(value)
    if isinstance(value, (type, Enum)):
        return ""
    if wanted is bytes:
        return _for_bytes(value)
    for method, (call, types) in _METHODS.items():
        if hasattr(kind, method):
            return f"; write {call}" if wanted in types else ""
    if wanted is int:
        return _for_integer(value)
    if wanted in (float, object) and isinstance(value, Number) and hasattr(kind, "__float__"):
        return "" if isinstance(value, (int, float)) else "; write float(…)"
    has_text = any("__str__" in vars(base) for base in kind.__mro__[:-1])  # translations, identifiers, paths
    return "; write str(…)" if has_text and wanted in (str, object) and not isinstance(value, str) else ""


_TO_BYTES: Final = ("encode", "read_bytes", "read", "tobytes")
"""Methods that return the bytes of a text, a path, a file or a view."""


def _for_bytes(value: object) -> str:
    if isinstance(value, bytearray):
        return "; write bytes(…)"
    return next((f"; write ….{method}()" for method in _TO_BYTES if hasattr(type(value), method)), "")


def _for_integer(value: object) -> str:
    if isinstance(value, float) and value.is_integer() and abs(value) <= 2**53:  # a larger one lacks digits
        return f"; write {int(value)}"
    return f"; write {int(value)}" if isinstance(value, str) and _DIGITS.fullmatch(value) else ""


# -- enums --------------------------------------------------------------------------------------------------------

_HTML_TOKENS: Final[Mapping[str, str]] = {
    "honorific-prefix": "name-prefix",
    "honorific-suffix": "name-suffix",
    "organization": "organization-name",
    "organization-title": "job-title",
    "current-password": "password",
    "street-address": "full-street-address",
    "address-line1": "street-address-line-1",
    "address-line2": "street-address-line-2",
    "address-line3": "street-address-line-3",
    "address-level1": "address-level-1",
    "address-level2": "address-level-2",
    "address-level3": "address-level-3",
    "address-level4": "address-level-4",
    "country": "country-code",
    "cc-name": "credit-card-name",
    "cc-given-name": "credit-card-given-name",
    "cc-additional-name": "credit-card-middle-name",
    "cc-family-name": "credit-card-family-name",
    "cc-number": "credit-card-number",
    "cc-exp": "credit-card-expiration",
    "cc-exp-month": "credit-card-expiration-month",
    "cc-exp-year": "credit-card-expiration-year",
    "cc-csc": "credit-card-security-code",
    "cc-type": "credit-card-type",
    "bday": "birthdate",
    "bday-day": "birthdate-day",
    "bday-month": "birthdate-month",
    "bday-year": "birthdate-year",
    "sex": "gender",
    "tel": "phone-number",
    "tel-country-code": "phone-country-code",
    "tel-national": "phone-national",
    "tel-area-code": "phone-area-code",
    "tel-local": "phone-local",
    "tel-local-prefix": "phone-local-prefix",
    "tel-local-suffix": "phone-local-suffix",
    "tel-extension": "phone-extension",
}
"""The values of HTML's attribute `autocomplete` that have another name here."""


def _for_enums(enums: Any, value: object) -> str:
    meant = _HTML_TOKENS.get(value) if isinstance(value, str) else None
    known = meant is not None and any(member.value == meant for enum in enums for member in enum)
    return f"; did you mean {meant!r}?" if known else ""


# -- names --------------------------------------------------------------------------------------------------------


def elsewhere(fields: Fields, name: str) -> str:
    """Return the place of a name that a type does not have: a list of names of the object that contains the type."""
    if fields.union is None:
        return ""
    for other in map(FIELDS.__getitem__, _concrete(fields.union)):
        field = other.by_name.get(name) or other.by_wire_name.get(name)
        contains = any(f.kind is Kind.MAP and f.member is fields.union for f in other.by_name.values())
        if field is not None and contains and field.kind is Kind.SCALARS:
            return f"; {field.name} belongs to the object: {other.name}({field.name}=['x'])"
    return ""


# -- calls --------------------------------------------------------------------------------------------------------


def meant_property(cls: type[Any], value: Any) -> str | None:
    """Return the property that a value without a name is for; None if none accepts it.

    That is the first required property that accepts it, or else the first one. A mapping may be the whole object.
    """
    may_be_whole = isinstance(value, Mapping)
    fields = [field for field in FIELDS[cls].by_name.values() if field.required or not may_be_whole]
    fields.sort(key=lambda field: (not field.required, not _is_address_of(field, value)))
    return next((field.name for field in fields if _accepts(field, value)), None)


def _is_address_of(field: Field, value: object) -> bool:
    """Return whether a string is an address, and a property is one."""
    return field.name == "url" and isinstance(value, str) and (value.startswith("/") or "://" in value)


def _accepts(field: Field, value: object) -> bool:
    if value is None:
        return False
    try:
        field.convert(value)
    except ConversionError:
        return False
    return True


def keywords_only(cls: type[Any], given: Sequence[Any], values: Mapping[str, Any]) -> str:
    """Return the error of a constructor's call with values without names, `given`, and with keywords, `values`."""
    name = class_name(cls)
    if cls.__stepdsl__.abstract:
        return abstract(cls)
    first, *others = given
    meant = None if others else meant_property(cls, first)
    if meant is not None and meant not in values:
        return f"{name} takes keywords only; write {name}({meant}={_written(first)}{', …' if values else ''})"
    if isinstance(first, Mapping) and not (others or values):
        return f"{name} takes keywords only; write from_dict(…, {name})"
    fields = sorted(FIELDS[cls].by_name.values(), key=lambda field: not field.required)
    names = [*[field.name for field in fields], "extra"]
    return f"{name} takes keywords only: {', '.join(names[:4])}{', …' if len(names) > 4 else ''}"


def abstract(cls: type[Any]) -> str:
    """Return the error of a call of a union or mixin."""
    names = [other.__qualname__ for other in _made_from(cls)]
    shown = f": {listed(names, _MOST_CHOICES)}" if names else ""
    return several_types(cls) + shown


def no_type(cls: type[Any], method: str = "") -> str:
    """Return the error of a call of a class that only has types or constants in it, or of a method that it lacks."""
    name = class_name(cls)
    types = [part for part in _contents(cls).values() if hasattr(part, "__stepdsl__")]
    if not types:
        return f"{name} has only constants; write {_constant(cls, name)}"
    in_union = [part for part in types if FIELDS[part].union is not None]
    calls = [_call(part, method) for part in in_union or types]
    return f"{name} is no type by itself{_choice(calls)}"


def _contents(cls: type[Any]) -> dict[str, Any]:
    """Return the classes and constants in a class, those of its base classes included."""
    found = {label: part for base in reversed(cls.__mro__) for label, part in vars(base).items()}
    return {label: part for label, part in found.items() if label[0] != "_" and isinstance(part, (type, str))}


def _constant(cls: type[Any], name: str) -> str:
    """Return the first constant in a class, at any depth. `name` is how the class is written."""
    if issubclass(cls, Enum):
        return f"{name}.{next(iter(cls)).name}"
    label, part = next(iter(_contents(cls).items()), ("…", ""))
    return _constant(part, f"{name}.{label}") if isinstance(part, type) else f"{name}.{label}"


# -- parts of the texts -------------------------------------------------------------------------------------------


def _choice(calls: Sequence[str]) -> str:
    return f"; write {' or '.join(calls)}" if 0 < len(calls) <= _MOST_CHOICES else ""


def _call(cls: type[Any], method: str = "") -> str:
    """Return a call of a class, or of its method, with its required properties.

    For a mixin it is the call of a type that has all the properties of the mixin.
    """
    mixin = cls.__stepdsl__.mixin
    made = _made_from(cls)[0] if mixin else cls
    names = [field.name for field in FIELDS[cls].by_name.values() if field.required or mixin]
    return f"{made.__qualname__}{method}({', '.join(f'{name}=…' for name in names) or '…'})"


def _made_from(base: type[Any]) -> list[type[Any]]:
    """Return the types that derive from a union or mixin."""
    found: list[type[Any]] = [cls for cls in documented_types().values() if issubclass(cls, base)]
    return [cls for cls in found if not cls.__stepdsl__.abstract]


def _written(value: object) -> str:
    """Return a value as it is written in code, if that is short."""
    if isinstance(value, Enum):
        return f"{class_name(type(value))}.{value.name}"
    text = repr(value) if isinstance(value, (str, int, float)) else "…"
    return text if len(text) <= 60 else "…"
