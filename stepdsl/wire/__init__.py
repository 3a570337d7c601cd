"""Models to JSON and back: one cattrs converter, one set of rules.

Names are camelCase, the tag of a type comes first, absent properties are left out, text is compact UTF-8 without
escapes. One object always gives the same bytes. With orjson installed `dumps` and `loads` use it; the documents are
the same, though numbers with an exponent may be spelt differently.
"""

from __future__ import annotations

from typing import Any, TypeVar, overload

from stepdsl.errors import Refused, WireError, dotted
from stepdsl.model.step import Step
from stepdsl.wire.converter import converter, structure_hooks, unstructure_hooks
from stepdsl.wire.text import encode_json, parse_json, plain_copy

__all__ = ["converter", "dumps", "encode_json", "from_dict", "loads", "parse_json", "to_dict"]

T = TypeVar("T")


def to_dict(obj: Any) -> dict[str, Any]:
    """Return an object as plain dicts and lists in wire names; all of it is a copy.

    Raises TypeError for anything but an object of this library.
    """
    written: dict[str, Any] = plain_copy(unstructure_hooks[obj.__class__](obj))
    return written


def dumps(obj: Any, *, indent: int | None = None) -> str:
    """Return an object as JSON: compact, or with `indent` spaces a level.

    Raises TypeError for anything but an object of this library.
    """
    return encode_json(unstructure_hooks[obj.__class__](obj), indent=indent)


@overload
def from_dict(data: Any) -> Step: ...
@overload
def from_dict(data: Any, type: type[T]) -> T: ...
def from_dict(data: Any, type: type[Any] = Step) -> Any:
    """Return the object of a documented type that `data` (parsed JSON) holds: a Step unless told otherwise.

    Raises WireError with all problems, each a path in wire names and a reason. Raises TypeError if `type` is no type
    of this library.
    """
    try:
        return structure_hooks[type](data, type)
    except Refused as refused:
        raise WireError((dotted(path), reason) for path, reason in refused.problems) from None
    except RecursionError:
        raise WireError([("", "nested too deeply")]) from None


@overload
def loads(text: str | bytes | bytearray) -> Step: ...
@overload
def loads(text: str | bytes | bytearray, type: type[T]) -> T: ...
def loads(text: str | bytes | bytearray, type: type[Any] = Step) -> Any:
    """Return the object of a documented type that a JSON text holds: a Step unless told otherwise. Bytes are UTF-8.

    Raises WireError with all problems, and never anything else for what `text` holds. Raises TypeError if `type` is
    no type of this library.
    """
    return from_dict(parse_json(text), type)
