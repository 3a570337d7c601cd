"""`explore`: walk through a flow at random, and report each answer that no client can use."""

from __future__ import annotations

import random
from collections.abc import Collection, Iterator, Mapping
from typing import Any, Final

from stepdsl.core.json import UNSET
from stepdsl.core.messages import conversion_error, near, show
from stepdsl.errors import InvalidValueError
from stepdsl.model.step import Step
from stepdsl.testing.arguments import checked_with, values_by_path
from stepdsl.testing.exploration.calls import Call, Way
from stepdsl.testing.exploration.candidates import candidates
from stepdsl.testing.exploration.choosing import Choices, Situation
from stepdsl.testing.exploration.dead_ends import DeadEnds
from stepdsl.testing.exploration.faults import Exploration, ExplorationError, Fault
from stepdsl.testing.exploration.places import name_of, shown_step
from stepdsl.testing.exploration.running import begin, make, repeat
from stepdsl.testing.exploration.shortening import shortened
from stepdsl.testing.exploration.values import FieldValues
from stepdsl.testing.flows.client import FlowClient, check_start
from stepdsl.testing.flows.recording import flow_of
from stepdsl.testing.flows.state import SessionState

__all__ = ["explore"]

_LONGEST: Final = 60
"""The greatest number of moves of one session."""


def _client(value: Any) -> FlowClient:
    if not isinstance(value, FlowClient):
        raise conversion_error(f"expected a FlowClient, got {show(value)}; write explore(FlowClient(app), url)")
    return value


@checked_with({"FlowClient": _client, "Mapping[str, Any] | None": values_by_path})
def explore(
    client: FlowClient,
    url: str | Step,
    method: str = "GET",
    data: Any = UNSET,
    *,
    values: Mapping[str, Any] | None = None,
    moves: int = 300,
    seed: int = 0,
) -> Exploration:
    """Walk through a flow at random, as users do: fill, choose, press, search, poll, go back. Return what was seen.

    - `url`, `method`, `data`: the start of the flow, as `FlowClient.start` takes them.
    - `values`: what to enter in fields, by their paths, such as `{"account.iban": "DE89…"}`: values that only the
      server can check, or to walk through one part of a flow. A list, an object and a choice have their value as a
      whole.
    - `moves`: how many moves are made. Those that shorten the way to a fault are additional.
    - `seed`: another seed gives another walk. The same seed gives the same walk, if the server answers the same.

    A fault is an answer with a status of 500 or more, a broken rule of the protocol (if the client is strict), a
    mistake that `check` finds (if the client checks), a URL that the server does not have, a flow that fails, and a
    step that no move leaves. Raises ExplorationError, an AssertionError, with all faults, each with the shortest way
    to it. It needs the extra `stepdsl[testing]`.

    Raises InvalidValueError for an argument of a wrong type, and for a path in `values` at which no step had a field.
    """
    check_start("explore", url, method, data)
    if moves < 1:
        raise InvalidValueError("explore.moves", f"expected a positive integer, got {moves}")
    known = values or {}
    explorer = _Explorer(client, Call("start", (url,), _start_keywords(method, data)), known, seed)
    while explorer.moves < moves:
        explorer.walk(moves)
    name = name_of(url) if isinstance(url, Step) else url
    found = Exploration(name, explorer.moves, tuple(explorer.steps), explorer.finished, tuple(explorer.shortened()))
    if found.faults:
        raise ExplorationError(found)
    for path in known:
        if path not in explorer.paths:
            raise InvalidValueError(
                "explore.values", f"no step has shown a field {show(path)}{near(path, list(explorer.paths))}"
            )
    return found


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
        self._choices = Choices(self._chance)
        self._dead_ends = DeadEnds()

    @property
    def paths(self) -> Collection[str]:
        """The paths of the fields that were shown, as far as values can be entered in them."""
        return self._values.paths.keys()

    def walk(self, most: int) -> None:
        """Make the moves of one session, up to a fault or the end of the flow."""
        way: Way = (self._start,)
        self.moves += 1
        session, fault = begin(self._client, self._start)
        entered = ""
        while fault is None and session is not None and session.state is SessionState.OPEN:
            before = shown_step(session)
            if before is not None:
                self.steps[name_of(before)] = None
            possible = candidates(flow_of(session), self._values, self._chance)
            chosen = self._choices.choose(Situation.of(session, entered), possible)
            if chosen is None or self.moves >= most or len(way) >= _LONGEST:
                return
            self.moves += 1
            way = (*way, chosen.call)
            fault = make(session, chosen.call) or self._dead_ends.fault_of(session, before, chosen)
            if chosen.call.fills:
                entered = chosen.kind
            if shown_step(session) is not before:
                entered = ""
        if session is not None and session.state is SessionState.FINISHED:
            self.finished += 1
        if fault is not None and not any(map(fault.is_same, self.faults)):
            self.faults.append(fault.after(way))

    def shortened(self) -> Iterator[Fault]:
        """Yield the faults, each with the shortest way to it that was found."""
        for fault in self.faults:
            yield shortened(fault, lambda way: repeat(self._client, way), self._values.simplest)
