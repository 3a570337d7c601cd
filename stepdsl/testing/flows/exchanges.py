"""The requests of a session, and the answers to them."""

from __future__ import annotations

from collections.abc import Mapping
from http.cookiejar import CookieJar, DefaultCookiePolicy
from typing import Any, Final, Literal, TypeAlias
from urllib.request import Request as CookieRequest

from attrs import define, frozen
from urllib3 import HTTPHeaderDict

from stepdsl.core.messages import error_text, listed, show
from stepdsl.executor import Http, HttpResponse
from stepdsl.executor.deadline import Bounds
from stepdsl.executor.transport import Answer, Request, Transport, TransportError, choose_timeout
from stepdsl.executor.urls import Address
from stepdsl.headers import TYPE_HEADER
from stepdsl.testing.errors import ApplicationError
from stepdsl.testing.flows.settings import Settings
from stepdsl.testing.scripted import RecordedRequest
from stepdsl.wire import encode_json, parse_json

__all__ = ["MAX_BODY", "Exchange", "Purpose", "Received", "RecordedResponse", "Sender", "describe_answer", "reason_of"]

__tracebackhide__ = True  # pytest shows the line of the test, and not this module

Purpose: TypeAlias = Literal["start", "submit", "refresh", "poll", "persist", "validate", "search"]
"""Why a session sends a request."""

MAX_BODY: Final = 16 * 1024 * 1024
"""The greatest size of an answer, in bytes."""
_TIMEOUT: Final = 30.0
_NEEDED: Final = ("status", "headers", "read", "release_conn")
"""The attributes of an answer that a session uses."""


@frozen
class RecordedResponse:
    """An answer that a session received."""

    status: int
    """HTTP status code."""
    headers: Mapping[str, str]
    """The headers. Upper and lower case of a name are equal."""
    body: bytes
    """The body, as far as it was read."""

    def json(self) -> Any:
        """Return the JSON of the body. Raises WireError if the body is not JSON."""
        return parse_json(self.body)


@define
class Exchange:
    """One request of a session and its answer. A redirect is an exchange of its own.

    A request that was not sent, because its URL cannot be used, is an exchange too.
    """

    purpose: Purpose
    """Why the session sent it."""
    request: RecordedRequest
    """The request."""
    response: RecordedResponse | None = None
    """The answer; None if there was none."""
    error: BaseException | None = None
    """Why there was no answer, or no usable one, or what an application in this process raised after it; else None."""

    @property
    def raised_after(self) -> BaseException | None:
        """What an application in this process raised after its answer; None if it raised nothing."""
        return None if self.response is None or isinstance(self.error, TransportError) else self.error


@frozen
class Received:
    """The answer to a request of a session, after redirects."""

    answer: Answer
    """Status, response type and body."""
    etag: str | None
    """The entity tag; None if the answer has none."""


