"""What a walk has found: answers that no client can use, each with the shortest way to it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final
from urllib.parse import urlsplit

from attrs import evolve, frozen

from stepdsl.core.messages import counted
from stepdsl.testing.errors import ApplicationError
from stepdsl.testing.exploration.calls import Way
from stepdsl.testing.flows.errors import CheckFailedError
from stepdsl.testing.flows.exchanges import Exchange
from stepdsl.testing.flows.session import FlowSession
from stepdsl.testing.flows.violations import ProtocolViolationError

__all__ = ["Exploration", "ExplorationError", "Fault", "fault_of_error", "fault_of_exchanges"]

_NOT_THERE: Final = (404, 405, 410)
"""The statuses of a URL that a step has, but the server does not."""


@frozen
class Fault:
    """A fault of a server."""

    code: str
    """`server-error`, `no-answer`, `dead-end`, `failed-flow`, `check`, or the code of a rule of the protocol."""
    where: str
    """The request or the step that has the fault. With `code`, it distinguishes faults."""
    report: str
    """What is wrong, the step, the last request and the last answer, as text."""
    way: Way = ()
    """The moves that lead to it: as few as possible. The first one is `start`."""
    again: bool = True
    """Whether the fault occurred again when the moves were repeated."""

    def after(self, way: Way) -> Fault:
        """Return the fault with the moves that lead to it."""
        return evolve(self, way=way)

    def is_same(self, other: Fault | None) -> bool:
        """Return whether another fault has the same code at the same place."""
        return other is not None and (self.code, self.where) == (other.code, other.where)

    def __str__(self) -> str:
        first, *more = map(str, self.way)
        lines = [f"{self.code}: {self.where}", f"    session = client.{first}"]
        lines += [f"    session.{one}" for one in more]
        if not self.again:
            lines.append("    (It did not occur again when these moves were repeated.)")
        return "\n".join([*lines, "", self.report])


@frozen
class Exploration:
    """What a walk has seen."""

    url: str
    """The URL of the first step."""
    moves: int
    """The number of moves. Those that look for the shortest way to a fault do not count."""
    steps: tuple[str, ...]
    """The ids of the steps that were shown, in order; of a step without an id the title."""
    finished: int
    """How many sessions have ended with success."""
    faults: tuple[Fault, ...] = ()
    """The faults, each one once."""

    def __str__(self) -> str:
        count = counted(len(self.faults), "fault")
        seen = f"{self.moves} moves, steps: {', '.join(self.steps) or 'none'}; finished: {self.finished}"
        parts = [f"explore: {count} in the flow of {self.url!r} ({seen})"]
        parts += [f"{number}. {fault}" for number, fault in enumerate(self.faults, 1)]
        return "\n\n".join(parts)


class ExplorationError(AssertionError):
    """A walk has found faults. The text has all of them, each with the moves that lead to it."""

    def __init__(self, exploration: Exploration) -> None:
        """Take what the walk has seen."""
        super().__init__(exploration)
        self.exploration: Exploration = exploration
        """What the walk has seen, with the faults."""

    def __str__(self) -> str:
        return str(self.exploration)


def fault_of_error(error: AssertionError, place: str, exchanges: Sequence[Exchange] = ()) -> Fault | None:
    """Return the fault that an error of a move at a step reports; None if the screen only did not allow the move.

    `exchanges` are those of the move.
    """
    match error:
        case ProtocolViolationError():
            return Fault(error.code, place, str(error))
        case CheckFailedError():
            return Fault("check", place, str(error))
        case ApplicationError():
            failing = next((one for one in exchanges if one.error is not None), None)
            where, cause = place if failing is None else _request(failing), error.__cause__
            what = "has no valid answer" if isinstance(cause, ApplicationError) else f"raises {type(cause).__name__}"
            return Fault("server-error", f"{where} {what}", str(error))
        case _ if type(error) is AssertionError:
            return None
        case _:
            raise error


def fault_of_exchanges(session: FlowSession, exchanges: Sequence[Exchange]) -> Fault | None:
    """Return the fault of the first answer that shows one; None if all are usable."""
    for exchange in exchanges:
        request = _request(exchange)
        status = None if exchange.response is None else exchange.response.status
        if status is None:
            code, reason = "no-answer", f"{request} has no answer"
        elif status >= 500:
            code, reason = "server-error", f"{request} is answered with {status}"
        elif exchange.raised_after is not None:
            code, reason = "server-error", f"{request} raises {type(exchange.raised_after).__name__} after its answer"
        elif status in _NOT_THERE:
            code, reason = "dead-end", f"{request} is answered with {status}"
        else:
            continue
        return Fault(code, reason, str(session.failure(reason)))
    return None


def _request(exchange: Exchange) -> str:
    """Return a request without what differs from one to the next."""
    return f"{exchange.request.method} {urlsplit(exchange.request.url).path}"
