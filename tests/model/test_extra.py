"""Extra properties, and the carriers of what this library does not have."""

from __future__ import annotations

from typing import Any

import pytest

from stepdsl import (
    UNSET,
    Action,
    ActionBehavior,
    AlertLayout,
    BoxLayout,
    ButtonLayout,
    ConstSchema,
    Context,
    External,
    HeadingLayout,
    Navigation,
    ObjectSchema,
    OneOfSchema,
    Polling,
    Size,
    Step,
    StringSchema,
    UnknownAvatarContent,
    UnknownBehavior,
    UnknownIcon,
    UnknownLaunchConfig,
    UnknownLayout,
    UnknownMedia,
    UnknownSchema,
    UnknownSearchInitialState,
    UnknownSearchResponse,
    UnknownSearchResult,
    dumps,
)
from tests.model.refusal import refusal

# -- what is kept -------------------------------------------------------------------------------------------------


def test_undocumented_properties_are_kept_in_their_order():
    extra = {"z": 1, "a": {"b": [None]}, "": "", "größe": 1.5, "link_handlers": [], "extra": {}, "id2": True}
    step = Step(id="x", extra=extra)
    assert step.extra == extra
    assert list(step.extra) == list(extra)
    assert dumps(step) == (
        '{"id":"x","layout":[],"schemas":[],"z":1,"a":{"b":[null]},"":"","größe":1.5,"link_handlers":[],"extra":{},'
        '"id2":true}'
    )


@pytest.mark.parametrize("nothing", [{}, None, UNSET])
def test_extra_is_empty_by_default(nothing):
    assert Step(extra=nothing) == Step()
    assert "extra" not in Step(extra=nothing).__dict__


def test_a_value_that_an_enum_lacks_is_kept_under_the_documented_name():
    heading = HeadingLayout(text="x", extra={"size": "xxl"})
    assert heading.size is None
    assert heading.extra == {"size": "xxl"}
    assert dumps(heading) == '{"type":"heading","text":"x","size":"xxl"}'
    hints = StringSchema(extra={"autocompleteHint": ["email", "newer"]})
    assert hints.autocomplete_hint is None
    assert hints.extra == {"autocompleteHint": ["email", "newer"]}


def test_null_is_kept_for_an_undocumented_property_and_dropped_for_an_ordinary_one():
    assert Action(extra={"newer": None}).extra == {"newer": None}
    assert Action(extra={"url": None}) == Action()
    assert dumps(Action(extra={"url": None, "newer": None})) == '{"newer":null}'


# -- what the property itself would take becomes its value -------------------------------------------------------------

SETTLED: list[tuple[Any, Any]] = [
    (lambda: Action(extra={"url": "/"}), Action(url="/")),
    (lambda: Action(extra={"skipValidation": True, "newer": 1}), Action(skip_validation=True, extra={"newer": 1})),
    (lambda: Action(extra={"data": None}), Action(data=None)),
    (lambda: Action(extra={"data": {"a": [1]}}), Action(data={"a": [1]})),
    (lambda: StringSchema(extra={"$id": "#a"}), StringSchema(id="#a")),
    (lambda: ConstSchema(extra={"const": 1}), ConstSchema(value=1)),
    (lambda: HeadingLayout(extra={"text": "x", "size": "lg"}), HeadingLayout(text="x", size=Size.LG)),
    (lambda: AlertLayout(markdown="x", extra={"context": "warning"}), AlertLayout(markdown="x", context="warning")),
    (lambda: StringSchema(extra={"keywords": ["a"]}), StringSchema(keywords=["a"])),
    (lambda: StringSchema(extra={"autocompleteHint": ["on"]}), StringSchema(autocomplete_hint=["on"])),
    (lambda: Step(extra={"analytics": {"a": "b"}}), Step(analytics={"a": "b"})),
    (lambda: Step(extra={"layout": []}), Step()),
    (
        lambda: Polling(url="/", on_error=Polling.OnError(action=Action()), extra={"interval": 5, "maxAttempts": 2}),
        Polling(url="/", on_error=Polling.OnError(action=Action()), interval=5, max_attempts=2),
    ),
    (
        lambda: ObjectSchema(properties={"a": ConstSchema(value=1)}, extra={"displayOrder": []}),
        ObjectSchema(properties={"a": ConstSchema(value=1)}, display_order=[]),
    ),
]


@pytest.mark.parametrize(("make", "same"), SETTLED, ids=[repr(same)[:60] for _, same in SETTLED])
def test_an_extra_value_that_the_property_accepts_becomes_its_value(make, same):
    made = make()
    assert made == same
    assert dumps(made) == dumps(same)
    assert {name: type(value) for name, value in made.__dict__.items()} == {
        name: type(value) for name, value in same.__dict__.items()
    }