class Sender:
    """Sends the requests of one session, and records them. It stores cookies, as a browser does.

    It is the `http` of the session's executors too. So their requests are recorded here.
    """

    def __init__(self, http: Http, base: Address, settings: Settings) -> None:
        """Take what sends the requests, the address of the flow, and the settings with credentials and clock."""
        self.exchanges: list[Exchange] = []
        self._http = http
        self._clock = settings.clock
        self._bounds = Bounds(settings.clock.monotonic)
        self._transport = Transport(self, base, settings.headers, MAX_BODY)
        # Browsers send `Secure` cookies to this machine over http too.
        self._cookies = CookieJar(DefaultCookiePolicy(secure_protocols=("http", "https")))
        self._added: dict[str, str] = {}
        self._is_redirected = False
        self._purpose: Purpose = "poll"  # requests of executors are not sent by `send`

    def send(
        self,
        purpose: Purpose,
        method: str,
        url: str,
        *,
        body: bytes | None = None,
        headers: Mapping[str, str] | None = None,
        timeout: int | None = None,
    ) -> Received:
        """Send one request and follow redirects. Raises TransportError, with the reason, if there is no answer."""
        self._purpose, self._added, self._is_redirected = purpose, dict(headers or {}), False
        before = len(self.exchanges)
        try:
            request = Request(self._transport, method, url, choose_timeout(timeout, _TIMEOUT), body)
            answer = request.send(self._bounds)
        except TransportError as error:
            if len(self.exchanges) == before:
                self.add_unsent(purpose, method, url, body, error)
            else:
                self.set_error(error)
            raise
        finally:
            self._purpose, self._added = "poll", {}
        return Received(answer, self.last_etag)

    def send_json(
        self,
        purpose: Purpose,
        method: str,
        url: str,
        value: Any,
        *,
        headers: Mapping[str, str] | None = None,
        timeout: int | None = None,
    ) -> Received:
        """Send a JSON body; GET has none. Raises TransportError, with the reason, if there is no answer."""
        body = None if method.upper() == "GET" else encode_json(value).encode()
        return self.send(purpose, method, url, body=body, headers=headers, timeout=timeout)

    def set_error(self, error: TransportError) -> None:
        """Record why no usable answer has followed the last exchange, unless it has an error already."""
        if self.exchanges and self.exchanges[-1].error is None:
            self.exchanges[-1].error = error

    def add_unsent(self, purpose: Purpose, method: str, url: str, body: bytes | None, error: TransportError) -> None:
        """Record a request that was not sent, because its URL cannot be used."""
        self.exchanges.append(Exchange(purpose, self._recorded(method, url, {}, {"body": body}), error=error))

    @property
    def last_etag(self) -> str | None:
        """The entity tag of the last answer; None if it had none."""
        response = self.exchanges[-1].response if self.exchanges else None
        return None if response is None else response.headers.get("ETag")

    def request(self, method: str, url: str, /, *, headers: Mapping[str, str], **options: Any) -> HttpResponse:
        """Send one HTTP request and record it. It is called by the requests of `send`, and by executors."""
        # A redirect to GET has no body, and no headers of the body and the step.
        added = {} if self._is_redirected and options.get("body") is None else self._added
        self._is_redirected = True
        fields = HTTPHeaderDict({**headers, **added})
        cookie_request = CookieRequest(url)
        self._cookies.add_cookie_header(cookie_request)
        fields.update(cookie_request.unredirected_hdrs)
        exchange = Exchange(self._purpose, self._recorded(method, url, fields, options))
        self.exchanges.append(exchange)
        try:
            response = self._http.request(method, url, headers=dict(fields), **options)
        except Exception as error:
            exchange.error = error
            raise
        missing = [name for name in _NEEDED if not hasattr(response, name)]
        if missing:
            raise ApplicationError(f"request returned {show(response)}; expected an answer with {listed(_NEEDED)}")
        exchange.error = getattr(response, "error", None)
        cookie_response: Any = _CookieResponse(response.headers)
        self._cookies.extract_cookies(cookie_response, cookie_request)
        return _RecordingResponse(response, exchange)

    def _recorded(
        self, method: str, url: str, headers: Mapping[str, str], options: Mapping[str, Any]
    ) -> RecordedRequest:
        seconds = getattr(options.get("timeout"), "total", None)
        now = float(self._clock.monotonic())
        return RecordedRequest(method.upper(), url, HTTPHeaderDict(headers), options.get("body"), seconds, now)


class _RecordingResponse:
    """An answer that is recorded while it is read."""

    def __init__(self, response: HttpResponse, exchange: Exchange) -> None:
        self.status: int = response.status
        self.headers: Mapping[str, str] = HTTPHeaderDict(response.headers)
        self._response = response
        self._exchange = exchange
        self._read = b""
        self._record()

    def read(self, amt: int, /) -> bytes:
        chunk = self._response.read(amt)
        self._read += chunk
        self._record()
        return chunk

    def release_conn(self) -> None:
        self._response.release_conn()

    def close(self) -> None:
        close = getattr(self._response, "close", None)
        if close is not None:
            close()

    def _record(self) -> None:
        self._exchange.response = RecordedResponse(self.status, self.headers, self._read)


def describe_answer(response: RecordedResponse) -> str:
    """Return status and response type of an answer: `200 step`."""
    kind = response.headers.get(TYPE_HEADER)
    return str(response.status) if kind is None else f"{response.status} {kind}"


def reason_of(error: BaseException) -> str:
    """Return why there was no answer, as text. The error of a transport is a text already."""
    return str(error) if isinstance(error, TransportError) else error_text(error)


class _CookieResponse:
    """An answer as a cookie jar reads it."""

    def __init__(self, headers: Mapping[str, str]) -> None:
        self._headers = HTTPHeaderDict(headers)

    def info(self) -> HTTPHeaderDict:
        return self._headers
