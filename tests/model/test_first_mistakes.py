"""What newcomers type first, and the whole line that they read: what is wrong, and what to write instead."""

from __future__ import annotations

import datetime as dt
import decimal
import enum
import fractions
import math
import uuid
from collections import UserDict
from collections.abc import Callable
from pathlib import PurePosixPath
from typing import Any

import pytest

from stepdsl import (
    Action,
    ActionBehavior,
    AnyIcon,
    ArraySchema,
    AutocompleteToken,
    BlobSchema,
    BoxLayout,
    ButtonLayout,
    ColumnsLayout,
    ConstSchema,
    Control,
    DecisionLayout,
    DismissBehavior,
    DividerLayout,
    External,
    HeadingLayout,
    Icon,
    InvalidValueError,
    Layout,
    LinkBehavior,
    ListLayout,
    Media,
    Navigation,
    NumberSchema,
    ObjectSchema,
    ParagraphLayout,
    Polling,
    RefreshOnChange,
    Schema,
    SchemaProperties,
    SearchResult,
    Size,
    Step,
    StringSchema,
    Summary,
    Toolbar,
    UnknownLayout,
    UnknownPropertyError,
    Upload,
    WireError,
    check,
    dumps,
    from_dict,
    to_dict,
)
from stepdsl.core import hints
from stepdsl.core.messages import nearest, show, unknown
from stepdsl.core.model import Namespace
from stepdsl.executor import PollingExecutor
from stepdsl.server import etag_of
from tests.model.refusal import refusal

BUILT = "; write .built to get the finished object"


class Lazy:
    """A translation: it becomes text when it is shown. It is iterable, as those of Django and Flask-Babel."""

    def __str__(self) -> str:
        raise AssertionError("an error must not look up translations")

    def __iter__(self) -> Any:
        raise AssertionError("an error must not look up translations")


class Row:
    """An object of another library, which gives its values as a dict."""

    def __str__(self) -> str:
        return "Row()"

    def model_dump(self) -> dict[str, Any]:
        """Never called."""
        raise AssertionError


class Values(UserDict[str, Any]):
    """A mapping that is no dict."""


class ReportBuilder:
    """No builder of the library."""


class Plain(enum.Enum):
    """An enum of other values than strings."""

    ONE = 1


class MySchema(SchemaProperties):
    """A subclass of a mixin."""


class MyIcon(Icon):
    """A subclass of a class that has only types in it."""


def raised(make: Callable[[], Any], error: type[Exception]) -> str:
    with pytest.raises(error) as caught:
        make()
    assert type(caught.value) is error
    assert "\n" not in str(caught.value)
    return str(caught.value)


def local_class() -> Any:
    class Local(HeadingLayout):
        pass

    return Local


# -- calls --------------------------------------------------------------------------------------------------------

MANY = "; use one of these: "

