"""Connecting to a server within the timeout: host names, several addresses, TLS."""

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
from stepdsl.executor.deadline import Bounds, RunCancelledError
from stepdsl.executor.sockets import BoundedHttp
from stepdsl.testing import Reply
from tests.executor.loopback import Connection, Server, head, scripted
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
"""An address family that no system supports, like IPv6 on a machine without IPv6."""
DONE = answer(exiting("done"))


def errors(executor: PollingExecutor) -> list[str | None]:
    """Run one attempt. Return its error in a list."""
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


def test_an_unknown_name_is_a_failed_attempt(resolver: Any) -> None:
    def unknown(_: int) -> Any:
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    resolver(unknown)

    assert errors(PollingExecutor(base_url="http://server.example", timeout=AMPLE)) == [
        f"gaierror: [Errno {int(socket.EAI_NONAME)}] Name or service not known"
    ]


def test_a_name_without_an_address_is_a_failed_attempt(resolver: Any) -> None:
    resolver(lambda _: [])

    assert errors(PollingExecutor(base_url="http://server.example", timeout=AMPLE)) == [
        "OSError: the name has no address"
    ]


def test_a_name_that_is_too_long_is_a_failed_attempt() -> None:
    (error,) = errors(PollingExecutor(base_url=f"http://{'a' * 64}.example", timeout=AMPLE))

    assert error is not None
    assert error.startswith("Unicode")  # UnicodeError, since Python 3.13 UnicodeEncodeError


def test_a_resolver_that_never_answers_causes_a_timeout(resolver: Any) -> None:
    over = threading.Event()
    resolver(lambda _: over.wait(60) and [])
    try:
        assert errors(PollingExecutor(base_url="http://server.example", timeout=TIMEOUT)) == [TIMED_OUT]
    finally:
        over.set()


def test_a_numeric_address_needs_no_look_up(monkeypatch: pytest.MonkeyPatch) -> None:
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


def test_the_error_of_the_last_address_is_reported(resolver: Any) -> None:
    resolver(lambda port: [address(port, "127.0.0.1"), address(port, family=NO_FAMILY)])
    with scripted([DONE]) as closed:
        url = f"http://server.example:{closed.port}"

    (error,) = errors(PollingExecutor(base_url=url, timeout=AMPLE))

    assert (error or "").startswith("OSError: ")


def test_an_address_without_an_answer_leaves_time_for_the_others(
    resolver: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
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


def test_a_server_that_does_not_accept_causes_a_timeout(full_port: int) -> None:
    assert errors(PollingExecutor(base_url=f"http://127.0.0.1:{full_port}", timeout=TIMEOUT)) == [TIMED_OUT]


# TLS


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1"])
def test_a_run_over_tls_uses_one_connection(tls: ssl.SSLContext, monkeypatch: pytest.MonkeyPatch, host: str) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(CERTIFICATE))
    replies = [Reply(), answer({"action": {"url": "/next", "data": "x" * 100_000}}), answer(NEXT_JSON)]
    with scripted(replies, tls) as server:
        executor = PollingExecutor(base_url=f"https://{host}:{server.port}", timeout=AMPLE)
        outcome = run_to_its_end(executor, polling_step(delay=0))

        assert outcome == NextStep(NEXT, trigger=Trigger.PROGRESS, attempts=outcome.attempts)
        assert [attempt.status for attempt in outcome.attempts] == [200, 200]
        assert len(server.received[2].body) == 100_002
        assert server.connections == 1


def test_an_untrusted_certificate_is_a_failed_attempt(tls: ssl.SSLContext) -> None:
    with scripted([DONE], tls) as server:
        (error,) = errors(PollingExecutor(base_url=server.url, timeout=AMPLE))

        assert (error or "").startswith("SSLError: ")
        assert "CERTIFICATE_VERIFY_FAILED" in (error or "")
        assert server.received == []


def test_a_server_without_tls_is_a_failed_attempt() -> None:
    with Server(lambda connection: connection.reply(Reply(400))) as server:
        (error,) = errors(PollingExecutor(base_url=server.url.replace("http:", "https:"), timeout=AMPLE))

    assert (error or "").startswith("SSLError: ")


@pytest.mark.parametrize("then", [b"", b"\x16\x03\x03\x3f\xff" + b"\x02\x00\x3f\xfb"], ids=["silent", "slow"])
def test_a_handshake_that_does_not_end_causes_a_timeout(then: bytes) -> None:
    def handle(connection: Connection) -> None:
        connection.send(then)
        connection.send_for_ever(b"\x00" if then else b"", EVERY)

    with Server(handle) as server:
        url = server.url.replace("http:", "https:")

        assert errors(PollingExecutor(base_url=url, timeout=TIMEOUT)) == [TIMED_OUT]


def test_a_slow_answer_over_tls_causes_a_timeout(tls: ssl.SSLContext, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(CERTIFICATE))

    def handle(connection: Connection) -> None:
        connection.receive()
        connection.send_for_ever(b"H", EVERY)

    with Server(handle, tls) as server:
        # Usually the handshake ends within this timeout. On a slow machine, the handshake itself can time out.
        assert errors(PollingExecutor(base_url=server.url, timeout=1)) == ["timed out after 1 s"]


# The class Bounds


def test_the_deadline_is_measured_with_the_given_clock() -> None:
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


