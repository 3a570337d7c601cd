"""Finds expressions whose matching can take exponential time, or a high power of the length of the text.

A client with backtracking tries all ways to match before it reports a failure. For each repeat, this module builds a
Glushkov automaton: a state for each character of the repeat, and for each pair of states the number of ways from one to
the other. The time can be exponential if some text leads from a state back to the same state in two ways.

For the whole expression, it counts the repeats in a row that can share the same text, one character again and again.
With four of them a client tries the fourth power of the length of the text.

Lookarounds match the empty text in the automaton. So a repeat can be reported although a lookaround limits the ways.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from typing import Any, Final, NamedTuple, TypeAlias, TypeVar

from stepdsl.checking.regex.charsets import characters
from stepdsl.validation.ecma.charsets import EVERYTHING, Ranges, contains, overlap

__all__ = ["Slowness", "slowness"]

_MANY: Final = 16
"""A repeat with a greater maximum counts as a repeat without a maximum."""
_MOST_STATES: Final = 300
"""The greatest number of states of an automaton."""
_MOST_EDGES: Final = 100_000
"""The greatest number of edges between pairs of states. Larger automata are not examined, to limit the time."""
_MOST_OPERATIONS: Final = 2_000
"""The greatest number of operations of which an automaton is made, with the repeated ones."""
_MOST_LINKS: Final = 30_000
"""The greatest number of edges that are added, or looked at, for one automaton."""
_LONG: Final = 100
"""A repeat with a greater maximum counts as a repeat in a row: it can match most of a text."""
_ROW: Final = 4
"""The minimum number of repeats in a row that is reported. Two hundred characters then take seconds in a browser."""

_MANY_WAYS: Final = "a repeat can match the same text in many ways"
_PREFIX: Final = "one alternative inside a repeat begins like another"

_REPEATS: Final = ("MAX_REPEAT", "MIN_REPEAT")
_ATOMIC: Final = ("ATOMIC_GROUP", "POSSESSIVE_REPEAT")

Items: TypeAlias = Iterable[tuple[Any, Any]]
Ways: TypeAlias = dict[int, int]
N = TypeVar("N", bound=Hashable)


class _TooLarge(Exception):
    """Internal: the automaton would have too many states or edges."""


class Slowness(NamedTuple):
    """How long matching an expression can take."""

    exponential: str | None = None
    """Why it can take exponential time; None if it cannot, or if this is not known."""
    row: int = 0
    """The number of repeats in a row that can share the same text; 0 if there are few."""
    is_known: bool = True
    """Whether the whole expression was examined. Otherwise a part of it is too large."""


def slowness(parsed: Items, split: Items) -> Slowness:
    """Return how long matching an expression can take.

    `parsed` is the parsed expression. `split` is the same expression, with alternatives that the parser has not
    combined: neither single characters to a set, nor equal beginnings to one.
    """
    is_known = True
    for body, least in _loops(split):
        if len(body) == 1 and characters(str(body[0][0]), body[0][1]) is not None:
            continue
        try:
            if _Automaton.of_repeat(body, least).is_ambiguous():
                has_prefix = any(_has_prefix(body) for body, _ in _loops(parsed))
                return Slowness(_PREFIX if has_prefix else _MANY_WAYS)
        except _TooLarge:
            is_known = False
    row = 0
    if _long_repeats(parsed) + 1 >= _ROW:  # with the beginning, which can be anywhere
        try:
            row = _Automaton.of_whole(parsed).row()
        except _TooLarge:
            is_known = False
    return Slowness(row=row if row >= _ROW else 0, is_known=is_known)


def _long_repeats(items: Items) -> int:
    """Return how many repeats can match most of a text, with the copies of those in other repeats."""
    found = 0
    for operation, argument in items:
        name = str(operation)
        if name in _REPEATS and argument[1] > _LONG:
            found += 1
        times = min(argument[1], _MANY) if name in _REPEATS else 1
        found += times * sum(map(_long_repeats, _parts(name, argument)))
    return found


def _is_anchored(items: Items) -> bool:
    """Return whether each match begins at the beginning of the text."""
    for operation, argument in items:
        match str(operation):
            case "AT":
                return str(argument) in ("AT_BEGINNING", "AT_BEGINNING_STRING")
            case "SUBPATTERN":
                return _is_anchored(argument[3])
            case "BRANCH":
                return all(map(_is_anchored, argument[1]))
            case "ASSERT" | "ASSERT_NOT":
                continue
            case _:
                return False
    return False


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
    """The automaton of one repeat, or of a whole expression."""

    def __init__(self) -> None:
        self._sets: list[Ranges] = []
        self._next: list[Ways] = []
        self._long: set[int] = set()
        """The states of the repeats that can match most of a text."""
        self._operations = 0
        self._links = 0

    @classmethod
    def of_repeat(cls, body: Items, least: int) -> _Automaton:
        """Return the automaton of a repeat."""
        made = cls()
        made._repeat(made._sequence(body), least)
        return made

    @classmethod
    def of_whole(cls, items: Items) -> _Automaton:
        """Return the automaton of an expression. It begins with any text, if a match can begin anywhere."""
        made = cls()
        items = list(items)
        before = _NOTHING
        if not _is_anchored(items):
            before = made._repeat(made._state(EVERYTHING), 0)
            made._long.add(0)
        made._then(before, made._sequence(items))
        return made

    def row(self) -> int:
        """Return the greatest number of repeats in a row that can share a text: one character again and again."""
        most = 0
        if len(self._long) < _ROW:
            return most
        lows = sorted({low for ranges in self._sets for low, _ in ranges})
        for code in lows:
            states = [state for state, ranges in enumerate(self._sets) if contains(ranges, code)]
            if len(self._long.intersection(states)) >= _ROW:
                most = max(most, self._row_of(set(states)))
        return most

    def _row_of(self, states: set[int]) -> int:
        """Return the number of repeats in a row among these states, which all match the same character."""
        graph = {state: [to for to in self._next[state] if to in states] for state in states}
        self._count(links=sum(map(len, graph.values())) + len(states))
        component = _components(graph)
        members: dict[int, list[int]] = {}
        for state, number in component.items():
            members.setdefault(number, []).append(state)
        longest = dict.fromkeys(members, 0)
        for number in sorted(members):  # in the order of the graph: a component comes before those that it leads to
            own = members[number]
            is_loop = len(own) > 1 or own[0] in graph[own[0]]
            longest[number] += is_loop and not self._long.isdisjoint(own)
            for state in own:
                for to in graph[state]:
                    if component[to] != number:
                        longest[component[to]] = max(longest[component[to]], longest[number])
        return max(longest.values())

    def _count(self, *, operations: int = 0, links: int = 0) -> None:
        self._operations += operations
        self._links += links
        if self._operations > _MOST_OPERATIONS or self._links > _MOST_LINKS:
            raise _TooLarge

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
        self._count(operations=1)
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
        self._count(links=len(last) * len(first))
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
            before = len(self._sets)
            whole = self._repeat(self._sequence(body), least)
            if most > _LONG:
                self._long.update(range(before, len(self._sets)))
            return whole
        whole = _NOTHING  # from the last to the first: each optional repetition contains the ones after it
        least, most = min(least, _MANY), min(most, _MANY)
        for _ in range(most - least):
            self._count(operations=1)
            with_more = self._then(self._sequence(body), whole)
            whole = _Fragment(min(2, 1 + with_more.empty), with_more.first, with_more.last)
        for _ in range(least):
            self._count(operations=1)
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
