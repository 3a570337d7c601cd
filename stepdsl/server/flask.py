"""Flask: answers as its responses, submissions from its requests. Needs Flask, which the extra `flask` brings."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, ParamSpec

from flask import Request, Response
from werkzeug.exceptions import ClientDisconnected, RequestEntityTooLarge

from stepdsl.server.responses import FlowResponse
from stepdsl.server.submissions import MAX_BYTES, Body, SubmissionError, cut_short

__all__ = ["endpoint", "respond", "submission"]

P = ParamSpec("P")


def respond(response: FlowResponse) -> Response:
    """Return an answer as Flask's."""
    made = Response(response.body, response.status, dict(response.headers))
    if "Content-Type" not in response.headers:
        del made.headers["Content-Type"]  # Flask has text/html there
    return made


def submission(request: Request, *, max_bytes: int = MAX_BYTES) -> Any:
    """Return the JSON that a request submits; raise SubmissionError, which holds the answer, if it is none.

    Reads the request's stream itself, so nothing else may have read it before.
    """
    body = Body(max_bytes)
    try:
        body.feed_all(request.stream.read)
    except RequestEntityTooLarge:
        raise SubmissionError(413, f"expected at most {request.max_content_length} bytes") from None
    except ClientDisconnected:
        raise cut_short() from None
    return body.parse(request.headers.get("Content-Type"))


def endpoint(view: Callable[P, FlowResponse]) -> Callable[P, Response]:
    """Make a view of a function that returns a `FlowResponse`; it goes below Flask's own decorators.

    A submission that cannot be read is answered as its error says.
    """

    @wraps(view)
    def responding(*args: P.args, **kwargs: P.kwargs) -> Response:
        try:
            return respond(view(*args, **kwargs))
        except SubmissionError as error:
            return respond(error.response)

    return responding
