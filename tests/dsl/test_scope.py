"""Where a builder may be used, and what an exception leaves behind."""

from __future__ import annotations

import asyncio
import re
import threading
from collections.abc import Callable
from typing import Any

import pytest

from stepdsl import (
    Action,
    HeadingLayout,
    InvalidValueError,
    ObjectSchema,
    Polling,
    ScopeError,
    Step,
    StringSchema,
    UnknownPropertyError,
    dumps,
)


def fails(error: type[Exception], text: str) -> Any:
    return pytest.raises(error, match=f"^{re.escape(text)}$")


# -- misuse: what is done -> what the error says -------------------------------------------------------------------


def after_the_block() -> None:
    with Step.build() as step:
        pass
    step.title = "late"


def child_after_its_block() -> None:
    with Step.build() as step:
        with step.external(url="/x") as external:
            pass
        external.url = "/y"


def child_after_the_parent_s_block() -> None:
    with Step.build() as step:
        external = step.external(url="/x")
    external.url = "/y"


def opening_after_the_block() -> None:
    with Step.build() as step:
        pass
    step.polling()


def opening_a_list_after_the_block() -> None:
    with Step.build() as step:
        pass
    step.layout()


def adding_after_the_list_s_block() -> None:
    with Step.build() as step:
        with step.layout() as layout:
            pass
        layout.heading(text="late")


def adding_a_finished_object_after_the_list_s_block() -> None:
    with Step.build() as step:
        with step.layout() as layout:
            pass
        layout.add(HeadingLayout(text="late"))


def adding_after_the_parent_s_block() -> None:
    with Step.build() as step:
        layout = step.layout()
    layout.heading(text="late")


def entering_a_list_after_the_parent_s_block() -> None:
    with Step.build() as step:
        layout = step.layout()
    with layout:
        pass


def a_member_after_the_list_s_block() -> None:
    with Step.build() as step:
        with step.layout() as layout:
            heading = layout.heading(text="a")
        heading.text = "b"


def entering_twice() -> None:
    with Step.build() as step, step:
        pass


def entering_again() -> None:
    with Step.build() as step:
        pass
    with step:
        pass


def after_an_exception() -> None:
    step = Step.build()
    with pytest.raises(ZeroDivisionError), step:
        raise ZeroDivisionError
    step.title = "late"


def built_inside() -> None:
    with Step.build() as step:
        _ = step.built


def built_of_a_child_that_is_not_finished() -> None:
    _ = Step.build().external(url="/x").built


def built_after_an_exception() -> None:
    step = Step.build()
    with pytest.raises(ZeroDivisionError), step:
        raise ZeroDivisionError
    _ = step.built


def opening_twice() -> None:
    with Step.build() as step:
        step.external(url="/x")
        step.external(url="/y")


def opening_what_was_given() -> None:
    with Step.build() as step:
        step.polling = polling()
        step.polling()


def giving_what_was_opened() -> None:
    with Step.build() as step:
        step.polling(polling())
        step.polling = polling()


def giving_a_list_that_was_opened() -> None:
    with Step.build() as step:
        step.layout().heading(text="a")
        step.layout = [HeadingLayout(text="b")]


def a_union_given_twice() -> None:
    with Step.build() as step, step.layout() as layout:
        button = layout.button(title="a")
        button.behavior.action(action=Action())
        button.behavior.action(action=Action())


def a_name_given_twice() -> None:
    with ObjectSchema.build() as form, form.properties() as properties:
        properties.string("a")
        properties.string("a")


def a_name_added_twice() -> None:
    with ObjectSchema.build() as form, form.properties() as properties:
        properties.string("a b")
        properties.add("a b", StringSchema())


def if_instead_of_with() -> None:
    with Step.build() as step:
        if step.polling():
            pass


def if_a_list_is_opened() -> None:
    with Step.build() as step:
        if step.layout():
            pass


def if_an_opener() -> None:
    with Step.build() as step:
        if step.polling:
            pass


def with_an_opener() -> None:
    with Step.build() as step:
        with step.polling:  # type: ignore[attr-defined]
            pass


def assigning_through_an_opener() -> None:
    with Step.build() as step:
        step.polling.url = "/x"  # type: ignore[attr-defined]


def adding_through_an_opener() -> None:
    with Step.build() as step:
        step.layout.heading(text="a")  # type: ignore[attr-defined]


def assigning_an_adder() -> None:
    with Step.build() as step, step.layout() as layout:
        layout.heading = HeadingLayout(text="a")  # type: ignore[misc]


