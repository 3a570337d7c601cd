"""One-of schemas: a value fits one alternative, or it has the messages of the alternative that matches best."""

from __future__ import annotations

from typing import Any

import pytest

from stepdsl import (
    AllOfSchema,
    ArraySchema,
    BooleanSchema,
    IntegerSchema,
    NumberSchema,
    OneOfSchema,
    StringSchema,
    UnknownSchema,
    validate,
)
from stepdsl.model.unions import Schema
from tests.validation.support import TEXT, constant, items, obj, step_of

CHOOSE = "Choose one of the options."
MISSING = "Fill in this field."
FORM = "Enter the value in the expected form."
CODE = StringSchema(pattern="^[0-9]+$")

CARD = obj(["type", "number"], type=constant("card"), number=CODE, name=TEXT)
BANK = obj(["type", "iban"], type=constant("bank"), iban=CODE, name=TEXT)
PAYMENT = OneOfSchema(schemas=[CARD, BANK])


@pytest.mark.parametrize(
    ("value", "messages"),
    [
        ({"type": "card", "number": "1"}, {}),
        ({"type": "bank", "iban": "1", "number": "x"}, {}),
        ({"type": "bank", "iban": "x"}, {"pay.iban": FORM}),
        ({"type": "bank", "number": "1"}, {"pay.iban": MISSING}),
        ({"type": "card"}, {"pay.number": MISSING}),
        ({"type": "cash", "iban": "1"}, {"pay.type": "This value is not allowed."}),
        ({"iban": "1"}, {"pay.type": MISSING}),
        # 2 points for the constant, 1 for each of two other properties: the first of the best is used.
        ({"type": "card", "iban": "1", "name": "x"}, {"pay.number": MISSING}),
        # No alternative is better than the other.
        ({}, {"pay": CHOOSE}),
        ({"name": "x"}, {"pay": CHOOSE}),
        ({"type": None, "iban": None, "name": "x"}, {"pay": CHOOSE}),
        # No alternative has the type of the value.
        ("card", {"pay": CHOOSE}),
        ([], {"pay": CHOOSE}),
        (False, {"pay": CHOOSE}),
    ],
)
def test_the_alternative_with_most_points_gives_the_messages(value: Any, messages: dict[str, str]):
    assert validate(step_of(pay=PAYMENT), {"pay": value}) == messages


@pytest.mark.parametrize(
    ("alternatives", "value", "messages"),
    [
        # The type of the value decides if only one alternative has it.
        ([constant("no"), CODE], "x", {"a": FORM}),
        ([constant("no"), CODE], "no", {}),
        ([constant("no"), CODE], 5, {"a": CHOOSE}),
        ([CODE, IntegerSchema(minimum=1)], 0, {"a": "Enter 1 or more."}),
        ([CODE, NumberSchema(minimum=1)], 0.5, {"a": "Enter 1 or more."}),
        ([CODE, IntegerSchema(minimum=1)], 0.5, {"a": CHOOSE}),
        ([BooleanSchema(), CODE], "x", {"a": FORM}),
        ([items(CODE), obj(b=CODE)], ["1", "x"], {"a[1]": FORM}),
        ([items(CODE), obj(b=CODE)], {"b": "x"}, {"a.b": FORM}),
        ([ArraySchema.Tuple(items=[CODE]), CODE], ["x"], {"a[0]": FORM}),
        # Several alternatives for a value that is no object.
        ([CODE, StringSchema(format="email")], "x", {"a": CHOOSE}),
        ([CODE, StringSchema(format="email")], "x@y", {}),
        ([items(CODE), items(BooleanSchema())], ["x"], {"a": CHOOSE}),
        # Constants that are objects.
        ([constant({"b": 1}), constant({"b": 2})], {"b": 2.0}, {}),
        ([constant({"b": 1}), constant({"b": 2})], {"b": 3}, {"a": CHOOSE}),
        ([constant({"b": 1}), obj(b=CODE)], {"b": 3}, {"a.b": "Enter a text."}),
        # Alternatives with parts and alternatives of their own.
        ([AllOfSchema(schemas=[obj(b=CODE), obj(["c"], c=CODE)]), obj(["d"], d=TEXT)], {"b": "x"},
         {"a.b": FORM, "a.c": MISSING}),
        ([OneOfSchema(schemas=[CARD, BANK]), obj(["d"], d=TEXT)], {"type": "bank"}, {"a.iban": MISSING}),
        ([OneOfSchema(schemas=[constant(1)]), obj(b=CODE)], {"b": "x"}, {"a.b": FORM}),
        (
            [AllOfSchema(schemas=[obj(["d"], d=TEXT), OneOfSchema(schemas=[])]), CARD],
            {"type": "card"},
            {"a.number": MISSING},
        ),
        (
            [AllOfSchema(schemas=[obj(b=CODE), constant({"b": "1"})]), CARD],
            {"type": "card"},
            {"a.number": MISSING},
        ),
        ([OneOfSchema(schemas=[]), CARD], {"type": "card"}, {"a.number": MISSING}),
        ([OneOfSchema(schemas=[CODE, items(CODE)]), obj(b=CODE)], ["x"], {"a[0]": FORM}),
        ([AllOfSchema(schemas=[CODE, StringSchema(max_length=1)]), obj(b=CODE)], "x", {"a": FORM}),
        # What accepts every value.
        ([CARD, UnknownSchema(type="x")], {"type": "card"}, {}),
    ],
)  # fmt: skip
def test_the_type_of_the_value_decides_first(alternatives: list[Schema], value: Any, messages: dict[str, str]):
    assert validate(step_of(a=OneOfSchema(schemas=alternatives)), {"a": value}) == messages


def test_an_alternative_that_fits_has_no_message_if_another_field_is_wrong():
    step = step_of(a=OneOfSchema(schemas=[constant("no"), CODE]), b=PAYMENT, c=TEXT)
    assert validate(step, {"a": "no", "b": {"type": "card", "number": "1"}, "c": 5}) == {"c": "Enter a text."}
    assert validate(step, {"a": "1", "b": {"type": "bank"}}) == {"b.iban": MISSING}


@pytest.mark.parametrize(
    ("values", "messages"),
    [
        ({"type": "card", "number": "1"}, {}),
        ({"type": "bank", "iban": "x"}, {"iban": FORM}),
        # The submission has no path. So the first alternative is used if none is better.
        ({}, {"type": MISSING, "number": MISSING}),
        ({"name": "x"}, {"type": MISSING, "number": MISSING}),
    ],
)
def test_a_root_one_of_always_has_the_messages_of_an_alternative(values: Any, messages: dict[str, str]):
    assert validate(step_of(PAYMENT), values) == messages
    assert validate(step_of(OneOfSchema(schemas=[PAYMENT, OneOfSchema(schemas=[BANK])])), values) == messages


def test_the_value_of_a_root_one_of_can_be_with_others():
    step = step_of(PAYMENT, obj(["terms"], terms=BooleanSchema(), type=TEXT))
    assert validate(step, {"type": "other", "iban": "1", "terms": True}) == {}
    assert validate(step, {"type": "other", "iban": "x"}) == {"iban": FORM, "terms": MISSING}
