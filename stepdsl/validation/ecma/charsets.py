"""Sets of characters, as ranges of code points."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final, TypeAlias

__all__ = [
    "DIGITS",
    "EVERYTHING",
    "LAST",
    "LINE_ENDS",
    "SPACE",
    "WORD",
    "Ranges",
    "complement",
    "contains",
    "merged",
    "overlap",
]

Ranges: TypeAlias = tuple[tuple[int, int], ...]
"""Ranges in ascending order. Both ends are included. There is a gap between each range and the next one."""

LAST: Final = 0x10FFFF
EVERYTHING: Final[Ranges] = ((0, LAST),)

LINE_ENDS: Final[Ranges] = ((10, 10), (13, 13), (0x2028, 0x2029))
DIGITS: Final[Ranges] = ((48, 57),)
WORD: Final[Ranges] = ((48, 57), (65, 90), (95, 95), (97, 122))
SPACE: Final[Ranges] = (
    *((9, 13), (32, 32), (0xA0, 0xA0), (0x1680, 0x1680), (0x2000, 0x200A), (0x2028, 0x2029)),
    *((0x202F, 0x202F), (0x205F, 0x205F), (0x3000, 0x3000), (0xFEFF, 0xFEFF)),
)


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
    if start <= LAST:
        rest.append((start, LAST))
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
