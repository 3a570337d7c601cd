"""The adapter for Django. It converts answers and reads submissions and uploads. The extra `django` installs Django."""

from __future__ import annotations

import importlib.util
from collections.abc import Awaitable, Callable, Coroutine, Iterable, Mapping, Sequence
from io import BytesIO
from typing import Any, Concatenate, ParamSpec, TypeAlias, cast, overload

from stepdsl.core.missing import missing_package

if importlib.util.find_spec("django") is None:
    raise missing_package("stepdsl.server.django needs", "Django", "django")

from asgiref.sync import iscoroutinefunction
from django.core.exceptions import SuspiciousOperation
from django.core.files.uploadedfile import UploadedFile as DjangoFile
from django.core.files.uploadhandler import FileUploadHandler
from django.http import HttpRequest, HttpResponse
from django.http.multipartparser import MultiPartParser, MultiPartParserError
from django.http.response import HttpResponseBase
from django.utils.deprecation import MiddlewareMixin

from stepdsl.model.step import Step
from stepdsl.server.http_errors import http_error, without_body_headers
from stepdsl.server.responses import FlowResponse
from stepdsl.server.submissions import MAX_BYTES, Body, SubmissionError, length_of, whole_body
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
from stepdsl.server.views import check_view, expect_response, is_async, response_of, wrap

__all__ = ["ErrorMiddleware", "endpoint", "respond", "submission", "upload"]

P = ParamSpec("P")

_Answer: TypeAlias = FlowResponse | Step | HttpResponseBase


def respond(response: FlowResponse, method: str | None = "GET") -> HttpResponse:
    """Return the answer as a response of Django.

    `method`: the method of the request. The answer to HEAD has the headers of the answer to GET, and no body.
    """
    expect_response(response)
    made = HttpResponse(response.body, status=response.status, headers=dict(response.headers))
    if method == "HEAD" and response.body:
        made["Content-Length"] = str(len(response.body))
        made.content = b""
    if "Content-Type" not in response.headers:
        del made["Content-Type"]  # Django has set text/html
    return made


def submission(request: HttpRequest, *, max_bytes: int = MAX_BYTES) -> Any:
    """Return the JSON of a request's body. Raises SubmissionError for an invalid body; its `response` is the answer.

    It reads the request directly. `DATA_UPLOAD_MAX_MEMORY_SIZE` has no effect here. Do not use `request.body` after it.
    """
    body = Body(max_bytes)
    body.feed_all(_reader(request))
    return body.parse(request.headers.get("Content-Type"))


