"""The rules for identifiers, forms, objects and choices."""

from __future__ import annotations

from typing import Any

from stepdsl import ObjectSchema, Step, StringSchema, check
from tests.checking.support import Row, cases, check_lines, field, form

STRING = {"type": "string"}
HIDDEN = {"type": "object", "$id": "#rest", "hidden": True, "displayOrder": [], "properties": {}}


def blob(**schema: Any) -> dict[str, Any]:
    """Return a string schema with a persistAsync that uploads a file."""
    return {
        "type": "string",
        "persistAsync": {"idProperty": "id", "method": "POST", "param": "file", "schema": schema, "url": "/files"},
    }


IDENTIFIERS: dict[str, Row] = {
    "no id": (
        {"id": None},
        ["warning: the step has no id [missing-id] — give it one, the same whenever this screen is sent"],
    ),
    "no title": (
        {"title": None},
        ["warning: the step has no title [missing-title] — give it one, an empty one if none is to be shown"],
    ),
    "both empty": ({"id": "", "title": ""}, []),
    "two roots": (
        {
            **field(type="string"),
            "schemas": [{"$id": "#it", **STRING}, {**HIDDEN, "$id": "#it"}, {**HIDDEN, "$id": "#it"}],
        },
        [
            "error: schemas[1].$id: schemas[0] has the $id '#it' as well [duplicate-id] — give each "
            "schema an $id of its own; analyticsId need not be unique",
            "error: schemas[2].$id: schemas[0] has the $id '#it' as well [duplicate-id] — give each "
            "schema an $id of its own; analyticsId need not be unique",
        ],
    ),
    "a root and a nested one": (
        form({"a": {**STRING, "$id": "#it"}}),
        [
            "error: schemas[0].properties.a.$id: schemas[0] has the $id '#it' as well [duplicate-id] — "
            "give each schema an $id of its own; analyticsId need not be unique"
        ],
    ),
    "in alternatives": (
        field(oneOf=[{"$id": "#a", "const": 1}, {"$id": "#a", "const": 2}, {"$id": "#b", "const": 3}]),
        [
            "error: schemas[0].oneOf[1].$id: schemas[0].oneOf[0] has the $id '#a' as well [duplicate-id] "
            "— give each schema an $id of its own; analyticsId need not be unique"
        ],
    ),
    "inside a persistAsync": (
        form({"a": blob(type="blob", **{"$id": "#it"})}),
        [
            "error: schemas[0].properties.a.persistAsync.schema.$id: schemas[0] has the $id '#it' as well "
            "[duplicate-id] — give each schema an $id of its own; analyticsId need not be unique"
        ],
    ),
    "analyticsId": (form({"a": {**STRING, "analyticsId": "x"}, "b": {**STRING, "analyticsId": "x"}}), []),
}


@cases(IDENTIFIERS)
def test_missing_and_duplicate_identifiers_are_reported(parts: dict[str, Any], lines: list[str]):
    assert check_lines(parts) == lines


def deep(form_layout: dict[str, Any]) -> dict[str, list[dict[str, Any]]]:
    """Return a step with a form layout inside each kind of component that contains layouts."""
    button = {"type": "button", "title": "More", "behavior": {"type": "modal", "content": [form_layout]}}
    tabs = {"type": "tabs", "items": [{"title": "One", "components": [button]}]}
    columns = {"type": "columns", "left": [], "right": [tabs]}
    modal = {"type": "modal", "trigger": {"title": "Open"}, "content": {"components": [columns]}}
    search = {
        "type": "search",
        "title": "Find",
        "method": "GET",
        "url": "/find",
        "param": "q",
        "initialState": {"type": "layout", "layout": [modal]},
    }
    return {"layout": [{"type": "box", "components": [{"type": "section", "components": [search]}]}]}


