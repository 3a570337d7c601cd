"""The rules of performing an action: its data, the result of an exit, and the number of actions in a row."""

from __future__ import annotations

from typing import Any, Final

from stepdsl.core.json import UNSET, is_object, plain_json
from stepdsl.errors import WireError
from stepdsl.executor.transport import Answer, parse_result
from stepdsl.model.actions import Action
from stepdsl.model.responses import ErrorResponseBody
from stepdsl.wire import loads

__all__ = ["MAX_ACTIONS", "NOTHING_TO_DO", "TOO_MANY_ACTIONS", "error_body", "exit_result", "overlay"]

MAX_ACTIONS: Final = 10
"""The maximum number of consecutive actions. The answer to one action can contain the next action."""

TOO_MANY_ACTIONS: Final = f"more than {MAX_ACTIONS} actions in a row"
"""Why a client stops after these actions."""

NOTHING_TO_DO: Final = "the action has neither url nor exit"
"""Why a client cannot perform an action."""


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


def error_body(answer: Answer) -> ErrorResponseBody | None:
    """Return the body of an answer as an error body; None if it is none."""
    try:
        return loads(answer.body, ErrorResponseBody)
    except WireError:
        return None
