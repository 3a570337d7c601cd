"""Messages for single fields: their structure, and the check against the schemas of the step."""

from __future__ import annotations

from collections.abc import Callable
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
from tests.test_sizes import calls

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
        ({"anything['a''b\"c'].d": "No"}, {"anything": {"a'b\"c": {"d": "No"}}}),
        ({"anything": {"a": {}, "b": [None, []]}}, {}),
        ({"anything" + ".a" * 99: {}}, {}),
        ({"address": [None, {}], "address.city": "No"}, {"address": {"city": "No"}}),
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
    (ValueError("No"), "validation: expected a mapping, got a ValueError"),
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
    ({"children[\u0660]": "No"}, "validation: expected paths such as 'address.city', got 'children[\u0660]'"),
    ({"address.": "No"}, "validation: expected paths such as 'address.city', got 'address.'"),
    ({"address['a'b']": "No"}, """validation: expected paths such as 'address.city', got "address['a'b']\""""),
    ({"address['a": "No"}, """validation: expected paths such as 'address.city', got "address['a\""""),
    ({"name": "A", "['name']": "B"}, "validation.name: given twice"),
    ({"address.city": "A", "address": {"city": "A"}}, "validation.address.city: given twice"),
    ({"address": "A", "address.city": "B"}, "validation.address: messages of the value and of what is in it"),
    ({"address.city": "A", "['address']": "B"}, "validation.address: messages of the value and of what is in it"),
    ({"payment.iban": "A", "payment[0]": "B"}, "validation.payment: messages of both fields and items of a list"),
    ({"payment[0]": "A", "payment.iban": "B"}, "validation.payment: messages of both fields and items of a list"),
    (
        {"address": {"city": "A", "street": "B"}, "['address']": {"city": "A", "street": "B"}},
        "validation.address.city: given twice; validation.address.street: given twice",
    ),
    (
        {"payment": ["A", "B"], "['payment']": {"iban": "A", "card": "B"}},
        "validation.payment: messages of both fields and items of a list",
    ),
    ({"[0]": "A", "name": "B"}, "validation: messages of both fields and items of a list"),
]


@pytest.mark.parametrize(("messages", "error"), INVALID)
@pytest.mark.parametrize("step", [None, STEP], ids=["alone", "with a step"])
def test_invalid_messages_are_refused(messages, error, step):
    with pytest.raises(InvalidValueError) as refused:
        server.error(validation=messages, step=step)
    assert str(refused.value) == error


def test_all_invalid_messages_are_reported():
    given = {"a[-1]": "No", "b": {"c": 5, "d": [None, 6]}, "e": "A", "['e']": "B", "f": "C", "[0]": "D"}
    with pytest.raises(InvalidValueError) as refused:
        server.error(validation=given)
    assert refused.value.problems == (
        ("validation", "expected paths such as 'address.city', got 'a[-1]'"),
        ("validation.b.c", "expected a message, got 5"),
        ("validation.b.d[1]", "expected a message, got 6"),
        ("validation.e", "given twice"),
        ("validation", "messages of both fields and items of a list"),
    )


def nested(levels: int, inside: Any = "No") -> Any:
    for _ in range(levels):
        inside = {"a": inside}
    return inside


def test_messages_nest_at_most_100_deep():
    dots = ".".join
    for given in (nested(100), {dots("a" * 100): "No"}, {dots("a" * 60): nested(40)}):
        assert server.error(validation=given).json == {"validation": nested(100)}
    deep = f"validation{'.a' * 100}: JSON values nest at most 100 deep"
    for given, text in (
        ({dots("a" * 60): nested(41)}, deep),
        ({dots("a" * 60): nested(80, ["No"])}, deep),
        (nested(102), "validation.a: JSON values nest at most 100 deep"),
        ({dots("a" * 101): "No"}, f"validation: expected paths of at most 100 parts, got '{dots('a' * 28)}.…"),
        ({"a" + "[0]" * 100: 5}, f"validation: expected paths of at most 100 parts, got 'a{'[0]' * 18}[…"),
    ):
        with pytest.raises(InvalidValueError) as refused:
            server.error(validation=given)
        assert str(refused.value) == text


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
        ({"tags[0].x": "No"}, "validation.tags[0].x: no such field; 'tags[0]' has no parts"),
        ({"point[2]": "No"}, "validation.point[2]: no such item; there are 2"),
        ({"point.x": "No"}, "validation.point.x: no such item; there are 2"),
        ({"point[1].y": "No"}, "validation.point[1].y: no such field; there are x"),
        ({"purpose.rent": "No"}, "validation.purpose.rent: no such field; 'purpose' has no parts"),
        ({"name": ["No"]}, "validation.name[0]: no such field; 'name' has no parts"),
        ({"payment.ibn": "No"}, "validation.payment.ibn: no such field; did you mean 'iban'?"),
        ({"payment.card.x": "No"}, "validation.payment.card.x: no such field; there are number"),
        ({"merged.xyz": "No"}, "validation.merged.xyz: no such field; there are first, second, third"),
        ({"photo.name": "No"}, "validation.photo.name: no such field; 'photo' has no parts"),
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
    assert str(refused.value) == "validation.name: no such field; there are no fields here"
    assert server.error("No.", {}, step=Step(id="welcome")).json == {"error": "No.", "validation": {}}


