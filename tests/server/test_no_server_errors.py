"""Nothing that a client sends is answered with a status of 500 or more. Generated requests, in process."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from typing import Any, NamedTuple
from urllib.parse import quote
from wsgiref.util import setup_testing_defaults

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import example as case
from hypothesis import strategies as st

from tests.server.asgi import call
from tests.server.multipart_body import multipart
from tests.server.serving import NAMES, example

PATHS = [
    "/",
    "/details/refresh",
    "/details/iban",
    "/details/tax-number",
    "/details/proof",
    "/details",
    "/status",
    "/review",
    "/confirm",
    "/finish",
    "/unknown",
]


class Sent(NamedTuple):
    method: str
    path: str
    query: bytes
    headers: dict[str, bytes]
    body: bytes
    length: bytes | None = None
    """The Content-Length, if it is not the length of the body."""


def latin(data: bytes) -> str:
    return data.decode("latin-1")


def by_wsgi(app: Any, sent: Sent) -> int:
    environ: dict[str, Any] = {
        "REQUEST_METHOD": sent.method,
        "PATH_INFO": sent.path,
        "QUERY_STRING": latin(sent.query),
        "CONTENT_LENGTH": latin(sent.length) if sent.length is not None else str(len(sent.body)),
        "wsgi.input": io.BytesIO(sent.body),
        "wsgi.errors": io.StringIO(),
    }
    for name, value in sent.headers.items():
        key = name.upper().replace("-", "_")
        environ[key if key == "CONTENT_TYPE" else f"HTTP_{key}"] = latin(value)
    setup_testing_defaults(environ)
    lines: list[str] = []
    parts = app(environ, lambda status, headers, exc_info=None: lines.append(status))
    b"".join(parts)
    getattr(parts, "close", lambda: None)()
    return int(lines[0].split(" ")[0])


def by_asgi(app: Any, sent: Sent) -> int:
    length = sent.length if sent.length is not None else str(len(sent.body)).encode()
    headers = [(name.encode(), value) for name, value in sent.headers.items()]
    return call(
        app,
        sent.method,
        f"{sent.path}?{quote(sent.query, safe='%&=')}",  # Uvicorn refuses other bytes
        sent.body,
        [*headers, (b"content-length", length), (b"host", b"localhost")],
    ).status


APPS: dict[str, Callable[[Any, Sent], int]] = dict.fromkeys(NAMES, by_wsgi) | {"fastapi_app": by_asgi}


# -- requests ---------------------------------------------------------------------------------------------------------

FIELDS = ["country", "holder", "name", "taxNumber", "proofOfAddress", "account", "iban", "sortCode", "number"]
NAMES_OF_VALUES = st.sampled_from([*FIELDS, "application", "terms", "$id", "a.b", "['x']", ""]) | st.text(max_size=3)

VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**70), 2**70)
    | st.floats()
    | st.sampled_from(["DE", "GB", "DE89 3704 0044 0532 0130 00", "tax-1", "file-1", "application-1", "86095742719"])
    | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(NAMES_OF_VALUES, inner, max_size=4),
    max_leaves=8,
)
FORMS = st.fixed_dictionaries(
    {},
    optional={
        "country": st.sampled_from(["DE", "GB", "XX"]) | VALUES,
        "holder": st.fixed_dictionaries({}, optional=dict.fromkeys(FIELDS[2:5], VALUES)) | VALUES,
        "account": st.fixed_dictionaries({}, optional=dict.fromkeys(FIELDS[6:], VALUES)) | VALUES,
        "iban": VALUES,
        "taxNumber": VALUES,
        "application": st.just("application-1") | VALUES,
        "terms": VALUES,
    },
)
JSON = st.builds(lambda value: json.dumps(value).encode(), FORMS | VALUES)

TOKENS = st.sampled_from([b"*", b'"', b'W/"', b",", b'"abc"', b"\xff", b"\t", b" ", b"\\", b";", b"=", b"x"])
HEADER = st.lists(TOKENS, max_size=8).map(b"".join) | st.binary(max_size=12).map(
    lambda data: bytes(byte for byte in data if byte >= 32 and byte != 127)
)
CONTENT_TYPES = (
    st.sampled_from(
        [
            b"application/json",
            b"application/json; charset=utf-16",
            b"application/json; charset=\xff",
            b"text/plain",
            b"application/x-www-form-urlencoded",
            b"multipart/form-data",
            b"multipart/form-data; boundary=x",
            b"multipart/form-data; boundary=",
            b'multipart/form-data; boundary="x; charset=hex',
            b"multipart/form-data; boundary=\xe4",
            b"multipart/form-data; boundary=" + b"x" * 300,
            b"multipart/mixed; boundary=x",
        ]
    )
    | HEADER
)

PIECES = st.sampled_from(
    [
        b"--x",
        b"--x--",
        b"\r\n",
        b"\n",
        b'Content-Disposition: form-data; name="proof"; filename="a.pdf"',
        b"Content-Disposition: form-data; name=proof; filename*=UTF-8''%ff",
        b'Content-Disposition: form-data; name="\xff"',
        b"Content-Disposition: attachment",
        b"Content-Type: application/pdf",
        b"Content-Type: text/plain; charset=\xff",
        b"Content-Transfer-Encoding: base64",
        b"Content-Length: -5",
        b"Content-Length: 5",
        b": x",
        b"%PDF",
        b"\x00\xff",
    ]
)
FORM_DATA = st.lists(PIECES, max_size=14).map(b"".join) | st.builds(
    lambda name, filename, kind, data: multipart([(name, filename, kind, data)], "x")[0],
    st.sampled_from(["proof", "other", "", "ä"]),
    st.none() | st.sampled_from(["a.pdf", "", "../a", "\\", "a\tb"]),
    st.sampled_from(["application/pdf", "image/png", "", "x", "*/*", "/"]),
    st.binary(max_size=20),
)

LENGTHS = st.none() | st.sampled_from(
    [b"", b"0", b"-1", b"1", b"x", b"1e9", b"9" * 30, b"9" * 5000, b"\xb2", b"+3", b" 3"]
)

REQUESTS = st.builds(
    Sent,
    method=st.sampled_from(["GET", "POST", "POST", "POST", "PUT", "HEAD", "OPTIONS", "DELETE", "TRACE", "PATCH", "X"]),
    path=st.sampled_from(PATHS) | st.sampled_from(["/details/", "//", "/\xff", "/details/..", "/\x00"]),
    query=st.sampled_from([b"", b"application=application-1", b"application=%ff", b"application", b"application=\xff"])
    | st.binary(max_size=8).map(lambda data: bytes(byte for byte in data if byte > 32)),
    headers=st.fixed_dictionaries(
        {},
        optional={
            "content-type": CONTENT_TYPES,
            "if-none-match": HEADER,
            "accept": HEADER,
            "cookie": HEADER,
            "origin": HEADER,
            "expect": HEADER,
            "range": HEADER,
            "x-forwarded-host": HEADER,
        },
    ),
    body=JSON | FORM_DATA | st.binary(max_size=20),
    length=LENGTHS,
)
LIKELY = st.builds(
    Sent,
    method=st.just("POST"),
    path=st.sampled_from(PATHS),
    query=st.just(b""),
    headers=st.just({"content-type": b"application/json"}),
    body=JSON,
)
UPLOADS = st.builds(
    Sent,
    method=st.just("POST"),
    path=st.just("/details/proof"),
    query=st.just(b""),
    headers=st.builds(lambda kind: {"content-type": kind}, st.just(b"multipart/form-data; boundary=x") | CONTENT_TYPES),
    body=FORM_DATA,
    length=st.none() | LENGTHS,
)


def deep(levels: int) -> bytes:
    return b'{"country":' + b"[" * levels + b"]" * levels + b"}"


@pytest.mark.parametrize("name", NAMES)
@settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)
@given(sent=REQUESTS | LIKELY | UPLOADS)
@case(sent=Sent("POST", "/details/refresh", b"", {"content-type": b"application/json"}, deep(63)))
@case(sent=Sent("POST", "/details", b"", {"content-type": b"application/json"}, deep(99)))
@case(sent=Sent("POST", "/details/refresh", b"", {"if-none-match": b'"' * 999}, b'{"country": "DE"}'))
@case(sent=Sent("GET", "/status", b"application=%ed%a0%80&" * 50, {}, b""))
@case(sent=Sent("POST", "/details", b"", {}, b"{}", b"9" * 5000))
def test_a_request_is_not_answered_with_a_server_error(name: str, sent: Sent) -> None:
    assert 200 <= APPS[name](example(name).app, sent) < 500
