"""The models against what later pages have, tests/facts/core2.json: what was seen is there, what was not is marked."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from stepdsl import Generation, documented_types
from stepdsl.core.docstrings import field_docstring
from stepdsl.core.fields import FIELDS, Field
from stepdsl.core.types import find, members
from tests.model.test_facts import TYPES as CORE
from tests.model.test_facts import documented

FACTS = Path(__file__).parent.parent / "facts" / "core2.json"
TYPES: dict[str, dict[str, Any]] = json.loads(FACTS.read_text("utf-8"))["types"]

UNSEEN = {"recalled", "inferred", "nav"}
"""Sources that are no page."""

NOT_ON_THE_WIRE = {"Upload": "a set of properties of blobs and strings", "Image": "deduced as a whole, see ImageLayout"}

OURS = {
    # without a property that no page shows the type would be of no use; most of these types are known by name only
    *("CopyBehavior", "LinkBehavior", "ModalBehavior", "SubflowBehavior", "InlineAlert"),
    *("Media.Avatar.Content.Text", "ModalLayout", "ModalLayout.Content", "ModalLayout.Trigger"),
    *("SectionLayout", "SectionLayout.CallToAction", "TabsLayout", "TabsLayout.Item"),
    *("ModalResponseBody", "SearchResultsResponseBody", "SearchLayoutResponseBody"),
    *("SearchInitialResultsConfig", "SearchInitialLayoutConfig"),
    *("Suggestions", "Suggestions.Value", "Toolbar", "Toolbar.Item"),
}
UNSEEN_PROPERTIES = {
    ("Step", "toolbar"): "the place of a type whose name was seen",
    ("Summary.Summariser", "defaultMedia"): "goes with providesMedia, which was seen",
    ("ReviewLayout.CallToAction", "behavior"): "took the place of the action everywhere else",
}
COMMON = {"additionalText", "inlineAlert", "media", "suggestions"}
"""Properties of schemas: seen in some of them, and taken to be common."""


def wire_names(name: str) -> dict[str, Field]:
    return FIELDS[documented_types()[name]].by_wire_name


def is_seen(fact: dict[str, Any]) -> bool:
    return not set(fact["source"]) <= UNSEEN


SEEN = [
    (name, wire)
    for name, facts in TYPES.items()
    for wire, fact in facts.items()
    if is_seen(fact) and name not in NOT_ON_THE_WIRE and wire != "type"
]


@pytest.mark.parametrize(("name", "wire"), SEEN)
def test_what_was_seen_is_there(name, wire):
    cls: type[Any] = documented_types()[name]
    classes = [find(member) for member in members(name).values()] if cls.__stepdsl__.union else [cls]
    for one in classes:
        found = FIELDS[one].by_wire_name.get(wire)
        assert found is not None, f"{name} has no {wire}"
        assert TYPES[name][wire]["type"] in {*documented(found), *synonyms(found)}


def synonyms(found: Field) -> set[str]:
    """What else the later pages call the type of a property."""
    return {
        "AnyMedia": {"Media"},
        "AnyAvatarContent": {"Array<Media.Avatar.Content>"},
        "Source": {"Upload.Source"},
    }.get("" if found.kind.value == "any JSON value" else found.member.__name__, set())


BUILT = [
    (name, wire)
    for name in documented_types()
    if not documented_types()[name].__stepdsl__.union
    for wire in wire_names(name)
    if wire not in CORE.get(name, {"properties": {}})["properties"]
]


@pytest.mark.parametrize(("name", "wire"), BUILT)
def test_what_is_there_was_seen_or_says_that_it_was_not(name, wire):
    cls: type[Any] = documented_types()[name]
    fact = TYPES.get(name, {}).get(wire) or TYPES["Layout"].get(wire) or CORE["Layout"]["properties"].get(wire)
    assert fact is not None, f"no page has {name}.{wire}, and nobody remembers it"
    if "source" not in fact or is_seen(fact) or wire in TYPES["Layout"]:
        return
    held = wire_names(name)[wire]
    if (name, wire) not in UNSEEN_PROPERTIES and wire not in COMMON and wire not in CORE["Layout"]["properties"]:
        assert name in OURS
    told = f"{field_docstring(cls, held.name)} {cls.__doc__}".lower()
    assert any(words in told for words in ("on no page", "deduced", "was not seen", "was seen on a page"))


@pytest.mark.parametrize("name", sorted(set(TYPES) & set(documented_types())))
def test_a_property_of_the_latest_pages_alone_is_marked(name):
    """In a type that both generations have; the docstring of any other says it of all its properties."""
    if name not in CORE or documented_types()[name].__stepdsl__.union:
        return
    beyond = set(TYPES[name]) - {"type"}
    later = {wire for wire, held in wire_names(name).items() if wire in beyond and held.generation is Generation.BOTH}
    for wire in later:
        assert {"v1", "latest-example", "latest"} & set(TYPES[name][wire]["source"]), wire


def test_every_listed_exception_is_one():
    assert {name for name in OURS if name not in documented_types()} == set()
    for name, wire in UNSEEN_PROPERTIES:
        assert not is_seen(TYPES[name][wire])
