"""The classes, functions and fixtures of stepdsl.testing."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from pathlib import Path

import pytest
import urllib3

import stepdsl.testing
from stepdsl import Action, Step
from stepdsl.executor import Exited, NextStep, PollingExecutor, Trigger
from stepdsl.testing import FakeClock, RecordedRequest, Reply, ScriptedTransport, ScriptExhaustedError
from tests.executor.support import BASE, NEXT, Script, polling_step

ROOT = str(Path(stepdsl.testing.__file__).parents[2])

# FakeClock


def test_fake_clock_advances_its_time_without_waiting() -> None:
    clock = FakeClock(100.5)

    clock.sleep(5)
    clock.advance(1.5)
    clock.sleep(0)

    assert clock.monotonic() == 107
    assert clock.sleeps == [5, 0]
    assert repr(clock) == "FakeClock(now=107.0, sleeps=[5, 0])"


@pytest.mark.parametrize("method", ["sleep", "advance"])
def test_fake_clock_does_not_go_back(method: str) -> None:
    clock = FakeClock()

    with pytest.raises(ValueError, match=rf"^FakeClock\.{method}\.seconds: expected 0 seconds or more, got -1$"):
        getattr(clock, method)(-1)
    assert clock.sleeps == []
    assert clock.monotonic() == 0


# Reply

STEP_BODY = b'{"id":"next","title":"Next","schemas":[],"layout":[]}'


@pytest.mark.parametrize(
    ("reply", "status", "kind", "body"),
    [
        (Reply(), 200, None, b""),
        (Reply(404, "ü"), 404, None, "ü".encode()),
        (Reply(body=b"\xff", headers={"X-DF-Response-Type": "no-op"}), 200, "no-op", b"\xff"),
        (Reply.json({"ü": [1]}), 200, None, '{"ü":[1]}'.encode()),
        (Reply.json(None, status=422, kind="exit"), 422, "exit", b"null"),
        (Reply.action(Action(url="/x")), 200, "action", b'{"action":{"url":"/x"}}'),
        (Reply.exit(), 200, "exit", b""),
        (Reply.exit(None), 200, "exit", b"null"),
        (Reply.exit({"a": 1}), 200, "exit", b'{"a":1}'),
    ],
)
def test_each_class_method_makes_its_reply(reply: Reply, status: int, kind: str | None, body: bytes) -> None:
    assert (reply.status, reply.headers.get("X-DF-Response-Type"), reply.body) == (status, kind, body)


def test_reply_step_contains_the_step() -> None:
    http = ScriptedTransport([Reply.step(NEXT)])

    outcome = PollingExecutor(http=http, clock=FakeClock(), base_url=BASE).run(polling_step())

    assert outcome == NextStep(NEXT, trigger=Trigger.PROGRESS, attempts=outcome.attempts)


@pytest.mark.parametrize(
    "reply",
    [
        Reply(takes=7),
        Reply.json({}, takes=7),
        Reply.step(Step(), takes=7),
        Reply.action(Action(), takes=7),
        Reply.exit(takes=7),
        Reply.exit(1, takes=7),
    ],
)
def test_takes_advances_the_clock(reply: Reply) -> None:
    clock = FakeClock()

    ScriptedTransport([reply], clock=clock).request("GET", "https://bar.foo")

    assert clock.monotonic() == 7


# ScriptedTransport


def test_requests_are_recorded() -> None:
    clock = FakeClock(3)
    http = ScriptedTransport([Reply(), Reply()], clock=clock)

    http.request("post", "https://bar.foo/x", body=b'{"a":1}', headers={"X-Key": "1"}, timeout=urllib3.Timeout(total=9))
    http.request("GET", "https://bar.foo/y")

    first, second = http.requests
    assert (first.method, first.url, first.body, first.timeout, first.at) == (
        "POST",
        "https://bar.foo/x",
        b'{"a":1}',
        9,
        3,
    )
    assert first.json() == {"a": 1}
    assert first.headers["x-key"] == "1"
    assert second == RecordedRequest("GET", "https://bar.foo/y", second.headers, None, None, 3)
    assert dict(second.headers) == {}
    with pytest.raises(ValueError, match="no JSON"):
        second.json()


def test_without_a_clock_the_time_is_0() -> None:
    http = ScriptedTransport([Reply(takes=7)])

    http.request("GET", "https://bar.foo")

    assert http.requests[0].at == 0


def test_a_reply_is_read_like_a_response_of_urllib3() -> None:
    response = ScriptedTransport([Reply(201, b"abc", headers={"X-Key": "1"})]).request("GET", "https://bar.foo")

    assert (response.status, response.headers["x-key"]) == (201, "1")
    assert [response.read(2), response.read(2), response.read(2)] == [b"ab", b"c", b""]
    response.release_conn()


def test_an_exception_is_raised_in_place_of_a_reply() -> None:
    error = ConnectionResetError("gone")

    with pytest.raises(ConnectionResetError) as raised:
        ScriptedTransport([error]).request("GET", "https://bar.foo")
    assert raised.value is error


@pytest.mark.parametrize(
    ("replies", "number", "count"),
    [([], 1, "0 replies"), ([Reply()], 2, "1 reply"), ([Reply(), Reply()], 3, "2 replies")],
)
def test_run_raises_the_error_of_a_request_after_the_last_reply(
    replies: list[Reply | Exception], number: int, count: str
) -> None:
    executor = PollingExecutor(base_url=BASE, http=ScriptedTransport(replies), clock=FakeClock())

    with pytest.raises(ScriptExhaustedError) as raised:
        executor.run(polling_step(max_attempts=9))

    assert str(raised.value) == f"request {number} was not expected: GET {BASE}/status (the script has {count})"
    assert isinstance(raised.value, AssertionError)


def test_the_first_unused_reply_is_named() -> None:
    http = ScriptedTransport([Reply(), Reply(404), Reply(500)])
    http.request("GET", "https://bar.foo")

    with pytest.raises(AssertionError) as raised:
        http.assert_all_used()

    assert str(raised.value) == (
        "2 of 3 replies were not used; the first of these is Reply(status=404, body=b'', headers={}, takes=0.0)"
    )


def test_assert_all_used_accepts_a_script_without_unused_replies() -> None:
    http = ScriptedTransport([Reply()])
    http.request("GET", "https://bar.foo")

    http.assert_all_used()


def test_each_request_of_several_threads_gets_one_reply() -> None:
    http = ScriptedTransport([Reply(status=200 + number) for number in range(64)])
    statuses: list[int] = []

    def ask() -> None:
        statuses.extend(http.request("GET", "https://bar.foo").status for _ in range(8))

    threads = [threading.Thread(target=ask) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(statuses) == list(range(200, 264))


# The package and its plugin


def test_the_fixtures_share_a_clock(fake_clock: FakeClock, scripted_transport: Script) -> None:
    http = scripted_transport([Reply(takes=2), Reply.exit(1)])

    outcome = PollingExecutor(base_url=BASE, http=http, clock=fake_clock).run(polling_step(interval=5))

    assert outcome == Exited(1, trigger=Trigger.PROGRESS, attempts=outcome.attempts)
    assert fake_clock.sleeps == [3]
    assert [request.at for request in http.requests] == [0, 5]


@pytest.mark.slow
def test_the_fixture_fails_a_test_with_unused_replies(tmp_path: Path) -> None:
    (tmp_path / "test_user.py").write_text(
        "from stepdsl.testing import Reply\n"
        "def test_leaves(scripted_transport): scripted_transport([Reply()])\n"
        "def test_uses(scripted_transport): scripted_transport([])\n"
    )

    ended = subprocess.run(
        [
            *(sys.executable, "-m", "pytest", "-q", "-p", "stepdsl.testing.plugin", "-p", "no:cacheprovider"),
            *("--rootdir", str(tmp_path), "-c", "/dev/null", str(tmp_path)),
        ],
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONPATH": ROOT, "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"},
        check=False,
    )

    assert "2 passed, 1 error" in ended.stdout
    assert "1 of 1 reply was not used" in ended.stdout


@pytest.mark.slow
def test_the_plugin_loads_stepdsl_only_for_a_fixture() -> None:
    source = (
        "import sys, stepdsl.testing.plugin\n"
        "print({'cattrs', 'urllib3', 'stepdsl.executor', 'stepdsl.model.step'} & sys.modules.keys())"
    )
    loaded = subprocess.run(
        [sys.executable, "-c", source],
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONPATH": ROOT},
        check=True,
    )

    assert loaded.stdout.strip() == "set()"


def test_the_package_exports_the_names_in_all() -> None:
    named = {name: getattr(stepdsl.testing, name) for name in stepdsl.testing.__all__}
    assert named.pop("PROTOCOL_RULES")["way-on"].code == "way-on"
    assert all(found.__name__ == name for name, found in named.items())
    with pytest.raises(AttributeError, match=r"'FakeClok'; did you mean 'FakeClock'\?$"):
        stepdsl.testing.FakeClok  # type: ignore[attr-defined]  # noqa: B018
