"""The function `check`: its arguments, its result and its errors."""

from __future__ import annotations

import pickle
from typing import Any

import attrs
import pytest

from stepdsl import Finding, FormLayout, HeadingLayout, InvalidValueError, Severity, Step, check


def test_a_correct_step_has_no_findings():
    assert check(Step(id="hello", title="Hello", layout=[HeadingLayout(text="Hello")])) == ()


def test_a_finding_is_frozen_and_prints_as_one_line():
    (found,) = check(Step(id="login", title="Log in", layout=[FormLayout(schema_id="#login")]))
    assert found == Finding(
        path="layout[0].schemaId",
        code="form-without-schema",
        severity=Severity.ERROR,
        message="no root schema has the $id '#login'",
        advice="refer to a root schema by its $id",
    )
    assert str(found) == (
        "error: layout[0].schemaId: no root schema has the $id '#login' [form-without-schema] — "
        "refer to a root schema by its $id"
    )
    assert found.severity == "error"
    assert pickle.loads(pickle.dumps(found)) == found
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        found.path = ""  # type: ignore[misc]


def test_a_finding_about_the_step_as_a_whole_has_no_path():
    (found,) = check(Step(id="login"))
    assert found.path == ""
    assert str(found) == (
        "warning: the step has no title [missing-title] — give it one, an empty one if none is to be shown"
    )


def test_findings_are_in_the_order_of_the_document():
    step = Step(
        layout=[FormLayout(schema_id="#a"), HeadingLayout(text="x", extra={"b": 1, "a": 1}), FormLayout(schema_id="#b")]
    )
    assert [(found.path, found.code) for found in check(step)] == [
        ("", "missing-id"),
        ("", "missing-title"),
        ("layout[0].schemaId", "form-without-schema"),
        ("layout[1].b", "unknown-property"),
        ("layout[1].a", "unknown-property"),
        ("layout[2].schemaId", "form-without-schema"),
    ]


def test_codes_can_be_ignored():
    assert check(Step(), ignore=["missing-id", "missing-title"]) == ()
    assert [found.code for found in check(Step(), ignore=(code for code in ("missing-id",)))] == ["missing-title"]


@pytest.mark.parametrize(
    ("ignore", "message"),
    [
        (["missing-it"], "ignore[0]: no rule has the code 'missing-it'; did you mean 'missing-id'?"),
        (
            ["missing-id", "zzz", 5],
            "ignore[1]: no rule has the code 'zzz'; `stepdsl check --list` has them all; "
            "ignore[2]: no rule has the code 5; `stepdsl check --list` has them all",
        ),
        ("missing-id", "ignore: expected a list of codes, got 'missing-id'"),
        (5, "ignore: expected a list of codes, got 5"),
    ],
)
def test_an_unknown_code_is_an_error(ignore: Any, message: str):
    with pytest.raises(InvalidValueError) as error:
        check(Step(), ignore=ignore)
    assert str(error.value) == message


@pytest.mark.parametrize("target", ["core3", 2, ["core"]])
def test_an_unknown_target_is_an_error(target: Any):
    with pytest.raises(InvalidValueError) as error:
        check(Step(), target=target)
    shown = "a list" if isinstance(target, list) else repr(target)
    assert str(error.value) == f"target: expected 'core' or 'core2', got {shown}"


@pytest.mark.parametrize(
    ("value", "message"),
    [
        (None, "expected a Step, got None"),
        ({}, "expected a Step, got a dict; write from_dict(…, Step)"),
        ("{}", "expected a Step, got '{}'"),
        (Step, "expected a Step, got the class Step; write Step(…)"),
        (Step.build(), "expected a Step, got a StepBuilder; write .built to get the finished object"),
        (HeadingLayout(text="x"), "expected a Step, got a HeadingLayout"),
    ],
)
def test_a_value_that_is_not_a_step_is_a_type_error(value: Any, message: str):
    with pytest.raises(TypeError) as error:
        check(value)
    assert str(error.value) == message
