"""Requests that no client library sends, as bytes to real servers: none is answered with a status of 500 or more."""

from __future__ import annotations

import re
import socket
from urllib.parse import urlsplit

import pytest

from tests.server.multipart_body import multipart
from tests.server.serving import NAMES

FORM = b'{"country":"DE"}'
UPLOAD, FORM_DATA = multipart([("proof", "a.pdf", "application/pdf", b"%PDF-1.7")], "x")

CHUNKED = "Transfer-Encoding: chunked"


def request(*headers: str, body: bytes = FORM, path: str = "/details/refresh", kind: str = "application/json") -> bytes:
    lines = [f"POST {path} HTTP/1.1", "Host: localhost", "Connection: close", f"Content-Type: {kind}", *headers]
    return "\r\n".join([*lines, "", ""]).encode("latin-1") + body


def chunks(body: bytes) -> bytes:
    return b"%x\r\n%b\r\n0\r\n\r\n" % (len(body), body)


def statuses(url: str, sent: bytes) -> list[int]:
    """Send bytes, end the sending side of the connection, and return the statuses of what comes back.

    Uvicorn does not answer a client that has ended its side. Any server may close the connection without an answer.
    """
    address = urlsplit(url)
    received = b""
    with socket.create_connection((address.hostname, address.port), timeout=20) as connection:
        try:
            connection.sendall(sent)
            connection.shutdown(socket.SHUT_WR)
            while data := connection.recv(65_536):
                received += data
        except ConnectionError:
            pass
    return [int(status) for status in re.findall(rb"HTTP/1\.[01] (\d{3}) ", received)]


MALFORMED = {
    "no size": request(CHUNKED, body=b"zz\r\n"),
    "an empty size": request(CHUNKED, body=b"\r\n\r\n"),
    "a size of other bytes": request(CHUNKED, body=b"\xff\r\n"),
    "a negative size": request(CHUNKED, body=b"-5\r\n"),
    "a size that is too small": request(CHUNKED, body=b"5\r\n" + FORM + b"\r\n0\r\n\r\n"),
    "a size that is too large": request(CHUNKED, body=b"20\r\n" + FORM + b"\r\n0\r\n\r\n"),
    "a chunk without its end": request(CHUNKED, body=b"10\r\n" + FORM + b"XX0\r\n\r\n"),
    "no last chunk": request(CHUNKED, body=b"10\r\n" + FORM + b"\r\n"),
    "nothing": request(CHUNKED, body=b""),
    "a malformed upload": request(CHUNKED, body=b"zz\r\n" + UPLOAD, path="/details/proof", kind=FORM_DATA),
    "a body that is shorter than its length": request("Content-Length: 99"),
    "numbers that are shorter than their length": request("Content-Length: 9", body=b"1234"),
    "malformed chunks and a length": request("Content-Length: 3", CHUNKED, body=b"zz\r\n"),
    "a negative length": request("Content-Length: -1"),
    "a length that is no number": request("Content-Length: x"),
    "a length of 5000 digits": request(f"Content-Length: {'9' * 5000}"),
    "a length of other digits": request("Content-Length: \xb2"),
    "two lengths": request("Content-Length: 16", "Content-Length: 3"),
}


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("sent", MALFORMED.values(), ids=MALFORMED)
def test_a_malformed_body_is_the_mistake_of_the_client(urls: dict[str, str], name: str, sent: bytes) -> None:
    # wsgiref uses the first of two lengths.
    assert statuses(urls[name], sent) in ([400], [], *([[200]] if sent is MALFORMED["two lengths"] else []))


UNUSUAL = {
    "chunks": request(CHUNKED, body=chunks(FORM)),
    "chunks and a length": request("Content-Length: 3", CHUNKED, body=chunks(FORM)),
    "chunks and a length that is too large": request("Content-Length: 300", CHUNKED, body=chunks(FORM)),
    "an unknown coding": request("Transfer-Encoding: gzip", "Content-Length: 16"),
    "an expectation": request("Expect: 100-continue", "Content-Length: 16"),
    "an unknown expectation": request("Expect: x", "Content-Length: 16"),
    "no length": request(),
}


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("sent", UNUSUAL.values(), ids=UNUSUAL)
def test_an_unusual_request_is_not_answered_with_a_server_error(urls: dict[str, str], name: str, sent: bytes) -> None:
    assert {*statuses(urls[name], sent)} <= {100, 200, 400, 501}


WHOLE = [
    request("Content-Length: 16"),
    request(f"Content-Length: {len(UPLOAD)}", path="/details/proof", kind=FORM_DATA, body=UPLOAD),
    request(CHUNKED, body=chunks(FORM)),
    request(CHUNKED, path="/details/proof", kind=FORM_DATA, body=chunks(UPLOAD)),
]


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("sent", WHOLE, ids=["a form", "an upload", "a form in chunks", "an upload in chunks"])
def test_a_request_that_is_cut_anywhere_is_not_accepted(urls: dict[str, str], name: str, sent: bytes) -> None:
    # The last bytes are the end of the last chunk, or what follows the last part. A server needs neither.
    for end in [*range(5, len(sent) - 8, 29), len(sent) - 8]:
        assert statuses(urls[name], sent[:end]) in ([400], [415], [])  # 415: without the content type


@pytest.mark.parametrize("name", NAMES)
def test_an_upload_with_one_wrong_byte_is_not_a_server_error(urls: dict[str, str], name: str) -> None:
    for at in range(0, len(UPLOAD), 11):
        wrong = UPLOAD[:at] + b"\xff" + UPLOAD[at + 1 :]
        sent = request(f"Content-Length: {len(wrong)}", path="/details/proof", kind=FORM_DATA, body=wrong)
        assert {*statuses(urls[name], sent)} <= {200, 400, 415}
