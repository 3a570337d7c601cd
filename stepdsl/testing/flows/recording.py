"""What all moves of a session have in common: they are recorded, and a failure shows the step and the last answer."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping, Sequence
from functools import wraps
from typing import Any, Concatenate, Final, ParamSpec, TypeVar

from stepdsl.core.json import UNSET, plain_json
from stepdsl.core.messages import error_text, near, show
from stepdsl.errors import WireError
from stepdsl.model.unions import AnySearchResult
from stepdsl.testing.arguments import arguments_of
from stepdsl.testing.errors import ApplicationError
from stepdsl.testing.flows.errors import CheckFailedError, ImpossibleMoveError, MistakesError
from stepdsl.testing.flows.flow import REFRESH_FAILED, Flow
from stepdsl.testing.flows.reports import report
from stepdsl.testing.flows.searching import results_of, title_of
from stepdsl.testing.flows.state import SessionState
from stepdsl.testing.flows.transcript import FailedMove, Move, Shown
from stepdsl.testing.flows.violations import ProtocolViolationError, ViolationError
from stepdsl.testing.scripted import ScriptExhaustedError

__all__ = ["Recording", "check_move", "flow_of"]

_MOVES: Final[dict[str, Callable[..., object]]] = {}
"""The methods of all moves, by name. `Recording._move` adds them."""

__tracebackhide__ = True  # pytest shows the line of the test, and not this module

_IN_SUBFLOW: Final = ("start", "close", "finish_subflow", "fail_subflow")
"""The moves that are possible while a subflow runs."""
_ALWAYS: Final = ("back", *_IN_SUBFLOW)
"""The moves that are also possible if the step does not take input."""

P = ParamSpec("P")
R = TypeVar("R")
S = TypeVar("S", bound="Recording")


class Recording:
    """A flow with its moves so far."""

    def __init__(self, flow: Flow) -> None:
        """Take the flow. `FlowClient.start` calls this."""
        self._flow = flow
        self._moves: list[Move] = []
        self._failed: FailedMove | None = None

    @staticmethod
    def _move(method: Callable[Concatenate[S, P], R]) -> Callable[Concatenate[S, P], R]:
        """Make a method a move. What the screen does not allow is an AssertionError that shows the step.

        Raises InvalidValueError for an argument with the wrong type, before the move begins.
        """
        bind = arguments_of(method)
        name = method.__name__
        _MOVES[name] = method

        @wraps(method)
        def wrapper(self: S, /, *args: P.args, **kwargs: P.kwargs) -> R:
            given = bind(self, *args, **kwargs)
            results = [] if self._flow.state.screen is None else results_of(self._flow.state.screen)
            try:
                result = self._try(lambda: self._go(name, lambda: method(*given.args, **given.kwargs)), name)
            except AssertionError as error:
                reason = str(error).partition("\n")[0].removeprefix(f"{name}: ")
                self._failed = FailedMove(name, _recorded(given.arguments, results), reason)
                raise
            self._failed = None
            state, screen = self._flow.state, self._flow.state.screen
            self._moves.append(
                Move(
                    name,
                    _recorded(given.arguments, results),
                    Shown.of(state),
                    view=None if screen is None else screen.view,
                    errors=state.errors,
                )
            )
            return result

        return wrapper

    def _go(self, name: str, method: Callable[[], R]) -> R:
        """Make a move. Raises ImpossibleMoveError if the flow does not take it now."""
        state = self._flow.state
        if state.status is not SessionState.OPEN:
            raise ImpossibleMoveError(f"the flow has ended: {state.status}")
        if name == "start" and self._moves:
            raise ImpossibleMoveError("the flow has begun already; client.start(…) begins another session")
        if name not in _IN_SUBFLOW and state.subflow is not None:
            raise ImpossibleMoveError("a subflow runs; write session.finish_subflow(…) or session.fail_subflow()")
        if name not in _ALWAYS and self._flow.screen.is_invalid:
            raise ImpossibleMoveError(REFRESH_FAILED)
        before = len(self._flow.sender.exchanges)
        result = method()
        self._flow.expect_content()
        if self._flow.settings.strict:
            self._expect_no_exception(before)
        return result

    def _expect_no_exception(self, before: int) -> None:
        """Expect that the application has raised nothing in the requests of a move. An answer does not excuse it.

        Raises ApplicationError. The exception is its cause.
        """
        for exchange in self._flow.sender.exchanges[before:]:
            error, request = exchange.raised_after, exchange.request
            if error is not None:
                text = f"the application raised {error_text(error)} after its answer; {request.method} {request.url}"
                raise ApplicationError(f"{text}; FlowClient(app, strict=False) goes on with the answer") from error

    def _try(self, work: Callable[[], R], name: str = "") -> R:
        """Return what a function returns. Its errors become AssertionErrors that show the step and the answer."""
        prefix = f"{name}: " if name else ""
        state, exchanges = self._flow.state, self._flow.sender.exchanges
        try:
            return work()
        except MistakesError as error:
            raise CheckFailedError(report(f"{prefix}{error}", state, exchanges)) from None
        except ImpossibleMoveError as error:
            text = f"{prefix}{error}"
        except ViolationError as error:
            rule = error.rule
            text = f"{prefix}{error.detail}\nBroken rule {rule.code!r} ({rule.section}): {rule.sentence}"
            raise ProtocolViolationError(report(text, state, exchanges), rule) from None
        except AssertionError as error:
            text = report(f"{prefix}{error}", state, exchanges)
            if type(error) in (ApplicationError, ScriptExhaustedError, AssertionError):
                raise type(error)(text) from error.__cause__
            error.add_note(text)  # of a callback of the user, with arguments of its own
            raise
        raise self.failure(text)

    def failure(self, message: str) -> AssertionError:
        """Return an AssertionError with a message, the step, the last request and the last answer."""
        exchanges = self._flow.sender.exchanges
        failure = AssertionError(report(message, self._flow.state, exchanges))
        if exchanges:
            failure.__cause__ = exchanges[-1].raised_after
        return failure


def check_move(move: Move) -> None:
    """Check the name and the arguments of a move of a file. Raises WireError, with a path that begins at the move."""
    method = _MOVES.get(move.name)
    if method is None:
        others = near(move.name, _MOVES) or f"; there are {', '.join(_MOVES)}"
        raise WireError([("move", f"there is no move {show(move.name)}{others}")])
    _, *parameters = inspect.signature(method).parameters.values()
    names = [parameter.name for parameter in parameters]
    for name in move.arguments:
        if name not in names:
            others = near(name, names) or (f"; there are {', '.join(names)}" if names else "; there are none")
            raise WireError([("arguments", f"{move.name} has no argument {show(name)}{others}")])
    for parameter in parameters:
        if parameter.default is parameter.empty and parameter.name not in move.arguments:
            raise WireError([(f"arguments.{parameter.name}", "missing")])


def flow_of(session: Recording) -> Flow:
    """Return the flow of a session, for code that reads the screen as the session does."""
    return session._flow  # pyright: ignore[reportPrivateUsage]  # users of a session do not see its flow


def _recorded(given: Mapping[str, Any], results: Sequence[AnySearchResult]) -> dict[str, Any]:
    """Return a copy of the arguments of a move: JSON, bytes, and the step that `start` is given in place of a URL.

    A search result is recorded by its title. If several of the results had this title, it is recorded whole.
    """
    recorded: dict[str, Any] = {}
    for name, value in given.items():
        if isinstance(value, AnySearchResult):
            same = [one for one in results if title_of(one) == title_of(value)]
            recorded[name] = title_of(value) if len(same) == 1 else value
        elif value is not UNSET and name != "self":
            recorded[name] = plain_json(value)
    return recorded
