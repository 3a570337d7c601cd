"""The transcript of a session: its moves with what they led to, and its exchanges, as text and as JSON."""

from __future__ import annotations

import base64
from collections.abc import Mapping
from itertools import zip_longest
from pathlib import Path
from types import UnionType
from typing import Any, Final, Self

from attrs import frozen

from stepdsl.core.json import is_object, show_json
from stepdsl.core.messages import show
from stepdsl.errors import InvalidValueError, WireError
from stepdsl.headers import TYPE_HEADER
from stepdsl.model.step import Step
from stepdsl.model.unions import AnySearchResult
from stepdsl.rendering.screen import View
from stepdsl.testing.flows.exchanges import Exchange, describe_answer, reason_of
from stepdsl.testing.flows.reports import error_lines, view_text
from stepdsl.testing.flows.state import FlowErrors, FlowState, SessionState
from stepdsl.wire import encode_json, from_dict, parse_json, to_dict

__all__ = ["FailedMove", "Move", "Shown", "Transcript"]

_FORMAT: Final = "stepdsl-transcript-1"
_BYTES: Final = "base64"
_NO_ERRORS: Final = FlowErrors()


@frozen(kw_only=True)
class Shown:
    """What a session shows after a move. A replay compares it."""

    state: str
    """The state of the session."""
    step: str | None = None
    """The id of the step; None without a step, or without an id."""
    title: str | None = None
    """The title of the step."""
    errors: tuple[str, ...] = ()
    """The paths of the fields with a message, in alphabetical order."""

    @classmethod
    def of(cls, state: FlowState) -> Self:
        """Return what a session shows."""
        screen = state.screen
        return cls(
            state=state.status.value,
            step=None if screen is None else screen.step.id,
            title=None if screen is None else screen.step.title,
            errors=tuple(sorted(state.errors.fields)),
        )

    def __str__(self) -> str:
        parts = [self.state]
        parts += [f"step {show(self.step)}"] if self.step is not None else []
        parts += [f"title {show(self.title)}"] if self.title is not None else []
        parts += [f"errors at {', '.join(self.errors)}"] if self.errors else []
        return ", ".join(parts)


@frozen
class Move:
    """A move of a session."""

    name: str
    """The name of the method."""
    arguments: Mapping[str, Any]
    """Its arguments: JSON, bytes, a search result, and the step of a `start` without a URL."""
    shown: Shown
    """What the session shows after it."""
    view: View | None = None
    """What the user sees after it; None without a step, and in a transcript of a file."""
    errors: FlowErrors = _NO_ERRORS
    """The messages that the user sees after it. A transcript of a file has none."""

    def __str__(self) -> str:
        return f"{_call(self.name, self.arguments)} -> {self.shown}"


@frozen
class FailedMove:
    """A move that raised an AssertionError."""

    name: str
    """The name of the method."""
    arguments: Mapping[str, Any]
    """Its arguments, as those of a `Move`."""
    reason: str
    """The first line of the error."""

    def __str__(self) -> str:
        return f"{_call(self.name, self.arguments)} failed: {self.reason}"


@frozen
class Transcript:
    """A session as it went. `str()` is a text for people, `to_json()` is for `FlowClient.replay`."""

    moves: tuple[Move, ...]
    """The moves. The first one is `start`."""
    exchanges: tuple[Exchange, ...] = ()
    """The requests and their answers."""
    failed: FailedMove | None = None
    """The move after the others, if it has failed. It is not in the JSON."""

    def __str__(self) -> str:
        lines = self._numbered()
        lines += [_line(exchange) for exchange in self.exchanges]
        return "\n".join(lines)

    def story(self) -> str:
        """Return the moves, each with the step and the messages that the user sees after it, as text.

        After a move that has ended the flow there is no step; for a flow that has failed, there is the reason.
        """
        parts: list[str] = []
        for line, move in zip_longest(self._numbered(), self.moves):
            parts += [line, *self._seen_after(move)]
        return "\n\n".join(parts)

    def _numbered(self) -> list[str]:
        moves = self.moves if self.failed is None else (*self.moves, self.failed)
        return [f"{number}. {move}" for number, move in enumerate(moves, 1)]

    def _seen_after(self, move: Move | None) -> list[str]:
        """Return what the user sees after a move, as text. The one that failed has nothing after it."""
        if move is None:
            return []
        if move.shown.state == SessionState.FAILED:
            return ["\n".join([*error_lines(move.errors), *map(_line, self.exchanges[-1:])])]
        if move.shown.state == SessionState.OPEN and move.view is not None:
            return [view_text(move.view, move.errors)]
        return []

    def to_json(self) -> str:
        """Return the transcript as JSON. It has no headers of requests: they can be secrets."""
        document = {
            "format": _FORMAT,
            "moves": [
                {
                    "move": move.name,
                    "arguments": {name: _plain(value) for name, value in move.arguments.items()},
                    "shown": {
                        "state": move.shown.state,
                        "step": move.shown.step,
                        "title": move.shown.title,
                        "errors": list(move.shown.errors),
                    },
                }
                for move in self.moves
            ],
            "exchanges": [_document(exchange) for exchange in self.exchanges],
        }
        return encode_json(document, indent=2) + "\n"

    @classmethod
    def read(cls, path: Path) -> Self:
        """Return the moves of a transcript in a file.

        Raises InvalidValueError if it is no transcript, and OSError if it cannot be read.
        """
        try:
            document = parse_json(path.read_bytes())
        except WireError as error:
            raise InvalidValueError(str(path), f"expected a transcript, got {error}") from None
        if not is_object(document) or document.get("format") != _FORMAT:
            raise InvalidValueError(str(path), f"expected a transcript with the format {_FORMAT!r}")
        try:
            moves = _member(document, "", "moves", list, "an array")
            return cls(tuple(_move(one, f"moves[{at}]") for at, one in enumerate(moves)))
        except WireError as error:
            raise InvalidValueError(str(path), str(error)) from None


