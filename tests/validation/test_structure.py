"""Objects, lists, tuples, all-of schemas, several root schemas, and missing values."""

from __future__ import annotations

from typing import Any

import pytest

from stepdsl import (
    AllOfSchema,
    ArraySchema,
    BooleanSchema,
    IntegerSchema,
    ObjectSchema,
    OneOfSchema,
    Step,
    StringSchema,
    UnknownSchema,
    validate,
)
from stepdsl.model.unions import Schema
from stepdsl.validation.compiled import compiled
from stepdsl.validation.full_check import FullCheck
from tests.validation.support import TEXT, constant, items, obj, persisted, step_of

MISSING = "Fill in this field."
SHORT = StringSchema(max_length=2)
TOO_LONG = "Enter at most 2 characters."


def test_a_step_without_schemas_accepts_all_values():
    assert validate(Step(), {"a": {"b": [1]}}) == validate(Step(), None) == {}


def test_properties_without_a_schema_are_ignored():
    assert validate(step_of(name=SHORT), {"name": "ab", "more": [{"name": "abc"}]}) == {}


def test_messages_have_the_paths_of_nested_values():
    step = step_of(
        holder=obj(name=SHORT, address=obj(city=SHORT)),
        children=items(obj(name=SHORT, pets=items(SHORT))),
        point=ArraySchema.Tuple(items=[SHORT, obj(x=SHORT)]),
    )
    values = {
        "holder": {"name": "abc", "address": {"city": "abc"}},
        "children": [{"name": "ab"}, {"name": "abc", "pets": ["a", "b", "abc"]}, {"name": "abc"}, None],
        "point": ["abc", {"x": "abc"}],
    }
    assert validate(step, values) == {
        "holder.name": TOO_LONG,
        "holder.address.city": TOO_LONG,
        "children[1].name": TOO_LONG,
        "children[1].pets[2]": TOO_LONG,
        "children[2].name": TOO_LONG,
        "point[0]": TOO_LONG,
        "point[1].x": TOO_LONG,
    }


@pytest.mark.parametrize("values", [None, {}, {"a": None}])
@pytest.mark.parametrize(
    "schema",
    [TEXT, IntegerSchema(), BooleanSchema(), constant("x"), items(TEXT, min_items=1), ArraySchema.Tuple(items=[TEXT]),
     obj(["b"], b=TEXT), AllOfSchema(schemas=[obj(["b"], b=TEXT)]), AllOfSchema(schemas=[]), UnknownSchema(type="x"),
     OneOfSchema(schemas=[constant(1), obj(["b"], b=TEXT)])],
    ids=lambda schema: type(schema).__qualname__,
)  # fmt: skip
def test_a_missing_value_fits_unless_it_is_required(schema: Schema, values: Any):
    assert validate(step_of(a=schema), values) == {}
    assert validate(step_of(obj(["a"], a=schema)), values) != {}


@pytest.mark.parametrize(
    ("schema", "messages"),
    [
        (TEXT, {"a": MISSING}),
        (StringSchema(min_length=3, pattern="x"), {"a": MISSING}),
        (IntegerSchema(minimum=1), {"a": MISSING}),
        (BooleanSchema(), {"a": MISSING}),
        (constant("x"), {"a": MISSING}),
        (constant(None), {"a": MISSING}),
        (UnknownSchema(type="x"), {"a": MISSING}),
        (items(TEXT, min_items=1), {"a": MISSING}),
        (ArraySchema.Tuple(items=[obj(["b"], b=TEXT)]), {"a": MISSING}),
        (OneOfSchema(schemas=[constant("x")]), {"a": "Choose one of the options."}),
        (OneOfSchema(schemas=[constant("x"), constant(None)]), {"a": "Choose one of the options."}),
        (OneOfSchema(schemas=[obj(["b"], b=TEXT)]), {"a": "Choose one of the options."}),
        (OneOfSchema(schemas=[UnknownSchema(type="x")]), {"a": "Choose one of the options."}),
        (StringSchema(persist_async=persisted(TEXT)), {"a": MISSING}),
        # A form shows the fields of an object, not the object.
        (obj(b=TEXT), {"a": MISSING}),
        (obj(["b"], b=TEXT, c=TEXT), {"a.b": MISSING}),
        (obj(["b", "d"], b=obj(["c"], c=TEXT), d=obj(e=TEXT)), {"a.b.c": MISSING, "a.d": MISSING}),
        (AllOfSchema(schemas=[obj(["b"], b=TEXT), obj(["c"], c=TEXT)]), {"a.b": MISSING, "a.c": MISSING}),
        (AllOfSchema(schemas=[obj(b=TEXT)]), {"a": MISSING}),
        (AllOfSchema(schemas=[TEXT]), {"a": MISSING}),
        (AllOfSchema(schemas=[obj(b=TEXT), OneOfSchema(schemas=[constant(1)])]), {"a": MISSING}),
        (AllOfSchema(schemas=[]), {"a": MISSING}),
        (AllOfSchema(schemas=[obj(["b"], b=TEXT), OneOfSchema(schemas=[constant(1)])]), {"a.b": MISSING}),
    ],
)
def test_a_missing_required_value_has_this_message(schema: Schema, messages: dict[str, str]):
    assert validate(step_of(obj(["a"], a=schema)), {}) == messages
    assert validate(step_of(obj(["a"], a=schema)), {"a": None}) == messages


