"""The adapter for plain WSGI. It sends answers and reads submissions and uploads from the environ.

It needs only the standard library. Uploads need the package `multipart`; the extra `wsgi` installs it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from http.client import responses
from typing import TYPE_CHECKING, Any, TypeAlias

from stepdsl.model.step import Step
from stepdsl.server.responses import FlowResponse
from stepdsl.server.submissions import MAX_BYTES, Body, SubmissionError, length_of, whole_body
from stepdsl.server.uploads import MAX_UPLOAD_BYTES, UploadedFile, UploadRules
from stepdsl.server.views import check_view, expect_response, is_async, name_of, response_of, wrap

if TYPE_CHECKING:
    from wsgiref.types import InputStream, StartResponse, WSGIApplication, WSGIEnvironment

__all__ = ["endpoint", "respond", "submission", "upload"]

_Answer: TypeAlias = FlowResponse | Step


def respond(response: FlowResponse, start_response: StartResponse, method: str = "GET") -> Iterable[bytes]:
    """Call `start_response` with the status and the headers of the answer. Return the body.

    `method`: the method of the request. The answer to HEAD has the headers of the answer to GET, and no body.
    """
    expect_response(response)
    has_body = response.status not in (204, 304)
    headers = list(response.headers.items())
    if has_body:
        headers.append(("Content-Length", str(len(response.body))))
    start_response(f"{response.status} {responses.get(response.status, 'Unknown')}", headers)
    # wsgiref adds a Content-Length of 0 to an answer without one, unless the answer is an iterator with an item.
    return [response.body] if has_body and method != "HEAD" else iter((b"",))


def submission(environ: WSGIEnvironment, *, max_bytes: int = MAX_BYTES) -> Any:
    """Return the JSON of a request's body. Raises SubmissionError for an invalid body; its `response` is the answer."""
    body = Body(max_bytes)
    body.feed_all(_reader(environ))
    return body.parse(environ.get("CONTENT_TYPE"))


def upload(
    environ: WSGIEnvironment,
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

    Raises SubmissionError for anything else; its `response` has a message at the field `param`. Raises
    InvalidValueError for invalid arguments, and ImportError without the package `multipart`.
    """
    from stepdsl.server.wsgi_uploads import files_of  # needs the package multipart

    rules = UploadRules.of(param, max_bytes, accepts, messages)
    content_type = environ.get("CONTENT_TYPE") or ""
    return rules.read(_reader(environ), content_type, lambda reader: files_of(reader, content_type, param))


def endpoint(view: Callable[[WSGIEnvironment], _Answer]) -> WSGIApplication:
    """Make a WSGI application of a function that takes the environ and returns a `FlowResponse` or a Step.

    A Step is answered as `server.step(step)`. The application answers a SubmissionError with the `response` of the
    error. Raises TypeError for a view that cannot return one of these, and for an async one.
    """
    check_view(view, FlowResponse)
    if is_async(view):
        raise TypeError(f"view {name_of(view)}: expected a function that is not async; write def instead of async def")

    def application(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        try:
            response = response_of(view, view(environ))
        except SubmissionError as error:
            response = error.response
        return respond(response, start_response, environ["REQUEST_METHOD"])

    return wrap(view, application)


def _reader(environ: WSGIEnvironment) -> Callable[[int], bytes]:
    """Return the function that reads the body. It raises SubmissionError for a body that is not whole."""
    stream: InputStream = environ["wsgi.input"]
    left = length = length_of(environ.get("CONTENT_LENGTH"))
    if environ.get("wsgi.input_terminated"):
        return whole_body(stream.read, None if "HTTP_TRANSFER_ENCODING" in environ else length)

    def read(size: int) -> bytes:
        nonlocal left
        chunk = stream.read(min(size, left))  # reading more than the Content-Length can block forever
        left -= len(chunk)
        return chunk

    return whole_body(read, length)
