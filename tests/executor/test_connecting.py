"""Finding and reaching a server: names, several addresses, TLS; all of it within the timeout."""

from __future__ import annotations

import contextlib
import queue
import socket
import ssl
import threading
import time
from typing import Any, cast

import pytest

from stepdsl.executor import NextStep, PollingExecutor, Trigger
from stepdsl.executor.deadline import Bounds
from stepdsl.executor.sockets import BoundedHttp
from stepdsl.testing import Reply
from tests.executor.loopback import Connection, Server, scripted
from tests.executor.support import (
    AMPLE,
    CERTIFICATE,
    EVERY,
    NEXT,
    NEXT_JSON,
    TIMED_OUT,
    TIMEOUT,
    answer,
    exiting,
    polling_step,
    run_to_its_end,
)

NO_FAMILY = 12345
"""A family of addresses that no system has, as IPv6 on a machine without it."""
DONE = answer(exiting("done"))


def errors(executor: PollingExecutor) -> list[str | None]:
    """Return what a single attempt came to."""
    outcome = run_to_its_end(executor, polling_step(max_attempts=1))
    return [attempt.error for attempt in outcome.attempts]


# Names


def address(port: int, host: str = "127.0.0.1", family: int = socket.AF_INET) -> Any:
    return (family, socket.SOCK_STREAM, 0, "", (host, port))


def test_a_name_is_looked_up(resolver: Any) -> None:
    resolver(lambda port: [address(port)])
    with scripted([DONE]) as server:
        assert errors(PollingExecutor(base_url=f"http://server.example:{server.port}", timeout=AMPLE)) == [None]
        assert server.received[0].headers["host"] == f"server.example:{server.port}"


def test_a_name_that_nobody_knows(resolver: Any) -> None:
    def unknown(_: int) -> Any:
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    resolver(unknown)

    assert errors(PollingExecutor(base_url="http://server.example", timeout=AMPLE)) == [
        f"gaierror: [Errno {int(socket.EAI_NONAME)}] Name or service not known"
    ]


def test_a_name_without_an_address(resolver: Any) -> None:
    resolver(lambda _: [])

    assert errors(PollingExecutor(base_url="http://server.example", timeout=AMPLE)) == [
        "OSError: the name has no address"
    ]


def test_a_name_that_is_too_long_for_the_resolver() -> None:
    (error,) = errors(PollingExecutor(base_url=f"http://{'a' * 64}.example", timeout=AMPLE))

    assert error is not None
    assert error.startswith("Unicode")  # UnicodeError, since Python 3.13 UnicodeEncodeError


def test_a_resolver_that_never_answers_does_not_outlive_the_timeout(resolver: Any) -> None:
    over = threading.Event()
    resolver(lambda _: over.wait(60) and [])
    try:
        assert errors(PollingExecutor(base_url="http://server.example", timeout=TIMEOUT)) == [TIMED_OUT]
    finally:
        over.set()


def test_an_address_in_numbers_needs_no_look_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(threading.Thread, "start", lambda thread: pytest.fail(f"started {thread}"))
    outcome = PollingExecutor(base_url="http://127.0.0.1:1").run(polling_step(max_attempts=1))

    assert (outcome.attempts[0].error or "").startswith("ConnectionRefusedError: ")


# Several addresses


def test_the_next_address_is_tried_when_one_refuses(resolver: Any) -> None:
    with scripted([DONE]) as closed:
        refusing = closed.port
    resolver(lambda port: [address(refusing), address(port, family=NO_FAMILY), address(port)])
    with scripted([DONE]) as server:
        assert errors(PollingExecutor(base_url=f"http://server.example:{server.port}", timeout=AMPLE)) == [None]


def test_the_last_address_s_refusal_is_told(resolver: Any) -> None:
    resolver(lambda port: [address(port, "127.0.0.1"), address(port, family=NO_FAMILY)])
    with scripted([DONE]) as closed:
        url = f"http://server.example:{closed.port}"

    (error,) = errors(PollingExecutor(base_url=url, timeout=AMPLE))

    assert (error or "").startswith("OSError: ")


def test_a_dead_address_leaves_time_for_the_others(resolver: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    class Socket(socket.socket):
        def connect(self, to: Any) -> None:
            given.append((to[0], self.gettimeout()))
            if to[0] == "192.0.2.1":
                raise TimeoutError("timed out")
            super().connect(to)

    given: list[tuple[str, float | None]] = []
    monkeypatch.setattr("stepdsl.executor.sockets.socket.socket", Socket)
    resolver(lambda port: [address(port, "192.0.2.1"), address(port, "192.0.2.1"), address(port)])
    with scripted([DONE]) as server:
        assert errors(PollingExecutor(base_url=f"http://server.example:{server.port}", timeout=30)) == [None]

    (_, first), (_, second), (_, last) = given
    assert first is not None
    assert second is not None
    assert last is not None
    assert 0 < first <= 10 < second <= 15 < last <= 30


def test_a_server_that_does_not_accept(deaf: int) -> None:
    assert errors(PollingExecutor(base_url=f"http://127.0.0.1:{deaf}", timeout=TIMEOUT)) == [TIMED_OUT]


# TLS


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1"])
def test_tls(tls: ssl.SSLContext, monkeypatch: pytest.MonkeyPatch, host: str) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(CERTIFICATE))
    replies = [Reply(), answer({"action": {"url": "/next", "data": "x" * 100_000}}), answer(NEXT_JSON)]
    with scripted(replies, tls) as server:
        executor = PollingExecutor(base_url=f"https://{host}:{server.port}", timeout=AMPLE)
        outcome = run_to_its_end(executor, polling_step(delay=0))

        assert outcome == NextStep(NEXT, trigger=Trigger.PROGRESS, attempts=outcome.attempts)
        assert [attempt.status for attempt in outcome.attempts] == [200, 200]
        assert len(server.received[2].body) == 100_002
        assert server.connections == 1


