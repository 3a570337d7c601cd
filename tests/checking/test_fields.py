"""The rules for fields and for the alternatives of choices."""

from __future__ import annotations

from typing import Any

import pytest

from stepdsl import ConstSchema, OneOfSchema, Step, check
from tests.checking.support import Row, cases, check_lines, field, form

TITLED = {"type": "string", "title": "Title"}
UNTITLED = {"type": "string"}
CODES = ("empty-layout", "no-way-on")


def obj(properties: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"type": "object", "properties": properties, "displayOrder": list(properties), **more}


def persisted(outer: dict[str, Any], inner: dict[str, Any]) -> dict[str, Any]:
    persist = {"idProperty": "id", "method": "POST", "param": "x", "schema": inner, "url": "/x"}
    return {**outer, "persistAsync": persist}


def untitled(path: str, name: str) -> str:
    return (
        f"warning: {path}: the field '{name}' has no title [untitled-field] — give it a title, the label of the field"
    )


LIST = {"type": "array", "addItemTitle": "Add", "editItemTitle": "Edit"}
TITLES: dict[str, Row] = {
    "with a title": (form({"a": TITLED}), []),
    "with an empty title": (form({"a": {**UNTITLED, "title": ""}}), []),
    "without a title": (form({"a": UNTITLED}), [untitled("schemas[0].properties.a", "a")]),
    "of each type": (
        form(
            {
                "integer": {"type": "integer"},
                "number": {"type": "number"},
                "boolean": {"type": "boolean"},
                "choice": {"oneOf": [{"title": "One", "const": 1}]},
                "list": {**LIST, "items": TITLED},
            }
        ),
        [untitled(f"schemas[0].properties.{n}", n) for n in ("integer", "number", "boolean", "choice", "list")],
    ),
    "what needs no title": (
        form(
            {
                "constant": {"const": 1},
                "object": obj({"a": TITLED}),
                "parts": {"allOf": [obj({"b": TITLED})]},
                "tuple": {"type": "array", "items": [TITLED]},
            }
        ),
        [],
    ),
    "in an object": (
        form({"a": obj({"b": UNTITLED})}),
        [untitled("schemas[0].properties.a.properties.b", "b")],
    ),
    "in a list": (
        form({"a": {**LIST, "title": "List", "items": obj({"b": UNTITLED})}}),
        [untitled("schemas[0].properties.a.items.properties.b", "b")],
    ),
    "hidden": (form({"a": {**UNTITLED, "hidden": True}}), []),
    "in a hidden object": (form({"a": obj({"b": UNTITLED}, hidden=True)}), []),
    "not displayed": (field(**obj({"a": TITLED, "b": {**UNTITLED, "default": "x"}}) | {"displayOrder": ["a"]}), []),
    "a root schema": (field(**UNTITLED), []),
    "outside of persistAsync": (form({"a": persisted(TITLED, UNTITLED)}), []),
    "inside persistAsync": (form({"a": persisted(UNTITLED, TITLED)}), []),
    "neither outside nor inside persistAsync": (
        form({"a": persisted(UNTITLED, UNTITLED)}),
        [untitled("schemas[0].properties.a", "a")],
    ),
    "inside persistAsync, of an unknown type": (
        form({"a": persisted(UNTITLED, {"type": "new", "title": "New"})}),
        [
            "warning: schemas[0].properties.a.persistAsync.schema.type: 'new' is no schema that the library supports "
            "[unknown-type] — check how its type is spelt"
        ],
    ),
    "in no form": ({"schemas": [obj({"a": UNTITLED})], "model": {"a": "x"}}, []),
    "in a form for another schema": (
        {**field(**obj({"a": TITLED})), "schemas": [{"$id": "#it", **obj({"a": TITLED})}, obj({"b": UNTITLED})]}
        | {"model": {"b": "x"}},
        [],
    ),
    "in a form of an unknown layout": (
        {"schemas": [obj({"a": UNTITLED})], "layout": [{"type": "wizard"}], "model": {"a": "x"}},
        [
            "warning: layout[0].type: 'wizard' is no layout that the library supports [unknown-type] — "
            "check how its type is spelt",
            untitled("schemas[0].properties.a", "a"),
        ],
    ),
}


