"""What a constructor asks for, what it fills in, and what it stores."""

from __future__ import annotations

import inspect
from collections import OrderedDict, deque
from enum import Enum, IntEnum
from types import MappingProxyType
from typing import Any

import attrs
import pytest

import stepdsl
from stepdsl import (
    UNSET,
    Action,
    ActionBehavior,
    AlertLayout,
    AutocompleteHint,
    BoxLayout,
    ButtonLayout,
    ColumnsLayout,
    ConstSchema,
    Context,
    ErrorResponseBody,
    HeadingLayout,
    HttpMethod,
    LinkHandler,
    Navigation,
    ObjectSchema,
    OneOfSchema,
    ParagraphLayout,
    PersistAsync,
    Polling,
    Size,
    Step,
    StepError,
    StringSchema,
    Summary,
    UnknownLayout,
    UnknownPropertyError,
    documented_types,
    dumps,
)
from stepdsl.core.json import FrozenDict, FrozenList
from stepdsl.core.model import Model
from tests.model.refusal import refusal
from tests.models import Kind, description, properties

ON_ERROR = Polling.OnError(action=Action(exit=True))
ALWAYS_WRITTEN = {(PersistAsync, "method"): "POST"}
"""Documented defaults that are written, since the documentation calls the property required."""
CONCRETE = [cls for cls in documented_types().values() if not cls.__stepdsl__.abstract]


# -- what is required ---------------------------------------------------------------------------------------------

MISSING = [
    (HeadingLayout, "HeadingLayout.text: missing"),
    (lambda: HeadingLayout(text=UNSET), "HeadingLayout.text: missing"),
    (ColumnsLayout, "ColumnsLayout.left: missing; ColumnsLayout.right: missing"),
    (Polling.OnError, "Polling.OnError: missing: action or behavior"),
    (lambda: Polling.OnError(action=None, behavior=None), "Polling.OnError: missing: action or behavior"),
    (LinkHandler, "LinkHandler.regex_pattern: missing; LinkHandler: missing: action or behavior"),
    (lambda: Navigation.BackBehavior(title="x"), "Navigation.BackBehavior.action: missing"),
    (lambda: ButtonLayout(action=Action()), "ButtonLayout.title: missing"),
    (lambda: ButtonLayout(title="x"), "ButtonLayout: missing: action or behavior"),
    (ObjectSchema, "ObjectSchema.properties: missing"),
    (OneOfSchema, "OneOfSchema.schemas: missing"),
    (ActionBehavior, "ActionBehavior.action: missing"),
    (UnknownLayout, "UnknownLayout.type: missing"),
    (
        Polling,
        "Polling.url: missing; Polling.max_attempts: missing; Polling.on_error: missing; "
        "Polling: missing: interval or delay",
    ),
]


@pytest.mark.parametrize(("make", "reported"), MISSING, ids=[reported for _, reported in MISSING])
def test_missing_required_properties_are_reported(make, reported):
    assert refusal(make) == reported


def test_a_required_property_refuses_none():
    assert refusal(lambda: HeadingLayout(text=None)) == "HeadingLayout.text: expected a string, got None"
    assert refusal(lambda: BoxLayout(components=None)) == "BoxLayout.components: expected a list, got None"


@pytest.mark.parametrize(
    "values",
    [{"interval": 5}, {"delay": 5}, {"interval": 5, "delay": 2}, {"interval": None, "delay": 5}],
)
def test_one_of_two_generations_is_enough(values):
    polling = Polling(url="/", max_attempts=1, on_error=ON_ERROR, **values)
    assert (polling.interval, polling.delay) == (values.get("interval"), values.get("delay"))


def test_required_lists_may_be_empty():
    assert BoxLayout(components=[]).components == ()
    assert ColumnsLayout(left=(), right=()).right == ()
    assert dict(ObjectSchema(properties={}).properties) == {}
    assert OneOfSchema(schemas=[]).schemas == ()


def test_a_step_has_no_required_property():
    assert dumps(Step()) == '{"layout":[],"schemas":[]}'
    assert dumps(Action()) == "{}"


