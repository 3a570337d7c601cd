"""JSON values: what is allowed, the read-only containers that models keep them in, and plain copies of these."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from enum import Enum
from typing import TYPE_CHECKING, Any, ClassVar, Final, Literal, NamedTuple, NoReturn, TypeAlias, TypeGuard

from stepdsl.core.messages import (
    ConversionError,
    Path,
    Problems,
    conversion_error,
    expected,
    path_step,
    shorten,
    show,
    unexpected,
)

__all__ = [
    "EMPTY",
    "INT_MAX",
    "INT_MIN",
    "MAX_DEPTH",
    "MAX_NESTING",
    "TOO_DEEP",
    "UNSET",
    "FrozenDict",
    "FrozenList",
    "Json",
    "JsonValue",
    "KeptDict",
    "Unset",
    "convert_boolean",
    "convert_integer",
    "convert_key",
    "convert_number",
    "convert_string",
    "freeze_json",
    "freeze_members",
    "frozen_dict",
    "frozen_list",
    "is_array",
    "is_object",
    "keep_json",
    "kept_dict",
    "plain_json",
    "replace_surrogates",
    "show_json",
    "well_formed",
]

MAX_DEPTH: Final = 100
"""The maximum number of levels of components, and of levels of JSON values."""

MAX_NESTING: Final = 900
"""The maximum number of levels of JSON in a document. Parsers differ only for deeper documents."""

TOO_DEEP: Final = "nested too deeply"
"""The reason of the problem of a document that has more levels."""

_MAX_KEPT_BITS: Final = 13_000
"""The size of the integers that are kept with `strict=False`: Python reads and prints them by default."""

INT_MIN: Final = -(2**63)
INT_MAX: Final = 2**63 - 1
"""The integers that every client can store: signed, 64 bits."""


class Unset(Enum):
    """The type of `UNSET`."""

    UNSET = "UNSET"

    def __repr__(self) -> str:
        return "UNSET"

    def __bool__(self) -> Literal[False]:
        return False


UNSET: Final = Unset.UNSET
"""The value of a property of type Any that is not set; None there means JSON null. It is false as a condition."""


JsonValue: TypeAlias = bool | int | float | str | Sequence[object] | Mapping[str, object] | Unset | None
"""The type of a property of type Any for type checkers: as close to JSON as variables of inferred types allow."""


class Json:
    """The annotation of properties that the documentation types Any: a JSON value is set, Any is read.

    For checkers it is a descriptor with these two types. At run time the attribute is an ordinary one.
    """

    def __get__(self, obj: object, owner: type | None = None, /) -> Any:
        raise NotImplementedError

    def __set__(self, obj: object, value: JsonValue, /) -> None:
        raise NotImplementedError


# -- read-only containers -----------------------------------------------------------------------------------------


class _ReadOnly:
    """Mixin of the read-only containers. It comes before `dict` or `list`, so that its methods replace theirs."""

    __slots__ = ()
    _name: ClassVar[str]
    _plain: ClassVar[type[Any]]
    """The class of a copy that can be changed."""

    def _refuse(self, *_: object, **__: object) -> NoReturn:
        copied = f"{self._plain.__name__}(…)"
        raise TypeError(f"this {self._name} belongs to a frozen object; build a new one from a copy: {copied}")

    if not TYPE_CHECKING:  # each has another signature

        def __init__(self, content=()):
            """Do nothing: `__new__` has filled the container, and a second call must not change the content."""

        def __copy__(self):
            return self

        def __deepcopy__(self, _):
            return self


class FrozenDict(_ReadOnly, dict[str, Any]):
    """A dict that refuses every change. `dict(…)` gives a copy that can be changed."""

    __slots__ = ()
    _name = "mapping"
    _plain = dict

    if not TYPE_CHECKING:  # each has another signature
        __setitem__ = __delitem__ = __ior__ = clear = pop = popitem = setdefault = update = _ReadOnly._refuse

        def __new__(cls, content=()):
            """Make a dict with this content."""
            made = _new_dict(cls)
            _fill_dict(made, content)
            return made

        def __hash__(self):
            return hash(frozenset(self.items()))

    def __reduce__(self) -> tuple[Any, ...]:
        return frozen_dict, (dict(self),)


class FrozenList(_ReadOnly, list[Any]):
    """A list that refuses every change. `list(…)` gives a copy that can be changed."""

    __slots__ = ()
    _name = "list"
    _plain = list

    if not TYPE_CHECKING:  # each has another signature
        __setitem__ = __delitem__ = __iadd__ = __imul__ = _ReadOnly._refuse
        append = extend = insert = remove = pop = clear = sort = reverse = _ReadOnly._refuse

        def __new__(cls, content=()):
            """Make a list with this content."""
            made = _new_list(cls)
            _fill_list(made, content)
            return made

        def __hash__(self):
            return hash(tuple(self))

    def __reduce__(self) -> tuple[Any, ...]:
        return frozen_list, (list(self),)


class KeptDict(FrozenDict):
    """The extra properties of an object that was read with `strict=False`, with the values that did not fit.

    An object takes it as it is: no value in it is checked or moved to its property. It is equal to any dict with the
    same content.
    """

    __slots__ = ("absent",)

    absent: frozenset[str]
    """Wire names of properties that are always written, but that the document did not have."""

    def __reduce__(self) -> tuple[Any, ...]:
        return kept_dict, (dict(self), self.absent)


_new_dict: Any = dict.__new__
_new_list: Any = list.__new__
_fill_dict: Any = dict[str, Any].update
_fill_list: Any = list[Any].extend


def frozen_dict(content: Mapping[str, Any]) -> FrozenDict:
    """Return a read-only dict with this content. It is faster than a call of the class."""
    made: FrozenDict = _new_dict(FrozenDict)
    _fill_dict(made, content)
    return made


def kept_dict(content: Mapping[str, Any], absent: Iterable[str]) -> KeptDict:
    """Return the extra properties of an object that was read with `strict=False`. See `KeptDict`."""
    made: KeptDict = _new_dict(KeptDict)
    _fill_dict(made, content)
    made.absent = frozenset(absent)
    return made


def frozen_list(content: Iterable[Any]) -> FrozenList:
    """Return a read-only list with this content. It is faster than a call of the class."""
    made: FrozenList = _new_list(FrozenList)
    _fill_list(made, content)
    return made


EMPTY: Final = frozen_dict({})
"""The read-only dict without content."""


def plain_json(value: Any) -> Any:
    """Return a copy of a JSON value in plain dicts and lists, which can be changed. `UNSET` stays as it is."""
    try:
        return _plain(value)
    except RecursionError:  # a document that was read with `strict=False` can be nested so deep
        root, _ = _copy(value, lambda name, _: name, lambda scalar, _: scalar, sys.maxsize)
        return root[0]


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _plain(part) for name, part in value.items()}  # pyright: ignore[reportUnknownVariableType]  # JSON of any shape
    if isinstance(value, list):
        return [_plain(part) for part in value]  # pyright: ignore[reportUnknownVariableType]  # JSON of any shape
    return value


# -- single values ------------------------------------------------------------------------------------------------
# `shown` is how a message shows the value: `show` for authoring code, `show_json` for documents.


def well_formed(text: str) -> bool:
    """Return whether a string can be written as UTF-8: it has no lone surrogates."""
    if text.isascii():
        return True
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def replace_surrogates(text: str) -> str:
    """Return a string with a question mark in place of each lone surrogate."""
    return text.encode("utf-8", "replace").decode()


def convert_string(value: object, shown: Callable[[object], str] = show) -> str:
    """Return a string as a plain `str`; raise ConversionError for anything else, and for lone surrogates."""
    if type(value) is str and well_formed(value):
        return value
    if not isinstance(value, str):
        raise unexpected("a string", value, str, shown)
    text = str(value.value) if isinstance(value, Enum) else str(value)
    if not well_formed(text):
        raise conversion_error("expected a string, got one with a lone surrogate, which UTF-8 cannot represent")
    return text


def convert_integer(value: object, shown: Callable[[object], str] = show) -> int:
    """Return an integer of at most 64 bits as a plain `int`; raise ConversionError for anything else."""
    if type(value) is int and INT_MIN <= value <= INT_MAX:
        return value
    if not isinstance(value, int) or isinstance(value, bool):
        raise unexpected("an integer", value, int, shown)
    if not INT_MIN <= value <= INT_MAX:
        raise conversion_error(f"expected an integer of at most 64 bits, got {shown(value)}")
    return int(value)


def convert_number(value: object, shown: Callable[[object], str] = show) -> float:
    """Return a finite number as a plain `float` or `int`; raise ConversionError for anything else."""
    if isinstance(value, float):
        if value - value != 0:  # NaN and the infinities
            raise conversion_error(f"expected a finite number, got {shown(value)}")
        return float(value)
    if not isinstance(value, int) or isinstance(value, bool):
        raise unexpected("a number", value, float, shown)
    return convert_integer(value, shown)


def convert_boolean(value: object) -> bool:
    """Return True or False; raise ConversionError for anything else."""
    if value is True or value is False:
        return value
    raise conversion_error(f"expected True or False, got {show(value)}")


def convert_key(key: object) -> str:
    """Return a key of a map as a plain `str`; raise ConversionError for anything else, and for lone surrogates."""
    if isinstance(key, str):
        return convert_string(key)
    raise unexpected("a string as the key", key, str)


# -- whole values -------------------------------------------------------------------------------------------------


class _TooDeepError(Exception):
    """Internal: a JSON value is nested too deep. The problem is reported for the value as a whole."""


def freeze_json(value: Any) -> Any:
    """Return a deep copy of a JSON value in read-only containers, plain strings and plain numbers.

    Raises ConversionError with every part that is no JSON: wrong types, keys that are no strings, NaN, lone
    surrogates, integers outside 64 bits, nesting deeper than 100.
    """
    try:
        return _freeze(value, MAX_DEPTH)
    except _TooDeepError:
        raise conversion_error(f"JSON values nest at most {MAX_DEPTH} deep") from None


def freeze_members(members: Mapping[Any, Any]) -> dict[str, Any]:
    """Return the members of an object, frozen one by one; the object itself is no level of nesting.

    Raises ConversionError as `freeze_json` does.
    """
    frozen: dict[str, Any] = {}
    problems = Problems()
    for name, value in members.items():
        try:
            frozen[convert_key(name)] = freeze_json(value)
        except ConversionError as error:
            problems.add_below((path_step(name),), error)
    if problems:
        raise ConversionError(problems)
    return frozen


def _freeze(value: Any, room: int) -> Any:
    kind: type = value.__class__
    if kind is str:
        return value if value.isascii() else convert_string(value)
    if value is None or kind is bool:
        return value
    if kind is dict:
        return _freeze_object(value, room)
    if kind is int:
        return value if INT_MIN <= value <= INT_MAX else convert_integer(value)
    if issubclass(kind, (list, tuple)):
        return _freeze_array(value, room)
    if isinstance(value, str):
        return convert_string(value)
    if isinstance(value, (int, float)):
        return convert_number(value)
    if issubclass(kind, Mapping):
        return _freeze_object(value, room)
    raise unexpected("a JSON value", value, object)


def _freeze_object(value: Mapping[Any, Any], room: int) -> FrozenDict:
    if not room:
        raise _TooDeepError
    frozen: dict[str, Any] = {}
    problems: Problems | None = None
    for key, part in value.items():
        try:
            name = key if key.__class__ is str and key.isascii() else convert_key(key)
            frozen[name] = part if part.__class__ is str and part.isascii() else _freeze(part, room - 1)
        except ConversionError as error:
            problems = Problems() if problems is None else problems
            problems.add_below((path_step(key),), error)
    if problems is not None:
        raise ConversionError(problems)
    return frozen_dict(frozen)


def _freeze_array(value: list[Any] | tuple[Any, ...], room: int) -> FrozenList:
    if not room:
        raise _TooDeepError
    frozen: list[Any] = []
    problems: Problems | None = None
    for position, part in enumerate(value):
        try:
            frozen.append(part if part.__class__ is str and part.isascii() else _freeze(part, room - 1))
        except ConversionError as error:
            problems = Problems() if problems is None else problems
            problems.add_below((position,), error)
    if problems is not None:
        raise ConversionError(problems)
    return frozen_list(frozen)


class _Place(NamedTuple):
    """Where a value is in a document: its container, and its key or position in there."""

    container: Any
    """The copy of the container, a dict or a list."""
    key: Any
    """The key in the dict, or the position in the list."""
    above: _Place | None
    """The place of the container; None for the root."""
    depth: int
    """The number of containers in the document that the value is in."""

    @property
    def path(self) -> Path:
        steps: list[Any] = []
        place: _Place = self
        while place.above is not None:
            steps.append(place.key)
            place = place.above
        return tuple(reversed(steps))


def keep_json(document: Any) -> Any:
    """Return a deep copy of a JSON value in read-only containers, whatever its integers, strings and nesting are.

    Raises ConversionError with the first part that is no JSON, and for more than 900 levels.
    """
    root, places = _copy(document, _kept_key, _kept_scalar, MAX_NESTING)
    for container, key, _, _ in reversed(places):  # the innermost first
        content = container[key]
        container[key] = frozen_dict(content) if content.__class__ is dict else frozen_list(content)
    return root[0]


def _copy(
    document: Any, key_of: Callable[[Any, _Place], str], scalar_of: Callable[[Any, _Place], Any], max_levels: int
) -> tuple[list[Any], list[_Place]]:
    """Return a list with a copy of a JSON value, and the places of the containers in it.

    It has no recursion, because the nesting can be deeper than Python's stack. Raises ConversionError for more than
    `max_levels` levels.
    """
    root = [document]
    open_places = [_Place(root, 0, None, 0)]
    filled: list[_Place] = []
    while open_places:
        place = open_places.pop()
        value = place.container[place.key]
        kind: type = value.__class__
        copied: Any
        if issubclass(kind, (list, tuple)):
            copied = list(value)
            keys: Iterable[Any] = range(len(copied))
        elif issubclass(kind, Mapping):
            copied = {key_of(name, place): part for name, part in value.items()}
            keys = copied
        else:
            place.container[place.key] = scalar_of(value, place)
            continue
        if place.depth >= max_levels:
            raise conversion_error(TOO_DEEP)
        place.container[place.key] = copied
        filled.append(place)
        open_places += [_Place(copied, key, place, place.depth + 1) for key in keys]
    return root, filled


def _kept_key(name: object, place: _Place) -> str:
    if isinstance(name, str):
        return str(name)
    raise ConversionError([((*place.path, path_step(name)), expected("a string as the key", name, str))])


def _kept_scalar(value: Any, place: _Place) -> Any:
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, str):
        return str(value)
    if isinstance(value, int) and value.bit_length() <= _MAX_KEPT_BITS:
        return int(value)
    try:
        return freeze_json(value)
    except ConversionError as error:
        raise ConversionError([(place.path, reason) for _, reason in error.problems]) from None


def is_object(value: Any) -> TypeGuard[dict[str, Any]]:
    """Return whether a JSON value is an object."""
    return isinstance(value, dict)


def is_array(value: Any) -> TypeGuard[list[Any]]:
    """Return whether a JSON value is an array."""
    return isinstance(value, list)


def show_json(value: Any) -> str:
    """Return a value of a document as a message shows it, in JSON's words."""
    if value is None or isinstance(value, (bool, str)):
        return shorten(json.dumps(value, ensure_ascii=not well_formed(str(value))))
    if isinstance(value, dict):
        return "an object"
    return "an array" if isinstance(value, (list, tuple)) else show(value)