@cases(TITLES)
def test_fields_without_a_title_are_reported(parts: dict[str, Any], lines: list[str]):
    assert check_lines(parts, ignore=CODES) == lines


def hidden_required(path: str, name: str) -> str:
    return (
        f"warning: {path}: '{name}' is required and hidden, but has no value [hidden-required-field] — "
        "put a value into the model, give it a default, or take it out of required"
    )


HIDDEN = {**UNTITLED, "hidden": True}


def requiring(schema: dict[str, Any], **more: Any) -> dict[str, Any]:
    """Return an object schema that requires its one property `a`."""
    return obj({"a": schema}, required=["a"], **more)


REQUIRED: dict[str, Row] = {
    "visible": (field(**requiring(TITLED)), []),
    "hidden": (field(**requiring(HIDDEN)), [hidden_required("schemas[0].required[0]", "a")]),
    "hidden: false": (field(**requiring({**TITLED, "hidden": False})), []),
    "in a hidden object": (
        form({"o": requiring(UNTITLED, hidden=True)}),
        [hidden_required("schemas[0].properties.o.required[0]", "a")],
    ),
    "each type that submits null": (
        field(
            **obj(
                {
                    "integer": {"type": "integer", "hidden": True},
                    "number": {"type": "number", "hidden": True},
                    "choice": {"oneOf": [{"title": "One", "const": 1}], "hidden": True},
                },
                required=["integer", "number", "choice"],
            )
        ),
        [hidden_required(f"schemas[0].required[{n}]", name) for n, name in enumerate(["integer", "number", "choice"])],
    ),
    "types that always have a value": (
        field(
            **obj(
                {
                    "constant": {"const": 1, "hidden": True},
                    "boolean": {"type": "boolean", "hidden": True},
                    "list": {**LIST, "items": TITLED, "hidden": True},
                    "object": obj({}, hidden=True),
                },
                required=["constant", "boolean", "list", "object"],
            )
        ),
        [],
    ),
    "with a default": (field(**requiring({**HIDDEN, "default": "x"})), []),
    "a choice with the default null": (
        field(**requiring({"oneOf": [{"title": "One", "const": 1}], "hidden": True, "default": None})),
        [hidden_required("schemas[0].required[0]", "a")],
    ),
    "with a value": (field(**requiring(HIDDEN)) | {"model": {"a": "x"}}, []),
    "with the value null": (
        field(**requiring(HIDDEN)) | {"model": {"a": None}},
        [hidden_required("schemas[0].required[0]", "a")],
    ),
    "with a value in an object": (form({"o": requiring(HIDDEN)}, model={"o": {"a": "x"}}), []),
    "with a value beside the object": (
        form({"o": requiring(HIDDEN)}, model={"a": "x"}),
        [
            hidden_required("schemas[0].properties.o.required[0]", "a"),
            "warning: model.a: no schema describes 'a' [model-without-schema] — add a schema for it, a hidden "
            "one if it is not to be shown, or take it out of the model",
        ],
    ),
    "with a value in a part of an all-of": (
        field(allOf=[requiring(HIDDEN), {"oneOf": [requiring(HIDDEN, title="One")]}]) | {"model": {"a": "x"}},
        [],
    ),
    "with a model that is no object": (
        field(**requiring(HIDDEN)) | {"model": "x"},
        [
            hidden_required("schemas[0].required[0]", "a"),
            'error: model: expected an object, got "x" [model-of-wrong-type] — make the value fit its schema',
        ],
    ),
    "in a list": (form({"l": {**LIST, "title": "List", "items": requiring(HIDDEN)}}), []),
    "no such property": (
        field(**requiring(TITLED) | {"required": ["b"]}),
        [
            "error: schemas[0].required[0]: there is no property 'b' [required-without-property] — add a "
            "schema for it, or take it out of required"
        ],
    ),
}


