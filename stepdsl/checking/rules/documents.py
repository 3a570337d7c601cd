"""The rule for documents that were read with `strict=False`: what does not fit the documented types."""

from __future__ import annotations

from collections.abc import Iterator

from stepdsl.checking.findings import Severity
from stepdsl.checking.rule import rule
from stepdsl.checking.walk import Location, Problem, Walk
from stepdsl.core.messages import ConversionError
from stepdsl.model.step import Step
from stepdsl.wire import to_dict
from stepdsl.wire.converter import readers


@rule(
    "wire",
    Severity.ERROR,
    "Each value has the type that the documentation has for it, and each required property has a value.",
    why="A client refuses the step, or it ignores the part. The library does not build such a step. It reads one with "
    "`strict=False`, as the command does.",
    failing={"layout": [{"type": "heading", "text": ["Welcome"]}]},
    passing={"layout": [{"type": "heading", "text": "Welcome"}]},
)
def _wire(at: Walk) -> Iterator[tuple[Location, Problem]]:
    if not at.kept:
        return
    try:
        readers[Step](to_dict(at.step))
    except ConversionError as error:
        locations = {location.path: location for location in at.kept}
        for path, reason in error.problems:
            place = next((path[:end] for end in range(len(path), -1, -1) if path[:end] in locations), None)
            location = Location(1, ()) if place is None else locations[place]
            advice = "correct it: clients refuse the step, or ignore the part"
            yield location, Problem(reason, advice, path[len(location.path) :])
