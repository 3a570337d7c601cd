"""What the models say about themselves: types, properties, unions.

This is the only support module of the tests that reads the internal tables of the library.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum
from typing import Any, Final

from stepdsl import documented_types
from stepdsl.core import catalog, converters, types
from stepdsl.core.annotations import Kind
from stepdsl.core.docstrings import field_docstring
from stepdsl.core.fields import FIELDS
from stepdsl.core.fields import Field as Property

__all__ = [
    "CONCRETE",
    "UNIONS",
    "Kind",
    "Property",
    "adder",
    "all_tags",
    "alternatives",
    "arrays",
    "by_wire_name",
    "carrier",
    "description",
    "enum_values",
    "key",
    "keys",
    "members",
    "properties",
    "required",
    "tag",
    "tags",
    "union_of",
    "used_enums",
    "wire_name",
    "wire_names",
]

# -- types --------------------------------------------------------------------------------------------------------

CONCRETE: Final[dict[str, Any]] = {
    name: cls for name, cls in documented_types().items() if not cls.__stepdsl__.abstract
}
"""The documented types of which there are objects, by name."""
UNIONS: Final[dict[str, Any]] = {name: types.find(name) for name in catalog.UNIONS}
"""All unions by name, also those that the documentation does not name."""


def tag(cls: type[Any]) -> str | None:
    """The value of `type` in documents of a type, if they have one."""
    return FIELDS[cls].options.tag


def key(cls: type[Any]) -> str | None:
    """The wire name of the property that distinguishes a type from the other members of its union, if one does."""
    return FIELDS[cls].options.key


def adder(cls: type[Any]) -> str:
    """The name of the method that adds an object of a type to a list or map."""
    return FIELDS[cls].adder


def description(cls: type[Any], name: str) -> str:
    """The docstring of a property."""
    return field_docstring(cls, name)


# -- properties ---------------------------------------------------------------------------------------------------


def properties(cls: type[Any]) -> Mapping[str, Property]:
    """All properties of a type but `extra`, by name, in the order in which they are written."""
    return FIELDS[cls].by_name


def wire_name(cls: type[Any], name: str) -> str:
    """The declared name of a property on the wire."""
    return FIELDS[cls].by_name[name].wire


def wire_names(cls: type[Any]) -> list[str]:
    """The declared names of all properties on the wire, in the order in which they are written."""
    return list(FIELDS[cls].by_wire_name)


def by_wire_name(cls: type[Any], wire: str) -> Property:
    """The property with this name on the wire."""
    return FIELDS[cls].by_wire_name[wire]


def required(cls: type[Any]) -> list[str]:
    """The names of the properties that every object has."""
    return [name for name, prop in properties(cls).items() if prop.required]


def alternatives(cls: type[Any]) -> tuple[tuple[str, ...], ...]:
    """Groups of properties of which an object has at least one each."""
    return FIELDS[cls].options.any_of


def enum_values(prop: Property) -> list[str]:
    """All strings that a property accepts."""
    return list(converters.members_by_value(prop.enums))


def used_enums() -> set[type[Enum]]:
    """All enums that are the type of a property."""
    return {enum for cls in CONCRETE.values() for prop in properties(cls).values() for enum in prop.enums}


# -- unions -------------------------------------------------------------------------------------------------------


def union_of(cls: type[Any]) -> type[Any] | None:
    """The union that a type is a member of, if any."""
    return FIELDS[cls].union


def members(union: type[Any]) -> dict[str, type[Any]]:
    """The members of a union by the names of their adders."""
    return _found(types.members(union.__qualname__))


def tags(union: type[Any]) -> dict[str, type[Any]]:
    """The members of a union by their tags; `arrays` has the member that shares its tag with another one."""
    return _found(types.tags(union.__qualname__))


def arrays(union: type[Any]) -> dict[str, tuple[str, type[Any]]]:
    """The members that share another one's tag, by that tag, and the wire property that is an array in them."""
    shared = types.arrays(union.__qualname__)
    return {tag: (array, types.find(name)) for tag, (array, name) in shared.items()}


def keys(union: type[Any]) -> dict[str, type[Any]]:
    """The members of a union that have no tag, by the wire property that distinguishes them."""
    return _found(types.keys(union.__qualname__))


def carrier(union: type[Any]) -> type[Any]:
    """The class for members of a union that the library does not have."""
    return types.carrier(union)


def all_tags() -> list[str]:
    """The tags of all unions, sorted."""
    return sorted({tag for union in UNIONS.values() for tag in tags(union)})


def _found(names: Mapping[str, str]) -> dict[str, type[Any]]:
    return {word: types.find(name) for word, name in names.items()}