CALLS: list[tuple[Callable[..., Any], str]] = [
    # 1. values without names
    (lambda: HeadingLayout("x"), "HeadingLayout takes keywords only; write HeadingLayout(text='x')"),
    (lambda: HeadingLayout("x", size="lg"), "HeadingLayout takes keywords only; write HeadingLayout(text='x', …)"),
    (lambda: HeadingLayout("y" * 80), "HeadingLayout takes keywords only; write HeadingLayout(text=…)"),
    (lambda: HeadingLayout(Size.LG), "HeadingLayout takes keywords only; write HeadingLayout(text=Size.LG)"),
    (lambda: local_class()("x"), "Local takes keywords only; write Local(text='x')"),
    (lambda: Step([HeadingLayout(text="x")]), "Step takes keywords only; write Step(layout=…)"),
    (lambda: Action("/x"), "Action takes keywords only; write Action(url='/x')"),
    (lambda: Action("https://x"), "Action takes keywords only; write Action(url='https://x')"),
    (lambda: Action("x"), "Action takes keywords only; write Action(id='x')"),
    (lambda: Action(5), "Action takes keywords only; write Action(result=5)"),
    (lambda: ButtonLayout(Action()), "ButtonLayout takes keywords only; write ButtonLayout(action=…)"),
    (
        lambda: ObjectSchema({"a": StringSchema()}),
        "ObjectSchema takes keywords only; write ObjectSchema(properties=…)",
    ),
    (lambda: UnknownLayout("x"), "UnknownLayout takes keywords only; write UnknownLayout(type='x')"),
    (lambda: Step({"id": "x"}), "Step takes keywords only; write from_dict(…, Step)"),
    (lambda: Step({"id": "x"}, title="y"), "Step takes keywords only: id, title, description, control, …"),
    (
        lambda: ParagraphLayout("x", "lg"),
        "ParagraphLayout takes keywords only: text, control, margin, analytics_id, …",
    ),
    (
        lambda: ParagraphLayout("x", text="y"),
        "ParagraphLayout takes keywords only: text, control, margin, analytics_id, …",
    ),
    (lambda: ParagraphLayout(5), "ParagraphLayout takes keywords only: text, control, margin, analytics_id, …"),
    (lambda: ParagraphLayout(None), "ParagraphLayout takes keywords only: text, control, margin, analytics_id, …"),
    (lambda: External(5), "External takes keywords only: url, extra"),
    (lambda: DismissBehavior("x"), "DismissBehavior takes keywords only: extra"),
    # 6. classes that have only types or constants in them
    *(
        (make, "Icon is no type by itself; write Icon.Named(name=…) or Icon.Text(text=…)")
        for make in (Icon, lambda: Icon("x"), lambda: Icon(name="x"))
    ),
    (MyIcon, "MyIcon is no type by itself; write Icon.Named(name=…) or Icon.Text(text=…)"),
    (
        ArraySchema,
        "ArraySchema is no type by itself; write ArraySchema.List(items=…, add_item_title=…, edit_item_title=…) or "
        "ArraySchema.Tuple(items=…)",
    ),
    (Media, "Media is no type by itself; write Media.Image(uri=…) or Media.Avatar(content=…)"),
    (
        Media.Avatar.Content,
        "Media.Avatar.Content is no type by itself; write Media.Avatar.Content.Uri(uri=…) or "
        "Media.Avatar.Content.Text(text=…)",
    ),
    (
        SearchResult,
        "SearchResult is no type by itself; write SearchResult.Action(title=…, value=…) or "
        "SearchResult.Search(title=…, value=…)",
    ),
    (Summary, "Summary is no type by itself; write Summary.Provider(…) or Summary.Summariser(…)"),
    (
        RefreshOnChange,
        "RefreshOnChange is no type by itself; write Step(refresh_url=…) or "
        "BooleanSchema(refresh_step_on_change=…)",
    ),
    (Control, "Control has only constants; write Control.Layout.Button.PRIMARY"),
    (Control.Schema, "Control.Schema has only constants; write Control.Schema.String.DATE_LOOKUP"),
    (lambda: Control("primary"), "Control has only constants; write Control.Layout.Button.PRIMARY"),
    (Upload, "Upload has only constants; write Upload.Source.CAMERA"),
    # unions and mixins
    *(
        (
            make,
            f"Layout is a base class of several types{MANY}AlertLayout, BoxLayout, ButtonLayout and 18 more",
        )
        for make in (Layout, lambda: Layout("x"), lambda: Layout(text="x"))
    ),
    (AnyIcon, f"AnyIcon is a base class of several types{MANY}Icon.Named, Icon.Text"),
    (
        lambda: SchemaProperties(title="x"),
        f"SchemaProperties is a base class of several types{MANY}"
        "AllOfSchema, ArraySchema.List, ArraySchema.Tuple and 8 more",
    ),
    (
        lambda: RefreshOnChange.RefreshableStep(refresh_url="/"),
        f"RefreshOnChange.RefreshableStep is a base class of several types{MANY}Step",
    ),
    # 11. a finished object is called
    (Step(), "'Step' object is not callable: it is built already; write .built without ()"),
    (lambda: Step()({}, print), "'Step' object is not callable: if a view returns it, write @endpoint above the view, "
     "see stepdsl.server"),
    (lambda: local_class()(text="x")(1, a=2), "'Local' object is not callable: it is built already; "
     "write .built without ()"),
    # 12. a builder in place of an object
    (lambda: dumps(Step.build()), f"expected an object of stepdsl, got StepBuilder{BUILT}"),
    (lambda: to_dict(Step.build()), f"expected an object of stepdsl, got StepBuilder{BUILT}"),
    (lambda: dumps(ReportBuilder()), "expected an object of stepdsl, got ReportBuilder"),
    (lambda: from_dict({}, type(Step.build())), "expected a type of stepdsl, got StepBuilder"),
    (lambda: check(Step.build()), f"expected a Step, got a StepBuilder{BUILT}"),
    (lambda: check({}), "expected a Step, got a dict; write from_dict(…, Step)"),
]  # fmt: skip