REFERENCES: dict[str, Row] = {
    "to a root schema": (field(type="string"), []),
    "to no schema": (
        {**field(type="string"), "schemas": []},
        [
            "error: layout[0].schemaId: no root schema has the $id '#it' [form-without-schema] — refer to "
            "a root schema by its $id"
        ],
    ),
    "misspelt": (
        {"layout": [{"type": "form", "schemaId": "#i"}], "schemas": [{**STRING, "$id": "#it", "hidden": True}]},
        [
            "error: layout[0].schemaId: no root schema has the $id '#i'; did you mean '#it'? "
            "[form-without-schema] — refer to a root schema by its $id"
        ],
    ),
    "nested": (
        {
            **form({"a": {**STRING, "$id": "#a"}}),
            "layout": [{"type": "form", "schemaId": "#it"}, {"type": "form", "schemaId": "#a"}],
        },
        [
            "error: layout[1].schemaId: '#a' is the $id of schemas[0].properties.a, which is no root "
            "schema [form-without-schema] — refer to a root schema; only those can be shown"
        ],
    ),
    "in the footer": (
        {**field(type="string"), "footer": [{"type": "form", "schemaId": "it"}]},
        [
            "error: footer[0].schemaId: no root schema has the $id 'it'; did you mean '#it'? "
            "[form-without-schema] — refer to a root schema by its $id"
        ],
    ),
    "deeply nested": ({**deep({"type": "form", "schemaId": "#it"}), "schemas": [{**STRING, "$id": "#it"}]}, []),
    "deeply nested, to no schema": (
        deep({"type": "form", "schemaId": "#it"}),
        [
            "error: "
            "layout[0].components[0].components[0].initialState.layout[0].content.components[0].right[0"
            "].items[0].components[0].behavior.content[0].schemaId: no root schema has the $id '#it' "
            "[form-without-schema] — refer to a root schema by its $id"
        ],
    ),
    "in the toolbar": (
        {
            "toolbar": {
                "items": [
                    {
                        "type": "button",
                        "title": "More",
                        "behavior": {"type": "modal", "content": [{"type": "form", "schemaId": "#x"}]},
                    }
                ]
            }
        },
        [
            "error: toolbar.items[0].behavior.content[0].schemaId: no root schema has the $id '#x' "
            "[form-without-schema] — refer to a root schema by its $id"
        ],
    ),
}


@cases(REFERENCES)
def test_forms_without_a_root_schema_are_reported(parts: dict[str, Any], lines: list[str]):
    assert check_lines(parts) == lines


