"""From models to plain dicts: one hook per class, made from the table of fields.

The hooks are made by hand for the reasons that `stepdsl.wire.reader` gives, and for the declared order of keys: the
tag first, then the properties that were given in order of declaration, then `extra`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from enum import Enum
from typing import Any, TypeAlias

from stepdsl.core.annotations import Kind
from stepdsl.core.fields import FIELDS, Field
from stepdsl.core.json import KeptDict, plain_json

__all__ = ["Writer", "object_writer", "write_enum"]

Writer: TypeAlias = Callable[[Any], Any]
"""Takes what a model stores and returns a plain value."""
Writers: TypeAlias = Mapping[type[Any], Writer]
"""The writer of each class, looked up by `[]` alone."""


def object_writer(cls: type[Any], writers: Writers, *, fixed: bool) -> Writer:
    """Return the writer of the objects of one class.

    `fixed`: whether no hook of a user can be among the writers; enums are then written here, and JSON values are put
    in as they are. Otherwise the hooks of enums are looked up, and JSON values are copied into plain containers.
    """
    fields = FIELDS[cls]
    tag = fields.options.tag
    has_type = fields.has_type
    table: dict[str, tuple[str, Writer | None]] = {
        **{f.name: (f.wire, _field_writer(f, writers, fixed=fixed)) for f in fields.by_name.values()},
        "extra": ("", _extra),
    }

    def write(obj: Any) -> dict[str, Any]:
        written: dict[str, Any] = {} if tag is None else {"type": tag}
        for name, value in obj.__dict__.items():
            wire, write_value = table[name]
            if write_value is None:
                written[wire] = value
            elif write_value is _nested:
                written[wire] = writers[type(value)](value)
            elif write_value is _extra:
                if has_type and "type" in value:
                    written = {"type": None, **written}  # its place is first, as that of a tag
                written.update(value if fixed else plain_json(value))
                if value.__class__ is KeptDict:
                    for absent in value.absent:
                        written.pop(absent, None)
            else:
                written[wire] = write_value(value)
        return written

    return write


def write_enum(member: Enum) -> Any:
    """Return the string of an enum's member."""
    return member.value


def _write_with_hook(member: Enum, writers: Writers) -> Any:
    written = writers[member.__class__](member)
    return written.value if isinstance(written, Enum) else written  # cattrs leaves enums of strings as they are


def _field_writer(field: Field, writers: Writers, *, fixed: bool) -> Writer | None:
    """Return what makes a stored value plain; None if it is plain already."""
    match field.kind:
        case Kind.OBJECT:
            return _nested
        case Kind.LIST:
            return lambda values: [writers[type(value)](value) for value in values]
        case Kind.MAP:
            return lambda values: {name: writers[type(value)](value) for name, value in values.items()}
        case Kind.SCALARS if field.enums and fixed:
            return lambda members: [member.value for member in members]
        case Kind.SCALARS if field.enums:
            return lambda members: [_write_with_hook(member, writers) for member in members]
        case Kind.SCALARS:
            return list
        case Kind.ENUM if fixed:
            return write_enum
        case Kind.ENUM:
            return lambda member: _write_with_hook(member, writers)
        case Kind.SCALAR_MAP:
            return dict
        case Kind.JSON if not fixed:
            return plain_json
        case _:
            return None


def _nested(_: Any) -> Any:
    """Mark a part that is an object: the writer looks up its hook itself, which saves a call per object."""
    raise NotImplementedError


def _extra(_: Any) -> Any:
    """Mark the extra properties, which are written next to the others."""
    raise NotImplementedError
