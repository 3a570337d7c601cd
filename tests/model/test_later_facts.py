"""Compares the models, and the sources in their metadata, with the facts of later pages, tests/facts/core2.json."""

from __future__ import annotations

import inspect
import json
from pathlib import Path
from typing import Any

import pytest

from stepdsl import Generation, LayoutProperties, SchemaProperties, documented_types
from stepdsl.core.fields import FIELDS, Field
from stepdsl.core.provenance import Source
from stepdsl.core.types import find, members
from tests.model.test_facts import CORE2_TYPES, LATER_TYPES, NEWER_TYPES, documented, is_newer
from tests.model.test_facts import TYPES as CORE

FACTS = Path(__file__).parent.parent / "facts" / "core2.json"
TYPES: dict[str, dict[str, Any]] = json.loads(FACTS.read_text("utf-8"))["types"]

UNSEEN = {"recalled", "inferred", "nav"}
"""Sources that are not a page."""
EXAMPLES = {"examples", "latest-example", "features"}
"""Sources that are only examples."""

NOT_ON_THE_WIRE = {"Upload": "a set of properties of blobs and strings", "Image": "deduced as a whole, see ImageLayout"}

OURS = {
    # These types need a property that no page shows. Of most of them only the name was seen.
    *("CopyBehavior", "LinkBehavior", "ModalBehavior", "SubflowBehavior", "InlineAlert"),
    *("Media.Avatar.Content.Text", "ModalLayout", "ModalLayout.Content", "ModalLayout.Trigger"),
    *("SectionLayout", "SectionLayout.CallToAction", "TabsLayout", "TabsLayout.Item"),
    *("ModalResponseBody", "SearchResultsResponseBody", "SearchLayoutResponseBody"),
    *("SearchInitialResultsConfig", "SearchInitialLayoutConfig"),
    *("Suggestions", "Suggestions.Value", "Toolbar", "Toolbar.Item"),
}
UNSEEN_PROPERTIES = {
    ("Step", "toolbar"): "has a type whose name was seen",
    ("Summary.Summariser", "defaultMedia"): "belongs to providesMedia, which was seen",
    ("ReviewLayout.CallToAction", "behavior"): "replaces the action in all other types",
}
SHARED = {
    # declared once for several types
    ("Summary.Summariser", "providesMedia"): "the page of Summary.Provider has it",
}
WITHOUT_PROPERTIES = {"DividerLayout"}
"""Types that were seen, and have a tag and no properties of their own."""
UNSEEN_SOURCES = {Source.RECALLED, Source.DEDUCED, Source.TYPE_NAME}
"""The sources of properties that were seen on no page."""
COMMON_SOURCES = {
    "additionalText": Source.DEDUCED_NAME,
    "analyticsId": Source.SOME,
    "inlineAlert": Source.DEDUCED_TYPE,
    "media": Source.SOME,
    "suggestions": Source.TYPE_NAME,
    "tags": Source.DEDUCED_NAME,
}
"""The sources of the common properties of schemas and layouts. The facts about them differ between the types."""
UNSEEN_TYPES = {Source.RECALLED, Source.NAME_ONLY, Source.NO_OWN_PAGE, Source.NO_PROPERTIES, Source.MENTIONED}
"""The sources of types none of whose properties were seen."""


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
def test_each_property_of_the_later_pages_is_modelled(name, wire):
    cls: type[Any] = documented_types()[name]
    classes = [find(member) for member in members(name).values()] if cls.__stepdsl__.union else [cls]
    for one in classes:
        found = FIELDS[one].by_wire_name.get(wire)
        assert found is not None, f"{name} has no {wire}"
        assert TYPES[name][wire]["type"] in {*documented(found), *synonyms(found)}


def synonyms(found: Field) -> set[str]:
    """Return other names of the later pages for the type of a property."""
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


def fact_of(name: str, wire: str) -> dict[str, Any] | None:
    """Return the fact about a property, or about the common property of layouts."""
    return TYPES.get(name, {}).get(wire) or TYPES["Layout"].get(wire) or CORE["Layout"]["properties"].get(wire)


