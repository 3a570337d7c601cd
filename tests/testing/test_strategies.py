"""The strategies for steps, schemas and layouts."""

from __future__ import annotations

import importlib.util
import subprocess
import sys
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stepdsl import (
    AutocompleteHint,
    AutocompleteToken,
    ConstSchema,
    Context,
    InstructionsLayout,
    InvalidValueError,
    Layout,
    Schema,
    SearchInitialResultsConfig,
    Step,
    StringSchema,
    check,
)
from stepdsl.testing import strategies
from stepdsl.testing.strategies import layouts, schemas, steps
from stepdsl.testing.strategies.components import models, values_of
from stepdsl.testing.strategies.undocumented import extra_properties
from tests.examples.walk import walk
from tests.models import CONCRETE, carrier, members
from tests.strategies import examples, moderate

OF_GENERATION = ("core2-property", "core2-type", "deprecated-property", "unknown-type", "unknown-property")


@pytest.mark.parametrize(("generation", "other_hints"), [("core", AutocompleteToken), ("core2", AutocompleteHint)])
def test_a_step_for_a_generation_has_only_what_that_generation_has(generation: Any, other_hints: type):
    @settings(moderate, max_examples=examples(15))
    @given(steps(generation))
    def each(step: Step) -> None:
        found = check(step, generation=generation)
        assert [one for one in found if one.code in OF_GENERATION] == []
        for one in walk(step):
            assert type(one.object) in CONCRETE.values()
            assert not one.object.extra
            hints = one.object.__dict__.get("autocomplete_hint") or ()
            assert [hint for hint in hints if isinstance(hint, other_hints)] == []

    each()


def test_a_string_of_both_enums_of_hints_is_not_generated_for_core2():
    """It would be stored as a member of the first enum, which belongs to core."""
    strings: set[str] = set()

    @settings(moderate, max_examples=examples(40), derandomize=True, database=None)
    @given(st.lists(values_of(StringSchema, "autocomplete_hint", 0, "core2"), min_size=20))
    def each(hints: list[Any]) -> None:
        strings.update(hint for some in hints for hint in some if type(hint) is str)

    each()
    assert len(strings) > 20
    assert strings.isdisjoint(AutocompleteHint)


def test_a_list_is_empty_if_there_is_no_room_for_any_documented_member():
    @settings(moderate, max_examples=examples(3))
    @given(models(SearchInitialResultsConfig, 1, "core2"))
    def each(state: SearchInitialResultsConfig) -> None:
        assert state.results == ()

    each()


@pytest.mark.parametrize(("strategy", "union"), [(schemas, Schema), (layouts, Layout)])
def test_members_of_the_union_are_generated_and_unknown_ones(strategy: Any, union: Any):
    found: set[type] = set()

    @settings(moderate, max_examples=examples(8))
    @given(st.lists(strategy(), min_size=4, max_size=4))
    def each(some: list[Any]) -> None:
        found.update(map(type, some))

    each()
    all_types = {*members(union).values(), carrier(union)}
    assert found <= all_types
    assert len(found) > len(all_types) / 3


@pytest.mark.parametrize(
    ("generation", "reason"),
    [
        ("core3", "expected 'core' or 'core2', got 'core3'; did you mean 'core'?"),
        (2, "expected 'core' or 'core2', got 2"),
        ([], "expected 'core' or 'core2', got a list"),
    ],
)
def test_an_unknown_generation_is_refused(generation: Any, reason: str):
    with pytest.raises(InvalidValueError) as refused:
        steps(generation)
    assert str(refused.value) == f"generation: {reason}"


def test_without_hypothesis_the_error_has_the_command_that_installs_it(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setitem(sys.modules, "hypothesis", None)
    spec = importlib.util.spec_from_file_location("strategies_again", strategies.__file__)
    assert spec is not None
    assert spec.loader is not None
    with pytest.raises(ImportError) as missing:
        spec.loader.exec_module(importlib.util.module_from_spec(spec))
    assert str(missing.value) == (
        "stepdsl.testing.strategies needs the package hypothesis: pip install 'stepdsl[testing]'"
    )


@pytest.mark.slow
def test_the_strategies_for_steps_do_not_need_the_extra_for_validation():
    program = "from stepdsl.testing.strategies import steps; steps(); import sys; print('jsonschema_rs' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout == "False\n"


def test_an_object_without_the_property_that_distinguishes_it_has_no_extra_properties():
    found: list[Any] = []

    @settings(moderate, max_examples=examples(5))
    @given(extra_properties(ConstSchema, frozenset()))
    def each(extra: Any) -> None:
        found.append(extra)

    each()
    assert set(map(len, found)) == {0}


def test_required_properties_can_have_values_of_a_newer_generation():
    @settings(moderate, max_examples=examples(10))
    @given(extra_properties(InstructionsLayout.Item, frozenset({"text"})))
    def each(extra: Any) -> None:
        assert isinstance(extra["context"], str)
        assert extra["context"] not in set(Context)

    each()
