"""What an answer of the server means for a flow: one effect for each kind of answer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final, TypeAlias

from attrs import frozen

from stepdsl.core.json import UNSET, is_object, show_json
from stepdsl.core.messages import Path, dotted, shorten, show
from stepdsl.errors import WireError
from stepdsl.executor.performing import STEP_PROPERTIES, exit_result, overlay
from stepdsl.executor.transport import Answer, parse_result
from stepdsl.headers import TYPE_HEADER
from stepdsl.model.actions import Action, SubflowProperties
from stepdsl.model.responses import ActionResponseBody, ErrorResponseBody, ModalResponseBody, SubflowResponseBody
from stepdsl.model.step import Step
from stepdsl.model.unions import Layout
from stepdsl.testing.flows.violations import MAX_DETAIL, ViolationError
from stepdsl.validation.paths import leaves
from stepdsl.wire import from_dict, loads, parse_json

__all__ = [
    "GENERIC_MESSAGE",
    "Effect",
    "Fail",
    "Finish",
    "Nothing",
    "Perform",
    "ShowErrors",
    "ShowModal",
    "ShowStep",
    "StartSubflow",
    "check_spelling",
    "document_of",
    "effect_of",
    "error_of",
    "json_or_none",
    "messages_of",
    "step_of",
]

GENERIC_MESSAGE: Final = "Something went wrong. Please try again."
"""The message of the client, if an error has none."""

_EMPTY: Final = "the body is empty"
_TYPES: Final = ("step", "action", "exit", "modal", "no-op", "subflow")
"""The response types of both generations."""

_REQUIRED: Final = frozenset(("layout", "schemas"))
"""The properties that each step on the wire has. The model has defaults for them."""


@frozen
class ShowStep:
    """The next step is shown."""

    step: Step
    """The step."""


@frozen
class Perform:
    """An action is performed, with its own data only."""

    action: Action
    """The action."""


@frozen
class Finish:
    """The flow ends with a result."""

    result: Any
    """The result; UNSET without one."""


@frozen
class ShowModal:
    """Layouts are shown over the step."""

    content: Sequence[Layout]
    """The layouts."""


@frozen
class StartSubflow:
    """A subflow begins."""

    subflow: SubflowProperties
    """The subflow, and what follows it."""


@frozen
class Nothing:
    """Nothing changes."""


@frozen
class ShowErrors:
    """The step stays, and messages are shown."""

    message: str | None
    """The general message; None if there is none."""
    fields: Mapping[Path, str]
    """The messages of fields, by their paths."""
    refresh_url: str | None = None
    """The URL from which the step is refreshed first; None if it stays as it is."""


@frozen
class Fail:
    """The flow fails."""

    reason: str
    """Why, as text."""


Effect: TypeAlias = ShowStep | Perform | Finish | ShowModal | StartSubflow | Nothing | ShowErrors | Fail


def effect_of(answer: Answer, action: Action, *, strict: bool) -> Effect:
    """Return what an answer to an action means. The first request of a flow has an action without properties.

    Raises ViolationError if `strict` is set and the answer breaks a rule.
    """
    if not answer.ok:
        return error_of(answer, strict=strict)
    if action.exit:
        return Finish(exit_result(action, answer))
    try:
        return _by_type(answer, action, strict)
    except WireError as error:
        what = answer.kind or "step"
        reason = _EMPTY if answer.empty else f"the body is no {what}: {str(error)[:MAX_DETAIL]}"
        if strict:
            raise ViolationError(_rule_of(answer), reason) from None
        return Fail(reason)


def _by_type(answer: Answer, action: Action, strict: bool) -> Effect:
    if strict:
        check_spelling(answer)
    match answer.kind:
        case "exit":
            return Finish(overlay(parse_result(answer), action.result))
        case "action":
            return Perform(loads(answer.body, ActionResponseBody).action)
        case "modal":
            return ShowModal(loads(answer.body, ModalResponseBody).content)
        case "subflow":
            return StartSubflow(loads(answer.body, SubflowResponseBody))
        case "no-op":
            return Nothing()
        case "step" | None:
            return ShowStep(step_of(answer, strict=strict))
        case kind:
            reason = f"{TYPE_HEADER} is {show(kind)}"
            if strict:
                raise ViolationError("known-type", reason)
            return Fail(reason)


def check_spelling(answer: Answer) -> None:
    """Check that the response type of an answer is in lower case. Raises ViolationError."""
    written, kind = (answer.type_header or "").strip(), answer.kind
    if written != kind and kind in _TYPES:
        raise ViolationError("known-type", f"{TYPE_HEADER} is {show(written)}; write {show(kind)}")


def step_of(answer: Answer, *, strict: bool) -> Step:
    """Return the step in an answer; without `strict` also one with parts that do not fit. Raises WireError."""
    document = document_of(answer)
    if not is_object(document) or (_REQUIRED if strict else STEP_PROPERTIES).isdisjoint(document):
        raise WireError([("", "expected an object with layout and schemas")])
    try:
        return from_dict(document)
    except WireError:
        if strict:
            raise
        return from_dict(document, strict=False)


def document_of(answer: Answer) -> Any:
    """Return the JSON of a body. Raises WireError if it is empty or no JSON."""
    if answer.empty:
        raise WireError([("", _EMPTY)])
    return parse_json(answer.body)


def json_or_none(answer: Answer) -> Any:
    """Return the JSON of a body; None if it is no JSON."""
    try:
        return parse_json(answer.body)
    except WireError:
        return None


def _rule_of(answer: Answer) -> str:
    if answer.kind is not None:
        return "body-of-type"
    document = json_or_none(answer)
    is_error = is_object(document) and not document.keys().isdisjoint(("error", "validation", "refreshUrl"))
    return "error-status" if is_error else "step-without-type"


# -- errors ---------------------------------------------------------------------------------------------------------


def error_of(answer: Answer, *, strict: bool) -> ShowErrors:
    """Return the messages of an answer with an error status: its own, or else the general one of the client.

    Raises ViolationError if `strict` is set and the body is a JSON object, but not one with messages.
    """
    try:
        body = loads(answer.body, ErrorResponseBody)
    except WireError as error:
        if strict and is_object(json_or_none(answer)):
            raise ViolationError("error-body", str(error)[:MAX_DETAIL]) from None
        return ShowErrors(GENERIC_MESSAGE, {})
    if strict:
        _check_messages(answer.status, body)
    fields = messages_of(body.validation)
    message = body.error if body.error is not None or fields else GENERIC_MESSAGE
    return ShowErrors(message, fields, body.refresh_url)


def _check_messages(status: int, body: ErrorResponseBody) -> None:
    """Check that a client can show the messages of an error. Raises ViolationError."""
    validation = None if body.validation is UNSET else body.validation
    if validation is not None and not is_object(validation):
        raise ViolationError("error-body", f"validation: expected an object, got {show_json(validation)}")
    for path, message in leaves(validation):
        if message is not None and not isinstance(message, str):
            where = dotted(path, "validation")
            raise ViolationError("error-body", f"{where}: expected a string, got {show_json(message)}")
    is_empty = body.error is None and validation is None and body.refresh_url is None
    if status == 422 and is_empty and body.extra:  # without any property, the general message is meant
        others = ", ".join(map(shorten, list(body.extra)[:3]))
        raise ViolationError("error-body", f"the body has none of error, validation and refreshUrl, but {others}")


def messages_of(validation: Any) -> dict[Path, str]:
    """Return each message of a `validation` by the path of its field. A text without a path is at no field."""
    return {path: message for path, message in leaves(validation) if path and isinstance(message, str)}
