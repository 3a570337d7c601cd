"""The headless client: it starts sessions against an application, a base URL, or an HTTP client."""

from __future__ import annotations

from collections.abc import Callable, Generator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Self, TypeVar

from stepdsl.core.arguments import convert
from stepdsl.core.json import UNSET
from stepdsl.core.messages import show
from stepdsl.errors import InvalidValueError, WireError
from stepdsl.executor import Clock
from stepdsl.executor.arguments import check_callback, check_clock, parse_base_url, parse_headers
from stepdsl.executor.urls import locate, scheme_of
from stepdsl.model.step import Step
from stepdsl.testing.arguments import boolean, checked
from stepdsl.testing.clock import FakeClock
from stepdsl.testing.flows.flow import Flow
from stepdsl.testing.flows.recording import check_move
from stepdsl.testing.flows.servers import Application, server_of
from stepdsl.testing.flows.session import FlowSession
from stepdsl.testing.flows.settings import Settings
from stepdsl.testing.flows.transcript import Transcript

__all__ = ["FlowClient", "check_start"]

__tracebackhide__ = True  # pytest shows the line of the test, and not this module

T = TypeVar("T")


class FlowClient:
    """A headless client of flows for tests. It does what the documentation says of clients, without a screen.

    One client can start any number of sessions, in several threads at the same time. Sessions share the
    application, and the clock if you give one. Without `clock`, each session has its own FakeClock. `close`, or the end
    of a `with` block, ends the lifespan of an ASGI application.
    """

    def __init__(
        self,
        app: Application,
        *,
        clock: Clock | None = None,
        headers: Mapping[str, str] | None = None,
        strict: bool = True,
        open_url: Callable[[str], object] | None = None,
        check: bool = False,
    ) -> None:
        """Take the server, and how the client behaves.

        - `app`: a WSGI or ASGI application in this process, the base URL of a server, or anything with the `request`
          method of `urllib3.PoolManager`.
        - `clock`: the time for polling. By default each session has its own FakeClock, which never waits.
        - `headers`: sent to the origin of the flow with each request, for example credentials.
        - `strict`: an answer that breaks a rule of the documentation raises a ProtocolViolationError.
        - `open_url`: called with each URL that the client opens outside the flow.
        - `check`: each step that is shown is checked with `stepdsl.check`. Mistakes of the severity error raise an
          AssertionError.

        Raises InvalidValueError for an invalid argument.
        """
        for name, value in (("strict", strict), ("check", check)):
            convert(f"FlowClient.{name}", value, boolean)
        _checked(check_callback, "open_url", open_url)
        if clock is not None:
            _checked(check_clock, clock)
        self._http, base_url, self._close = _checked(server_of, app)
        self._base = _checked(parse_base_url, base_url)
        self._clock = clock
        self._headers = _checked(parse_headers, headers)
        self._strict, self._check, self._open_url = strict, check, open_url
        self._on_session: Callable[[FlowSession], object] | None = None

    @checked
    def start(self, url: str | Step, method: str = "GET", data: Any = UNSET) -> FlowSession:
        """Begin a flow: request its first step from a URL. Return the session.

        `data` is the JSON body of a request with another method than GET. Instead of a URL, `url` can be a step: it is
        shown as one that was received.

        Raises InvalidValueError for a URL that is not a string, for an absolute URL that is not http or https, and for
        data that no request sends. Raises AssertionError for an answer that `strict` or `check` does not allow, and if
        an application in this process raises an exception.
        """
        check_start("start", url, method, data)
        base = self._base
        if isinstance(url, str) and (scheme_of(url) or url.startswith("//")):
            try:
                base = locate(url, base.base)
            except ValueError as error:
                raise InvalidValueError("start.url", f"{show(url)} is no http or https URL: {error}") from None
        clock = FakeClock() if self._clock is None else self._clock
        settings = Settings(clock, self._strict, self._check, self._open_url, self._headers)
        session = FlowSession(Flow(settings, self._http, base))
        if self._on_session is not None:
            self._on_session(session)
        return session.start(url, method, data)

    @checked
    def replay(self, path: str | Path) -> FlowSession:
        """Repeat the moves of a transcript that `FlowSession.record` has written. Return the session.

        After each move the session must show the same as then: the state, the id and title of the step, and which
        fields have messages. Values are not compared, because tokens and dates differ. Raises AssertionError at the
        first difference, InvalidValueError for a file that is no transcript, and OSError for one that cannot be read.
        """
        moves = Transcript.read(Path(path)).moves
        if not moves or moves[0].name != "start":
            raise InvalidValueError(str(path), "expected a transcript that begins with the move 'start'")
        for number, move in enumerate(moves):
            with _move_at(path, number):
                check_move(move)
        with _move_at(path, 0):
            session = self.start(**moves[0].arguments)
        for number, move in enumerate(moves):
            if number:
                with _move_at(path, number):
                    getattr(session, move.name)(**move.arguments)
            found = session.transcript().moves[-1].shown
            if found != move.shown:
                raise session.failure(f"replay: after move {number + 1}, the session shows: {found}; expected: {move}")
        return session

    def close(self) -> None:
        """End the lifespan of an ASGI application, or the connections to a base URL. A later request starts them again.

        An object with `request` is not closed. Without a call, this happens when the client is no longer used. Raises
        ApplicationError if the end of the lifespan fails.
        """
        self._close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self.close()

    @checked
    def observe(self, on_session: Callable[[FlowSession], object]) -> None:
        """Call a function with each session that begins from now on. The pytest plugin uses it."""
        self._on_session = on_session


def check_start(call: str, url: str | Step, method: str, data: Any) -> None:
    """Raise InvalidValueError for the start of a flow by a step with a request, or by GET with a body."""
    if isinstance(url, Step):
        if method.upper() != "GET" or data is not UNSET:
            name = "method" if data is UNSET else "data"
            raise InvalidValueError(
                f"{call}.{name}", "a flow that begins with a step sends no request for it; leave it out"
            )
    elif method.upper() == "GET" and data is not UNSET:
        raise InvalidValueError(f"{call}.data", f'a GET request has no body; write {call}(…, method="POST", data=…)')


@contextmanager
def _move_at(path: str | Path, number: int) -> Generator[None]:
    """Name the file of a transcript, and the place of a move in it, in an error for invalid values."""
    try:
        yield
    except WireError as error:
        raise InvalidValueError(str(path), f"moves[{number}].{error}") from None
    except InvalidValueError as error:
        raise InvalidValueError(str(path), f"moves[{number}]: {error}") from None


def _checked(check: Callable[..., T], *arguments: Any) -> T:
    """Return what a check of the executor returns, with errors that name the argument of this client."""
    try:
        return check(*arguments)
    except InvalidValueError as error:
        name = error.path.rpartition(".")[2]
        path = "app" if name in ("http", "base_url") else name
        raise InvalidValueError(f"FlowClient.{path}", error.reason) from None
