"""Real servers on the loopback interface, one for each kind of application, and the example applications.

A server listens before its thread starts. An early connection is therefore accepted, and answered a little later.
"""

from __future__ import annotations

import importlib
import socket
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from socketserver import ThreadingMixIn
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer

EXAMPLES = Path(__file__).resolve().parents[2] / "docs" / "examples" / "servers"

NAMES = ["flask_app", "django_app", "fastapi_app", "wsgi_app"]


def example(name: str) -> Any:
    """Return the module of an example. Its directory is on the path during the import, like for a script."""
    if name not in sys.modules:
        sys.path.insert(0, str(EXAMPLES))
        try:
            importlib.import_module(name)
        finally:
            sys.path.remove(str(EXAMPLES))
    return sys.modules[name]


class QuietHandler(WSGIRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        pass


class ThreadingServer(ThreadingMixIn, WSGIServer):
    daemon_threads = True


@contextmanager
def running(serve: Callable[[], object], stop: Callable[[], object]) -> Iterator[None]:
    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    try:
        yield
    finally:
        stop()
        thread.join(10)
        assert not thread.is_alive()


@contextmanager
def wsgi(app: Any) -> Iterator[str]:
    """The standard library's server, with a thread for each request."""
    with ThreadingServer(("127.0.0.1", 0), QuietHandler) as server:
        server.set_app(app)
        with running(lambda: server.serve_forever(0.01), server.shutdown):
            yield f"http://127.0.0.1:{server.server_port}"


@contextmanager
def werkzeug(app: Any) -> Iterator[str]:
    """The server that `flask run` starts."""
    from werkzeug.serving import WSGIRequestHandler, make_server

    class Quiet(WSGIRequestHandler):
        def log(self, type: str, message: str, *args: object) -> None:
            pass

    server = make_server("127.0.0.1", 0, app, threaded=True, request_handler=Quiet)
    with server, running(lambda: server.serve_forever(0.01), server.shutdown):
        yield f"http://127.0.0.1:{server.server_port}"


@contextmanager
def uvicorn(app: Any) -> Iterator[str]:
    """Uvicorn, in a thread."""
    from uvicorn import Config, Server

    server = Server(Config(app, log_level="critical", lifespan="off", ws="none", http="h11", loop="asyncio"))
    # asyncio sends small answers without delay only if the socket is created with IPPROTO_TCP.
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP) as listening:
        listening.bind(("127.0.0.1", 0))
        listening.listen()
        with running(lambda: server.run([listening]), lambda: setattr(server, "should_exit", True)):
            yield f"http://127.0.0.1:{listening.getsockname()[1]}"


SERVERS: dict[str, Callable[[Any], Any]] = {
    "flask_app": werkzeug,
    "django_app": wsgi,
    "fastapi_app": uvicorn,
    "wsgi_app": wsgi,
}
