"""The adapters, each with its real framework, in this process."""

from __future__ import annotations

import asyncio
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
from tests.server.serving import example
from tests.server.test_submissions import REFUSED

STEP = Step(id="paid", layout=[HeadingLayout(text="Bezahlt ✓")])

Read = Callable[[], Any]
View = Callable[[Any], FlowResponse]
"""Takes what was submitted."""


class Got(NamedTuple):
    status: int
    headers: dict[str, str]
    body: bytes


class Ask(NamedTuple):
    """A request: what is submitted, in which pieces it comes, and whether the connection breaks off after them."""

    view: View
    body: bytes | None = b"{}"
    content_type: str | None = "application/json"
    max_bytes: int = server.MAX_BYTES
    length: int | None = None


def got(status: int, headers: Iterable[tuple[str, str]], body: bytes) -> Got:
    return Got(status, {name.lower(): value for name, value in headers}, body)


def by_flask(ask: Ask) -> Got:
    app = flask.Flask(__name__)

    @app.post("/")
    @stepdsl.server.flask.endpoint
    def view() -> FlowResponse:
        return ask.view(stepdsl.server.flask.submission(flask.request, max_bytes=ask.max_bytes))

    broken = {} if ask.length is None else {"CONTENT_LENGTH": str(ask.length)}
    client = app.test_client()
    answer = client.post("/", data=ask.body, content_type=ask.content_type, environ_overrides=broken)
    return got(answer.status_code, answer.headers.items(), answer.data)


def by_django(ask: Ask) -> Got:
    example("django_app")  # has the settings

    @stepdsl.server.django.endpoint
    def view(request: django.http.HttpRequest) -> FlowResponse:
        return ask.view(stepdsl.server.django.submission(request, max_bytes=ask.max_bytes))

    request = RequestFactory().generic("POST", "/", ask.body or b"", content_type=ask.content_type or "")
    if ask.length is not None:

        class Broken:
            def read(self, *_: int) -> bytes:
                raise ConnectionResetError

        request._stream = Broken()  # type: ignore[attr-defined]
    answer = view(request)
    return got(answer.status_code, answer.items(), answer.content)


def by_wsgi(ask: Ask) -> Got:
    @stepdsl.server.wsgi.endpoint
    def app(environ: WSGIEnvironment) -> FlowResponse:
        return ask.view(stepdsl.server.wsgi.submission(environ, max_bytes=ask.max_bytes))

    body = ask.body or b""
    return by_environ(
        app,
        {
            "wsgi.input": io.BytesIO(body),
            "CONTENT_LENGTH": str(len(body) if ask.length is None else ask.length),
            **({} if ask.content_type is None else {"CONTENT_TYPE": ask.content_type}),
        },
    )


def by_environ(app: Any, given: Mapping[str, Any]) -> Got:
    environ: dict[str, Any] = {"QUERY_STRING": "", **given}
    setup_testing_defaults(environ)
    environ["REQUEST_METHOD"] = "POST"
    told: list[Any] = []
    parts = validator(app)(
        environ, lambda status, headers, exc_info=None: told.extend((status, headers)) or (lambda data: None)
    )
    try:
        body = b"".join(parts)
    finally:
        parts.close()  # type: ignore[attr-defined]
    return got(int(told[0].split(" ")[0]), told[1], body)


def by_starlette(ask: Ask) -> Got:
    @stepdsl.server.starlette.endpoint
    async def view(request: starlette.requests.Request) -> FlowResponse:
        return ask.view(await stepdsl.server.starlette.submission(request, max_bytes=ask.max_bytes))

    route = starlette.routing.Route("/", view, methods=["POST"])
    return by_asgi(starlette.applications.Starlette(routes=[route]), ask)


def by_fastapi(ask: Ask) -> Got:
    app = fastapi.FastAPI()

    @app.post("/")
    @stepdsl.server.starlette.endpoint
    async def view(request: fastapi.Request) -> FlowResponse:
        return ask.view(await stepdsl.server.starlette.submission(request, max_bytes=ask.max_bytes))

    return by_asgi(app, ask)


