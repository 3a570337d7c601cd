"""Enums that several families use. Closed ones are stored as members; their strings are accepted as well."""

from __future__ import annotations

from enum import Enum

__all__ = ["Align", "Context", "HttpMethod", "Size"]


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