def test_a_member_is_stored_for_a_known_string():
    assert AlertLayout(markdown="x", extra={"context": "warning"}).context is Context.WARNING


# -- what is refused ----------------------------------------------------------------------------------------------

REFUSED: list[tuple[Any, str]] = [
    # never over a known property
    (lambda: Action(url="/", extra={"url": "/x"}), "Action.extra.url: url is given as well; leave it out of extra"),
    (lambda: Action(url="/", extra={"url": "/"}), "Action.extra.url: url is given as well; leave it out of extra"),
    (lambda: Action(data=None, extra={"data": 1}), "Action.extra.data: data is given as well; leave it out of extra"),
    (
        lambda: HeadingLayout(text="x", size="lg", extra={"size": "xxl"}),
        "HeadingLayout.extra.size: size is given as well; leave it out of extra",
    ),
    (
        lambda: Action(skip_validation=True, url="/", extra={"skipValidation": 1, "a": 1, "url": 2}),
        "Action.extra.skipValidation: skip_validation is given as well; leave it out of extra; "
        "Action.extra.url: url is given as well; leave it out of extra",
    ),
    (
        lambda: StringSchema(id="#a", extra={"$id": "#b"}),
        "StringSchema.extra.$id: id is given as well; leave it out of extra",
    ),
    # never the tag
    (
        lambda: HeadingLayout(text="x", extra={"type": "heading"}),
        "HeadingLayout.extra.type: the type of a HeadingLayout is always 'heading'",
    ),
    (
        lambda: AlertLayout(markdown="x", extra={"type": "newer"}),
        "AlertLayout.extra.type: the type of an AlertLayout is always 'alert'",
    ),
    (
        lambda: ActionBehavior(action=Action(), extra={"type": None}),
        "ActionBehavior.extra.type: the type of an ActionBehavior is always 'action'",
    ),
    # objects are given as objects
    (lambda: Step(extra={"polling": {"url": "/"}}), "Step.extra.polling: give polling itself, as a Polling"),
    (lambda: Step(extra={"external": {}}), "Step.extra.external: give external itself, as an External"),
    (
        lambda: ButtonLayout(title="x", extra={"behavior": {"type": "newer"}}),
        "ButtonLayout.extra.behavior: give behavior itself, as a Behavior",
    ),
    (
        lambda: Navigation(extra={"back": {"action": {}}}),
        "Navigation.extra.back: give back itself, as a Navigation.BackBehavior",
    ),
    (
        lambda: ObjectSchema(extra={"properties": {"a": {"const": 1}}}),
        "ObjectSchema.extra.properties: give properties itself, as a mapping of Schemas",
    ),
    (
        lambda: Step(extra={"layout": [{"type": "heading", "text": "x"}]}),
        "Step.extra.layout: give layout itself, as a list of Layouts",
    ),
]


@pytest.mark.parametrize(("make", "reported"), REFUSED, ids=[reported[:70] for _, reported in REFUSED])
def test_an_extra_property_that_no_document_can_have_is_refused(make, reported):
    assert refusal(make) == reported


# -- carriers of unknown members ----------------------------------------------------------------------------------

