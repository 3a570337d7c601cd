"""The adapters, each with its real framework, without a network."""

from __future__ import annotations

import io
import subprocess
import sys
from collections.abc import Callable, Iterable, Mapping
from typing import Any, NamedTuple
from wsgiref.types import WSGIEnvironment
from wsgiref.util import setup_testing_defaults
from wsgiref.validate import validator

import django.http
import fastapi
import flask
import pytest
import starlette.applications
import starlette.requests
import starlette.responses
import starlette.routing
from django.test import RequestFactory

import stepdsl.server.django
import stepdsl.server.flask
import stepdsl.server.starlette
import stepdsl.server.wsgi
from stepdsl import HeadingLayout, Step, server
from stepdsl.server import FlowResponse, SubmissionError
from stepdsl.server import submissions as module
from tests.server.asgi import Answer, call
from tests.server.serving import example
from tests.server.test_submissions import REFUSED

STEP = Step(id="paid", layout=[HeadingLayout(text="Bezahlt ✓")])

Read = Callable[[], Any]
View = Callable[[Any], FlowResponse]
"""Takes the submission."""


class Post(NamedTuple):
    """A POST request. With `length`, the connection ends before the body has that length."""

    view: View
    body: bytes | None = b"{}"
    content_type: str | None = "application/json"
    max_bytes: int = server.MAX_BYTES
    length: int | None = None


def make_answer(status: int, headers: Iterable[tuple[str, str]], body: bytes) -> Answer:
    return Answer(status, {name.lower(): value for name, value in headers}, body)


def by_flask(post: Post) -> Answer:
    app = flask.Flask(__name__)

    @app.post("/")
    @stepdsl.server.flask.endpoint
    def view() -> FlowResponse:
        return post.view(stepdsl.server.flask.submission(flask.request, max_bytes=post.max_bytes))

    broken = {} if post.length is None else {"CONTENT_LENGTH": str(post.length)}
    client = app.test_client()
    answer = client.post("/", data=post.body, content_type=post.content_type, environ_overrides=broken)
    return make_answer(answer.status_code, answer.headers.items(), answer.data)


def by_django(post: Post) -> Answer:
    example("django_app")  # configures the settings of Django

    @stepdsl.server.django.endpoint
    def view(request: django.http.HttpRequest) -> FlowResponse:
        return post.view(stepdsl.server.django.submission(request, max_bytes=post.max_bytes))

    request = RequestFactory().generic("POST", "/", post.body or b"", content_type=post.content_type or "")
    if post.length is not None:

        class Broken:
            def read(self, *_: int) -> bytes:
                raise ConnectionResetError

        request._stream = Broken()  # type: ignore[attr-defined]
    answer = view(request)
    return make_answer(answer.status_code, answer.items(), answer.content)


def by_wsgi(post: Post) -> Answer:
    @stepdsl.server.wsgi.endpoint
    def app(environ: WSGIEnvironment) -> FlowResponse:
        return post.view(stepdsl.server.wsgi.submission(environ, max_bytes=post.max_bytes))

    body = post.body or b""
    return by_environ(
        app,
        {
            "wsgi.input": io.BytesIO(body),
            "CONTENT_LENGTH": str(len(body) if post.length is None else post.length),
            **({} if post.content_type is None else {"CONTENT_TYPE": post.content_type}),
        },
    )


def by_environ(app: Any, given: Mapping[str, Any]) -> Answer:
    environ: dict[str, Any] = {"QUERY_STRING": "", **given}
    setup_testing_defaults(environ)
    environ["REQUEST_METHOD"] = "POST"
    started: list[Any] = []
    parts = validator(app)(
        environ, lambda status, headers, exc_info=None: started.extend((status, headers)) or (lambda data: None)
    )
    try:
        body = b"".join(parts)
    finally:
        parts.close()  # type: ignore[attr-defined]
    return make_answer(int(started[0].split(" ")[0]), started[1], body)


def by_starlette(post: Post) -> Answer:
    @stepdsl.server.starlette.endpoint
    async def view(request: starlette.requests.Request) -> FlowResponse:
        return post.view(await stepdsl.server.starlette.submission(request, max_bytes=post.max_bytes))

    route = starlette.routing.Route("/", view, methods=["POST"])
    return by_asgi(starlette.applications.Starlette(routes=[route]), post)


def by_fastapi(post: Post) -> Answer:
    app = fastapi.FastAPI()

    @app.post("/")
    @stepdsl.server.starlette.endpoint
    async def view(request: fastapi.Request) -> FlowResponse:
        return post.view(await stepdsl.server.starlette.submission(request, max_bytes=post.max_bytes))

    return by_asgi(app, post)


def by_asgi(app: Any, post: Post, path: str = "/") -> Answer:
    headers = {} if post.content_type is None else {"content-type": post.content_type}
    return call(app, "POST", path, post.body or b"", headers, complete=post.length is None)