def is_inherited(name: str, wire: str) -> bool:
    """Return whether a base class of schemas or layouts declares the property."""
    cls: type[Any] = documented_types()[name]
    own = inspect.get_annotations(cls)
    return issubclass(cls, (SchemaProperties, LayoutProperties)) and wire_names(name)[wire].name not in own


def expected_sources(name: str, wire: str) -> set[Source]:
    """Return the sources that a property can have, by its fact."""
    if is_inherited(name, wire):
        return {COMMON_SOURCES.get(wire, Source.PAGE)}
    fact = fact_of(name, wire)
    assert fact is not None
    if not is_seen(fact):
        return UNSEEN_SOURCES
    if "inferred-name" in fact["source"]:
        return {Source.DEDUCED_NAME}
    return {Source.EXAMPLE} if set(fact["source"]) <= EXAMPLES | UNSEEN else {Source.PAGE}


@pytest.mark.parametrize(("name", "wire"), BUILT)
def test_each_modelled_property_has_a_fact_or_another_source(name, wire):
    cls: type[Any] = documented_types()[name]
    field = wire_names(name)[wire]
    if is_newer(name, field):
        assert TYPES.get(name, {}).get(wire) is None, f"{name}.{wire} is in the facts, so it is no later property"
        return
    fact = fact_of(name, wire)
    assert fact is not None, f"no page has {name}.{wire}, and the facts do not have it either"
    if "source" in fact and not is_seen(fact) and not is_inherited(name, wire):
        assert name in OURS or (name, wire) in UNSEEN_PROPERTIES
    if (name, wire) in SHARED:
        assert field.source is Source.PAGE
    elif field.source is Source.PAGE and cls.__stepdsl__.source is Source.EXAMPLE:  # the type says it of its properties
        assert expected_sources(name, wire) == {Source.EXAMPLE}
    elif field.source is Source.PAGE and cls.__stepdsl__.source is Source.NO_OWN_PAGE:
        assert set(fact["source"]) == {"inferred"}
    else:
        assert field.source in expected_sources(name, wire)


@pytest.mark.parametrize("name", sorted((CORE2_TYPES | LATER_TYPES) - NEWER_TYPES))
def test_a_type_has_the_source_that_its_facts_have(name):
    source = documented_types()[name].__stepdsl__.source
    properties = [fact for wire, fact in TYPES.get(name, {}).items() if wire != "type"]
    tag = TYPES.get(name, {}).get("type")
    if not any(map(is_seen, properties)) and (tag is None or not is_seen(tag)):
        assert source in UNSEEN_TYPES or (source is Source.NO_TAG and name in WITHOUT_PROPERTIES)
    elif tag is not None and not is_seen(tag):
        assert source is Source.NO_TAG
    elif all(set(fact["source"]) <= EXAMPLES | UNSEEN for fact in properties):
        assert source is (Source.EXAMPLE if tag is None else Source.PAGE)
    else:
        assert source is Source.PAGE


@pytest.mark.parametrize("name", sorted(set(TYPES) & set(documented_types())))
def test_a_property_of_the_latest_pages_alone_is_marked(name):
    """This is about types of both generations. In a type of core2, all properties are of core2."""
    if name not in CORE or documented_types()[name].__stepdsl__.union:
        return
    beyond = set(TYPES[name]) - {"type"}
    later = {wire for wire, field in wire_names(name).items() if wire in beyond and field.generation is Generation.BOTH}
    for wire in later:
        assert {"v1", "latest-example", "latest"} & set(TYPES[name][wire]["source"]), wire


def test_every_listed_exception_is_an_exception():
    assert {name for name in OURS if name not in documented_types()} == set()
    for name, wire in UNSEEN_PROPERTIES:
        assert not is_seen(TYPES[name][wire])
    for name, wire in SHARED:
        assert set(TYPES[name][wire]["source"]) <= EXAMPLES | UNSEEN
        assert not set(TYPES["Summary.Provider"][wire]["source"]) <= EXAMPLES | UNSEEN
    for name in WITHOUT_PROPERTIES:
        assert set(TYPES[name]) == {"type"}
    assert COMMON_SOURCES.keys() == {wire for name, wire in BUILT if is_inherited(name, wire)} - {"control", "margin"}