# -- defaults -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("cls", CONCRETE, ids=lambda cls: cls.__qualname__)
def test_a_property_that_is_not_given_has_its_default(cls):
    for prop in properties(cls).values():
        if prop.required:
            continue
        if prop.kind is Kind.JSON:
            assert prop.default is UNSET
        else:
            assert prop.default in ((), None) or prop.default == ALWAYS_WRITTEN[cls, prop.name]
        assert getattr(cls, prop.name) is prop.default


def test_a_step_has_these_defaults():
    step = Step()
    assert (step.id, step.polling, step.footer, step.analytics) == (None, None, None, None)
    assert (step.layout, step.schemas) == ((), ())
    assert step.model is UNSET
    assert step.extra == {}
    assert Step(layout=None, schemas=None) == Step()


def test_the_display_order_is_the_order_of_declaration():
    properties = {"b": StringSchema(), "a": StringSchema()}
    assert ObjectSchema(properties=properties).display_order == ("b", "a")
    assert ObjectSchema(properties=properties, display_order=None).display_order == ("b", "a")
    assert ObjectSchema(properties=properties, display_order=["a"]).display_order == ("a",)
    assert ObjectSchema(properties=properties, display_order=[]).display_order == ()
    assert ObjectSchema(properties=properties, display_order=("x", "x")).display_order == ("x", "x")


def test_none_means_absent_but_null_for_any():
    assert Action(url=None, result=None) == Action(result=None)
    assert Action(result=None) != Action()
    assert dumps(Action(url=None, result=None)) == '{"result":null}'
    assert dumps(StepError(error=None, validation=None)) == '{"validation":null}'
    assert dumps(ConstSchema(value=None)) == '{"const":null}'
    assert Action(result=None).result is None
    assert Action().result is UNSET


def test_unset_means_absent_everywhere():
    assert Action(url=UNSET, result=UNSET, exit=UNSET) == Action()
    assert ErrorResponseBody(validation=UNSET, extra=UNSET) == ErrorResponseBody()
    assert repr(UNSET) == "UNSET"
    assert not UNSET
    assert UNSET is stepdsl.UNSET
    assert isinstance(UNSET, stepdsl.Unset)


# -- what is stored -----------------------------------------------------------------------------------------------


class Spelt(str):
    """A string of another class."""

    __slots__ = ()


class Level(str, Enum):
    """Somebody else's enum."""

    HIGH = "high"


class Number(IntEnum):
    """Somebody else's numbers."""

    FIVE = 5


