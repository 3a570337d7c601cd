"""A hundred levels of components, each in the modal of a decision: five hundred levels of JSON. The stack has less.

Everything works with such an object, also if the stack is half full already, as it is in a web framework.
"""

from __future__ import annotations

import copy
import json
import pickle
import threading
from collections.abc import Callable
from typing import Any

import attrs
import pytest

from stepdsl import (
    DecisionLayout,
    InvalidValueError,
    Layout,
    ModalBehavior,
    ObjectSchema,
    ParagraphLayout,
    Step,
    StringSchema,
    WireError,
    check,
    dumps,
    from_dict,
    loads,
    to_dict,
)
from stepdsl.core.nesting import equal, on_a_new_stack
from stepdsl.wire import parse_data
from tests.wire.libraries import LIBRARIES, json_library


def decisions(levels: int, text: str = "At the bottom") -> Any:
    inside: Any = ParagraphLayout(text=text)
    for level in range(levels):
        behavior = ModalBehavior(content=[inside])
        inside = DecisionLayout(options=[DecisionLayout.Option(title=f"{level}", behavior=behavior)])
    return inside


DEEP = decisions(100)
STEP = Step(id="deep", title="Deep", layout=[DEEP])
LIMIT = 400


def deep_down(work: Callable[[], Any], frames: int = LIMIT) -> Any:
    """Return what a function returns that is called with so much on the stack."""
    return work() if frames == 0 else deep_down(work, frames - 1)


WORK: dict[str, Callable[[], Any]] = {
    "==": lambda: decisions(100) == DEEP and decisions(100, "x") != DEEP and Step(layout=[decisions(99)]) != STEP,
    "to_dict, from_dict": lambda: from_dict(to_dict(STEP)) == STEP,
    "from_dict with strict=False": lambda: from_dict(to_dict(STEP), strict=False) == STEP,
    "a union": lambda: from_dict(to_dict(DEEP), Layout) == DEEP,
    "dumps, loads": lambda: loads(dumps(STEP)) == STEP and loads(dumps(STEP, indent=1), strict=False) == STEP,
    "pickle": lambda: all(pickle.loads(pickle.dumps(STEP, n)) == STEP for n in range(pickle.HIGHEST_PROTOCOL + 1)),
    "copy": lambda: copy.deepcopy([STEP]) == [copy.copy(STEP)],
    "repr": lambda: repr(STEP).startswith("Step(id='deep', title='Deep', layout=(DecisionLayout(options=("),
    "attrs.evolve": lambda: attrs.evolve(STEP, id="x").layout == STEP.layout,
}


@pytest.mark.parametrize("library", LIBRARIES)
@pytest.mark.parametrize("name", WORK)
def test_a_hundred_levels_of_decisions_work(name, library):
    with json_library(library):
        assert WORK[name]()
        assert deep_down(WORK[name])


def test_a_hundred_levels_of_decisions_can_be_checked_and_hashed():
    assert hash(decisions(100)) == hash(DEEP)
    assert check(STEP) == check(loads(dumps(STEP)))


def test_deep_objects_with_maps_and_with_an_empty_extra_are_compared_and_pickled():
    """An object that was read with `strict=False` has an empty `extra` if its document lacks what is always written."""

    def nested(title: str, levels: int = 60) -> Any:
        inside: Any = StringSchema(title=title)
        for _ in range(levels):
            inside = ObjectSchema(properties={"a": inside})
        return inside

    document = json.loads(dumps(nested("x")).replace(',"displayOrder":["a"]', ""))
    lenient = from_dict(document, ObjectSchema, strict=False)
    twin = pickle.loads(pickle.dumps(lenient))
    assert (twin, to_dict(twin)) == (lenient, document)
    assert equal(lenient, nested("x"))
    assert not equal(lenient, nested("y"))


def test_a_part_that_an_object_contains_twice_is_pickled_once():
    """Each level has the level below twice. To pickle each of them would never end."""

    def doubled() -> Any:
        inside: Any = ParagraphLayout(text="x")
        for _ in range(95):
            behavior = ModalBehavior(content=[inside, inside])
            inside = DecisionLayout(options=[DecisionLayout.Option(title="x", behavior=behavior)])
        return inside

    one = doubled()
    assert pickle.loads(pickle.dumps(one)).options[0].behavior.content[1].options[0].title == "x"


def test_more_levels_are_refused():
    with pytest.raises(InvalidValueError) as built:
        decisions(101)
    assert str(built.value) == "ModalBehavior: components nest at most 100 deep"


@pytest.mark.parametrize("library", LIBRARIES)
def test_text_that_is_nested_too_deep_has_one_error(library):
    """The libraries differ in what they can parse: 995 levels, 1023 levels, or more with an empty stack."""

    def reported(read: Callable[[str], Any], text: str) -> str:
        with pytest.raises(WireError) as caught:
            read(text)
        return str(caught.value)

    with json_library(library):
        for levels in (890, 891, 899, 900, 950, 990, 994, 995, 1000, 1022, 1023, 1024, 1100, 100_000):
            nested = "[" * levels + "]" * levels
            wanted = "JSON values nest at most 100 deep" if levels < 900 else "nested too deeply"
            for read in (loads, lambda text: loads(text, Layout), parse_data):
                found = reported(read, f'{{"type":"x","a":{nested}}}')
                assert found.removeprefix("a: ") == wanted
                assert deep_down(lambda: reported(read, f'{{"type":"x","a":{nested}}}')) == found  # noqa: B023
            if levels >= 900:
                assert reported(lambda text: loads(text, strict=False), f'{{"a":{nested}}}') == "nested too deeply"
            else:
                found = loads(f'{{"a":{nested}}}', strict=False)
                assert deep_down(lambda: dumps(found)) == f'{{"a":{nested}}}'  # noqa: B023
                assert deep_down(lambda: to_dict(found))["a"]  # noqa: B023


def test_what_a_function_raises_in_another_thread_is_raised_here():
    before = threading.active_count()
    with pytest.raises(ZeroDivisionError):
        on_a_new_stack(lambda: 1 // 0)
    assert on_a_new_stack(divmod, 7, 2) == (3, 1)
    assert threading.active_count() == before
