"""What the schemas look like, what they are made of, and of what there are none."""

from __future__ import annotations

import inspect
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

import stepdsl
from stepdsl import (
    Action,
    AnyIcon,
    ConstSchema,
    Context,
    External,
    IntegerSchema,
    LaunchConfig,
    NativeLaunchConfig,
    Navigation,
    ObjectSchema,
    OneOfSchema,
    Polling,
    RefreshOnChange,
    Schema,
    SchemaProperties,
    Step,
    UnknownLayout,
    WireError,
    documented_types,
    json_schema,
    loads,
)
from tests.jsonschema.acceptance import CONCRETE, TYPES, UNIONS, agree, schema, validator
from tests.models import UNIONS as ALL_UNIONS
from tests.models import description, required, wire_name, wire_names

FIXTURES = sorted((Path(__file__).parent.parent / "wire" / "fixtures").glob("*.json"))
DIALECT = "https://json-schema.org/draft/2020-12/schema"


def documented(cls: type) -> str:
    """The docstring of a type, with each paragraph in one line."""
    return "\n\n".join(" ".join(paragraph.split()) for paragraph in (inspect.getdoc(cls) or "").split("\n\n"))


def with_properties(made: dict[str, Any], *wires: str) -> dict[str, Any]:
    """A schema with only these of its properties, so that later ones do not matter."""
    return {**made, "properties": {wire: made["properties"][wire] for wire in wires}}


def without_definitions(cls: type) -> dict[str, Any]:
    return {keyword: value for keyword, value in schema(cls.__qualname__).items() if keyword != "$defs"}


# -- examples, whole ----------------------------------------------------------------------------------------------


def test_a_simple_type_has_this_schema():
    assert with_properties(json_schema(External), "url") == {
        "$schema": DIALECT,
        "title": "External",
        "description": documented(External),
        "type": "object",
        "properties": {"url": {"description": description(External, "url"), "type": "string"}},
        "required": ["url"],
    }


def test_one_of_several_properties_must_be_given():
    assert with_properties(without_definitions(Polling.OnError), "action", "behavior") == {
        "$schema": DIALECT,
        "title": "Polling.OnError",
        "description": documented(Polling.OnError),
        "type": "object",
        "properties": {
            "action": {
                "description": description(Polling.OnError, "action"),
                "deprecated": True,
                "anyOf": [{"$ref": "#/$defs/Action"}, {"type": "null"}],
            },
            "behavior": {
                "description": description(Polling.OnError, "behavior"),
                "anyOf": [{"$ref": "#/$defs/Behavior"}, {"type": "null"}],
            },
        },
        "allOf": [
            {
                "anyOf": [
                    {"required": ["action"], "properties": {"action": {"not": {"type": "null"}}}},
                    {"required": ["behavior"], "properties": {"behavior": {"not": {"type": "null"}}}},
                ]
            }
        ],
    }


def test_a_union_with_tags_has_this_schema():
    made = json_schema(LaunchConfig)
    native = with_properties(made["$defs"]["NativeLaunchConfig"], "type", "id", "payload")
    assert {**made, "$defs": {**made["$defs"], "NativeLaunchConfig": native}} == {
        "$schema": DIALECT,
        "title": "LaunchConfig",
        "description": documented(LaunchConfig),
        "type": "object",
        "properties": {"type": {"anyOf": [{"enum": ["native"]}, {"type": "string"}]}},
        "required": ["type"],
        "allOf": [
            {
                "if": {"properties": {"type": {"const": "native"}}, "required": ["type"]},
                "then": {"$ref": "#/$defs/NativeLaunchConfig"},
            }
        ],
        "$defs": {
            "NativeLaunchConfig": {
                "title": "NativeLaunchConfig",
                "description": documented(NativeLaunchConfig),
                "type": "object",
                "properties": {
                    "type": {"enum": ["native", None]},
                    "id": {
                        "description": description(NativeLaunchConfig, "id"),
                        "type": "string",
                    },
                    "payload": {"description": description(NativeLaunchConfig, "payload")},
                },
                "required": ["id"],
            }
        },
    }