@pytest.mark.parametrize(("make", "reported"), CALLS, ids=[reported[:60] for _, reported in CALLS])
def test_a_wrong_call_is_refused(make, reported):
    assert raised(make, TypeError) == reported


def test_a_type_error_of_an_argument_is_not_changed():
    class Hostile(UserDict[str, Any]):
        def items(self) -> Any:
            raise TypeError("of the argument")

    assert raised(lambda: Step(analytics=Hostile()), TypeError) == "of the argument"


@pytest.mark.parametrize(
    ("namespace", "reported"),
    [
        (Icon, "Icon is no type by itself; write Icon.Named.build(name=…) or Icon.Text.build(text=…)"),
        (Summary, "Summary is no type by itself; write Summary.Provider.build(…) or Summary.Summariser.build(…)"),
        (
            RefreshOnChange,
            "RefreshOnChange is no type by itself; write Step.build(refresh_url=…) or "
            "BooleanSchema.build(refresh_step_on_change=…)",
        ),
        (Control, "Control has only constants; write Control.Layout.Button.PRIMARY"),
    ],
)
def test_a_class_that_has_only_other_classes_in_it_has_no_builder(namespace, reported):
    assert raised(lambda: namespace.build, AttributeError) == reported
    assert not hasattr(namespace, "build")


def test_templates_of_django_do_not_call_an_object():
    from django.template.base import Variable
    from django.template.context import Context

    step = Step(title="Pay")
    assert Variable("step.title").resolve(Context({"step": step})) == "Pay"
    assert Variable("step").resolve(Context({"step": step})) is step


# -- values -------------------------------------------------------------------------------------------------------

NAMED_OR_TEXT = "; write Icon.Named(name='person') or Icon.Text(text='person')"
TOKENS = "expected one of the 63 values of AutocompleteHint or the 63 values of AutocompleteToken"

