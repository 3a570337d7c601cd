"""Compares the models with the documented facts of the core generation, tests/facts/core.json, in both directions."""

from __future__ import annotations

import copy
import json
import re
from enum import Enum
from pathlib import Path
from typing import Any

import pytest

from stepdsl import Generation, documented_enums, documented_types
from stepdsl.core.annotations import Kind
from stepdsl.core.docstrings import field_docstring
from stepdsl.core.fields import FIELDS, Field
from stepdsl.core.model import Model
from stepdsl.core.provenance import Source
from stepdsl.core.types import find, members

FACTS: dict[str, Any] = json.loads((Path(__file__).parent.parent / "facts" / "core.json").read_text("utf-8"))
TYPES: dict[str, Any] = FACTS["types"]
ENUMS: dict[str, Any] = FACTS["enums"]

CORE2_TYPES = {
    *("Behavior", "ActionBehavior", "CopyBehavior", "DismissBehavior", "LinkBehavior", "ModalBehavior"),
    *("RefreshBehavior", "SubflowBehavior", "LaunchConfig", "NativeLaunchConfig"),
    *("DividerLayout", "MediaLayout", "SectionLayout", "SectionLayout.CallToAction", "TabsLayout", "TabsLayout.Item"),
    *("Media.Image", "Media.Avatar", "Media.Avatar.Content.Uri", "Media.Avatar.Content.Text"),
    *("InlineAlert", "SupportingValues", "Suggestions", "Suggestions.Value", "Toolbar", "Toolbar.Item"),
    *("SearchResponse", "SearchResultsResponseBody", "SearchLayoutResponseBody", "SearchInitialState"),
    *("SearchInitialResultsConfig", "SearchInitialLayoutConfig"),
    *("ModalResponseBody", "NoOpResponseBody", "SubflowResponseBody"),
}
CORE2_ENUMS = {"HttpMethod", "AutocompleteToken"}
"""Names that only the latest pages have. The facts do not have them."""

LATER_TYPES = {
    *("ListLayout", "ListLayout.Item", "ModalLayout", "ModalLayout.Content", "ModalLayout.Trigger"),
}
"""Types that only later pages of the core generation have. The facts are those of the earliest pages."""

LATER_PAGES = {
    # Properties that only later pages of the core generation have. The facts are those of the earliest pages.
    ("Step", "description"): "the later Step page and the examples",
    ("Step", "control"): "the later Step page",
    ("Navigation", "stackBehavior"): "the later Navigation page, with its enum",
    ("StringSchema", "accepts"): "the later String Schema page, for uploads",
    ("StringSchema", "source"): "the latest Upload page's examples; a property of blobs in both generations",
    ("BlobSchema", "cameraConfig"): "the later Blob Schema page",
    ("ErrorResponseBody", "analytics"): "the later Error Response Body page",
}
LATER_ENUMS = {"Navigation.StackBehavior"}
LATER_VALUES = {"StringSchema.Format": ["base64url"]}

NOT_REQUIRED = {
    ("Step", "id"): "the documentation's own examples do not always have it",
    ("Step", "title"): "the documentation's own examples do not always have it",
    ("Step", "layout"): "empty by default, always written",
    ("Step", "schemas"): "empty by default, always written",
    ("ObjectSchema", "displayOrder"): "the order of declaration by default, always written",
    ("PersistAsync", "method"): "has a documented default, which is always written",
    ("BlobSchema", "accepts"): "required in the earliest pages only",
    ("BlobSchema", "disabled"): "required in the earliest pages only, though it has a default",
}
"""Properties that are documented as required but are optional here."""

NEWER_TYPES = {name for name, cls in documented_types().items() if cls.__stepdsl__.source is Source.LATER}
"""Types of pages that are newer than the fact files. Their metadata says so; the facts do not have them."""


def is_newer(name: str, found: Field) -> bool:
    """Return whether a property is of a page that is newer than the fact files."""
    return name in NEWER_TYPES or found.source is Source.LATER


PROPERTIES = [(name, wire) for name in TYPES for wire in TYPES[name]["properties"]]
NAMELESS = {
    # Classes without a documented name. The documentation uses the namespace of their members.
    "AnyIcon": "Icon",
    "AnySearchResult": "SearchResult",
}


