"""WSGI applications with one view, one for each adapter, and calls of them without a server."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any
from wsgiref.util import setup_testing_defaults

import flask
from django.core.handlers.wsgi import WSGIRequest
from django.http import HttpRequest

import stepdsl.server.django
import stepdsl.server.flask
import stepdsl.server.wsgi
from stepdsl.server import FlowResponse
from tests.server.asgi import Answer
from tests.server.serving import example

View = Callable[[Any, Any], FlowResponse]
"""Takes the module of the adapter and the request."""


def with_flask(view: View) -> Any:
    app = flask.Flask(__name__)

    @app.route("/", methods=["GET", "POST"])
    @stepdsl.server.flask.endpoint
    def routed() -> FlowResponse:
        return view(stepdsl.server.flask, flask.request)

    return app


def with_django(view: View) -> Any:
    example("django_app")  # configures the settings of Django

    @stepdsl.server.django.endpoint
    def routed(request: HttpRequest) -> FlowResponse:
        return view(stepdsl.server.django, request)

    def app(environ: dict[str, Any], start_response: Callable[..., Any]) -> Any:
        answer = routed(WSGIRequest(environ))
        start_response(f"{answer.status_code} {answer.reason_phrase}", list(answer.items()))
        return answer

    return app


def with_wsgi(view: View) -> Any:
    return stepdsl.server.wsgi.endpoint(lambda environ: view(stepdsl.server.wsgi, environ))


WSGI_ADAPTERS: dict[str, Callable[[View], Any]] = {"flask": with_flask, "django": with_django, "wsgi": with_wsgi}


def call_wsgi(app: Any, method: str = "POST", stream: Any = None, **environ: Any) -> Answer:
    """Send one request. The names of the environ are those of WSGI; `wsgi_x` is `wsgi.x`."""
    given = {name.replace("wsgi_", "wsgi."): value for name, value in environ.items()}
    given |= {"REQUEST_METHOD": method, "wsgi.input": io.BytesIO() if stream is None else stream}
    setup_testing_defaults(given)
    started: list[Any] = []
    parts = app(given, lambda status, headers, exc_info=None: started.extend((status, headers)))
    body = b"".join(parts)
    getattr(parts, "close", lambda: None)()
    return Answer(int(started[0].split(" ")[0]), {name.lower(): value for name, value in started[1]}, body)
