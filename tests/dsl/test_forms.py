"""Blocks, callbacks and constructors: one result in every form and order."""

from __future__ import annotations

import json

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
    ExternalBuilder,
    HeadingLayout,
    LayoutListBuilder,
    LinkHandler,
    Navigation,
    ObjectSchema,
    OneOfSchema,
    ParagraphLayout,
    Polling,
    PollingBuilder,
    Step,
    StepBuilder,
    StringSchema,
    UnknownBehavior,
    UnknownLayout,
    UnknownSchema,
    dumps,
)

URL = "https://bar.foo/status?id=12345"
RESULT = {"exit-action-data": "EXIT!!!"}
WIRE = {
    "layout": [],
    "schemas": [],
    "polling": {
        "url": URL,
        "interval": 5,
        "maxAttempts": 100,
        "onError": {"action": {"exit": True, "result": RESULT}},
    },
}


def blocks() -> Step:
    with Step.build() as step:
        with step.layout():
            pass
        with step.polling() as polling:
            polling.url = URL
            polling.interval = 5
            polling.max_attempts = 100
            with polling.on_error() as on_error:
                with on_error.action() as action:
                    action.exit = True
                    action.result = RESULT
    return step.built


def blocks_in_another_order() -> Step:
    with Step.build() as step:
        with step.polling() as polling:
            with polling.on_error() as on_error:
                with on_error.action() as action:
                    action.result = RESULT
                    action.exit = True
            polling.max_attempts = 100
            polling.interval = 5
            polling.url = URL
        with step.layout():
            pass
    return step.built


def keywords() -> Step:
    with Step.build() as step:
        with step.polling(url=URL, interval=5, max_attempts=100) as polling:
            polling.on_error().action(exit=True, result=RESULT)
    return step.built


def callbacks() -> Step:
    @Step.build
    def built(step: StepBuilder) -> None:
        @step.polling
        def _(polling: PollingBuilder) -> None:
            polling.url = URL
            polling.interval = 5
            polling.max_attempts = 100
            polling.on_error(lambda e: e.action(exit=True, result=RESULT))

    return built


def constructors() -> Step:
    return Step(
        polling=Polling(
            url=URL,
            interval=5,
            max_attempts=100,
            on_error=Polling.OnError(action=Action(exit=True, result=RESULT)),
        )
    )


def finished_objects() -> Step:
    with Step.build() as step:
        step.polling = Polling(
            url=URL, interval=5, max_attempts=100, on_error=Polling.OnError(action=Action(exit=True, result=RESULT))
        )
    return step.built


def never_entered() -> Step:
    step = Step.build()
    polling = step.polling(url=URL, interval=5, max_attempts=100)
    polling.on_error(Polling.OnError(action=Action(exit=True, result=RESULT)))
    return step.built


FORMS = [blocks, blocks_in_another_order, keywords, callbacks, constructors, finished_objects, never_entered]


@pytest.mark.parametrize("form", FORMS)
def test_every_form_makes_the_step_of_the_page(form):
    assert form() == constructors()
    assert dumps(form()) == json.dumps(WIRE, separators=(",", ":"))


@pytest.mark.parametrize("form", FORMS)
def test_building_twice_makes_equal_independent_objects(form):
    first, second = form(), form()
    assert first == second
    assert first is not second
    assert first.polling is not second.polling


def test_a_decorated_function_becomes_the_finished_object():
    @Step.build
    def page(step: StepBuilder) -> None:
        @step.external
        def opened(external: ExternalBuilder) -> None:
            external.url = "x"

        assert opened == External(url="x")

    assert page == Step(external=External(url="x"))


def test_mutable_inputs_are_copied():
    data = {"list": [1]}
    layout = [HeadingLayout(text="a")]
    with Step.build(model=data) as step:
        step.layout = layout
        data["list"].append(2)
        layout.append(HeadingLayout(text="b"))
    assert step.built == Step(model={"list": [1]}, layout=[HeadingLayout(text="a")])


# -- lists, maps, unions -----------------------------------------------------------------------------------------


def test_lists_have_an_adder_for_each_member():
    with Step.build() as step, step.layout() as layout:
        layout.alert(markdown="a", context=Context.WARNING)
        with layout.box() as box:
            with box.components() as inner:
                inner.heading(text="h")
        layout.button(title="b").behavior.action().action(url="/x")
        with layout.columns() as columns:
            with columns.left() as left:
                left.paragraph(text="l")
            columns.right().extend(ParagraphLayout(text=str(i)) for i in range(2))
        layout.loading_indicator()
        layout.markdown(lambda markdown: setattr(markdown, "content", "m"))
        layout.paragraph(ParagraphLayout(text="p"))
        layout.add(UnknownLayout(type="sparkle", extra={"x": 1}))
    assert step.built.layout[:4] == (
        AlertLayout(markdown="a", context="warning"),
        BoxLayout(components=[HeadingLayout(text="h")]),
        ButtonLayout(title="b", behavior=ActionBehavior(action=Action(url="/x"))),
        ColumnsLayout(left=[ParagraphLayout(text="l")], right=[ParagraphLayout(text="0"), ParagraphLayout(text="1")]),
    )
    assert [layout.__class__.__name__ for layout in step.built.layout[4:]] == [
        "LoadingIndicatorLayout",
        "MarkdownLayout",
        "ParagraphLayout",
        "UnknownLayout",
    ]


