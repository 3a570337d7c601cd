"""Forms and schemas: what is shown, and what objects and choices consist of."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final, cast

from stepdsl.checking.findings import Severity
from stepdsl.checking.rule import rule
from stepdsl.checking.walk import Location, Problem, Walk, handle_of
from stepdsl.core.json import UNSET
from stepdsl.core.messages import near, show
from stepdsl.core.problems import dotted
from stepdsl.model.features import PersistAsync
from stepdsl.model.layouts import DecisionLayout
from stepdsl.model.schemas import AllOfSchema, BlobSchema, ConstSchema, ObjectSchema, OneOfSchema
from stepdsl.model.unions import Schema

_FORM: Final = [{"type": "form", "schemaId": "#login"}]
_NAME: Final = {"type": "string", "title": "Name"}
_PIN: Final = {"type": "string", "title": "PIN"}


def _login(order: list[str], **more: Any) -> dict[str, Any]:
    schema = {"type": "object", "$id": "#login", "properties": {"name": _NAME, "pin": _PIN}, "displayOrder": order}
    return {"layout": _FORM, "schemas": [{**schema, **more}]}


@rule(
    "form-without-schema",
    Severity.ERROR,
    "A form layout refers to a root schema of the step.",
    why="A form shows the schema whose `$id` is its `schemaId`. Schemas that stand inside others cannot be shown "
    "so, nor is anything shown for a reference that leads nowhere.",
    failing={
        "layout": [{"type": "form", "schemaId": "#log-in"}],
        "schemas": [{"type": "string", "$id": "#login", "hidden": True}],
    },
    passing={"layout": _FORM, "schemas": [{"type": "string", "$id": "#login"}]},
)
def _form_without_schema(walk: Walk) -> Iterator[tuple[Location, Problem]]:
    nested = dict(walk.handles)
    roots = {handle for handle, place in walk.handles if len(place.path) == 2}
    for form, place in walk.forms:
        wanted = form.schema_id
        if wanted in roots:
            continue
        if wanted in nested:
            message = f"{show(wanted)} is the $id of {dotted(nested[wanted].path)}, which is no root schema"
            advice = "refer to a root schema; only those can be shown"
        else:
            message = f"no root schema has the $id {show(wanted)}{near(wanted, roots)}"
            advice = "refer to a root schema by its $id"
        yield place, Problem(message, advice, ("schemaId",))


@rule(
    "schema-never-shown",
    Severity.WARNING,
    "A root schema is shown by a form, or carries data.",
    why="A schema appears where a form layout refers to it, and nowhere else. One that no form refers to is the "
    "documented way to carry data that is not shown, if the model holds some for it; without any it does nothing.",
    failing={"schemas": [{"type": "object", "$id": "#login", "properties": {"pin": _PIN}, "displayOrder": ["pin"]}]},
    passing={
        "schemas": [{"type": "object", "$id": "#login", "properties": {"pin": _PIN}, "displayOrder": ["pin"]}],
        "model": {"pin": "1234"},
    },
)
def _schema_never_shown(walk: Walk) -> Iterator[tuple[Location, Problem]]:
    if walk.has_unknown_layout:  # it may show anything
        return
    shown = {form.schema_id for form, _ in walk.forms}
    model: Any = walk.step.model
    for schema, place in walk.roots:
        handle = handle_of(schema)
        if (handle is not None and handle in shown) or _carries(schema, model):
            continue
        told = "has no $id by which a form could refer to it" if handle is None else f"{show(handle)} is in no form"
        yield (
            place,
            Problem(
                f"the schema {told}, and carries no data",
                "add a form layout with its $id as schemaId, hide it, or put its value into the model",
            ),
        )


def _carries(schema: Schema, model: Any) -> bool:
    """Whether a schema has a value even if it is not shown. A model that is no object is taken for its own."""
    given = schema.__dict__
    if given.get("hidden") or given.get("default", UNSET) not in (None, UNSET) or schema.__class__.__stepdsl__.unknown:
        return True
    match schema:
        case ConstSchema():
            return True
        case ObjectSchema():
            holds: Mapping[str, Any] = model if isinstance(model, dict) else {}  # pyright: ignore[reportUnknownVariableType]  # JSON of any shape
            return any(name in holds or _carries(part, UNSET) for name, part in schema.properties.items())
        case AllOfSchema() | OneOfSchema():
            return any(_carries(part, model) for part in schema.schemas)
        case _:
            return model is not UNSET and not isinstance(model, dict)


@rule(
    "required-without-property",
    Severity.ERROR,
    "What an object requires is one of its properties.",
    why="`required` names the properties whose value must not be null. One that is not there can never have a "
    "value, so the form can never be submitted.",
    failing=_login(["name", "pin"], required=["name", "pins"]),
    passing=_login(["name", "pin"], required=["name", "pin"]),
    on=(ObjectSchema,),
    given=("required",),
)
def _required_without_property(names: tuple[str, ...], at: Walk) -> Iterator[Problem]:
    properties = cast("ObjectSchema", at.owner).properties
    for place, name in enumerate(names):
        if name not in properties:
            yield Problem(
                f"there is no property {show(name)}{near(name, properties)}",
                "add a schema for it, or take it out of required",
                (place,),
            )


@rule(
    "display-order-without-property",
    Severity.WARNING,
    "What an object displays is one of its properties.",
    why="`displayOrder` names the properties in the order in which they are shown; a name that none has shows nothing.",
    failing=_login(["name", "pin", "remember"]),
    passing=_login(["name", "pin"]),
    on=(ObjectSchema,),
    given=("display_order",),
)
def _display_order_without_property(names: tuple[str, ...], at: Walk) -> Iterator[Problem]:
    properties = cast("ObjectSchema", at.owner).properties
    for place, name in enumerate(names):
        if name not in properties:
            yield Problem(
                f"there is no property {show(name)}{near(name, properties)}",
                "add a schema for it, or take it out of displayOrder",
                (place,),
            )


@rule(
    "property-not-displayed",
    Severity.WARNING,
    "Every property of an object that can be shown is in its display order.",
    why="A property that `displayOrder` leaves out is not shown. If it is meant so, hide it: that says what is "
    "meant. Constants and properties with a default need no input and may be left out.",
    failing=_login(["name"]),
    passing=_login(["name"], properties={"name": _NAME, "pin": {**_PIN, "hidden": True}}),
    on=(ObjectSchema,),
    given=("display_order",),
)
def _property_not_displayed(names: tuple[str, ...], at: Walk) -> Iterator[Problem]:
    properties = cast("ObjectSchema", at.owner).properties
    if len(properties) <= len(names) and set(properties) == set(names):
        return
    shown = set(names)
    for name, schema in properties.items():
        if name not in shown and not _carries(schema, UNSET):
            yield Problem(f"{show(name)} is not displayed", f"add {show(name)}, or make that property hidden")


@rule(
    "empty-choice",
    Severity.ERROR,
    "A choice offers something to choose.",
    why="A one-of schema without alternatives, or a decision without options, leaves the user nothing to go on with.",
    failing={"layout": _FORM, "schemas": [{"$id": "#login", "oneOf": []}]},
    passing={"layout": _FORM, "schemas": [{"$id": "#login", "oneOf": [{"const": "pin"}, {"const": "key"}]}]},
    on=(OneOfSchema, DecisionLayout),
    given=("schemas", "options"),
)
def _empty_choice(choices: tuple[object, ...], at: Walk) -> Iterator[Problem]:
    if not choices:
        what = "alternatives" if isinstance(at.owner, OneOfSchema) else "options"
        yield Problem(f"there are no {what}", "offer at least one")


@rule(
    "blob-outside-persist-async",
    Severity.ERROR,
    "A blob schema is the schema of a persist-async.",
    why="A file cannot be part of the JSON that a step submits: it is sent to an endpoint of its own, and the "
    "step submits what that answers. A blob schema is documented as legal there and nowhere else.",
    failing={"layout": _FORM, "schemas": [{"type": "blob", "$id": "#login"}]},
    passing={
        "layout": _FORM,
        "schemas": [
            {
                "type": "string",
                "$id": "#login",
                "persistAsync": {
                    "idProperty": "id",
                    "method": "POST",
                    "param": "file",
                    "schema": {"type": "blob"},
                    "url": "/files",
                },
            }
        ],
    },
    on=(BlobSchema,),
)
def _blob_outside_persist_async(_: BlobSchema, at: Walk) -> Iterator[Problem]:
    if not isinstance(at.owner, PersistAsync):
        yield Problem(
            "a blob schema stands outside of a persistAsync",
            "make it the schema in the persistAsync of a string schema, which submits the id of the file",
        )
