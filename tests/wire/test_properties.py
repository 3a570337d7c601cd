"""Properties of all generated documents: writing and reading loses nothing, and only WireError is raised."""

from __future__ import annotations

import contextlib
import copy
import datetime as dt
import json
import math
from collections.abc import Callable, Iterator
from random import Random
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, find, given, settings
from hypothesis import strategies as st
from hypothesis.errors import NoSuchExample

from stepdsl import (
    InvalidValueError,
    Schema,
    Step,
    WireError,
    dumps,
    from_dict,
    loads,
    to_dict,
)
from stepdsl.core.model import Model
from stepdsl.testing.strategies import steps
from stepdsl.testing.strategies.components import models
from stepdsl.testing.strategies.undocumented import discriminators
from tests.models import CONCRETE, UNIONS, by_wire_name, properties, tags, wire_names
from tests.strategies import examples, full, json_values, light, moderate, shallow
from tests.wire.libraries import LIBRARIES, json_library
from tests.wire.replay import rebuilt

TYPES = {**CONCRETE, **UNIONS}
libraries = pytest.mark.parametrize("library", LIBRARIES)  # once for all examples, so no fixture
only_generate = settings(
    moderate, max_examples=2000, phases=[Phase.generate], database=None, suppress_health_check=list(HealthCheck)
)


def same(one: Any, other: Any) -> bool:
    """Whether objects are equal, and also where Python takes 1, 1.0 and True for equal."""
    return one == other and hash(one) == hash(other) and dumps(one) == dumps(other) and type(one) is type(other)


# -- objects ------------------------------------------------------------------------------------------------------


@libraries
@given(step=steps())
@moderate
def test_a_step_is_read_as_it_was_written(library, step):
    with json_library(library):
        text = dumps(step)
        assert same(loads(text), step)
        assert same(loads(text.encode()), step)
        assert same(loads(dumps(step, indent=1)), step)


@pytest.mark.parametrize("name", TYPES)
@given(data=st.data())
@light
def test_an_object_of_each_type_is_read_as_it_was_written_and_can_be_built_again(name, data):
    made = data.draw(models(TYPES[name]))
    for library in LIBRARIES:
        with json_library(library):
            text = dumps(made)
            read = loads(text, TYPES[name])
            assert same(read, made)
            assert dumps(read) == text
    written = to_dict(made)
    assert json.dumps(written) == json.dumps(json.loads(dumps(made)))
    assert same(from_dict(written, TYPES[name]), made)
    if not type(made).__stepdsl__.unknown:
        assert same(rebuilt(made, Random(0)), made)
        assert same(rebuilt(made, data.draw(st.randoms(use_true_random=False))), made)


@given(step=steps(), chance=st.randoms(use_true_random=False))
@moderate
def test_builders_and_constructors_give_equal_steps(step, chance):
    assert same(rebuilt(step, chance), step)


@pytest.mark.parametrize("name", CONCRETE)
def test_every_property_is_generated(name):
    wanted = {*properties(CONCRETE[name]), "extra"}
    seen: set[str] = set()

    def all_seen(made: Model) -> bool:
        seen.update(made.__dict__)
        return seen >= wanted

    with contextlib.suppress(NoSuchExample):
        find(full(CONCRETE[name]), all_seen, settings=only_generate)
    assert sorted(wanted - seen) == []


@pytest.mark.parametrize(
    ("name", "wire"),
    [
        ("Navigation", "stackBehavior"),  # an enum
        ("InstructionsLayout.Item", "context"),  # a required one
        ("StringSchema", "autocompleteHint"),  # a list, of two enums
        ("SearchResult.Action", "image"),  # an object that a property distinguishes
    ],
)
def test_what_a_newer_generation_may_have_is_generated(name, wire):
    assert find(shallow(CONCRETE[name]), lambda made: wire in made.extra, settings=only_generate)


# -- extra properties that mean something --------------------------------------------------------------------------


def unions(cls: type[Model]) -> list[type[Model]]:
    """The union of which a type is a member, if any."""
    return [base for base in cls.__mro__ if "__stepdsl__" in base.__dict__ and base.__stepdsl__.union]


