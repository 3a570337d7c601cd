"""The replies of a scripted server."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from attrs import field, frozen

from stepdsl.core.json import UNSET
from stepdsl.headers import TYPE_HEADER
from stepdsl.model.actions import Action
from stepdsl.model.responses import ActionResponseBody
from stepdsl.model.step import Step
from stepdsl.wire import encode_json, to_dict

if TYPE_CHECKING:
    from stepdsl.server import FlowResponse

__all__ = ["Reply"]


def _as_bytes(body: bytes | str) -> bytes:
    return body.encode() if isinstance(body, str) else body


def _no_headers() -> Mapping[str, str]:
    return {}


@frozen
class Reply:
    """One answer of a scripted server. The class methods make common answers."""

    status: int = 200
    """HTTP status code."""
    body: bytes = field(default=b"", converter=_as_bytes)
    """The body. Text is encoded as UTF-8."""
    headers: Mapping[str, str] = field(factory=_no_headers, kw_only=True)
    """The headers. The names can be in upper or lower case."""
    takes: float = field(default=0.0, kw_only=True)
    """Seconds until the answer arrives. The transport advances its clock by this number."""

    @classmethod
    def of(cls, response: FlowResponse, *, takes: float = 0.0) -> Reply:
        """Return the answer of a function of your server. Use it to test the function without a server."""
        return cls(response.status, response.body, headers=response.headers, takes=takes)

    @classmethod
    def json(cls, value: Any, *, status: int = 200, kind: str | None = None, takes: float = 0.0) -> Reply:
        """Return an answer with a JSON body. `kind` is the value of the X-DF-Response-Type header."""
        headers = {"Content-Type": "application/json"}
        if kind is not None:
            headers[TYPE_HEADER] = kind
        return cls(status, encode_json(value), headers=headers, takes=takes)

    @classmethod
    def step(cls, step: Step, *, takes: float = 0.0) -> Reply:
        """Return an answer with a step."""
        return cls.json(to_dict(step), kind="step", takes=takes)

    @classmethod
    def action(cls, action: Action, *, takes: float = 0.0) -> Reply:
        """Return an answer with an action to perform."""
        return cls.json(to_dict(ActionResponseBody(action=action)), kind="action", takes=takes)

    @classmethod
    def exit(cls, result: Any = UNSET, *, takes: float = 0.0) -> Reply:
        """Return an answer that ends the flow. Without `result` it has no body.

        The answer of `server.exit()` without a result is different: its body is an empty object.
        """
        if result is UNSET:
            return cls(headers={TYPE_HEADER: "exit"}, takes=takes)
        return cls.json(result, kind="exit", takes=takes)
