"""One table for each kind of field: the values that fit, and the message of each value that does not fit."""

from __future__ import annotations

from typing import Any

import pytest

from stepdsl import (
    AllOfSchema,
    ArraySchema,
    BlobSchema,
    BooleanSchema,
    ConstSchema,
    IntegerSchema,
    NumberSchema,
    ObjectSchema,
    OneOfSchema,
    StringSchema,
    UnknownSchema,
    ValidateAsync,
    loads,
    validate,
)
from stepdsl.model.unions import Schema
from tests.validation.support import TEXT, constant, items, messages, obj, persisted, step_of

TEXTS = "Enter a text."
INTEGER = "Enter a whole number."
NUMBER = "Enter a number."
DATE = "Enter a date in the form YYYY-MM-DD."
EMAIL = "Enter an email address."
NUMERIC = "Enter only digits and dots."
FILE = "Choose a file."
FORM = "Enter the value in the expected form."

TABLE: list[tuple[Schema, list[Any], dict[str, list[Any]]]] = [
    # the schema, the values that fit, and the others by message
    (TEXT, ["", "x", " ", "\x00", "😀", None], {TEXTS: [1, 1.5, True, [], {}, ["x"]]}),
    (StringSchema(min_length=3), ["abc", "äöü", "😀😀😀", None], {"Enter at least 3 characters.": ["", "ab", "😀😀"]}),
    (StringSchema(min_length=1), ["a"], {"Enter at least 1 character.": [""], TEXTS: [1]}),
    (StringSchema(max_length=2), ["", "ab", "😀😀"], {"Enter at most 2 characters.": ["abc", "😀😀😀"]}),
    (StringSchema(max_length=1), ["", "a"], {"Enter at most 1 character.": ["ab"]}),
    (StringSchema(max_length=0), [""], {"Enter at most 0 characters.": ["a"]}),
    (StringSchema(min_length=-1, max_length=-1), ["", "abc"], {TEXTS: [1]}),
    (StringSchema(pattern="[0-9]{2}"), ["12", "a12b"], {FORM: ["", "1", "a1b2"], TEXTS: [12]}),
    (StringSchema(pattern="^[0-9]{2}$"), ["12"], {FORM: ["123", "a12", "12\n"]}),
    (StringSchema(min_length=2, pattern="^a"), ["ab"], {"Enter at least 2 characters.": ["b"], FORM: ["bb"]}),
    (StringSchema(minimum="5", maximum="6"), ["1", "9"], {}),  # they only apply to a format
    (
        StringSchema(format="date"),
        ["2024-02-29", "0001-01-01", "9999-12-31", None],
        {DATE: ["", "2023-02-29", "2024-2-9", "20240229", "2024-02-29T00:00", "0000-01-01", "٢٠٢٤-01-01", "x"]},
    ),
    (
        StringSchema(format="date", minimum="2024-01-02", maximum="2024-01-03", min_length=99, pattern="x"),
        ["2024-01-02", "2024-01-03"],
        {
            "Enter 2024-01-02 or a later date.": ["2024-01-01", "1999-12-31"],
            "Enter 2024-01-03 or an earlier date.": ["2024-01-04"],
            TEXTS: [20240102],
        },
    ),
    (StringSchema(format="date", minimum="soon", maximum="0"), ["2024-01-02"], {}),
    (
        StringSchema(format="email", max_length=2, pattern="^x"),
        ["a@b", "a.b+c@d.example", "ä@ö.example"],
        {EMAIL: ["", "a", "@b", "a@", "a@b@c", "a @b", "a@b\n"], TEXTS: [1]},
    ),
    (StringSchema(format="numeric", max_length=1), ["12", "1.5", "."], {NUMERIC: ["", "-1", "1,5", "1e5", "٣", "1 2"]}),
    (
        StringSchema(format="base64url", max_length=2),
        ["", "SGk", "SGk=", "_-8", "+/8=", "data:image/png;base64,SGk=", "data:,SGk"],
        {FILE: ["S Gk", "SGk===", "ä", "data:image/png", "x,SGk"]},
    ),
    (
        StringSchema(format="base64url", accepts=["image/*", "application/PDF"]),
        ["SGk", "data:image/png;base64,SGk", "data:IMAGE/png,", "data:application/pdf;base64,SGk", "data:,SGk"],
        {
            "Choose a file of one of these types: image/*, application/PDF.": [
                "data:text/plain;base64,SGk",
                "data:imagex/png,SGk",
            ]
        },
    ),
    (StringSchema(format="base64url", accepts=["*/*"]), ["data:text/plain,SGk"], {}),
    (StringSchema(format="base64url", accepts=[]), ["data:text/plain,SGk"], {}),
    (StringSchema(format="base64url", accepts=["*", ".pdf"]), ["data:text/plain,SGk"], {}),  # none is a MIME type
    (
        StringSchema(format="base64url", accepts=[".txt", "image/png"]),
        ["data:Image/PNG;x=y,SGk"],
        {"Choose a file of one of these types: .txt, image/png.": ["data:text/plain,SGk"]},
    ),
    (IntegerSchema(), [0, -1, 3.0, 2**63 - 1, 1e300, None], {INTEGER: [1.5, "1", True, False, [], {}]}),
    (
        IntegerSchema(minimum=1, maximum=3),
        [1, 2.0, 3],
        {"Enter 1 or more.": [0, -5.0], "Enter 3 or less.": [4, 1e300], INTEGER: [2.5]},
    ),
    (NumberSchema(), [0, -0.0, 1.5, 5e-324, None], {NUMBER: ["1.5", True, [], {}]}),
    (
        NumberSchema(minimum=0.5, maximum=10.0),
        [0.5, 1, 10],
        {"Enter 0.5 or more.": [0, 0.4], "Enter 10 or less.": [10.1, 11]},
    ),
    (NumberSchema(maximum=2.0**53), [2**53], {"Enter 9007199254740992 or less.": [2**53 + 1]}),
    (NumberSchema(maximum=1e300), [1e300], {"Enter 1e+300 or less.": [1e301]}),
    (BooleanSchema(), [True, False, None], {"Choose yes or no.": [0, 1, "true", [], {}]}),
    (constant("a"), ["a", None], {"This value is not allowed.": ["", "b", 1, ["a"]]}),
    (constant(1), [1, 1.0], {"This value is not allowed.": [True, "1", 2]}),
    (constant(True), [True], {"This value is not allowed.": [1, 1.0, False, "true"]}),
    (constant(0), [0, -0.0], {"This value is not allowed.": [False]}),
    (constant(2**53 + 1), [2**53 + 1], {"This value is not allowed.": [2.0**53]}),
    (constant(None), [None], {"This value is not allowed.": [0, "", False]}),
    (
        constant({"a": [1, {"b": None}]}),
        [{"a": [1.0, {"b": None}]}],
        {
            "This value is not allowed.": [
                {"a": [True, {"b": None}]},
                {"a": [1, {}]},
                {},
                {"a": [1, {"b": None}], "c": 1},
                {"a": [1]},
                [],
            ]
        },
    ),
    (ConstSchema(), [1, "x", None, [], {}], {}),
    (UnknownSchema(type="money"), [1, "x", None, [], {"a": 1}], {}),
    (BlobSchema(accepts=["image/png"], max_size=1), [1, "x", {}], {}),
    (
        items(StringSchema(min_length=2), min_items=1, max_items=2),
        [["ab"], ["ab", "cd"], [None], None],
        {
            "Add at least 1 item.": [[]],
            "Add at most 2 items.": [["ab"] * 3, [1, 2, 3]],
            "Add items.": ["ab", {}, 1],
        },
    ),
    (items(TEXT, min_items=2), [["", ""]], {"Add at least 2 items.": [["x"], [1]]}),
    (items(TEXT, max_items=1), [[], ["x"]], {"Add at most 1 item.": [["x", "y"]]}),
    (items(TEXT, min_items=-1, max_items=-1), [[], ["x"]], {}),
    (
        ArraySchema.Tuple(items=[TEXT, IntegerSchema()]),
        [["x", 1], [None, None], ["x"], [], None],
        {"Add at most 2 items.": [["x", 1, None]], "Fill in the fields.": ["x", {}, 1]},
    ),
    (ArraySchema.Tuple(items=[]), [[]], {"Add at most 0 items.": [[1]]}),
    (obj(name=TEXT), [{}, {"name": None}, {"name": "x", "more": 1}, None], {"Fill in the fields.": [[], "x", 1]}),
    (OneOfSchema(schemas=[]), [None], {"Choose one of the options.": ["x", 0, {}]}),
    (
        OneOfSchema(schemas=[constant("a"), constant(1), constant([True])]),
        ["a", 1.0, [True], None],
        {"Choose one of the options.": ["b", True, [1], {}, 2]},
    ),
    (AllOfSchema(schemas=[]), [1, "x", {}, None], {}),
    (AllOfSchema(schemas=[StringSchema(min_length=2), StringSchema(max_length=2)]), ["ab"], {TEXTS: [1]}),
    (
        AllOfSchema(schemas=[StringSchema(max_length=2), StringSchema(pattern="^a")]),
        ["ab", None],
        {"Enter at most 2 characters.": ["bbb", "aaa"], FORM: ["b"]},
    ),
]


