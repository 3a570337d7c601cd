"""The main cases with a real server, with the default transport and with a urllib3.PoolManager."""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Iterator
from typing import Any

import pytest
import urllib3

from stepdsl import UNSET, Action, ErrorResponseBody, Polling
from stepdsl.executor import Exited, Failed, Http, NextStep, PollingExecutor, Trigger
from stepdsl.testing import FakeClock, Reply
from tests.executor.loopback import Connection, Server, head, scripted
from tests.executor.support import GAVE_UP, NEXT, NEXT_JSON, answer, exiting, polling_step, redirect

DONE = answer(exiting("done"))


@pytest.fixture(params=["own transport", "PoolManager"])
def http(request: pytest.FixtureRequest) -> Iterator[Http | None]:
    if request.param == "own transport":
        yield None
    else:
        with urllib3.PoolManager() as pool:
            yield pool


def test_polling_continues_until_an_action_loads_the_next_step(http: Http | None, fake_clock: FakeClock) -> None:
    pending = Reply(200, '{"status":"pending"}')
    with scripted(
        [pending, Reply(), Reply(304), answer({"action": {"url": "next", "data": {"ü": 1}}}), answer(NEXT_JSON)]
    ) as server:
        executor = PollingExecutor(
            base_url=f"{server.url}/flow/", http=http, clock=fake_clock, headers={"Authorization": "Bearer x"}
        )

        outcome = executor.run(polling_step(url="status?id=1", max_attempts=9))

    assert outcome == NextStep(NEXT, trigger=Trigger.PROGRESS, attempts=outcome.attempts)
    assert [attempt.status for attempt in outcome.attempts] == [200, 200, 304, 200]
    assert fake_clock.sleeps == [5, 5, 5]
    *polls, action = server.received
    assert {(poll.method, poll.target, poll.body) for poll in polls} == {("GET", "/flow/status?id=1", b"")}
    assert (action.method, action.target, action.body) == ("POST", "/flow/next", '{"ü":1}'.encode())
    assert {received.headers["authorization"] for received in server.received} == {"Bearer x"}
    assert {received.headers["accept"] for received in server.received} == {"application/json"}
    assert action.headers["content-type"] == "application/json"
    assert server.connections == 1


@pytest.mark.parametrize(
    ("replies", "outcome"),
    [
        pytest.param([answer(NEXT_JSON, kind="step")], NextStep(NEXT, trigger=Trigger.PROGRESS), id="step"),
        pytest.param([answer([1], kind="exit")], Exited([1], trigger=Trigger.PROGRESS), id="exit"),
        pytest.param([Reply.exit()], Exited(UNSET, trigger=Trigger.PROGRESS), id="exit without a result"),
        pytest.param([Reply(500, "{}")], Exited(GAVE_UP, trigger=Trigger.STATUS), id="status"),
        pytest.param([answer({}, kind="x")], Exited(GAVE_UP, trigger=Trigger.MISMATCH), id="mismatch"),
        pytest.param([Reply()], Exited(GAVE_UP, trigger=Trigger.EXHAUSTED), id="exhausted"),
        pytest.param(
            [answer({"action": {"url": "/x"}}), answer({"error": "no"}, status=422)],
            Failed(422, ErrorResponseBody(error="no"), "status 422", trigger=Trigger.PROGRESS),
            id="failed",
        ),
    ],
)
def test_each_kind_of_answer_has_its_outcome(
    http: Http | None, fake_clock: FakeClock, replies: list[Reply], outcome: Any
) -> None:
    with scripted(replies) as server:
        ended = PollingExecutor(base_url=server.url, http=http, clock=fake_clock).run(polling_step(max_attempts=2))

    assert type(ended) is type(outcome)
    assert ended.trigger is outcome.trigger
    for name in ("result", "step", "status", "body", "reason"):
        assert getattr(ended, name, None) == getattr(outcome, name, None)


def test_on_error_submits_the_model(http: Http | None, fake_clock: FakeClock) -> None:
    on_error = Polling.OnError(action=Action(url="/failed", method="PUT", data={"b": 2}))
    with scripted([Reply(404), answer(NEXT_JSON)]) as server:
        step = polling_step(on_error=on_error, model={"a": 1, "b": 1})
        outcome = PollingExecutor(base_url=server.url, http=http, clock=fake_clock).run(step)

    assert isinstance(outcome, NextStep)
    assert outcome.trigger is Trigger.STATUS
    assert (server.received[1].method, server.received[1].body) == ("PUT", b'{"a":1,"b":2}')


def test_redirects_keep_the_connection(http: Http | None, fake_clock: FakeClock) -> None:
    with scripted([redirect("/a"), redirect("/b?c", 307, b"moved"), DONE]) as server:
        outcome = PollingExecutor(base_url=server.url, http=http, clock=fake_clock).run(polling_step())

    assert outcome.trigger is Trigger.PROGRESS
    assert [received.target for received in server.received] == ["/status", "/a", "/b?c"]
    assert server.connections == 1


