"""Helpers for the tests of the executor: polling steps, replies, and functions that run a step."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, TypeAlias

from stepdsl import Action, Polling, Step
from stepdsl.executor import Outcome, PollingExecutor, Trigger
from stepdsl.testing import FakeClock, Reply, ScriptedTransport

BASE = "https://bar.foo"
STATUS_URL = f"{BASE}/status"

GAVE_UP = {"gave": "up"}
"""The result of the default on_error."""
GIVE_UP = Polling.OnError(action=Action(exit=True, result=GAVE_UP))

NEXT = Step(id="next", title="Next")
NEXT_JSON = {"id": "next", "title": "Next", "schemas": [], "layout": []}

TIMEOUT = 0.2
"""The timeout in seconds for requests that only the timeout ends."""
TIMED_OUT = "timed out after 0.2 s"
AMPLE = 25
"""The timeout in seconds for requests that end before it."""
EVERY = 0.02
"""The seconds between two bytes of a slow server."""
CERTIFICATE = Path(__file__).parent / "tls" / "localhost.pem"
"""Certificate and key of a server. Clients trust it only with SSL_CERT_FILE."""

Script: TypeAlias = Callable[[Iterable[Reply | Exception]], ScriptedTransport]


def polling_step(
    *,
    url: str = "/status",
    max_attempts: int = 3,
    interval: int | None = None,
    delay: int | None = None,
    timeout: int | None = None,
    on_error: Polling.OnError = GIVE_UP,
    **step: Any,
) -> Step:
    """Return a step that polls. Without `interval` and `delay`, the delay is 5 seconds."""
    if interval is None and delay is None:
        delay = 5
    polling = Polling(
        url=url, interval=interval, delay=delay, timeout=timeout, max_attempts=max_attempts, on_error=on_error
    )
    return Step(polling=polling, **step)


def run(http: ScriptedTransport, clock: FakeClock, step: Step | None = None, **arguments: Any) -> Outcome:
    """Run a step with a scripted transport."""
    arguments.setdefault("base_url", BASE)
    return PollingExecutor(http=http, clock=clock, **arguments).run(step or polling_step())


def answer(body: Any = b"", *, kind: str | None = None, status: int = 200, **headers: str) -> Reply:
    """Return a reply. A body of bytes is not changed; any other body is sent as JSON. Header names use underscores."""
    sent = {name.replace("_", "-"): value for name, value in headers.items()}
    if kind is not None:
        sent["X-DF-Response-Type"] = kind
    return Reply(status, body if isinstance(body, bytes) else json.dumps(body).encode(), headers=sent)


def redirect(location: str, status: int = 302, body: bytes = b"") -> Reply:
    """Return a redirect."""
    return Reply(status, body, headers={"Location": location, "Content-Length": str(len(body))})


def exiting(result: Any = None, **properties: Any) -> dict[str, Any]:
    """Return the body of an answer with an exit action. The outcome shows if it was performed."""
    return {"action": {"exit": True, "result": result, **properties}}


def attempts(outcome: Outcome) -> list[int | str | None]:
    """Return the status or the error of each attempt."""
    assert [attempt.number for attempt in outcome.attempts] == list(range(1, len(outcome.attempts) + 1))
    return [attempt.error if attempt.status is None else attempt.status for attempt in outcome.attempts]


def perform(
    script: Script, clock: FakeClock, action: Action, replies: list[Reply | Exception], **arguments: Any
) -> tuple[Outcome, ScriptedTransport]:
    """Perform an action of a polling answer. Return the outcome and the transport."""
    http = script([Reply.action(action), *replies])
    outcome = run(http, clock, **arguments)
    assert len(outcome.attempts) == 1
    assert outcome.trigger is Trigger.PROGRESS
    return outcome, http


def perform_on_error(
    script: Script, clock: FakeClock, action: Action, replies: list[Reply | Exception], **step: Any
) -> tuple[Outcome, ScriptedTransport]:
    """Perform an action of on_error. Return the outcome and the transport."""
    http = script([Reply(500), *replies])
    outcome = run(http, clock, polling_step(on_error=Polling.OnError(action=action), **step))
    assert outcome.trigger is Trigger.STATUS
    return outcome, http


class Background:
    """A run in a separate thread. A run that does not end fails the test and does not block it."""

    def __init__(self, executor: PollingExecutor, step: Step) -> None:
        self._ended: list[Outcome] = []
        self._thread = threading.Thread(target=lambda: self._ended.append(executor.run(step)), daemon=True)
        self._thread.start()

    def outcome(self) -> Outcome:
        """Wait for the end of the run. Return the outcome."""
        self._thread.join(30)
        assert self._ended, "run has not ended"
        return self._ended[0]


def run_to_its_end(executor: PollingExecutor, step: Step) -> Outcome:
    """Run a step in the background. Return the outcome."""
    return Background(executor, step).outcome()
