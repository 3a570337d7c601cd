"""What a FlowClient takes as its server: an application, a base URL or an HTTP client. Other objects get advice."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from functools import partial
from types import FunctionType, MethodType, ModuleType
from typing import Any, Final, TypeAlias

from stepdsl.core.messages import class_name, show
from stepdsl.core.model import Model
from stepdsl.errors import InvalidValueError
from stepdsl.executor import Http
from stepdsl.executor.arguments import check_http
from stepdsl.model.step import Step
from stepdsl.testing.flows.sockets import SocketTransport
from stepdsl.testing.transports import AsgiApplication, AsgiTransport, WsgiApplication, WsgiTransport

__all__ = ["Application", "server_of"]

__tracebackhide__ = True  # pytest shows the line of the test, and not this module

Application: TypeAlias = WsgiApplication | AsgiApplication | Http | str
"""The server of a flow: an application in this process, an HTTP client, or a base URL."""

_BASE: Final = "http://localhost"
_ACCEPTED: Final = "a WSGI or ASGI application, a base URL, or an object with the request method of urllib3.PoolManager"
_NAMES: Final = ("app", "application")
"""The names that an application has in a module, and in a test client."""
_REGISTERED: Final = {"fastapi.routing.APIRouter": "include_router", "flask.blueprints.Blueprint": "register_blueprint"}
"""Classes of parts of an application, and the method of the application that takes them."""


def server_of(app: Any) -> tuple[Http, str, Callable[[], object]]:
    """Return what sends the requests to a server, its base URL, and what ends it. No application is called.

    Raises InvalidValueError, with what to write instead, for what is certainly no server.
    """
    if isinstance(app, str):
        sockets = SocketTransport()
        return sockets, app, sockets.close
    if _has_request(app):
        if type(app).__module__.split(".")[0].startswith(("httpx", "starlette", "fastapi")):
            raise _refused(app)
        check_http(app)
        return app, _BASE, _nothing
    is_answer = isinstance(app, type) and hasattr(app, "__iter__")  # a class can be an application of WSGI
    if not callable(app) or isinstance(app, Model) or _is_part(app) or (isinstance(app, type) and not is_answer):
        raise _refused(app)
    is_async = inspect.iscoroutinefunction(app) or inspect.iscoroutinefunction(type(app).__call__)
    takes_wsgi, takes_asgi = _takes(app, 2), _takes(app, 3)
    if not takes_asgi and (is_async or not takes_wsgi):
        raise _refused(app)
    application: Any = app
    if takes_wsgi and not is_async:
        return WsgiTransport(application), _BASE, _nothing
    transport = AsgiTransport(application)
    return transport, _BASE, transport.close


def _nothing() -> None:
    """End nothing: there is nothing to end, or it belongs to the caller."""


def _has_request(app: object) -> bool:
    """Return whether an object is used as an HTTP client. A module can have imported the `request` of Flask."""
    request = getattr(app, "request", None)
    return callable(request) and (not isinstance(app, ModuleType) or type(request) is FunctionType)


def _takes(app: Any, count: int) -> bool:
    """Return whether an application can be called with so many arguments; True if that is not certain."""
    function: Any = app
    while isinstance(function, (partial, MethodType)):
        function = function.func if isinstance(function, partial) else function.__func__
    if function is app and not isinstance(app, (FunctionType, type)):
        app = function = _call_of(app)
        count += 1  # self
    if not isinstance(function, (FunctionType, type)) or "__signature__" in vars(function):  # of another function
        return True
    try:
        inspect.signature(app, follow_wrapped=False).bind(*[None] * count)
    except TypeError:
        return False
    return True


def _call_of(app: object) -> Any:
    """Return the method that is called for a call of an object, as its class defines it."""
    return inspect.getattr_static(type(app), "__call__")


def _is_part(app: object) -> bool:
    """Return whether an object is a part of an application that does not work without it."""
    return any(f"{cls.__module__}.{cls.__qualname__}" in _REGISTERED for cls in type(app).__mro__)


def _refused(app: Any) -> InvalidValueError:
    given = f"the function {app.__name__}" if isinstance(app, FunctionType) else show(app)
    return InvalidValueError("FlowClient.app", f"expected {_ACCEPTED}, got {given}{_advice(app)}")


def _advice(app: Any) -> str:
    """Return what to write instead, as the end of a message; an empty string if that is not known."""
    if isinstance(app, type):
        return f"; write FlowClient({class_name(app)}(…))" if "__call__" in dir(app) else ""
    if isinstance(app, Step):
        return "; write FlowClient(app).start(step)"
    if isinstance(app, FunctionType):
        return _advice_for_function(app)
    for cls in type(app).__mro__:
        method = _REGISTERED.get(f"{cls.__module__}.{cls.__qualname__}")
        if method is not None:
            return f"; write app.{method}(…) and FlowClient(app)"
    for name in _NAMES:
        if callable(getattr(app, name, None)):
            owner = app.__name__.rpartition(".")[2] if isinstance(app, ModuleType) else "client"
            return f"; write FlowClient({owner}.{name})"
    is_client = "httpx" in type(app).__module__ or type(app).__module__.startswith("stepdsl.testing.flows")
    return "; give the application itself" if is_client else ""


def _advice_for_function(function: FunctionType) -> str:
    if _takes(function, 0) and not inspect.iscoroutinefunction(function) and function.__name__.isidentifier():
        return f"; write FlowClient({function.__name__}()) if it returns the application"
    return "; give the application itself, not a view or a function that makes it"
