"""Looks up the addresses of host names within the time left for a request."""

from __future__ import annotations

import os
import queue
import socket
import threading
from typing import Any, Final, TypeAlias

from stepdsl.executor.deadline import Bounds

__all__ = ["AddressInfo", "Resolver"]

AddressInfo: TypeAlias = tuple[int, int, int, str, Any]

_Name: TypeAlias = tuple[str, int]
_Result: TypeAlias = tuple[_Name, list[AddressInfo] | Exception]
_Inbox: TypeAlias = queue.SimpleQueue[_Result]

MAX_LOOK_UPS: Final = 32
"""The maximum number of names that are looked up at the same time, in a thread for each."""


class Resolver:
    """The system's resolver with a limit for time.

    The resolver of the system has no timeout. A separate thread therefore looks up a name, and `resolve` stops waiting
    for it when the time is over. The thread continues until the system's resolver returns. So that the number of
    threads has a limit, requests that need the same name wait for the same thread.
    """

    def __init__(self) -> None:
        self._reset()

    def _reset(self) -> None:
        self._process = os.getpid()
        self._lock = threading.RLock()
        self._waiting: dict[_Name, set[_Inbox]] = {}

    def resolve(self, host: str, port: int, bounds: Bounds) -> list[AddressInfo]:
        """Return the addresses of a host. A numeric address needs no look-up.

        Raises the error of the system's resolver, and the errors of `bounds`.
        """
        try:
            return list(socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_NUMERICHOST))
        except socket.gaierror:
            pass
        if self._process != os.getpid():  # after a fork the threads of the parent do not exist
            self._reset()
        name = (host, port)
        while True:
            ended, result = self._wait(name, bounds)
            if ended != name:  # there were too many look-ups, and one of them has ended
                continue
            if isinstance(result, Exception):
                raise result
            return result

    def _wait(self, name: _Name, bounds: Bounds) -> _Result:
        """Return the result for a name, or the first result of any other if too many look-ups are running."""
        inbox: _Inbox = queue.SimpleQueue()
        self._subscribe(name, inbox)
        try:
            found: _Result | None = None
            while found is None:
                found = bounds.receive(inbox, bounds.left())  # `left` raises an error when no time is left
            return found
        finally:
            with self._lock:
                for inboxes in self._waiting.values():
                    inboxes.discard(inbox)

    def _subscribe(self, name: _Name, inbox: _Inbox) -> None:
        """Add an inbox for the result for a name. If too many look-ups are running, it gets the results of all."""
        with self._lock:
            if name not in self._waiting and len(self._waiting) < MAX_LOOK_UPS:
                look_up = threading.Thread(
                    target=self._look_up, args=(name, self._waiting), name="stepdsl-resolver", daemon=True
                )
                try:
                    look_up.start()
                except RuntimeError as error:
                    raise OSError(f"no thread for the look-up of {name[0]}: {error}") from None
                self._waiting[name] = set()
            for inboxes in [self._waiting[name]] if name in self._waiting else self._waiting.values():
                inboxes.add(inbox)

    def _look_up(self, name: _Name, waiting: dict[_Name, set[_Inbox]]) -> None:
        result: list[AddressInfo] | Exception
        try:
            result = list(socket.getaddrinfo(*name, type=socket.SOCK_STREAM))
        except Exception as error:  # noqa: BLE001  # every look-up must end, and `resolve` raises the error
            result = error
        with self._lock:
            for inbox in waiting.pop(name):
                inbox.put((name, result))
