"""Builders, openers and adders as Python objects: what the language and its tools do with them."""

from __future__ import annotations

import copy
import inspect
import pickle
import pydoc
import re
import rlcompleter
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple
from unittest import mock

import pytest

from stepdsl import (
    Action,
    BehaviorUnionOpener,
    FormLayout,
    HeadingLayout,
    LayoutListBuilder,
    LayoutListOpener,
    LinkBehaviorOpener,
    PollingBuilder,
    PollingOpener,
    SchemaMapBuilder,
    Step,
    StepBuilder,
    StringSchema,
    UnknownPropertyError,
)


class Open(NamedTuple):
    """Builders inside their blocks."""

    step: StepBuilder
    layout: LayoutListBuilder
    properties: SchemaMapBuilder
    button: Any


@pytest.fixture
def opened() -> Iterator[Open]:
    with Step.build(id="page") as step, step.layout() as layout, layout.button(title="Go", action=Action()) as button:
        properties = step.schemas().obj(id="#form").properties()
        yield Open(step, layout, properties, button)
    assert step.built.id == "page"


OBJECTS: dict[str, Callable[[Open], Any]] = {
    "builder of an object": lambda at: at.step,
    "builder of a list": lambda at: at.layout,
    "builder of a map": lambda at: at.properties,
    "opener of an object": lambda at: at.step.polling,
    "opener of a list": lambda at: at.step.layout,
    "opener of a union": lambda at: at.button.behavior,
    "opener of a kind": lambda at: at.button.behavior.link,
    "opener of a root": lambda _: Step.build,
    "adder of a list": lambda at: at.layout.heading,
    "adder of a map": lambda at: at.properties.string,
    "class of builders": lambda _: StepBuilder,
    "class of builders of lists": lambda _: LayoutListBuilder,
    "adder in its class": lambda _: LayoutListBuilder.heading,
}
every_object = pytest.mark.parametrize("find", OBJECTS.values(), ids=OBJECTS.keys())


@every_object
def test_an_attribute_that_is_lacking_is_an_attribute_error(find, opened):
    found = find(opened)
    for name in ("nope", "__array_interface__", "_repr_html_"):
        assert not hasattr(found, name)
        assert getattr(found, name, 7) == 7


@every_object
def test_autospec_takes_it_as_a_specification(find, opened):
    assert mock.create_autospec(find(opened)) is not None


@every_object
def test_help_can_be_rendered(find, opened):
    text = pydoc.plain(pydoc.render_doc(find(opened)))
    assert "stepdsl" in text
    assert "<locals>" not in text


@every_object
def test_it_has_a_docstring(find, opened):
    assert re.match(r"[A-Z].*\.", inspect.getdoc(find(opened)) or "")


def test_built_is_lacking_inside_the_block(opened):
    assert not hasattr(opened.step, "built")
    assert getattr(opened.step, "built", None) is None


def test_a_required_property_is_lacking_until_it_is_set(opened):
    polling = opened.step.polling()
    assert not hasattr(polling, "url")
    polling.url = "/status"
    assert hasattr(polling, "url")
    polling.interval = 1
    polling.max_attempts = 2
    polling.on_error().action(exit=True)


# -- completion ----------------------------------------------------------------------------------------------------

COMPLETIONS = [
    ("step.po", ["step.polling("]),
    ("step.bu", ["step.built"]),
    ("layout.he", ["layout.heading("]),
    ("layout.ad", ["layout.add("]),
    ("properties.st", ["properties.string("]),
    (
        "button.behavior.",
        [f"button.behavior.{kind}" for kind in ("action", "copy", "dismiss", "link", "modal", "refresh", "subflow")],
    ),
    ("button.behavior.li", ["button.behavior.link("]),
]


@pytest.mark.parametrize(("typed", "offered"), COMPLETIONS, ids=[typed for typed, _ in COMPLETIONS])
def test_completion_offers_properties_and_adders(typed, offered, opened):
    completer = rlcompleter.Completer(opened._asdict())
    found = []
    while (match := completer.complete(typed, len(found))) is not None:
        found.append(match)
    assert [one.removesuffix("(") for one in found] == [one.removesuffix("(") for one in offered]


