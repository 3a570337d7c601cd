"""The rules for unknown types, properties, values and controls, and for one generation of the API."""

from __future__ import annotations

from typing import Any

import attrs
import pytest

from stepdsl import Generation, Step, check, documented_types
from tests.checking.support import Row, button, cases, check_lines, field, form

TYPES: dict[str, Row] = {
    "a layout": (
        {"layout": [{"type": "paragaph", "text": "x"}]},
        [
            "warning: layout[0].type: 'paragaph' is no layout that the library supports; did you mean "
            "'paragraph'? [unknown-type] — check how its type is spelt"
        ],
    ),
    "a type without a similar name": (
        {"layout": [{"type": "carousel", "theme": 1}]},
        [
            "warning: layout[0].type: 'carousel' is no layout that the library supports [unknown-type] — "
            "check how its type is spelt"
        ],
    ),
    "a schema": (
        field(type="strnig"),
        [
            "warning: schemas[0].type: 'strnig' is no schema that the library supports; did you mean "
            "'string'? [unknown-type] — check how its type is spelt"
        ],
    ),
    "a schema without a type": (
        field(anyOf=[]),
        [
            "warning: schemas[0]: no property shows what kind of schema it is [unknown-type] — check the "
            "names of its properties"
        ],
    ),
    "a behavior": (
        button(behavior={"type": "actoin"}),
        [
            "warning: layout[0].behavior.type: 'actoin' is no behavior that the library supports; did you "
            "mean 'action'? [unknown-type] — check how its type is spelt"
        ],
    ),
    "media": (
        {"layout": [{"type": "media", "media": {"type": "img"}}]},
        [
            "warning: layout[0].media.type: 'img' is no media that the library supports; did you mean "
            "'image'? [unknown-type] — check how its type is spelt"
        ],
    ),
    "an icon": (
        form({"a": {"type": "string", "icon": {"nam": "x"}}}),
        [
            "warning: schemas[0].properties.a.icon: no property shows what kind of icon it is [unknown-type] "
            "— check the names of its properties"
        ],
    ),
    "a launch config": (
        button(behavior={"type": "subflow", "referrerId": "x", "launchConfig": {"type": "dynamic"}}),
        [
            "warning: layout[0].behavior.launchConfig.type: 'dynamic' is no launch config that the "
            "library supports [unknown-type] — check how its type is spelt"
        ],
    ),
    "a long type": (
        {"layout": [{"type": "x" * 100}]},
        [
            "warning: layout[0].type: 'xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx… is no "
            "layout that the library supports [unknown-type] — check how its type is spelt"
        ],
    ),
}


@cases(TYPES)
def test_unknown_types_are_reported(parts: dict[str, Any], lines: list[str]):
    assert check_lines(parts) == lines


PROPERTIES: dict[str, Row] = {
    "of the step": (
        {"refreshFormUrl": "/x", "theme": {}},
        [
            "warning: refreshFormUrl: Step has no such property; did you mean 'refreshUrl'? "
            "[unknown-property] — check how its name is spelt",
            "warning: theme: Step has no such property [unknown-property] — check how its name is spelt",
        ],
    ),
    "misspelt": (
        form({"a": {"type": "string", "validateAsync": {}, "minLenght": 5}}),
        [
            "warning: schemas[0].properties.a.validateAsync: StringSchema has no such property; did you "
            "mean 'validationAsync'? [unknown-property] — check how its name is spelt",
            "warning: schemas[0].properties.a.minLenght: StringSchema has no such property; did you mean "
            "'minLength'? [unknown-property] — check how its name is spelt",
        ],
    ),
    "a Python name": (
        form({"a": {"type": "string", "max_length": 5}}),
        [
            "warning: schemas[0].properties.a.max_length: StringSchema has no such property; did you mean "
            "'maxLength'? [unknown-property] — check how its name is spelt"
        ],
    ),
    "a name that is not an identifier": (
        {"": 1, "a b": 1},
        [
            "warning: ['']: Step has no such property [unknown-property] — check how its name is spelt",
            "warning: ['a b']: Step has no such property [unknown-property] — check how its name is spelt",
        ],
    ),
    "a value": (
        {"layout": [{"type": "heading", "text": "x", "size": "LG"}]},
        ['warning: layout[0].size: "LG" is no value that the library supports [unknown-value] — check how it is spelt'],
    ),
    "a value without a similar value": (
        {"layout": [{"type": "heading", "text": "x", "size": "colossal"}]},
        [
            'warning: layout[0].size: "colossal" is no value that the library supports [unknown-value] — '
            "check how it is spelt"
        ],
    ),
    "one of several values": (
        form({"a": {"type": "string", "autocompleteHint": ["email", "emial", "x"]}}),
        [
            'warning: schemas[0].properties.a.autocompleteHint[1]: "emial" is no value that the library '
            "supports; did you mean 'email'? [unknown-value] — check how it is spelt",
            'warning: schemas[0].properties.a.autocompleteHint[2]: "x" is no value that the library supports '
            "[unknown-value] — check how it is spelt",
        ],
    ),
    "a required value": (
        {"layout": [{"type": "instructions", "items": [{"text": "x", "context": "postive"}]}]},
        [
            'warning: layout[0].items[0].context: "postive" is no value that the library supports; did you '
            "mean 'positive'? [unknown-value] — check how it is spelt"
        ],
    ),
    "a type beside what decides": (
        form({"a": {"type": "string", "oneOf": [{"type": "integer", "title": "One", "const": 1}]}}),
        [],
    ),
    "the image of later pages": (form({"a": {"type": "string", "image": {"uri": "/a.png"}}}), []),
}


@cases(PROPERTIES)
def test_unknown_properties_and_values_are_reported(parts: dict[str, Any], lines: list[str]):
    assert check_lines(parts) == lines