def upload(
    request: HttpRequest,
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

    It reads the request directly, with an upload handler of its own. `FILE_UPLOAD_HANDLERS` has no effect here, unless
    `request.POST` was read before, for example by the CSRF middleware. Raises SubmissionError for anything else; its
    `response` has a message at the field `param`. Raises InvalidValueError for invalid arguments.
    """
    rules = UploadRules.of(param, max_bytes, accepts, messages)
    content_type = request.headers.get("Content-Type", "")

    try:
        request.upload_handlers = request.upload_handlers
    except AttributeError:  # the request was parsed before
        return rules.chosen([_file(one, max_bytes) for one in request.FILES.getlist(param)])

    def parse(reader: BoundedReader) -> Iterable[UploadedFile]:
        collected = _Files(param)
        kind, _, parameters = content_type.partition(";")
        # The parser accepts only lower case. It needs a length, and does not use its value: the reader has the limit.
        meta = {"CONTENT_TYPE": f"{kind.lower()};{parameters}", "CONTENT_LENGTH": str(rules.body_bytes)}
        try:
            MultiPartParser(meta, cast("Any", reader), [collected], "utf-8").parse()
        except (MultiPartParserError, SuspiciousOperation) as refused:  # SuspiciousOperation: limits of the settings
            raise MalformedError(str(refused)) from None
        return collected.files

    return rules.read(_reader(request), content_type, parse)


def _reader(request: HttpRequest) -> Callable[[int], bytes]:
    """Return the function that reads the body. It raises SubmissionError for a body that is not whole."""
    given = request.META.get("CONTENT_LENGTH")
    length = length_of(given)
    if given and not length:
        return BytesIO().read  # with a negative length, Django 4.2 reads until the connection ends
    return whole_body(request.read, length if given and "Transfer-Encoding" not in request.headers else None)


def _file(parsed: DjangoFile[Any], max_bytes: int) -> UploadedFile:
    return UploadedFile(file_name(parsed.name), content_type_of(parsed.content_type), parsed.read(max_bytes + 1))


class _Files(FileUploadHandler):
    """Collects the files in one part of a body."""

    def __init__(self, param: str) -> None:
        super().__init__()
        self.files: list[UploadedFile] = []
        self._param = param
        self._count = 0
        self._data = bytearray()

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        """Begin a file."""
        super().new_file(*args, **kwargs)
        self._count += 1
        if self._count > MAX_PARTS:
            raise MalformedError(f"more than {MAX_PARTS} files")
        self._data.clear()

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Add a piece of the file."""
        self._data += raw_data

    def file_complete(self, file_size: int) -> None:
        """Keep the file if it is in the part."""
        if self.field_name == self._param:
            name, kind = file_name(self.file_name), content_type_of(self.content_type)
            self.files.append(UploadedFile(name, kind, bytes(self._data)))


@overload
def endpoint(
    view: Callable[Concatenate[HttpRequest, P], Awaitable[_Answer]],
) -> Callable[Concatenate[HttpRequest, P], Coroutine[Any, Any, HttpResponseBase]]: ...


@overload
def endpoint(
    view: Callable[Concatenate[HttpRequest, P], _Answer],
) -> Callable[Concatenate[HttpRequest, P], HttpResponseBase]: ...


def endpoint(view: Callable[..., Any]) -> Callable[..., Any]:
    """Decorate a view that returns a `FlowResponse`, a Step or a response of Django. An async view stays async.

    A Step is answered as `server.step(step)`. The view answers a SubmissionError with the `response` of the error.
    Clients of a flow send no CSRF token. Put `django.views.decorators.csrf.csrf_exempt` above `endpoint`, unless the
    server authenticates clients with a session cookie.

    Raises TypeError for a view that cannot return one of these.
    """
    check_view(view, HttpResponseBase)
    if is_async(view) or iscoroutinefunction(view):  # pyright: ignore[reportDeprecated]  # finds the marks of asgiref

        async def responding_later(*args: Any, **kwargs: Any) -> HttpResponseBase:
            try:
                return _response_of(view, await view(*args, **kwargs), _method(args))
            except SubmissionError as refused:
                return respond(refused.response, _method(args))

        return wrap(view, responding_later)

    def responding(*args: Any, **kwargs: Any) -> HttpResponseBase:
        try:
            return _response_of(view, view(*args, **kwargs), _method(args))
        except SubmissionError as refused:
            return respond(refused.response, _method(args))

    return wrap(view, responding)


def _response_of(view: Callable[..., Any], returned: object, method: str | None) -> HttpResponseBase:
    return returned if isinstance(returned, HttpResponseBase) else respond(response_of(view, returned), method)


def _method(args: tuple[Any, ...]) -> str | None:
    """Return the method of the request, which is the first argument of a view. Before it, a method has its object."""
    return next((one.method for one in args if isinstance(one, HttpRequest)), None)


class ErrorMiddleware(MiddlewareMixin):
    """A middleware that answers errors with the bodies that clients of a flow understand.

    A SubmissionError outside an endpoint is answered with its `response`. Other errors of 400 to 499, such as 404 and
    405, keep their status, headers and cookies; the message is the phrase of the status. Answers in JSON do not change.

    Add `"stepdsl.server.django.ErrorMiddleware"` to `MIDDLEWARE`. It applies to all paths. If a project has pages for
    people too, use a subclass that calls `process_response` only for the paths of the flow.
    """

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Return the answer to a SubmissionError. Django handles other exceptions."""
        return respond(exception.response, request.method) if isinstance(exception, SubmissionError) else None

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        """Return an answer in JSON instead of an error in another format."""
        status = response.status_code
        if not 400 <= status < 500 or response.get("Content-Type", "").startswith("application/json"):
            return response
        made = respond(http_error(status, None), request.method)
        for name, value in without_body_headers(response.items()):
            made[name] = value
        made.cookies = response.cookies
        return made
