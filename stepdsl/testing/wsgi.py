"""Calls a WSGI application, and refuses what PEP 3333 does not allow."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, Final, NamedTuple

from stepdsl.core.json import is_array
from stepdsl.core.messages import shorten, show
from stepdsl.core.model import Model
from stepdsl.server import FlowResponse
from stepdsl.testing.errors import Refusal
from stepdsl.testing.responses import EXPECTED_HEADER, MAX_ANSWER, is_header, is_pair

__all__ = ["WsgiAnswer", "call_wsgi"]

_STATUS: Final = re.compile(r"[1-9][0-9]{2}(?!\S)")
_EXPECTED_STATUS: Final = "expected a string such as '200 OK'"
_HEADER: Final = "expected a tuple of two strings, such as ('Content-Type', 'text/html')"


class WsgiAnswer(NamedTuple):
    """An answer of an application."""

    status: int
    """The HTTP status code."""
    headers: list[tuple[str, str]]
    """The headers, in their order."""
    body: bytes
    """The whole body."""


def call_wsgi(app: Any, environ: dict[str, Any]) -> WsgiAnswer:
    """Call an application. Return its answer.

    Raises what the application raises, and ApplicationError for what PEP 3333 does not allow.
    """
    call = _Call()
    error: Exception | None = None
    try:
        parts = app(environ, call.start_response)
        try:
            call.take(parts)
        finally:
            close = getattr(parts, "close", None)
            if close is not None:
                close()
    except Exception as raised:  # noqa: BLE001  # it is raised again
        error = raised
    call.refuse.after(error)
    return call.answer()


class _Call:
    """One call of an application: what it gives the server."""

    def __init__(self) -> None:
        self.refuse = Refusal()
        self._started: tuple[int, list[tuple[str, str]]] | None = None
        self._parts: list[bytes] = []
        self._size = 0

    def answer(self) -> WsgiAnswer:
        """Return the answer, after the call."""
        if self._started is None:
            raise self.refuse("did not call start_response")
        return WsgiAnswer(*self._started, b"".join(self._parts))

    def start_response(self, status: Any, headers: Any, exc_info: Any = None, /) -> Callable[[bytes], object]:
        """Begin the answer. With `exc_info` an application can begin again, until it has sent a part of the body."""
        if self._started is not None and not exc_info:
            raise self.refuse("called start_response twice; the second time it needs exc_info")
        if exc_info and any(self._parts):
            raise exc_info[1]
        if not isinstance(status, str) or _STATUS.match(status) is None:
            raise self.refuse(f"called start_response with the status {show(status)}; {_EXPECTED_STATUS}")
        if not is_array(headers):
            raise self.refuse(f"called start_response with {show(headers)} as headers; expected a list of tuples")
        for header in headers:
            if not is_pair(header, str, tuple):
                raise self.refuse(f"called start_response with the header {shorten(repr(header))}; {_HEADER}")
            if not is_header(*header):
                raise self.refuse(f"called start_response with the header {shorten(repr(header))}; {EXPECTED_HEADER}")
        self._started = int(status[:3]), list(headers)
        return self._write

    def take(self, parts: Any) -> None:
        """Take the body that the application returns."""
        if isinstance(parts, (str, bytes)):
            written = "body" if isinstance(parts, bytes) else "body.encode()"
            raise self.refuse(f"returned {show(parts)}; expected an iterable of bytes; write return [{written}]")
        if isinstance(parts, (Model, FlowResponse)):
            raise self.refuse(f"returned {show(parts)}; write @endpoint of stepdsl.server.wsgi above it")
        try:
            found = iter(parts)
        except TypeError:
            raise self.refuse(f"returned {show(parts)}; expected an iterable of bytes, such as a list") from None
        for part in found:
            self._write(part)

    def _write(self, part: Any) -> None:
        if not isinstance(part, bytes):
            raise self.refuse.part(part)
        self._parts.append(part)
        self._size += len(part)
        if self._size > MAX_ANSWER:
            raise self.refuse(f"sent a body of more than {MAX_ANSWER} bytes")
