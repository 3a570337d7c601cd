"""JSON Schema (draft 2020-12) of the documents that `loads` accepts, made from the tables of the models.

A document is valid exactly if `loads` reads it: null means "absent", an unknown tag or enum string is accepted, and a
document with a known tag has to fit that type. JSON Schema cannot express four limits of `loads`:

- components and JSON values nest at most 100 deep;
- an integer has no fraction and no exponent: 5.0 is not an integer;
- where a value may be any number, integers have at most 64 bits and other numbers fit into a double;
- no string has a lone surrogate.

It describes values, not text: `loads` also requires UTF-8, and takes the last value of a key that is given twice.
"""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterable, Mapping
from enum import Enum
from types import MappingProxyType
from typing import Any, Final, TypeAlias

from stepdsl.core import catalog
from stepdsl.core.annotations import Kind
from stepdsl.core.docstrings import field_docstring
from stepdsl.core.fields import FIELDS, Field, Fields, camel_case
from stepdsl.core.json import INT_MAX, INT_MIN, UNSET, plain_json
from stepdsl.core.messages import several_types, show
from stepdsl.core.model import Model
from stepdsl.core.provenance import Generation
from stepdsl.core.types import arrays, carrier, find, tags
from stepdsl.core.unions import DISCRIMINATORS, Discriminator, is_key_optional

__all__ = ["json_schema", "schema_types"]

_Schema: TypeAlias = dict[str, Any]

_DIALECT: Final = "https://json-schema.org/draft/2020-12/schema"
_NULL: Final[_Schema] = {"type": "null"}
_SCALARS: Final[Mapping[type, _Schema]] = {
    str: {"type": "string"},
    int: {"type": "integer", "minimum": INT_MIN, "maximum": INT_MAX},
    float: {"type": "number"},
    bool: {"type": "boolean"},
}
_QUOTED: Final = re.compile(r"`(\w+)`")


def json_schema(type: type[Any]) -> dict[str, Any]:
    """Return the JSON Schema of a documented type or union: what `loads` accepts for it, as plain JSON.

    Types that it refers to are in `$defs` under their documented names; `#` refers to the type itself. Raises TypeError
    for anything else, and for a mixin, which is no type of a document.
    """
    _check_type(type)
    writer = _Writer(type)
    schema: _Schema = {"$schema": _DIALECT, **writer.schema(type)}
    definitions = writer.definitions()
    if definitions:
        schema["$defs"] = definitions
    copied: dict[str, Any] = plain_json(schema)  # no part is used twice
    return copied


def schema_types() -> Mapping[str, type]:
    """Return every type and union that has a JSON Schema, under its name. Loads all families."""
    found = {name: find(name) for name in sorted({*catalog.TYPES, *catalog.UNIONS})}
    return MappingProxyType({name: cls for name, cls in found.items() if not cls.__stepdsl__.mixin})


def _check_type(cls: Any) -> None:
    if not _is_written(cls):
        raise TypeError(f"expected a documented type of stepdsl, got {_shown(cls)}")
    if cls.__stepdsl__.mixin:
        raise TypeError(several_types(cls))


def _is_written(cls: Any) -> bool:
    return isinstance(cls, type) and issubclass(cls, Model) and not cls.__stepdsl__.unknown


def _shown(value: object) -> str:
    return value.__qualname__ if isinstance(value, type) else show(value)


