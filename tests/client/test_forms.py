"""What a client shows and submits, in the words of the documentation, with the line that they come from.

The numbers are lines of a description of clients; the other sources are pages of the API documentation.
"""

from __future__ import annotations

from typing import Any

import pytest

from stepdsl import server
from stepdsl.testing import FlowClient
from tests.client.support import BUTTON, TEXT, Row, Table, form, raw, start, step

behaviour = Table()


def submitted(first: Any, values: Any = None) -> Any:
    """Return what a step submits."""
    session, app = start(first)
    session.fill(values or {}).press("Go")
    session.expect_exit()
    return app.sent[-1]


@behaviour("2.4", "The model fills the schemas at load; whatever fits no schema is ignored.")
def _() -> None:
    assert submitted(form({"a": TEXT}, model={"a": "x", "b": "y"})) == {"a": "x"}


@behaviour("2.4b", "Parts of the model that do not fit the schema are dropped.")
def _() -> None:
    properties = {"a": TEXT, "b": {"type": "integer"}, "c": {"type": "object", "properties": {}, "displayOrder": []}}
    assert submitted(form(properties, model={"a": 1, "b": "x", "c": [1]})) == {"c": {}}


@behaviour("2.4b", "For a one-of, the model selects the option.")
def _() -> None:
    options = {"oneOf": [{"title": "A", "const": "a"}, {"title": "B", "const": "b"}], "default": "a"}
    assert submitted(form({"x": options}, model={"x": "b"})) == {"x": "b"}


@behaviour("2.4b", "For a one-of without a match in the model, the default is selected.")
def _() -> None:
    options = {"oneOf": [{"title": "A", "const": "a"}, {"title": "B", "const": "b"}], "default": "a"}
    assert submitted(form({"x": options}, model={"x": "c"})) == {"x": "a"}


@behaviour("2.4b", "For a one-of without a match and a default, nothing is selected.")
def _() -> None:
    assert submitted(form({"x": {"oneOf": [{"title": "A", "const": "a"}]}})) == {}


@behaviour("2.5", "A value of the model beats the default of a schema.")
def _() -> None:
    assert submitted(form({"a": {**TEXT, "default": "d"}, "b": {**TEXT, "default": "d"}}, model={"a": "m"})) == {
        "a": "m",
        "b": "d",
    }


IBAN = {"type": "object", "title": "IBAN", "properties": {"kind": {"const": "iban"}, "iban": TEXT}}
SORT = {"type": "object", "title": "Sort code", "properties": {"kind": {"const": "sort"}, "code": TEXT}}
for _one in (IBAN, SORT):
    _one["displayOrder"] = ["kind", *list(_one["properties"])[1:]]  # type: ignore[call-overload]
OTHER = {"type": "object", "properties": {"other": TEXT}, "displayOrder": ["other"]}
ACCOUNT = {"title": "Account", "oneOf": [IBAN, SORT]}


@behaviour("OneOfSchema, legacy", "A constant of an alternative that equals counts 2; the most points win.")
def _() -> None:
    first = form({"account": ACCOUNT}, model={"account": {"kind": "sort", "iban": "x", "code": "1"}})
    assert submitted(first) == {"account": {"kind": "sort", "code": "1"}}


@behaviour("OneOfSchema, legacy", "Another property of an alternative that is present counts 1.")
def _() -> None:
    assert submitted(form({"account": ACCOUNT}, model={"account": {"iban": "x"}})) == {
        "account": {"kind": "iban", "iban": "x"}
    }


@behaviour("OneOfSchema, legacy", "If all alternatives have equal points, nothing is selected.")
def _() -> None:
    assert submitted(form({"account": ACCOUNT}, model={"account": {}})) == {}


@behaviour("2.7", "A hidden schema is not shown, and is still submitted.")
def _() -> None:
    session, app = start(form({"a": {**TEXT, "hidden": True}}, model={"a": "x"}))
    session.expect_field("a", shown=False, value="x").press("Go")
    assert app.sent == [{"a": "x"}]


@behaviour("2.7", "A disabled schema is shown, takes no input, and is still submitted.")
def _() -> None:
    session, app = start(form({"a": {**TEXT, "disabled": True}}, model={"a": "x"}))
    session.expect_field("a", enabled=False).fill("a", "x").press("Go")
    assert app.sent == [{"a": "x"}]


@behaviour("2.1", "A schema is on the screen only if a form layout refers to it.")
def _() -> None:
    second = {"type": "object", "$id": "#other", "properties": {"b": TEXT}, "displayOrder": ["b"]}
    first = form({"a": TEXT})
    session, _ = start({**first, "schemas": [*first["schemas"], second], "model": {"b": "x"}})
    session.expect_field("a").expect_field("b", shown=False)


@behaviour("2.2", "`footer` is a second list of layouts.")
def _() -> None:
    start(step(layout=[{"type": "divider"}], footer=[BUTTON]))[0].press("Go").expect_exit()


@behaviour("2.6", "The errors of a step are shown when it loads.")
def _() -> None:
    first = form({"a": TEXT}, errors={"error": "Sorry.", "validation": {"a": "Wrong."}})
    start(first)[0].expect_error("a", contains="Wrong.").expect_error(contains="Sorry.")


