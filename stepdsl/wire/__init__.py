"""Models to JSON and back, by cattrs.

Names are camelCase, the tag of a type comes first, absent properties are left out, and the text is compact UTF-8
without escapes. One object always gives the same bytes. With orjson installed `dumps` and `loads` use it; the documents
are the same, but numbers with an exponent may be spelt differently.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, TypeVar, overload

from stepdsl.core.json import TOO_DEEP, freeze_json, plain_json
from stepdsl.core.messages import ConversionError
from stepdsl.core.nesting import is_nested_too_deeply, on_a_new_stack
from stepdsl.errors import WireError
from stepdsl.model.step import Step
from stepdsl.wire.converter import configure_converter, make_converter, readers, writers
from stepdsl.wire.jsontext import encode_json, parse_json
from stepdsl.wire.lenient import read_leniently

if TYPE_CHECKING:
    from stepdsl.core.model import Model

__all__ = [
    "configure_converter",
    "dumps",
    "encode_json",
    "from_dict",
    "loads",
    "make_converter",
    "parse_data",
    "parse_json",
    "to_dict",
]

T = TypeVar("T", bound="Model")


def _too_deep() -> WireError:
    return WireError([("", TOO_DEEP)])


def to_dict(obj: Model) -> dict[str, Any]:
    """Return an object as plain dicts and lists in wire names. All of it is a copy.

    Raises TypeError for anything but an object of this library.
    """
    written: dict[str, Any] = plain_json(_write(obj))
    return written


def dumps(obj: Model, *, indent: int | None = None) -> str:
    """Return an object as JSON: compact, or with `indent` spaces for each level.

    Raises TypeError for anything but an object of this library.
    """
    return encode_json(_write(obj), indent=indent)


def _write(obj: Any) -> Any:
    write = writers[obj.__class__]
    try:
        return write(obj)
    except RecursionError:
        return on_a_new_stack(write, obj)


@overload
def from_dict(data: Any, *, strict: bool = True) -> Step: ...
@overload
def from_dict(data: Any, type: type[T], *, strict: bool = True) -> T: ...
def from_dict(data: Any, type: type[Any] = Step, *, strict: bool = True) -> Any:
    """Return the object of a documented type that `data`, which is parsed JSON, describes; without `type` a Step.

    With `strict=False` every JSON object is read. What does not fit is kept and written again without a change: the
    value of a property in `extra`, a member of a union in its `Unknown…` class. `check` reports each such place.

    Raises WireError with all problems, each a path in wire names and a reason; with `strict=False` only for what is no
    JSON object, and for nesting deeper than 900 levels. Raises TypeError if `type` is no type of this library.
    """
    read = readers[type]
    if not strict:
        read = partial(read_leniently, cls=type)
    try:
        try:
            return read(data)
        except RecursionError:
            return on_a_new_stack(read, data)
    except ConversionError as error:
        raise error.as_wire_error() from None
    except RecursionError:
        raise _too_deep() from None


@overload
def loads(text: str | bytes | bytearray, *, strict: bool = True) -> Step: ...
@overload
def loads(text: str | bytes | bytearray, type: type[T], *, strict: bool = True) -> T: ...
def loads(text: str | bytes | bytearray, type: type[Any] = Step, *, strict: bool = True) -> Any:
    """Return the object of a documented type that a JSON text describes; without `type` a Step. Bytes are UTF-8.

    `strict=False` has the meaning that it has for `from_dict`: old and foreign documents are read as far as they fit.

    Raises WireError with all problems, and nothing else whatever `text` is. Raises TypeError if `type` is no type of
    this library.
    """
    data = parse_json(text)
    try:
        return from_dict(data, type, strict=strict)
    except WireError:
        if is_nested_too_deeply(data):  # some parsers refuse such a text, so this is the only problem
            raise _too_deep() from None
        raise


def parse_data(text: str | bytes | bytearray) -> Any:
    """Return any JSON text as plain values that keep the limits of this library: depth, integers, surrogates.

    Raises WireError with all problems.
    """
    data = parse_json(text)
    try:
        return plain_json(freeze_json(data))
    except ConversionError as error:
        raise _too_deep() if is_nested_too_deeply(data) else error.as_wire_error() from None