@pytest.mark.parametrize(("schema", "value"), [(TEXT, ""), (BooleanSchema(), False), (IntegerSchema(), 0),
                                               (items(TEXT), []), (obj(b=TEXT), {})])  # fmt: skip
def test_a_required_value_can_be_empty(schema: Schema, value: Any):
    assert validate(step_of(obj(["a"], a=schema)), {"a": value}) == {}


def test_required_names_that_are_no_properties_are_ignored():
    assert validate(step_of(obj(["a", "b", "a"], a=TEXT)), {"a": ""}) == {}


def test_null_in_a_list_is_an_empty_item():
    step = step_of(a=items(obj(["b"], b=TEXT)), c=ArraySchema.Tuple(items=[obj(["b"], b=TEXT)]))
    assert validate(step, {"a": [None], "c": [None]}) == {}
    assert validate(step, {"a": [None, {}], "c": [{}]}) == {"a[1].b": MISSING, "c[0].b": MISSING}


def test_all_parts_of_an_all_of_schema_apply():
    step = step_of(a=AllOfSchema(schemas=[obj(["b"], b=SHORT), obj(["c"], b=StringSchema(pattern="^x"), c=TEXT)]))
    assert validate(step, {"a": {"b": "xa", "c": ""}}) == {}
    assert validate(step, {"a": {"b": "yyy"}}) == {"a.b": TOO_LONG, "a.c": MISSING}
    assert validate(step, {"a": {"b": "y", "c": ""}}) == {"a.b": "Enter the value in the expected form."}
    assert validate(step, {"a": 5}) == {"a": "Fill in the fields."}


def test_messages_of_parts_are_used_instead_of_one_of_the_whole_value():
    step = step_of(a=AllOfSchema(schemas=[constant({"b": "x"}), obj(b=SHORT)]))
    assert validate(step, {"a": {"b": "abc"}}) == {"a.b": TOO_LONG}
    assert validate(step, {"a": {"b": "ab"}}) == {"a": "This value is not allowed."}


def test_a_list_has_messages_for_its_items_only_if_the_number_of_items_is_right():
    step = step_of(a=items(SHORT, max_items=1))
    assert validate(step, {"a": ["abc"]}) == {"a[0]": TOO_LONG}
    assert validate(step, {"a": ["abc", "abc"]}) == {"a": "Add at most 1 item."}


# -- root schemas -----------------------------------------------------------------------------------------------------


def test_root_schemas_describe_one_object():
    step = step_of(obj(["a"], a=SHORT), AllOfSchema(schemas=[obj(["b"], b=SHORT), obj(c=SHORT)]))
    assert validate(step, {"a": "x", "b": "x", "c": "x"}) == {}
    assert list(validate(step, {"c": "abc"}).items()) == [("a", MISSING), ("b", MISSING), ("c", TOO_LONG)]


@pytest.mark.parametrize(
    "second",
    [
        obj(a=IntegerSchema()),
        AllOfSchema(schemas=[obj(a=IntegerSchema())]),
        OneOfSchema(schemas=[obj(a=IntegerSchema())]),
    ],
    ids=["object", "all-of", "one-of"],
)
@pytest.mark.parametrize(
    "first",
    [
        obj(["a", "b"], a=TEXT, b=TEXT),
        AllOfSchema(schemas=[obj(["a", "b"], a=TEXT, b=TEXT)]),
        OneOfSchema(schemas=[obj(["a", "b"], a=TEXT, b=TEXT)]),
    ],
    ids=["object", "all-of", "one-of"],
)
def test_the_last_root_schema_with_a_property_is_used(first: Schema, second: Schema):
    step = step_of(first, second)
    assert validate(step, {"a": 1, "b": "x"}) == validate(step, {"b": "x"}) == {}
    assert validate(step, {"a": "x"}) == {"a": "Enter a whole number.", "b": MISSING}
    assert validate(step_of(second, first), {"a": "x", "b": "x"}) == {}