def calling_a_union() -> None:
    with Step.build() as step, step.layout() as layout:
        layout.button(title="a").behavior()  # type: ignore[call-arg]


def deleting_a_property() -> None:
    with Step.build(title="a") as step:
        del step.title


def an_async_callback() -> None:
    async def block(step: Any) -> None:
        step.title = "a"

    Step.build(block)


def polling() -> Polling:
    return Polling(url="/x", interval=1, max_attempts=2, on_error=Polling.OnError(action=Action(exit=True)))


MISUSE: list[tuple[Callable[[], None], str]] = [
    (after_the_block, "Step: used after its block has ended"),
    (child_after_its_block, "Step.external: used after its block has ended"),
    (child_after_the_parent_s_block, "Step.external: used after its block has ended"),
    (opening_after_the_block, "Step: used after its block has ended"),
    (opening_a_list_after_the_block, "Step: used after its block has ended"),
    (adding_after_the_list_s_block, "Step.layout: used after its block has ended"),
    (adding_a_finished_object_after_the_list_s_block, "Step.layout: used after its block has ended"),
    (adding_after_the_parent_s_block, "Step.layout: used after its block has ended"),
    (entering_a_list_after_the_parent_s_block, "Step.layout: used after its block has ended"),
    (a_member_after_the_list_s_block, "Step.layout[0].heading: used after its block has ended"),
    (entering_twice, "Step: its block is open already"),
    (entering_again, "Step: used after its block has ended"),
    (after_an_exception, "Step: used after an exception has ended its block"),
    (built_inside, "Step: built when its block ends, not before"),
    (built_of_a_child_that_is_not_finished, "Step.external: built when its block ends, not before"),
    (built_after_an_exception, "Step: nothing was built, an exception has ended its block"),
    (opening_twice, "Step.external: already given"),
    (opening_what_was_given, "Step.polling: already given"),
    (giving_what_was_opened, "Step.polling: already given"),
    (giving_a_list_that_was_opened, "Step.layout: already given"),
    (a_union_given_twice, "Step.layout[0].button.behavior: already given"),
    (a_name_given_twice, "ObjectSchema.properties.a: already given"),
    (a_name_added_twice, "ObjectSchema.properties['a b']: already given"),
    (if_instead_of_with, "Step.polling: `if` opens no block; write `with … as …:`"),
    (if_a_list_is_opened, "Step.layout: `if` opens no block; write `with … as …:`"),
    (if_an_opener, "Step.polling: `if` opens no block; write `with … as …:`"),
    (with_an_opener, "Step.polling: opened by a call; write `with ….polling() as polling:`"),
    (assigning_through_an_opener, "Step.polling: opened by a call; write `with ….polling() as polling:`"),
    (adding_through_an_opener, "Step.layout: opened by a call; write `with ….layout() as layout:`"),
    (assigning_an_adder, "Step.layout.heading: members are added by a call, heading(…)"),
    (
        calling_a_union,
        "Step.layout[0].button.behavior: write the kind to open: one of action, copy, dismiss, "
        "link, modal, refresh, subflow",
    ),
    (deleting_a_property, "Step.title: assign None to take a value away"),
    (an_async_callback, "Step: a callback is called at once, it cannot be async"),
]


@pytest.mark.parametrize(("misuse", "text"), MISUSE, ids=[misuse.__name__ for misuse, _ in MISUSE])
def test_an_error_of_misuse_has_its_path_and_reason(misuse, text):
    with fails(ScopeError, text):
        misuse()


def test_a_finished_object_takes_no_keywords():
    with pytest.raises(TypeError, match=r"^Step\.polling: takes a finished object or keywords, not both$"):
        Step.build().polling(polling(), url="/y")


# -- what an exception leaves ------------------------------------------------------------------------------------


def test_an_exception_in_a_child_removes_the_child():
    with Step.build() as step:
        with pytest.raises(ZeroDivisionError):
            with step.polling(url="/x"):
                raise ZeroDivisionError
        step.polling = polling()
    assert step.built == Step(polling=polling())


def test_an_exception_in_a_callback_removes_the_child():
    with Step.build() as step:
        with pytest.raises(ZeroDivisionError):
            step.polling(lambda p: 1 / 0)
        step.polling(polling())
    assert step.built == Step(polling=polling())


def test_an_exception_in_the_block_of_a_list_removes_what_the_block_added():
    with Step.build() as step:
        with step.layout() as layout:
            layout.heading(text="before")
        with pytest.raises(ZeroDivisionError):
            with step.layout() as layout:
                layout.heading(text="lost")
                layout.add(HeadingLayout(text="lost too"))
                raise ZeroDivisionError
        step.layout().heading(text="after")
    assert [heading.text for heading in step.built.layout] == ["before", "after"]