@pytest.mark.parametrize(("schema", "value"), [(row[0], value) for row in TABLE for value in row[1]], ids=repr)
def test_a_value_that_fits_has_no_message(schema: Schema, value: Any):
    assert messages(schema, value) is None
    # Another field is wrong, so the fast check of the form does not decide.
    assert validate(step_of(field=schema, other=TEXT), {"field": value, "other": 5}) == {"other": TEXTS}
    # Inside a one-of schema, there is no fast check of the field.
    if value is not None:
        inside = OneOfSchema(schemas=[schema, items(UnknownSchema(type="x"), min_items=99)])
        assert validate(step_of(field=inside, other=TEXT), {"field": value, "other": 5}) == {"other": TEXTS}


@pytest.mark.parametrize(
    ("schema", "value", "message"),
    [(row[0], value, text) for row in TABLE for text, values in row[2].items() for value in values],
    ids=repr,
)
def test_a_value_that_does_not_fit_has_the_message_of_the_first_broken_rule(schema: Schema, value: Any, message: str):
    assert messages(schema, value) == message


@pytest.mark.parametrize("value", [None, "token", 5, {"id": [1]}, True])
@pytest.mark.parametrize(
    "schema",
    [
        StringSchema(format="date", pattern="^x$", persist_async=persisted(StringSchema(pattern="^y$"))),
        IntegerSchema(minimum=9, persist_async=persisted(BlobSchema())),
        items(TEXT, min_items=5, persist_async=persisted(items(BlobSchema()))),
        ArraySchema.Tuple(items=[], persist_async=persisted(TEXT)),
    ],
    ids=["string", "integer", "list", "tuple"],
)
def test_a_token_of_persist_async_is_not_checked(schema: Schema, value: Any):
    assert messages(schema, value) is None


