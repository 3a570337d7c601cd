"""Rules for the model: the initial data of a step."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from stepdsl.checking.findings import Severity
from stepdsl.checking.rule import rule
from stepdsl.checking.walk import Problem, Walk
from stepdsl.model.step import Step

_AGE: Final[dict[str, Any]] = {
    "layout": [{"type": "form", "schemaId": "#person"}],
    "schemas": [
        {
            "type": "object",
            "$id": "#person",
            "properties": {"age": {"type": "integer", "title": "Age"}},
            "displayOrder": ["age"],
        }
    ],
}


@rule(
    "model-without-schema",
    Severity.WARNING,
    "A schema describes each value in the model.",
    why="A client ignores a value that no schema describes: the value is not shown and not submitted. For data that "
    "is not shown, add a hidden schema, or a schema that no form refers to.",
    failing={**_AGE, "model": {"age": 30, "agent": "007"}},
    passing={**_AGE, "model": {"age": 30}},
    on=(Step,),
    given=("model",),
)
def _model_without_schema(model: Any, at: Walk) -> Iterator[Problem]:
    if model is not None and not at.step.schemas:
        yield Problem("the step has a model, but no schemas", "add a schema for it, or leave the model out")
        return
    for mismatch in at.mismatches:
        if not mismatch.described:
            yield Problem(mismatch.message, mismatch.advice, mismatch.path)


@rule(
    "model-of-wrong-type",
    Severity.ERROR,
    "Each value in the model has the type that its schema describes.",
    why="According to the documentation, the model has the structure of the schemas. For a schema with persistAsync, "
    "the model contains the value that the step submits; the outer schema describes this value. Null fits every "
    "schema: it means that there is no value.",
    failing={**_AGE, "model": {"age": "thirty"}},
    passing={**_AGE, "model": {"age": None}},
    on=(Step,),
    given=("model",),
)
def _model_of_wrong_type(_: Any, at: Walk) -> Iterator[Problem]:
    if not at.step.schemas:
        return
    for mismatch in at.mismatches:
        if mismatch.described:
            yield Problem(mismatch.message, mismatch.advice, mismatch.path)
