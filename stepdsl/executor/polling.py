"""The polling loop. It applies nine rules, in this order:

1. If the step has `external`, its URL is opened once, before the first request.
2. The first request is sent at once. `interval` counts from the start of the previous request, `delay` from its
   answer. There are at most `max_attempts` requests.
3. A request is a GET to `url`, with its redirects. Credentials are sent only to the origin of the base URL.
4. A status of 400 or more: on_error follows, with `Trigger.STATUS`.
5. 2xx with the header X-DF-Response-Type: the header names what follows. If it is unknown, or if the body does not fit
   it, on_error follows, with `Trigger.MISMATCH`.
6. 2xx without that header: an action in the body is performed. With any other body, the polling continues.
7. Any other status, or no complete answer: it counts as an attempt, and the polling continues.
8. No attempt is left: on_error follows, with `Trigger.EXHAUSTED`.
9. Of on_error, the behavior is performed; if it has none, the action.
"""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Callable, Collection, Mapping
from typing import Final

from attrs import frozen

from stepdsl.core.arguments import expect
from stepdsl.core.json import UNSET
from stepdsl.errors import InvalidValueError, WireError
from stepdsl.executor.actions import Performance
from stepdsl.executor.arguments import (
    check_callback,
    check_clock,
    check_http,
    check_max_body,
    check_timeout,
    check_urls,
    join_external,
    parse_base_url,
    parse_headers,
    parse_schemes,
)
from stepdsl.executor.deadline import Bounds, RunCancelledError
from stepdsl.executor.outcomes import Attempt, Cancelled, Exited, NextStep, Outcome, Trigger, Unhandled
from stepdsl.executor.performing import step_body
from stepdsl.executor.protocols import Clock, Http
from stepdsl.executor.sockets import BoundedHttp
from stepdsl.executor.transport import Answer, Request, Transport, TransportError, choose_timeout, parse_result
from stepdsl.executor.urls import scheme_of
from stepdsl.model.actions import Action, ActionBehavior
from stepdsl.model.features import Polling
from stepdsl.model.responses import ActionResponseBody
from stepdsl.model.step import Step
from stepdsl.model.unions import Behavior
from stepdsl.wire import from_dict, loads, parse_json

__all__ = ["PollingExecutor"]

KEPT_ATTEMPTS: Final = 10_000
"""An outcome has at most this many attempts: the last ones."""
_LONGEST_PAUSE: Final = min(threading.TIMEOUT_MAX, 1e9)
"""The longest pause in seconds, about 30 years if the system allows it. `time.sleep` raises errors for longer ones."""


