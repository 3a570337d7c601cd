"""Objects as values: frozen, compared by value, copied, pickled, shown."""

from __future__ import annotations

import copy
import pickle
import re
from typing import Any

import attrs
import pytest
from hypothesis import given

import stepdsl
from stepdsl import (
    UNSET,
    Action,
    ActionBehavior,
    AlertLayout,
    BoxLayout,
    ButtonLayout,
    ColumnsLayout,
    ConstSchema,
    Context,
    ErrorResponseBody,
    External,
    HeadingLayout,
    InvalidValueError,
    ObjectSchema,
    ParagraphLayout,
    Polling,
    Step,
    StepError,
    StringSchema,
    UnknownLayout,
    UnknownPropertyError,
    documented_types,
    dumps,
)
from stepdsl.core.json import FrozenDict
from stepdsl.core.model import Model
from stepdsl.testing.strategies import steps
from tests.model.refusal import refusal
from tests.models import CONCRETE
from tests.strategies import moderate
from tests.wire.samples import samples


def example() -> Step:
    """A step with a bit of everything."""
    return Step(
        id="a",
        layout=[
            HeadingLayout(text="x", size="lg", tags=["t"]),
            BoxLayout(components=[ParagraphLayout(text="y"), UnknownLayout(type="chart", extra={"z": [1]})]),
        ],
        schemas=[ObjectSchema(properties={"s": StringSchema(validation_messages={"pattern": "p"})})],
        model={"m": [1, {"n": None}]},
        polling=Polling(url="/", delay=1, max_attempts=2, on_error=Polling.OnError(action=Action(exit=True))),
        analytics={"k": "v"},
        extra={"newer": {"deep": []}},
    )


# -- frozen -------------------------------------------------------------------------------------------------------


def test_an_attribute_cannot_be_set_or_deleted():
    step = example()
    for spoil in (
        lambda: setattr(step, "title", "x"),
        lambda: setattr(step, "id", None),
        lambda: setattr(step, "extra", {}),
        lambda: setattr(step, "no_such", 1),
        lambda: setattr(step.polling, "url", "/x"),
        lambda: delattr(step, "id"),
        lambda: delattr(step, "title"),
    ):
        with pytest.raises(attrs.exceptions.FrozenInstanceError):
            spoil()
    assert step == example()


def test_lists_are_stored_as_tuples():
    step = example()
    assert type(step.layout) is tuple
    assert type(step.layout[0].tags) is tuple
    assert type(step.layout[1].components) is tuple
    assert isinstance(step.schemas[0].display_order, tuple)


CHANGES = [
    lambda mapping: mapping.__setitem__("a", 1),
    lambda mapping: mapping.__delitem__("k"),
    lambda mapping: mapping.update(a=1),
    lambda mapping: mapping.setdefault("a", 1),
    lambda mapping: mapping.setdefault("k"),
    lambda mapping: mapping.pop("k"),
    lambda mapping: mapping.popitem(),
    lambda mapping: mapping.clear(),
    lambda mapping: mapping.__ior__({"a": 1}),
]


@pytest.mark.parametrize("change", CHANGES)
@pytest.mark.parametrize("take", [lambda s: s.analytics, lambda s: s.extra, lambda s: s.schemas[0].properties])
def test_maps_refuse_changes(take, change):
    step = example()
    with pytest.raises(TypeError) as caught:
        change(take(step))
    assert str(caught.value) == "this mapping belongs to a frozen object; build a new one from a copy: dict(…)"
    assert step == example()


def test_all_methods_that_change_a_map_are_refused():
    changing = {name for name in set(dir(dict)) - set(dir(frozendict_like())) if not name.startswith("__")}
    changing |= {"__setitem__", "__delitem__", "__ior__"}
    assert {name for name in changing if getattr(FrozenDict, name) is getattr(dict, name)} == set()


def frozendict_like() -> Any:
    """A mapping of the standard library that cannot be changed."""
    return type(Model.__dict__)({})


def test_a_map_can_be_copied_and_combined():
    analytics = Step(analytics={"a": "1"}).analytics
    assert dict(analytics) == {"a": "1"}
    assert analytics | {"b": "2"} == {"a": "1", "b": "2"}
    assert type(analytics | {"b": "2"}) is dict
    assert type(analytics.copy()) is dict
    assert copy.copy(analytics) == analytics
    assert type(copy.copy(analytics)) is type(copy.deepcopy(analytics)) is FrozenDict
    assert pickle.loads(pickle.dumps(analytics)) == analytics
    assert type(pickle.loads(pickle.dumps(analytics))) is FrozenDict


def test_the_default_extra_cannot_be_changed():
    with pytest.raises(TypeError, match="belongs to a frozen object"):
        Step().extra["a"] = 1
    assert Step.extra == {}


# -- mutable inputs -----------------------------------------------------------------------------------------------


