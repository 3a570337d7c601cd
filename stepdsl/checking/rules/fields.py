"""Rules for fields: their titles, hidden fields without a value, and their messages."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final, cast

from stepdsl.checking.findings import Severity
from stepdsl.checking.rule import rule
from stepdsl.checking.rules.examples import object_form
from stepdsl.checking.walk import Problem, Walk
from stepdsl.core.fields import near_wire_name
from stepdsl.core.json import UNSET, is_object
from stepdsl.core.messages import show
from stepdsl.model.schemas import (
    AllOfSchema,
    ArraySchema,
    BooleanSchema,
    IntegerSchema,
    NumberSchema,
    ObjectSchema,
    OneOfSchema,
    RuleProperties,
    StringSchema,
)
from stepdsl.model.unions import Schema
from stepdsl.validation import title_of
from stepdsl.validation.texts import KEYWORDS, OLD_NAMES

__all__ = ["is_hidden", "is_titled"]

_FIELDS: Final = (StringSchema, IntegerSchema, NumberSchema, BooleanSchema, OneOfSchema, ArraySchema.List)
_WITHOUT_VALUE: Final = (StringSchema, IntegerSchema, NumberSchema, OneOfSchema)
"""The schemas that submit null without input. The others submit false, an empty array, an object or a constant."""
_KEYWORDS: Final = (
    *(name for name in KEYWORDS if name not in ("const", "oneOf")),  # of schemas that have no messages
    "maxSize",
    *OLD_NAMES.values(),
)
"""The names of rules that messages are for."""


def _form(name: str, *, required: bool = False, **schema: Any) -> dict[str, Any]:
    more: dict[str, Any] = {"displayOrder": []} if schema.get("hidden") else {}
    if required:
        more["required"] = [name]
    return object_form("#form", {name: {"type": "string", **schema}}, **more)


@rule(
    "untitled-field",
    Severity.WARNING,
    "Each field on the screen has a title.",
    why="The title is the label of the field. Without a label the user does not know what to enter, and a screen "
    "reader has nothing to read. Use an empty title for a field that needs no label.",
    failing=_form("iban"),
    passing=_form("iban", title="IBAN"),
    on=(ObjectSchema,),
    given=("properties",),
    shown=True,
)
def _untitled_field(properties: Mapping[str, Schema], at: Walk) -> Iterator[Problem]:
    schema = cast("ObjectSchema", at.owner)
    if any(map(is_hidden, at.ancestors)):
        return
    displayed = set(schema.display_order)
    for name, field in properties.items():
        if name in displayed and isinstance(field, _FIELDS) and not is_hidden(field) and not is_titled(field):
            yield Problem(f"the field {show(name)} has no title", "give it a title, the label of the field", (name,))


def is_hidden(schema: Any) -> bool:
    """Return whether an object is a hidden schema."""
    return bool(schema.__dict__.get("hidden"))


def is_titled(schema: Schema) -> bool:
    """Return whether a schema has a title, which can be empty. Another rule reports one that is no string."""
    return title_of(schema) is not None or "title" in schema.extra


@rule(
    "hidden-required-field",
    Severity.WARNING,
    "A hidden field that is required has a value.",
    why="The user cannot enter a value into a hidden field. If neither the model nor a default has a value for it, "
    "the client refuses the form at each submission.",
    failing=_form("token", required=True, hidden=True),
    passing={**_form("token", required=True, hidden=True), "model": {"token": "abc"}},
    on=(ObjectSchema,),
    given=("required",),
)
def _hidden_required_field(names: tuple[str, ...], at: Walk) -> Iterator[Problem]:
    properties = cast("ObjectSchema", at.owner).properties
    in_hidden = any(map(is_hidden, at.ancestors))
    for index, name in enumerate(names):
        field = properties.get(name)
        if isinstance(field, _WITHOUT_VALUE) and (in_hidden or is_hidden(field)):
            given = field.__dict__
            if given.get("default", UNSET) in (None, UNSET) and _is_without_value(name, at):
                yield Problem(
                    f"{show(name)} is required and hidden, but has no value",
                    "put a value into the model, give it a default, or take it out of required",
                    (index,),
                )


def _is_without_value(name: str, at: Walk) -> bool:
    """Return whether the model has no value for a property of the owner. The values in arrays are not examined."""
    value: Any = at.step.model
    segments = iter(at.path[2:])
    for parent in at.ancestors[1:-1]:
        next(segments)  # the name of the property of the parent
        if isinstance(parent, ObjectSchema):
            value = _part(value, str(next(segments)))
        elif isinstance(parent, (AllOfSchema, OneOfSchema)):
            next(segments)
        else:
            return False
    return _part(value, name) is None


def _part(value: Any, name: str) -> Any:
    """Return a property of a value; None if there is no such property, or no object."""
    return value.get(name) if is_object(value) else None


@rule(
    "message-without-keyword",
    Severity.WARNING,
    "Each key of `validationMessages` is the name of a rule.",
    why="A message is shown when the rule with the name of its key fails. The names are those of the JSON: "
    "`minLength`, not `min_length`. A message under another name is never shown.",
    failing=_form("iban", title="IBAN", maxLength=34, validationMessages={"max_length": "Too long."}),
    passing=_form("iban", title="IBAN", maxLength=34, validationMessages={"maxLength": "Too long."}),
    on=(RuleProperties,),
    given=("validation_messages",),
)
def _message_without_keyword(messages: Mapping[str, str], _: Walk) -> Iterator[Problem]:
    for name in messages:
        if name not in _KEYWORDS:
            hint = near_wire_name(name, _KEYWORDS)
            yield Problem(f"there is no rule {show(name)}{hint}", "use the name of a rule, such as maxLength", (name,))
