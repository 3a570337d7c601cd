"""Compiles a schema of a step to JSON Schema 2020-12. It accepts the same values as `full_check.py`.

Two keywords are not those of JSON Schema: `structured` for formats, `search` for some patterns. `engine.py` has them.
"""

from __future__ import annotations

from typing import Any, Final, TypeAlias

from stepdsl.core.json import UNSET
from stepdsl.model.schemas import (
    AllOfSchema,
    ArraySchema,
    BooleanSchema,
    ConstSchema,
    IntegerSchema,
    NumberSchema,
    ObjectSchema,
    OneOfSchema,
    StringSchema,
)
from stepdsl.model.unions import Schema
from stepdsl.validation.engine import keyword_for
from stepdsl.validation.formats import has_structure
from stepdsl.validation.matching import is_open
from stepdsl.validation.schemas import limit_of

__all__ = ["JsonSchema", "json_schema_of"]

JsonSchema: TypeAlias = dict[str, Any] | bool
_Container: TypeAlias = ObjectSchema | OneOfSchema | AllOfSchema | ArraySchema.List | ArraySchema.Tuple

_NOT_NULL: Final = {"type": ["array", "boolean", "number", "object", "string"]}
_LEVELS: Final = 12
"""Schemas at each multiple of this level are moved to `$defs`: jsonschema-rs limits the depth of JSON."""


def json_schema_of(schema: Schema, *, required: bool) -> JsonSchema:
    """Return the JSON Schema of the values that a schema accepts. Null is accepted if the value is not required."""
    compiler = _Compiler()
    compiled = compiler.compile(schema, required=required)
    return {**compiled, "$defs": compiler.definitions} if isinstance(compiled, dict) else compiled


class _Compiler:
    def __init__(self) -> None:
        self.definitions: dict[str, JsonSchema] = {}
        self._level = 0

    def compile(self, schema: Schema, *, required: bool) -> JsonSchema:
        """Return the JSON Schema of a schema. Null is accepted if the value is not required."""
        match None if is_open(schema) else schema:
            case StringSchema() as text:
                return {"type": _type("string", required), **_string_keywords(text)}
            case IntegerSchema() as number:
                return {"type": _type("integer", required), **_limits(number)}
            case NumberSchema() as number:
                return {"type": _type("number", required), **_limits(number)}
            case BooleanSchema():
                return {"type": _type("boolean", required)}
            case ConstSchema(value=value):
                return _one_of_constants([value], required)
            case (
                ObjectSchema() | OneOfSchema() | AllOfSchema() | ArraySchema.List() | ArraySchema.Tuple()
            ) as container:
                return self._below(container, required)
            case _:
                return _NOT_NULL if required else True

    def _below(self, container: _Container, required: bool) -> JsonSchema:
        self._level += 1
        compiled = self._container(container, required)
        self._level -= 1
        return self._definition(compiled) if self._level and self._level % _LEVELS == 0 else compiled

    def _container(self, schema: _Container, required: bool) -> JsonSchema:
        if isinstance(schema, ObjectSchema):
            return self._object(schema, required)
        if isinstance(schema, OneOfSchema):
            return self._one_of(schema, required)
        if isinstance(schema, AllOfSchema):
            parts = [self.compile(part, required=required) for part in schema.schemas]
            # Without parts, only a missing value can be wrong.
            return {"allOf": [*parts, _NOT_NULL if required else True]}
        if isinstance(schema, ArraySchema.List):
            items = self.compile(schema.items, required=False)
            limits = _given(minItems=limit_of(schema, "min_items"), maxItems=limit_of(schema, "max_items"))
            return {"type": _type("array", required), "items": items, **limits}
        parts = [self.compile(part, required=False) for part in schema.items]
        return {"type": _type("array", required), "maxItems": len(parts), "prefixItems": [*parts, True]}

    def _definition(self, compiled: JsonSchema) -> JsonSchema:
        name = str(len(self.definitions))
        self.definitions[name] = compiled
        return {"$ref": f"#/$defs/{name}"}

    def _object(self, schema: ObjectSchema, required: bool) -> JsonSchema:
        needed = [name for name in dict.fromkeys(schema.required or ()) if name in schema.properties]
        names = frozenset(needed)
        properties = {name: self.compile(field, required=name in names) for name, field in schema.properties.items()}
        return {"type": _type("object", required), "properties": properties, "required": needed}

    def _one_of(self, schema: OneOfSchema, required: bool) -> JsonSchema:
        constants = [part.value for part in schema.schemas if isinstance(part, ConstSchema) and part.value is not UNSET]
        others = [part for part in schema.schemas if not isinstance(part, ConstSchema) or part.value is UNSET]
        accepted = _one_of_constants(constants, required)
        if not others:
            return accepted
        return {"anyOf": [accepted, *(self.compile(part, required=True) for part in others)]}


def _type(kind: str, required: bool) -> str | list[str]:
    return kind if required else [kind, "null"]


def _limits(schema: IntegerSchema | NumberSchema) -> dict[str, Any]:
    return _given(minimum=schema.minimum, maximum=schema.maximum)


def _given(**limits: Any) -> dict[str, Any]:
    return {name: limit for name, limit in limits.items() if limit is not None}


def _one_of_constants(constants: list[Any], required: bool) -> JsonSchema:
    accepted = [value for value in constants if value is not None]
    accepted += [] if required else [None]
    return {"enum": accepted} if accepted else False


def _string_keywords(schema: StringSchema) -> dict[str, Any]:
    if has_structure(schema.format):
        accepts = None if schema.accepts is None else list(schema.accepts)
        return {"structured": [schema.format, schema.minimum, schema.maximum, accepts]}
    keywords = _given(minLength=limit_of(schema, "min_length"), maxLength=limit_of(schema, "max_length"))
    if schema.pattern is not None:
        keyword, value = keyword_for(schema.pattern)
        keywords[keyword] = value
    return keywords
