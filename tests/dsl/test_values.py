"""What builders say of values and names that do not fit: the whole text, at the line that gives them."""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable
from typing import Any

import pytest

from stepdsl import (
    Action,
    External,
    HeadingLayout,
    InvalidValueError,
    ObjectSchema,
    OneOfSchema,
    ParagraphLayout,
    Polling,
    Step,
    StepBuilder,
    StringSchema,
    UnknownPropertyError,
)


def set_on_step(name: str, value: Any) -> Callable[[StepBuilder], object]:
    return lambda step: setattr(step, name, value)


def in_polling(**values: Any) -> Callable[[StepBuilder], object]:
    return lambda step: step.polling(**values)


def in_layout(block: Callable[[Any], object]) -> Callable[[StepBuilder], object]:
    def open_list(step: StepBuilder) -> None:
        with step.layout() as layout:
            layout.heading(text="first")
            block(layout)

    return open_list


def in_properties(block: Callable[[Any], object]) -> Callable[[StepBuilder], object]:
    def open_map(step: StepBuilder) -> None:
        with step.schemas() as schemas, schemas.obj(id="#s") as form, form.properties() as properties:
            block(properties)

    return open_map


WRONG_VALUES: list[tuple[Callable[[StepBuilder], object], str]] = [
    (set_on_step("title", 3), "Step.title: expected a string, got 3"),
    (set_on_step("layout", 3), "Step.layout: expected a list, got 3"),
    (set_on_step("layout", "text"), "Step.layout: expected a list, got 'text'"),
    (
        set_on_step("layout", HeadingLayout(text="a")),
        "Step.layout: expected a list, got a HeadingLayout; write [HeadingLayout(…)]",
    ),
    (set_on_step("layout", [StringSchema()]), "Step.layout[0]: expected a Layout, got a StringSchema"),
    (set_on_step("model", object()), "Step.model: expected a JSON value, got an object"),
    (set_on_step("model", {"a": {1: 2}}), "Step.model.a['1']: expected a string as the key, got 1"),
    (set_on_step("polling", 3), "Step.polling: expected a Polling, got 3"),
    (set_on_step("polling", Polling), "Step.polling: expected a Polling, got the class Polling; write Polling(…)"),
    (set_on_step("analytics", {"a": 1}), "Step.analytics.a: expected a string, got 1"),
    (set_on_step("extra", [1]), "Step.extra: expected a mapping, got a list"),
    (in_polling(interval="5"), "Step.polling.interval: expected an integer, got '5'; write 5"),
    (in_polling(interval=True), "Step.polling.interval: expected an integer, got True"),
    (in_polling(url=None), "Step.polling.url: expected a string, got None"),
    (
        in_polling(url=3, interval="5"),
        "Step.polling.url: expected a string, got 3; Step.polling.interval: expected an integer, got '5'; write 5",
    ),
    (lambda step: step.polling(3), "Step.polling: expected a Polling, got 3"),
    (lambda step: step.polling(None), "Step.polling: expected a Polling, got None"),
    (lambda step: step.external(Action()), "Step.external: expected an External, got an Action"),
    (lambda step: step.layout(3), "Step.layout: expected a list, got 3"),
    (in_layout(lambda layout: layout.heading(text=3)), "Step.layout[1].heading.text: expected a string, got 3"),
    (
        in_layout(lambda layout: layout.alert(markdown="a", context="warnin")),
        (
            "Step.layout[1].alert.context: expected one of 'negative', 'neutral', 'positive', 'warning', got 'warnin'; "
            "did you mean 'warning'?"
        ),
    ),
    (in_layout(lambda layout: layout.add(StringSchema())), "Step.layout[1]: expected a Layout, got a StringSchema"),
    (
        in_layout(lambda layout: layout.paragraph(HeadingLayout(text="a"))),
        "Step.layout[1].paragraph: expected a ParagraphLayout, got a HeadingLayout",
    ),
    (in_layout(lambda layout: layout.extend("ab")), "Step.layout: expected a list, got 'ab'"),
    (
        in_layout(lambda layout: layout.button(title="a").behavior(3)),
        "Step.layout[1].button.behavior: expected a Behavior, got 3",
    ),
    (
        in_layout(lambda layout: layout.button(title="a").behavior.action().action(url=3)),
        "Step.layout[1].button.behavior.action.url: expected a string, got 3",
    ),
    (
        in_properties(lambda properties: properties.string("iban", pattern=3)),
        "Step.schemas[0].obj.properties.iban.pattern: expected a string, got 3",
    ),
    (
        in_properties(lambda properties: properties.string("line 1", pattern=3)),
        "Step.schemas[0].obj.properties['line 1'].pattern: expected a string, got 3",
    ),
    (
        in_properties(lambda properties: properties.string(3)),
        "Step.schemas[0].obj.properties: the name of a member: expected a string, got 3",
    ),
    (
        in_properties(lambda properties: properties.add("a", HeadingLayout(text="b"))),
        "Step.schemas[0].obj.properties.a: expected a Schema, got a HeadingLayout",
    ),
    (
        in_properties(lambda properties: properties.extend([1])),
        "Step.schemas[0].obj.properties: expected a mapping, got a list",
    ),
]

