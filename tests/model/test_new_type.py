"""A type is one class and a property one line of it: everything else follows, as it does for this one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import Enum
from typing import Any, ClassVar

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stepdsl import UNSET, Generation, HeadingLayout, Layout, Schema, WireError, dumps, loads
from stepdsl.core.annotations import read
from stepdsl.core.docstrings import field_docstring
from stepdsl.core.fields import FIELDS, camel_case, snake_case
from stepdsl.core.json import Json
from stepdsl.core.model import Model, field, model
from stepdsl.testing.strategies.components import models
from tests.model.refusal import refusal
from tests.strategies import light
from tests.wire.libraries import LIBRARIES, json_library
from tests.wire.replay import rebuilt


class Colour(str, Enum):
    """An enum."""

    RED = "red"
    BLUE = "blue"


@model(any_of=(("reading_value", "raw"),))
class Gauge(Model):
    """A type with a property of each kind, some of which no documented type has yet."""

    build: ClassVar[Any]

    reading_value: float | None = None
    """What it shows."""
    raw: Json = field(default=UNSET)
    scale: Sequence[float] | None = field(default=None, generation=Generation.CORE2)
    """Where the marks are.

    In ascending order.
    """
    weights: Mapping[str, float] | None = None
    limits: Mapping[str, int] | None = None
    colours: Sequence[Colour] | None = None
    """Named otherwise on the wire."""
    legend: Sequence[HeadingLayout] | None = field(default=None, wire="$legend")
    details: Mapping[str, Layout] | None = None
    schema: Schema | None = None
    visible: bool | None = None


FULL = (
    '{"readingValue":1.5,"raw":null,"scale":[0,0.5],"weights":{"a":1.0},"limits":{"b":2},"colours":["red"],'
    '"$legend":[{"type":"heading","text":"x"}],"details":{"d":{"type":"chart"}},"schema":{"const":1},"visible":false}'
)


@pytest.mark.parametrize("library", LIBRARIES)
def test_the_new_type_is_written_and_read(library):
    with json_library(library):
        gauge = loads(FULL, Gauge)
        assert dumps(gauge) == FULL
    assert gauge.scale == (0, 0.5)
    assert [type(mark) for mark in gauge.scale] == [int, float]
    assert gauge.colours == (Colour.RED,)
    assert loads('{"readingValue":1,"colours":["green"]}', Gauge).extra == {"colours": ["green"]}


def test_the_new_type_has_builders():
    with Gauge.build(raw=1) as gauge:
        gauge.scale = [0, 0.5]
        with gauge.legend() as legend:
            legend.heading(text="x")
        with gauge.details() as details:
            details.heading("d", text="y")
        gauge.schema.const(value=1)
    assert dumps(gauge.built) == (
        '{"raw":1,"scale":[0,0.5],"$legend":[{"type":"heading","text":"x"}],'
        '"details":{"d":{"type":"heading","text":"y"}},"schema":{"const":1}}'
    )


@given(gauge=models(Gauge), chance=st.randoms(use_true_random=False))
@light
def test_objects_of_the_new_type_are_generated(gauge, chance):
    assert loads(dumps(gauge), Gauge) == gauge
    assert rebuilt(gauge, chance) == gauge


REFUSED = [
    ({"reading_value": "1"}, "Gauge.reading_value: expected a number, got '1'"),
    ({"reading_value": True}, "Gauge.reading_value: expected a number, got True"),
    ({"reading_value": 10**20}, f"Gauge.reading_value: expected an integer of at most 64 bits, got {10**20}"),
    ({"reading_value": float("nan")}, "Gauge.reading_value: expected a finite number, got nan"),
    (
        {"scale": [0, "x"], "weights": {"a": None}, "limits": {"b": 1.5}, "colours": ["green"]},
        "Gauge.scale[1]: expected a number, got 'x'; Gauge.weights.a: expected a number, got None; "
        "Gauge.limits.b: expected an integer, got 1.5; Gauge.colours[0]: expected one of 'red', 'blue', got 'green'; "
        "Gauge: missing: reading_value or raw",
    ),
    ({"reading": 1}, "Gauge.reading: no such property; did you mean 'reading_value'?"),
]


@pytest.mark.parametrize(("values", "reported"), REFUSED, ids=[reported[:50] for _, reported in REFUSED])
def test_the_new_type_checks_its_values(values, reported):
    from stepdsl import UnknownPropertyError

    if "reading" in values:
        assert refusal(lambda: Gauge(**values), UnknownPropertyError) == reported
    else:
        assert refusal(lambda: Gauge(**values)) == reported


def test_a_document_that_does_not_fit_the_new_type_is_refused():
    with pytest.raises(WireError) as caught:
        loads('{"readingValue":[],"scale":[true],"weights":{"a":"x"},"$legend":[{"type":"paragraph"}]}', Gauge)
    assert str(caught.value) == (
        "readingValue: expected a number, got an array; scale[0]: expected a number, got true; "
        'weights.a: expected a number, got "x"; $legend[0].type: expected "heading", got "paragraph"; '
        "$legend[0].text: missing"
    )


# -- what few types have ------------------------------------------------------------------------------------------


class Shade(str, Enum):
    """An enum that has a value in common with the other one."""

    RED = "red"
    CRIMSON = "crimson"


@model(mixin=True)
class Framed(Model):
    """A mixin: its properties come last, at every position among the bases."""

    frame: str | None = None


@model
class Dial(Framed, Gauge):
    """A type with a mixin, a property of several enums, and one whose objects a property distinguishes."""

    tint: Colour | Shade | None = None
    tints: Sequence[Colour | Shade] | None = None
    caption: HeadingLayout | None = field(default=None, recognised_by="text")
    unit: str = "bar"


def dial(**values: Any) -> Dial:
    return Dial(raw=1, **values)


def test_the_properties_of_a_mixin_come_last():
    assert list(FIELDS[Dial].by_wire_name) == [
        *FIELDS[Gauge].by_wire_name,
        "tint",
        "tints",
        "caption",
        "unit",
        "frame",
    ]
    assert dumps(dial(frame="oak", tint="red")) == '{"raw":1,"tint":"red","unit":"bar","frame":"oak"}'


def test_a_property_may_have_several_enums():
    assert dial(tint="red").tint is Colour.RED  # the first that has it
    assert dial(tint=Shade.RED).tint is Shade.RED
    assert dial(tint=Shade.RED) == dial(tint="red")
    assert dial(tints=["crimson", "blue", Shade.RED]).tints == (Shade.CRIMSON, Colour.BLUE, Shade.RED)
    assert loads('{"raw":1,"tints":["crimson","red"]}', Dial).tints == (Shade.CRIMSON, Colour.RED)
    assert loads('{"raw":1,"tint":"green","tints":["red","green"]}', Dial).extra == {
        "tint": "green",
        "tints": ["red", "green"],
    }
    assert refusal(lambda: dial(tint="crimsom")) == (
        "Dial.tint: expected one of 'red', 'blue', 'crimson', got 'crimsom'; did you mean 'crimson'?"
    )


def test_a_property_may_distinguish_an_object_from_others():
    known = loads('{"raw":1,"caption":{"text":"x"}}', Dial)
    assert known.caption == HeadingLayout(text="x")
    other = '{"raw":1,"unit":"bar","caption":{"label":"x","deep":[null]}}'
    read = loads(other, Dial)
    assert read.caption is None
    assert read.extra == {"caption": {"label": "x", "deep": [None]}}
    assert dumps(read) == other
    assert dial(extra={"caption": {"label": "x", "deep": [None]}}) == read
    assert loads('{"raw":1,"caption":null}', Dial).extra == {}
    assert refusal(lambda: dial(extra={"caption": {"text": "x"}})) == (
        "Dial.extra.caption: give caption itself, as a HeadingLayout"
    )
    assert refusal(lambda: dial(caption=HeadingLayout(text="x"), extra={"caption": {}})) == (
        "Dial.extra.caption: caption is given as well; leave it out of extra"
    )
    with pytest.raises(WireError) as caught:
        loads('{"raw":1,"caption":"x"}', Dial)
    assert str(caught.value) == 'caption: expected an object, got "x"'
    with pytest.raises(WireError) as caught:
        loads('{"raw":1,"caption":{"text":1}}', Dial)
    assert str(caught.value) == "caption.text: expected a string, got 1"


def test_a_default_of_another_value_is_written():
    assert dial().unit == "bar"
    assert loads('{"raw":1}', Dial).unit == "bar"
    assert dumps(loads('{"raw":1}', Dial)) == '{"raw":1,"unit":"bar"}'
    with Dial.build(raw=1) as built:
        assert built.unit == "bar"
        built.unit = "psi"
    assert built.built.unit == "psi"
    assert refusal(lambda: dial(unit=5)) == "Dial.unit: expected a string, got 5"


# -- names and docstrings --------------------------------------------------------------------------------------------


def test_wire_names_and_python_names_follow_from_each_other():
    assert list(FIELDS[Gauge].by_wire_name) == [
        *("readingValue", "raw", "scale", "weights", "limits", "colours", "$legend", "details", "schema", "visible")
    ]
    assert camel_case("refresh_step_on_change") == "refreshStepOnChange"
    assert snake_case("loading-indicator") == "loading_indicator"
    assert snake_case("oneOf") == "one_of"
    assert snake_case("LinkHandler") == "link_handler"


def test_a_docstring_follows_its_property():
    assert field_docstring(Gauge, "reading_value") == "What it shows."
    assert field_docstring(Gauge, "scale") == "Where the marks are.\n\nIn ascending order."
    assert field_docstring(Gauge, "raw") == ""
    assert field_docstring(Gauge, "extra").startswith("Properties that this library does not have")


def test_a_class_without_source_has_no_docstrings():
    made = type("Made", (), {"__module__": "tests.no_such_module"})
    assert field_docstring(made, "x") == ""
    made.__module__ = "sys"  # a module, but not of Python source
    assert field_docstring(made, "x") == ""


def test_docstrings_of_other_classes_are_ignored():
    assert field_docstring(Colour, "RED") == ""


@pytest.mark.parametrize(
    "annotation",
    ["Colour | str", "HeadingLayout | Gauge", "dict[str, int]", "Mapping[int, str]", "str | int", "lambda: 0", "None"],
)
def test_an_unsupported_annotation_is_refused(annotation):
    with pytest.raises(TypeError) as caught:
        read(annotation, __name__)
    assert str(caught.value) == f"no property can be annotated {annotation!r}"
