"""Errors outside views have bodies that clients understand: in Flask by `install`, in Django by the middleware."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any

import flask
import pytest
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseNotFound, JsonResponse
from django.test import RequestFactory
from werkzeug.datastructures import WWWAuthenticate
from werkzeug.exceptions import Conflict, Unauthorized

import stepdsl.server.flask
from stepdsl import server
from stepdsl.server import SubmissionError
from stepdsl.server.django import ErrorMiddleware
from tests.server.serving import example

# -- Flask ------------------------------------------------------------------------------------------------------------


def flask_app() -> flask.Flask:
    app = flask.Flask(__name__)
    stepdsl.server.flask.install(app)

    @app.before_request
    def check() -> None:
        if flask.request.path == "/refused":
            raise SubmissionError(422, "no name", {"name": "Your name, please."})

    @app.get("/aborted")
    def aborted() -> None:
        flask.abort(401, www_authenticate="Bearer")  # type: ignore[call-arg]

    @app.get("/gone")
    def gone() -> None:
        flask.abort(410, "This flow has ended.")

    @app.get("/moved/")
    def moved() -> str:
        return "x"

    @app.get("/unmodified")
    def unmodified() -> None:
        flask.abort(flask.Response("own", 409))

    @app.get("/own")
    def own() -> None:
        raise Conflict(response=flask.Response("own", 409))

    @app.get("/unauthorized")
    def unauthorized() -> None:
        raise Unauthorized(www_authenticate=[WWWAuthenticate("basic"), WWWAuthenticate("bearer")])

    @app.get("/broken")
    def broken() -> None:
        raise ZeroDivisionError

    @app.get("/unavailable")
    def unavailable() -> None:
        flask.abort(503)

    return app


@pytest.mark.parametrize(
    ("path", "status", "body"),
    [
        ("/refused", 422, {"validation": {"name": "Your name, please."}}),
        ("/gone", 410, {"error": "This flow has ended."}),
    ],
)
def test_flask_answers_errors_for_clients(path: str, status: int, body: Any) -> None:
    answer = flask_app().test_client().get(path)
    assert (answer.status_code, answer.json, answer.content_type) == (status, body, "application/json")


def test_flask_keeps_the_headers_of_an_error() -> None:
    client = flask_app().test_client()
    answer = client.post("/gone")
    assert (answer.status_code, list(answer.json or {})) == (405, ["error"])
    assert "GET" in answer.headers["Allow"]
    assert client.get("/unknown").status_code == 404
    assert client.get("/unavailable").content_type == "application/json"
    schemes = client.get("/unauthorized").headers.getlist("WWW-Authenticate")
    assert [scheme.split()[0] for scheme in schemes] == ["Basic", "Bearer"]


def test_flask_handles_other_errors_as_before() -> None:
    client = flask_app().test_client()
    assert client.get("/moved").status_code == 308
    assert (client.get("/unmodified").status_code, client.get("/unmodified").data) == (409, b"own")
    assert (client.get("/own").status_code, client.get("/own").data) == (409, b"own")
    broken = client.get("/broken")
    assert (broken.status_code, broken.content_type) == (500, "text/html; charset=utf-8")


def test_flask_installs_for_a_blueprint() -> None:
    app = flask.Flask(__name__)
    blueprint = flask.Blueprint("flow", __name__)
    stepdsl.server.flask.install(blueprint)

    @blueprint.get("/gone")
    def gone() -> None:
        flask.abort(410)

    app.register_blueprint(blueprint)
    assert app.test_client().get("/gone").content_type == "application/json"
    assert app.test_client().get("/unknown").content_type == "text/html; charset=utf-8"


def test_flask_refuses_what_is_no_application() -> None:
    with pytest.raises(TypeError) as refused:
        stepdsl.server.flask.install(None)  # type: ignore[arg-type]
    assert str(refused.value) == "install: expected an application or a blueprint of Flask, got None"


# -- Django -----------------------------------------------------------------------------------------------------------


def through(answer: Callable[[HttpRequest], HttpResponse]) -> HttpResponse:
    """Return the answer of a view behind the middleware."""
    example("django_app")
    made: Any = ErrorMiddleware(answer)(RequestFactory().get("/"))
    return made


def not_allowed(request: HttpRequest) -> HttpResponse:
    made = HttpResponseNotAllowed(["GET"])
    made.set_cookie("seen", "1")
    return made


def test_django_answers_errors_for_clients() -> None:
    answer = through(lambda request: HttpResponseNotFound("<h1>Not found</h1>"))
    assert (answer.status_code, answer.content) == (404, b'{"error":"Not Found"}')
    assert answer["Content-Type"] == "application/json"
    answer = through(not_allowed)
    assert (answer.status_code, answer.content) == (405, b'{"error":"Method Not Allowed"}')
    assert (answer["Allow"], answer.cookies["seen"].value) == ("GET", "1")


@pytest.mark.parametrize(
    "unchanged",
    [
        lambda: HttpResponse("x"),
        lambda: HttpResponse("x", status=302),
        lambda: HttpResponse("<h1>Error</h1>", status=500),
        lambda: JsonResponse({"detail": "x"}, status=404),
    ],
)
def test_django_does_not_change_other_answers(unchanged: Callable[[], HttpResponse]) -> None:
    example("django_app")  # configures the settings of Django
    answer = unchanged()
    assert through(lambda request: answer) is answer


def test_django_answers_a_submission_error_outside_an_endpoint() -> None:
    example("django_app")
    middleware = ErrorMiddleware(lambda request: HttpResponse())
    request = RequestFactory().get("/")
    answer = middleware.process_exception(request, SubmissionError(409, "already paid"))
    assert answer is not None
    assert (answer.status_code, answer.content) == (409, b'{"error":"already paid"}')
    assert middleware.process_exception(request, ZeroDivisionError()) is None


def test_django_runs_the_middleware_of_async_views() -> None:
    example("django_app")

    async def missing(request: HttpRequest) -> HttpResponse:
        return HttpResponseNotFound()

    made: Any = ErrorMiddleware(missing)
    assert asyncio.run(made(RequestFactory().get("/"))).content == b'{"error":"Not Found"}'


def test_the_example_of_django_uses_the_middleware() -> None:
    app = example("django_app").app
    lines: list[Any] = []
    environ = {**RequestFactory().get("/unknown").environ, "SERVER_NAME": "localhost"}
    body = b"".join(app(environ, lambda status, headers, exc_info=None: lines.append(status)))
    assert (lines, body) == (["404 Not Found"], server.error("Not Found", status=404).body)
