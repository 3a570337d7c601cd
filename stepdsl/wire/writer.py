"""From models to plain dicts: one hook per class, made from the table of fields.

The hooks are made by hand for the reasons that `stepdsl.wire.reader` gives, and for the declared order of keys: the
tag first, then the properties that were given in order of declaration, then `extra`.
"""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum
from typing import Any, TypeAlias

from stepdsl.core.annotations import Kind
from stepdsl.core.fields import FIELDS, Field
from stepdsl.core.json import plain_json

Writer: TypeAlias = Callable[[Any], Any]
"""Takes what a model stores and returns a plain value."""
Ask: TypeAlias = Callable[[type[Any]], Writer]
"""Returns the writer of a class."""


def object_writer(cls: type[Any], ask: Ask, *, fixed: bool) -> Writer:
    """Return the writer of the objects of one class.

    `fixed`: whether no hook of a user can be among the writers; enums are then written here, and JSON values are put
    in as they are. Otherwise enums are asked for, and JSON values are copied into containers that can be changed.
    """
    fields = FIELDS[cls]
    tag = fields.options.tag
    table = {f.name: (f.wire, _field_writer(f, ask, fixed=fixed)) for f in fields.by_name.values()}

    def write(obj: Any) -> dict[str, Any]:
        written: dict[str, Any] = {} if tag is None else {"type": tag}
        for name, value in obj.__dict__.items():
            if name == "extra":
                written.update(value if fixed else plain_json(value))
                continue
            wire, write_value = table[name]
            if write_value is None:
                written[wire] = value
            elif write_value is _nested:
                written[wire] = ask(value.__class__)(value)
            else:
                written[wire] = write_value(value)
        return written

    return write


def write_enum(member: Enum) -> Any:
    """Return the string of an enum's member."""
    return member.value


def _ask_for_enum(member: Enum, ask: Ask) -> Any:
    written = ask(member.__class__)(member)
    return written.value if isinstance(written, Enum) else written  # cattrs leaves enums of strings as they are


def _field_writer(field: Field, ask: Ask, *, fixed: bool) -> Writer | None:
    """Return what makes a stored value plain; None if it is plain already."""
    match field.kind:
        case Kind.OBJECT:
            return _nested
        case Kind.LIST:
            return lambda values: [ask(value.__class__)(value) for value in values]
        case Kind.MAP:
            return lambda values: {name: ask(value.__class__)(value) for name, value in values.items()}
        case Kind.SCALARS if field.enums and fixed:
            return lambda members: [member.value for member in members]
        case Kind.SCALARS if field.enums:
            return lambda members: [_ask_for_enum(member, ask) for member in members]
        case Kind.SCALARS:
            return list
        case Kind.ENUM if fixed:
            return write_enum
        case Kind.ENUM:
            return lambda member: _ask_for_enum(member, ask)
        case Kind.SCALAR_MAP:
            return dict
        case Kind.JSON if not fixed:
            return plain_json
        case _:
            return None


def _nested(_: Any) -> Any:
    """Mark a part that is an object: the writer asks for its hook itself, which saves a call per object."""
    raise NotImplementedError
