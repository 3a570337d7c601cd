"""What a user of attrs takes for granted works on the models, or says in one line why it does not."""

from __future__ import annotations

import copy
import enum
import inspect
import json
import pickle
import types
import typing
from collections.abc import Sequence
from typing import Any

import attrs
import orjson
import pytest

import stepdsl
from stepdsl import (
    Action,
    AlertLayout,
    BoxLayout,
    ButtonLayout,
    Context,
    HeadingLayout,
    InvalidValueError,
    Layout,
    ObjectSchema,
    Polling,
    Step,
    StringSchema,
    UnknownPropertyError,
    documented_enums,
    documented_types,
    dumps,
    from_dict,
    loads,
    to_dict,
)
from stepdsl.core.annotations import run_typing_imports_on_demand
from stepdsl.core.json import FrozenDict, FrozenList

TYPES = list(documented_types().values())
CONCRETE = [cls for cls in TYPES if not cls.__stepdsl__.abstract]


def message(make: Any, error: type[Exception]) -> str:
    with pytest.raises(error) as caught:
        make()
    return str(caught.value)


# -- introspection ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("cls", TYPES, ids=lambda cls: cls.__qualname__)
def test_type_hints_resolve(cls):
    hints = typing.get_type_hints(cls)
    assert not [name for name, hint in hints.items() if isinstance(hint, (str, typing.ForwardRef))]
    assert {attribute.name for attribute in attrs.fields(cls)} <= hints.keys()
    assert inspect.get_annotations(cls, eval_str=True).keys() <= hints.keys()


@pytest.mark.parametrize("cls", CONCRETE, ids=lambda cls: cls.__qualname__)
def test_attrs_resolves_types(cls):
    assert attrs.resolve_types(cls) is cls
    assert not [attribute.name for attribute in attrs.fields(cls) if isinstance(attribute.type, str)]


def test_type_hints_are_the_types():
    assert typing.get_type_hints(Step)["layout"] == Sequence[Layout]
    assert typing.get_type_hints(Polling)["on_error"] is Polling.OnError
    assert typing.get_type_hints(ButtonLayout)["action"] == Action | None


def test_a_class_works_after_its_types_were_resolved():
    attrs.resolve_types(HeadingLayout)
    assert message(lambda: HeadingLayout(text=5), InvalidValueError) == "HeadingLayout.text: expected a string, got 5"


@pytest.mark.parametrize("cls", CONCRETE, ids=lambda cls: cls.__qualname__)
def test_the_fields_are_those_of_the_signature(cls):
    names = [attribute.name for attribute in attrs.fields(cls)]
    assert sorted(names) == sorted(inspect.signature(cls).parameters)
    assert attrs.has(cls)
    for name in names:
        assert getattr(attrs.fields(cls), name).name == name
        assert attrs.fields_dict(cls)[name].init


def test_the_converter_of_a_field_is_the_one_that_the_constructor_uses():
    assert attrs.fields(AlertLayout).context.converter("warning") is Context.WARNING
    assert attrs.fields(AlertLayout).context.converter(None) is None
    assert attrs.fields(Polling).interval.converter(5) == 5
    told = message(lambda: attrs.fields(Polling).interval.converter("5"), InvalidValueError)
    assert told == "Polling.interval: expected an integer, got '5'; write 5"


def test_attrs_compiles_no_unused_constructor():
    compiled = {cls.__qualname__: cls.__attrs_init__.__code__.co_argcount for cls in TYPES}
    assert set(compiled.values()) == {1}  # self alone


def test_the_fields_are_listed_for_completion_and_a_wrong_name_is_refused():
    assert {"url", "interval", "extra"} <= set(dir(attrs.fields(Polling)))
    assert message(lambda: attrs.fields(Polling).intervall, AttributeError) == "intervall"


def test_asdict_and_astuple_of_attrs_work():
    step = Step(title="x", layout=[HeadingLayout(text="y")], model={"a": [1]})
    assert attrs.asdict(step)["layout"][0]["text"] == "y"
    assert attrs.asdict(step)["model"] == {"a": [1]}
    assert "x" in attrs.astuple(step)


