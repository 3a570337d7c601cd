"""The answers of transports that need no socket."""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping

from urllib3 import HTTPHeaderDict

__all__ = ["InProcessResponse"]


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
