"""The rules that compare the model with the schemas."""

from __future__ import annotations

from typing import Any

import pytest

from tests.checking.support import SHORT, Row, cases, check_lines, field, form

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
        ({"oneOf": [{"const": {"x": 1}}, {"const": 1}]}, {"x": 1}),
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
    "of either root": (
        {**TWO_ROOTS, "model": {"a": "x", "b": "x", "c": 5}},
        [
            "warning: schemas[1].properties.c: schemas[0] has the property 'c' too [property-in-two-schemas] "
            "— give the two properties different names"
        ],
    ),
    "of neither root": (
        {**TWO_ROOTS, "model": {"d": 5, "c": True}},
        [
            "warning: schemas[1].properties.c: schemas[0] has the property 'c' too [property-in-two-schemas] "
            "— give the two properties different names",
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


def refused(path: str, what: str) -> list[str]:
    return [
        f"warning: {path}: {what} [model-refused-by-limits] — send a value that the schema accepts, or none",
    ]


EXAMPLE_TEXT = {"type": "string", "minLength": 2, "maxLength": 3, "pattern": "^[a-z]+$"}
LIMITS: dict[str, Row] = {
    "valid values": (
        form(
            {"a": EXAMPLE_TEXT, "b": {"type": "integer", "minimum": 1}, "c": listed(STRING) | {"minItems": 1}},
            model={"a": "abc", "b": 1.0, "c": ["x"]},
        ),
        [],
    ),
    "an empty text is no value": (form({"a": EXAMPLE_TEXT}, model={"a": ""}), []),
    "too short": (
        form({"a": EXAMPLE_TEXT}, model={"a": "a"}),
        refused("model.a", "'a' is shorter than the minLength of 2"),
    ),
    "too long": (
        form({"a": EXAMPLE_TEXT}, model={"a": "abcd"}),
        refused("model.a", "'abcd' is longer than the maxLength of 3"),
    ),
    "not matched": (
        form({"a": EXAMPLE_TEXT}, model={"a": "AB"}),
        refused("model.a", "'AB' is not matched by the pattern '^[a-z]+$'"),
    ),
    "no date": (
        form({"a": {"type": "string", "format": "date"}}, model={"a": "yesterday"}),
        refused("model.a", "'yesterday' is no date of the form YYYY-MM-DD"),
    ),
    "too small": (
        form({"a": {"type": "integer", "minimum": 1}}, model={"a": 0}),
        refused("model.a", "0 is less than the minimum of 1"),
    ),
    "too large": (
        form({"a": {"type": "number", "maximum": 1.5}}, model={"a": 2}),
        refused("model.a", "2 is more than the maximum of 1.5"),
    ),
    "too few items": (
        form({"a": listed(STRING) | {"minItems": 2}}, model={"a": ["x"]}),
        refused("model.a", "the array is shorter than the minItems of 2"),
    ),
    "too many items": (
        form({"a": listed(STRING) | {"maxItems": 2}}, model={"a": ["x", "y", "z"]}),
        refused("model.a", "the array is longer than the maxItems of 2"),
    ),
    "an item": (
        form({"a": listed({"type": "integer", "minimum": 1})}, model={"a": [1, 0]}),
        refused("model.a[1]", "0 is less than the minimum of 1"),
    ),
    "a root schema": (
        field(type="string", maxLength=1) | {"model": "ab"},
        refused("model", "'ab' is longer than the maxLength of 1"),
    ),
    "one alternative accepts it": (
        form({"a": {"oneOf": [{"type": "integer", "minimum": 5}, {"type": "integer", "maximum": 0}]}}, model={"a": -1}),
        [],
    ),
    "no alternative accepts it": (
        form({"a": {"oneOf": [{"type": "integer", "minimum": 5}, {"type": "integer", "maximum": 0}]}}, model={"a": 3}),
        refused("model.a", "3 is less than the minimum of 5"),
    ),
    "an alternative of another type does not count": (
        form({"a": {"oneOf": [{"type": "integer", "minimum": 5}, BOOLEAN, EXAMPLE_TEXT]}}, model={"a": "A"}),
        refused("model.a", "'A' is shorter than the minLength of 2"),
    ),
    "a boolean has no limits": (form({"a": {"oneOf": [INTEGER, BOOLEAN]}}, model={"a": True}), []),
    "a constant has no limits": (
        form({"a": {"oneOf": [{"const": 3}, {"type": "integer", "minimum": 5}]}}, model={"a": 3}),
        [],
    ),
    "among many alternatives": (
        form({"a": {"oneOf": [{"type": "integer", "minimum": n} for n in range(1, 12)]}}, model={"a": 0}),
        [],
    ),
    "the limits of two kinds of arrays": (
        form(
            {"a": {"oneOf": [listed(STRING) | {"minItems": 5}, {"type": "array", "items": [STRING]}]}},
            model={"a": ["x"]},
        ),
        [],
    ),
    "values that the server has refused": (
        form({"a": EXAMPLE_TEXT}, model={"a": "a"}, errors={"validation": {"a": "Too short."}}),
        [],
    ),
    "values that the user has entered": (form({"a": EXAMPLE_TEXT}, model={"a": "a"}, refreshUrl="/refresh"), []),
}


@cases(LIMITS)
def test_a_value_that_the_limits_refuse_is_reported(parts: dict[str, Any], lines: list[str]):
    assert check_lines(parts) == lines


def no_field(path: str, reason: str) -> str:
    return (
        f"warning: {path}: no such {reason} [error-without-field] — use the name of a field, or put the message into "
        "error"
    )


def with_errors(properties: dict[str, Any], messages: Any) -> dict[str, Any]:
    return form(properties, errors={"validation": messages})


ERRORS: dict[str, Row] = {
    "for a field": (with_errors({"a": STRING}, {"a": "No."}), []),
    "for no field": (
        with_errors({"amount": STRING}, {"amuont": "No.", "b": "No."}),
        [
            no_field("errors.validation.amuont", "field; did you mean 'amount'?"),
            no_field("errors.validation.b", "field; there are amount"),
        ],
    ),
    "for no field, without a message": (with_errors({"a": STRING}, {"b": None}), []),
    "without schemas": (
        {"errors": {"validation": {"a": "No."}}},
        [no_field("errors.validation.a", "field; there are no fields here")],
    ),
    "only a general message": ({"errors": {"error": "No."}}, []),
    "for an object as a whole": (with_errors({"a": BANK}, {"a": "No."}), []),
    "inside an alternative": (
        with_errors({"a": BANK}, {"a": {"iban": "No.", "bic": "No."}}),
        [no_field("errors.validation.a.bic", "field; there are type, iban, number")],
    ),
    "inside a field": (
        with_errors({"a": STRING}, {"a": {"b": "No."}}),
        [no_field("errors.validation.a.b", "field; 'a' has no parts")],
    ),
    "for items": (
        with_errors({"a": listed(BANK)}, {"a": [None, {"iban": "No.", "x": "No."}, "No."]}),
        [no_field("errors.validation.a[1].x", "field; there are type, iban, number")],
    ),
    "for items of a tuple": (
        with_errors({"a": {"type": "array", "items": [BANK]}}, {"a": [{"x": "No."}, {"y": "No."}]}),
        [
            no_field("errors.validation.a[0].x", "field; there are type, iban, number"),
            no_field("errors.validation.a[1]", "item; there are 1"),
        ],
    ),
    "for items by their number": (
        with_errors({"a": listed(STRING)}, {"a": {"0": "No."}}),
        [no_field("errors.validation.a['0']", "field; there are the items of a list, [0] and so on")],
    ),
    "for items of an object": (
        with_errors({"a": STRING}, ["No.", None]),
        [no_field("errors.validation[0]", "field; there are a")],
    ),
    "inside a constant": (
        with_errors({"a": {"hidden": True, "const": 1}}, {"a": {"b": "No."}}),
        [no_field("errors.validation.a.b", "field; 'a' has no parts")],
    ),
    "more than an error lists": (
        with_errors({"a": STRING}, {f"b{number}": "No." for number in range(1100)}),
        [no_field(f"errors.validation.b{number}", "field; there are a") for number in range(1100)],
    ),
    "for a field of an unknown type": (
        with_errors({"a": {"type": "colour"}}, {"a": {"red": "No."}}),
        [
            "warning: schemas[0].properties.a.type: 'colour' is no schema that the library supports [unknown-type] — "
            "check how its type is spelt"
        ],
    ),
    "for a text as a whole": (field(type="string") | {"errors": {"validation": "No."}}, []),
}


@cases(ERRORS)
def test_a_message_for_a_field_that_does_not_exist_is_reported(parts: dict[str, Any], lines: list[str]):
    assert check_lines(parts) == lines


def root(handle: str, properties: dict[str, Any]) -> dict[str, Any]:
    order = list(properties)
    return {"type": "object", "$id": handle, "hidden": True, "properties": properties, "displayOrder": order}


def also(path: str, earlier: str, name: str) -> str:
    return (
        f"warning: {path}: {earlier} has the property {name!r} too [property-in-two-schemas] — "
        "give the two properties different names"
    )


ROOTS: dict[str, Row] = {
    "different names": ({"schemas": [root("#a", {"a": STRING}), root("#b", {"b": STRING})]}, []),
    "the same name": (
        {"schemas": [root("#a", {"a": STRING}), root("#b", {"b": STRING, "a": STRING}), root("#c", {"a": STRING})]},
        [also("schemas[1].properties.a", "schemas[0]", "a"), also("schemas[2].properties.a", "schemas[0]", "a")],
    ),
    "in parts of an all-of": (
        {"schemas": [root("#a", {"a": STRING}), {"allOf": [root("#b", {"a": STRING})], "hidden": True}]},
        [also("schemas[1]", "schemas[0]", "a")],
    ),
    "in alternatives of one schema": (
        {"schemas": [{"oneOf": [root("#a", {"a": STRING}), root("#b", {"a": INTEGER})], "hidden": True}]},
        [],
    ),
    "equal constants": (
        {"schemas": [root("#a", {"a": {"const": 1}}), root("#b", {"a": {"const": 1.0}})]},
        [],
    ),
    "different constants": (
        {"schemas": [root("#a", {"a": {"const": 1}}), root("#b", {"a": {"const": True}})]},
        [also("schemas[1].properties.a", "schemas[0]", "a")],
    ),
    "inside objects": (
        {"schemas": [root("#a", {"a": root("#x", {"c": STRING})}), root("#b", {"b": root("#y", {"c": STRING})})]},
        [],
    ),
}


@cases(ROOTS)
def test_a_property_in_two_root_schemas_is_reported(parts: dict[str, Any], lines: list[str]):
    assert check_lines(parts) == lines


def test_the_items_of_too_many_kinds_of_arrays_are_not_compared():
    lists = [listed(STRING) for _ in range(50)]
    alternatives = {"oneOf": [*lists, {"type": "array", "items": [STRING]}]}
    assert check_lines(form({"a": alternatives}, model={"a": [5, 5]}), ignore=("indistinct-choices", *SHORT)) == [
        "error: model.a[1]: expected a string, got 5 [model-of-wrong-type] — make the value fit its schema"
    ]
