"""Generated schemas and values: compared with a reference, and with what `stepdsl.server` takes."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stepdsl import (
    AllOfSchema,
    ArraySchema,
    BooleanSchema,
    ConstSchema,
    IntegerSchema,
    NumberSchema,
    OneOfSchema,
    Step,
    StringSchema,
    server,
    validate,
)
from stepdsl.model.unions import Schema
from stepdsl.testing.strategies import steps
from stepdsl.validation.compiled import compiled
from stepdsl.validation.paths import path_text
from stepdsl.validation.validator import cut_values
from tests.strategies import examples, json_values, moderate
from tests.validation.reference import wrong_paths
from tests.validation.support import items, obj

NAMES = st.sampled_from(["a", "b", "c"])
TEXTS = st.sampled_from(["", "a", "b", "ab", "abc", "2024-01-01", "2024-01-05"])
SCALARS = st.one_of(st.none(), st.booleans(), st.sampled_from([0, 1, 1.0, 2, 1.5, -3]), TEXTS)
VALUES = st.recursive(
    SCALARS, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(NAMES, inner, max_size=3), max_leaves=8
)
LENGTHS = st.none() | st.integers(0, 3)
FIELDS: st.SearchStrategy[Schema] = st.one_of(
    st.builds(
        StringSchema, min_length=LENGTHS, max_length=LENGTHS, pattern=st.sampled_from([None, "b", "^a", "^a?b*$"])
    ),
    st.builds(StringSchema, format=st.just("date"), minimum=st.sampled_from([None, "2024-01-03", "x"])),
    st.builds(IntegerSchema, minimum=LENGTHS, maximum=LENGTHS),
    st.builds(NumberSchema, minimum=LENGTHS),
    st.builds(BooleanSchema),
    st.builds(ConstSchema, value=SCALARS | st.just([1]) | st.just({"a": 1})),
)


def _objects(inner: st.SearchStrategy[Schema]) -> st.SearchStrategy[Schema]:
    properties = st.dictionaries(NAMES, inner, max_size=3)
    return st.builds(lambda fields, needed: obj(needed, **fields), properties, st.lists(NAMES, max_size=2))


SCHEMAS: st.SearchStrategy[Schema] = st.recursive(
    FIELDS,
    lambda inner: st.one_of(
        _objects(inner),
        _objects(inner),
        st.builds(lambda schema, least, most: items(schema, min_items=least, max_items=most), inner, LENGTHS, LENGTHS),
        st.builds(lambda schemas: ArraySchema.Tuple(items=schemas), st.lists(inner, max_size=2)),
        st.builds(lambda schemas: AllOfSchema(schemas=schemas), st.lists(inner, max_size=3)),
        st.builds(lambda schemas: OneOfSchema(schemas=schemas), st.lists(inner, max_size=3)),
    ),
    max_leaves=8,
)


@settings(moderate, max_examples=examples(80))
@given(_objects(SCHEMAS), st.dictionaries(NAMES, VALUES, max_size=3))
def test_the_paths_are_those_of_the_reference(schema: Any, values: dict[str, Any]):
    step = Step(schemas=[schema])
    found = validate(step, values)
    assert set(found) == {path_text(path) for path in wrong_paths(schema, values)}
    if not found:
        cut = cut_values(step, values)
        assert cut.keys() == values.keys() & schema.properties.keys()
        assert validate(step, cut) == {}
        assert cut_values(step, cut) == cut


@moderate
@given(st.lists(SCHEMAS, max_size=3), st.dictionaries(NAMES, VALUES, max_size=3))
def test_the_fast_check_and_the_full_check_agree_on_several_root_schemas(schemas: list[Schema], values: dict[str, Any]):
    step = Step(schemas=schemas)
    of_step = compiled(step)
    broken = list(of_step._full_check.broken_rules(of_step._root, values))
    assert of_step._validator.is_valid(values) == (not broken)
    found = validate(step, values)
    assert (found == {}) == (not broken)
    assert server.error(validation=found, step=step).json == server.error(validation=found).json


@moderate
@given(steps(), st.dictionaries(st.text(max_size=3), json_values(), max_size=3))
def test_every_step_takes_every_submission(step: Step, values: dict[str, Any]):
    found = validate(step, {**values, **(step.model if isinstance(step.model, dict) else {})})
    assert server.error(validation=found, step=step).status == 422


EXAMPLES = sorted((Path(__file__).resolve().parents[2] / "docs" / "examples").glob("*.py"))


@pytest.mark.parametrize("path", [path for path in EXAMPLES if path.stem != "generate"], ids=lambda path: path.stem)
def test_each_example_takes_its_own_model(path: Path):
    spec = importlib.util.spec_from_file_location(f"example_{path.stem}", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    step = module.step
    model = step.model if isinstance(step.model, dict) else {}
    found = validate(step, model)
    # A model can be incomplete: the user fills in the rest.
    assert set(found.values()) <= {"Fill in this field.", "Choose one of the options.", *_own_texts(step)}
    assert server.error(validation=found, step=step).status == 422


def _own_texts(step: Step) -> set[str]:
    from stepdsl import to_dict

    found: set[str] = set()

    def walk(value: Any) -> None:
        if isinstance(value, dict):
            found.update(value.get("validationMessages", {}).values())
            for part in value.values():
                walk(part)
        elif isinstance(value, list):
            for part in value:
                walk(part)

    walk(to_dict(step))
    return found
