"""The rules that compare the model with the schemas."""

from __future__ import annotations

from typing import Any

import pytest

from tests.checking.support import Row, cases, check_lines, field, form

STRING = {"type": "string"}
INTEGER = {"type": "integer"}
NUMBER = {"type": "number"}
BOOLEAN = {"type": "boolean"}
CURRENCY = {"oneOf": [{"const": "EUR"}, {"const": "GBP"}]}
UPLOAD = {"idProperty": "id", "method": "POST", "param": "file", "schema": {"type": "blob"}, "url": "/files"}
BANK = {
    "oneOf": [
        {"type": "object", "displayOrder": ["iban"], "properties": {"type": {"const": "iban"}, "iban": STRING}},
        {"type": "object", "displayOrder": ["number"], "properties": {"type": {"const": "sort"}, "number": INTEGER}},
    ]
}


def listed(items: dict[str, Any]) -> dict[str, Any]:
    return {"type": "array", "addItemTitle": "Add", "editItemTitle": "Edit", "items": items}


@pytest.mark.parametrize(
    ("schema", "value"),
    [
        *((schema, None) for schema in (STRING, INTEGER, NUMBER, BOOLEAN, CURRENCY, BANK, listed(STRING))),
        *((STRING, value) for value in ("", "x")),
        *((INTEGER, value) for value in (0, -5, 5.0)),
        *((NUMBER, value) for value in (0, 1.5)),
        *((BOOLEAN, value) for value in (True, False)),
        *((CURRENCY, value) for value in ("EUR", "GBP")),
        *((BANK, value) for value in ({}, {"type": "iban", "iban": "DE1"}, {"type": "sort", "number": 1})),
        *((listed(INTEGER), value) for value in ([], [1, 2], [None])),
        *(({"type": "array", "items": [INTEGER, STRING]}, value) for value in ([], [1], [1, "x"])),
        ({"oneOf": [INTEGER, listed(STRING), {"type": "array", "items": [INTEGER]}]}, ["x", "y"]),
        ({"const": {"a": [1, {"b": True}]}}, {"a": [1, {"b": True}]}),
        ({"const": [1, 2]}, [1, 2]),
        ({"oneOf": [BANK, {"const": {"x": 1}}]}, {"x": 1}),
        ({"const": 1}, 1.0),
        ({}, {"any": "thing"}),
        ({"type": "colour"}, {"any": "thing"}),
        ({"type": "string", "persistAsync": UPLOAD}, "file-5"),
        ({"allOf": [form({"a": STRING})["schemas"][0] | {"$id": "#a"}]}, {"a": "x"}),
    ],
)
def test_a_value_that_fits_its_schema_is_not_reported(schema: dict[str, Any], value: Any):
    assert [line for line in check_lines(form({"a": schema}, model={"a": value})) if "unknown-type" not in line] == []


