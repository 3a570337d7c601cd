"""Make the moves of a walk, and look for a fault after each one."""

from __future__ import annotations

from stepdsl.testing.exploration.calls import Call, Way
from stepdsl.testing.exploration.dead_ends import fault_of_same_step
from stepdsl.testing.exploration.faults import Fault, fault_of_error, fault_of_exchanges
from stepdsl.testing.exploration.places import place_of, shown_step
from stepdsl.testing.flows.client import FlowClient
from stepdsl.testing.flows.session import FlowSession
from stepdsl.testing.flows.state import SessionState

__all__ = ["begin", "make", "repeat"]


def begin(client: FlowClient, start: Call) -> tuple[FlowSession | None, Fault | None]:
    """Start a session. Return it, or the fault of the first answer."""
    try:
        session = client.start(*start.arguments, **start.keywords)
    except AssertionError as error:
        fault = fault_of_error(error, str(start))
        assert fault is not None, "each start is possible"
        return None, fault
    return session, fault_of_exchanges(session, session.exchanges) or _fault_of_state(session, start)


def make(session: FlowSession, call: Call) -> Fault | None:
    """Make a move. Return the fault that it shows."""
    before, place = len(session.exchanges), place_of(session)
    try:
        call.on(session)
    except AssertionError as error:
        fault = fault_of_error(error, place, session.exchanges[before:])
        if fault is not None:
            return fault
    return fault_of_exchanges(session, session.exchanges[before:]) or _fault_of_state(session, call)


def repeat(client: FlowClient, way: Way) -> Fault | None:
    """Make the moves of a way. Return the fault of the last one; None if there is none, or one before."""
    start, *moves = way
    session, fault = begin(client, start)
    again: Fault | None = None
    for call in moves:
        if fault is not None or session is None or session.state is not SessionState.OPEN:
            return None
        before = shown_step(session)
        fault = make(session, call)
        again = fault_of_same_step(session, before)
    return fault or again


def _fault_of_state(session: FlowSession, call: Call) -> Fault | None:
    """Return a fault if the flow has failed, except after `fail_subflow`: the documentation describes this failure."""
    if session.state is not SessionState.FAILED or call.name == "fail_subflow":
        return None
    reason = f"the flow fails: {session.errors.message}"
    return Fault("failed-flow", place_of(session), str(session.failure(reason)))
