"""What the documentation of a newer generation can have: unknown properties, values and members of unions."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from stepdsl.core.annotations import Kind
from stepdsl.core.converters import members_by_value
from stepdsl.core.fields import FIELDS, Field
from stepdsl.core.model import Model
from stepdsl.core.types import carrier, find, keys, members, tags
from stepdsl.testing.strategies.atoms import any_json, other_than
from stepdsl.testing.strategies.caching import cached

__all__ = ["discriminators", "extra_properties", "takes_other", "unknown"]


def discriminators(union: type[Model]) -> set[str]:
    """Return the properties of a document that distinguish the members of a union."""
    name = union.__qualname__
    return {*keys(name), *(["type"] if tags(name) else [])}


def takes_other(field: Field) -> bool:
    """Return whether `extra` may have a value that a property does not take, for a newer generation."""
    return bool(field.enums) or field.recognised_by is not None


@cached
def extra_properties(cls: type[Any], given: frozenset[str]) -> st.SearchStrategy[dict[str, Any]]:
    """Return a strategy for extra properties of an object that has the given properties.

    These are undocumented properties, and what a newer generation can have instead of those that are not given.
    """
    fields = FIELDS[cls]
    key = fields.options.key
    if key is not None and fields.by_wire_name[key].name not in given:
        return st.just({})  # without its key an untagged type is known by its documented properties alone
    deciding: set[str] = set() if fields.union is None else discriminators(fields.union)
    known = {*fields.by_wire_name, *fields.reserved, *deciding}
    undocumented = st.dictionaries(other_than(known), any_json, max_size=3)
    absent = [field for field in fields.by_name.values() if takes_other(field) and field.name not in given]
    newer = st.fixed_dictionaries(
        {field.wire: _other_values(field) for field in absent if field.required},
        optional={field.wire: _other_values(field) for field in absent if not field.required},
    )
    return st.builds(_merged, undocumented, newer) if absent else undocumented


@cached
def _other_values(field: Field) -> st.SearchStrategy[Any]:
    """Return a strategy for strings that the enums of a property lack, or for objects of another type."""
    recognised_by = field.recognised_by
    if recognised_by is not None:
        other = st.dictionaries(other_than({recognised_by}), any_json, max_size=3)
        return other | other.map(lambda value: {**value, recognised_by: None})
    known = list(members_by_value(field.enums))
    one = other_than(known)
    if field.kind is Kind.ENUM:
        return one
    some = st.lists(st.sampled_from(known), max_size=2)
    return st.builds(_joined, some, one, some)


@cached
def unknown(union: type[Model]) -> st.SearchStrategy[Any]:
    """Return a strategy for members of a union that this library does not have."""
    cls = carrier(union)
    type_ = FIELDS[cls].by_name.get("type")
    if type_ is None:
        return _untagged(union, cls) | st.builds(cls)
    tagged = st.builds(
        cls,
        type=other_than(tags(union.__qualname__)),
        extra=st.dictionaries(other_than({"type"}), any_json, max_size=3),
    )
    return tagged if type_.required else tagged | _untagged(union, cls)


def _untagged(union: type[Model], cls: type[Any]) -> st.SearchStrategy[Any]:
    documented = {wire for member in members(union.__qualname__).values() for wire in FIELDS[find(member)].by_wire_name}
    foreign = sorted(documented - discriminators(union))  # they mean nothing where the type is unknown
    new = st.dictionaries(other_than(documented | discriminators(union)), any_json, min_size=1, max_size=3)
    names = st.sampled_from(foreign) if foreign else st.nothing()
    old = st.dictionaries(names, any_json, max_size=2 if foreign else 0)
    return st.builds(cls, extra=st.builds(_merged, old, new))


def _merged(first: dict[str, Any], then: dict[str, Any]) -> dict[str, Any]:
    return {**first, **then}


def _joined(before: list[Any], new: Any, after: list[Any]) -> list[Any]:
    return [*before, new, *after]