def test_an_exception_in_the_block_of_a_map_frees_its_names():
    with ObjectSchema.build() as form:
        with pytest.raises(ZeroDivisionError):
            with form.properties() as properties:
                properties.string("a", title="lost")
                raise ZeroDivisionError
        form.properties().string("a", title="kept")
    assert form.built == ObjectSchema(properties={"a": StringSchema(title="kept")})


def test_an_exception_in_a_member_keeps_the_other_members():
    with Step.build() as step, step.layout() as layout:
        layout.heading(text="1")
        with pytest.raises(InvalidValueError):
            layout.heading(lambda heading: None)
        with pytest.raises(InvalidValueError):
            with layout.heading():
                pass
        layout.heading(text="2")
    assert [heading.text for heading in step.built.layout] == ["1", "2"]


def test_a_block_inside_an_abandoned_one_cannot_be_used():
    step = Step.build()
    with pytest.raises(ZeroDivisionError), step:
        external = step.external(url="/x")
        layout = step.layout()
        heading = layout.heading(text="a")
        raise ZeroDivisionError
    with fails(ScopeError, "Step.external: used after an exception has ended its block"):
        external.url = "/y"
    with fails(ScopeError, "Step.layout: used after its block has ended"):
        layout.heading(text="b")
    with fails(ScopeError, "Step.layout[0].heading: used after an exception has ended its block"):
        heading.text = "b"


def test_what_was_finished_survives_an_exception_around_it():
    step = Step.build()
    with pytest.raises(ZeroDivisionError), step:
        with step.external(url="/x") as external:
            pass
        raise ZeroDivisionError
    assert external.built.url == "/x"


def test_a_refused_value_does_not_replace_the_earlier_one():
    with Step.build(title="good") as step:
        with pytest.raises(InvalidValueError):
            step.title = 3  # type: ignore[assignment]
        assert step.title == "good"
    assert step.built.title == "good"


def test_extend_adds_all_members_or_none():
    with Step.build() as step, step.layout() as layout:
        with fails(InvalidValueError, "Step.layout[1]: expected a Layout, got 3"):
            layout.extend([HeadingLayout(text="a"), 3])  # type: ignore[list-item]
        assert repr(layout) == "<LayoutListBuilder at Step.layout, 0 so far>"
    with ObjectSchema.build() as form, form.properties() as properties:
        with fails(InvalidValueError, "ObjectSchema.properties.b: expected a Schema, got 'x'"):
            properties.extend({"a": StringSchema(), "b": "x"})  # type: ignore[dict-item]
    assert step.built.layout == ()
    assert form.built.properties == {}


def test_an_entered_list_can_be_entered_again_inside_its_block():
    with Step.build() as step:
        layout = step.layout()
        with layout:
            layout.heading(text="a")
            with layout:
                layout.heading(text="b")
            with fails(ScopeError, "Step.layout: used after its block has ended"):
                layout.heading(text="late")
        footer = step.footer()
        with pytest.raises(ZeroDivisionError), footer, footer:
            footer.heading(text="lost")
            raise ZeroDivisionError
    assert step.built == Step(layout=[HeadingLayout(text="a"), HeadingLayout(text="b")])


def test_an_exception_in_a_member_keeps_what_was_added_inside_its_block():
    with Step.build() as step, step.layout() as layout:
        with pytest.raises(ZeroDivisionError), layout.heading(text="lost"):
            layout.heading(text="kept")
            raise ZeroDivisionError
    assert step.built == Step(layout=[HeadingLayout(text="kept")])


def test_a_footer_that_an_exception_has_ended_is_absent():
    with Step.build() as step:
        with pytest.raises(ZeroDivisionError), step.footer() as footer:
            footer.heading(text="lost")
            raise ZeroDivisionError
        with pytest.raises(InvalidValueError):
            step.link_handlers([3])  # type: ignore[list-item]
        assert "footer" not in step
    assert step.built.footer is None
    assert dumps(step.built) == '{"layout":[],"schemas":[]}'


def test_blocks_that_end_after_their_parent_change_nothing():
    with Step.build() as step:
        external = step.external(url="/x")
        external.__enter__()
    external.__exit__(ZeroDivisionError, ZeroDivisionError(), None)
    assert step.built.external == external.built
    with Step.build() as other:
        layout = other.layout()
        heading = layout.heading(text="a")
        heading.__enter__()
        layout.__exit__(ZeroDivisionError, ZeroDivisionError(), None)
        heading.__exit__(ZeroDivisionError, ZeroDivisionError(), None)
    assert other.built == Step()


