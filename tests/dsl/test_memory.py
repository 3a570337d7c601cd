"""What builders keep in memory: nothing, as soon as their block has ended."""

from __future__ import annotations

import contextlib
import gc
import tracemalloc
from collections.abc import Callable, Iterator

import pytest

from stepdsl import InvalidValueError, ObjectSchema, Step
from stepdsl.dsl.blocks import Block, Members
from stepdsl.dsl.builder import Opened
from stepdsl.dsl.drafts import ObjectDraft


@pytest.fixture
def no_collection() -> Iterator[None]:
    gc.collect()
    gc.disable()
    yield
    gc.enable()


def under_construction() -> list[object]:
    kinds = (ObjectDraft, Block, Members, Opened)
    return [found for found in gc.get_objects() if issubclass(type(found), kinds)]


def a_list() -> None:
    with Step.build() as step, step.layout() as layout:
        layout.heading(text="a")
        with layout.box() as box, box.components() as components:
            components.paragraph(text="b")


def a_list_that_is_never_entered() -> None:
    with Step.build() as step:
        step.layout().box().components().heading(text="a")


def a_map() -> None:
    with ObjectSchema.build() as form, form.properties() as properties:
        properties.string("a", title="A")
        properties.obj("b").properties().string("c")


def callbacks() -> None:
    Step.build(lambda step: step.layout(lambda layout: layout.heading(lambda heading: setattr(heading, "text", "a"))))


def parts() -> None:
    with Step.build() as step:
        step.polling(url="/x", interval=1, max_attempts=2).on_error().action(exit=True)


def a_broken_list() -> None:
    with Step.build() as step:
        with contextlib.suppress(ZeroDivisionError), step.layout() as layout:
            layout.heading(text="a")
            raise ZeroDivisionError


def an_incomplete_member() -> None:
    with Step.build() as step:
        with contextlib.suppress(InvalidValueError):
            step.layout(lambda layout: layout.heading())


BUILDS = [a_list, a_list_that_is_never_entered, a_map, callbacks, parts, a_broken_list, an_incomplete_member]


@pytest.mark.parametrize("build", BUILDS)
@pytest.mark.usefixtures("no_collection")
def test_all_builders_and_drafts_are_freed_when_the_block_has_ended(build: Callable[[], None]):
    build()
    before = len(under_construction())
    for _ in range(10):
        build()
    assert len(under_construction()) - before == 0


def test_ten_thousands_of_builds_leave_nothing():
    def page() -> None:
        with Step.build(id="page") as step:
            step.external(url="/x")

    def builds(number: int) -> tuple[int, int]:
        for _ in range(number):
            page()
        gc.collect()
        return len(gc.get_objects()), tracemalloc.get_traced_memory()[0]

    builds(1_000)
    objects, _ = builds(1)
    more_objects, _ = builds(30_000)
    assert more_objects - objects < 300  # other threads of the test run make some
    tracemalloc.start()
    try:
        _, size = builds(1_000)
        _, more_size = builds(10_000)
    finally:
        tracemalloc.stop()
    assert more_size - size < 200_000  # 20 bytes a build
