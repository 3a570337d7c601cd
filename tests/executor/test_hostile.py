"""Hostile and broken servers, with real sockets. Each run returns an outcome within limits for time and memory.

No test measures time. A run that does not end at its timeout blocks, and `run_to_its_end` then fails the test.
"""

from __future__ import annotations

import gzip
import tracemalloc
import zlib
from collections.abc import Callable, Iterator

import pytest

from stepdsl import Action, Polling
from stepdsl.executor import Exited, Failed, PollingExecutor, Trigger
from stepdsl.testing import Reply
from tests.executor.loopback import Connection, Handle, Server, head, scripted
from tests.executor.support import (
    AMPLE,
    EVERY,
    GAVE_UP,
    TIMED_OUT,
    TIMEOUT,
    answer,
    exiting,
    polling_step,
    redirect,
    run_to_its_end,
)

MEBIBYTE = 1_048_576
MAX_MEMORY = 8 * MEBIBYTE
"""The limit for the peak memory in bytes. The hostile servers send much more."""

BOMB = gzip.compress(bytes(32 * MEBIBYTE)) + gzip.compress(bytes(MEBIBYTE)) * 400
TOO_LARGE = "the body is larger than 1048576 bytes"


@pytest.fixture
def peak_memory() -> Iterator[Callable[[], int]]:
    """Yield a function that returns the peak memory of the test in bytes."""
    tracemalloc.start()
    try:
        yield lambda: tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


def after(request_first: bool, *parts: bytes, then: bytes = b"", every: float = 0.0, stall: bool = False) -> Handle:
    """Return a handler. It sends `parts`, then repeats `then` forever, or waits forever, or closes the connection."""

    def handle(connection: Connection) -> None:
        if request_first:
            connection.receive()
        for part in parts:
            connection.send(part)
        if then:
            connection.send_for_ever(then, every)
        if stall:
            connection.stall()

    return handle


FLOOD = b"x" * 65_536
CHUNKED = head(200, {"Transfer-Encoding": "chunked"})
CONTINUE = b"HTTP/1.1 100 Continue\r\n\r\n"
INTERIM = "HTTPException: more than 100 interim answers"
GZIPPED = head(200, {"Content-Encoding": "gzip"})

