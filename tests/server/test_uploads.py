"""Uploaded files, read by each adapter with the parser of its framework."""

from __future__ import annotations

import asyncio
import io
import sys
import tracemalloc
from collections.abc import Callable, Sequence
from typing import Any

import attrs
import flask
import pytest
import starlette.requests
import starlette.routing
from django.http import HttpRequest
from django.test import RequestFactory

import stepdsl.server.django
import stepdsl.server.flask
import stepdsl.server.starlette
import stepdsl.server.wsgi
from stepdsl import InvalidValueError, server
from stepdsl.server import FlowResponse, SubmissionError, UploadedFile
from stepdsl.server import submissions as module
from stepdsl.server.uploads import MAX_PARTS, BodyCheck, UploadRules
from tests.server.asgi import Answer, call
from tests.server.multipart_body import Part, multipart
from tests.server.serving import example
from tests.server.test_adapters import by_environ, make_answer

PNG = ("photo", "me.png", "image/png", b"\x89PNG\r\n\x1a\n" * 100)

Send = Callable[..., Answer]
"""Takes a body, its content type, and the arguments of `upload`. With `cut`, the client disconnects at the end."""


def shown(file: UploadedFile) -> FlowResponse:
    return server.exit([file.filename, file.content_type, file.data.decode("latin-1")])


def by_flask(body: bytes, content_type: str | None, cut: bool = False, **options: Any) -> Answer:
    app = flask.Flask(__name__)

    @app.post("/")
    @stepdsl.server.flask.endpoint
    def view() -> FlowResponse:
        return shown(stepdsl.server.flask.upload(flask.request, "photo", **options))

    broken = {"CONTENT_LENGTH": str(len(body) + 9)} if cut else {}
    answer = app.test_client().post("/", data=body, content_type=content_type, environ_overrides=broken)
    return make_answer(answer.status_code, answer.headers.items(), answer.data)


def by_django(body: bytes, content_type: str | None, cut: bool = False, **options: Any) -> Answer:
    example("django_app")

    @stepdsl.server.django.endpoint
    def view(request: HttpRequest) -> FlowResponse:
        return shown(stepdsl.server.django.upload(request, "photo", **options))

    request = RequestFactory().generic("POST", "/", body, content_type=content_type or "")
    if cut:

        class Broken(io.BytesIO):
            def read(self, size: int | None = -1, /) -> bytes:
                raise ConnectionResetError

        request._stream = Broken()  # type: ignore[attr-defined]
    answer: Any = view(request)
    return make_answer(answer.status_code, answer.items(), answer.content)


def by_starlette(body: bytes, content_type: str | None, cut: bool = False, **options: Any) -> Answer:
    async def view(request: starlette.requests.Request) -> FlowResponse:
        return shown(await stepdsl.server.starlette.upload(request, "photo", **options))

    app = starlette.routing.Router(
        [starlette.routing.Route("/", stepdsl.server.starlette.endpoint(view), methods=["POST"])]
    )
    headers = {} if content_type is None else {"content-type": content_type}
    return call(app, "POST", "/", body, headers, complete=not cut, piece=60_000)


def by_wsgi(body: bytes, content_type: str | None, cut: bool = False, **options: Any) -> Answer:
    @stepdsl.server.wsgi.endpoint
    def app(environ: Any) -> FlowResponse:
        return shown(stepdsl.server.wsgi.upload(environ, "photo", **options))

    environ: dict[str, Any] = {"wsgi.input": io.BytesIO(body), "CONTENT_LENGTH": str(len(body) + 9 * cut)}
    return by_environ(app, environ if content_type is None else {**environ, "CONTENT_TYPE": content_type})


ADAPTERS: dict[str, Send] = {
    "flask": by_flask,
    "django": by_django,
    "starlette": by_starlette,
    "wsgi": by_wsgi,
}

by_every_adapter = pytest.mark.parametrize("send", ADAPTERS.values(), ids=ADAPTERS)

CHOOSE = "Choose a file."
UNREADABLE = "The file could not be read. Send it again."


def at_the_field(answer: Answer) -> tuple[int, str]:
    """Return the status of an error and the message at the field `photo`, which is its only message."""
    assert list(answer.json) == ["validation"]
    assert list(answer.json["validation"]) == ["photo"]
    return answer.status, answer.json["validation"]["photo"]


# -- files ------------------------------------------------------------------------------------------------------------


