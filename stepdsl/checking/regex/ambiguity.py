"""Finds expressions whose matching can take exponential time: a repeat that can match the same text in many ways.

A client with backtracking tries all ways to match before it reports a failure. For each repeat, this module builds a
Glushkov automaton: a state for each character of the repeat, and for each pair of states the number of ways from one to
the other. The time can be exponential if some text leads from a state back to the same state in two ways.

Lookarounds match the empty text in the automaton. So a repeat can be reported although a lookaround limits the ways.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from typing import Any, Final, NamedTuple, TypeAlias, TypeVar

from stepdsl.checking.regex.charsets import EVERYTHING, Ranges, characters, overlap

_MANY: Final = 16
"""A repeat with a greater maximum counts as a repeat without a maximum."""
_MOST_STATES: Final = 120
"""The greatest number of states of an automaton."""
_MOST_EDGES: Final = 300_000
"""The greatest number of edges between pairs of states. Larger automata are not examined, to limit the time."""

_REPEATS: Final = ("MAX_REPEAT", "MIN_REPEAT")
_ATOMIC: Final = ("ATOMIC_GROUP", "POSSESSIVE_REPEAT")

Items: TypeAlias = Iterable[tuple[Any, Any]]
Ways: TypeAlias = dict[int, int]
N = TypeVar("N", bound=Hashable)


class _TooLarge(Exception):
    """Internal: the automaton would have too many states or edges."""


def exponential_reason(parsed: Items, split: Items) -> str | None:
    """Return why matching an expression can take exponential time; None if it cannot, or if it is too large to examine.

    `parsed` is the parsed expression. `split` is the same expression, with alternatives of single characters that are
    not combined to a set.
    """
    if any(_has_prefix(body) for body, _ in _loops(parsed)):
        return "one alternative inside a repeat begins like another"
    for body, least in _loops(split):
        if len(body) == 1 and characters(str(body[0][0]), body[0][1]) is not None:
            continue
        try:
            if _Automaton(body, least).is_ambiguous():
                return "a repeat can match the same text in many ways"
        except _TooLarge:
            continue
    return None


def _loops(items: Items) -> Iterator[tuple[Sequence[tuple[Any, Any]], int]]:
    """Yield the body and the minimum count of each repeat that has no maximum, or a large one."""
    for operation, argument in items:
        name = str(operation)
        if name in _REPEATS and argument[1] > _MANY:
            yield list(argument[2]), argument[0]
        for part in _parts(name, argument):
            yield from _loops(part)


def _parts(name: str, argument: Any) -> Sequence[Any]:
    """Return the expressions inside an operation."""
    if name in _REPEATS or name == "POSSESSIVE_REPEAT":
        return (argument[2],)
    match name:
        case "SUBPATTERN":
            return (argument[3],)
        case "BRANCH":
            parts: Sequence[Any] = argument[1]
            return parts
        case "ASSERT" | "ASSERT_NOT":
            return (argument[1],)
        case "ATOMIC_GROUP":
            return (argument,)
        case "GROUPREF_EXISTS":
            return tuple(part for part in argument[1:] if part is not None)
        case _:
            return ()


def _has_prefix(items: Items) -> bool:
    """Return whether an alternative is a prefix of the others. The parser turns it into an empty alternative."""
    for operation, argument in items:
        name = str(operation)
        if name == "BRANCH" and any(len(part) == 0 for part in argument[1]):
            return True
        if any(map(_has_prefix, _parts(name, argument))):
            return True
    return False


class _Fragment(NamedTuple):
    """A part of an automaton."""

    empty: int
    """The number of ways to match the empty text."""
    first: Ways
    """The states where a match can begin, with the number of ways."""
    last: Ways
    """The states where a match can end, with the number of ways."""


_NOTHING: Final = _Fragment(1, {}, {})


def _add(ways: Ways, more: Mapping[int, int], times: int = 1) -> Ways:
    """Return the sums of the numbers of ways for each state. The greatest number is 2, which means "two or more"."""
    total = dict(ways)
    if times:
        for state, count in more.items():
            total[state] = min(2, total.get(state, 0) + count * times)
    return total


class _Automaton:
    """The automaton of one repeat."""

    def __init__(self, body: Items, least: int) -> None:
        self._sets: list[Ranges] = []
        self._next: list[Ways] = []
        self._repeat(self._sequence(body), least)

    def is_ambiguous(self) -> bool:
        """Return whether some text leads from a state back to the same state in two ways."""
        graph = {state: list(ways) for state, ways in enumerate(self._next)}
        component = _components(graph)
        for state, ways in enumerate(self._next):
            if any(count > 1 and component[state] == component[to] for to, count in ways.items()):
                return True
        pairs = self._pairs()
        of_pair = _components(pairs)
        equal_pairs = {of_pair[pair] for pair in pairs if pair[0] == pair[1]}
        return any(of_pair[pair] in equal_pairs for pair in pairs if pair[0] != pair[1])

    def _pairs(self) -> dict[tuple[int, int], list[tuple[int, int]]]:
        """Return the pairs of states that the same text can lead to from one state, with their next pairs."""
        found: dict[tuple[int, int], list[tuple[int, int]]] = {}
        waiting = [(state, state) for state in range(len(self._sets))]
        edges_left = _MOST_EDGES
        while waiting:
            pair = waiting.pop()
            if pair in found:
                continue
            one, other = pair
            edges_left -= len(self._next[one]) * len(self._next[other])
            if edges_left < 0:
                raise _TooLarge
            found[pair] = [
                (min(a, b), max(a, b))
                for a in self._next[one]
                for b in self._next[other]
                if a == b or overlap(self._sets[a], self._sets[b])
            ]
            waiting.extend(found[pair])
        return found

    # -- building ---------------------------------------------------------------------------------------------------

    def _sequence(self, items: Items) -> _Fragment:
        whole = _NOTHING
        for operation, argument in items:
            whole = self._then(whole, self._one(str(operation), argument))
        return whole

    def _one(self, name: str, argument: Any) -> _Fragment:
        ranges = characters(name, argument)
        if ranges is not None:
            return self._state(ranges)
        if name in _REPEATS:
            return self._repeated(*argument)
        if name == "SUBPATTERN":
            return self._sequence(argument[3])
        if name == "BRANCH":
            return self._either(argument[1])
        if name in _ATOMIC or name == "GROUPREF":
            return self._state(EVERYTHING)  # it has no backtracking: it matches in one way
        if name == "GROUPREF_EXISTS":
            return self._either([part or () for part in argument[1:]])
        return _NOTHING  # anchors and lookarounds

    def _state(self, ranges: Ranges) -> _Fragment:
        state = len(self._sets)
        if state == _MOST_STATES:
            raise _TooLarge
        self._sets.append(ranges)
        self._next.append({})
        return _Fragment(0, {state: 1}, {state: 1})

    def _link(self, last: Ways, first: Ways) -> None:
        for state, count in last.items():
            self._next[state] = _add(self._next[state], first, count)

    def _then(self, one: _Fragment, other: _Fragment) -> _Fragment:
        self._link(one.last, other.first)
        return _Fragment(
            min(2, one.empty * other.empty),
            _add(one.first, other.first, one.empty),
            _add(other.last, one.last, other.empty),
        )

    def _either(self, parts: Iterable[Items]) -> _Fragment:
        empty, first, last = 0, dict[int, int](), dict[int, int]()
        for part in parts:
            one = self._sequence(part)
            empty, first, last = min(2, empty + one.empty), _add(first, one.first), _add(last, one.last)
        return _Fragment(empty, first, last)

    def _repeated(self, least: int, most: int, body: Items) -> _Fragment:
        if most > _MANY and least != most:
            return self._repeat(self._sequence(body), least)
        whole = _NOTHING  # from the last to the first: each optional repetition contains the ones after it
        least, most = min(least, _MANY), min(most, _MANY)
        for _ in range(most - least):
            with_more = self._then(self._sequence(body), whole)
            whole = _Fragment(min(2, 1 + with_more.empty), with_more.first, with_more.last)
        for _ in range(least):
            whole = self._then(self._sequence(body), whole)
        return whole

    def _repeat(self, body: _Fragment, least: int) -> _Fragment:
        self._link(body.last, body.first)
        return _Fragment(1 if least == 0 else min(1, body.empty), body.first, body.last)


def _components(graph: Mapping[N, Sequence[N]]) -> dict[N, int]:
    """Return the strongly connected component of each node, by number."""
    back: dict[N, list[N]] = {node: [] for node in graph}
    for node, following in graph.items():
        for to in following:
            back[to].append(node)
    order: list[N] = []
    seen: set[N] = set()
    for root in graph:
        if root in seen:
            continue
        seen.add(root)
        stack = [(root, iter(graph[root]))]
        while stack:
            node, following_nodes = stack[-1]
            for to in following_nodes:
                if to not in seen:
                    seen.add(to)
                    stack.append((to, iter(graph[to])))
                    break
            else:
                order.append(node)
                stack.pop()
    component: dict[N, int] = {}
    for number, root in enumerate(reversed(order)):
        waiting = [root]
        while waiting:
            node = waiting.pop()
            if node not in component:
                component[node] = number
                waiting.extend(back[node])
    return component