def test_a_list_opened_again_goes_on_adding():
    with Step.build(layout=[HeadingLayout(text="1")]) as step:
        with step.layout() as layout:
            layout.heading(text="2")
        step.layout(lambda layout: layout.heading(text="3"))
        step.layout([HeadingLayout(text="4")])
        step.layout(HeadingLayout(text=text) for text in "56")
        step.layout().heading(text="7")
        step.layout().add(HeadingLayout(text="8"))
    assert [heading.text for heading in step.built.layout] == list("12345678")


def test_a_list_of_one_type_has_one_adder():
    with Step.build() as step:
        step.link_handlers().link_handler(regex_pattern="x").action(url="/z")
        with step.link_handlers() as handlers, handlers.link_handler() as handler:
            handler.regex_pattern = "y"
            handler.behavior = UnknownBehavior(type="dance")
    assert step.built.link_handlers == (
        LinkHandler(regex_pattern="x", action=Action(url="/z")),
        LinkHandler(regex_pattern="y", behavior=UnknownBehavior(type="dance")),
    )


def test_an_opened_list_that_stays_empty_is_set():
    with Step.build() as step, step.footer():
        pass
    assert step.built.footer == ()
    assert Step().footer is None


def test_maps_take_the_name_first():
    with ObjectSchema.build(id="#form") as form:
        with form.properties() as properties:
            properties.string("user", title="User")
            properties.string("copy", StringSchema(title="Copy"))
            properties.string("called", lambda string: setattr(string, "min_length", 3))
            with properties.obj("address", title="Address") as address:
                with address.properties() as inner:
                    inner.string("line 1")
            with properties.one_of("currency") as currency:
                with currency.schemas() as alternatives:
                    alternatives.const(title="Euro", value="EUR")
                    alternatives.add(ConstSchema(value=None))
            properties.add("odd", UnknownSchema(type="odd"))
        form.properties().extend({"last": StringSchema()})
    assert form.built == ObjectSchema(
        id="#form",
        properties={
            "user": StringSchema(title="User"),
            "copy": StringSchema(title="Copy"),
            "called": StringSchema(min_length=3),
            "address": ObjectSchema(title="Address", properties={"line 1": StringSchema()}),
            "currency": OneOfSchema(schemas=[ConstSchema(title="Euro", value="EUR"), ConstSchema(value=None)]),
            "odd": UnknownSchema(type="odd"),
            "last": StringSchema(),
        },
    )
    assert form.built.display_order == ("user", "copy", "called", "address", "currency", "odd", "last")


def test_an_explicit_display_order_stays():
    with ObjectSchema.build(display_order=["b"]) as form:
        form.properties = {"a": StringSchema(), "b": StringSchema()}
    assert form.built.display_order == ("b",)


def test_a_union_opens_any_of_its_kinds():
    action = ActionBehavior(action=Action(url="/x"))
    with Step.build() as step, step.layout() as layout:
        layout.button(title="1").behavior.action(action=Action(url="/x"))
        layout.button(title="2").behavior.action(lambda b: b.action(url="/x"))
        layout.button(title="3").behavior.action(action)
        layout.button(title="4").behavior(action)
        layout.button(title="5", behavior=action)
        with layout.button(title="6") as button:
            button.behavior = action
        with layout.button(title="7") as button, button.behavior.action() as behavior:
            behavior.action(url="/x")
    assert [button.behavior for button in step.built.layout] == [action] * 7


def test_every_standalone_type_builds_itself():
    assert StringSchema.build(title="x").built == StringSchema(title="x")
    assert ActionBehavior.build(lambda b: b.action()) == ActionBehavior(action=Action())
    assert Polling.OnError.build(action=Action(exit=True)).built == Polling.OnError(action=Action(exit=True))
    with Navigation.BackBehavior.build() as back:
        back.action = Action(url="/back")
    assert Navigation(back=back.built).back == back.built
    finished = Action(url="/x")
    assert Action.build(finished) is finished


def test_a_step_is_built_by_functions_that_take_builders():
    def add_headings(layout: LayoutListBuilder, *texts: str) -> None:
        for text in texts:
            layout.heading(text=text)

    with Step.build() as step, step.layout() as layout:
        add_headings(layout, "a", "b")
    assert [heading.text for heading in step.built.layout] == ["a", "b"]


# -- values ------------------------------------------------------------------------------------------------------


def test_a_value_that_was_set_can_be_read_and_removed():
    with Step.build(title="first") as step:
        assert step.title == "first"
        step.title = "second"
        assert step.title == "second"
        step.title = None
        assert step.title is None
        assert not step.model
        step.model = None
        assert step.model is None
        step.analytics = {"a": "b"}
        assert step.analytics == {"a": "b"}
    assert step.built == Step(model=None, analytics={"a": "b"})


def test_extra_properties_become_documented_ones_when_the_block_ends():
    with Step.build(extra={"title": "from extra", "new": 1}) as step:
        pass
    assert step.built == Step(title="from extra", extra={"new": 1})


def test_any_iterable_fills_a_list_of_strings():
    with StringSchema.build() as string:
        string.keywords = (word for word in ("a", "b"))
    assert string.built.keywords == ("a", "b")
