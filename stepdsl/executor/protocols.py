"""The methods that the executor needs from an HTTP client and from a clock. Your own classes need these methods."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, Protocol

from urllib3 import Timeout

__all__ = ["Clock", "Http", "HttpResponse"]


class Clock(Protocol):
    """Returns the time and sleeps. The module `time` is a clock. `stepdsl.testing.FakeClock` is one without waiting."""

    def monotonic(self) -> float:
        """Return the seconds since any fixed moment. The value never decreases."""
        ...

    def sleep(self, seconds: float, /) -> object:
        """Wait for this number of seconds."""
        ...


class HttpResponse(Protocol):
    """An answer. Its body is not read yet. If it has a `close()` method, the executor calls it after a partial read."""

    @property
    def status(self) -> int:
        """HTTP status code."""
        ...

    @property
    def headers(self) -> Mapping[str, str]:
        """Headers of the answer. The names can be in upper or lower case."""
        ...

    def read(self, amt: int, /) -> bytes:
        """Return the next bytes of the decoded body, at most `amt`; empty bytes at the end."""
        ...

    def release_conn(self) -> object:
        """Give the connection back for reuse."""
        ...


class Http(Protocol):
    """Sends requests. `urllib3.PoolManager` is such a client; `stepdsl.testing.ScriptedTransport` is one for tests."""

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
        """Send one request to an absolute URL. Do not follow redirects, do not retry, do not read the body.

        Raises an OSError, a ValueError or an error of urllib3 if there is no answer. The executor treats all of these
        as a failure of the transport. `PollingExecutor.run` does not catch any other error.
        """
        ...
