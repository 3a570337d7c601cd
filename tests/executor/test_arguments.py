"""Mistakes of the caller. The constructor or `run` raises an error before the first request."""

from __future__ import annotations

import time
from typing import Any
from unittest import mock

import pytest
import urllib3

from stepdsl import Action, ActionBehavior, External, InvalidValueError, LinkBehavior, Polling, Step
from stepdsl.executor import Exited, Failed, PollingExecutor, Trigger, Unhandled
from stepdsl.testing import FakeClock, Reply, ScriptedTransport
from tests.executor.support import BASE, Script, answer, exiting, polling_step, run

DONE = answer(exiting(1))


class Session:
    """Has the parameters of the `request` of a `requests.Session`."""

    def request(
        self,
        method: str,
        url: str,
        params: object = None,
        data: object = None,
        headers: object = None,
        timeout: object = None,
        allow_redirects: bool = True,
        json: object = None,
    ) -> None:
        raise AssertionError


class Client:
    """Has the parameters of the `request` of an `httpx.Client`."""

    def request(
        self, method: str, url: str, *, content: object = None, headers: object = None, timeout: object = None
    ) -> None:
        raise AssertionError


class AsyncClient:
    async def request(self, method: str, url: str, **options: object) -> None:
        raise AssertionError


class PositionalOnly:
    def request(
        self, method: str, url: str, body: object, headers: object, /, timeout: object, retries: object
    ) -> None:
        raise AssertionError


class Explicit:
    """Has exactly the parameters that the executor uses."""

    def request(
        self,
        method: str,
        url: str,
        *,
        body: object,
        headers: object,
        timeout: object,
        retries: object,
        redirect: object,
        preload_content: object,
    ) -> None:
        raise AssertionError


class WithoutSignature:
    class Request:
        __signature__ = "none"

        def __call__(self, *_: object, **__: object) -> None:
            raise AssertionError

    request = Request()


class Sleepless:
    monotonic = time.monotonic


