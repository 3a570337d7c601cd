"""The rules of the protocol between a client and a server. With `strict=True`, a session checks them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from attrs import frozen

__all__ = ["MAX_DETAIL", "PROTOCOL_RULES", "ProtocolRule", "ProtocolViolationError", "ViolationError"]

MAX_DETAIL: Final = 300
"""The maximum number of characters of an error of reading in the text of a violation."""


@frozen
class ProtocolRule:
    """A rule that the answers of a server follow."""

    code: str
    """The name of the rule, in kebab-case."""
    sentence: str
    """What a correct server does: one sentence."""
    section: str
    """The page of the API documentation that has the rule."""
    why: str
    """What a client does with an answer that breaks the rule, and why this is wrong."""


PROTOCOL_RULES: Final[Mapping[str, ProtocolRule]] = {
    rule.code: rule
    for rule in (
        ProtocolRule(
            "body-of-type",
            "The body of an answer has the type that its X-DF-Response-Type says.",
            "Flow Response",
            "The response type decides how a client reads the body. With a body of another type, "
            "the client cannot continue. The documentation does not say what a client does then, so the flow can "
            "fail.",
        ),
        ProtocolRule(
            "known-type",
            "X-DF-Response-Type has one of the documented values.",
            "Flow Response",
            "The values are `step`, `action` and `exit`, and for core2 also `modal`, `no-op` and `subflow`. They are "
            "in lower case. The documentation does not say what a client does with another value, so the flow can "
            "fail.",
        ),
        ProtocolRule(
            "step-without-type",
            "A successful answer without X-DF-Response-Type is a step.",
            "Flow Response",
            "A client reads an answer without a response type as a step, unless the action itself ends the flow. "
            "Another body has nothing to show, so the flow can fail. A result needs the response type `exit`.",
        ),
        ProtocolRule(
            "error-status",
            "An error has a status outside 200 to 299.",
            "Error Response Body",
            "A client recognises an error by its status, not by its body. With a status from 200 to 299, it "
            "takes the body for a step, and the user does not see the messages.",
        ),
        ProtocolRule(
            "error-body",
            "An error with a JSON object has its messages in `error` and `validation`.",
            "Error Response Body",
            "A client shows the text of `error`, and each text in `validation` at its field. If one of them is no "
            "text, or if an answer with the status 422 has other properties in their place, the user sees only a "
            "general message. FastAPI itself answers a wrong request with 422 and `detail`; `install(app)` from "
            "`stepdsl.server.starlette` changes this. An answer without JSON, an empty object and, "
            "with another status than 422, any other object are correct: a client has a general message for them.",
        ),
        ProtocolRule(
            "message-at-field",
            "A message for a field is at the path of a field.",
            "Step Error",
            "`validation` has the same structure as the values of the step. A client shows each message at the "
            "field with the same path. If there is no such field, the user does not see the message.",
        ),
        ProtocolRule(
            "refresh-with-model",
            "A refreshed step has a model, because no value is carried over.",
            "Refresh On Change",
            "The refreshed step replaces the current step together with its values. Without a model, everything "
            "that the user has entered is lost. Some old clients keep the values, so the mistake is not visible "
            "in every client.",
        ),
        ProtocolRule(
            "refresh-answer",
            "A refresh is answered with a step, or with 304.",
            "Refresh On Change",
            "A client shows the new step in place of the current one, and after 304 it keeps the current one. "
            "Any other answer is a failed refresh. The client then shows an error, and the user has to go back "
            "or to leave the flow.",
        ),
        ProtocolRule(
            "polling-answer",
            "An answer to polling is empty, or it has a response type and its body.",
            "Polling",
            "With core2, polling continues only after an empty body. A client reads a body without a response "
            "type as a step; only an object with `action` is an action. If the body does not fit, the polling "
            "fails, and the client performs `onError`.",
        ),
        ProtocolRule(
            "persist-answer",
            "A stored value is answered with an object that has idProperty.",
            "Persist Async",
            "The step submits the value of `idProperty` in place of what the user has entered. Without this "
            "property, the field has no value to submit. The user cannot correct this.",
        ),
        ProtocolRule(
            "validate-answer",
            "An answer to validate-async is empty, or it has a message.",
            "Validate Async",
            "A client shows the text of `message`: as a positive one with a status from 200 to 299, and as an error "
            "with 422. It ignores any other answer. The messages of a submission, `error` and `validation`, are not "
            "shown here; `server.invalid` has the right ones.",
        ),
        ProtocolRule(
            "search-answer",
            "A search is answered with results.",
            "Search Response Body",
            "A client shows the items of `results`, and the text `emptyMessage` if there are none. Without "
            "`results` it can show neither of them. An answer for core2 can have a layout instead.",
        ),
        ProtocolRule(
            "way-on",
            "A step has something that continues or ends the flow.",
            "Step",
            "The user can only go back or close the flow, so the flow never has a result. To end a flow, a "
            "server sends the response type `exit`, or a step whose button has an action with `exit`.",
        ),
        ProtocolRule(
            "fields-can-be-filled",
            "The user can see and change each field that is not valid.",
            "Schema",
            "The values of hidden and disabled fields are validated and submitted too. If one of them is not "
            "valid, the client does not submit the step, and the user cannot correct the value. A hidden field "
            "that is required therefore needs a value in the model.",
        ),
        ProtocolRule(
            "action-does-something",
            "An action has a url, or it ends the flow.",
            "Action",
            "An action without `url` sends no request, and without `exit` it does not end the flow. The "
            "documentation does not say what a client does then. If nothing happens, the user does not see why.",
        ),
        ProtocolRule(
            "few-actions-in-a-row",
            "The answers to actions come to an end.",
            "Action Response Body",
            "A client performs the action of an answer at once, and the next answer can have an action again. "
            "If each answer has one, the client sends requests without end. The documentation has no limit; the "
            "session stops after ten actions in a row.",
        ),
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
