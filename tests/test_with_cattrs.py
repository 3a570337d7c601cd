"""What a user of cattrs expects of a converter holds for the types of stepdsl, at any depth."""

from __future__ import annotations

import pickle
from datetime import date
from typing import Any, Optional

import attrs
import cattrs
import pytest
from cattrs import BaseConverter, ClassValidationError, Converter, transform_error
from cattrs.preconf.json import make_converter as make_json_converter
from cattrs.preconf.orjson import make_converter as make_orjson_converter

from stepdsl import (
    AlertLayout,
    BoxLayout,
    Context,
    DecisionLayout,
    HeadingLayout,
    Layout,
    ModalBehavior,
    ParagraphLayout,
    Schema,
    Step,
    StringSchema,
    UnknownLayout,
    WireError,
    configure_converter,
    dumps,
    from_dict,
    loads,
    make_converter,
    to_dict,
)
from stepdsl.model.schemas import SchemaProperties

STEP = Step(
    title="x",
    layout=[HeadingLayout(text="a"), BoxLayout(components=[AlertLayout(markdown="m", context="warning")])],
    schemas=[StringSchema(id="#s", autocomplete_hint=["email"])],
    model={"a": [1]},
)
DEEP = {"layout": [{"type": "box", "components": [{"type": "heading", "text": "x"}]}]}


@attrs.define
class Flow:
    """A class of a user that has models in it, in every way that cattrs supports."""

    name: str
    step: Step
    begun: date = date(2026, 1, 2)
    layouts: list[Layout] = attrs.field(factory=list)
    by_name: dict[str, Schema] = attrs.field(factory=dict)
    last: Step | None = None


FLOW = Flow("f", STEP, layouts=[HeadingLayout(text="b")], by_name={"s": StringSchema()}, last=None)


def refused(read: Any) -> WireError:
    with pytest.raises(WireError) as caught:
        read()
    return caught.value


# -- reading and writing ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "converter",
    [
        make_converter(),
        configure_converter(Converter()),
        configure_converter(BaseConverter()),
        configure_converter(Converter(detailed_validation=False, forbid_extra_keys=True, omit_if_default=True)),
        configure_converter(make_json_converter()),
        configure_converter(make_orjson_converter()),
    ],
    ids=["make_converter", "Converter", "BaseConverter", "with options", "json", "orjson"],
)
def test_any_converter_reads_and_writes_the_types(converter):
    assert converter.unstructure(STEP) == to_dict(STEP)
    assert list(converter.unstructure(STEP)) == list(to_dict(STEP))
    assert converter.structure(to_dict(STEP), Step) == STEP
    assert converter.structure({"type": "chart"}, Layout) == UnknownLayout(type="chart")


def test_a_class_of_a_user_may_have_models_in_it():
    converter = make_json_converter()
    assert configure_converter(converter) is converter
    document = converter.unstructure(FLOW)
    assert document == {
        "name": "f",
        "step": to_dict(STEP),
        "begun": "2026-01-02",
        "layouts": [{"type": "heading", "text": "b"}],
        "by_name": {"s": {"type": "string"}},
        "last": None,
    }
    assert converter.structure(document, Flow) == FLOW
    assert converter.loads(converter.dumps(FLOW), Flow) == FLOW


def test_what_is_written_is_a_copy_that_can_change():
    written = make_converter().unstructure(STEP)
    written["model"]["a"].append(2)
    written["layout"].append("x")
    assert STEP.model == {"a": [1]}
    assert type(written["layout"][1]["components"][0]["context"]) is str
    assert type(written["schemas"][0]["autocompleteHint"][0]) is str


def test_a_mixin_cannot_be_read():
    with pytest.raises(TypeError) as caught:
        make_converter().structure({}, SchemaProperties)
    assert str(caught.value) == "SchemaProperties is a base class of several types; use one of these"


# -- hooks of a user ----------------------------------------------------------------------------------------------


