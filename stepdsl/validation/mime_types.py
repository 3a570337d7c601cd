"""The MIME types of `accepts`: which files a field takes."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

__all__ = ["is_accepted", "is_content_type", "is_mime_type"]

_MIME_TYPE: Final = re.compile(r"[\w.+-]+/(?:\*|[\w.+-]+)|\*/\*", re.ASCII)


def is_mime_type(entry: str) -> bool:
    """Return whether an entry of `accepts` is a MIME type such as `image/png`, or a range: `image/*`, `*/*`."""
    return _MIME_TYPE.fullmatch(entry) is not None


def is_content_type(text: str) -> bool:
    """Return whether a text is the content type of a file: `image/png`, or with parameters `text/plain; charset=utf-8`.

    It is one line, because it is a header.
    """
    kind, _, parameters = text.partition(";")
    return is_mime_type(kind.strip(" ")) and "*" not in kind and parameters.isprintable()


def is_accepted(content_type: str, accepts: Iterable[str]) -> bool:
    """Return whether `accepts` takes a file with this content type. Case and spaces do not count.

    Clients ignore entries that are no MIME types. If no other entry is left, every file is accepted.
    """
    given = content_type.strip().lower()
    entries = [entry for entry in (one.strip().lower() for one in accepts) if is_mime_type(entry)]
    return not entries or any(_fits(given, entry) for entry in entries)


def _fits(given: str, entry: str) -> bool:
    family = entry.removesuffix("*")
    return entry in ("*/*", given) or (family != entry and given.startswith(family))
