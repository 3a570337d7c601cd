"""`cancel`, called from another thread and from callbacks."""

from __future__ import annotations

import socket
import ssl
import sys
import threading
from typing import Any

import pytest

from stepdsl import Action, External, Polling
from stepdsl.executor import Cancelled, Exited, PollingExecutor, Trigger
from stepdsl.testing import FakeClock, Reply, ScriptedTransport
from tests.executor.loopback import Connection, Server, head, scripted
from tests.executor.support import BASE, CERTIFICATE, Background, Script, answer, exiting, polling_step

HOURS = 100_000
"""A pause or timeout in seconds that is longer than any test."""
DONE = answer(exiting("done"))


def test_cancel_ends_a_sleep_at_once() -> None:
    attempted = threading.Event()
    with scripted([Reply()]) as server:
        executor = PollingExecutor(base_url=server.url, on_attempt=lambda _: attempted.set())
        running = Background(executor, polling_step(interval=HOURS))
        assert attempted.wait(10)
        executor.cancel()
        outcome = running.outcome()

    assert outcome == Cancelled(attempts=outcome.attempts)
    assert outcome.trigger is Trigger.CANCELLED
    assert [(attempt.status, attempt.error) for attempt in outcome.attempts] == [(200, None)]


def test_cancel_ends_a_pause_above_the_limit_of_the_system() -> None:
    attempted = threading.Event()
    with scripted([Reply()]) as server:
        executor = PollingExecutor(base_url=server.url, on_attempt=lambda _: attempted.set())
        running = Background(executor, polling_step(delay=2**63 - 1))
        assert attempted.wait(10)
        executor.cancel()

        assert isinstance(running.outcome(), Cancelled)


STALLING = [
    pytest.param([], id="before the head"),
    pytest.param([head()[:-2]], id="in the head"),
    pytest.param([head(length=10), b"x"], id="in the body"),
    pytest.param([head(200, {"Connection": "close"}), b"x"], id="in a body that ends with the connection"),
    pytest.param([head(200, {"Transfer-Encoding": "chunked"}), b"5\r\nx"], id="in a chunk"),
    pytest.param([head(503, length=10), b"x"], id="in the body of an error"),
    pytest.param([head(302, {"Location": "/x"}, 10), b"x"], id="in the body of a redirect"),
]


@pytest.mark.parametrize("parts", STALLING)
@pytest.mark.parametrize("secure", [False, True], ids=["http", "https"])
def test_cancel_ends_a_stalled_request_at_once(
    tls: ssl.SSLContext, monkeypatch: pytest.MonkeyPatch, parts: list[bytes], secure: bool
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(CERTIFICATE))
    stalled = threading.Event()

    def handle(connection: Connection) -> None:
        connection.receive()
        for part in parts:
            connection.send(part)
        stalled.set()
        connection.stall()

    with Server(handle, tls if secure else None) as server:
        executor = PollingExecutor(base_url=server.url, timeout=HOURS)
        running = Background(executor, polling_step())
        assert stalled.wait(10)
        executor.cancel()
        outcome = running.outcome()

    assert outcome == Cancelled(attempts=outcome.attempts)
    assert [(attempt.status, attempt.error) for attempt in outcome.attempts] == [(None, "cancelled")]


def test_cancel_ends_a_request_that_the_server_does_not_read() -> None:
    reading = threading.Event()

    def handle(connection: Connection) -> None:
        if connection.number == 1:
            connection.receive()
            connection.send(head(500, {"Connection": "close"}, 0))
        else:
            connection.socket.recv(1)
            reading.set()
            connection.stall()

    on_error = Polling.OnError(action=Action(url="/failed", data="x" * 20_000_000))
    with Server(handle) as server:
        executor = PollingExecutor(base_url=server.url, timeout=HOURS)
        running = Background(executor, polling_step(on_error=on_error))
        assert reading.wait(10)
        executor.cancel()
        outcome = running.outcome()

    assert outcome == Cancelled(attempts=outcome.attempts)
    assert [attempt.status for attempt in outcome.attempts] == [500]


