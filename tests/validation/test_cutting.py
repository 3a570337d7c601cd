"""Values cut to what the schemas describe."""

from __future__ import annotations

from typing import Any

import pytest

from stepdsl import (
    AllOfSchema,
    ArraySchema,
    ConstSchema,
    IntegerSchema,
    OneOfSchema,
    Step,
    StringSchema,
    UnknownSchema,
    validate,
)
from stepdsl.validation.validator import cut_values
from tests.validation.support import TEXT, constant, items, obj, persisted, step_of

CARD = obj(["number"], number=TEXT, type=constant("card"))
BANK = obj(["iban"], iban=TEXT, type=constant("bank"))


@pytest.mark.parametrize(
    ("step", "values", "cut"),
    [
        (Step(), {"a": 1}, {}),
        (Step(), {}, {}),
        (step_of(a=TEXT), {"b": 1}, {}),
        (step_of(a=TEXT, b=TEXT), {"a": None, "b": "x", "c": 1}, {"a": None, "b": "x"}),
        (step_of(a=obj(b=TEXT)), {"a": {"b": "x", "c": {"b": 1}}}, {"a": {"b": "x"}}),
        (step_of(a=obj()), {"a": {"b": "x"}}, {"a": {}}),
        (step_of(a=items(obj(b=TEXT))), {"a": [{"b": "x", "c": 1}, None, {}]}, {"a": [{"b": "x"}, None, {}]}),
        (step_of(a=items(TEXT)), {"a": ["x"]}, {"a": ["x"]}),
        (step_of(a=ArraySchema.Tuple(items=[obj(b=TEXT), TEXT])), {"a": [{"c": 1}, "x"]}, {"a": [{}, "x"]}),
        (step_of(a=StringSchema(persist_async=persisted(TEXT))), {"a": {"id": [1]}}, {"a": {"id": [1]}}),
        (step_of(a=UnknownSchema(type="x")), {"a": {"b": [{"c": 1}]}}, {"a": {"b": [{"c": 1}]}}),
        (step_of(a=UnknownSchema(type="x")), {"a": [{"c": 1}]}, {"a": [{"c": 1}]}),
        (step_of(a=constant({"b": {"c": 1}})), {"a": {"b": {"c": 1}}}, {"a": {"b": {"c": 1}}}),
        (step_of(a=ConstSchema()), {"a": {"b": 1}}, {"a": {"b": 1}}),
        # All parts of an all-of schema describe the value.
        (
            step_of(a=AllOfSchema(schemas=[obj(b=TEXT, d=obj(e=TEXT)), obj(c=TEXT, d=obj(f=TEXT))])),
            {"a": {"b": "x", "c": "x", "d": {"e": "x", "f": "x", "g": "x"}, "h": "x"}},
            {"a": {"b": "x", "c": "x", "d": {"e": "x", "f": "x"}}},
        ),
        (
            step_of(a=AllOfSchema(schemas=[items(obj(b=TEXT)), ArraySchema.Tuple(items=[obj(c=TEXT), TEXT])])),
            {"a": [{"b": "x", "c": "x", "d": "x"}]},
            {"a": [{"b": "x", "c": "x"}]},
        ),
        # The alternative that the value fits best.
        (step_of(a=OneOfSchema(schemas=[CARD, BANK])), {"a": {"iban": "x", "number": 1}}, {"a": {"iban": "x"}}),
        (step_of(a=OneOfSchema(schemas=[CARD, BANK])), {"a": {"iban": "x", "number": "1"}}, {"a": {"number": "1"}}),
        (
            step_of(a=OneOfSchema(schemas=[CARD, BANK])),
            {"a": {"iban": "x", "number": "1", "type": "bank"}},
            {"a": {"iban": "x", "type": "bank"}},
        ),
        (
            step_of(a=OneOfSchema(schemas=[obj(b=TEXT), obj(b=TEXT, c=TEXT)])),
            {"a": {"b": "x", "c": "x", "d": "x"}},
            {"a": {"b": "x", "c": "x"}},
        ),
        (
            step_of(a=OneOfSchema(schemas=[items(IntegerSchema()), items(obj(b=TEXT))])),
            {"a": [{"b": "x", "c": "x"}]},
            {"a": [{"b": "x"}]},
        ),
        (
            step_of(a=OneOfSchema(schemas=[obj(b=TEXT), UnknownSchema(type="x")])),
            {"a": {"b": 1, "c": 1}},
            {"a": {"b": 1, "c": 1}},
        ),
        (step_of(a=OneOfSchema(schemas=[constant("x")])), {"a": "x"}, {"a": "x"}),
        # Several root schemas.
        (
            step_of(obj(a=TEXT), OneOfSchema(schemas=[CARD, BANK])),
            {"a": "x", "iban": "x", "b": 1},
            {"a": "x", "iban": "x"},
        ),
        (step_of(obj(a=obj(b=TEXT)), obj(a=obj(c=TEXT))), {"a": {"b": 1, "c": "x"}}, {"a": {"c": "x"}}),
        (step_of(obj(a=TEXT), UnknownSchema(type="x")), {"a": "x", "b": {"c": 1}}, {"a": "x", "b": {"c": 1}}),
        (step_of(obj(a=TEXT), constant("x")), {"a": "x", "b": 1}, {"a": "x"}),
    ],
)
def test_only_what_the_schemas_describe_is_left(step: Step, values: Any, cut: dict[str, Any]):
    assert validate(step, values) == {}
    assert cut_values(step, values) == cut
    assert cut_values(step, cut) == cut


def test_a_value_of_another_type_has_nothing_that_the_schemas_describe():
    assert cut_values(step_of(a=TEXT, b=items(TEXT)), {"a": [1], "b": {"c": 1}}) == {"a": [], "b": {}}
    assert cut_values(step_of(a=ArraySchema.Tuple(items=[TEXT])), {"a": ["x", "y"]}) == {"a": ["x"]}


def test_the_values_are_plain_and_can_be_changed():
    step = step_of(a=obj(b=items(TEXT)), c=UnknownSchema(type="x"))
    values = {"a": {"b": ["x"]}, "c": {"d": [1]}}
    cut = cut_values(step, values)
    cut["a"]["b"].append("y")
    cut["c"]["d"].append(2)
    cut["e"] = 1
    assert cut == {"a": {"b": ["x", "y"]}, "c": {"d": [1, 2]}, "e": 1}
    assert values == {"a": {"b": ["x"]}, "c": {"d": [1]}}