STORED: list[tuple[Any, str, Any, type]] = [
    # closed enums: the member or its string, the member is stored
    (lambda: AlertLayout(markdown="x", context="warning"), "context", Context.WARNING, Context),
    (lambda: AlertLayout(markdown="x", context=Context.WARNING), "context", Context.WARNING, Context),
    (lambda: HeadingLayout(text="x", size=Spelt("lg")), "size", Size.LG, Size),
    (lambda: ColumnsLayout(left=[], right=[], bias="none"), "bias", ColumnsLayout.Bias.NONE, ColumnsLayout.Bias),
    (lambda: StringSchema(format="base64url"), "format", StringSchema.Format.BASE64URL, StringSchema.Format),
    (
        lambda: StringSchema(autocomplete_hint=["home", AutocompleteHint.EMAIL]),
        "autocomplete_hint",
        (AutocompleteHint.HOME, AutocompleteHint.EMAIL),
        tuple,
    ),
    # open-ended strings: any string, a plain one is stored
    (lambda: Action(method=HttpMethod.PUT), "method", "PUT", str),
    (lambda: Action(method="BREW"), "method", "BREW", str),
    (lambda: Action(method=Level.HIGH), "method", "high", str),
    (lambda: HeadingLayout(text="x", control=Level.HIGH), "control", "high", str),
    (lambda: HeadingLayout(text=Spelt("x")), "text", "x", str),
    (lambda: HeadingLayout(text=Spelt("ü")), "text", "ü", str),
    # numbers
    (lambda: Action(timeout=Number.FIVE), "timeout", 5, int),
    (lambda: Action(timeout=-(2**63)), "timeout", -(2**63), int),
    (lambda: Action(timeout=2**63 - 1), "timeout", 2**63 - 1, int),
    (lambda: Action(data=Number.FIVE), "data", 5, int),
    (lambda: Action(data=1.5), "data", 1.5, float),
    # lists and maps
    (lambda: HeadingLayout(text="x", tags=["a", Level.HIGH]), "tags", ("a", "high"), tuple),
    (lambda: HeadingLayout(text="x", tags=deque("ab")), "tags", ("a", "b"), tuple),
    (lambda: BoxLayout(components=iter([])), "components", (), tuple),
    (
        lambda: BoxLayout(components=(ParagraphLayout(text=text) for text in "ab")),
        "components",
        (ParagraphLayout(text="a"), ParagraphLayout(text="b")),
        tuple,
    ),
    (lambda: Step(analytics=MappingProxyType({"a": Level.HIGH})), "analytics", {"a": "high"}, None),
    # JSON
    (lambda: Action(data=OrderedDict(a=(1, [2]))), "data", {"a": [1, [2]]}, FrozenDict),
    (lambda: Action(data=MappingProxyType({"a": 1})), "data", {"a": 1}, FrozenDict),
    (lambda: Action(data={Level.HIGH: Level.HIGH}), "data", {"high": "high"}, FrozenDict),
    (lambda: Action(data=(1, (2, 3))), "data", [1, [2, 3]], FrozenList),
    (lambda: Action(data=Spelt("x")), "data", "x", str),
]  # fmt: skip


@pytest.mark.parametrize(("make", "name", "stored", "kind"), STORED, ids=range(len(STORED)))
def test_a_value_is_stored_as_this_one(make, name, stored, kind):
    value = getattr(make(), name)
    assert value == stored
    if kind is not None:
        assert type(value) is kind
    if kind is tuple:
        assert [type(part) for part in value] == [type(part) for part in stored]


def test_strings_in_json_are_plain_at_any_depth():
    data = Action(data={Level.HIGH: [Level.HIGH, {Spelt("a"): Spelt("ü")}]}).data
    assert [type(key) for key in data] == [str]
    assert [type(part) for part in data["high"]] == [str, FrozenDict]
    assert [(type(key), type(part)) for key, part in data["high"][1].items()] == [(str, str)]


def test_an_enum_member_is_its_string():
    assert Context.WARNING == "warning"
    assert AlertLayout(markdown="x", context="warning").context == "warning"


# -- names --------------------------------------------------------------------------------------------------------


def all_names(cls: type) -> str:
    """The names of all properties, as an error lists them."""
    return ", ".join(inspect.signature(cls).parameters)


