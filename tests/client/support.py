"""Small servers in this process, and the table of behaviours."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any

from attrs import frozen

from stepdsl import Step, from_dict, server
from stepdsl.server import FlowResponse
from stepdsl.server.wsgi import respond
from stepdsl.testing import FlowClient, FlowSession

BUTTON = {"type": "button", "title": "Go", "action": {"url": "/go"}}
"""The button of most steps."""


@frozen
class Request:
    method: str
    target: str
    json: Any
    headers: Mapping[str, str]
    body: bytes


Route = FlowResponse | Step | Mapping[str, Any] | Callable[[Request], Any]
"""The answer to a request: a step as JSON, or a function that returns one of these."""


class Server:
    """A WSGI application. The routes are `GET /x`, or only `/x`. It stores the requests."""

    def __init__(self, routes: Mapping[str, Any]) -> None:
        self.routes = dict(routes)
        self.requests: list[Request] = []

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Any:
        path, method = environ["PATH_INFO"], environ["REQUEST_METHOD"]
        body = environ["wsgi.input"].read()
        headers = {name[5:].replace("_", "-").lower(): text for name, text in environ.items() if name[:5] == "HTTP_"}
        headers["content-type"] = environ.get("CONTENT_TYPE", "")
        is_json = headers["content-type"] == "application/json"
        query = f"?{environ['QUERY_STRING']}" if environ["QUERY_STRING"] else ""
        request = Request(method, path + query, json.loads(body) if is_json else None, headers, body)
        self.requests.append(request)
        route = self.routes.get(f"{method} {path}", self.routes.get(path))
        answer = route(request) if callable(route) and not isinstance(route, Step) else route
        if answer is None:
            answer = server.error("There is nothing here.", status=404)
        if isinstance(answer, Mapping):
            answer = step(**answer)
        return respond(server.step(answer) if isinstance(answer, Step) else answer, start_response, method)

    @property
    def sent(self) -> list[Any]:
        """The JSON of each request after the first one."""
        return [request.json for request in self.requests[1:]]


def step(**parts: Any) -> Step:
    """Return a step of its JSON. It has a title, and a button if it has no layout."""
    return from_dict({"id": "first", "title": "First", "layout": [BUTTON], "schemas": [], **parts})


def form(properties: Mapping[str, Any] | None = None, **parts: Any) -> dict[str, Any]:
    """Return the JSON of a step with a form of these properties, and a button."""
    schema: dict[str, Any] = {"type": "object", "$id": "#form", "properties": dict(properties or {})}
    schema["displayOrder"] = list(schema["properties"])
    schema |= parts.pop("schema", {})
    layout = [{"type": "form", "schemaId": "#form"}, *parts.pop("more", ()), BUTTON]
    return {"id": "first", "title": "First", "layout": layout, "schemas": [schema], **parts}


def start(first: Any, routes: Mapping[str, Any] | None = None, **options: Any) -> tuple[FlowSession, Server]:
    """Start a flow whose server answers `/` with the first step, and the routes."""
    app = Server({"/": first, **(routes or {"/go": server.exit({"done": True})})})
    return FlowClient(app, **options).start("/"), app


TEXT: Mapping[str, Any] = {"type": "string", "title": "Text"}
MANY: Mapping[str, Any] = {"type": "array", "items": TEXT, "addItemTitle": "Add", "editItemTitle": "Edit"}
FILE: Mapping[str, Any] = {
    "type": "string",
    "persistAsync": {"url": "/keep", "param": "file", "idProperty": "id", "method": "POST", "schema": {"type": "blob"}},
}
"""A file that the server stores under `/keep`."""


@frozen
class Row:
    line: str
    words: str
    check: Callable[[], object]

    def __str__(self) -> str:
        return f"{self.line} {self.words}"


class Table:
    """A table of behaviours: the line of the source, what it says, and a function that checks it."""

    def __init__(self) -> None:
        self.rows: list[Row] = []

    def __call__(self, line: str, words: str) -> Callable[[Callable[[], object]], None]:
        def add(check: Callable[[], object]) -> None:
            self.rows.append(Row(line, words, check))

        return add


def raw(body: Any = b"", kind: str | None = None, status: int = 200, **headers: str) -> FlowResponse:
    """Return an answer with any body."""
    data = body if isinstance(body, bytes) else json.dumps(body).encode()
    fields = {name.replace("_", "-"): text for name, text in headers.items()}
    return FlowResponse(status, fields if kind is None else {"X-DF-Response-Type": kind, **fields}, data)
