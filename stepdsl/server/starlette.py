"""Starlette and FastAPI: answers as their responses, submissions from their requests.

Needs Starlette, which FastAPI and the extra `starlette` bring.
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
    """Return an answer as Starlette's."""
    return Response(response.body, response.status, dict(response.headers))


async def submission(request: Request, *, max_bytes: int = MAX_BYTES) -> Any:
    """Return the JSON that a request submits; raise SubmissionError, which holds the answer, if it is none."""
    body = Body(max_bytes)
    try:
        async for chunk in request.stream():
            if not body.feed(chunk):
                break
    except ClientDisconnect:
        raise cut_short() from None
    return body.parse(request.headers.get("Content-Type"))


def endpoint(view: Callable[P, Awaitable[FlowResponse]]) -> Callable[P, Awaitable[Response]]:
    """Make an endpoint of an async function that returns a `FlowResponse`; it goes below FastAPI's own decorators.

    A submission that cannot be read is answered as its error says.
    """

    @wraps(view)
    async def responding(*args: P.args, **kwargs: P.kwargs) -> Response:
        try:
            return respond(await view(*args, **kwargs))
        except SubmissionError as error:
            return respond(error.response)

    # FastAPI reads the signature, and would make a model of what is returned.
    responding.__signature__ = _signature(view).replace(return_annotation=Response)  # type: ignore[attr-defined]
    return responding


def _signature(view: Callable[..., object]) -> inspect.Signature:
    try:
        return inspect.signature(view, eval_str=True)
    except NameError:  # names that only type checkers import; nobody but FastAPI needs to know what they are
        return inspect.signature(view)
