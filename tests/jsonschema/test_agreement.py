"""A document is valid exactly if `loads` reads it: each property, and each way to tell a type, in turn."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import product
from typing import Any

import pytest

from stepdsl.core.annotations import Kind
from stepdsl.core.fields import FIELDS, Field
from stepdsl.core.json import INT_MAX, INT_MIN
from stepdsl.core.types import arrays, keys, tags
from tests.jsonschema.judges import CONCRETE, TYPES, UNIONS, agree

NOTHING: Any = object()
"""Stands for a property that is left out."""

SCALARS = (None, True, 7, 1.5, "x", "", INT_MIN, INT_MAX)
HEADING = {"type": "heading", "text": "x"}
PROBES = (
    NOTHING,
    *SCALARS,
    *([], {}, [None], [7], ["x"], [[]], [{}], [HEADING], ["x", 7]),
    *({"a": None}, {"a": 7}, {"a": "x"}, {"a": {}}, {"a": {"const": 1}}, {"": "x"}),
    *({"type": None}, {"type": 7}, {"type": "unheard-of", "a": 1}, {"type": "heading"}, HEADING),
    *({"type": "action"}, {"type": "action", "action": {}}, {"action": {}}, {"exit": True}, {"exit": "yes"}),
    *({"url": "x"}, {"url": None}, {"url": 7}, {"url": "x", "type": "image"}, {"text": "x"}, {"name": "x", "text": 7}),
    *({"const": None}, {"oneOf": None}, {"oneOf": []}, {"allOf": [], "oneOf": 7}, {"allOf": None, "const": 1}),
    *({"type": "array", "items": []}, {"type": "array", "items": {}}, {"type": "string", "title": 7}),
)
FEW = (NOTHING, None, 7, [], {}, HEADING)
"""For properties of a sort that another type has as well."""


def sort_of(held: Field) -> tuple[object, ...]:
    return held.kind, held.annotation, held.required, held.recognised_by


FIRST = {
    sort_of(held): (name, held.wire)
    for name, cls in reversed(CONCRETE.items())
    for held in FIELDS[cls].by_name.values()
}
"""The first property of each sort: its type and its name."""


def smallest(cls: type[Any]) -> dict[str, Any]:
    """A document of a type with nothing that it can do without."""
    definition = FIELDS[cls]
    if cls.__stepdsl__.union:
        return {"type": "unheard-of"}
    document = {} if definition.options.tag is None else {"type": definition.options.tag}
    groups = [group[0] for group in definition.options.any_of]
    for name, held in definition.by_name.items():
        if held.required or name in groups:
            document[held.wire] = smallest_value(held)
    return document


def smallest_value(held: Field) -> Any:
    match held.kind:
        case Kind.OBJECT:
            return smallest(held.member)
        case Kind.LIST | Kind.SCALARS:
            return []
        case Kind.MAP | Kind.SCALAR_MAP:
            return {}
        case Kind.JSON:
            return None
        case Kind.ENUM:
            return next(iter(held.member)).value
        case _:
            return {str: "x", int: 1, float: 1.5, bool: True}[held.member]


def with_one_changed(document: dict[str, Any], wire: str, probes: Sequence[Any]) -> Iterator[dict[str, Any]]:
    """The document with each probe in the place of a property."""
    rest = {name: value for name, value in document.items() if name != wire}
    for probe in probes:
        yield rest if probe is NOTHING else {**rest, wire: probe}


def test_the_smallest_document():
    for name, cls in CONCRETE.items():
        assert agree(smallest(cls), name)


@pytest.mark.parametrize("name", CONCRETE)
def test_each_property(name):
    definition = FIELDS[CONCRETE[name]]
    for held in definition.by_name.values():
        probes = PROBES if FIRST[sort_of(held)] == (name, held.wire) else FEW
        for document in with_one_changed(smallest(definition.cls), held.wire, probes):
            agree(document, name)


@pytest.mark.parametrize("name", CONCRETE)
def test_what_is_no_property_or_tells_another_type(name):
    definition = FIELDS[CONCRETE[name]]
    telling = () if definition.union is None else keys(definition.union.__qualname__)
    for wire in {"type", "items", *telling, "unheardOf"} - set(definition.by_wire_name):
        for document in with_one_changed(smallest(definition.cls), wire, (*FEW, "x", definition.options.tag)):
            agree(document, name)


def test_what_is_no_object():
    for name, value in product(TYPES, (*SCALARS, [], [{}])):
        assert not agree(value, name)


# -- which member of a union a document is taken for --------------------------------------------------------------


def told_in_all_ways(union: str, types: Sequence[Any]) -> Iterator[dict[str, Any]]:
    """Documents with every mixture of what tells the members of a union apart, right and wrong."""
    choices: dict[str, Sequence[Any]] = {
        "type": types,
        "unheardOf": (NOTHING, None),
        "title": (NOTHING, "x"),
    }
    choices |= {array: (NOTHING, [], [7], {"type": "x"}) for array, _ in arrays(union).values()}
    for key, member in keys(union).items():
        choices[key] = (NOTHING, None, smallest_value(FIELDS[CONCRETE[member]].by_wire_name[key]))
    for values in product(*choices.values()):
        yield {wire: value for wire, value in zip(choices, values, strict=True) if value is not NOTHING}


@pytest.mark.parametrize("name", UNIONS)
def test_what_tells_members_apart(name):
    types = (NOTHING, None, 7, ["x"], "", "unheard-of", *list(tags(name))[:2], *arrays(name))
    judged = {agree(document, name) for document in told_in_all_ways(name, types)}
    assert judged == {True, False}


@pytest.mark.parametrize("name", UNIONS)
def test_what_a_member_told_by_a_property_may_not_hold(name):
    for member, document in product(keys(name).values(), told_in_all_ways(name, (NOTHING, None, "x"))):
        agree(document, member)


@pytest.mark.parametrize("name", UNIONS)
def test_a_known_tag_holds_a_document_to_its_type(name):
    for tag, member in tags(name).items():
        document = smallest(CONCRETE[member])
        assert agree(document, name)
        for wire in document.keys() - {"type"}:
            assert not agree({**document, wire: [[]]}, name)
            assert agree({**document, wire: [[]], "type": f"{tag}-2"}, name)