def test_credentials_are_not_sent_to_another_origin(http: Http | None, fake_clock: FakeClock) -> None:
    with scripted([DONE]) as other, scripted([redirect(f"{other.url}/x")]) as server:
        executor = PollingExecutor(
            base_url=server.url, http=http, clock=fake_clock, headers={"Authorization": "x", "X-Key": "x"}
        )
        outcome = executor.run(polling_step())

    assert outcome.trigger is Trigger.PROGRESS
    assert server.received[0].headers["authorization"] == server.received[0].headers["x-key"] == "x"
    assert not {"authorization", "x-key"} & other.received[0].headers.keys()


def test_credentials_are_not_sent_without_base_url(http: Http | None, fake_clock: FakeClock) -> None:
    with scripted([redirect("/x"), DONE]) as server:
        executor = PollingExecutor(http=http, clock=fake_clock, headers={"Authorization": "x"})
        outcome = executor.run(polling_step(url=f"{server.url}/status"))

    assert outcome.trigger is Trigger.PROGRESS
    assert [received.headers.get("authorization") for received in server.received] == [None, None]


@pytest.mark.parametrize(
    ("coding", "encode"),
    [
        pytest.param("gzip", gzip.compress, id="gzip"),
        pytest.param("GZIP", gzip.compress, id="in capitals"),
        pytest.param("x-gzip", gzip.compress, id="x-gzip"),
        pytest.param("deflate", zlib.compress, id="deflate"),
        pytest.param("identity", bytes, id="identity"),
    ],
)
def test_bodies_are_decoded(http: Http | None, fake_clock: FakeClock, coding: str, encode: Any) -> None:
    body = encode(b'"' + b"x" * 300_000 + b'"')
    reply = Reply(200, body, headers={"Content-Encoding": coding, "X-DF-Response-Type": "exit"})
    with scripted([reply]) as server:
        outcome = PollingExecutor(base_url=server.url, http=http, clock=fake_clock).run(polling_step())

    assert outcome == Exited("x" * 300_000, trigger=Trigger.PROGRESS, attempts=outcome.attempts)


def test_a_broken_coding_is_a_failed_attempt(http: Http | None, fake_clock: FakeClock) -> None:
    with scripted([answer(b"not gzip", Content_Encoding="gzip"), DONE]) as server:
        outcome = PollingExecutor(base_url=server.url, http=http, clock=fake_clock).run(polling_step())

    assert outcome.attempts[0].error is not None
    assert outcome.attempts[0].error.startswith("DecodeError: ")
    assert outcome.trigger is Trigger.PROGRESS


@pytest.mark.parametrize("last", [b"0\r\n\r\n", b"0\r\nTrailer: x\r\n\r\n"], ids=["plain", "with a trailer"])
def test_a_chunked_body_is_read(http: Http | None, fake_clock: FakeClock, last: bytes) -> None:
    def handle(connection: Connection) -> None:
        while connection.receive():
            connection.send(head(200, {"Transfer-Encoding": "chunked", "X-DF-Response-Type": "exit"}))
            connection.send(b"2\r\n[1\r\n3;x=y\r\n,2]\r\n" + last)

    with Server(handle) as server:
        executor = PollingExecutor(base_url=server.url, http=http, clock=fake_clock)
        outcomes = [executor.run(polling_step()) for _ in range(2)]

    assert [getattr(outcome, "result", None) for outcome in outcomes] == [[1, 2], [1, 2]]
    assert server.connections == 1


@pytest.mark.parametrize("fields", [{}, {"Connection": "close"}], ids=["HTTP/1.1", "Connection: close"])
def test_a_body_that_ends_with_the_connection_is_read(
    http: Http | None, fake_clock: FakeClock, fields: dict[str, str]
) -> None:
    def handle(connection: Connection) -> None:
        connection.receive()
        connection.send(head(200, {"X-DF-Response-Type": "exit", **fields}) + b"[1,2]")

    with Server(handle) as server:
        outcome = PollingExecutor(base_url=server.url, http=http, clock=fake_clock).run(polling_step())

    assert outcome == Exited([1, 2], trigger=Trigger.PROGRESS, attempts=outcome.attempts)


def test_a_connection_is_not_used_again_if_its_body_was_not_read_completely(
    http: Http | None, fake_clock: FakeClock
) -> None:
    def handle(connection: Connection) -> None:
        while connection.receive():
            if connection.number == 1:
                connection.send(head(length=100) + b"x" * 51)
            else:
                connection.reply(DONE)

    with Server(handle) as server:
        outcome = PollingExecutor(base_url=server.url, http=http, clock=fake_clock, max_body=50).run(
            polling_step(max_attempts=2)
        )

    assert [(attempt.status, attempt.error) for attempt in outcome.attempts] == [
        (None, "the body is larger than 50 bytes"),
        (200, None),
    ]
    assert server.connections == 2


