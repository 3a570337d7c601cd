"""The default transport: urllib3's pools, with sockets that respect the deadline of the request.

The timeouts of urllib3 start again with each operation on the socket. A server that sends one byte from time to time
can therefore exceed them. Here each operation gets the time that is left for the request. The bounds of the run also
get the socket in use, so that `cancel` can shut it down.
"""

from __future__ import annotations

import contextlib
import http.client
import io
import socket
from collections.abc import Mapping
from typing import Any, Final

from urllib3 import HTTPConnectionPool, HTTPSConnectionPool, PoolManager, Retry
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import ConnectTimeoutError, NameResolutionError, NewConnectionError
from urllib3.util import parse_url

from stepdsl.executor.deadline import Bounds, current_bounds
from stepdsl.executor.protocols import HttpResponse
from stepdsl.executor.resolver import Resolver

__all__ = ["BoundedHttp"]

_NO_RETRIES: Final = Retry(total=False)

RESOLVER: Final = Resolver()
"""One for all executors, because its limit for threads is one for the process."""

_MAX_INTERIM: Final = 100
"""The maximum number of interim answers before an answer."""
_MAX_HEAD: Final = 262_144
"""The maximum number of bytes before the body: status lines, interim answers and headers."""
_READ_STATUS: Final[Any] = vars(http.client.HTTPResponse)["_read_status"]
_SEND_SIZE: Final = 16_384
"""The number of bytes in one send operation: one TLS record. The time left is checked before each."""
_DECODABLE: Final = frozenset(("gzip", "x-gzip", "deflate"))
"""The content codings that are decoded. The executor requests none. Other codings can expand without limit, and several
codings on top of each other can take unlimited time. Such a body is not decoded."""


class BoundedHttp:
    """An `Http` client. A request ends at its deadline, or when its run is cancelled."""

    def __init__(self) -> None:
        # Ten connections for each host: up to ten runs at the same time reuse their connections.
        self._pools = PoolManager(maxsize=10)
        self._pools.pool_classes_by_scheme = _pool_classes()
        self._latest: tuple[str, HTTPConnectionPool, str] | None = None

    def request(
        self, method: str, url: str, /, *, body: bytes | None, headers: Mapping[str, str], **_: object
    ) -> HttpResponse:
        """Send a request as `Http.request` does. The timeout argument is ignored: the bounds of the run apply."""
        pool, target = self._route(url)
        return pool.urlopen(
            method,
            target,
            body,
            headers,
            retries=_NO_RETRIES,
            redirect=False,
            preload_content=False,
        )

    def close(self) -> None:
        """Close the connections that are not in use."""
        self._pools.clear()

    def _route(self, url: str) -> tuple[HTTPConnectionPool, str]:
        """Return the pool for a URL's host, and the request target. The last result is cached."""
        latest = self._latest
        if latest is None or latest[0] != url:
            parsed = parse_url(url)
            pool = self._pools.connection_from_host(parsed.host, parsed.port, parsed.scheme)
            latest = self._latest = (url, pool, parsed.request_uri)
        return latest[1], latest[2]


class _FinalResponse(http.client.HTTPResponse):
    """An answer without the interim answers before it, such as 103. http.client skips only 100.

    101 is final: the executor never requests another protocol, so nothing follows that it can read.
    """

    def _read_status(self) -> tuple[str, int, str]:
        for _ in range(_MAX_INTERIM + 1):
            line: tuple[str, int, str] = _READ_STATUS(self)
            if not 100 <= line[1] < 200 or line[1] == 101:
                return line
            http.client.parse_headers(self.fp)
        raise http.client.HTTPException(f"more than {_MAX_INTERIM} interim answers")


