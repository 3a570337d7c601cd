"""Texts of messages: of the schema, of the caller, in English; and wrong arguments."""

from __future__ import annotations

from decimal import Decimal
from enum import Enum
from typing import Any

import pytest

from stepdsl import (
    ArraySchema,
    ConstSchema,
    IntegerSchema,
    InvalidValueError,
    ObjectSchema,
    OneOfSchema,
    Step,
    StringSchema,
    loads,
    validate,
)
from stepdsl.validation.texts import KEYWORDS
from tests.validation.support import TEXT, constant, items, obj, step_of

GERMAN = {
    "required": "Bitte ausfüllen.",
    "type": "Falscher Typ.",
    "const": "Nicht erlaubt.",
    "oneOf": "Bitte wählen.",
    "format": "Falsches Format.",
    "minimum": "Mindestens {limit}.",
    "maximum": "Höchstens {limit}.",
    "minLength": "Mindestens {limit} Zeichen ({limit}!).",
    "maxLength": "Höchstens {limit} Zeichen.",
    "pattern": "Falsche Form {limit}.",
    "accepts": "Nur {limit}.",
    "minItems": "Mindestens {limit} Einträge.",
    "maxItems": "Höchstens {limit} Einträge.",
}

STEP = step_of(
    obj(
        ["required"],
        required=TEXT,
        type=TEXT,
        const=constant("x"),
        oneOf=OneOfSchema(schemas=[constant("x")]),
        format=StringSchema(format="email"),
        minimum=IntegerSchema(minimum=5),
        maximum=StringSchema(format="date", maximum="2024-01-02"),
        minLength=StringSchema(min_length=1),
        maxLength=StringSchema(max_length=2),
        pattern=StringSchema(pattern="^x"),
        accepts=StringSchema(format="base64url", accepts=["image/png"]),
        minItems=items(TEXT, min_items=1),
        maxItems=ArraySchema.Tuple(items=[TEXT]),
    )
)
VALUES: dict[str, Any] = {
    "type": 1,
    "const": "y",
    "oneOf": "y",
    "format": "y",
    "minimum": 4,
    "maximum": "2024-01-03",
    "minLength": "",
    "maxLength": "abc",
    "pattern": "y",
    "accepts": "data:text/plain,",
    "minItems": [],
    "maxItems": ["a", "b"],
}


def test_the_caller_can_translate_every_message():
    assert validate(STEP, VALUES, messages=GERMAN) == {
        "required": "Bitte ausfüllen.",
        "type": "Falscher Typ.",
        "const": "Nicht erlaubt.",
        "oneOf": "Bitte wählen.",
        "format": "Falsches Format.",
        "minimum": "Mindestens 5.",
        "maximum": "Höchstens 2024-01-02.",
        "minLength": "Mindestens 1 Zeichen (1!).",
        "maxLength": "Höchstens 2 Zeichen.",
        "pattern": "Falsche Form {limit}.",
        "accepts": "Nur image/png.",
        "minItems": "Mindestens 1 Einträge.",
        "maxItems": "Höchstens 1 Einträge.",
    }
    assert GERMAN.keys() == KEYWORDS.keys()


def test_a_missing_choice_has_the_text_of_required():
    step = step_of(obj(["a"], a=OneOfSchema(schemas=[constant("x")])))
    assert validate(step, {}, messages=GERMAN) == {"a": "Bitte ausfüllen."}
    assert validate(step, {}, messages={"required": "", "oneOf": "No."}) == {"a": ""}


def test_keywords_that_are_not_translated_have_english_texts():
    assert validate(step_of(a=StringSchema(max_length=1)), {"a": "ab"}, messages={"minLength": "x"}) == {
        "a": "Enter at most 1 character."
    }
    assert validate(step_of(a=TEXT), {"a": 1}, messages={}) == {"a": "Enter a text."}


@pytest.mark.parametrize("keyword", ["minimum", "min"])
def test_the_text_of_the_schema_is_used_before_that_of_the_caller(keyword: str):
    step = step_of(a=IntegerSchema(minimum=18, validation_messages={keyword: "Adults only, from {limit}."}))
    assert validate(step, {"a": 17}, messages={"minimum": "x"}) == {"a": "Adults only, from {limit}."}
    assert validate(step, {"a": "x"}, messages={"minimum": "x"}) == {"a": "Enter a whole number."}


def test_the_documented_name_of_a_keyword_is_used_before_the_old_one():
    texts = {"max": "old", "maximum": "new"}
    assert validate(step_of(a=IntegerSchema(maximum=1, validation_messages=texts)), {"a": 2}) == {"a": "new"}


def test_a_text_without_a_keyword_is_not_used():
    assert validate(step_of(a=StringSchema(max_length=1, validation_messages={"": "No."})), {"a": "ab"}) == {
        "a": "Enter at most 1 character."
    }


def test_the_text_of_required_is_on_the_field():
    text = StringSchema(validation_messages={"required": "Your name, please.", "maxLength": "Too long."}, max_length=1)
    assert validate(step_of(obj(["a"], a=text)), {}) == {"a": "Your name, please."}
    assert validate(step_of(obj(["a"], a=text)), {"a": "ab"}) == {"a": "Too long."}


def field(json: str) -> Step:
    form = '{"type":"object","displayOrder":["a"],"required":["a"],"properties":{"a":'
    return loads('{"layout":[],"schemas":[' + form + json + "}}]}")