BROKEN = [
    # too large or endless
    pytest.param(after(True, head(), then=FLOOD), TOO_LARGE, id="a body without end"),
    pytest.param(after(True, head(length=10**12), then=FLOOD), TOO_LARGE, id="a body of 1 TB"),
    pytest.param(after(True, CHUNKED, then=b"10000\r\n" + FLOOD + b"\r\n"), TOO_LARGE, id="chunks without end"),
    pytest.param(after(True, CHUNKED, b"f" * 1000 + b"\r\n", then=FLOOD), TOO_LARGE, id="a chunk without end"),
    pytest.param(after(True, CHUNKED, then=b"1;" + FLOOD), "LineTooLong: ", id="a chunk's size without end"),
    pytest.param(after(True, then=b"HTTP/1.1 " + FLOOD), "LineTooLong: ", id="a status line without end"),
    pytest.param(after(True, head()[:-2], then=FLOOD), "LineTooLong: ", id="a header without end"),
    pytest.param(
        after(True, head()[:-2], then=b"X: y\r\n" * 1000), "HTTPException: got more than 100", id="headers without end"
    ),
    pytest.param(
        after(True, head()[:-2], then=b"X: " + b"y" * 60_000 + b"\r\n"),
        "OSError: more than 262144 bytes before the body",
        id="large headers without end",
    ),
    pytest.param(after(True, then=CONTINUE * 1000), INTERIM, id="100 Continue without end"),
    pytest.param(after(True, then=head(103) * 1000), INTERIM, id="103 without end"),
    pytest.param(after(True, (head(102) + CONTINUE) * 50 + head(103), stall=True), INTERIM, id="101 interim answers"),
    pytest.param(
        after(True, then=head(103, {"X": "y" * 60_000})),
        "OSError: more than 262144 bytes before the body",
        id="large interim answers without end",
    ),
    pytest.param(
        after(True, then=head(103)[:-2] + b"X: y\r\n" * 1000),
        "HTTPException: got more than 100 headers",
        id="an interim answer with headers without end",
    ),
    pytest.param(after(True, head(200, {"Content-Encoding": "gzip"}, len(BOMB)), BOMB), TOO_LARGE, id="a gzip bomb"),
    pytest.param(
        after(True, head(200, {"Content-Encoding": "deflate"}), zlib.compress(bytes(32 * MEBIBYTE))),
        TOO_LARGE,
        id="a deflate bomb",
    ),
    # incomplete
    pytest.param(after(True), "RemoteDisconnected: ", id="closed without an answer"),
    pytest.param(after(False), "", id="closed without reading"),
    pytest.param(after(True, b"HTTP/1.1 2"), "BadStatusLine: ", id="closed in the status line"),
    pytest.param(after(True, head(103)), "RemoteDisconnected: ", id="closed after an interim answer"),
    pytest.param(after(True, head(103)[:-2]), "RemoteDisconnected: ", id="closed in an interim answer"),
    pytest.param(after(True, head(length=9), b"x"), "IncompleteRead: ", id="closed in the body"),
    pytest.param(after(True, CHUNKED, b"5\r\nx"), "IncompleteRead: ", id="closed in a chunk"),
    pytest.param(after(True, CHUNKED, b"1\r\nx\r\n"), "IncompleteRead: ", id="closed between chunks"),
    # not HTTP
    pytest.param(after(True, b"\x00\xff" * 500 + b"\r\n"), "BadStatusLine: ", id="garbage"),
    pytest.param(after(True, b"220 smtp.example ready\r\n"), "BadStatusLine: ", id="another protocol"),
    pytest.param(after(True, b"HTTP/1.1 1000 OK\r\n\r\n"), "BadStatusLine: ", id="a status of four digits"),
    pytest.param(after(True, b"HTTP/1.1 0200\xb2 OK\r\n\r\n"), "BadStatusLine: ", id="an invalid status"),
    pytest.param(after(True, b"HTTP/2 200 OK\r\n\r\n"), "UnknownProtocol: ", id="HTTP/2"),
    pytest.param(
        after(True, b"HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nxx"),
        "InvalidHeader: ",
        id="two lengths",
    ),
    pytest.param(after(True, CHUNKED, b"no size\r\n"), "", id="a chunk without a size"),
    pytest.param(after(True, CHUNKED, b"-1\r\nx\r\n0\r\n\r\n"), "", id="a chunk of negative size"),
]


@pytest.mark.parametrize(("handle", "error"), BROKEN)
def test_a_broken_answer_is_a_failed_attempt(peak_memory: Callable[[], int], handle: Handle, error: str) -> None:
    with Server(handle) as server:
        executor = PollingExecutor(base_url=server.url, timeout=AMPLE)
        outcome = run_to_its_end(executor, polling_step(max_attempts=2, delay=0))

        assert outcome == Exited(GAVE_UP, trigger=Trigger.EXHAUSTED, attempts=outcome.attempts)
        assert [attempt.status for attempt in outcome.attempts] == [None, None]
        for attempt in outcome.attempts:
            assert (attempt.error or "").startswith(error)
            assert 0 < len(attempt.error or "") <= 200
        assert server.connections == 2  # a broken connection is not used again
    assert peak_memory() < MAX_MEMORY


SLOW = [
    pytest.param(after(True, then=b"H", every=EVERY), id="status line"),
    pytest.param(after(True, head()[:-2], then=b"x", every=EVERY), id="header"),
    pytest.param(after(True, head()[:-2], then=b"X: y\r\n", every=EVERY), id="headers"),
    pytest.param(after(True, then=CONTINUE, every=EVERY), id="100 Continue"),
    pytest.param(after(True, then=head(103), every=EVERY), id="103"),
    pytest.param(after(True, head(103), stall=True), id="103, then nothing"),
    pytest.param(after(True, head(length=1000), then=b"x", every=EVERY), id="body"),
    pytest.param(after(True, head(), then=b"x", every=EVERY), id="body without a length"),
    pytest.param(after(True, CHUNKED, then=b"1\r\nx\r\n", every=EVERY), id="chunks"),
    pytest.param(after(True, CHUNKED, b"1", then=b"0", every=EVERY), id="chunk size"),
    pytest.param(after(True, CHUNKED, b"0\r\n", then=b"X: y\r\n"), id="trailers without end"),
    pytest.param(
        after(True, GZIPPED, b"\x1f\x8b\x08\x08" + bytes(6), then=b"x", every=EVERY), id="file name in a gzip head"
    ),
    pytest.param(after(True, GZIPPED, then=gzip.compress(b"") * 3000), id="gzip members of nothing without end"),
    pytest.param(after(False, stall=True), id="nothing is read, nothing comes"),
    pytest.param(after(True, stall=True), id="nothing comes"),
    pytest.param(after(True, head()[:-2], stall=True), id="half a head, then nothing"),
    pytest.param(after(True, head(length=9), b"x", stall=True), id="half a body, then nothing"),
]


