"""What Python and its tools may look at in builders, openers and adders. A look at them changes nothing."""

from __future__ import annotations

import copy
import inspect
import pickle
import pydoc
import rlcompleter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any
from unittest import mock

import pytest

from stepdsl import (
    Action,
    BehaviorUnionOpener,
    ButtonLayout,
    External,
    HeadingLayout,
    LayoutListBuilder,
    LayoutListOpener,
    LinkBehavior,
    LinkBehaviorOpener,
    ObjectSchema,
    ParagraphLayout,
    Polling,
    PollingBuilder,
    PollingOpener,
    SchemaMapBuilder,
    SchemaMapOpener,
    ScopeError,
    Step,
    StepBuilder,
    StringSchema,
    UnknownPropertyError,
)

OPENERS = ("step.polling", "step.layout", "button.behavior", "button.behavior.link", "form.properties")
BUILDERS = ("step", "layout", "properties")
ADDERS = ("layout.heading", "properties.string")
FUNCTIONS = ("Step.build", "LayoutListBuilder.heading", "SchemaMapBuilder.string")
CLASSES = {
    cls.__name__: cls
    for cls in (
        *(BehaviorUnionOpener, LayoutListOpener, LinkBehaviorOpener, PollingOpener, SchemaMapOpener),
        *(LayoutListBuilder, PollingBuilder, SchemaMapBuilder, StepBuilder),
    )
}
ALL = (*OPENERS, *BUILDERS, *ADDERS, *FUNCTIONS, *CLASSES)


@contextmanager
def looked_at() -> Iterator[Callable[[str], Any]]:
    """Open a step, and give what code in its block means. A look at it changes nothing, and leaves all of it open."""
    with Step.build(id="page") as step:
        layout = step.layout()
        button = layout.button(title="Go")
        form = step.schemas().obj(id="#form")
        properties = form.properties()
        names = {"step": step, "layout": layout, "button": button, "form": form, "properties": properties, "Step": Step}
        yield lambda typed: eval(typed, {**CLASSES, **names})
        assert ("polling" in step, "behavior" in button, "iban" in properties) == (False, False, False)
        step.polling(url="/x", delay=1, max_attempts=2).on_error().action(exit=True)
        layout.heading(text="end")
        button.behavior.link(url="/x")
        properties.string("iban")
    assert step.built == Step(
        id="page",
        polling=Polling(url="/x", delay=1, max_attempts=2, on_error=Polling.OnError(action=Action(exit=True))),
        layout=[
            ButtonLayout(title="Go", behavior=LinkBehavior(url="/x")),
            HeadingLayout(text="end"),
        ],
        schemas=[ObjectSchema(id="#form", properties={"iban": StringSchema()})],
    )


# -- attributes -----------------------------------------------------------------------------------------------------

ABSENT = object()

ATTRIBUTES: list[tuple[str, str, bool]] = [
    ("step", "title", True),
    ("step", "polling", True),
    ("step", "built", False),
    ("step", "titel", False),
    ("layout", "heading", True),
    ("layout", "headin", False),
    ("properties", "string", True),
    ("properties", "iban", False),
    ("step.polling", "url", False),
    ("step.layout", "heading", False),
    ("form.properties", "string", False),
    ("button.behavior", "link", True),
    ("button.behavior", "url", False),
    ("button.behavior.link", "url", False),
    ("layout.heading", "text", False),
    ("StepBuilder", "title", True),
    ("StepBuilder", "titel", False),
    ("LayoutListBuilder", "heading", True),
    ("SchemaMapBuilder", "iban", False),
    ("BehaviorUnionOpener", "link", True),
    ("PollingOpener", "url", False),
]


@pytest.mark.parametrize(("typed", "name", "there"), ATTRIBUTES)
def test_hasattr_and_getattr_agree(typed, name, there):
    with looked_at() as at:
        assert hasattr(at(typed), name) is there
        assert (getattr(at(typed), name, ABSENT) is not ABSENT) is there


def test_built_exists_when_the_block_has_ended_and_not_after_an_exception():
    with Step.build() as step:
        assert not hasattr(step, "built")
    assert hasattr(step, "built")
    broken = Step.build()
    with pytest.raises(ZeroDivisionError), broken:
        raise ZeroDivisionError
    assert not hasattr(broken, "built")