ADAPTERS = {
    "flask": by_flask,
    "django": by_django,
    "starlette": by_starlette,
    "fastapi": by_fastapi,
    "wsgi": by_wsgi,
}

by_every_adapter = pytest.mark.parametrize("adapter", ADAPTERS.values(), ids=ADAPTERS)

ANSWERS = [
    server.step(STEP, etag=True).expose_headers(),
    server.exit({"a": 1}),
    server.still_waiting(),
    server.not_modified("v7"),
    server.error("No.", {"a": "b"}),
    server.error(status=499),
    FlowResponse(200, {"Content-Type": "text/plain; charset=utf-8", "X-Y": "ä"}, "ä".encode()),
]


@by_every_adapter
@pytest.mark.parametrize("answer", ANSWERS, ids=lambda answer: str(answer.status))
def test_an_answer_is_sent_unchanged(adapter, answer):
    status, headers, body = adapter(Post(lambda submitted: answer))
    length = headers.pop("content-length", None)
    assert (status, body) == (answer.status, answer.body)
    assert headers == {name.lower(): value for name, value in answer.headers.items()}
    assert length in ({None} if status in (204, 304) else {None, str(len(answer.body))})


@by_every_adapter
@pytest.mark.parametrize("content_type", ["application/json", "application/json; charset=utf-8", None])
def test_a_submission_is_received_unchanged(adapter, content_type):
    submitted = {"name": "Ännchen", "children": [{"age": 3}, None], "text": "x" * 5000}
    raw = server.exit(submitted).body
    answer = adapter(Post(lambda got: server.exit({"got": got}), raw, content_type))
    assert (answer.status, answer.body) == (200, server.exit({"got": submitted}).body)


@by_every_adapter
@pytest.mark.parametrize("name", [name for name in REFUSED if name != "an invalid type"])
def test_an_invalid_submission_is_answered_with_its_error(adapter, name):
    body, content_type, status, reason = REFUSED[name]
    answer = adapter(Post(never, body, content_type))
    assert (answer.status, answer.body) == (status, server.error(reason).body)
    assert answer.headers["content-type"] == "application/json"


def never(submitted: Any) -> FlowResponse:
    raise AssertionError(submitted)


@by_every_adapter
def test_a_body_above_the_size_limit_is_answered_with_413(adapter):
    def view(submitted: Any) -> FlowResponse:
        return server.exit(submitted)

    assert adapter(Post(view, b"[1,2,3,4]", max_bytes=9)).body == b"[1,2,3,4]"
    answer = adapter(Post(never, b"[1,2,3,45]", max_bytes=9))
    assert (answer.status, answer.body) == (413, b'{"error":"expected at most 9 bytes"}')


