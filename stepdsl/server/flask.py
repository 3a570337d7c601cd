"""The adapter for Flask. It converts answers and reads submissions. The extra `flask` installs Flask."""

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
    """Return the answer as a response of Flask."""
    made = Response(response.body, response.status, dict(response.headers))
    if "Content-Type" not in response.headers:
        del made.headers["Content-Type"]  # Flask has set text/html
    return made


def submission(request: Request, *, max_bytes: int = MAX_BYTES) -> Any:
    """Return the JSON of a request's body. Raises SubmissionError for an invalid body; its `response` is the answer.

    It reads the stream of the request. Do not read the stream before.
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
    """Decorate a function that returns a `FlowResponse`. Put it below the decorators of Flask.

    The view answers a SubmissionError with the `response` of the error.
    """

    @wraps(view)
    def responding(*args: P.args, **kwargs: P.kwargs) -> Response:
        try:
            return respond(view(*args, **kwargs))
        except SubmissionError as error:
            return respond(error.response)

    return responding
