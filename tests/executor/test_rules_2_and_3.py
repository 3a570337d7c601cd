"""Rules 2 and 3 of polling: when requests are sent, and what they contain. Each sentence has a table or a test."""

from __future__ import annotations

import threading
import time
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

import pytest

from stepdsl.executor import Attempt, Exited, PollingExecutor, Trigger, polling
from stepdsl.testing import FakeClock, Reply, ScriptedTransport
from tests.executor.support import (
    BASE,
    GAVE_UP,
    STATUS_URL,
    Script,
    answer,
    attempts,
    exiting,
    polling_step,
    redirect,
    run,
)

MISMATCH, STATUS, EXHAUSTED, PROGRESS = Trigger.MISMATCH, Trigger.STATUS, Trigger.EXHAUSTED, Trigger.PROGRESS
PENDING = answer()
DONE = answer(exiting("done"))


# Rule 2: times


@pytest.mark.parametrize(
    ("interval", "delay", "takes", "starts", "sleeps"),
    [
        pytest.param(5, None, [0, 0, 0], [0, 5, 10], [5, 5], id="rule 2: the first request is sent immediately"),
        pytest.param(5, None, [1, 2, 0], [0, 5, 10], [4, 3], id="rule 2: interval counts from the previous start"),
        pytest.param(5, None, [5, 5, 0], [0, 5, 10], [], id="rule 2: interval just used up by the request"),
        pytest.param(5, None, [7, 1, 0], [0, 7, 12], [4], id="rule 2: interval passed, no pause"),
        pytest.param(None, 5, [1, 7, 0], [0, 6, 18], [5, 5], id="rule 2: delay counts from the previous response"),
        pytest.param(3, 5, [1, 7, 0], [0, 6, 18], [5, 5], id="rule 2: delay has priority over interval"),
        pytest.param(3, 0, [1, 7, 0], [0, 1, 8], [], id="rule 2: a delay of 0 has priority too"),
        pytest.param(None, -5, [1, 1, 0], [0, 1, 2], [], id="rule 2: a negative delay is ignored"),
        pytest.param(-5, None, [1, 1, 0], [0, 1, 2], [], id="rule 2: a negative interval is ignored"),
        pytest.param(0, None, [1, 1, 0], [0, 1, 2], [], id="rule 2: an interval of 0 is no pause"),
        pytest.param(5, None, [9], [0], [], id="rule 2: no sleep after the last attempt"),
        pytest.param(None, 5, [9], [0], [], id="rule 2: no sleep after the last attempt, with delay"),
    ],
)
def test_rule_2_requests_start_at_the_expected_times(
    fake_clock: FakeClock,
    scripted_transport: Script,
    interval: int | None,
    delay: int | None,
    takes: list[float],
    starts: list[float],
    sleeps: list[float],
) -> None:
    http = scripted_transport([Reply(takes=seconds) for seconds in takes])
    step = polling_step(interval=interval, delay=delay, max_attempts=len(takes))

    outcome = run(http, fake_clock, step)

    assert [request.at for request in http.requests] == starts
    assert [attempt.at for attempt in outcome.attempts] == starts
    assert fake_clock.sleeps == sleeps


def test_rule_2_the_pause_is_the_same_after_a_transport_failure(
    fake_clock: FakeClock, scripted_transport: Script
) -> None:
    http = scripted_transport([ConnectionResetError(), PENDING])

    run(http, fake_clock, polling_step(interval=5, max_attempts=2))

    assert [request.at for request in http.requests] == [0, 5]


def test_rule_2_delay_counts_from_the_response_and_not_from_the_callback(
    fake_clock: FakeClock, scripted_transport: Script
) -> None:
    http = scripted_transport([PENDING, PENDING])

    run(http, fake_clock, polling_step(delay=5, max_attempts=2), on_attempt=lambda _: fake_clock.advance(3))

    assert fake_clock.sleeps == [2]


def test_rule_2_attempts_have_the_absolute_time_of_the_clock(scripted_transport: Script) -> None:
    outcome = run(scripted_transport([PENDING]), FakeClock(1000.5), polling_step(max_attempts=1))

    assert outcome.attempts == (Attempt(number=1, at=1000.5, status=200),)


@pytest.mark.parametrize("max_attempts", [1, 2, 7])
def test_rule_2_there_are_at_most_max_attempts_requests(
    fake_clock: FakeClock, scripted_transport: Script, max_attempts: int
) -> None:
    http = scripted_transport([PENDING] * max_attempts)

    outcome = run(http, fake_clock, polling_step(max_attempts=max_attempts))

    assert len(http.requests) == len(outcome.attempts) == max_attempts


