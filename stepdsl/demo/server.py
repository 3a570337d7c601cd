"""The server of the demo: it sends the flow's steps and answers the polling.

What it answers comes from `stepdsl.server`, how from the standard library.
"""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Mapping
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import NamedTuple, Self
from urllib.parse import parse_qs, urlsplit

from stepdsl import server
from stepdsl.demo import flow
from stepdsl.server import FlowResponse

__all__ = ["PAYMENTS", "DemoServer", "Payment"]

NO_CONTENT, OK, UNAVAILABLE = HTTPStatus.NO_CONTENT, HTTPStatus.OK, HTTPStatus.SERVICE_UNAVAILABLE

NOT_FOUND = FlowResponse(404)


class Payment(NamedTuple):
    """How the status endpoint answers for one payment."""

    max_attempts: int
    """How often its step asks."""
    answers: tuple[HTTPStatus, ...]
    """The status of each answer in turn; the last one is repeated. 200 carries the action that moves the flow on."""


PAYMENTS: Mapping[str, Payment] = {
    "12345": Payment(max_attempts=10, answers=(NO_CONTENT, NO_CONTENT, NO_CONTENT, OK)),
    "broken": Payment(max_attempts=10, answers=(NO_CONTENT, UNAVAILABLE)),
    "stuck": Payment(max_attempts=3, answers=(NO_CONTENT,)),
}
"""The payments that the server knows, by their id."""


class DemoServer(ThreadingHTTPServer):
    """The demo's HTTP server; as a context manager it serves in a thread of its own until the block ends."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.url: str = f"http://127.0.0.1:{self.server_port}"
        """Where it is reached."""
        self._asked: Counter[str] = Counter()
        self._thread = threading.Thread(target=self.serve_forever, args=(0.05,), daemon=True)

    def __enter__(self) -> Self:
        """Start to serve."""
        self._thread.start()
        return self

    def __exit__(
        self, exc_type: type[BaseException] | None, exc: BaseException | None, traceback: TracebackType | None
    ) -> None:
        """Stop to serve and free the port."""
        self.shutdown()
        self._thread.join()
        self.server_close()

    def status_of(self, payment: str) -> HTTPStatus:
        """The next answer of the status endpoint for `payment`."""
        answers = PAYMENTS[payment].answers
        answer = answers[min(self._asked[payment], len(answers) - 1)]
        self._asked[payment] += 1
        return answer


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True  # small answers go out at once

    def do_GET(self) -> None:
        url = urlsplit(self.path)
        payment = parse_qs(url.query).get("id", [""])[0]
        match url.path:
            case "/payment" if payment in PAYMENTS:
                self._answer(server.step(flow.waiting(payment, max_attempts=PAYMENTS[payment].max_attempts)))
            case "/status" if payment in PAYMENTS:
                assert isinstance(self.server, DemoServer)
                self._answer(_status(self.server.status_of(payment)))
            case _:
                self._answer(NOT_FOUND)

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers.get("Content-Length", 0)))
        self._answer(server.step(flow.approved()) if self.path == "/next-step" else NOT_FOUND)

    def _answer(self, response: FlowResponse) -> None:
        self.send_response(response.status)
        for name, value in response.headers.items():
            self.send_header(name, value)
        if response.status != NO_CONTENT:
            self.send_header("Content-Length", str(len(response.body)))
        self.end_headers()
        self.wfile.write(response.body)

    def log_message(self, format: str, *args: object) -> None:
        """Keep quiet: the client side prints what happens."""


def _status(status: HTTPStatus) -> FlowResponse:
    """Return what the status endpoint answers with a status of its script."""
    match status:
        case HTTPStatus.NO_CONTENT:
            return server.still_waiting()
        case HTTPStatus.OK:
            return server.progress(flow.next_action())
        case _:
            return server.error("The bank does not answer.", status=status)
