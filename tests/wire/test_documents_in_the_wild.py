"""Documents that clients get in practice, most of them older than the core generation: `strict=False` reads them all.

The documents in `legacy/` are made from the facts of `tests/facts/legacy.json`.
"""

from __future__ import annotations

import copy
import json
import pickle
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from stepdsl import (
    Action,
    ActionBehavior,
    BoxLayout,
    ButtonLayout,
    HeadingLayout,
    Layout,
    ObjectSchema,
    OneOfSchema,
    Polling,
    Schema,
    Step,
    StringSchema,
    UnknownLayout,
    UnknownSchema,
    WireError,
    check,
    documented_types,
    dumps,
    from_dict,
    loads,
    to_dict,
)
from stepdsl.testing.strategies import steps
from tests.models import UNIONS, wire_names
from tests.strategies import json_values, moderate

LEGACY = {path.stem: json.loads(path.read_text()) for path in sorted((Path(__file__).parent / "legacy").glob("*.json"))}
FACTS = json.loads((Path(__file__).parents[1] / "facts" / "legacy.json").read_text())


def read(document: Any, cls: type[Any] = Step) -> Any:
    """Read a document, and make sure that nothing of it is lost or altered."""
    found = from_dict(document, cls, strict=False)
    assert isinstance(found, cls)
    assert same_json(to_dict(found), document)
    assert same_json(json.loads(dumps(found)), document)
    return found


def same_json(one: Any, other: Any) -> bool:
    """Return whether two JSON values are the same, with true and 1, and 1 and 1.0, as different values."""
    return json.dumps(one, sort_keys=True) == json.dumps(other, sort_keys=True)


# -- documents before core ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", LEGACY)
def test_a_legacy_document_is_read_checked_and_written_back(name):
    step = read(LEGACY[name])
    found = check(step)
    assert found
    assert check(loads(dumps(step), strict=False)) == found
    assert pickle.loads(pickle.dumps(step)) == copy.deepcopy(step) == step
    assert to_dict(pickle.loads(pickle.dumps(step))) == LEGACY[name]


def objects(value: Any) -> Iterator[dict[str, Any]]:
    if isinstance(value, dict):
        yield value
        for part in value.values():
            yield from objects(part)
    elif isinstance(value, list):
        for part in value:
            yield from objects(part)


@pytest.mark.parametrize("cls", FACTS["properties"])
def test_the_legacy_documents_have_every_property_of_the_facts(cls):
    used = {name for document in LEGACY.values() for one in objects(document) for name in one}
    assert used >= set(FACTS["properties"][cls])


def test_the_legacy_documents_have_every_value_of_the_facts():
    texts = {json.dumps(value) for document in LEGACY.values() for one in objects(document) for value in one.values()}
    assert texts >= {json.dumps(value) for value in FACTS["values"]}
    messages = {
        name for document in LEGACY.values() for one in objects(document) for name in one.get("validationMessages", {})
    }
    assert messages == set(FACTS["validation_message_keys"])


def test_what_fits_in_a_legacy_document_is_read_as_usual():
    step = read(LEGACY["form_with_actions"])
    (recipient,) = step.schemas
    assert isinstance(recipient, ObjectSchema)
    assert recipient.extra == {"width": "md"}
    assert recipient.display_order == tuple(recipient.properties)
    currency = recipient.properties["currency"]
    assert isinstance(currency, OneOfSchema)
    assert (currency.default, currency.control, currency.extra["type"]) == ("EUR", "select", "string")
    assert [option.value for option in currency.schemas] == ["EUR", "GBP"]
    assert recipient.properties["version"] == UnknownSchema(extra={"enum": [3]})
    nickname = recipient.properties["nickname"]
    assert isinstance(nickname, StringSchema)
    assert (nickname.help, nickname.extra["help"]["list"]) == (None, ["Short", "Memorable"])
    assert step.errors.validation == {"nickname": "Please enter a nickname."}
    assert step.layout == ()


def test_what_does_not_fit_in_a_legacy_layout_is_kept_beside_what_fits():
    step = read(LEGACY["form_with_layout"])
    assert step.layout == ()  # a text is among the layouts: the property has no list of layouts
    layout = copy.deepcopy(LEGACY["form_with_layout"]["layout"])[:-1]
    step = read({**LEGACY["form_with_layout"], "layout": layout})
    assert [type(part) for part in step.layout] == [
        *(UnknownLayout, *[type(step.layout[1])] * 3, UnknownLayout, UnknownLayout, BoxLayout, ButtonLayout),
        *(UnknownLayout, UnknownLayout, type(step.layout[-1])),
    ]
    assert [part.type for part in step.layout if isinstance(part, UnknownLayout)] == [
        *("info", "form", "form", "decision", "heading")
    ]
    assert step.layout[9] == UnknownLayout(type="heading", extra=step.layout[9].extra)
    with pytest.raises(WireError):
        loads(dumps(step))