@by_every_adapter
@pytest.mark.parametrize(
    ("parts", "filename", "content_type"),
    [
        ([PNG], "me.png", "image/png"),
        ([("photo", "Ä b.png", "image/png", PNG[3])], "Ä b.png", "image/png"),
        ([("photo", "C:/x/me.png", "Image/PNG; q=1", PNG[3])], "me.png", "image/png"),
        ([("photo", "../../etc/passwd", "", PNG[3])], "passwd", "application/octet-stream"),
        ([("photo", "me.png", "image/png", PNG[3]), ("name", None, "", b"Ann")], "me.png", "image/png"),
        ([("name", None, "", b"Ann"), ("other", "o.txt", "text/plain", b"o"), PNG], "me.png", "image/png"),
    ],
)
def test_a_file_is_read(send: Send, parts: Sequence[Part], filename: str, content_type: str) -> None:
    answer = send(*multipart(parts))
    assert (answer.status, answer.json) == (200, [filename, content_type, PNG[3].decode("latin-1")])


@by_every_adapter
def test_a_file_of_exactly_the_limit_is_read(send: Send) -> None:
    data = bytes(300_000)
    body, content_type = multipart([("photo", "a", "image/png", data)])
    assert send(body, content_type, max_bytes=300_000).status == 200
    assert at_the_field(send(body, content_type, max_bytes=299_999)) == (
        413,
        "Choose a file of at most 299999 bytes.",
    )


@by_every_adapter
def test_an_empty_file_is_a_file(send: Send) -> None:
    answer = send(*multipart([("photo", "empty.txt", "text/plain", b"")]))
    assert (answer.status, answer.json) == (200, ["empty.txt", "text/plain", ""])


@by_every_adapter
@pytest.mark.parametrize(
    ("accepts", "is_accepted"),
    [
        (None, True),
        (["image/png"], True),
        (["application/pdf", "IMAGE/*"], True),
        (["*/*"], True),
        (("image/jpeg", "application/*"), False),
        (["image/pn"], False),
        ([], False),
    ],
)
def test_the_content_type_is_checked(send: Send, accepts: Any, is_accepted: bool) -> None:
    answer = send(*multipart([PNG]), accepts=accepts)
    if is_accepted:
        assert answer.status == 200
    else:
        names = ", ".join(accepts)
        assert at_the_field(answer) == (415, f"Choose a file of one of these types: {names}.")


@by_every_adapter
def test_a_content_type_can_be_in_upper_case(send: Send) -> None:
    body, content_type = multipart([PNG])
    assert send(body, content_type.replace("multipart/form-data", "Multipart/Form-Data")).status == 200


def test_the_content_types_can_be_an_iterator() -> None:
    assert rules(accepts=iter(["image/PNG", "text/*"])).accepts == ("image/png", "text/*")


# -- errors -----------------------------------------------------------------------------------------------------------

REFUSED: dict[str, tuple[bytes, str | None, int, tuple[str, ...]]] = {
    "no content type": (b"", None, 415, (UNREADABLE,)),
    "JSON": (b"{}", "application/json", 415, (UNREADABLE,)),
    "another multipart": (b"--x--", "multipart/mixed; boundary=x", 415, (UNREADABLE,)),
    "no boundary": (b"--x--", "multipart/form-data", 400, (UNREADABLE,)),
    "an empty boundary": (b"----\r\n", "multipart/form-data; boundary=", 400, (UNREADABLE, CHOOSE)),
    "a strange boundary": (b"--x--", 'multipart/form-data; boundary="ä"', 400, (UNREADABLE,)),
    "a long boundary": (b"--x--", "multipart/form-data; boundary=" + "x" * 5000, 400, (UNREADABLE,)),
    "a strange charset": (
        multipart([PNG])[0],
        multipart([PNG])[1] + "; charset=hex",
        400,
        (UNREADABLE, CHOOSE),
    ),
    "an empty body": (b"\r\n", "multipart/form-data; boundary=x", 400, (UNREADABLE,)),
    "no parts": (b"--x--\r\n", "multipart/form-data; boundary=x", 400, (UNREADABLE, CHOOSE)),
    "garbage": (b"\xff\x00" * 500, "multipart/form-data; boundary=x", 400, (UNREADABLE,)),
    "half of a header": (b"--x\r\nContent-Dis", "multipart/form-data; boundary=x", 400, (UNREADABLE,)),
    "no header": (b"--x\r\n\r\nabc\r\n--x--\r\n", "multipart/form-data; boundary=x", 400, (UNREADABLE, CHOOSE)),
    "a part without a name": (
        b'--x\r\nContent-Disposition: form-data; filename="a"\r\n\r\nabc\r\n--x--\r\n',
        "multipart/form-data; boundary=x",
        400,
        (UNREADABLE, CHOOSE),
    ),
    "a wrong encoding": (
        b'--x\r\nContent-Disposition: form-data; name="photo"; filename="a"\r\n'
        b"Content-Transfer-Encoding: base64\r\n\r\n%%%\r\n--x--\r\n",
        "multipart/form-data; boundary=x",
        400,
        (UNREADABLE, CHOOSE),
    ),
    "a wrong charset in a header": (
        b'--x\r\nContent-Disposition: form-data; name="photo\xff"; filename="a"\r\n\r\nabc\r\n--x--\r\n',
        "multipart/form-data; boundary=x",
        400,
        (UNREADABLE, CHOOSE),
    ),
    "without the end": (multipart([PNG])[0][:-10], multipart([PNG])[1], 400, (UNREADABLE,)),
    "half of the file": (multipart([PNG])[0][:500], multipart([PNG])[1], 400, (UNREADABLE,)),
    "another part": (*multipart([("other", *PNG[1:])]), 400, (CHOOSE,)),
    "a field": (*multipart([("photo", None, "image/png", b"x")]), 400, (CHOOSE,)),
    "an empty field of a browser": (*multipart([("photo", "", "application/octet-stream", b"")]), 400, (CHOOSE,)),
    "two files": (*multipart([PNG, PNG]), 400, (CHOOSE,)),
    "too many files": (*multipart([("other", *PNG[1:])] * (MAX_PARTS + 1)), 400, (UNREADABLE,)),
    "too many fields": (*multipart([("a", None, "", b"x")] * 2000), 400, (UNREADABLE,)),
}


