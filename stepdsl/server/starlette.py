"""The adapter for Starlette and FastAPI. It converts answers and reads submissions.

It needs Starlette. The extra `starlette` installs it, and so does FastAPI.
"""

from __future__ import annotations

import inspect
from collections.abc import Awaitable, Callable
from functools import wraps
from typing import Any, ParamSpec

from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response

from stepdsl.server.responses import FlowResponse
from stepdsl.server.submissions import MAX_BYTES, Body, SubmissionError, cut_short

__all__ = ["endpoint", "respond", "submission"]

P = ParamSpec("P")


def respond(response: FlowResponse) -> Response:
    """Return the answer as a response of Starlette."""
    return Response(response.body, response.status, dict(response.headers))


async def submission(request: Request, *, max_bytes: int = MAX_BYTES) -> Any:
    """Return the JSON of a request's body. Raises SubmissionError for an invalid body; its `response` is the answer."""
    body = Body(max_bytes)
    try:
        async for chunk in request.stream():
            if not body.feed(chunk):
                break
    except ClientDisconnect:
        raise cut_short() from None
    return body.parse(request.headers.get("Content-Type"))


def endpoint(view: Callable[P, Awaitable[FlowResponse]]) -> Callable[P, Awaitable[Response]]:
    """Decorate an async function that returns a `FlowResponse`. Put it below the decorators of FastAPI.

    The endpoint answers a SubmissionError with the `response` of the error.
    """

    @wraps(view)
    async def responding(*args: P.args, **kwargs: P.kwargs) -> Response:
        try:
            return respond(await view(*args, **kwargs))
        except SubmissionError as error:
            return respond(error.response)

    # FastAPI reads the signature. From the original return type it would create a response model.
    responding.__signature__ = _signature(view).replace(return_annotation=Response)  # type: ignore[attr-defined]
    return responding


def _signature(view: Callable[..., object]) -> inspect.Signature:
    try:
        return inspect.signature(view, eval_str=True)
    except NameError:  # names that are imported only for type checkers; only FastAPI needs their values
        return inspect.signature(view)
