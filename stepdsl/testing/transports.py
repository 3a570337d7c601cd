"""Transports that call an application in this process, without a socket: WSGI and ASGI.

They have the `request` method of `urllib3.PoolManager`. `FlowClient` and `PollingExecutor(http=…)` take them.
"""

from __future__ import annotations

import io
import sys
from asyncio import CancelledError
from collections.abc import Awaitable, Callable, Iterable, Mapping
from typing import Any, Final, NoReturn, Self, TypeAlias
from urllib.parse import SplitResult, unquote_to_bytes, urlsplit
from weakref import finalize

from stepdsl.core.messages import error_text, show
from stepdsl.errors import InvalidValueError
from stepdsl.testing.asgi import AsgiServer, AsgiTimeoutError
from stepdsl.testing.errors import ApplicationError
from stepdsl.testing.responses import InProcessResponse
from stepdsl.testing.wsgi import call_wsgi

__all__ = ["AsgiApplication", "AsgiTransport", "WsgiApplication", "WsgiTransport"]

__tracebackhide__ = True  # pytest shows the line of the test, and not this module

WsgiApplication: TypeAlias = Callable[[Any, Any], Iterable[bytes]]
"""A WSGI application: it takes the environ and `start_response`. Frameworks have different types for these two."""

AsgiApplication: TypeAlias = Callable[[Any, Any, Any], Awaitable[None]]
"""An ASGI application: it takes a scope, and the functions that receive and send messages. Frameworks have different
types for these three."""

_PORTS: Final = {"https": 443}


class WsgiTransport:
    """Sends requests to a WSGI application in this process. Several threads can use it at the same time.

    An exception of the application is an ApplicationError. The timeout of a request has no effect: a call of the
    application cannot be interrupted.
    """

    def __init__(self, app: WsgiApplication) -> None:
        """Take the application. Raises InvalidValueError if it cannot be called."""
        _expect_callable("WsgiTransport.app", "a WSGI application", app)
        self._app = app

    def request(
        self,
        method: str,
        url: str,
        /,
        *,
        body: bytes | None = None,
        headers: Mapping[str, str] | None = None,
        **_options: Any,
    ) -> InProcessResponse:
        """Call the application and return its answer. Redirects are not followed, as with `redirect=False`.

        Raises ApplicationError if the application raises an exception, ends without an answer, or sends what WSGI does
        not allow.
        """
        environ = _environ(method, urlsplit(url), body or b"", headers or {})
        try:
            return InProcessResponse(*call_wsgi(self._app, environ))
        except (Exception, SystemExit, CancelledError) as error:  # noqa: BLE001  # it is the cause of another one
            _fail(error, method, url)


class AsgiTransport:
    """Sends requests to an ASGI application in this process. Several threads can use it at the same time.

    The application runs in an event loop of its own, in one thread. Its lifespan starts with the first request, and
    ends with `close`, at the end of a `with` block, or when the transport is no longer used. An answer is complete when
    the application has returned, so its background tasks have ended too. An exception of the application is an
    ApplicationError.
    """

    def __init__(self, app: AsgiApplication) -> None:
        """Take the application. Raises InvalidValueError if it cannot be called."""
        _expect_callable("AsgiTransport.app", "an ASGI application", app)
        self._server = AsgiServer(app)
        finalize(self, self._server.close)

    def close(self) -> None:
        """End the lifespan of the application, and its event loop. Another request starts them again.

        Raises ApplicationError if the end of the lifespan fails.
        """
        self._server.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self.close()

    def request(
        self,
        method: str,
        url: str,
        /,
        *,
        body: bytes | None = None,
        headers: Mapping[str, str] | None = None,
        timeout: Any = None,
        **_options: Any,
    ) -> InProcessResponse:
        """Call the application and return its answer. Redirects are not followed, as with `redirect=False`.

        Raises TimeoutError if the application does not return within `timeout`, in seconds of real time.
        Raises ApplicationError if it raises an exception or returns without an answer.
        """
        split = urlsplit(url)
        fields = [(name.lower().encode(), value.encode("latin-1")) for name, value in (headers or {}).items()]
        scope = {
            "type": "http",
            "asgi": {"version": "3.0", "spec_version": "2.4"},
            "http_version": "1.1",
            "method": method.upper(),
            "scheme": split.scheme,
            "path": unquote_to_bytes(split.path or "/").decode("utf-8", "replace"),
            "raw_path": (split.path or "/").encode(),
            "root_path": "",
            "query_string": split.query.encode(),
            "headers": [(b"host", split.netloc.encode()), (b"content-length", b"%d" % len(body or b"")), *fields],
            "client": ("127.0.0.1", 1),
            "server": (split.hostname or "", _port(split)),
        }
        try:
            return InProcessResponse(*self._server.call(scope, body or b"", getattr(timeout, "total", timeout)))
        except AsgiTimeoutError:
            raise
        except (Exception, SystemExit) as error:  # noqa: BLE001  # it is the cause of another one
            _fail(error, method, url)


def _expect_callable(path: str, what: str, app: object) -> None:
    if not callable(app):
        raise InvalidValueError(path, f"expected {what}, got {show(app)}")


def _fail(error: BaseException, method: str, url: str) -> NoReturn:
    """Raise the error of a request for what an application has raised, or for what it did wrong."""
    if isinstance(error, ApplicationError):
        raise ApplicationError(f"{error}; {method} {url}") from error.__cause__ or error
    raise ApplicationError(f"the application raised {error_text(error)}; {method} {url}") from error


def _environ(method: str, split: SplitResult, body: bytes, headers: Mapping[str, str]) -> dict[str, Any]:
    """Return the environ of a request (PEP 3333)."""
    environ: dict[str, Any] = {
        "REQUEST_METHOD": method.upper(),
        "SCRIPT_NAME": "",
        "PATH_INFO": unquote_to_bytes(split.path or "/").decode("latin-1"),
        "QUERY_STRING": split.query,
        "SERVER_NAME": split.hostname or "",
        "SERVER_PORT": str(_port(split)),
        "SERVER_PROTOCOL": "HTTP/1.1",
        "REMOTE_ADDR": "127.0.0.1",
        "HTTP_HOST": split.netloc,
        "CONTENT_LENGTH": str(len(body)),
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": split.scheme,
        "wsgi.input": io.BytesIO(body),
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": False,
        "wsgi.run_once": False,
    }
    for name, value in headers.items():
        key = name.upper().replace("-", "_")
        environ[key if key in ("CONTENT_TYPE", "CONTENT_LENGTH") else f"HTTP_{key}"] = value
    return environ


def _port(split: SplitResult) -> int:
    return split.port or _PORTS.get(split.scheme, 80)