@cases(REQUIRED)
def test_hidden_required_fields_without_a_value_are_reported(parts: dict[str, Any], lines: list[str]):
    assert check_lines(parts, ignore=CODES) == lines


PARTS: dict[str, Row] = {
    "of another part": (field(allOf=[obj({"a": TITLED}), obj({"b": TITLED}, required=["a", "b"])]), []),
    "of no part": (
        field(allOf=[obj({"a": TITLED}), obj({"b": TITLED}, required=["c"]), obj({"d": TITLED}, required=["e"])]),
        [
            "error: schemas[0].allOf[1].required[0]: there is no property 'c' [required-without-property] — add "
            "a schema for it, or take it out of required",
            "error: schemas[0].allOf[2].required[0]: there is no property 'e' [required-without-property] — add "
            "a schema for it, or take it out of required",
        ],
    ),
    "of another part, from inside a choice": (
        field(allOf=[obj({"a": TITLED}), {"oneOf": [obj({"b": TITLED}, title="B", required=["a"])]}]),
        [],
    ),
    "of an all-of inside an all-of": (
        field(allOf=[obj({"a": TITLED}), {"allOf": [obj({"b": TITLED}, required=["a"])]}]),
        [],
    ),
    "of another alternative": (
        field(oneOf=[obj({"a": TITLED}, title="A"), obj({"b": TITLED}, title="B", required=["a"])]),
        [
            "error: schemas[0].oneOf[1].required[0]: there is no property 'a' [required-without-property] — add "
            "a schema for it, or take it out of required"
        ],
    ),
    "of an object in another part": (
        field(allOf=[obj({"a": TITLED}), obj({"b": obj({"c": TITLED}, required=["a"])})]),
        [
            "error: schemas[0].allOf[1].properties.b.required[0]: there is no property 'a' "
            "[required-without-property] — add a schema for it, or take it out of required"
        ],
    ),
}


@cases(PARTS)
def test_a_required_property_can_be_in_another_part_of_an_all_of(parts: dict[str, Any], lines: list[str]):
    assert check_lines(parts, ignore=CODES) == lines


@pytest.mark.parametrize(
    ("key", "hint"),
    [
        ("max_length", "; did you mean 'maxLength'?"),
        ("min_items", "; did you mean 'minItems'?"),
        ("patern", "; did you mean 'pattern'?"),
        ("email", ""),
    ],
)
def test_a_message_under_a_name_that_is_no_rule_is_reported(key: str, hint: str):
    messages = {"maxLength": "Too long.", key: "No."}
    assert check_lines(form({"a": {**TITLED, "validationMessages": messages}})) == [
        f"warning: schemas[0].properties.a.validationMessages.{key}: there is no rule '{key}'{hint} "
        "[message-without-keyword] — use the name of a rule, such as maxLength"
    ]


def test_the_names_of_all_rules_are_known_for_messages():
    names = "required minLength maxLength pattern format minimum maximum minItems maxItems accepts maxSize type min max"
    assert check_lines(form({"a": {**TITLED, "validationMessages": dict.fromkeys(names.split(), "No.")}})) == []


ONE, TWO = {"title": "One", "const": 1}, {"title": "Two", "const": 2}
UNTITLED_CHOICE = "the alternative has no title [untitled-choice] — give it a title, the text of the option"
SAME = "describes the same values [indistinct-choices] — add a property with a constant to each of the two"


def twice(path: str, earlier: int, constant: str) -> str:
    return (
        f"warning: {path}: the alternative [{earlier}] has the constant {constant} as well [duplicate-choice] — "
        "give each alternative a constant of its own"
    )


