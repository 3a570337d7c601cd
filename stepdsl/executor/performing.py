"""The rules of performing an action: its data, the result of an exit, and the number of actions in a row."""

from __future__ import annotations

from typing import Any, Final

from stepdsl.core.fields import FIELDS
from stepdsl.core.json import UNSET, is_object, plain_json
from stepdsl.core.messages import listed
from stepdsl.errors import WireError
from stepdsl.executor.transport import Answer, parse_result
from stepdsl.model.actions import Action
from stepdsl.model.responses import ErrorResponseBody
from stepdsl.model.step import Step
from stepdsl.wire import from_dict, loads, parse_json

__all__ = [
    "MAX_ACTIONS",
    "NOTHING_TO_DO",
    "STEP_PROPERTIES",
    "TOO_MANY_ACTIONS",
    "error_body",
    "exit_result",
    "overlay",
    "step_body",
]

MAX_ACTIONS: Final = 10
"""The maximum number of consecutive actions. The answer to one action can contain the next action."""

TOO_MANY_ACTIONS: Final = f"more than {MAX_ACTIONS} actions in a row"
"""Why a client stops after these actions."""

NOTHING_TO_DO: Final = "the action has neither url nor exit"
"""Why a client cannot perform an action."""

STEP_PROPERTIES: Final = frozenset(FIELDS[Step].by_wire_name)
"""The properties of a step, by their wire names."""


def overlay(below: Any, above: Any) -> Any:
    """Return `above` merged over `below`, one level deep. The result contains a copy of `above`.

    If one of the two is not an object, they are not merged: the result is `above` if it is set, else `below`.
    """
    if above is UNSET:
        return below
    above = plain_json(above)
    return {**below, **above} if is_object(below) and is_object(above) else above


def exit_result(action: Action, answer: Answer) -> Any:
    """Return the result of a flow that an action with `exit` ends. A body that is not JSON counts as an empty one."""
    try:
        found = parse_result(answer)
    except WireError:
        found = UNSET
    return overlay(found, action.result)


def step_body(answer: Answer) -> Step:
    """Return the step in the body of an answer.

    Raises WireError for a body that is no step: also for an object that has other properties, but none of a step.
    """
    document = parse_json(answer.body)
    if is_object(document) and document and STEP_PROPERTIES.isdisjoint(document):
        raise WireError([("", f"expected a step, got an object with {listed(document, 3)}")])
    return from_dict(document)


def error_body(answer: Answer) -> ErrorResponseBody | None:
    """Return the body of an answer as an error body; None if it is none."""
    try:
        return loads(answer.body, ErrorResponseBody)
    except WireError:
        return None
