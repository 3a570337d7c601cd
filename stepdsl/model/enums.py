"""Enums that several families use. A closed property stores the member of its enum. It also accepts the string."""

from __future__ import annotations

from enum import StrEnum
from typing import Final

from stepdsl.core.model import Namespace

__all__ = ["Align", "Context", "Control", "HttpMethod", "Size"]


class Align(StrEnum):
    """Horizontal alignment of content (core, core2)."""

    CENTER = "center"
    """In the middle."""
    LEFT = "left"
    """At the left, or at the start of the line."""
    RIGHT = "right"
    """At the right, or at the end of the line."""


class Context(StrEnum):
    """Sentiment of a component (core, core2). The client chooses the look. Two values may have the same look."""

    NEGATIVE = "negative"
    """Something is wrong or will be lost."""
    NEUTRAL = "neutral"
    """No particular sentiment."""
    POSITIVE = "positive"
    """Success."""
    WARNING = "warning"
    """Something needs attention."""


class Size(StrEnum):
    """Relative size (core, core2). The client chooses the actual size. Two values may have the same size."""

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


class HttpMethod(StrEnum):
    """Constants for properties with an HTTP method (core2). These properties accept any other string too.

    PUT, PATCH and DELETE were seen on no page.
    """

    GET = "GET"
    """Fetches data. The request has no body."""
    POST = "POST"
    """Submits data."""
    PUT = "PUT"
    """Replaces data."""
    PATCH = "PATCH"
    """Changes a part of the data."""
    DELETE = "DELETE"
    """Deletes data."""


class Control(Namespace):
    """The documented values of `control` (core, core2). Any other string is allowed.

    Clients ignore an unknown value.
    """

    class Layout(Namespace):
        """Controls of layouts."""

        class Button(Namespace):
            """Controls of `ButtonLayout`: the importance of the button."""

            PRIMARY: Final = "primary"
            """The main action."""
            SECONDARY: Final = "secondary"
            """An alternative action."""
            TERTIARY: Final = "tertiary"
            """An action that few users need."""

        class Heading(Namespace):
            """Controls of `HeadingLayout`."""

            DISPLAY: Final = "display"
            """A large headline, such as on a success screen."""

        class Search(Namespace):
            """Controls of `SearchLayout`."""

            INLINE: Final = "inline"
            """Shows the results in a list below the field (web only)."""

    class Schema(Namespace):
        """Controls of schemas."""

        class String(Namespace):
            """Controls of `StringSchema`."""

            DATE_LOOKUP: Final = "date-lookup"
            """Shows a calendar, for the format date."""
            PASSWORD: Final = "password"
            """Hides the typed characters. Use it with an autocomplete hint for a password."""
