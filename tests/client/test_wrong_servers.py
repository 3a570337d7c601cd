"""What FlowClient says about what is no server, and that it takes each kind of application."""

from __future__ import annotations

import functools
import inspect
import sys
from types import ModuleType
from typing import Any

import fastapi
import flask
import pytest
import starlette.routing

from stepdsl import InvalidValueError
from stepdsl.testing import AsgiTransport, FlowClient, WsgiTransport
from tests.client.support import Server, step

STEP = step()
APP = Server({"/": STEP})
CLIENT = FlowClient(APP)

EXPECTED = (
    "expected a WSGI or ASGI application, a base URL, or an object with the request method of urllib3.PoolManager"
)
VIEW = "give the application itself, not a view or a function that makes it"


def create_app(config: object = None) -> Any:
    raise AssertionError("it is not called")


def flask_view() -> Any: ...


def django_view(request: object) -> Any: ...


async def async_view(request: object) -> Any: ...


def wsgi(environ: Any, start_response: Any) -> Any: ...


async def asgi(scope: Any, receive: Any, send: Any) -> None: ...


def with_module(**names: Any) -> ModuleType:
    module = ModuleType("shop.main")
    vars(module).update(names)
    return module


def forwards(scope: Any, receive: Any, send: Any) -> Any:
    return asgi(scope, receive, send)


class Built:
    """A WSGI application that is a class, as in PEP 3333."""

    def __init__(self, environ: Any, start_response: Any) -> None: ...

    def __iter__(self) -> Any: ...


class Static:
    __call__ = staticmethod(wsgi)


class Middleware:
    def __call__(self, *parts: Any) -> Any: ...


class AsyncMiddleware:
    async def __call__(self, scope: Any, receive: Any, send: Any) -> None: ...

    def wsgi(self, environ: Any, start_response: Any) -> Any: ...


def decorated(view: Any) -> Any:
    @functools.wraps(view)
    def wrapper(*parts: Any) -> Any: ...

    return wrapper


def signed(view: Any) -> Any:
    def wrapper(*parts: Any) -> Any: ...

    vars(wrapper)["__signature__"] = inspect.signature(view)
    return wrapper


CLIENTS: list[tuple[Any, dict[str, Any], str]] = [
    (None, {}, f"app: {EXPECTED}, got None"),
    (Server, {}, f"app: {EXPECTED}, got the class Server; write FlowClient(Server(…))"),
    (flask.Flask, {}, f"app: {EXPECTED}, got the class Flask; write FlowClient(Flask(…))"),
    (fastapi.FastAPI, {}, f"app: {EXPECTED}, got the class FastAPI; write FlowClient(FastAPI(…))"),
    (int, {}, f"app: {EXPECTED}, got the class int"),
    (
        with_module(request=flask.request, app=flask.Flask("shop")),
        {},
        f"app: {EXPECTED}, got a module; write FlowClient(main.app)",
    ),
    (
        with_module(application=fastapi.FastAPI()),
        {},
        f"app: {EXPECTED}, got a module; write FlowClient(main.application)",
    ),
    (with_module(request=flask.request), {}, f"app: {EXPECTED}, got a module"),
    (
        create_app,
        {},
        f"app: {EXPECTED}, got the function create_app; write FlowClient(create_app()) if it returns the application",
    ),
    (
        flask_view,
        {},
        f"app: {EXPECTED}, got the function flask_view; write FlowClient(flask_view()) if it returns the application",
    ),
    (django_view, {}, f"app: {EXPECTED}, got the function django_view; {VIEW}"),
    (async_view, {}, f"app: {EXPECTED}, got the function async_view; {VIEW}"),
    (
        fastapi.APIRouter(),
        {},
        f"app: {EXPECTED}, got an APIRouter; write app.include_router(…) and FlowClient(app)",
    ),
    (
        flask.Blueprint("shop", "shop"),
        {},
        f"app: {EXPECTED}, got a Blueprint; write app.register_blueprint(…) and FlowClient(app)",
    ),
    (STEP, {}, f"app: {EXPECTED}, got a Step; write FlowClient(app).start(step)"),
    (CLIENT, {}, f"app: {EXPECTED}, got a FlowClient; give the application itself"),
    (CLIENT.start(STEP), {}, f"app: {EXPECTED}, got a FlowSession; give the application itself"),
    (APP, {"check": "core"}, "check: expected True or False, got 'core'"),
    (APP, {"strict": None}, "strict: expected True or False, got None"),
    (
        APP,
        {"headers": {"a": 1}},
        "headers: a: expected Latin-1 text on one line, got a value of the type int",
    ),
]


@pytest.mark.parametrize(("app", "options", "text"), CLIENTS, ids=[text for _, _, text in CLIENTS])
def test_a_wrong_argument_of_the_client_is_an_error(app: Any, options: dict[str, Any], text: str) -> None:
    with pytest.raises(InvalidValueError) as raised:
        FlowClient(app, **options)
    assert str(raised.value) == f"FlowClient.{text}"


@pytest.mark.parametrize(
    ("app", "transport"),
    [
        (wsgi, WsgiTransport),
        (decorated(django_view), WsgiTransport),
        (signed(django_view), WsgiTransport),
        (functools.partial(wsgi), WsgiTransport),
        (functools.partial(lambda config, environ, start_response: None, 1), WsgiTransport),
        (functools.partial(Middleware(), 1), WsgiTransport),
        (functools.lru_cache(wsgi), WsgiTransport),
        (Built, WsgiTransport),
        (Static(), WsgiTransport),
        (Middleware(), WsgiTransport),
        (AsyncMiddleware().wsgi, WsgiTransport),
        (flask.Flask("shop"), WsgiTransport),
        (asgi, AsgiTransport),
        (forwards, AsgiTransport),
        (functools.partial(asgi), AsgiTransport),
        (AsyncMiddleware(), AsgiTransport),
        (fastapi.FastAPI(), AsgiTransport),
        (starlette.routing.Router(), AsgiTransport),
        (sys.modules["urllib3"], ModuleType),
    ],
)
def test_each_kind_of_application_is_taken(app: Any, transport: type[object]) -> None:
    assert isinstance(FlowClient(app)._http, transport)
