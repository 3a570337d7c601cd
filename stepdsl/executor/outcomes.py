"""How a run can end, and the log of what was requested on the way."""

from __future__ import annotations

from enum import Enum
from typing import Any, TypeAlias

from attrs import field, frozen

from stepdsl.core.json import UNSET
from stepdsl.model.responses import ErrorResponseBody
from stepdsl.model.step import Step
from stepdsl.model.unions import Behavior

__all__ = ["Attempt", "Cancelled", "Exited", "Failed", "NextStep", "Outcome", "Trigger", "Unhandled"]


class Trigger(str, Enum):
    """What ended the polling."""

    PROGRESS = "progress"
    """A polling answer moved the flow on."""
    STATUS = "status"
    """A polling answer had a status of 400 or more, so `on_error` was performed."""
    EXHAUSTED = "exhausted"
    """The attempts were used up, so `on_error` was performed."""
    MISMATCH = "mismatch"
    """The body of a polling answer did not fit what it claimed to be, so `on_error` was performed."""
    CANCELLED = "cancelled"
    """`PollingExecutor.cancel` was called."""


@frozen(kw_only=True)
class Attempt:
    """One polling request and what came of it. Exactly one of `status` and `error` is set."""

    number: int
    """Counts from 1."""
    at: float
    """When the request started: the absolute reading of the executor's clock (`monotonic()`), in seconds."""
    status: int | None = None
    """HTTP status of the answer, the last one if it was redirected; None if no whole answer came."""
    error: str | None = None
    """Why no whole answer came; None if one did."""


@frozen(kw_only=True)
class _Ended:
    """What every outcome tells beside its own result."""

    trigger: Trigger
    """What ended the polling. Stays what it was while `on_error` or an answer's action is performed."""
    attempts: tuple[Attempt, ...] = ()
    """All polling requests in order. Requests of actions are not among them."""


@frozen
class NextStep(_Ended):
    """The flow goes on with another step."""

    step: Step
    """The step to show next."""


@frozen
class Exited(_Ended):
    """The flow has ended."""

    result: Any = UNSET
    """Result of the flow: JSON, the caller's own copy. None is JSON null, `UNSET` means that there is no result."""


@frozen
class Failed(_Ended):
    """An action could not be performed."""

    status: int | None
    """HTTP status of the answer to the action's request; None if no answer came or nothing was requested."""
    body: ErrorResponseBody | None
    """What the server said about the error, if its status was outside 200 to 299 and its body says anything."""
    reason: str
    """What went wrong, for people to read."""


@frozen
class Unhandled(_Ended):
    """A behavior is due that only the caller can perform: anything but an action."""

    behavior: Behavior
    """The behavior to perform, such as a link to open."""


@frozen
class Cancelled(_Ended):
    """The run was cancelled."""

    trigger: Trigger = field(default=Trigger.CANCELLED, kw_only=True)
    """Always `Trigger.CANCELLED`."""


Outcome: TypeAlias = NextStep | Exited | Failed | Unhandled | Cancelled
"""What `PollingExecutor.run` returns. As a union it lets a type checker see whether a `match` covers every case."""
