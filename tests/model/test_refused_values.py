"""What a constructor says to a value that does not fit: the whole line, with path, what was given, what is allowed."""

from __future__ import annotations

import datetime as dt
import decimal
import math
from typing import Any

import pytest

from stepdsl import (
    Action,
    ActionBehavior,
    AlertLayout,
    BoxLayout,
    ButtonLayout,
    ColumnsLayout,
    ConstSchema,
    Context,
    External,
    HeadingLayout,
    InvalidValueError,
    Layout,
    LayoutProperties,
    Navigation,
    ObjectSchema,
    OneOfSchema,
    ParagraphLayout,
    Polling,
    Schema,
    Size,
    Step,
    StepError,
    StringSchema,
    UnknownLayout,
)
from tests.model.refusal import refusal

LONE_SURROGATE = "expected a string, got one with a lone surrogate, which UTF-8 cannot represent"
ON_ERROR = Polling.OnError(action=Action(exit=True))


class Other:
    """Some other object."""


REFUSED: list[tuple[Any, str]] = [
    # strings
    (lambda: Action(url=5), "Action.url: expected a string, got 5"),
    (lambda: Action(url=b"/"), "Action.url: expected a string, got a bytes; write ….decode()"),
    (lambda: Action(url=True), "Action.url: expected a string, got True"),
    (lambda: Action(url=[]), "Action.url: expected a string, got a list"),
    (lambda: Action(url=Other()), "Action.url: expected a string, got an Other"),
    (lambda: Action(url=External(url="/")), "Action.url: expected a string, got an External"),
    (lambda: HeadingLayout(text="\ud800"), f"HeadingLayout.text: {LONE_SURROGATE}"),
    (lambda: HeadingLayout(text="x\udfffy"), f"HeadingLayout.text: {LONE_SURROGATE}"),
    # integers
    (lambda: Action(timeout="5"), "Action.timeout: expected an integer, got '5'; write 5"),
    (lambda: Action(timeout=5.0), "Action.timeout: expected an integer, got 5.0; write 5"),
    (lambda: Action(timeout=True), "Action.timeout: expected an integer, got True"),
    (lambda: Action(timeout=decimal.Decimal(5)), "Action.timeout: expected an integer, got a Decimal"),
    (lambda: Action(timeout=2**63), "Action.timeout: expected an integer of at most 64 bits, got 9223372036854775808"),
    (
        lambda: Action(timeout=-(2**63) - 1),
        "Action.timeout: expected an integer of at most 64 bits, got -9223372036854775809",
    ),
    (lambda: Action(timeout=10**5000), "Action.timeout: expected an integer of at most 64 bits, got a huge integer"),
    # booleans
    (lambda: Action(exit="yes"), "Action.exit: expected True or False, got 'yes'"),
    (lambda: Action(exit=1), "Action.exit: expected True or False, got 1"),
    (lambda: Action(exit=0), "Action.exit: expected True or False, got 0"),
    # enums: all values where they are few, the nearest one
    (
        lambda: HeadingLayout(text="x", size="xxl"),
        "HeadingLayout.size: expected one of 'lg', 'md', 'sm', 'xl', 'xs', got 'xxl'; did you mean 'xl'?",
    ),
    (
        lambda: AlertLayout(markdown="x", context="warn"),
        "AlertLayout.context: expected one of 'negative', 'neutral', 'positive', 'warning', got 'warn'; "
        "did you mean 'warning'?",
    ),
    (
        lambda: AlertLayout(markdown="x", context="WARNING"),
        "AlertLayout.context: expected one of 'negative', 'neutral', 'positive', 'warning', got 'WARNING'",
    ),
    (
        lambda: AlertLayout(markdown="x", context=Size.LG),
        "AlertLayout.context: expected one of 'negative', 'neutral', 'positive', 'warning', got a Size",
    ),
    (
        lambda: AlertLayout(markdown="x", context=Context),
        "AlertLayout.context: expected one of 'negative', 'neutral', 'positive', 'warning', got the class Context",
    ),
    (
        lambda: AlertLayout(markdown="x", context=["warning"]),
        "AlertLayout.context: expected one of 'negative', 'neutral', 'positive', 'warning', got a list",
    ),
    (
        lambda: Navigation(stack_behavior=1),
        "Navigation.stack_behavior: expected one of 'default', 'remove-all', 'remove-previous', 'replace-current', "
        "got 1",
    ),
    (
        lambda: StringSchema(autocomplete_hint=["email", "mail", 5]),
        "StringSchema.autocomplete_hint[1]: expected one of the 63 values of AutocompleteHint or "
        "the 63 values of AutocompleteToken, got 'mail'; did you mean 'email'?; "
        "StringSchema.autocomplete_hint[2]: expected one of the 63 values of AutocompleteHint or "
        "the 63 values of AutocompleteToken, got 5",
    ),
    (
        lambda: StringSchema(autocomplete_hint="email"),
        "StringSchema.autocomplete_hint: expected a list, got 'email'; write ['email']",
    ),
    # objects
    (lambda: Step(polling=3), "Step.polling: expected a Polling, got 3"),
    (lambda: Step(polling={"url": "/"}), "Step.polling: expected a Polling, got a dict; write from_dict(…, Polling)"),
    (lambda: Step(polling=Polling), "Step.polling: expected a Polling, got the class Polling; write Polling(…)"),
    (
        lambda: Step(polling=Polling.build()),
        "Step.polling: expected a Polling, got a PollingBuilder; write .built to get the finished object",
    ),
    (lambda: Step(external=StepError()), "Step.external: expected an External, got a StepError"),
    (
        lambda: Polling(url="/", delay=1, max_attempts=1, on_error=Action()),
        "Polling.on_error: expected a Polling.OnError, got an Action; write Polling.OnError(action=…)",
    ),
    (
        lambda: ButtonLayout(title="x", behavior=Action()),
        "ButtonLayout.behavior: expected a Behavior, got an Action; write ActionBehavior(action=…)",
    ),
    (
        lambda: StringSchema(alert=HeadingLayout(text="x")),
        "StringSchema.alert: expected an AlertLayout, got a HeadingLayout",
    ),
    (
        lambda: StringSchema(alert=UnknownLayout(type="x")),
        "StringSchema.alert: expected an AlertLayout, got an UnknownLayout",
    ),
    # lists
    (lambda: Step(layout=3), "Step.layout: expected a list, got 3"),
    (lambda: Step(layout="abc"), "Step.layout: expected a list, got 'abc'"),
    (lambda: Step(layout={}), "Step.layout: expected a list, got a dict"),
    (
        lambda: Step(layout=HeadingLayout(text="x")),
        "Step.layout: expected a list, got a HeadingLayout; write [HeadingLayout(…)]",
    ),
    (
        lambda: Step(layout=[HeadingLayout(text="x"), StringSchema(), None]),
        "Step.layout[1]: expected a Layout, got a StringSchema; Step.layout[2]: expected a Layout, got None",
    ),
    (lambda: HeadingLayout(text="x", tags="abc"), "HeadingLayout.tags: expected a list, got 'abc'; write ['abc']"),
    (lambda: HeadingLayout(text="x", tags=b"abc"), "HeadingLayout.tags: expected a list, got a bytes"),
    (
        lambda: HeadingLayout(text="x", tags=["a", 1, None]),
        "HeadingLayout.tags[1]: expected a string, got 1; HeadingLayout.tags[2]: expected a string, got None",
    ),
    # maps
    (lambda: Step(analytics=[("a", "b")]), "Step.analytics: expected a mapping, got a list"),
    (
        lambda: Step(analytics={"a": 1, "b c": None, "d": "e"}),
        "Step.analytics.a: expected a string, got 1; Step.analytics['b c']: expected a string, got None",
    ),
    (lambda: Step(analytics={1: "x"}), "Step.analytics['1']: expected a string as the key, got 1"),
    (lambda: Step(analytics={"\ud800": "x"}), f"Step.analytics['\\ud800']: {LONE_SURROGATE}"),
    (
        lambda: ObjectSchema(properties={"a": StringSchema(), "b": HeadingLayout(text="x"), "c d": {}}),
        "ObjectSchema.properties.b: expected a Schema, got a HeadingLayout; "
        "ObjectSchema.properties['c d']: expected a Schema, got a dict; write from_dict(…, Schema)",
    ),
    # JSON
    (lambda: Action(data=Other()), "Action.data: expected a JSON value, got an Other"),
    (lambda: Action(data={1, 2}), "Action.data: expected a JSON value, got a set"),
    (lambda: Action(data=b"x"), "Action.data: expected a JSON value, got a bytes; write ….decode()"),
    (lambda: Action(data=dt.date(2020, 1, 1)), "Action.data: expected a JSON value, got a date; write ….isoformat()"),
    (lambda: Action(data=decimal.Decimal("1.5")), "Action.data: expected a JSON value, got a Decimal; write float(…)"),
    (lambda: Action(data=Action()), "Action.data: expected a JSON value, got an Action"),
    (lambda: Action(data=range(3)), "Action.data: expected a JSON value, got a range"),
    (lambda: Action(data=math.nan), "Action.data: expected a finite number, got nan"),
    (lambda: Action(data=math.inf), "Action.data: expected a finite number, got inf"),
    (lambda: Action(data=-math.inf), "Action.data: expected a finite number, got -inf"),
    (lambda: Action(data=2**63), "Action.data: expected an integer of at most 64 bits, got 9223372036854775808"),
    (lambda: Action(data="\ud800"), f"Action.data: {LONE_SURROGATE}"),
    (
        lambda: Action(data={"a": [1, {"b c": math.nan, "d": [Other(), -(2**63) - 1]}], "\ud800": 1, 5: 6}),
        "Action.data.a[1]['b c']: expected a finite number, got nan; "
        "Action.data.a[1].d[0]: expected a JSON value, got an Other; "
        "Action.data.a[1].d[1]: expected an integer of at most 64 bits, got -9223372036854775809; "
        f"Action.data['\\ud800']: {LONE_SURROGATE}; "
        "Action.data['5']: expected a string as the key, got 5",
    ),
    # extra
    (lambda: Action(extra=[("a", 1)]), "Action.extra: expected a mapping, got a list"),
    (lambda: Action(extra="x"), "Action.extra: expected a mapping, got 'x'"),
    (lambda: External(extra=5), "External.extra: expected a mapping, got 5; External.url: missing"),
    (lambda: External(extra="url"), "External.extra: expected a mapping, got 'url'; External.url: missing"),
    (lambda: External(extra={"url": object()}), "External.extra.url: expected a JSON value, got an object"),
    (
        lambda: Action(extra={"a": Other(), 1: 2, "b": [math.inf]}),
        "Action.extra.a: expected a JSON value, got an Other; Action.extra['1']: expected a string as the key, got 1; "
        "Action.extra.b[0]: expected a finite number, got inf",
    ),
    # a long value is cut, one of many lines stays on one
    (lambda: Action(timeout="x" * 100), f"Action.timeout: expected an integer, got '{'x' * 56}…"),
    (lambda: Action(timeout="a\nb"), "Action.timeout: expected an integer, got 'a\\nb'"),
]