def test_completion_shows_no_internal_names(opened):
    for found in (opened.step, opened.layout, opened.properties, opened.step.polling, opened.button.behavior):
        assert [name for name in dir(found) if name.startswith("_") and not name.startswith("__")] == []
    assert {"title", "polling", "layout", "extra", "built"} <= set(dir(opened.step))
    assert {"heading", "add", "extend"} <= set(dir(opened.layout))


# -- signatures ----------------------------------------------------------------------------------------------------

SIGNATURES = [
    (
        "adder of a list",
        lambda at: at.layout.form,
        "(given=<nothing>, /, *, control: 'str | None' = None, margin: 'Size | SizeLiteral | None' = None, "
        "analytics_id: 'str | None' = None, tags: 'Sequence[str] | None' = None, schema_id: 'str' = <required>, "
        "extra: 'Mapping[str, Any]' = {})",
    ),
    (
        "opener of an object",
        lambda at: at.step.external,
        "(given=<nothing>, /, *, url: 'str' = <required>, extra: 'Mapping[str, Any]' = {})",
    ),
    (
        "opener of a kind",
        lambda at: at.button.behavior.link,
        "(given=<nothing>, /, *, url: 'str' = <required>, extra: 'Mapping[str, Any]' = {})",
    ),
    ("opener of a list", lambda at: at.step.layout, "(given=<nothing>, /)"),
    ("opener of a union", lambda at: at.button.behavior, "(given=<nothing>, /)"),
]


@pytest.mark.parametrize(("find", "text"), [row[1:] for row in SIGNATURES], ids=[row[0] for row in SIGNATURES])
def test_a_signature_shows_the_properties(find, text, opened):
    assert str(inspect.signature(find(opened))) == text


def test_every_way_to_open_a_heading_has_the_parameters_of_the_class(opened):
    keywords = list(inspect.signature(HeadingLayout).parameters)
    assert list(inspect.signature(opened.layout.heading).parameters) == ["given", *keywords]
    assert list(inspect.signature(HeadingLayout.build).parameters) == ["given", *keywords]
    assert list(inspect.signature(LayoutListBuilder.heading).parameters) == ["self", "given", *keywords]
    assert "text" in keywords


def test_the_adder_of_a_map_takes_the_name_first(opened):
    parameters = list(inspect.signature(opened.properties.string).parameters)
    assert parameters == ["name", "given", *inspect.signature(StringSchema).parameters]


def test_a_signature_can_be_bound_and_replaced(opened):
    signature = inspect.signature(opened.layout.form)
    assert signature.bind(schema_id="#s").arguments == {"schema_id": "#s"}
    with pytest.raises(TypeError, match=r"^got an unexpected keyword argument 'schema'$"):
        signature.bind(schema="#s")
    unbound = inspect.signature(LayoutListBuilder.form)
    assert str(unbound.replace(parameters=[])) == "()"
    assert str(unbound.replace(return_annotation=int)) == f"{unbound!s} -> int"


def test_the_class_of_openers_has_no_signature_of_its_calls():
    assert list(inspect.signature(PollingOpener).parameters) == ["_", "__"]


def test_an_autospecced_adder_refuses_a_wrong_keyword(opened):
    adder = mock.create_autospec(opened.layout.heading)
    adder(text="x")
    with pytest.raises(TypeError, match=r"unexpected keyword argument 'txt'"):
        adder(txt="x")
    layout = mock.create_autospec(LayoutListBuilder, instance=True)
    layout.form(schema_id="#s")
    with pytest.raises(TypeError):
        layout.form(schema="#s")


# -- copies --------------------------------------------------------------------------------------------------------

