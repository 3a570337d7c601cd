"""JSON values as models hold them: what is allowed, copied on the way in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import Enum
from typing import TYPE_CHECKING, Any, Final, Literal, NoReturn, TypeAlias

from stepdsl.errors import Problem, Refused, refuse, shorten, within

MAX_DEPTH: Final = 100
"""How deep components may nest, and JSON values."""

INT_MIN: Final = -(2**63)
INT_MAX: Final = 2**63 - 1
"""The integers that every client can hold: signed, 64 bits."""


class Unset(Enum):
    """The type of `UNSET`."""

    UNSET = "UNSET"

    def __repr__(self) -> str:
        return "UNSET"

    def __bool__(self) -> Literal[False]:
        return False


UNSET: Final = Unset.UNSET
"""Stands where a property of type Any has no value at all; None there means JSON null. Falsy."""


JsonValue: TypeAlias = bool | int | float | str | Sequence[object] | Mapping[str, object] | Unset | None
"""What checkers accept for a property of type Any: as close to JSON as variables of inferred types allow."""


class Json:
    """The annotation of properties that the documentation types Any: set to JSON, read as Any.

    For checkers it is a descriptor with these two types; at run time the attribute is an ordinary one.
    """

    def __get__(self, obj: object, owner: type | None = None, /) -> Any:
        raise NotImplementedError

    def __set__(self, obj: object, value: JsonValue, /) -> None:
        raise NotImplementedError


class ReadOnlyDict(dict[str, Any]):
    """A dict that refuses changes: the maps of a frozen model."""

    __slots__ = ()

    def _refuse(self, *_: object, **__: object) -> NoReturn:
        raise TypeError("this mapping belongs to a frozen object; build a new one from a copy: dict(…)")

    if not TYPE_CHECKING:  # each has another signature
        __setitem__ = __delitem__ = __ior__ = clear = pop = popitem = setdefault = update = _refuse

    def __reduce__(self) -> tuple[type[ReadOnlyDict], tuple[dict[str, Any]]]:
        return ReadOnlyDict, (dict(self),)


def show(value: object) -> str:
    """Return what a message says was given: a short value itself, else its kind."""
    if isinstance(value, type):
        return f"the class {value.__qualname__}"
    if isinstance(value, (str, int, float, type(None))) and not isinstance(value, Enum):
        try:
            return shorten(repr(value))
        except ValueError:  # an integer of more digits than Python prints
            return "a huge integer"
    return f"{'an' if type(value).__qualname__[0] in 'aeiouAEIOU' else 'a'} {type(value).__qualname__}"


def well_formed(text: str) -> bool:
    """Tell whether a string can be written as UTF-8: no lone surrogates."""
    if text.isascii():
        return True
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def check_string(value: object) -> str:
    """Return the value as a plain string; raise `Refused` if it is none that UTF-8 can carry."""
    if type(value) is str and well_formed(value):
        return value
    if not isinstance(value, str):
        raise refuse(f"expected a string, got {show(value)}")
    text = str(value.value) if isinstance(value, Enum) else str(value)
    if not well_formed(text):
        raise refuse("expected a string, got one with a lone surrogate, which UTF-8 cannot carry")
    return text


def check_integer(value: object) -> int:
    """Return the value as a plain integer of at most 64 bits; raise `Refused` otherwise."""
    if type(value) is int and INT_MIN <= value <= INT_MAX:
        return value
    if not isinstance(value, int) or isinstance(value, bool):
        raise refuse(f"expected an integer, got {show(value)}")
    if not INT_MIN <= value <= INT_MAX:
        raise refuse(f"expected an integer of at most 64 bits, got {show(value)}")
    return int(value)


def check_number(value: object) -> float:
    """Return the value as a plain, finite number; raise `Refused` otherwise."""
    if isinstance(value, float):
        if value - value != 0:  # NaN and the infinities
            raise refuse(f"expected a finite number, got {show(value)}")
        return float(value)
    if not isinstance(value, int) or isinstance(value, bool):
        raise refuse(f"expected a number, got {show(value)}")
    return check_integer(value)


def check_boolean(value: object) -> bool:
    """Return the value if it is True or False; raise `Refused` otherwise."""
    if value is True or value is False:
        return value
    raise refuse(f"expected True or False, got {show(value)}")


class _TooDeepError(Exception):
    """Internal: a JSON value nests too deep; told of the value as a whole, a path of that length helps nobody."""


def copy_json(value: Any) -> Any:
    """Return a deep copy of a JSON value in plain dicts, lists, strings and numbers.

    Raises `Refused` with every place that is no JSON: wrong types, keys that are no strings, NaN, lone surrogates,
    integers outside 64 bits, nesting deeper than 100.
    """
    try:
        return _copy(value, MAX_DEPTH)
    except _TooDeepError:
        raise refuse(f"JSON values nest at most {MAX_DEPTH} deep") from None


def copy_members(members: Mapping[Any, Any]) -> dict[str, Any]:
    """Return a deep copy of JSON values under their names, which are no level of nesting; raise as `copy_json` does."""
    copied: dict[str, Any] = {}
    problems: list[Problem] = []
    for name, value in members.items():
        try:
            copied[check_key(name)] = copy_json(value)
        except Refused as refused:
            problems += within(place(name), refused)
    if problems:
        raise Refused(problems)
    return copied


def _copy(value: Any, room: int) -> Any:
    kind: type = value.__class__
    if kind is str:
        return value if value.isascii() else check_string(value)
    if value is None or kind is bool:
        return value
    if kind is dict:
        return _copy_object(value, room)
    if kind is int:
        return value if INT_MIN <= value <= INT_MAX else check_integer(value)
    if issubclass(kind, (list, tuple)):
        return _copy_array(value, room)
    if isinstance(value, str):
        return check_string(value)
    if isinstance(value, (int, float)):
        return check_number(value)
    if issubclass(kind, Mapping):
        return _copy_object(value, room)
    raise refuse(f"expected a JSON value, got {show(value)}")


def _copy_object(value: Mapping[Any, Any], room: int) -> dict[str, Any]:
    if not room:
        raise _TooDeepError
    copied: dict[str, Any] = {}
    problems: list[Problem] | None = None
    for key, part in value.items():
        try:
            name = key if key.__class__ is str and key.isascii() else check_key(key)
            copied[name] = part if part.__class__ is str and part.isascii() else _copy(part, room - 1)
        except Refused as refused:
            problems = [] if problems is None else problems
            problems += within(place(key), refused)
    if problems is not None:
        raise Refused(problems)
    return copied


def _copy_array(value: list[Any] | tuple[Any, ...], room: int) -> list[Any]:
    if not room:
        raise _TooDeepError
    copied: list[Any] = []
    problems: list[Problem] | None = None
    for position, part in enumerate(value):
        try:
            copied.append(part if part.__class__ is str and part.isascii() else _copy(part, room - 1))
        except Refused as refused:
            problems = [] if problems is None else problems
            problems += within(position, refused)
    if problems is not None:
        raise Refused(problems)
    return copied


def place(key: object) -> str:
    """Return how a path names a key, which need not be a string."""
    return key if isinstance(key, str) else repr(key)


def check_key(key: object) -> str:
    """Return a key of a map as a plain string; raise `Refused` if it is none that UTF-8 can carry."""
    if isinstance(key, str):
        return check_string(key)
    raise refuse(f"expected a string as the key, got {show(key)}")
