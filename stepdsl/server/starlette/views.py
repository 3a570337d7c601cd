"""Views of Starlette and FastAPI."""

from __future__ import annotations

import inspect
from collections.abc import Awaitable, Callable, Coroutine, Iterable
from typing import Any, ParamSpec, TypeAlias, cast

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.responses import Response
from starlette.routing import Router

from stepdsl.model.step import Step
from stepdsl.server.responses import FlowResponse
from stepdsl.server.starlette.errors import respond
from stepdsl.server.submissions import SubmissionError
from stepdsl.server.views import (
    check_order,
    check_view,
    is_async,
    response_of,
    return_types,
    signature_of,
    with_signature,
    wrap,
)

__all__ = ["endpoint"]

P = ParamSpec("P")

_Answer: TypeAlias = FlowResponse | Step | Response


def endpoint(view: Callable[P, _Answer | Awaitable[_Answer]]) -> Callable[P, Coroutine[Any, Any, Response]]:
    """Decorate a function that returns a `FlowResponse`, a Step or a response of Starlette.

    Put it below the decorators of FastAPI. The function can be async; another one runs in a thread. A Step is
    answered as `server.step(step)`. A view with the return annotation Step has the schema of a step in the OpenAPI
    document. The endpoint answers a SubmissionError with the `response` of the error.

    Raises TypeError for a view that cannot return one of these, and for a view that is a route already.
    """
    check_view(view, Response)
    caller = cast("Any", inspect.currentframe()).f_back
    check_order(view, caller.f_locals, _routed)
    runs_here = is_async(view)

    async def responding(*args: P.args, **kwargs: P.kwargs) -> Response:
        try:
            returned = view(*args, **kwargs) if runs_here else await run_in_threadpool(view, *args, **kwargs)
            if inspect.isawaitable(returned):  # a decorator below may have hidden that the view is async
                returned = await returned
        except SubmissionError as error:
            return respond(error.response)
        return returned if isinstance(returned, Response) else respond(response_of(view, returned))

    # FastAPI makes the schema of the OpenAPI document from the return annotation.
    signature = signature_of(view)
    types = return_types(signature.return_annotation)
    documented = next((one for one in types if isinstance(one, type) and issubclass(one, Step)), Response)
    return with_signature(wrap(view, responding), signature.replace(return_annotation=documented))


def _routed(found: object) -> Iterable[object]:
    """Return the views of the routes of an application or a router, and nothing for other objects."""
    if not issubclass(type(found), (Starlette, Router)):  # not isinstance: it would evaluate proxies such as Flask's
        return ()
    return [getattr(route, "endpoint", None) for route in cast("Starlette | Router", found).routes]
