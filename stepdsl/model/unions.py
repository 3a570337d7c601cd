"""The unions of the documented API: a base class each, and the carrier of members that this library does not know.

The bases hold no properties of their own, so that a list of layouts can be checked without loading any layout.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from stepdsl.errors import Refused, refuse
from stepdsl.model.base import Model, model
from stepdsl.model.index import keys, tags
from stepdsl.model.values import show

__all__ = ["Behavior", "Layout", "Schema", "UnknownBehavior", "UnknownLayout", "UnknownSchema"]


@model(union=True, component=True)
class Layout(Model):
    """Base of all layouts: what a step shows (core and core2). Told apart by `type` on the wire."""


@model(union=True, component=True)
class Schema(Model):
    """Base of all schemas: the data a step collects (core and core2).

    Told apart on the wire by `type`, or by the presence of `oneOf`, `allOf` or `const`.
    """


@model(union=True)
class Behavior(Model):
    """Base of all behaviors: what happens when a component is used, a link matches or polling fails (core2).

    Told apart by `type` on the wire. Takes the place of the plain action of the core generation.
    """


@model(unknown=True)
class UnknownLayout(Layout):
    """A layout that this library does not know, kept as it came: its tag, and all else in `extra`.

    Raises InvalidValueError for the tag of a layout that the library does know.
    """

    type: str
    """The wire tag."""

    @staticmethod
    def _settle(values: dict[str, Any]) -> bool:
        return _refuse_known("Layout", values)


@model(unknown=True)
class UnknownBehavior(Behavior):
    """A behavior that this library does not know, kept as it came: its tag, and all else in `extra`.

    Raises InvalidValueError for the tag of a behavior that the library does know.
    """

    type: str
    """The wire tag."""

    @staticmethod
    def _settle(values: dict[str, Any]) -> bool:
        return _refuse_known("Behavior", values)


@model(unknown=True)
class UnknownSchema(Schema):
    """A schema that this library does not know, kept as it came: its tag, if it has one, and all else in `extra`.

    Raises InvalidValueError for what would be read as a schema that the library does know.
    """

    type: str | None = None
    """The wire tag; None where there is none."""

    @staticmethod
    def _settle(values: dict[str, Any]) -> bool:
        if values.get("type") is None:
            extra: Mapping[str, Any] = values.get("extra") or {}
            for key, name in keys("Schema").items():
                if key in extra:
                    raise Refused([(("extra", key), f"makes it a {name}; use that class")])
            if is_const_without_value(extra):
                raise refuse("neither a type nor a property that ConstSchema lacks: use that class")
        return _refuse_known("Schema", values)


def is_const_without_value(document: Mapping[str, Any]) -> bool:
    """Whether an untagged schema can only be a constant without its value, which the core generation allows."""
    from stepdsl.model.definition import DEFINITIONS
    from stepdsl.model.index import find

    return DEFINITIONS[find("ConstSchema")].wire_names.keys() >= document.keys() - {"type"}


def _refuse_known(union: str, values: dict[str, Any]) -> bool:
    name = tags(union).get(values.get("type") or "")
    if name is not None:
        raise Refused([(("type",), f"{show(values['type'])} is known: use {name}")])
    return False