def test_cancel_ends_an_action_s_request_at_once() -> None:
    stalled = threading.Event()

    def handle(connection: Connection) -> None:
        connection.receive()
        connection.reply(answer({"action": {"url": "/next"}}))
        connection.receive()
        stalled.set()
        connection.stall()

    with Server(handle) as server:
        executor = PollingExecutor(base_url=server.url, timeout=HOURS)
        running = Background(executor, polling_step())
        assert stalled.wait(10)
        executor.cancel()
        outcome = running.outcome()

    assert outcome == Cancelled(attempts=outcome.attempts)
    assert [attempt.status for attempt in outcome.attempts] == [200]


def test_cancel_ends_a_handshake_at_once() -> None:
    connected = threading.Event()

    def handle(connection: Connection) -> None:
        connection.socket.recv(1)
        connected.set()
        connection.stall()

    with Server(handle) as server:
        executor = PollingExecutor(base_url=server.url.replace("http:", "https:"), timeout=HOURS)
        running = Background(executor, polling_step())
        assert connected.wait(10)
        executor.cancel()

        assert isinstance(running.outcome(), Cancelled)


def test_cancel_ends_a_name_look_up_at_once(resolver: Any) -> None:
    asked, over = threading.Event(), threading.Event()

    def resolve(_: int) -> Any:
        asked.set()
        over.wait(60)
        return []

    resolver(resolve)
    executor = PollingExecutor(base_url="http://server.example", timeout=HOURS)
    running = Background(executor, polling_step())
    assert asked.wait(10)
    executor.cancel()
    try:
        assert isinstance(running.outcome(), Cancelled)
    finally:
        over.set()


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux can shut down a connection that is not established")
def test_cancel_ends_connecting_at_once(full_port: int, monkeypatch: pytest.MonkeyPatch) -> None:
    connecting = threading.Event()

    class Socket(socket.socket):
        def connect(self, to: Any) -> None:
            connecting.set()
            super().connect(to)

    monkeypatch.setattr("stepdsl.executor.sockets.socket.socket", Socket)
    executor = PollingExecutor(base_url=f"http://127.0.0.1:{full_port}", timeout=HOURS)
    running = Background(executor, polling_step())
    assert connecting.wait(10)
    executor.cancel()

    assert isinstance(running.outcome(), Cancelled)


def test_cancel_can_be_called_while_its_thread_has_the_locks(fake_clock: FakeClock) -> None:
    """A signal handler can do this: the interrupted thread has the locks, and `cancel` must not wait for them."""

    def interrupt(_: object) -> None:
        (bounds,) = executor._running
        with executor._lock, bounds._lock:
            executor.cancel()

    executor = PollingExecutor(base_url=BASE, http=ScriptedTransport([]), clock=fake_clock, open_url=interrupt)
    running = Background(executor, polling_step(external=External(url="https://bank.example")))

    assert running.outcome() == Cancelled()


# From callbacks, and with a custom clock and transport


def test_open_url_can_cancel_the_run(scripted_transport: Script, fake_clock: FakeClock) -> None:
    executor = PollingExecutor(
        base_url=BASE, http=scripted_transport([]), clock=fake_clock, open_url=lambda _: executor.cancel()
    )

    assert executor.run(polling_step(external=External(url="https://bank.example"))) == Cancelled()


@pytest.mark.parametrize("reply", [Reply(), DONE, Reply(500), ConnectionResetError()])
def test_on_attempt_can_cancel_the_run(
    scripted_transport: Script, fake_clock: FakeClock, reply: Reply | Exception
) -> None:
    executor = PollingExecutor(
        base_url=BASE, http=scripted_transport([reply]), clock=fake_clock, on_attempt=lambda _: executor.cancel()
    )

    outcome = executor.run(polling_step())

    assert outcome == Cancelled(attempts=outcome.attempts)
    assert len(outcome.attempts) == 1
    assert fake_clock.sleeps == []