WRONG_NAMES: list[tuple[Callable[[StepBuilder], object], str]] = [
    (set_on_step("titel", "a"), "Step.titel: no such property; did you mean 'title'?"),
    (lambda step: step.titel, "Step.titel: no such property; did you mean 'title'?"),
    (
        lambda step: setattr(step.external(), "zzz", 1),
        f"Step.external.zzz: no such property; there are {', '.join(inspect.signature(External).parameters)}",
    ),
    (in_polling(intervall=5), "Step.polling.intervall: no such property; did you mean 'interval'?"),
    (
        lambda step: setattr(step.polling().on_error().action(), "urll", 3),
        "Step.polling.on_error.action.urll: no such property; did you mean 'url'?",
    ),
    (
        lambda step: step.link_handlers().handler(),
        "Step.link_handlers.handler: no such member; did you mean 'link_handler'?",
    ),
    (lambda step: step.link_handlers().qqq(), "Step.link_handlers.qqq: no such member; there are link_handler"),
    (
        in_layout(lambda layout: layout.headin(text="a")),
        "Step.layout.headin: no such member; did you mean 'heading'?",
    ),
    (
        in_layout(lambda layout: layout.heading(txt="a")),
        "Step.layout[1].heading.txt: no such property; did you mean 'text'?",
    ),
    (
        in_layout(lambda layout: layout.button(title="a").behavior.actoin()),
        "Step.layout[1].button.behavior.actoin: no such member; did you mean 'action'?",
    ),
    (
        in_properties(lambda properties: properties.qqq("a")),
        "Step.schemas[0].obj.properties.qqq: no such member; there are all_of, blob, boolean, const, "
        "integer, list, number, obj, one_of, string, tuple",
    ),
]

MISSING: list[tuple[Callable[[], object], str]] = [
    (
        lambda: Polling.build().built,
        (
            "Polling.url: missing; Polling.max_attempts: missing; Polling.on_error: missing; "
            "Polling: missing: interval or delay"
        ),
    ),
    (lambda: Step.build(lambda step: step.external(lambda _: None)), "Step.external.url: missing"),
    (
        lambda: Step.build(lambda step: (step.external(), step.polling(url="/x", interval=1).on_error())),
        (
            "Step.external.url: missing; Step.polling.on_error: missing: action or behavior; "
            "Step.polling.max_attempts: missing"
        ),
    ),
    (
        lambda: Step.build(lambda step: step.layout(lambda layout: (layout.heading(), layout.alert()))),
        "Step.layout[0].heading.text: missing; Step.layout[1].alert.markdown: missing",
    ),
    (
        lambda: OneOfSchema.build(lambda choice: choice.schemas().obj()),
        "OneOfSchema.schemas[0].obj.properties: missing",
    ),
    (
        lambda: ObjectSchema.build(lambda form: form.properties().one_of("a")),
        "ObjectSchema.properties.a.schemas: missing",
    ),
]


def text_of(error: type[Exception], block: Callable[[], object]) -> str:
    with pytest.raises(error) as caught:
        block()
    assert "\n" not in str(caught.value)
    return str(caught.value)


@pytest.mark.parametrize(("wrong", "text"), WRONG_VALUES, ids=[text for _, text in WRONG_VALUES])
def test_a_wrong_value_is_refused_where_it_is_given(wrong, text):
    with Step.build() as step:
        assert text_of(InvalidValueError, lambda: wrong(step)) == text
    assert step.built == Step()


@pytest.mark.parametrize(("wrong", "text"), WRONG_NAMES, ids=[text for _, text in WRONG_NAMES])
def test_a_wrong_name_is_refused_with_the_nearest_right_one(wrong, text):
    with pytest.raises(UnknownPropertyError, match=f"^{re.escape(text)}$"), Step.build() as step:
        wrong(step)


@pytest.mark.parametrize(("incomplete", "text"), MISSING, ids=[text for _, text in MISSING])
def test_all_missing_properties_are_reported_when_the_block_ends(incomplete, text):
    assert text_of(InvalidValueError, incomplete) == text


def test_an_error_has_its_path_reason_and_problems():
    with pytest.raises(InvalidValueError) as caught, Polling.build(url="/x", delay=1):
        pass
    assert caught.value.path == "Polling.max_attempts"
    assert caught.value.reason == "missing"
    assert caught.value.problems == (("Polling.max_attempts", "missing"), ("Polling.on_error", "missing"))


def test_a_clash_with_extra_is_reported_when_the_block_ends():
    with pytest.raises(InvalidValueError, match=r"^Step\.extra\.title: title is given as well; leave it out of extra$"):
        with Step.build(title="a") as step:
            step.extra = {"title": "b"}


def test_components_nest_a_hundred_deep_and_no_deeper():
    def nest(layout: Any, levels: int) -> None:
        if levels:
            nest(layout.box().components(), levels - 1)
        else:
            layout.add(ParagraphLayout(text="the end"))

    with Step.build() as step:
        nest(step.layout(), 100)
    box = step.built.layout[0]
    for _ in range(99):
        box = box.components[0]
    assert box.components == (ParagraphLayout(text="the end"),)
    with pytest.raises(InvalidValueError, match=r"^Step\.layout\[0\]\.box.*: components nest at most 100 deep$"):
        Step.build(lambda step: nest(step.layout(), 101))
    with pytest.raises(InvalidValueError, match=r": components nest at most 100 deep$"):
        Step.build(lambda step: nest(step.layout(), 5_000))
