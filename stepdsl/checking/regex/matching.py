"""Matches texts with an automaton, at a cost that is linear in the length of the text.

All states that a text can reach are followed at the same time. So there is no backtracking. Clients differ: in the
characters of a word, in the end of a text with a line break, in the unit of a character. A text matches if it matches
in some client.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from stepdsl.checking.regex.automaton import Around, Automaton, Edge, TooLarge
from stepdsl.validation.ecma.charsets import WORD, contains

__all__ = ["matches"]

_MOST_VISITS: Final = 100_000
"""The greatest number of visits of states while one text is matched."""


def matches(automaton: Automaton, text: str) -> bool:
    """Return whether some client finds a match in a text. Raises `TooLarge` if this takes too long."""
    codes = [ord(character) for character in text]
    if _Run(automaton, codes).matches():
        return True
    units = text.encode("utf-16-le", "surrogatepass")
    if len(units) == 2 * len(codes):
        return False
    return _Run(automaton, [units[i] + 256 * units[i + 1] for i in range(0, len(units), 2)]).matches()


class _Run:
    """The run of an automaton over one text."""

    def __init__(self, automaton: Automaton, codes: Sequence[int]) -> None:
        self._automaton = automaton
        self._codes = codes
        self._visits = 0
        self._is_plain = all(0x20 <= code < 0x7F for code in codes)
        """Whether all clients see the same characters, words and line ends."""
        self._allowed: list[list[bool]] = []
        """For each condition, whether it is met at each position."""
        for condition in automaton.conditions:
            self._allowed.append(self._anchor(condition) if isinstance(condition, str) else self._around(condition))

    def matches(self) -> bool:
        return any(self._ends(self._automaton.start, self._automaton.end))

    def _anchor(self, kind: str) -> list[bool]:
        codes, last = self._codes, len(self._codes)
        if kind in ("AT_BEGINNING", "AT_BEGINNING_STRING"):
            return [True] + [False] * last
        if kind in ("AT_END", "AT_END_STRING"):
            met = [False] * last + [True]
            if last and codes[-1] in (10, 13, 0x85, 0x2028, 0x2029):
                met[last - 1] = True
                if last > 1 and codes[-2] == 13:
                    met[last - 2] = True
            return met
        if not self._is_plain:
            return [True] * (last + 1)
        words = [False, *(contains(WORD, code) for code in codes), False]
        is_boundary = kind == "AT_BOUNDARY"
        return [(words[i] != words[i + 1]) == is_boundary for i in range(last + 1)]

    def _around(self, around: Around) -> list[bool]:
        if around.is_negated and not (around.is_exact and self._is_plain):
            return [True] * (len(self._codes) + 1)
        found = list((self._ends if around.is_behind else self._starts)(around.start, around.end))
        if not around.is_behind:
            found.reverse()
        return [not one for one in found] if around.is_negated else found

    def _ends(self, start: int, end: int) -> Iterator[bool]:
        """Yield, for each position, whether a match ends there."""
        skips, steps = self._automaton.skips, self._automaton.steps
        current: set[int] = set()
        for position in range(len(self._codes) + 1):
            current.add(start)
            self._close(current, position, skips)
            yield end in current
            if position < len(self._codes):
                code = self._codes[position]
                taken = [steps[state] for state in current]
                current = {step.to for step in taken if step is not None and _takes(step, code)}

    def _starts(self, start: int, end: int) -> Iterator[bool]:
        """Yield, for each position from the last to the first, whether a match starts there."""
        skips, steps = self._reversed
        current: set[int] = set()
        for position in range(len(self._codes), -1, -1):
            current.add(end)
            self._close(current, position, skips)
            yield start in current
            if position:
                code = self._codes[position - 1]
                current = {before for state in current for before, step in steps.get(state, ()) if _takes(step, code)}

    @property
    def _reversed(self) -> tuple[list[list[tuple[int | None, int]]], dict[int, list[tuple[int, Edge]]]]:
        """The edges of the automaton, from their ends to their beginnings."""
        skips: list[list[tuple[int | None, int]]] = [[] for _ in self._automaton.skips]
        steps: dict[int, list[tuple[int, Edge]]] = {}
        for state, edges in enumerate(self._automaton.skips):
            for condition, to in edges:
                skips[to].append((condition, state))
        for state, step in enumerate(self._automaton.steps):
            if step is not None:
                steps.setdefault(step.to, []).append((state, step))
        return skips, steps

    def _close(self, current: set[int], position: int, skips: list[list[tuple[int | None, int]]]) -> None:
        """Add the states that are reached without a character."""
        waiting = list(current)
        while waiting:
            for condition, to in skips[waiting.pop()]:
                if to not in current and (condition is None or self._allowed[condition][position]):
                    current.add(to)
                    waiting.append(to)
        self._visits += len(current)
        if self._visits > _MOST_VISITS:
            raise TooLarge


def _takes(step: Edge, code: int) -> bool:
    return (step.is_wide and code > 0x7F) or contains(step.ranges, code)
