"""The transports that call an application in this process."""

from __future__ import annotations

import asyncio
import gc
import re
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
from stepdsl.testing import ApplicationError, AsgiTransport, FakeClock, WsgiTransport

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


def test_an_application_whose_start_fails_is_an_application_error() -> None:
    @asynccontextmanager
    async def lifespan(app: FastAPI) -> Any:
        raise ValueError("no database")
        yield

    with pytest.raises(ApplicationError) as raised:
        AsgiTransport(FastAPI(lifespan=lifespan)).request("GET", BASE)
    assert re.fullmatch(
        "the application raised RuntimeError: the start of its lifespan failed: .*no database.*; GET .*",
        str(raised.value).replace("\n", " "),
    )


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
        await send({"type": "http.response.trailers"})  # of an extension

    transport = AsgiTransport(app)
    clock = FakeClock()
    outcome = PollingExecutor(base_url=BASE, http=transport, clock=clock).run(waiting)
    transport.close()

    assert isinstance(outcome, Exited)
    assert (outcome.result, outcome.trigger, clock.sleeps) == ("late", Trigger.EXHAUSTED, [5, 5])
