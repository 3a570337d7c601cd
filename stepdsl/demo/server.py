"""The server of the demo: it sends the flow's steps and answers the polling.

It makes the answers with `stepdsl.server` and sends them with the HTTP server of the standard library.
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
    """The answers of the status endpoint for one payment."""

    max_attempts: int
    """The maximum number of polling requests of its step."""
    answers: tuple[HTTPStatus, ...]
    """The status of each answer, in order. The last one is repeated. The answer with 200 contains the next action."""


PAYMENTS: Mapping[str, Payment] = {
    "12345": Payment(max_attempts=10, answers=(NO_CONTENT, NO_CONTENT, NO_CONTENT, OK)),
    "broken": Payment(max_attempts=10, answers=(NO_CONTENT, UNAVAILABLE)),
    "stuck": Payment(max_attempts=3, answers=(NO_CONTENT,)),
}
"""All payments of the server, by id."""


class DemoServer(ThreadingHTTPServer):
    """The HTTP server of the demo. As a context manager it serves in a separate thread until the block ends."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.url: str = f"http://127.0.0.1:{self.server_port}"
        """The base URL of the server."""
        self._asked: Counter[str] = Counter()
        self._thread = threading.Thread(target=self.serve_forever, args=(0.05,), daemon=True)

    def __enter__(self) -> Self:
        """Start the server."""
        self._thread.start()
        return self

    def __exit__(
        self, exc_type: type[BaseException] | None, exc: BaseException | None, traceback: TracebackType | None
    ) -> None:
        """Stop the server and close its port."""
        self.shutdown()
        self._thread.join()
        self.server_close()

    def status_of(self, payment: str) -> HTTPStatus:
        """Return the status of the next answer for `payment`."""
        answers = PAYMENTS[payment].answers
        answer = answers[min(self._asked[payment], len(answers) - 1)]
        self._asked[payment] += 1
        return answer


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True  # send small answers without delay

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
        """Print nothing: the client prints all events."""


def _status(status: HTTPStatus) -> FlowResponse:
    """Return the answer of the status endpoint for a status."""
    match status:
        case HTTPStatus.NO_CONTENT:
            return server.still_waiting()
        case HTTPStatus.OK:
            return server.progress(flow.next_action())
        case _:
            return server.error("The bank does not answer.", status=status)