@pytest.mark.parametrize(("make", "reported"), REFUSED, ids=[reported[:60] for _, reported in REFUSED])
def test_a_value_of_the_wrong_type_is_refused(make, reported):
    assert refusal(make) == reported


# -- several at once ----------------------------------------------------------------------------------------------


def test_all_wrong_values_are_reported_at_once():
    with pytest.raises(InvalidValueError) as caught:
        Polling(url=1, interval="x", delay=None, max_attempts=2.5, on_error=None)
    assert caught.value.problems == (
        ("Polling.url", "expected a string, got 1"),
        ("Polling.interval", "expected an integer, got 'x'"),
        ("Polling.max_attempts", "expected an integer, got 2.5"),
        ("Polling.on_error", "expected a Polling.OnError, got None"),
    )
    assert caught.value.path == "Polling.url"
    assert caught.value.reason == "expected a string, got 1"


def test_missing_properties_are_reported_together_with_wrong_values():
    assert refusal(lambda: Polling(url=3, on_error=ON_ERROR)) == (
        "Polling.url: expected a string, got 3; Polling.max_attempts: missing; Polling: missing: interval or delay"
    )


def test_many_problems_are_shown_in_part_and_kept_whole():
    with pytest.raises(InvalidValueError) as caught:
        Step(layout=[None] * 23)
    assert len(caught.value.problems) == 23
    first = "; ".join(f"Step.layout[{index}]: expected a Layout, got None" for index in range(20))
    assert str(caught.value) == f"{first}; and 3 more"


