"""Rules for steps that wait: polling, and external pages."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Any, Final

from stepdsl.checking.findings import Severity
from stepdsl.checking.rule import rule
from stepdsl.checking.walk import Problem, Walk
from stepdsl.model.features import External, Polling

_HOUR: Final = 3600
_ON_ERROR: Final = {"action": {"exit": True}}


def _polling(**properties: Any) -> dict[str, Any]:
    return {"polling": {"url": "/status", **properties, "onError": _ON_ERROR}}


@rule(
    "interval-and-delay",
    Severity.WARNING,
    "Polling has an interval or a delay, not both.",
    why="`interval` is the time from one request to the next request. `delay` is the time from a response to the next "
    "request. In the latest documentation, `delay` replaces `interval`. If both are given, clients behave "
    "differently.",
    failing=_polling(interval=5, delay=5, maxAttempts=100),
    passing=_polling(delay=5, maxAttempts=100),
    on=(Polling,),
    given=("delay",),
)
def _interval_and_delay(_: int, at: Walk) -> Iterator[Problem]:
    if "interval" in at.owner.__dict__:
        yield Problem(
            "polling has both interval and delay", "keep delay, or interval for clients of the core generation"
        )


@rule(
    "polling-too-long",
    Severity.WARNING,
    "Polling ends within an hour.",
    why="The user leaves the screen much earlier, but each open client continues to send requests.",
    failing=_polling(delay=5, maxAttempts=1000),
    passing=_polling(delay=5, maxAttempts=100),
    on=(Polling,),
)
def _polling_too_long(polling: Polling, _: Walk) -> Iterator[Problem]:
    pause = polling.interval if polling.delay is None else polling.delay
    assert pause is not None, "one of the two is always given"
    attempts = polling.max_attempts
    seconds = max(0, attempts - 1) * max(0, pause)
    if seconds > _HOUR:
        yield Problem(
            f"{attempts} requests, {pause} seconds apart, take {math.ceil(seconds / 60):,} minutes",
            "ask less often, or give up earlier",
        )


@rule(
    "external-without-return",
    Severity.WARNING,
    "A step that opens an external page can continue after it.",
    why="While the user is on the external page, polling or a link handler detects that the user has finished there. "
    "Without either, the step waits until the user comes back and does something.",
    failing={"external": {"url": "https://bank.example/approve"}},
    passing={
        "external": {"url": "https://bank.example/approve"},
        **_polling(delay=5, maxAttempts=100),
    },
    on=(External,),
)
def _external_without_return(_: External, at: Walk) -> Iterator[Problem]:
    if at.step.polling is None and not at.step.link_handlers:
        yield Problem("the step has neither polling nor linkHandlers", "add one of them, so that it goes on by itself")
