"""The rules of the protocol between a client and a server. With `strict=True`, a session checks them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from attrs import frozen

__all__ = ["PROTOCOL_RULES", "ProtocolRule", "ProtocolViolationError", "ViolationError"]


@frozen
class ProtocolRule:
    """A rule that the answers of a server follow."""

    code: str
    """The name of the rule, in kebab-case."""
    sentence: str
    """What a correct server does: one sentence."""
    section: str
    """The page of the API documentation that has the rule."""


PROTOCOL_RULES: Final[Mapping[str, ProtocolRule]] = {
    rule.code: rule
    for rule in (
        ProtocolRule(
            "body-of-type", "The body of an answer has the type that its X-DF-Response-Type says.", "Flow Response"
        ),
        ProtocolRule("known-type", "X-DF-Response-Type has one of the documented values.", "Flow Response"),
        ProtocolRule("step-without-type", "A successful answer without X-DF-Response-Type is a step.", "Flow Response"),
        ProtocolRule("error-status", "An error has a status outside 200 to 299.", "Error Response Body"),
        ProtocolRule("message-at-field", "A message for a field is at the path of a field.", "Step Error"),
        ProtocolRule(
            "refresh-with-model", "A refreshed step has a model, because no value is carried over.", "Refresh On Change"
        ),
        ProtocolRule("refresh-answer", "A refresh is answered with a step, or with 304.", "Refresh On Change"),
        ProtocolRule(
            "polling-answer", "An answer to polling is empty, or it has a response type and its body.", "Polling"
        ),
        ProtocolRule(
            "persist-answer", "A stored value is answered with an object that has idProperty.", "Persist Async"
        ),
        ProtocolRule("search-answer", "A search is answered with results.", "Search Response Body"),
        ProtocolRule("way-on", "A step has something that continues or ends the flow.", "Step"),
        ProtocolRule("fields-can-be-filled", "The user can see and change each field that is not valid.", "Schema"),
        ProtocolRule("action-does-something", "An action has a url, or it ends the flow.", "Action"),
        ProtocolRule("few-actions-in-a-row", "The answers to actions come to an end.", "Action Response Body"),
    )
}
"""All rules, by their codes."""


class ViolationError(Exception):
    """Internal: an answer breaks a rule. The session raises a ProtocolViolationError for it."""

    def __init__(self, code: str, detail: str) -> None:
        """Take the code of the rule, and what is wrong."""
        super().__init__(code, detail)
        self.rule: ProtocolRule = PROTOCOL_RULES[code]
        self.detail = detail


class ProtocolViolationError(AssertionError):
    """An answer of the server breaks a rule of the documentation. The text has the rule, the step and the answer."""

    def __init__(self, text: str, rule: ProtocolRule) -> None:
        """Take the whole text, and the rule."""
        super().__init__(text)
        self.rule = rule
        """The rule that is broken."""

    def __reduce__(self) -> tuple[type[ProtocolViolationError], tuple[str, ProtocolRule]]:
        return type(self), (str(self), self.rule)

    @property
    def code(self) -> str:
        """The code of the rule."""
        return self.rule.code
