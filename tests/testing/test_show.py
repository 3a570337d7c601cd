"""A whole step as text: the examples, given values, and the limits of the text."""

from __future__ import annotations

import math
import sys
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

import pytest
from hypothesis import given, settings

from stepdsl import (
    BoxLayout,
    HeadingLayout,
    InvalidValueError,
    ObjectSchema,
    ParagraphLayout,
    Step,
    StepError,
    StringSchema,
    from_dict,
    to_dict,
)
from stepdsl.rendering import show
from stepdsl.testing.strategies import steps
from tests.strategies import examples, json_values, moderate
from tests.testing.forms import NUMBER, TEXT, form, items, obj
from tests.testing.shown_steps import FOLDER, STEPS

# -- examples -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", STEPS)
def test_the_text_of_an_example_is_in_its_file(name: str):
    assert show(STEPS[name]()) + "\n" == (FOLDER / f"{name}.txt").read_text(encoding="utf-8")


def test_each_file_has_an_example():
    assert {path.stem for path in FOLDER.iterdir()} == STEPS.keys()


# -- given values ---------------------------------------------------------------------------------------------------

MODEL = {"name": "of the model", "age": 3, "address": {"city": "of the model", "zip": "of the model"}, "list": [1, 2]}
DOCUMENT = form(obj(name=TEXT, age=NUMBER, address=obj(city=TEXT, zip=TEXT), list=items(NUMBER)), model=MODEL)
VALUES: dict[str, tuple[Mapping[str, Any] | None, list[str]]] = {
    "none": (
        None,
        [
            'name = "of the model" (string)',
            "age = 3 (integer)",
            'city = "of the model" (string)',
            "item 0 = 1 (integer)",
        ],
    ),
    "one": (MappingProxyType({"name": "given"}), ['name = "given" (string)', "age = 3 (integer)"]),
    "null": ({"name": None, "age": None}, ["name = empty (string)", "age = empty (integer)"]),
    "a part of an object": (
        {"address": {"city": "given"}},
        ['city = "given" (string)', 'zip = "of the model" (string)'],
    ),
    "null for an object": ({"address": None}, ["city = empty (string)", "zip = empty (string)"]),
    "a list": ({"list": [7]}, ["list = 1 item (list)", "item 0 = 7 (integer)"]),
    "an empty list": ({"list": []}, ["list = 0 items (list)"]),
    "null for a list": ({"list": None}, ["list = empty (list)"]),
    "wrong types": ({"name": [1], "age": "x"}, ["name = [1] (string)", 'age = "x" (integer)']),
    "what is no JSON": ({"name": {1, 2}, "age": math.nan}, ["name = a set (string)", "age = NaN (integer)"]),
}


@pytest.mark.parametrize(("values", "lines"), VALUES.values(), ids=VALUES)
def test_given_values_are_used_before_those_of_the_model(values: Mapping[str, Any] | None, lines: list[str]):
    shown = [line.strip() for line in show(from_dict(DOCUMENT), values).splitlines()]
    assert [line for line in lines if line not in shown] == []


def test_a_choice_is_made_from_the_given_values_and_the_model_together():
    options = [obj(kind={"const": "a"}, x=TEXT), obj(kind={"const": "b"}, x=TEXT)]
    step = from_dict(form(obj(choice={"oneOf": options}), model={"choice": {"kind": "b", "x": "of the model"}}))
    assert show(step, {"choice": {"x": "given"}}).endswith(
        '  choice (one of)\n    ( ) option 0\n    (x) option 1\n      kind = "b" (constant)\n      x = "given" (string)'
    )
    assert "(x)" not in show(step, {"choice": None})
    assert "(x) option 0" in show(step, {"choice": {"kind": "a"}})


def test_given_values_make_a_choice_although_the_model_has_no_object():
    step = from_dict(form(obj(choice={"oneOf": [obj(x=TEXT)]}), model={"choice": "text"}))
    assert "(x) option 0" in show(step, {"choice": {"x": "given"}})


@pytest.mark.parametrize(
    ("arguments", "text"),
    [
        (("step",), "step: expected a Step, got 'step'"),
        ((Step, None), "step: expected a Step, got the class Step; write Step(…)"),
        ((Step(), [1]), "values: expected a mapping, got a list"),
    ],
)
def test_other_arguments_are_refused(arguments: tuple[Any, ...], text: str):
    with pytest.raises(InvalidValueError) as refused:
        show(*arguments)
    assert str(refused.value) == text


