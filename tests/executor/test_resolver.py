"""Look-ups of names: how many threads there are, and who gets which result."""

from __future__ import annotations

import os
import queue
import socket
import threading
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from stepdsl.executor import PollingExecutor
from stepdsl.executor.deadline import Bounds, RunCancelledError
from stepdsl.executor.resolver import MAX_LOOK_UPS, Resolver
from stepdsl.testing import FakeClock
from tests.executor.support import AMPLE, polling_step

SHORT = 0.002
"""A timeout in seconds for look-ups that never end."""


class System:
    """The resolver of the system. It returns the addresses of a name when the test gives them."""

    def __init__(self) -> None:
        self.started: list[str] = []
        self._answers: dict[str, queue.SimpleQueue[Any]] = defaultdict(queue.SimpleQueue)

    def getaddrinfo(self, host: str, port: int, *_: object, flags: int = 0, **__: object) -> Any:
        if flags & socket.AI_NUMERICHOST:
            raise socket.gaierror(socket.EAI_NONAME, "not a number")
        self.started.append(host)
        answer = self._answers[host].get(timeout=60)
        if isinstance(answer, Exception):
            raise answer
        return [answer]

    def answer(self, host: str, answer: object) -> None:
        self._answers[host].put(answer)

    def close(self) -> None:
        for host in self.started:
            self.answer(host, "over")


@pytest.fixture
def system(monkeypatch: pytest.MonkeyPatch) -> Iterator[System]:
    replaced = System()
    monkeypatch.setattr(socket, "getaddrinfo", replaced.getaddrinfo)
    yield replaced
    replaced.close()
    for thread in look_ups():
        thread.join(10)


def look_ups() -> list[threading.Thread]:
    """Return the threads of the look-ups that have not ended."""
    return [thread for thread in threading.enumerate() if thread.name == "stepdsl-resolver"]


class Watched(Bounds):
    """Sets an event when a request begins to wait."""

    def __init__(self, seconds: float) -> None:
        super().__init__(time.monotonic)
        self.waits = threading.Event()
        self.start(seconds)

    def receive(self, inbox: queue.SimpleQueue[Any], seconds: float) -> Any:
        self.waits.set()
        return super().receive(inbox, seconds)


class Waiting:
    """A call of `resolve` in a separate thread. The constructor returns when it waits."""

    def __init__(self, resolver: Resolver, host: str) -> None:
        self._result: Any = None
        self._bounds = Watched(AMPLE)
        self._thread = threading.Thread(target=self._resolve, args=(resolver, host), daemon=True)
        self._thread.start()
        assert self._bounds.waits.wait(10)

    def _resolve(self, resolver: Resolver, host: str) -> None:
        try:
            self._result = resolver.resolve(host, 80, self._bounds)
        except Exception as error:  # noqa: BLE001  # the test compares it
            self._result = error

    def result(self) -> Any:
        """Return the result, or the error that was raised."""
        self._thread.join(AMPLE)
        return self._result


def time_out(resolver: Resolver, host: str) -> None:
    """Assert that a look-up ends at its timeout."""
    with pytest.raises(TimeoutError, match=r"^no time left$"):
        resolver.resolve(host, 80, Watched(SHORT))


def test_many_attempts_with_a_resolver_that_never_answers_leave_one_thread(
    resolver: Callable[[Callable[[int], Any]], None], fake_clock: FakeClock
) -> None:
    over = threading.Event()
    resolver(lambda _: over.wait(60) and [])
    before = len(look_ups())
    try:
        for _ in range(2):
            executor = PollingExecutor(base_url="http://server.example", clock=fake_clock, timeout=SHORT)
            outcome = executor.run(polling_step(max_attempts=20))
            assert [attempt.error for attempt in outcome.attempts] == [f"timed out after {SHORT} s"] * 20
        assert len(look_ups()) == before + 1
        assert all(thread.daemon for thread in look_ups())  # the end of the process does not wait for them
    finally:
        over.set()