class _Writer:
    """Writes the schemas of types, and collects the types that they refer to."""

    def __init__(self, root: type[Any]) -> None:
        self._root = root
        self._wanted: dict[str, type[Any]] = {}

    def definitions(self) -> _Schema:
        """Return the schemas of all types that are referred to, by name."""
        written: _Schema = {}
        while missing := self._wanted.keys() - written.keys():
            for name in missing:
                written[name] = self.schema(self._wanted[name])
        return dict(sorted(written.items()))

    def schema(self, cls: type[Any]) -> _Schema:
        """Return the schema of a model, a union or an enum, in full."""
        if issubclass(cls, Enum):
            known = [member.value for member in cls]
            return {**_about(cls), "anyOf": [{"enum": known}, {"type": "string"}]}
        return {**_about(cls), **(self._union(cls) if cls.__stepdsl__.union else self._object(FIELDS[cls]))}

    def _reference(self, cls: type[Any]) -> _Schema:
        if cls is self._root:
            return {"$ref": "#"}
        self._wanted[cls.__qualname__] = cls
        return {"$ref": f"#/$defs/{cls.__qualname__}"}

    # -- objects --------------------------------------------------------------------------------------------------

    def _object(self, fields: Fields) -> _Schema:
        properties: _Schema = {}
        if fields.has_type:
            properties["type"] = _type_property(fields)
        for field in fields.by_name.values():
            properties[field.wire] = self._property(fields, field)
        earlier, _ = _other_keys(fields)
        properties.update(dict.fromkeys(earlier, _NULL))
        schema: _Schema = {"type": "object", "properties": properties}
        required = [field.wire for field in fields.by_name.values() if field.required]
        if required:
            schema["required"] = required
        choices = _choices(fields)
        if choices:
            schema["allOf"] = [{"anyOf": choice} for choice in choices]
        return schema

    def _property(self, fields: Fields, field: Field) -> _Schema:
        schema = _description(field_docstring(fields.cls, field.name), fields)
        if field.generation is Generation.SUPERSEDED:
            schema["deprecated"] = True
        if _is_always_written(fields, field):
            schema["default"] = [] if field.default == () else field.default
        return {**schema, **self._value(field)}

    def _value(self, field: Field) -> _Schema:
        """Return the schema of a property's values: those of the documented type, and whatever else is accepted."""
        choices = [self._documented_value(field)]
        if field.recognised_by is not None:
            choices.append({"type": "object", "properties": {field.recognised_by: _NULL}})
        if not (field.required or field.nullable):
            if len(choices) == 1 and "type" in choices[0]:
                return {**choices[0], "type": [choices[0]["type"], "null"]}
            choices.append(_NULL)
        return choices[0] if len(choices) == 1 else {"anyOf": choices}

    def _documented_value(self, field: Field) -> _Schema:
        match field.kind:
            case Kind.JSON:
                return {}
            case Kind.SCALARS | Kind.LIST:
                return {"type": "array", "items": self._member(field)}
            case Kind.SCALAR_MAP | Kind.MAP:
                return {"type": "object", "additionalProperties": self._member(field)}
            case _:
                return self._member(field)

    def _member(self, field: Field) -> _Schema:
        if len(field.enums) > 1:
            return {"anyOf": [self._reference(enum) for enum in field.enums]}
        return _SCALARS.get(field.member) or self._reference(field.member)

    # -- unions ---------------------------------------------------------------------------------------------------

    def _union(self, union: type[Model]) -> _Schema:
        """Return the schema of a union: a document has to fit the type that `loads` recognises in it.

        A document that fits no case is a member that this library does not have. It may contain anything.
        """
        discriminate = DISCRIMINATORS[union]
        properties: _Schema = {}
        schema: _Schema = {"type": "object", "properties": properties}
        tag = FIELDS[carrier(union)].by_wire_name.get("type")
        if tag is not None:
            properties["type"] = self._type_of_union(discriminate, tag)
            if tag.required:
                schema["required"] = ["type"]
        properties.update(dict.fromkeys(discriminate.keys, True))  # always allowed; named so that editors offer them
        decisive = [name for name in discriminate.tags if name in discriminate.decisive_tags]
        others = [name for name in discriminate.tags if name not in discriminate.decisive_tags]
        untagged: _Schema = {} if tag is None else {"type": _NULL}
        not_decided: _Schema = {"type": {"not": {"enum": decisive}}} if decisive and discriminate.keys else {}
        schema["allOf"] = [
            *self._tagged(union, decisive, {}),
            *self._keyed(discriminate, not_decided),
            *self._tagged(union, others, dict.fromkeys(discriminate.keys, _NULL)),
            *self._typed(discriminate, tag),
            *self._without_key(discriminate, untagged),
        ]
        return schema

    def _typed(self, discriminate: Discriminator, tag: Field | None) -> list[_Schema]:
        """Return the case of documents in which no property decides: their type is a string, if they have one."""
        if tag is None or not discriminate.keys:
            return []
        undecided = {"properties": dict.fromkeys(discriminate.keys, _NULL)}
        return [{"if": undecided, "then": {"properties": {"type": self._value(tag)}}}]

    def _type_of_union(self, discriminate: Discriminator, tag: Field) -> _Schema:
        """Return the schema of `type`: a string, or anything where a property decides what the document is."""
        named: _Schema = {"anyOf": [{"enum": list(discriminate.tags)}, self._value(tag)]}
        if not discriminate.keys:
            return named
        return {"anyOf": [*named["anyOf"], True]}

    def _tagged(self, union: type[Model], named: Iterable[str], seen: _Schema) -> list[_Schema]:
        """Return the cases of members with a tag, of documents with these other properties."""
        by_tag, by_array = tags(union.__qualname__), arrays(union.__qualname__)
        cases: list[_Schema] = []
        for tag in named:
            properties: _Schema = {**seen, "type": {"const": tag}}
            if tag in by_array:
                wire, other = by_array[tag]
                array = {"type": "array"}
                cases.append(self._case(other, properties={**properties, wire: array}, required=["type", wire]))
                properties[wire] = {"not": array}
            cases.append(self._case(by_tag[tag], properties=properties, required=["type"]))
        return cases

    def _keyed(self, discriminate: Discriminator, seen: _Schema) -> list[_Schema]:
        """Return the cases of members with a discriminating property: the first one that is not null decides."""
        cases: list[_Schema] = []
        for key, name in discriminate.keys.items():
            cases.append(self._case(name, properties={**seen, key: {"not": _NULL}}, required=[key]))
            seen = {**seen, key: _NULL}
        return cases

    def _without_key(self, discriminate: Discriminator, untagged: _Schema) -> list[_Schema]:
        """Return the cases of documents without a tag whose discriminating properties are null, or missing."""
        seen: _Schema = {**untagged, **dict.fromkeys(discriminate.keys, _NULL)}
        cases: list[_Schema] = []
        for key, name in discriminate.keys_with_null:
            cases.append(self._case(name, properties=dict(seen), required=[key]))
            seen[key] = False
        return cases + [self._case(one.name, **_nothing_else(one)) for one in discriminate.without_key]

    def _case(self, name: str, **document: Any) -> _Schema:
        """Return the rule that a document with these properties has to fit the named type."""
        conditions = {keyword: value for keyword, value in document.items() if value}
        return {"if": conditions, "then": self._reference(find(name))}