VALUES: list[tuple[Callable[[], Any], str]] = [
    # 2. a dict in place of an object
    (
        lambda: Step(polling={"url": "/"}, footer=[DividerLayout(), {"type": "divider"}]),
        "Step.polling: expected a Polling, got a dict; write from_dict(…, Polling); "
        "Step.footer[1]: expected a Layout, got a dict; write from_dict(…, Layout)",
    ),
    (
        lambda: ObjectSchema(properties={"a b": Values()}),
        "ObjectSchema.properties['a b']: expected a Schema, got a Values; write from_dict(…, Schema)",
    ),
    # 3. a builder, or a class
    (lambda: Step(polling=Polling.build(url="/")), f"Step.polling: expected a Polling, got a PollingBuilder{BUILT}"),
    (
        lambda: BoxLayout(components=[HeadingLayout.build()]),
        f"BoxLayout.components[0]: expected a Layout, got a HeadingLayoutBuilder{BUILT}",
    ),
    (lambda: Step(polling=Action.build()), "Step.polling: expected a Polling, got an ActionBuilder"),
    (lambda: Step(polling=ReportBuilder()), "Step.polling: expected a Polling, got a ReportBuilder"),
    (lambda: Step(polling=Polling), "Step.polling: expected a Polling, got the class Polling; write Polling(…)"),
    (
        lambda: ButtonLayout(title="x", behavior=LinkBehavior),
        "ButtonLayout.behavior: expected a Behavior, got the class LinkBehavior; write LinkBehavior(…)",
    ),
    (
        lambda: StringSchema(icon=Icon),
        "StringSchema.icon: expected an AnyIcon, got the class Icon; write Icon.Named(name=…) or Icon.Text(text=…)",
    ),
    (lambda: Step(polling=Action), "Step.polling: expected a Polling, got the class Action"),
    # 4. a string in place of an object
    (lambda: StringSchema(icon="person"), f"StringSchema.icon: expected an AnyIcon, got 'person'{NAMED_OR_TEXT}"),
    (lambda: StringSchema(help="Why?"), "StringSchema.help: expected a Help, got 'Why?'; write Help(markdown='Why?')"),
    (
        lambda: ListLayout(items=["a", 5]),
        "ListLayout.items[0]: expected a ListLayout.Item, got 'a'; write ListLayout.Item(title='a'); "
        "ListLayout.items[1]: expected a ListLayout.Item, got 5",
    ),
    (lambda: Step(layout=["x"]), "Step.layout[0]: expected a Layout, got 'x'"),
    (lambda: Step(polling="/x"), "Step.polling: expected a Polling, got '/x'"),
    # 5. an object that belongs into the expected one
    (
        lambda: Navigation(back=Action()),
        "Navigation.back: expected a Navigation.BackBehavior, got an Action; "
        "write Navigation.BackBehavior(action=…)",
    ),
    (
        lambda: Step(toolbar=Toolbar(items=[ActionBehavior(action=Action())])),
        "Toolbar.items[0]: expected a Toolbar.Item, got an ActionBehavior; write Toolbar.Item(behavior=…)",
    ),
    (
        lambda: Step(layout=[Media.Image(uri="/")]),
        "Step.layout[0]: expected a Layout, got a Media.Image; write MediaLayout(media=…)",
    ),
    # 7. text that is no string
    (lambda: HeadingLayout(text=Lazy()), "HeadingLayout.text: expected a string, got a Lazy; write str(…)"),
    (lambda: HeadingLayout(text=uuid.uuid4()), "HeadingLayout.text: expected a string, got a UUID; write str(…)"),
    (
        lambda: Step(analytics={"a": PurePosixPath("x"), uuid.UUID(int=1): "y"}),
        "Step.analytics.a: expected a string, got a PurePosixPath; write str(…); "
        "Step.analytics[\"UUID('00000000-0000-0000-0000-000000000001')\"]: expected a string as the key, got a UUID; "
        "write str(…)",
    ),
    (
        lambda: HeadingLayout(text=decimal.Decimal(1), tags=[Lazy(), b"x", bytearray()]),
        "HeadingLayout.text: expected a string, got a Decimal; write str(…); "
        "HeadingLayout.tags[0]: expected a string, got a Lazy; write str(…); "
        "HeadingLayout.tags[1]: expected a string, got a bytes; write ….decode(); "
        "HeadingLayout.tags[2]: expected a string, got a bytearray; write ….decode()",
    ),
    (
        lambda: Action(data={"a": [Lazy(), uuid.uuid4(), b"x", Row(), Plain.ONE, str]}),
        "Action.data.a[0]: expected a JSON value, got a Lazy; write str(…); "
        "Action.data.a[1]: expected a JSON value, got a UUID; write str(…); "
        "Action.data.a[2]: expected a JSON value, got a bytes; write ….decode(); "
        "Action.data.a[3]: expected a JSON value, got a Row; write ….model_dump(); "
        "Action.data.a[4]: expected a JSON value, got a Plain; "
        "Action.data.a[5]: expected a JSON value, got the class str",
    ),
    (lambda: Action(extra={"x": Lazy()}), "Action.extra.x: expected a JSON value, got a Lazy; write str(…)"),
    (lambda: HeadingLayout(text=3), "HeadingLayout.text: expected a string, got 3"),
    (
        lambda: ButtonLayout(title="Go", action=Action(), disabled=decimal.Decimal(1)),
        "ButtonLayout.disabled: expected True or False, got a Decimal",
    ),
    (lambda: Step(analytics=Lazy()), "Step.analytics: expected a mapping, got a Lazy"),
    (lambda: ListLayout(items=uuid.UUID(int=1)), "ListLayout.items: expected a list, got a UUID"),
    (lambda: HeadingLayout(text=["x"]), "HeadingLayout.text: expected a string, got a list"),
    # 8. dates, durations and numbers
    (
        lambda: HeadingLayout(text=dt.date(2020, 1, 1)),
        "HeadingLayout.text: expected a string, got a date; write ….isoformat()",
    ),
    (
        lambda: ConstSchema(value=[dt.datetime.now(dt.UTC), dt.time(1), dt.timedelta(1), decimal.Decimal(1)]),
        "ConstSchema.value[0]: expected a JSON value, got a datetime; write ….isoformat(); "
        "ConstSchema.value[1]: expected a JSON value, got a time; write ….isoformat(); "
        "ConstSchema.value[2]: expected a JSON value, got a timedelta; write int(….total_seconds()); "
        "ConstSchema.value[3]: expected a JSON value, got a Decimal; write float(…)",
    ),
    (lambda: HeadingLayout(text=dt.timedelta(1)), "HeadingLayout.text: expected a string, got a timedelta"),
    (
        lambda: Action(timeout=dt.timedelta(1)),
        "Action.timeout: expected an integer, got a timedelta; write int(….total_seconds())",
    ),
    (lambda: Action(timeout=dt.date(2020, 1, 1)), "Action.timeout: expected an integer, got a date"),
    (
        lambda: NumberSchema(minimum=dt.timedelta(1), maximum=fractions.Fraction(1, 2), default=decimal.Decimal(1)),
        "NumberSchema.minimum: expected a number, got a timedelta; write int(….total_seconds()); "
        "NumberSchema.maximum: expected a number, got a Fraction; write float(…); "
        "NumberSchema.default: expected a number, got a Decimal; write float(…)",
    ),
    (lambda: NumberSchema(minimum=Lazy()), "NumberSchema.minimum: expected a number, got a Lazy"),
    (lambda: NumberSchema(minimum=True), "NumberSchema.minimum: expected a number, got True"),
    (lambda: Action(timeout="5"), "Action.timeout: expected an integer, got '5'; write 5"),
    (lambda: Action(timeout="-05"), "Action.timeout: expected an integer, got '-05'; write -5"),
    (lambda: Action(timeout="5 s"), "Action.timeout: expected an integer, got '5 s'"),
    (lambda: Action(timeout="٥"), "Action.timeout: expected an integer, got '٥'"),
    (lambda: Action(timeout="9" * 19), f"Action.timeout: expected an integer, got '{'9' * 19}'"),
    (lambda: Action(timeout=3.0), "Action.timeout: expected an integer, got 3.0; write 3"),
    (lambda: Action(timeout=3.5), "Action.timeout: expected an integer, got 3.5"),
    (lambda: Action(timeout=1e300), "Action.timeout: expected an integer, got 1e+300"),
    (lambda: Action(timeout=math.inf), "Action.timeout: expected an integer, got inf"),
    # 9. the tokens of HTML, and one string for a list
    (
        lambda: StringSchema(autocomplete_hint=["email", "tel", "cc-number"]),
        f"StringSchema.autocomplete_hint[1]: {TOKENS}, got 'tel'; did you mean 'phone-number'?; "
        f"StringSchema.autocomplete_hint[2]: {TOKENS}, got 'cc-number'; did you mean 'credit-card-number'?",
    ),
    (
        lambda: HeadingLayout(text="x", size="tel"),
        "HeadingLayout.size: expected one of 'lg', 'md', 'sm', 'xl', 'xs', got 'tel'",
    ),
    (
        lambda: StringSchema(autocomplete_hint="email"),
        "StringSchema.autocomplete_hint: expected a list, got 'email'; write ['email']",
    ),
    (
        lambda: StringSchema(autocomplete_hint=AutocompleteToken.EMAIL),
        "StringSchema.autocomplete_hint: expected a list, got an AutocompleteToken; write [AutocompleteToken.EMAIL]",
    ),
    (lambda: BlobSchema(accepts="image/png"), "BlobSchema.accepts: expected a list, got 'image/png'; "
     "write ['image/png']"),
    (
        lambda: ObjectSchema(properties={"x": StringSchema()}, required="x"),
        "ObjectSchema.required: expected a list, got 'x'; write ['x']",
    ),
    (lambda: HeadingLayout(text="x", tags=5), "HeadingLayout.tags: expected a list, got 5"),
    (lambda: ColumnsLayout(left="x", right=[]), "ColumnsLayout.left: expected a list, got 'x'"),
    # 12. a builder, or something else, in place of a step
    (lambda: etag_of(Step.build()), f"step: expected a Step, got a StepBuilder{BUILT}"),
    (lambda: PollingExecutor().run(Step.build()), f"step: expected a Step, got a StepBuilder{BUILT}"),
    (lambda: PollingExecutor().run({}), "step: expected a Step, got a dict; write from_dict(…, Step)"),
    (lambda: PollingExecutor().run(Step), "step: expected a Step, got the class Step; write Step(…)"),
    (lambda: PollingExecutor().run(None), "step: expected a Step, got None"),
]  # fmt: skip


