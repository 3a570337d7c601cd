"""The rules of the protocol for steps, and for messages at their fields. Each function raises ViolationError."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from stepdsl.checking.registry import RULES
from stepdsl.checking.rule import plan_for
from stepdsl.checking.walk import Walk
from stepdsl.core.json import UNSET
from stepdsl.core.messages import Path, show
from stepdsl.model.step import Step
from stepdsl.testing.flows.answers import messages_of
from stepdsl.testing.flows.forms import Form
from stepdsl.testing.flows.violations import ViolationError
from stepdsl.validation.known_fields import unknown_fields
from stepdsl.validation.matching import equal_json
from stepdsl.validation.paths import path_text

__all__ = ["check_messages", "check_refreshed", "check_refused_fields", "check_step"]

_WAY_ON: Final = plan_for([RULES["no-way-on"]], None)
"""The plan of a walk with the one rule of `check` that is a rule of the protocol too."""


def check_step(step: Step, form: Form) -> None:
    """Check a step that is shown: something leads on, and its messages are at fields."""
    for _, _, problem in Walk(step, _WAY_ON).run():
        raise ViolationError("way-on", problem.message)
    if step.errors is not None:
        check_messages(step, form, messages_of(step.errors.validation))


def check_messages(step: Step, form: Form, messages: Mapping[Path, str]) -> None:
    """Check that each message is at a field of the step, and in an item that its list has."""
    tree: dict[str | int, Any] = {}
    for path in messages:
        level = tree
        for part in path:
            level = level.setdefault(part, {})
    for path, reason in unknown_fields(step.schemas, tree).all():
        raise ViolationError("message-at-field", f"{show(path_text(path))}: {reason}")
    for path in messages:
        missing = form.missing_item(path)
        if missing is not None:
            raise ViolationError("message-at-field", f"{show(path_text(path))}: {missing}")


def check_refreshed(step: Step, submitted: Mapping[str, Any], values: Mapping[str, Any]) -> None:
    """Check a step that replaces another one: the values that were submitted, and those that its form begins with."""
    if step.model is not UNSET or not step.schemas:
        return
    entered = {name: value for name, value in submitted.items() if value not in (None, False, [], {})}
    lost = [name for name, value in entered.items() if not equal_json(value, values.get(name))]
    if lost:
        raise ViolationError("refresh-with-model", f"the refreshed step has no model, so it loses {', '.join(lost)}")


def check_refused_fields(form: Form, problems: Mapping[Path, str]) -> None:
    """Check that the user can correct each value that the form refuses."""
    for path, message in problems.items():
        fields = form.fields_at(path)
        if fields and not any(field.shown and field.place.enabled for field in fields):
            how = "disabled" if any(field.shown for field in fields) else "not on the screen"
            raise ViolationError("fields-can-be-filled", f"{show(path_text(path))} is {how}: {message}")
