"""Requests to a server with a base URL: their deadlines are in real time, whatever the clock of the session is."""

from __future__ import annotations

import time
from collections.abc import Mapping
from typing import Any

from stepdsl.executor import HttpResponse
from stepdsl.executor.deadline import Bounds
from stepdsl.executor.sockets import BoundedHttp

__all__ = ["SocketTransport"]


class SocketTransport:
    """Sends requests over sockets. A request ends at its timeout, also if the server sends one byte from time to time.

    The clock of a session is often a FakeClock, which does not pass while a server is slow.
    """

    def __init__(self) -> None:
        self._http = BoundedHttp()

    def request(
        self, method: str, url: str, /, *, body: bytes | None, headers: Mapping[str, str], timeout: Any, **_: object
    ) -> HttpResponse:
        """Send a request as `Http.request` does. `timeout` is a `urllib3.Timeout`; its total is the deadline."""
        Bounds(time.monotonic).start(timeout.total)
        return self._http.request(method, url, body=body, headers=headers)

    def close(self) -> None:
        """Close the connections."""
        self._http.close()
