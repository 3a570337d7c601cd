"""Builds the `validation` of an error body: messages for fields, nested like the submission, checked by schemas."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

from stepdsl.core.json import freeze_members
from stepdsl.core.messages import ConversionError, Path, Problem, dotted, nearest, show
from stepdsl.errors import InvalidValueError
from stepdsl.model.schemas import ArraySchema, ObjectSchema
from stepdsl.model.step import Step
from stepdsl.model.unions import Schema
from stepdsl.model.unknown import UnknownSchema
from stepdsl.validation import single_schemas

__all__ = ["nest_messages"]

_NAME: Final = r"[^.'\"\[\]]+"
_BRACKETS: Final = r"\[\d{1,4}\]|\['[^']*'\]|\[\"[^\"]*\"\]"
_PATH: Final = re.compile(rf"(?:{_NAME}|{_BRACKETS})(?:\.{_NAME}|{_BRACKETS})*")
_PART: Final = re.compile(rf"({_NAME})|\[(\d+)\]|\['([^']*)'\]|\[\"([^\"]*)\"\]")

_VALUE_AND_PARTS: Final = "messages of the value and of what is in it"

_MAX_NAMES: Final = 12
"""The maximum number of field names in an error text without a similar name."""

MessageTree = dict[str | int, Any]
"""The messages, nested. A key is one part of a path. A value is a message or another tree."""


def nest_messages(validation: Mapping[str, Any], step: Step | None) -> Any:
    """Return the messages as the JSON for an error body.

    Keys are paths (`address.city`, `children[0].name`, `['a.b']`). A value is a message, or nested messages. Items of a
    list without a message are null. Raises InvalidValueError for a key that is not a path, for a value that is not a
    message, and for two messages for the same path. With a step, also for a path that is not a field of its schemas.
    """
    if not isinstance(validation, Mapping):  # pyright: ignore[reportUnnecessaryIsInstance]  # callers without a type checker
        raise InvalidValueError("validation", f"expected a mapping, got {show(validation)}")
    try:
        messages = freeze_members(validation)
    except ConversionError as error:
        raise error.as_invalid_value("validation") from None
    tree: MessageTree = {}
    for key, below in messages.items():
        for path, message in _messages(_parse_path(key), below):
            _put(tree, path, message)
    if step is not None:
        problems = list(_unknown_fields(step.schemas, tree, ()))
        if problems:
            raise ConversionError(problems).as_invalid_value("validation")
    return _plain(tree)


def _parse_path(key: str) -> Path:
    if not _PATH.fullmatch(key):
        raise InvalidValueError("validation", f"expected paths such as 'address.city', got {show(key)}")
    # If all groups of a part are empty, it is an empty name in quotes.
    found: list[tuple[str, str, str, str]] = _PART.findall(key)
    return tuple(int(index) if index else name or single or double for name, index, single, double in found)


def _messages(path: Path, value: Any) -> Iterator[tuple[Path, str]]:
    """Yield each message with its path."""
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, dict):
        for name, below in value.items():  # pyright: ignore[reportUnknownVariableType]  # JSON of any shape
            yield from _messages((*path, name), below)  # pyright: ignore[reportUnknownArgumentType]  # JSON of any shape
    elif isinstance(value, list):
        for index, below in enumerate(value):  # pyright: ignore[reportUnknownVariableType, reportUnknownArgumentType]  # JSON of any shape
            yield from _messages((*path, index), below)
    elif value is not None:
        raise InvalidValueError(dotted(path, "validation"), f"expected a message, got {show(value)}")


def _put(tree: MessageTree, path: Path, message: str) -> None:
    """Add a message to the tree. Raises InvalidValueError if it conflicts with another message."""
    *parents, last = path
    for depth, part in enumerate(parents):
        _check_key_type(tree, part, path[:depth])
        tree = tree.setdefault(part, {})
        if not isinstance(tree, dict):  # pyright: ignore[reportUnnecessaryIsInstance]  # a message from another path
            raise InvalidValueError(dotted(path[: depth + 1], "validation"), _VALUE_AND_PARTS)
    _check_key_type(tree, last, path[:-1])
    if last in tree:
        reason = "given twice" if isinstance(tree[last], str) else _VALUE_AND_PARTS
        raise InvalidValueError(dotted(path, "validation"), reason)
    tree[last] = message


def _check_key_type(tree: MessageTree, part: str | int, path: Path) -> None:
    """Raise InvalidValueError if names and list indexes are mixed at `path`."""
    if isinstance(next(iter(tree), part), int) != isinstance(part, int):
        raise InvalidValueError(dotted(path, "validation"), "messages of both fields and items of a list")


def _plain(tree: MessageTree) -> Any:
    """Return the messages as plain JSON. A tree with list indexes becomes a list."""
    plain = {part: _plain(below) if isinstance(below, dict) else below for part, below in tree.items()}  # pyright: ignore[reportUnknownArgumentType]  # MessageTree
    indexes = [part for part in plain if isinstance(part, int)]
    return [plain.get(index) for index in range(max(indexes) + 1)] if indexes else plain


# -- against the schemas --------------------------------------------------------------------------------------------


def _unknown_fields(schemas: Iterable[Schema], tree: MessageTree, path: Path) -> Iterator[Problem]:
    """Yield a problem for each path that is not a field. All schemas are alternatives for the value at `path`."""
    singles = list(single_schemas(schemas))
    if any(isinstance(schema, UnknownSchema) for schema in singles):
        return  # an unknown schema can have any fields
    for part, below in tree.items():
        subschemas = [subschema for schema in singles for subschema in _subschemas(schema, part)]
        if not subschemas:
            yield (*path, part), _no_field(singles, part)
        elif isinstance(below, dict):
            yield from _unknown_fields(subschemas, below, (*path, part))  # pyright: ignore[reportUnknownArgumentType]  # MessageTree


def _subschemas(schema: Schema, part: str | int) -> Iterator[Schema]:
    """Yield the schema of one property or item of `schema`, if there is one."""
    match schema:
        case ObjectSchema(properties=properties) if part in properties:
            yield properties[str(part)]
        case ArraySchema.List(items=items) if isinstance(part, int):
            yield items
        case ArraySchema.Tuple(items=items) if isinstance(part, int) and part < len(items):
            yield items[part]
        case _:
            pass


def _no_field(schemas: list[Schema], part: str | int) -> str:
    """Return the error text for a part of a path without a field. It names the fields that exist."""
    found = (name for schema in schemas if isinstance(schema, ObjectSchema) for name in schema.properties)
    names = list(dict.fromkeys(found))
    if names:
        more = f" and {len(names) - _MAX_NAMES} more" if len(names) > _MAX_NAMES else ""
        return f"no such field{nearest(str(part), names) or '; there are ' + ', '.join(names[:_MAX_NAMES]) + more}"
    lengths = [len(schema.items) for schema in schemas if isinstance(schema, ArraySchema.Tuple)]
    if lengths:
        return f"no such item; there are {max(lengths)}"
    if any(isinstance(schema, ArraySchema.List) for schema in schemas):
        return "no such field; there are the items of a list, [0] and so on"
    return "no such field; there is none at all"