@behaviour("1.7", "What must survive is sent back in a hidden or unreferenced schema.")
def _() -> None:
    unreferenced = {"type": "object", "properties": {"id": TEXT}, "displayOrder": ["id"]}
    assert submitted(step(schemas=[unreferenced], model={"id": "7"})) == {"id": "7"}


@behaviour("3.2", "The payload is the values of all root schemas merged; the later one wins.")
def _() -> None:
    roots = [
        {"type": "object", "properties": {"a": {"const": 1}, "b": {"const": 1}}, "displayOrder": []},
        {"type": "object", "properties": {"b": {"const": 2}}, "displayOrder": []},
    ]
    assert submitted(step(schemas=roots)) == {"a": 1, "b": 2}


@behaviour("3.3", "`action.data` is merged with the data of the step; on a clash it wins.")
def _() -> None:
    button = {"type": "button", "title": "Go", "action": {"url": "/go", "data": {"a": 2, "c": True}}}
    first = form({"a": TEXT}, model={"a": "1"})
    assert submitted({**first, "layout": [button]}) == {"a": 2, "c": True}


@behaviour("StringSchema", "Without input, a string submits null: the object holds only what is not null.")
def _() -> None:
    assert submitted(form({"a": TEXT}), {"a": ""}) == {}


@behaviour("NumberSchema, IntegerSchema", "Without input, a number submits null.")
def _() -> None:
    assert submitted(form({"a": {"type": "number"}, "b": {"type": "integer"}})) == {}


@behaviour("BooleanSchema", "The value of a boolean is always true or false; false when untouched.")
def _() -> None:
    properties = {name: {"type": "boolean"} for name in "abc"} | {"d": {"type": "boolean", "default": True}}
    assert submitted(form(properties), {"b": True, "c": None}) == {"a": False, "b": True, "c": False, "d": True}


@behaviour("ObjectSchema", "All values null gives an empty object.")
def _() -> None:
    inner = {"type": "object", "properties": {"a": TEXT}, "displayOrder": ["a"]}
    assert submitted(form({"x": inner})) == {"x": {}}


@behaviour("ArraySchema.List", "Without items, a list submits an empty array.")
def _() -> None:
    many = {"type": "array", "items": TEXT, "addItemTitle": "Add", "editItemTitle": "Edit"}
    assert submitted(form({"x": many})) == {"x": []}


@behaviour("ArraySchema.Tuple", "A tuple has one value per schema.")
def _() -> None:
    assert submitted(form({"x": {"type": "array", "items": [TEXT, TEXT]}}), {"x": ["a"]}) == {"x": ["a", None]}


@behaviour("AllOfSchema", "The values of the children are merged from first to last.")
def _() -> None:
    parts = [{"type": "object", "properties": {name: TEXT}, "displayOrder": [name]} for name in "ab"]
    assert submitted(form({"x": {"allOf": parts}}), {"x": {"a": "1", "b": "2"}}) == {"x": {"a": "1", "b": "2"}}


@behaviour("ConstSchema", "A constant submits its value.")
def _() -> None:
    assert submitted(form({"x": {"const": {"a": [1]}}})) == {"x": {"a": [1]}}


@behaviour("OneOfSchema", "A one-of submits the value of the chosen child.")
def _() -> None:
    session, app = start(form({"account": ACCOUNT}))
    session.choose("Sort code", at="account").fill({"account": {"code": "0"}}).fill("account.code", "1").press("Go")
    assert app.sent == [{"account": {"kind": "sort", "code": "1"}}]


@behaviour("ObjectSchema", "displayOrder names every property that is shown.")
def _() -> None:
    session, _ = start(form({"a": TEXT, "b": TEXT}, schema={"displayOrder": ["a"]}))
    session.expect_field("a").expect_field("b", shown=False)


@behaviour("3.5", "Validation runs before submission; an invalid form is not sent, and shows messages.")
def _() -> None:
    session, app = start(form({"a": {**TEXT, "minLength": 3}}, schema={"required": ["a"]}))
    session.press("Go").expect_error("a", contains="Fill in this field.")
    session.fill("a", "x").press("Go").expect_error("a", contains="Enter at least 3 characters.")
    assert app.sent == []


@behaviour("StringSchema", "validationMessages has the message of a keyword that fails.")
def _() -> None:
    session, _ = start(form({"a": {**TEXT, "pattern": "^x", "validationMessages": {"pattern": "Begin with x."}}}))
    session.fill("a", "y").press("Go").expect_error("a", contains="Begin with x.")


@behaviour("3.5", "skipValidation suppresses the validation.")
def _() -> None:
    button = {"type": "button", "title": "Go", "action": {"url": "/go", "skipValidation": True}}
    first = form({"a": TEXT}, schema={"required": ["a"]}, layout=[button, {"type": "form", "schemaId": "#form"}])
    assert submitted(first) == {}


@behaviour("3.5", "An action with GET is sent although the form is invalid.")
def _() -> None:
    button = {"type": "button", "title": "Go", "action": {"url": "/go", "method": "GET"}}
    first = form({"a": TEXT}, schema={"required": ["a"]}, layout=[button, {"type": "form", "schemaId": "#form"}])
    session, app = start(first)
    session.press("Go").expect_exit()
    assert app.requests[-1].method == "GET"


@behaviour("6.4", "The error of a field goes away when it is edited.")
def _() -> None:
    session, _ = start(form({"a": TEXT, "b": TEXT}, schema={"required": ["a", "b"]}))
    session.press("Go").fill("a", "x")
    assert session.errors.fields == {"b": "Fill in this field."}


