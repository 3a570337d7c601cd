"""Readers that refuse nothing, for `strict=False`: what does not fit is kept as it is.

The value of an optional property that does not fit is in `extra` under its wire name, and so is a null. An object does
not fit as a whole if a required property is missing or wrong, or if it is nested too deep. It is then in the `Unknown…`
class of its union. If it has no union, it is a value that does not fit the property which contains it. So each required
property has a value, with two exceptions: those of the object that `loads` returns, and `type` of an `Unknown…` object.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from stepdsl.core.build import CONSTRUCTIONS, Construction
from stepdsl.core.fields import Field
from stepdsl.core.json import freeze_members, keep_json, kept_dict, well_formed
from stepdsl.core.messages import ConversionError
from stepdsl.core.types import carrier, find
from stepdsl.core.unions import DISCRIMINATORS
from stepdsl.wire.reader import Reader, UnrecognisedError, check_object, field_reader, parts_reader

__all__ = ["read_leniently"]

_new = object.__new__


def read_leniently(data: Any, cls: type[Any]) -> Any:
    """Return the object of a class, or the member of a union, that any JSON object describes.

    Raises ConversionError for what is no JSON object, and for more than 900 levels of nesting.
    """
    check_object(data)
    document = keep_json(data)
    union: bool = cls.__stepdsl__.union
    try:
        return _READERS[cls](document) if union else _object_reader(cls, is_part=False)(document)
    except ConversionError:  # as a whole it is nested too deep
        return _carried(cls, document) if union else _store_kept(CONSTRUCTIONS[cls], {}, document, document)


class _Readers(dict[Any, Reader]):
    """The reader of each union, of each class that is a part of another, and of each property."""

    def __missing__(self, key: Any) -> Reader:
        made = self[key] = _field_reader(key) if isinstance(key, Field) else _part_reader(key)
        return made


_READERS: Final = _Readers()


def _field_reader(field: Field) -> Reader:
    if field.kind.is_object:

        def read_first(value: Any) -> Any:  # a part's reader is looked up now: its class may be this very one
            read = _READERS[field] = parts_reader(field, _READERS[field.member])
            return read(value)

        return read_first
    return field.convert if field.scalar is bool else field_reader(field, {}, {}, True)


def _part_reader(cls: type[Any]) -> Reader:
    return _member_reader(cls) if cls.__stepdsl__.union else _object_reader(cls, is_part=True)


def _member_reader(union: type[Any]) -> Reader:
    discriminate = DISCRIMINATORS[union]

    def read(document: Any) -> Any:
        check_object(document)
        name = discriminate(document)
        try:
            return _READERS[carrier(union) if name is None else find(name)](document)
        except ConversionError:
            return _carried(union, document)

    return read


def _carried(union: type[Any], document: Mapping[str, Any]) -> Any:
    """Return the object of the union's `Unknown…` class with everything that a document has."""
    construction = CONSTRUCTIONS[carrier(union)]
    tag = document.get("type")
    if "type" in construction.fields.by_name and isinstance(tag, str) and well_formed(tag):
        rest = {wire: value for wire, value in document.items() if wire != "type"}
        return _store_kept(construction, {"type": tag}, rest, document)
    return _store_kept(construction, {}, document, document)


def _object_reader(cls: type[Any], *, is_part: bool) -> Reader:
    """Return the reader of a class. It raises ConversionError if a part of another object does not fit as a whole."""
    construction = CONSTRUCTIONS[cls]
    properties = construction.fields.by_wire_name
    tag = construction.fields.options.tag

    def read(document: Any) -> Any:
        check_object(document)
        values: dict[str, Any] = {}
        rest: dict[str, Any] = {}
        unknown: dict[str, Any] = {}
        """What an object may have in `extra`: unknown properties, and values that a later API may have."""
        for wire, value in document.items():
            field = properties.get(wire)
            if field is None:
                if wire != "type" or (value is not None and value != tag):
                    rest[wire] = unknown[wire] = value
                elif value is None:
                    rest[wire] = value  # a strict reader leaves it out
                continue
            if value is None and not field.nullable:
                rest[wire] = value  # a strict reader leaves it out
                continue
            try:
                values[field.name] = _READERS[field](value)
            except UnrecognisedError:
                rest[wire] = unknown[wire] = value
            except ConversionError:
                rest[wire] = value
        if is_part:
            missing = construction.missing(values, unknown)
            if missing:
                raise ConversionError(missing)
        if len(rest) == len(unknown) and not _absent(construction, document):
            try:
                return _store(construction, {**values, "extra": freeze_members(rest)} if rest else dict(values))
            except ConversionError:
                pass  # the document would be read as another type, or has values beyond the limits
        return _store_kept(construction, values, rest, document)

    return read


def _store_kept(
    construction: Construction, values: dict[str, Any], rest: Mapping[str, Any], document: Mapping[str, Any]
) -> Any:
    """Return an object with these values and with the rest of the document, which is not checked."""
    return _store(construction, {**values, "extra": kept_dict(rest, _absent(construction, document))})


def _absent(construction: Construction, document: Mapping[str, Any]) -> frozenset[str]:
    """Return the wire names of what is always written, but is not in the document."""
    return construction.always_written - document.keys()


def _store(construction: Construction, values: dict[str, Any]) -> Any:
    made = _new(construction.cls)
    construction.store(made, values, False)
    return made
