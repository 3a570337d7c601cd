"""For any answers of a server, a run returns an outcome, makes at most `max_attempts` attempts, and raises nothing."""

from __future__ import annotations

import http.client
import itertools
import json
from typing import Any

import urllib3
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from stepdsl import Action, ActionBehavior, Polling, Step, UnknownBehavior
from stepdsl.executor import Cancelled, Exited, Failed, NextStep, Outcome, PollingExecutor, Trigger, Unhandled
from stepdsl.testing import FakeClock, Reply, ScriptedTransport
from tests.executor.loopback import Connection, Server
from tests.executor.support import BASE, GIVE_UP, NEXT_JSON, polling_step

ACTIONS: list[dict[str, Any]] = [
    {},
    {"exit": True},
    {"exit": True, "result": {"a": 1}},
    {"url": "/next"},
    {"url": "/next", "method": "GET", "data": 1},
    {"url": "/next", "exit": True, "result": {"a": 1}, "data": {"b": 2}},
    {"url": "http://[", "method": "\u2028"},
]


def json_values(**floats: bool) -> st.SearchStrategy[Any]:
    """Return a strategy for small JSON values. Depending on `floats`, they can contain NaN and infinity."""
    return st.recursive(
        st.none()
        | st.booleans()
        | st.integers(-(2**63), 2**63 - 1)
        | st.floats(**floats)
        | st.text(st.characters(exclude_categories=["Cs"]), max_size=5),
        lambda values: st.lists(values, max_size=3) | st.dictionaries(st.text("abc", max_size=5), values, max_size=3),
        max_leaves=5,
    )


anything = json_values() | st.just(2**64) | st.just("\ud800")
documents = st.one_of(
    anything,
    st.sampled_from(ACTIONS).map(lambda action: {"action": action}),
    st.fixed_dictionaries({"action": anything}),
    st.just(NEXT_JSON),
    st.fixed_dictionaries({"error": anything}, optional={"validation": anything}),
)
bodies = st.one_of(documents.map(lambda value: json.dumps(value).encode()), st.binary(max_size=50), st.just(b""))
kinds = st.sampled_from(["action", "step", "exit", "no-op", "modal", "subflow", "ACTION ", "", "x", "step, exit"])
headers = st.fixed_dictionaries(
    {},
    optional={
        "X-DF-Response-Type": kinds,
        "Location": st.sampled_from(["/x", "", "http://other.example/", "file:///x", "//", "http://["]) | st.text(),
        "Content-Encoding": st.sampled_from(["gzip", "br", "identity", "gzip, gzip"]),
        "Content-Length": st.sampled_from(["0", "5", "-1", "x", "9" * 30]),
    },
)
statuses = st.sampled_from([200, 201, 204, 301, 302, 304, 307, 308, 400, 422, 500]) | st.integers(100, 999)
failures = st.sampled_from(
    [
        ConnectionResetError("reset"),
        TimeoutError(),
        OSError(),
        ValueError("odd"),
        UnicodeDecodeError("utf-8", b"\xff", 0, 1, "odd"),
        http.client.BadStatusLine("x"),
        urllib3.exceptions.ProtocolError("Connection aborted.", ConnectionResetError()),
        urllib3.exceptions.LocationParseError("x"),
        urllib3.exceptions.IncompleteRead(1, 2),
    ]
)
replies = st.builds(Reply, statuses, bodies, headers=headers, takes=st.sampled_from([0, 1, 40])) | failures
on_errors = st.sampled_from(
    [
        GIVE_UP,
        Polling.OnError(action=Action(url="/failed", data={"c": 3})),
        Polling.OnError(action=Action()),
        Polling.OnError(behavior=ActionBehavior(action=Action(url="/failed", method="PUT"))),
        Polling.OnError(behavior=UnknownBehavior(type="unheard-of")),
    ]
)
steps = st.builds(
    polling_step,
    max_attempts=st.integers(-1, 6),
    interval=st.none() | st.integers(-1, 10),
    delay=st.none() | st.integers(-1, 10),
    timeout=st.none() | st.integers(-1, 50),
    on_error=on_errors,
    model=json_values(allow_nan=False, allow_infinity=False),
)


