"""Classes for unknown members of unions: one class for each union. Nothing that was read is lost.

The constructors raise InvalidValueError for a member that has a class of its own. With `strict=False` a document is
read that does not fit that class: it is in an object of these classes then, and its `type` may be None.
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
    """A layout that has no class in this library. `extra` has all its properties except `type`.

    Raises InvalidValueError for a tag that has a class in this library.
    """

    type: str
    """The wire tag."""


@model(unknown=True)
class UnknownSchema(Schema):
    """A schema that has no class in this library. `extra` has all its properties except `type`.

    Raises InvalidValueError for an object that is read as another class of this library.
    """

    type: str | None = None
    """The wire tag, or None if the schema has no tag."""


@model(unknown=True)
class UnknownBehavior(Behavior):
    """A behavior that has no class in this library. `extra` has all its properties except `type`.

    Raises InvalidValueError for a tag that has a class in this library.
    """

    type: str
    """The wire tag."""


@model(unknown=True)
class UnknownIcon(AnyIcon):
    """An icon that has no class in this library. `extra` has all its properties.

    Raises InvalidValueError for an object that is read as another class of this library.
    """


@model(unknown=True)
class UnknownMedia(AnyMedia):
    """A medium that has no class in this library. `extra` has all its properties except `type`.

    Raises InvalidValueError for a tag that has a class in this library.
    """

    type: str
    """The wire tag."""


@model(unknown=True)
class UnknownAvatarContent(AnyAvatarContent):
    """A content of an avatar that has no class in this library. `extra` has all its properties except `type`.

    Raises InvalidValueError for a tag that has a class in this library.
    """

    type: str
    """The wire tag."""


@model(unknown=True)
class UnknownSearchResult(AnySearchResult):
    """A search result that has no class in this library. `extra` has all its properties except `type`.

    Raises InvalidValueError for a tag that has a class in this library.
    """

    type: str
    """The wire tag."""


@model(unknown=True)
class UnknownSearchResponse(SearchResponse):
    """A search response that has no class in this library. `extra` has all its properties except `type`.

    Raises InvalidValueError for a tag that has a class in this library.
    """

    type: str
    """The wire tag."""


@model(unknown=True)
class UnknownSearchInitialState(SearchInitialState):
    """An initial state of a search that has no class in this library. `extra` has all its properties except `type`.

    Raises InvalidValueError for a tag that has a class in this library.
    """

    type: str
    """The wire tag."""


@model(unknown=True)
class UnknownLaunchConfig(LaunchConfig):
    """A launch config that has no class in this library. `extra` has all its properties except `type`.

    Raises InvalidValueError for a tag that has a class in this library.
    """

    type: str
    """The wire tag."""
