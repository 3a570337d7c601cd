"""What the executor asks of an HTTP client and of a clock, for those who bring their own."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, Protocol

from urllib3 import Timeout

__all__ = ["Clock", "Http", "HttpResponse"]


class Clock(Protocol):
    """Tells the time and waits. The module `time` is one; `stepdsl.testing.FakeClock` is one that never waits."""

    def monotonic(self) -> float:
        """Return seconds since any fixed moment; never goes back."""
        ...

    def sleep(self, seconds: float, /) -> object:
        """Return after that many seconds."""
        ...


class HttpResponse(Protocol):
    """An answer whose body has not been read yet. A `close()` method, if there is one, is called on a half-read one."""

    @property
    def status(self) -> int:
        """HTTP status code."""
        ...

    @property
    def headers(self) -> Mapping[str, str]:
        """Headers of the answer; their names may be spelt in any case."""
        ...

    def read(self, amt: int, /) -> bytes:
        """Return the next bytes of the decoded body, at most `amt`; nothing at its end."""
        ...

    def release_conn(self) -> object:
        """Give the connection back for reuse."""
        ...


class Http(Protocol):
    """Sends one request. `urllib3.PoolManager` is one; `stepdsl.testing.ScriptedTransport` is one for tests."""

    def request(
        self,
        method: str,
        url: str,
        /,
        *,
        body: bytes | None,
        headers: Mapping[str, str],
        timeout: Timeout,
        retries: Literal[False],
        redirect: Literal[False],
        preload_content: Literal[False],
    ) -> HttpResponse:
        """Send the request to an absolute URL, follow nothing, repeat nothing, and return without reading the body.

        Raises an OSError, a ValueError or one of urllib3's errors when there is no answer; all of them count as a
        failure of the transport. Anything else is a mistake in the client and leaves `run`.
        """
        ...