# -- depth --------------------------------------------------------------------------------------------------------


def boxes(levels: int, *inner: Any) -> BoxLayout:
    box = BoxLayout(components=inner)
    for _ in range(levels - 1):
        box = BoxLayout(components=[box])
    return box


def nested_lists(levels: int) -> Any:
    value: Any = []
    for _ in range(levels - 1):
        value = [value]
    return value


def nested_objects(levels: int) -> Any:
    value: Any = {}
    for _ in range(levels - 1):
        value = {"a": value}
    return value


def test_components_nest_a_hundred_deep_at_most():
    deepest = [boxes(100), boxes(100, ParagraphLayout(text="x"), UnknownLayout(type="x"))]
    assert Step(layout=deepest, footer=deepest).layout == tuple(deepest)
    assert refusal(lambda: boxes(101)) == "BoxLayout: components nest at most 100 deep"
    assert refusal(lambda: ColumnsLayout(left=[], right=deepest)) == "ColumnsLayout: components nest at most 100 deep"


@pytest.mark.parametrize("base", [Layout, LayoutProperties, Schema], ids=lambda base: base.__qualname__)
def test_the_limit_is_the_same_after_an_attempt_to_make_a_base(base):
    with pytest.raises(TypeError):
        base()
    assert refusal(lambda: boxes(101)) == "BoxLayout: components nest at most 100 deep"


