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
    return {adder: name for adder, (name, _, _) in catalog.UNIONS[union].items()}


def tags(union: str) -> dict[str, str]:
    """Return the documented names of a union's members, under their wire tags."""
    return {tag: name for name, tag, _ in catalog.UNIONS[union].values() if tag is not None}


def keys(union: str) -> dict[str, str]:
    """Return the documented names of a union's untagged members, under the wire property that tells each."""
    return {key: name for name, _, key in catalog.UNIONS[union].values() if key is not None}


def documented_types() -> Mapping[str, type]:
    """Return every model class of the documented API under its documented name, nested ones as `Polling.OnError`.

    Loads all families.
    """
    return MappingProxyType({name: find(name) for name in catalog.TYPES})


def documented_enums() -> Mapping[str, type[Enum]]:
    """Return every enum of the documented API under its documented name. Loads the families that define them."""
    return MappingProxyType({name: find(name) for name in catalog.ENUMS})
