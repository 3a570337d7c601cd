"""The default transport: urllib3's pools over sockets whose every operation ends when the run's time is up.

urllib3's own timeouts start anew with every operation on the socket, so that a server outlives them which sends a byte
now and then. Here each operation gets what is left of the request's time, and the socket in use is known to the run,
so that `cancel` can cut it.
"""

from __future__ import annotations

import contextlib
import io
import queue
import socket
import threading
from collections.abc import Mapping
from typing import Any, Final, TypeAlias

from urllib3 import HTTPConnectionPool, HTTPSConnectionPool, PoolManager, Retry
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import ConnectTimeoutError, NameResolutionError, NewConnectionError
from urllib3.util import parse_url

from stepdsl.executor.deadline import Bounds, current_bounds
from stepdsl.executor.protocols import HttpResponse

__all__ = ["BoundedHttp"]

_NO_RETRIES: Final = Retry(total=False)

_MAX_HEAD: Final = 262_144
"""How many bytes may come before the body: status lines, interim answers and headers."""
_SLICE: Final = 16_384
"""How much is sent at once: one record of TLS, so that the time left counts for each."""
_DECODABLE: Final = frozenset(("gzip", "x-gzip", "deflate"))
"""Codings that are undone; none was asked for. Others may have no limit to what they blow up to, layers of codings none
to the time that they take: such a body is taken as it is."""

_AddressInfo: TypeAlias = tuple[int, int, int, str, Any]


class BoundedHttp:
    """Sends requests that end with the bounds of the run that makes them; an `Http` like any other."""

    def __init__(self) -> None:
        # Ten connections a host: as many runs may go on at once without opening new ones all the time.
        self._pools = PoolManager(maxsize=10)
        self._pools.pool_classes_by_scheme = _pool_classes()
        self._latest: tuple[str, HTTPConnectionPool, str] | None = None

    def request(
        self, method: str, url: str, /, *, body: bytes | None, headers: Mapping[str, str], **_: object
    ) -> HttpResponse:
        """Send a request as `Http.request` says, but for its timeout: the bounds know better."""
        pool, target = self._route(url)
        return pool.urlopen(
            method,
            target,
            body,
            headers,
            retries=_NO_RETRIES,
            redirect=False,
            assert_same_host=False,
            preload_content=False,
        )

    def _route(self, url: str) -> tuple[HTTPConnectionPool, str]:
        """Return the pool of a URL's host, and what to ask it for. Polling asks for the same URL again and again."""
        latest = self._latest
        if latest is None or latest[0] != url:
            parsed = parse_url(url)
            pool = self._pools.connection_from_host(parsed.host, parsed.port, parsed.scheme)
            latest = self._latest = (url, pool, parsed.request_uri)
        return latest[1], latest[2]


class _BoundedConnection(HTTPConnection):
    """A connection that is made, and used, within the bounds of a run."""

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
            # TLS is about to move the descriptor to another socket object; the run needs one that stays.
            handle = self._connecting.enter_context(connected.dup())
            self._connecting.callback(bounds.let_go)
            bounds.hold(handle)
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
        current_bounds().let_go()  # before another run can take the connection: it is not this run's to cut any more
        super()._put_conn(conn)


class _TLSPool(_Pool, HTTPSConnectionPool):
    """The same over TLS."""

    ConnectionCls: Any = _BoundedTLSConnection


def _pool_classes() -> dict[str, type[HTTPConnectionPool | HTTPSConnectionPool]]:
    return {"http": _Pool, "https": _TLSPool}


class _BoundedSocket:
    """What a connection needs of a socket: sending and receiving take the time left, whatever urllib3 sets."""

    _reader: _BoundedReader

    def __init__(self, connected: socket.socket) -> None:
        self._socket = connected
        self.fileno = connected.fileno
        self.close = connected.close
        self.shutdown = connected.shutdown

    def settimeout(self, seconds: float | None) -> None:
        """Do nothing: the bounds decide."""

    def sendall(self, data: bytes) -> None:
        """Send a part of a request; a slow reader at the other end does not get more than the time left."""
        bounds = current_bounds()
        bounds.hold(self._socket)
        for start in range(0, len(data), _SLICE):
            self._socket.settimeout(bounds.left())
            self._socket.sendall(data[start : start + _SLICE])

    def makefile(self, mode: str) -> io.BufferedReader:
        """Return what an answer is read from."""
        self._reader = _BoundedReader(self._socket, current_bounds())
        return io.BufferedReader(self._reader)

    def head_is_read(self) -> None:
        """Lift the limit for heads: what follows is the body, which has its own."""
        self._reader.room = None


class _BoundedReader(io.RawIOBase):
    """Receives within the time left; of the head of an answer no more than the limit."""

    def __init__(self, connected: socket.socket, bounds: Bounds) -> None:
        self._socket = connected
        self._bounds = bounds
        self._raw = connected.makefile("rb", buffering=0)
        self.room: int | None = _MAX_HEAD

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int | None:
        self._socket.settimeout(self._bounds.left())
        count = self._raw.readinto(buffer)
        if not count:
            self._bounds.check()  # an end that `cancel` made is not the end of a body
        elif self.room is not None:
            self.room -= count
            if self.room < 0:
                raise OSError(f"more than {_MAX_HEAD} bytes before the body")
        return count

    def close(self) -> None:
        self._raw.close()
        super().close()


def _connect(host: str, port: int, options: Any, bounds: Bounds) -> socket.socket:
    """Return a connection to the first address of a host that accepts one."""
    addresses = _resolve(host.strip("[]"), port, bounds)
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
            bounds.hold(connecting)
            # An equal share for each address, so that a dead one does not use up the time of the others.
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


def _resolve(host: str, port: int, bounds: Bounds) -> list[_AddressInfo]:
    """Return the addresses of a host.

    The system's resolver takes no timeout, so a name is looked up by a thread of its own, which is left behind if it
    takes too long. Addresses in numbers need no look-up.
    """
    try:
        return list(socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_NUMERICHOST))
    except socket.gaierror:
        pass
    found: queue.SimpleQueue[list[_AddressInfo] | Exception] = queue.SimpleQueue()

    def look_up() -> None:
        try:
            found.put(list(socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)))
        except (OSError, ValueError) as error:
            found.put(error)

    threading.Thread(target=look_up, name="stepdsl-resolver", daemon=True).start()
    result: list[_AddressInfo] | Exception | None = None
    while result is None:
        result = bounds.receive(found, bounds.left())  # `left` raises when there is no more to wait for
    if isinstance(result, Exception):
        raise result
    return result
