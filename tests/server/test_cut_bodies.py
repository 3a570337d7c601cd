"""Bodies that are not whole: streams that end early or raise, in each adapter for WSGI."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import pytest

from stepdsl import server
from stepdsl.server import FlowResponse
from stepdsl.server.submissions import length_of
from tests.server.asgi import Answer
from tests.server.multipart_body import multipart
from tests.server.wsgi_calls import WSGI_ADAPTERS, View, call_wsgi

JSON = "application/json"
UPLOAD, FORM_DATA = multipart([("photo", "me.png", "image/png", b"\x89PNG")])

CUT = {"error": "expected the whole body, got a part of it"}
UNREADABLE = {"validation": {"photo": "The file could not be read. Send it again."}}

Adapter = Callable[[View], Any]

by_every_adapter = pytest.mark.parametrize("adapter", WSGI_ADAPTERS.values(), ids=WSGI_ADAPTERS)
on_every_server = pytest.mark.parametrize("terminated", [False, True], ids=["wsgiref", "Gunicorn"])


def submit(adapter: Adapter, stream: Any, **environ: Any) -> Answer:
    app = adapter(lambda module, request: server.exit(module.submission(request)))
    return call_wsgi(app, "POST", stream, CONTENT_TYPE=JSON, **environ)


def upload(adapter: Adapter, stream: Any, **environ: Any) -> Answer:
    def view(module: Any, request: Any) -> FlowResponse:
        return server.exit(module.upload(request, "photo").filename)

    return call_wsgi(adapter(view), "POST", stream, CONTENT_TYPE=FORM_DATA, **environ)


@by_every_adapter
@on_every_server
@pytest.mark.parametrize(
    ("length", "status", "body"), [("4", 200, 1234), ("5", 400, CUT), ("8", 400, CUT), (" 4\t", 200, 1234)]
)
def test_a_body_that_is_shorter_than_its_length_is_refused(
    adapter: Adapter, terminated: bool, length: str, status: int, body: Any
) -> None:
    answer = submit(adapter, io.BytesIO(b"1234"), CONTENT_LENGTH=length, wsgi_input_terminated=terminated)
    assert (answer.status, answer.json) == (status, body)


@by_every_adapter
@on_every_server
def test_an_upload_that_is_shorter_than_its_length_is_refused(adapter: Adapter, terminated: bool) -> None:
    def sent(more: int) -> Answer:
        length = str(len(UPLOAD) + more)
        return upload(adapter, io.BytesIO(UPLOAD), CONTENT_LENGTH=length, wsgi_input_terminated=terminated)

    assert (sent(0).status, sent(0).json) == (200, "me.png")
    cut = upload(adapter, io.BytesIO(UPLOAD[:-9]), CONTENT_LENGTH=str(len(UPLOAD)), wsgi_input_terminated=terminated)
    assert (cut.status, cut.json) == (400, UNREADABLE)


@by_every_adapter
def test_a_body_in_chunks_has_no_length(adapter: Adapter) -> None:
    chunks = {"HTTP_TRANSFER_ENCODING": "chunked", "wsgi_input_terminated": True}
    # Django does not read a body without a length. RFC 9112, 6.3: with chunks, the length does not count.
    answer = submit(adapter, io.BytesIO(b"1234"), CONTENT_LENGTH="8", **chunks)
    assert (answer.status, answer.json) == (200, 1234)


class MalformedChunkError(Exception):
    """As the classes of Gunicorn, which are not OSErrors."""


@by_every_adapter
@on_every_server
@pytest.mark.parametrize("raised", [ConnectionResetError, OSError, ValueError, MalformedChunkError])
def test_a_stream_that_raises_is_a_body_that_is_not_whole(
    adapter: Adapter, terminated: bool, raised: type[Exception]
) -> None:
    class Broken(io.BytesIO):
        def read(self, size: int | None = -1, /) -> bytes:
            found = super().read(size)
            if not found:
                raise raised("x")
            return found

        def readinto(self, buffer: Any, /) -> int:
            raise raised("x")

    asked = {"CONTENT_LENGTH": "900", "wsgi_input_terminated": terminated}
    refused = submit(adapter, Broken(b"1234"), **asked)
    assert (refused.status, refused.json) == (400, CUT)
    refused = upload(adapter, Broken(UPLOAD[:60]), **asked)
    assert (refused.status, refused.json) == (400, UNREADABLE)


@by_every_adapter
@pytest.mark.parametrize("length", ["-1", "-99", "x", "+4", "0x4", "4,4", "1_0", "9" * 5000, "\u0664"])
def test_a_body_with_an_invalid_length_is_not_read(adapter: Adapter, length: str) -> None:
    """A server that ends no stream at the end of the request would wait here for the end of the connection."""
    stream = io.BytesIO(b"1234")
    answer = submit(adapter, stream, CONTENT_LENGTH=length)
    assert (answer.status, answer.json) == (400, {"error": "expected a JSON body, got none"})
    assert stream.tell() == 0


@pytest.mark.parametrize(
    ("header", "length"),
    [(None, 0), ("", 0), ("0", 0), ("12", 12), (" 12\t", 12), ("1 2", 0), ("9" * 18, 10**18 - 1), ("9" * 19, 0)],
)
def test_a_length_is_a_number_of_at_most_18_digits(header: str | None, length: int) -> None:
    assert length_of(header) == length