@pytest.mark.parametrize(("make", "reported"), VALUES, ids=[reported[:60] for _, reported in VALUES])
def test_a_wrong_value_is_refused(make, reported):
    assert refusal(make) == reported


def test_a_builder_raises_the_error_of_the_constructor():
    with pytest.raises(InvalidValueError) as caught, Step.build() as step, step.polling() as polling:
        polling.interval = "5"
    assert str(caught.value) == "Step.polling.interval: expected an integer, got '5'; write 5"


def test_the_error_of_a_document_uses_json_names():
    reported = raised(lambda: from_dict({"polling": {"url": "/", "interval": "5", "onError": "x"}}), WireError)
    assert reported == (
        'polling.interval: expected an integer, got "5"; polling.onError: expected an object, got "x"; '
        "polling.maxAttempts: missing"
    )


def test_the_tokens_of_html_have_documented_names():
    documented = {token.value for token in AutocompleteToken}
    assert set(hints._HTML_TOKENS.values()) <= documented
    assert not hints._HTML_TOKENS.keys() & documented


# -- names --------------------------------------------------------------------------------------------------------

BUTTON = "control, margin, analytics_id, tags, title, action, behavior, context, disabled, pin_order, extra"

NAMES: list[tuple[Callable[[], Any], str]] = [
    (
        lambda: StringSchema(required=True),
        "StringSchema.required: no such property; required belongs to the object: ObjectSchema(required=['x'])",
    ),
    (
        lambda: ArraySchema.Tuple(displayOrder=["x"]),
        "ArraySchema.Tuple.displayOrder: no such property; "
        "display_order belongs to the object: ObjectSchema(display_order=['x'])",
    ),
    (lambda: External(required=True), "External.required: no such property; there are url, extra"),
    (lambda: ButtonLayout(required=True), f"ButtonLayout.required: no such property; there are {BUTTON}"),
    (lambda: ButtonLayout(icon="x"), f"ButtonLayout.icon: no such property; there are {BUTTON}"),
    (
        lambda: StringSchema(zzz=1),
        "StringSchema.zzz: no such property; there are id, title, description, additional_text, control, hidden, "
        "disabled, alert, inline_alert, icon, image, media and 23 more",
    ),
    (
        lambda: ArraySchema.List(zzz=1),
        "ArraySchema.List.zzz: no such property; there are items, add_item_title, edit_item_title, id, title, "
        "description, additional_text, control, hidden, disabled, alert, inline_alert and 11 more",
    ),
]