@behaviour("OneOfSchema", "A value that is no option is refused.")
def _() -> None:
    session, app = start(form({"x": {"oneOf": [{"title": "A", "const": "a"}]}}))
    session.fill("x", "b").press("Go").expect_error("x", contains="Choose one of the options.")
    assert app.sent == []


@behaviour("IntegerSchema", "A value of another type is refused.")
def _() -> None:
    session, _ = start(form({"x": {"type": "integer"}}))
    session.fill("x", "b").press("Go").expect_error("x", contains="Enter a whole number.")


@behaviour("OneOfSchema", "The chosen alternative is validated, not the others.")
def _() -> None:
    required = {**ACCOUNT, "oneOf": [{**IBAN, "required": ["iban"]}, {**SORT, "required": ["code"]}]}
    session, _ = start(form({"account": required}))
    session.choose("IBAN", at="account").press("Go")
    assert session.errors.fields == {"account.iban": "Fill in this field."}
    session.choose("Sort code", at="account").press("Go")
    assert session.errors.fields == {"account.code": "Fill in this field."}


@behaviour("OneOfSchema", "In a list, too, the alternatives that are not chosen are not validated.")
def _() -> None:
    part = {"type": "object", "displayOrder": ["kind", "n"]}
    short = {**part, "title": "A", "properties": {"kind": TEXT, "n": {**TEXT, "minLength": 3}}}
    other = {**part, "title": "B", "properties": {"kind": {"const": "b"}, "n": TEXT, "m": TEXT}, "required": ["m"]}
    one_of = {"oneOf": [short, other]}
    items = {"type": "array", "items": one_of, "addItemTitle": "Add", "editItemTitle": "Edit", "minItems": 2}
    session, _ = start(form({"l": items}))
    session.add_item("l").choose("A", at="l[0]").fill({"l[0].n": "x", "l[0].kind": "b"}).press("Go")
    assert session.errors.fields == {"l[0].n": "Enter at least 3 characters."}
    session.fill("l[0].n", "xxx").press("Go")
    assert session.errors.fields == {"l": "Add at least 2 items."}


def object_of(properties: Any, **parts: Any) -> Any:
    return {"type": "object", "properties": properties, "displayOrder": list(properties), **parts}


PARTS = {
    "allOf": [
        object_of({"name": TEXT}),
        {"oneOf": [object_of({"kind": {"const": kind}, "n": TEXT}, title=kind) for kind in ("a", "b")]},
    ]
}
"""An all-of with a part in which the user chooses."""


@behaviour("AllOfSchema", "A part of an all-of can be a choice.")
def _() -> None:
    session, _ = start(form({"x": PARTS}))
    session.choose("b", at="x").expect_field("x", choices=["a", "b"])
    assert session.values == {"x": {"kind": "b"}}
    assert session.fill("x.n", "1").choose("a", at="x").values == {"x": {"kind": "a"}}
    session, _ = start(form({"l": {"type": "array", "items": PARTS, "addItemTitle": "Add", "editItemTitle": "Edit"}}))
    assert session.add_item("l").choose("a", at="l[0]").fill("l[0].n", "1").values == {"l": [{"kind": "a", "n": "1"}]}


@behaviour("AllOfSchema", "An object selects the alternatives of its parts by its properties.")
def _() -> None:
    session, _ = start(form({"x": PARTS}))
    assert session.fill("x", {"n": "1", "kind": "b", "name": "Ada"}).values == {
        "x": {"kind": "b", "n": "1", "name": "Ada"}
    }
    session.fill("x.kind", "a").expect_field("x.n", value=None)
    root = {**form({}), "schemas": [{**PARTS, "$id": "#form"}]}
    for values in ({"n": "1", "kind": "b"}, {"kind": "b", "n": "1"}, {"#form": {"n": "1", "kind": "b"}}):
        session, _ = start(root)
        assert session.fill(values).values == {"kind": "b", "n": "1"}
    session.choose("a", at="#form").fill("n", "2").press("Go")


@behaviour("OneOfSchema", "An object selects an alternative among texts and values with a token.")
def _() -> None:
    stored = {"url": "/keep", "param": "p", "idProperty": "id", "method": "POST"}
    token = {"type": "string", "title": "B", "persistAsync": {**stored, "schema": object_of({"m": TEXT})}}
    alternatives = [TEXT, token, object_of({"n": TEXT}, title="C")]
    first = form({"x": {"allOf": [object_of({"name": TEXT}), {"oneOf": alternatives}]}})
    routes = {"/keep": server.persisted("id", {"kept": 1})}
    session, _ = start(first, routes)
    assert session.fill("x", {"name": "Ada", "n": "1"}).values == {"x": {"name": "Ada", "n": "1"}}
    session, _ = start(first, routes)
    assert session.fill("x", {"name": "Ada", "m": "1"}).values == {"x": {"name": "Ada", "kept": 1}}


@behaviour("OneOfSchema", "A choice that the user cannot change stays as it is.")
def _() -> None:
    kinds = [object_of({"kind": {"const": kind}, name: TEXT}, title=kind) for kind, name in (("a", "n"), ("b", "m"))]
    forms = [{"type": "form", "schemaId": "#form"}, {"type": "form", "schemaId": "#fixed"}]
    for property_ in ("hidden", "disabled"):
        schemas = [{**object_of({"m": TEXT}), "$id": "#form"}, {"oneOf": kinds, "$id": "#fixed", property_: True}]
        session, _ = start({**form({}), "layout": [*forms, BUTTON], "schemas": schemas, "model": {"kind": "a"}})
        assert session.fill({"m": "1"}).values == {"m": "1", "kind": "a"}


