"""A server that costs next to nothing: one process, one thread a connection, one fixed answer to whatever is asked."""

from __future__ import annotations

import contextlib
import multiprocessing
import socket
import threading
from collections.abc import Generator
from multiprocessing.connection import Connection

PENDING = b'{"status":"pending"}'
_ANSWER = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%b" % (len(PENDING), PENDING)


@contextlib.contextmanager
def responder() -> Generator[str]:
    """Run the server in a process of its own; give its URL."""
    context = multiprocessing.get_context("spawn")
    told, tell = context.Pipe(duplex=False)
    process = context.Process(target=_serve, args=(tell,), daemon=True)
    process.start()
    try:
        yield f"http://127.0.0.1:{told.recv()}"
    finally:
        process.terminate()
        process.join()
        told.close()
        tell.close()


def _serve(tell: Connection) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        tell.send(server.getsockname()[1])
        while True:
            connection, _ = server.accept()
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            threading.Thread(target=_answer, args=(connection,), daemon=True).start()


def _answer(connection: socket.socket) -> None:
    with connection, contextlib.suppress(OSError):
        while connection.recv(65_536):  # a request on the loopback interface comes in one piece
            connection.sendall(_ANSWER)