def test_root_schemas_in_one_all_of_schema_all_apply_to_a_property():
    step = step_of(AllOfSchema(schemas=[obj(a=SHORT), obj(a=StringSchema(pattern="^x"))]))
    assert validate(step, {"a": "xyz"}) == {"a": TOO_LONG}
    assert validate(step, {"a": "yz"}) == {"a": "Enter the value in the expected form."}


@pytest.mark.parametrize(
    "root",
    [
        StringSchema(min_length=5),
        items(TEXT, min_items=1),
        constant("x"),
        constant({"b": 1}),
        OneOfSchema(schemas=[]),
        AllOfSchema(schemas=[]),
        OneOfSchema(schemas=[constant("x"), constant(1)]),
        OneOfSchema(schemas=[constant({"b": 1}), obj(["c"], c=TEXT)]),
        OneOfSchema(schemas=[UnknownSchema(type="x"), obj(["c"], c=TEXT)]),
        AllOfSchema(schemas=[constant({"b": 1}), TEXT]),
        UnknownSchema(type="x"),
    ],
)
def test_a_root_schema_that_is_no_object_or_is_open_is_not_checked(root: Schema):
    assert validate(step_of(obj(a=SHORT), root), {"a": "abc", "b": 2}) == {"a": TOO_LONG}
    assert validate(step_of(root), {"a": "abc", "b": 2}) == {}
    assert validate(step_of(root), {}) == {}
    assert compiled(step_of(root))._validator.is_valid({})


def test_a_property_with_both_kinds_of_quotes_has_a_path():
    name = "a'b\"c"
    assert validate(step_of(obj(**{name: SHORT})), {name: "abc"}) == {"['a''b\"c']": TOO_LONG}
    nested = Step(schemas=[obj(outer=ObjectSchema(properties={name: SHORT}))])
    assert validate(nested, {"outer": {name: "abc"}}) == {"outer['a''b\"c']": TOO_LONG}


# -- depth ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("value", ["ab", "abc"])
def test_objects_are_checked_at_every_depth(value: str):
    schema: Schema = obj(["a"], a=SHORT)
    values: Any = {"a": value}
    for _ in range(96):
        schema, values = obj(["a"], a=schema), {"a": values}
    expected = {} if value == "ab" else {".".join("a" * 97): TOO_LONG}
    assert validate(step_of(schema), values) == expected


@pytest.mark.parametrize("value", ["ab", "abc"])
def test_alternatives_are_checked_at_every_depth(value: str):
    schema: Schema = obj(a=SHORT)
    values: Any = {"a": value}
    for _ in range(48):
        schema, values = obj(a=OneOfSchema(schemas=[schema, constant(1), TEXT])), {"a": values}
    expected = {} if value == "ab" else {".".join("a" * 49): TOO_LONG}
    assert validate(step_of(schema), values) == expected


@pytest.mark.parametrize(
    "wrap",
    [
        lambda inner: OneOfSchema(schemas=[inner, IntegerSchema()]),
        lambda inner: AllOfSchema(schemas=[inner]),
        lambda inner: ArraySchema.Tuple(items=[inner]),
        items,
    ],
    ids=["one-of", "all-of", "tuple", "list"],
)
def test_other_containers_are_checked_at_every_depth(wrap: Any):
    schema: Schema = SHORT
    good: Any = "ab"
    bad: Any = "abc"
    path = "field"
    for _ in range(96):
        schema = wrap(schema)
        if not isinstance(schema, (OneOfSchema, AllOfSchema)):
            good, bad, path = [good], [bad], path + "[0]"
    assert validate(step_of(field=schema), {"field": good}) == {}
    assert validate(step_of(field=schema), {"field": bad}) == {path: TOO_LONG}


def test_at_most_1000_messages_are_returned():
    assert len(validate(step_of(a=items(TEXT)), {"a": [1] * 5_000})) == 1_000
    alternatives = OneOfSchema(schemas=[items(TEXT), BooleanSchema()])
    assert len(validate(step_of(a=alternatives), {"a": [1] * 5_000})) == 1_000
    # Not more are collected for each alternative, which needs memory.
    assert len(list(FullCheck().broken_rules(alternatives, [1] * 5_000, ("a",)))) == 1_000
