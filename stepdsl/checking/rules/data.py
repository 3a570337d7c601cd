"""Rules for the data of a step: the model, the errors, and the properties of several schemas."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from stepdsl.checking.findings import Severity
from stepdsl.checking.mismatches import MismatchKind, Shape, json_key
from stepdsl.checking.rule import rule
from stepdsl.checking.rules.examples import object_form
from stepdsl.checking.walk import Location, Problem, Walk
from stepdsl.core.messages import dotted, show
from stepdsl.model.schemas import ConstSchema, ObjectSchema
from stepdsl.model.step import Step, StepError
from stepdsl.model.unions import Schema
from stepdsl.validation.known_fields import each_unknown_field


def _person(**age: Any) -> dict[str, Any]:
    """Return a step with a form for the property `age`, which can have limits."""
    return object_form("#person", {"age": {"type": "integer", "title": "Age", **age}})


@rule(
    "model-without-schema",
    Severity.WARNING,
    "A schema describes each value in the model.",
    why="A client ignores a value that no schema describes: the value is not shown and not submitted. For data that "
    "is not shown, add a hidden schema, or a schema that no form refers to.",
    failing={**_person(), "model": {"age": 30, "agent": "007"}},
    passing={**_person(), "model": {"age": 30}},
    on=(Step,),
    given=("model",),
)
def _model_without_schema(model: Any, at: Walk) -> Iterator[Problem]:
    if model is not None and not at.step.schemas:
        yield Problem("the step has a model, but no schemas", "add a schema for it, or leave the model out")
        return
    yield from _of_kind(MismatchKind.UNDESCRIBED, at)


def _of_kind(kind: MismatchKind, at: Walk) -> Iterator[Problem]:
    for mismatch in at.mismatches:
        if mismatch.kind is kind:
            yield Problem(mismatch.message, mismatch.advice, mismatch.path)


@rule(
    "model-of-wrong-type",
    Severity.ERROR,
    "Each value in the model has the type that its schema describes.",
    why="According to the documentation, the model has the structure of the schemas. For a schema with persistAsync, "
    "the model contains the value that the step submits; the outer schema describes this value. Null fits every "
    "schema: it means that there is no value.",
    failing={**_person(), "model": {"age": "thirty"}},
    passing={**_person(), "model": {"age": None}},
    on=(Step,),
    given=("model",),
)
def _model_of_wrong_type(_: Any, at: Walk) -> Iterator[Problem]:
    if at.step.schemas:
        yield from _of_kind(MismatchKind.TYPE, at)


@rule(
    "model-refused-by-limits",
    Severity.WARNING,
    "The limits of the schemas accept each value in the model.",
    why="The client refuses the form until the user has changed the value. The user cannot change a hidden value. "
    "The model of a step with `errors` or with a `refreshUrl` can have what the user has entered, right or wrong: the "
    "rule does not check it.",
    failing={**_person(minimum=18), "model": {"age": 17}},
    passing={**_person(minimum=18), "model": {"age": 18}},
    on=(Step,),
    given=("model",),
)
def _model_refused_by_limits(_: Any, at: Walk) -> Iterator[Problem]:
    if at.step.schemas and at.step.errors is None and at.step.refresh_url is None:
        yield from _of_kind(MismatchKind.LIMIT, at)


@rule(
    "error-without-field",
    Severity.WARNING,
    "Each message in the errors of a step is for a field.",
    why="`validation` has the shape of the model: each message is at the name of its field. The documentation does "
    "not say that a client shows a message for a field that does not exist.",
    failing={**_person(), "errors": {"validation": {"agee": "Please enter your age."}}},
    passing={**_person(), "errors": {"validation": {"age": "Please enter your age."}}},
    on=(StepError,),
    given=("validation",),
)
def _error_without_field(messages: Any, at: Walk) -> Iterator[Problem]:
    for path, reason in each_unknown_field(at.step.schemas, messages):
        yield Problem(reason, "use the name of a field, or put the message into error", path)


def _plan(*names: str) -> list[dict[str, Any]]:
    text = {"type": "string", "title": "Text"}
    return [{"type": "object", "$id": f"#{name}", "properties": {name: text}, "displayOrder": [name]} for name in names]


@rule(
    "property-in-two-schemas",
    Severity.WARNING,
    "No two root schemas have the same property.",
    why="The client merges the values of all root schemas. Of two values with the same name it submits the one of the "
    "later schema, even if the user has filled in the earlier one.",
    failing={
        "layout": [{"type": "form", "schemaId": "#name"}, {"type": "form", "schemaId": "#nick"}],
        "schemas": [*_plan("name"), {**_plan("name")[0], "$id": "#nick"}],
    },
    passing={
        "layout": [{"type": "form", "schemaId": "#name"}, {"type": "form", "schemaId": "#nick"}],
        "schemas": _plan("name", "nick"),
    },
)
def _property_in_two_schemas(walk: Walk) -> Iterator[tuple[Location, Problem]]:
    first: dict[str, tuple[Location, list[Schema]]] = {}
    for root, location in walk.roots:
        for name, parts in Shape([root]).properties.items():
            earlier, others = first.setdefault(name, (location, parts))
            if earlier is not location and not _have_equal_constants([*others[:1], *parts[:1]]):
                below = ("properties", name) if isinstance(root, ObjectSchema) else ()
                yield (
                    location,
                    Problem(
                        f"{dotted(earlier.path)} has the property {show(name)} too",
                        "give the two properties different names",
                        below,
                    ),
                )


def _have_equal_constants(schemas: list[Schema]) -> bool:
    return len({json_key(part.value) if isinstance(part, ConstSchema) else id(part) for part in schemas}) == 1