def test_check_reports_each_place_that_does_not_fit():
    document = {
        "id": "x",
        "title": "X",
        "layout": [
            {"type": "heading", "text": "Hello", "margin": 5},
            {"type": "form"},
            {
                "type": "box",
                "components": [{"type": "button", "title": "Go", "action": {"url": "/go", "timeout": "soon"}}],
            },
        ],
        "schemas": [{"type": "object", "properties": {"a b": {"type": "string", "minLength": "3"}}, "required": [1]}],
        "polling": {"interval": 3},
        "model": {"a b": 10**30},
    }
    advice = "[wire] — correct it: clients refuse the step, or ignore the part"
    assert [str(found) for found in check(read(document)) if found.code == "wire"] == [
        f"error: polling.url: missing {advice}",
        f"error: polling.maxAttempts: missing {advice}",
        f"error: polling.onError: missing {advice}",
        f"error: model['a b']: expected an integer of at most 64 bits, got {10**30} {advice}",
        f"error: layout[0].margin: expected a string, got 5 {advice}",
        f"error: layout[1].schemaId: missing {advice}",
        f'error: layout[2].components[0].action.timeout: expected an integer, got "soon" {advice}',
        f"error: schemas[0].required[0]: expected a string, got 1 {advice}",
        f"error: schemas[0].properties['a b'].minLength: expected an integer, got \"3\" {advice}",
    ]
    assert "wire" not in {found.code for found in check(read(document), ignore=["wire"])}


def test_check_reports_nothing_but_what_does_not_fit():
    """A null, and what is always written but missing, are accepted by every reader."""
    document = {
        "id": "x",
        "title": "X",
        "description": None,
        "layout": [{"type": "heading", "text": "x", "size": None}],
    }
    assert check(read(document)) == ()
    assert loads(json.dumps(document)) == Step(id="x", title="X", layout=[HeadingLayout(text="x")])


# -- what is kept, and where --------------------------------------------------------------------------------------

KEPT: list[tuple[type[Any], dict[str, Any], str]] = [
    # an optional property: its value is in extra
    (Step, {"title": 5}, "Step(layout=(), schemas=(), extra={'title': 5})"),
    (Step, {"title": None}, "Step(layout=(), schemas=(), extra={'title': None})"),
    (Step, {"layout": "x"}, "Step(schemas=(), extra={'layout': 'x'})"),
    (Step, {"layout": [5], "newer": 1}, "Step(schemas=(), extra={'layout': [5], 'newer': 1})"),
    (Step, {"polling": {}}, "Step(layout=(), schemas=(), extra={'polling': {}})"),
    (Schema, {"type": "string", "keywords": ["a", 1]}, "StringSchema(extra={'keywords': ['a', 1]})"),
    (Schema, {"type": "boolean", "hidden": "yes", "disabled": True},
     "BooleanSchema(disabled=True, extra={'hidden': 'yes'})"),
    (Schema, {"type": "string", "icon": 5}, "StringSchema(extra={'icon': 5})"),
    (Schema, {"type": "string", "icon": {"name": 5}}, "StringSchema(icon=UnknownIcon(extra={'name': 5}))"),
    (Schema, {"type": "object", "properties": {"a": {"oneOf": 5}}},
     "ObjectSchema(properties={'a': UnknownSchema(extra={'oneOf': 5})}, display_order=('a',))"),
    (Schema, {"type": "object", "properties": {}, "displayOrder": 5},
     "ObjectSchema(properties={}, display_order=(), extra={'displayOrder': 5})"),
    # a member of a union: the unknown class of the union has it
    (Layout, {"type": "heading"}, "UnknownLayout(type='heading')"),
    (Layout, {"type": "heading", "text": 5}, "UnknownLayout(type='heading', extra={'text': 5})"),
    (Layout, {"text": "x"}, "UnknownLayout(extra={'text': 'x'})"),
    (Layout, {"type": 5}, "UnknownLayout(extra={'type': 5})"),
    (Layout, {"type": "\ud800"}, "UnknownLayout(extra={'type': '\\ud800'})"),
    (Layout, {"type": "box", "components": [{"type": "heading"}]},
     "BoxLayout(components=(UnknownLayout(type='heading'),))"),
    (Schema, {"oneOf": 5, "type": "string"}, "UnknownSchema(type='string', extra={'oneOf': 5})"),
    (Schema, {"type": None, "oneOf": []}, "OneOfSchema(schemas=(), extra={'type': None})"),
    (Schema, {"oneOf": [5]}, "UnknownSchema(extra={'oneOf': [5]})"),
    (Schema, {"type": ["string", "null"]}, "UnknownSchema(extra={'type': ['string', 'null']})"),
    # the object that was asked for: its class has it, whatever is missing
    (HeadingLayout, {}, "HeadingLayout()"),
    (HeadingLayout, {"type": "paragraph", "text": 5}, "HeadingLayout(extra={'type': 'paragraph', 'text': 5})"),
    (HeadingLayout, {"type": None, "text": "x"}, "HeadingLayout(text='x', extra={'type': None})"),
    (Polling, {"url": "/", "interval": "5"}, "Polling(url='/', extra={'interval': '5'})"),
    (StringSchema, {"type": "string", "title": "x", "oneOf": []}, "StringSchema(title='x', extra={'oneOf': []})"),
    (ActionBehavior, {"type": "action", "action": 5}, "ActionBehavior(extra={'action': 5})"),
    # an enum string that the library does not have does not need strict=False, nor if it is required
    (Layout, {"type": "instructions", "items": [{"text": "x", "context": "postive"}]},
     "InstructionsLayout(items=(InstructionsLayout.Item(text='x', extra={'context': 'postive'}),))"),
    (HeadingLayout, {"type": "heading", "text": "x", "align": "middle"},
     "HeadingLayout(text='x', extra={'align': 'middle'})"),
]  # fmt: skip


