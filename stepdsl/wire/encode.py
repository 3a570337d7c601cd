"""Models to plain dicts: one cattrs hook a class, made from the class's definition.

JSON values that an object holds are put in as they are; `to_dict` copies them, `dumps` has no need to.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from enum import Enum
from typing import Any, Final, TypeAlias

from stepdsl.model.annotations import Kind
from stepdsl.model.base import Model
from stepdsl.model.definition import DEFINITIONS, Property

Encode: TypeAlias = Callable[[Any], Any]
Unstructure: TypeAlias = Callable[[Any], dict[str, Any]]


def make_unstructure(cls: type[Model], hooks: Mapping[type, Unstructure]) -> Unstructure:
    """Return the hook that writes objects of one class: the tag, what was given in order of declaration, the extra."""
    definition = DEFINITIONS[cls]
    tag = definition.traits.tag
    table = {p.name: (p.wire, _encoder(p, hooks)) for p in definition.properties.values()}
    table["extra"] = ("", _extra)

    def unstructure(obj: Model) -> dict[str, Any]:
        written: dict[str, Any] = {} if tag is None else {"type": tag}
        for name, value in obj.__dict__.items():
            wire, encode = table[name]
            if encode is None:
                written[wire] = value
            elif encode is _nested:
                written[wire] = hooks[value.__class__](value)
            elif encode is _extra:
                written.update(value)
            else:
                written[wire] = encode(value)
        return written

    return unstructure


def _encoder(held: Property, hooks: Mapping[type, Unstructure]) -> Encode | None:
    """Return what turns a stored value into JSON; None where it is JSON already."""
    if held.kind is Kind.ATOMS:
        return _list_of_values if held.enums else list
    objects: dict[Kind, Encode] = {
        Kind.OBJECT: _nested,
        Kind.LIST: lambda values: [hooks[value.__class__](value) for value in values],
        Kind.MAP: lambda values: {name: hooks[value.__class__](value) for name, value in values.items()},
    }
    return objects.get(held.kind) or _PLAIN[held.kind]


def _nested(_: Any) -> Any:
    """Mark an object: the loop asks for its hook itself, which saves a call an object."""
    raise NotImplementedError


def _extra(_: Any) -> Any:
    """Mark the extra properties, which are written beside the others."""
    raise NotImplementedError


def _value(member: Enum) -> Any:
    return member.value


def _list_of_values(members: tuple[Enum, ...]) -> list[Any]:
    return [member.value for member in members]


_PLAIN: Final[dict[Kind, Encode | None]] = {
    Kind.ATOM: None,
    Kind.JSON: None,
    Kind.ENUM: _value,
    Kind.ATOM_MAP: dict,
}