@pytest.mark.parametrize(
    ("schema", "value", "text"),
    [
        (
            '{"oneOf":[{"const":1}],"validationMessages":{"required":"Choose!","oneOf":"One of these!"}}',
            None,
            "Choose!",
        ),
        ('{"oneOf":[{"const":1}],"validationMessages":{"oneOf":"One of these!"}}', 2, "One of these!"),
        ('{"const":1,"validationMessages":{"const":"Only 1!"}}', 2, "Only 1!"),
        ('{"type":"boolean","validationMessages":{"required":"Yes or no!"}}', None, "Yes or no!"),
        (
            '{"type":"array","items":{"type":"string"},"minItems":1,"addItemTitle":"","editItemTitle":"",'
            '"validationMessages":{"minItems":"At least one!"}}',
            [],
            "At least one!",
        ),
        ('{"type":"object","displayOrder":[],"properties":{},"validationMessages":{"required":"All!"}}', None, "All!"),
        ('{"type":"boolean","validationMessages":"x"}', None, "Fill in this field."),
        ('{"type":"boolean","validationMessages":{"required":5}}', None, "Fill in this field."),
    ],
)
def test_types_without_validation_messages_can_have_them_as_an_extra_property(schema: str, value: Any, text: str):
    assert validate(field(schema), {"a": value}) == {"a": text}


def test_the_message_of_an_alternative_is_the_text_of_its_field():
    card = obj(["number"], number=StringSchema(validation_messages={"required": "The number!"}), type=constant("card"))
    assert validate(step_of(a=OneOfSchema(schemas=[card, constant(1)])), {"a": {"type": "card"}}) == {
        "a.number": "The number!"
    }


# -- arguments --------------------------------------------------------------------------------------------------------

wrong: Any = None


class Color(Enum):
    RED = 1


@pytest.mark.parametrize(
    ("arguments", "options", "error"),
    [
        (("x", {}), {}, "step: expected a Step, got 'x'"),
        ((None, {}), {}, "step: expected a Step, got None"),
        ((Step, {}), {}, "step: expected a Step, got the class Step; write Step(…)"),
        (
            (Step.build(id="x"), {}),
            {},
            "step: expected a Step, got a StepBuilder; write .built to get the finished object",
        ),
        ((Step(), []), {}, "values: expected a mapping, got a list"),
        ((Step(), "a=1"), {}, "values: expected a mapping, got 'a=1'"),
        ((Step(), Decimal(1)), {}, "values: expected a mapping, got a Decimal"),
        ((Step(), {"a": {"b": [float("nan")]}}), {}, "values.a.b[0]: expected a finite number, got nan"),
        ((Step(), {"a": 2**64}), {}, "values.a: expected an integer of at most 64 bits, got 18446744073709551616"),
        ((Step(), {"a": 10**5000}), {}, "values.a: expected an integer of at most 64 bits, got a huge integer"),
        (
            (Step(), {"a": "\ud800"}),
            {},
            "values.a: expected a string, got one with a lone surrogate, which UTF-8 cannot represent",
        ),
        ((Step(), {1: "x"}), {}, "values['1']: expected a string as the key, got 1"),
        ((Step(), {"a": {1, 2}}), {}, "values.a: expected a JSON value, got a set"),
        (
            (Step(), {"a": b"x", "b": Color.RED}),
            {},
            "values.a: expected a JSON value, got a bytes; write ….decode(); "
            "values.b: expected a JSON value, got a Color",
        ),
        ((Step(), {}), {"messages": "x"}, "messages: expected a mapping, got 'x'"),
        (
            (Step(), {}),
            {"messages": {"minlength": "x"}},
            "messages.minlength: no such keyword; did you mean 'minLength'?",
        ),
        ((Step(), {}), {"messages": {"min": "x"}}, "messages.min: no such keyword; did you mean 'minimum'?"),
        (
            (Step(), {}),
            {"messages": {"xyz": "x"}},
            "messages.xyz: no such keyword; there are required, type, const, oneOf, format, minimum, maximum, "
            "minLength, maxLength, pattern, accepts, minItems and 1 more",
        ),
        (
            (Step(), {}),
            {"messages": {5: "x"}},
            "messages['5']: no such keyword; there are required, type, const, oneOf, format, minimum, maximum, "
            "minLength, maxLength, pattern, accepts, minItems and 1 more",
        ),
        ((Step(), {}), {"messages": {"required": 5}}, "messages.required: expected a string, got 5"),
        ((Step(), {}), {"messages": {"required": None}}, "messages.required: expected a string, got None"),
    ],
)
def test_wrong_arguments_are_refused(arguments: tuple[Any, Any], options: dict[str, Any], error: str):
    with pytest.raises(InvalidValueError) as refused:
        validate(*arguments, **options)
    assert str(refused.value) == error


def test_values_nested_too_deep_are_refused():
    values: Any = {}
    for _ in range(99):
        values = {"a": values}
    assert validate(Step(), values) == {}
    with pytest.raises(InvalidValueError) as refused:
        validate(Step(), {"a": values})
    assert str(refused.value) == "values: JSON values nest at most 100 deep"


def test_values_can_be_any_containers_and_kinds_of_strings_and_numbers():
    from collections import UserDict
    from enum import IntEnum, StrEnum

    class Size(StrEnum):
        SMALL = "s"

    class Count(IntEnum):
        TWO = 2

    step = step_of(
        size=OneOfSchema(schemas=[ConstSchema(value="s")]),
        count=IntegerSchema(maximum=1),
        parts=ArraySchema.Tuple(items=[TEXT, TEXT]),
        inner=ObjectSchema(properties={"x": TEXT}),
    )
    values = UserDict(size=Size.SMALL, count=Count.TWO, parts=("a", 1), inner=UserDict(x=5))
    assert validate(step, values) == {
        "count": "Enter 1 or less.",
        "parts[1]": "Enter a text.",
        "inner.x": "Enter a text.",
    }