def test_a_map_is_not_used_after_its_block():
    with ObjectSchema.build() as form, form.properties() as properties:
        pass
    with fails(ScopeError, "ObjectSchema.properties: used after its block has ended"):
        properties.string("late")


def test_in_takes_the_name_of_a_property():
    with Step.build() as step:
        with pytest.raises(TypeError, match=r"^Step: `in` takes the name of a property, got 1$"):
            _ = 1 in step  # type: ignore[operator]


def test_a_builder_is_called_with_a_callback():
    with pytest.raises(TypeError, match=r"^Step: expected a callback, got 3$"):
        Step.build()(3)  # type: ignore[arg-type]


# -- side by side ------------------------------------------------------------------------------------------------


def test_threads_and_tasks_build_side_by_side():
    def page(name: str, barrier: threading.Barrier, made: dict[str, Step]) -> None:
        with Step.build(id=name) as step, step.layout() as layout:
            for number in range(3):
                barrier.wait()
                with layout.heading() as heading:
                    heading.text = f"{name} {number}"
        made[name] = step.built

    made: dict[str, Step] = {}
    barrier = threading.Barrier(4)
    threads = [threading.Thread(target=page, args=(name, barrier, made)) for name in "abcd"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert made == {n: Step(id=n, layout=[HeadingLayout(text=f"{n} {i}") for i in range(3)]) for n in "abcd"}

    async def task(name: str) -> Step:
        with Step.build(id=name) as step, step.layout() as layout:
            for number in range(3):
                with layout.heading() as heading:
                    await asyncio.sleep(0)
                    heading.text = f"{name} {number}"
        return step.built

    async def all_tasks() -> list[Step]:
        return await asyncio.gather(*map(task, "abcd"))

    assert asyncio.run(all_tasks()) == [made[name] for name in "abcd"]


def test_a_property_that_is_not_set_yet_cannot_be_read():
    with Step.build() as step, step.polling(url="/x", interval=1, on_error=polling().on_error) as builder:
        assert builder.url == "/x"
        assert builder.delay is None
        assert not hasattr(builder, "max_attempts")
        with fails(UnknownPropertyError, "Step.polling.max_attempts: not set yet"):
            _ = builder.max_attempts
        builder.max_attempts = 3
    assert dumps(step.built).count("maxAttempts") == 1


def test_the_repr_of_a_builder_shows_its_path_and_state():
    with Step.build() as step, step.layout() as layout, layout.heading(text="a") as heading:
        assert repr(step) == "<StepBuilder at Step, entered>"
        assert repr(heading) == "<HeadingLayoutBuilder at Step.layout[0].heading, entered>"
        assert repr(step.polling) == "<opener of Step.polling>"
    assert repr(step) == "<StepBuilder at Step, finished>"


# -- what an exception leaves of a list or map ----------------------------------------------------------------------


def test_builders_of_members_that_were_taken_back_are_refused():
    with Step.build() as step:
        with pytest.raises(KeyError), step.layout() as layout:
            heading = layout.heading(text="x")
            box = layout.box()
            inside = box.components().heading(text="y")
            raise KeyError
        for builder in (heading, box, inside):
            with pytest.raises(ScopeError):
                builder.margin = "md"
    assert step.built == Step()


def test_the_path_of_a_member_leaves_out_those_that_were_taken_back():
    """Members are taken back in any order: the last block first, then a member before it."""
    with pytest.raises(InvalidValueError) as caught, Step.build() as step, step.layout() as layout:
        with pytest.raises(KeyError), layout.heading(text="first"):
            with pytest.raises(KeyError), step.layout() as more:
                more.heading(text="second")
                more.heading(text="third")
                raise KeyError
            raise KeyError
        layout.heading()
        with pytest.raises(KeyError), layout.heading(text="last"):
            raise KeyError
        layout.paragraph(text="x")
        layout.paragraph()
    assert str(caught.value) == "Step.layout[0].heading.text: missing; Step.layout[2].paragraph.text: missing"


def test_a_list_block_that_is_entered_twice_is_taken_back_once():
    with Step.build() as step, step.layout() as layout:
        layout.heading(text="kept")
        with pytest.raises(KeyError), step.layout() as again, again:
            again.heading(text="x")
            raise KeyError
        layout.paragraph(text="kept too")
        assert repr(layout) == "<LayoutListBuilder at Step.layout, 2 so far>"
    assert [type(part).__name__ for part in step.built.layout] == ["HeadingLayout", "ParagraphLayout"]
