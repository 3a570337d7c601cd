"""Several runs of one executor: in parallel, nested, and their threads and sockets afterwards."""

from __future__ import annotations

import contextlib
import gc
import socket
import threading
import weakref
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any

import pytest

from stepdsl.executor import Attempt, Cancelled, Exited, Outcome, PollingExecutor, Trigger, polling
from stepdsl.executor.deadline import Bounds
from stepdsl.testing import FakeClock, Reply
from tests.executor.loopback import Connection, Server, scripted
from tests.executor.support import BASE, Background, Script, answer, exiting, polling_step

HOURS = 100_000
"""A pause or timeout in seconds that is longer than any test."""
DONE = answer(exiting("done"))


def test_parallel_runs_have_separate_answers_and_deadlines() -> None:
    """Each run has its own path and its own timeout. Every second run ends at its timeout."""

    def handle(connection: Connection) -> None:
        while received := connection.receive():
            number = int(received.target.rpartition("/")[2])
            if number % 2:
                connection.stall()
            connection.reply(answer(exiting(number)))

    def poll(number: int) -> Outcome:
        timeout = 1 if number % 2 else 60
        return executor.run(polling_step(url=f"/{number}", timeout=timeout, max_attempts=1))

    with Server(handle) as server:
        executor = PollingExecutor(base_url=server.url)
        with ThreadPoolExecutor(16) as pool:
            outcomes = list(pool.map(poll, range(32)))

    for number, outcome in enumerate(outcomes):
        (attempt,) = outcome.attempts
        if number % 2:
            assert attempt.error == "timed out after 1 s"
            assert outcome.trigger is Trigger.EXHAUSTED
        else:
            assert outcome == Exited(number, trigger=Trigger.PROGRESS, attempts=(attempt,))


def test_cancel_ends_all_current_runs() -> None:
    def handle(connection: Connection) -> None:
        connection.receive()
        if connection.number == 8:
            all_there.set()
        connection.stall()

    all_there = threading.Event()
    with Server(handle) as server:
        executor = PollingExecutor(base_url=server.url, timeout=HOURS)
        running = [Background(executor, polling_step()) for _ in range(8)]
        assert all_there.wait(10)
        executor.cancel()

        assert {type(each.outcome()) for each in running} == {Cancelled}


def test_a_callback_can_start_another_run(fake_clock: FakeClock) -> None:
    """`on_attempt` runs the same executor. The attempt has already ended."""
    inner: list[Outcome] = []

    def once(_: Attempt) -> None:
        if not inner:
            inner.append(Cancelled())
            inner[0] = executor.run(polling_step(url="/inner"))

    with scripted([Reply(), answer(exiting("inner")), answer(exiting("outer"))]) as server:
        executor = PollingExecutor(base_url=server.url, clock=fake_clock, on_attempt=once)
        outer = executor.run(polling_step(url="/outer"))

    assert [getattr(each, "result", None) for each in (*inner, outer)] == ["inner", "outer"]
    assert [received.target for received in server.received] == ["/outer", "/inner", "/outer"]


def test_cancel_at_any_moment_ends_each_run(fake_clock: FakeClock) -> None:
    """Another thread cancels all the time. Each run ends with Exited or Cancelled. The executor still works later."""
    with scripted([DONE]) as server:
        executor = PollingExecutor(base_url=server.url, clock=fake_clock)
        over = threading.Event()

        def cancel_all_the_time() -> None:
            while not over.is_set():
                executor.cancel()

        canceller = threading.Thread(target=cancel_all_the_time)
        with ThreadPoolExecutor(4) as pool:
            canceller.start()
            runs: list[Future[Outcome]] = [pool.submit(executor.run, polling_step()) for _ in range(200)]
            kinds = {type(each.result(30)) for each in runs}
            over.set()
            canceller.join()

        assert kinds <= {Cancelled, Exited}
        assert isinstance(executor.run(polling_step()), Exited)


@pytest.mark.parametrize("fails", [False, True], ids=["an outcome", "an error"])
def test_an_executor_does_not_keep_its_earlier_runs(
    fake_clock: FakeClock, scripted_transport: Script, monkeypatch: pytest.MonkeyPatch, fails: bool
) -> None:
    """`cancel` only needs the current runs. A server process can have one executor for all its runs."""

    class Watched(Bounds):
        def __init__(self, monotonic: Callable[[], float]) -> None:
            super().__init__(monotonic)
            runs.append(weakref.ref(self))

    def on_attempt(_: Attempt) -> None:
        if fails:
            raise ZeroDivisionError

    runs: list[weakref.ref[Bounds]] = []
    monkeypatch.setattr(polling, "Bounds", Watched)
    executor = PollingExecutor(
        base_url=BASE, http=scripted_transport([DONE] * 3), clock=fake_clock, on_attempt=on_attempt
    )
    for _ in range(3):
        with contextlib.suppress(ZeroDivisionError):
            executor.run(polling_step())

    assert [each() for each in runs] == [None, None, None]


def test_a_run_leaves_no_threads_and_no_open_sockets(monkeypatch: pytest.MonkeyPatch) -> None:
    """After a run there is no extra thread. After the executor is deleted there is no open socket."""
    opened: list[Callable[[], int]] = []

    class Socket(socket.socket):
        def connect(self, to: Any) -> None:
            super().connect(to)
            opened.append(self.fileno)

    monkeypatch.setattr("stepdsl.executor.sockets.socket.socket", Socket)
    before = threading.active_count()
    with scripted([Reply(), DONE]) as server:
        executor = PollingExecutor(base_url=server.url)
        executor.run(polling_step(delay=0))
        serving = 1 + server.connections
        assert threading.active_count() <= before + serving
        assert [fileno() != -1 for fileno in opened] == [True]
        del executor
        gc.collect()
        assert [fileno() for fileno in opened] == [-1]