def test_a_property_of_an_opener_that_was_not_called_is_a_scope_error_and_an_attribute_error():
    with looked_at() as at:
        with pytest.raises(ScopeError) as caught:
            _ = at("step.polling").url
        assert isinstance(caught.value, AttributeError)


# -- dir and completion ---------------------------------------------------------------------------------------------

BEHAVIORS = ["action", "copy", "dismiss", "link", "modal", "refresh", "subflow"]
LAYOUTS = [
    *("alert", "box", "button", "columns", "decision", "divider", "form", "heading", "image", "instructions", "list"),
    *("loading_indicator", "markdown", "media", "modal", "paragraph", "review", "search", "section", "status_list"),
    "tabs",
]
SCHEMAS = [
    *("all_of", "blob", "boolean", "const", "integer", "list", "number", "obj", "one_of", "string", "tuple"),
]

SHOWN: list[tuple[str, list[str]]] = [
    ("step", sorted([*inspect.signature(Step).parameters, "built"])),
    ("layout", sorted([*LAYOUTS, "add", "extend"])),
    ("properties", sorted([*SCHEMAS, "add", "extend"])),
    ("step.polling", []),
    ("step.layout", []),
    ("form.properties", []),
    ("button.behavior", BEHAVIORS),
    ("button.behavior.link", []),
    ("layout.heading", []),
    ("Step.build", []),
]


@pytest.mark.parametrize(("typed", "names"), SHOWN, ids=[typed for typed, _ in SHOWN])
def test_dir_shows_what_authors_use(typed, names):
    with looked_at() as at:
        assert [name for name in dir(at(typed)) if not name.startswith("__")] == names


@pytest.mark.parametrize(
    ("typed", "names"),
    [("StepBuilder", SHOWN[0][1]), ("LayoutListBuilder", SHOWN[1][1]), ("SchemaMapBuilder", SHOWN[2][1])],
)
def test_dir_of_a_class_shows_the_same(typed, names):
    assert [name for name in dir(CLASSES[typed]) if not name.startswith("_")] == names


OFFERED: list[tuple[str, list[str]]] = [
    ("step.po", ["step.polling("]),
    ("step.t", ["step.title", "step.toolbar("]),
    ("step.bu", ["step.built"]),
    ("layout.he", ["layout.heading("]),
    ("layout.", [f"layout.{name}(" for name in sorted([*LAYOUTS, "add", "extend"])]),
    ("properties.st", ["properties.string("]),
    ("button.be", ["button.behavior("]),
    ("Step.bui", ["Step.build("]),
    ("LayoutListBuilder.he", ["LayoutListBuilder.heading("]),
]


@pytest.mark.parametrize(("typed", "offered"), OFFERED, ids=[typed for typed, _ in OFFERED])
def test_a_completion_changes_nothing(typed, offered):
    with looked_at() as at:
        names = {name: at(name) for name in ("step", "layout", "properties", "button", "Step", *CLASSES)}
        completer = rlcompleter.Completer(names)
        assert [completer.complete(typed, number) for number in range(len(offered) + 1)] == [*offered, None]


# -- signatures -----------------------------------------------------------------------------------------------------

FORM = (
    "control: 'str | None' = None, margin: 'Size | SizeLiteral | None' = None, analytics_id: 'str | None' = None, "
    "tags: 'Sequence[str] | None' = None, schema_id: 'str' = <required>, extra: 'Mapping[str, Any]' = {})"
)

SIGNATURES: list[tuple[str, str]] = [
    ("layout.form", f"(given=<nothing>, /, *, {FORM}"),
    ("LayoutListBuilder.form", f"(self, given=<nothing>, /, *, {FORM}"),
    ("form.properties", "(given=<nothing>, /)"),
    (
        "properties.const",
        "(name: 'str', given=<nothing>, /, *, id: 'str | None' = None, title: 'str | None' = None, "
        "description: 'str | None' = None, additional_text: 'str | None' = None, control: 'str | None' = None, "
        "hidden: 'bool | None' = None, disabled: 'bool | None' = None, alert: 'AlertLayout | None' = None, "
        "inline_alert: 'InlineAlert | None' = None, icon: 'AnyIcon | None' = None, "
        "image: 'ImageLayout | None' = None, media: 'AnyMedia | None' = None, "
        "keywords: 'Sequence[str] | None' = None, analytics_id: 'str | None' = None, "
        "summary: 'Summary.Provider | None' = None, value: 'Json' = UNSET, extra: 'Mapping[str, Any]' = {})",
    ),
]


