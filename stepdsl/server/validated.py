"""Checks a submission against the schemas of its step, and answers with the messages for the fields."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from stepdsl.core.arguments import expect
from stepdsl.core.json import freeze_json, show_json
from stepdsl.core.messages import ConversionError, listed, shorten
from stepdsl.model.step import Step
from stepdsl.server.submissions import MAX_DETAIL, SubmissionError
from stepdsl.validation.texts import Texts
from stepdsl.validation.validator import broken_messages, cut_values

__all__ = ["validated"]

_MAX_NAMES: Final = 3
"""The maximum number of fields in the reason of an error."""


def validated(step: Step, values: Any, *, messages: Mapping[str, str] | None = None) -> dict[str, Any]:
    """Return the submitted values, with only the properties and items that the schemas of the step describe.

    - `values`: the JSON of a submission.
    - `messages`: texts by keyword, as `stepdsl.validate` takes them.

    Raises SubmissionError if the values do not fit. Its `response` is the answer to the client: 422 with the messages
    of the fields, or 400 if the values are not a JSON object. It needs the extra `stepdsl[validation]`.

    Raises InvalidValueError if `step` is not a Step, and for an unknown keyword or a wrong text in `messages`.
    """
    expect("step", step, Step)
    if not isinstance(values, Mapping):
        raise SubmissionError(400, f"expected a JSON object, got {show_json(values)}")
    try:
        submitted: dict[str, Any] = freeze_json(values)
    except ConversionError as error:
        raise SubmissionError(400, str(error.as_wire_error())[:MAX_DETAIL]) from None
    broken = broken_messages(step, submitted, Texts(messages))
    if broken:
        raise SubmissionError(422, _reason(list(broken)), broken)
    return cut_values(step, submitted)


def _reason(paths: list[str]) -> str:
    noun = "value" if len(paths) == 1 else "values"
    return f"invalid {noun}: {listed(map(shorten, paths), _MAX_NAMES)}"
