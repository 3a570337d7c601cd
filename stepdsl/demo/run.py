"""The client of the demo: it fetches the step, polls, performs the action, and prints each of these."""

from __future__ import annotations

import json
import sys
import textwrap
import time
from http import HTTPStatus

import urllib3

from stepdsl.core.json import UNSET
from stepdsl.demo.server import DemoServer
from stepdsl.executor import Attempt, Clock, Exited, Failed, NextStep, Outcome, PollingExecutor
from stepdsl.model.step import Step
from stepdsl.wire import dumps, loads

__all__ = ["run_demo"]


class _Progress:
    """Prints one line for each attempt. It is also the clock of the executor, so it can print the pauses."""

    def __init__(self, clock: Clock, max_attempts: int) -> None:
        self._clock = clock
        self._max_attempts = max_attempts

    def attempt(self, attempt: Attempt) -> None:
        answer = attempt.error if attempt.status is None else f"{attempt.status} {HTTPStatus(attempt.status).phrase}"
        print(f"   attempt {attempt.number} of {self._max_attempts}: {answer}", end="", flush=True)

    def monotonic(self) -> float:
        return self._clock.monotonic()

    def sleep(self, seconds: float) -> None:
        print(f", next in {seconds:.1f} s", flush=True)
        self._clock.sleep(seconds)

    def done(self) -> None:
        print(flush=True)


def run_demo(*, fail: bool = False, clock: Clock = time) -> int:
    """Run the demo and return its exit status.

    `fail`: run the two cases in which polling fails. `clock`: the clock for the pauses.
    """
    try:
        server = DemoServer()
    except OSError as error:
        print(f"stepdsl demo: cannot open a port on 127.0.0.1: {error.strerror or error}", file=sys.stderr)
        return 1
    with server:
        print(f"A server on {server.url} sends a step that waits for a payment to be approved.")
        try:
            if not fail:
                return _play(server.url, "12345", clock, NextStep)
            print("\n== The status endpoint breaks: a status of 400 or more ends the polling at once ==")
            broken = _play(server.url, "broken", clock, Exited)
            print("\n== The payment is never approved: the attempts are used up ==")
            return _play(server.url, "stuck", clock, Exited) or broken
        except urllib3.exceptions.HTTPError as error:
            print(f"stepdsl demo: cannot fetch the step: {error}", file=sys.stderr)
            return 1


def _play(base_url: str, payment: str, clock: Clock, expected: type[Outcome]) -> int:
    print(f"\n1. The client fetches the step: GET /payment?id={payment}")
    with urllib3.PoolManager(retries=False, timeout=5) as http:
        step = loads(http.request("GET", f"{base_url}/payment?id={payment}").data)
    _print_json(step)
    polling = step.polling
    assert polling is not None
    print(f"2. It polls: GET {polling.url}, every {polling.interval} s, {polling.max_attempts} times at most")
    progress = _Progress(clock, polling.max_attempts)
    executor = PollingExecutor(
        base_url=base_url,
        clock=progress,
        on_attempt=progress.attempt,
        open_url=lambda url: print(f"   (a client opens {url} for the user; the demo does not open it)"),
    )
    outcome = executor.run(step)
    progress.done()
    _print_outcome(outcome)
    return 0 if isinstance(outcome, expected) else 1


def _print_outcome(outcome: Outcome) -> None:
    trigger = outcome.trigger.name
    match outcome:
        case NextStep(step=step):
            print(f"3. The answer's action is performed and loads the next step ({trigger}):")
            _print_json(step)
        case Exited(result=result):
            print(f"3. onError's action ends the flow ({trigger}), with the result:")
            print(f"   {json.dumps(result) if result is not UNSET else '(none)'}")
        case Failed(status=status, reason=reason):
            print(f"3. The action failed ({trigger}, status {status}): {reason}")
        case _:
            print(f"3. {outcome!r}")


def _print_json(step: Step) -> None:
    print(textwrap.indent(dumps(step, indent=2), "   "))
