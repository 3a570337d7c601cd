r"""Sets of characters of a pattern, and their text for the engines.

The text has ranges of code points only: the engines and jsonschema-rs give classes such as `\d` other meanings.

A text is matched by its code points if the pattern is read with the flag `u`, and by its UTF-16 units otherwise. The
engines have no surrogates. In a text of units, each surrogate is therefore written as a character of the last plane.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import Final, NamedTuple

from stepdsl.validation.ecma.charsets import (
    DIGITS,
    LINE_ENDS,
    SPACE,
    WORD,
    Ranges,
    complement,
    contains,
    merged,
    overlap,
)

__all__ = [
    "CLASSES",
    "CLASSES_IGNORING_CASE",
    "DOT",
    "NOTHING",
    "WORD_IGNORING_CASE",
    "Charset",
    "has_surrogates",
    "in_units",
    "is_surrogate",
    "literal",
    "set_text",
]

_SURROGATES: Final[Ranges] = ((0xD800, 0xDFFF),)
_SHIFT: Final = 0x100000
"""The distance from a surrogate to the character that replaces it."""

_ANY: Final = r"[\x{0}-\x{10FFFF}]"
NOTHING: Final = r"[^\x{0}-\x{10FFFF}]"

_SPECIAL: Final = frozenset(r"\.+*?()|[]{}^$")
_ASTRAL: Final = re.compile("[\U00010000-\U0010ffff]")


class Charset(NamedTuple):
    """A set of characters."""

    ranges: Ranges = ()
    properties: tuple[str, ...] = ()
    """Unicode properties, in the syntax of the engines."""


CLASSES: Final = {
    "d": Charset(DIGITS),
    "D": Charset(complement(DIGITS)),
    "s": Charset(SPACE),
    "S": Charset(complement(SPACE)),
    "w": Charset(WORD),
    "W": Charset(complement(WORD)),
}
DOT: Final = Charset(complement(LINE_ENDS))
WORD_IGNORING_CASE: Final[Ranges] = merged([*WORD, (0x17F, 0x17F), (0x212A, 0x212A)])
"""The characters of a word if letter case is ignored: the long s and the Kelvin sign are s and k then."""
CLASSES_IGNORING_CASE: Final = {
    **CLASSES,
    "w": Charset(WORD_IGNORING_CASE),
    "W": Charset(complement(WORD_IGNORING_CASE)),
}


def is_surrogate(code: int) -> bool:
    """Return whether a code point is one of the halves of a character in UTF-16."""
    return contains(_SURROGATES, code)


def has_surrogates(charset: Charset) -> bool:
    """Return whether a set has a surrogate."""
    return overlap(charset.ranges, _SURROGATES)


def in_units(text: str) -> str:
    """Return a text of UTF-16 units, for the engines."""
    return _ASTRAL.sub(_two_units, text)


def _two_units(found: re.Match[str]) -> str:
    code = ord(found[0]) - 0x10000
    return chr(_SHIFT + 0xD800 + (code >> 10)) + chr(_SHIFT + 0xDC00 + (code & 0x3FF))


def literal(code: int, *, units: bool) -> str:
    """Return the text of one character."""
    if is_surrogate(code):
        return chr(code + _SHIFT) if units else NOTHING
    return f"\\{chr(code)}" if chr(code) in _SPECIAL else chr(code)


@lru_cache(maxsize=1024)
def set_text(charset: Charset, *, negated: bool, units: bool) -> str:
    """Return the text of a set."""
    members = "".join(_range(low, high) for low, high in _engine_ranges(charset.ranges, units))
    members += "".join(charset.properties)
    if not members:
        return _ANY if negated else NOTHING
    return f"[{'^' if negated else ''}{members}]"


def _engine_ranges(ranges: Ranges, units: bool) -> Iterable[tuple[int, int]]:
    ((first, last),) = _SURROGATES
    for low, high in ranges:
        top = min(high, 0xFFFF) if units else high
        if low < first:
            yield low, min(top, first - 1)
        if top > last:
            yield max(low, last + 1), top
        if units and low <= last and top >= first:
            yield max(low, first) + _SHIFT, min(top, last) + _SHIFT


def _range(low: int, high: int) -> str:
    return _member(low) if low == high else f"{_member(low)}-{_member(high)}"


def _member(code: int) -> str:
    char = chr(code)
    return char if char.isascii() and char.isalnum() else f"\\x{{{code:X}}}"
