"""The shortest way to a fault: moves and values are left out as long as the fault still occurs."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final

from stepdsl.testing.exploration.calls import Way

__all__ = ["shorten"]

_SMALL: Final = 3
"""Up to so many moves in a row are left out at every position, longer spans only side by side."""


def shorten(way: Way, occurs: Callable[[Way], bool], simplest: Mapping[str, Any]) -> Way:
    """Return a simpler way for which `occurs` is true, as it is for `way`. The first move stays.

    `simplest` has simple values by the paths of their fields.
    """
    while True:
        for simpler in _simpler(way, simplest):
            if occurs(simpler):
                way = simpler
                break
        else:
            return way


def _simpler(way: Way, simplest: Mapping[str, Any]) -> Iterator[Way]:
    """Yield the ways that are one step simpler: first those with fewer moves, then those with fewer values."""
    size = len(way) - 1
    while size > 0:
        for position in range(len(way) - size, 0, -1 if size <= _SMALL else -size):
            yield (*way[:position], *way[position + size :])
        size = min(size - 1, max(size // 2, _SMALL))
    for position, call in enumerate(way):
        values: Mapping[str, Any] = call.arguments[0] if call.name == "fill" else {}
        for path, value in values.items():
            if len(values) > 1:
                rest = {name: one for name, one in values.items() if name != path}
                yield (*way[:position], call.with_values(rest), *way[position + 1 :])
            if value not in (None, simplest.get(path)):
                changed = {**values, path: simplest.get(path)}
                yield (*way[:position], call.with_values(changed), *way[position + 1 :])
