"""`explore`: walk through a flow at random, and report each answer that no client can use."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Collection, Mapping
from typing import Any, Final

from attrs import evolve

from stepdsl.core.json import UNSET
from stepdsl.core.messages import near, show
from stepdsl.errors import InvalidValueError
from stepdsl.model.step import Step
from stepdsl.testing.exploration.calls import Call, Way
from stepdsl.testing.exploration.candidates import Candidate, candidates
from stepdsl.testing.exploration.faults import (
    Exploration,
    ExplorationError,
    Fault,
    fault_of_error,
    fault_of_exchanges,
)
from stepdsl.testing.exploration.shortening import shorten
from stepdsl.testing.exploration.values import FieldValues
from stepdsl.testing.flows.client import FlowClient
from stepdsl.testing.flows.recording import flow_of
from stepdsl.testing.flows.session import FlowSession
from stepdsl.testing.flows.state import SessionState

__all__ = ["explore"]

_LONGEST: Final = 60
"""The greatest number of moves of one session."""
_SIDE_MOVES: Final = 2
"""How often a move that does not go on is made at one step."""
_FILLING: Final = frozenset(("fill", "upload", "add_item", "remove_item"))
"""The moves that fill the form."""
_READY: Final = 0.8
"""How often a form that is filled and valid is left. Another form is filled as often."""
_MOST_REPEATS: Final = 2_000
"""The number of moves that may be spent to look for the shortest way to one fault."""
_STAYS: Final = 5
"""So many accepted submissions that show the same step again are a dead end, if no move leaves the step."""


def explore(
    client: FlowClient,
    url: str,
    method: str = "GET",
    data: Any = UNSET,
    *,
    values: Mapping[str, Any] | None = None,
    moves: int = 300,
    seed: int = 0,
) -> Exploration:
    """Walk through a flow at random, as users do: fill, choose, press, search, poll, go back. Return what was seen.

    - `url`, `method`, `data`: the start of the flow, as `FlowClient.start` takes them.
    - `values`: what to enter in fields whose values cannot be guessed, by path, such as `{"account.iban": "DE89…"}`.
    - `moves`: how many moves are made. Those that shorten the way to a fault are additional.
    - `seed`: another seed gives another walk. The same seed gives the same walk, if the server answers the same.

    A fault is an answer with a status of 500 or more, a broken rule of the protocol (if the client is strict), a
    mistake that `check` finds (if the client checks), a URL that the server does not have, a flow that fails, and a
    step that no move leaves. Raises ExplorationError, an AssertionError, with all faults, each with the shortest way
    to it. It needs the extra `stepdsl[testing]`.

    Raises InvalidValueError for an argument of a wrong type, and for a path in `values` at which no step had a field.
    """
    _check(client, values, moves)
    explorer = _Explorer(client, Call("start", (url,), _start_keywords(method, data)), dict(values or {}), seed)
    while explorer.moves < moves:
        explorer.walk(moves)
    found = Exploration(
        url, explorer.moves, tuple(explorer.steps), explorer.finished, tuple(map(explorer.shortened, explorer.faults))
    )
    if found.faults:
        raise ExplorationError(found)
    for path in values or {}:
        if path not in explorer.paths:
            raise InvalidValueError(
                "explore.values", f"no step has shown a field {show(path)}{near(path, list(explorer.paths))}"
            )
    return found


def _check(client: object, values: object, moves: object) -> None:
    if not isinstance(client, FlowClient):
        raise InvalidValueError(
            "explore.client", f"expected a FlowClient, got {show(client)}; write explore(FlowClient(app), url)"
        )
    if not isinstance(moves, int) or moves < 1:
        raise InvalidValueError("explore.moves", f"expected a positive integer, got {show(moves)}")
    if values is not None and not isinstance(values, Mapping):
        raise InvalidValueError("explore.values", f"expected a mapping of paths to values, got {show(values)}")


def _start_keywords(method: str, data: Any) -> dict[str, Any]:
    keywords: dict[str, Any] = {} if method == "GET" else {"method": method}
    return keywords if data is UNSET else {**keywords, "data": data}


class _Explorer:
    """The walks through one flow."""

    def __init__(self, client: FlowClient, start: Call, known: Mapping[str, Any], seed: int) -> None:
        """Take the client, the first move, the values that are known, and the seed."""
        self.moves = 0
        self.steps: dict[str, None] = {}
        self.finished = 0
        self.faults: list[Fault] = []
        self._client = client
        self._start = start
        self._values = FieldValues(seed, known)
        self._chance = random.Random(seed)
        self._made: Counter[tuple[str, ...]] = Counter()
        self._stays: Counter[Step] = Counter()
        self._left: set[Step] = set()

    @property
    def paths(self) -> Collection[str]:
        """The paths of the fields that took a value."""
        return self._values.simplest.keys()

    def walk(self, most: int) -> None:
        """Make the moves of one session, up to a fault or the end of the flow."""
        way: Way = (self._start,)
        self.moves += 1
        session, fault = self._begin()
        entered = ""
        while fault is None and session is not None and session.state is SessionState.OPEN:
            before = _shown(session)
            if before is not None:
                self.steps[_name(before)] = None
            chosen = self._choose(session, entered)
            if chosen is None or self.moves >= most or len(way) >= _LONGEST:
                return
            self.moves += 1
            way = (*way, chosen.call)
            fault = _make(session, chosen.call) or self._stayed(session, before, chosen)
            if chosen.call.name not in ("search", "poll", "refresh", "press"):
                entered = chosen.kind
            if _shown(session) is not before:
                entered = ""
        if session is not None and session.state is SessionState.FINISHED:
            self.finished += 1
        if fault is not None and not any(map(fault.is_same, self.faults)):
            self.faults.append(fault.after(way))

    def _begin(self) -> tuple[FlowSession | None, Fault | None]:
        """Start a session. Return it, or the fault of the first answer."""
        start = self._start
        try:
            session = self._client.start(*start.arguments, **start.keywords)
        except AssertionError as error:
            fault = fault_of_error(error, str(start))
            assert fault is not None, "each start is possible"
            return None, fault
        return session, fault_of_exchanges(session, session.exchanges) or _failed(session, start)

    def _choose(self, session: FlowSession, entered: str) -> Candidate | None:
        """Return one of the moves that were made least often in this situation; None if there are none."""
        flow = flow_of(session)
        screen = flow.state.screen
        place = _place(session) if screen is None else f"{_place(session)} {screen.form.names()}"
        possible = [
            one
            for one in candidates(flow, self._values, self._chance)
            if one.goes_on or self._made[place, one.kind] < _SIDE_MOVES
        ]
        filling = [one for one in possible if one.call.name in _FILLING]
        others = [one for one in possible if one.call.name not in _FILLING]
        if filling and others:
            is_ready = bool(entered) and not flow.screen.form.problems()
            possible = others if self._chance.random() < (_READY if is_ready else 1 - _READY) else filling
        counted = [((self._made[place, entered, one.kind], self._made[place, one.kind]), one) for one in possible]
        least = min((count for count, _ in counted), default=None)
        if least is None:
            return None
        chosen = self._chance.choice([one for count, one in counted if count == least])
        self._made[place, entered, chosen.kind] += 1
        self._made[place, chosen.kind] += 1
        return chosen

    def _stayed(self, session: FlowSession, before: Step | None, made: Candidate) -> Fault | None:
        """Count the submissions that show the same step again. Return the fault if no move seems to leave it."""
        if before is None:
            return None
        here = _without_values(before)
        fault = _shown_again(session, before)
        is_left = session.state is not SessionState.OPEN or _without_values(session.step) != here
        if is_left and (made.goes_on or made.call.name != "back"):
            self._left.add(here)
        if fault is None:
            return None
        self._stays[here] += 1
        return fault if self._stays[here] >= _STAYS and here not in self._left else None

    def shortened(self, fault: Fault) -> Fault:
        """Return a fault with the shortest way to it that was found."""
        left = [_MOST_REPEATS]
        last: list[Fault] = [fault]

        def occurs(way: Way) -> bool:
            left[0] -= len(way)
            found = self._repeat(way) if left[0] > 0 else None
            if not fault.is_same(found):
                return False
            assert found is not None
            last[0] = found.after(way)
            return True

        if not occurs(fault.way):
            return evolve(fault, again=False)
        shorten(fault.way, occurs, self._values.simplest)
        return last[0]

    def _repeat(self, way: Way) -> Fault | None:
        """Make the moves of a way. Return the fault of the last one; None if there is none, or one before."""
        session, fault = self._begin()
        again: Fault | None = None
        for call in way[1:]:
            if fault is not None or session is None or session.state is not SessionState.OPEN:
                return None
            before = _shown(session)
            fault = _make(session, call)
            again = _shown_again(session, before)
        return fault or again


def _make(session: FlowSession, call: Call) -> Fault | None:
    """Make a move. Return the fault that it shows."""
    before, place = len(session.exchanges), _place(session)
    try:
        call.on(session)
    except AssertionError as error:
        fault = fault_of_error(error, place, session.exchanges[before:])
        if fault is not None:
            return fault
    return fault_of_exchanges(session, session.exchanges[before:]) or _failed(session, call)


def _failed(session: FlowSession, call: Call) -> Fault | None:
    """Return a fault if the flow has failed, except after a subflow that failed: the documentation says so."""
    if session.state is not SessionState.FAILED or call.name == "fail_subflow":
        return None
    reason = f"the flow fails: {session.errors.message}"
    return Fault("failed-flow", _place(session), str(session.failure(reason)))


def _shown(session: FlowSession) -> Step | None:
    """Return the step that is shown; None before the first one."""
    screen = flow_of(session).state.screen
    return None if screen is None else screen.step


def _shown_again(session: FlowSession, before: Step | None) -> Fault | None:
    """Return a fault if the last move was a submission that was accepted, but shows the same step again."""
    if before is None or session.state is not SessionState.OPEN or session.step is before or session.errors:
        return None
    if session.exchanges[-1].purpose != "submit" or _without_values(session.step) != _without_values(before):
        return None
    reason = "each submission shows the same step again"
    return Fault("dead-end", f"{_place(session)}: {reason}", str(session.failure(reason)))


def _place(session: FlowSession) -> str:
    """Return what the user sees: the step, and what is over it."""
    screen = flow_of(session).state.screen
    shown = ["no step"] if screen is None else [f"step {_name(screen.step)}"]
    shown += ["modal"] if screen is not None and screen.modals else []
    shown += ["subflow"] if session.subflow is not None else []
    shown += ["failed refresh"] if screen is not None and screen.is_invalid else []
    return " with ".join(shown)


def _name(step: Step) -> str:
    return step.id or step.title or "without id"


def _without_values(step: Any) -> Step:
    """Return a step without the values of its form."""
    found: Step = evolve(step, model=UNSET)
    return found
