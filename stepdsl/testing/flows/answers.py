"""What an answer of the server means for a flow: one effect for each kind of answer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final, TypeAlias

from attrs import frozen

from stepdsl.core.fields import FIELDS
from stepdsl.core.json import is_object
from stepdsl.core.messages import Path, show
from stepdsl.errors import WireError
from stepdsl.executor.performing import error_body, exit_result, overlay
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
    "document_of",
    "effect_of",
    "error_of",
    "errors_of",
    "messages_of",
    "step_of",
]

GENERIC_MESSAGE: Final = "Something went wrong. Please try again."
"""The message of the client, if an error has none."""

_EMPTY: Final = "the body is empty"

_STEP_PROPERTIES: Final = frozenset(FIELDS[Step].by_wire_name)

_REQUIRED: Final = frozenset(("layout", "schemas"))
"""The properties that each step on the wire has. The model has defaults for them."""


@frozen
class ShowStep:
    """The next step is shown."""

    step: Step


@frozen
class Perform:
    """An action is performed, with its own data only."""

    action: Action


@frozen
class Finish:
    """The flow ends with a result."""

    result: Any


@frozen
class ShowModal:
    """Layouts are shown over the step."""

    content: Sequence[Layout]


@frozen
class StartSubflow:
    """A subflow begins."""

    subflow: SubflowProperties


@frozen
class Nothing:
    """Nothing changes."""


@frozen
class ShowErrors:
    """The step stays, and messages are shown."""

    message: str | None
    fields: Mapping[Path, str]
    refresh_url: str | None = None


@frozen
class Fail:
    """The flow fails."""

    reason: str


Effect: TypeAlias = ShowStep | Perform | Finish | ShowModal | StartSubflow | Nothing | ShowErrors | Fail


def effect_of(answer: Answer, action: Action, *, strict: bool) -> Effect:
    """Return what an answer to an action means. The first request of a flow has an action without properties.

    Raises ViolationError if `strict` is set and the answer breaks a rule.
    """
    if not answer.ok:
        return error_of(answer)
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


def step_of(answer: Answer, *, strict: bool) -> Step:
    """Return the step in an answer; without `strict` also one with parts that do not fit. Raises WireError."""
    document = document_of(answer)
    if not is_object(document) or (_REQUIRED if strict else _STEP_PROPERTIES).isdisjoint(document):
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


def _rule_of(answer: Answer) -> str:
    if answer.kind is not None:
        return "body-of-type"
    try:
        document = parse_json(answer.body)
    except WireError:
        return "step-without-type"
    is_error = is_object(document) and not document.keys().isdisjoint(("error", "validation", "refreshUrl"))
    return "error-status" if is_error else "step-without-type"


# -- errors ---------------------------------------------------------------------------------------------------------


def error_of(answer: Answer) -> ShowErrors:
    """Return the messages of an answer with an error status: its own, or else the general one of the client."""
    body = error_body(answer)
    if body is None:
        return ShowErrors(GENERIC_MESSAGE, {})
    return errors_of(body)


def errors_of(body: ErrorResponseBody) -> ShowErrors:
    """Return the messages of a body with errors. Without a message it has the general one of the client."""
    fields = messages_of(body.validation)
    message = body.error if body.error is not None or fields else GENERIC_MESSAGE
    return ShowErrors(message, fields, body.refresh_url)


def messages_of(validation: Any) -> dict[Path, str]:
    """Return each message of a `validation` by the path of its field. A text without a path is at no field."""
    return {path: message for path, message in leaves(validation) if path and isinstance(message, str)}