@by_every_adapter
def test_reading_stops_at_the_second_limit(adapter, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(module, "_MAX_DROPPED", 5000)
    answer = adapter(Post(never, bytes(200_000), max_bytes=9))
    assert (answer.status, answer.body) == (413, b'{"error":"expected at most 9 bytes"}')


@by_every_adapter
def test_an_incomplete_body_is_answered_with_400(adapter):
    answer = adapter(Post(never, b"1234", length=8))
    assert (answer.status, answer.body) == (400, b'{"error":"expected the whole body, got a part of it"}')


@by_every_adapter
def test_a_flow_can_refuse_a_submission(adapter):
    def view(submitted: Any) -> FlowResponse:
        raise SubmissionError(400, "expected an object")

    answer = adapter(Post(view))
    assert (answer.status, answer.body) == (400, b'{"error":"expected an object"}')


@pytest.mark.parametrize("adapter", [by_django, by_starlette, by_fastapi, by_wsgi])
def test_an_error_in_a_view_is_raised_to_the_framework(adapter):
    def view(submitted: Any) -> FlowResponse:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        adapter(Post(view))


# -- features of a single framework ---------------------------------------------------------------------------------


def test_the_size_limit_of_flask_is_respected():
    app = flask.Flask(__name__)
    app.config["MAX_CONTENT_LENGTH"] = 5

    @app.post("/<name>")
    @stepdsl.server.flask.endpoint
    def view(name: str) -> FlowResponse:
        return server.exit([name, stepdsl.server.flask.submission(flask.request)])

    client = app.test_client()
    assert client.post("/a", data=b"[1,2]").data == b'["a",[1,2]]'
    answer = client.post("/a", data=b"[1,2,3]")
    assert (answer.status_code, answer.data) == (413, b'{"error":"expected at most 5 bytes"}')
    assert app.view_functions.keys() >= {"view"}


def test_the_error_handlers_of_flask_handle_an_error_in_a_view():
    app = flask.Flask(__name__)

    @app.post("/")
    @stepdsl.server.flask.endpoint
    def view() -> FlowResponse:
        raise LookupError("x")

    @app.errorhandler(LookupError)
    def handle(error: LookupError) -> flask.Response:
        return stepdsl.server.flask.respond(server.error("Sorry.", status=500))

    assert app.test_client().post("/").data == b'{"error":"Sorry."}'


def test_django_passes_the_url_parameters_to_the_view():
    example("django_app")

    @stepdsl.server.django.endpoint
    def view(request: django.http.HttpRequest, name: str, *, number: int) -> FlowResponse:
        return server.exit([request.method, name, number])

    assert view(RequestFactory().get("/"), "a", number=5).content == b'["GET","a",5]'
    assert view.__name__ == "view"


def test_a_django_body_that_was_read_before_is_still_a_submission():
    example("django_app")
    request = RequestFactory().generic("POST", "/", b"[1]", content_type="application/json")
    assert request.body == b"[1]"
    assert stepdsl.server.django.submission(request) == [1]


def test_fastapi_passes_the_url_parameters_to_the_view():
    app = fastapi.FastAPI()

    @app.post("/{name}/{number}")
    @stepdsl.server.starlette.endpoint
    async def view(name: str, number: int) -> FlowResponse:
        return server.exit([name, number])

    assert by_asgi(app, Post(never), "/a/5").body == b'["a",5]'
    assert by_asgi(app, Post(never), "/a/b").status == 422
    assert view.__name__ == "view"


def test_starlette_accepts_an_annotation_with_an_unknown_name():
    @stepdsl.server.starlette.endpoint
    async def view(request: OnlyForCheckers) -> FlowResponse:  # type: ignore[name-defined]  # noqa: F821
        return server.exit("x")

    route = starlette.routing.Route("/", view, methods=["POST"])
    assert by_asgi(starlette.applications.Starlette(routes=[route]), Post(never)).body == b'"x"'


@pytest.mark.parametrize(
    ("environ", "expected"),
    [
        ({"CONTENT_LENGTH": "3"}, (200, b"[1]")),
        ({"CONTENT_LENGTH": ""}, (400, b'{"error":"expected a JSON body, got none"}')),
        ({}, (400, b'{"error":"expected a JSON body, got none"}')),
        ({"wsgi.input_terminated": True}, (200, b"[1]")),
    ],
)
def test_wsgi_reads_up_to_the_content_length(environ, expected):
    app = stepdsl.server.wsgi.endpoint(lambda environ: server.exit(stepdsl.server.wsgi.submission(environ)))
    answer = by_environ(app, {"wsgi.input": io.BytesIO(b"[1]"), **environ})
    assert (answer.status, answer.body) == expected


@pytest.mark.parametrize("length", ["-1", "x", "1_0", "٣", "9" * 19, "9" * 5000])
def test_wsgi_treats_an_invalid_content_length_as_0(length):
    environ: dict[str, Any] = {"CONTENT_LENGTH": length, "wsgi.input": io.BytesIO(b"[1]")}
    with pytest.raises(SubmissionError, match="expected a JSON body, got none"):
        stepdsl.server.wsgi.submission(environ)


def test_wsgi_reports_a_broken_connection_as_an_incomplete_body():
    class Broken(io.BytesIO):
        def read(self, size: int | None = -1, /) -> bytes:
            raise ConnectionResetError

    for terminated in (False, True):
        environ: dict[str, Any] = {
            "CONTENT_LENGTH": "3",
            "wsgi.input": Broken(),
            "wsgi.input_terminated": terminated,
        }
        with pytest.raises(SubmissionError, match="expected the whole body, got a part of it"):
            stepdsl.server.wsgi.submission(environ)


def test_wsgi_sends_the_phrase_of_the_status():
    lines: list[str] = []

    def start_response(status: str, headers: list[tuple[str, str]], exc_info: Any = None) -> Any:
        lines.append(status)

    for status in (204, 422, 499):
        stepdsl.server.wsgi.respond(FlowResponse(status), start_response)
    # Python 3.13 has the phrase of RFC 9110, earlier versions the one of RFC 4918.
    assert lines in (
        ["204 No Content", "422 Unprocessable Entity", "499 Unknown"],
        ["204 No Content", "422 Unprocessable Content", "499 Unknown"],
    )


@pytest.mark.slow
def test_a_framework_is_imported_only_with_its_adapter():
    frameworks = "flask werkzeug django starlette fastapi anyio"
    code = f"""
import sys
import stepdsl.server, stepdsl.server.wsgi, stepdsl.demo, stepdsl.testing
assert not set("{frameworks}".split()) & set(sys.modules)
for name in ("flask", "django", "starlette"):
    before = set(sys.modules)
    __import__("stepdsl.server." + name)
    assert name in set(sys.modules) - before
"""
    subprocess.run([sys.executable, "-c", code], check=True, timeout=60)
