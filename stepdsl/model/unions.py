"""The unions of the documented API: one base class for each union.

The base classes have no properties of their own. So the library can check a list of layouts before it imports any
layout. For some unions the documentation has no name, only names for the members (`Icon.Named`, `Media.Image`). The
base classes of these are named `AnyIcon` and so on. `stepdsl.model.unknown` has the classes for unknown members.
"""

from __future__ import annotations

from stepdsl.core.model import Model, model
from stepdsl.core.provenance import Generation, Source

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
    """Base class of all layouts: what a step shows (core and core2). The discriminator is `type`."""


@model(union=True, component=True, decisive=("object", "array", "oneOf", "allOf", "const"))
class Schema(Model):
    """Base class of all schemas: the data that a step collects (core and core2).

    The first of these that a document has is its discriminator: the type object or array, `oneOf`, `allOf`, `const`,
    any other type. A schema with `oneOf`, `allOf` or `const` may have a `type` beside it, which is in `extra`. Lists
    and tuples both have the type array: `items` is an object in a list and an array in a tuple.
    """


@model(union=True, generation=Generation.CORE2)
class Behavior(Model):
    """Base class of all behaviors: what happens when a component is used, a link matches or polling fails (core2).

    The discriminator is `type`. A behavior replaces the plain action of the core generation.
    """


@model(union=True, documented=False)
class AnyIcon(Model):
    """Base class of all icons, `Icon.Named` and `Icon.Text` (core and core2).

    The discriminator is the presence of `name` or `text`.
    """


@model(union=True, documented=False, generation=Generation.CORE2, source=Source.NO_TAG)
class AnyMedia(Model):
    """Base class of all media, `Media.Image` and `Media.Avatar` (core2): a small picture for a field or an item.

    The discriminator is `type`. Media replace icons and images.
    """


@model(union=True, documented=False, generation=Generation.CORE2, source=Source.NO_TAG)
class AnyAvatarContent(Model):
    """Base class of the contents of an avatar (core2): `Media.Avatar.Content.Uri` and `Media.Avatar.Content.Text`.

    The discriminator is `type`.
    """


@model(union=True, documented=False)
class AnySearchResult(Model):
    """Base class of all search results, `SearchResult.Action` and `SearchResult.Search` (core and core2).

    The discriminator is `type`.
    """


@model(union=True, generation=Generation.CORE2, source=Source.NAME_ONLY)
class SearchResponse(Model):
    """Base class of the responses of a search endpoint: results or layouts (core2).

    The discriminator is `type`. The core generation has results only: `SearchResponseBody`.
    """


@model(union=True, generation=Generation.CORE2, source=Source.NAME_ONLY)
class SearchInitialState(Model):
    """Base class of what a search shows while the query is empty: results or layouts (core2).

    The discriminator is `type`.
    """


@model(union=True, generation=Generation.CORE2)
class LaunchConfig(Model):
    """Base class of the methods to launch a subflow (core2). The discriminator is `type`.

    This library has no class for `DynamicLaunchConfig`; it is read as `UnknownLaunchConfig`.
    """
