"""Rules for forms and schemas: references, objects, choices and files."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from itertools import takewhile
from typing import Any, Final, cast

from stepdsl.checking.findings import Severity
from stepdsl.checking.mismatches import Shape
from stepdsl.checking.rule import rule
from stepdsl.checking.rules.examples import form, object_form
from stepdsl.checking.walk import Location, Problem, Walk
from stepdsl.core.json import UNSET, is_object
from stepdsl.core.messages import dotted, near, show
from stepdsl.model.common import PersistAsync
from stepdsl.model.layouts import DecisionLayout
from stepdsl.model.schemas import AllOfSchema, BlobSchema, ConstSchema, ObjectSchema, OneOfSchema
from stepdsl.model.unions import Schema
from stepdsl.validation import id_of

_NAME: Final = {"type": "string", "title": "Name"}
_PIN: Final = {"type": "string", "title": "PIN"}


def _login(order: list[str], **more: Any) -> dict[str, Any]:
    return object_form("#login", {"name": _NAME, "pin": _PIN}, displayOrder=order, **more)


@rule(
    "form-without-schema",
    Severity.ERROR,
    "A form layout refers to a root schema of the step.",
    why="A form shows the root schema whose `$id` equals its `schemaId`. If there is no such root schema, the form "
    "shows nothing. A form cannot refer to a schema inside another schema.",
    failing={
        "layout": [{"type": "form", "schemaId": "#log-in"}],
        "schemas": [{"type": "string", "$id": "#login", "hidden": True}],
    },
    passing=form("#login", type="string"),
)
def _form_without_schema(walk: Walk) -> Iterator[tuple[Location, Problem]]:
    nested = dict(walk.ids)
    roots = {schema_id: None for schema_id, location in walk.ids if len(location.path) == 2}
    for layout, location in walk.forms:
        wanted = layout.schema_id
        if wanted in roots:
            continue
        if wanted in nested:
            message = f"{show(wanted)} is the $id of {dotted(nested[wanted].path)}, which is no root schema"
            advice = "refer to a root schema; only those can be shown"
        else:
            message = f"no root schema has the $id {show(wanted)}{near(wanted, roots)}"
            advice = "refer to a root schema by its $id"
        yield location, Problem(message, advice, ("schemaId",))


@rule(
    "schema-never-shown",
    Severity.WARNING,
    "A form refers to each root schema, or the schema has data.",
    why="A schema is only shown if a form layout refers to it. A schema without a form can have data that is not "
    "shown: the documentation describes this. Such a schema needs a value in the model; without one it has no effect.",
    failing={"schemas": object_form("#login", {"pin": _PIN})["schemas"]},
    passing={"schemas": object_form("#login", {"pin": _PIN})["schemas"], "model": {"pin": "1234"}},
)
def _schema_never_shown(walk: Walk) -> Iterator[tuple[Location, Problem]]:
    if walk.has_unknown_layout:  # it can show any schema
        return
    shown = {layout.schema_id for layout, _ in walk.forms}
    model: Any = walk.step.model
    for schema, location in walk.roots:
        schema_id = id_of(schema)
        if (schema_id is not None and schema_id in shown) or _has_data(schema, model):
            continue
        unnamed = "has no $id by which a form could refer to it"
        reason = unnamed if schema_id is None else f"{show(schema_id)} is in no form"
        yield (
            location,
            Problem(
                f"the schema {reason}, and has no data",
                "add a form layout with its $id as schemaId, hide it, or put its value into the model",
            ),
        )


def _has_data(schema: Schema, model: Any) -> bool:
    """Return whether a schema has a value although no form shows it. A model that is not an object is its value."""
    given = schema.__dict__
    if given.get("hidden") or given.get("default", UNSET) not in (None, UNSET) or schema.__class__.__stepdsl__.unknown:
        return True
    match schema:
        case ConstSchema():
            return True
        case ObjectSchema():
            values = model if is_object(model) else {}
            return any(name in values or _has_data(part, UNSET) for name, part in schema.properties.items())
        case AllOfSchema() | OneOfSchema():
            return any(_has_data(part, model) for part in schema.schemas)
        case _:
            return model is not UNSET and not is_object(model)


@rule(
    "required-without-property",
    Severity.ERROR,
    "Each name in `required` is the name of a property.",
    why="`required` lists the properties that must have a value. A property that does not exist never has a value, so "
    "the user can never submit the form. In a part of an all-of schema, it can be a property of another part.",
    failing=_login(["name", "pin"], required=["name", "pins"]),
    passing=_login(["name", "pin"], required=["name", "pin"]),
    on=(ObjectSchema,),
    given=("required",),
)
def _required_without_property(names: tuple[str, ...], at: Walk) -> Iterator[Problem]:
    properties = cast("ObjectSchema", at.owner).properties
    for index, name in enumerate(names):
        if name not in properties and name not in _merged_properties(at):
            yield Problem(
                f"there is no property {show(name)}{near(name, properties)}",
                "add a schema for it, or take it out of required",
                (index,),
            )


def _merged_properties(at: Walk) -> Collection[str]:
    """Return the names of the properties of all parts of the all-of schema that the owner is a part of."""
    around = takewhile(lambda one: isinstance(one, (AllOfSchema, OneOfSchema)), reversed(at.ancestors[:-1]))
    merged = [one for one in around if isinstance(one, AllOfSchema)]
    if not merged:
        return ()
    outermost = merged[-1]
    shape = at.shapes.get(id(outermost))
    if shape is None:
        shape = at.shapes[id(outermost)] = Shape([outermost])
    return shape.properties


@rule(
    "display-order-without-property",
    Severity.WARNING,
    "Each name in `displayOrder` is the name of a property.",
    why="`displayOrder` lists the properties in the order on the screen. Nothing is shown for an unknown name.",
    failing=_login(["name", "pin", "remember"]),
    passing=_login(["name", "pin"]),
    on=(ObjectSchema,),
    given=("display_order",),
)
def _display_order_without_property(names: tuple[str, ...], at: Walk) -> Iterator[Problem]:
    properties = cast("ObjectSchema", at.owner).properties
    for index, name in enumerate(names):
        if name not in properties:
            yield Problem(
                f"there is no property {show(name)}{near(name, properties)}",
                "add a schema for it, or take it out of displayOrder",
                (index,),
            )


@rule(
    "property-not-displayed",
    Severity.WARNING,
    "Each property of an object is in `displayOrder`, or it is hidden.",
    why="A client does not show a property that is not in `displayOrder`. If you do not want to show the property, "
    "make it hidden. Constants and properties with a default need no input, so `displayOrder` may omit them.",
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
        if name not in shown and not _has_data(schema, UNSET):
            yield Problem(f"{show(name)} is not displayed", f"add {show(name)}, or make that property hidden")


@rule(
    "empty-choice",
    Severity.ERROR,
    "A choice has at least one option.",
    why="The user cannot continue from a one-of schema without alternatives, or from a decision without options.",
    failing=form("#login", oneOf=[]),
    passing=form("#login", oneOf=[{"title": "PIN", "const": "pin"}]),
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
    "A blob schema is only used as the schema of a `persistAsync`.",
    why="The JSON that a step submits cannot contain a file. The client sends the file to a separate endpoint, and "
    "the step submits a value from the response. The documentation allows a blob schema only there.",
    failing=form("#login", type="blob"),
    passing=form(
        "#login",
        type="string",
        persistAsync={
            "idProperty": "id",
            "method": "POST",
            "param": "file",
            "schema": {"type": "blob"},
            "url": "/files",
        },
    ),
    on=(BlobSchema,),
)
def _blob_outside_persist_async(_: BlobSchema, at: Walk) -> Iterator[Problem]:
    if not isinstance(at.owner, PersistAsync):
        yield Problem(
            "a blob schema is outside of a persistAsync",
            "make it the schema in the persistAsync of a string schema, which submits the id of the file",
        )