@pytest.mark.parametrize("handle", SLOW)
def test_a_slow_answer_is_a_failed_attempt_that_ends_at_the_timeout(
    peak_memory: Callable[[], int], handle: Handle
) -> None:
    with Server(handle) as server:
        outcome = run_to_its_end(PollingExecutor(base_url=server.url, timeout=TIMEOUT), polling_step(max_attempts=1))

    assert outcome.trigger is Trigger.EXHAUSTED
    assert [(attempt.status, attempt.error) for attempt in outcome.attempts] == [(None, TIMED_OUT)]
    assert peak_memory() < MAX_MEMORY


UNUSUAL = [
    pytest.param(b"HTTP/1.1 200 OK\r\nContent-Length: -5\r\n\r\n", id="a negative length"),
    pytest.param(b"HTTP/1.1 200 OK\r\nContent-Length: " + b"9" * 5000 + b"\r\n\r\n", id="a length of 5,000 digits"),
    pytest.param(head(200, {"Content-Encoding": "gzip, gzip"}) + gzip.compress(BOMB), id="a bomb in a bomb"),
    pytest.param(head(200, {"Content-Encoding": "br"}) + b"\xff", id="an unknown coding"),
    pytest.param(b"HTTP/1.1 200 OK\r\n : \r\n\x00: \x00\r\n\r\n", id="headers without a name"),
    pytest.param(b"HTTP/1.1 200 OK\r\nno header at all\r\n\r\n", id="no headers"),
    pytest.param(b"HTTP/1.1 200\r\n\r\n", id="no phrase"),
    pytest.param(b"HTTP/1.0 200 OK\n\n", id="HTTP/1.0, bare newlines"),
    pytest.param(b"HTTP/1.1 204 No Content\r\nContent-Length: 5\r\n\r\nxxxxx", id="204 with a body"),
    pytest.param(b"HTTP/1.1 304 Not Modified\r\nContent-Length: 5\r\n\r\nxxxxx", id="304 with a body"),
    pytest.param(b"HTTP/1.1 101 Switching Protocols\r\n\r\n\x00\x01", id="101"),
    pytest.param(b"HTTP/1.1 302 Found\r\nContent-Length: 5\r\n\r\n", id="302 without Location, half a body"),
]


@pytest.mark.parametrize("sent", UNUSUAL)
def test_polling_continues_after_an_unusual_answer(peak_memory: Callable[[], int], sent: bytes) -> None:
    with Server(after(True, sent)) as server:
        executor = PollingExecutor(base_url=server.url, timeout=AMPLE)
        outcome = run_to_its_end(executor, polling_step(max_attempts=1))

    assert outcome == Exited(GAVE_UP, trigger=Trigger.EXHAUSTED, attempts=outcome.attempts)
    assert [attempt.error for attempt in outcome.attempts] == [None]
    assert peak_memory() < MAX_MEMORY


@pytest.mark.parametrize(
    "handle",
    [
        pytest.param(after(True, head(503), then=FLOOD), id="without end"),
        pytest.param(after(True, head(503, length=1000), stall=True), id="that stalls"),
        pytest.param(after(True, head(503, length=1000), b"x"), id="that breaks off"),
        pytest.param(after(True, head(503, {"Content-Encoding": "gzip"}), BOMB), id="that is a bomb"),
    ],
)
def test_rule_4_a_status_of_400_or_more_ends_polling_with_any_body(
    peak_memory: Callable[[], int], handle: Handle
) -> None:
    with Server(handle) as server:
        outcome = run_to_its_end(PollingExecutor(base_url=server.url, timeout=TIMEOUT), polling_step())

    assert outcome == Exited(GAVE_UP, trigger=Trigger.STATUS, attempts=outcome.attempts)
    assert [(attempt.status, attempt.error) for attempt in outcome.attempts] == [(503, None)]
    assert peak_memory() < MAX_MEMORY


