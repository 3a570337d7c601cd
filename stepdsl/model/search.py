"""Search: the layout, what its endpoint answers, and what is shown before the first query."""

from __future__ import annotations

from collections.abc import Sequence
from enum import Enum
from typing import TYPE_CHECKING, ClassVar

from stepdsl.core.model import Model, field, model
from stepdsl.core.provenance import Generation
from stepdsl.model.layouts import LayoutProperties
from stepdsl.model.unions import AnyIcon, AnyMedia, AnySearchResult, Layout, SearchInitialState, SearchResponse

if TYPE_CHECKING:
    from stepdsl.model import declarations as b
    from stepdsl.model.actions import Action
    from stepdsl.model.layouts import ImageLayout

__all__ = [
    "SearchInitialLayoutConfig",
    "SearchInitialResultsConfig",
    "SearchLayout",
    "SearchLayoutResponseBody",
    "SearchResponseBody",
    "SearchResult",
    "SearchResultProperties",
    "SearchResultsResponseBody",
]


@model(tag="search")
class SearchLayout(LayoutProperties):
    """A search field that asks an endpoint and offers what it finds (core, core2).

    For more choices than a step can hold; for a few there is `DecisionLayout`.
    """

    build: ClassVar[b.SearchLayoutOpener]

    title: str
    """The label of the field."""
    method: str
    """HTTP method, any string. GET puts the query into the URL, any other one into a JSON body."""
    url: str
    """What is asked: absolute, or relative to the flow's base URL."""
    param: str
    """Name under which the query is sent."""
    empty_message: str | None = None
    """What to show when nothing was found, in markdown."""
    hint: str | None = field(default=None, generation=Generation.CORE2)
    """Advice on what can be searched for. Its name was lost on the page and is deduced."""
    initial_state: SearchInitialState | None = field(default=None, generation=Generation.CORE2)
    """What is shown while the query is empty. Its name was lost on the page and is deduced."""


@model(mixin=True)
class SearchResultProperties(AnySearchResult):
    """What all search results have in common (core, core2)."""

    title: str
    """What the user sees."""
    description: str | None = None
    """More that the user sees."""
    icon: AnyIcon | None = None
    """Stands for the result."""
    image: ImageLayout | None = field(default=None, recognised_by="url")
    """Stands for the result. Later pages have another type here; what has no `url` goes to `extra`."""
    media: AnyMedia | None = field(default=None, generation=Generation.CORE2)
    """Stands for the result."""


class SearchResult:
    """The search results: each an action, or another search. `AnySearchResult` is the base of both."""

    class Type(str, Enum):
        """What choosing a search result does, its tag on the wire (core, core2)."""

        ACTION = "action"
        """Performs an action."""
        SEARCH = "search"
        """Searches again."""

    @model
    class SearchRequest(Model):
        """A search to make (core, core2)."""

        build: ClassVar[b.SearchResultSearchRequestOpener]

        method: str
        """HTTP method, any string. GET puts the query into the URL, any other one into a JSON body."""
        url: str
        """What is asked: absolute, or relative to the flow's base URL."""
        param: str
        """Name under which the query is sent."""
        query: str
        """What is searched for."""

    @model(tag="action")
    class Action(SearchResultProperties):
        """A result that performs an action (core, core2)."""

        build: ClassVar[b.SearchResultActionOpener]

        value: Action
        """Performed when the result is chosen."""

    @model(tag="search")
    class Search(SearchResultProperties):
        """A result that searches again: a group of results, or the next page of them (core, core2)."""

        build: ClassVar[b.SearchResultSearchOpener]

        value: SearchResult.SearchRequest
        """The search that is made when the result is chosen."""


@model
class SearchResponseBody(Model):
    """What a search endpoint answers (core, core2); core2 has `SearchResponse` besides."""

    build: ClassVar[b.SearchResponseBodyOpener]

    results: Sequence[AnySearchResult]
    """What was found. For an empty list the client shows the layout's `empty_message`."""


@model(tag="results", generation=Generation.CORE2)
class SearchResultsResponseBody(SearchResponse):
    """A search answer made of results (core2). Only the name was seen on a page."""

    build: ClassVar[b.SearchResultsResponseBodyOpener]

    results: Sequence[AnySearchResult]
    """What was found. Seen on no page."""


@model(tag="layout", generation=Generation.CORE2)
class SearchLayoutResponseBody(SearchResponse):
    """A search answer made of layouts (core2). Only the name was seen on a page."""

    build: ClassVar[b.SearchLayoutResponseBodyOpener]

    layout: Sequence[Layout]
    """What is shown in place of results, from top to bottom. Seen on no page."""


@model(tag="results", generation=Generation.CORE2)
class SearchInitialResultsConfig(SearchInitialState):
    """Results that are shown while the query is empty (core2). Only the name was seen on a page."""

    build: ClassVar[b.SearchInitialResultsConfigOpener]

    results: Sequence[AnySearchResult]
    """What is offered. Seen on no page."""


@model(tag="layout", generation=Generation.CORE2)
class SearchInitialLayoutConfig(SearchInitialState):
    """Layouts that are shown while the query is empty (core2). Only the name was seen on a page."""

    build: ClassVar[b.SearchInitialLayoutConfigOpener]

    layout: Sequence[Layout]
    """What is shown, from top to bottom. Seen on no page."""
