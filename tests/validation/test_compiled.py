"""The validator of a step is compiled once. It is not a reference to the step."""

from __future__ import annotations

import gc
import importlib
import sys
import weakref

import pytest

import stepdsl
from stepdsl import BooleanSchema, IntegerSchema, OneOfSchema, Step, StringSchema, validate
from stepdsl.validation import compiled as module
from stepdsl.validation import engine
from stepdsl.validation.compiled import compiled
from tests.validation.support import TEXT, constant, obj, step_of


def form(title: str = "Name", limit: int = 71) -> Step:
    return step_of(obj(["name"], name=StringSchema(title=title, max_length=limit)))


def test_a_step_is_compiled_once():
    step = form()
    assert compiled(step) is compiled(step)


def test_equal_rules_share_the_validator_of_jsonschema_rs():
    one, other = compiled(form("Name")), compiled(form("Nom"))
    assert one is not other
    assert one._validator is other._validator
    assert compiled(form(limit=72))._validator is not one._validator


def test_rules_that_only_python_takes_for_equal_have_validators_of_their_own():
    for value, accepted in ((1, [1]), (True, [True]), (1, [1]), (1.0, [1, 1.0])):
        step = step_of(a=OneOfSchema(schemas=[constant(value)]))
        assert [given for given in (1, True) if not validate(step, {"a": given})] == accepted[:1]
    assert validate(step_of(a=IntegerSchema(minimum=1)), {"a": 0}) != {}
    assert validate(step_of(a=BooleanSchema()), {"a": 0}) != {}


def test_a_step_that_is_not_used_any_more_is_removed():
    step = form()
    validate(step, {})
    key, ended = id(step), weakref.ref(step)
    assert key in module._compiled
    del step
    gc.collect()
    assert ended() is None
    assert key not in module._compiled


def test_the_entry_of_another_step_with_the_same_id_is_not_used_and_not_removed():
    first, second = form(), form(limit=73)
    of_first = compiled(first)
    entry = module._compiled[id(first)]
    module._compiled[id(second)] = entry  # as if the first step had had this id
    assert compiled(second) is not of_first
    module._remove(id(second), entry[0])
    assert id(second) in module._compiled
    assert compiled(second) is module._compiled[id(second)][1]
    module._remove(-1, entry[0])


def test_a_valid_submission_is_checked_by_one_call(monkeypatch: pytest.MonkeyPatch):
    step = form()
    monkeypatch.setattr(module.FullCheck, "broken_rules", None)
    assert validate(step, {"name": "x"}) == {}


def test_without_the_package_the_error_says_what_to_install(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setitem(sys.modules, "jsonschema_rs", None)
    for name in [name for name in sys.modules if name.startswith("stepdsl.validation.")]:
        monkeypatch.delitem(sys.modules, name)
    text = "validation needs the package jsonschema-rs: pip install 'stepdsl[validation]'"
    without = importlib.import_module("stepdsl.validation.validator")
    with pytest.raises(ImportError) as refused:
        without.validate(Step(), {})
    assert str(refused.value) == text
    with pytest.raises(ImportError) as refused:
        without.cut_values(Step(), {})
    assert str(refused.value) == text


def test_the_package_exports_validate():
    from stepdsl.validation.validator import validate as original

    assert stepdsl.validate is original
    assert "validate" in stepdsl.__all__


def test_only_the_engine_imports_jsonschema_rs():
    assert engine.jsonschema_rs is sys.modules["jsonschema_rs"]
    assert validate(step_of(a=TEXT), {"a": 1}) == {"a": "Enter a text."}