@pytest.mark.parametrize(("cls", "document", "shown"), KEPT, ids=[f"{c.__name__} {d!r}" for c, d, _ in KEPT])
def test_what_does_not_fit_is_kept(cls, document, shown):
    found = from_dict(document, cls, strict=False)
    assert repr(found) == shown
    assert same_json(to_dict(found), document)
    assert from_dict(to_dict(found), type(found), strict=False) == found
    twin = pickle.loads(pickle.dumps(found))
    assert (twin, hash(twin)) == (found, hash(found))
    assert same_json(to_dict(twin), document)
    assert attrs.evolve(found) == found
    assert same_json(to_dict(attrs.evolve(found)), document)
    assert list(dict(found)) == list(to_dict(found))
    assert same_json(json.loads(json.dumps(found, default=dict)), to_dict(found))


def test_a_document_that_fits_is_read_the_same_in_both_ways():
    for text in (
        '{"id":"x"}',
        '{"layout":[{"type":"heading","text":"x"}],"schemas":[{"type":"object","properties":{}}]}',
    ):
        lenient, strict = loads(text, strict=False), loads(text)
        assert (lenient, hash(lenient), repr(lenient)) == (strict, hash(strict), repr(strict))
        assert strict == lenient
        assert dumps(lenient) == text != dumps(strict)
    assert loads('{"id":"x","title":null}', strict=False) != loads('{"id":"x","title":null}')
    assert from_dict({"id": "x"}, strict=False) != Step(id="y")


def test_a_new_value_replaces_a_kept_one():
    step = read({"polling": {"url": 5}, "title": 5, "newer": 1})
    polling = Polling(url="/", interval=1, max_attempts=1, on_error=Polling.OnError(action=Action(exit=True)))
    evolved = attrs.evolve(step, polling=polling, layout=[HeadingLayout(text="x")])
    assert to_dict(evolved) == {
        "layout": [{"type": "heading", "text": "x"}],
        "polling": to_dict(polling),
        "title": 5,
        "newer": 1,
    }
    fields = read({"type": "object", "properties": {"a": {"type": "string"}}}, Schema)
    two = {"b": StringSchema(), "a": StringSchema()}
    assert "displayOrder" not in to_dict(attrs.evolve(fields, properties=two))
    assert attrs.evolve(fields, properties=two).display_order == ("b", "a")
    assert to_dict(attrs.evolve(fields, properties=two, display_order=["a", "b"]))["displayOrder"] == ["a", "b"]


# -- whatever JSON there is ---------------------------------------------------------------------------------------


def damaged(data: st.DataObject, value: Any) -> Any:
    """Return a document with one part of it replaced by any JSON value."""
    if isinstance(value, dict) and value and data.draw(st.booleans()):
        name = data.draw(st.sampled_from(sorted(value)))
        return {**value, name: damaged(data, value[name])}
    if isinstance(value, list) and value and data.draw(st.booleans()):
        at = data.draw(st.integers(0, len(value) - 1))
        return [*value[:at], damaged(data, value[at]), *value[at + 1 :]]
    return data.draw(json_values())


