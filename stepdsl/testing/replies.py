"""The replies of a scripted server."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from attrs import field, frozen

from stepdsl.core.arguments import convert, expect
from stepdsl.core.json import UNSET, keep_json
from stepdsl.core.messages import class_name, show
from stepdsl.errors import InvalidValueError
from stepdsl.headers import TYPE_HEADER
from stepdsl.model.actions import Action
from stepdsl.model.responses import ActionResponseBody
from stepdsl.model.step import Step
from stepdsl.server.responses import FlowResponse
from stepdsl.testing.arguments import duration, header_fields, integer
from stepdsl.wire import encode_json, to_dict

__all__ = ["Reply", "reply_call"]


def _status(status: int) -> int:
    found: int = convert("Reply.status", status, integer)
    return found


def _body(body: bytes | str) -> bytes:
    """Return the bytes of a body. Raises InvalidValueError for anything else, with the method that takes it."""
    if isinstance(body, str):
        return body.encode()
    if not isinstance(body, bytes):  # pyright: ignore[reportUnnecessaryIsInstance]  # not every caller is checked
        raise InvalidValueError("Reply.body", _reason("bytes or a string", body))
    return body


def _headers(headers: Mapping[str, str]) -> Mapping[str, str]:
    found: Mapping[str, str] = convert("Reply.headers", headers, header_fields)
    return found


def _takes(seconds: float) -> float:
    found: float = convert("Reply.takes", seconds, duration)
    return found


def reply_call(given: object) -> str:
    """Return what to write in place of a value that is no reply; an empty string if that is not known."""
    kind = given if isinstance(given, type) else type(given)
    if issubclass(kind, Exception):
        return f"{class_name(kind)}(…)"
    return next((call for cls, call in _CALLS if isinstance(given, cls)), "")


_CALLS: Final[tuple[tuple[type, str], ...]] = (
    (Step, "Reply.step(…)"),
    (Action, "Reply.action(…)"),
    (FlowResponse, "Reply.of(…)"),
    (Mapping, "Reply.json(…)"),
)


def _reason(what: str, given: object) -> str:
    call = reply_call(given)
    return f"expected {what}, got {show(given)}{f'; write {call}' if call else ''}"


def _no_headers() -> Mapping[str, str]:
    return {}


@frozen
class Reply:
    """One answer of a scripted server. The class methods make common answers."""

    status: int = field(default=200, converter=_status)
    """HTTP status code."""
    body: bytes = field(default=b"", converter=_body)
    """The body. Text is encoded as UTF-8."""
    headers: Mapping[str, str] = field(factory=_no_headers, converter=_headers, kw_only=True)
    """The headers. The names can be in upper or lower case."""
    takes: float = field(default=0.0, converter=_takes, kw_only=True)
    """Seconds until the answer arrives. The transport advances its clock by this number."""

    @classmethod
    def of(cls, response: FlowResponse, *, takes: float = 0.0) -> Reply:
        """Return the answer of a function of your server. Use it to test the function without a server."""
        if not isinstance(response, FlowResponse):  # pyright: ignore[reportUnnecessaryIsInstance]  # not every caller is checked
            raise InvalidValueError("Reply.of.response", _reason("a FlowResponse", response))
        return cls(response.status, response.body, headers=response.headers, takes=takes)

    @classmethod
    def json(cls, value: Any, *, status: int = 200, kind: str | None = None, takes: float = 0.0) -> Reply:
        """Return an answer with a JSON body. `kind` is the value of the X-DF-Response-Type header."""
        return cls._of_json("Reply.json.value", value, status, kind, takes)

    @classmethod
    def step(cls, step: Step, *, takes: float = 0.0) -> Reply:
        """Return an answer with a step."""
        expect("Reply.step.step", step, Step)
        return cls.json(to_dict(step), kind="step", takes=takes)

    @classmethod
    def action(cls, action: Action, *, takes: float = 0.0) -> Reply:
        """Return an answer with an action to perform."""
        expect("Reply.action.action", action, Action)
        return cls.json(to_dict(ActionResponseBody(action=action)), kind="action", takes=takes)

    @classmethod
    def exit(cls, result: Any = UNSET, *, takes: float = 0.0) -> Reply:
        """Return an answer that ends the flow. Without `result` it has no body.

        The answer of `server.exit()` without a result is different: its body is an empty object.
        """
        if result is UNSET:
            return cls(headers={TYPE_HEADER: "exit"}, takes=takes)
        return cls._of_json("Reply.exit.result", result, 200, "exit", takes)

    @classmethod
    def _of_json(cls, path: str, value: Any, status: int, kind: str | None, takes: float) -> Reply:
        headers = {"Content-Type": "application/json"}
        if kind is not None:
            headers[TYPE_HEADER] = kind
        return cls(status, encode_json(convert(path, value, keep_json)), headers=headers, takes=takes)
