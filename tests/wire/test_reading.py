"""What is read, and that nothing of it is lost when it is written again."""

from __future__ import annotations

import json
from collections import OrderedDict

import pytest

from stepdsl import (
    UNSET,
    Action,
    ActionBehavior,
    ActionResponseBody,
    AlertLayout,
    Behavior,
    BoxLayout,
    ButtonLayout,
    ConstSchema,
    Context,
    ErrorResponseBody,
    HeadingLayout,
    Layout,
    Navigation,
    ObjectSchema,
    OneOfSchema,
    Polling,
    Schema,
    Size,
    Step,
    StepError,
    StringSchema,
    UnknownBehavior,
    UnknownLayout,
    UnknownSchema,
    documented_enums,
    dumps,
    from_dict,
    loads,
    to_dict,
)
from tests.models import CONCRETE, Kind, alternatives, properties, tag, used_enums, wire_name
from tests.wire.samples import fixture

# -- the text -----------------------------------------------------------------------------------------------------

TEXT = '{"title":"Grüße \U0001f600","layout":[],"schemas":[]}'


@pytest.mark.parametrize(
    "given",
    [TEXT, TEXT.encode(), bytearray(TEXT.encode()), f" \r\n\t{TEXT}\n", json.dumps(json.loads(TEXT))],
    ids=["text", "bytes", "bytearray", "spaces around it", "escapes"],
)
def test_text_and_utf8_bytes_are_read(given, library):
    assert loads(given) == Step(title="Grüße \U0001f600")


def test_a_bytearray_is_left_as_it_was(library):
    given = bytearray(TEXT.encode())
    loads(given)
    assert given == TEXT.encode()


# -- the type -----------------------------------------------------------------------------------------------------


def test_loads_reads_a_step_by_default():
    assert type(loads("{}")) is Step
    assert type(from_dict({})) is Step


@pytest.mark.parametrize(
    ("text", "cls", "made"),
    [
        ('{"exit":true}', Action, Action(exit=True)),
        ('{"action":{"url":"/next-step","data":"all-ok"}}', ActionResponseBody,
         ActionResponseBody(action=Action(url="/next-step", data="all-ok"))),
        ("{}", ErrorResponseBody, ErrorResponseBody()),
        ('{"action":{}}', Navigation.BackBehavior, Navigation.BackBehavior(action=Action())),
        ('{"type":"heading","text":"x"}', HeadingLayout, HeadingLayout(text="x")),
        ('{"text":"x"}', HeadingLayout, HeadingLayout(text="x")),  # the type is known already
        ('{"type":null,"text":"x"}', HeadingLayout, HeadingLayout(text="x")),
        ('{"text":"x","type":"heading"}', Layout, HeadingLayout(text="x")),
        ('{"type":"chart"}', Layout, UnknownLayout(type="chart")),
        ('{"type":"chart","type2":1}', UnknownLayout, UnknownLayout(type="chart", extra={"type2": 1})),
        ('{"type":"action","action":{}}', Behavior, ActionBehavior(action=Action())),
        ('{"type":"call","url":"/"}', Behavior, UnknownBehavior(type="call", extra={"url": "/"})),
        # a tag distinguishes schemas, or else a property
        ('{"type":"string"}', Schema, StringSchema()),
        ('{"type":"string","const":1}', Schema, ConstSchema(value=1, extra={"type": "string"})),
        ('{"type":"string","const":null}', Schema, StringSchema(extra={"const": None})),
        ('{"const":1}', Schema, ConstSchema(value=1)),
        ('{"const":null}', Schema, ConstSchema(value=None)),
        ('{"type":null,"const":1}', Schema, ConstSchema(value=1)),
        ('{"oneOf":[]}', Schema, OneOfSchema(schemas=[])),
        ('{"title":"x","oneOf":[{"const":1}]}', Schema, OneOfSchema(title="x", schemas=[ConstSchema(value=1)])),
        ('{"anyOf":[]}', Schema, UnknownSchema(extra={"anyOf": []})),
        ('{"type":"date","const":1}', Schema, ConstSchema(value=1, extra={"type": "date"})),
        ('{"type":"date","anyOf":1}', Schema, UnknownSchema(type="date", extra={"anyOf": 1})),
        # the earliest pages allow a constant without its value
        ("{}", Schema, ConstSchema()),
        ('{"type":null}', Schema, ConstSchema()),
        ('{"title":"x"}', Schema, ConstSchema(title="x")),
        ('{"title":"x","newer":1}', Schema, UnknownSchema(extra={"title": "x", "newer": 1})),
    ],
)  # fmt: skip
def test_a_document_is_read_as_this_type(text, cls, made, library):
    read = loads(text, cls)
    assert type(read) is type(made)
    assert read == made
    assert loads(text, type=cls) == made
    assert from_dict(json.loads(text), cls) == made
    assert from_dict(json.loads(text), type=cls) == made
    assert loads(dumps(read), cls) == made


