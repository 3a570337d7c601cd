"""One HTTP exchange from request to answer, redirects included, with limits for time and memory.

A connection is reused only after its body was read completely.
"""

from __future__ import annotations

import contextlib
from collections.abc import Mapping
from http.client import HTTPException
from typing import Any, Final

from attrs import frozen
from urllib3 import HTTPHeaderDict, Timeout
from urllib3.exceptions import HTTPError, ProtocolError

from stepdsl.core.json import UNSET
from stepdsl.core.messages import error_text
from stepdsl.executor.deadline import Bounds
from stepdsl.executor.protocols import Http, HttpResponse
from stepdsl.executor.urls import Address, locate
from stepdsl.headers import TYPE_HEADER
from stepdsl.wire import parse_data

__all__ = ["REDIRECTS", "Answer", "Hop", "Request", "Transport", "TransportError", "choose_timeout", "parse_result"]

MAX_REDIRECTS: Final = 5
"""The maximum number of redirects of one request."""

REDIRECTS: Final = frozenset((301, 302, 303, 307, 308))
"""The statuses of redirects. Only an answer with one of these and a Location is followed."""
_REPEATING: Final = frozenset((307, 308))
"""The redirects that repeat the method and the body. After the others, the request is a GET."""
_CHUNK: Final = 65_536
"""The maximum number of bytes of a body that are read at once."""
_MAX_TIMEOUT: Final = 86_400
"""The longest timeout of a request in seconds: one day. The system stores it in milliseconds, in 32 bits."""
_MAX_REASON: Final = 200
"""The maximum number of characters of a reason. The text of an error can contain what a server has sent."""
_MAX_UNWANTED: Final = 16_384
"""An unwanted body up to this size in bytes is read, so that its connection can be used again."""


@frozen
class Answer:
    """Status, response type and body of an answer."""

    status: int
    """HTTP status code."""
    type_header: str | None
    """The value of X-DF-Response-Type; None without the header."""
    body: bytes
    """The decoded body. Empty if it could not be read and the status is not 2xx."""

    @property
    def kind(self) -> str | None:
        """The response type in lower case; None without the header."""
        return None if self.type_header is None else self.type_header.strip().lower()

    @property
    def ok(self) -> bool:
        """Whether the status is 200 to 299."""
        return 200 <= self.status < 300

    @property
    def empty(self) -> bool:
        """Whether the body is empty or contains only white space."""
        return not self.body.strip()


def parse_result(answer: Answer) -> Any:
    """Return the body as the result of a flow; UNSET if it is empty. Raises WireError if it is not JSON."""
    if answer.empty:
        return UNSET
    return parse_data(answer.body)


class TransportError(Exception):
    """Internal: there is no complete answer. The text is the reason."""


_NO_ANSWER: Final = (TransportError, HTTPError, HTTPException, OSError, ValueError)


@frozen
class Hop:
    """One HTTP request: the first one, or one after a redirect."""

    method: str
    """HTTP method, in upper case."""
    address: Address
    """Where the request goes, and the base of a relative URL in a redirect."""
    body: bytes | None
    """The body that is sent; None for a request without one."""
    headers: dict[str, str]
    """The headers that are sent."""


class Transport:
    """Creates the requests of an executor: it joins the URL to the base URL and adds the credentials."""

    def __init__(
        self, http: Http, base: Address | None, credentials: dict[str, tuple[str, str]], max_body: int
    ) -> None:
        """Take the executor's arguments. `credentials`: name and value of its headers, by the name in lower case."""
        self.http = http
        self.base = base
        self.max_body = max_body
        self._credentials = credentials

    def hop(self, method: str, url: str, base: Address | None, body: bytes | None) -> Hop:
        """Return one HTTP request. Raises TransportError for an invalid URL."""
        try:
            address = locate(url, None if base is None else base.base)
        except ValueError as error:
            raise TransportError(f"bad URL: {error}") from None
        fields = {"accept": ("Accept", "application/json")}
        if address.authorization is not None:
            fields["authorization"] = ("Authorization", address.authorization)
        if self.base is not None and address.origin == self.base.origin:  # no other server may see the credentials
            fields |= self._credentials
        if body is not None:
            fields["content-type"] = ("Content-Type", "application/json")
        return Hop(method, address, body, dict(fields.values()))