def test_a_token_can_be_required():
    form = step_of(obj(["file"], file=StringSchema(persist_async=persisted(BlobSchema()))))
    assert validate(form, {"file": "token"}) == {}
    assert validate(form, {}) == {"file": "Fill in this field."}


@pytest.mark.parametrize("flags", [{"hidden": True}, {"disabled": True}])
def test_hidden_and_disabled_fields_are_checked(flags: dict[str, bool]):
    assert messages(StringSchema(max_length=1, **flags), "ab") == "Enter at most 1 character."


def test_validate_async_has_no_effect():
    check = ValidateAsync(method="POST", param="x", url="/check")
    assert messages(StringSchema(max_length=1, validation_async=check), "ab") == "Enter at most 1 character."
    assert messages(StringSchema(max_length=1, validation_async=check), "a") is None


def test_a_one_of_with_a_type_is_a_one_of():
    step = loads('{"layout":[],"schemas":[{"type":"object","displayOrder":["a"],"properties":'
                 '{"a":{"type":"string","minLength":9,"oneOf":[{"const":"x"},{"const":1}]}}}]}')  # fmt: skip
    assert validate(step, {"a": "x"}) == validate(step, {"a": 1}) == {}
    assert validate(step, {"a": "y"}) == {"a": "Choose one of the options."}


def test_a_string_of_an_undocumented_format_is_free_text():
    step = loads('{"layout":[],"schemas":[{"type":"object","displayOrder":["a"],"properties":'
                 '{"a":{"type":"string","format":"password","minLength":8}}}]}')  # fmt: skip
    assert validate(step, {"a": "password"}) == {}
    assert validate(step, {"a": "word"}) == {"a": "Enter at least 8 characters."}


def test_a_subclass_of_a_schema_is_checked_like_the_schema():
    class Code(StringSchema):
        pass

    class Address(ObjectSchema):
        pass

    address = Address(properties={"code": Code(max_length=1)}, required=["code"])
    assert messages(address, {"code": "ab"}) == {"field.code": "Enter at most 1 character."}
    assert messages(address, 5) == "Fill in the fields."