def test_what_was_given_may_be_changed_afterwards():
    data = {"a": [1, {"b": 2}]}
    layout = [HeadingLayout(text="x")]
    tags = ["t"]
    analytics = {"k": "v"}
    properties = {"s": StringSchema()}
    extra = {"newer": {"deep": [1]}}
    step = Step(
        layout=[*layout, HeadingLayout(text="y", tags=tags)],
        schemas=[ObjectSchema(properties=properties)],
        model=data,
        analytics=analytics,
        extra=extra,
    )
    before = dumps(step)
    data["a"][1]["b"] = 3
    data["a"].append(4)
    layout.clear()
    tags.append("u")
    analytics["k"] = "w"
    properties["t"] = StringSchema()
    extra["newer"]["deep"].append(2)
    extra["other"] = 1
    assert dumps(step) == before


def test_a_given_list_is_not_changed():
    layout = [HeadingLayout(text="x")]
    Step(layout=layout)
    assert layout == [HeadingLayout(text="x")]


# -- attrs --------------------------------------------------------------------------------------------------------


def test_evolve_makes_a_changed_copy():
    polling = example().polling
    changed = attrs.evolve(polling, url="/new", delay=None, interval=3)
    assert changed == Polling(url="/new", interval=3, max_attempts=2, on_error=polling.on_error)
    assert polling.url == "/"
    assert attrs.evolve(polling) == polling
    assert attrs.evolve(Action(result=None), url="/") == Action(url="/", result=None)
    assert attrs.evolve(Action(result=1), result=UNSET) == Action()


def test_evolve_checks_its_values():
    polling = example().polling
    assert refusal(lambda: attrs.evolve(polling, url=5)) == "Polling.url: expected a string, got 5"
    assert refusal(lambda: attrs.evolve(polling, delay=None)) == "Polling: missing: interval or delay"
    assert refusal(lambda: attrs.evolve(polling, urll=5), UnknownPropertyError) == (
        "Polling.urll: no such property; did you mean 'url'?"
    )


@given(step=steps())
@moderate
def test_evolve_without_changes_makes_an_equal_object(step):
    again = attrs.evolve(step)
    assert again == step
    assert again is not step
    assert dumps(again) == dumps(step)
    assert attrs.evolve(step, title="new").title == "new"


@pytest.mark.parametrize("name", CONCRETE)
def test_each_type_is_an_attrs_class(name):
    cls = CONCRETE[name]
    assert attrs.has(cls)
    for attribute in attrs.fields(cls):
        assert attribute.kw_only
        assert attribute.type
    assert attrs.fields_dict(cls).keys() == {attribute.name for attribute in attrs.fields(cls)}
    for made in samples(name):
        assert attrs.evolve(made) == made
        assert attrs.asdict(made, recurse=False) == {
            attribute.name: getattr(made, attribute.name) for attribute in attrs.fields(cls)
        }


# -- equality -----------------------------------------------------------------------------------------------------


def test_objects_are_equal_if_their_values_and_types_are():
    assert example() == example()
    assert example() != attrs.evolve(example(), id="b")
    assert Action() != ErrorResponseBody()
    assert Action(exit=None) == Action()
    assert Action(exit=False) != Action()
    assert Action() != "Action()"
    assert Action() != {}
    assert (Action() == None) is False  # noqa: E711  # what an author may write
    assert HeadingLayout(text="x", extra={"a": 1, "b": 2}) == HeadingLayout(text="x", extra={"b": 2, "a": 1})
    assert ObjectSchema(properties={}, display_order=["a"]) != ObjectSchema(properties={}, display_order=["b"])
    assert Action(data=[1, 2]) != Action(data=[2, 1])
    assert Action(data={}) != Action(data=[])


def test_an_enum_member_and_its_string_make_equal_objects():
    assert AlertLayout(markdown="x", context="warning") == AlertLayout(markdown="x", context=Context.WARNING)


def test_equal_objects_have_equal_hashes():
    assert hash(example()) == hash(example())
    assert len({example(), example(), attrs.evolve(example(), id="b")}) == 2
    assert len({Action(), ErrorResponseBody(), External(url="/")}) == 3
    one, other = Action(data={"a": 1, "b": [1]}), Action(data={"b": [1], "a": 1})
    assert one == other
    assert hash(one) == hash(other)
    assert hash(Action(data={"a": {}})) != hash(Action(data={"a": []}))


@given(step=steps())
@moderate
def test_a_copy_is_equal_and_has_the_same_hash(step):
    for twin in (copy.copy(step), copy.deepcopy(step), pickle.loads(pickle.dumps(step))):
        assert twin == step
        assert hash(twin) == hash(step)
        assert dumps(twin) == dumps(step)


# -- copies and pickles -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", CONCRETE)
def test_an_object_of_each_type_survives_pickling(name):
    for made in samples(name):
        for protocol in range(pickle.HIGHEST_PROTOCOL + 1):
            read = pickle.loads(pickle.dumps(made, protocol))
            assert read == made, protocol
            assert type(read) is type(made)
            assert dumps(read) == dumps(made)