class Request:
    """A request of an executor. It can be sent many times."""

    def __init__(self, transport: Transport, method: str, url: str, timeout: float, body: bytes | None = None) -> None:
        """Take the request and its timeout in seconds. An invalid URL raises no error here, but in `send`."""
        self._transport = transport
        self._timeout = timeout
        self._problem = ""
        try:
            self._first = transport.hop(method, url, transport.base, body)
        except TransportError as error:
            self._problem = str(error)

    def send(self, bounds: Bounds) -> Answer:
        """Send the request. Return the answer.

        Raises TransportError, with the reason, if there is no complete answer. Raises RunCancelledError if the run was
        cancelled.
        """
        if self._problem:
            raise TransportError(self._problem)
        bounds.start(self._timeout)
        try:
            return self._follow(bounds)
        except _NO_ANSWER as error:
            bounds.check()
            raise TransportError(self._reason(error, bounds)) from None
        finally:
            bounds.finish()

    def _follow(self, bounds: Bounds) -> Answer:
        hop = self._first
        for _ in range(MAX_REDIRECTS + 1):
            response = self._transport.http.request(
                hop.method,
                hop.address.url,
                body=hop.body,
                headers=dict(hop.headers),
                timeout=Timeout(total=bounds.left()),
                retries=False,
                redirect=False,
                preload_content=False,
            )
            target = find_header(response.headers, "Location") if response.status in REDIRECTS else None
            if target is None:
                return self._answer(response, bounds)
            with contextlib.suppress(*_NO_ANSWER):  # an error only loses the connection; the time left is checked next
                discard(response, bounds)
            hop = self._next(hop, response.status, target)
        raise TransportError(f"more than {MAX_REDIRECTS} redirects")

    def _next(self, hop: Hop, status: int, target: str) -> Hop:
        repeating = hop.method == "GET" or status in _REPEATING
        method, body = (hop.method, hop.body) if repeating else ("GET", None)
        following = self._transport.hop(method, _decode_location(target), hop.address, body)
        if method != "GET" and following.address.origin != hop.address.origin:
            raise TransportError(f"status {status} would repeat the {method} at another origin")
        return following

    def _answer(self, response: HttpResponse, bounds: Bounds) -> Answer:
        status = response.status
        try:
            body = read_body(response, bounds, self._transport.max_body)
        except _NO_ANSWER:
            bounds.check()
            if 200 <= status < 300:
                raise
            body = b""  # the status alone decides what follows
        return Answer(status, find_header(response.headers, TYPE_HEADER), body)

    def _reason(self, error: BaseException, bounds: Bounds) -> str:
        if isinstance(error, TransportError):
            return str(error)
        if bounds.expired:
            return f"timed out after {self._timeout:g} s"
        while cause := _cause(error):
            error = cause
        return error_text(error)[:_MAX_REASON]


def choose_timeout(suggested: int | None, default: float) -> float:
    """Return the timeout of a request in seconds: `suggested` if it is more than 0, else `default`. One day at most."""
    return min(default if suggested is None or suggested <= 0 else suggested, _MAX_TIMEOUT)


def _cause(error: BaseException) -> BaseException | None:
    """Return the error of the system or of http.client that urllib3 has wrapped; None if there is none."""
    wrapped = error.args[1] if isinstance(error, ProtocolError) and len(error.args) > 1 else error.__cause__
    return wrapped if isinstance(wrapped, (OSError, HTTPException)) else None


def _decode_location(location: str) -> str:
    """Return a Location header decoded as UTF-8, as browsers do. http.client decodes it as Latin-1."""
    try:
        return location.encode("latin-1").decode()
    except UnicodeError:
        return location


# -- bodies ------------------------------------------------------------------------------------------------------


def read_body(response: HttpResponse, bounds: Bounds, limit: int) -> bytes:
    """Return the decoded body and release the connection. Close the connection if the body cannot be read.

    Raises TransportError for a body above the limit, and the errors of `bounds` and `response`.
    """
    if response.status < 200:  # an interim answer: more data of this exchange follows on the connection
        _release(response, reusable=False)
        return b""
    complete = False
    try:
        body = _read(response, bounds, limit)
        complete = True
        return body
    finally:
        _release(response, reusable=complete)


def discard(response: HttpResponse, bounds: Bounds) -> None:
    """Drop an unwanted body: read a small one, close the connection of any other."""
    length = find_header(response.headers, "Content-Length") or ""
    if length.isascii() and length.isdigit() and len(length) < 10 and int(length) <= _MAX_UNWANTED:
        read_body(response, bounds, _MAX_UNWANTED)
    else:
        _release(response, reusable=False)


def find_header(headers: Mapping[str, str], name: str) -> str | None:
    """Return the value of a header; None if there is none. Upper and lower case of the name are equal."""
    if name in headers:
        return headers[name]
    if isinstance(headers, HTTPHeaderDict):
        return None
    return next((value for key, value in headers.items() if key.lower() == name.lower()), None)


def _read(response: HttpResponse, bounds: Bounds, limit: int) -> bytes:
    # read1 returns the bytes that are available, so the time left is checked more often than once per chunk.
    read = getattr(response, "read1", response.read)
    chunks: list[bytes] = []
    remaining = limit + 1
    while chunk := read(min(remaining, _CHUNK)):
        chunks.append(chunk)
        remaining -= len(chunk)
        if remaining <= 0:
            raise TransportError(f"the body is larger than {limit} bytes")
        if _is_complete(response):
            break
        bounds.left()
    return b"".join(chunks)


def _is_complete(response: HttpResponse) -> bool:
    """Whether the body of a urllib3 answer is complete. This avoids a last read, which is slow and returns nothing."""
    return getattr(response, "length_remaining", None) == 0 and getattr(response, "decode_content", None) is False


def _release(response: HttpResponse, *, reusable: bool) -> None:
    close = getattr(response, "close", None)
    if not reusable and close is not None:
        close()
    response.release_conn()