class _BoundedConnection(HTTPConnection):
    """A connection that respects the bounds of a run, when it connects and when it is used."""

    response_class = _FinalResponse
    _connecting: contextlib.ExitStack

    def _new_conn(self) -> socket.socket:
        bounds = current_bounds()
        try:
            connected = _connect(self._dns_host, self.port, self.socket_options or (), bounds)
        except socket.gaierror as error:
            raise NameResolutionError(self.host, self, error) from error
        except TimeoutError as error:
            raise ConnectTimeoutError(self, f"connecting to {self.host} timed out") from error
        except OSError as error:
            raise NewConnectionError(self, f"cannot connect to {self.host}: {error}") from error
        try:
            # TLS will move the descriptor to another socket object. The run needs a duplicate that stays valid.
            handle = self._connecting.enter_context(connected.dup())
            self._connecting.callback(bounds.clear_socket)
            bounds.set_socket(handle)
        except BaseException:
            connected.close()
            raise
        return connected

    def connect(self) -> None:
        with contextlib.ExitStack() as self._connecting:
            super().connect()
        self.sock = _BoundedSocket(self.sock)

    def getresponse(self) -> Any:
        used: Any = self.sock
        response: Any = super().getresponse()
        used.head_is_read()
        response.decode_content = response.headers.get("Content-Encoding", "").lower() in _DECODABLE
        return response


class _BoundedTLSConnection(_BoundedConnection, HTTPSConnection):
    """The same over TLS."""


class _Pool(HTTPConnectionPool):
    """A pool of such connections."""

    ConnectionCls: Any = _BoundedConnection

    def _put_conn(self, conn: Any) -> None:
        current_bounds().clear_socket()  # first, because another run can take the connection after the next line
        super()._put_conn(conn)


class _TLSPool(_Pool, HTTPSConnectionPool):
    """The same over TLS."""

    ConnectionCls: Any = _BoundedTLSConnection


def _pool_classes() -> dict[str, type[HTTPConnectionPool | HTTPSConnectionPool]]:
    return {"http": _Pool, "https": _TLSPool}


class _BoundedSocket:
    """The socket methods that a connection uses. The timeout is always the time left, not the one of urllib3."""

    _reader: _BoundedReader

    def __init__(self, connected: socket.socket) -> None:
        self._socket = connected
        self.fileno = connected.fileno
        self.close = connected.close
        self.shutdown = connected.shutdown

    def settimeout(self, seconds: float | None) -> None:
        """Do nothing: the bounds set the timeout."""

    def sendall(self, data: bytes) -> None:
        """Send a part of a request within the time left, even if the server reads slowly."""
        bounds = current_bounds()
        bounds.set_socket(self._socket)
        for start in range(0, len(data), _SEND_SIZE):
            self._socket.settimeout(bounds.left())
            self._socket.sendall(data[start : start + _SEND_SIZE])

    def makefile(self, mode: str) -> io.BufferedReader:
        """Return the stream from which the answer is read."""
        self._reader = _BoundedReader(self._socket, current_bounds())
        return io.BufferedReader(self._reader)

    def head_is_read(self) -> None:
        """Remove the size limit of the head. The body follows; it has another limit."""
        self._reader.head_left = None


class _BoundedReader(io.RawIOBase):
    """Receives within the time left. The head of an answer has a size limit."""

    def __init__(self, connected: socket.socket, bounds: Bounds) -> None:
        self._socket = connected
        self._bounds = bounds
        self._raw = connected.makefile("rb", buffering=0)
        self.head_left: int | None = _MAX_HEAD

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int | None:
        self._socket.settimeout(self._bounds.left())
        count = self._raw.readinto(buffer)
        if not count:
            self._bounds.check()  # after `cancel` the end of the stream is not the end of the body
        elif self.head_left is not None:
            self.head_left -= count
            if self.head_left < 0:
                raise OSError(f"more than {_MAX_HEAD} bytes before the body")
        return count

    def close(self) -> None:
        self._raw.close()
        super().close()


def _connect(host: str, port: int, options: Any, bounds: Bounds) -> socket.socket:
    """Return a connection to the first address of the host that accepts it."""
    addresses = RESOLVER.resolve(host.strip("[]"), port, bounds)
    refused: OSError = OSError("the name has no address")
    for tried, (family, kind, protocol, _, address) in enumerate(addresses):
        try:
            connecting = socket.socket(family, kind, protocol)
        except OSError as error:
            refused = error
            continue
        try:
            for option in options:
                connecting.setsockopt(*option)
            bounds.set_socket(connecting)
            # Each address gets an equal part of the time left. An address without an answer leaves time for the others.
            connecting.settimeout(bounds.left() / (len(addresses) - tried))
            connecting.connect(address)
            connecting.settimeout(bounds.left())
        except OSError as error:
            connecting.close()
            refused = error
        except BaseException:
            connecting.close()
            raise
        else:
            return connecting
    raise refused
