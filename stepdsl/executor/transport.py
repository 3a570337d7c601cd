"""One HTTP exchange from request to answer, redirects included, within bounds of time and memory.

No connection is left with a body that was read in part.
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
from stepdsl.errors import InvalidValueError
from stepdsl.executor.deadline import Bounds
from stepdsl.executor.protocols import Http, HttpResponse
from stepdsl.executor.urls import Address, locate
from stepdsl.headers import HEADER_NAME, HEADER_VALUE, TYPE_HEADER
from stepdsl.wire import parse_data

__all__ = ["Answer", "Hop", "Request", "Transport", "TransportError", "choose_timeout", "parse_result"]

MAX_REDIRECTS: Final = 5

_REDIRECTS: Final = frozenset((301, 302, 303, 307, 308))
_REPEATING: Final = frozenset((307, 308))
_CHUNK: Final = 65_536
_WORTH_READING: Final = 16_384
"""Up to this size an unwanted body is read, so that its connection can be used again."""


@frozen
class Answer:
    """Status, response type and body of an answer."""

    status: int
    kind: str | None
    """The response type that the header names, in lower case; None without the header."""
    body: bytes
    """The body, decoded; empty if it could not be read and the status says enough without it."""

    @property
    def ok(self) -> bool:
        """Whether the status is one of 2xx."""
        return 200 <= self.status < 300

    @property
    def empty(self) -> bool:
        """Whether there is nothing in the body."""
        return not self.body.strip()


def parse_result(answer: Answer) -> Any:
    """Return a body as the result of a flow, UNSET if it is empty; raise WireError if it is no JSON."""
    if answer.empty:
        return UNSET
    return parse_data(answer.body)


class TransportError(Exception):
    """Internal: there is no whole answer; the text says why."""


class BodyTooLargeError(Exception):
    """Internal: the body is larger than what is accepted."""


_NO_ANSWER: Final = (TransportError, BodyTooLargeError, HTTPError, HTTPException, OSError, ValueError)


@frozen
class Hop:
    """One request on the wire: the first, or one that a redirect led to."""

    method: str
    address: Address
    body: bytes | None
    headers: dict[str, str]


class Transport:
    """Makes requests for an executor: joins their URLs to its base, adds its credentials, limits the answers."""

    def __init__(self, http: Http, base_url: str | None, credentials: Mapping[str, str], max_body: int) -> None:
        """Take the executor's arguments of the same names. Raises InvalidValueError for a useless one."""
        self.http = http
        self.base: Address | None = None if base_url is None else _base_address(base_url)
        self.max_body = max_body
        self._credentials = _header_fields(credentials)

    def hop(self, method: str, url: str, base: Address | None, body: bytes | None) -> Hop:
        """Return one request on the wire; raise TransportError if the URL leads nowhere."""
        try:
            address = locate(url, None if base is None else base.base)
        except ValueError as error:
            raise TransportError(f"bad URL: {error}") from None
        fields = {"accept": ("Accept", "application/json")}
        if address.authorization is not None:
            fields["authorization"] = ("Authorization", address.authorization)
        if self.base is not None and address.origin == self.base.origin:  # Rule 3: credentials go nowhere else
            fields |= self._credentials
        if body is not None:
            fields["content-type"] = ("Content-Type", "application/json")
        return Hop(method, address, body, dict(fields.values()))


