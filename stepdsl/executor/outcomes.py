"""The possible outcomes of a run, and the log of its polling requests."""

from __future__ import annotations

from enum import StrEnum
from typing import Any, TypeAlias

from attrs import field, frozen

from stepdsl.core.json import UNSET
from stepdsl.model.responses import ErrorResponseBody
from stepdsl.model.step import Step
from stepdsl.model.unions import Behavior

__all__ = ["Attempt", "Cancelled", "Exited", "Failed", "NextStep", "Outcome", "Trigger", "Unhandled"]


class Trigger(StrEnum):
    """What ended the polling."""

    PROGRESS = "progress"
    """A polling answer contained the next step, the end of the flow, or an action."""
    STATUS = "status"
    """A polling answer had a status of 400 or more, so `on_error` was performed."""
    EXHAUSTED = "exhausted"
    """All attempts were made without a result, so `on_error` was performed."""
    MISMATCH = "mismatch"
    """The body of a polling answer did not match its response type, so `on_error` was performed."""
    CANCELLED = "cancelled"
    """`PollingExecutor.cancel` was called."""


@frozen(kw_only=True)
class Attempt:
    """One polling request and its result. Exactly one of `status` and `error` is set."""

    number: int
    """The number of the request. The first is 1."""
    at: float
    """The start time of the request: the value of `monotonic()` of the executor's clock, in seconds."""
    status: int | None = None
    """HTTP status of the answer; after redirects, of the last answer. None if there was no complete answer."""
    error: str | None = None
    """Why there was no complete answer; None if there was one."""


@frozen(kw_only=True)
class _Ended:
    """The attributes that all outcomes have."""

    trigger: Trigger
    """What ended the polling. The actions that are performed after the polling do not change it."""
    attempts: tuple[Attempt, ...] = ()
    """The polling requests in order: all of them, or the last 10,000. The requests of actions are not included."""


@frozen
class NextStep(_Ended):
    """The flow continues with another step."""

    step: Step
    """The step to show next."""


@frozen
class Exited(_Ended):
    """The flow has ended."""

    result: Any = UNSET
    """Result of the flow: JSON, a copy for the caller. None is JSON null. `UNSET` means that there is no result."""


@frozen
class Failed(_Ended):
    """An action could not be performed."""

    status: int | None
    """HTTP status of the answer to the action's request; None if there was no answer or no request."""
    body: ErrorResponseBody | None
    """The error body of the answer, if the status was outside 200 to 299 and the body is an error body; else None."""
    reason: str
    """What went wrong: a text for people."""


@frozen
class Unhandled(_Ended):
    """The next behavior is not an action. Only the caller can perform it."""

    behavior: Behavior
    """The behavior to perform, such as a link to open."""


@frozen
class Cancelled(_Ended):
    """The run was cancelled."""

    trigger: Trigger = field(default=Trigger.CANCELLED, kw_only=True)
    """Always `Trigger.CANCELLED`."""


Outcome: TypeAlias = NextStep | Exited | Failed | Unhandled | Cancelled
"""The return type of `PollingExecutor.run`. It is a union, so a type checker can check that a `match` is complete."""
