"""A form of a thousand fields with values: `validate`, and jsonschema-rs alone with a JSON Schema for the same form."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import jsonschema_rs

from stepdsl import OneOfSchema, Step, validate
from tests.benchmarks.checking import rich_form

MOST = 3.0
"""The aim: how many times the cost of jsonschema-rs alone."""


def plain_schema() -> dict[str, Any]:
    """The JSON Schema that somebody writes by hand for the form."""
    form: Any = rich_form().schemas[0]
    properties: dict[str, Any] = {}
    for name, field in form.properties.items():
        if isinstance(field, OneOfSchema):
            properties[name] = {"enum": ["EUR", "GBP", "USD"]}
        else:
            properties[name] = {"type": "string", "pattern": field.pattern, "minLength": 4, "maxLength": 4}
    return {"type": "object", "properties": properties, "required": list(properties)}


def right_values() -> dict[str, Any]:
    return dict(rich_form().model)


def wrong_values() -> dict[str, Any]:
    """A tenth of the fields has a wrong value: half of them are choices, half are texts."""
    values = right_values()
    names = list(values)
    return values | dict.fromkeys([*names[::20], *names[1::20]], "x")


VALUES: Mapping[str, Callable[[], dict[str, Any]]] = {
    "1,000 fields, all right": right_values,
    "1,000 fields, 100 of them wrong": wrong_values,
}
"""By name: what makes the values."""


def works(values: dict[str, Any]) -> tuple[Callable[[], object], Callable[[], object]]:
    """The validation of values, and what it is compared to."""
    step: Step = rich_form()
    validator = jsonschema_rs.validator_for(plain_schema(), pattern_options=jsonschema_rs.RegexOptions())
    assert len(validate(step, values)) == len({tuple(error.instance_path) for error in validator.iter_errors(values)})
    return lambda: validate(step, values), lambda: list(validator.iter_errors(values))
