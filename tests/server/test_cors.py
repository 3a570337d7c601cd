"""Web clients of another origin. They send credentials, so the answers must name the origin."""

from __future__ import annotations

from typing import Any

import flask
import pytest
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory
from fastapi import FastAPI
from starlette.middleware.cors import CORSMiddleware

import stepdsl.server.django
import stepdsl.server.flask
from stepdsl import Step, server
from stepdsl.server import FlowResponse
from stepdsl.server.starlette import endpoint
from tests.server.asgi import Answer, call
from tests.server.serving import example

ORIGIN = "https://web.example"
OTHER = "https://other.example"


def step() -> FlowResponse:
    return server.step(Step(id="first"), etag=True)


def cors_app(**options: Any) -> FastAPI:
    app = FastAPI()
    app.add_middleware(CORSMiddleware, **options)

    @app.post("/")
    @endpoint
    def refresh() -> FlowResponse:
        return step().expose_headers()

    return app


APP = cors_app(
    allow_origins=[ORIGIN],
    allow_credentials=True,
    allow_methods=["GET", "POST", "PUT", "PATCH"],
    allow_headers=["Content-Type", "If-None-Match"],
)


def preflight(app: Any, origin: str, headers: str) -> Answer:
    """Send what a browser sends before the request."""
    asked = {
        "origin": origin,
        "access-control-request-method": "POST",
        "access-control-request-headers": headers,
    }
    return call(app, "OPTIONS", "/", headers=asked)


def test_a_browser_may_send_a_refresh_with_credentials() -> None:
    allowed = preflight(APP, ORIGIN, "content-type, if-none-match")
    assert allowed.status == 200
    assert allowed.headers["access-control-allow-origin"] == ORIGIN
    assert allowed.headers["access-control-allow-credentials"] == "true"
    names = {name.strip().lower() for name in allowed.headers["access-control-allow-headers"].split(",")}
    assert {"content-type", "if-none-match"} <= names
    assert "POST" in allowed.headers["access-control-allow-methods"]


def test_another_origin_or_header_is_refused() -> None:
    assert preflight(APP, OTHER, "content-type").status == 400
    assert preflight(APP, ORIGIN, "x-other").status == 400


def test_a_browser_can_read_the_response_type_and_the_tag() -> None:
    answer = call(APP, "POST", "/", headers={"origin": ORIGIN, "cookie": "session=1"})
    assert (answer.status, answer.kind) == (200, "step")
    assert answer.headers["access-control-allow-origin"] == ORIGIN
    assert answer.headers["access-control-allow-credentials"] == "true"
    assert answer.headers["access-control-expose-headers"] == "X-DF-Response-Type, ETag"


def test_the_middleware_can_expose_the_headers_of_all_answers() -> None:
    app = cors_app(allow_origins=[ORIGIN], allow_credentials=True, expose_headers=["X-DF-Response-Type", "ETag"])
    answer = call(app, "POST", "/", headers={"origin": ORIGIN})
    assert answer.headers["access-control-expose-headers"] == "X-DF-Response-Type, ETag"


def test_an_answer_for_all_origins_is_not_readable_with_credentials() -> None:
    """A browser refuses `*` for a request with credentials. Without a cookie, the middleware cannot see the reason."""
    app = cors_app(allow_origins=["*"])
    answer = call(app, "POST", "/", headers={"origin": ORIGIN})
    assert answer.headers["access-control-allow-origin"] == "*"
    assert "access-control-allow-credentials" not in answer.headers


def allow(headers: Any, origin: str | None) -> None:
    """What packages such as flask-cors and django-cors-headers do."""
    if origin == ORIGIN:
        headers["Access-Control-Allow-Origin"] = origin
        headers["Access-Control-Allow-Credentials"] = "true"
        headers["Vary"] = "Origin"


@pytest.mark.parametrize(("origin", "allowed"), [(ORIGIN, ORIGIN), (OTHER, None)])
def test_flask_and_django_keep_the_exposed_headers(origin: str, allowed: str | None) -> None:
    app = flask.Flask(__name__)

    @app.post("/")
    @stepdsl.server.flask.endpoint
    def refresh() -> FlowResponse:
        return step().expose_headers()

    @app.after_request
    def cors(response: flask.Response) -> flask.Response:
        allow(response.headers, flask.request.headers.get("Origin"))
        return response

    by_flask = app.test_client().post("/", headers={"Origin": origin})

    example("django_app")

    @stepdsl.server.django.endpoint
    def view(request: HttpRequest) -> FlowResponse:
        return step().expose_headers()

    by_django: Any = view(RequestFactory().post("/"))
    assert isinstance(by_django, HttpResponse)
    allow(by_django, origin)
    for answer in (by_flask, by_django):
        assert answer.headers.get("Access-Control-Allow-Origin") == allowed
        assert answer.headers["Access-Control-Expose-Headers"] == "X-DF-Response-Type, ETag"
