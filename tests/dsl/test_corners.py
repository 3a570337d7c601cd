"""Corners of the builders that nobody should come to, and what is said there."""

from __future__ import annotations

import re

import pytest

from stepdsl import HeadingLayout, InvalidValueError, Polling, ScopeError, Step, StepBuilder


def test_a_root_takes_a_finished_object_of_its_own_type_only():
    with pytest.raises(InvalidValueError, match=r"^Polling: expected a Polling, got 3$"):
        Polling.build(3)  # type: ignore[call-overload]


def test_builders_lack_the_special_attributes_that_python_looks_for():
    with Step.build() as step, step.layout() as layout:
        button = layout.button(title="x")
        for asked in (step, step.polling, step.layout, layout, button.behavior):
            assert not hasattr(asked, "__array_interface__")
        layout.extend([])
        button.behavior.action().action()


def test_a_block_that_outlives_an_abandoned_parent_builds_nothing():
    step = Step.build()
    step.__enter__()
    external = step.external(url="/x")
    external.__enter__()
    step.__exit__(ValueError, ValueError(), None)
    with pytest.raises(ScopeError, match=r"^Step\.external: used after an exception has ended its block$"):
        external.__exit__(None, None, None)


def test_finished_members_of_an_abandoned_list_stay_finished():
    heading = HeadingLayout(text="x")
    with pytest.raises(ZeroDivisionError), Step.build() as step:
        step.layout().add(heading)
        raise ZeroDivisionError
    assert heading == HeadingLayout(text="x")


def test_the_extra_properties_of_a_builder_are_described():
    assert re.match("Properties that this library does not have", StepBuilder.extra.__doc__ or "")
