"""The shortest way to a fault: moves and values are left out as long as the fault still occurs."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final

from attrs import evolve

from stepdsl.testing.exploration.calls import Way
from stepdsl.testing.exploration.faults import Fault

__all__ = ["shortened"]

_SMALL: Final = 3
"""Up to so many moves in a row are left out at every position, longer spans only side by side."""
_MOST_REPEATS: Final = 2_000
"""The number of moves that may be spent to look for the shortest way to one fault."""


def shortened(fault: Fault, repeat: Callable[[Way], Fault | None], simplest: Mapping[str, Any]) -> Fault:
    """Return a fault with the shortest way to it that was found. The first move stays.

    `repeat` makes the moves of a way and returns the fault of the last one. `simplest` has simple values by the paths
    of their fields.
    """
    attempts = _Attempts(fault, repeat)
    if not attempts.occurs(fault.way):
        return evolve(fault, again=False)
    while any(attempts.occurs(way) for way in _simpler(attempts.last.way, simplest)):
        pass
    return attempts.last


class _Attempts:
    """Attempts to see a fault again. The number of their moves is limited."""

    def __init__(self, fault: Fault, repeat: Callable[[Way], Fault | None]) -> None:
        """Take the fault, and the function that makes the moves of a way."""
        self.last = fault
        """The fault as it has occurred last, with its way."""
        self._repeat = repeat
        self._moves_left = _MOST_REPEATS

    def occurs(self, way: Way) -> bool:
        """Return whether the fault occurs after these moves; false if too many moves were made before."""
        self._moves_left -= len(way)
        found = self._repeat(way) if self._moves_left > 0 else None
        if found is None or not self.last.is_same(found):
            return False
        self.last = found.after(way)
        return True


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
