"""Discriminators: which member of a union a document is, by its tag or else by the properties that it has."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import Any, Final

from stepdsl.core.fields import FIELDS, Fields
from stepdsl.core.types import arrays, find, keys, tags

__all__ = ["DISCRIMINATORS", "Discriminator", "is_key_optional", "keys_before_tag", "unknown_tag"]


class Discriminator:
    """Returns the member of one union that a document is.

    A union may have members with a tag and members that a property discriminates. Its option `decisive` lists tags and
    properties: the first one that a document has decides. If it has none of these, the other properties decide, and
    then the other tags. A property that is null counts only if nothing else decides.
    """

    def __init__(self, union: type[Any]) -> None:
        """Look up the tags and the discriminating properties of the members."""
        name = union.__qualname__
        decisive = union.__stepdsl__.decisive
        by_key = keys(name)
        order = sorted(by_key, key=lambda key: decisive.index(key) if key in decisive else len(decisive))
        self.keys: dict[str, str] = {key: by_key[key] for key in order}
        """The members that a property discriminates, under its wire name, in the order in which they decide."""
        self.tags: dict[str, str] = tags(name)
        """The members that a tag discriminates. `arrays` has those that share one."""
        self.decisive_tags: frozenset[str] = frozenset(tag for tag in self.tags if not self.keys or tag in decisive)
        """The tags that decide before any property does."""
        self._arrays = arrays(name)

    def __call__(self, document: Mapping[str, Any]) -> str | None:
        """Return the documented name of the member, None for one that this library does not have."""
        tag = document.get("type") if self.tags else None
        if isinstance(tag, str) and tag in self.decisive_tags:
            return self._tagged(tag, document)
        for key, name in self.keys.items():
            if document.get(key) is not None:
                return name
        if tag is None:
            return self._untagged(document)
        return self._tagged(tag, document) if isinstance(tag, str) else None

    def _tagged(self, tag: str, document: Mapping[str, Any]) -> str | None:
        array = self._arrays.get(tag)
        if array is not None and isinstance(document.get(array[0]), (list, tuple)):
            return array[1]
        return self.tags.get(tag)

    def is_by_tag(self, tag: object) -> bool:
        """Return whether all documents with this tag are of the same known member, unless a property decides."""
        return isinstance(tag, str) and tag in self.tags and tag not in self._arrays

    def _untagged(self, document: Mapping[str, Any]) -> str | None:
        for key, name in self.keys_with_null:
            if key in document:
                return name
        for member in self.without_key:
            if document.keys() <= {*member.by_wire_name, "type"}:
                return member.name
        return None

    @cached_property
    def keys_with_null(self) -> list[tuple[str, str]]:
        """The keys in the order in which a null decides: those first of which null is a value."""
        members = {key: FIELDS[find(name)] for key, name in self.keys.items()}
        return sorted(self.keys.items(), key=lambda entry: not members[entry[0]].by_wire_name[entry[0]].nullable)

    @cached_property
    def without_key(self) -> list[Fields]:
        """The members that may lack their key, if their documents have no unknown properties."""
        return [one for one in (FIELDS[find(name)] for name in self.keys.values()) if is_key_optional(one)]


def is_key_optional(fields: Fields) -> bool:
    """Return whether a type that a property discriminates may lack that property, if it has no unknown properties.

    There is one such type, the constant: in the core generation it needs no value.
    """
    key = fields.options.key
    return key is not None and not fields.by_wire_name[key].required


def keys_before_tag(fields: Fields) -> dict[str, str]:
    """Return the members of the union that a property discriminates before the tag of this type decides."""
    if fields.union is None or fields.options.tag is None:
        return {}
    discriminate = DISCRIMINATORS[fields.union]
    return {} if fields.options.tag in discriminate.decisive_tags else discriminate.keys


def unknown_tag(obj: Any) -> str | None:
    """Return the `type` of an object of an `Unknown…` class; None if it has none."""
    tag: str | None = obj.__dict__.get("type")  # not every one of these classes has the property
    return tag


class _Discriminators(dict[type, Discriminator]):
    def __missing__(self, union: type[Any]) -> Discriminator:
        made = self[union] = Discriminator(union)
        return made


DISCRIMINATORS: Final = _Discriminators()
"""The discriminator of each union. It is made when it is first looked up."""
