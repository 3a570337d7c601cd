"""Real servers on the loopback interface, for valid and for hostile answers.

The code waits only for `Server.stopped`, which is set at the end of a test. It does not wait for a fixed time.
"""

from __future__ import annotations

import contextlib
import socket
import ssl
import threading
from collections.abc import Callable, Iterable
from http import HTTPStatus
from types import TracebackType
from typing import Self, TypeAlias

from attrs import define, frozen

from stepdsl.testing import Reply

Handle: TypeAlias = "Callable[[Connection], None]"


@frozen
class Received:
    """A request that the server received."""

    method: str
    target: str
    headers: dict[str, str]
    body: bytes
    connection: int
    """The number of its connection. The first is 1."""


@define
class Connection:
    """The connection of a client, on the side of the server."""

    server: Server
    number: int
    socket: socket.socket

    def receive(self) -> Received | None:
        """Return the next request; None if the client has disconnected."""
        with self.socket.makefile("rb") as file:
            line = file.readline().decode().split()
            if len(line) != 3:
                return None
            headers = {}
            while (header := file.readline().decode().strip()) != "":
                name, _, value = header.partition(":")
                headers[name.lower()] = value.strip()
            body = file.read(int(headers.get("content-length", 0)))
        received = Received(line[0], line[1], headers, body, self.number)
        self.server.received.append(received)
        self.server.got_one.set()
        return received

    def send(self, data: bytes) -> None:
        """Send bytes without a change."""
        self.socket.sendall(data)

    def reply(self, reply: Reply) -> None:
        """Send a complete answer with its length."""
        self.send(head(reply.status, reply.headers, len(reply.body)) + reply.body)

    def send_for_ever(self, data: bytes, every: float = 0.0) -> None:
        """Send the same bytes again and again until the client disconnects or the test ends."""
        while not self.server.stopped.wait(every):
            self.send(data)

    def stall(self) -> None:
        """Wait until the test ends."""
        self.server.stopped.wait()


class Server:
    """A server. It calls a function for each connection, in a separate thread."""

    def __init__(self, handle: Handle, tls: ssl.SSLContext | None = None) -> None:
        self.received: list[Received] = []
        self.got_one = threading.Event()
        """Set after the first request was received."""
        self.closed_one = threading.Event()
        """Set after a connection was closed."""
        self.stopped = threading.Event()
        """Set at the end of the test."""
        self._handle = handle
        self._tls = tls
        self._listening = socket.create_server(("127.0.0.1", 0))
        self._open: list[socket.socket] = []
        self._threads: list[threading.Thread] = []
        self.port: int = self._listening.getsockname()[1]
        self.url = f"{'https' if tls else 'http'}://127.0.0.1:{self.port}"

    def __enter__(self) -> Self:
        self._start(self._accept)
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.stopped.set()
        with contextlib.suppress(OSError):
            self._listening.shutdown(socket.SHUT_RDWR)
        self._listening.close()
        for connected in self._open:
            with connected, contextlib.suppress(OSError):
                connected.shutdown(socket.SHUT_RDWR)
        for thread in self._threads:
            thread.join(10)
            assert not thread.is_alive()

    @property
    def connections(self) -> int:
        """The number of connections."""
        return len(self._open)

    def _start(self, target: Callable[..., None], *arguments: object) -> None:
        thread = threading.Thread(target=target, args=arguments, daemon=True)
        self._threads.append(thread)
        thread.start()

    def _accept(self) -> None:
        while not self.stopped.is_set():
            try:
                accepted, _ = self._listening.accept()
            except OSError:
                return
            accepted.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            self._open.append(accepted.dup())  # TLS detaches the descriptor of the other one
            self._start(self._serve, accepted, len(self._open))

    def _serve(self, accepted: socket.socket, number: int) -> None:
        with contextlib.ExitStack() as stack:
            stack.enter_context(self._open[number - 1])
            stack.enter_context(accepted)
            stack.enter_context(contextlib.suppress(OSError))
            if self._tls is not None:
                accepted = stack.enter_context(self._tls.wrap_socket(accepted, server_side=True))
            self._handle(Connection(self, number, accepted))
        self.closed_one.set()


def head(
    status: int = 200, headers: Iterable[tuple[str, str]] | dict[str, str] | object = (), length: int | None = None
) -> bytes:
    """Return the head of an answer. It has a Content-Length, unless `length` is None."""
    fields = dict(headers)  # type: ignore[call-overload]
    if length is not None:
        fields["Content-Length"] = str(length)
    phrase = HTTPStatus(status).phrase
    return "".join([f"HTTP/1.1 {status} {phrase}\r\n", *(f"{k}: {v}\r\n" for k, v in fields.items()), "\r\n"]).encode()


def scripted(replies: Iterable[Reply], tls: ssl.SSLContext | None = None) -> Server:
    """Return a server that sends the replies in order, over any number of connections. It repeats the last one."""
    remaining = list(replies)
    lock = threading.Lock()

    def handle(connection: Connection) -> None:
        while connection.receive() is not None:
            with lock:
                reply = remaining.pop(0) if len(remaining) > 1 else remaining[0]
            connection.reply(reply)

    return Server(handle, tls)