class PollingExecutor:
    """Runs the polling of steps: it sends requests, waits between them, and performs the resulting action.

    One executor can make any number of runs, one after the other or in several threads at the same time. It keeps
    connections open between the runs.
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
        open_schemes: Collection[str] = ("http", "https"),
    ) -> None:
        """Take the address of the server, the limits of requests, and the functions to call during a run.

        - `base_url`: absolute http or https URL. Relative URLs are joined to it.
        - `http`: sends the requests instead of the executor's default transport, for example a `urllib3.PoolManager`.
          The default transport does not use the proxies of the environment, such as HTTPS_PROXY. For a proxy, give a
          `urllib3.ProxyManager`.
        - `clock`: returns the time and sleeps, instead of the system clock.
        - `headers`: sent only to the origin of `base_url` (scheme, host and port), also after redirects. Use them for
          credentials. Without `base_url` they are never sent.
        - `open_url`: called with the URL of a step's `external`, as an absolute URL. Without it nothing is opened.
        - `on_attempt`: called with each Attempt when it has ended.
        - `max_body`: the maximum size of an answer's decoded body, in bytes. A larger body is a failure of the
          transport.
        - `timeout`: the time for a request in seconds, redirects included, if neither the polling nor the action has a
          timeout. More than 0, at most one day. The default transport always ends the request in time. Your own `http`
          gets the timeout as an argument, and the executor checks the time between redirects and reads. It cannot
          interrupt a single call of `http`.
        - `open_schemes`: the schemes of URLs that `open_url` is called with. URLs of all other schemes are skipped,
          because a server could send `file:` or `javascript:`. For links to apps, add the schemes of these apps.

        Raises InvalidValueError for an invalid argument.
        """
        check_timeout(timeout)
        check_max_body(max_body)
        check_callback("open_url", open_url)
        check_callback("on_attempt", on_attempt)
        if clock is not None:
            check_clock(clock)
        if http is not None:
            check_http(http)
        base = None if base_url is None else parse_base_url(base_url)
        transport = Transport(BoundedHttp() if http is None else http, base, parse_headers(headers), max_body)
        schemes = parse_schemes(open_schemes)
        self._setup = _Setup(transport, clock, timeout, open_url, schemes, on_attempt)
        # The default transport uses real time for its deadlines. Pauses can use another clock.
        self._deadlines = time.monotonic if http is None else self._setup.monotonic
        self._lock = threading.RLock()  # reentrant: a signal handler can interrupt `run` and call `cancel`
        self._running: set[Bounds] = set()

    def run(self, step: Step) -> Outcome:
        """Run the step's polling until there is an outcome, or until `cancel` is called. Return the outcome.

        Every answer of a server leads to an outcome. Raises InvalidValueError (a ValueError) before the first request:
        for a step without polling, for anything that is no Step, and for a relative URL of the polling, of its on_error
        or of `external` if the executor has no `base_url`. Errors from `open_url`, `on_attempt`, your own `clock` or
        your own `http` are not caught. Exception: errors of `http` that count as a failure of the transport, see
        `Http.request`.
        """
        expect("step", step, Step)
        polling = step.polling
        if polling is None:
            what = "its document does not fit; see check(step)" if "polling" in step.extra else "missing"
            named = "" if step.id is None else f" for step {step.id!r}"
            raise InvalidValueError("Step.polling", f"{what}, so there is nothing to run{named}")
        bounds = Bounds(self._deadlines)
        ready = _Run(self._setup, bounds, step, polling)
        with self._lock:
            self._running.add(bounds)
        try:
            return ready.outcome()
        finally:
            with self._lock:
                self._running.remove(bounds)

    def cancel(self) -> None:
        """End the current runs with `Cancelled`. Any thread and any callback may call it.

        With the default clock and transport the runs end immediately, otherwise after the current sleep or request.
        An answer that was received but not processed yet is ignored. Later runs are not affected.
        """
        with self._lock:
            running = list(self._running)
        for bounds in running:
            bounds.cancel()


@frozen
class _Setup:
    """The settings that all runs of an executor share."""

    transport: Transport
    """Creates the requests."""
    clock: Clock | None
    """The clock of the caller; None for the clock of the system."""
    timeout: float
    """The timeout of a request in seconds, if neither the polling nor the action has one."""
    open_url: Callable[[str], object] | None
    """The function that opens the URL of a step's `external`; None if nothing is opened."""
    open_schemes: frozenset[str]
    """The schemes of the URLs that `open_url` is called with, in lower case."""
    on_attempt: Callable[[Attempt], object] | None
    """The function that is called with each attempt, if any."""

    def monotonic(self) -> float:
        return time.monotonic() if self.clock is None else self.clock.monotonic()


