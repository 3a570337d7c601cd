"""Runs an ASGI application in an event loop of its own, in a thread."""

from __future__ import annotations

import asyncio
import contextlib
import threading
from collections.abc import Iterable
from concurrent.futures import Future
from typing import Any, Final, NamedTuple, TypeAlias, TypeVar

__all__ = ["AsgiAnswer", "AsgiServer", "AsgiTimeoutError"]

__tracebackhide__ = True  # pytest shows the line of the test, and not this module


class AsgiAnswer(NamedTuple):
    """An answer of an application."""

    status: int
    headers: Iterable[tuple[bytes, bytes]]
    body: bytes
    error: Exception | None
    """The exception that the application raised after the whole answer. Frameworks do this after a status of 500."""


class AsgiTimeoutError(TimeoutError):
    """The application did not return in time."""


T = TypeVar("T")

_Message: TypeAlias = dict[str, Any]

_LONGEST_SHUTDOWN: Final = 10.0
"""The time that the lifespan of an application has for its end, in seconds."""


class AsgiServer:
    """Calls an application. All calls run in one event loop, which starts with the first call."""

    def __init__(self, app: Any) -> None:
        """Take the application."""
        self._app = app
        self._lock = threading.Lock()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._thread: threading.Thread | None = None
        self._lifespan: _Lifespan | None = None

    def call(self, scope: _Message, body: bytes, timeout: float | None) -> AsgiAnswer | None:
        """Send one request. Return the answer; None if the application returns without one.

        Raises what the application raises, and AsgiTimeoutError if it does not return in time.
        """
        loop, state = self._running(timeout)
        request = _answer(self._app, {**scope, "state": dict(state)}, body)
        return _wait(asyncio.run_coroutine_threadsafe(request, loop), timeout)

    def close(self) -> None:
        """End the lifespan and the event loop. The next call starts new ones."""
        with self._lock:
            loop, thread, lifespan = self._loop, self._thread, self._lifespan
            self._loop = self._thread = self._lifespan = None
        if loop is None or thread is None or lifespan is None:
            return
        with contextlib.suppress(AsgiTimeoutError):
            _wait(asyncio.run_coroutine_threadsafe(lifespan.end(), loop), _LONGEST_SHUTDOWN)
        loop.call_soon_threadsafe(loop.stop)
        thread.join(_LONGEST_SHUTDOWN)

    def _running(self, timeout: float | None) -> tuple[asyncio.AbstractEventLoop, _Message]:
        """Return the loop, and the state that the lifespan has made."""
        with self._lock:
            loop = self._start(timeout) if self._loop is None else self._loop
            return loop, {} if self._lifespan is None else self._lifespan.state

    def _start(self, timeout: float | None) -> asyncio.AbstractEventLoop:
        """Start the loop and the lifespan.

        Raises RuntimeError if the application says that its start failed, and AsgiTimeoutError if it does not start.
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
    """The lifespan of an application. An application that raises an exception has none: ASGI allows this."""

    def __init__(self, app: Any) -> None:
        self.state: _Message = {}
        self._app = app
        self._messages: asyncio.Queue[_Message] = asyncio.Queue()
        self._sent: asyncio.Queue[_Message | None] = asyncio.Queue()
        self._task: asyncio.Task[None] | None = None

    async def start(self) -> None:
        """Start it. Raises RuntimeError with the message of the application if the start failed."""
        self._task = asyncio.create_task(self._live())
        answer = await self._ask("lifespan.startup")
        if answer is not None and answer["type"] == "lifespan.startup.failed":
            await self._task
            raise RuntimeError(f"the start of its lifespan failed: {answer.get('message', '')}".rstrip(": "))

    async def end(self) -> None:
        """End it."""
        if self._task is not None and not self._task.done():
            await self._ask("lifespan.shutdown")
            await self._task

    async def _ask(self, kind: str) -> _Message | None:
        self._messages.put_nowait({"type": kind})
        return await self._sent.get()

    async def _live(self) -> None:
        scope = {"type": "lifespan", "asgi": {"version": "3.0", "spec_version": "2.0"}, "state": self.state}
        try:
            await self._app(scope, self._messages.get, self._send)
        except Exception:  # noqa: BLE001  # the application has no lifespan
            pass
        finally:
            self._sent.put_nowait(None)

    async def _send(self, message: _Message) -> None:
        self._sent.put_nowait(message)


async def _answer(app: Any, scope: _Message, body: bytes) -> AsgiAnswer | None:
    messages: list[_Message] = [{"type": "http.request", "body": body, "more_body": False}]
    ended = asyncio.Event()
    started: list[_Message] = []
    parts: list[bytes] = []

    async def receive() -> _Message:
        if messages:
            return messages.pop()
        await ended.wait()  # a client is connected until it has the whole answer
        return {"type": "http.disconnect"}

    async def send(message: _Message) -> None:
        if message["type"] == "http.response.start":
            started.append(message)
        elif message["type"] == "http.response.body":
            parts.append(bytes(message.get("body", b"")))
            if not message.get("more_body", False):
                ended.set()

    error: Exception | None = None
    try:
        await app(scope, receive, send)
    except Exception as raised:
        if not ended.is_set():
            raise
        error = raised
    if not started:
        return None
    return AsgiAnswer(started[0]["status"], started[0].get("headers", ()), b"".join(parts), error)


def _run(loop: asyncio.AbstractEventLoop) -> None:
    asyncio.set_event_loop(loop)
    try:
        loop.run_forever()
        _cancel_tasks(loop)
        loop.run_until_complete(loop.shutdown_asyncgens())
        loop.run_until_complete(loop.shutdown_default_executor())
    finally:
        asyncio.set_event_loop(None)
        loop.close()


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
