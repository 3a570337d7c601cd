"""The adapter for plain WSGI. It sends answers and reads submissions from the environ."""

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
    """Call `start_response` with the status and the headers of the answer. Return the body."""
    headers = list(response.headers.items())
    if response.status not in (204, 304):
        headers.append(("Content-Length", str(len(response.body))))
    start_response(f"{response.status} {responses.get(response.status, 'Unknown')}", headers)
    return [response.body]


def submission(environ: WSGIEnvironment, *, max_bytes: int = MAX_BYTES) -> Any:
    """Return the JSON of a request's body. Raises SubmissionError for an invalid body; its `response` is the answer."""
    body = Body(max_bytes)
    stream: InputStream = environ["wsgi.input"]
    left = None if environ.get("wsgi.input_terminated") else _length(environ)

    def read(size: int) -> bytes:
        nonlocal left
        if left is None:
            return stream.read(size)
        chunk = stream.read(min(size, left))  # reading more than the Content-Length can block forever
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

    The application answers a SubmissionError with the `response` of the error.
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
    """Return the Content-Length of the request. It is 0 for a missing or invalid one: the request has no body then."""
    length = environ.get("CONTENT_LENGTH") or ""
    return int(length) if length.isascii() and length.isdigit() and len(length) < 19 else 0
