"""Rules for steps that are for one generation of the API: core or core2."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from stepdsl.checking.findings import Severity
from stepdsl.checking.rule import rule
from stepdsl.checking.walk import Problem, Walk
from stepdsl.core.fields import FIELDS, Field
from stepdsl.core.model import Model
from stepdsl.core.provenance import Generation


def _is_newer(field: Field) -> bool:
    return field.generation is Generation.CORE2


def _is_superseded(field: Field) -> bool:
    return field.generation is Generation.SUPERSEDED


def _inside_newer(at: Walk) -> bool:
    """Return whether an object that contains the current value was already reported."""
    return at.core2_path is not None and tuple(at.path[: len(at.core2_path)]) == at.core2_path


@rule(
    "core2-property",
    Severity.ERROR,
    "A step for the core generation has no property that only core2 has.",
    why="Clients of the core generation ignore the property. The values inside it are not reported again.",
    failing={
        "layout": [
            {"type": "button", "title": "Pay", "behavior": {"type": "action", "action": {"url": "/pay"}}},
        ]
    },
    passing={"layout": [{"type": "button", "title": "Pay", "action": {"url": "/pay"}}]},
    on=(Model,),
    given=_is_newer,
    generations=("core",),
)
def _core2_property(_: Any, at: Walk) -> Iterator[Problem]:
    if _inside_newer(at):
        return
    at.core2_path = tuple(at.path)
    fields, name = FIELDS[at.owner.__class__], at.field.name
    older = [
        other.wire
        for names in fields.options.any_of
        if name in names
        for other in map(fields.by_name.__getitem__, names)
        if other.generation is Generation.SUPERSEDED
    ]
    advice = f"give {older[0]} in its place" if older else "leave it out"
    yield Problem("only core2 has this property", advice)


@rule(
    "core2-type",
    Severity.ERROR,
    "A step for the core generation has no component that only core2 has.",
    why="Clients of the core generation do not know the component. The values inside it are not reported again.",
    failing={"layout": [{"type": "divider"}]},
    passing={"layout": [{"type": "heading", "text": "Welcome"}]},
    on=(Model,),
    generations=("core",),
)
def _core2_type(obj: Model, at: Walk) -> Iterator[Problem]:
    if obj.__stepdsl__.generation is not Generation.CORE2 or _inside_newer(at):
        return
    at.core2_path = tuple(at.path)
    yield Problem(f"only core2 has {obj.__class__.__qualname__}", "use a type that the core generation has")


@rule(
    "deprecated-property",
    Severity.WARNING,
    "A step for core2 has no property that core2 deprecates.",
    why="The latest documentation replaces the property with another one. Clients may stop reading the old property.",
    failing={"layout": [{"type": "button", "title": "Pay", "action": {"url": "/pay"}}]},
    passing={
        "layout": [
            {"type": "button", "title": "Pay", "behavior": {"type": "action", "action": {"url": "/pay"}}},
        ]
    },
    on=(Model,),
    given=_is_superseded,
    generations=("core2",),
)
def _deprecated_property(_: Any, at: Walk) -> Iterator[Problem]:
    fields, name = FIELDS[at.owner.__class__], at.field.name
    newer = [other for names in fields.options.any_of if name in names for other in names if other != name]
    yield Problem("core2 deprecates this property", f"give {newer[0]} in its place")