OBJECT: dict[str, Any] = {"type": "object", "$id": "#it", "properties": {"a": STRING}, "displayOrder": ["a"]}
CARRIED: dict[str, Row] = {
    "without a form": (
        {"schemas": [OBJECT]},
        [
            "warning: schemas[0]: the schema '#it' is in no form, and has no data "
            "[schema-never-shown] — add a form layout with its $id as schemaId, hide it, or put its value "
            "into the model"
        ],
    ),
    "without an id": (
        {"schemas": [{**OBJECT, "$id": None}]},
        [
            "warning: schemas[0]: the schema has no $id by which a form could refer to it, and has no "
            "data [schema-never-shown] — add a form layout with its $id as schemaId, hide it, or put its "
            "value into the model"
        ],
    ),
    "hidden": ({"schemas": [{**OBJECT, "hidden": True}]}, []),
    "hidden: false": (
        {"schemas": [{**OBJECT, "hidden": False}]},
        [
            "warning: schemas[0]: the schema '#it' is in no form, and has no data "
            "[schema-never-shown] — add a form layout with its $id as schemaId, hide it, or put its value "
            "into the model"
        ],
    ),
    "with a value": ({"schemas": [OBJECT], "model": {"a": "x"}}, []),
    "with one value of two": (
        {
            "schemas": [{**OBJECT, "properties": {"a": STRING, "b": STRING}, "displayOrder": ["a", "b"]}],
            "model": {"b": "x"},
        },
        [],
    ),
    "with the value of another": (
        {
            "schemas": [
                OBJECT,
                {**OBJECT, "$id": "#b", "hidden": True, "properties": {"b": STRING}, "displayOrder": ["b"]},
            ],
            "model": {"b": "x"},
        },
        [
            "warning: schemas[0]: the schema '#it' is in no form, and has no data "
            "[schema-never-shown] — add a form layout with its $id as schemaId, hide it, or put its value "
            "into the model"
        ],
    ),
    "with a default": ({"schemas": [{**OBJECT, "properties": {"a": {**STRING, "default": "x"}}}]}, []),
    "with a constant": ({"schemas": [{**OBJECT, "properties": {"a": {"const": 1}}}]}, []),
    "a constant": ({"schemas": [{"const": {"a": 1}}]}, []),
    "a choice": (
        {"schemas": [{"oneOf": [{"type": "string"}]}]},
        [
            "warning: schemas[0]: the schema has no $id by which a form could refer to it, and has no "
            "data [schema-never-shown] — add a form layout with its $id as schemaId, hide it, or put its "
            "value into the model"
        ],
    ),
    "a choice with a default": ({"schemas": [{"oneOf": [{"type": "string"}], "default": "x"}]}, []),
    "a choice with a value": ({"schemas": [{"oneOf": [OBJECT]}], "model": {"a": "x"}}, []),
    "all-of, a value in one part": (
        {
            "schemas": [
                {"allOf": [OBJECT, {**OBJECT, "$id": "#b", "properties": {"b": STRING}, "displayOrder": ["b"]}]}
            ],
            "model": {"b": "x"},
        },
        [],
    ),
    "a string that is the model": ({"schemas": [STRING], "model": "x"}, []),
    "a string and a model that is an object": (
        {"schemas": [STRING, {**OBJECT, "hidden": True}], "model": {"a": "x"}},
        [
            "warning: schemas[0]: the schema has no $id by which a form could refer to it, and has no "
            "data [schema-never-shown] — add a form layout with its $id as schemaId, hide it, or put its "
            "value into the model"
        ],
    ),
    "with another layout": (
        {"layout": [{"type": "heading", "text": "x"}], "schemas": [OBJECT]},
        [
            "warning: schemas[0]: the schema '#it' is in no form, and has no data "
            "[schema-never-shown] — add a form layout with its $id as schemaId, hide it, or put its value "
            "into the model"
        ],
    ),
    "with an unknown behavior": (
        {"layout": [{"type": "button", "title": "x", "behavior": {"type": "share"}}], "schemas": [OBJECT]},
        [
            "warning: layout[0].behavior.type: 'share' is no behavior that the library supports "
            "[unknown-type] — check how its type is spelt",
            "warning: schemas[0]: the schema '#it' is in no form, and has no data "
            "[schema-never-shown] — add a form layout with its $id as schemaId, hide it, or put its value "
            "into the model",
        ],
    ),
    "with an unknown layout": (
        {"layout": [{"type": "carousel"}], "schemas": [OBJECT]},
        [
            "warning: layout[0].type: 'carousel' is no layout that the library supports [unknown-type] — "
            "check how its type is spelt"
        ],
    ),
    "an unknown schema": (
        {"schemas": [{"type": "colour"}]},
        [
            "warning: schemas[0].type: 'colour' is no schema that the library supports [unknown-type] — "
            "check how its type is spelt"
        ],
    ),
}


@cases(CARRIED)
def test_schemas_that_are_never_shown_are_reported(parts: dict[str, Any], lines: list[str]):
    assert check_lines(parts) == lines


TWO = {"a": STRING, "b": STRING}
OBJECTS: dict[str, Row] = {
    "correct names": (field(type="object", properties=TWO, displayOrder=["b", "a"], required=["a", "b"]), []),
    "an unknown name in required": (
        field(type="object", properties=TWO, displayOrder=["a", "b"], required=["c", "a", "a-b"]),
        [
            "error: schemas[0].required[0]: there is no property 'c' [required-without-property] — add a "
            "schema for it, or take it out of required",
            "error: schemas[0].required[2]: there is no property 'a-b' [required-without-property] — add "
            "a schema for it, or take it out of required",
        ],
    ),
    "an unknown name in displayOrder": (
        field(type="object", properties=TWO, displayOrder=["a", "b", "c", "d"]),
        [
            "warning: schemas[0].displayOrder[2]: there is no property 'c' "
            "[display-order-without-property] — add a schema for it, or take it out of displayOrder",
            "warning: schemas[0].displayOrder[3]: there is no property 'd' "
            "[display-order-without-property] — add a schema for it, or take it out of displayOrder",
        ],
    ),
    "not displayed": (
        field(type="object", properties=TWO, displayOrder=[]),
        [
            "warning: schemas[0].displayOrder: 'a' is not displayed [property-not-displayed] — add 'a', "
            "or make that property hidden",
            "warning: schemas[0].displayOrder: 'b' is not displayed [property-not-displayed] — add 'b', "
            "or make that property hidden",
        ],
    ),
    "another one displayed": (
        field(type="object", properties=TWO, displayOrder=["a", "B"]),
        [
            "warning: schemas[0].displayOrder[1]: there is no property 'B' "
            "[display-order-without-property] — add a schema for it, or take it out of displayOrder",
            "warning: schemas[0].displayOrder: 'b' is not displayed [property-not-displayed] — add 'b', "
            "or make that property hidden",
        ],
    ),
    "displayed twice": (field(type="object", properties=TWO, displayOrder=["a", "a", "b"]), []),
    "hidden": (field(type="object", properties={"a": STRING, "b": {**STRING, "hidden": True}}, displayOrder=["a"]), []),
    "a constant": (field(type="object", properties={"a": STRING, "b": {"const": 1}}, displayOrder=["a"]), []),
    "a default": (
        field(type="object", properties={"a": STRING, "b": {**STRING, "default": "x"}}, displayOrder=["a"]),
        [],
    ),
    "no properties": (field(type="object", properties={}, displayOrder=[], required=[]), []),
    "a long name": (
        field(type="object", properties={"a": STRING}, displayOrder=["a", "b\nc" * 50]),
        [
            "warning: schemas[0].displayOrder[1]: there is no property "
            "'b\\ncb\\ncb\\ncb\\ncb\\ncb\\ncb\\ncb\\ncb\\ncb\\ncb\\ncb\\ncb\\ncb\\nc… "
            "[display-order-without-property] — add a schema for it, or take it out of displayOrder"
        ],
    ),
}