def by_asgi(app: Any, ask: Ask, path: str = "/") -> Got:
    body = ask.body or b""
    pieces = [body[start : start + 1000] for start in range(0, len(body), 1000)] or [b""]
    messages = [{"type": "http.request", "body": piece, "more_body": True} for piece in pieces]
    if ask.length is None:
        messages[-1]["more_body"] = False
    headers = {} if ask.content_type is None else {b"content-type": ask.content_type.encode()}
    scope = {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": "POST",
        "scheme": "http",
        "path": path,
        "raw_path": path.encode(),
        "root_path": "",
        "query_string": b"",
        "headers": list(headers.items()),
        "client": ("127.0.0.1", 1),
        "server": ("127.0.0.1", 2),
    }
    sent: list[Any] = []

    async def receive() -> dict[str, Any]:
        return messages.pop(0) if messages else {"type": "http.disconnect"}

    async def send(message: Any) -> None:
        sent.append(message)

    asyncio.run(app(scope, receive, send))
    told = [(name.decode(), value.decode("latin-1")) for name, value in sent[0]["headers"]]
    return got(sent[0]["status"], told, b"".join(message.get("body", b"") for message in sent[1:]))


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
def test_an_answer_arrives_as_it_is(adapter, answer):
    status, headers, body = adapter(Ask(lambda submitted: answer))
    length = headers.pop("content-length", None)
    assert (status, body) == (answer.status, answer.body)
    assert headers == {name.lower(): value for name, value in answer.headers.items()}
    assert length in ({None} if status in (204, 304) else {None, str(len(answer.body))})


@by_every_adapter
@pytest.mark.parametrize("content_type", ["application/json", "application/json; charset=utf-8", None])
def test_a_submission_arrives_as_it_is(adapter, content_type):
    submitted = {"name": "Ännchen", "children": [{"age": 3}, None], "text": "x" * 5000}
    raw = server.exit(submitted).body
    answer = adapter(Ask(lambda got: server.exit({"got": got}), raw, content_type))
    assert (answer.status, answer.body) == (200, server.exit({"got": submitted}).body)


@by_every_adapter
@pytest.mark.parametrize("name", [name for name in REFUSED if name != "an odd type"])
def test_what_is_no_submission_is_answered(adapter, name):
    body, content_type, status, reason = REFUSED[name]
    answer = adapter(Ask(never, body, content_type))
    assert (answer.status, answer.body) == (status, server.error(reason).body)
    assert answer.headers["content-type"] == "application/json"


def never(submitted: Any) -> FlowResponse:
    raise AssertionError(submitted)


@by_every_adapter
def test_the_size_is_bounded(adapter):
    def view(submitted: Any) -> FlowResponse:
        return server.exit(submitted)

    assert adapter(Ask(view, b"[1,2,3,4]", max_bytes=9)).body == b"[1,2,3,4]"
    answer = adapter(Ask(never, b"[1,2,3,45]", max_bytes=9))
    assert (answer.status, answer.body) == (413, b'{"error":"expected at most 9 bytes"}')


