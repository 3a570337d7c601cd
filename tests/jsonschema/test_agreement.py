"""A document is valid exactly if `loads` reads it: each property and each discriminator in turn."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import product
from typing import Any

import pytest

from stepdsl.core.json import INT_MAX, INT_MIN
from tests.jsonschema.acceptance import CONCRETE, TYPES, UNIONS, agree
from tests.models import Property, arrays, by_wire_name, keys, properties, tag, tags, union_of, wire_names
from tests.wire.samples import smallest, smallest_value

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


def sort_of(prop: Property) -> tuple[object, ...]:
    return prop.kind, prop.annotation, prop.required, prop.recognised_by


FIRST = {
    sort_of(prop): (name, prop.wire) for name, cls in reversed(CONCRETE.items()) for prop in properties(cls).values()
}
"""The first property of each sort: its type and its name."""


def with_one_changed(document: dict[str, Any], wire: str, probes: Sequence[Any]) -> Iterator[dict[str, Any]]:
    """The document with each probe as the value of a property."""
    rest = {name: value for name, value in document.items() if name != wire}
    for probe in probes:
        yield rest if probe is NOTHING else {**rest, wire: probe}


def test_the_smallest_document_of_each_type_is_accepted():
    for name, cls in CONCRETE.items():
        assert agree(smallest(cls), name)


@pytest.mark.parametrize("name", CONCRETE)
def test_json_schema_accepts_what_loads_accepts_for_each_property(name):
    cls = CONCRETE[name]
    for prop in properties(cls).values():
        probes = PROBES if FIRST[sort_of(prop)] == (name, prop.wire) else FEW
        for document in with_one_changed(smallest(cls), prop.wire, probes):
            agree(document, name)


@pytest.mark.parametrize("name", CONCRETE)
def test_json_schema_accepts_what_loads_accepts_for_names_of_other_types(name):
    cls = CONCRETE[name]
    union = union_of(cls)
    discriminators = () if union is None else keys(union)
    for wire in {"type", "items", *discriminators, "unheardOf"} - set(wire_names(cls)):
        for document in with_one_changed(smallest(cls), wire, (*FEW, "x", tag(cls))):
            agree(document, name)


def test_a_value_that_is_no_object_is_refused():
    for name, value in product(TYPES, (*SCALARS, [], [{}])):
        assert not agree(value, name)


# -- which member of a union a document is taken for --------------------------------------------------------------


def all_mixtures(union: type[Any], types: Sequence[Any]) -> Iterator[dict[str, Any]]:
    """Documents with every mixture of discriminators of a union, right and wrong."""
    choices: dict[str, Sequence[Any]] = {
        "type": types,
        "unheardOf": (NOTHING, None),
        "title": (NOTHING, "x"),
    }
    choices |= {array: (NOTHING, [7], {"type": "x"}) for array, _ in arrays(union).values()}
    for key, member in keys(union).items():
        choices[key] = (NOTHING, None, smallest_value(by_wire_name(member, key)))
    for values in product(*choices.values()):
        yield {wire: value for wire, value in zip(choices, values, strict=True) if value is not NOTHING}


@pytest.mark.parametrize("name", UNIONS)
def test_json_schema_accepts_what_loads_accepts_for_discriminators(name):
    types = (NOTHING, None, ["x"], "unheard-of", *list(tags(UNIONS[name]))[:2], *arrays(UNIONS[name]))
    judged = {agree(document, name) for document in all_mixtures(UNIONS[name], types)}
    assert judged == {True, False}


@pytest.mark.parametrize("name", UNIONS)
def test_json_schema_accepts_what_loads_accepts_for_members_with_a_key(name):
    for member, document in product(keys(UNIONS[name]).values(), all_mixtures(UNIONS[name], (NOTHING, None, "x"))):
        agree(document, member.__qualname__)


@pytest.mark.parametrize("name", UNIONS)
def test_a_document_with_a_known_tag_must_fit_its_type(name):
    for tag_of_member, member in tags(UNIONS[name]).items():
        document = smallest(member)
        assert agree(document, name)
        for wire in document.keys() - {"type"}:
            assert not agree({**document, wire: [[]]}, name)
            assert agree({**document, wire: [[]], "type": f"{tag_of_member}-2"}, name)