@behaviour("AllOfSchema", "Of a field that several parts have, the one on the screen takes the input.")
def _() -> None:
    hidden = object_of({"n": {**TEXT, "hidden": True}})
    session, _ = start(form({"x": {"allOf": [object_of({"n": TEXT}), hidden]}}))
    assert session.fill("x.n", "1").values == {"x": {"n": "1"}}
    other = {"oneOf": [object_of({"kind": {"const": kind}, "n": TEXT}, title=kind) for kind in ("a", "b")]}
    del other["oneOf"][1]["properties"]["n"], other["oneOf"][1]["displayOrder"][1:]
    session, _ = start(form({"x": {"allOf": [object_of({"n": TEXT}), other]}}, model={"x": {"kind": "b"}}))
    assert session.fill("x.n", "1").values == {"x": {"n": "1", "kind": "b"}}
    parts = [object_of({"a": object_of({name: TEXT})}) for name in ("p", "q")]
    session, _ = start(form({"x": {"allOf": parts}}))
    session.fill("x.a.p", "1").expect_field("x.a.p", value="1")


@behaviour("OneOfSchema", "An alternative can be a choice itself.")
def _() -> None:
    def kind(name: str) -> Any:
        return object_of({"kind": {"const": name}, "n": TEXT}, title=name)

    session, _ = start(
        form({"x": {"oneOf": [{"title": "person", "oneOf": [kind("adult"), kind("child")]}, kind("firm")]}})
    )
    assert session.choose("firm", at="x").values == {"x": {"kind": "firm"}}
    assert session.choose("person", at="x").choose("child", at="x").values == {"x": {"kind": "child"}}
    assert session.fill("x", {"kind": "adult", "n": "1"}).values == {"x": {"kind": "adult", "n": "1"}}


@behaviour("ArraySchema.List", "minItems and the items are validated.")
def _() -> None:
    many = {"type": "array", "items": {**TEXT, "minLength": 2}, "addItemTitle": "Add", "editItemTitle": "Edit"}
    session, app = start(form({"x": {**many, "minItems": 1}}))
    session.press("Go").expect_error("x", contains="Add at least 1 item.")
    session.add_item("x").fill("x[0]", "a").press("Go").expect_error("x[0]", contains="Enter at least 2 characters.")
    session.add_item("x").fill("x[1]", "bb").remove_item("x", 0).press("Go")
    assert app.sent == [{"x": ["bb"]}]


@behaviour("ArraySchema.List", "A list of objects is filled item by item.")
def _() -> None:
    person = {"type": "object", "properties": {"name": TEXT, "tags": {"allOf": []}}, "displayOrder": ["name"]}
    many = {"type": "array", "items": person, "addItemTitle": "Add", "editItemTitle": "Edit"}
    first = form({"x": many}, model={"x": [{"name": "a"}, {"name": "b"}, {"name": "c"}]})
    session, app = start(first)
    session.fill({"x": [{"name": "A"}, {}]}).add_item("x").press("Go")
    assert app.sent == [{"x": [{"name": "A"}, {"name": "b"}, {}]}]


@behaviour("FormLayout", "Two root schemas with one property name are addressed by their $id.")
def _() -> None:
    roots = [
        {"type": "object", "$id": name, "properties": {"a": TEXT}, "displayOrder": ["a"]} for name in ("#one", "#two")
    ]
    forms = [{"type": "form", "schemaId": name} for name in ("#one", "#two")]
    session, app = start(step(schemas=roots, layout=[*forms, BUTTON]))
    session.fill({"#one.a": "1"}).press("Go")
    assert app.sent == [{"a": "1"}]
    session, app = start(step(schemas=roots, layout=[*forms, BUTTON]))
    session.fill({"#two": {"a": "2"}}).fill("#one.a", "1").expect_field("#one.a", value="1").press("Go")
    assert app.sent == [{"a": "2"}]


@behaviour("FormLayout", "The $id of a root schema can have any characters; the longest one that fits is taken.")
def _() -> None:
    ids = ("form.a", "form", "https://a.example/form[1]#", "a", "it's")
    roots = [{"type": "object", "$id": one, "properties": {"a": TEXT, "n": TEXT}, "displayOrder": ["n"]} for one in ids]
    forms = [{"type": "form", "schemaId": one} for one in ids]
    session, _ = start(step(schemas=roots, layout=[*forms, BUTTON]))
    for one in ids:
        if one != "a":  # a property with this name is taken first
            session.fill(f"{one}.n", one).expect_field(f"{one}.n", value=one)
    session.fill("form.a", {"n": "2"}).expect_field("form.a.n", value="2").expect_field("form.n", value="form")


def two_forms(one: Any, other: Any) -> dict[str, Any]:
    """Return a step with two forms, `#one` and `#two`, that have a property `n`. It is required in the first one."""
    roots = [
        {"type": "object", "$id": name, "properties": {"n": schema}, "displayOrder": ["n"], "required": required}
        for name, schema, required in (("#one", one, ["n"]), ("#two", other, []))
    ]
    forms = [{"type": "form", "schemaId": name} for name in ("#one", "#two")]
    return {"id": "first", "title": "First", "schemas": roots, "layout": [*forms, BUTTON]}


