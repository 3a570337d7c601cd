"""Enums that several families use. Closed ones are stored as members; their strings are accepted as well."""

from __future__ import annotations

from enum import Enum
from typing import Final

__all__ = ["Align", "Context", "Control", "HttpMethod", "Size"]


class Align(str, Enum):
    """Where content stands horizontally (core, core2)."""

    CENTER = "center"
    """In the middle."""
    LEFT = "left"
    """At the left, or the start of the line."""
    RIGHT = "right"
    """At the right, or the end of the line."""


class Context(str, Enum):
    """The sentiment of a component; its look is the client's choice, and two may look alike (core, core2)."""

    NEGATIVE = "negative"
    """Something is wrong or will be lost."""
    NEUTRAL = "neutral"
    """No particular sentiment."""
    POSITIVE = "positive"
    """Something went well."""
    WARNING = "warning"
    """Something needs care."""


class Size(str, Enum):
    """A relative size; what it comes to is the client's choice, and two may be equal (core, core2)."""

    LG = "lg"
    """Large."""
    MD = "md"
    """Medium."""
    SM = "sm"
    """Small."""
    XL = "xl"
    """Extra large."""
    XS = "xs"
    """Extra small."""


class HttpMethod(str, Enum):
    """Constants for properties that hold an HTTP method, which are open-ended: any string may stand there.

    A type of core2, where GET and POST were seen; PUT, PATCH and DELETE were seen on no page.
    """

    GET = "GET"
    """Fetches; has no body."""
    POST = "POST"
    """Submits."""
    PUT = "PUT"
    """Replaces. Seen on no page."""
    PATCH = "PATCH"
    """Changes in part. Seen on no page."""
    DELETE = "DELETE"
    """Deletes. Seen on no page."""


class Control:
    """The values of `control` that the documentation knows (core, core2); any other string is allowed.

    A client ignores a control that it does not know.
    """

    class Layout:
        """Controls of layouts."""

        class Button:
            """Controls of `ButtonLayout`: how important it is."""

            PRIMARY: Final = "primary"
            """The main way on."""
            SECONDARY: Final = "secondary"
            """Another way on."""
            TERTIARY: Final = "tertiary"
            """A way that few take."""

        class Heading:
            """Controls of `HeadingLayout`."""

            DISPLAY: Final = "display"
            """A large headline, as on a screen of success."""

        class Search:
            """Controls of `SearchLayout`."""

            INLINE: Final = "inline"
            """Shows the results in a list below the field (web only)."""

    class Schema:
        """Controls of schemas."""

        class String:
            """Controls of `StringSchema`."""

            DATE_LOOKUP: Final = "date-lookup"
            """A calendar, for the format date."""
            PASSWORD: Final = "password"
            """Hides what is typed; beside an autocomplete hint for a password."""
