"""The two limits of a run: a call of `cancel`, and the deadline of the current request."""

from __future__ import annotations

import contextlib
import queue
import socket
import threading
from collections.abc import Callable
from typing import Any

__all__ = ["Bounds", "RunCancelledError", "current_bounds"]

_thread = threading.local()


class RunCancelledError(Exception):
    """Internal: the run was cancelled. `run` turns this error into an outcome."""


def current_bounds() -> Bounds:
    """Return the bounds of this thread's current request. Pooled connections get their bounds with this function."""
    bounds: Bounds = _thread.bounds
    return bounds


class Bounds:
    """The limits of one run: it can be cancelled, and each of its requests has a deadline.

    One object is used for all requests of the run, one after the other. Any thread may call `cancel`. Only the thread
    of the run may call the other methods.
    """

    def __init__(self, monotonic: Callable[[], float]) -> None:
        """Take the function that returns the current time in seconds. The deadlines are computed with it."""
        self._monotonic = monotonic
        self._cancelled = False
        self._deadline = 0.0
        self._socket: socket.socket | None = None
        # A signal handler can interrupt the running thread and call `cancel` in that same thread. RLock and SimpleQueue
        # work in this case. A Condition or an Event would block, or would miss the call.
        self._lock = threading.RLock()
        self._inbox: queue.SimpleQueue[Any] = queue.SimpleQueue()

    def cancel(self) -> None:
        """Cancel the run, from any thread: end its current wait and shut down its current connection."""
        with self._lock:
            self._cancelled = True
            self._inbox.put(None)
            if self._socket is not None:
                # Not SSLSocket.shutdown: it would remove the encryption while the running thread still uses it.
                with contextlib.suppress(OSError):
                    socket.socket.shutdown(self._socket, socket.SHUT_RDWR)

    def check(self) -> None:
        """Raise RunCancelledError if the run was cancelled."""
        if self._cancelled:
            raise RunCancelledError

    def sleep(self, seconds: float) -> None:
        """Wait for this number of seconds, or until the run is cancelled."""
        self.receive(queue.SimpleQueue(), seconds)

    def receive(self, inbox: queue.SimpleQueue[Any], seconds: float) -> Any:
        """Return the first item of `inbox`. Return None after `seconds` without an item, or if the run is cancelled."""
        self._inbox = inbox
        if self._cancelled:
            return None
        try:
            return inbox.get(timeout=seconds)
        except queue.Empty:
            return None

    def start(self, seconds: float) -> None:
        """Begin a request that may take this number of seconds, redirects included."""
        self._deadline = self._monotonic() + seconds
        _thread.bounds = self

    def finish(self) -> None:
        """End the request. Another run may use its connection now."""
        self.clear_socket()
        _thread.bounds = None

    def left(self) -> float:
        """Return the seconds left for the current request. Raises TimeoutError if it is 0, or RunCancelledError."""
        self.check()
        left = self._deadline - self._monotonic()
        if left <= 0:
            raise TimeoutError("no time left")
        return left

    @property
    def expired(self) -> bool:
        """Whether the deadline of the current request has passed."""
        return self._monotonic() >= self._deadline

    def set_socket(self, used: socket.socket) -> None:
        """Set the socket that `cancel` shuts down. Raises RunCancelledError if the run is already cancelled."""
        with self._lock:
            self._socket = used
            self.check()

    def clear_socket(self) -> None:
        """Remove the socket: `cancel` no longer shuts it down."""
        with self._lock:
            self._socket = None