@pytest.mark.parametrize(("make", "reported"), NAMES, ids=[reported[:60] for _, reported in NAMES])
def test_a_wrong_name_is_refused(make, reported):
    assert refusal(make, UnknownPropertyError) == reported


def test_the_error_for_required_at_a_property_names_the_object():
    def build() -> None:
        with ObjectSchema.build() as obj, obj.properties() as properties:
            properties.string("pin", required=True)

    assert refusal(build, UnknownPropertyError) == (
        "ObjectSchema.properties.pin.required: no such property; "
        "required belongs to the object: ObjectSchema(required=['x'])"
    )


@pytest.mark.parametrize(
    ("wrong", "meant"),
    [
        ("icon", ""),
        ("tile", "title"),
        ("ttile", "title"),
        ("itle", "title"),
        ("acton", "action"),
        ("reaction", "action"),
    ],
)
def test_a_short_name_is_similar_to_few(wrong, meant):
    assert nearest(wrong, ["title", "action", "context"]) == (f"; did you mean {meant!r}?" if meant else "")


def test_twelve_names_are_shown_those_of_importance_first():
    names = [f"n{number}" for number in range(13)]
    assert unknown("zzz", names[:12], "member") == f"no such member; there are {', '.join(names[:12])}"
    shown = ", ".join(["n12", *names[:11]])
    assert unknown("zzz", names, "member", ["n12"]) == f"no such member; there are {shown} and 1 more"


def test_a_class_in_a_function_is_shown_by_its_own_name():
    assert show(local_class()) == "the class Local"
    assert show(local_class()(text="x")) == "a Local"


# -- parts --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("cls", "value", "meant"),
    [
        (HeadingLayout, "x", "text"),
        (Polling, "/x", "url"),
        (External, "x", "url"),
        (DecisionLayout.Option, Icon.Named(name="x"), "icon"),
        (Step, {}, None),
        (External, 5, None),
        (Schema, "x", None),
    ],
)
def test_the_property_for_a_value_is_found_by_its_type(cls, value, meant):
    assert hints.meant_property(cls, value) == meant


def test_a_class_without_documented_types_is_abstract_too():
    assert raised(MySchema, TypeError) == "MySchema is a base class of several types; use one of these"


def test_the_error_for_an_empty_class_has_no_example():
    class Empty(Namespace):
        pass

    assert raised(Empty, TypeError) == "Empty has only constants; write Empty.…"