def sent_or_refused(cls: type[Model], values: dict[str, Any], extra: dict[str, Any]) -> None:
    """An object with these extra properties is refused, or it is read as what it is, on its own and in its union."""
    try:
        made = cls(**values, extra=extra)
    except InvalidValueError:
        return
    assert same(loads(dumps(made), cls), made)
    for union in unions(cls):
        assert same(loads(dumps(made), union), made)


@pytest.mark.parametrize("name", CONCRETE)
@given(data=st.data())
@light
def test_an_extra_property_that_means_something_is_refused_or_read_back(name, data):
    cls = CONCRETE[name]
    values = {prop: value for prop, value in data.draw(shallow(cls)).__dict__.items() if prop != "extra"}

    # a discriminator of one type on another
    names = {"type"}.union(*(discriminators(union) for union in unions(cls))).difference(wire_names(cls))
    known = {tag for union in unions(cls) for tag in tags(union)}
    discriminators_value = data.draw(st.sampled_from([*sorted(known), "heading", "unheard-of", 1, [], {}, None]))
    sent_or_refused(cls, values, {data.draw(st.sampled_from(sorted(names))): discriminators_value})

    # a documented name
    if wire_names(cls):
        wire = data.draw(st.sampled_from(sorted(wire_names(cls))))
        values.pop(by_wire_name(cls, wire).name, None)
        sent_or_refused(cls, values, {wire: data.draw(json_values())})


# -- documents ----------------------------------------------------------------------------------------------------


def read_or_refused(read: Callable[[], Any], cls: type) -> str:
    """Read something: the object can be written and read again, or the error has paths and reasons."""
    made: Any = None
    refused: WireError | None = None
    try:
        made = read()
    except WireError as error:
        refused = error
    if refused is not None:
        assert refused.problems
        assert all(type(part) is str for problem in refused.problems for part in problem)
        assert all(reason for _, reason in refused.problems)
        assert "\n" not in str(refused)
        return str(refused)
    assert isinstance(made, cls)
    text = dumps(made)
    assert same(loads(text, cls), made)
    assert same(loads(text, type(made)), made)
    return repr(made)


ODD = st.sampled_from(
    [
        *(None, True, 0, 2**63, -(2**63) - 1, 2**64, 1.5, "", "heading", "string", "unheard-of"),
        *([], {}, [None], [[]], [{}], [{"type": "paragraph", "text": "x"}], {"a": {"type": "string"}}),
        *({"type": tag} for tag in ("heading", "string", "action", None, [])),
        *({"const": 1}, {"oneOf": []}, {"action": {}}),
    ]
)
NAMES = st.sampled_from(
    sorted({"type", "extra", "", "link_handlers"}.union(*(wire_names(cls) for cls in CONCRETE.values())))
)
NO_JSON = st.sampled_from(
    [
        *(math.nan, math.inf, b"{}", dt.date(2020, 1, 1), object(), {1}, (1,), ({},), Step()),
        *({1: 2}, {None: 1}, {"\ud800": 1}, "\udfff"),
    ]
)


def containers(value: Any) -> Iterator[Any]:
    if isinstance(value, (dict, list)):
        yield value
        for part in value.values() if isinstance(value, dict) else value:
            yield from containers(part)


@st.composite
def damaged(draw: st.DrawFn, whole: st.SearchStrategy[Model], odd: st.SearchStrategy[Any]) -> Any:
    """A document of which some parts were changed: replaced, removed, added, or moved."""
    document = to_dict(draw(whole))
    for _ in range(draw(st.integers(1, 3))):
        parts = list(containers(document))
        into = parts[draw(st.integers(0, len(parts) - 1))]
        part = copy.deepcopy(draw(odd | st.sampled_from(parts)))
        if isinstance(into, list):
            at = draw(st.integers(0, len(into)))
            into[at : at + draw(st.integers(0, 1))] = [part] if draw(st.booleans()) else []
        else:
            name = draw(st.sampled_from(list(into)) | NAMES if into else NAMES)
            if draw(st.booleans()):
                into[name] = part
            else:
                into.pop(name, None)
    return document


