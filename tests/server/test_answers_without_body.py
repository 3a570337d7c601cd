"""Answers without a body: to HEAD, and with the statuses 204, 205 and 304. In each adapter, and on real servers."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from typing import Any
from urllib.parse import urlsplit

import pytest
import starlette.applications
import starlette.requests
import starlette.routing
from django.http import HttpRequest, HttpResponse, HttpResponseNotFound
from django.test import RequestFactory

import stepdsl.server.django
import stepdsl.server.starlette
from stepdsl import Step, server
from stepdsl.server import FlowResponse, SubmissionError
from stepdsl.server.django import ErrorMiddleware
from tests.server.serving import example, uvicorn, werkzeug, wsgi
from tests.server.wsgi_calls import WSGI_ADAPTERS, call_wsgi, with_django, with_flask, with_wsgi

STEP = server.step(Step(id="paid", title="Bezahlt ✓"), etag=True)
REFUSED = server.error("No.", status=409)

by_every_adapter = pytest.mark.parametrize("adapter", WSGI_ADAPTERS.values(), ids=WSGI_ADAPTERS)


@by_every_adapter
@pytest.mark.parametrize("answer", [STEP, REFUSED, FlowResponse(200)], ids=["step", "error", "empty"])
def test_the_answer_to_head_has_the_headers_of_the_answer_to_get(adapter: Any, answer: FlowResponse) -> None:
    app = adapter(lambda module, request: answer)
    got, asked = call_wsgi(app, "GET"), call_wsgi(app, "HEAD")
    assert (asked.status, asked.body, got.body) == (answer.status, b"", answer.body)
    for one in (got, asked):  # Django leaves the length of GET to the server
        one.headers.setdefault("content-length", str(len(answer.body)))
    assert asked.headers == got.headers


@by_every_adapter
def test_a_submission_error_to_head_has_no_body(adapter: Any) -> None:
    def view(module: Any, request: Any) -> FlowResponse:
        raise SubmissionError(409, "No.")

    answer = call_wsgi(adapter(view), "HEAD")
    assert (answer.status, answer.body, answer.headers["content-length"]) == (409, b"", str(len(REFUSED.body)))


def test_head_is_answered_by_the_other_views_of_django_too() -> None:
    example("django_app")  # configures the settings of Django
    request = RequestFactory().head("/")

    class Views:
        @stepdsl.server.django.endpoint
        def method(self, request: HttpRequest) -> FlowResponse:
            return STEP

    @stepdsl.server.django.endpoint
    async def later(request: HttpRequest) -> FlowResponse:
        return STEP

    @stepdsl.server.django.endpoint
    async def refusing(request: HttpRequest) -> FlowResponse:
        raise SubmissionError(409, "No.")

    assert length_of_empty(Views().method(request)) == len(STEP.body)
    assert length_of_empty(asyncio.run(later(request))) == len(STEP.body)
    assert length_of_empty(asyncio.run(refusing(request))) == len(REFUSED.body)


def test_the_middleware_of_django_answers_head_without_a_body() -> None:
    example("django_app")
    request = RequestFactory().head("/unknown")
    middleware = ErrorMiddleware(lambda request: HttpResponseNotFound("<h1>Not found</h1>"))
    unknown = server.error("Not Found", status=404)
    assert length_of_empty(middleware(request)) == len(unknown.body)
    assert length_of_empty(middleware.process_exception(request, SubmissionError(409, "No."))) == len(REFUSED.body)


def length_of_empty(answer: Any) -> int:
    """Return the Content-Length of a response of Django, which has no body."""
    assert answer.content == b""
    return int(answer["Content-Length"])


def test_a_response_of_django_without_a_request_is_the_answer_to_get() -> None:
    example("django_app")

    @stepdsl.server.django.endpoint
    def view() -> FlowResponse:
        return STEP

    assert isinstance(view(), HttpResponse)
    assert view().content == STEP.body  # type: ignore[attr-defined]


# -- on real servers --------------------------------------------------------------------------------------------------

ANSWERS = {"step": STEP, "204": server.still_waiting(), "205": FlowResponse(205), "304": server.not_modified("v7")}
"""The answers, by the query of the request."""

WITH_LENGTH = {"step": str(len(STEP.body)), "205": "0"}
"""RFC 9110, 8.6: 204 has no Content-Length, and the one of 304 is that of 200, or it is left out."""


def starlette_app() -> Any:
    @stepdsl.server.starlette.endpoint
    async def view(request: starlette.requests.Request) -> FlowResponse:
        return ANSWERS[request.url.query]

    return starlette.applications.Starlette(routes=[starlette.routing.Route("/", view)])


SERVERS: dict[str, Callable[[], Any]] = {
    "Flask on werkzeug": lambda: werkzeug(with_flask(lambda module, request: ANSWERS[request.query_string.decode()])),
    "Django on wsgiref": lambda: wsgi(with_django(lambda module, request: ANSWERS[request.META["QUERY_STRING"]])),
    "WSGI on wsgiref": lambda: wsgi(with_wsgi(lambda module, environ: ANSWERS[environ["QUERY_STRING"]])),
    "WSGI on werkzeug": lambda: werkzeug(with_wsgi(lambda module, environ: ANSWERS[environ["QUERY_STRING"]])),
    "Starlette on uvicorn": lambda: uvicorn(starlette_app()),
}


@pytest.fixture(scope="module")
def urls() -> Iterator[dict[str, str]]:
    with ExitStack() as stack:
        yield {name: stack.enter_context(serve()) for name, serve in SERVERS.items()}


@pytest.mark.parametrize("name", SERVERS)
@pytest.mark.parametrize("method", ["GET", "HEAD"])
@pytest.mark.parametrize("asked", ANSWERS)
def test_the_bytes_of_an_answer_end_where_the_client_expects(
    urls: dict[str, str], name: str, method: str, asked: str
) -> None:
    address = urlsplit(urls[name])
    with socket.create_connection((address.hostname, address.port), timeout=20) as connection:
        connection.sendall(f"{method} /?{asked} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n".encode())
        head, _, body = b"".join(iter(lambda: connection.recv(65_536), b"")).partition(b"\r\n\r\n")
    status, *lines = head.decode("latin-1").split("\r\n")
    headers = {line.partition(":")[0].lower(): line.partition(":")[2].strip() for line in lines}
    assert status.split(" ")[1] == str(ANSWERS[asked].status)
    assert body == (b"" if method == "HEAD" else ANSWERS[asked].body)
    assert "transfer-encoding" not in headers
    # Django leaves the length to the server, and wsgiref ends the answer with the connection.
    allowed = {WITH_LENGTH.get(asked)} | ({None} if name.startswith("Django") else set())
    assert headers.get("content-length") in allowed
