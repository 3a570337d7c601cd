"""How the executor reads and releases the responses of a custom transport."""

from __future__ import annotations

from typing import Any

import pytest

from stepdsl.executor import Cancelled, PollingExecutor
from stepdsl.testing import FakeClock
from tests.executor.support import BASE, answer, attempts, exiting, polling_step

DONE = answer(exiting("done")).body


class Response:
    """A response that records the calls of its methods."""

    def __init__(self, body: bytes = b"", status: int = 200, **headers: str) -> None:
        self.status = status
        self.headers = headers
        self.calls: list[object] = []
        self._body = body

    def read(self, amt: int, /) -> bytes:
        self.calls.append(amt)
        part, self._body = self._body[:amt], self._body[amt:]
        return part

    def close(self) -> None:
        self.calls.append("close")

    def release_conn(self) -> None:
        self.calls.append("release")


class Measured(Response):
    """A response with the attributes by which urllib3 shows that a body is complete."""

    decode_content = False

    @property
    def length_remaining(self) -> int:
        return len(self._body)


class Http:
    def __init__(self, *responses: Response) -> None:
        self._responses = iter(responses)

    def request(self, *_: object, **__: object) -> Response:
        return next(self._responses)


def run(fake_clock: FakeClock, *responses: Response, **arguments: Any) -> list[int | str | None]:
    """Run a step with these responses, one attempt for each. Return the status or the error of each attempt."""
    executor = PollingExecutor(base_url=BASE, http=Http(*responses), clock=fake_clock, **arguments)
    return attempts(executor.run(polling_step(max_attempts=1)))


CHUNK = 65_536


@pytest.mark.parametrize(
    ("response", "calls", "result"),
    [
        pytest.param(Response(b" " * 50_000), [CHUNK, 50_001, "release"], 200, id="a body"),
        pytest.param(Response(b" " * 100_000), [CHUNK, 34_465, 1, "release"], 200, id="a body of max_body"),
        pytest.param(Measured(b" " * 100_000), [CHUNK, 34_465, "release"], 200, id="a body that is complete"),
        pytest.param(
            Response(b" " * 200_000),
            [CHUNK, 34_465, "close", "release"],
            "the body is larger than 100000 bytes",
            id="a body above max_body: one byte more is read, and the connection is closed",
        ),
        pytest.param(Response(b"", 101), ["close", "release"], 101, id="an interim answer: its connection is closed"),
    ],
)
def test_a_body_is_read_up_to_max_body(
    fake_clock: FakeClock, response: Response, calls: list[object], result: int | str
) -> None:
    assert run(fake_clock, response, max_body=100_000) == [result]
    assert response.calls == calls


@pytest.mark.parametrize(
    ("headers", "calls"),
    [
        pytest.param({"Content-Length": "16384"}, [16_385, 16_380, "release"], id="small: it is read"),
        pytest.param({"content-length": "5"}, [16_385, 16_380, "release"], id="small, header in lower case"),
        pytest.param({"Content-Length": "16385"}, ["close", "release"], id="large: the connection is closed"),
        pytest.param({"Content-Length": "9" * 5000}, ["close", "release"], id="a huge length"),
        pytest.param({"Content-Length": "-5"}, ["close", "release"], id="an invalid length"),
        pytest.param({"Content-Length": "²"}, ["close", "release"], id="a length in other digits"),
        pytest.param({}, ["close", "release"], id="an unknown length"),
    ],
)
def test_the_body_of_a_redirect_is_dropped(fake_clock: FakeClock, headers: dict[str, str], calls: list[object]) -> None:
    redirecting = Response(b"moved", 302, Location="/x", **headers)

    assert run(fake_clock, redirecting, Response(DONE)) == [200]
    assert redirecting.calls == calls


@pytest.mark.parametrize("status", [200, 304, 500])
def test_an_error_after_cancel_is_caused_by_cancel(fake_clock: FakeClock, status: int) -> None:
    class Cancelling(Response):
        def read(self, amt: int, /) -> bytes:
            executor.cancel()
            raise OSError("the connection was closed")

    executor = PollingExecutor(base_url=BASE, http=Http(Cancelling(b"", status)), clock=fake_clock)

    outcome = executor.run(polling_step())

    assert outcome == Cancelled(attempts=outcome.attempts)
    assert attempts(outcome) == ["cancelled"]