def shout(value: Any, _: Any) -> HeadingLayout:
    return HeadingLayout(text=value["text"].upper())


def whisper(heading: HeadingLayout) -> dict[str, Any]:
    return {"type": "heading", "text": heading.text.lower()}


def test_a_hook_for_a_nested_type_is_used_at_any_depth():
    converter = make_converter()
    converter.register_structure_hook(HeadingLayout, shout)
    converter.register_unstructure_hook(HeadingLayout, whisper)
    step = converter.structure(DEEP, Step)
    assert step.layout[0].components == (HeadingLayout(text="X"),)
    assert converter.unstructure(step) == {**DEEP, "schemas": []}


def test_a_hook_that_is_registered_late_is_used():
    converter = make_converter()
    assert converter.structure(DEEP, Step).layout[0].components[0].text == "x"
    assert converter.unstructure(from_dict(DEEP))["layout"] == DEEP["layout"]
    converter.register_structure_hook(HeadingLayout, shout)
    converter.register_unstructure_hook(HeadingLayout, lambda _: "heading")
    assert converter.structure(DEEP, Step).layout[0].components[0].text == "X"
    assert converter.unstructure(from_dict(DEEP))["layout"][0]["components"] == ["heading"]


def test_a_hook_that_is_registered_before_the_types_is_used_too():
    converter = Converter()
    converter.register_structure_hook(HeadingLayout, shout)
    configure_converter(converter)
    assert converter.structure(DEEP, Step).layout[0].components[0].text == "X"


def test_copies_have_the_hooks_and_hooks_of_their_own():
    converter = make_converter()
    converter.register_structure_hook(HeadingLayout, shout)
    twin = converter.copy()
    assert twin.structure(DEEP, Step).layout[0].components[0].text == "X"
    twin.register_structure_hook(HeadingLayout, lambda _, __: HeadingLayout(text="twin"))
    assert twin.structure(DEEP, Step).layout[0].components[0].text == "twin"
    assert converter.structure(DEEP, Step).layout[0].components[0].text == "X"


def test_two_converters_do_not_affect_each_other():
    first, second = make_converter(), make_converter()
    first.register_structure_hook(HeadingLayout, shout)
    assert first.structure(DEEP, Step).layout[0].components[0].text == "X"
    assert second.structure(DEEP, Step).layout[0].components[0].text == "x"


def test_a_hook_may_wrap_the_one_of_the_library():
    converter = make_converter()
    read = converter.get_structure_hook(HeadingLayout)
    converter.register_structure_hook(HeadingLayout, lambda value, cls: read({"text": "default", **value}, cls))
    assert converter.structure({"layout": [{"type": "heading"}]}, Step).layout == (HeadingLayout(text="default"),)
    error = refused(lambda: converter.structure({"layout": [{"type": "heading", "text": 5}]}, Step))
    assert str(error) == "layout[0].text: expected a string, got 5"


def test_a_hook_for_a_union_is_used_for_its_members():
    converter = make_converter()
    converter.register_structure_hook(Layout, lambda value, _: UnknownLayout(type=f"my-{value['type']}"))
    assert converter.structure(DEEP, Step).layout == (UnknownLayout(type="my-box"),)


def test_a_union_of_types_in_a_class_of_a_user_is_read():
    @attrs.define
    class Screen:
        parts: list[HeadingLayout | ParagraphLayout]
        first: Optional[HeadingLayout | StringSchema] = None  # noqa: UP045  # the older spelling

    converter = make_converter()
    document = {
        "parts": [{"type": "paragraph", "text": "p"}, {"type": "heading", "text": "h"}],
        "first": {"type": "string", "title": "s"},
    }
    screen = converter.structure(document, Screen)
    assert screen == Screen([ParagraphLayout(text="p"), HeadingLayout(text="h")], StringSchema(title="s"))
    assert converter.unstructure(screen) == document
    assert converter.structure({"parts": [], "first": None}, Screen) == Screen([])


