"""Runs an ASGI application in an event loop of its own, in a thread."""

from __future__ import annotations

import asyncio
import threading
from concurrent.futures import Future
from typing import Any, Final, NamedTuple, TypeAlias, TypeVar

from stepdsl.core.messages import error_text, shorten, show
from stepdsl.testing.errors import ApplicationError, Refusal
from stepdsl.testing.responses import EXPECTED_HEADER, MAX_ANSWER, is_header, is_pair

__all__ = ["AsgiAnswer", "AsgiServer", "AsgiTimeoutError"]

__tracebackhide__ = True  # pytest shows the line of the test, and not this module


class AsgiAnswer(NamedTuple):
    """An answer of an application."""

    status: int
    """The HTTP status code."""
    headers: list[tuple[str, str]]
    """The headers, in their order."""
    body: bytes
    """The whole body."""
    error: Exception | None
    """The exception that the application raised after the whole answer. Frameworks do this after a status of 500."""


class AsgiTimeoutError(TimeoutError):
    """The application did not return in time."""


T = TypeVar("T")

_Message: TypeAlias = dict[str, Any]

_LONGEST_SHUTDOWN: Final = 10.0
"""The time that the lifespan of an application has for its end, in seconds."""
_START: Final = "the start of the application's lifespan"
_END: Final = "the end of the application's lifespan"
_HEADER: Final = "expected a pair of bytes, such as (b'content-type', b'text/html')"


class AsgiServer:
    """Calls an application. All calls run in one event loop, which starts with the first call."""

    def __init__(self, app: Any) -> None:
        """Take the application."""
        self._app = app
        self._lock = threading.Lock()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._thread: threading.Thread | None = None
        self._lifespan: _Lifespan | None = None

    def call(self, scope: _Message, body: bytes, timeout: float | None) -> AsgiAnswer:
        """Send one request. Return the answer.

        Raises what the application raises, ApplicationError for what ASGI does not allow, and AsgiTimeoutError if the
        application does not return in time.
        """
        loop, state = self._running(timeout)
        request = _answer(self._app, {**scope, "state": dict(state)}, body)
        return _wait(asyncio.run_coroutine_threadsafe(request, loop), timeout)

    def close(self) -> None:
        """End the lifespan and the event loop. The next call starts new ones.

        Raises ApplicationError if the end of the lifespan fails.
        """
        with self._lock:
            loop, thread, lifespan = self._loop, self._thread, self._lifespan
            self._loop = self._thread = self._lifespan = None
        if loop is None or thread is None or lifespan is None:
            return
        try:
            _wait(asyncio.run_coroutine_threadsafe(lifespan.end(), loop), _LONGEST_SHUTDOWN)
        except AsgiTimeoutError:
            raise ApplicationError(f"{_END} failed: it took more than {_LONGEST_SHUTDOWN:g} s") from None
        finally:
            loop.call_soon_threadsafe(loop.stop)
            thread.join(_LONGEST_SHUTDOWN)

    def _running(self, timeout: float | None) -> tuple[asyncio.AbstractEventLoop, _Message]:
        """Return the loop, and the state that the lifespan has made."""
        with self._lock:
            loop = self._start(timeout) if self._loop is None else self._loop
            return loop, {} if self._lifespan is None else self._lifespan.state

    def _start(self, timeout: float | None) -> asyncio.AbstractEventLoop:
        """Start the loop and the lifespan.

        Raises ApplicationError if the start of the lifespan fails, and AsgiTimeoutError if it does not end.
        """
        loop = asyncio.new_event_loop()
        thread = threading.Thread(target=_run, args=(loop,), daemon=True)
        thread.start()
        lifespan = _Lifespan(self._app)
        try:
            _wait(asyncio.run_coroutine_threadsafe(lifespan.start(), loop), timeout)
        except BaseException:
            loop.call_soon_threadsafe(loop.stop)
            thread.join()
            raise
        self._loop, self._thread, self._lifespan = loop, thread, lifespan
        return loop


class _Lifespan:
    """The lifespan of an application. One that raises an exception in place of an answer has none. ASGI allows this."""

    def __init__(self, app: Any) -> None:
        self.state: _Message = {}
        self._app = app
        self._messages: asyncio.Queue[_Message] = asyncio.Queue()
        self._sent: asyncio.Queue[_Message | None] = asyncio.Queue()
        self._task: asyncio.Task[BaseException | None] | None = None

    async def start(self) -> None:
        """Start it. Raises ApplicationError if the application reports a failure, or if it exits."""
        task = asyncio.create_task(self._run())
        answer = await self._request("lifespan.startup")
        if answer is None or answer["type"] == "lifespan.startup.failed":
            error = await task
            if answer is not None or isinstance(error, SystemExit):
                raise _failure(_START, answer, error) from error
        else:
            self._task = task

    async def end(self) -> None:
        """End it. Raises ApplicationError if the application reports a failure or raises an exception."""
        if self._task is None:
            return
        answer = await self._request("lifespan.shutdown")
        error = await self._task
        if error is not None or (answer is not None and answer["type"] == "lifespan.shutdown.failed"):
            raise _failure(_END, answer, error) from error

    async def _request(self, kind: str) -> _Message | None:
        """Send a message. Return the answer; None if the application ends without one."""
        self._messages.put_nowait({"type": kind})
        return await self._sent.get()

    async def _run(self) -> BaseException | None:
        """Run the application. Return what it raises."""
        scope = {"type": "lifespan", "asgi": {"version": "3.0", "spec_version": "2.0"}, "state": self.state}
        try:
            await self._app(scope, self._messages.get, self._send)
        except (Exception, SystemExit) as error:  # noqa: BLE001  # it is returned
            return error
        finally:
            self._sent.put_nowait(None)
        return None

    async def _send(self, message: _Message) -> None:
        if not str(message["type"]).startswith("lifespan."):
            raise RuntimeError(f"the type {show(message['type'])} is for requests, not for a lifespan")
        self._sent.put_nowait(message)


