"""What a server answered, whole."""

from __future__ import annotations

from typing import Any

from attrs import frozen

from stepdsl.errors import Refused, WireError, dotted
from stepdsl.model.values import UNSET, copy_json
from stepdsl.wire import parse_json

__all__ = ["Answer", "parse_result"]


@frozen
class Answer:
    """Status, response type and body of an answer."""

    status: int
    kind: str | None
    """The response type that the header names, in lower case; None without the header."""
    body: bytes
    """The body, decoded; empty if it could not be read and the status says enough without it."""

    @property
    def ok(self) -> bool:
        """Whether the status is one of 2xx."""
        return 200 <= self.status < 300

    @property
    def empty(self) -> bool:
        """Whether there is nothing in the body."""
        return not self.body.strip()


def parse_result(answer: Answer) -> Any:
    """Return a body as the result of a flow, UNSET if it is empty; raise WireError if it is no JSON."""
    if answer.empty:
        return UNSET
    try:
        return copy_json(parse_json(answer.body))
    except Refused as refused:
        raise WireError((dotted(path), reason) for path, reason in refused.problems) from None