@cases(OBJECTS)
def test_wrong_names_in_required_and_display_order_are_reported(parts: dict[str, Any], lines: list[str]):
    assert check_lines(parts) == lines


def test_the_default_display_order_contains_all_properties():
    schema = ObjectSchema(id="#it", hidden=True, properties={"a": StringSchema(), "b": StringSchema()})
    assert [found.code for found in check(Step(id="x", title="x", schemas=[schema]))] == ["empty-layout"]


CHOICES: dict[str, Row] = {
    "one-of": (
        field(oneOf=[]),
        ["error: schemas[0].oneOf: there are no alternatives [empty-choice] — offer at least one"],
    ),
    "one-of with an alternative": (field(oneOf=[{"const": None}]), []),
    "an empty one among alternatives": (
        field(oneOf=[{"oneOf": []}]),
        ["error: schemas[0].oneOf[0].oneOf: there are no alternatives [empty-choice] — offer at least one"],
    ),
    "decision": (
        {"layout": [{"type": "decision", "options": []}]},
        ["error: layout[0].options: there are no options [empty-choice] — offer at least one"],
    ),
    "decision with an option": (
        {"layout": [{"type": "decision", "options": [{"title": "Go", "action": {"url": "/"}}]}]},
        [],
    ),
    "all-of": ({"schemas": [{"allOf": [], "hidden": True}]}, []),
    "an empty list": ({"layout": [{"type": "list", "items": []}]}, []),
    "a blob": (
        field(type="blob"),
        [
            "error: schemas[0]: a blob schema is outside of a persistAsync "
            "[blob-outside-persist-async] — make it the schema in the persistAsync of a string schema, "
            "which submits the id of the file"
        ],
    ),
    "a blob in an object": (
        form({"a": {"type": "blob"}}),
        [
            "error: schemas[0].properties.a: a blob schema is outside of a persistAsync "
            "[blob-outside-persist-async] — make it the schema in the persistAsync of a string schema, "
            "which submits the id of the file"
        ],
    ),
    "a blob in a list": (
        field(type="array", addItemTitle="Add", editItemTitle="Edit", items={"type": "blob"}),
        [
            "error: schemas[0].items: a blob schema is outside of a persistAsync "
            "[blob-outside-persist-async] — make it the schema in the persistAsync of a string schema, "
            "which submits the id of the file"
        ],
    ),
    "a blob in a persistAsync": (form({"a": blob(type="blob")}), []),
    "a list of files": (field(type="array", addItemTitle="Add", editItemTitle="Edit", items=blob(type="blob")), []),
    "a choice of files": (
        form({"a": blob(oneOf=[{"type": "blob"}])}),
        [
            "error: schemas[0].properties.a.persistAsync.schema.oneOf[0]: a blob schema is outside of "
            "a persistAsync [blob-outside-persist-async] — make it the schema in the persistAsync of a "
            "string schema, which submits the id of the file"
        ],
    ),
}


@cases(CHOICES)
def test_empty_choices_and_misused_blobs_are_reported(parts: dict[str, Any], lines: list[str]):
    assert check_lines(parts) == lines