# -- copies -------------------------------------------------------------------------------------------------------


def test_evolve_derives_the_display_order_again():
    form = ObjectSchema(properties={"a": StringSchema(), "b": StringSchema()})
    assert form.display_order == ("a", "b")
    for one in (form, loads(dumps(form), ObjectSchema), pickle.loads(pickle.dumps(form)), copy.copy(form)):
        evolved = attrs.evolve(one, properties={"c": StringSchema(), "a": StringSchema()})
        assert evolved.display_order == ("c", "a")
        assert to_dict(evolved)["displayOrder"] == ["c", "a"]
    assert attrs.evolve(form, title="x").display_order == ("a", "b")


def test_evolve_keeps_a_display_order_of_the_author():
    form = ObjectSchema(properties={"a": StringSchema(), "b": StringSchema()}, display_order=["b"])
    assert attrs.evolve(form, properties={"b": StringSchema()}).display_order == ("b",)
    assert attrs.evolve(form, properties={"b": StringSchema(), "c": StringSchema()}).display_order == ("b",)


def test_equal_objects_evolve_to_equal_objects():
    derived = ObjectSchema(properties={"a": StringSchema()})
    given = ObjectSchema(properties={"a": StringSchema()}, display_order=["a"])
    assert derived == given
    changed = {"properties": {"b": StringSchema()}}
    assert attrs.evolve(derived, **changed) == attrs.evolve(given, **changed)


def step() -> Step:
    return Step(
        layout=[HeadingLayout(text="x", extra={"newer": {"deep": [1]}})],
        model={"a": [1, {"b": [2]}]},
        analytics={"k": "v"},
    )


MUTATIONS: dict[str, Any] = {
    "set item of a dict": lambda s: s.model.__setitem__("a", 5),
    "delete item of a dict": lambda s: s.model.__delitem__("a"),
    "update": lambda s: s.model.update(a=5),
    "merge": lambda s: s.model.__ior__({"a": 5}),
    "setdefault": lambda s: s.model.setdefault("z", 5),
    "pop from a dict": lambda s: s.model.pop("a"),
    "popitem": lambda s: s.model.popitem(),
    "clear a dict": lambda s: s.model.clear(),
    "set item of a list": lambda s: s.model["a"].__setitem__(0, 5),
    "delete item of a list": lambda s: s.model["a"].__delitem__(0),
    "append": lambda s: s.model["a"].append(5),
    "extend": lambda s: s.model["a"].extend([5]),
    "add to a list": lambda s: s.model["a"].__iadd__([5]),
    "multiply a list": lambda s: s.model["a"].__imul__(2),
    "insert": lambda s: s.model["a"].insert(0, 5),
    "remove": lambda s: s.model["a"].remove(1),
    "pop from a list": lambda s: s.model["a"].pop(),
    "clear a list": lambda s: s.model["a"].clear(),
    "sort": lambda s: s.model["a"].sort(key=str),
    "reverse": lambda s: s.model["a"].reverse(),
    "in an object in a list": lambda s: s.model["a"][1]["b"].append(5),
    "in extra": lambda s: s.layout[0].extra["newer"]["deep"].append(5),
    "in a map of strings": lambda s: s.analytics.__setitem__("k", "w"),
    "in a derived order": lambda s: s.analytics.__delitem__("k"),
}


@pytest.mark.parametrize("change", MUTATIONS.values(), ids=MUTATIONS.keys())
def test_a_model_is_immutable_all_the_way_down(change):
    original = step()
    before = hash(original)
    for one in (original, copy.copy(original), copy.deepcopy(original), attrs.evolve(original, title=None)):
        told = message(lambda one=one: change(one), TypeError)
        assert told in (
            "this mapping belongs to a frozen object; build a new one from a copy: dict(…)",
            "this list belongs to a frozen object; build a new one from a copy: list(…)",
        )
        assert one == step()
    assert hash(original) == before == hash(step())


def test_a_second_init_changes_no_container():
    one = step()
    one.model.__init__({"z": 1})
    one.model["a"].__init__([9])
    assert one == step()


