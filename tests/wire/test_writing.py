"""How objects are written: names, order, bytes."""

from __future__ import annotations

import json
import random

import pytest

from stepdsl import (
    Action,
    ActionBehavior,
    BoxLayout,
    ButtonLayout,
    ColumnsLayout,
    ConstSchema,
    Context,
    HeadingLayout,
    HttpMethod,
    ObjectSchema,
    OneOfSchema,
    ParagraphLayout,
    Polling,
    Step,
    StringSchema,
    UnknownBehavior,
    UnknownLayout,
    UnknownSchema,
    dumps,
    from_dict,
    loads,
    to_dict,
)
from tests.models import CONCRETE, tag, wire_names
from tests.wire.libraries import LIBRARIES, json_library
from tests.wire.samples import samples, with_every_property

ON_ERROR = Polling.OnError(action=Action(exit=True))

WRITTEN = [
    # what is absent is left out
    (Step(), '{"layout":[],"schemas":[]}'),
    (Step(title=None, model=None), '{"layout":[],"schemas":[],"model":null}'),
    (Action(), "{}"),
    (Action(exit=False, data=False, result=0, id=""), '{"id":"","exit":false,"result":0,"data":false}'),
    # known properties in the order of declaration, the tag first, the extra ones last and in their own order
    (
        Polling(on_error=ON_ERROR, max_attempts=2, extra={"z": 1, "a": 2}, interval=1, url="/"),
        '{"url":"/","interval":1,"maxAttempts":2,"onError":{"action":{"exit":true}},"z":1,"a":2}',
    ),
    (
        HeadingLayout(text="x", extra={"newer": True}, margin="xs", control="c"),
        '{"type":"heading","control":"c","margin":"xs","text":"x","newer":true}',
    ),
    # maps and JSON values in the order in which they were given
    (Step(analytics={"b": "1", "a": "2"}), '{"layout":[],"schemas":[],"analytics":{"b":"1","a":"2"}}'),
    (Step(model={"b": {"d": 1, "c": 2}, "a": 0}), '{"layout":[],"schemas":[],"model":{"b":{"d":1,"c":2},"a":0}}'),
    (
        ObjectSchema(properties={"b": StringSchema(), "a": ConstSchema(value=1)}),
        '{"type":"object","properties":{"b":{"type":"string"},"a":{"const":1}},"displayOrder":["b","a"]}',
    ),
    # names that are not the camelCase of the Python name
    (StringSchema(id="#a"), '{"type":"string","$id":"#a"}'),
    (OneOfSchema(schemas=[ConstSchema(value="x")]), '{"oneOf":[{"const":"x"}]}'),
    (ConstSchema(value=None), '{"const":null}'),
    (ConstSchema(), "{}"),
    # enums as their strings
    (
        StringSchema(format="date", autocomplete_hint=["home", "email"]),
        '{"type":"string","autocompleteHint":["home","email"],"format":"date"}',
    ),
    (Action(method=HttpMethod.GET), '{"method":"GET"}'),
    # compact, and not escaped but where JSON demands it
    (
        ParagraphLayout(text='Grüße 你好 \U0001f600 \u2028 \x7f </script> " \\ \n \x00'),
        '{"type":"paragraph","text":"Grüße 你好 \U0001f600 \u2028 \x7f </script> \\" \\\\ \\n \\u0000"}',
    ),
    # numbers
    (
        Action(data=[-(2**63), 2**63 - 1, 0, -0.0, 1.0, 0.1, 5e-324, True]),
        '{"data":[-9223372036854775808,9223372036854775807,0,-0.0,1.0,0.1,5e-324,true]}',
    ),
    # members that the library does not have
    (UnknownLayout(type="chart", extra={"x": [1]}), '{"type":"chart","x":[1]}'),
    (UnknownBehavior(type="", extra={}), '{"type":""}'),
    (UnknownSchema(type="map", extra={"items": {"type": "string"}}), '{"type":"map","items":{"type":"string"}}'),
    (UnknownSchema(extra={"anyOf": []}), '{"anyOf":[]}'),
    # a value that the library does not have yet
    (
        ButtonLayout(title="x", behavior=ActionBehavior(action=Action()), extra={"context": "urgent", "new": 1}),
        '{"type":"button","title":"x","behavior":{"type":"action","action":{}},"context":"urgent","new":1}',
    ),
]