@pytest.mark.parametrize(
    ("document", "text"),
    [
        ({"type": "paragraph"}, "text: missing"),
        ({"type": "box", "text": "x"}, 'type: expected "heading", got "box"'),
        (5, "expected an object, got 5"),
    ],
)
def test_a_document_that_fits_no_member_of_a_union_has_the_problems_of_the_nearest(document, text):
    union: Any = HeadingLayout | ParagraphLayout
    assert str(refused(lambda: make_converter().structure(document, union))) == text


def test_a_hook_for_an_enum_is_used_at_any_depth():
    converter = make_converter()
    converter.register_structure_hook(Context, lambda _, __: Context.POSITIVE)
    converter.register_unstructure_hook(Context, lambda member: member.name)
    document = {"layout": [{"type": "alert", "markdown": "m", "context": "whatever"}]}
    step = converter.structure(document, Step)
    assert step.layout == (AlertLayout(markdown="m", context=Context.POSITIVE),)
    assert converter.unstructure(step)["layout"][0]["context"] == "POSITIVE"


def test_an_unknown_enum_value_is_kept_by_any_converter():
    document = {"layout": [{"type": "alert", "markdown": "m", "context": "newer"}], "schemas": []}
    converter = make_converter()
    assert converter.structure(document, Step).layout[0].extra == {"context": "newer"}
    assert converter.unstructure(converter.structure(document, Step)) == document


def test_nobody_can_change_what_the_library_itself_uses():
    kept = cattrs.global_converter.copy()
    cattrs.global_converter.register_structure_hook(HeadingLayout, shout)
    try:
        assert loads('{"layout":[{"type":"heading","text":"x"}]}').layout == (HeadingLayout(text="x"),)
        assert dumps(HeadingLayout(text="x")) == '{"type":"heading","text":"x"}'
    finally:
        assert kept is not cattrs.global_converter
        cattrs.global_converter.register_structure_hook(HeadingLayout, lambda value, _: from_dict(value, HeadingLayout))


# -- documents that do not fit ------------------------------------------------------------------------------------


WRONG = {"title": 5, "layout": [{"type": "box", "components": [{"type": "heading"}]}]}
PROBLEMS = (("title", "expected a string, got 5"), ("layout[0].components[0].text", "missing"))


@pytest.mark.parametrize("detailed", [True, False])
def test_a_bad_document_is_a_wire_error_through_any_converter(detailed):
    converter = configure_converter(Converter(detailed_validation=detailed))
    error = refused(lambda: converter.structure(WRONG, Step))
    assert error.problems == PROBLEMS == refused(lambda: from_dict(WRONG)).problems
    assert str(error) == "title: expected a string, got 5; layout[0].components[0].text: missing"
    assert error.__cause__ is None
    assert error.__suppress_context__
    read = pickle.loads(pickle.dumps(error))
    assert (read.problems, str(read)) == (error.problems, str(error))


def test_transform_error_shows_path_and_reason():
    converter = make_converter()
    error = refused(lambda: converter.structure(WRONG, Step))
    assert transform_error(error) == [
        "unknown error (expected a string, got 5) @ $.title",
        "unknown error (missing) @ $.layout[0].components[0].text",
    ]
    with pytest.raises(ClassValidationError) as caught:
        configure_converter(make_json_converter()).structure(
            {"name": "f", "step": WRONG, "layouts": [{"type": "heading"}]}, Flow
        )
    assert transform_error(caught.value) == [
        "unknown error (expected a string, got 5) @ $.step.title",
        "unknown error (missing) @ $.step.layout[0].components[0].text",
        "unknown error (missing) @ $.layouts[0].text",
    ]


def test_a_document_that_is_no_object_has_one_problem_without_a_path():
    error = refused(lambda: make_converter().structure([], Step))
    assert error.problems == (("", "expected an object, got an array"),)
    assert transform_error(error) == ["unknown error (expected an object, got an array) @ $"]


