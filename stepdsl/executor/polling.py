"""The polling loop: nine rules, in the order in which an attempt is judged."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Mapping

from attrs import frozen

from stepdsl.core.json import UNSET
from stepdsl.errors import InvalidValueError, WireError
from stepdsl.executor.actions import Performance
from stepdsl.executor.deadline import Bounds, RunCancelledError
from stepdsl.executor.outcomes import Attempt, Cancelled, Exited, NextStep, Outcome, Trigger, Unhandled
from stepdsl.executor.protocols import Clock, Http
from stepdsl.executor.sockets import BoundedHttp
from stepdsl.executor.transport import Answer, Request, Transport, TransportError, choose_timeout, parse_result
from stepdsl.model.actions import Action, ActionBehavior
from stepdsl.model.features import Polling
from stepdsl.model.responses import ActionResponseBody
from stepdsl.model.step import Step
from stepdsl.model.unions import Behavior
from stepdsl.wire import from_dict, loads, parse_json

__all__ = ["PollingExecutor"]


class PollingExecutor:
    """Runs the polling of steps: requests, waits, and performs the action that it all comes to.

    One executor serves any number of runs, one after the other or from several threads at once, and keeps connections
    open between them.
    """

    def __init__(
        self,
        *,
        base_url: str | None = None,
        http: Http | None = None,
        clock: Clock | None = None,
        headers: Mapping[str, str] | None = None,
        open_url: Callable[[str], object] | None = None,
        on_attempt: Callable[[Attempt], object] | None = None,
        max_body: int = 1_048_576,
        timeout: float = 30.0,
    ) -> None:
        """Take how to reach the server, and what to tell the caller on the way.

        - `base_url`: absolute http or https URL that relative ones are joined to.
        - `http`: sends the requests in place of the executor's own transport: a `urllib3.PoolManager` or the like.
        - `clock`: tells the time and sleeps in place of the system's.
        - `headers`: sent to the origin of `base_url` (scheme, host and port) and nowhere else, across redirects too;
          the place for credentials. Without `base_url` they are not sent at all.
        - `open_url`: is called with the URL of a step's `external`. Without it nothing is opened.
        - `on_attempt`: is called with each Attempt as soon as it is over.
        - `max_body`: how many bytes an answer's body may have when it is decoded; more is a failure of the transport.
        - `timeout`: seconds that a request may take, redirects included, where neither polling nor action says; more
          than 0, and a day at most. The executor's own transport keeps to it whatever the server does. An `http` of
          one's own is told, and the time is looked at between redirects and reads; what it does within one call is
          up to it.

        Raises InvalidValueError for a `base_url`, `headers`, `max_body` or `timeout` that is of no use.
        """
        if not timeout > 0:
            raise InvalidValueError("PollingExecutor.timeout", f"expected more than 0 seconds, got {timeout!r}")
        if max_body < 0:
            raise InvalidValueError("PollingExecutor.max_body", f"expected 0 bytes or more, got {max_body!r}")
        transport = Transport(BoundedHttp() if http is None else http, base_url, headers or {}, max_body)
        self._setup = _Setup(transport, clock, timeout, open_url, on_attempt)
        # The executor's own transport lives in real time, whatever clock the pauses are made with.
        self._deadlines = time.monotonic if http is None else self._setup.monotonic
        self._lock = threading.RLock()  # a signal handler that cancels may interrupt run here
        self._running: set[Bounds] = set()

    def run(self, step: Step) -> Outcome:
        """Poll as the step says until the flow moves on, fails, or `cancel` is called; return how it ended.

        Whatever servers send, there is an outcome; a step without polling raises InvalidValueError (a ValueError).
        What `open_url`, `on_attempt`, or a `clock` or `http` of one's own raise is not caught here (of `http` only
        what counts as a failure of the transport, see `Http.request`).
        """
        polling = step.polling
        if polling is None:
            raise InvalidValueError("Step.polling", f"missing, so there is nothing to run for step {step.id!r}")
        bounds = Bounds(self._deadlines)
        with self._lock:
            self._running.add(bounds)
        try:
            return _Run(self._setup, bounds, step, polling).outcome()
        finally:
            with self._lock:
                self._running.remove(bounds)

    def cancel(self) -> None:
        """End the runs in progress with `Cancelled`; may be called from any thread, and from the callbacks.

        With the executor's own clock and transport they end at once, otherwise after the current sleep or request.
        What has been answered but not acted upon is dropped. Runs that begin later are not affected.
        """
        with self._lock:
            running = list(self._running)
        for bounds in running:
            bounds.cancel()


@frozen
class _Setup:
    """What all runs of an executor share."""

    transport: Transport
    clock: Clock | None
    timeout: float
    open_url: Callable[[str], object] | None
    on_attempt: Callable[[Attempt], object] | None

    def monotonic(self) -> float:
        return time.monotonic() if self.clock is None else self.clock.monotonic()


class _Run:
    """One run of one step."""

    def __init__(self, setup: _Setup, bounds: Bounds, step: Step, polling: Polling) -> None:
        self._setup = setup
        self._bounds = bounds
        self._step = step
        self._polling = polling
        self._attempts: list[Attempt] = []
        self._started = self._answered = 0.0
        # Rule 3. The request is the same every time.
        self._request = Request(setup.transport, "GET", polling.url, choose_timeout(polling.timeout, setup.timeout))

    def outcome(self) -> Outcome:
        """Return how the run ends: the nine rules in their order."""
        try:
            self._open_external()  # Rule 1
            last = self._polling.max_attempts
            for number in range(1, last + 1):  # Rule 2
                answer = self._attempt(number)  # Rule 3
                outcome = None if answer is None else self._judge(answer)  # Rules 4 to 7
                if outcome is not None:
                    return outcome
                if number < last:
                    self._pause()  # Rule 2
            return self._on_error(Trigger.EXHAUSTED)  # Rules 8 and 9
        except RunCancelledError:
            return Cancelled(attempts=tuple(self._attempts))

    def _open_external(self) -> None:
        """Rule 1: the step's external URL is opened once, before the first request."""
        if self._step.external is not None and self._setup.open_url is not None:
            self._setup.open_url(self._step.external.url)

    def _pause(self) -> None:
        """Rule 2: `delay` counts from the previous response, `interval` from the previous start; `delay` wins."""
        now = self._setup.monotonic()
        if self._polling.delay is not None:
            seconds = self._polling.delay - (now - self._answered)
        else:
            seconds = (self._polling.interval or 0) - (now - self._started)
        if seconds > 0:
            (self._bounds if self._setup.clock is None else self._setup.clock).sleep(seconds)

    def _attempt(self, number: int) -> Answer | None:
        """Rule 3: one GET. Rule 7: without a whole answer it counts as an attempt, and there is None to judge."""
        self._bounds.check()
        self._started = self._setup.monotonic()
        answer = None
        error = None
        try:
            answer = self._request.send(self._bounds)
        except TransportError as failure:
            error = str(failure)
        except RunCancelledError:
            error = "cancelled"
        self._answered = self._setup.monotonic()
        attempt = Attempt(
            number=number, at=self._started, status=None if answer is None else answer.status, error=error
        )
        self._attempts.append(attempt)
        if self._setup.on_attempt is not None:
            self._setup.on_attempt(attempt)
        self._bounds.check()
        return answer

    def _judge(self, answer: Answer) -> Outcome | None:
        """Return what an answer leads to, None where polling goes on."""
        if answer.status >= 400:  # Rule 4
            return self._on_error(Trigger.STATUS)
        if not answer.ok:  # Rule 7
            return None
        try:
            return self._judge_by_body(answer) if answer.kind is None else self._judge_by_header(answer)
        except WireError:
            return self._on_error(Trigger.MISMATCH)

    def _judge_by_header(self, answer: Answer) -> Outcome | None:
        """Rule 5: the header says what the body is; raise WireError if it is not."""
        match answer.kind:
            case "no-op":
                return None
            case "action" | "step" if answer.empty:
                return None
            case "action":
                return self._perform(loads(answer.body, ActionResponseBody).action)
            case "step":
                return NextStep(loads(answer.body), trigger=Trigger.PROGRESS, attempts=tuple(self._attempts))
            case "exit":
                return Exited(parse_result(answer), trigger=Trigger.PROGRESS, attempts=tuple(self._attempts))
            case "modal" | "subflow":
                return self._unhandled(_as_behavior(answer), Trigger.PROGRESS)
            case _:
                return self._on_error(Trigger.MISMATCH)

    def _judge_by_body(self, answer: Answer) -> Outcome | None:
        """Rule 6: without the header only an object with an action counts; raise WireError if it is no Action."""
        try:
            document = parse_json(answer.body)
        except WireError:
            return None
        if not isinstance(document, dict) or "action" not in document:
            return None
        return self._perform(from_dict(document["action"], Action))

    def _on_error(self, trigger: Trigger) -> Outcome:
        """Rule 9: on_error's behavior is performed, else its action."""
        on_error = self._polling.on_error
        match on_error.behavior:
            case None:
                action = on_error.action
            case ActionBehavior(action=action):
                pass
            case behavior:
                return self._unhandled(behavior, trigger)
        assert action is not None, "the model asks for one of the two"
        return self._perform(action, trigger, with_model=True)

    def _perform(self, action: Action, trigger: Trigger = Trigger.PROGRESS, *, with_model: bool = False) -> Outcome:
        setup = self._setup
        performance = Performance(setup.transport, self._bounds, setup.timeout, trigger, tuple(self._attempts))
        return performance.perform(action, self._step.model if with_model else UNSET)

    def _unhandled(self, behavior: Behavior, trigger: Trigger) -> Unhandled:
        return Unhandled(behavior, trigger=trigger, attempts=tuple(self._attempts))


def _as_behavior(answer: Answer) -> Behavior:
    """Return the behavior that does what a modal or subflow body asks for; raise WireError if it is no such body."""
    document = parse_json(answer.body)
    if not isinstance(document, dict):
        raise WireError([("", "expected an object")])
    return from_dict({**document, "type": answer.kind}, Behavior)
