"""The models against the documented facts of the core generation, tests/facts/core.json: nothing less, nothing else."""

from __future__ import annotations

import json
from enum import Enum
from pathlib import Path
from typing import Any

import pytest

from stepdsl import Generation, documented_enums, documented_types
from stepdsl.model.annotations import Kind
from stepdsl.model.base import Model
from stepdsl.model.definition import DEFINITIONS, Property
from stepdsl.model.docstrings import property_docstring
from stepdsl.model.index import find, members

FACTS: dict[str, Any] = json.loads((Path(__file__).parent.parent / "facts" / "core.json").read_text("utf-8"))
TYPES: dict[str, Any] = FACTS["types"]
ENUMS: dict[str, Any] = FACTS["enums"]

MIXINS = {"RefreshOnChange.RefreshableStep": "Step", "RefreshOnChange.RefreshTrigger": "InputProperties"}
"""Documented groups of properties that recur in other types, with where they stand here."""

TYPES_TO_COME = {
    *("AllOfSchema", "ArraySchema.List", "ArraySchema.Tuple", "BlobSchema", "BooleanSchema", "IntegerSchema"),
    *("NumberSchema", "PersistAsync", "Summary.Provider", "Summary.Summariser", "ValidateAsync"),
    *("DecisionLayout", "DecisionLayout.Option", "FormLayout", "ImageLayout", "InstructionsLayout"),
    *("InstructionsLayout.Item", "ReviewLayout", "ReviewLayout.Field", "ReviewLayout.CallToAction", "SearchLayout"),
    *("StatusListLayout", "StatusListLayout.Item", "Icon.Named", "Icon.Text"),
    *("SearchResponseBody", "SearchResult.Action", "SearchResult.Search", "SearchResult.SearchRequest"),
}
ENUMS_TO_COME = {"BlobSchema.Source", "SearchResult.Type", "StatusListLayout.Status"}
"""What the facts have and the library has not yet."""

CORE2_TYPES = {"ActionBehavior", "Behavior"}
CORE2_ENUMS = {"HttpMethod"}
"""What the library has and the facts have not: the latest pages."""

LATER_PAGES = {
    # what later pages of the core generation have, which the facts, made of the earliest, have not
    ("Step", "description"): "the later Step page and the examples",
    ("Step", "control"): "the later Step page",
    ("Navigation", "stackBehavior"): "the later Navigation page, with its enum",
    ("StringSchema", "accepts"): "the later String Schema page, for uploads",
}
LATER_ENUMS = {"Navigation.StackBehavior"}
LATER_VALUES = {"StringSchema.Format": ["base64url"]}

NOT_REQUIRED = {
    ("Step", "id"): "the documentation's own examples leave it out",
    ("Step", "title"): "the documentation's own examples leave it out",
    ("Step", "layout"): "empty where not given, always written",
    ("Step", "schemas"): "empty where not given, always written",
    ("ObjectSchema", "displayOrder"): "the order of declaration where not given, always written",
}
"""What is documented as required and need not be given."""

BUILT = [name for name in TYPES if name not in TYPES_TO_COME and name not in MIXINS]
PROPERTIES = [(name, wire) for name in BUILT for wire in TYPES[name]["properties"]]


def held(cls: type[Any], wire: str) -> Property | None:
    """A property of a class; of a union, the one of its first member, all having the same."""
    if cls.__stepdsl__.union:
        every = [held(find(name), wire) for name in members(cls.__qualname__).values()]
        assert len({None if found is None else found.annotation for found in every}) == 1, wire
        return every[0]
    return DEFINITIONS[cls].wire_names.get(wire)


def own(cls: type[Any]) -> dict[str, Property]:
    return {} if cls.__stepdsl__.union else DEFINITIONS[cls].wire_names


ATOMS: dict[type, set[str]] = {str: {"String"}, int: {"Int", "Long"}, float: {"Double"}, bool: {"Boolean"}}


def documented(property_: Property) -> set[str]:
    """How the documentation writes the type of a property; integers have two names."""
    if property_.kind is Kind.JSON:
        return {"Any"}
    one = ATOMS.get(property_.member, {property_.member.__qualname__})
    match property_.kind:
        case Kind.LIST | Kind.ATOMS:
            return {f"Array<{name}>" for name in one}
        case Kind.MAP | Kind.ATOM_MAP:
            return {f"Map<String, {name}>" for name in one}
        case _:
            return one


def is_to_come(name: str) -> bool:
    """Whether a documented type is missing yet; `Icon` and the like are unions of some that are listed."""
    return any(missing == name or missing.startswith(f"{name}.") for missing in TYPES_TO_COME)


def named(fact: str) -> str:
    return fact.removeprefix("Array<").removeprefix("Map<String, ").removesuffix(">")


# -- types --------------------------------------------------------------------------------------------------------


