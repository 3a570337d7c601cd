"""Sets of characters, as ranges of code points."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final, TypeAlias

Ranges: TypeAlias = tuple[tuple[int, int], ...]
"""Ranges in ascending order. Both ends are included. There is a gap between each range and the next one."""

_LAST: Final = 0x10FFFF
EVERYTHING: Final[Ranges] = ((0, _LAST),)
_LINE_ENDS: Final[Ranges] = ((10, 10), (13, 13), (0x2028, 0x2029))

_DIGITS: Final[Ranges] = ((48, 57),)
WORD: Final[Ranges] = ((48, 57), (65, 90), (95, 95), (97, 122))
_SPACE: Final[Ranges] = ((9, 13), (32, 32), (160, 160), (0x2000, 0x200A), (0x2028, 0x2029), (0x3000, 0x3000))


def merged(ranges: Iterable[tuple[int, int]]) -> Ranges:
    """Return ranges in ascending order. Ranges without a gap between them become one range."""
    done: list[tuple[int, int]] = []
    for low, high in sorted(ranges):
        if done and low <= done[-1][1] + 1:
            done[-1] = done[-1][0], max(high, done[-1][1])
        else:
            done.append((low, high))
    return tuple(done)


def complement(ranges: Ranges) -> Ranges:
    """Return the set of all other characters."""
    rest: list[tuple[int, int]] = []
    start = 0
    for low, high in ranges:
        if low > start:
            rest.append((start, low - 1))
        start = high + 1
    if start <= _LAST:
        rest.append((start, _LAST))
    return tuple(rest)


def contains(ranges: Ranges, code: int) -> bool:
    """Return whether a set has a character."""
    return any(low <= code <= high for low, high in ranges)


def overlap(first: Ranges, second: Ranges) -> bool:
    """Return whether two sets have a character in common."""
    i = j = 0
    while i < len(first) and j < len(second):
        if first[i][1] < second[j][0]:
            i += 1
        elif second[j][1] < first[i][0]:
            j += 1
        else:
            return True
    return False


_CATEGORIES: Final[dict[str, Ranges]] = {
    "CATEGORY_DIGIT": _DIGITS,
    "CATEGORY_NOT_DIGIT": complement(_DIGITS),
    "CATEGORY_WORD": WORD,
    "CATEGORY_NOT_WORD": complement(WORD),
    "CATEGORY_SPACE": _SPACE,
    "CATEGORY_NOT_SPACE": complement(_SPACE),
}


def characters(operation: str, argument: Any) -> Ranges | None:
    """Return the characters that an operation matches; None if it does not always match exactly one character."""
    match operation:
        case "LITERAL":
            return ((argument, argument),)
        case "NOT_LITERAL":
            return complement(((argument, argument),))
        case "ANY":
            return complement(_LINE_ENDS)
        case "IN":
            return _members(argument)
        case _:
            return None


def _members(items: Any) -> Ranges:
    found: list[tuple[int, int]] = []
    negated = False
    for operation, argument in items:
        match str(operation):
            case "NEGATE":
                negated = True
            case "RANGE":
                found.append(argument)
            case "CATEGORY":
                found.extend(_CATEGORIES[str(argument)])
            case _:
                found.append((argument, argument))
    return complement(merged(found)) if negated else merged(found)