# -- limits ---------------------------------------------------------------------------------------------------------


def lines_of(*texts: str) -> list[str]:
    """Return the lines of paragraphs, without the title of the step."""
    return show(Step(layout=[ParagraphLayout(text=text) for text in texts])).split("\n")[2:]


def test_a_wide_line_is_cut_after_120_characters():
    assert lines_of("x" * 120, "y" * 121) == ["x" * 120, "y" * 119 + "…"]


def test_a_long_text_is_cut_after_200_lines():
    assert lines_of(*["x"] * 198) == ["x"] * 198
    assert lines_of(*["x"] * 199) == [*["x"] * 198, "… and 1 more line"]
    assert lines_of(*["x"] * 1_000) == [*["x"] * 198, "… and 802 more lines"]


def test_characters_that_could_change_other_lines_are_escaped():
    assert lines_of(
        "a\x1b[31mb", "\u202eright", "tab\there", "two\r\nlines", "\u2028", "ok: é \U0001f600 a\u00a0b"
    ) == [
        "a\\x1b[31mb",
        "\\u202eright",
        "tab\\there",
        "two\\r",
        "lines",
        "\\u2028",
        "ok: é \U0001f600 a\u00a0b",
    ]


def test_a_lone_surrogate_of_a_document_is_escaped():
    step = from_dict({"layout": [{"type": "new\ud800"}]}, strict=False)
    assert show(step) == 'Step\n\nUnknown layout: {"type": "new\\ud800"}'


def test_deep_levels_have_no_more_indentation():
    layout: Any = HeadingLayout(text="the innermost")
    for _ in range(99):
        layout = BoxLayout(components=[layout])
    lines = show(Step(layout=[layout])).splitlines()
    assert lines[2:24] == [f"{'  ' * level}Box" for level in range(21)] + [f"{'  ' * 20}Box"]
    assert lines[-1] == f"{'  ' * 20}## the innermost"
    assert len(lines) == 102


def test_a_caller_that_has_used_most_of_the_stack_gets_the_same_text():
    layout: Any = HeadingLayout(text="the innermost")
    for _ in range(60):
        layout = BoxLayout(components=[layout])
    step = Step(layout=[layout])
    deepest = sys.getrecursionlimit() - 150

    def nested(frames: int) -> str:
        return nested(frames - 1) if frames else show(step)

    used = 0
    frame = sys._getframe()
    while frame.f_back is not None:
        frame, used = frame.f_back, used + 1
    assert nested(deepest - used) == show(step)


def test_given_values_that_are_nested_deeper_than_the_stack_are_shown_by_their_type():
    deep: Any = 1
    for _ in range(50_000):
        deep = [deep]
    step = from_dict(form(obj(a=TEXT, b={"oneOf": [{"const": [[1]]}]}, c=items(TEXT))))
    lines = show(step, {"a": deep, "b": deep, "c": deep}).splitlines()
    assert lines[3:] == [
        "  a = a list (string)",
        "  b = a list (one of)",
        "    ( ) [[1]]",
        "  c = 1 item (list)",
        "    item 0 = a list (string)",
    ]


# -- any step -------------------------------------------------------------------------------------------------------


@settings(moderate, max_examples=examples(15))
@given(steps(), json_values())
def test_any_step_has_a_text(step: Step, values: Any):
    text = show(step, values if isinstance(values, dict) else None)
    assert all(len(line) <= 120 for line in text.split("\n"))
    assert text.count("\n") <= 200
    assert text.encode() == show(from_dict(to_dict(step)), values if isinstance(values, dict) else None).encode()


@moderate
@given(json_values(), json_values(), json_values())
def test_any_document_that_is_read_without_checks_has_a_text(schema: Any, layout: Any, errors: Any):
    document = {"schemas": [schema, TEXT], "layout": [layout], "errors": errors, "model": schema, "title": errors}
    assert show(from_dict(document, strict=False)).startswith("Step")


def test_a_message_is_shown_once_if_two_forms_have_its_field():
    name = ObjectSchema(properties={"name": StringSchema()})
    step = Step(schemas=[name, name], errors=StepError(validation={"name": "Too short."}))
    lines = [
        "[schemas[0]]",
        "  [name = empty (string)]",
        "    ! Too short.",
        "[schemas[1]]",
        "  [name = empty (string)]",
    ]
    assert show(step) == "\n".join(["Step", "", "Not shown", *(f"  {line}" for line in lines)])
