"""A transport that answers from a script."""

from __future__ import annotations

import io
import threading
from collections.abc import Iterable, Mapping
from typing import Any

from attrs import frozen
from urllib3 import HTTPHeaderDict

from stepdsl.testing.clock import FakeClock
from stepdsl.testing.replies import Reply
from stepdsl.wire import parse_json

__all__ = ["RecordedRequest", "ScriptExhaustedError", "ScriptedTransport"]


class ScriptExhaustedError(AssertionError):
    """There was one request more than the script has replies."""


@frozen
class RecordedRequest:
    """A request that a scripted transport received."""

    method: str
    """The HTTP method, in capitals."""
    url: str
    """The absolute URL."""
    headers: Mapping[str, str]
    """The headers; names may be looked up in any case."""
    body: bytes | None
    """The body; None if there was none."""
    timeout: float | None
    """Seconds that the request was given; None if it was given none."""
    at: float
    """When it came, by the transport's clock; 0 without a clock."""

    def json(self) -> Any:
        """Return the body as JSON; raise WireError if it is none."""
        return parse_json(self.body or b"")


class ScriptedTransport:
    """Stands in for urllib3.PoolManager as `PollingExecutor(http=…)`: gives the replies of a script one by one.

    A reply is a `Reply`, or an exception that is raised in its place, such as `ConnectionResetError()`. The requests
    are kept in `requests`. One request too many raises ScriptExhaustedError, an AssertionError that no executor takes
    for a failure of the network.
    """

    def __init__(self, replies: Iterable[Reply | Exception], *, clock: FakeClock | None = None) -> None:
        """Take the script, and the clock that the replies' `takes` advances."""
        self.requests: list[RecordedRequest] = []
        self._replies = list(replies)
        self._clock = clock
        self._lock = threading.Lock()

    def request(
        self,
        method: str,
        url: str,
        /,
        *,
        body: bytes | None = None,
        headers: Mapping[str, str] | None = None,
        timeout: Any = None,
        **_options: Any,
    ) -> _ScriptedResponse:
        """Answer with the next reply, as urllib3 does without retries, redirects and preloading."""
        seconds = getattr(timeout, "total", timeout)
        at = 0.0 if self._clock is None else self._clock.monotonic()
        request = RecordedRequest(method.upper(), url, HTTPHeaderDict(headers or {}), body, seconds, at)
        with self._lock:
            self.requests.append(request)
            number = len(self.requests)
        if number > len(self._replies):
            raise ScriptExhaustedError(
                f"request {number} was not expected: {request.method} {url} (the script has {self._count()})"
            )
        reply = self._replies[number - 1]
        if isinstance(reply, Exception):
            raise reply
        if self._clock is not None:
            self._clock.advance(reply.takes)
        return _ScriptedResponse(reply)

    def assert_all_used(self) -> None:
        """Raise AssertionError, naming the first reply that was not asked for, if there is one."""
        left = self._replies[len(self.requests) :]
        if left:
            raise AssertionError(f"{len(left)} of {self._count()} not asked for; the first of them: {left[0]!r}")

    def _count(self) -> str:
        return "1 reply" if len(self._replies) == 1 else f"{len(self._replies)} replies"


class _ScriptedResponse:
    """The part of urllib3's response that an executor uses."""

    def __init__(self, reply: Reply) -> None:
        self.status: int = reply.status
        self.headers: Mapping[str, str] = HTTPHeaderDict(reply.headers)
        self._body = io.BytesIO(reply.body)

    def read(self, amt: int, /) -> bytes:
        """Return the next bytes of the body."""
        return self._body.read(amt)

    def release_conn(self) -> None:
        """Do nothing: there is no connection."""
