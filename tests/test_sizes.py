"""Large steps: ten thousand fields, a hundred levels of boxes, at a cost that grows with the number of fields alone."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Any

import pytest

from stepdsl import (
    Action,
    BoxLayout,
    InvalidValueError,
    ObjectSchema,
    ParagraphLayout,
    Step,
    StringSchema,
    WireError,
    dumps,
    loads,
)
from stepdsl.wire import parse_data
from tests.wire.libraries import LIBRARIES, json_library


def form_by_constructors(fields: int) -> Step:
    properties = {
        f"field{number}": StringSchema(title=f"Field {number}", max_length=number) for number in range(fields)
    }
    return Step(id="large", title="Large", schemas=[ObjectSchema(id="#form", properties=properties)])


def form_by_blocks(fields: int) -> Step:
    with Step.build(id="large", title="Large") as step:
        with step.schemas() as schemas:
            with schemas.obj(id="#form") as form:
                with form.properties() as properties:
                    for number in range(fields):
                        with properties.string(f"field{number}") as field:
                            field.title = f"Field {number}"
                            field.max_length = number
    return step.built


def boxes_by_constructors(levels: int) -> Step:
    content: BoxLayout | ParagraphLayout = ParagraphLayout(text="At the bottom")
    for _ in range(levels):
        content = BoxLayout(components=[content])
    return Step(layout=[content])


def boxes_by_blocks(levels: int) -> Step:
    with Step.build() as step:
        with step.layout() as layout:
            fill(layout, levels)
    return step.built


def fill(layout: Any, levels: int) -> None:
    if levels == 0:
        layout.paragraph(text="At the bottom")
    else:
        with layout.box() as box, box.components() as components:
            fill(components, levels - 1)


@pytest.mark.parametrize("library", LIBRARIES)
def test_a_step_of_ten_thousand_fields_is_written_and_read(library):
    with json_library(library):
        form = form_by_constructors(10_000)
        assert form == form_by_blocks(10_000)
        text = dumps(form)
        assert text.startswith(
            '{"id":"large","title":"Large","layout":[],"schemas":[{"type":"object","$id":"#form","properties":'
            '{"field0":{"type":"string","title":"Field 0","maxLength":0},'
        )
        assert loads(text) == form
        assert loads(text.encode()) == form


@pytest.mark.parametrize("library", LIBRARIES)
def test_boxes_nest_a_hundred_deep(library):
    with json_library(library):
        boxes = boxes_by_constructors(100)
        assert boxes == boxes_by_blocks(100)
        assert dumps(boxes).count('{"type":"box"') == 100
        assert loads(dumps(boxes)) == boxes


def test_deeper_boxes_are_refused_by_each_form():
    with pytest.raises(InvalidValueError) as constructed:
        boxes_by_constructors(101)
    assert str(constructed.value) == "BoxLayout: components nest at most 100 deep"
    with pytest.raises(InvalidValueError) as blocks:
        boxes_by_blocks(101)
    path = "Step" + ".layout[0].box" + ".components[0].box" * 100
    assert str(blocks.value) == f"{path}: components nest at most 100 deep"
    document = (
        dumps(boxes_by_constructors(100))
        .replace('"layout":[', '"layout":[{"type":"box","components":[', 1)
        .replace('],"schemas"', ']}],"schemas"', 1)
    )
    with pytest.raises(WireError) as read:
        loads(document)
    assert str(read.value) == "layout[0]: components nest at most 100 deep"


def calls(work: Callable[[], object]) -> int:
    """How many functions are called by Python code, its own and those of C."""
    count = 0

    def note(*_: object) -> None:
        nonlocal count
        count += 1

    before = sys.getprofile()
    sys.setprofile(note)
    try:
        work()
    finally:
        sys.setprofile(before)
    return count


def loaded(fields: int) -> Callable[[], object]:
    text = dumps(form_by_constructors(fields))
    return lambda: loads(text)


def refused(fields: int) -> Callable[[], object]:
    fields = fields * 9 // 10  # after 1000 mistakes nothing more is read
    text = dumps(form_by_constructors(fields)).replace('"maxLength":', '"maxLength":"x",  "was":')

    def work() -> None:
        with pytest.raises(WireError) as caught:
            loads(text)
        assert len(caught.value.problems) == fields

    return work


def written(fields: int) -> Callable[[], object]:
    form = form_by_constructors(fields)
    return lambda: dumps(form)


def refused_in_boxes(fields: int) -> Callable[[], object]:
    """Mistakes below fifty boxes."""
    return refusal(boxes_document(50, ",".join(["0"] * fields)))


def refused_in_arrays(fields: int) -> Callable[[], object]:
    """Mistakes in arrays of ten levels."""
    return refusal('{"model":[' + ",".join(["[" * 10 + '"\\ud800"' + "]" * 10] * fields) + "]}")


def refused_submission(fields: int) -> Callable[[], object]:
    text = '{"a":[' + ",".join(["[" * 10 + '"\\ud800"' + "]" * 10] * fields) + "]}"
    return refusal(text, parse_data)


def boxes_document(levels: int, inside: str) -> str:
    return '{"layout":[' + '{"type":"box","components":[' * levels + inside + "]}" * levels + "]}"


def refusal(text: str, read: Callable[[str], object] = loads) -> Callable[[], object]:
    def work() -> None:
        with pytest.raises(WireError):
            read(text)

    return work


def refused_by_constructor(fields: int) -> str:
    with pytest.raises(InvalidValueError) as caught:
        Action(data=[{"a": [object()]}] * fields)
    return str(caught.value)


def taken_back(fields: int) -> Callable[[], object]:
    """Members of a list that an exception takes back, after one that is taken back by itself."""

    def work() -> None:
        with pytest.raises(KeyError), Step.build() as step, step.layout() as layout:
            with pytest.raises(KeyError), layout.heading(text="x"):
                raise KeyError
            for _ in range(fields):
                layout.heading(text="x")
            raise KeyError

    return work


def unfinished(fields: int) -> Callable[[], object]:
    """Members of a list that lack something, after one that was taken back."""

    def work() -> None:
        with pytest.raises(InvalidValueError), Step.build() as step, step.layout() as layout:
            with pytest.raises(KeyError), layout.heading(text="x"), step.layout() as more:
                more.heading(text="x")
                raise KeyError
            for _ in range(fields):
                layout.heading()

    return work


WORK: dict[str, Callable[[int], Callable[[], object]]] = {
    "constructors": lambda fields: lambda: form_by_constructors(fields),
    "blocks": lambda fields: lambda: form_by_blocks(fields),
    "dumps": written,
    "loads": loaded,
    "loads of a document with a mistake in each field": refused,
    "members that an exception takes back": taken_back,
    "members that lack something": unfinished,
    "loads of mistakes in nested boxes": refused_in_boxes,
    "loads of mistakes in nested arrays": refused_in_arrays,
    "a submission with mistakes in nested arrays": refused_submission,
    "constructors with a mistake in each value": lambda fields: lambda: refused_by_constructor(fields),
}


@pytest.mark.parametrize("work", WORK.values(), ids=WORK)
def test_the_cost_is_linear(work):
    """Counted in calls, which no machine's mood can change: ten times the fields, ten times the calls, no more."""
    for fields in (10, 100, 1000):
        work(fields)()  # whatever is made on first use is there
    none, few, many = (calls(work(fields)) for fields in (10, 100, 1000))
    assert (many - few) / (few - none) == pytest.approx(10, rel=0.02)


def test_the_cost_of_a_refusal_does_not_grow_with_the_square_of_the_nesting():
    """Ten mistakes at the bottom: as many more calls from 20 boxes to 50 as from 50 to 80."""
    few, some, many = (calls(refusal(boxes_document(levels, ",".join(["0"] * 10)))) for levels in (20, 50, 80))
    assert (many - some) / (some - few) == pytest.approx(1, rel=0.02)