WRONG: dict[str, Row] = {
    "a number for a string": (
        form({"a": STRING}, model={"a": 5}),
        ["error: model.a: expected a string, got 5 [model-of-wrong-type] — make the value fit its schema"],
    ),
    "a string for an integer": (
        form({"a": INTEGER}, model={"a": "5"}),
        ['error: model.a: expected an integer, got "5" [model-of-wrong-type] — make the value fit its schema'],
    ),
    "a fraction for an integer": (
        form({"a": INTEGER}, model={"a": 5.5}),
        ["error: model.a: expected an integer, got 5.5 [model-of-wrong-type] — make the value fit its schema"],
    ),
    "true for an integer": (
        form({"a": INTEGER}, model={"a": True}),
        ["error: model.a: expected an integer, got true [model-of-wrong-type] — make the value fit its schema"],
    ),
    "true for a number": (
        form({"a": NUMBER}, model={"a": True}),
        ["error: model.a: expected a number, got true [model-of-wrong-type] — make the value fit its schema"],
    ),
    "1 for a boolean": (
        form({"a": BOOLEAN}, model={"a": 1}),
        ["error: model.a: expected true or false, got 1 [model-of-wrong-type] — make the value fit its schema"],
    ),
    "an object for a string": (
        form({"a": STRING}, model={"a": {"b": 1}}),
        ["error: model.a: expected a string, got an object [model-of-wrong-type] — make the value fit its schema"],
    ),
    "an array for a string": (
        form({"a": STRING}, model={"a": ["b"]}),
        ["error: model.a: expected a string, got an array [model-of-wrong-type] — make the value fit its schema"],
    ),
    "a string for an object": (
        form({"a": form({})["schemas"][0] | {"$id": "#a"}}, model={"a": "x"}),
        ['error: model.a: expected an object, got "x" [model-of-wrong-type] — make the value fit its schema'],
    ),
    "a string for a list": (
        form({"a": listed(STRING)}, model={"a": "x"}),
        ['error: model.a: expected an array, got "x" [model-of-wrong-type] — make the value fit its schema'],
    ),
    "an item": (
        form({"a": listed(STRING)}, model={"a": ["x", 5, None, False]}),
        [
            "error: model.a[1]: expected a string, got 5 [model-of-wrong-type] — make the value fit its schema",
            "error: model.a[3]: expected a string, got false [model-of-wrong-type] — make the value fit its schema",
        ],
    ),
    "an item of a tuple": (
        form({"a": {"type": "array", "items": [INTEGER, STRING]}}, model={"a": ["x", "y"]}),
        ['error: model.a[0]: expected an integer, got "x" [model-of-wrong-type] — make the value fit its schema'],
    ),
    "too many for a tuple": (
        form({"a": {"type": "array", "items": [INTEGER]}}, model={"a": ["x", 2, 3]}),
        [
            "error: model.a: expected no more than 1 of the 3 items [model-of-wrong-type] — give one item "
            "for each schema of the tuple",
            'error: model.a[0]: expected an integer, got "x" [model-of-wrong-type] — make the value fit its schema',
        ],
    ),
    "no alternative": (
        form({"a": CURRENCY}, model={"a": "EURO"}),
        [
            'error: model.a: expected "EUR" or "GBP", got "EURO"; did you mean \'EUR\'? '
            "[model-of-wrong-type] — make the value fit its schema"
        ],
    ),
    "one of a few": (
        form({"a": {"oneOf": [{"const": n} for n in range(5)]}}, model={"a": 9}),
        ["error: model.a: expected 0 or 1 or 2 or 3 or 4, got 9 [model-of-wrong-type] — make the value fit its schema"],
    ),
    "one of many": (
        form({"a": {"oneOf": [{"const": n} for n in range(9)]}}, model={"a": 9}),
        ["error: model.a: expected one of 9 constants, got 9 [model-of-wrong-type] — make the value fit its schema"],
    ),
    "true for 1": (
        form({"a": {"const": 1}}, model={"a": True}),
        ["error: model.a: expected 1, got true [model-of-wrong-type] — make the value fit its schema"],
    ),
    "another object than the constant": (
        form({"a": {"const": {"b": [1]}}}, model={"a": {"b": [2]}}),
        ['error: model.a: expected {"b": [1]}, got an object [model-of-wrong-type] — make the value fit its schema'],
    ),
    "another array than the constant": (
        form({"a": {"const": [1, 2]}}, model={"a": [1, 2, 3]}),
        ["error: model.a: expected [1, 2], got an array [model-of-wrong-type] — make the value fit its schema"],
    ),
    "a choice without alternatives": (
        form({"a": {"oneOf": []}}, model={"a": 1}),
        [
            "error: schemas[0].properties.a.oneOf: there are no alternatives [empty-choice] — offer at least one",
            "error: model.a: expected no value, because the schema has no alternatives, got 1 "
            "[model-of-wrong-type] — make the value fit its schema",
        ],
    ),
    "alternatives of several kinds": (
        form({"a": {"oneOf": [STRING, BANK, listed(STRING)]}}, model={"a": 5}),
        [
            "error: model.a: expected a string or an object or an array, got 5 [model-of-wrong-type] — "
            "make the value fit its schema"
        ],
    ),
    "inside an alternative": (
        form({"a": BANK}, model={"a": {"type": "ibn", "iban": 5, "number": 5}}),
        [
            'error: model.a.type: expected "iban" or "sort", got "ibn"; did you mean \'iban\'? '
            "[model-of-wrong-type] — make the value fit its schema",
            "error: model.a.iban: expected a string, got 5 [model-of-wrong-type] — make the value fit its schema",
        ],
    ),
    "the value of a persistAsync": (
        form({"a": {"type": "string", "persistAsync": UPLOAD}}, model={"a": 5}),
        ["error: model.a: expected a string, got 5 [model-of-wrong-type] — make the value fit its schema"],
    ),
    "a list as a whole": (
        field(**listed(STRING)) | {"model": {"a": 1}},
        ["error: model: expected an array, got an object [model-of-wrong-type] — make the value fit its schema"],
    ),
    "an array for an object": (
        form({"a": STRING}, model=["a"]),
        ["error: model: expected an object, got an array [model-of-wrong-type] — make the value fit its schema"],
    ),
    "a long value": (
        form({"a": INTEGER}, model={"a": "x\n" * 100}),
        [
            "error: model.a: expected an integer, got "
            '"x\\nx\\nx\\nx\\nx\\nx\\nx\\nx\\nx\\nx\\nx\\nx\\nx\\nx\\nx\\nx\\nx\\nx\\nx\\… '
            "[model-of-wrong-type] — make the value fit its schema"
        ],
    ),
}


