"""Messages for single fields: their structure, and the check against the schemas of the step."""

from __future__ import annotations

from typing import Any

import pytest

from stepdsl import (
    AllOfSchema,
    ArraySchema,
    BlobSchema,
    BooleanSchema,
    ConstSchema,
    InvalidValueError,
    ObjectSchema,
    OneOfSchema,
    PersistAsync,
    Step,
    StringSchema,
    UnknownSchema,
    server,
)

text = StringSchema(title="Text")


def obj(**properties: Any) -> ObjectSchema:
    return ObjectSchema(properties=properties)


def items(schema: Any) -> ArraySchema.List:
    return ArraySchema.List(items=schema, add_item_title="Add", edit_item_title="Edit")


STEP = Step(
    id="details",
    schemas=[
        obj(
            name=text,
            address=obj(city=text, street=text),
            children=items(obj(name=text, age=text)),
            tags=items(text),
            point=ArraySchema.Tuple(items=[text, obj(x=text)]),
            purpose=OneOfSchema(schemas=[ConstSchema(value="rent"), ConstSchema(value="other")]),
            payment=OneOfSchema(schemas=[obj(iban=text), obj(card=obj(number=text)), items(text)]),
            merged=AllOfSchema(schemas=[obj(first=text), OneOfSchema(schemas=[obj(second=text), obj(third=text)])]),
            anything=UnknownSchema(type="any"),
            maybe=OneOfSchema(schemas=[obj(known=text), UnknownSchema(type="any")]),
            photo=StringSchema(
                persist_async=PersistAsync(id_property="id", param="photo", schema=BlobSchema(), url="/photo")
            ),
        ),
        obj(terms=BooleanSchema(), **{"a.b": text, "it's": text, "with space": text, "": text}),
    ],
)


@pytest.mark.parametrize(
    ("messages", "shape"),
    [
        ({}, {}),
        ({"name": "No"}, {"name": "No"}),
        ({"address.city": "No"}, {"address": {"city": "No"}}),
        ({"address": {"city": "No"}}, {"address": {"city": "No"}}),
        ({"address.city": "A", "address.street": "B"}, {"address": {"city": "A", "street": "B"}}),
        ({"address.city": "A", "address": {"street": "B"}}, {"address": {"city": "A", "street": "B"}}),
        ({"address": "No such place"}, {"address": "No such place"}),
        ({"children[0].name": "No"}, {"children": [{"name": "No"}]}),
        ({"children[2].age": "A", "children[0].name": "B"}, {"children": [{"name": "B"}, None, {"age": "A"}]}),
        ({"children": [None, {"name": "No"}]}, {"children": [None, {"name": "No"}]}),
        ({"children": [{}, {"name": "No"}]}, {"children": [None, {"name": "No"}]}),
        ({"children": "Too many"}, {"children": "Too many"}),
        ({"tags[1]": "No"}, {"tags": [None, "No"]}),
        ({"tags": ("A", "B")}, {"tags": ["A", "B"]}),
        ({"point[1].x": "No"}, {"point": [None, {"x": "No"}]}),
        ({"purpose": "No"}, {"purpose": "No"}),
        ({"payment.iban": "A", "payment.card.number": "B"}, {"payment": {"iban": "A", "card": {"number": "B"}}}),
        ({"payment[1]": "No"}, {"payment": [None, "No"]}),
        (
            {"merged.first": "A", "merged.second": "B", "merged.third": "C"},
            {"merged": {"first": "A", "second": "B", "third": "C"}},
        ),
        ({"anything.at[1].all": "No"}, {"anything": {"at": [None, {"all": "No"}]}}),
        ({"maybe.unknown": "No"}, {"maybe": {"unknown": "No"}}),
        ({"photo": "Too dark"}, {"photo": "Too dark"}),
        ({"terms": "Please"}, {"terms": "Please"}),
        ({"['a.b']": "No"}, {"a.b": "No"}),
        ({'["it\'s"]': "No", "with space": "A"}, {"it's": "No", "with space": "A"}),
        ({"['']": "No"}, {"": "No"}),
        ({"address": {"city": None}, "name": None}, {}),
        ({"address": {}}, {}),
    ],
)
def test_messages_are_nested_like_the_submission(messages, shape):
    assert server.error(validation=messages, step=STEP).json == {"validation": shape}
    assert server.error(validation=messages).json == {"validation": shape}


def test_nested_names_are_not_parsed_as_paths():
    assert server.error(validation={"a": {"b.c": "No"}}).json == {"validation": {"a": {"b.c": "No"}}}


def test_a_path_with_80_parts_is_accepted():
    path = ".".join(["a"] * 80)
    assert server.error(validation={path: "No"}).status == 422


wrong: Any = 5