CONTINUE, PROCESSING, HINTS = head(100), head(102), head(103, {"Link": "</x>", "X-DF-Response-Type": "exit"})


@pytest.mark.parametrize(
    "interim",
    [
        pytest.param(CONTINUE, id="100"),
        pytest.param(PROCESSING, id="102"),
        pytest.param(HINTS, id="103"),
        pytest.param(b"HTTP/1.1 199 Later\r\nContent-Length: 5\r\n\r\n", id="199"),
        pytest.param(CONTINUE + PROCESSING + HINTS + CONTINUE + HINTS, id="several"),
        pytest.param(HINTS * 100, id="100 in a row"),
    ],
)
def test_interim_answers_are_skipped(fake_clock: FakeClock, interim: bytes) -> None:
    def handle(connection: Connection) -> None:
        while connection.receive():
            connection.send(interim)
            connection.reply(replies.pop(0))

    replies = [answer({}), answer({"action": {"url": "/next", "data": 1}}), answer(NEXT_JSON)]
    with Server(handle) as server:
        outcome = PollingExecutor(base_url=server.url, clock=fake_clock).run(polling_step())

        assert outcome == NextStep(NEXT, trigger=Trigger.PROGRESS, attempts=outcome.attempts)
        assert [attempt.status for attempt in outcome.attempts] == [200, 200]
        assert server.connections == 1


def test_101_is_an_answer_and_its_connection_is_not_used_again(fake_clock: FakeClock) -> None:
    def handle(connection: Connection) -> None:
        while connection.receive():
            if connection.number == 1:
                connection.send(head(101))
            connection.reply(DONE)

    with Server(handle) as server:
        outcome = PollingExecutor(base_url=server.url, clock=fake_clock).run(polling_step())

    assert [attempt.status for attempt in outcome.attempts] == [101, 200]
    assert server.connections == 2


def test_an_interim_answer_that_a_pool_manager_returns_is_not_the_answer_of_the_next_request(
    fake_clock: FakeClock,
) -> None:
    """urllib3 skips only 100. The executor can only close the connection."""

    def handle(connection: Connection) -> None:
        while connection.receive():
            if connection.number == 1:
                connection.send(CONTINUE + HINTS)
            connection.reply(DONE)

    with Server(handle) as server, urllib3.PoolManager() as http:
        outcome = PollingExecutor(base_url=server.url, http=http, clock=fake_clock).run(polling_step())

    assert [attempt.status for attempt in outcome.attempts] == [103, 200]
    assert server.connections == 2


def test_a_connection_that_the_server_closed_during_the_pause_is_replaced(
    http: Http | None, fake_clock: FakeClock
) -> None:
    def handle(connection: Connection) -> None:
        connection.receive()
        connection.reply(Reply() if connection.number == 1 else DONE)

    def closed(_: object) -> None:
        assert server.closed_one.wait(10)

    with Server(handle) as server:
        executor = PollingExecutor(base_url=server.url, http=http, clock=fake_clock, on_attempt=closed)
        outcome = executor.run(polling_step())

    assert [attempt.status for attempt in outcome.attempts] == [200, 200]
    assert server.connections == 2


def test_a_large_body_is_sent_completely(http: Http | None, fake_clock: FakeClock) -> None:
    data = {"text": "x" * 1_000_000}
    with scripted([answer({"action": {"url": "/next", "data": data}}), answer(NEXT_JSON)]) as server:
        executor = PollingExecutor(base_url=server.url, http=http, clock=fake_clock, max_body=2_000_000)
        outcome = executor.run(polling_step())

    assert isinstance(outcome, NextStep)
    assert len(server.received[1].body) == 1_000_011


def test_a_run_with_a_host_name_and_the_system_clock_has_an_outcome(http: Http | None) -> None:
    with scripted([Reply(), DONE]) as server:
        executor = PollingExecutor(base_url=f"http://localhost:{server.port}", http=http)
        outcome = executor.run(polling_step(delay=0))

    assert outcome.trigger is Trigger.PROGRESS
    assert outcome.attempts[0].at <= outcome.attempts[1].at


def test_a_port_without_a_server_is_a_failed_attempt(http: Http | None, fake_clock: FakeClock) -> None:
    with scripted([DONE]) as server:
        url = server.url

    outcome = PollingExecutor(base_url=url, http=http, clock=fake_clock).run(polling_step())

    assert outcome.trigger is Trigger.EXHAUSTED
    assert {(attempt.error or "").partition(":")[0] for attempt in outcome.attempts} == {"ConnectionRefusedError"}
