"""Every step can be checked, and the time is linear in the size of the step."""

from __future__ import annotations

import json
from functools import partial
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stepdsl import (
    Action,
    AllOfSchema,
    ArraySchema,
    ButtonLayout,
    ConstSchema,
    FormLayout,
    IntegerSchema,
    ObjectSchema,
    OneOfSchema,
    Step,
    StepError,
    StringSchema,
    WireError,
    check,
    dumps,
    loads,
)
from stepdsl.checking.registry import RULES
from stepdsl.testing.strategies import steps
from tests.strategies import json_values, moderate
from tests.test_sizes import boxes_by_constructors, calls, form_by_constructors

GENERATIONS = st.sampled_from((None, "core", "core2"))
SEVERITIES = st.sampled_from(("error", "warning", "hint"))


@moderate
@given(steps(), GENERATIONS, SEVERITIES)
def test_any_step_can_be_checked(step: Step, generation: Any, severity: Any):
    assert_checkable(step, generation=generation, severity=severity)


def assert_checkable(step: Step, **options: Any) -> None:
    """Assert that a step that was written and read has the same findings, and that each one is complete."""
    found = check(step, **options)
    assert found == check(loads(dumps(step)), **options)
    for one in found:
        assert one.code in RULES
        assert one.severity is RULES[one.code].severity
        assert one.message
        assert one.advice
        assert "\n" not in str(one)


NAMES = ["layout", "schemas", "model", "type", "$id", "schemaId", "oneOf", "const", "items", "pattern", "properties"]
DOCUMENTS = st.dictionaries(st.sampled_from(NAMES), json_values(), max_size=4)
SCHEMAS = st.recursive(
    st.sampled_from([{"type": "string"}, {"type": "integer"}, {"const": 1}, {"type": "blob"}, {"type": "new"}]),
    lambda inner: st.one_of(
        st.builds(lambda parts: {"oneOf": parts}, st.lists(inner, max_size=3)),
        st.builds(lambda parts: {"allOf": parts}, st.lists(inner, max_size=3)),
        st.builds(lambda parts: {"type": "array", "items": parts}, st.lists(inner, max_size=3)),
        st.builds(
            lambda parts: {"type": "object", "properties": parts},
            st.dictionaries(st.sampled_from(["a", "b"]), inner, max_size=2),
        ),
        st.builds(lambda part: {"type": "array", "addItemTitle": "", "editItemTitle": "", "items": part}, inner),
    ),
    max_leaves=6,
)
MODELS = st.recursive(
    st.sampled_from([None, True, 1, 1.5, "x"]),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.sampled_from(["a", "b"]), inner, max_size=2),
    max_leaves=6,
)


@moderate
@given(DOCUMENTS | st.builds(lambda schemas, model: {"schemas": schemas, "model": model}, st.lists(SCHEMAS), MODELS))
def test_any_document_that_is_read_can_be_checked(document: dict[str, Any]):
    try:
        step = loads(json.dumps(document))
    except WireError:
        return
    assert_checkable(step)


@moderate
@given(st.text(alphabet="ab()[]{}|*+?^$\\dpLk<>=!:-,1é", max_size=12))
def test_any_pattern_can_be_checked(pattern: str):
    assert_checkable(Step(schemas=[StringSchema(pattern=pattern, default="ab1")]))


def test_the_deepest_allowed_nesting_can_be_checked():
    assert [found.code for found in check(boxes_by_constructors(100))] == [
        "missing-id",
        "missing-title",
        "no-way-on",
    ]


def misspelt(fields: int) -> Step:
    """Return a step with a form. Each field has mistakes, and the model has one unknown property for each field."""
    text = dumps(form_by_constructors(fields)).replace('"maxLength":', '"pattern":"(a+)+","maxLegnth":')
    model = ",".join(f'"feild{number}":1' for number in range(fields))
    return loads(f'{text[:-1]},"model":{{{model}}}}}')


def choices(count: int) -> Step:
    """Return a step with a choice of constants, and a list that has each of them, and as many that no constant is."""
    options = [ConstSchema(title=str(number), value=f"option {number}") for number in range(count)]
    items = OneOfSchema(title="One", schemas=options)
    chosen = ArraySchema.List(title="Some", add_item_title="Add", edit_item_title="Edit", items=items)
    model = {"chosen": [f"option {number}" for number in range(count)] + [f"{number}" for number in range(count)]}
    return Step(schemas=[ObjectSchema(id="#form", properties={"chosen": chosen})], model=model)


def alternatives(count: int) -> Step:
    """Return a step with a choice of lists and objects, and a list of values that are compared with all of them."""
    of_numbers = ArraySchema.List(add_item_title="Add", edit_item_title="Edit", items=IntegerSchema())
    objects = [ObjectSchema(title="One", properties={"a": StringSchema(), f"b{n}": of_numbers}) for n in range(count)]
    items = OneOfSchema(schemas=[*objects, *[of_numbers] * count])
    root = ArraySchema.List(id="#form", add_item_title="Add", edit_item_title="Edit", items=items)
    return Step(schemas=[root], model=[[1], {"a": "x"}, {"a": 1}] * count)


def parts(count: int) -> Step:
    """Return a step with an all-of, of which each part requires a property that none has, and has an error."""
    made = [
        ObjectSchema(properties={f"a{number}": StringSchema(title="A", hidden=True)}, required=[f"b{number}"])
        for number in range(count)
    ]
    errors = StepError(validation={f"c{number}": "No." for number in range(count)})
    return Step(schemas=[AllOfSchema(id="#form", schemas=made)], errors=errors)


def roots(count: int) -> Step:
    """Return a step with many root schemas, forms and buttons, whose properties and data have the same names."""
    return Step(
        layout=[
            part
            for number in range(count)
            for part in (
                FormLayout(schema_id=f"#{number}"),
                ButtonLayout(title="Go", action=Action(url="/{go}", data={"a": 1})),
            )
        ],
        schemas=[
            ObjectSchema(id=f"#{number}", properties={"a": StringSchema(), f"b{number}": StringSchema()})
            for number in range(count)
        ],
    )


@pytest.mark.parametrize("make", [form_by_constructors, misspelt, choices, alternatives, parts, roots])
def test_the_cost_is_linear(make: Any):
    """Ten times as many additional fields cause ten times as many additional calls, as in tests/test_sizes.py."""
    check(make(1))
    small, medium, large = (calls(partial(check, make(fields))) for fields in (160, 190, 490))
    assert (large - medium) / (medium - small) == pytest.approx(10, rel=0.02)