# Bodies that are not JSON, or too large

LARGE = 60 * MEBIBYTE
NO_JSON = [
    pytest.param(b"[" * 100_000, id="100,000 opening brackets"),
    pytest.param(b"[" * 100_000 + b"]" * 100_000, id="100,000 nested brackets"),
    pytest.param(b'{"a":' * 100_000 + b"1" + b"}" * 100_000, id="100,000 nested objects"),
    pytest.param(b'"\xff\xfe"', id="invalid UTF-8"),
    pytest.param(b'"\xed\xa0\x80"', id="a surrogate in UTF-8"),
    pytest.param(b"NaN", id="NaN"),
    pytest.param(b"-Infinity", id="-Infinity"),
    pytest.param(b"1e999", id="a number beyond floats"),
    pytest.param(b"1" * 5000, id="a number of 5,000 digits"),
    pytest.param(b"\x00" * 1000, id="zeros"),
]


@pytest.mark.parametrize("body", NO_JSON)
def test_a_body_that_is_not_json_is_a_mismatch_or_a_failure(body: bytes) -> None:
    action = answer({"action": {"url": "/x"}})
    with scripted([answer(body), answer(body, kind="exit"), action, answer(body)]) as server:
        executor = PollingExecutor(base_url=server.url, timeout=AMPLE)
        mismatched = run_to_its_end(executor, polling_step(delay=0))
        failed = run_to_its_end(executor, polling_step(delay=0))

    assert mismatched == Exited(GAVE_UP, trigger=Trigger.MISMATCH, attempts=mismatched.attempts)
    assert [attempt.status for attempt in mismatched.attempts] == [200, 200]
    assert isinstance(failed, Failed)
    assert failed.reason.startswith("the body does not fit: ")


@pytest.mark.parametrize(("max_body", "error"), [(MEBIBYTE, TOO_LARGE), (LARGE, None)])
def test_a_number_of_50_megabytes_is_read_only_within_max_body(
    peak_memory: Callable[[], int], max_body: int, error: str | None
) -> None:
    with Server(after(True, head(length=50 * MEBIBYTE), *[b"1" * MEBIBYTE] * 50)) as server:
        executor = PollingExecutor(base_url=server.url, max_body=max_body, timeout=AMPLE)
        outcome = run_to_its_end(executor, polling_step(max_attempts=1))

    assert outcome.trigger is Trigger.EXHAUSTED
    assert [attempt.error for attempt in outcome.attempts] == [error]
    assert peak_memory() < MAX_MEMORY + 5 * (max_body - MEBIBYTE)


# Redirects


def test_a_redirect_loop_ends_after_five_redirects() -> None:
    with scripted([redirect("/status", body=b"x")]) as server:
        outcome = run_to_its_end(
            PollingExecutor(base_url=server.url, timeout=AMPLE), polling_step(max_attempts=2, delay=0)
        )

    assert [attempt.error for attempt in outcome.attempts] == ["more than 5 redirects"] * 2
    assert len(server.received) == 12


@pytest.mark.parametrize("location", ["file:///etc/passwd", "FILE:/etc/passwd", "gopher://127.0.0.1/x"])
def test_a_redirect_to_another_scheme_is_a_failed_attempt(location: str) -> None:
    with scripted([redirect(location)]) as server:
        outcome = run_to_its_end(PollingExecutor(base_url=server.url, timeout=AMPLE), polling_step(max_attempts=1))

    scheme = location.partition(":")[0].lower()
    assert [attempt.error for attempt in outcome.attempts] == [f"bad URL: neither http nor https, but '{scheme}'"]


