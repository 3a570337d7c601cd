"""Searches: the request, and what its answer shows."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from stepdsl.core.json import is_object
from stepdsl.core.messages import near, show
from stepdsl.core.unions import unknown_tag
from stepdsl.errors import WireError
from stepdsl.executor.transport import Answer, TransportError
from stepdsl.model.search import (
    SearchInitialLayoutConfig,
    SearchInitialResultsConfig,
    SearchLayout,
    SearchLayoutResponseBody,
    SearchResponseBody,
    SearchResult,
    SearchResultsResponseBody,
)
from stepdsl.model.unions import AnySearchResult, SearchResponse
from stepdsl.testing.flows.answers import GENERIC_MESSAGE, document_of, error_of
from stepdsl.testing.flows.errors import ImpossibleMoveError
from stepdsl.testing.flows.exchanges import Sender
from stepdsl.testing.flows.state import Screen, SearchContent
from stepdsl.testing.flows.violations import MAX_DETAIL, ViolationError
from stepdsl.wire import from_dict

__all__ = ["find_result", "find_search", "results_of", "search", "select_search", "title_of"]


def find_search(screen: Screen, title: str | None) -> SearchContent:
    """Return the search on the screen with a title, or the only one. Raises ImpossibleMoveError if there is none."""
    found = screen.searches
    if not found:
        raise ImpossibleMoveError("there is no search on the screen")
    fitting = [content for content in found if title is None or content.layout.title == title]
    if len(fitting) == 1:
        return fitting[0]
    titles = list(dict.fromkeys(content.layout.title for content in found))
    named = ", ".join(map(show, titles))
    if not fitting:
        raise ImpossibleMoveError(
            f"no search has the title {show(title)}{near(title, titles) or f'; there are {named}'}"
        )
    if len(titles) == 1 or title is not None:
        raise ImpossibleMoveError(f"{len(fitting)} searches have the title {show(fitting[0].layout.title)}")
    raise ImpossibleMoveError(f"there are several searches on the screen; write at= with one of {named}")


def search(sender: Sender, screen: Screen, content: SearchContent, term: str, *, strict: bool) -> SearchContent:
    """Search for a term. An empty one shows the initial state of the search. Return what the search shows."""
    layout = content.layout
    if not term:
        found = SearchContent.initial(layout)
    else:
        request = SearchResult.SearchRequest(method=layout.method, url=layout.url, param=layout.param, query=term)
        found = _answered(sender, layout, request, strict=strict)
    screen.searched[layout] = found
    return found


def select_search(sender: Sender, screen: Screen, result: SearchResult.Search, *, strict: bool) -> None:
    """Start the search of a result. Its results replace those that are shown."""
    layout = next(content.layout for content in screen.searches if result in content.results)
    screen.searched[layout] = _answered(sender, layout, result.value, strict=strict)


def results_of(screen: Screen) -> list[AnySearchResult]:
    """Return the results of all searches on the screen."""
    return [result for content in screen.searches for result in content.results]


def find_result(screen: Screen, wanted: AnySearchResult | str) -> AnySearchResult:
    """Return a result that is shown, by its title or as an object.

    Raises ImpossibleMoveError if it is not shown, and for a title that several different ones have.
    """
    results = results_of(screen)
    found = [result for result in results if wanted in (result, title_of(result))]
    if any(result != found[0] for result in found):
        others = "they do different things; select one of session.results"
        raise ImpossibleMoveError(f"{len(found)} results have the title {show(wanted)}, and {others}")
    if found:
        return found[0]
    titles = [title_of(result) for result in results]
    others = near(wanted, titles) or (f"; there are {', '.join(map(show, titles))}" if titles else "; there are none")
    raise ImpossibleMoveError(f"no result {show(wanted if isinstance(wanted, str) else title_of(wanted))}{others}")


def title_of(result: AnySearchResult) -> str:
    """Return the title of a result, as `select` takes it."""
    title: Any = result.__dict__.get("title", result.extra.get("title"))
    return str(title)


def _answered(
    sender: Sender, layout: SearchLayout, request: SearchResult.SearchRequest, *, strict: bool
) -> SearchContent:
    """Send the request of a search. Return what the search shows after the answer."""
    method, url = request.method, request.url
    if method.upper() == "GET":
        before, hash_sign, fragment = url.partition("#")
        mark = "&" if "?" in before else "?"
        url = f"{before}{mark}{quote(request.param, safe='')}={quote(request.query, safe='')}{hash_sign}{fragment}"
    try:
        answer = sender.send_json("search", method, url, {request.param: request.query}).answer
    except TransportError:
        return SearchContent(layout, message=GENERIC_MESSAGE)
    if not answer.ok:
        return SearchContent(layout, message=error_of(answer, strict=strict).message or GENERIC_MESSAGE)
    try:
        return _content(layout, answer)
    except WireError as error:
        if strict:
            raise ViolationError("search-answer", str(error)[:MAX_DETAIL]) from None
        return SearchContent(layout, message=GENERIC_MESSAGE)


def _content(layout: SearchLayout, answer: Answer) -> SearchContent:
    """Return what an answer shows. An answer without a type has results. Raises WireError for anything else."""
    document = document_of(answer)
    if not is_object(document) or "type" not in document:
        return SearchContent(
            layout, SearchInitialResultsConfig(results=from_dict(document, SearchResponseBody).results)
        )
    match from_dict(document, SearchResponse):
        case SearchResultsResponseBody(results=results):
            return SearchContent(layout, SearchInitialResultsConfig(results=results))
        case SearchLayoutResponseBody(layout=content):
            return SearchContent(layout, SearchInitialLayoutConfig(layout=content))
        case other:
            raise WireError([("type", f"no search response has the type {show(unknown_tag(other))}")])
