"""The adapter for Django. It converts answers and reads submissions. The extra `django` installs Django."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec

from django.http import HttpRequest, HttpResponse, UnreadablePostError

from stepdsl.server.responses import FlowResponse
from stepdsl.server.submissions import MAX_BYTES, Body, SubmissionError, cut_short

__all__ = ["endpoint", "respond", "submission"]

P = ParamSpec("P")


def respond(response: FlowResponse) -> HttpResponse:
    """Return the answer as a response of Django."""
    made = HttpResponse(response.body, status=response.status, headers=dict(response.headers))
    if "Content-Type" not in response.headers:
        del made["Content-Type"]  # Django has set text/html
    return made


def submission(request: HttpRequest, *, max_bytes: int = MAX_BYTES) -> Any:
    """Return the JSON of a request's body. Raises SubmissionError for an invalid body; its `response` is the answer.

    It reads the request directly. `DATA_UPLOAD_MAX_MEMORY_SIZE` has no effect here. Do not use `request.body` after it.
    """
    body = Body(max_bytes)
    try:
        body.feed_all(request.read)
    except UnreadablePostError:
        raise cut_short() from None
    return body.parse(request.headers.get("Content-Type"))


def endpoint(
    view: Callable[Concatenate[HttpRequest, P], FlowResponse],
) -> Callable[Concatenate[HttpRequest, P], HttpResponse]:
    """Decorate a view that returns a `FlowResponse`.

    The view answers a SubmissionError with the `response` of the error. Clients of a flow send no CSRF token. Put
    `django.views.decorators.csrf.csrf_exempt` above `endpoint`, unless the server authenticates clients with a session
    cookie.
    """

    @wraps(view)
    def responding(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        try:
            return respond(view(request, *args, **kwargs))
        except SubmissionError as error:
            return respond(error.response)

    return responding