HUGE = 2**63 - 1
"""The largest integer of a document."""


class SystemClock(FakeClock):
    """Raises the error of `time.sleep` for a sleep that ends beyond 64 bits of nanoseconds."""

    def sleep(self, seconds: float, /) -> None:
        if (seconds + time.monotonic()) * 1e9 >= 2**63 or seconds > threading.TIMEOUT_MAX:
            raise OverflowError("timestamp too large to convert to C _PyTime_t")
        super().sleep(seconds)


@pytest.mark.parametrize(
    "times",
    [
        {"delay": HUGE},
        {"interval": HUGE},
        {"delay": HUGE, "interval": HUGE, "timeout": HUGE, "max_attempts": HUGE},
        {"delay": 5 * 10**9},
    ],
    ids=["delay", "interval", "all", "above the limit of some systems"],
)
def test_rule_2_a_huge_pause_is_shortened_to_30_years(scripted_transport: Script, times: dict[str, int]) -> None:
    clock = SystemClock()

    outcome = run(scripted_transport([PENDING, DONE]), clock, polling_step(**times))

    assert outcome == Exited("done", trigger=PROGRESS, attempts=outcome.attempts)
    assert clock.sleeps == [1_000_000_000]


def test_rule_2_a_pause_of_a_year_is_not_shortened(fake_clock: FakeClock, scripted_transport: Script) -> None:
    run(scripted_transport([PENDING, DONE]), fake_clock, polling_step(delay=365 * 86_400))

    assert fake_clock.sleeps == [365 * 86_400]


