"""The formats of strings that have a structure of their own. Lengths and patterns do not apply to them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from typing import Final, TypeAlias, TypeGuard

from stepdsl.model.schemas import StringSchema
from stepdsl.validation.mime_types import is_accepted

__all__ = ["BrokenFormat", "broken_format", "has_structure", "is_date"]

_FORMATS: Final = frozenset(StringSchema.Format)
_DATE: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_PATTERNS: Final = {
    StringSchema.Format.EMAIL: re.compile(r"[^@\s]+@[^@\s]+"),
    StringSchema.Format.NUMERIC: re.compile(r"[0-9.]+"),
    # Web clients submit a data URL.
    StringSchema.Format.BASE64URL: re.compile(r"(?:data:[^,]*,)?[A-Za-z0-9+/_-]*={0,2}"),
}
_CONTENT_TYPE: Final = re.compile(r"data:([^;,]+)")

BrokenFormat: TypeAlias = tuple[str, str | None]
"""A keyword that a text breaks, and its limit if it has one."""


def has_structure(format: str | None) -> TypeGuard[str]:
    """Return whether a format has a structure of its own: all documented formats have one."""
    return format in _FORMATS


def broken_format(
    text: str,
    format: str,
    minimum: str | None = None,
    maximum: str | None = None,
    accepts: Sequence[str] | None = None,
) -> BrokenFormat | None:
    """Return what a text breaks of its format, the limits of dates and the MIME types of uploads; None if it fits.

    A limit that is not a date does not apply. The MIME type of an upload is known only from a data URL.
    """
    if format == StringSchema.Format.DATE:
        if not is_date(text):
            return "format", None
        if minimum is not None and is_date(minimum) and text < minimum:
            return "minimum", minimum
        if maximum is not None and is_date(maximum) and text > maximum:
            return "maximum", maximum
        return None
    if not _PATTERNS[StringSchema.Format(format)].fullmatch(text):
        return "format", None
    sent = _CONTENT_TYPE.match(text)
    if format == StringSchema.Format.BASE64URL and accepts and sent is not None and not is_accepted(sent[1], accepts):
        return "accepts", ", ".join(accepts)
    return None


def is_date(text: str) -> bool:
    """Return whether a text is a date of the form YYYY-MM-DD."""
    if not _DATE.fullmatch(text):
        return False
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True