@by_every_adapter
def test_reading_ends_when_patience_does(adapter, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(module, "_PATIENCE", 5000)
    answer = adapter(Ask(never, bytes(200_000), max_bytes=9))
    assert (answer.status, answer.body) == (413, b'{"error":"expected at most 9 bytes"}')


@by_every_adapter
def test_a_body_that_breaks_off_is_answered(adapter):
    answer = adapter(Ask(never, b"1234", length=8))
    assert (answer.status, answer.body) == (400, b'{"error":"expected the whole body, got a part of it"}')


@by_every_adapter
def test_a_flow_may_refuse_what_was_submitted(adapter):
    def view(submitted: Any) -> FlowResponse:
        raise SubmissionError(400, "expected an object")

    answer = adapter(Ask(view))
    assert (answer.status, answer.body) == (400, b'{"error":"expected an object"}')


@pytest.mark.parametrize("adapter", [by_django, by_starlette, by_fastapi, by_wsgi])
def test_a_mistake_in_a_view_is_left_to_the_framework(adapter):
    def view(submitted: Any) -> FlowResponse:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        adapter(Ask(view))


# -- what only one of them has --------------------------------------------------------------------------------------


def test_flask_has_a_bound_of_its_own():
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


def test_flask_leaves_a_mistake_to_its_own_handlers():
    app = flask.Flask(__name__)

    @app.post("/")
    @stepdsl.server.flask.endpoint
    def view() -> FlowResponse:
        raise LookupError("x")

    @app.errorhandler(LookupError)
    def handle(error: LookupError) -> flask.Response:
        return stepdsl.server.flask.respond(server.error("Sorry.", status=500))

    assert app.test_client().post("/").data == b'{"error":"Sorry."}'


def test_django_hands_on_what_the_url_holds():
    example("django_app")

    @stepdsl.server.django.endpoint
    def view(request: django.http.HttpRequest, name: str, *, number: int) -> FlowResponse:
        return server.exit([request.method, name, number])

    assert view(RequestFactory().get("/"), "a", number=5).content == b'["GET","a",5]'
    assert view.__name__ == "view"


def test_django_may_have_read_the_body_before():
    example("django_app")
    request = RequestFactory().generic("POST", "/", b"[1]", content_type="application/json")
    assert request.body == b"[1]"
    assert stepdsl.server.django.submission(request) == [1]


def test_fastapi_hands_on_what_the_url_holds():
    app = fastapi.FastAPI()

    @app.post("/{name}/{number}")
    @stepdsl.server.starlette.endpoint
    async def view(name: str, number: int) -> FlowResponse:
        return server.exit([name, number])

    assert by_asgi(app, Ask(never), "/a/5").body == b'["a",5]'
    assert by_asgi(app, Ask(never), "/a/b").status == 422
    assert view.__name__ == "view"


def test_starlette_needs_no_annotation_that_exists():
    @stepdsl.server.starlette.endpoint
    async def view(request: OnlyForCheckers) -> FlowResponse:  # type: ignore[name-defined]  # noqa: F821
        return server.exit("x")

    route = starlette.routing.Route("/", view, methods=["POST"])
    assert by_asgi(starlette.applications.Starlette(routes=[route]), Ask(never)).body == b'"x"'


@pytest.mark.parametrize(
    ("environ", "expected"),
    [
        ({"CONTENT_LENGTH": "3"}, (200, b"[1]")),
        ({"CONTENT_LENGTH": ""}, (400, b'{"error":"expected a JSON body, got none"}')),
        ({}, (400, b'{"error":"expected a JSON body, got none"}')),
        ({"wsgi.input_terminated": True}, (200, b"[1]")),
    ],
)
def test_wsgi_reads_as_far_as_it_is_told(environ, expected):
    app = stepdsl.server.wsgi.endpoint(lambda environ: server.exit(stepdsl.server.wsgi.submission(environ)))
    answer = by_environ(app, {"wsgi.input": io.BytesIO(b"[1]"), **environ})
    assert (answer.status, answer.body) == expected


@pytest.mark.parametrize("told", ["-1", "x", "1_0", "٣", "9" * 19, "9" * 5000])
def test_wsgi_survives_a_length_that_is_none(told):
    environ: dict[str, Any] = {"CONTENT_LENGTH": told, "wsgi.input": io.BytesIO(b"[1]")}
    with pytest.raises(SubmissionError, match="expected a JSON body, got none"):
        stepdsl.server.wsgi.submission(environ)


def test_wsgi_survives_a_connection_that_breaks():
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


def test_wsgi_says_what_a_status_means():
    lines: list[str] = []

    def start_response(status: str, headers: list[tuple[str, str]], exc_info: Any = None) -> Any:
        lines.append(status)

    for status in (204, 422, 499):
        stepdsl.server.wsgi.respond(FlowResponse(status), start_response)
    assert lines == ["204 No Content", "422 Unprocessable Entity", "499 Unknown"]


@pytest.mark.slow
def test_no_framework_is_imported_before_its_adapter_is():
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
