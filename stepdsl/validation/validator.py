"""`stepdsl.validate`: submitted values against the schemas of a step."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from stepdsl.core.arguments import convert, expect, expect_mapping
from stepdsl.core.json import freeze_json
from stepdsl.model.step import Step
from stepdsl.validation.paths import messages_by_path
from stepdsl.validation.texts import Texts

__all__ = ["broken_messages", "cut_values", "validate"]


def validate(
    step: Step, values: Mapping[str, Any] | None, *, messages: Mapping[str, str] | None = None
) -> dict[str, str]:
    """Return the message of each field whose submitted value breaks a rule of its schema; empty if all is well.

    - `values`: what the client submitted, or the model of a step. None is the same as no values.
    - `messages`: texts by keyword (`required`, `minLength`, …), for example translations. A text can contain `{limit}`.
      The `validation_messages` of a schema are used before these.

    The keys are paths such as `address.city` and `children[0].name`. `stepdsl.server.error(validation=…)` takes the
    result. It needs the extra `stepdsl[validation]`.

    Raises InvalidValueError if `step` is not a Step, if `values` is not a mapping or not JSON, and for an unknown
    keyword or a wrong text in `messages`.
    """
    expect("step", step, Step)
    texts = Texts(messages)
    if values is not None:
        expect_mapping("values", values)
    return broken_messages(step, convert("values", {} if values is None else values, freeze_json), texts)


def broken_messages(step: Step, values: dict[str, Any], texts: Texts) -> dict[str, str]:
    """Return what `validate` returns, for values that are JSON."""
    from stepdsl.validation.compiled import compiled  # needs the extra

    broken = compiled(step).broken_rules(values)
    return messages_by_path((one.path, texts.text(one)) for one in broken)


def cut_values(step: Step, values: dict[str, Any]) -> dict[str, Any]:
    """Return a copy of the values with only the properties and items that the schemas of the step describe.

    An unknown schema describes every property. Of a one-of schema, it is the alternative that the value fits best.

    The values are JSON, and valid.
    """
    from stepdsl.validation.compiled import compiled  # needs the extra

    return compiled(step).cut(values)