COPIED = [
    ("Step: a builder cannot be copied or pickled; take what it has built", lambda at: at.step),
    ("Step.layout: a builder cannot be copied or pickled; take what it has built", lambda at: at.layout),
    (
        "Step.schemas[0].obj.properties: a builder cannot be copied or pickled; take what it has built",
        lambda at: at.properties,
    ),
    ("Step.polling: an opener cannot be copied or pickled", lambda at: at.step.polling),
    ("Step.layout[0].button.behavior: an opener cannot be copied or pickled", lambda at: at.button.behavior),
]


@pytest.mark.parametrize("twin", [copy.copy, copy.deepcopy, pickle.dumps])
@pytest.mark.parametrize(("text", "find"), COPIED, ids=[text for text, _ in COPIED])
def test_a_builder_is_not_copied(twin, text, find, opened):
    with pytest.raises(TypeError, match=f"^{re.escape(text)}$"):
        twin(find(opened))


# -- identity, repr, membership ------------------------------------------------------------------------------------


def test_openers_are_of_the_classes_that_annotations_name(opened):
    assert isinstance(opened.step.polling, PollingOpener)
    assert isinstance(opened.step.layout, LayoutListOpener)
    assert isinstance(opened.button.behavior, BehaviorUnionOpener)
    assert isinstance(opened.button.behavior.link, LinkBehaviorOpener)


def test_a_builder_equals_only_itself(opened):
    other = Step.build(id="page")
    assert opened.step == opened.step
    assert opened.step != other
    assert len({opened.step, other, opened.step}) == 2


def test_reprs_show_the_path_and_the_state(opened):
    assert repr(opened.step) == "<StepBuilder at Step, entered>"
    assert repr(opened.layout) == "<LayoutListBuilder at Step.layout, 1 so far>"
    assert repr(opened.properties) == "<SchemaMapBuilder at Step.schemas[0].obj.properties, 0 so far>"
    assert repr(opened.step.polling) == "<opener of Step.polling>"
    assert repr(StepBuilder.title) == "<property title of Step>"
    step = Step.build()
    assert repr(step) == "<StepBuilder at Step, opened>"
    with pytest.raises(ZeroDivisionError), step:
        raise ZeroDivisionError
    assert repr(step) == "<StepBuilder at Step, abandoned>"


def test_in_returns_whether_a_property_is_set():
    with Step.build(title="a") as step:
        assert "title" in step
        assert "polling" not in step
        with pytest.raises(ZeroDivisionError), step.polling(url="/x"):
            assert "polling" in step
            raise ZeroDivisionError
        assert "polling" not in step
        step.external(url="/x")
        step.id = "page"
        step.title = None
        assert [name for name in ("external", "id", "title", "extra", "layout") if name in step] == ["external", "id"]
    assert "external" in step
    with pytest.raises(UnknownPropertyError, match=r"^Step\.titel: no such property; did you mean 'title'\?$"):
        _ = "titel" in step
    with pytest.raises(TypeError, match=r"^Step: `in` takes the name of a property, got 1$"):
        _ = 1 in step  # type: ignore[operator]


def test_in_returns_whether_a_map_has_a_name(opened):
    assert "iban" not in opened.properties
    opened.properties.string("iban")
    assert "iban" in opened.properties


def test_a_list_under_construction_is_no_sequence(opened):
    with pytest.raises(TypeError):
        list(opened.layout)
    with pytest.raises(TypeError):
        len(opened.layout)


# -- decorators ----------------------------------------------------------------------------------------------------


def test_every_opener_with_keywords_decorates():
    @Step.build(id="x")
    def page(step: StepBuilder) -> None:
        @step.polling(url="/status", interval=1)
        def _(polling: PollingBuilder) -> None:
            polling.max_attempts = 2
            polling.on_error().action(exit=True)

        @step.layout()
        def _(layout: LayoutListBuilder) -> None:
            @layout.heading(size="lg")
            def heading(heading: Any) -> None:
                heading.text = "Hello"

            assert heading == HeadingLayout(text="Hello", size="lg")
            layout.form(schema_id="#s")

    assert page.id == "x"
    assert page.polling is not None
    assert page.layout == (HeadingLayout(text="Hello", size="lg"), FormLayout(schema_id="#s"))
