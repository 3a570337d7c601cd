"""Tells which member of a union a document is: by its tag, else by the properties that it has."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final

from stepdsl.model.definition import DEFINITIONS, Definition
from stepdsl.model.index import arrays, find, keys, tags

if TYPE_CHECKING:
    from stepdsl.model.base import Model


class Teller:
    """Knows the members of one union apart. A property that is null counts as absent, unless nothing else tells."""

    def __init__(self, union: type[Model]) -> None:
        """Look up what tells the members."""
        name = union.__qualname__
        self._tags = tags(name)
        self._arrays = arrays(name)
        self.keys: dict[str, str] = keys(name)
        """The members that are told by a property, under its wire name."""

    def __call__(self, document: Mapping[str, Any]) -> str | None:
        """Return the documented name of the member, None for one that this library does not know."""
        tag = document.get("type") if self._tags else None
        if tag is None:
            return self._untagged(document)
        if not isinstance(tag, str):
            return None
        told = self._arrays.get(tag)
        if told is not None and isinstance(document.get(told[0]), (list, tuple)):
            return told[1]
        return self._tags.get(tag)

    def _untagged(self, document: Mapping[str, Any]) -> str | None:
        for key, name in self.keys.items():
            if document.get(key) is not None:
                return name
        definitions = {key: DEFINITIONS[find(name)] for key, name in self.keys.items()}
        present = [key for key in definitions if key in document]
        present.sort(key=lambda key: not definitions[key].wire_names[key].nullable)  # null is a value of some
        if present:
            return self.keys[present[0]]
        for definition in definitions.values():
            if can_lack_its_key(definition) and definition.wire_names.keys() >= document.keys() - {"type"}:
                return definition.name
        return None


def can_lack_its_key(definition: Definition) -> bool:
    """Whether a type that is told by a property can do without it, as long as it holds nothing undocumented.

    One can: a constant without its value, which the core generation allows.
    """
    key = definition.traits.key
    return key is not None and not definition.wire_names[key].required


class _Tellers(dict[type, Teller]):
    def __missing__(self, union: type[Model]) -> Teller:
        teller = self[union] = Teller(union)
        return teller


TELLERS: Final = _Tellers()
"""The teller of each union, made when it is first asked for."""