@pytest.mark.parametrize("with_base_url", [True, False])
def test_credentials_are_not_sent_to_the_origin_of_a_redirect(with_base_url: bool) -> None:
    with scripted([answer(exiting(1))]) as other, scripted([redirect(f"{other.url}/x")]) as server:
        base_url = server.url if with_base_url else None
        executor = PollingExecutor(base_url=base_url, headers={"Authorization": "x", "Cookie": "x"}, timeout=AMPLE)
        outcome = run_to_its_end(executor, polling_step(url=f"{server.url}/status"))

    assert outcome.trigger is Trigger.PROGRESS
    assert ("authorization" in server.received[0].headers) == with_base_url
    assert not {"authorization", "cookie"} & other.received[0].headers.keys()


@pytest.mark.parametrize(
    "handle",
    [
        pytest.param(after(True, head(302, {"Location": "/x"}), then=FLOOD), id="without end"),
        pytest.param(after(True, head(302, {"Location": "/x"}, 10**9), then=FLOOD), id="of 1 GB"),
        pytest.param(after(True, head(302, {"Location": "/x"}, 10), b"x"), id="that breaks off"),
        pytest.param(after(True, head(302, {"Location": "/x"}), stall=True), id="that stalls"),
        pytest.param(after(True, head(302, {"Location": "/x"}, 16_385), stall=True), id="of 16 KiB that stalls"),
    ],
)
def test_a_redirect_is_followed_with_any_body(peak_memory: Callable[[], int], handle: Handle) -> None:
    def first_redirect(connection: Connection) -> None:
        if connection.number == 1:
            handle(connection)
        elif connection.receive():
            connection.reply(answer(exiting(1)))

    with Server(first_redirect) as server:
        outcome = run_to_its_end(PollingExecutor(base_url=server.url, timeout=AMPLE), polling_step())

    assert outcome.trigger is Trigger.PROGRESS
    assert len(outcome.attempts) == 1
    assert peak_memory() < MAX_MEMORY


def test_redirects_share_one_timeout() -> None:
    def handle(connection: Connection) -> None:
        while connection.receive():
            connection.server.stopped.wait(TIMEOUT / 3)
            connection.reply(redirect("/again"))

    with Server(handle) as server:
        outcome = run_to_its_end(PollingExecutor(base_url=server.url, timeout=TIMEOUT), polling_step(max_attempts=1))

    assert [attempt.error for attempt in outcome.attempts] == [TIMED_OUT]


# A server that reads the request slowly


@pytest.mark.parametrize("every", [None, EVERY], ids=["not at all", "slowly"])
def test_a_request_that_the_server_reads_slowly_ends_at_the_timeout(every: float | None) -> None:
    def handle(connection: Connection) -> None:
        if connection.number == 1:
            connection.receive()
            connection.send(head(500, {"Connection": "close"}, 0))
        elif every is None:
            connection.stall()
        else:
            while not connection.server.stopped.wait(every) and connection.socket.recv(4096):
                pass

    on_error = Polling.OnError(action=Action(url="/failed", data="x" * 20_000_000))
    with Server(handle) as server:
        executor = PollingExecutor(base_url=server.url, timeout=TIMEOUT)
        outcome = run_to_its_end(executor, polling_step(on_error=on_error))

    assert outcome == Failed(None, None, TIMED_OUT, trigger=Trigger.STATUS, attempts=outcome.attempts)


def test_an_answer_before_the_end_of_the_request_does_not_block_the_run() -> None:
    def handle(connection: Connection) -> None:
        connection.send(head(413, {"Connection": "close"}, 0))
        connection.stall()

    with Server(handle) as server:
        step = polling_step(on_error=Polling.OnError(action=Action(url="/failed", data="x" * 20_000_000)))
        outcome = run_to_its_end(PollingExecutor(base_url=server.url, timeout=TIMEOUT), step)

    assert isinstance(outcome, Failed)
    assert outcome.attempts[0].status == 413


# An endless chain of actions


def test_an_endless_chain_of_actions_fails_after_ten() -> None:
    with scripted([Reply.action(Action(url="/again"))]) as server:
        outcome = run_to_its_end(PollingExecutor(base_url=server.url, timeout=AMPLE), polling_step())

    assert isinstance(outcome, Failed)
    assert outcome.reason == "more than 10 actions in a row"
    assert len(server.received) == 11