@by_every_adapter
@pytest.mark.parametrize("name", REFUSED)
def test_another_request_is_refused_at_the_field(send: Send, name: str) -> None:
    body, content_type, status, texts = REFUSED[name]
    # Parsers differ: some refuse a part that others skip or accept.
    answer = send(body, content_type)
    if answer.status == 200:
        assert len(texts) == 2
    else:
        assert at_the_field(answer) in [(status, text) for text in texts]


@by_every_adapter
def test_a_client_that_disconnects_is_answered_at_the_field(send: Send) -> None:
    body, content_type = multipart([PNG])
    assert at_the_field(send(body[:700], content_type, cut=True)) == (400, UNREADABLE)
    assert at_the_field(send(body[:700], "text/plain", cut=True)) == (415, UNREADABLE)


@by_every_adapter
def test_a_large_body_is_not_stored(send: Send) -> None:
    body, content_type = multipart([("photo", "a", "image/png", bytes(20_000_000))])
    tracemalloc.start()
    try:
        answer = send(body, content_type, max_bytes=1_000_000)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert at_the_field(answer) == (413, "Choose a file of at most 1 MB.")
    copies = 2 if send in (by_starlette, by_django) else 1  # the test keeps the body, some of them in pieces
    assert peak < 5_000_000 + copies * 20_000_000