def test_nesting_without_end_is_a_wire_error():
    nested: Any = {"type": "divider"}
    for _ in range(100_000):
        nested = {"type": "box", "components": [nested]}
    assert str(refused(lambda: make_converter().structure(nested, Layout))) == "nested too deeply"


def hundred_levels() -> Any:
    """Return a step with five hundred levels of JSON."""
    inside: Any = ParagraphLayout(text="x")
    for _ in range(100):
        behavior = ModalBehavior(content=[inside])
        inside = DecisionLayout(options=[DecisionLayout.Option(title="a", behavior=behavior)])
    return Step(layout=[inside])


def test_a_hundred_levels_are_written_and_read_whatever_the_size_of_the_stack():
    converter, step = make_converter(), hundred_levels()
    written = converter.unstructure(step)
    assert written == to_dict(step)
    assert converter.structure(written, Step) == step


def test_a_hook_that_calls_itself_without_end_is_a_recursion_error():
    converter = make_converter()

    def write(value: Any) -> Any:
        return converter.unstructure(value)

    def read(value: Any, cls: Any) -> Any:
        return converter.structure(value, cls)

    converter.register_unstructure_hook(ParagraphLayout, write)
    converter.register_structure_hook(ParagraphLayout, read)
    step = Step(layout=[ParagraphLayout(text="x")])
    with pytest.raises(RecursionError) as caught:
        converter.unstructure(step)
    assert str(caught.value) == "maximum recursion depth exceeded"
    assert str(refused(lambda: converter.structure(to_dict(step), Step))) == "nested too deeply"


@attrs.define
class Strict:
    """A class of a user that a hook for one of our types reads first."""

    text: str
    level: int


def raise_wire_error(value: Any, _: Any) -> Any:
    return from_dict(value, StringSchema)


def raise_validation_error(value: Any, _: Any) -> Any:
    return Converter(forbid_extra_keys=True).structure({"level": "x"}, Strict)


def raise_value_error(value: Any, _: Any) -> Any:
    raise ValueError("no headings, please")


def raise_key_error(value: Any, _: Any) -> Any:
    return value["missing"]


def raise_bare_error(value: Any, _: Any) -> Any:
    raise ValueError


REASONS: list[tuple[Any, str]] = [
    (raise_wire_error, 'layout[0].type: expected "string", got "heading"'),
    (
        raise_validation_error,
        "layout[0]: required field missing @ $.text; invalid value for type, expected int @ $.level",
    ),
    (raise_value_error, "layout[0]: no headings, please"),
    (raise_key_error, "layout[0]: required field missing"),
    (raise_bare_error, "layout[0]: invalid value for type, expected HeadingLayout"),
]


@pytest.mark.parametrize(("hook", "text"), REASONS, ids=[hook.__name__ for hook, _ in REASONS])
def test_what_a_hook_raises_for_a_bad_value_becomes_a_problem_with_its_path(hook, text):
    converter = make_converter()
    converter.register_structure_hook(HeadingLayout, hook)
    document = {"layout": [{"type": "heading", "text": "x"}, {"type": "paragraph"}]}
    assert str(refused(lambda: converter.structure(document, Step))) == f"{text}; layout[1].text: missing"


def test_a_mistake_in_a_hook_is_not_hidden():
    def broken(value: Any, _: Any) -> Any:
        raise AttributeError("a bug")

    converter = configure_converter(Converter(detailed_validation=False))
    converter.register_structure_hook(HeadingLayout, broken)
    with pytest.raises(AttributeError, match=r"^a bug$"):
        converter.structure(DEEP, Step)


@pytest.mark.parametrize(
    ("given", "shown"), [(Converter, "the class Converter"), ("orjson", "'orjson'"), (cattrs.preconf, "a module")]
)
def test_only_a_converter_can_be_configured(given, shown):
    with pytest.raises(TypeError) as caught:
        configure_converter(given)
    assert str(caught.value) == f"expected a cattrs converter, such as cattrs.Converter(), got {shown}"