def test_schemas_nest_a_hundred_deep_at_most():
    schema: Any = StringSchema(alert=AlertLayout(markdown="x"))
    for _ in range(50):
        schema = OneOfSchema(schemas=[ObjectSchema(properties={"a": schema})])
    assert Step(schemas=[schema]).schemas == (schema,)
    assert refusal(lambda: OneOfSchema(schemas=[schema])) == "OneOfSchema: components nest at most 100 deep"
    reported = refusal(lambda: ObjectSchema(properties={"x": ConstSchema(value=1), "a": schema}))
    assert reported == "ObjectSchema: components nest at most 100 deep"


def test_data_below_the_deepest_component_has_its_own_depth():
    button = ButtonLayout(title="x", behavior=ActionBehavior(action=Action(data=nested_lists(100))))
    assert Step(layout=[boxes(100, button)]).layout == (boxes(100, button),)


@pytest.mark.parametrize("nested", [nested_lists, nested_objects])
def test_json_values_nest_a_hundred_deep_at_most(nested):
    assert Action(data=nested(100)).data == nested(100)
    assert refusal(lambda: Action(data=nested(101))) == "Action.data: JSON values nest at most 100 deep"


def test_values_of_extra_properties_nest_as_deep_as_others():
    assert Action(extra={"newer": nested_lists(100)}).extra == {"newer": nested_lists(100)}
    reported = refusal(lambda: Action(extra={"newer": nested_lists(101)}))
    assert reported == "Action.extra.newer: JSON values nest at most 100 deep"


class Watched(list[Any]):
    """A list that loses its patience when it is read for ever."""

    def __init__(self) -> None:
        super().__init__()
        self.readings = 0

    def __iter__(self) -> Any:
        self.readings += 1
        assert self.readings < 1000, "this does not end"
        return super().__iter__()


@pytest.mark.parametrize("times", [1, 2])
def test_json_that_contains_itself_is_refused(times):
    loop = Watched()
    loop.extend([loop] * times)
    with pytest.raises(InvalidValueError, match=r"Action\.data: JSON values nest at most 100 deep"):
        Action(data=loop)


def test_endlessly_nested_json_is_refused():
    assert refusal(lambda: Action(data=nested_lists(10_000))).endswith("JSON values nest at most 100 deep")