def test_rule_2_the_last_10_000_attempts_are_kept(
    fake_clock: FakeClock, scripted_transport: Script, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert polling.KEPT_ATTEMPTS == 10_000
    monkeypatch.setattr(polling, "KEPT_ATTEMPTS", 3)
    http = scripted_transport([PENDING, PENDING, PENDING, ConnectionResetError(), Reply(500)])
    numbers: list[int] = []

    outcome = run(
        http,
        fake_clock,
        polling_step(max_attempts=HUGE, delay=1),
        on_attempt=lambda attempt: numbers.append(attempt.number),
    )

    assert outcome == Exited(GAVE_UP, trigger=STATUS, attempts=outcome.attempts)
    assert outcome.attempts == (
        Attempt(number=3, at=2, status=200),
        Attempt(number=4, at=3, error="ConnectionResetError"),
        Attempt(number=5, at=4, status=500),
    )
    assert numbers == [1, 2, 3, 4, 5]


@pytest.mark.parametrize("max_attempts", [0, -1])
def test_rule_2_without_attempts_on_error_is_performed_at_once(
    fake_clock: FakeClock, scripted_transport: Script, max_attempts: int
) -> None:
    outcome = run(scripted_transport([]), fake_clock, polling_step(max_attempts=max_attempts))

    assert outcome == Exited(GAVE_UP, trigger=EXHAUSTED, attempts=())
    assert fake_clock.sleeps == []


def test_rule_2_on_attempt_is_called_at_the_end_of_each_attempt(
    fake_clock: FakeClock, scripted_transport: Script
) -> None:
    http = scripted_transport([PENDING, ConnectionResetError("gone"), DONE])
    seen: list[tuple[Attempt, float]] = []

    outcome = run(http, fake_clock, on_attempt=lambda attempt: seen.append((attempt, fake_clock.monotonic())))

    assert tuple(attempt for attempt, _ in seen) == outcome.attempts
    assert [at for _, at in seen] == [0, 5, 10]


# Rule 3: requests


def test_rule_3_the_request_is_a_get_without_a_body(fake_clock: FakeClock, scripted_transport: Script) -> None:
    http = scripted_transport([DONE])

    run(http, fake_clock, polling_step(model={"not": "sent"}))

    (request,) = http.requests
    assert (request.method, request.url, request.body) == ("GET", STATUS_URL, None)
    assert dict(request.headers) == {"Accept": "application/json"}


def test_rule_3_urllib3_neither_retries_nor_redirects_nor_preloads(fake_clock: FakeClock) -> None:
    class Recorder(ScriptedTransport):
        def request(self, method: str, url: str, /, **options: Any) -> Any:
            given.append(options)
            return super().request(method, url, **options)

    given: list[dict[str, Any]] = []

    run(Recorder([DONE]), fake_clock)

    assert {name: given[0][name] for name in ("retries", "redirect", "preload_content")} == {
        "retries": False,
        "redirect": False,
        "preload_content": False,
    }


def test_rule_3_a_transport_can_change_the_headers_of_one_request(fake_clock: FakeClock) -> None:
    class Changing(ScriptedTransport):
        def request(self, method: str, url: str, /, **options: Any) -> Any:
            options["headers"][f"X-Request-{len(self.requests)}"] = "x"
            return super().request(method, url, **options)

    http = Changing([PENDING, DONE])

    run(http, fake_clock)

    names = [list(request.headers) for request in http.requests]
    assert names == [["Accept", "X-Request-0"], ["Accept", "X-Request-1"]]


def test_rule_3_redirects_are_followed_within_the_attempt(fake_clock: FakeClock, scripted_transport: Script) -> None:
    http = scripted_transport(
        [redirect(f"/{number}", status) for number, status in enumerate((301, 302, 303, 307, 308))] + [DONE]
    )

    outcome = run(http, fake_clock)

    assert attempts(outcome) == [200]
    assert [request.url for request in http.requests] == [STATUS_URL, *(f"{BASE}/{number}" for number in range(5))]
    assert {request.method for request in http.requests} == {"GET"}
    assert fake_clock.sleeps == []


def test_rule_3_a_sixth_redirect_is_a_failed_attempt(fake_clock: FakeClock, scripted_transport: Script) -> None:
    http = scripted_transport([redirect("/again")] * 6 + [DONE])

    outcome = run(http, fake_clock)

    assert attempts(outcome) == ["more than 5 redirects", 200]


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_rule_3_a_redirect_to_another_origin_is_followed(
    fake_clock: FakeClock, scripted_transport: Script, status: int
) -> None:
    http = scripted_transport([redirect("https://other.example/x", status), DONE])

    run(http, fake_clock)

    assert http.requests[1].url == "https://other.example/x"


@pytest.mark.parametrize(
    ("own", "expected"),
    [
        pytest.param(60, 60, id="rule 3: the polling's own timeout"),
        pytest.param(None, 12.5, id="rule 3: else the executor's"),
        pytest.param(0, 12.5, id="rule 3: a timeout of 0 is ignored"),
        pytest.param(-3, 12.5, id="rule 3: a negative timeout is ignored"),
        pytest.param(86_400, 86_400, id="rule 3: a day"),
        pytest.param(86_401, 86_400, id="rule 3: a day at most"),
        pytest.param(HUGE, 86_400, id="rule 3: a day even if it is huge"),
    ],
)
def test_rule_3_the_transport_gets_the_timeout(
    fake_clock: FakeClock, scripted_transport: Script, own: int | None, expected: float
) -> None:
    http = scripted_transport([DONE])

    run(http, fake_clock, polling_step(timeout=own), timeout=12.5)

    assert http.requests[0].timeout == expected


@pytest.mark.parametrize("timeout", [86_400, float("inf"), 10**400], ids=["a day", "infinite", "huge"])
def test_rule_3_the_timeout_of_the_executor_is_a_day_at_most(
    fake_clock: FakeClock, scripted_transport: Script, timeout: float
) -> None:
    slow = Reply(302, headers={"Location": "/x"}, takes=86_400)
    http = scripted_transport([slow, DONE])

    outcome = run(http, fake_clock, timeout=timeout)

    assert [request.timeout for request in http.requests] == [86_400, 86_400]
    assert attempts(outcome) == ["timed out after 86400 s", 200]


def test_rule_3_redirects_share_the_timeout(fake_clock: FakeClock, scripted_transport: Script) -> None:
    slow = Reply(302, headers={"Location": "/x"}, takes=4)
    http = scripted_transport([slow, slow, slow, DONE])

    outcome = run(http, fake_clock, polling_step(timeout=10, max_attempts=2))

    assert [request.timeout for request in http.requests] == [10, 6, 2, 10]
    assert attempts(outcome) == ["timed out after 10 s", 200]


def test_rule_3_the_time_is_checked_between_reads(fake_clock: FakeClock) -> None:
    class SlowResponse:
        status = 200
        headers: Mapping[str, str] = MappingProxyType({})
        released = 0

        def read(self, amt: int) -> bytes:
            fake_clock.advance(1)
            return b" "

        def release_conn(self) -> None:
            self.released += 1

    class Http:
        def request(self, *_: object, **__: object) -> SlowResponse:
            return response

    response = SlowResponse()

    outcome = PollingExecutor(base_url=BASE, http=Http(), clock=fake_clock).run(polling_step(max_attempts=1))

    assert attempts(outcome) == ["timed out after 30 s"]
    assert fake_clock.monotonic() == 30
    assert response.released == 1
