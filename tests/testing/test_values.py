"""The strategies for values of forms, against `validate`."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.errors import FailedHealthCheck, Unsatisfiable

from stepdsl import InvalidValueError, ObjectSchema, Schema, Step, from_dict, validate
from stepdsl.testing.strategies import invalid_values_for, schemas, values_for
from tests.strategies import examples, moderate
from tests.testing.forms import NUMBER, TEXT, items, obj
from tests.testing.shown_steps import STEPS
from tests.validation.test_any_values import SCHEMAS

few = settings(moderate, max_examples=examples(6), database=None, suppress_health_check=list(HealthCheck))


def drawn(strategy: st.SearchStrategy[Any], number: int = 20) -> list[Any]:
    """Return values of a strategy: always the same ones."""
    found: list[Any] = []

    @settings(max_examples=examples(number), derandomize=True, database=None, deadline=None)
    @given(strategy)
    def collect(value: Any) -> None:
        found.append(value)

    collect()
    return found


def step_of(*roots: dict[str, Any], **properties: Any) -> Step:
    """Return a step with these root schemas, or with one of these required properties."""
    required = {**obj(**properties), "required": list(properties)}
    return from_dict({"schemas": list(roots) or [required]})


# -- every step -----------------------------------------------------------------------------------------------------

EXAMPLES = [name for name in STEPS if name.startswith(("example", "server"))]
RULELESS = [name for name in EXAMPLES if not STEPS[name]().schemas]


@pytest.mark.parametrize("name", [name for name in EXAMPLES if name not in RULELESS])
def test_values_of_an_example_fit_and_wrong_values_do_not(name: str):
    step = STEPS[name]()

    @settings(moderate, max_examples=examples(3))
    @given(values_for(step), invalid_values_for(step))
    def each(values: dict[str, Any], wrong: dict[str, Any]) -> None:
        assert validate(step, values) == {}
        assert validate(step, wrong) != {}

    each()


@pytest.mark.parametrize("name", RULELESS)
def test_an_example_without_schemas_has_only_empty_values(name: str):
    assert drawn(values_for(STEPS[name]())) == [{}]


def agree(step: Step, data: st.DataObject) -> None:
    """Draw values and wrong values of a step, if it has any, and compare them with `validate`."""
    pairs: tuple[tuple[Callable[[Step], st.SearchStrategy[Any]], bool], ...]
    pairs = ((values_for, True), (invalid_values_for, False))
    for strategy_for, fits in pairs:
        try:
            strategy = strategy_for(step)
        except InvalidValueError as impossible:
            assert str(impossible).startswith("step.schemas: ")  # noqa: PT017  # the rare other outcome
        else:
            assert (validate(step, data.draw(strategy)) == {}) == fits


@settings(few, max_examples=examples(20))
@given(st.dictionaries(st.sampled_from("abc"), SCHEMAS, max_size=3), st.sets(st.sampled_from("abc")), st.data())
def test_values_of_generated_forms_fit(fields: dict[str, Schema], required: set[str], data: st.DataObject):
    agree(Step(schemas=[ObjectSchema(properties=fields, required=sorted(required))]), data)


@few
@given(st.lists(SCHEMAS, max_size=3), st.data())
def test_values_of_several_generated_roots_fit(roots: list[Schema], data: st.DataObject):
    agree(Step(schemas=roots), data)


@settings(few, max_examples=examples(15))
@given(schemas(), st.data())
def test_values_of_a_field_of_any_type_fit(schema: Schema, data: st.DataObject):
    agree(Step(schemas=[ObjectSchema(properties={"x": schema}, required=["x"])]), data)


@settings(few, max_examples=examples(20))
@given(st.text(alphabet="ab()[]{}|*+?^$\\dpLk<>=!:-,1é", max_size=12), st.data())
def test_values_of_any_pattern_fit(pattern: str, data: st.DataObject):
    agree(step_of(x={**TEXT, "pattern": pattern}), data)


# -- single fields --------------------------------------------------------------------------------------------------

PATTERNS: dict[str, tuple[dict[str, Any], str]] = {
    # The schema, and an expression of Python that all values match.
    "only digits": ({"pattern": "^[0-9]{16}$"}, "[0-9]{16}"),
    "found anywhere": ({"pattern": "[a-c]+"}, ".*[a-c].*"),
    "digits are ASCII": ({"pattern": r"^\d{2}$"}, "[0-9]{2}"),
    "no line break at the end": ({"pattern": "^a$"}, "a"),
    "letters of Unicode": ({"pattern": r"^\p{L}+$"}, r"[^\W\d_]+"),
    "named groups and references": ({"pattern": r"^(?<year>\d\d)-\k<year>$"}, r"(\d\d)-\1"),
    "look-around": ({"pattern": r"^(?=.*[A-Z])[A-Za-z]{4,8}$"}, r"(?=.*[A-Z])[A-Za-z]{4,8}"),
    "an empty negated set": ({"pattern": "^[^]$"}, "."),
    "escapes of code points": ({"pattern": r"^\u00e9\u{41}\x42$"}, "éAB"),
    "a repeat without a minimum is text": ({"pattern": "^x{,3}$"}, r"x\{,3\}"),
    "at least so many characters": ({"pattern": r"^\w+$", "minLength": 12}, "[A-Za-z0-9_]{12,}"),
    "at most so many characters": ({"pattern": "^[a-z]*$", "maxLength": 3}, "[a-z]{0,3}"),
    "exactly so many characters": ({"pattern": "^a*b{2,}$", "minLength": 9, "maxLength": 9}, "(?=.{9}$)a*bb+"),
    "a long text": ({"pattern": r"^\S+$", "minLength": 60}, ".{60,}"),
    "a long repeat": ({"pattern": "^a{3,}$", "minLength": 2, "maxLength": 2 + 30}, "a{3,32}"),
    "a set with a bracket": ({"pattern": r"^[[\]*]+$", "maxLength": 5}, r"[\[\]*]{1,5}"),
    "lengths without a pattern": ({"minLength": 2, "maxLength": 4}, ".{2,4}"),
    "no empty text": ({}, ".+"),
    "only the empty text": ({"maxLength": 0}, ""),
    "dates": ({"format": "date", "minimum": "2024-02-28", "maximum": "2024-03-01"}, "2024-0(2-2[89]|3-01)"),
    "dates with limits that are no dates": ({"format": "date", "minimum": "soon"}, r"\d{4}-\d\d-\d\d"),
    "addresses": ({"format": "email"}, r"[^@\s]+@[^@\s]+"),
    "digits and dots": ({"format": "numeric"}, "[0-9.]+"),
    "uploads": ({"format": "base64url", "accepts": ["image/*", "a"]}, "(data:(image/(png|pdf)|a),)?[A-Za-z0-9_-]+"),
}


@pytest.mark.parametrize(("schema", "expression"), PATTERNS.values(), ids=PATTERNS)
def test_a_string_has_the_form_of_its_schema(schema: dict[str, Any], expression: str):
    step = step_of(x={**TEXT, **schema})
    found = drawn(values_for(step), 4)
    assert [value for value in found if re.fullmatch(expression, value["x"], re.DOTALL) is None] == []


def test_of_a_wide_range_of_characters_only_the_first_are_used():
    step = step_of(x={**TEXT, "pattern": r"^[\u{20000}-\u{10ffff}]{20}$"})
    assert all(max(values["x"]) <= chr(0x20000 + 255) for values in drawn(values_for(step), 5))


TYPES: dict[str, tuple[dict[str, Any], Callable[[Any], bool]]] = {
    "integers": (NUMBER, lambda value: type(value) is int),
    "integers with limits": ({**NUMBER, "minimum": 2, "maximum": 4}, lambda value: value in (2, 3, 4)),
    "integers with limits of 64 bits": ({**NUMBER, "minimum": 2**63 - 2}, lambda value: value >= 2**63 - 2),
    "numbers": ({"type": "number"}, lambda value: type(value) in (int, float)),
    "numbers between integers": ({"type": "number", "minimum": 0.25, "maximum": 0.5}, lambda v: 0.25 <= v <= 0.5),
    "one number": ({"type": "number", "minimum": 0.5, "maximum": 0.5}, lambda value: value == 0.5),
    "one integer": ({"type": "number", "minimum": 2**62 + 1, "maximum": 2**62 + 1}, lambda value: value == 2**62 + 1),
    "booleans": ({"type": "boolean"}, lambda value: type(value) is bool),
    "constants": ({"const": [1, {"a": None}]}, lambda value: value == [1, {"a": None}]),
    "lists": (items(NUMBER, minItems=2, maxItems=3), lambda value: 2 <= len(value) <= 3),
    "lists without a maximum": (items(NUMBER), lambda value: type(value) is list),
    "lists of what does not exist": (items({"oneOf": []}), lambda value: value == []),
    "tuples": (items([NUMBER, TEXT]), lambda value: len(value) == 2),
    "tuples with any value": (items([NUMBER, {"type": "new"}]), lambda value: len(value) == 2),
    "an object and a choice of objects": (
        {"allOf": [obj(a={"const": 1}), {"oneOf": [obj(b={"const": 2}), obj(b={"const": 3})]}]},
        lambda value: value in ({"a": 1, "b": 2}, {"a": 1, "b": 3}),
    ),
    "choices of constants": (
        {"oneOf": [{"const": 1}, {"const": None}, {"const": "x"}]},
        lambda value: value in (1, "x"),
    ),
    "choices": ({"oneOf": [NUMBER, TEXT]}, lambda value: type(value) in (int, str)),
    "all-of objects": ({"allOf": [obj(a={"const": 1}), obj(b={"const": 2})]}, lambda value: value == {"a": 1, "b": 2}),
    "all-of without parts": ({"allOf": []}, lambda value: value is not None),
    "all-of texts": (
        {"allOf": [{**TEXT, "minLength": 2}, {**TEXT, "maxLength": 3}]},
        lambda value: 2 <= len(value) <= 3,
    ),
    "all-of choices": (
        {"allOf": [{"oneOf": [obj(a={"const": 1}), obj(a={"const": 2})]}, {"oneOf": [obj(b={"const": 3})]}]},
        lambda value: value in ({"a": 1, "b": 3}, {"a": 2, "b": 3}),
    ),
    "unknown schemas": ({"type": "new"}, lambda value: value is not None),
}


@pytest.mark.parametrize(("schema", "has_its_type"), TYPES.values(), ids=TYPES)
def test_a_value_has_the_documented_type(schema: dict[str, Any], has_its_type: Callable[[Any], bool]):
    found = drawn(values_for(step_of(x=schema)), 5)
    assert [value for value in found if not has_its_type(value["x"])] == []


@pytest.mark.parametrize(
    ("outer", "has_its_type"),
    [
        (TEXT, lambda value: value.isalnum()),
        ({**NUMBER, "minimum": -5}, lambda value: type(value) is int and value > 0),
        ({"type": "boolean"}, lambda value: type(value) is bool),
        (items(TEXT), lambda value: all(one.isalnum() for one in value)),
    ],
)
def test_a_field_with_persist_async_has_a_token(outer: dict[str, Any], has_its_type: Callable[[Any], bool]):
    persist = {"idProperty": "id", "param": "p", "url": "/p", "schema": {"type": "blob"}}
    found = drawn(values_for(step_of(x={**outer, "persistAsync": persist})), 8)
    assert [value for value in found if not has_its_type(value["x"])] == []


def test_fields_without_input_have_what_a_client_submits():
    fields = obj(a=TEXT, b={"type": "boolean"}, c={"const": 1}, d=items(NUMBER), e=obj(), f={"const": None})
    found = drawn(values_for(step_of(fields)), 30)
    assert all({"b", "c", "d", "e"} <= values.keys() for values in found)
    assert any("a" not in values for values in found)
    assert any(values.get("a", "") is None for values in found)
    assert all(values.get("f") is None for values in found)


def test_a_root_schema_of_an_unknown_type_has_any_object():
    assert all(isinstance(values, dict) for values in drawn(values_for(step_of({"type": "new"}))))


def test_the_last_of_several_roots_describes_a_property_of_both():
    step = step_of(obj(a={"const": 1}, b={"const": 2}), obj(a={"const": 3}))
    assert drawn(values_for(step), 3)[-1] == {"a": 3, "b": 2}


# -- what is not possible -------------------------------------------------------------------------------------------

SUGGESTED = {"suggestions": {"values": [{"label": "x", "value": 5}, {"label": "x", "value": "hh"}]}}


@pytest.mark.parametrize("known", [{"default": "h"}, {"placeholder": "h"}, SUGGESTED])
def test_a_pattern_that_python_does_not_support_has_the_texts_of_the_schema(known: dict[str, Any]):
    step = step_of(x={**TEXT, "pattern": r"^\h+$", **known})
    assert {values["x"] for values in drawn(values_for(step), 4)} <= {"h", "hh"}


def test_a_pattern_that_javascript_refuses_allows_every_text():
    step = step_of(obj(x={**TEXT, "pattern": "("}))
    for values in drawn(values_for(step), 10):
        assert validate(step, values) == {}


def test_an_optional_field_without_a_possible_text_is_empty():
    step = step_of(obj(x={**TEXT, "pattern": r"^\R$"}))
    assert {values.get("x") for values in drawn(values_for(step))} == {None}


IMPOSSIBLE: dict[str, tuple[dict[str, Any], str]] = {
    "unsupported pattern": ({**TEXT, "pattern": r"^\R$"}, r"x: no text is known for '^\\R$': bad escape \R"),
    "foreign pattern": (
        {**TEXT, "pattern": r"\Aa"},
        r"x: no text is known for '\\Aa': JavaScript does not have '\\A'",
    ),
    "pattern without texts": ({**TEXT, "pattern": "$a"}, "x: no text is known for '$a': it matches no text"),
    "long pattern": ({**TEXT, "pattern": "a{2000}"}, "x: no text is known for 'a{2000}': its texts are too long"),
    "lengths": ({**TEXT, "minLength": 2, "maxLength": 1}, "x: no text has at least 2 and at most 1 characters"),
    "long text": ({**TEXT, "minLength": 5_000}, "x: a text of at least 5000 characters is too long"),
    "dates": (
        {**TEXT, "format": "date", "minimum": "2024-01-02", "maximum": "2024-01-01"},
        "x: no date is between 2024-01-02 and 2024-01-01",
    ),
    "integers": ({**NUMBER, "minimum": 2, "maximum": 1}, "x: no number is at least 2 and at most 1"),
    "numbers": ({"type": "number", "minimum": 1.5, "maximum": 1.25}, "x: no number is at least 1.5 and at most 1.25"),
    "items": (items(TEXT, minItems=2, maxItems=1), "x: no list has at least 2 and at most 1 items"),
    "many items": (items(TEXT, minItems=1_000), "x: a list of at least 1000 items is too long"),
    "items that are not possible": (items({"oneOf": []}, minItems=1), "x[0]: the choice has no options"),
    "options": ({"oneOf": []}, "x: the choice has no options"),
    "options of several": ({"allOf": [{"oneOf": []}, {"oneOf": [TEXT]}]}, "x: the choice has no options"),
    "null": ({"const": None}, "x: its constant is null"),
    "all-of": ({"allOf": [{"const": None}, {"oneOf": []}]}, "x: the choice has no options"),
    "all-of constants": ({"allOf": [{"const": None}, {"const": None}]}, "x: its constant is null"),
    "an object inside": ({**obj(y={"const": None}), "required": ["y"]}, "x.y: its constant is null"),
}


@pytest.mark.parametrize(("schema", "reason"), IMPOSSIBLE.values(), ids=IMPOSSIBLE)
def test_a_required_field_without_possible_values_is_an_error(schema: dict[str, Any], reason: str):
    step = step_of(x=schema)
    with pytest.raises(InvalidValueError) as impossible:
        values_for(step)
    assert str(impossible.value) == f"step.schemas: no values fit: {reason}"
    assert all(validate(step, values) for values in drawn(invalid_values_for(step), 2))


@pytest.mark.parametrize("strategy_for", [values_for, invalid_values_for])
def test_what_is_no_step_is_refused(strategy_for: Any):
    with pytest.raises(InvalidValueError) as refused:
        strategy_for({"schemas": []})
    assert str(refused.value) == "step: expected a Step, got a dict; write from_dict(…, Step)"


@pytest.mark.parametrize("document", [{}, {"schemas": [{"type": "new"}]}, {"schemas": [obj()]}])
def test_a_step_without_rules_has_no_wrong_values(document: dict[str, Any]):
    with pytest.raises(InvalidValueError) as impossible:
        invalid_values_for(from_dict(document))
    assert str(impossible.value) == "step.schemas: all values fit: no field has a type or a rule"


def test_a_root_without_possible_values_is_an_error():
    with pytest.raises(InvalidValueError) as impossible:
        values_for(step_of({"oneOf": [{**obj(y={"const": None}), "required": ["y"]}]}))
    assert str(impossible.value) == "step.schemas: no values fit: y: its constant is null"


def test_several_schemas_that_exclude_each_other_have_no_values():
    step = step_of(x={"allOf": [TEXT, {"oneOf": [NUMBER]}]})
    with pytest.raises((Unsatisfiable, FailedHealthCheck)):
        drawn(values_for(step))


# -- wrong values ---------------------------------------------------------------------------------------------------

WRONG: dict[str, tuple[dict[str, Any], set[str]]] = {
    # The schema of an optional field, and the messages that its wrong values have.
    "texts": (
        {**TEXT, "minLength": 2, "maxLength": 3},
        {
            "Enter a text.",
            "Enter at least 2 characters.",
            "Enter at most 3 characters.",
        },
    ),
    "longer texts": ({**TEXT, "maxLength": 50}, {"Enter a text.", "Enter at most 50 characters."}),
    "numbers": (
        {**NUMBER, "minimum": 2, "maximum": 9},
        {"Enter a whole number.", "Enter 2 or more.", "Enter 9 or less."},
    ),
    "dates": (
        {**TEXT, "format": "date", "minimum": "2024-01-01", "maximum": "2024-02-01"},
        {
            "Enter a text.",
            "Enter a date in the form YYYY-MM-DD.",
            "Enter 2024-01-01 or a later date.",
            "Enter 2024-02-01 or an earlier date.",
        },
    ),
    "items": (
        items({"const": 1}, minItems=1, maxItems=2),
        {
            "Add items.",
            "Add at least 1 item.",
            "Add at most 2 items.",
            "This value is not allowed.",
        },
    ),
    "tuples": (items([{"const": 1}]), {"Fill in the fields.", "Add at most 1 item.", "This value is not allowed."}),
    "choices": ({"oneOf": [{"const": 1}, {"const": 2}]}, {"Choose one of the options."}),
    "objects": (
        {**obj(y={"const": 1}), "required": ["y"]},
        {
            "Fill in the fields.",
            "Fill in this field.",
            "This value is not allowed.",
        },
    ),
}


@pytest.mark.parametrize(("schema", "texts"), WRONG.values(), ids=WRONG)
def test_each_rule_of_a_field_is_broken(schema: dict[str, Any], texts: set[str]):
    step = step_of(obj(x=schema))
    assert {text for values in drawn(invalid_values_for(step), 30) for text in validate(step, values).values()} == texts