@moderate
@given(steps(), st.data())
def test_a_damaged_step_is_read_checked_and_written_back(step, data):
    document = {"id": "x", **to_dict(step)}
    name = data.draw(st.sampled_from(sorted(document)))
    document[name] = damaged(data, document[name])
    found = read(document)
    refused = refusal(document)
    codes = [one.path for one in check(found) if one.code == "wire"]
    assert sorted(codes) == sorted(path for path, _ in refused)
    assert json.loads(json.dumps(found, default=dict)) == to_dict(found)
    assert loads(dumps(found), strict=False) == found


def refusal(document: Any) -> tuple[tuple[str, str], ...]:
    try:
        from_dict(document)
    except WireError as error:
        return error.problems
    return ()


@moderate
@given(st.data())
def test_any_object_is_read_as_any_type(data):
    classes = [cls for cls in documented_types().values() if not cls.__stepdsl__.mixin]
    cls = data.draw(st.sampled_from([*classes, *UNIONS.values()]))
    names = [
        "type",
        "oneOf",
        "allOf",
        "const",
        *(wire_names(cls) if cls.__qualname__ not in UNIONS else ["items", "title", "text"]),
    ]
    read(data.draw(st.dictionaries(st.sampled_from(names), json_values(), max_size=5)), cls)


@pytest.mark.parametrize("levels", [101, 102, 150, 249])
def test_any_nesting_of_components_is_read(levels):
    document: dict[str, Any] = {"type": "divider"}
    for _ in range(levels - 1):
        document = {"type": "box", "components": [document]}
    step = read({"layout": [document]})
    read(document, Layout)
    read(document, BoxLayout)
    assert loads(dumps(step), strict=False) == step
    assert [found.code for found in check(step) if found.code == "wire"] == ["wire"] * (levels > 101)


def test_any_integer_and_any_string_are_kept():
    step = read({"model": [10**100, -(2**63) - 1, "\ud800", {"\udfff": 1}], "id": "\ud800", "title": 2**64})
    assert step.extra["model"][0] == 10**100
    assert loads(dumps(step), strict=False) == step
    assert [found.path for found in check(step) if found.code == "wire"] == [
        *("model[0]", "model[1]", "model[2]", "model[3]['\\udfff']", "id", "title")
    ]


REFUSED: list[tuple[Any, str]] = [
    (5, "expected an object, got 5"),
    ([{}], "expected an object, got an array"),
    (None, "expected an object, got null"),
    ({"a": [float("nan")]}, "a[0]: expected a finite number, got nan"),
    ({"a b": {"c": float("inf")}}, "['a b'].c: expected a finite number, got inf"),
    ({"a": {5: 1}}, "a['5']: expected a string as the key, got 5"),
    ({"a": [0, {"b": {1}}]}, "a[1].b: expected a JSON value, got a set"),
    ({"a": 10**5000}, "a: expected an integer of at most 64 bits, got a huge integer"),
]


@pytest.mark.parametrize(("data", "reported"), REFUSED, ids=[reported for _, reported in REFUSED])
def test_only_what_is_no_json_object_is_refused(data, reported):
    with pytest.raises(WireError) as caught:
        from_dict(data, strict=False)
    assert str(caught.value) == reported


def test_text_that_is_no_json_object_is_refused():
    for text, reported in {
        "{": "no JSON: Expecting property name enclosed in double quotes: line 1 column 2 (char 1)",
        "[]": "expected an object, got an array",
        '{"a":NaN}': "no JSON: NaN is not allowed",
    }.items():
        with pytest.raises(WireError) as caught:
            loads(text, strict=False)
        assert str(caught.value) == reported


def test_nesting_deeper_than_900_is_refused():
    value: Any = 1
    for _ in range(899):
        value = [value]
    assert read({"a": value}).extra == {"a": value}
    for refused in ({"a": [value]}, {"a": [[[value]]]}):
        with pytest.raises(WireError) as caught:
            from_dict(refused, strict=False)
        assert str(caught.value) == "nested too deeply"
    loop: dict[str, Any] = {}
    loop["again"] = [loop, loop]
    with pytest.raises(WireError) as caught:
        from_dict(loop, strict=False)
    assert str(caught.value) == "nested too deeply"


def test_kept_values_below_other_components_may_be_nested_deeper_in_all():
    value: Any = 1
    for _ in range(898):
        value = [value]
    component: Any = from_dict({"type": "later", "a": value}, Layout, strict=False)
    document: Any = {"type": "later", "a": value}
    for _ in range(20):
        component, document = BoxLayout(components=[component]), {"type": "box", "components": [document]}
    assert same_json(to_dict(component), document)


def test_a_type_that_is_not_ours_is_refused():
    with pytest.raises(TypeError, match=r"expected a type of stepdsl, got int"):
        from_dict({}, int, strict=False)