@pytest.mark.parametrize(("typed", "text"), SIGNATURES, ids=[typed for typed, _ in SIGNATURES])
def test_a_signature_has_the_whole_text(typed, text):
    with looked_at() as at:
        assert str(inspect.signature(at(typed))) == text


def test_a_signature_is_equal_to_its_copies():
    with looked_at() as at:
        signature = inspect.signature(at("layout.heading"))
        assert "text" in signature.parameters
        assert signature == inspect.signature(at("layout.heading"))
        assert signature.replace() == signature
        assert str(copy.deepcopy(signature)) == str(signature)
        heading = HeadingLayout(text="x")
        assert signature.bind(heading).arguments == {"given": heading}


# -- documentation --------------------------------------------------------------------------------------------------

OF_STEP = (
    "id, title, description, control, layout, footer, schemas, model, toolbar, errors, external, polling, "
    "link_handlers, navigation, analytics, refresh_url"
)
OF_HEADING = "control, margin, analytics_id, tags, text, size, align, extra"
HEADING = f"{inspect.getdoc(HeadingLayout)}\n\nProperties: {OF_HEADING}."
POLLING = f"{inspect.getdoc(Polling)}\n\nProperties: url, interval, delay, timeout, max_attempts, on_error, extra."
LINK = "Opens a link (core2).\n\nProperties: url, extra."

DOCSTRINGS: list[tuple[str, str | None]] = [
    ("step", inspect.getdoc(Step)),
    ("Step.build", f"{inspect.getdoc(Step)}\n\nProperties: {OF_STEP}, extra."),
    ("step.polling", POLLING),
    ("layout.heading", HEADING),
    ("LayoutListBuilder.heading", HEADING),
    ("layout", "Adds to a list of Layout: by one of the adders, `add` or `extend`."),
    ("step.layout", "Adds to a list of Layout: by one of the adders, `add` or `extend`."),
    ("properties", "Adds to a map of Schema, the name first: by one of the adders, `add` or `extend`."),
    ("form.properties", "Adds to a map of Schema, the name first: by one of the adders, `add` or `extend`."),
    ("button.behavior", "Opens one of the kinds of Behavior."),
    ("button.behavior.link", LINK),
    ("BehaviorUnionOpener.link", LINK),
]


@pytest.mark.parametrize(("typed", "text"), DOCSTRINGS, ids=[typed for typed, _ in DOCSTRINGS])
def test_getdoc_describes_the_type(typed, text):
    with looked_at() as at:
        assert inspect.getdoc(at(typed)) == text


HELP: list[tuple[str, list[str]]] = [
    ("step", ["title", "polling", "extra", "built"]),
    ("StepBuilder", ["title", "polling", "layout", "One screen of a flow"]),
    ("layout", ["heading(", "loading_indicator(", "add(", "extend("]),
    ("LayoutListBuilder", ["heading(", "schema_id: 'str' = <required>"]),
    ("SchemaMapBuilder", ["string(", "name: 'str'", "add("]),
    ("properties", ["string(", "name: 'str'", "extend("]),
    ("step.polling", ["Repeats a GET request"]),
    ("button.behavior", ["link", "Opens a link (core2)."]),
    ("BehaviorUnionOpener", ["subflow", "Opens a link (core2)."]),
    ("layout.heading", ["text: 'str' = <required>", "A title of a step"]),
    ("properties.string", ["name: 'str'", "A string"]),
    ("Step.build", ["title: 'str | None' = None", "One screen of a flow"]),
]