def test_requests_for_the_same_name_share_a_look_up(system: System) -> None:
    resolver = Resolver()
    waiting = [Waiting(resolver, "a") for _ in range(3)]
    time_out(resolver, "a")
    system.answer("a", "address")

    assert [each.result() for each in waiting] == [["address"]] * 3
    assert system.started == ["a"]


def test_requests_for_different_names_do_not_wait_for_each_other(system: System) -> None:
    resolver = Resolver()
    first, second = Waiting(resolver, "a"), Waiting(resolver, "b")
    system.answer("b", "address of b")
    assert second.result() == ["address of b"]
    system.answer("a", "address of a")
    assert first.result() == ["address of a"]


def test_a_name_is_looked_up_again_after_the_end_of_a_look_up(system: System) -> None:
    resolver = Resolver()
    for address in ("first", "second"):
        waiting = Waiting(resolver, "a")
        system.answer("a", address)
        assert waiting.result() == [address]

    assert system.started == ["a", "a"]


@pytest.mark.parametrize(
    "error",
    [
        socket.gaierror(socket.EAI_AGAIN, "again"),
        UnicodeError("label too long"),
        RuntimeError("the resolver is broken"),
    ],
    ids=lambda error: type(error).__name__,
)
def test_the_error_of_a_look_up_is_raised(system: System, error: Exception) -> None:
    resolver = Resolver()
    waiting = [Waiting(resolver, "a") for _ in range(2)]
    system.answer("a", error)

    assert [each.result() for each in waiting] == [error, error]


def test_with_too_many_look_ups_a_request_waits_until_one_ends(system: System) -> None:
    resolver = Resolver()
    names = [f"name-{number}" for number in range(MAX_LOOK_UPS)]
    running = [Waiting(resolver, name) for name in names]
    before = len(look_ups())
    late, later = Waiting(resolver, "late"), Waiting(resolver, "later")
    time_out(resolver, "too-late")
    assert len(look_ups()) == before == MAX_LOOK_UPS

    again = Waiting(resolver, names[5])  # needs no thread
    for name in names:
        system.answer(name, f"address of {name}")
    assert [each.result() for each in running] == [[f"address of {name}"] for name in names]
    assert again.result() == ["address of name-5"]
    system.answer("late", "address of late")
    system.answer("later", "address of later")
    assert (late.result(), later.result()) == (["address of late"], ["address of later"])
    assert sorted(system.started) == sorted([*names, "late", "later"])


def test_a_request_that_has_ended_is_not_kept(system: System) -> None:
    resolver = Resolver()
    for _ in range(3):
        time_out(resolver, "a")

    assert [len(inboxes) for inboxes in resolver._waiting.values()] == [0]


def test_a_cancelled_request_does_not_affect_the_others(system: System) -> None:
    resolver = Resolver()
    cancelled, other = Waiting(resolver, "a"), Waiting(resolver, "a")
    cancelled._bounds.cancel()
    assert isinstance(cancelled.result(), RunCancelledError)
    system.answer("a", "address")

    assert other.result() == ["address"]


def test_without_a_thread_the_look_up_fails_and_can_be_repeated(
    system: System, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_: object) -> None:
        raise RuntimeError("can't start new thread")

    resolver = Resolver()
    with monkeypatch.context() as patched:
        patched.setattr(threading.Thread, "start", refuse)
        with pytest.raises(OSError, match=r"^no thread for the look-up of a: can't start new thread$"):
            resolver.resolve("a", 80, Watched(AMPLE))

    waiting = Waiting(resolver, "a")
    system.answer("a", "address")
    assert waiting.result() == ["address"]


def test_after_a_fork_names_are_looked_up_in_new_threads(system: System, monkeypatch: pytest.MonkeyPatch) -> None:
    """The new process has a copy of the table, but not the threads. Another process can have had the lock."""
    resolver = Resolver()
    parent = Waiting(resolver, "a")
    with resolver._lock:
        monkeypatch.setattr(os, "getpid", lambda: -1)
        child = Waiting(resolver, "a")
    assert system.started == ["a", "a"]
    system.answer("a", "address")
    system.answer("a", "address")

    assert [parent.result(), child.result()] == [["address"], ["address"]]