def _choices(fields: Fields) -> list[list[_Schema]]:
    """Return the rules that at least one of several properties is given."""
    choices = [[_given(fields.by_name[name]) for name in group] for group in fields.options.any_of]
    if fields.options.key is None:
        return choices
    key = fields.by_wire_name[fields.options.key]
    if key.nullable:  # null decides only if nothing else does
        _, later = _other_keys(fields)
        undecided = dict.fromkeys([*later, *(["type"] if fields.has_type else [])], _NULL)
        choices.append([{"properties": {key.wire: {"not": _NULL}}}, {"properties": undecided}])
    if is_key_optional(fields):
        choices.append([_given(key), _nothing_else(fields)])
    return choices


def _type_property(fields: Fields) -> _Schema:
    """Return the schema of `type` in the documents of one type."""
    if fields.options.tag is not None:
        return {"enum": [fields.options.tag, None]}
    assert fields.union is not None, "only members of unions have a type"
    return {"not": {"enum": sorted(DISCRIMINATORS[fields.union].decisive_tags)}}


def _other_keys(fields: Fields) -> tuple[list[str], list[str]]:
    """Return the discriminating properties of other members of the union that decide before the type's own mark, after.

    The mark is the tag of the type, or its own discriminating property.
    """
    if fields.union is None or fields.options.tag in DISCRIMINATORS[fields.union].decisive_tags:
        return [], []
    named = list(DISCRIMINATORS[fields.union].keys)
    if fields.options.key not in named:
        return named, []
    position = named.index(fields.options.key)
    return named[:position], named[position + 1 :]


def _nothing_else(fields: Fields) -> _Schema:
    return {"propertyNames": {"enum": ["type", *fields.by_wire_name]}, "properties": {"type": _NULL}}


def _given(field: Field) -> _Schema:
    """Return the schema of objects that have a value for a property; null is one for Any only."""
    given: _Schema = {"required": [field.wire]}
    return given if field.nullable else {**given, "properties": {field.wire: {"not": _NULL}}}


def _is_always_written(fields: Fields, field: Field) -> bool:
    """Return whether the default is written when no value is given."""
    if field.required or field.default is None or field.default is UNSET:
        return False
    return field.keys_of is None


def _about(cls: type[Any]) -> _Schema:
    fields = None if issubclass(cls, Enum) else FIELDS[cls]
    return {"title": cls.__qualname__, **_description(inspect.getdoc(cls) or "", fields)}


def _description(text: str, fields: Fields | None) -> _Schema:
    """Return a docstring with wire names in place of Python names, one line for each paragraph.

    It is empty if the interpreter keeps no docstrings, or if the models have no source.
    """
    own = {} if fields is None else fields.by_name

    def renamed(quoted: re.Match[str]) -> str:
        name = quoted[1]
        return f"`{own[name].wire if name in own else camel_case(name)}`"

    paragraphs = _QUOTED.sub(renamed, text).split("\n\n")
    return {"description": "\n\n".join(" ".join(part.split()) for part in paragraphs)} if text else {}
