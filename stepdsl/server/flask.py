"""The adapter for Flask. It converts answers and reads submissions and uploads. The extra `flask` installs Flask."""

from __future__ import annotations

import importlib.util
import inspect
from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from io import BytesIO
from typing import IO, Any, ParamSpec, TypeAlias, cast

from stepdsl.core.missing import missing_package

if importlib.util.find_spec("flask") is None:
    raise missing_package("stepdsl.server.flask needs", "Flask", "flask")

from flask import Blueprint, Flask, Request, Response, current_app
from werkzeug.exceptions import ClientDisconnected, HTTPException, InternalServerError, RequestEntityTooLarge
from werkzeug.formparser import FormDataParser
from werkzeug.http import parse_options_header
from werkzeug.wrappers import Response as BaseResponse

from stepdsl.core.messages import show
from stepdsl.model.step import Step
from stepdsl.server.http_errors import http_error, without_body_headers
from stepdsl.server.responses import FlowResponse
from stepdsl.server.submissions import MAX_BYTES, Body, SubmissionError, cut_short, whole_body
from stepdsl.server.uploads import (
    MAX_PARTS,
    MAX_UPLOAD_BYTES,
    BoundedReader,
    MalformedError,
    UploadedFile,
    UploadRules,
    content_type_of,
    file_name,
)
from stepdsl.server.views import check_order, check_view, expect_response, is_async, response_of, wrap

__all__ = ["endpoint", "install", "respond", "submission", "upload"]

P = ParamSpec("P")

_Answer: TypeAlias = FlowResponse | Step | BaseResponse


def respond(response: FlowResponse) -> Response:
    """Return the answer as a response of Flask."""
    expect_response(response)
    made = Response(response.body, response.status, dict(response.headers))
    if "Content-Type" not in response.headers:
        del made.headers["Content-Type"]  # Flask has set text/html
    return made


def submission(request: Request, *, max_bytes: int = MAX_BYTES) -> Any:
    """Return the JSON of a request's body. Raises SubmissionError for an invalid body; its `response` is the answer.

    It reads the stream of the request. Do not read the stream before.
    """
    body = Body(max_bytes)
    body.feed_all(_reader(request))
    return body.parse(request.headers.get("Content-Type"))


def upload(
    request: Request,
    param: str,
    *,
    max_bytes: int = MAX_UPLOAD_BYTES,
    accepts: Sequence[str] | None = None,
    messages: Mapping[str, str] | None = None,
) -> UploadedFile:
    """Return the file that a persist-async request contains in the part `param`.

    - `max_bytes`: the size limit of the file. The rest of the body has a small limit of its own.
    - `accepts`: the allowed content types, such as `application/pdf` and `image/*`; None allows all.
    - `messages`: other texts for the user, by keyword: required, type, accepts, maxSize.

    It reads the stream of the request. Do not read the stream or `request.files` before. Raises SubmissionError for
    anything else; its `response` has a message at the field `param`. Raises InvalidValueError for invalid arguments.
    """
    rules = UploadRules.of(param, max_bytes, accepts, messages).within(request.max_content_length)
    content_type = request.headers.get("Content-Type", "")
    mimetype, options = parse_options_header(content_type)

    def parse(reader: BoundedReader) -> Iterable[UploadedFile]:
        parser = FormDataParser(_in_memory, rules.body_bytes, silent=False, max_form_parts=MAX_PARTS)
        try:
            _, _, files = parser.parse(cast("IO[bytes]", reader), mimetype.lower(), None, options)
        except (ValueError, RequestEntityTooLarge) as refused:  # RequestEntityTooLarge: too many parts
            raise MalformedError(str(refused)) from None
        for part in files.getlist(param):
            data = cast("BytesIO", part.stream).getvalue()
            yield UploadedFile(file_name(part.filename), content_type_of(part.content_type), data)

    return rules.read(_reader(request), content_type, parse)


def _in_memory(*_: Any, **__: Any) -> IO[bytes]:
    """Return the file object for the data of a part. Its size has the limit of the body."""
    return BytesIO()


def endpoint(view: Callable[P, _Answer | Awaitable[_Answer]]) -> Callable[P, BaseResponse]:
    """Decorate a function that returns a `FlowResponse`, a Step or a response of Flask.

    Put it below the decorators of Flask. A Step is answered as `server.step(step)`. The function can be async if the
    extra `async` of Flask is installed. The view answers a SubmissionError with the `response` of the error.

    Raises TypeError for a view that cannot return one of these, and for a view that is a route already.
    """
    check_view(view, BaseResponse)
    caller = cast("Any", inspect.currentframe()).f_back
    check_order(view, caller.f_locals, _routed)
    runs_here = not is_async(view)

    def responding(*args: P.args, **kwargs: P.kwargs) -> BaseResponse:
        try:
            call: Callable[..., object] = view if runs_here else current_app.ensure_sync(view)
            returned = call(*args, **kwargs)
        except SubmissionError as refused:
            return respond(refused.response)
        return returned if isinstance(returned, BaseResponse) else respond(response_of(view, returned))

    return wrap(view, responding)


def install(app: Flask | Blueprint) -> None:
    """Make an application or a blueprint of Flask answer errors with the bodies that clients of a flow understand.

    - A SubmissionError outside an endpoint is answered with its `response`.
    - An HTTPException of 400 to 599, such as 404 and 405, keeps its status and its headers. Its description is the
      message. An error in a view stays the 500 of Flask. An HTTPException with a response of its own does not change.

    Raises TypeError for anything else.
    """
    if not isinstance(app, (Flask, Blueprint)):  # pyright: ignore[reportUnnecessaryIsInstance]  # callers without a type checker
        raise TypeError(f"install: expected an application or a blueprint of Flask, got {show(app)}")
    app.register_error_handler(SubmissionError, _answer_submission_error)
    app.register_error_handler(HTTPException, _answer_http_exception)


def _reader(request: Request) -> Callable[[int], bytes]:
    """Return the function that reads the body. It raises SubmissionError for a body that is not whole or too large."""

    def read(size: int) -> bytes:
        try:
            return request.stream.read(size)
        except RequestEntityTooLarge:
            raise SubmissionError(413, f"expected at most {request.max_content_length} bytes") from None
        except ClientDisconnected:
            raise cut_short() from None

    return whole_body(read, request.content_length)


def _answer_submission_error(raised: SubmissionError) -> Response:
    return respond(raised.response)


def _answer_http_exception(raised: HTTPException) -> Response | HTTPException:
    status = raised.code or 0
    if raised.response is not None or not 400 <= status <= 599:
        return raised
    if isinstance(raised, InternalServerError) and raised.original_exception:
        return raised
    response = respond(http_error(status, raised.description))
    response.headers.extend(without_body_headers(raised.get_headers()))  # there can be several of one name
    return response


def _routed(found: object) -> Iterable[object]:
    """Return the views of an application, and nothing for other objects."""
    if not issubclass(type(found), Flask):  # not isinstance: it would evaluate proxies such as `request`
        return ()
    return cast("Flask", found).view_functions.values()