def _failure(what: str, answer: _Message | None, error: BaseException | None) -> ApplicationError:
    """Return the error of a start or an end that fails.

    The message of a framework is a whole traceback. So it is only used if there is no exception.
    """
    reason = (answer or {}).get("message", "") if error is None else error_text(error)
    return ApplicationError(f"{what} failed: {reason}".rstrip(": "))


async def _answer(app: Any, scope: _Message, body: bytes) -> AsgiAnswer:
    call = _Call(body)
    error: Exception | None = None
    try:
        await app(scope, call.receive, call.send)
    except Exception as raised:  # noqa: BLE001  # it is raised again
        error = raised
    return call.answer(error)


class _Call:
    """One request: what the application receives and sends."""

    def __init__(self, body: bytes) -> None:
        self._messages: list[_Message] = [{"type": "http.request", "body": body, "more_body": False}]
        self._refuse = Refusal()
        self._ended = asyncio.Event()
        self._started: tuple[int, list[tuple[str, str]]] | None = None
        self._parts: list[bytes] = []
        self._size = 0

    async def receive(self) -> _Message:
        """Return the request; after the answer, the message that the client has disconnected."""
        if self._messages:
            return self._messages.pop()
        await self._ended.wait()  # a client is connected until it has the whole answer
        return {"type": "http.disconnect"}

    async def send(self, message: _Message) -> None:
        """Take a message. Raises ApplicationError for one that ASGI does not allow here."""
        expected = "http.response.start" if self._started is None else "http.response.body"
        kind = message.get("type")
        if self._ended.is_set():
            raise self._refuse(f"sent {show(kind)} after the end of its answer")
        if kind != expected:
            raise self._refuse(f"sent {show(kind)}; expected {expected!r}")
        if self._started is None:
            self._started = self._status(message), self._headers(message)
        else:
            self._take(message)

    def answer(self, error: Exception | None) -> AsgiAnswer:
        """Return the answer. `error` is what the application raised; without a whole answer, it is raised again."""
        self._refuse.after(None if self._ended.is_set() else error)
        if self._started is None:
            raise self._refuse("ended without an answer")
        return AsgiAnswer(*self._started, b"".join(self._parts), error)

    def _status(self, message: _Message) -> int:
        status = message.get("status")
        if not isinstance(status, int) or not 100 <= status <= 999:
            raise self._refuse(f"sent the status {show(status)}; expected an integer such as 200")
        return int(status)

    def _headers(self, message: _Message) -> list[tuple[str, str]]:
        headers: list[tuple[str, str]] = []
        for header in message.get("headers", ()):
            if not is_pair(header, bytes, tuple, list):
                raise self._refuse(f"sent the header {shorten(repr(header))}; {_HEADER}")
            name, value = header[0].decode("latin-1"), header[1].decode("latin-1")
            if not is_header(name, value):
                raise self._refuse(f"sent the header {shorten(repr(header))}; {EXPECTED_HEADER}")
            headers.append((name, value))
        return headers

    def _take(self, message: _Message) -> None:
        part: Any = message.get("body", b"")
        if not isinstance(part, (bytes, bytearray, memoryview)):
            raise self._refuse.part(part)
        content = bytes(part)  # pyright: ignore[reportUnknownArgumentType]  # a memoryview of anything
        self._size += len(content)
        if self._size > MAX_ANSWER:
            raise self._refuse(f"sent a body of more than {MAX_ANSWER} bytes")
        self._parts.append(content)
        if not message.get("more_body", False):
            self._ended.set()


def _run(loop: asyncio.AbstractEventLoop) -> None:
    asyncio.set_event_loop(loop)
    try:
        while not _has_run(loop):
            pass
        _cancel_tasks(loop)
        loop.run_until_complete(loop.shutdown_asyncgens())
        loop.run_until_complete(loop.shutdown_default_executor())
    finally:
        asyncio.set_event_loop(None)
        loop.close()


def _has_run(loop: asyncio.AbstractEventLoop) -> bool:
    """Run a loop. Return True if it was stopped, False if a task that exits has interrupted it."""
    try:
        loop.run_forever()
    except (SystemExit, KeyboardInterrupt):
        return False
    return True


def _cancel_tasks(loop: asyncio.AbstractEventLoop) -> None:
    """Cancel what is still running, such as a request that took too long."""
    tasks = asyncio.all_tasks(loop)
    for task in tasks:
        task.cancel()
    loop.run_until_complete(asyncio.gather(*tasks, return_exceptions=True))


def _wait(future: Future[T], timeout: float | None) -> T:
    """Return the result of a future. Raises AsgiTimeoutError after `timeout` seconds, and cancels the future."""
    try:
        return future.result(timeout)
    except TimeoutError:
        if future.done():  # the application itself raised it
            raise
        future.cancel()
        raise AsgiTimeoutError(f"the application did not answer within {timeout:g} s") from None
