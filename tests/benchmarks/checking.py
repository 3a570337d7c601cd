"""Steps of a thousand fields, to be checked: what that costs is told beside their `dumps`."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from stepdsl import ConstSchema, FormLayout, ObjectSchema, OneOfSchema, Step, StringSchema, check, dumps
from tests.test_sizes import form_by_constructors

FIELDS = 1_000


def rich_form() -> Step:
    """A form as they are: patterns, limits, defaults, choices, a model."""
    properties: dict[str, StringSchema | OneOfSchema] = {}
    for number in range(FIELDS):
        title = f"Field {number}"
        if number % 5:
            properties[f"field{number}"] = StringSchema(
                title=title, pattern="^[A-Z]{2}[0-9]{2}$", min_length=4, max_length=4, control="text"
            )
        else:
            options = [ConstSchema(title=text, value=text) for text in ("EUR", "GBP", "USD")]
            properties[f"field{number}"] = OneOfSchema(title=title, schemas=options, default="EUR")
    return Step(
        id="large",
        title="Large",
        layout=[FormLayout(schema_id="#form")],
        schemas=[ObjectSchema(id="#form", properties=properties, required=list(properties))],
        model={name: "AB12" if name[-1] not in "05" else "EUR" for name in properties},
    )


STEPS: Mapping[str, Callable[[], Step]] = {
    "1,000 fields with a title and a length": lambda: form_by_constructors(FIELDS),
    "1,000 fields with patterns, choices and a model": rich_form,
}
"""By name: what makes the step."""


def works(step: Step) -> tuple[Callable[[], object], Callable[[], object]]:
    """The check of a step, and what it is compared to."""
    return lambda: check(step), lambda: dumps(step)
