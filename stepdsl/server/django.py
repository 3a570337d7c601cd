"""Django: answers as its responses, submissions from its requests. Needs Django, which the extra `django` brings."""

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
    """Return an answer as Django's."""
    made = HttpResponse(response.body, status=response.status, headers=dict(response.headers))
    if "Content-Type" not in response.headers:
        del made["Content-Type"]  # Django has text/html there
    return made


def submission(request: HttpRequest, *, max_bytes: int = MAX_BYTES) -> Any:
    """Return the JSON that a request submits; raise SubmissionError, which holds the answer, if it is none.

    Reads the request itself, so that `DATA_UPLOAD_MAX_MEMORY_SIZE` has no say here; do not use `request.body` after it.
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
    """Make a view of a function that returns a `FlowResponse`.

    A submission that cannot be read is answered as its error says. Clients of a flow send no CSRF token: where the
    session is not what lets them in, `django.views.decorators.csrf.csrf_exempt` goes above.
    """

    @wraps(view)
    def responding(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        try:
            return respond(view(request, *args, **kwargs))
        except SubmissionError as error:
            return respond(error.response)

    return responding
