"""What the examples are held to, beyond what the library enforces: the rules of a good step, as far as a walk can see.

`problems` tells all that is wrong with an object, each as one line that begins with where it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, NamedTuple

from stepdsl import (
    UNSET,
    Action,
    AlertLayout,
    AllOfSchema,
    ArraySchema,
    BlobSchema,
    BooleanSchema,
    ConstSchema,
    FormLayout,
    ImageLayout,
    IntegerSchema,
    MarkdownLayout,
    Media,
    NumberSchema,
    ObjectSchema,
    OneOfSchema,
    PersistAsync,
    Polling,
    Schema,
    Step,
    StringSchema,
    ValidateAsync,
)
from stepdsl.model.base import Model
from stepdsl.model.definition import DEFINITIONS, Property

LINK = re.compile(r"\[[^]]*\]\(([^)]*)\)")
BLOCKS = re.compile(r"^\s*([#>*+-]|[0-9]+\.)\s", re.MULTILINE)
UNSUPPORTED = re.compile(r"!\[|`|^\s*(>|\|)|<\w", re.MULTILINE)
"""Markdown that no client promises to show: pictures, code, quotations, tables, HTML."""
ADDRESSES = ("https://", "/", "urn:")


class Found(NamedTuple):
    """An object, the objects that it stands in from the outermost one on, and where it is."""

    object: Model
    around: tuple[Model, ...]
    path: str


def walk(found: Model, around: tuple[Model, ...] = (), path: str = "") -> Iterator[Found]:
    """An object and all that it holds, at any depth."""
    path = path or type(found).__qualname__
    yield Found(found, around, path)
    for held, value in properties(found):
        if held.kind.holds_objects:
            for part, where in parts(value):
                yield from walk(part, (*around, found), f"{path}.{held.name}{where}")


def properties(found: Model) -> Iterator[tuple[Property, Any]]:
    """The properties that an object has, with their values."""
    for held in DEFINITIONS[type(found)].properties.values():
        value = getattr(found, held.name)
        if value is not UNSET and (value is not None or held.nullable):
            yield held, value


def parts(value: Any) -> Iterator[tuple[Model, str]]:
    if isinstance(value, Mapping):
        yield from ((part, f".{name}") for name, part in value.items())
    elif isinstance(value, Model):
        yield value, ""
    else:
        yield from ((part, f"[{index}]") for index, part in enumerate(value))


def problems(found: Model) -> list[str]:
    """Everything that is wrong with an object, and with what it holds."""
    return [f"{one.path}: {reason}" for one in walk(found) for reason in reasons(one)]


def reasons(one: Found) -> Iterator[str]:
    found = one.object
    for held, value in properties(found):
        if held.name in ("url", "uri", "refresh_url") and not str(value).startswith(ADDRESSES):
            yield f"{value!r} is no https URL and no path"
        if held.name in ("pattern", "regex_pattern"):
            yield from about_regex(str(value))
    match found:
        case Step():
            yield from about_step(found)
        case Action():
            yield from about_action(found)
        case Polling():
            yield from about_polling(found)
        case Schema():
            yield from about_schema(one)
        case AlertLayout() if LINK.search(found.markdown) or BLOCKS.search(found.markdown):
            yield "only emphasis is shown in an alert"
        case MarkdownLayout():
            yield from about_markdown(found.content)
        case ImageLayout() | Media.Image() if not found.accessibility_description:
            yield "no accessibility_description"
        case PersistAsync() | ValidateAsync() if found.method == "GET":
            yield "GET carries no value"
        case _:
            pass


def about_regex(pattern: str) -> Iterator[str]:
    try:
        re.compile(pattern)
    except re.error as error:
        yield f"no regular expression: {error}"
    if re.search(r"[*+}]\)[*+{]", pattern):
        yield "a repetition of a repetition"


def about_action(action: Action) -> Iterator[str]:
    if action.url is None and not action.exit:
        yield "neither url nor exit"
    if action.url is not None and action.exit:
        yield "exit together with url"
    if action.method == "GET" and action.data is not UNSET:
        yield "GET with data"


def about_polling(polling: Polling) -> Iterator[str]:
    if polling.interval is not None and polling.delay is not None:
        yield "both interval and delay"
    if (polling.delay or polling.interval or 0) * polling.max_attempts > 3600:
        yield "goes on for more than an hour"


def about_markdown(markdown: str) -> Iterator[str]:
    if UNSUPPORTED.search(markdown):
        yield "more than headings, lists, emphasis and links"
    for url in LINK.findall(markdown):
        if not url.startswith(ADDRESSES):
            yield f"{url!r} is no https URL and no path"


def about_step(step: Step) -> Iterator[str]:
    if not (step.id and step.title):
        yield "no id or no title"
    if step.external is not None and step.polling is None and not step.link_handlers:
        yield "external without polling and without a link handler"
    if step.refresh_url is not None and step.model is UNSET:
        yield "refresh_url without a model"
    shown = [found.object.schema_id for found in walk(step) if isinstance(found.object, FormLayout)]
    roots = {getattr(schema, "id", None): schema for schema in step.schemas}
    yield from (f"the form of {name!r} shows no root schema" for name in shown if name not in roots)
    yield from (f"{name!r} is shown twice" for name in sorted(set(shown)) if shown.count(name) > 1)
    for name, schema in roots.items():
        if name not in shown and not getattr(schema, "hidden", None):
            yield f"no form shows the schema {name!r}, and it is not hidden"
    ids = [found.object.id for found in walk(step) if getattr(found.object, "id", None) and is_schema(found.object)]
    yield from (f"the id {name!r} is given twice" for name in sorted(set(ids)) if ids.count(name) > 1)
    triggers = [found for found in walk(step) if getattr(found.object, "refresh_step_on_change", None)]
    if triggers and step.refresh_url is None:
        yield "refresh_step_on_change without refresh_url"
    for found in triggers:
        if any(isinstance(outer, ArraySchema.List) for outer in found.around):
            yield "refresh_step_on_change inside a list"
    if step.model is not UNSET:
        yield from unfit(AllOfSchema(schemas=step.schemas), step.model, "model")
    if step.errors is not None and step.errors.validation is not UNSET:
        yield from misplaced(AllOfSchema(schemas=step.schemas), step.errors.validation, "errors.validation")


def is_schema(found: Model) -> bool:
    return isinstance(found, Schema)


def about_schema(one: Found) -> Iterator[str]:
    schema = one.object
    assert isinstance(schema, Schema)
    if isinstance(schema, BlobSchema) and not (one.around and isinstance(one.around[-1], PersistAsync)):
        yield "a blob outside persist_async"
    if isinstance(schema, OneOfSchema) and not schema.schemas:
        yield "no alternative"
    if isinstance(schema, ObjectSchema):
        names = list(schema.properties)
        yield from (f"{name!r} is required, but there is no such property" for name in unknown(schema.required, names))
        if sorted(schema.display_order) != sorted(names):
            yield "display_order does not name each property once"
    used = ("refresh_step_on_change", "persist_async", "validation_async")
    if sum(bool(getattr(schema, name, None)) for name in used) > 1:
        yield f"more than one of {', '.join(used)}"
    default = getattr(schema, "default", None)
    if default is not None and default is not UNSET:
        yield from unfit(schema, default, "default")


def unknown(given: Any, names: list[str]) -> list[str]:
    return [name for name in given or () if name not in names]


# -- whether a value fits a schema -----------------------------------------------------------------------------------


def unfit(schema: Schema, value: Any, path: str) -> Iterator[str]:
    """Tell where a value is not of the kind that a schema describes, or breaks its rules."""
    if isinstance(schema, (AllOfSchema, ObjectSchema)):
        members = dict(members_of(schema))
        if not isinstance(value, dict):
            yield f"{path}: no object"
            return
        for name, inner in value.items():
            if name in members:
                yield from unfit(members[name], inner, f"{path}.{name}")
            else:
                yield f"{path}.{name}: no schema has it"
    elif isinstance(schema, OneOfSchema):
        if not any(not list(unfit(option, value, path)) for option in schema.schemas):
            yield f"{path}: fits none of the alternatives"
    elif isinstance(schema, ConstSchema):
        if schema.value != value:
            yield f"{path}: not {schema.value!r}"
    elif isinstance(schema, ArraySchema.List):
        if not isinstance(value, list) or not (schema.min_items or 0) <= len(value) <= (schema.max_items or len(value)):
            yield f"{path}: no list, or too short or too long"
            return
        for index, item in enumerate(value):
            yield from unfit(schema.items, item, f"{path}[{index}]")
    elif isinstance(schema, ArraySchema.Tuple):
        if not isinstance(value, list) or len(value) != len(schema.items):
            yield f"{path}: no list of {len(schema.items)} items"
            return
        for index, (part, item) in enumerate(zip(schema.items, value, strict=True)):
            yield from unfit(part, item, f"{path}[{index}]")
    else:
        yield from unfit_value(schema, value, path)


def unfit_value(schema: Schema, value: Any, path: str) -> Iterator[str]:
    kinds: dict[type, tuple[type, ...]] = {
        BooleanSchema: (bool,),
        IntegerSchema: (int,),
        NumberSchema: (int, float),
        StringSchema: (str,),
    }
    if type(value) not in kinds[type(schema)]:
        yield f"{path}: {value!r} is nothing for {type(schema).__name__}"
        return
    least, greatest = getattr(schema, "minimum", None), getattr(schema, "maximum", None)
    if (least is not None and value < least) or (greatest is not None and value > greatest):
        yield f"{path}: {value!r} is out of bounds"
    if not isinstance(schema, StringSchema):
        return
    if schema.format is StringSchema.Format.DATE:
        try:
            date.fromisoformat(value)
        except ValueError:
            yield f"{path}: {value!r} is no date"
    if schema.pattern is not None and not re.search(schema.pattern, value):
        yield f"{path}: {value!r} does not match the pattern"
    if not (schema.min_length or 0) <= len(value) <= (schema.max_length or len(value)):
        yield f"{path}: {value!r} is too short or too long"


def misplaced(schema: Schema, messages: Any, path: str) -> Iterator[str]:
    """Tell where a message stands at no field."""
    if isinstance(messages, dict):
        members = dict(members_of(schema))
        for name, inner in messages.items():
            if name in members:
                yield from misplaced(members[name], inner, f"{path}.{name}")
            else:
                yield f"{path}.{name}: no schema has it"
    elif not isinstance(messages, str):
        yield f"{path}: no message"


def members_of(schema: Schema) -> Iterator[tuple[str, Schema]]:
    """The properties that an object has by a schema, with their schemas."""
    if isinstance(schema, ObjectSchema):
        yield from schema.properties.items()
    elif isinstance(schema, AllOfSchema):
        for part in schema.schemas:
            yield from members_of(part)
