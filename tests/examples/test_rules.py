"""Each rule finds what breaks it."""

from __future__ import annotations

from typing import Any

import pytest

from stepdsl import (
    Action,
    ActionBehavior,
    AlertLayout,
    AllOfSchema,
    ArraySchema,
    BlobSchema,
    BooleanSchema,
    ConstSchema,
    External,
    FormLayout,
    ImageLayout,
    IntegerSchema,
    MarkdownLayout,
    Media,
    NumberSchema,
    ObjectSchema,
    OneOfSchema,
    PersistAsync,
    Polling,
    Schema,
    Step,
    StepError,
    StringSchema,
    ValidateAsync,
)
from tests.examples.rules import problems

FORM = FormLayout(schema_id="#a")
EXIT = Action(exit=True)


def obj(**properties: Schema) -> ObjectSchema:
    return ObjectSchema(id="#a", properties=properties)


def step(**values: Any) -> Step:
    return Step(id="x", title="X", **values)


def fitting(schema: Schema, value: Any) -> Step:
    return step(schemas=[obj(v=schema)], layout=[FORM], model={"v": value})


def polling(**values: Any) -> Polling:
    given = {"url": "/", "max_attempts": 10, "on_error": Polling.OnError(action=EXIT), **values}
    return Polling(**given)


TOKEN = StringSchema(persist_async=PersistAsync(url="/", param="p", id_property="i", schema=BlobSchema()))
ASYNC = StringSchema(refresh_step_on_change=True, validation_async=ValidateAsync(url="/", param="p", method="POST"))

