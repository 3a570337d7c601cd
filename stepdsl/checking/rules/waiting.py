"""Rules for steps that wait: polling, and external pages."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Any, Final

from stepdsl.checking.findings import Severity
from stepdsl.checking.rule import rule
from stepdsl.checking.walk import Problem, Walk
from stepdsl.core.messages import show
from stepdsl.model.actions import Action
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
            "give a longer interval or delay, or fewer attempts",
        )


@rule(
    "polling-without-attempts",
    Severity.ERROR,
    "Polling has at least one attempt.",
    why="`maxAttempts` is the number of requests before `onError`. Without attempts, polling fails at once.",
    failing=_polling(delay=5, maxAttempts=0),
    passing=_polling(delay=5, maxAttempts=100),
    on=(Polling,),
    given=("max_attempts",),
)
def _polling_without_attempts(attempts: int, _: Walk) -> Iterator[Problem]:
    if attempts < 1:
        yield Problem(f"there is no request with maxAttempts {show(attempts)}", "give the number of requests")


@rule(
    "negative-time",
    Severity.ERROR,
    "A time is not negative.",
    why="No client can wait for a negative number of seconds.",
    failing=_polling(delay=-5, maxAttempts=100),
    passing=_polling(delay=5, maxAttempts=100),
    on=(Polling, Action),
    given=("interval", "delay", "timeout"),
)
def _negative_time(seconds: int, _: Walk) -> Iterator[Problem]:
    if seconds < 0:
        yield Problem(f"a time cannot be negative, got {show(seconds)}", "give a number of seconds above 0")


@rule(
    "no-time",
    Severity.WARNING,
    "Polling has a pause between two requests, and a timeout is more than 0.",
    why="Without a pause, each open client sends requests as fast as it can. Only an endpoint that waits before it "
    "answers needs no `delay`; then polling has a `timeout`. A timeout of 0 seconds leaves no time for an answer.",
    failing=_polling(delay=0, maxAttempts=100),
    passing=_polling(delay=0, maxAttempts=100, timeout=30),
    on=(Polling, Action),
    given=("interval", "delay", "timeout"),
)
def _no_time(seconds: int, at: Walk) -> Iterator[Problem]:
    if seconds != 0:
        return
    if at.field.name == "timeout":
        yield Problem("no answer arrives in 0 seconds", "give the number of seconds that an answer may take")
    elif at.field.name == "interval" or not at.owner.__dict__.get("timeout"):
        yield Problem("there is no pause between two requests", "give the number of seconds of the pause")


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