def test_a_union_with_keys_has_this_schema():
    null = {"type": "null"}
    given = {"not": null}
    named, text = {"$ref": "#/$defs/Icon.Named"}, {"$ref": "#/$defs/Icon.Text"}
    made = json_schema(AnyIcon)
    assert made["properties"] == {"name": True, "text": True}
    assert "required" not in made
    assert made["allOf"] == [
        {"if": {"properties": {"name": given}, "required": ["name"]}, "then": named},
        {"if": {"properties": {"name": null, "text": given}, "required": ["text"]}, "then": text},
        {"if": {"properties": {"name": null, "text": null}, "required": ["name"]}, "then": named},
        {"if": {"properties": {"name": False, "text": null}, "required": ["text"]}, "then": text},
    ]
    assert made["$defs"]["Icon.Text"]["properties"]["name"] == null


def test_the_items_distinguish_a_list_from_a_tuple():
    cases = {case["then"].get("$ref"): case["if"] for case in json_schema(Schema)["allOf"]}
    assert cases["#/$defs/ArraySchema.Tuple"] == {
        "properties": {"type": {"const": "array"}, "items": {"type": "array"}},
        "required": ["type", "items"],
    }
    assert cases["#/$defs/ArraySchema.List"] == {
        "properties": {"type": {"const": "array"}, "items": {"not": {"type": "array"}}},
        "required": ["type"],
    }


def test_a_constant_without_its_value_has_documented_properties_only():
    names = ["type", *wire_names(ConstSchema)]
    *_, last = json_schema(Schema)["allOf"]
    assert last == {
        "if": {"propertyNames": {"enum": names}, "properties": {"type": {"type": "null"}}},
        "then": {"$ref": "#/$defs/ConstSchema"},
    }
    made = json_schema(ConstSchema)
    assert made["allOf"] == [
        {"anyOf": [{"properties": {"const": {"not": {"type": "null"}}}}, {"properties": {"type": {"type": "null"}}}]},
        {
            "anyOf": [
                {"required": ["const"]},
                {"propertyNames": {"enum": names}, "properties": {"type": {"type": "null"}}},
            ]
        },
    ]
    assert made["properties"]["oneOf"] == made["properties"]["allOf"] == {"type": "null"}


def test_a_property_or_a_type_decides_what_a_schema_is():
    """As clients decide: object and array by their type, then oneOf, allOf, const, then the other types."""
    cases = json_schema(Schema)["allOf"]
    order = [case["then"].get("$ref", "").removeprefix("#/$defs/") for case in cases]
    assert order[:10] == [
        *("ArraySchema.Tuple", "ArraySchema.List", "ObjectSchema"),
        *("OneOfSchema", "AllOfSchema", "ConstSchema"),
        *("BlobSchema", "BooleanSchema", "IntegerSchema", "NumberSchema"),
    ]
    null = {"type": "null"}
    assert cases[4]["if"] == {
        "properties": {"type": {"not": {"enum": ["array", "object"]}}, "oneOf": null, "allOf": {"not": null}},
        "required": ["allOf"],
    }
    assert cases[7]["if"] == {
        "properties": {"oneOf": null, "allOf": null, "const": null, "type": {"const": "boolean"}},
        "required": ["type"],
    }
    assert json_schema(OneOfSchema)["properties"]["type"] == {"not": {"enum": ["array", "object"]}}


# -- properties of each kind --------------------------------------------------------------------------------------


def property_of(cls: type, wire: str) -> dict[str, Any]:
    found = dict(json_schema(cls)["properties"][wire])
    assert found.pop("description")
    return found


