"""The model: the data that a step begins with."""

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
    "Everything in the model is described by a schema.",
    why="What fits no schema is ignored: it is neither shown nor submitted. To carry data that is not shown, "
    "declare a schema that is hidden, or one that no form refers to.",
    failing={**_AGE, "model": {"age": 30, "agent": "007"}},
    passing={**_AGE, "model": {"age": 30}},
    on=(Step,),
    given=("model",),
)
def _model_without_schema(model: Any, at: Walk) -> Iterator[Problem]:
    if model is not None and not at.step.schemas:
        yield Problem("the step has a model, but no schemas", "add a schema for it, or leave the model out")
        return
    for misfit in at.misfits:
        if not misfit.described:
            yield Problem(misfit.message, misfit.advice, misfit.path)


@rule(
    "model-of-wrong-type",
    Severity.ERROR,
    "Values in the model are of the types that their schemas describe.",
    why="The model is documented to follow the structure of the schemas. Of a schema with persistAsync it holds "
    "what is submitted in the end, which the outer schema describes. Null stands for no value and fits "
    "everywhere.",
    failing={**_AGE, "model": {"age": "thirty"}},
    passing={**_AGE, "model": {"age": None}},
    on=(Step,),
    given=("model",),
)
def _model_of_wrong_type(_: Any, at: Walk) -> Iterator[Problem]:
    if not at.step.schemas:
        return
    for misfit in at.misfits:
        if misfit.described:
            yield Problem(misfit.message, misfit.advice, misfit.path)
