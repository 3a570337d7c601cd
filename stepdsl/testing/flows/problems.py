"""What is wrong with values before they are sent: a message for each field that its schema does not allow."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

import attrs

from stepdsl.core.messages import Path
from stepdsl.errors import InvalidValueError
from stepdsl.model.schemas import AllOfSchema, ArraySchema, BlobSchema, ObjectSchema
from stepdsl.model.step import Step
from stepdsl.model.unions import Schema
from stepdsl.model.unknown import UnknownSchema
from stepdsl.server.submissions import SubmissionError
from stepdsl.server.uploads import UploadedFile, UploadRules, content_type_of
from stepdsl.testing.flows.containers import Choice, Fixed, Items, Token
from stepdsl.testing.flows.fields import Field, File
from stepdsl.testing.flows.objects import Group, Merged
from stepdsl.validation.mime_types import is_mime_type
from stepdsl.validation.paths import parse_path
from stepdsl.validation.validator import validate

__all__ = ["chosen_schema", "content_problems", "is_valid", "messages", "missing"]

_LARGEST: Final = 2**63
_ANY: Final = UnknownSchema(type="any")
"""A schema that every value fits."""
_KEYWORDS: Final = ("required", "type", "accepts", "maxSize")


def is_valid(field: Field) -> bool:
    """Return whether the value of a field fits its schema. An empty field is valid."""
    return not _problems(field, field.value, required=False)


def content_problems(token: Token, *, required: bool = False) -> dict[Path, str]:
    """Return the messages for what is entered in a field with persist-async, by the paths of the fields."""
    content = token.content
    if isinstance(content, File):
        message = _file_problem(token.inner.schema, content)
        return {} if message is None else {token.path: message}
    return _problems(token.inner, content, required=required)


def missing(field: Field) -> dict[Path, str]:
    """Return the message of a field that needs a value and has none, by its path."""
    return _problems(field, None, required=True)


def messages(step: Step, values: Mapping[str, Any]) -> dict[Path, str]:
    """Return the message of each field; none for names and values that cannot be validated."""
    try:
        found = validate(step, values)
    except InvalidValueError:
        return {}
    return {parse_path(text) or (): message for text, message in found.items()}


def _problems(field: Field, value: Any, *, required: bool) -> dict[Path, str]:
    """Return the messages for a value of a field, by the paths of the field and of those in it."""
    whole = ObjectSchema(properties={"value": chosen_schema(field)}, required=["value"] if required else [])
    found = messages(Step(schemas=[whole]), {} if value is None else {"value": value})
    return {(*field.path, *path[1:]): message for path, message in found.items()}


def _file_problem(schema: Schema, file: File) -> str | None:
    """Return the message for a file that its schema does not allow; None for an allowed one."""
    assert isinstance(schema, BlobSchema), "only such a field takes a file"
    texts: Mapping[str, str] = schema.validation_messages or {}
    size = schema.max_size if schema.max_size is not None and schema.max_size > 0 else _LARGEST
    types = [one for one in schema.accepts or () if is_mime_type(one)]  # clients ignore the other entries
    rules = UploadRules.of(
        "file", size, types or None, {name: text for name, text in texts.items() if name in _KEYWORDS}
    )
    try:
        rules.chosen([UploadedFile(file.filename or "file", content_type_of(file.content_type), file.data)])
    except SubmissionError as error:
        return str((error.validation or {})["file"])
    return None


def chosen_schema(field: Field) -> Schema:
    """Return the schema of a field, with the chosen alternatives in place of one-of schemas."""
    match field:
        case Choice(chosen=int(position)):
            return chosen_schema(field.alternatives[position])
        case Group():
            return _replaced(
                field.schema, "properties", {name: chosen_schema(part) for name, part in field.fields.items()}
            )
        case Merged():
            return _replaced(field.schema, "schemas", [chosen_schema(part) for part in field.members])
        case Fixed():
            return _replaced(field.schema, "items", [chosen_schema(part) for part in field.items])
        case Items():
            items = [chosen_schema(part) for part in field.items]
            schema: Any = field.schema
            if all(item is schema.items for item in items):
                return field.schema
            return AllOfSchema(schemas=[attrs.evolve(schema, items=_ANY), ArraySchema.Tuple(items=items)])
        case _:
            return field.schema


def _replaced(schema: Any, name: str, parts: Any) -> Schema:
    before = schema.__dict__[name]
    keys: Any = range(len(before)) if isinstance(parts, list) else parts
    if all(before[key] is parts[key] for key in keys):
        unchanged: Schema = schema
        return unchanged
    made: Schema = attrs.evolve(schema, **{name: parts})
    return made
