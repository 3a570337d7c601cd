"""Bare WSGI: answers as WSGI writes them, submissions from its environ."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import wraps
from http.client import responses
from typing import TYPE_CHECKING, Any

from stepdsl.server.responses import FlowResponse
from stepdsl.server.submissions import MAX_BYTES, Body, SubmissionError, cut_short

if TYPE_CHECKING:
    from wsgiref.types import InputStream, StartResponse, WSGIApplication, WSGIEnvironment

__all__ = ["endpoint", "respond", "submission"]


def respond(response: FlowResponse, start_response: StartResponse) -> Iterable[bytes]:
    """Begin the answer and return its body."""
    headers = list(response.headers.items())
    if response.status not in (204, 304):
        headers.append(("Content-Length", str(len(response.body))))
    start_response(f"{response.status} {responses.get(response.status, 'Unknown')}", headers)
    return [response.body]


def submission(environ: WSGIEnvironment, *, max_bytes: int = MAX_BYTES) -> Any:
    """Return the JSON that a request submits; raise SubmissionError, which holds the answer, if it is none."""
    body = Body(max_bytes)
    stream: InputStream = environ["wsgi.input"]
    left = None if environ.get("wsgi.input_terminated") else _length(environ)

    def read(size: int) -> bytes:
        nonlocal left
        if left is None:
            return stream.read(size)
        chunk = stream.read(min(size, left))  # beyond the length that was told, reading may wait for ever
        if left and not chunk:
            raise cut_short()
        left -= len(chunk)
        return chunk

    try:
        body.feed_all(read)
    except OSError:
        raise cut_short() from None
    return body.parse(environ.get("CONTENT_TYPE"))


def endpoint(view: Callable[[WSGIEnvironment], FlowResponse]) -> WSGIApplication:
    """Make a WSGI application of a function that takes the environ and returns a `FlowResponse`.

    A submission that cannot be read is answered as its error says.
    """

    @wraps(view)
    def application(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        try:
            response = view(environ)
        except SubmissionError as error:
            response = error.response
        return respond(response, start_response)

    return application


def _length(environ: WSGIEnvironment) -> int:
    """Return the length that a request tells; without one it has no body. More digits than these is no length."""
    told = environ.get("CONTENT_LENGTH") or ""
    return int(told) if told.isascii() and told.isdigit() and len(told) < 19 else 0
