"""The fixtures of the library's pytest plugin, also if it is not installed, and fixtures for real sockets."""

from __future__ import annotations

import socket
import ssl
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from stepdsl.executor import sockets
from stepdsl.executor.resolver import Resolver
from stepdsl.testing.plugin import fake_clock, scripted_transport
from tests.executor.support import CERTIFICATE

__all__ = ["fake_clock", "full_port", "resolver", "scripted_transport", "tls"]


@pytest.fixture
def resolver(monkeypatch: pytest.MonkeyPatch) -> Callable[[Callable[[int], Any]], None]:
    """Return a function that replaces the system's resolver. The new resolver takes a port and returns addresses.

    A look-up that continues after its test has no effect on other tests: each test has its own `Resolver`.
    """
    monkeypatch.setattr(sockets, "RESOLVER", Resolver())

    def replace(resolve: Callable[[int], Any]) -> None:
        def getaddrinfo(host: str, port: int, *_: object, flags: int = 0, **__: object) -> Any:
            if flags & socket.AI_NUMERICHOST:
                raise socket.gaierror(socket.EAI_NONAME, "not a number")
            assert host == "server.example"
            return resolve(port)

        monkeypatch.setattr(socket, "getaddrinfo", getaddrinfo)

    return replace


@pytest.fixture
def full_port() -> Iterator[int]:
    """Yield the port of a server with a full queue. It neither accepts nor refuses connections."""
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        listening.listen(0)
        waiting = [socket.socket() for _ in range(16)]
        for each in waiting:
            each.setblocking(False)
            each.connect_ex(listening.getsockname())
        yield listening.getsockname()[1]
        for each in waiting:
            each.close()


@pytest.fixture
def tls() -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(CERTIFICATE)
    return context
