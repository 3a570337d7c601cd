"""Search: the layout, the responses of its endpoint, and the content before the first query."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from typing import TYPE_CHECKING, ClassVar

from stepdsl.core.model import Model, Namespace, field, model
from stepdsl.core.provenance import Generation, Source
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
    """A search field that sends a query to an endpoint and shows the results (core, core2).

    Use it if a step cannot contain all choices. For a few choices, use `DecisionLayout`.
    """

    build: ClassVar[b.SearchLayoutOpener]

    title: str
    """Label of the field."""
    method: str
    """HTTP method, any string. GET sends the query in the URL, any other method in a JSON body."""
    url: str
    """URL of the endpoint: absolute, or relative to the base URL of the flow."""
    param: str
    """Name of the query in the request."""
    empty_message: str | None = None
    """Text for a search without results, in markdown."""
    hint: str | None = field(default=None, generation=Generation.CORE2, source=Source.DEDUCED_NAME)
    """Help text: what the user can search for."""
    initial_state: SearchInitialState | None = field(
        default=None, generation=Generation.CORE2, source=Source.DEDUCED_NAME
    )
    """Content while the query is empty."""


@model(mixin=True)
class SearchResultProperties(AnySearchResult):
    """Common properties of all search results (core, core2)."""

    title: str
    """Title of the result."""
    description: str | None = None
    """Description of the result."""
    icon: AnyIcon | None = None
    """Icon of the result."""
    image: ImageLayout | None = field(default=None, recognised_by="url")
    """Image of the result. Later pages have another type here: an object without `url` is in `extra`."""
    media: AnyMedia | None = field(default=None, generation=Generation.CORE2)
    """Media of the result."""


class SearchResult(Namespace):
    """The search results: an action, or another search. `AnySearchResult` is the base class of both."""

    class Type(StrEnum):
        """What happens when the user chooses a result (core, core2). It is the tag on the wire."""

        ACTION = "action"
        """The client performs an action."""
        SEARCH = "search"
        """The client searches again."""

    @model
    class SearchRequest(Model):
        """A request to a search endpoint (core, core2)."""

        build: ClassVar[b.SearchResultSearchRequestOpener]

        method: str
        """HTTP method, any string. GET sends the query in the URL, any other method in a JSON body."""
        url: str
        """URL of the endpoint: absolute, or relative to the base URL of the flow."""
        param: str
        """Name of the query in the request."""
        query: str
        """Text to search for."""

    @model(tag="action")
    class Action(SearchResultProperties):
        """A result that performs an action (core, core2)."""

        build: ClassVar[b.SearchResultActionOpener]

        value: Action
        """Performed when the user chooses the result."""

    @model(tag="search")
    class Search(SearchResultProperties):
        """A result that starts another search (core, core2): for a group of results, or for their next page."""

        build: ClassVar[b.SearchResultSearchOpener]

        value: SearchResult.SearchRequest
        """The search that starts when the user chooses the result."""


@model
class SearchResponseBody(Model):
    """Response of a search endpoint (core, core2). core2 also has `SearchResponse`."""

    build: ClassVar[b.SearchResponseBodyOpener]

    results: Sequence[AnySearchResult]
    """Results of the search. For an empty list, the client shows the `empty_message` of the layout."""


@model(tag="results", generation=Generation.CORE2, source=Source.NAME_ONLY)
class SearchResultsResponseBody(SearchResponse):
    """A search response with results (core2)."""

    build: ClassVar[b.SearchResultsResponseBodyOpener]

    results: Sequence[AnySearchResult] = field(source=Source.RECALLED)
    """Results of the search."""


@model(tag="layout", generation=Generation.CORE2, source=Source.NAME_ONLY)
class SearchLayoutResponseBody(SearchResponse):
    """A search response with layouts (core2)."""

    build: ClassVar[b.SearchLayoutResponseBodyOpener]

    layout: Sequence[Layout] = field(source=Source.RECALLED)
    """Layouts that replace the results, from top to bottom."""


@model(tag="results", generation=Generation.CORE2, source=Source.NAME_ONLY)
class SearchInitialResultsConfig(SearchInitialState):
    """Results to show while the query is empty (core2)."""

    build: ClassVar[b.SearchInitialResultsConfigOpener]

    results: Sequence[AnySearchResult] = field(source=Source.RECALLED)
    """Results to show."""


@model(tag="layout", generation=Generation.CORE2, source=Source.NAME_ONLY)
class SearchInitialLayoutConfig(SearchInitialState):
    """Layouts to show while the query is empty (core2)."""

    build: ClassVar[b.SearchInitialLayoutConfigOpener]

    layout: Sequence[Layout] = field(source=Source.RECALLED)
    """Layouts to show, from top to bottom."""