def _member(document: Any, path: str, name: str, kind: type | UnionType, what: str) -> Any:
    """Return a member of an object in a transcript. Raises WireError if it is missing or of another type."""
    where = f"{path}.{name}".removeprefix(".")
    if name not in document:
        raise WireError([(where, "missing")])
    return _expect(document[name], where, kind, what)


def _expect(value: Any, path: str, kind: type | UnionType, what: str) -> Any:
    if not isinstance(value, kind):
        raise WireError([(path, f"expected {what}, got {show_json(value)}")])
    return value


def _move(document: Any, path: str) -> Move:
    _expect(document, path, dict, "an object")
    name = _member(document, path, "move", str, "a string")
    given = _member(document, path, "arguments", dict, "an object")
    return Move(
        name,
        {one: _argument_of(name, one, value, f"{path}.arguments.{one}") for one, value in given.items()},
        _shown(_member(document, path, "shown", dict, "an object"), f"{path}.shown"),
    )


def _shown(document: Any, path: str) -> Shown:
    errors = _member(document, path, "errors", list, "an array")
    return Shown(
        state=_member(document, path, "state", str, "a string"),
        step=_member(document, path, "step", str | None, "a string or null"),
        title=_member(document, path, "title", str | None, "a string or null"),
        errors=tuple(_expect(one, f"{path}.errors[{at}]", str, "a string") for at, one in enumerate(errors)),
    )


def _plain(value: Any) -> Any:
    if isinstance(value, (Step, AnySearchResult)):
        return to_dict(value)
    return {_BYTES: base64.b64encode(value).decode()} if isinstance(value, bytes) else value


def _argument_of(move: str, name: str, value: Any, path: str) -> Any:
    """Return an argument of a move. JSON has another form for the bytes of a file, and for the step of a start."""
    if (move, name) == ("upload", "data"):
        text = _member(_expect(value, path, dict, "an object"), path, _BYTES, str, "a string")
        try:
            return base64.b64decode(text, validate=True)
        except ValueError:
            raise WireError([(f"{path}.{_BYTES}", f"expected base64, got {show_json(text)}")]) from None
    if (move, name) == ("start", "url") and is_object(value):
        return from_dict(value, strict=False)
    if (move, name) == ("select", "result") and is_object(value):
        return from_dict(value, AnySearchResult, strict=False)
    return value


def _call(name: str, arguments: Mapping[str, Any]) -> str:
    return f"{name}({', '.join(f'{name}={_argument(value)}' for name, value in arguments.items())})"


def _argument(value: Any) -> str:
    if isinstance(value, Step):
        return f"the step {show(value.id)}"
    if isinstance(value, AnySearchResult):
        return encode_json(to_dict(value))
    if isinstance(value, bytes):
        return f"{len(value)} bytes"
    try:
        return encode_json(value)
    except (TypeError, ValueError):  # a FailedMove can be made with any argument
        return show(value)


def _document(exchange: Exchange) -> dict[str, Any]:
    request, response = exchange.request, exchange.response
    document: dict[str, Any] = {"purpose": exchange.purpose, "method": request.method, "url": request.url}
    if request.body is not None:
        document["body"] = _content(request.body)
    if response is not None:
        document["status"] = response.status
        document["type"] = response.headers.get(TYPE_HEADER)
        document["answer"] = _content(response.body)
    if exchange.error is not None:
        document["error"] = reason_of(exchange.error)
    return document


def _content(body: bytes) -> Any:
    """Return a body: its JSON, or else its text, or else its bytes in base64."""
    try:
        document = parse_json(body)
        encode_json(document, indent=2)  # as the transcript is written
    except ValueError:  # no JSON, or a number that JSON cannot have
        pass
    else:
        return document
    try:
        return body.decode()
    except UnicodeDecodeError:
        return _plain(body)


def _line(exchange: Exchange) -> str:
    response, error = exchange.response, exchange.error
    reason = "" if error is None else f": {reason_of(error)}"
    answer = f"no answer{reason}" if response is None else describe_answer(response)
    return f"{exchange.purpose}: {exchange.request.method} {exchange.request.url} -> {answer}"