@behaviour("3.5", "Each form is validated with its own values, in any order of the root schemas.")
def _() -> None:
    first = two_forms({**TEXT, "minLength": 3}, TEXT)
    for schemas in (first["schemas"], first["schemas"][::-1]):
        session, app = start({**first, "schemas": schemas})
        session.press("Go")
        assert session.errors.fields == {"#one.n": "Fill in this field."}
        session.fill("#two.n", "b").press("Go")
        assert session.errors.fields == {"#one.n": "Fill in this field."}
        session.fill("#one.n", "a").press("Go")
        assert session.errors.fields == {"#one.n": "Enter at least 3 characters."}
        assert app.sent == []
        session.fill("#one.n", "abc").press("Go").expect_exit()


@behaviour("3.5", "If several forms have a property, each one has its own message, under its $id.")
def _() -> None:
    first = two_forms({**TEXT, "minLength": 3}, {**TEXT, "minLength": 4})
    session, _ = start(first, {"/go": server.error("No.", {"n": "Taken."})})
    session.fill({"#one.n": "a", "#two.n": "b"}).press("Go")
    messages = {"#one.n": "Enter at least 3 characters.", "#two.n": "Enter at least 4 characters."}
    assert session.errors.fields == messages
    session.expect_error("#one.n", contains="3").expect_field("#two.n", error=messages["#two.n"])
    assert session.fill("#two.n", "bbbb").errors.fields == {"#one.n": messages["#one.n"]}
    with pytest.raises(
        AssertionError, match=r"^expected an error at '#two\.n', got 'Enter at least 3 characters\.' at #one\.n\n"
    ):
        session.expect_error("#two.n")
    with pytest.raises(
        AssertionError, match=r"at #one\.n; several root schemas have 'n'; write one of #one\.n, #two\.n\n"
    ):
        session.expect_error("n")
    session.fill("#one.n", "aaa").press("Go")
    assert session.errors.fields == {"n": "Taken."}
    session.expect_error("#one.n", contains="Taken.").expect_error("#two.n", contains="Taken.")


@behaviour("11.3", "Messages before the submission are under the $id of their form, too, and move with their items.")
def _() -> None:
    stored = {"url": "/keep", "param": "p", "idProperty": "id", "method": "POST", "schema": TEXT}
    checked = {**TEXT, "validationAsync": {"url": "/check", "param": "p", "method": "POST"}}
    many = {"type": "array", "addItemTitle": "Add", "editItemTitle": "Edit"}
    first = two_forms({**many, "items": {"type": "string", "persistAsync": stored}}, {**many, "items": checked})
    routes = {"/keep": server.error("Not kept."), "/check": lambda request: server.invalid(request.json["p"])}
    session, _ = start(first, routes)
    session.fill("#one.n", ["1"]).fill("#two.n", ["2", "3"])
    assert session.errors.fields == {"#one.n[0]": "Not kept.", "#two.n[0]": "2", "#two.n[1]": "3"}
    session.remove_item("#two.n", 0)
    assert session.errors.fields == {"#one.n[0]": "Not kept.", "#two.n[0]": "3"}
    session.press("Go")
    assert session.errors.fields == {"#one.n[0]": "Not kept.", "#two.n[0]": "3"}
    routes["/check"] = lambda request: raw({"message": "Fine."})
    session, _ = start(first, routes)
    assert session.fill("#two.n", ["4"]).feedback == {"#two.n[0]": "Fine."}


@behaviour("OneOfSchema", "The chosen alternatives of the items of a list are validated, and the list is.")
def _() -> None:
    required = {"oneOf": [{**IBAN, "required": ["iban"]}, {**SORT, "required": ["code"]}]}
    many = {"type": "array", "items": required, "maxItems": 2, "addItemTitle": "Add", "editItemTitle": "Edit"}
    session, _ = start(form({"l": many}))
    session.add_item("l").add_item("l").choose("IBAN", at="l[0]").choose("Sort code", at="l[1]").press("Go")
    assert session.errors.fields == {"l[0].iban": "Fill in this field.", "l[1].code": "Fill in this field."}
    session.fill({"l[0].iban": "1", "l[1].code": "2"}).add_item("l").press("Go")
    assert session.errors.fields == {"l": "Add at most 2 items."}


@behaviour("Upload", "A string of the format base64url submits the content of a file.")
def _() -> None:
    session, app = start(form({"x": {"type": "string", "format": "base64url", "accepts": ["image/*"]}}))
    session.upload("x", b"abc", content_type="text/plain").press("Go").expect_error("x", contains="image/*")
    session.upload("x", b"abc", content_type="image/png").press("Go").expect_exit()
    assert app.sent == [{"x": "data:image/png;base64,YWJj"}]


@behaviour("Schema", "A schema of an unknown type submits the value of the model, and takes any value.")
def _() -> None:
    assert submitted(form({"x": {"type": "colour"}, "y": {"type": "colour"}}, model={"x": {"r": 1}}), {"y": [2]}) == {
        "x": {"r": 1},
        "y": [2],
    }


