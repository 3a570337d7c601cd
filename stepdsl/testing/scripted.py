"""A transport that answers with scripted replies."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Mapping
from typing import Any

from attrs import frozen
from urllib3 import HTTPHeaderDict

from stepdsl.core.arguments import expect
from stepdsl.core.messages import counted, show
from stepdsl.errors import InvalidValueError
from stepdsl.testing.clock import FakeClock
from stepdsl.testing.replies import Reply, reply_call
from stepdsl.testing.responses import InProcessResponse
from stepdsl.wire import parse_json

__all__ = ["RecordedRequest", "ScriptExhaustedError", "ScriptedTransport"]

__tracebackhide__ = True  # pytest shows the line of the test, and not this module


class ScriptExhaustedError(AssertionError):
    """There were more requests than replies in the script."""


@frozen
class RecordedRequest:
    """A request that was recorded by a ScriptedTransport or by a session."""

    method: str
    """The HTTP method, in upper case."""
    url: str
    """The absolute URL."""
    headers: Mapping[str, str]
    """The headers. Upper and lower case of a name are equal."""
    body: bytes | None
    """The body; None if there was none."""
    timeout: float | None
    """The timeout of the request in seconds; None without a timeout."""
    at: float
    """The time of the request in seconds, by the clock of the transport or session; 0 without a clock."""

    def json(self) -> Any:
        """Return the JSON of the body. Raises WireError if the body is not JSON."""
        return parse_json(self.body or b"")


class ScriptedTransport:
    """A transport for `PollingExecutor(http=…)` instead of urllib3.PoolManager. It returns scripted replies in order.

    A reply is a `Reply`, or an exception to raise, for example `ConnectionResetError()`. `requests` contains all
    received requests. A request after the last reply raises ScriptExhaustedError. It is an AssertionError: executors do
    not treat it as a failure of the network.
    """

    def __init__(self, replies: Iterable[Reply | Exception], *, clock: FakeClock | None = None) -> None:
        """Take the replies, and the clock. The `takes` of a reply advances the clock.

        Raises InvalidValueError for an argument with the wrong type.
        """
        self.requests: list[RecordedRequest] = []
        self._replies = _script(replies)
        if clock is not None:
            expect("ScriptedTransport.clock", clock, FakeClock)
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
    ) -> InProcessResponse:
        """Return the next reply. Like urllib3 without retries, redirects and preloading.

        Raises the reply if it is an exception, and ScriptExhaustedError after the last reply.
        """
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
        return InProcessResponse(reply.status, reply.headers.items(), reply.body)

    def assert_all_used(self) -> None:
        """Raise AssertionError if there are unused replies. The text contains the first of them."""
        left = self._replies[len(self.requests) :]
        if left:
            verb = "was" if len(left) == 1 else "were"
            raise AssertionError(f"{len(left)} of {self._count()} {verb} not used; the first of these is {left[0]!r}")

    def _count(self) -> str:
        return counted(len(self._replies), "reply", "replies")


def _script(replies: Any) -> list[Reply | Exception]:
    """Return the replies as a list. Raises InvalidValueError for anything else, with what to write instead."""
    given, call = replies, reply_call(replies)
    if isinstance(replies, (Reply, str, bytes)) or call or not isinstance(replies, Iterable):
        reason = f"expected a list of replies, got {show(replies)}; write [{call or 'Reply(…)'}]"
        raise InvalidValueError("ScriptedTransport.replies", reason)
    script: list[Any] = list(given)
    for position, reply in enumerate(script):
        if not isinstance(reply, (Reply, Exception)):
            reason = f"expected a Reply or an exception, got {show(reply)}; write {reply_call(reply) or 'Reply(…)'}"
            raise InvalidValueError(f"ScriptedTransport.replies[{position}]", reason)
    return script