WRONG_TYPES = [
    (dict, "expected a type of stepdsl, got dict"),
    (str, "expected a type of stepdsl, got str"),
    (Size, "expected a type of stepdsl, got Size"),
    (None, "expected a type of stepdsl, got None"),
    ("Step", "expected a type of stepdsl, got Step"),
    (Step(), "expected a type of stepdsl, got Step(layout=(), schemas=())"),
    ([], "unhashable type: 'list'"),
]


@pytest.mark.parametrize(("cls", "reported"), WRONG_TYPES, ids=[reported for _, reported in WRONG_TYPES])
def test_a_foreign_type_is_refused(cls, reported):
    for read in (lambda: loads("{}", cls), lambda: from_dict({}, cls)):
        with pytest.raises(TypeError) as caught:
            read()
        assert str(caught.value) == reported


# -- null ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", CONCRETE)
def test_null_means_absence_except_for_properties_of_type_any(name, library):
    cls = CONCRETE[name]
    document = json.loads(fixture(name))
    for prop in properties(cls).values():
        needed = prop.required or any(prop.name in group for group in alternatives(cls))
        if needed and prop.kind is not Kind.JSON:
            continue
        read = loads(json.dumps({**document, prop.wire: None}), cls)
        if prop.kind is Kind.JSON:
            assert read.__dict__[prop.name] is None
            assert to_dict(read)[prop.wire] is None
        else:
            without = {wire: value for wire, value in document.items() if wire != prop.wire}
            assert read == loads(json.dumps(without), cls)


def test_a_property_of_type_any_distinguishes_null_from_absence(library):
    assert loads('{"model":null}').model is None
    assert loads("{}").model is UNSET
    assert dumps(loads('{"model":null}')) == '{"layout":[],"schemas":[],"model":null}'
    assert loads('{"error":null,"validation":null}', StepError) == StepError(validation=None)


def test_null_of_an_unknown_property_is_kept(library):
    assert loads('{"newer":null}') == Step(extra={"newer": None})
    assert dumps(loads('{"newer":null}')) == '{"layout":[],"schemas":[],"newer":null}'


# -- defaults -----------------------------------------------------------------------------------------------------


def test_layout_and_schemas_may_be_left_out():
    assert loads('{"title":"x"}') == Step(title="x", layout=[], schemas=[])


def test_the_display_order_follows_the_properties():
    read = loads('{"type":"object","properties":{"b":{"type":"string"},"a":{"const":1}}}', ObjectSchema)
    assert read.display_order == ("b", "a")
    given = loads('{"type":"object","properties":{"b":{"type":"string"}},"displayOrder":[]}', ObjectSchema)
    assert given.display_order == ()


# -- what the library does not have -------------------------------------------------------------------------------