def test_read_only_containers_are_equal_to_plain_ones_and_readable_as_json():
    model = step().model
    assert model == {"a": [1, {"b": [2]}]} == json.loads(json.dumps(model)) == orjson.loads(orjson.dumps(model))
    assert (type(model), type(model["a"])) == (FrozenDict, FrozenList)
    assert (isinstance(model, dict), isinstance(model["a"], list)) == (True, True)
    assert repr(model) == "{'a': [1, {'b': [2]}]}"
    assert type(FrozenDict({"a": 1})) is FrozenDict
    assert FrozenList([1]) == [1]


def test_copies_of_read_only_containers_are_these_containers_or_plain_ones():
    model = step().model
    assert copy.copy(model) is model
    assert copy.deepcopy(model["a"]) is model["a"]
    assert copy.copy(model["a"]) is model["a"]
    assert copy.deepcopy(model) is model
    assert type(pickle.loads(pickle.dumps(model))["a"]) is FrozenList
    assert type(dict(model)) is dict
    assert type(list(model["a"])) is list
    assert type(model | {"c": 1}) is dict
    assert type(model["a"] + [1]) is list
    plain = to_dict(step())
    plain["model"]["a"][1]["b"].append(3)
    assert plain["model"] == {"a": [1, {"b": [2, 3]}]}
    assert step().model == {"a": [1, {"b": [2]}]}


def test_an_author_s_own_data_can_still_change():
    data: dict[str, Any] = {"a": [1]}
    action = Action(data=data)
    data["a"].append(2)
    assert action.data == {"a": [1]}


@pytest.mark.parametrize("given", [{"a", "b"}, frozenset("ab")])
def test_a_set_is_refused_where_order_is_written(given):
    kind = type(given).__name__
    told = message(lambda: ObjectSchema(properties={}, required=given), InvalidValueError)
    assert told == f"ObjectSchema.required: expected a list, got a {kind}, which has no order; give sorted(…)"
    told = message(lambda: Step(layout={HeadingLayout(text="x")}), InvalidValueError)
    assert told == "Step.layout: expected a list, got a set, which has no order; give a list"


def test_one_object_is_refused_where_a_list_is_written():
    text = "Step.layout: expected a list, got a HeadingLayout; write [HeadingLayout(…)]"
    heading: Any = HeadingLayout(text="x")
    assert message(lambda: Step(layout=heading), InvalidValueError) == text
    with Step.build() as building:
        assert message(lambda: building.layout().extend(heading), InvalidValueError) == text
    with Step.build() as building:
        assert message(lambda: setattr(building, "layout", heading), InvalidValueError) == text


def test_a_set_is_refused_by_a_builder():
    with Step.build() as building:
        told = message(lambda: building.layout().extend({HeadingLayout(text="x")}), InvalidValueError)
    assert told == "Step.layout: expected a list, got a set, which has no order; give a list"


def test_any_iterable_with_a_fixed_order_is_accepted_as_a_list():
    names = {"b": 1, "a": 2}
    expected = ("b", "a")
    for given in (["b", "a"], ("b", "a"), iter("ba"), names, names.keys()):
        if given is names:
            continue  # a mapping is refused, its keys are not
        assert ObjectSchema(properties={}, required=given).required == expected


# -- enums --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("cls", documented_enums().values(), ids=lambda cls: cls.__qualname__)
def test_enums_are_enums_of_strings(cls):
    assert issubclass(cls, enum.StrEnum)
    for member in cls:
        assert f"{member}" == str(member) == member.value == member


def test_a_property_stores_the_member_of_a_string():
    assert AlertLayout(markdown="x", context="warning").context is Context.WARNING
    assert f"{Context.WARNING}" == "warning"


# -- subclasses ---------------------------------------------------------------------------------------------------


class Greeting(Step):
    """A plain subclass with a method."""

    def greet(self) -> str:
        return f"Hello, {self.title}"