@pytest.mark.parametrize(
    ("cls", "wire", "expected"),
    [
        (Step, "id", {"type": ["string", "null"]}),
        (Step, "model", {}),
        (Step, "layout", {"type": ["array", "null"], "items": {"$ref": "#/$defs/Layout"}, "default": []}),
        (Step, "external", {"anyOf": [{"$ref": "#/$defs/External"}, {"type": "null"}]}),
        (Step, "analytics", {"type": ["object", "null"], "additionalProperties": {"type": "string"}}),
        (Polling, "maxAttempts", {"type": "integer", "minimum": -(2**63), "maximum": 2**63 - 1}),
        (
            Polling,
            "interval",
            {"deprecated": True, "type": ["integer", "null"], "minimum": -(2**63), "maximum": 2**63 - 1},
        ),
        (Polling, "onError", {"$ref": "#/$defs/Polling.OnError"}),
        (Action, "exit", {"type": ["boolean", "null"]}),
        (ObjectSchema, "properties", {"type": "object", "additionalProperties": {"$ref": "#/$defs/Schema"}}),
        (ObjectSchema, "displayOrder", {"type": ["array", "null"], "items": {"type": "string"}}),
        (
            ObjectSchema,
            "image",
            {
                "anyOf": [
                    {"$ref": "#/$defs/ImageLayout"},
                    {"type": "object", "properties": {"url": {"type": "null"}}},
                    {"type": "null"},
                ]
            },
        ),
        (
            IntegerSchema,
            "autocompleteHint",
            {
                "type": ["array", "null"],
                "items": {"anyOf": [{"$ref": "#/$defs/AutocompleteHint"}, {"$ref": "#/$defs/AutocompleteToken"}]},
            },
        ),
        (Navigation, "stackBehavior", {"anyOf": [{"$ref": "#/$defs/Navigation.StackBehavior"}, {"type": "null"}]}),
    ],
    ids=lambda part: part if isinstance(part, str) else "",
)
def test_a_property_has_this_schema(cls, wire, expected):
    assert property_of(cls, wire) == expected


def test_an_enum_lists_the_known_strings_and_accepts_others():
    assert json_schema(Navigation)["$defs"]["Navigation.StackBehavior"] == {
        "title": "Navigation.StackBehavior",
        "description": documented(Navigation.StackBehavior),
        "anyOf": [
            {"enum": ["default", "remove-all", "remove-previous", "replace-current"]},
            {"type": "string"},
        ],
    }


def test_docstrings_use_wire_names():
    text = description(Polling, "max_attempts")
    assert "`on_error`" in text
    assert json_schema(Polling)["properties"]["maxAttempts"]["description"] == text.replace("on_error", "onError")


def test_without_the_source_of_the_models_there_are_no_descriptions(monkeypatch):
    monkeypatch.setattr("stepdsl.jsonschema.field_docstring", lambda cls, name: "")
    described = [wire for wire, part in json_schema(External)["properties"].items() if "description" in part]
    assert described == []
    assert json_schema(External)["properties"]["url"] == {"type": "string"}


# -- all types ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", TYPES)
def test_the_schema_of_each_type_is_a_json_schema(name):
    made = without_definitions(TYPES[name])
    Draft202012Validator.check_schema(made)
    assert made["title"] == name
    assert made["description"]
    assert json.loads(json.dumps(made)) == made


def test_the_whole_of_a_step_is_a_json_schema():
    Draft202012Validator.check_schema(json_schema(Step))


@pytest.mark.parametrize("name", TYPES)
def test_every_reference_has_a_definition_and_every_definition_a_reference(name):
    definitions = schema(name).get("$defs", {})
    assert list(definitions) == sorted(definitions)
    assert name not in definitions
    wanted = {part.partition('"')[0] for part in json.dumps(schema(name)).split('"$ref": "')[1:]}
    assert wanted - {"#"} == {f"#/$defs/{named}" for named in definitions}


def test_a_type_has_the_same_schema_inside_and_alone():
    for name, inside in schema("Step")["$defs"].items():
        if name not in TYPES:
            continue  # an enum
        alone = {keyword: value for keyword, value in without_definitions(TYPES[name]).items() if keyword != "$schema"}
        assert json.loads(json.dumps(alone).replace('"#"', f'"#/$defs/{name}"')) == inside


@pytest.mark.parametrize("name", CONCRETE)
def test_a_schema_has_all_properties_of_its_type(name):
    made = schema(name)
    cls = CONCRETE[name]
    declared = wire_names(cls)
    assert [wire for wire, part in made["properties"].items() if wire in declared and part is not False] == declared
    assert made.get("required", []) == [wire_name(cls, prop) for prop in required(cls)]