def test_unknown_properties_are_kept_in_their_order(library):
    text = (
        '{"z":1,"layout":[{"type":"paragraph","newer":{"b":[null],"a":1.5},"text":"x","also":[]}],"schemas":[],'
        '"refresh_url":"a Python name is none of the wire","a":true,"extra":{"x":1},"type":"x","$id":"y"}'
    )
    read = loads(text)
    assert read.extra == {
        "z": 1,
        "refresh_url": "a Python name is none of the wire",
        "a": True,
        "extra": {"x": 1},
        "type": "x",
        "$id": "y",
    }
    assert list(read.extra) == ["z", "refresh_url", "a", "extra", "type", "$id"]
    assert dict(read.layout[0].extra) == {"newer": {"b": [None], "a": 1.5}, "also": []}
    assert dumps(read) == (
        '{"layout":[{"type":"paragraph","text":"x","newer":{"b":[null],"a":1.5},"also":[]}],"schemas":[],"z":1,'
        '"refresh_url":"a Python name is none of the wire","a":true,"extra":{"x":1},"type":"x","$id":"y"}'
    )
    assert loads(dumps(read)) == read


def test_unknown_members_are_kept_as_they_came(library):
    text = (
        '{"layout":[{"type":"chart","title":null,"components":[{"type":"heading"}]}],'
        '"schemas":[{"type":"map","items":{"type":"string"}},{"anyOf":[{"const":1}]}],'
        '"polling":{"url":"/","delay":1,"maxAttempts":1,"onError":{"behavior":{"type":"retry"}}}}'
    )
    read = loads(text)
    assert read == Step(
        layout=[UnknownLayout(type="chart", extra={"title": None, "components": [{"type": "heading"}]})],
        schemas=[
            UnknownSchema(type="map", extra={"items": {"type": "string"}}),
            UnknownSchema(extra={"anyOf": [{"const": 1}]}),
        ],
        polling=Polling(
            url="/", delay=1, max_attempts=1, on_error=Polling.OnError(behavior=UnknownBehavior(type="retry"))
        ),
    )
    assert dumps(read) == text


ENUM_PROPERTIES = [
    (name, prop.name) for name, cls in CONCRETE.items() for prop in properties(cls).values() if prop.enums
]


@pytest.mark.parametrize(("name", "enum_property"), ENUM_PROPERTIES)
def test_an_enum_value_that_the_library_does_not_know_is_kept(name, enum_property, library):
    cls = CONCRETE[name]
    wire = wire_name(cls, enum_property)
    prop = properties(cls)[enum_property]
    known = next(iter(prop.enums[-1])).value
    newer = "newer" if prop.kind is Kind.ENUM else [known, "newer", known]
    document = {**json.loads(fixture(name)), wire: newer, "other": 1}
    read = from_dict(document, cls)
    assert enum_property not in read.__dict__
    assert read.extra == {wire: newer, "other": 1}
    assert read == loads(json.dumps(document), cls)
    written = to_dict(read)
    assert written == ({"type": tag(cls)} if tag(cls) else {}) | document
    assert loads(dumps(read), cls) == read


def test_there_are_enum_properties_of_both_kinds():
    assert ("HeadingLayout", "size") in ENUM_PROPERTIES
    assert ("StringSchema", "autocomplete_hint") in ENUM_PROPERTIES
    used = used_enums()
    assert {name for name, enum in documented_enums().items() if enum not in used} == {
        "HttpMethod",  # open-ended
        "SearchResult.Type",  # tags
    }


def test_known_enum_values_are_members():
    read = loads('{"type":"alert","markdown":"x","context":"warning","margin":"xs"}', AlertLayout)
    assert (read.context, read.margin) == (Context.WARNING, Size.XS)
    assert isinstance(read.context, Context)
    hints = loads('{"autocompleteHint":["email","on"]}', StringSchema).autocomplete_hint
    assert [type(hint).__qualname__ for hint in hints or ()] == ["AutocompleteHint"] * 2


def test_an_open_ended_value_is_a_plain_string():
    assert type(loads('{"method":"GET"}', Action).method) is str
    assert loads('{"method":"BREW"}', Action).method == "BREW"


