"""How Starlette and FastAPI answer errors: with bodies that clients of a flow understand."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, cast

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Router

from stepdsl.core.messages import dotted, show
from stepdsl.server.field_errors import field_errors
from stepdsl.server.http_errors import http_error, without_body_headers
from stepdsl.server.responses import FlowResponse, error
from stepdsl.server.submissions import SubmissionError
from stepdsl.server.views import expect_response

if TYPE_CHECKING:
    from fastapi.exceptions import RequestValidationError

__all__ = ["RequestError", "install", "respond"]


def respond(response: FlowResponse) -> Response:
    """Return the answer as a response of Starlette."""
    expect_response(response)
    return Response(response.body, response.status, dict(response.headers))


class RequestError(SubmissionError, HTTPException):
    """A SubmissionError of a request. It is also an HTTPException, so that Starlette answers it without `install`.

    A dependency of FastAPI runs outside `endpoint`.
    """

    def __init__(self, status: int, reason: str, validation: Mapping[str, Any] | None = None) -> None:
        """Take the arguments of SubmissionError."""
        SubmissionError.__init__(self, status, reason, validation)
        self.status_code = status
        self.detail = reason
        self.headers: Mapping[str, str] | None = None

    @classmethod
    def of(cls, refused: SubmissionError) -> RequestError:
        """Return the same error as a RequestError."""
        return cls(refused.status, refused.reason, refused.validation)


def install(app: Starlette) -> None:
    """Make an application of Starlette or FastAPI answer errors with the bodies that clients of a flow understand.

    - A SubmissionError, also of a dependency, is answered with its `response`.
    - A RequestValidationError of FastAPI is answered with 422 and messages for the fields. If it is not about fields of
      the body, the answer has a message with the first problem.
    - An HTTPException of 400 to 599, such as 404 and 405, keeps its status and its headers. Its detail is the message.

    Call it before the first request. Raises TypeError for anything but an application, such as a router.
    """
    if not isinstance(app, Starlette):  # pyright: ignore[reportUnnecessaryIsInstance]  # callers without a type checker
        raise TypeError(f"install: expected an application of Starlette or FastAPI, got {show(app)}{_advice(app)}")
    if app.middleware_stack is not None:
        raise TypeError("install: the application has answered a request already; write install(app) where app is made")
    app.add_exception_handler(SubmissionError, _answer_submission_error)
    app.add_exception_handler(HTTPException, _answer_http_exception)
    if any(cls.__module__.startswith("fastapi") for cls in type(app).__mro__):
        import fastapi.exceptions  # Starlette is used without FastAPI too

        app.add_exception_handler(fastapi.exceptions.RequestValidationError, _answer_validation_error)


def _advice(app: object) -> str:
    return "; write install(app) for the application that includes it" if isinstance(app, Router) else ""


# Starlette's types require handlers of `Exception`. Each handler gets only the class that it is registered for.


def _answer_submission_error(request: Request, raised: Exception) -> Response:
    return respond(cast("SubmissionError", raised).response)


def _answer_http_exception(request: Request, raised: Exception) -> Response:
    exception = cast("HTTPException", raised)
    headers = dict(exception.headers or {})
    if not 400 <= exception.status_code <= 599:
        return Response(status_code=exception.status_code, headers=headers)
    response = respond(http_error(exception.status_code, exception.detail))
    response.headers.update(dict(without_body_headers(headers.items())))
    return response


def _answer_validation_error(request: Request, raised: Exception) -> Response:
    fields = field_errors(raised)
    if fields:
        return respond(error(validation=fields))
    # A parameter of the path, of the query or of the headers, or the body as a whole. It is not a field of a form.
    first = cast("RequestValidationError", raised).errors()[0]
    return respond(http_error(422, f"{dotted(tuple(first['loc']))}: {first['msg']}"))