@pytest.mark.parametrize(("typed", "parts"), HELP, ids=[typed for typed, _ in HELP])
def test_help_shows_the_properties_and_the_adders(typed, parts):
    with looked_at() as at:
        text = pydoc.plain(pydoc.render_doc(at(typed)))
    assert [part for part in parts if part not in text] == []


# -- mocks ----------------------------------------------------------------------------------------------------------

REFUSED_BY_MOCKS: list[tuple[str, Callable[[Any], object], str]] = [
    ("layout.heading", lambda m: m(txt="x"), "got an unexpected keyword argument 'txt'"),
    ("layout", lambda m: m.heading(txt="x"), "got an unexpected keyword argument 'txt'"),
    ("properties.string", lambda m: m("x", titel="x"), "got an unexpected keyword argument 'titel'"),
    ("properties.string", lambda m: m(title="x"), "missing a required argument: 'name'"),
    ("properties", lambda m: m.string(title="x"), "missing a required argument: 'name'"),
    ("LayoutListBuilder", lambda m: m.heading(m, txt="x"), "got an unexpected keyword argument 'txt'"),
    ("LayoutListBuilder.heading", lambda m: m(None, txt="x"), "got an unexpected keyword argument 'txt'"),
    ("Step.build", lambda m: m(titel="x"), "got an unexpected keyword argument 'titel'"),
]


@pytest.mark.parametrize(
    ("typed", "call", "text"), REFUSED_BY_MOCKS, ids=[f"{row[0]}-{row[2]}" for row in REFUSED_BY_MOCKS]
)
def test_a_mock_refuses_a_wrong_call(typed, call, text):
    with looked_at() as at:
        specified = mock.create_autospec(at(typed))
        with pytest.raises(TypeError) as caught:
            call(specified)
    assert str(caught.value) == text


TAKEN_BY_MOCKS: list[tuple[str, Callable[[Any], object]]] = [
    ("layout.heading", lambda m: m(text="x", size="lg")),
    ("layout", lambda m: m.heading(text="x")),
    ("properties.string", lambda m: m("x", title="x")),
    ("properties", lambda m: m.string("x", title="x")),
    ("Step.build", lambda m: m(id="x")),
    ("step", lambda m: m.polling(url="/x")),
    ("step.polling", lambda m: m(url="/x")),
    ("step.layout", lambda m: m([])),
    ("button.behavior", lambda m: m.link(url="/x")),
    ("button.behavior.link", lambda m: m(url="/x")),
    ("form.properties", lambda m: m({})),
]


@pytest.mark.parametrize(("typed", "call"), TAKEN_BY_MOCKS, ids=[typed for typed, _ in TAKEN_BY_MOCKS])
def test_a_mock_takes_a_right_call(typed, call):
    with looked_at() as at:
        specified = mock.create_autospec(at(typed))
        call(specified)
    assert len(specified.mock_calls) == 1


# -- copies ---------------------------------------------------------------------------------------------------------

OF_BUILDER = "a builder cannot be copied or pickled; take what it has built"
OF_OPENER = "an opener cannot be copied or pickled"

NOT_COPIED: list[tuple[str, str]] = [
    ("step", f"Step: {OF_BUILDER}"),
    ("layout", f"Step.layout: {OF_BUILDER}"),
    ("properties", f"Step.schemas[0].obj.properties: {OF_BUILDER}"),
    ("step.polling", f"Step.polling: {OF_OPENER}"),
    ("step.layout", f"Step.layout: {OF_OPENER}"),
    ("form.properties", f"Step.schemas[0].obj.properties: {OF_OPENER}"),
    ("button.behavior", f"Step.layout[0].button.behavior: {OF_OPENER}"),
    ("button.behavior.link", f"Step.layout[0].button.behavior: {OF_OPENER}"),
]


@pytest.mark.parametrize("twin", [copy.copy, copy.deepcopy, pickle.dumps])
@pytest.mark.parametrize(("typed", "text"), NOT_COPIED, ids=[typed for typed, _ in NOT_COPIED])
def test_a_refused_copy_changes_nothing(twin, typed, text):
    with looked_at() as at:
        with pytest.raises(TypeError) as caught:
            twin(at(typed))
        assert str(caught.value) == text