WRONG = [
    (Step(title="X"), "Step: no id or no title"),
    (Step(id="x"), "Step: no id or no title"),
    (step(layout=[FORM]), "Step: the form of '#a' shows no root schema"),
    (step(layout=[FORM, FORM], schemas=[obj()]), "Step: '#a' is shown twice"),
    (step(schemas=[obj()]), "Step: no form shows the schema '#a', and it is not hidden"),
    (step(schemas=[obj(v=StringSchema(id="#a"))], layout=[FORM]), "Step: the id '#a' is given twice"),
    (step(external=External(url="https://x.example")), "Step: external without polling and without a link handler"),
    (step(refresh_url="/r"), "Step: refresh_url without a model"),
    (
        step(schemas=[obj(v=StringSchema(refresh_step_on_change=True))], layout=[FORM]),
        "Step: refresh_step_on_change without refresh_url",
    ),
    (
        step(
            refresh_url="/r",
            model={},
            layout=[FORM],
            schemas=[
                obj(
                    v=ArraySchema.List(
                        add_item_title="A", edit_item_title="E", items=StringSchema(refresh_step_on_change=True)
                    )
                )
            ],
        ),
        "Step: refresh_step_on_change inside a list",
    ),
    (
        step(refresh_url="/r", model={}, layout=[FORM], schemas=[obj(v=ASYNC)]),
        "Step.schemas[0].properties.v: more than one of refresh_step_on_change, persist_async, validation_async",
    ),
    (Action(), "Action: neither url nor exit"),
    (Action(url="/", exit=True), "Action: exit together with url"),
    (Action(url="/", method="GET", data={}), "Action: GET with data"),
    (Action(url="http://x.example"), "Action: 'http://x.example' is no https URL and no path"),
    (ActionBehavior(action=Action()), "ActionBehavior.action: neither url nor exit"),
    (polling(interval=5, delay=5), "Polling: both interval and delay"),
    (polling(delay=5, max_attempts=721), "Polling: goes on for more than an hour"),
    (AlertLayout(markdown="See [here](/x)"), "AlertLayout: only emphasis is shown in an alert"),
    (AlertLayout(markdown="- one"), "AlertLayout: only emphasis is shown in an alert"),
    (MarkdownLayout(content="[x](http://x)"), "MarkdownLayout: 'http://x' is no https URL and no path"),
    (MarkdownLayout(content="a `b`"), "MarkdownLayout: more than headings, lists, emphasis and links"),
    (MarkdownLayout(content="![x](/x)"), "MarkdownLayout: more than headings, lists, emphasis and links"),
    (ImageLayout(url="/x"), "ImageLayout: no accessibility_description"),
    (Media.Image(uri="/x"), "Media.Image: no accessibility_description"),
    (BlobSchema(), "BlobSchema: a blob outside persist_async"),
    (ValidateAsync(url="/", param="p", method="GET"), "ValidateAsync: GET carries no value"),
    (OneOfSchema(schemas=[]), "OneOfSchema: no alternative"),
    (
        ObjectSchema(properties={"a": TOKEN}, required=["b"]),
        "ObjectSchema: 'b' is required, but there is no such property",
    ),
    (
        ObjectSchema(properties={"a": TOKEN}, display_order=["a", "b"]),
        "ObjectSchema: display_order does not name each property once",
    ),
    (
        StringSchema(pattern="("),
        "StringSchema: no regular expression: missing ), unterminated subpattern at position 0",
    ),
    (StringSchema(pattern="(a+)+"), "StringSchema: a repetition of a repetition"),
    (StringSchema(default="a", pattern="b"), "StringSchema: default: 'a' does not match the pattern"),
    (StringSchema(default="a", min_length=2), "StringSchema: default: 'a' is too short or too long"),
    (StringSchema(default="1 May", format="date"), "StringSchema: default: '1 May' is no date"),
    (IntegerSchema(default=1, minimum=2), "IntegerSchema: default: 1 is out of bounds"),
    (NumberSchema(default=3.5, maximum=2), "NumberSchema: default: 3.5 is out of bounds"),
    (
        OneOfSchema(schemas=[ConstSchema(value=1)], default=2),
        "OneOfSchema: default: fits none of the alternatives",
    ),
    (fitting(StringSchema(), 1), "Step: model.v: 1 is nothing for StringSchema"),
    (fitting(IntegerSchema(), True), "Step: model.v: True is nothing for IntegerSchema"),
    (fitting(BooleanSchema(), "yes"), "Step: model.v: 'yes' is nothing for BooleanSchema"),
    (fitting(ConstSchema(value=1), 2), "Step: model.v: not 1"),
    (fitting(obj(), []), "Step: model.v: no object"),
    (fitting(ObjectSchema(properties={}), {"w": 1}), "Step: model.v.w: no schema has it"),
    (
        fitting(ArraySchema.Tuple(items=[NumberSchema(), NumberSchema()]), [1]),
        "Step: model.v: no list of 2 items",
    ),
    (fitting(ArraySchema.Tuple(items=[NumberSchema()]), ["1"]), "Step: model.v[0]: '1' is nothing for NumberSchema"),
    (
        fitting(ArraySchema.List(add_item_title="A", edit_item_title="E", max_items=1, items=TOKEN), ["a", "b"]),
        "Step: model.v: no list, or too short or too long",
    ),
    (
        fitting(ArraySchema.List(add_item_title="A", edit_item_title="E", items=StringSchema()), ["a", 1]),
        "Step: model.v[1]: 1 is nothing for StringSchema",
    ),
    (
        step(schemas=[AllOfSchema(id="#a", schemas=[obj()])], layout=[FORM], model={"w": 1}),
        "Step: model.w: no schema has it",
    ),
    (
        step(schemas=[obj(v=TOKEN)], layout=[FORM], errors=StepError(validation={"w": "Wrong"})),
        "Step: errors.validation.w: no schema has it",
    ),
    (
        step(schemas=[obj(v=TOKEN)], layout=[FORM], errors=StepError(validation={"v": 1})),
        "Step: errors.validation.v: no message",
    ),
]


@pytest.mark.parametrize(("wrong", "problem"), WRONG, ids=[problem for _, problem in WRONG])
def test_what_breaks_a_rule_is_found(wrong, problem):
    assert problem in problems(wrong)


@pytest.mark.parametrize(
    "right",
    [
        step(),
        fitting(OneOfSchema(schemas=[ConstSchema(value="a"), ConstSchema(value="b")], default="a"), "b"),
        fitting(TOKEN, "f-1"),
        fitting(StringSchema(format="date", minimum="2020-01-01"), "2021-02-03"),
        fitting(NumberSchema(minimum=1), 1),
        step(schemas=[ObjectSchema(id="#h", hidden=True, properties={})]),
        step(polling=polling(interval=5), external=External(url="https://x.example")),
        MarkdownLayout(content="## A\n\n- *b*\n- [c](/d)"),
        AlertLayout(markdown="**Really**"),
    ],
)
def test_nothing_is_found_in_what_is_right(right):
    assert problems(right) == []