@behaviour("OneOfSchema", "An alternative of an unknown type is chosen by its title.")
def _() -> None:
    session, app = start(form({"x": {"oneOf": [{"title": "A", "const": "a"}, {"type": "colour", "title": "Other"}]}}))
    session.choose("Other", at="x").fill("x", [2]).press("Go")
    assert app.sent == [{"x": [2]}]


@behaviour("ObjectSchema", "null empties the fields of an object that the user can change.")
def _() -> None:
    fields = {"a": TEXT, "b": {**TEXT, "hidden": True}, "c": {"const": 1}}
    inner = {"type": "object", "properties": fields, "displayOrder": list(fields)}
    items = {"type": "array", "items": TEXT, "addItemTitle": "Add", "editItemTitle": "Edit"}
    more = {"l": items, "t": {"type": "array", "items": [TEXT]}, "m": {"allOf": [inner]}}
    model = {"x": {"a": "1", "b": "2"}, "l": ["1"], "t": ["1"], "m": {"a": "1"}}
    first = form({"x": inner, **more}, model=model)
    assert submitted(first, {"x": None, "l": None, "t": None, "m": None}) == {
        "x": {"b": "2", "c": 1},
        "l": [],
        "t": [None],
        "m": {"c": 1},
    }


@behaviour("OneOfSchema", "A one-of of other types takes the value that fits one of them.")
def _() -> None:
    assert submitted(form({"x": {"oneOf": [{"type": "integer"}, TEXT]}, "y": ACCOUNT}), {"x": "a", "y": None}) == {
        "x": "a"
    }


@behaviour("OneOfSchema", "A model that is an object selects the default alternative with its values.")
def _() -> None:
    first = form({"account": {**ACCOUNT, "default": {"kind": "sort", "code": "9"}}})
    assert submitted(first) == {"account": {"kind": "sort", "code": "9"}}


@behaviour("3.2", "The values of a step are those of its objects only.")
def _() -> None:
    assert submitted(step(schemas=[{"type": "string", "$id": "#x"}], model="a")) == {}


@behaviour("OneOfSchema", "To fill a field of another alternative, the user chooses it.")
def _() -> None:
    session, app = start(form({"account": ACCOUNT}, model={"account": {"kind": "iban", "iban": "1"}}))
    session.expect_field("account.code", shown=False).expect_field("account.iban", shown=True)
    session.fill("account.code", "2").expect_field("account.iban", shown=False).press("Go")
    assert app.sent == [{"account": {"kind": "sort", "code": "2"}}]


@behaviour("OneOfSchema", "A root schema that is a one-of is addressed by its $id.")
def _() -> None:
    root = {**ACCOUNT, "$id": "#account"}
    first = step(schemas=[root], layout=[{"type": "form", "schemaId": "#account"}, BUTTON])
    assert submitted(first, {"#account": {"code": "1"}}) == {"kind": "sort", "code": "1"}
    session, app = start(first)
    session.choose("IBAN", at="#account").fill("iban", "2").fill("#account.iban", "3").press("Go")
    assert app.sent == [{"kind": "iban", "iban": "3"}]


@behaviour("3.5", "A full list takes another item, and a choice another value; the submission is refused.")
def _() -> None:
    many = {"type": "array", "items": TEXT, "addItemTitle": "Add", "editItemTitle": "Edit", "maxItems": 1}
    choice = {"title": "Choice", "oneOf": [{"title": "One", "const": 1}, {"title": "Two", "const": 2}]}
    session, app = start(form({"many": many, "choice": choice}, model={"many": ["a"]}))
    session.add_item("many").fill("choice", 3)
    assert not session.errors
    session.press("Go")
    assert session.errors.fields == {"many": "Add at most 1 item.", "choice": "Choose one of the options."}
    assert app.sent == []


@behaviour("2.4", "The values before a path without a field are entered.")
def _() -> None:
    session, _ = start(form({"a": TEXT, "b": TEXT}))
    with pytest.raises(AssertionError, match=r"^fill: there is no field 'c'"):
        session.fill({"a": "1", "c": "2", "b": "3"})
    assert session.values == {"a": "1"}


@behaviour("OneOfSchema", "An object chooses the alternative that has its properties, at any depth.")
def _() -> None:
    nested = {"oneOf": [{"title": "Own", **ACCOUNT}, {"allOf": [OTHER]}, TEXT]}
    assert submitted(form({"x": nested}), {"x": {"code": "1"}}) == {"x": {"kind": "sort", "code": "1"}}
    assert submitted(form({"x": nested}), {"x": {"other": "1"}}) == {"x": {"other": "1"}}


@behaviour("OneOfSchema", "A constant can be an object.")
def _() -> None:
    options = {"oneOf": [{"title": "A", "const": {"a": 1}}, {"title": "B", "const": {"b": 1}}]}
    assert submitted(form({"x": options}), {"x": {"b": 1}}) == {"x": {"b": 1}}


@behaviour("OneOfSchema", "An object that fits the alternatives unequally chooses the best one.")
def _() -> None:
    one = {"type": "object", "properties": {"kind": {"const": "a"}, "n": TEXT}, "displayOrder": ["n"]}
    other = {"type": "object", "properties": {"kind": {"const": "b"}, "n": TEXT}, "displayOrder": ["n"]}
    assert submitted(form({"x": {"oneOf": [one, other]}}), {"x": {"kind": "b", "n": "1"}}) == {
        "x": {"kind": "b", "n": "1"}
    }


