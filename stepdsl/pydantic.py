"""How pydantic reads, writes and describes the types of stepdsl. It is imported when a schema is made.

A field or return type `Step` is read by `from_dict`, written by `to_dict`, and described by `json_schema`.
"""

from __future__ import annotations

from typing import Any, cast

from pydantic_core import PydanticCustomError, core_schema

from stepdsl.core.model import Model
from stepdsl.errors import WireError
from stepdsl.jsonschema import json_schema
from stepdsl.wire import from_dict, to_dict

__all__ = ["core_schema_of"]

_PREFIX = "#/$defs/"
_ABOUT = ("title", "description", "default", "deprecated")


def core_schema_of(cls: type[Model]) -> core_schema.CoreSchema:
    """Return pydantic's core schema of a documented type or union."""

    def read(value: Any) -> Any:
        if isinstance(value, cls):
            return value
        try:
            return from_dict(value, cls)
        except WireError as error:
            raise PydanticCustomError("stepdsl", "{problems}", {"problems": str(error)}) from None

    def describe(_: core_schema.CoreSchema, handler: Any) -> dict[str, Any]:
        return _json_schema(cls, handler)

    return core_schema.no_info_plain_validator_function(
        read,
        ref=_reference(cls.__qualname__),
        serialization=core_schema.plain_serializer_function_ser_schema(to_dict),
        metadata={"pydantic_js_functions": [describe]},
    )


def _reference(name: str) -> str:
    """Return the name by which pydantic refers to a type in its core schemas."""
    return f"stepdsl.{name}:0"


def _json_schema(cls: type[Model], handler: Any) -> dict[str, Any]:
    """Return a reference to the JSON Schema of a type, after its definitions were added to pydantic's own."""
    schema = json_schema(cls)
    own = cls.__qualname__
    definitions = {**schema.pop("$defs", {}), own: schema}
    schema.pop("$schema")
    generator = handler.generate_json_schema
    references = {name: generator.get_cache_defs_ref_schema(_reference(name)) for name in definitions}

    def renamed(part: Any) -> Any:
        if isinstance(part, list):
            return list(map(renamed, part))  # pyright: ignore[reportUnknownArgumentType]  # JSON of any shape
        if not isinstance(part, dict):
            return part
        members = cast("dict[str, Any]", part)
        copied = {key: renamed(value) for key, value in members.items()}
        if isinstance(members.get("$ref"), str):
            name = own if members["$ref"] == "#" else members["$ref"].removeprefix(_PREFIX)
            copied.update(references[name][1])
        return _with_single_types(copied)

    for name, definition in definitions.items():
        key, _ = references[name]
        generator.definitions.setdefault(key, renamed(definition))
    reference: dict[str, Any] = references[own][1]
    return reference


def _with_single_types(schema: dict[str, Any]) -> dict[str, Any]:
    """Return a schema with one type in each alternative: OpenAPI before 3.1, and older FastAPI, accept no lists."""
    types: object = schema.get("type")
    if not isinstance(types, list):
        return schema
    about = {key: schema.pop(key) for key in _ABOUT if key in schema}
    other = [{"type": one} for one in cast("list[str]", types)[1:]]
    return {**about, "anyOf": [{**schema, "type": types[0]}, *other]}
