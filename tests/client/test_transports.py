"""The transports that call an application in this process."""

from __future__ import annotations

import asyncio
import gc
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import asynccontextmanager
from typing import Any

import pytest
from fastapi import BackgroundTasks, FastAPI, Request
from fastapi.responses import StreamingResponse

from stepdsl import Action, InvalidValueError, Polling, Step, server
from stepdsl.executor import Exited, NextStep, PollingExecutor, Trigger
from stepdsl.server.wsgi import endpoint
from stepdsl.testing import ApplicationError, AsgiTransport, FakeClock, FlowClient, WsgiTransport
from stepdsl.testing.plugin import MakeClient

BASE = "http://localhost:8000"

waiting = Step(
    polling=Polling(
        url="/status", interval=5, max_attempts=3, on_error=Polling.OnError(action=Action(exit=True, result="late"))
    )
)

# WSGI


def answering(body: Iterable[bytes] = (b"ok",), *, status: str = "200 OK") -> Any:
    def app(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        app.environ = environ  # type: ignore[attr-defined]
        app.body = environ["wsgi.input"].read()  # type: ignore[attr-defined]
        start_response(status, [("Set-Cookie", "a=1"), ("Set-Cookie", "b=2")])
        return body

    return app


def test_the_environ_of_wsgi_has_all_parts_of_the_request() -> None:
    app = answering()

    WsgiTransport(app).request(
        "post",
        f"{BASE}/b%C3%BCcher/a%20b?q=%C3%BC",
        body=b'{"a":1}',
        headers={"Content-Type": "application/json", "If-None-Match": '"x"', "X-Key": "1"},
    )

    environ = app.environ
    assert environ["wsgi.input"].read() == b""
    assert app.body == b'{"a":1}'
    assert {name: value for name, value in environ.items() if name.isupper()} == {
        "REQUEST_METHOD": "POST",
        "SCRIPT_NAME": "",
        "PATH_INFO": "/bücher/a b".encode().decode("latin-1"),
        "QUERY_STRING": "q=%C3%BC",
        "SERVER_NAME": "localhost",
        "SERVER_PORT": "8000",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "REMOTE_ADDR": "127.0.0.1",
        "HTTP_HOST": "localhost:8000",
        "CONTENT_TYPE": "application/json",
        "CONTENT_LENGTH": "7",
        "HTTP_IF_NONE_MATCH": '"x"',
        "HTTP_X_KEY": "1",
    }


def test_an_answer_is_read_like_one_of_urllib3() -> None:
    answer = WsgiTransport(answering([b"ab", b"", b"cd"], status="201 Created")).request("GET", "https://bar.foo")

    assert answer.status == 201
    assert answer.headers["set-cookie"] == "a=1, b=2"
    assert [answer.read(3), answer.read(), answer.read(1)] == [b"abc", b"d", b""]
    answer.release_conn()


def test_the_body_of_an_answer_is_closed() -> None:
    closed: list[bool] = []

    class Body(list[bytes]):
        def close(self) -> None:
            closed.append(True)

    WsgiTransport(answering(Body([b"ok"]))).request("GET", BASE)

    assert closed == [True]


def test_a_wsgi_application_can_write_and_can_start_again_after_an_error() -> None:
    def app(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        start_response("200 OK", [])
        start_response("500 Internal Server Error", [], (ValueError, ValueError(), None))(b"sorry")
        return []

    answer = WsgiTransport(app).request("GET", BASE)

    assert (answer.status, answer.read()) == (500, b"sorry")


def test_an_exception_of_a_wsgi_application_is_the_cause_of_an_application_error() -> None:
    error = ValueError("boom")

    def app(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        raise error

    with pytest.raises(ApplicationError) as raised:
        WsgiTransport(app).request("GET", f"{BASE}/x")
    assert str(raised.value) == "the application raised ValueError: boom; GET http://localhost:8000/x"
    assert raised.value.__cause__ is error


def test_a_wsgi_application_without_an_answer_is_an_application_error() -> None:
    with pytest.raises(ApplicationError) as raised:
        WsgiTransport(lambda environ, start_response: []).request("GET", BASE)
    assert str(raised.value) == "the application did not call start_response; GET http://localhost:8000"


WSGI_HEADER = "expected a tuple of two strings, such as ('Content-Type', 'text/html')"
WSGI_STATUS = "expected a string such as '200 OK'"


def starts(*arguments: Any, body: Any = (b"",)) -> Any:
    def app(environ: dict[str, Any], start_response: Callable[..., Any]) -> Any:
        start_response(*arguments)
        return body

    return app


def starts_twice(environ: dict[str, Any], start_response: Callable[..., Any]) -> list[bytes]:
    start_response("200 OK", [])
    start_response("200 OK", [])
    return []


def writes_text(environ: dict[str, Any], start_response: Callable[..., Any]) -> list[bytes]:
    start_response("200 OK", [])("text")
    return []


WRONG_WSGI = [
    (starts(200, []), f"called start_response with the status 200; {WSGI_STATUS}"),
    (starts("OK", []), f"called start_response with the status 'OK'; {WSGI_STATUS}"),
    (starts("2000 OK", []), f"called start_response with the status '2000 OK'; {WSGI_STATUS}"),
    (starts("200 OK", {}), "called start_response with a dict as headers; expected a list of tuples"),
    (starts("200 OK", [("A", b"1")]), f"called start_response with the header ('A', b'1'); {WSGI_HEADER}"),
    (starts("200 OK", ["A: 1"]), f"called start_response with the header 'A: 1'; {WSGI_HEADER}"),
    (starts("200 OK", [["A", "1"]]), f"called start_response with the header ['A', '1']; {WSGI_HEADER}"),
    (starts("200 OK", [("A",)]), f"called start_response with the header ('A',); {WSGI_HEADER}"),
    (
        starts("200 OK", [("A", "b\r\nX: c")]),
        r"called start_response with the header ('A', 'b\r\nX: c'); expected a name and Latin-1 text on one line",
    ),
    (
        starts("200 OK", [("A b", "c")]),
        "called start_response with the header ('A b', 'c'); expected a name and Latin-1 text on one line",
    ),
    (starts_twice, "called start_response twice; the second time it needs exc_info"),
    (
        starts("200 OK", [], body="text"),
        "returned 'text'; expected an iterable of bytes; write return [body.encode()]",
    ),
    (starts("200 OK", [], body=b"text"), "returned a bytes; expected an iterable of bytes; write return [body]"),
    (starts("200 OK", [], body=Step()), "returned a Step; write @endpoint of stepdsl.server.wsgi above it"),
    (
        starts("200 OK", [], body=server.exit()),
        "returned a FlowResponse; write @endpoint of stepdsl.server.wsgi above it",
    ),
    (starts("200 OK", [], body=None), "returned None; expected an iterable of bytes, such as a list"),
    (
        starts("200 OK", [], body=["text"]),
        "sent 'text' as a part of the body; expected bytes; write text.encode()",
    ),
    (starts("200 OK", [], body=[1]), "sent 1 as a part of the body; expected bytes"),
    (writes_text, "sent 'text' as a part of the body; expected bytes; write text.encode()"),
]


@pytest.mark.parametrize(("app", "text"), WRONG_WSGI, ids=[text for _, text in WRONG_WSGI])
def test_what_pep_3333_does_not_allow_is_an_application_error(app: Any, text: str) -> None:
    with pytest.raises(ApplicationError) as raised:
        WsgiTransport(app).request("GET", BASE)
    assert str(raised.value) == f"the application {text}; GET http://localhost:8000"


def test_an_application_does_not_hide_its_mistake() -> None:
    def app(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        try:
            start_response(200, [])
        except AssertionError:
            start_response("500 Internal Server Error", [])
        return []

    with pytest.raises(ApplicationError, match=r"^the application called start_response with the status 200; "):
        WsgiTransport(app).request("GET", BASE)


def test_an_exception_while_a_body_is_read_is_an_application_error() -> None:
    def body(start_response: Callable[..., Any]) -> Iterator[bytes]:
        start_response("200 OK", [])
        yield b"a"
        try:
            raise ValueError("boom")
        except ValueError as error:  # too late for another answer
            start_response("500 Internal Server Error", [], (ValueError, error, error.__traceback__))

    with pytest.raises(ApplicationError) as raised:
        WsgiTransport(lambda environ, start_response: body(start_response)).request("GET", BASE)
    assert str(raised.value) == "the application raised ValueError: boom; GET http://localhost:8000"


async def endless_asgi(scope: Any, receive: Any, send: Any) -> None:
    await send(START)
    while True:
        await send(BODY | {"body": b"12345678", "more_body": True})


def endless_wsgi(environ: Any, start_response: Any) -> Iterable[bytes]:
    start_response("200 OK", [])
    while True:
        yield b"12345678"


@pytest.mark.parametrize("transport", [WsgiTransport(endless_wsgi), AsgiTransport(endless_asgi)], ids=["wsgi", "asgi"])
def test_a_body_without_an_end_is_an_application_error(transport: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    for module in ("wsgi", "asgi"):
        monkeypatch.setattr(f"stepdsl.testing.{module}.MAX_ANSWER", 100)
    with pytest.raises(ApplicationError) as raised:
        transport.request("GET", BASE)
    assert str(raised.value) == "the application sent a body of more than 100 bytes; GET http://localhost:8000"


def test_a_request_that_returns_no_answer_is_an_application_error() -> None:
    class Transport:
        def request(self, method: str, url: str, /, **options: Any) -> Any:
            return "text"

    with pytest.raises(ApplicationError) as raised:
        FlowClient(Transport()).start("/")
    assert str(raised.value).startswith(
        "start: request returned 'text'; expected an answer with status, headers, read, release_conn\n"
    )


def test_a_cancelled_task_of_a_wsgi_application_is_an_application_error() -> None:
    def app(environ: Any, start_response: Any) -> Any:
        raise asyncio.CancelledError

    with pytest.raises(ApplicationError) as raised:
        WsgiTransport(app).request("GET", BASE)
    assert str(raised.value) == "the application raised CancelledError; GET http://localhost:8000"


def test_a_wsgi_application_that_exits_is_an_application_error() -> None:
    def app(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        raise SystemExit(1)

    with pytest.raises(ApplicationError) as raised:
        WsgiTransport(app).request("GET", BASE)
    assert str(raised.value) == "the application raised SystemExit: 1; GET http://localhost:8000"


@pytest.mark.parametrize(
    ("transport", "text"),
    [
        (WsgiTransport, "WsgiTransport.app: expected a WSGI application, got 'app'"),
        (AsgiTransport, "AsgiTransport.app: expected an ASGI application, got 'app'"),
    ],
)
def test_an_application_can_be_called(transport: Any, text: str) -> None:
    with pytest.raises(InvalidValueError) as raised:
        transport("app")
    assert str(raised.value) == text


# ASGI


@pytest.fixture
def fastapi() -> Iterator[tuple[FastAPI, AsgiTransport]]:
    app = FastAPI()
    transport = AsgiTransport(app)
    yield app, transport
    transport.close()


def test_the_scope_of_asgi_has_all_parts_of_the_request(fastapi: tuple[FastAPI, AsgiTransport]) -> None:
    app, transport = fastapi

    @app.post("/bücher/{name}")
    async def read(request: Request, name: str, q: str) -> dict[str, Any]:
        assert request.client is not None
        return {
            "url": str(request.url),
            "name": name,
            "q": q,
            "json": await request.json(),
            "key": request.headers["x-key"],
            "length": request.headers["content-length"],
            "client": request.client.host,
        }

    answer = transport.request(
        "post", f"{BASE}/b%C3%BCcher/a%20b?q=%C3%BC", body=b'{"a":1}', headers={"X-Key": "1"}, timeout=10
    )

    assert (answer.status, answer.headers["Content-Type"]) == (200, "application/json")
    assert answer.read().decode() == (
        '{"url":"http://localhost:8000/bücher/a b?q=%C3%BC","name":"a b","q":"ü","json":{"a":1},"key":"1",'
        '"length":"7","client":"127.0.0.1"}'
    )


def test_streams_and_background_tasks_end_before_the_answer(fastapi: tuple[FastAPI, AsgiTransport]) -> None:
    app, transport = fastapi
    ended: list[str] = []

    @app.get("/stream")
    async def stream() -> StreamingResponse:
        async def parts() -> Any:
            yield b"a"
            await asyncio.sleep(0)
            yield b"b"

        return StreamingResponse(parts())

    @app.get("/later")
    def later(tasks: BackgroundTasks) -> None:
        tasks.add_task(ended.append, "task")

    assert transport.request("GET", f"{BASE}/stream").read() == b"ab"
    assert transport.request("GET", f"{BASE}/later").status == 200
    assert ended == ["task"]


def test_the_lifespan_begins_with_the_first_request_and_ends_with_close() -> None:
    events: list[str] = []

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> Any:
        events.append("start")
        yield {"name": "Ada"}
        events.append("end")

    app = FastAPI(lifespan=lifespan)

    @app.get("/")
    async def read(request: Request) -> str:
        return str(request.state.name)

    transport = AsgiTransport(app)
    assert events == []
    assert transport.request("GET", BASE).read() == b'"Ada"'
    assert transport.request("GET", BASE).read() == b'"Ada"'
    transport.close()
    transport.close()
    assert events == ["start", "end"]


def test_the_event_loop_ends_when_the_transport_is_no_longer_used() -> None:
    threads: list[threading.Thread] = []

    async def app(scope: Any, receive: Any, send: Any) -> None:
        threads.append(threading.current_thread())
        await send({"type": "http.response.start", "status": 204})

    transport = AsgiTransport(app)
    assert transport.request("GET", BASE).status == 204
    assert threads[-1].is_alive()
    del transport
    gc.collect()
    assert not threads[-1].is_alive()


def lifespan_of(work: Callable[[str], None]) -> Any:
    """Return an application whose lifespan calls a function at the start and at the end."""

    async def app(scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] == "lifespan":
            for kind in ("startup", "shutdown"):
                await receive()
                work(kind)
                await send({"type": f"lifespan.{kind}.complete"})
        else:
            await send({"type": "http.response.start", "status": 204})

    return app


def fastapi_that_raises(error: BaseException, at: str) -> FastAPI:
    @asynccontextmanager
    async def lifespan(app: FastAPI) -> Any:
        if at == "start":
            raise error
        yield
        raise error

    return FastAPI(lifespan=lifespan)


@pytest.mark.parametrize(
    ("error", "text"), [(ValueError("no database"), "ValueError: no database"), (SystemExit(1), "SystemExit: 1")]
)
def test_a_lifespan_that_fails_is_an_application_error(error: BaseException, text: str) -> None:
    with pytest.raises(ApplicationError) as raised:
        AsgiTransport(fastapi_that_raises(error, "start")).request("GET", BASE)
    assert str(raised.value) == f"the start of the application's lifespan failed: {text}; GET http://localhost:8000"
    assert raised.value.__cause__ is error

    transport = AsgiTransport(fastapi_that_raises(error, "end"))
    transport.request("GET", BASE)
    with pytest.raises(ApplicationError) as raised:
        transport.close()
    assert str(raised.value) == f"the end of the application's lifespan failed: {text}"
    assert raised.value.__cause__ is error
    transport.close()  # it is closed


def test_a_lifespan_can_say_that_it_failed_without_an_exception() -> None:
    async def app(scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] == "http":
            await send({"type": "http.response.start", "status": 204})
            return
        for result in results:
            await receive()
            await send({"type": f"lifespan.{result}", "message": "no database"})

    results = ["startup.failed"]
    with pytest.raises(ApplicationError) as raised:
        AsgiTransport(app).request("GET", BASE)
    assert str(raised.value) == (
        "the start of the application's lifespan failed: no database; GET http://localhost:8000"
    )

    results = ["startup.complete", "shutdown.failed"]
    with pytest.raises(ApplicationError) as raised, AsgiTransport(app) as transport:
        transport.request("GET", BASE)
    assert str(raised.value) == "the end of the application's lifespan failed: no database"


def test_an_exception_at_the_end_of_a_lifespan_without_a_message_is_an_application_error() -> None:
    def work(kind: str) -> None:
        if kind == "shutdown":
            raise ValueError("boom")

    with pytest.raises(ApplicationError) as raised, AsgiTransport(lifespan_of(work)) as transport:
        transport.request("GET", BASE)
    assert str(raised.value) == "the end of the application's lifespan failed: ValueError: boom"


def test_an_exit_at_the_start_of_a_lifespan_without_a_message_is_an_application_error() -> None:
    def work(kind: str) -> None:
        raise SystemExit

    with pytest.raises(ApplicationError) as raised:
        AsgiTransport(lifespan_of(work)).request("GET", BASE)
    assert str(raised.value) == (
        "the start of the application's lifespan failed: SystemExit; GET http://localhost:8000"
    )


def test_an_exception_at_the_start_of_a_lifespan_without_a_message_means_that_there_is_none() -> None:
    def work(kind: str) -> None:
        raise ValueError("no lifespan")

    with AsgiTransport(lifespan_of(work)) as transport:
        assert transport.request("GET", BASE).status == 204


def test_a_lifespan_has_a_limited_time_for_its_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("stepdsl.testing.asgi._LONGEST_SHUTDOWN", 0.05)

    async def app(scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] == "lifespan":
            await receive()
            await send({"type": "lifespan.startup.complete"})
            await asyncio.Event().wait()
        await send({"type": "http.response.start", "status": 204})

    transport = AsgiTransport(app)
    transport.request("GET", BASE)
    with pytest.raises(ApplicationError) as raised:
        transport.close()
    assert str(raised.value) == "the end of the application's lifespan failed: it took more than 0.05 s"


def test_a_lifespan_starts_again_with_a_request_after_the_end() -> None:
    kinds: list[str] = []
    transport = AsgiTransport(lifespan_of(kinds.append))
    for _ in range(2):
        with transport:
            transport.request("GET", BASE)
    assert kinds == ["startup", "shutdown"] * 2


@pytest.mark.parametrize("error", [SystemExit(1), KeyboardInterrupt()])
@pytest.mark.parametrize("kind", ["http", "lifespan"])
def test_an_exit_does_not_stop_the_event_loop(error: BaseException, kind: str, capfd: Any) -> None:
    async def app(scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] == kind and errors:
            raise errors.pop()
        await send({"type": "http.response.start", "status": 204})

    errors = [error]
    with AsgiTransport(app) as transport:
        with pytest.raises(KeyboardInterrupt if isinstance(error, KeyboardInterrupt) else ApplicationError) as raised:
            transport.request("GET", BASE, timeout=9)
        if kind == "http" and isinstance(error, SystemExit):
            assert str(raised.value) == "the application raised SystemExit: 1; GET http://localhost:8000"
        assert transport.request("GET", BASE, timeout=9).status == 204
    assert capfd.readouterr().err == ""


ASGI_HEADER = "expected a pair of bytes, such as (b'content-type', b'text/html')"
START = {"type": "http.response.start", "status": 200}
BODY = {"type": "http.response.body"}

WRONG_ASGI: list[tuple[list[Any], str]] = [
    ([{"type": "http.response.begin"}], "sent 'http.response.begin'; expected 'http.response.start'"),
    ([{}], "sent None; expected 'http.response.start'"),
    ([BODY], "sent 'http.response.body'; expected 'http.response.start'"),
    ([START, START], "sent 'http.response.start'; expected 'http.response.body'"),
    ([START, BODY, {"type": "http.response.trailers"}], "sent 'http.response.trailers' after the end of its answer"),
    ([{"type": "http.response.start"}], "sent the status None; expected an integer such as 200"),
    ([START | {"status": "200"}], "sent the status '200'; expected an integer such as 200"),
    ([START | {"status": 20}], "sent the status 20; expected an integer such as 200"),
    ([START | {"headers": [("a", "b")]}], f"sent the header ('a', 'b'); {ASGI_HEADER}"),
    ([START | {"headers": [b"a"]}], f"sent the header b'a'; {ASGI_HEADER}"),
    ([START | {"headers": {"a": "b"}}], f"sent the header 'a'; {ASGI_HEADER}"),
    (
        [START | {"headers": [(b"a", b"b\nc")]}],
        r"sent the header (b'a', b'b\nc'); expected a name and Latin-1 text on one line",
    ),
    ([START, BODY | {"body": "text"}], "sent 'text' as a part of the body; expected bytes; write text.encode()"),
    ([START, BODY | {"body": None}], "sent None as a part of the body; expected bytes"),
]


@pytest.mark.parametrize(("messages", "text"), WRONG_ASGI, ids=[text for _, text in WRONG_ASGI])
def test_what_asgi_does_not_allow_is_an_application_error(messages: list[Any], text: str) -> None:
    async def app(scope: Any, receive: Any, send: Any) -> None:
        for message in messages:
            await send(message)

    with AsgiTransport(app) as transport, pytest.raises(ApplicationError) as raised:
        transport.request("GET", BASE)
    assert str(raised.value) == f"the application {text}; GET http://localhost:8000"


def test_an_exception_of_an_asgi_application_is_the_cause_of_an_application_error() -> None:
    error = TimeoutError("of its own")

    async def app(scope: Any, receive: Any, send: Any) -> None:
        raise error

    transport = AsgiTransport(app)
    with pytest.raises(ApplicationError) as raised:
        transport.request("GET", BASE, timeout=9)
    assert str(raised.value) == "the application raised TimeoutError: of its own; GET http://localhost:8000"
    assert str(raised.value.__cause__) == "of its own"
    transport.close()


def test_an_exception_after_the_whole_answer_belongs_to_the_answer() -> None:
    error = ValueError("boom")

    async def app(scope: Any, receive: Any, send: Any) -> None:
        await send({"type": "http.response.start", "status": 500, "headers": [(b"x-key", b"1")]})
        await send({"type": "http.response.body", "body": b"sorry"})
        assert (await receive(), await receive()) == (
            {"type": "http.request", "body": b"", "more_body": False},
            {"type": "http.disconnect"},
        )
        raise error

    transport = AsgiTransport(app)
    answer = transport.request("GET", BASE)
    assert (answer.status, answer.headers["X-Key"], answer.read(), answer.error) == (500, "1", b"sorry", error)
    transport.close()


def test_an_asgi_application_without_an_answer_is_an_application_error() -> None:
    async def app(scope: Any, receive: Any, send: Any) -> None:
        pass

    transport = AsgiTransport(app)
    with pytest.raises(ApplicationError) as raised:
        transport.request("GET", BASE)
    assert str(raised.value) == "the application ended without an answer; GET http://localhost:8000"
    transport.close()


@pytest.mark.parametrize(("kind", "timeout"), [("http", 0.05), ("lifespan", 0.05)])
def test_an_asgi_application_that_does_not_answer_is_a_timeout(kind: str, timeout: float) -> None:
    async def app(scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] == kind:
            await asyncio.Event().wait()

    transport = AsgiTransport(app)
    with pytest.raises(TimeoutError) as raised:
        transport.request("GET", BASE, timeout=timeout)
    assert str(raised.value) == f"the application did not answer within {timeout} s"
    transport.close()


# with a client


def test_a_client_closes_the_transport_that_it_has_made() -> None:
    kinds: list[str] = []
    with FlowClient(lifespan_of(kinds.append), strict=False) as client:
        client.start("/")
    client.close()
    assert kinds == ["startup", "shutdown"]


def test_a_client_closes_its_connections() -> None:
    client = FlowClient("http://localhost:8000")
    sockets: Any = client._http
    pools = sockets._http._pools
    pools.connection_from_url(BASE)
    client.close()
    assert len(pools.pools) == 0


def test_a_client_does_not_close_what_it_is_given() -> None:
    kinds: list[str] = []
    with AsgiTransport(lifespan_of(kinds.append)) as transport:
        with FlowClient(transport, strict=False) as client:
            client.start("/")
        assert kinds == ["startup"]
    FlowClient(answering()).close()


def test_an_error_at_the_end_of_a_lifespan_is_printed_for_a_client_that_is_no_longer_used(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    printed: list[str] = []
    monkeypatch.setattr("sys.unraisablehook", lambda hook: printed.append(str(hook.exc_value)))
    FlowClient(fastapi_that_raises(ValueError("boom"), "end")).start("/")
    gc.collect()
    assert printed == ["the end of the application's lifespan failed: ValueError: boom"]


@pytest.fixture
def lifespan() -> Iterator[list[str]]:
    kinds: list[str] = []
    yield kinds
    assert kinds == ["startup", "shutdown"]


def test_the_fixture_closes_its_clients(lifespan: list[str], flow_client: MakeClient) -> None:
    flow_client(lifespan_of(lifespan.append), strict=False).start("/")


# with an executor


@endpoint
def wsgi_status(environ: Any) -> Any:
    return server.progress(Action(url="/next", data={"a": 1})) if environ["PATH_INFO"] == "/status" else Step(id="next")


def test_an_executor_polls_a_wsgi_application() -> None:
    outcome = PollingExecutor(base_url=BASE, http=WsgiTransport(wsgi_status), clock=FakeClock()).run(waiting)

    assert isinstance(outcome, NextStep)
    assert outcome.step.id == "next"


def test_an_executor_polls_an_asgi_application() -> None:
    async def app(scope: Any, receive: Any, send: Any) -> None:
        assert scope["type"] == "http"  # it has no lifespan
        await send({"type": "http.response.start", "status": 204})
        await send({"type": "http.response.body"})

    transport = AsgiTransport(app)
    clock = FakeClock()
    outcome = PollingExecutor(base_url=BASE, http=transport, clock=clock).run(waiting)
    transport.close()

    assert isinstance(outcome, Exited)
    assert (outcome.result, outcome.trigger, clock.sleeps) == ("late", Trigger.EXHAUSTED, [5, 5])