def test_a_plain_subclass_works():
    greeting = Greeting(title="Ada")
    assert greeting.greet() == "Hello, Ada"
    assert repr(greeting) == "Greeting(title='Ada', layout=(), schemas=())"
    assert greeting == Greeting(title="Ada") != Step(title="Ada")
    assert dumps(greeting) == dumps(Step(title="Ada"))
    assert from_dict(to_dict(greeting), Greeting) == greeting
    assert pickle.loads(pickle.dumps(greeting)) == greeting
    assert attrs.evolve(greeting, title="Grace").greet() == "Hello, Grace"
    with Greeting.build(title="Ada") as building:
        pass
    assert building.built == greeting
    told = message(lambda: Greeting(titel="Ada"), UnknownPropertyError)
    assert told == "Greeting.titel: no such property; did you mean 'title'?"


REASON = (
    "Noted: attrs would replace the constructor of Step; write a plain subclass, class Noted(Step), "
    "and put properties of your own into `extra`"
)


@pytest.mark.parametrize(
    "decorate", [attrs.define, attrs.frozen, attrs.define(slots=False), attrs.frozen(kw_only=True)]
)
def test_a_subclass_that_attrs_makes_is_refused_in_one_line(decorate):
    class Noted(Step):
        note: str = ""

    Noted.__qualname__ = "Noted"
    assert message(lambda: decorate(Noted)(title="x"), TypeError) == REASON


def test_a_subclass_with_a_hook_that_no_object_calls_is_refused():
    def define():
        class Checked(Step):
            def __attrs_post_init__(self):
                raise ValueError

    told = message(define, TypeError)
    assert told.endswith(
        "Checked: no object calls __attrs_post_init__, because attrs did not make its constructor; "
        "write a function that makes the object"
    )


def test_a_subclass_that_an_older_attrs_makes_is_refused_when_it_is_called():
    made = Greeting(title="x")
    told = message(made.__attrs_post_init__, TypeError)
    assert told == (
        "Greeting: attrs would replace the constructor of Step; write a plain subclass, class Greeting(Step), "
        "and put properties of your own into `extra`"
    )


def test_an_attrs_class_may_have_a_model_as_a_field():
    @attrs.define
    class Flow:
        step: Step

    assert Flow(step=Step(title="x")) == Flow(step=Step(title="x"))
    assert attrs.evolve(Flow(step=Step()), step=Step(title="x")).step.title == "x"


# -- dict(obj), match, help ---------------------------------------------------------------------------------------


def test_dict_gives_wire_names_with_parts_as_objects():
    heading = HeadingLayout(text="x")
    box = BoxLayout(components=[heading], extra={"newer": 1})
    assert dict(box) == {"type": "box", "components": (heading,), "newer": 1}
    assert list(dict(box)) == ["type", "components", "newer"]
    assert dict(StringSchema(id="#a", min_length=2)) == {"type": "string", "$id": "#a", "minLength": 2}
    assert dict(Action()) == {}


def test_an_encoder_that_accepts_mappings_writes_the_document():
    document = Step(
        id="a",
        layout=[BoxLayout(components=[HeadingLayout(text="x", size="lg")])],
        schemas=[ObjectSchema(properties={"b": StringSchema(), "a": StringSchema()}, required=["a"])],
        model={"a": 1},
        extra={"n": 2},
    )
    text = json.dumps(document, default=dict)
    assert json.loads(text) == to_dict(document)
    assert list(json.loads(text)) == list(to_dict(document))
    assert orjson.loads(orjson.dumps(document, default=dict)) == to_dict(document)


def test_a_property_that_is_not_set_has_no_item():
    heading = HeadingLayout(text="x")
    assert heading["text"] == "x"
    assert heading["type"] == "heading"
    for name in ("align", "analyticsId", "nothing", "analytics_id"):
        with pytest.raises(KeyError):
            heading[name]
    assert message(lambda: Action()["type"], KeyError) == "'type'"


def test_an_object_is_no_list():
    assert message(lambda: list(Step()), TypeError) == "'Step' object is not iterable"
    told = message(lambda: Step(layout=HeadingLayout(text="x")), InvalidValueError)
    assert told == "Step.layout: expected a list, got a HeadingLayout; write [HeadingLayout(…)]"


