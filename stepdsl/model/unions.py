"""The unions of the documented API: a base class each.

The bases hold no properties of their own, so that a list of layouts can be checked without loading any layout. Where
the documentation names a union only as the place of its members (`Icon.Named`, `Media.Image`), the base is `AnyIcon`
and the like. What carries a member that this library does not know stands in `stepdsl.model.unknown`.
"""

from __future__ import annotations

from stepdsl.core.model import Model, model
from stepdsl.core.provenance import Generation

__all__ = [
    "AnyAvatarContent",
    "AnyIcon",
    "AnyMedia",
    "AnySearchResult",
    "Behavior",
    "LaunchConfig",
    "Layout",
    "Schema",
    "SearchInitialState",
    "SearchResponse",
]


@model(union=True, component=True)
class Layout(Model):
    """Base of all layouts: what a step shows (core and core2). Told apart by `type` on the wire."""


@model(union=True, component=True)
class Schema(Model):
    """Base of all schemas: the data a step collects (core and core2).

    Told apart on the wire by `type`, or by the presence of `oneOf`, `allOf` or `const`; a list and a tuple, both of
    the type array, by what `items` holds.
    """


@model(union=True, generation=Generation.CORE2)
class Behavior(Model):
    """Base of all behaviors: what happens when a component is used, a link matches or polling fails (core2).

    Told apart by `type` on the wire. Takes the place of the plain action of the core generation.
    """


@model(union=True, documented=False)
class AnyIcon(Model):
    """Base of all icons, `Icon.Named` and `Icon.Text` (core and core2). Told apart by the property that is there."""


@model(union=True, documented=False, generation=Generation.CORE2)
class AnyMedia(Model):
    """Base of all media, `Media.Image` and `Media.Avatar` (core2): what stands for a field or an item.

    Told apart by `type` on the wire; the tags were seen on no page. Takes the place of icons and images.
    """


@model(union=True, documented=False, generation=Generation.CORE2)
class AnyAvatarContent(Model):
    """Base of what an avatar may hold, `Media.Avatar.Content.Uri` and `Media.Avatar.Content.Text` (core2).

    Told apart by `type` on the wire; the tags were seen on no page.
    """


@model(union=True, documented=False)
class AnySearchResult(Model):
    """Base of all search results, `SearchResult.Action` and `SearchResult.Search` (core and core2).

    Told apart by `type` on the wire.
    """


@model(union=True, generation=Generation.CORE2)
class SearchResponse(Model):
    """Base of what a search endpoint may answer: results or layouts (core2). Told apart by `type` on the wire.

    Only the name was seen on a page. The core generation knows results alone: `SearchResponseBody`.
    """


@model(union=True, generation=Generation.CORE2)
class SearchInitialState(Model):
    """Base of what a search shows while its query is empty: results or layouts (core2).

    Told apart by `type` on the wire. Only the name was seen on a page.
    """


@model(union=True, generation=Generation.CORE2)
class LaunchConfig(Model):
    """Base of the ways to launch a subflow (core2). Told apart by `type` on the wire.

    Of `DynamicLaunchConfig` only the name was seen: `UnknownLaunchConfig` carries it.
    """