UNKNOWN = [
    (
        lambda: HeadingLayout(txt="x"),
        "HeadingLayout.txt: no such property; did you mean 'text'?",
    ),
    (
        lambda: Polling(url="/", intervall=5),
        "Polling.intervall: no such property; did you mean 'interval'?",
    ),
    (
        lambda: Polling(maxAttempts=5),
        "Polling.maxAttempts: no such property; did you mean 'max_attempts'?",
    ),
    (
        lambda: Step(linkHandlers=[]),
        "Step.linkHandlers: no such property; did you mean 'link_handlers'?",
    ),
    (
        lambda: OneOfSchema(one_of=[]),
        "OneOfSchema.one_of: no such property; did you mean 'schemas'?",
    ),
    (
        lambda: ConstSchema(const=1),
        "ConstSchema.const: no such property; did you mean 'value'?",
    ),
    (
        lambda: Summary.Provider(xyz=1),
        f"Summary.Provider.xyz: no such property; there are {all_names(Summary.Provider)}",
    ),
    (
        lambda: Polling.OnError(act=1),
        "Polling.OnError.act: no such property; did you mean 'action'?",
    ),
    (
        lambda: HeadingLayout(type="heading", text="x"),
        f"HeadingLayout.type: no such property; there are {all_names(HeadingLayout)}",
    ),
    (
        lambda: HeadingLayout(zzz=1),
        f"HeadingLayout.zzz: no such property; there are {all_names(HeadingLayout)}",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("make", "reported"), UNKNOWN, ids=[reported.partition(":")[0] for _, reported in UNKNOWN])
def test_an_unknown_name_is_refused(make, reported):
    assert refusal(make, UnknownPropertyError) == reported


def test_a_misspelt_name_is_reported_before_anything_else():
    reported = refusal(lambda: Polling(url=5, intervall="x"), UnknownPropertyError)
    assert reported == "Polling.intervall: no such property; did you mean 'interval'?"


def test_a_constructor_takes_keywords_only():
    with pytest.raises(TypeError, match=r"^HeadingLayout takes keywords only; write HeadingLayout\(text='x'\)$"):
        HeadingLayout("x")


def test_an_unknown_attribute_is_refused_with_the_nearest_name():
    with pytest.raises(AttributeError, match=r"^'HeadingLayout' object has no attribute 'txt'; did you mean 'text'\?$"):
        _ = HeadingLayout(text="x").txt


# -- abstract bases -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "made"),
    [
        ("Layout", "AlertLayout, BoxLayout, ButtonLayout and 18 more"),
        ("Schema", "AllOfSchema, ArraySchema.List, ArraySchema.Tuple and 8 more"),
        ("Behavior", "ActionBehavior, CopyBehavior, DismissBehavior and 4 more"),
        ("LayoutProperties", "AlertLayout, BoxLayout, ButtonLayout and 18 more"),
        ("SchemaProperties", "AllOfSchema, ArraySchema.List, ArraySchema.Tuple and 8 more"),
        ("InputProperties", "IntegerSchema, NumberSchema, OneOfSchema and 1 more"),
    ],
)
def test_a_common_base_class_cannot_be_instantiated(name, made):
    with pytest.raises(TypeError) as caught:
        getattr(stepdsl, name)()
    assert str(caught.value) == f"{name} is a base class of several types; use one of these: {made}"
    assert not hasattr(getattr(stepdsl, name), "build")


def test_the_base_class_of_all_types_cannot_be_instantiated():
    with pytest.raises(TypeError) as caught:
        Model()
    assert str(caught.value) == (
        "Model is a base class of several types; use one of these: "
        "Action, ActionBehavior, ActionResponseBody and 86 more"
    )


# -- signature ----------------------------------------------------------------------------------------------------


def test_a_constructor_has_this_signature():
    def shown(cls: type, *names: str) -> str:
        """The signature as text, with only these parameters."""
        parameters = inspect.signature(cls).parameters
        return str(inspect.Signature([parameter for name, parameter in parameters.items() if name in names]))

    polling = ("url", "interval", "delay", "timeout", "max_attempts", "on_error", "extra")
    assert shown(Polling, *polling) == (
        "(*, url: 'str', interval: 'int | None' = None, delay: 'int | None' = None, timeout: 'int | None' = None, "
        "max_attempts: 'int', on_error: 'Polling.OnError', extra: 'Mapping[str, Any]' = {})"
    )
    assert shown(StepError, "error", "validation", "extra") == (
        "(*, error: 'str | None' = None, validation: 'Json' = UNSET, extra: 'Mapping[str, Any]' = {})"
    )


@pytest.mark.parametrize("cls", CONCRETE, ids=lambda cls: cls.__qualname__)
def test_the_signature_names_what_the_constructor_takes(cls):
    parameters = inspect.signature(cls).parameters
    assert list(parameters) == [*properties(cls), "extra"]
    assert {parameter.kind for parameter in parameters.values()} == {inspect.Parameter.KEYWORD_ONLY}
    assert set(parameters) == {attribute.name for attribute in attrs.fields(cls)}


@pytest.mark.parametrize("cls", CONCRETE, ids=lambda cls: cls.__qualname__)
def test_every_type_and_property_is_described(cls):
    assert cls.__doc__
    assert [name for name in [*properties(cls), "extra"] if not description(cls, name)] == []