@cases(WRONG)
def test_a_value_that_does_not_fit_its_schema_is_reported(parts: dict[str, Any], lines: list[str]):
    assert check_lines(parts) == lines


TWO_ROOTS = {
    "layout": [{"type": "form", "schemaId": "#a"}, {"type": "form", "schemaId": "#b"}],
    "schemas": [
        {"type": "object", "$id": "#a", "properties": {"a": STRING, "c": STRING}, "displayOrder": ["a", "c"]},
        {"type": "object", "$id": "#b", "properties": {"b": STRING, "c": INTEGER}, "displayOrder": ["b", "c"]},
    ],
}
NOT_DESCRIBED: dict[str, Row] = {
    "no schemas": (
        {"model": {"a": 1, "b": 2}},
        [
            "warning: model: the step has a model, but no schemas [model-without-schema] — add a schema "
            "for it, or leave the model out"
        ],
    ),
    "another name": (
        form({"amount": NUMBER}, model={"amuont": 5}),
        [
            "warning: model.amuont: no schema describes 'amuont'; did you mean 'amount'? "
            "[model-without-schema] — add a schema for it, a hidden one if it is not to be shown, or take "
            "it out of the model"
        ],
    ),
    "nested": (
        form({"a": BANK}, model={"a": {"bic": "x"}}),
        [
            "warning: model.a.bic: no schema describes 'bic' [model-without-schema] — add a schema for "
            "it, a hidden one if it is not to be shown, or take it out of the model"
        ],
    ),
    "a name that is not an identifier": (
        form({"a": STRING}, model={"a b": 1}),
        [
            "warning: model['a b']: no schema describes 'a b' [model-without-schema] — add a schema for "
            "it, a hidden one if it is not to be shown, or take it out of the model"
        ],
    ),
    "of either root": ({**TWO_ROOTS, "model": {"a": "x", "b": "x", "c": 5}}, []),
    "of neither root": (
        {**TWO_ROOTS, "model": {"d": 5, "c": True}},
        [
            "warning: model.d: no schema describes 'd' [model-without-schema] — add a schema for it, a "
            "hidden one if it is not to be shown, or take it out of the model",
            "error: model.c: expected a string or an integer, got true [model-of-wrong-type] — make the "
            "value fit its schema",
        ],
    ),
    "in a list": (
        form({"a": listed(BANK)}, model={"a": [{}, {"x": 1}]}),
        [
            "warning: model.a[1].x: no schema describes 'x' [model-without-schema] — add a schema for it, "
            "a hidden one if it is not to be shown, or take it out of the model"
        ],
    ),
    "among too many names": (
        form({f"field{n}": STRING for n in range(151)}, model={"feild5": "x"}),
        [
            "warning: model.feild5: no schema describes 'feild5' [model-without-schema] — add a schema "
            "for it, a hidden one if it is not to be shown, or take it out of the model"
        ],
    ),
    "among the greatest number of names for a suggestion": (
        form({f"field{n}": STRING for n in range(150)}, model={"feild5": "x"}),
        [
            "warning: model.feild5: no schema describes 'feild5'; did you mean 'field5'? "
            "[model-without-schema] — add a schema for it, a hidden one if it is not to be shown, or take "
            "it out of the model"
        ],
    ),
    "a name that is too long for a suggestion": (
        form({"x" * 150: STRING}, model={"x" * 151: "x"}),
        [
            "warning: "
            "model.xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"
            "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx: no schema describes "
            "'xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx… [model-without-schema] — add a "
            "schema for it, a hidden one if it is not to be shown, or take it out of the model"
        ],
    ),
    "a long name": (
        form({"x" * 150: STRING}, model={"x" * 149: "x"}),
        [
            "warning: "
            "model.xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"
            "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx: no schema describes "
            "'xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx…; did you mean "
            "'xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"
            "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx'? [model-without-schema] — add "
            "a schema for it, a hidden one if it is not to be shown, or take it out of the model"
        ],
    ),
    "among many names": (
        form({f"field{n}": STRING for n in range(100)}, model={"feild5": "x"}),
        [
            "warning: model.feild5: no schema describes 'feild5'; did you mean 'field5'? "
            "[model-without-schema] — add a schema for it, a hidden one if it is not to be shown, or take "
            "it out of the model"
        ],
    ),
}


@cases(NOT_DESCRIBED)
def test_a_value_without_a_schema_is_reported(parts: dict[str, Any], lines: list[str]):
    assert check_lines(parts) == lines
