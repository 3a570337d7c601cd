"""A value that an author gives makes an object that can be written and read, or one error that lists all problems."""

from __future__ import annotations

import datetime as dt
import math
from collections import deque
from fractions import Fraction
from types import MappingProxyType
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stepdsl import (
    UNSET,
    Action,
    ActionBehavior,
    AlertLayout,
    ConstSchema,
    HeadingLayout,
    HttpMethod,
    InvalidValueError,
    ScopeError,
    Size,
    Step,
    StringSchema,
    UnknownBehavior,
    UnknownLayout,
    UnknownSchema,
    documented_types,
    dumps,
    loads,
)
from tests.models import properties
from tests.strategies import json_values, light

CONCRETE = {name: cls for name, cls in documented_types().items() if not cls.__stepdsl__.abstract}

ODD = st.sampled_from(
    [
        *(None, UNSET, True, 0, -1, 2**63, -(2**63) - 1, 10**5000, 1.5, math.nan, math.inf, Fraction(1, 2), 1j),
        *("", "x", "lg", "action", "\ud800", "\udfff", "x" * 1000, "a\nb", b"", b"x", bytearray(b"x")),
        *([], [None], ["x"], ["\ud800"], [[]], (), ("x", 1), {1, 2}, frozenset(), deque(["x"]), range(3)),
        *({}, {"a": 1}, {"a": "x"}, {1: 2}, {"\ud800": "x"}, {None: None}, MappingProxyType({"a": "x"})),
        *(Size.LG, HttpMethod.GET, Size, Step, object, object(), len, lambda: None, NotImplemented, ..., dt.date.min),
        *(Action(), Step(), StringSchema(), ConstSchema(value=1), HeadingLayout(text="x"), AlertLayout(markdown="x")),
        *(ActionBehavior(action=Action()), UnknownBehavior(type="x"), UnknownLayout(type="x"), UnknownSchema(type="x")),
        *([HeadingLayout(text="x"), UnknownLayout(type="x")], [StringSchema()], {"a": StringSchema()}, [Action()]),
        *(Step.build(), Action.build(url="/"), Step.build().polling, Step.build().layout()),
    ]
)


def one_line(error: Exception) -> None:
    text = str(error)
    assert "\n" not in text
    assert text == text.encode("utf-8", "backslashreplace").decode()


@pytest.mark.parametrize("name", CONCRETE)
@given(data=st.data())
@light
def test_a_constructor_makes_an_object_or_reports_in_one_line(name, data):
    cls = CONCRETE[name]
    names = st.sampled_from([*properties(cls), "extra"])
    values = data.draw(st.dictionaries(names, ODD | json_values(), max_size=6))
    try:
        made = cls(**values)
    except InvalidValueError as error:
        one_line(error)
    else:
        assert loads(dumps(made), cls) == made


@pytest.mark.parametrize("name", CONCRETE)
@given(data=st.data())
@light
def test_a_builder_makes_an_object_or_reports_in_one_line(name, data):
    cls = CONCRETE[name]
    names = st.sampled_from([*properties(cls), "extra"])
    values: list[tuple[str, Any]] = data.draw(st.lists(st.tuples(names, ODD | json_values()), max_size=6))
    builder = cls.build()
    for prop, value in values:
        try:
            setattr(builder, prop, value)
        except (InvalidValueError, ScopeError) as error:
            one_line(error)
    try:
        made = builder.built
    except InvalidValueError as error:
        one_line(error)
    else:
        assert loads(dumps(made), cls) == made


@pytest.mark.parametrize("name", CONCRETE)
@given(data=st.data())
@light
def test_a_constructor_and_a_builder_report_the_same_of_one_value(name, data):
    cls = CONCRETE[name]
    prop = data.draw(st.sampled_from([*properties(cls), "extra"]))
    value = data.draw(ODD | json_values())
    reported = []
    for give in (
        lambda: cls(**{prop: value}),
        lambda: cls.build(**{prop: value}),
        lambda: setattr(cls.build(), prop, value),
    ):
        try:
            give()
        except InvalidValueError as error:
            reported.append([problem for problem in error.problems if not problem[1].startswith("missing")])
        else:
            reported.append([])
    assert reported[1] == reported[2]
    assert reported[0] == reported[1] or prop == "extra"  # a clash with others is reported at the end