KNOWN: list[tuple[Any, str]] = [
    (lambda: UnknownLayout(type="heading"), "UnknownLayout.type: 'heading' is known: use HeadingLayout"),
    (
        lambda: UnknownLayout(type="loading-indicator", extra={"a": 1}),
        "UnknownLayout.type: 'loading-indicator' is known: use LoadingIndicatorLayout",
    ),
    (lambda: UnknownLayout(extra={"type": "box"}), "UnknownLayout.type: 'box' is known: use BoxLayout"),
    (lambda: UnknownBehavior(type="action"), "UnknownBehavior.type: 'action' is known: use ActionBehavior"),
    (lambda: UnknownSchema(type="string"), "UnknownSchema.type: 'string' is known: use StringSchema"),
    (lambda: UnknownSchema(type="object", extra={"x": 1}), "UnknownSchema.type: 'object' is known: use ObjectSchema"),
    (lambda: UnknownSchema(extra={"oneOf": []}), "UnknownSchema.extra.oneOf: makes it a OneOfSchema; use that class"),
    (
        lambda: UnknownSchema(extra={"a": 1, "const": None}),
        "UnknownSchema.extra.const: makes it a ConstSchema; use that class",
    ),
    (
        UnknownSchema,
        "UnknownSchema: neither a type nor a property that ConstSchema lacks: use that class",
    ),
    (
        lambda: UnknownSchema(extra={"title": "x", "$id": "#a"}),
        "UnknownSchema: neither a type nor a property that ConstSchema lacks: use that class",
    ),
    (
        lambda: UnknownSchema(type=None, extra={"type": None, "title": "x"}),
        "UnknownSchema: neither a type nor a property that ConstSchema lacks: use that class",
    ),
    (lambda: UnknownSchema(type="array"), "UnknownSchema.type: 'array' is known: use ArraySchema.List"),
    (lambda: UnknownSchema(extra={"allOf": 1}), "UnknownSchema.extra.allOf: makes it an AllOfSchema; use that class"),
    (lambda: UnknownIcon(extra={"text": 1}), "UnknownIcon.extra.text: makes it an Icon.Text; use that class"),
    (lambda: UnknownMedia(type="avatar"), "UnknownMedia.type: 'avatar' is known: use Media.Avatar"),
    (
        lambda: UnknownAvatarContent(type="uri"),
        "UnknownAvatarContent.type: 'uri' is known: use Media.Avatar.Content.Uri",
    ),
    (
        lambda: UnknownSearchResult(type="action"),
        "UnknownSearchResult.type: 'action' is known: use SearchResult.Action",
    ),
    (
        lambda: UnknownSearchResponse(type="results"),
        "UnknownSearchResponse.type: 'results' is known: use SearchResultsResponseBody",
    ),
    (
        lambda: UnknownSearchInitialState(type="layout"),
        "UnknownSearchInitialState.type: 'layout' is known: use SearchInitialLayoutConfig",
    ),
    (lambda: UnknownLaunchConfig(type="native"), "UnknownLaunchConfig.type: 'native' is known: use NativeLaunchConfig"),
    (
        lambda: UnknownLayout(type="x", extra={"type": "y"}),
        "UnknownLayout.extra.type: type is given as well; leave it out of extra",
    ),
    (lambda: UnknownLayout(type=5), "UnknownLayout.type: expected a string, got 5"),
    (lambda: UnknownLayout(type=None), "UnknownLayout.type: expected a string, got None"),
    (lambda: UnknownLayout(extra={"a": 1}), "UnknownLayout.type: missing"),
    (
        lambda: ConstSchema(extra={"newer": 1}),
        "ConstSchema: without a value it can have no extra properties: it would be read as an unknown schema",
    ),
    (
        lambda: ConstSchema(title="x", extra={"oneOf": []}),
        "ConstSchema: without a value it can have no extra properties: it would be read as an unknown schema",
    ),
]


@pytest.mark.parametrize(("make", "reported"), KNOWN, ids=[reported[:70] for _, reported in KNOWN])
def test_a_carrier_takes_only_what_is_unknown(make, reported):
    assert refusal(make) == reported


def test_a_carrier_takes_what_is_unknown():
    assert UnknownLayout(type="chart").type == "chart"
    assert UnknownLayout(type="", extra={"text": "x"}).extra == {"text": "x"}
    assert UnknownLayout(extra={"type": "chart", "a": 1}) == UnknownLayout(type="chart", extra={"a": 1})
    assert UnknownSchema(type="date", extra={"anyOf": 1, "oneOf": None}).extra == {"anyOf": 1, "oneOf": None}
    assert UnknownSchema(extra={"anyOf": []}).type is None
    assert UnknownIcon(extra={"type": "x"}).extra == {"type": "x"}
    assert dumps(UnknownIcon()) == "{}"
    assert dumps(UnknownLaunchConfig(type="dynamic", extra={"id": "x"})) == '{"type":"dynamic","id":"x"}'
    assert UnknownSchema(type="string ").type == "string "
    assert UnknownBehavior(type="Action").type == "Action"
    assert not hasattr(UnknownLayout, "build")


def test_a_carrier_is_accepted_like_a_member_of_the_union():
    chart = UnknownLayout(type="chart")
    call = UnknownBehavior(type="call", extra={"number": "1"})
    day = UnknownSchema(type="date")
    step = Step(
        layout=[chart, BoxLayout(components=[chart])],
        footer=[ButtonLayout(title="x", behavior=call)],
        schemas=[day, OneOfSchema(schemas=[day]), ObjectSchema(properties={"a": day})],
    )
    assert dumps(step) == (
        '{"layout":[{"type":"chart"},{"type":"box","components":[{"type":"chart"}]}],'
        '"footer":[{"type":"button","title":"x","behavior":{"type":"call","number":"1"}}],'
        '"schemas":[{"type":"date"},{"oneOf":[{"type":"date"}]},'
        '{"type":"object","properties":{"a":{"type":"date"}},"displayOrder":["a"]}]}'
    )


def test_a_constant_may_lack_its_value():
    assert dumps(ConstSchema(title="x")) == '{"title":"x"}'
    assert ConstSchema(title="x").value is UNSET
    assert ConstSchema(value=1, extra={"newer": 1}).extra == {"newer": 1}


def test_an_external_may_have_a_property_named_type():
    assert dumps(External(url="/", extra={"type": "x"})) == '{"url":"/","type":"x"}'