@behaviour("AllOfSchema", "A part without a value adds nothing.")
def _() -> None:
    parts = [{"type": "object", "properties": {"a": TEXT}, "displayOrder": ["a"]}, {"oneOf": [OTHER]}]
    assert submitted(form({"x": {"allOf": parts}}), {"x": {"a": "1"}}) == {"x": {"a": "1"}}


@behaviour("ArraySchema.Tuple", "The chosen alternatives in a tuple and in an all-of are validated.")
def _() -> None:
    required = {"oneOf": [{**IBAN, "required": ["iban"]}, {**SORT, "required": ["code"]}]}
    whole = {"type": "object", "properties": {"c": required}, "displayOrder": ["c"]}
    session, _ = start(form({"t": {"type": "array", "items": [required]}, "m": {"allOf": [whole]}}))
    session.choose("IBAN", at="t[0]").choose("Sort code", at="m.c").press("Go")
    assert session.errors.fields == {"t[0].iban": "Fill in this field.", "m.c.code": "Fill in this field."}


@behaviour("1.3", "A step that is given to the client behaves as one that was received.")
def _() -> None:
    first = step(errors={"error": "Sorry."}, external={"url": "https://a.example/"})
    session = FlowClient(lambda environ, started: []).start(first)
    session.expect_step(id="first").expect_error(contains="Sorry.")
    assert session.opened == ("https://a.example/",)


@behaviour(
    "2.5", "A model that selects no alternative beats the default: the default selects one, and what fits is kept."
)
def _() -> None:
    kinds = [
        {"type": "object", "title": kind, "properties": {"kind": {"const": kind}, "a": TEXT, "b": TEXT}}
        for kind in ("one", "two")
    ]
    options = {
        "oneOf": [{**kind, "displayOrder": ["a", "b"]} for kind in kinds],
        "default": {"kind": "two", "a": "default", "b": "default"},
    }
    session, _ = start(form({"x": options}, model={"x": {"a": "mine", "b": None, "c": "?"}}))
    assert session.values == {"x": {"kind": "two", "a": "mine", "b": "default"}}
    assert session.choose("one", at="x").values == {"x": {"kind": "one", "a": "mine"}}


@behaviour("2.5", "Of other types, too, the model is kept if the alternative that the default selects takes it.")
def _() -> None:
    options = {"oneOf": [{"type": "integer"}, {"type": "number"}], "default": 1.5}
    assert submitted(form({"x": options}, model={"x": 2})) == {"x": 2}
    assert submitted(form({"x": options}, model={"x": "2"})) == {"x": 1.5}


@behaviour("ArraySchema.Tuple", "null empties the items of a tuple that the user can change.")
def _() -> None:
    items = [{"const": 1}, TEXT, {**TEXT, "hidden": True}]
    first = form({"x": {"type": "array", "items": items}}, model={"x": [1, "a", "b"]})
    assert submitted(first, {"x": None}) == {"x": [1, None, "b"]}


@behaviour("6.4", "With a field, the errors of the objects and lists that it is in go away, and so do those in it.")
def _() -> None:
    inner = {"type": "object", "properties": {"a": TEXT, "b": TEXT}, "displayOrder": ["a", "b"]}
    for messages, edit, left in (
        ({"x": "Wrong."}, {"x.a": "1"}, {}),
        ({"x": {"a": "Wrong.", "b": "Wrong."}}, {"x.a": "1"}, {"x.b": "Wrong."}),
        ({"x": {"a": "Wrong.", "b": "Wrong."}, "y": "Wrong."}, {"x": None}, {"y": "Wrong."}),
    ):
        answer = server.error("No.", messages)
        session, _ = start(form({"x": inner, "y": TEXT}, model={"x": {"b": "2"}}), {"/go": answer})
        assert session.press("Go").fill(edit).errors.fields == left


@behaviour("6.4", "The errors of other items stay when an item is added or removed, also if their positions change.")
def _() -> None:
    item = {"type": "object", "properties": {"q": TEXT}, "displayOrder": ["q"]}
    first = form(
        {"l": {"type": "array", "items": item, "addItemTitle": "Add", "editItemTitle": "Edit"}},
        model={"l": [{"q": "1"}, {"q": "2"}, {"q": "3"}]},
    )
    errors = {"l": [{"q": "One."}, {"q": "Two."}, {"q": "Three."}]}
    session, _ = start(first, {"/go": server.error("No.", errors)})
    session.press("Go").add_item("l")
    assert session.errors.fields == {"l[0].q": "One.", "l[1].q": "Two.", "l[2].q": "Three."}
    assert session.remove_item("l", 1).errors.fields == {"l[0].q": "One.", "l[1].q": "Three."}
    assert session.fill("l", [{"q": "1"}, {"q": "4"}]).errors.fields == {"l[0].q": "One."}


@behaviour("6.4", "With the choice of a root schema, the errors of its fields go away.")
def _() -> None:
    roots = [{**ACCOUNT, "$id": "#account"}, {"type": "object", "$id": "#b", "properties": {"b": TEXT}}]
    roots[1]["displayOrder"] = ["b"]
    layout = [*({"type": "form", "schemaId": root["$id"]} for root in roots), BUTTON]
    session, _ = start(
        step(schemas=roots, layout=layout), {"/go": server.error("No.", {"iban": "Wrong.", "b": "Wrong."})}
    )
    session.choose("IBAN", at="#account").press("Go").choose("Sort code", at="#account")
    assert session.errors.fields == {"b": "Wrong."}