def test_every_type_and_union_has_a_schema():
    carried = {name for name, cls in documented_types().items() if not cls.__stepdsl__.mixin}
    assert set(TYPES) == carried | {"AnyAvatarContent", "AnyIcon", "AnyMedia", "AnySearchResult"}
    assert list(TYPES) == sorted(TYPES)
    assert all(cls is {**documented_types(), **ALL_UNIONS}[name] for name, cls in TYPES.items())


def test_no_part_is_shared():
    made = json_schema(Step)
    made["$defs"]["Action"]["properties"]["exit"]["type"].append("string")
    made["properties"]["layout"]["default"].append(7)
    assert json_schema(Step) != made
    assert property_of(Action, "exit") == {"type": ["boolean", "null"]}


@pytest.mark.slow
def test_the_schema_is_the_same_in_every_process():
    code = "import json, stepdsl; print(json.dumps(stepdsl.json_schema(stepdsl.Step)))"
    reported = {
        subprocess.run(
            [sys.executable, "-c", code],
            capture_output=True,
            text=True,
            check=True,
            timeout=60,
            env={"PYTHONHASHSEED": seed, "PYTHONPATH": str(Path(stepdsl.__file__).parent.parent)},
        ).stdout
        for seed in ("1", "2")
    }
    assert reported == {json.dumps(json_schema(Step)) + "\n"}


# -- documents ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", FIXTURES, ids=lambda path: path.stem)
def test_every_fixture_is_valid(path):
    document = json.loads(path.read_text("utf-8"))
    assert agree(document, path.stem)
    for name, union in UNIONS.items():
        if issubclass(TYPES[path.stem], union):
            assert agree(document, name)


def nested(depth: int) -> Any:
    document: Any = 1
    for _ in range(depth):
        document = [document]
    return document


@pytest.mark.parametrize(
    ("document", "reason"),
    [
        (
            {"polling": {"url": "/", "interval": 5.0, "maxAttempts": 3, "onError": {"action": {}}}},
            "polling.interval: expected an integer, got 5.0",
        ),
        ({"model": 2**63}, "model: expected an integer of at most 64 bits, got 9223372036854775808"),
        ({"model": nested(101)}, "model: JSON values nest at most 100 deep"),
        ({"title": "\ud800"}, "title: expected a string, got one with a lone surrogate, which UTF-8 cannot represent"),
    ],
    ids=["5.0", "a huge integer", "deep nesting", "a lone surrogate"],
)
def test_loads_refuses_what_a_schema_cannot_express(document, reason):
    assert Draft202012Validator(json_schema(Step)).is_valid(document)
    with pytest.raises(WireError) as caught:
        loads(json.dumps(document))
    assert str(caught.value) == reason


@pytest.mark.parametrize("number", [-(2**63) - 1, -(2**63), 2**63 - 1, 2**63])
def test_integers_have_64_bits(number):
    document = {"url": "/", "delay": number, "maxAttempts": 1, "onError": {"action": {}}}
    assert agree(document, "Polling") is (-(2**63) <= number < 2**63)


def test_the_message_is_about_the_type_of_the_tag():
    (error,) = validator("Layout").iter_errors({"type": "heading", "text": 7})
    assert (error.json_path, error.message) == ("$.text", "7 is not of type 'string'")


# -- of what there are none ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("given", "reported"),
    [
        (7, "expected a documented type of stepdsl, got 7"),
        ("Step", "expected a documented type of stepdsl, got 'Step'"),
        (Step(), "expected a documented type of stepdsl, got a Step"),
        (int, "expected a documented type of stepdsl, got int"),
        (Context, "expected a documented type of stepdsl, got Context"),
        (UnknownLayout, "expected a documented type of stepdsl, got UnknownLayout"),
        (
            RefreshOnChange.RefreshableStep,
            "RefreshOnChange.RefreshableStep is a base class of several types; use one of these",
        ),
        (SchemaProperties, "SchemaProperties is a base class of several types; use one of these"),
    ],
    ids=str,
)
def test_an_undocumented_type_has_no_schema(given, reported):
    with pytest.raises(TypeError) as caught:
        json_schema(given)
    assert str(caught.value) == reported