def test_a_certificate_that_nobody_trusts(tls: ssl.SSLContext) -> None:
    with scripted([DONE], tls) as server:
        (error,) = errors(PollingExecutor(base_url=server.url, timeout=AMPLE))

        assert (error or "").startswith("SSLError: ")
        assert "CERTIFICATE_VERIFY_FAILED" in (error or "")
        assert server.received == []


def test_a_server_that_speaks_no_tls() -> None:
    with Server(lambda connection: connection.reply(Reply(400))) as server:
        (error,) = errors(PollingExecutor(base_url=server.url.replace("http:", "https:"), timeout=AMPLE))

    assert (error or "").startswith("SSLError: ")


@pytest.mark.parametrize("then", [b"", b"\x16\x03\x03\x3f\xff" + b"\x02\x00\x3f\xfb"], ids=["silence", "drips"])
def test_a_handshake_without_end(then: bytes) -> None:
    def handle(connection: Connection) -> None:
        connection.send(then)
        connection.send_for_ever(b"\x00" if then else b"", EVERY)

    with Server(handle) as server:
        url = server.url.replace("http:", "https:")

        assert errors(PollingExecutor(base_url=url, timeout=TIMEOUT)) == [TIMED_OUT]


def test_a_slow_answer_over_tls(tls: ssl.SSLContext, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(CERTIFICATE))

    def handle(connection: Connection) -> None:
        connection.receive()
        connection.send_for_ever(b"H", EVERY)

    with Server(handle, tls) as server:
        # Long enough for the handshake on most machines; on a slower one it is that which takes all of it.
        assert errors(PollingExecutor(base_url=server.url, timeout=1)) == ["timed out after 1 s"]


# Bounds on their own


def test_time_runs_out_by_the_clock_of_the_bounds() -> None:
    now = [0.0]
    bounds = Bounds(lambda: now[0])
    bounds.start(10)
    assert bounds.left() == 10
    now[0] = 9.5
    assert bounds.left() == 0.5
    assert not bounds.expired
    now[0] = 10
    assert bounds.expired
    with pytest.raises(TimeoutError):
        bounds.left()
    bounds.finish()


def test_what_comes_in_is_received_and_nothing_once_the_run_is_cancelled() -> None:
    bounds = Bounds(time.monotonic)
    inbox: queue.SimpleQueue[str] = queue.SimpleQueue()
    inbox.put("came in")

    assert bounds.receive(inbox, 60) == "came in"
    assert bounds.receive(inbox, 0) is None
    inbox.put("too late")
    bounds.cancel()
    assert bounds.receive(inbox, 60) is None


def test_a_connection_that_cannot_be_kept_is_closed(monkeypatch: pytest.MonkeyPatch) -> None:
    class Socket(socket.socket):
        def dup(self) -> socket.socket:
            if self.getsockname()[1] == server.port:  # the other end
                return super().dup()
            made.append(self)
            raise OSError(24, "Too many open files")

    made: list[socket.socket] = []
    with scripted([DONE]) as server:
        monkeypatch.setattr("stepdsl.executor.sockets.socket.socket", Socket)
        (error,) = errors(PollingExecutor(base_url=server.url, timeout=AMPLE))
        monkeypatch.undo()

    assert error == "OSError: [Errno 24] Too many open files"
    assert [each.fileno() for each in made] == [-1]


def test_more_hosts_than_are_remembered() -> None:
    with contextlib.ExitStack() as stack:
        urls = [stack.enter_context(scripted([DONE])).url for _ in range(12)]
        executor = PollingExecutor(timeout=AMPLE)
        for url in [*urls, *urls]:
            outcome = run_to_its_end(executor, polling_step(url=url, max_attempts=1))
            assert outcome.trigger is Trigger.PROGRESS


def test_a_connection_that_is_given_back_is_not_this_run_s_to_cut_any_more() -> None:
    with scripted([answer({})]) as server:
        http = BoundedHttp()
        bounds = Bounds(time.monotonic)
        bounds.start(AMPLE)
        response: Any = http.request("GET", server.url, body=None, headers={})
        assert bounds._socket is not None
        assert response.read() == b"{}"
        assert bounds._socket is None  # although the request is not finished yet
        bounds.cancel()
        bounds.finish()
        again = Bounds(time.monotonic)
        again.start(AMPLE)
        assert cast(Any, http.request("GET", server.url, body=None, headers={})).read() == b"{}"
        again.finish()
        assert server.connections == 1
