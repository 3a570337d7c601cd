"""Discriminators: which member of a union a document is, by its tag or else by the properties that it has."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from stepdsl.core.fields import FIELDS, Fields
from stepdsl.core.types import arrays, find, keys, tags


class Discriminator:
    """Returns the member of one union that a document is. A property that is null counts only if no other is given."""

    def __init__(self, union: type[Any]) -> None:
        """Look up the tags and the discriminating properties of the members."""
        name = union.__qualname__
        self._tags = tags(name)
        self._arrays = arrays(name)
        self.keys: dict[str, str] = keys(name)
        """The members that a property discriminates, under its wire name."""

    def __call__(self, document: Mapping[str, Any]) -> str | None:
        """Return the documented name of the member, None for one that this library does not know."""
        tag = document.get("type") if self._tags else None
        if tag is None:
            return self._untagged(document)
        if not isinstance(tag, str):
            return None
        array = self._arrays.get(tag)
        if array is not None and isinstance(document.get(array[0]), (list, tuple)):
            return array[1]
        return self._tags.get(tag)

    def is_by_tag(self, tag: object) -> bool:
        """Return whether all documents with this tag are of the same known member."""
        return isinstance(tag, str) and tag in self._tags and tag not in self._arrays

    def _untagged(self, document: Mapping[str, Any]) -> str | None:
        for key, name in self.keys.items():
            if document.get(key) is not None:
                return name
        members = {key: FIELDS[find(name)] for key, name in self.keys.items()}
        present = [key for key in members if key in document]
        present.sort(key=lambda key: not members[key].by_wire_name[key].nullable)  # null is a value of some
        if present:
            return self.keys[present[0]]
        for member in members.values():
            if is_key_optional(member) and member.by_wire_name.keys() >= document.keys() - {"type"}:
                return member.name
        return None


def is_key_optional(fields: Fields) -> bool:
    """Return whether a type that a property discriminates may lack that property, if it has no unknown properties.

    One may: a constant without its value, which the core generation allows.
    """
    key = fields.options.key
    return key is not None and not fields.by_wire_name[key].required


class _Discriminators(dict[type, Discriminator]):
    def __missing__(self, union: type[Any]) -> Discriminator:
        made = self[union] = Discriminator(union)
        return made


DISCRIMINATORS: Final = _Discriminators()
"""The discriminator of each union. It is made when it is first looked up."""
