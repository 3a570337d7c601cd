"""Whatever an author gives: an object comes of it that can be sent and read, or one error that tells all in a line."""

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
from stepdsl.core.fields import FIELDS
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
def test_a_constructor_builds_or_tells(name, data):
    cls = CONCRETE[name]
    names = st.sampled_from([*FIELDS[cls].by_name, "extra"])
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
def test_a_builder_builds_or_tells(name, data):
    cls = CONCRETE[name]
    names = st.sampled_from([*FIELDS[cls].by_name, "extra"])
    values: list[tuple[str, Any]] = data.draw(st.lists(st.tuples(names, ODD | json_values()), max_size=6))
    builder = cls.build()
    for held, value in values:
        try:
            setattr(builder, held, value)
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
def test_a_constructor_and_a_builder_tell_the_same_of_one_value(name, data):
    cls = CONCRETE[name]
    held = data.draw(st.sampled_from([*FIELDS[cls].by_name, "extra"]))
    value = data.draw(ODD | json_values())
    told = []
    for give in (
        lambda: cls(**{held: value}),
        lambda: cls.build(**{held: value}),
        lambda: setattr(cls.build(), held, value),
    ):
        try:
            give()
        except InvalidValueError as error:
            told.append([problem for problem in error.problems if not problem[1].startswith("missing")])
        else:
            told.append([])
    assert told[1] == told[2]
    assert told[0] == told[1] or held == "extra"  # what goes with the other properties is told when the block ends
