"""Every step can be checked, and the time is linear in the size of the step."""

from __future__ import annotations

import json
from functools import partial
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stepdsl import Step, StringSchema, WireError, check, dumps, loads
from stepdsl.checking.registry import RULES
from tests.strategies import json_values, moderate, steps
from tests.test_sizes import boxes_by_constructors, calls, form_by_constructors

TARGETS = st.sampled_from((None, "core", "core2"))


@moderate
@given(steps(), TARGETS)
def test_any_step_can_be_checked(step: Step, target: Any):
    found = check(step, target=target)
    assert found == check(loads(dumps(step)), target=target)
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
    check(step)


@moderate
@given(st.text(alphabet="ab()[]{}|*+?^$\\dpLk<>=!:-,1é", max_size=12))
def test_any_pattern_can_be_checked(pattern: str):
    check(Step(schemas=[StringSchema(pattern=pattern, default="ab1")]))


def test_the_deepest_allowed_nesting_can_be_checked():
    assert [found.code for found in check(boxes_by_constructors(100))] == ["missing-id", "missing-title"]


def misspelt(fields: int) -> Step:
    """Return a step with a form. Each field has mistakes, and the model has one unknown property for each field."""
    text = dumps(form_by_constructors(fields)).replace('"maxLength":', '"pattern":"(a+)+","maxLegnth":')
    model = ",".join(f'"feild{number}":1' for number in range(fields))
    return loads(f'{text[:-1]},"model":{{{model}}}}}')


@pytest.mark.parametrize("make", [form_by_constructors, misspelt])
def test_the_cost_is_linear(make: Any):
    """Ten times as many additional fields cause ten times as many additional calls, as in tests/test_sizes.py."""
    check(make(1))
    small, medium, large = (calls(partial(check, make(fields))) for fields in (200, 300, 1300))
    assert (large - medium) / (medium - small) == pytest.approx(10, rel=0.02)
