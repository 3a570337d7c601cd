"""The carriers of what this library does not know: a class for each union, so that nothing that is read is lost.

Each refuses what would be read as a member that the library does know.
"""

from __future__ import annotations

from stepdsl.core.model import model
from stepdsl.model.unions import (
    AnyAvatarContent,
    AnyIcon,
    AnyMedia,
    AnySearchResult,
    Behavior,
    LaunchConfig,
    Layout,
    Schema,
    SearchInitialState,
    SearchResponse,
)

__all__ = [
    "UnknownAvatarContent",
    "UnknownBehavior",
    "UnknownIcon",
    "UnknownLaunchConfig",
    "UnknownLayout",
    "UnknownMedia",
    "UnknownSchema",
    "UnknownSearchInitialState",
    "UnknownSearchResponse",
    "UnknownSearchResult",
]


@model(unknown=True)
class UnknownLayout(Layout):
    """A layout that this library does not know, kept as it came: its tag, and all else in `extra`.

    Raises InvalidValueError for the tag of one that the library does know.
    """

    type: str
    """The wire tag."""


@model(unknown=True)
class UnknownSchema(Schema):
    """A schema that this library does not know, kept as it came: its tag, if it has one, and all else in `extra`.

    Raises InvalidValueError for what would be read as one that the library does know.
    """

    type: str | None = None
    """The wire tag; None where there is none."""


@model(unknown=True)
class UnknownBehavior(Behavior):
    """A behavior that this library does not know, kept as it came: its tag, and all else in `extra`.

    Raises InvalidValueError for the tag of one that the library does know.
    """

    type: str
    """The wire tag."""


@model(unknown=True)
class UnknownIcon(AnyIcon):
    """An icon that this library does not know, kept as it came: all of it in `extra`.

    Raises InvalidValueError for what would be read as one that the library does know.
    """


@model(unknown=True)
class UnknownMedia(AnyMedia):
    """A medium that this library does not know, kept as it came: its tag, and all else in `extra`.

    Raises InvalidValueError for the tag of one that the library does know.
    """

    type: str
    """The wire tag."""


@model(unknown=True)
class UnknownAvatarContent(AnyAvatarContent):
    """A content of an avatar that this library does not know, kept as it came: its tag, and all else in `extra`.

    Raises InvalidValueError for the tag of one that the library does know.
    """

    type: str
    """The wire tag."""


@model(unknown=True)
class UnknownSearchResult(AnySearchResult):
    """A search result that this library does not know, kept as it came: its tag, and all else in `extra`.

    Raises InvalidValueError for the tag of one that the library does know.
    """

    type: str
    """The wire tag."""


@model(unknown=True)
class UnknownSearchResponse(SearchResponse):
    """A search response that this library does not know, kept as it came: its tag, and all else in `extra`.

    Raises InvalidValueError for the tag of one that the library does know.
    """

    type: str
    """The wire tag."""


@model(unknown=True)
class UnknownSearchInitialState(SearchInitialState):
    """An initial state of a search that this library does not know, kept as it came: its tag, and all else in `extra`.

    Raises InvalidValueError for the tag of one that the library does know.
    """

    type: str
    """The wire tag."""


@model(unknown=True)
class UnknownLaunchConfig(LaunchConfig):
    """A way to launch a subflow that this library does not know, kept as it came: its tag, and all else in `extra`.

    Raises InvalidValueError for the tag of one that the library does know.
    """

    type: str
    """The wire tag."""
