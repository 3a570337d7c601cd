"""Dead ends: steps that are shown again after each submission, and that no move leaves."""

from __future__ import annotations

from collections import Counter
from typing import Final

from stepdsl.model.step import Step
from stepdsl.testing.exploration.calls import Candidate
from stepdsl.testing.exploration.faults import Fault
from stepdsl.testing.exploration.places import place_of, without_values
from stepdsl.testing.flows.session import FlowSession
from stepdsl.testing.flows.state import SessionState

__all__ = ["DeadEnds", "fault_of_same_step"]

_STAYS: Final = 5
"""So many accepted submissions that show the same step again are a dead end, if no move leaves the step."""


class DeadEnds:
    """How often each step was shown again, and which steps were left, in all sessions."""

    def __init__(self) -> None:
        """Begin without moves."""
        self._stays: Counter[Step] = Counter()
        self._left: set[Step] = set()

    def fault_of(self, session: FlowSession, before: Step | None, made: Candidate) -> Fault | None:
        """Count a move that was made at the step `before`. Return the fault if no move seems to leave this step."""
        if before is None:
            return None
        here = without_values(before)
        fault = fault_of_same_step(session, before)
        is_left = session.state is not SessionState.OPEN or without_values(session.step) != here
        if is_left and (made.goes_on or made.call.name != "back"):
            self._left.add(here)
        if fault is None:
            return None
        self._stays[here] += 1
        return fault if self._stays[here] >= _STAYS and here not in self._left else None


def fault_of_same_step(session: FlowSession, before: Step | None) -> Fault | None:
    """Return a fault if the last move was a submission that was accepted, but shows the same step again."""
    if before is None or session.state is not SessionState.OPEN or session.step is before or session.errors:
        return None
    if session.exchanges[-1].purpose != "submit" or without_values(session.step) != without_values(before):
        return None
    reason = "each submission shows the same step again"
    return Fault("dead-end", f"{place_of(session)}: {reason}", str(session.failure(reason)))