INVALID = [
    (wrong, "validation: expected a mapping, got 5"),
    ({wrong: "No"}, "validation['5']: expected a string as the key, got 5"),
    ({"name": wrong}, "validation.name: expected a message, got 5"),
    ({"address": {"city": [None, True]}}, "validation.address.city[1]: expected a message, got True"),
    ({"name": {1, 2}}, "validation.name: expected a JSON value, got a set"),
    ({"": "No"}, "validation: expected paths such as 'address.city', got ''"),
    ({".city": "No"}, "validation: expected paths such as 'address.city', got '.city'"),
    ({"address..city": "No"}, "validation: expected paths such as 'address.city', got 'address..city'"),
    ({"children[x]": "No"}, "validation: expected paths such as 'address.city', got 'children[x]'"),
    ({"children[-1]": "No"}, "validation: expected paths such as 'address.city', got 'children[-1]'"),
    ({"children[10000]": "No"}, "validation: expected paths such as 'address.city', got 'children[10000]'"),
    ({"children[0]name": "No"}, "validation: expected paths such as 'address.city', got 'children[0]name'"),
    ({"name": "A", "['name']": "B"}, "validation.name: given twice"),
    ({"address.city": "A", "address": {"city": "A"}}, "validation.address.city: given twice"),
    ({"address": "A", "address.city": "B"}, "validation.address: messages of the value and of what is in it"),
    ({"address.city": "A", "['address']": "B"}, "validation.address: messages of the value and of what is in it"),
    ({"payment.iban": "A", "payment[0]": "B"}, "validation.payment: messages of both fields and items of a list"),
    ({"payment[0]": "A", "payment.iban": "B"}, "validation.payment: messages of both fields and items of a list"),
    ({"[0]": "A", "name": "B"}, "validation: messages of both fields and items of a list"),
]


@pytest.mark.parametrize(("messages", "error"), INVALID)
@pytest.mark.parametrize("step", [None, STEP], ids=["alone", "with a step"])
def test_invalid_messages_are_refused(messages, error, step):
    with pytest.raises(InvalidValueError) as refused:
        server.error(validation=messages, step=step)
    assert str(refused.value) == error


NAMES = "name, address, children, tags, point, purpose, payment, merged, anything, maybe, photo, terms and 4 more"


@pytest.mark.parametrize(
    ("messages", "error"),
    [
        ({"nam": "No"}, "validation.nam: no such field; did you mean 'name'?"),
        ({"xyz": "No"}, f"validation.xyz: no such field; there are {NAMES}"),
        ({"address.citty": "No"}, "validation.address.citty: no such field; did you mean 'city'?"),
        ({"address.a.b": "No"}, "validation.address.a: no such field; there are city, street"),
        ({"address[0]": "No"}, "validation.address[0]: no such field; there are city, street"),
        ({"children[3].nam": "No"}, "validation.children[3].nam: no such field; did you mean 'name'?"),
        (
            {"children.name": "No"},
            "validation.children.name: no such field; there are the items of a list, [0] and so on",
        ),
        ({"tags[0].x": "No"}, "validation.tags[0].x: no such field; there is none at all"),
        ({"point[2]": "No"}, "validation.point[2]: no such item; there are 2"),
        ({"point.x": "No"}, "validation.point.x: no such item; there are 2"),
        ({"point[1].y": "No"}, "validation.point[1].y: no such field; there are x"),
        ({"purpose.rent": "No"}, "validation.purpose.rent: no such field; there is none at all"),
        ({"payment.ibn": "No"}, "validation.payment.ibn: no such field; did you mean 'iban'?"),
        ({"payment.card.x": "No"}, "validation.payment.card.x: no such field; there are number"),
        ({"merged.xyz": "No"}, "validation.merged.xyz: no such field; there are first, second, third"),
        ({"photo.name": "No"}, "validation.photo.name: no such field; there is none at all"),
        (
            {"nam": "No", "name": "No", "address": {"citty": "No", "stret": "No"}},
            "validation.nam: no such field; did you mean 'name'?; "
            "validation.address.citty: no such field; did you mean 'city'?; "
            "validation.address.stret: no such field; did you mean 'street'?",
        ),
    ],
)
def test_a_path_that_is_not_a_field_of_the_step_is_refused(messages, error):
    assert server.error(validation=messages).status == 422
    with pytest.raises(InvalidValueError) as refused:
        server.error(validation=messages, step=STEP)
    assert str(refused.value) == error


def test_a_step_without_schemas_has_no_fields():
    with pytest.raises(InvalidValueError) as refused:
        server.error(validation={"name": "No"}, step=Step(id="welcome"))
    assert str(refused.value) == "validation.name: no such field; there is none at all"
    assert server.error("No.", {}, step=Step(id="welcome")).json == {"error": "No.", "validation": {}}


def test_a_name_in_several_alternatives_is_listed_once():
    both = Step(schemas=[OneOfSchema(schemas=[obj(a=text, b=text), obj(a=text, c=text)])])
    with pytest.raises(InvalidValueError) as refused:
        server.error(validation={"xyz": "No"}, step=both)
    assert str(refused.value) == "validation.xyz: no such field; there are a, b, c"


def test_the_fields_of_all_alternatives_are_accepted():
    both = Step(schemas=[OneOfSchema(schemas=[obj(a=obj(b=text)), obj(a=obj(c=text)), obj(a=text)])])
    assert server.error(validation={"a.b": "A", "a.c": "B"}, step=both).json == {
        "validation": {"a": {"b": "A", "c": "B"}}
    }
    with pytest.raises(InvalidValueError) as refused:
        server.error(validation={"a.xyz": "No"}, step=both)
    assert str(refused.value) == "validation.a.xyz: no such field; there are b, c"