def test_every_documented_type_is_there_or_listed_as_missing():
    assert set(TYPES) - set(documented_types()) - set(MIXINS) == TYPES_TO_COME
    assert set(ENUMS) - set(documented_enums()) == ENUMS_TO_COME


def test_no_type_is_there_that_is_not_documented():
    assert set(documented_types()) - set(TYPES) == CORE2_TYPES
    assert set(documented_enums()) - set(ENUMS) == CORE2_ENUMS | LATER_ENUMS
    assert all("core2" in (documented_types()[name].__doc__ or "") for name in CORE2_TYPES)
    assert all("core2" in (documented_enums()[name].__doc__ or "") for name in CORE2_ENUMS)


@pytest.mark.parametrize("name", [name for name in ENUMS if name not in ENUMS_TO_COME])
def test_an_enum_has_its_documented_values_in_their_order(name):
    values = [member.value for member in documented_enums()[name]]
    assert values == ENUMS[name]["values"] + LATER_VALUES.get(name, [])


def test_a_value_beyond_the_facts_is_marked():
    # core2 alone has it
    assert list(LATER_VALUES) == ["StringSchema.Format"]
    source = (Path(documented_module("StringSchema")).read_text("utf-8")).partition('BASE64URL = "base64url"')[2]
    assert "(core2)" in source.splitlines()[1]


def documented_module(name: str) -> str:
    import sys

    return str(sys.modules[documented_types()[name].__module__].__file__)


# -- properties ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("name", "wire"), PROPERTIES)
def test_a_documented_property(name, wire):
    cls = documented_types()[name]
    fact = TYPES[name]["properties"][wire]
    if wire == "type":
        assert_tag(cls, fact)
        return
    found = held(cls, wire)
    if found is None:
        assert is_to_come(named(fact["type"])), "missing, and its type is there"
        return
    assert not is_to_come(named(fact["type"]))
    assert fact["type"] in documented(found)
    assert found.generation in (Generation.BOTH, Generation.SUPERSEDED, Generation.CORE)
    assert is_required(cls, found) == (fact["required"] and (name, wire) not in NOT_REQUIRED)
    if "default" in fact:
        default = {"false": "False", "true": "True"}.get(fact["default"], fact["default"])
        owner = find(members(name)[min(members(name))]) if cls.__stepdsl__.union else cls
        assert f"Clients take {default} if absent." in property_docstring(owner, found.name)


def assert_tag(cls: type[Any], fact: dict[str, Any]) -> None:
    assert fact["required"]
    if cls.__stepdsl__.union:
        assert fact == {"type": "String", "required": True}
    elif "const" in fact:
        assert cls.__stepdsl__.tag == fact["const"]
    else:
        assert cls.__stepdsl__.tag == cls.__qualname__.removesuffix("Schema").lower()


def is_required(cls: type[Any], found: Property) -> bool:
    """Whether it must be given; where the latest pages put another one in its place, either of the two."""
    if found.generation is Generation.SUPERSEDED:
        (group,) = [group for group in DEFINITIONS[cls].traits.any_of if found.name in group]
        others = [DEFINITIONS[cls].properties[name] for name in group if name != found.name]
        assert [other.generation for other in others] == [Generation.CORE2]
        return True
    return found.required


@pytest.mark.parametrize("name", [name for name in BUILT if "type" not in TYPES[name]["properties"]])
def test_a_type_without_a_tag(name):
    assert documented_types()[name].__stepdsl__.tag is None


def test_what_need_not_be_given_is_documented_as_required():
    for name, wire in NOT_REQUIRED:
        assert TYPES[name]["properties"][wire]["required"], (name, wire)


@pytest.mark.parametrize("name", MIXINS)
def test_documented_groups_of_properties_recur(name):
    import stepdsl

    cls = getattr(stepdsl, MIXINS[name])
    for wire, fact in TYPES[name]["properties"].items():
        found = DEFINITIONS[cls].wire_names[wire]
        assert fact["type"] in documented(found)
        assert found.required is fact["required"]


BEYOND = [
    (name, wire, found)
    for name, cls in documented_types().items()
    for wire, found in own(cls).items()
    if name not in CORE2_TYPES and wire not in TYPES[name]["properties"]
]


@pytest.mark.parametrize(("name", "wire", "found"), BEYOND, ids=[f"{name}.{wire}" for name, wire, _ in BEYOND])
def test_a_property_beyond_the_facts_says_where_it_comes_from(name, wire, found):
    if found.generation is not Generation.CORE2:
        assert (name, wire) in LATER_PAGES
    assert not found.required


def test_every_listed_exception_is_one():
    beyond = {(name, wire) for name, wire, found in BEYOND if found.generation is not Generation.CORE2}
    assert beyond == set(LATER_PAGES)


@pytest.mark.parametrize("name", [*documented_types(), *documented_enums()])
def test_the_description_names_the_generation(name):
    cls: type[Any] = {**documented_types(), **documented_enums()}[name]
    assert "core" in (cls.__doc__ or "")
    assert issubclass(cls, (Model, Enum))