class _Run:
    """One run of one step."""

    def __init__(self, setup: _Setup, bounds: Bounds, step: Step, polling: Polling) -> None:
        """Take the step and its polling. Raises InvalidValueError for a relative URL without a base URL."""
        check_urls(polling, setup.transport.base)
        self._external: str | None = None
        if step.external is not None and setup.open_url is not None:
            self._external = join_external(step.external.url, setup.transport.base)
        self._setup = setup
        self._bounds = bounds
        self._step = step
        self._polling = polling
        self._attempts: deque[Attempt] = deque(maxlen=KEPT_ATTEMPTS)
        self._started = self._answered = 0.0
        # Rule 3. The request is the same for each attempt.
        self._request = Request(setup.transport, "GET", polling.url, choose_timeout(polling.timeout, setup.timeout))

    def outcome(self) -> Outcome:
        """Apply the nine rules in their order. Return the outcome of the run."""
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
        """Rule 1: open the step's external URL once, before the first request, if its scheme is allowed."""
        setup = self._setup
        url = self._external
        if url is not None and setup.open_url is not None and scheme_of(url) in setup.open_schemes:
            setup.open_url(url)

    def _pause(self) -> None:
        """Rule 2: wait for the next attempt.

        `delay` counts from the previous response, `interval` from the previous start. If both are set, `delay` is used.
        """
        now = self._setup.monotonic()
        if self._polling.delay is not None:
            seconds = self._polling.delay - (now - self._answered)
        else:
            seconds = (self._polling.interval or 0) - (now - self._started)
        if seconds > 0:
            clock = self._bounds if self._setup.clock is None else self._setup.clock
            clock.sleep(min(seconds, _LONGEST_PAUSE))

    def _attempt(self, number: int) -> Answer | None:
        """Rule 3: send one GET. Rule 7: without a complete answer, return None. It still counts as an attempt."""
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
        """Return the outcome of an answer; None if the polling continues."""
        if answer.status >= 400:  # Rule 4
            return self._on_error(Trigger.STATUS)
        if not answer.ok:  # Rule 7
            return None
        try:
            return self._judge_by_body(answer) if answer.kind is None else self._judge_by_header(answer)
        except WireError:
            return self._on_error(Trigger.MISMATCH)

    def _judge_by_header(self, answer: Answer) -> Outcome | None:
        """Rule 5: the header names the type of the body. Raises WireError if the body does not match."""
        match answer.kind:
            case "no-op":
                return None
            case "action" | "step" if answer.empty:
                return None
            case "action":
                return self._perform(loads(answer.body, ActionResponseBody).action)
            case "step":
                return NextStep(step_body(answer), trigger=Trigger.PROGRESS, attempts=tuple(self._attempts))
            case "exit":
                return Exited(parse_result(answer), trigger=Trigger.PROGRESS, attempts=tuple(self._attempts))
            case "modal" | "subflow":
                return self._unhandled(_as_behavior(answer), Trigger.PROGRESS)
            case _:
                return self._on_error(Trigger.MISMATCH)

    def _judge_by_body(self, answer: Answer) -> Outcome | None:
        """Rule 6: without the header, only an object with an action counts. Raises WireError for an invalid action."""
        try:
            document = parse_json(answer.body)
        except WireError:
            return None
        if not isinstance(document, dict) or "action" not in document:
            return None
        return self._perform(from_dict(document["action"], Action))

    def _on_error(self, trigger: Trigger) -> Outcome:
        """Rule 9: perform the behavior of on_error; if it has none, its action."""
        on_error = self._polling.on_error
        match on_error.behavior:
            case None:
                action = on_error.action
            case ActionBehavior(action=action):
                pass
            case behavior:
                return self._unhandled(behavior, trigger)
        assert action is not None, "the model requires one of the two"
        return self._perform(action, trigger, with_model=True)

    def _perform(self, action: Action, trigger: Trigger = Trigger.PROGRESS, *, with_model: bool = False) -> Outcome:
        setup = self._setup
        performance = Performance(setup.transport, self._bounds, setup.timeout, trigger, tuple(self._attempts))
        return performance.perform(action, self._step.model if with_model else UNSET)

    def _unhandled(self, behavior: Behavior, trigger: Trigger) -> Unhandled:
        return Unhandled(behavior, trigger=trigger, attempts=tuple(self._attempts))


def _as_behavior(answer: Answer) -> Behavior:
    """Return the behavior for a modal or subflow body. Raises WireError for an invalid body."""
    document = parse_json(answer.body)
    if not isinstance(document, dict):
        raise WireError([("", "expected an object")])
    return from_dict({**document, "type": answer.kind}, Behavior)