def fields_of(cls: type[Any], wire: str) -> list[Field | None]:
    """Return a property of a class, or the property of each member of a union."""
    classes = [find(name) for name in members(cls.__qualname__).values()] if cls.__stepdsl__.union else [cls]
    return [FIELDS[one].by_wire_name.get(wire) for one in classes]


SCALARS: dict[type, set[str]] = {str: {"String"}, int: {"Int", "Long"}, float: {"Double"}, bool: {"Boolean"}}


def documented(property_: Field) -> set[str]:
    """Return the names that the documentation can use for the type of a property. Integers have two names."""
    if property_.kind is Kind.JSON:
        return {"Any"}
    names = {enum.__qualname__ for enum in property_.enums} or {property_.member.__qualname__}
    one = SCALARS.get(property_.member, {NAMELESS.get(name, name) for name in names})
    match property_.kind:
        case Kind.LIST | Kind.SCALARS:
            return {f"Array<{name}>" for name in one}
        case Kind.MAP | Kind.SCALAR_MAP:
            return {f"Map<String, {name}>" for name in one}
        case _:
            return one


# -- types --------------------------------------------------------------------------------------------------------


def test_every_documented_type_is_modelled():
    assert set(TYPES) - set(documented_types()) == set()
    assert set(ENUMS) - set(documented_enums()) == set()


def test_only_documented_types_are_modelled():
    assert set(documented_types()) - set(TYPES) - NEWER_TYPES == CORE2_TYPES | LATER_TYPES
    assert set(documented_enums()) - set(ENUMS) == CORE2_ENUMS | LATER_ENUMS
    assert all("core2" in (documented_types()[name].__doc__ or "") for name in CORE2_TYPES | LATER_TYPES)
    assert all("core2" in (documented_enums()[name].__doc__ or "") for name in CORE2_ENUMS)


def test_the_generation_of_a_type_is_in_its_docstring():
    marked = {name for name, cls in documented_types().items() if cls.__stepdsl__.generation is not Generation.BOTH}
    assert marked - NEWER_TYPES == CORE2_TYPES
    assert {documented_types()[name].__stepdsl__.generation for name in marked} == {Generation.CORE2}
    for name, cls in documented_types().items():
        found = re.search(r"\((?:later pages of )?(core[^)]*)\)", cls.__doc__ or "")
        assert found is not None, name
        assert found[1].startswith("core2") == (name in marked), name


@pytest.mark.parametrize("name", ENUMS)
def test_an_enum_has_its_documented_values_in_their_order(name):
    values = [member.value for member in documented_enums()[name]]
    assert values == ENUMS[name]["values"] + LATER_VALUES.get(name, [])


def test_a_value_beyond_the_facts_is_marked():
    assert list(LATER_VALUES) == ["StringSchema.Format"]
    assert "(core2)" in field_docstring(documented_enums()["StringSchema.Format"], "BASE64URL")


def test_the_later_tokens_are_the_hints_spelt_with_hyphens():
    enums = documented_enums()
    assert [token.name for token in enums["AutocompleteToken"]] == [hint.name for hint in enums["AutocompleteHint"]]
    assert [token.value for token in enums["AutocompleteToken"]] == [
        token.name.lower().replace("_", "-") for token in enums["AutocompleteToken"]
    ]


# -- properties ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("name", "wire"), PROPERTIES)
def test_a_documented_property_is_modelled_as_documented(name, wire):
    cls = documented_types()[name]
    fact = TYPES[name]["properties"][wire]
    if wire == "type":
        assert_tag(cls, fact)
        return
    for found in fields_of(cls, wire):
        assert found is not None, f"{name} has no {wire}"
        if (name, wire) == ("Schema", "summary"):
            assert documented(found) & {"Summary.Provider", "Summary.Summariser"}  # a list has the other one
        else:
            assert fact["type"] in documented(found)
        assert found.generation in (Generation.BOTH, Generation.SUPERSEDED, Generation.CORE)
        assert found.source is Source.PAGE
        assert is_required(cls, found) == (fact["required"] and (name, wire) not in NOT_REQUIRED)
        if "default" in fact and found.default is None:
            default = {"false": "False", "true": "True"}.get(fact["default"], fact["default"])
            owner = find(next(iter(members(name).values()))) if cls.__stepdsl__.union else cls
            assert f"Clients take {default} if absent." in field_docstring(owner, found.name)
        elif "default" in fact:
            assert found.default == fact["default"]


