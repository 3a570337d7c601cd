"""Rules for identifiers and titles."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from stepdsl.checking.findings import Severity
from stepdsl.checking.rule import rule
from stepdsl.checking.walk import Location, Problem, Walk
from stepdsl.core.messages import dotted, show
from stepdsl.model.step import Step

_HEADING: Final = {"type": "heading", "text": "Welcome"}


@rule(
    "missing-id",
    Severity.WARNING,
    "A step has an id.",
    why="According to the documentation the id is required: analytics events contain it as `stepId`. Examples in the "
    "documentation omit it, so the library does not require it.",
    failing={"id": None, "layout": [_HEADING]},
    passing={"id": "welcome", "layout": [_HEADING]},
    on=(Step,),
)
def _missing_id(step: Step, _: Walk) -> Iterator[Problem]:
    if step.id is None:
        yield Problem("the step has no id", "give it one, the same whenever this screen is sent")


@rule(
    "missing-title",
    Severity.WARNING,
    "A step has a title.",
    why="According to the documentation the title is required. In its examples, a step without a visible title has an "
    "empty title.",
    failing={"title": None, "layout": [_HEADING]},
    passing={"title": "", "layout": [_HEADING]},
    on=(Step,),
)
def _missing_title(step: Step, _: Walk) -> Iterator[Problem]:
    if step.title is None:
        yield Problem("the step has no title", "give it one, an empty one if none is to be shown")


@rule(
    "duplicate-id",
    Severity.ERROR,
    "No two schemas of a step have the same `$id`.",
    why="Form layouts refer to schemas by `$id`. According to the documentation each `$id` is unique. If two schemas "
    "have the same `$id`, it is not defined which one is shown.",
    failing={
        "layout": [{"type": "form", "schemaId": "#name"}],
        "schemas": [
            {"type": "string", "$id": "#name"},
            {"type": "object", "$id": "#name", "hidden": True, "displayOrder": [], "properties": {}},
        ],
    },
    passing={
        "layout": [{"type": "form", "schemaId": "#name"}],
        "schemas": [
            {"type": "string", "$id": "#name"},
            {"type": "object", "$id": "#rest", "hidden": True, "displayOrder": [], "properties": {}},
        ],
    },
)
def _duplicate_id(walk: Walk) -> Iterator[tuple[Location, Problem]]:
    first: dict[str, Location] = {}
    for schema_id, location in walk.ids:
        earlier = first.setdefault(schema_id, location)
        if earlier is not location:
            yield (
                location,
                Problem(
                    f"{dotted(earlier.path)} has the $id {show(schema_id)} as well",
                    "give each schema an $id of its own; analyticsId need not be unique",
                    ("$id",),
                ),
            )