@pytest.mark.parametrize("name", TYPES)
@given(data=st.data())
@light
def test_a_damaged_document_is_read_or_refused(name, data):
    document = data.draw(damaged(models(TYPES[name]), ODD | json_values()))
    outcomes = []
    before = json.dumps(document)
    outcomes.append(read_or_refused(lambda: from_dict(document, TYPES[name]), TYPES[name]))
    assert json.dumps(document) == before
    for library in LIBRARIES:
        with json_library(library):
            outcomes.append(read_or_refused(lambda: loads(before, TYPES[name]), TYPES[name]))
    assert outcomes[0] == outcomes[1] == outcomes[2]


@pytest.mark.parametrize("name", TYPES)
@given(data=st.data())
@light
def test_a_document_of_foreign_objects_is_read_or_refused(name, data):
    document = data.draw(damaged(models(TYPES[name], room=1), NO_JSON))
    read_or_refused(lambda: from_dict(document, TYPES[name]), TYPES[name])


@given(document=json_values(), name=st.sampled_from(sorted(TYPES)))
@settings(moderate, max_examples=examples(150))
def test_any_json_is_read_or_refused(document, name):
    outcomes = [read_or_refused(lambda: from_dict(document, TYPES[name]), TYPES[name])]
    for library in LIBRARIES:
        with json_library(library):
            outcomes.append(read_or_refused(lambda: loads(json.dumps(document), TYPES[name]), TYPES[name]))
    assert outcomes[0] == outcomes[1] == outcomes[2]


@given(
    document=st.recursive(
        ODD | json_values(), lambda inner: st.lists(inner, max_size=3) | st.dictionaries(NAMES, inner, max_size=4)
    ),
    name=st.sampled_from(sorted(TYPES)),
)
@settings(moderate, max_examples=examples(150))
def test_any_json_of_documented_names_is_read_or_refused(document, name):
    read_or_refused(lambda: from_dict(document, TYPES[name]), TYPES[name])


JSON_CHARACTERS = st.text(st.sampled_from('{}[]:,"\\ \n0123456789.-+eEtruefalsn$aid\u2028é'), max_size=30)


@given(text=st.binary(max_size=40) | st.text(max_size=40) | JSON_CHARACTERS | JSON_CHARACTERS.map(str.encode))
@settings(moderate, max_examples=examples(150))
def test_any_text_and_any_bytes_are_read_or_refused_alike(text):
    outcomes = []
    for library in LIBRARIES:
        with json_library(library):
            outcomes.append(read_or_refused(lambda: loads(text), Step))
    assert outcomes[0] == outcomes[1]


@given(step=steps(), data=st.data())
@moderate
def test_a_damaged_text_is_read_or_refused_alike(step, data):
    raw = bytearray(dumps(step).encode())
    for _ in range(data.draw(st.integers(1, 3))):
        at = data.draw(st.integers(0, len(raw)))
        raw[at : at + data.draw(st.integers(0, 3))] = data.draw(st.binary(max_size=3) | JSON_CHARACTERS.map(str.encode))
    outcomes = []
    for library in LIBRARIES:
        with json_library(library):
            outcomes.append(read_or_refused(lambda: loads(raw), Step))
    assert outcomes[0] == outcomes[1]


NUMBERS = st.from_regex(r"\A-?(0|[1-9][0-9]{0,24})(\.[0-9]{1,25})?([eE][+-]?[0-9]{1,2})?\Z")


@given(number=NUMBERS)
@settings(moderate, max_examples=examples(150))
def test_a_number_is_read_alike_by_both_libraries(number):
    outcomes = []
    for library in LIBRARIES:
        with json_library(library):
            outcomes.append(
                read_or_refused(lambda: repr(loads(f'{{"model":{number}}}')) and loads(f'{{"model":{number}}}'), Step)
            )
    assert outcomes[0] == outcomes[1]


def test_a_key_distinguishes_an_untagged_schema():
    assert discriminators(Schema) >= {"type", "const", "oneOf"}