@pytest.mark.parametrize("twin", [copy.deepcopy, pickle.dumps])
@pytest.mark.parametrize(
    ("typed", "text"),
    [
        ("layout.heading", f"Step.layout: {OF_BUILDER}"),
        ("properties.string", f"Step.schemas[0].obj.properties: {OF_BUILDER}"),
    ],
)
def test_an_adder_is_not_copied_because_of_its_builder(twin, typed, text):
    with looked_at() as at:
        with pytest.raises(TypeError) as caught:
            twin(at(typed))
        assert str(caught.value) == text


def test_a_shallow_copy_of_an_adder_adds_to_the_same_builder():
    with Step.build() as step, step.layout() as layout:
        copy.copy(layout.heading)(text="x")
    assert step.built == Step(layout=[HeadingLayout(text="x")])


@pytest.mark.parametrize("typed", [*CLASSES, *FUNCTIONS[1:]])
def test_a_class_and_its_adders_are_pickled_by_their_names(typed):
    found = eval(typed, {**CLASSES})
    assert pickle.loads(pickle.dumps(found)) is found
    assert copy.copy(found) is copy.deepcopy(found) is found


# -- what they are --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("typed", ALL)
def test_it_is_callable_hashable_and_equal_to_itself(typed):
    with looked_at() as at:
        found = at(typed)
        assert callable(found)
        assert found == found  # noqa: PLR0124
        assert {found: 1}[found] == 1


def test_two_openers_of_a_property_are_two_objects_and_two_adders_are_equal():
    with looked_at() as at:
        assert at("step.polling") != at("step.polling")
        assert at("layout.heading") == at("layout.heading")
        assert at("layout.heading") != at("layout.paragraph")


REPRS: list[tuple[str, str]] = [
    ("step", "<StepBuilder at Step, entered>"),
    ("button", "<ButtonLayoutBuilder at Step.layout[0].button, opened>"),
    ("layout", "<LayoutListBuilder at Step.layout, 1 so far>"),
    ("properties", "<SchemaMapBuilder at Step.schemas[0].obj.properties, 0 so far>"),
    ("step.layout", "<opener of Step.layout>"),
    ("form.properties", "<opener of Step.schemas[0].obj.properties>"),
    ("button.behavior", "<opener of Step.layout[0].button.behavior>"),
    ("button.behavior.link", "<opener of Step.layout[0].button.behavior>"),
    (
        "layout.heading",
        "<bound method LayoutListBuilder.heading of <LayoutListBuilder at Step.layout, 1 so far>>",
    ),
    ("PollingOpener", "<class 'stepdsl.dsl.builders.PollingOpener'>"),
]


@pytest.mark.parametrize(("typed", "text"), REPRS, ids=[typed for typed, _ in REPRS])
def test_a_repr_is_the_whole_text(typed, text):
    with looked_at() as at:
        assert repr(at(typed)) == text


INSTANCES: list[tuple[str, type[Any], bool]] = [
    ("step.polling", PollingOpener, True),
    ("step.layout", LayoutListOpener, True),
    ("form.properties", SchemaMapOpener, True),
    ("button.behavior", BehaviorUnionOpener, True),
    ("button.behavior.link", LinkBehaviorOpener, True),
    ("button.behavior.link", BehaviorUnionOpener, False),
    ("step.polling", PollingBuilder, False),
    ("step", StepBuilder, True),
    ("step", Step, False),
    ("layout", LayoutListBuilder, True),
    ("properties", SchemaMapBuilder, True),
    ("properties", LayoutListBuilder, False),
]


@pytest.mark.parametrize(("typed", "cls", "is_one"), INSTANCES)
def test_isinstance_finds_the_class(typed, cls, is_one):
    with looked_at() as at:
        assert isinstance(at(typed), cls) is is_one


@pytest.mark.parametrize("typed", [*OPENERS, *BUILDERS])
def test_it_is_no_container_to_iterate_or_count(typed):
    with looked_at() as at:
        name = type(at(typed)).__name__
        with pytest.raises(TypeError) as caught:
            iter(at(typed))
        assert str(caught.value) == f"{name!r} object is not iterable"
        with pytest.raises(TypeError) as caught:
            len(at(typed))
        assert str(caught.value) == f"object of type {name!r} has no len()"