class Endless(ScriptedTransport):
    """Repeats its replies again and again."""

    def __init__(self, script: list[Reply | Exception], clock: FakeClock) -> None:
        super().__init__(itertools.islice(itertools.cycle(script), 200), clock=clock)


def is_sound(outcome: Outcome, step: Step) -> None:
    """Assert the properties of every outcome."""
    assert isinstance(outcome, NextStep | Exited | Failed | Unhandled)
    assert outcome.trigger is not Trigger.CANCELLED
    assert isinstance(outcome.trigger, Trigger)
    assert step.polling is not None
    assert len(outcome.attempts) <= max(step.polling.max_attempts, 0)
    if outcome.trigger is Trigger.EXHAUSTED:
        assert len(outcome.attempts) == max(step.polling.max_attempts, 0)
    for number, attempt in enumerate(outcome.attempts, 1):
        assert attempt.number == number
        assert (attempt.status is None) != (attempt.error is None)
    assert [attempt.at for attempt in outcome.attempts] == sorted(attempt.at for attempt in outcome.attempts)


@given(st.lists(replies, min_size=1, max_size=12), steps)
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_any_sequence_of_answers_ends_in_an_outcome(script: list[Reply | Exception], step: Step) -> None:
    clock = FakeClock()
    http = Endless(script, clock)
    reported: list[object] = []

    outcome = PollingExecutor(
        base_url=BASE, http=http, clock=clock, max_body=40, timeout=30, on_attempt=reported.append
    ).run(step)

    is_sound(outcome, step)
    assert tuple(reported) == outcome.attempts
    redirects = sum(
        isinstance(reply, Reply) and reply.status in (301, 302, 303, 307, 308) and "Location" in reply.headers
        for reply in itertools.islice(itertools.cycle(script), len(http.requests))
    )
    assert len(http.requests) - redirects <= len(outcome.attempts) + 10
    assert len(http.requests) <= 6 * (len(outcome.attempts) + 10)


pieces = st.sampled_from(
    [
        *(b"HTTP/1.1 %d X\r\n" % status for status in (100, 101, 200, 204, 302, 304, 500)),
        b"HTTP/1.0 200 OK\r\n",
        b"\r\n",
        b"\n",
        b"Content-Length: 5\r\n",
        b"Content-Length: 0\r\n",
        b"Content-Length: 5, 5\r\n",
        b"Content-Length: 99999999999999999999\r\n",
        b"Transfer-Encoding: chunked\r\n",
        b"Transfer-Encoding: gzip, chunked\r\n",
        b"Content-Encoding: gzip\r\n",
        b"Content-Encoding: deflate\r\n",
        b"Connection: close\r\n",
        b"Location: /x\r\n",
        b"Location: //\xff\r\n",
        b"X-DF-Response-Type: exit\r\n",
        b"X-DF-Response-Type: step\r\n",
        b" folded\r\n",
        b"5\r\nhello\r\n",
        b"0\r\n\r\n",
        b"hello",
        b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\x03\xcbH\xcd\xc9\xc9\x07\x00\x86\xa6\x106\x05\x00\x00\x00",
        b"x\x9c\xcbH\xcd\xc9\xc9\x07\x00\x06,\x02\x15",
        b'{"action":{"exit":true}}',
        b"\xff",
        b"\x00",
    ]
)
streams = st.lists(pieces | st.binary(max_size=20), max_size=12).map(b"".join)


@settings(max_examples=120, deadline=None)
@given(st.data())
def test_any_bytes_from_a_server_end_in_an_outcome(data: st.DataObject) -> None:
    stream = data.draw(st.one_of(streams, streams.map(lambda tail: b"HTTP/1.1 200 OK\r\n" + tail)))

    def handle(connection: Connection) -> None:
        connection.receive()
        connection.send(stream)

    step = polling_step(max_attempts=2, delay=0)
    with Server(handle) as server:
        outcome = PollingExecutor(base_url=server.url, timeout=20).run(step)

    assert not isinstance(outcome, Cancelled)
    is_sound(outcome, step)