NUMBERS = {"oneOf": [{**TEXT, "title": "IBAN"}, {**TEXT, "title": "BIC", "minLength": 8}]}


@behaviour("OneOfSchema", "The chosen alternative stays chosen if it takes the value, and its rules apply.")
def _() -> None:
    session, app = start(form({"x": NUMBERS}))
    session.choose("BIC", at="x").fill("x", "DE").press("Go").expect_error("x", contains="Enter at least 8 characters.")
    session.choose("IBAN", at="x").fill("x", "DE").fill("x", "").fill("x", "DE").press("Go")
    assert app.sent == [{"x": "DE"}]


@behaviour("OneOfSchema", "The chosen alternative stays chosen for a value that is a constant of another one.")
def _() -> None:
    other = {"oneOf": [{"title": "Britain", "const": "GB"}, {**TEXT, "title": "Other", "minLength": 3}]}
    session, _ = start(form({"x": other}))
    session.fill("x", "GB").expect_field("x", value="GB").choose("Other", at="x").fill("x", "GB")
    session.press("Go").expect_error("x", contains="Enter at least 3 characters.")


@behaviour("OneOfSchema", "A list or a tuple selects its alternative, as other values do.")
def _() -> None:
    many = {"type": "array", "title": "Many", "items": TEXT, "addItemTitle": "Add", "editItemTitle": "Edit"}
    pair = {"type": "array", "title": "Pair", "items": [TEXT, TEXT]}
    for field in (many, pair):
        options = {"oneOf": [{"title": "None", "const": "none"}, {"title": "Nested", "oneOf": [field]}]}
        assert submitted(form({"x": options}, model={"x": "none"}), {"x": ["a", "b"]}) == {"x": ["a", "b"]}
    session, app = start(form({"x": {"oneOf": [many, {"title": "Own", "oneOf": [TEXT]}]}}))
    session.fill("x", ["a"]).fill("x", "b").fill("x", ["c", "d"]).fill("x[0]", "e").press("Go")
    assert app.sent == [{"x": ["e", "d"]}]


@behaviour("OneOfSchema", "An object with another constant selects another alternative than the chosen one.")
def _() -> None:
    kinds = [
        {"type": "object", "title": kind, "properties": {"kind": {"const": kind}, "n": TEXT}, "displayOrder": ["n"]}
        for kind in ("one", "two", "three")
    ]
    session, app = start(form({"x": {"oneOf": kinds}}))
    session.choose("one", at="x").fill("x", {"n": "1"}).expect_field("x", value={"kind": "one", "n": "1"})
    session.fill("x", {"kind": "two", "n": "2"}).press("Go")
    assert app.sent == [{"x": {"kind": "two", "n": "2"}}]


@behaviour("OneOfSchema", "A chosen alternative of an unknown type takes any value.")
def _() -> None:
    session, app = start(form({"x": {"oneOf": [TEXT, {"type": "colour", "title": "Colour"}]}}))
    session.fill("x", "red").choose("Colour", at="x").fill("x", "blue").fill("x", [1]).press("Go")
    assert app.sent == [{"x": [1]}]


@behaviour("Schema", "The user chooses no alternative that is hidden or disabled.")
def _() -> None:
    options = [
        {**TEXT, "title": "Hidden", "hidden": True},
        {**TEXT, "title": "Disabled", "disabled": True},
        {**TEXT, "title": "Text"},
        {"title": "Disabled", "const": 1},
    ]
    session, app = start(form({"x": {"oneOf": options}}))
    assert session.fill("x", "a").choose("Disabled", at="x").values == {"x": 1}
    session.choose("Text", at="x").press("Go")
    assert app.sent == [{"x": "a"}]


@behaviour("OneOfSchema", "null deselects the alternative; an empty text selects none.")
def _() -> None:
    session, app = start(form({"x": {"oneOf": [{**TEXT, "title": "Text"}]}}))
    session.fill("x", "").expect_field("x", value=None).fill("x", "a").fill("x", None).press("Go")
    assert app.sent == [{}]
    empty = {"oneOf": [{"title": "None", "const": ""}, {**TEXT, "title": "Text"}]}
    session, app = start(form({"x": empty}))
    session.fill("x", "a").expect_field("x", value="a").choose("None", at="x").fill("x", "").press("Go")
    assert app.sent == [{"x": ""}]


@behaviour("AllOfSchema", "A value of a part that is a one-of chooses its alternative.")
def _() -> None:
    options = {"oneOf": [{"title": "A", "const": "a"}, {**TEXT, "title": "Text", "minLength": 2}]}
    session, app = start(form({"x": {"allOf": [options]}, "y": {"oneOf": [{"allOf": [options]}, {"const": 1}]}}))
    session.fill({"x": "b", "y": "c"}).press("Go")
    assert session.errors.fields == dict.fromkeys("xy", "Enter at least 2 characters.")
    session.fill({"x": "bb", "y": "cc"}).press("Go")
    assert app.sent == [{"x": "bb", "y": "cc"}]
    assert submitted(form({"x": {"allOf": [options]}}), {"x": "a"}) == {"x": "a"}


@pytest.mark.parametrize("row", behaviour.rows, ids=str)
def test_a_form_behaves_as_documented(row: Row) -> None:
    row.check()
