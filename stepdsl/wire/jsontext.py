"""JSON text to plain values and back, by orjson where it is installed and by the standard library elsewhere."""

from __future__ import annotations

import importlib
import json
import os
from collections.abc import Callable
from functools import partial
from typing import Any, Final

from stepdsl.core.json import TOO_DEEP, well_formed
from stepdsl.core.messages import show
from stepdsl.core.nesting import on_a_new_stack
from stepdsl.errors import WireError

__all__ = ["encode_json", "parse_json"]


def _faster() -> Any:
    """Return orjson. Return None if it is not installed, or if STEPDSL_NO_ORJSON is set."""
    if os.environ.get("STEPDSL_NO_ORJSON"):
        return None
    try:
        return importlib.import_module("orjson")
    except ImportError:
        return None


_orjson: Final = _faster()

_COMPACT: Final = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode
_ESCAPED: Final = json.JSONEncoder(separators=(",", ":"), allow_nan=False).encode

_DIGITS: Final = bytes(48 if 48 <= byte <= 57 else 32 for byte in range(256))
_LONG: Final = 19
"""orjson rounds integers of more than 64 bits to floats; a text that may have one is read by the standard library."""


def _may_have_long_number(text: bytes) -> bool:
    """Return whether a text has `_LONG` digits in a row.

    If it has, then every fourth character of it makes a text with four digits in a row. That text is made and searched
    first, because this is faster and most texts have no such digits.
    """
    return b"0" * (_LONG // 4) in text[::4].translate(_DIGITS) and b"0" * _LONG in text.translate(_DIGITS)


def encode_json(value: Any, *, indent: int | None = None) -> str:
    """Return JSON text for plain values that are known to be JSON. A text with lone surrogates has escapes."""
    if indent is not None:
        shown = _encode(partial(json.dumps, indent=indent, ensure_ascii=False, allow_nan=False), value)
        return shown if well_formed(shown) else _encode(partial(json.dumps, indent=indent, allow_nan=False), value)
    if _orjson is not None:
        try:
            text: str = _orjson.dumps(value).decode()
        except TypeError:
            pass  # nested deeper than orjson goes, or read with `strict=False`
        else:
            return text
    text = _encode(_COMPACT, value)
    return text if well_formed(text) else _encode(_ESCAPED, value)


def _encode(encode: Callable[[Any], str], value: Any) -> str:
    try:
        return encode(value)
    except RecursionError:
        return on_a_new_stack(encode, value)


def parse_json(text: str | bytes | bytearray) -> Any:
    """Return the plain values of a JSON text; bytes are UTF-8.

    Raises WireError, and nothing else, for a text that is no JSON: NaN, wrong UTF-8, numbers beyond all limits, nesting
    too deep for the parser.
    """
    if not isinstance(text, (str, bytes, bytearray)):  # pyright: ignore[reportUnnecessaryIsInstance]  # not every caller is checked
        raise WireError([("", f"expected text or UTF-8 bytes, got {show(text)}")])
    try:
        raw = text.encode() if isinstance(text, str) else bytes(text)
        if _orjson is not None and not _may_have_long_number(raw):
            try:
                return _orjson.loads(raw)
            except ValueError:
                pass  # the standard library then raises the error, so the text is the same with and without orjson
        text = raw.decode()
        try:
            return _parse(text)
        except RecursionError:
            return on_a_new_stack(_parse, text)
    except RecursionError:
        raise WireError([("", TOO_DEEP)]) from None
    except UnicodeEncodeError:
        raise WireError([("", "no JSON: a lone surrogate, which UTF-8 cannot represent")]) from None
    except UnicodeDecodeError as error:
        raise WireError([("", f"no JSON: not UTF-8 at byte {error.start}")]) from None
    except ValueError as error:
        has_mark = text[:1] == "\ufeff"
        reason = "it begins with a byte order mark; decode it as utf-8-sig" if has_mark else error
        raise WireError([("", f"no JSON: {reason}")]) from None


def _refuse_constant(name: str) -> Any:
    raise ValueError(f"{name} is not allowed")


def _parse(text: str) -> Any:
    try:
        value, end = _SCAN(text, 0)
        if end == len(text):
            return value
    except (StopIteration, ValueError):
        pass  # the decoder, which also accepts white space around the value, raises the error
    try:
        return _DECODE(text)
    except json.JSONDecodeError:
        raise
    except ValueError:
        return _DECODE_LONG(text)  # an integer of more digits than Python reads, unless it is a refused constant


_TOO_LONG: Final = 10**4300
"""Replaces an integer of more digits than Python reads. It is refused like each integer of more than 64 bits."""

_DECODER: Final = json.JSONDecoder(parse_constant=_refuse_constant)
_SCAN: Final[Any] = vars(_DECODER)["scan_once"]
_DECODE: Final = _DECODER.decode
_DECODE_LONG: Final = json.JSONDecoder(
    parse_constant=_refuse_constant, parse_int=lambda digits: _TOO_LONG if len(digits) > 4000 else int(digits)
).decode
