"""Identifiers and titles."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from stepdsl.checking.findings import Severity
from stepdsl.checking.rule import rule
from stepdsl.checking.walk import Location, Problem, Walk
from stepdsl.core.messages import show
from stepdsl.core.problems import dotted
from stepdsl.model.step import Step

_HEADING: Final = {"type": "heading", "text": "Welcome"}


@rule(
    "missing-id",
    Severity.WARNING,
    "A step has an id.",
    why="The id is documented as required: analytics events carry it as `stepId`. The documentation's own "
    "examples leave it out, so the library lets you do so too.",
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
    why="The title is documented as required. Where none is to be shown, the documentation sends an empty one.",
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
    why="Form layouts refer to schemas by their `$id`, which is documented as unique: with two of the same, "
    "which one is shown is anybody's guess.",
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
    for handle, place in walk.handles:
        earlier = first.setdefault(handle, place)
        if earlier is not place:
            yield (
                place,
                Problem(
                    f"{dotted(earlier.path)} has the $id {show(handle)} as well",
                    "give each schema an $id of its own; analyticsId need not be unique",
                    ("$id",),
                ),
            )