def test_a_number_with_an_exponent_is_written_as_the_json_library_spells_it(library):
    """`1e+100`, or `1e100` with the oldest orjson."""
    text = dumps(Action(data=[1e100]))
    assert text.replace("+", "") == '{"data":[1e100]}'
    assert loads(text, Action).data == [1e100]


@pytest.mark.parametrize(("made", "text"), WRITTEN, ids=[text[:60] for _, text in WRITTEN])
def test_an_object_is_written_as_this_text(made, text, library):
    assert dumps(made) == text
    assert loads(text, type(made)) == made
    assert list(to_dict(made).items()) == list(json.loads(text).items())


@pytest.mark.parametrize("name", CONCRETE)
def test_the_tag_comes_first_and_then_the_order_of_declaration(name):
    cls = CONCRETE[name]
    declared = [*([] if tag(cls) is None else ["type"]), *wire_names(cls)]
    assert list(to_dict(with_every_property(name))) == declared
    for made in samples(name):
        written = to_dict(made)
        assert list(written) == [wire for wire in declared if wire in written]


@pytest.mark.parametrize("name", CONCRETE)
def test_the_order_of_the_arguments_does_not_matter(name):
    for made in samples(name):
        values = list({**made.__dict__, "extra": {"x": 1}}.items())
        random.Random(name).shuffle(values)  # any order, the same at each run
        again = type(made)(**dict(values))
        assert dumps(again) == dumps(made)[:-1] + (',"x":1}' if len(dumps(made)) > 2 else '"x":1}')


def test_the_bytes_do_not_depend_on_how_an_object_was_made():
    constructed = Step(
        id="a", layout=[HeadingLayout(text="x", size="lg")], extra={"new": 1}, analytics={"k": "v"}, title="t"
    )
    with Step.build(extra={"new": 1}, title="t") as built:
        built.analytics = {"k": "v"}
        built.layout([HeadingLayout(size="lg", text="x")])
        built.id = "a"
    read = loads('{"new":1,"title":"t","analytics":{"k":"v"},"schemas":[],"layout":[{"text":"x","size":"lg","type":'
                 '"heading"}],"id":"a"}')  # fmt: skip
    assert constructed == built.built == read
    assert dumps(constructed) == dumps(built.built) == dumps(read)


@pytest.mark.parametrize("indent", [0, 1, 4])
def test_the_text_is_indented(indent, library):
    step = Step(title="Grüße", layout=[ParagraphLayout(text="x")], model={"a": []})
    assert dumps(step, indent=indent) == json.dumps(to_dict(step), indent=indent, ensure_ascii=False)
    assert loads(dumps(step, indent=indent)) == step


def test_the_text_is_indented_by_two_spaces(library):
    assert dumps(Step(title="ü", model=[]), indent=2) == (
        '{\n  "title": "ü",\n  "layout": [],\n  "schemas": [],\n  "model": []\n}'
    )


EXPONENTS = [1e16, 1e22, 1.5e300, 1e-5, 1e-7, 2.5e-10]


@pytest.mark.parametrize("number", EXPONENTS)
def test_numbers_with_an_exponent_are_equal_with_and_without_orjson(number):
    for name in LIBRARIES:
        with json_library(name):
            assert json.loads(dumps(Action(data=number))) == {"data": number}
            assert json.loads(dumps(Action(data=number), indent=2)) == {"data": number}


def nested_boxes(levels: int, inner: object = None) -> BoxLayout:
    box = BoxLayout(components=[] if inner is None else [inner])
    for _ in range(levels - 1):
        box = BoxLayout(components=[box])
    return box


