"""What ends a run from outside: a call of `cancel`, and the deadline of the request in progress."""

from __future__ import annotations

import contextlib
import queue
import socket
import threading
from collections.abc import Callable
from typing import Any, Final

__all__ = ["Bounds", "RunCancelledError", "current_bounds"]

_LONGEST: Final = 86_400.0
"""The longest timeout of a request, a day: the operating system counts a socket's in milliseconds of 32 bits."""

_thread = threading.local()


class RunCancelledError(Exception):
    """Internal: the run was cancelled; `run` turns it into an outcome."""


def current_bounds() -> Bounds:
    """Return the bounds of the request that this thread is making; pooled connections have no other way to them."""
    bounds: Bounds = _thread.bounds
    return bounds


class Bounds:
    """The bounds of one run. All but `cancel` is called by the thread that runs it."""

    def __init__(self, monotonic: Callable[[], float]) -> None:
        """Take what tells the time for deadlines."""
        self._monotonic = monotonic
        self._cancelled = False
        self._deadline = 0.0
        self._socket: socket.socket | None = None
        # Both bear that a signal handler interrupts the running thread itself and calls `cancel`; with a Condition or
        # an Event in their place that would block, or be missed.
        self._lock = threading.RLock()
        self._inbox: queue.SimpleQueue[Any] = queue.SimpleQueue()

    def cancel(self) -> None:
        """End the run, from any thread: wake it where it waits, cut the connection it uses."""
        with self._lock:
            self._cancelled = True
            self._inbox.put(None)
            if self._socket is not None:
                # Not SSLSocket's own shutdown: that would take the encryption away from under the running thread.
                with contextlib.suppress(OSError):
                    socket.socket.shutdown(self._socket, socket.SHUT_RDWR)

    def check(self) -> None:
        """Raise RunCancelledError if the run was cancelled."""
        if self._cancelled:
            raise RunCancelledError

    def sleep(self, seconds: float) -> None:
        """Wait that long, or until the run is cancelled."""
        self.receive(queue.SimpleQueue(), seconds)

    def receive(self, inbox: queue.SimpleQueue[Any], seconds: float) -> Any:
        """Return what comes in first; None if nothing does in that time, or the run is cancelled."""
        self._inbox = inbox
        if self._cancelled:
            return None
        try:
            return inbox.get(timeout=min(seconds, threading.TIMEOUT_MAX))
        except queue.Empty:
            return None

    def start(self, seconds: float) -> None:
        """Begin a request that may take that long, redirects included."""
        self._deadline = self._monotonic() + min(seconds, _LONGEST)
        _thread.bounds = self

    def finish(self) -> None:
        """End the request: its connection may go to another run now."""
        self.let_go()
        _thread.bounds = None

    def left(self) -> float:
        """Return the seconds left for the request in progress; raise TimeoutError or RunCancelledError if none are."""
        self.check()
        left = self._deadline - self._monotonic()
        if left <= 0:
            raise TimeoutError("no time left")
        return left

    @property
    def expired(self) -> bool:
        """Whether the request in progress has used up its time."""
        return self._monotonic() >= self._deadline

    def hold(self, used: socket.socket) -> None:
        """Name the socket that `cancel` has to cut; raise RunCancelledError if it came before."""
        with self._lock:
            self._socket = used
            self.check()

    def let_go(self) -> None:
        """Forget the socket, so that `cancel` no longer touches it."""
        with self._lock:
            self._socket = None