URL = "base_url: expected an absolute http or https URL, got "
HTTP = "http: expected a urllib3.PoolManager or an object with the same request method, got "
CLOCK = "clock: expected an object with monotonic() and sleep(seconds), got "
MISTAKES: list[tuple[dict[str, object], str]] = [
    ({"base_url": "bar.foo"}, URL + "'bar.foo'; write 'https://bar.foo'"),
    ({"base_url": "bar.foo/flow?x"}, URL + "'bar.foo/flow?x'; write 'https://bar.foo/flow?x'"),
    ({"base_url": "localhost:8080/x"}, URL + "'localhost:8080/x'; write 'http://localhost:8080/x'"),
    ({"base_url": "/flow"}, URL + "'/flow'"),
    ({"base_url": "//bar.foo"}, URL + "'//bar.foo'"),
    ({"base_url": ""}, URL + "''"),
    ({"base_url": "ftp://bar.foo"}, URL + "'ftp://bar.foo'"),
    ({"base_url": "file:///flow"}, URL + "'file:///flow'"),
    ({"base_url": "https://"}, URL + "'https://'"),
    ({"base_url": "https://bar.foo:99999"}, URL + "'https://bar.foo:99999'"),
    ({"base_url": "ftp://user:s3/cret@bar.foo"}, URL + "'…@bar.foo'"),
    ({"base_url": b"https://bar.foo"}, URL + "a bytes; write ….decode()"),
    ({"base_url": 1}, URL + "1"),
    ({"http": "https://bar.foo"}, HTTP + "'https://bar.foo'"),
    ({"http": object()}, HTTP + "an object"),
    ({"http": urllib3.PoolManager}, HTTP + "the class PoolManager; write PoolManager(…)"),
    (
        {"http": Session()},
        HTTP + "a Session, whose request method does not take body, retries, redirect, preload_content",
    ),
    (
        {"http": Session},
        HTTP + "the class Session, whose request method does not take body, retries, redirect, preload_content",
    ),
    (
        {"http": Client()},
        HTTP + "a Client, whose request method does not take body, retries, redirect, preload_content",
    ),
    (
        {"http": PositionalOnly()},
        HTTP + "a PositionalOnly, whose request method does not take body, headers, redirect, preload_content",
    ),
    ({"http": AsyncClient()}, HTTP + "an AsyncClient, whose request method is async"),
    ({"clock": FakeClock}, CLOCK + "the class FakeClock; write FakeClock(…)"),
    ({"clock": Sleepless()}, CLOCK + "a Sleepless"),
    ({"clock": 5}, CLOCK + "5"),
    ({"headers": {"X Key": "1"}}, "headers: 'X Key' is no name of a header"),
    ({"headers": {1: "1"}}, "headers: 1 is no name of a header"),
    ({"headers": {"X-Key": "1\r\nX: 2"}}, "headers: X-Key: expected Latin-1 text on one line, got several lines"),
    (
        {"headers": {"X-Key": "€"}},
        "headers: X-Key: expected Latin-1 text on one line, got other characters",
    ),
    ({"headers": {"X-Key": 1}}, "headers: X-Key: expected Latin-1 text on one line, got a value of the type int"),
    ({"headers": {"X-Key": None}}, "headers: X-Key: expected Latin-1 text on one line, got None"),
    ({"headers": {"X-Key": b"1"}}, "headers: X-Key: expected Latin-1 text on one line, got a value of the type bytes"),
    ({"headers": "Authorization: s3cret"}, "headers: expected a mapping of names to values, got a string"),
    ({"headers": [("X-Key", "1")]}, "headers: expected a mapping of names to values, got a list"),
    ({"open_url": "https://bar.foo"}, "open_url: expected a function, got 'https://bar.foo'"),
    ({"on_attempt": []}, "on_attempt: expected a function, got a list"),
    ({"timeout": 0}, "timeout: expected a number of seconds above 0, got 0"),
    ({"timeout": -1.5}, "timeout: expected a number of seconds above 0, got -1.5"),
    ({"timeout": float("nan")}, "timeout: expected a number of seconds above 0, got nan"),
    ({"timeout": "5"}, "timeout: expected a number of seconds above 0, got '5'"),
    ({"timeout": None}, "timeout: expected a number of seconds above 0, got None"),
    ({"max_body": -1}, "max_body: expected 0 bytes or more, got -1"),
    ({"max_body": 1e6}, "max_body: expected 0 bytes or more, got 1000000.0; write 1000000"),
    ({"open_schemes": "myapp"}, "open_schemes: expected a list of schemes, got 'myapp'; write ['myapp']"),
    ({"open_schemes": None}, "open_schemes: expected a list of schemes, got None"),
    ({"open_schemes": ["http", "myapp://"]}, "open_schemes: 'myapp://' is no scheme; write 'myapp'"),
    ({"open_schemes": [""]}, "open_schemes: '' is no scheme"),
    ({"open_schemes": [5]}, "open_schemes: 5 is no scheme"),
    ({"open_schemes": [None]}, "open_schemes: None is no scheme"),
]


@pytest.mark.parametrize(("arguments", "message"), MISTAKES)
def test_the_constructor_refuses_an_invalid_argument(arguments: dict[str, Any], message: str) -> None:
    with pytest.raises(InvalidValueError) as refused:
        PollingExecutor(**arguments)

    assert str(refused.value) == f"PollingExecutor.{message}"


def test_an_error_text_does_not_contain_the_value_of_a_header() -> None:
    with pytest.raises(InvalidValueError) as refused:
        PollingExecutor(headers={"Authorization": "Bearer s3cret\n"})

    assert "s3cret" not in str(refused.value)


@pytest.mark.parametrize(
    "http",
    [
        urllib3.PoolManager(),
        urllib3.ProxyManager("http://proxy.example"),
        urllib3,
        ScriptedTransport([]),
        Explicit(),
        WithoutSignature(),
        mock.Mock(),
        mock.create_autospec(urllib3.PoolManager, instance=True),
    ],
    ids=lambda http: getattr(http, "__name__", type(http).__name__),
)
def test_the_constructor_accepts_an_http_with_the_request_method_of_urllib3(http: Any) -> None:
    PollingExecutor(http=http)


def test_none_as_http_is_the_default_transport() -> None:
    outcome = PollingExecutor(http=None, base_url="http://127.0.0.1:1").run(polling_step(max_attempts=1))

    assert (outcome.attempts[0].error or "").startswith("ConnectionRefusedError: ")


