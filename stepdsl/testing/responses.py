"""The answers of transports that need no socket."""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping
from typing import Any, Final

from urllib3 import HTTPHeaderDict

from stepdsl.headers import HEADER_NAME, HEADER_VALUE

__all__ = ["EXPECTED_HEADER", "MAX_ANSWER", "InProcessResponse", "is_header", "is_pair"]

EXPECTED_HEADER: Final = "expected a name and Latin-1 text on one line"
"""What a header has to be, for messages."""

MAX_ANSWER: Final = 64 * 1024 * 1024
"""The greatest size of the body that an application in this process can send, in bytes."""


class InProcessResponse:
    """An answer that was made in this process, with the attributes of a urllib3 response that an executor uses."""

    def __init__(
        self, status: int, headers: Iterable[tuple[str, str]], body: bytes, error: Exception | None = None
    ) -> None:
        """Take the status, the headers in order, the whole body, and what an application raised after the answer."""
        self.error = error
        self.status: int = status
        self.headers: Mapping[str, str] = HTTPHeaderDict(headers)
        self._body = io.BytesIO(body)

    def read(self, amt: int | None = None, /) -> bytes:
        """Return the next bytes of the body; all that are left without `amt`."""
        return self._body.read(amt)

    def release_conn(self) -> None:
        """Do nothing: there is no connection."""


def is_pair(header: Any, of: type, *kinds: type) -> bool:
    """Return whether a header is a sequence of one of the classes `kinds` with two items of the class `of`."""
    return issubclass(type(header), kinds) and len(header) == 2 and all(isinstance(part, of) for part in header)


def is_header(name: str, value: str) -> bool:
    """Return whether a header can be sent: a name, and Latin-1 text on one line."""
    return HEADER_NAME.fullmatch(name) is not None and HEADER_VALUE.fullmatch(value) is not None