def test_an_object_without_properties_has_no_fields():
    step = Step(schemas=[ObjectSchema(properties={"empty": ObjectSchema(properties={})})])
    with pytest.raises(InvalidValueError) as refused:
        server.error(validation={"empty.x": "No"}, step=step)
    assert str(refused.value) == "validation.empty.x: no such field; there are no fields here"


def test_only_the_names_that_the_text_shows_are_compared_with_the_fields():
    names = [f"nam{number}" for number in range(1200)]
    with pytest.raises(InvalidValueError) as refused:
        server.error(validation=dict.fromkeys(names, "No"), step=STEP)
    problems = refused.value.problems
    assert problems[19] == ("validation.nam19", "no such field; did you mean 'name'?")
    assert problems[20] == ("validation.nam20", f"no such field; there are {NAMES}")
    assert problems[999:] == (
        ("validation.nam999", f"no such field; there are {NAMES}"),
        ("", "only the first 1000 problems are listed"),
    )


@pytest.mark.parametrize(("fields", "hint"), [(150, "did you mean 'field7'?"), (151, "there are field0, ")])
def test_a_name_is_compared_with_at_most_150_fields(fields: int, hint: str) -> None:
    with pytest.raises(InvalidValueError) as refused:
        server.error(validation={"feild7": "No"}, step=form(fields))
    assert str(refused.value).startswith(f"validation.feild7: no such field; {hint}")


def test_a_name_of_a_field_is_shortened_in_a_message():
    long = Step(schemas=[obj(**{"a" * 90: text, "line\nbreak": text})])
    with pytest.raises(InvalidValueError) as refused:
        server.error(validation={"x": "No"}, step=long)
    assert str(refused.value) == f"validation.x: no such field; there are {'a' * 57}…, line break"


def test_an_item_is_described_by_lists_and_tuples_together():
    both = Step(
        schemas=[obj(a=OneOfSchema(schemas=[items(obj(b=text)), ArraySchema.Tuple(items=[obj(c=text), obj(d=text)])]))]
    )
    given = {"a[0].b": "1", "a[0].c": "2", "a[1].d": "3", "a[1].b": "4", "a[7].b": "5"}
    assert server.error(validation=given, step=both).status == 422
    for path, names in (("a[0].d", "c, b"), ("a[1].c", "d, b"), ("a[7].c", "b")):
        with pytest.raises(InvalidValueError) as refused:
            server.error(validation={path: "No"}, step=both)
        assert str(refused.value) == f"validation.{path}: no such field; there are {names}"


def test_the_longest_tuple_has_the_number_of_items():
    both = Step(
        schemas=[obj(a=OneOfSchema(schemas=[ArraySchema.Tuple(items=[text] * size) for size in (0, 3, 2)]))],
    )
    with pytest.raises(InvalidValueError) as refused:
        server.error(validation={"a[3]": "No"}, step=both)
    assert str(refused.value) == "validation.a[3]: no such item; there are 3"


def form(fields: int) -> Step:
    return Step(schemas=[obj(**{f"field{number}": obj(a=text, b=items(text)) for number in range(fields)})])


def accepted(given: Any, step: Step | None = None) -> Callable[[], object]:
    return lambda: server.error(validation=given, step=step)


def refused(given: Any, step: Step | None = None) -> Callable[[], object]:
    def work() -> None:
        with pytest.raises(InvalidValueError):
            server.error(validation=given, step=step)

    return work


WORK: dict[str, Callable[[int], Callable[[], object]]] = {
    "strange paths": lambda count: refused({f"a[-{number}]": "No" for number in range(count)}),
    "no messages": lambda count: refused({"a": [5] * count}),
    "messages given twice": lambda count: refused(
        {f"a{number}": "No" for number in range(count)} | {f"['a{number}']": "No" for number in range(count)}
    ),
    "items of a list": lambda count: accepted({"a": [{"b": "No"}] * count}),
    "paths of items": lambda count: accepted({f"a[{number}].b": "No" for number in range(count)}),
    "wrong names beside many fields": lambda count: refused(
        {f"feild{number}": "No" for number in range(count)}, form(count)
    ),
    "fields of a large form": lambda count: accepted(
        {f"field{number}.b[3]": "No" for number in range(count)}, form(count)
    ),
    "alternatives with the same field": lambda count: accepted(
        {f"a[{number}].f{number}": "No" for number in range(count)},
        Step(schemas=[obj(a=items(OneOfSchema(schemas=[obj(**{f"f{one}": text}) for one in range(count)])))]),
    ),
}


@pytest.mark.parametrize("work", WORK.values(), ids=WORK)
def test_the_cost_is_linear(work):
    """Counted in calls: as many times more calls as there are more messages, or fewer."""
    work(10)()  # whatever is made on first use is there
    counts = [calls(work(count)) for count in (10, 40, 160)]
    few, many = counts[1] - counts[0], counts[2] - counts[1]
    assert many <= few * 4.1


def test_the_cost_of_a_path_is_linear():
    """A path with too many parts is refused after its parts are counted."""
    works = [refused({"a" + ".a" * parts: "No"}) for parts in (1000, 1000, 2000, 3000)]
    _, few, some, many = map(calls, works)  # the first one makes whatever is made on first use
    assert many - some == some - few


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