CONTROLS: dict[str, Row] = {
    "known": (button(control="tertiary", action={"url": "/"}), []),
    "misspelt": (
        button(control="secondry", action={"url": "/"}),
        [
            "warning: layout[0].control: 'secondry' is no known control of ButtonLayout; did you mean "
            "'secondary'? [unknown-control] — use one of: primary, secondary, tertiary"
        ],
    ),
    "of another type": (
        {"layout": [{"type": "heading", "text": "x", "control": "primary"}]},
        [
            "warning: layout[0].control: 'primary' is no known control of HeadingLayout [unknown-control] "
            "— use one of: display"
        ],
    ),
    "used in the documentation": (
        form({"a": {"type": "string", "control": "date-lookup"}, "b": {"type": "string", "control": "password"}}),
        [],
    ),
    "listed by the rule": (
        form({"a": {"type": "boolean", "control": "switch"}, "b": {"oneOf": [{"const": 1}], "control": "radio"}}),
        [],
    ),
    "unknown for a one-of": (
        form({"a": {"oneOf": [{"const": 1}], "control": "slider"}}),
        [
            "warning: schemas[0].properties.a.control: 'slider' is no known control of OneOfSchema "
            "[unknown-control] — use one of: radio, segmented, select, tab, tabs"
        ],
    ),
    "of a type without known controls": ({"control": "x", "layout": [{"type": "divider", "control": "x"}]}, []),
}


@cases(CONTROLS)
def test_unknown_controls_are_reported(parts: dict[str, Any], lines: list[str]):
    assert check_lines(parts) == lines


MODAL = {"type": "modal", "content": [{"type": "divider"}, {"type": "heading", "text": "x", "tags": ["y"]}]}
FOR_CORE: dict[str, Row] = {
    "properties of both generations": (button(action={"url": "/"}), []),
    "a property": (
        button(behavior={"type": "action", "action": {"url": "/"}}),
        ["error: layout[0].behavior: only core2 has this property [core2-property] — give action in its place"],
    ),
    "reported once": (
        button(behavior=MODAL),
        ["error: layout[0].behavior: only core2 has this property [core2-property] — give action in its place"],
    ),
    "reported again outside the first one": (
        {"layout": [*button(behavior=MODAL)["layout"], {"type": "divider"}], "footer": [{"type": "divider"}]},
        [
            "error: layout[0].behavior: only core2 has this property [core2-property] — give action in its place",
            "error: layout[1]: only core2 has DividerLayout [core2-type] — use a type that the core generation has",
            "error: footer: only core2 has this property [core2-property] — leave it out",
        ],
    ),
    "a type": (
        {"layout": [{"type": "tabs", "items": []}]},
        ["error: layout[0]: only core2 has TabsLayout [core2-type] — use a type that the core generation has"],
    ),
    "a property without a core property instead": (
        {"layout": [{"type": "heading", "text": "x", "tags": []}]},
        ["error: layout[0].tags: only core2 has this property [core2-property] — leave it out"],
    ),
    "delay": (
        {"polling": {"url": "/", "delay": 5, "maxAttempts": 5, "onError": {"action": {"exit": True}}}},
        ["error: polling.delay: only core2 has this property [core2-property] — give interval in its place"],
    ),
    "a type of later core pages": ({"layout": [{"type": "list", "items": []}]}, []),
}


@cases(FOR_CORE)
def test_core2_properties_and_types_are_reported_for_core(parts: dict[str, Any], lines: list[str]):
    assert check_lines(parts, generation="core") == lines


FOR_CORE2: dict[str, Row] = {
    "properties of both generations": (button(behavior={"type": "action", "action": {"url": "/"}}), []),
    "a button": (
        button(action={"url": "/"}),
        [
            "warning: layout[0].action: core2 deprecates this property [deprecated-property] — give "
            "behavior in its place"
        ],
    ),
    "an option": (
        {"layout": [{"type": "decision", "options": [{"title": "Go", "action": {"url": "/"}}]}]},
        [
            "warning: layout[0].options[0].action: core2 deprecates this property [deprecated-property] — "
            "give behavior in its place"
        ],
    ),
    "interval": (
        {"polling": {"url": "/", "interval": 5, "maxAttempts": 5, "onError": {"action": {"exit": True}}}},
        [
            "warning: polling.interval: core2 deprecates this property [deprecated-property] — give delay in its place",
            "warning: polling.onError.action: core2 deprecates this property [deprecated-property] — give "
            "behavior in its place",
        ],
    ),
    "the action of back navigation": ({"navigation": {"back": {"action": {"url": "/"}}}}, []),
    "a type that only core2 has": ({"layout": [{"type": "divider"}]}, []),
}


@cases(FOR_CORE2)
def test_deprecated_properties_are_reported_for_core2(parts: dict[str, Any], lines: list[str]):
    assert check_lines(parts, generation="core2") == lines


DEPRECATED = [
    (cls, attribute.name)
    for cls in documented_types().values()
    if not cls.__stepdsl__.abstract
    for attribute in attrs.fields(cls)
    if attribute.metadata.get("generation") is Generation.SUPERSEDED
]


@pytest.mark.parametrize(("cls", "name"), DEPRECATED, ids=lambda part: getattr(part, "__qualname__", part))
def test_each_property_that_core2_deprecates_has_a_replacement(cls: Any, name: str):
    assert any(name in names for names in cls.__stepdsl__.any_of)


def test_a_step_without_content_has_the_same_finding_for_any_generation():
    for generation in (None, "core", "core2"):
        found = check(Step(id="x", title="x"), generation=generation, severity="hint")
        assert [one.code for one in found] == ["empty-layout"]