@pytest.mark.parametrize(
    ("step", "message"),
    [
        (Step.build(id="x"), "expected a Step, got a StepBuilder; write .built to get the finished object"),
        (polling_step().polling, "expected a Step, got a Polling"),
        ({"id": "x"}, "expected a Step, got a dict; write from_dict(…, Step)"),
        (None, "expected a Step, got None"),
    ],
    ids=["builder", "polling", "document", "none"],
)
def test_run_refuses_anything_but_a_step(step: Any, message: str) -> None:
    http = ScriptedTransport([])

    with pytest.raises(InvalidValueError) as refused:
        PollingExecutor(base_url=BASE, http=http).run(step)

    assert str(refused.value) == f"step: {message}"
    assert http.requests == []


# Relative URLs without base_url

NEEDS_BASE = "expected an absolute URL, because the executor has no base_url; got {}; write PollingExecutor(base_url=…)"
ABSOLUTE = f"{BASE}/status"


def on_error(url: str | None, **properties: Any) -> Polling.OnError:
    return Polling.OnError(action=Action(url=url, **properties))


@pytest.mark.parametrize(
    ("step", "path", "shown"),
    [
        ({"url": "/status"}, "polling.url", "'/status'"),
        ({"url": ""}, "polling.url", "''"),
        ({"url": "?id=1"}, "polling.url", "'?id=1'"),
        ({"url": "//bar.foo/x"}, "polling.url", "'//bar.foo/x'"),
        ({"url": "//user:s3cret@bar.foo/x"}, "polling.url", "'…@bar.foo/x'"),
        ({"url": "/status", "max_attempts": 0}, "polling.url", "'/status'"),
        ({"on_error": on_error("/failed")}, "polling.on_error.action.url", "'/failed'"),
        ({"on_error": on_error("failed", exit=True)}, "polling.on_error.action.url", "'failed'"),
        (
            {"on_error": Polling.OnError(behavior=ActionBehavior(action=Action(url="/failed")))},
            "polling.on_error.behavior.action.url",
            "'/failed'",
        ),
        ({"external": External(url="/approve")}, "external.url", "'/approve'"),
    ],
)
def test_run_refuses_a_relative_url_without_base_url(
    fake_clock: FakeClock, step: dict[str, Any], path: str, shown: str
) -> None:
    http = ScriptedTransport([])
    executor = PollingExecutor(http=http, clock=fake_clock, open_url=pytest.fail)
    # Without the wrong URL, the step has only absolute ones.
    step = {"url": ABSOLUTE, **step}
    if path != "external.url":
        step["external"] = External(url="https://bank.example")

    with pytest.raises(InvalidValueError) as refused:
        executor.run(polling_step(**step))

    assert str(refused.value) == f"Step.{path}: {NEEDS_BASE.format(shown)}"
    assert http.requests == []
    assert fake_clock.sleeps == []


@pytest.mark.parametrize(
    ("on_error", "kind"),
    [
        pytest.param(Polling.OnError(action=Action(exit=True)), Exited, id="an action without url"),
        pytest.param(
            Polling.OnError(behavior=LinkBehavior(url="/x"), action=Action(url="/not-performed")),
            Unhandled,
            id="an action that the behavior replaces",
        ),
    ],
)
def test_run_needs_no_base_url_without_relative_urls(
    fake_clock: FakeClock, on_error: Polling.OnError, kind: type[object]
) -> None:
    step = polling_step(url=ABSOLUTE, on_error=on_error, external=External(url="/not-opened"))

    outcome = run(ScriptedTransport([Reply(500)]), fake_clock, step, base_url=None)

    assert isinstance(outcome, kind)


def test_a_relative_url_in_an_answer_fails_at_once_without_base_url(
    fake_clock: FakeClock, scripted_transport: Script
) -> None:
    http = scripted_transport([Reply.action(Action(url="/next"))])

    outcome = run(http, fake_clock, polling_step(url=ABSOLUTE), base_url=None)

    assert outcome == Failed(
        None,
        None,
        "bad URL: a relative URL, and there is no base_url to join it to",
        trigger=Trigger.PROGRESS,
        attempts=outcome.attempts,
    )
    assert len(outcome.attempts) == 1