class Request:
    """A request of an executor, to be sent once or many times."""

    def __init__(self, transport: Transport, method: str, url: str, timeout: float, body: bytes | None = None) -> None:
        """Take what to request and the seconds that it may take. A useless URL shows when it is sent."""
        self._transport = transport
        self._timeout = timeout
        self._problem = ""
        try:
            self._first = transport.hop(method, url, transport.base, body)
        except TransportError as error:
            self._problem = str(error)

    def send(self, bounds: Bounds) -> Answer:
        """Return the answer.

        Raises TransportError, with the reason, if there is no whole one; RunCancelledError if the run was cancelled.
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
            target = find_header(response.headers, "Location") if response.status in _REDIRECTS else None
            if target is None:
                return self._answer(response, bounds)
            with contextlib.suppress(*_NO_ANSWER):  # only its connection is lost; the time left is looked at next
                discard(response, bounds)
            hop = self._next(hop, response.status, target)
        raise TransportError(f"more than {MAX_REDIRECTS} redirects")

    def _next(self, hop: Hop, status: int, target: str) -> Hop:
        repeating = hop.method == "GET" or status in _REPEATING
        method, body = (hop.method, hop.body) if repeating else ("GET", None)
        following = self._transport.hop(method, _as_utf8(target), hop.address, body)
        if method != "GET" and following.address.origin != hop.address.origin:
            raise TransportError(f"status {status} would repeat the {method} at another origin")
        return following

    def _answer(self, response: HttpResponse, bounds: Bounds) -> Answer:
        status = response.status
        kind = find_header(response.headers, TYPE_HEADER)
        try:
            body = read_body(response, bounds, self._transport.max_body)
        except _NO_ANSWER:
            bounds.check()
            if 200 <= status < 300:
                raise
            body = b""  # Rules 4 and 7: such a status decides without a body
        return Answer(status, None if kind is None else kind.strip().lower(), body)

    def _reason(self, error: BaseException, bounds: Bounds) -> str:
        if isinstance(error, (TransportError, BodyTooLargeError)):
            return str(error)
        if bounds.expired:
            return f"timed out after {self._timeout:g} s"
        while cause := _cause(error):
            error = cause
        return f"{type(error).__name__}: {error}".rstrip(": ")[:200]


def choose_timeout(suggested: int | None, default: float) -> float:
    """Return the seconds that a request may take: those suggested with it, if that is a usable number."""
    return default if suggested is None or suggested <= 0 else suggested


def _cause(error: BaseException) -> BaseException | None:
    """Return the error of the system or of http.client that urllib3 wrapped into one of its own; None if it did not."""
    wrapped = error.args[1] if isinstance(error, ProtocolError) and len(error.args) > 1 else error.__cause__
    return wrapped if isinstance(wrapped, (OSError, HTTPException)) else None


def _as_utf8(location: str) -> str:
    """Return a Location header as browsers read it: http.client takes the bytes for Latin-1."""
    try:
        return location.encode("latin-1").decode()
    except UnicodeError:
        return location


def _base_address(base_url: str) -> Address:
    try:
        return locate(base_url)
    except ValueError as error:
        raise InvalidValueError("PollingExecutor.base_url", f"bad URL: {error}") from None


def _header_fields(headers: Mapping[str, str]) -> dict[str, tuple[str, str]]:
    for name, value in headers.items():
        if not HEADER_NAME.fullmatch(name):
            raise InvalidValueError("PollingExecutor.headers", f"{name!r} is no name of a header")
        if not HEADER_VALUE.fullmatch(value):
            raise InvalidValueError("PollingExecutor.headers", f"{name}: not what a header can hold")
    return {name.lower(): (name, value) for name, value in headers.items()}


# -- bodies ------------------------------------------------------------------------------------------------------


def read_body(response: HttpResponse, bounds: Bounds, limit: int) -> bytes:
    """Return the decoded body and give the connection back; close it if that is not to be had.

    Raises BodyTooLargeError, what `bounds` raises, and what `response` raises.
    """
    if response.status < 200:  # an interim answer: what follows on the connection belongs to it too
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
    """Get rid of a body that nobody wants: read a small one, close the connection of any other."""
    length = find_header(response.headers, "Content-Length") or ""
    if length.isascii() and length.isdigit() and len(length) < 10 and int(length) <= _WORTH_READING:
        read_body(response, bounds, _WORTH_READING)
    else:
        _release(response, reusable=False)


def find_header(headers: Mapping[str, str], name: str) -> str | None:
    """Return a header whatever case its name is spelt in; None if there is none."""
    if name in headers:
        return headers[name]
    if isinstance(headers, HTTPHeaderDict):
        return None
    return next((value for key, value in headers.items() if key.lower() == name.lower()), None)


def _read(response: HttpResponse, bounds: Bounds, limit: int) -> bytes:
    # read1 returns what is there, so that the time is looked at more often than once a chunk.
    read = getattr(response, "read1", response.read)
    chunks: list[bytes] = []
    room = limit + 1
    while chunk := read(min(room, _CHUNK)):
        chunks.append(chunk)
        room -= len(chunk)
        if room <= 0:
            raise BodyTooLargeError(f"the body is larger than {limit} bytes")
        if _all_here(response):
            break
        bounds.left()
    return b"".join(chunks)


def _all_here(response: HttpResponse) -> bool:
    """Whether one of urllib3's answers has given all that it has; asking once more for nothing costs it a while."""
    return getattr(response, "length_remaining", None) == 0 and getattr(response, "decode_content", None) is False


def _release(response: HttpResponse, *, reusable: bool) -> None:
    close = getattr(response, "close", None)
    if not reusable and close is not None:
        close()
    response.release_conn()
