"""Look-up of documented types by name. A family of types is imported only when one of its types is looked up.

`stepdsl.core.catalog`, which is generated, has the module of each type. Classes that are loaded are found without it,
so the generator runs even when the catalog is stale.
"""

from __future__ import annotations

import importlib
from collections.abc import Mapping
from enum import Enum
from types import MappingProxyType
from typing import Any, Final, NamedTuple

from stepdsl.core import catalog

__all__ = [
    "LOADED",
    "Member",
    "arrays",
    "carrier",
    "documented_enums",
    "documented_types",
    "find",
    "keys",
    "members",
    "tags",
]

LOADED: Final[dict[str, type[Any]]] = {}
"""The model classes loaded so far, under their documented names. The `model` decorator adds them."""


class Member(NamedTuple):
    """A member of a union, as the catalog describes it."""

    name: str
    """The documented name."""
    tag: str | None
    """The value of `type` on the wire; None if it has none."""
    key: str | None
    """The wire property whose presence discriminates it, if it has no tag."""
    array: str | None
    """The wire property that is an array in this member, if another member has the same tag."""


def find(name: str) -> type[Any]:
    """Return the model class or enum of a documented name, such as `Polling.OnError`; raise LookupError."""
    found = LOADED.get(name)
    if found is not None:
        return found
    top, *nested = name.split(".")
    module = catalog.MODULES.get(top)
    if module is None:
        raise LookupError(f"no documented type is named {name!r}")
    part: Any = importlib.import_module(f"stepdsl.model.{module}")
    for word in (top, *nested):
        part = getattr(part, word)
    assert isinstance(part, type)
    return part


def members(union: str) -> dict[str, str]:
    """Return the documented names of a union's members, under the names of their adders."""
    return {adder: member.name for adder, member in _members(union).items()}


def tags(union: str) -> dict[str, str]:
    """Return the documented names of a union's members, under their wire tags. `arrays` has those that share one."""
    return {m.tag: m.name for m in _members(union).values() if m.tag is not None and m.array is None}


def arrays(union: str) -> dict[str, tuple[str, str]]:
    """Return the members that share another's wire tag: the property that is an array in them, and their names."""
    return {m.tag: (m.array, m.name) for m in _members(union).values() if m.tag and m.array}


def keys(union: str) -> dict[str, str]:
    """Return the documented names of a union's members without a tag, under the wire property that each has."""
    return {m.key: m.name for m in _members(union).values() if m.key is not None}


def _members(union: str) -> Mapping[str, Member]:
    """Return the members of a union in the catalog; a new union has none until the generator has run."""
    return {adder: Member(*entry) for adder, entry in catalog.UNIONS.get(union, {}).items()}


def carrier(union: type[Any]) -> type[Any]:
    """Return the class for members of a union that this library does not have, such as `UnknownLayout`."""
    return find(f"Unknown{union.__qualname__.removeprefix('Any')}")


def documented_types() -> Mapping[str, type]:
    """Return every model class of the documented API under its documented name, nested ones as `Polling.OnError`.

    Imports all families.
    """
    return MappingProxyType({name: find(name) for name in catalog.TYPES})


def documented_enums() -> Mapping[str, type[Enum]]:
    """Return every enum of the documented API under its documented name. Imports the families that define them."""
    return MappingProxyType({name: find(name) for name in catalog.ENUMS})
