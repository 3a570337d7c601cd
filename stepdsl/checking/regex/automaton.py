"""The automaton of an expression: states, edges for one character, and edges for no character.

An edge for no character can have a condition: an anchor, a word boundary or a lookaround. The automaton takes back
references as any text, and atomic groups as ordinary ones: it can match more than the expression, never less.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, Final, NamedTuple, TypeAlias

from stepdsl.checking.regex.charsets import characters
from stepdsl.validation.ecma.charsets import EVERYTHING, Ranges, overlap

__all__ = ["Around", "Automaton", "Edge", "TooLarge", "Unsupported"]

_MOST_STATES: Final = 600
"""The greatest number of states."""
_MOST_WORK: Final = 3_000
"""The greatest number of operations, with the repeated ones, of which an automaton is made."""

_REPEATS: Final = ("MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT")
_UNLIMITED: Final = 2**30
"""A repeat with at least this maximum has no maximum."""
_LINE_END: Final[Ranges] = ((10, 10),)
_LETTER: Final[Ranges] = ((65, 90), (97, 122))
_SCHEME: Final[Ranges] = ((43, 43), (45, 46), (48, 57), (65, 90), (97, 122))
_COLON: Final[Ranges] = ((58, 58),)
_VISIBLE: Final[Ranges] = ((0x21, 0x7E), (0xA1, 0x10FFFF))

Items: TypeAlias = Iterable[tuple[Any, Any]]


class TooLarge(Exception):
    """Internal: the automaton, or the text, is too large."""


class Unsupported(Exception):
    """Internal: the expression has flags."""


class Edge(NamedTuple):
    """An edge for one character."""

    ranges: Ranges
    """The characters of the edge."""
    is_wide: bool
    """Whether some clients match more characters than the ranges have. These are not ASCII."""
    to: int
    """The next state."""


class Around(NamedTuple):
    """A lookaround: a part of the automaton that must match, or must not match, beside a position."""

    start: int
    """The first state of the part."""
    end: int
    """The last state of the part."""
    is_behind: bool
    """Whether the part is before the position (lookbehind). Otherwise it is after the position (lookahead)."""
    is_negated: bool
    """Whether the part must not match."""
    is_exact: bool
    """Whether the part matches only what clients match."""


class Automaton:
    """The automaton of an expression. Raises `TooLarge` or `Unsupported` if there is none."""

    def __init__(self, parsed: Any) -> None:
        if parsed.state.flags & ~0x20:  # re.UNICODE, which each pattern has
            raise Unsupported
        self.steps: list[Edge | None] = []
        """For each state, the edge for one character."""
        self.skips: list[list[tuple[int | None, int]]] = []
        """For each state, the edges for no character: the number of the condition, and the next state."""
        self.conditions: list[str | Around] = []
        """The conditions: the name of an anchor or of a boundary in the parser, or a lookaround."""
        self._work: int = 0
        self.is_exact: bool = True
        """Whether the automaton has no back references, conditional groups and atomic groups."""
        self.has_anchor: bool = False
        """Whether the expression has an anchor, a word boundary or a lookaround."""
        self.start: int = self._state()
        self.end: int = self._sequence(parsed, self.start)

    # -- building ---------------------------------------------------------------------------------------------------

    def _state(self) -> int:
        if len(self.steps) == _MOST_STATES:
            raise TooLarge
        self.steps.append(None)
        self.skips.append([])
        return len(self.steps) - 1

    def _count(self) -> None:
        self._work += 1
        if self._work > _MOST_WORK:
            raise TooLarge

    def _sequence(self, items: Items, start: int) -> int:
        for operation, argument in items:
            start = self._one(str(operation), argument, start)
        return start

    def _one(self, name: str, argument: Any, start: int) -> int:
        """Add an operation after a state. Return the state after the operation."""
        self._count()
        ranges = characters(name, argument)
        if ranges is not None:
            return self._character(ranges, is_wide=name == "IN" and _has_category(argument), start=start)
        if name in _REPEATS:
            self.is_exact = self.is_exact and name != "POSSESSIVE_REPEAT"
            return self._repeated(start, *argument)
        match name:
            case "SUBPATTERN":
                if argument[1] or argument[2]:
                    raise Unsupported
                return self._sequence(argument[3], start)
            case "BRANCH":
                return self._either(argument[1], start)
            case "AT":
                return self._if(str(argument), start)
            case "ASSERT" | "ASSERT_NOT" if argument[1]:
                return self._if(self._around(*argument, is_negated=name == "ASSERT_NOT"), start)
            case "ATOMIC_GROUP":
                self.is_exact = False
                return self._sequence(argument, start)
            case "GROUPREF":
                self.is_exact = False
                end = self._character(EVERYTHING, is_wide=False, start=start)
                self.skips[start].append((None, end))
                self.skips[end].append((None, start))
                return end
            case "GROUPREF_EXISTS":
                self.is_exact = False
                return self._either([part or () for part in argument[1:]], start)
            case "ASSERT":  # an empty lookahead always matches
                return start
            case _:
                # A failure, or an empty negative lookahead: it never matches, so no edge leads to the state after it.
                return self._state()

    def _character(self, ranges: Ranges, *, is_wide: bool, start: int) -> int:
        own, end = self._state(), self._state()
        self.skips[start].append((None, own))
        self.steps[own] = Edge(ranges, is_wide, end)
        return end

    def _either(self, parts: Iterable[Items], start: int) -> int:
        end = self._state()
        for part in parts:
            first = self._state()
            self.skips[start].append((None, first))
            self.skips[self._sequence(part, first)].append((None, end))
        return end

    def _repeated(self, start: int, least: int, most: int, body: Items) -> int:
        body = list(body)
        for _ in range(least):
            self._count()
            start = self._sequence(body, start)
        if most >= _UNLIMITED:
            loop, end = self._state(), self._state()
            self.skips[start].append((None, loop))
            self.skips[self._sequence(body, loop)].append((None, loop))
            self.skips[loop].append((None, end))
            return end
        end = self._state()
        for _ in range(most - least):
            self._count()
            self.skips[start].append((None, end))
            start = self._sequence(body, start)
        self.skips[start].append((None, end))
        return end

    def _if(self, condition: str | Around, start: int) -> int:
        self.has_anchor = True
        self.conditions.append(condition)
        end = self._state()
        self.skips[start].append((len(self.conditions) - 1, end))
        return end

    def _around(self, direction: int, body: Items, *, is_negated: bool) -> Around:
        outer, self.is_exact = self.is_exact, True
        start = self._state()
        end = self._sequence(body, start)
        around = Around(start, end, direction < 0, is_negated, self.is_exact)
        self.is_exact = outer and self.is_exact
        return around

    # -- what it matches --------------------------------------------------------------------------------------------

    def can_match(self, *, only_links: bool = False) -> bool:
        """Return whether the expression matches any text; with `only_links`, whether it matches any URL with a scheme.

        Lookarounds and word boundaries are not examined: for these the answer can be true by mistake.
        """
        # A position: the state; how much of a URL is before it: 0 nothing, 1 the scheme, 2 more; whether it is the end.
        waiting = [(self.start, before, False) for before in (0, 1, 2)]
        seen = set(waiting)
        while waiting:
            state, before, is_end = waiting.pop()
            if state == self.end and not (only_links and is_end and before < 2):
                return True
            following: list[tuple[int, int, bool]] = []
            for condition, to in self.skips[state]:
                kind = None if condition is None else self.conditions[condition]
                if kind in ("AT_BEGINNING", "AT_BEGINNING_STRING") and before:
                    continue
                following.append((to, before, is_end or kind in ("AT_END", "AT_END_STRING")))
            step = self.steps[state]
            if step is not None and (not is_end or overlap(step.ranges, _LINE_END)):
                following += [(step.to, after, is_end) for after in _after(before, step, only_links)]
            for position in following:
                if position not in seen:
                    seen.add(position)
                    waiting.append(position)
        return False


def _after(before: int, step: Edge, only_links: bool) -> Iterator[int]:
    """Yield how much of a URL can be before the next position."""
    if not only_links:
        if step.is_wide or step.ranges:
            yield 2
        return
    if before == 2:
        if step.is_wide or overlap(step.ranges, _VISIBLE):
            yield 2
        return
    if overlap(step.ranges, _SCHEME if before else _LETTER):
        yield 1
    if before and overlap(step.ranges, _COLON):
        yield 2


def _has_category(items: Any) -> bool:
    return any(str(operation) == "CATEGORY" for operation, _ in items)