def nested_lists(levels: int) -> object:
    value: object = []
    for _ in range(levels - 1):
        value = [value]
    return value


def nested_schemas(levels: int, inner: object) -> ObjectSchema:
    schema = ObjectSchema(properties={"a": inner})
    for _ in range(levels - 1):
        schema = ObjectSchema(properties={"a": schema})
    return schema


DEEPEST = {
    "boxes": Step(layout=[nested_boxes(100)]),
    "boxes with a paragraph": Step(layout=[nested_boxes(100, ParagraphLayout(text="x"))]),
    "boxes with data": Step(
        layout=[
            nested_boxes(100, ButtonLayout(title="x", behavior=ActionBehavior(action=Action(data=nested_lists(100)))))
        ]
    ),
    "schemas with a constant": Step(schemas=[nested_schemas(100, ConstSchema(value=nested_lists(100)))]),
    "columns": Step(layout=[ColumnsLayout(left=[nested_boxes(99)], right=[nested_boxes(99)])]),
    "model": Step(model=nested_lists(100)),
}


@pytest.mark.parametrize("name", DEEPEST)
def test_the_deepest_objects_are_written_and_read(name, library):
    assert loads(dumps(DEEPEST[name])) == DEEPEST[name]
    assert loads(dumps(DEEPEST[name], indent=1)) == DEEPEST[name]
    assert from_dict(to_dict(DEEPEST[name])) == DEEPEST[name]


# -- to_dict ------------------------------------------------------------------------------------------------------


def test_to_dict_makes_a_copy_in_plain_containers():
    step = Step(
        model={"a": [1]},
        layout=[UnknownLayout(type="x", extra={"y": {"z": [1]}})],
        schemas=[ObjectSchema(properties={"a": StringSchema(keywords=["k"], validation_messages={"pattern": "p"})})],
        analytics={"k": "v"},
        extra={"new": {"deep": []}},
    )
    before = dumps(step)
    written = to_dict(step)
    assert json.dumps(written) == json.dumps(json.loads(before))

    def spoil(value: object) -> None:
        assert type(value) in (dict, list, str, int), type(value)
        if isinstance(value, dict):
            for part in value.values():
                spoil(part)
            value["spoilt"] = True
        elif isinstance(value, list):
            for part in value:
                spoil(part)
            value.append("spoilt")

    spoil(written)
    assert dumps(step) == before
    assert to_dict(step) == json.loads(before)


def test_to_dict_makes_plain_strings_of_enums():
    button = ButtonLayout(title="x", action=Action(method=HttpMethod.GET), context=Context.WARNING, margin="md")
    written = to_dict(button)
    assert written == {
        "type": "button",
        "margin": "md",
        "title": "x",
        "action": {"method": "GET"},
        "context": "warning",
    }
    assert [type(value) for value in (written["margin"], written["context"], written["action"]["method"])] == [str] * 3


# -- what is no object of the library -----------------------------------------------------------------------------

FOREIGN = [
    ({}, "expected an object of stepdsl, got dict"),
    (None, "expected an object of stepdsl, got NoneType"),
    ("{}", "expected an object of stepdsl, got str"),
    ([Step()], "expected an object of stepdsl, got list"),
    (Step, "expected an object of stepdsl, got type"),
]


@pytest.mark.parametrize("write", [dumps, to_dict])
@pytest.mark.parametrize(("given", "reported"), FOREIGN, ids=[reported for _, reported in FOREIGN])
def test_only_objects_of_the_library_are_written(write, given, reported):
    with pytest.raises(TypeError) as caught:
        write(given)
    assert str(caught.value) == reported


def test_a_builder_is_not_written():
    with pytest.raises(TypeError) as caught:
        dumps(Step.build())
    advice = "write .built to get the finished object"
    assert str(caught.value) == f"expected an object of stepdsl, got StepBuilder; {advice}"