def test_with_a_custom_clock_cancel_ends_the_run_after_the_sleep(scripted_transport: Script) -> None:
    class Clock(FakeClock):
        def sleep(self, seconds: float, /) -> None:
            super().sleep(seconds)
            executor.cancel()

    clock = Clock()
    executor = PollingExecutor(base_url=BASE, http=scripted_transport([Reply()]), clock=clock)

    outcome = executor.run(polling_step())

    assert outcome == Cancelled(attempts=outcome.attempts)
    assert clock.sleeps == [5]


class Cancelling(ScriptedTransport):
    """Cancels the executor during request number `nth`."""

    executor: PollingExecutor
    nth = 1

    def request(self, *arguments: Any, **options: Any) -> Any:
        try:
            return super().request(*arguments, **options)
        finally:
            if len(self.requests) == self.nth:
                self.executor.cancel()


@pytest.mark.parametrize("reply", [Reply(), Reply(200, "x"), DONE, Reply(500), ConnectionResetError()])
def test_with_a_custom_transport_cancel_ends_the_run_after_the_request(
    fake_clock: FakeClock, reply: Reply | Exception
) -> None:
    http = Cancelling([reply])
    http.executor = PollingExecutor(base_url=BASE, http=http, clock=fake_clock)

    outcome = http.executor.run(polling_step())

    assert outcome == Cancelled(attempts=outcome.attempts)
    assert len(outcome.attempts) == 1


@pytest.mark.parametrize("reply", [Reply(), answer({}), Reply(500), ConnectionResetError()])
def test_with_a_custom_transport_cancel_ends_the_run_after_the_request_of_an_action(
    fake_clock: FakeClock, reply: Reply | Exception
) -> None:
    http = Cancelling([Reply.action(Action(url="/next")), reply])
    http.nth = 2
    http.executor = PollingExecutor(base_url=BASE, http=http, clock=fake_clock)

    outcome = http.executor.run(polling_step())

    assert outcome == Cancelled(attempts=outcome.attempts)
    assert [attempt.status for attempt in outcome.attempts] == [200]


def test_cancel_ends_the_run_between_two_redirects(fake_clock: FakeClock) -> None:
    http = Cancelling([Reply(302, headers={"Location": "/x"})])
    http.executor = PollingExecutor(base_url=BASE, http=http, clock=fake_clock)

    outcome = http.executor.run(polling_step())

    assert [attempt.error for attempt in outcome.attempts] == ["cancelled"]
    assert isinstance(outcome, Cancelled)


def test_cancel_does_not_affect_later_runs(scripted_transport: Script, fake_clock: FakeClock) -> None:
    executor = PollingExecutor(base_url=BASE, http=scripted_transport([DONE]), clock=fake_clock)
    executor.cancel()

    assert isinstance(executor.run(polling_step()), Exited)


def test_a_cancelled_executor_can_be_used_again() -> None:
    stalled = threading.Event()

    def handle(connection: Connection) -> None:
        connection.receive()
        if connection.number == 1:
            stalled.set()
            connection.stall()
        connection.reply(DONE)

    with Server(handle) as server:
        executor = PollingExecutor(base_url=server.url, timeout=HOURS)
        running = Background(executor, polling_step())
        assert stalled.wait(10)
        executor.cancel()

        assert isinstance(running.outcome(), Cancelled)
        assert isinstance(executor.run(polling_step()), Exited)


# Callbacks that raise


@pytest.mark.parametrize("callback", ["open_url", "on_attempt"])
def test_run_raises_the_error_of_a_callback(fake_clock: FakeClock, callback: str) -> None:
    def fail(_: object) -> None:
        raise ValueError("the caller's own")

    step = polling_step(external=External(url="https://bank.example"))
    executor = PollingExecutor(base_url=BASE, http=ScriptedTransport([DONE]), clock=fake_clock, **{callback: fail})

    with pytest.raises(ValueError, match=r"^the caller's own$"):
        executor.run(step)