def test_match_and_help_work():
    match Step(title="x", layout=[HeadingLayout(text="y")]):
        case Step(title="x", layout=(HeadingLayout(text=text),)):
            assert text == "y"
        case _:
            raise AssertionError("no case")
    assert "One screen of a flow" in (inspect.getdoc(Step) or "")
    assert str(inspect.signature(Action)).startswith("(*, id: ")


# -- names that do not exist --------------------------------------------------------------------------------------


NAMES: dict[str, str] = {
    "to_dict": "'Step' object has no attribute 'to_dict'; write stepdsl.to_dict(obj)",
    "dict": "'Step' object has no attribute 'dict'; write stepdsl.to_dict(obj)",
    "model_dump": "'Step' object has no attribute 'model_dump'; write stepdsl.to_dict(obj)",
    "dumps": "'Step' object has no attribute 'dumps'; write stepdsl.dumps(obj)",
    "json": "'Step' object has no attribute 'json'; write stepdsl.dumps(obj)",
    "to_json": "'Step' object has no attribute 'to_json'; write stepdsl.dumps(obj)",
    "evolve": "'Step' object has no attribute 'evolve'; write attrs.evolve(obj, …)",
    "replace": "'Step' object has no attribute 'replace'; write attrs.evolve(obj, …)",
    "copy": "'Step' object has no attribute 'copy'; write attrs.evolve(obj, …)",
    "from_dict": "'Step' object has no attribute 'from_dict'; write stepdsl.from_dict(data, Step)",
    "loads": "'Step' object has no attribute 'loads'; write stepdsl.loads(text, Step)",
    "check": "'Step' object has no attribute 'check'; write stepdsl.check(step)",
    **{
        name: f"'Step' object has no attribute {name!r}: if a view returns it, write @endpoint above the view, "
        "see stepdsl.server"
        for name in ("status_code", "_resource_closers")
    },
    "built": "'Step' object has no attribute 'built'; it is the built object already",
    "refreshUrl": "'Step' object has no attribute 'refreshUrl'; did you mean 'refresh_url'?",
    "layuot": "'Step' object has no attribute 'layuot'; did you mean 'layout'?",
    "nothing_like_it": "'Step' object has no attribute 'nothing_like_it'",
    "_private": "'Step' object has no attribute '_private'",
}


@pytest.mark.parametrize("name", NAMES)
def test_an_attribute_error_names_what_is_meant(name):
    assert message(lambda: getattr(Step(), name), AttributeError) == NAMES[name]
    assert not hasattr(Step(), name)
    assert getattr(Step(), name, None) is None


EXPORTS = {
    "Heading": "; did you mean 'HeadingLayout'?",
    "ListSchema": "; did you mean 'ArraySchema.List'?",
    "Button": "; did you mean 'ButtonLayout'?",
    "OnError": "; did you mean 'Polling.OnError'?",
    "dump": "; did you mean 'dumps'?",
    "StepBulder": "; did you mean 'StepBuilder'?",
    "zzz": "",
}


@pytest.mark.parametrize("name", EXPORTS)
def test_the_package_names_the_export_that_is_meant(name):
    told = message(lambda: getattr(stepdsl, name), AttributeError)
    assert told == f"module 'stepdsl' has no attribute {name!r}{EXPORTS[name]}"
    told = message(lambda: exec(f"from stepdsl import {name}"), ImportError)
    assert told == f"cannot import name {name!r} from 'stepdsl'{EXPORTS[name]}"
    assert not hasattr(stepdsl, name)


def test_modules_of_the_package_are_imported_as_usual():
    names: dict[str, Any] = {}
    exec("from stepdsl import server, testing, wire", names)
    assert names["server"].__name__ == "stepdsl.server"
    assert message(lambda: exec("import stepdsl.nothing"), ImportError) == "No module named 'stepdsl.nothing'"


def test_a_module_without_source_has_the_names_that_it_has():
    module = types.ModuleType("made_up")
    module.__dict__["title"] = "x"
    run_typing_imports_on_demand(module)
    assert vars(module)["title"] == "x"
    run_typing_imports_on_demand(module)  # a second model in the same module
    assert module.__dict__["title"] == "x"
