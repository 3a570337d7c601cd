"""Rules for requests: their methods, and the names of the values that they send."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from stepdsl.checking.findings import Severity
from stepdsl.checking.rule import rule
from stepdsl.checking.rules.examples import button
from stepdsl.checking.walk import Problem, Walk
from stepdsl.core.messages import near, show
from stepdsl.model.actions import Action
from stepdsl.model.common import PersistAsync, ValidateAsync
from stepdsl.model.search import SearchLayout, SearchResult

__all__ = ["WITHOUT_BODY"]

WITHOUT_BODY: Final = ("GET", "HEAD")
"""The methods of requests that have no body."""
_METHODS: Final = (*WITHOUT_BODY, "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "QUERY")
_REQUESTS: Final = (PersistAsync, ValidateAsync, SearchLayout, SearchResult.SearchRequest)


def _search(param: str) -> dict[str, Any]:
    return {"layout": [{"type": "search", "title": "Country", "method": "GET", "url": "/countries", "param": param}]}


@rule(
    "unknown-method",
    Severity.WARNING,
    "The method of a request is an HTTP method.",
    why="The client sends the method as it is. A server refuses a request with a method that it does not have, and a "
    "client cannot send a request without a method.",
    failing=button(url="/continue", method="POTS"),
    passing=button(url="/continue", method="POST"),
    on=(Action, *_REQUESTS),
    given=("method",),
)
def _unknown_method(method: str, _: Walk) -> Iterator[Problem]:
    if method.upper() not in _METHODS:
        yield Problem(
            f"{show(method)} is no HTTP method{near(method.upper(), _METHODS)}",
            f"use one of: {', '.join(_METHODS[:6])}",
        )


@rule(
    "empty-request-name",
    Severity.WARNING,
    "A value that a request sends or returns has a name.",
    why="`param` is the name of the value in the request. `idProperty` is the name of the value in the response. "
    "With an empty name, the server and the client do not find the value.",
    failing=_search(""),
    passing=_search("query"),
    on=_REQUESTS,
    given=("param", "id_property"),
)
def _empty_request_name(name: str, at: Walk) -> Iterator[Problem]:
    if not name.strip():
        place = "response" if at.field.name == "id_property" else "request"
        yield Problem("the name is empty", f"give the name that the value has in the {place}")
