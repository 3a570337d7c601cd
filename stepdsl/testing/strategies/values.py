"""Values for the forms of a step: those that `stepdsl.validate` accepts, and those that it does not accept."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from hypothesis import strategies as st

from stepdsl.core.arguments import expect
from stepdsl.model.step import Step
from stepdsl.validation.validator import validate

if TYPE_CHECKING:
    from stepdsl.testing.strategies.forms import FormValues

__all__ = ["invalid_values_for", "values_for"]


def values_for(step: Step) -> st.SearchStrategy[dict[str, Any]]:
    """Return a strategy for values that a client can submit for a step. `stepdsl.validate` accepts all of them.

    They have the documented types: constants, booleans, lists and objects are always present; other fields without
    input are null or absent. A field with persist-async has a token. Patterns are regular expressions of JavaScript.
    If Python does not support a pattern, the value is the default of the field, its placeholder or a suggestion, if one
    of these fits; otherwise the field is empty.

    It needs the extra `stepdsl[testing]`. Raises InvalidValueError if `step` is not a Step, or if no values fit, for
    example because a required number has a minimum that is greater than its maximum.
    """

    def fits(values: dict[str, Any]) -> bool:
        return not validate(step, values)

    return _forms(step).valid().filter(fits)


def invalid_values_for(step: Step) -> st.SearchStrategy[dict[str, Any]]:
    """Return a strategy for values for which `stepdsl.validate` returns at least one message.

    One field is wrong: it is missing, it has a wrong type, or it breaks a rule. The other fields fit, if they can.

    It needs the extra `stepdsl[testing]`. Raises InvalidValueError if `step` is not a Step, or if all values fit.
    """

    def is_wrong(values: dict[str, Any]) -> bool:
        return bool(validate(step, values))

    # A rule that the whole form breaks has no path, so there is no message for it.
    return _forms(step).invalid().filter(is_wrong)


def _forms(step: Step) -> FormValues:
    expect("step", step, Step)
    from stepdsl.testing.strategies.forms import FormValues  # needs the extra

    return FormValues(step)