CHOICES: dict[str, Row] = {
    "fine": (field(oneOf=[ONE, TWO, {"title": "", "const": None}]), []),
    "without titles": (
        field(oneOf=[ONE, {"const": 2}, obj({"a": TITLED})]),
        [
            f"warning: schemas[0].oneOf[1]: {UNTITLED_CHOICE}",
            f"warning: schemas[0].oneOf[2]: {UNTITLED_CHOICE}",
        ],
    ),
    "a title inside persistAsync": (field(oneOf=[ONE, persisted(UNTITLED, TITLED)]), []),
    "without a title, and hidden": (field(oneOf=[ONE, {"const": 2, "hidden": True}]), []),
    "without titles, in a hidden choice": (form({"a": {"oneOf": [{"const": 2}], "hidden": True}}), []),
    "without titles, in no form": ({"schemas": [{"oneOf": [{"const": 2}]}]}, []),
    "an unknown alternative with a title": (
        field(oneOf=[ONE, {"title": "New", "type": "new"}]),
        [
            "warning: schemas[0].oneOf[1].type: 'new' is no schema that the library supports [unknown-type] — "
            "check how its type is spelt"
        ],
    ),
    "the same constant": (
        field(oneOf=[ONE, TWO, {"title": "Uno", "const": 1.0}, {"title": "Eins", "const": 1}]),
        [twice("schemas[0].oneOf[2]", 0, "1.0"), twice("schemas[0].oneOf[3]", 0, "1")],
    ),
    "the same object": (
        field(oneOf=[{"title": "One", "const": {"a": [1], "b": 2}}, {"title": "Two", "const": {"b": 2, "a": [1.0]}}]),
        [twice("schemas[0].oneOf[1]", 0, "an object")],
    ),
    "constants that only look the same": (
        field(
            oneOf=[
                {"title": str(number), "const": constant}
                for number, constant in enumerate([1, True, "1", [1], [True], {"1": 1}, None, "true", 0, False, "", []])
            ]
        ),
        [],
    ),
    "objects with the same properties": (
        field(oneOf=[obj({"a": TITLED}, title="A"), obj({"b": TITLED}, title="B"), obj({"a": UNTITLED}, title="C")]),
        [
            f"warning: schemas[0].oneOf[2]: the alternative [0] {SAME}",
            "warning: schemas[0].oneOf[2].properties.a: the field 'a' has no title [untitled-field] — give it a "
            "title, the label of the field",
        ],
    ),
    "objects with the same constants": (
        field(oneOf=[obj({"a": TITLED, "t": {"const": 1}}, title=title) for title in "AB"]),
        [f"warning: schemas[0].oneOf[1]: the alternative [0] {SAME}"],
    ),
    "objects with different constants": (
        field(oneOf=[obj({"a": TITLED, "t": {"const": title}}, title=title) for title in "AB"]),
        [],
    ),
    "objects with different types": (
        field(oneOf=[obj({"a": TITLED}, title="A"), obj({"a": {"type": "integer", "title": "A"}}, title="B")]),
        [],
    ),
    "objects with different limits": (
        field(oneOf=[obj({"a": {**TITLED, "pattern": pattern}}, title=pattern) for pattern in ("^A", "^B")]),
        [],
    ),
    "objects with objects": (field(oneOf=[obj({"a": obj({"b": TITLED})}, title=title) for title in "AB"]), []),
    "two texts": (
        field(oneOf=[{"type": "string", "title": title} for title in "AB"]),
        [f"warning: schemas[0].oneOf[1]: the alternative [0] {SAME}"],
    ),
    "two formats": (
        field(oneOf=[{"type": "string", "title": "A", "format": "date"}, {"type": "string", "title": "B"}]),
        [],
    ),
    "a format that is not known": (
        field(oneOf=[{"type": "string", "title": "A", "format": "time"}, {"type": "string", "title": "B"}]),
        [
            'warning: schemas[0].oneOf[0].format: "time" is no value that the library supports [unknown-value] — '
            "check how it is spelt"
        ],
    ),
}


@cases(CHOICES)
def test_choices_with_unclear_alternatives_are_reported(parts: dict[str, Any], lines: list[str]):
    assert check_lines(parts, ignore=CODES) == lines


def test_alternatives_without_a_constant_are_not_compared():
    """A document always has the constant, an object of Python need not have one."""
    alternatives = [ConstSchema(title="A"), ConstSchema(title="B")]
    step = Step(id="x", title="x", schemas=[OneOfSchema(schemas=alternatives, hidden=True)])
    assert [found.code for found in check(step)] == ["empty-layout"]