def assert_tag(cls: type[Any], fact: dict[str, Any]) -> None:
    assert fact["required"]
    if cls.__stepdsl__.union:
        assert fact == {"type": "String", "required": True}
    elif "const" in fact:
        assert cls.__stepdsl__.tag == fact["const"]
    else:
        assert cls.__stepdsl__.tag == cls.__qualname__.removesuffix("Schema").lower()


def is_required(cls: type[Any], found: Field) -> bool:
    """Return whether a property is required. If the latest pages replace it, one of the two is required."""
    if found.generation is Generation.SUPERSEDED:
        (group,) = [group for group in FIELDS[cls].options.any_of if found.name in group]
        others = [FIELDS[cls].by_name[name] for name in group if name != found.name]
        assert [other.generation for other in others] == [Generation.CORE2]
        return True
    return found.required


@pytest.mark.parametrize("name", [name for name in TYPES if "type" not in TYPES[name]["properties"]])
def test_a_type_that_is_documented_without_a_tag_has_no_tag(name):
    assert documented_types()[name].__stepdsl__.tag is None


def test_the_listed_optional_properties_are_documented_as_required():
    for name, wire in NOT_REQUIRED:
        assert TYPES[name]["properties"][wire]["required"], (name, wire)


MIXINS = {
    "RefreshOnChange.RefreshableStep": {"Step"},
    "RefreshOnChange.RefreshTrigger": {
        *("BooleanSchema", "IntegerSchema", "NumberSchema", "OneOfSchema", "StringSchema"),
    },
}
"""Documented groups of properties, and the types that have them."""


@pytest.mark.parametrize("name", MIXINS)
def test_a_mixin_is_in_the_types_that_have_its_documented_properties(name):
    every = documented_types()
    assert {other for other, cls in every.items() if issubclass(cls, every[name])} - {name} == MIXINS[name]
    for other in MIXINS[name]:
        assert set(TYPES[name]["properties"]) <= set(TYPES[other]["properties"])


BEYOND = [
    (name, wire, found)
    for name, cls in documented_types().items()
    for wire, found in FIELDS[cls].by_wire_name.items()
    if name in TYPES and wire not in TYPES[name]["properties"]
]
"""Properties of documented types that the facts do not have."""


@pytest.mark.parametrize(("name", "wire", "found"), BEYOND, ids=[f"{name}.{wire}" for name, wire, _ in BEYOND])
def test_a_property_beyond_the_facts_is_of_core2_or_of_later_pages(name, wire, found):
    if found.generation is not Generation.CORE2 and not is_newer(name, found):
        assert (name, wire) in LATER_PAGES
    assert not found.required


def test_every_listed_exception_is_an_exception():
    beyond = {
        (name, wire)
        for name, wire, found in BEYOND
        if found.generation is not Generation.CORE2 and not is_newer(name, found)
    }
    assert beyond == set(LATER_PAGES)


@pytest.mark.parametrize("name", TYPES)
def test_a_type_of_the_facts_is_described_by_a_page(name):
    assert documented_types()[name].__stepdsl__.source is Source.PAGE


def test_only_a_source_says_that_a_property_is_newer():
    wire, found = next(iter(FIELDS[documented_types()["External"]].by_wire_name.items()))
    assert (wire, found.source, is_newer("External", found)) == ("url", Source.PAGE, False)
    newer = copy.copy(found)
    newer.source = Source.LATER
    assert is_newer("External", newer)


@pytest.mark.parametrize("name", [*documented_types(), *documented_enums()])
def test_the_description_names_the_generation(name):
    cls: type[Any] = {**documented_types(), **documented_enums()}[name]
    assert "core" in (cls.__doc__ or "")
    assert issubclass(cls, (Model, Enum))