def test_receive_returns_the_next_item_until_the_run_is_cancelled() -> None:
    bounds = Bounds(time.monotonic)
    inbox: queue.SimpleQueue[str] = queue.SimpleQueue()
    inbox.put("in time")

    assert bounds.receive(inbox, 60) == "in time"
    assert bounds.receive(inbox, 0) is None
    inbox.put("too late")
    bounds.cancel()
    assert bounds.receive(inbox, 60) is None


def test_cancel_shuts_down_only_the_socket_of_the_current_request() -> None:
    first, second = socket.socketpair()
    with first, second:
        bounds = Bounds(time.monotonic)
        bounds.start(AMPLE)
        bounds.set_socket(first)
        bounds.finish()
        bounds.cancel()
        first.sendall(b"x")  # another run can have this connection now
        assert second.recv(1) == b"x"

        with pytest.raises(RunCancelledError):
            bounds.set_socket(first)


def test_after_cancel_the_end_of_a_connection_is_not_the_end_of_a_body() -> None:
    class CancelledWhileReading(Bounds):
        reading = False

        def left(self) -> float:
            left = super().left()
            if self.reading:
                self.cancel()
            return left

    def handle(connection: Connection) -> None:
        connection.receive()
        connection.send(head(200, {"Connection": "close"}))
        connection.stall()

    with Server(handle) as server:
        bounds = CancelledWhileReading(time.monotonic)
        bounds.start(AMPLE)
        response: Any = BoundedHttp().request("GET", server.url, body=None, headers={})
        bounds.reading = True
        with pytest.raises(RunCancelledError):
            response.read1(10)
        response.close()
        bounds.finish()


def test_the_time_for_a_handshake_is_the_time_left_after_connecting(
    resolver: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Socket(socket.socket):
        def connect(self, to: Any) -> None:
            super().connect(to)
            now[0] += 4

        def dup(self) -> socket.socket:  # the executor calls it after connecting, and before a handshake
            if self.getsockname()[1] != server.port:
                timeouts.append(self.gettimeout())
            return super().dup()

    now = [0.0]
    timeouts: list[float | None] = []
    resolver(lambda port: [address(port), address(port)])
    with scripted([DONE]) as server:
        monkeypatch.setattr("stepdsl.executor.sockets.socket.socket", Socket)
        bounds = Bounds(lambda: now[0])
        bounds.start(10)
        url = f"http://server.example:{server.port}"
        assert cast(Any, BoundedHttp().request("GET", url, body=None, headers={})).read() == DONE.body
        bounds.finish()
        monkeypatch.undo()

    assert timeouts == [6]


def test_a_socket_is_closed_only_when_cancel_no_longer_shuts_it_down(monkeypatch: pytest.MonkeyPatch) -> None:
    """Another thread could reuse the number of the descriptor between `close` and `shutdown`."""

    class Socket(socket.socket):
        def close(self) -> None:
            if threading.current_thread() is threading.main_thread():
                closed.append(bounds._socket is self)
            super().close()

    closed: list[bool] = []
    bounds = Bounds(time.monotonic)
    with scripted([DONE]) as server:
        monkeypatch.setattr("stepdsl.executor.sockets.socket.socket", Socket)
        http = BoundedHttp()
        bounds.start(AMPLE)
        assert cast(Any, http.request("GET", server.url, body=None, headers={})).read() == DONE.body
        assert closed == [False]  # the duplicate, which is used while the connection is made
        bounds.finish()
        monkeypatch.undo()


def test_a_connection_is_closed_if_its_socket_cannot_be_duplicated(monkeypatch: pytest.MonkeyPatch) -> None:
    class Socket(socket.socket):
        def dup(self) -> socket.socket:
            if self.getsockname()[1] == server.port:  # the socket of the server
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


def test_more_hosts_than_pools_are_supported() -> None:
    with contextlib.ExitStack() as stack:
        urls = [stack.enter_context(scripted([DONE])).url for _ in range(12)]
        executor = PollingExecutor(timeout=AMPLE)
        for url in [*urls, *urls]:
            outcome = run_to_its_end(executor, polling_step(url=url, max_attempts=1))
            assert outcome.trigger is Trigger.PROGRESS


def test_ten_requests_at_the_same_time_keep_their_connections() -> None:
    with scripted([answer({})]) as server:
        http = BoundedHttp()
        bounds = Bounds(time.monotonic)
        bounds.start(AMPLE)
        for _ in range(2):
            responses: list[Any] = [http.request("GET", server.url, body=None, headers={}) for _ in range(10)]
            assert [response.read() for response in responses] == [b"{}"] * 10
        bounds.finish()
        assert server.connections == 10


def test_cancel_does_not_shut_down_a_connection_after_its_release() -> None:
    with scripted([answer({})]) as server:
        http = BoundedHttp()
        bounds = Bounds(time.monotonic)
        bounds.start(AMPLE)
        response: Any = http.request("GET", server.url, body=None, headers={})
        assert bounds._socket is not None
        assert response.read() == b"{}"
        assert bounds._socket is None  # the request has not finished yet
        bounds.cancel()
        bounds.finish()
        again = Bounds(time.monotonic)
        again.start(AMPLE)
        assert cast(Any, http.request("GET", server.url, body=None, headers={})).read() == b"{}"
        again.finish()
        assert server.connections == 1