@pytest.mark.parametrize("typed", [*OPENERS, "layout"])
def test_in_is_only_for_objects_and_maps(typed):
    with looked_at() as at:
        with pytest.raises(TypeError) as caught:
            _ = "heading" in at(typed)
        assert str(caught.value).startswith(f"argument of type {type(at(typed)).__name__!r} is not ")


# -- membership -----------------------------------------------------------------------------------------------------


def taken_away(step: StepBuilder) -> None:
    step.title = "x"
    assert "title" in step
    step.title = None


def dropped(step: StepBuilder) -> None:
    with pytest.raises(ZeroDivisionError), step.external(url="/x"):
        assert "external" in step
        raise ZeroDivisionError


GIVEN: list[tuple[str, Callable[[StepBuilder], object], str, bool]] = [
    ("by nothing", lambda step: None, "external", False),
    ("by a keyword of its builder", lambda step: None, "id", True),
    ("assigned", lambda step: setattr(step, "title", "x"), "title", True),
    ("assigned as an object", lambda step: setattr(step, "external", External(url="/x")), "external", True),
    ("opened", lambda step: step.external(url="/x"), "external", True),
    ("given as an object", lambda step: step.external(External(url="/x")), "external", True),
    ("a list that was opened", lambda step: step.footer(), "footer", True),
    ("read only", lambda step: (step.title, step.external), "external", False),
    ("None", lambda step: setattr(step, "title", None), "title", False),
    ("None after a value", taken_away, "title", False),
    ("None of a keyword", lambda step: setattr(step, "id", None), "id", False),
    ("null where that is a value", lambda step: setattr(step, "model", None), "model", True),
    ("dropped by an exception", dropped, "external", False),
]


@pytest.mark.parametrize(("give", "name", "there"), [row[1:] for row in GIVEN], ids=[row[0] for row in GIVEN])
def test_in_shows_what_was_given_inside_the_block_and_after_it(give, name, there):
    with Step.build(id="page") as step:
        give(step)
        assert (name in step) is there
    assert (name in step) is there


def test_in_refuses_a_name_that_the_type_does_not_have():
    with Step.build() as step:
        for name, text in (
            ("poling", "Step.poling: no such property; did you mean 'polling'?"),
            ("linkHandlers", "Step.linkHandlers: no such property; did you mean 'link_handlers'?"),
        ):
            with pytest.raises(UnknownPropertyError) as caught:
                _ = name in step
            assert str(caught.value) == text


def test_in_shows_which_names_a_map_has():
    with ObjectSchema.build() as form:
        with form.properties() as properties:
            properties.string("iban")
            properties.add("bic", StringSchema())
            with pytest.raises(ZeroDivisionError), properties.string("name"):
                assert "name" in properties
                raise ZeroDivisionError
            assert [name for name in ("iban", "bic", "name", "IBAN", "string", 1) if name in properties] == [
                "iban",
                "bic",
            ]
        assert "iban" in properties
        assert "iban" in form.properties()


# -- builders as decorators -----------------------------------------------------------------------------------------


def test_a_root_with_keywords_decorates():
    @Step.build(id="x")
    def page(step: StepBuilder) -> None:
        step.title = "Pay"

    assert page == Step(id="x", title="Pay")


def test_openers_and_adders_with_keywords_decorate():
    with Step.build() as step:

        @step.polling(url="/x", max_attempts=2)
        def polling(polling: PollingBuilder) -> None:
            polling.delay = 1
            polling.on_error().action(exit=True)

        @step.layout()
        def nothing(layout: LayoutListBuilder) -> None:
            layout.heading(text="Pay")

        with step.layout() as layout:

            @layout.paragraph(text="x")
            def paragraph(paragraph: Any) -> None:
                paragraph.control = "small"

    assert polling == Polling(url="/x", delay=1, max_attempts=2, on_error=Polling.OnError(action=Action(exit=True)))
    assert nothing is None
    assert paragraph == ParagraphLayout(text="x", control="small")
    assert step.built == Step(polling=polling, layout=[HeadingLayout(text="Pay"), paragraph])