def test_unset_is_one_object():
    assert pickle.loads(pickle.dumps(UNSET)) is UNSET
    assert copy.copy(UNSET) is copy.deepcopy(UNSET) is UNSET
    assert pickle.loads(pickle.dumps(StepError())).validation is UNSET
    assert copy.deepcopy(StepError()).validation is UNSET


def test_a_deep_copy_has_no_part_that_can_change():
    def make() -> Step:
        return Step(
            layout=[UnknownLayout(type="x", extra={"y": [1]})],
            schemas=[ObjectSchema(properties={"c": ConstSchema(value={"d": [1]})})],
            model={"m": [1]},
            polling=Polling(url="/", delay=1, max_attempts=1, on_error=Polling.OnError(action=Action(data=[1]))),
            extra={"newer": {"deep": [1]}},
        )

    step = make()
    twin = copy.deepcopy(step)
    for part in (
        twin.layout[0].extra["y"],
        twin.schemas[0].properties["c"].value["d"],
        twin.model["m"],
        twin.polling.on_error.action.data,
        twin.extra["newer"]["deep"],
    ):
        assert part == [1]
        with pytest.raises(TypeError):
            part.append("spoilt")
    assert step == make()


def test_copies_stay_frozen():
    for twin in (copy.copy(example()), copy.deepcopy(example()), pickle.loads(pickle.dumps(example()))):
        with pytest.raises(attrs.exceptions.FrozenInstanceError):
            twin.id = "b"
        with pytest.raises(TypeError):
            twin.analytics["k"] = "w"
        assert type(twin.layout) is tuple


def deepest() -> Step:
    data: Any = []
    for _ in range(99):
        data = [data]
    box = BoxLayout(components=[ButtonLayout(title="x", behavior=ActionBehavior(action=Action(data=data)))])
    for _ in range(99):
        box = BoxLayout(components=[box])
    return Step(layout=[box])


@pytest.mark.parametrize(
    "twin",
    [
        copy.copy,
        copy.deepcopy,
        lambda step: pickle.loads(pickle.dumps(step)),
        attrs.evolve,
    ],
    ids=["copy", "deepcopy", "pickle", "evolve"],
)
def test_the_deepest_objects_can_be_copied(twin):
    assert twin(deepest()) == deepest()
    assert hash(twin(deepest())) == hash(deepest())


# -- repr ---------------------------------------------------------------------------------------------------------

SHOWN = [
    (Action(), "Action()"),
    (Action(url="/", exit=False, data=None), "Action(url='/', exit=False, data=None)"),
    (Step(), "Step(layout=(), schemas=())"),
    (
        Polling(url="/", delay=1, max_attempts=2, on_error=Polling.OnError(action=Action(exit=True))),
        "Polling(url='/', delay=1, max_attempts=2, on_error=Polling.OnError(action=Action(exit=True)))",
    ),
    (
        ObjectSchema(properties={"a b": StringSchema(min_length=1)}),
        "ObjectSchema(properties={'a b': StringSchema(min_length=1)}, display_order=('a b',))",
    ),
    (UnknownLayout(type="x", extra={"y": [1]}), "UnknownLayout(type='x', extra={'y': [1]})"),
]


@pytest.mark.parametrize(("made", "text"), SHOWN, ids=[text for _, text in SHOWN])
def test_repr_shows_what_was_given(made, text):
    assert repr(made) == text


def namespace() -> dict[str, Any]:
    names = {name.partition(".")[0] for name in (*documented_types(), *stepdsl.documented_enums())}
    unknown = {name for name in dir(stepdsl) if name.startswith("Unknown")}
    return {name: getattr(stepdsl, name) for name in names | unknown} | {"UNSET": UNSET}


def with_plain_strings(text: str) -> str:
    """A text in which the members of enums are their strings, which come to the same."""
    return re.sub(r"<[A-Za-z0-9_.]+: ('[^']+')>", r"\1", text)


@pytest.mark.parametrize("name", CONCRETE)
def test_repr_can_be_evaluated(name):
    for made in samples(name):
        assert eval(with_plain_strings(repr(made)), namespace()) == made


@given(step=steps())
@moderate
def test_repr_of_any_step_can_be_evaluated(step):
    assert eval(with_plain_strings(repr(step)), namespace()) == step


def test_repr_with_members_of_enums_can_be_evaluated():
    alert = AlertLayout(markdown="x", context="warning")
    bias = ColumnsLayout(left=[], right=[], bias="left")
    assert eval(repr(alert), namespace()) == alert
    assert eval(repr(bias), namespace()) == bias


def test_a_pickle_is_checked_when_it_is_read():
    rebuild, (cls, values) = Action(url="/").__reduce__()
    with pytest.raises(InvalidValueError, match=r"^Action\.url: expected a string, got 5$"):
        rebuild(cls, {**values, "url": 5})
