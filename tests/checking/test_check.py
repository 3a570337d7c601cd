"""The function `check`: its arguments, its result and its errors."""

from __future__ import annotations

import pickle
from typing import Any

import attrs
import pytest

from stepdsl import (
    Action,
    ButtonLayout,
    Finding,
    FormLayout,
    HeadingLayout,
    InvalidValueError,
    Severity,
    Step,
    StringSchema,
    check,
)

BUTTON = ButtonLayout(title="Go", action=Action(url="/go"))


def test_a_correct_step_has_no_findings():
    assert check(Step(id="hello", title="Hello", layout=[HeadingLayout(text="Hello"), BUTTON])) == ()


def test_a_finding_is_frozen_and_prints_as_one_line():
    (found,) = check(Step(id="login", title="Log in", layout=[FormLayout(schema_id="#login"), BUTTON]))
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
    (found,) = check(Step(id="login", layout=[BUTTON]))
    assert found.path == ""
    assert str(found) == (
        "warning: the step has no title [missing-title] — give it one, an empty one if none is to be shown"
    )


def test_findings_are_in_the_order_of_the_document():
    step = Step(
        layout=[
            FormLayout(schema_id="#a"),
            HeadingLayout(text="x", extra={"b": 1, "a": 1}),
            FormLayout(schema_id="#b"),
            BUTTON,
        ]
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
    step = Step(layout=[BUTTON])
    assert check(step, ignore=["missing-id", "missing-title"]) == ()
    assert [found.code for found in check(step, ignore=(code for code in ("missing-id",)))] == ["missing-title"]


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
        ([["missing-id"]], "ignore[0]: no rule has the code a list; `stepdsl check --list` has them all"),
    ],
)
def test_an_unknown_code_is_an_error(ignore: Any, message: str):
    with pytest.raises(InvalidValueError) as error:
        check(Step(), ignore=ignore)
    assert str(error.value) == message


@pytest.mark.parametrize(
    ("generation", "shown"), [("core3", "'core3'; did you mean 'core'?"), (2, "2"), (["core"], "a list")]
)
def test_an_unknown_generation_is_an_error(generation: Any, shown: str):
    with pytest.raises(InvalidValueError) as error:
        check(Step(), generation=generation)
    assert str(error.value) == f"generation: expected 'core' or 'core2', got {shown}"


def test_the_old_name_of_the_generation_works_with_a_warning():
    step = Step(id="x", title="x", layout=[BUTTON], footer=[BUTTON])
    text = r"^target is the old name; write check\(step, generation=…\)$"
    with pytest.warns(DeprecationWarning, match=text) as warned:
        found = check(step, target="core")
    assert [warning.filename for warning in warned] == [__file__]
    assert [one.code for one in found] == [one.code for one in check(step, generation="core")] == ["core2-property"]


def test_the_old_and_the_new_name_of_the_generation_cannot_be_given_together():
    with pytest.raises(InvalidValueError) as error:
        check(Step(), target="core", generation="core")
    assert str(error.value) == "target: it is the old name of generation; leave it out"


@pytest.mark.parametrize(
    ("severity", "codes"),
    [
        ("error", ["invalid-pattern"]),
        (Severity.ERROR, ["invalid-pattern"]),
        ("warning", ["missing-id", "invalid-pattern"]),
        ("hint", ["missing-id", "pattern-without-anchors", "invalid-pattern"]),
        (Severity.HINT, ["missing-id", "pattern-without-anchors", "invalid-pattern"]),
    ],
)
def test_the_severity_is_the_lowest_one_of_the_findings(severity: Any, codes: list[str]):
    schemas = [StringSchema(pattern="a", hidden=True), StringSchema(pattern="(", hidden=True)]
    step = Step(title="x", layout=[BUTTON], schemas=schemas)
    assert [found.code for found in check(step, severity=severity)] == codes


@pytest.mark.parametrize(
    ("severity", "message"),
    [
        ("hints", "severity: expected 'error', 'warning' or 'hint', got 'hints'; did you mean 'hint'?"),
        (5, "severity: expected 'error', 'warning' or 'hint', got 5"),
        (["hint"], "severity: expected 'error', 'warning' or 'hint', got a list"),
    ],
)
def test_an_unknown_severity_is_an_error(severity: Any, message: str):
    with pytest.raises(InvalidValueError) as error:
        check(Step(), severity=severity)
    assert str(error.value) == message


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