@by_every_adapter
def test_reading_stops_at_the_second_limit(send: Send, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_MAX_DROPPED", 100_000)
    body, content_type = multipart([("photo", "a", "image/png", bytes(1_000_000))])
    assert at_the_field(send(body, content_type, max_bytes=1000)) == (413, "Choose a file of at most 1 kB.")


@pytest.mark.parametrize("content_type", ["text/plain", "multipart/form-data; boundary=x", multipart([])[1]])
def test_the_rest_of_a_refused_body_is_read(content_type: str) -> None:
    """Otherwise the server closes the connection, and the client may not receive the answer."""
    body = multipart([("photo", "a", "image/png", bytes(200_000))])[0]
    stream = io.BytesIO(body)
    with pytest.raises(SubmissionError):
        environ: dict[str, Any] = {
            "wsgi.input": stream,
            "CONTENT_LENGTH": str(len(body)),
            "CONTENT_TYPE": content_type,
        }
        stepdsl.server.wsgi.upload(environ, "photo", max_bytes=1000)
    assert stream.tell() == len(body)

    pieces = [body[start : start + 50_000] for start in range(0, len(body), 50_000)]

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": pieces.pop(0), "more_body": bool(pieces)}

    scope = {"type": "http", "method": "POST", "headers": [(b"content-type", content_type.encode())]}
    with pytest.raises(SubmissionError):
        asyncio.run(
            stepdsl.server.starlette.upload(starlette.requests.Request(scope, receive), "photo", max_bytes=1000)
        )
    assert pieces == []


@by_every_adapter
def test_a_flow_can_have_its_own_texts(send: Send) -> None:
    messages = {
        "required": "Ein Foto, bitte.",
        "type": "Nicht lesbar.",
        "accepts": "Nur {limit}.",
        "maxSize": "Bis {limit}.",
    }
    body, content_type = multipart([PNG])
    given = [
        send(*multipart([("x", *PNG[1:])]), messages=messages),
        send(b"{}", "application/json", messages=messages),
        send(body, content_type, messages=messages, accepts=["application/pdf"]),
        send(body, content_type, messages=messages, max_bytes=10),
    ]
    assert [at_the_field(answer) for answer in given] == [
        (400, "Ein Foto, bitte."),
        (415, "Nicht lesbar."),
        (415, "Nur application/pdf."),
        (413, "Bis 10 bytes."),
    ]


def test_the_limit_of_flask_is_respected() -> None:
    app = flask.Flask(__name__)
    app.config["MAX_CONTENT_LENGTH"] = 2000

    @app.post("/")
    @stepdsl.server.flask.endpoint
    def view() -> FlowResponse:
        return shown(stepdsl.server.flask.upload(flask.request, "photo"))

    body, content_type = multipart([("photo", "a", "image/png", bytes(3000))])
    answer = app.test_client().post("/", data=body, content_type=content_type)
    assert (answer.status_code, answer.json) == (413, {"validation": {"photo": "Choose a file of at most 2 kB."}})


def test_the_limit_of_flask_is_not_compared_with_a_wrong_one() -> None:
    app = flask.Flask(__name__)
    app.config["MAX_CONTENT_LENGTH"] = 2000
    with app.test_request_context(method="POST"), pytest.raises(InvalidValueError) as refused:
        stepdsl.server.flask.upload(flask.request, "photo", max_bytes="5")  # type: ignore[arg-type]
    assert str(refused.value) == "max_bytes: expected 1 byte or more, got '5'"


def test_django_reads_a_body_that_was_read_before() -> None:
    example("django_app")
    body, content_type = multipart([PNG])
    request = RequestFactory().generic("POST", "/", body, content_type=content_type)
    assert request.body == body
    assert stepdsl.server.django.upload(request, "photo").data == PNG[3]


def test_django_takes_the_files_of_a_request_that_was_parsed_before() -> None:
    example("django_app")
    body, content_type = multipart([PNG])
    upload = stepdsl.server.django.upload

    def request() -> HttpRequest:
        made = RequestFactory().generic("POST", "/", body, content_type=content_type)
        assert made.POST == {}  # as the CSRF middleware does
        return made

    assert upload(request(), "photo") == UploadedFile("me.png", "image/png", PNG[3])
    with pytest.raises(SubmissionError) as refused:
        upload(request(), "photo", max_bytes=100)
    assert refused.value.response.json == {"validation": {"photo": "Choose a file of at most 100 bytes."}}
    with pytest.raises(SubmissionError) as refused:
        upload(request(), "other")
    assert refused.value.response.json == {"validation": {"other": "Choose a file."}}


def test_starlette_reads_a_body_that_was_read_before() -> None:
    body, content_type = multipart([PNG])

    async def view(request: starlette.requests.Request) -> FlowResponse:
        await request.body()
        return shown(await stepdsl.server.starlette.upload(request, "photo"))

    app = starlette.routing.Route("/", stepdsl.server.starlette.endpoint(view), methods=["POST"])
    assert call(app, "POST", "/", body, {"content-type": content_type}).status == 200


def test_wsgi_names_the_missing_package(monkeypatch: pytest.MonkeyPatch) -> None:
    body, content_type = multipart([PNG])
    for package in (None, asyncio):  # python-multipart had a module of the same name
        monkeypatch.setitem(sys.modules, "multipart", package)
        with pytest.raises(ImportError) as refused:
            by_wsgi(body, content_type)
        assert str(refused.value) == ("uploads in plain WSGI need the package multipart: pip install 'stepdsl[wsgi]'")


# -- the rules --------------------------------------------------------------------------------------------------------


def rules(**given: Any) -> UploadRules:
    options = {"param": "photo", "max_bytes": 1000, "accepts": None, "messages": None, **given}
    return UploadRules.of(**options)


@pytest.mark.parametrize(
    ("given", "text"),
    [
        ({"param": ""}, "param: expected the name of a part, got ''"),
        ({"param": 5}, "param: expected the name of a part, got 5"),
        ({"param": "\ud800"}, r"param: expected the name of a part, got '\ud800'"),
        ({"max_bytes": 0}, "max_bytes: expected 1 byte or more, got 0"),
        ({"max_bytes": "5"}, "max_bytes: expected 1 byte or more, got '5'"),
        (
            {"accepts": "image/*"},
            "accepts: expected a list of content types, got 'image/*'; write ['image/*']",
        ),
        ({"accepts": 5}, "accepts: expected a list of content types, got 5"),
        ({"accepts": ["image/*", ".pdf"]}, "accepts[1]: expected a content type such as 'image/*', got '.pdf'"),
        ({"accepts": ["*/png"]}, "accepts[0]: expected a content type such as 'image/*', got '*/png'"),
        ({"accepts": [None]}, "accepts[0]: expected a content type such as 'image/*', got None"),
        ({"messages": {"maxsize": "x"}}, "messages.maxsize: no such keyword; did you mean 'maxSize'?"),
        ({"messages": ["x"]}, "messages: expected a mapping, got a list"),
        ({"messages": {5: "x"}}, "messages['5']: no such keyword; there are required, type, accepts, maxSize"),
        ({"messages": {"maxSize": 5}}, "messages.maxSize: expected a string, got 5"),
    ],
)
def test_invalid_arguments_are_refused(given: dict[str, Any], text: str) -> None:
    with pytest.raises(InvalidValueError) as refused:
        rules(**given)
    assert str(refused.value) == text


@pytest.mark.parametrize(
    ("size", "text"),
    [
        (1, "1 bytes"),
        (999, "999 bytes"),
        (1000, "1 kB"),
        (1024, "1 KiB"),
        (1234, "1234 bytes"),
        (1500, "1.5 kB"),
        (512 * 1024, "512 KiB"),
        (5_000_000, "5 MB"),
        (2_500_000, "2.5 MB"),
        (10 * 2**20, "10 MiB"),
        (10_000_000_000, "10 GB"),
    ],
)
def test_the_limit_is_written_for_a_user(size: int, text: str) -> None:
    error = rules(max_bytes=size).too_large()
    assert error.response.json == {"validation": {"photo": f"Choose a file of at most {text}."}}


def test_an_error_has_the_technical_reason() -> None:
    error = rules().unreadable("line\nbreak")
    assert (error.status, error.reason) == (400, "photo: no multipart/form-data: line break")
    with pytest.raises(SubmissionError) as refused:
        rules().check_body_type("text/plain")
    assert str(refused.value) == "photo: expected a body of multipart/form-data, got 'text/plain'"


@pytest.mark.parametrize("size", [1, 2, 7, 20, 1000])
def test_the_end_of_a_body_is_found_in_pieces_of_each_size(size: int) -> None:
    body, content_type = multipart([PNG])
    for sent, is_complete in ((body, True), (body + b"more", True), (body[:-5], False), (b"", False)):
        check = BodyCheck(rules(max_bytes=5000), content_type)
        for start in range(0, len(sent), size):
            check.feed(sent[start : start + size])
        if is_complete:
            check.feed(b"")
        else:
            with pytest.raises(SubmissionError, match="the end of the body is missing"):
                check.feed(b"")


@pytest.mark.parametrize(
    ("body", "is_complete"),
    [
        (b"--x--", True),
        (b"--x\r\n\r\na\r\n--x--", True),
        (b"--x\r\n\r\na\n--x--", False),
        (b"--x\r\n\r\na--x--\r\n", False),
    ],
)
def test_the_end_of_a_body_is_a_line(body: bytes, is_complete: bool) -> None:
    """A parser that does not find the end of the last part may leave its file open."""
    check = BodyCheck(rules(), "multipart/form-data; boundary=x")
    check.feed(body)
    if is_complete:
        check.feed(b"")
    else:
        with pytest.raises(SubmissionError, match="the end of the body is missing"):
            check.feed(b"")


@pytest.mark.parametrize("param", ["a.b", "a'\"b", "a\\b", "line\nbreak", "a long name " * 10, "[0]"])
def test_a_param_of_any_characters_is_one_name(param: str) -> None:
    error = rules(param=param).too_large()
    assert error.response.json == {"validation": {param: "Choose a file of at most 1 kB."}}


def test_an_uploaded_file_does_not_show_its_data() -> None:
    file = UploadedFile("a.png", "image/png", b"secret")
    assert repr(file) == "UploadedFile(filename='a.png', content_type='image/png')"
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        file.data = b""  # type: ignore[misc]
