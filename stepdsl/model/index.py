"""Finds model classes and enums by their documented names, loading a family only when one of its types is asked for.

Which module holds what is generated into `stepdsl.model.catalog`; classes that are loaded already are known without
it, so the generator itself runs on a stale catalog.
"""

from __future__ import annotations

import importlib
from collections.abc import Mapping
from enum import Enum
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final

from stepdsl.model import catalog

if TYPE_CHECKING:
    from stepdsl.model.base import Model

LOADED: Final[dict[str, type[Model]]] = {}
"""The model classes loaded so far, under their documented names; the `model` decorator enters them."""


def find(name: str) -> type[Any]:
    """Return the model class or enum of this documented name, such as `Polling.OnError`; raise LookupError."""
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
    return {adder: name for adder, (name, *_) in _told(union).items()}


def tags(union: str) -> dict[str, str]:
    """Return the documented names of a union's members, under their wire tags; `arrays` has those that share."""
    return {tag: name for name, tag, _, array in _told(union).values() if tag is not None and array is None}


def arrays(union: str) -> dict[str, tuple[str, str]]:
    """Return the members that share another's wire tag: the property that is an array in them, and their names."""
    return {tag: (array, name) for name, tag, _, array in _told(union).values() if tag and array}


def keys(union: str) -> dict[str, str]:
    """Return the documented names of a union's untagged members, under the wire property that tells each."""
    return {key: name for name, _, key, _ in _told(union).values() if key is not None}


def _told(union: str) -> Mapping[str, tuple[str, str | None, str | None, str | None]]:
    """Return the catalog's entry of a union; one that is new has none until the generator has run."""
    return catalog.UNIONS.get(union, {})


def carrier(union: type[Model]) -> type[Model]:
    """Return the class that carries members of a union which this library does not know: `UnknownLayout`."""
    return find(f"Unknown{union.__qualname__.removeprefix('Any')}")


def documented_types() -> Mapping[str, type]:
    """Return every model class of the documented API under its documented name, nested ones as `Polling.OnError`.

    Loads all families.
    """
    return MappingProxyType({name: find(name) for name in catalog.TYPES})


def documented_enums() -> Mapping[str, type[Enum]]:
    """Return every enum of the documented API under its documented name. Loads the families that define them."""
    return MappingProxyType({name: find(name) for name in catalog.ENUMS})