# -- odd documents ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ('{"title":1,"title":"x"}', '{"title":"x","layout":[],"schemas":[]}'),
        ('{"title":"x","title":null}', '{"layout":[],"schemas":[]}'),
        ('{"a":1,"b":2,"a":3}', '{"layout":[],"schemas":[],"a":3,"b":2}'),
        ('{"model":{"a":1,"b":2,"a":{"c":1,"c":2}}}', '{"layout":[],"schemas":[],"model":{"a":{"c":2},"b":2}}'),
        ('{"layout":[{"type":"heading","text":"x","type":"paragraph"}]}',
         '{"layout":[{"type":"paragraph","text":"x"}],"schemas":[]}'),
    ],
)  # fmt: skip
def test_the_last_of_duplicated_keys_wins(text, written, library):
    assert dumps(loads(text)) == written


def test_names_in_maps_are_kept_whatever_they_are(library):
    text = (
        '{"type":"object","properties":{"":{"type":"string"},"a b":{"const":1},"\U0001f600":{"type":"x"},'
        '"properties":{"oneOf":[]}},"displayOrder":["a b"],"required":["","no such"]}'
    )
    read = loads(text, ObjectSchema)
    assert list(read.properties) == ["", "a b", "\U0001f600", "properties"]
    assert dumps(read) == text


@pytest.mark.parametrize("name", CONCRETE)
def test_the_order_of_a_document_does_not_matter(name, library):
    document = json.loads(fixture(name))
    backwards = dict(reversed(document.items()))
    assert loads(json.dumps(backwards), CONCRETE[name]) == loads(fixture(name), CONCRETE[name])
    assert dumps(loads(json.dumps(backwards), CONCRETE[name])) == dumps(loads(fixture(name), CONCRETE[name]))
    for wire in document:  # each one moved to the end
        moved = {**{other: value for other, value in document.items() if other != wire}, wire: document[wire]}
        assert dumps(from_dict(moved, CONCRETE[name])) == dumps(loads(fixture(name), CONCRETE[name]))


def test_from_dict_takes_dicts_and_lists_of_other_classes():
    document = OrderedDict(layout=({"type": "box", "components": ()},), schemas=[], model={"a": (1, 2)})
    read = from_dict(document)
    assert read == Step(layout=[BoxLayout(components=[])], model={"a": [1, 2]})


def test_from_dict_copies_its_argument():
    document = {"model": {"a": [1]}, "newer": {"b": [2]}, "layout": [{"type": "x", "y": [3]}]}
    read = from_dict(document)
    document["model"]["a"].append(2)
    document["newer"]["b"].append(3)
    document["layout"][0]["y"].append(4)
    assert dumps(read) == '{"layout":[{"type":"x","y":[3]}],"schemas":[],"model":{"a":[1]},"newer":{"b":[2]}}'


def test_from_dict_leaves_its_argument_alone():
    document = {"layout": [{"type": "button", "title": "x", "context": "newer", "action": {}}], "a": 1}
    before = json.dumps(document)
    from_dict(document)
    assert json.dumps(document) == before


def test_an_object_shares_nothing_with_the_document_that_it_was_read_from():
    document = {"model": {"a": []}}
    read = from_dict(document)
    document["model"]["a"].append(1)
    assert read.model == {"a": []}


@pytest.mark.parametrize("number", ["0", "-0", "1.0", "-1.50", "1E2", "1e-7", "9007199254740993", "0.1", "1e308"])
def test_numbers_are_read_as_python_reads_them(number, library):
    read = loads(f'{{"data":{number}}}', Action).data
    assert read == json.loads(number)
    assert type(read) is type(json.loads(number))


def test_a_button_may_have_the_properties_of_both_generations():
    text = '{"type":"button","title":"x","action":{"url":"/1"},"behavior":{"type":"action","action":{"url":"/2"}}}'
    assert loads(text, Layout) == ButtonLayout(
        title="x", action=Action(url="/1"), behavior=ActionBehavior(action=Action(url="/2"))
    )
