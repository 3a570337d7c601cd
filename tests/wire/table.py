"""The example of each documented type, and its fixture."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from stepdsl import documented_types
from stepdsl.core import catalog
from stepdsl.core.types import find
from tests.wire.examples import (
    actions,
    arrays,
    behaviors,
    choices,
    containers,
    details,
    entries,
    features,
    inputs,
    layouts,
    media,
    numbers,
    responses,
    reviews,
    schemas,
    search,
    sections,
    step,
    strings,
)

FIXTURES = Path(__file__).parent / "fixtures"
EXAMPLES: dict[str, Any] = {
    **actions.EXAMPLES,
    **arrays.EXAMPLES,
    **behaviors.EXAMPLES,
    **choices.EXAMPLES,
    **containers.EXAMPLES,
    **details.EXAMPLES,
    **entries.EXAMPLES,
    **features.EXAMPLES,
    **inputs.EXAMPLES,
    **layouts.EXAMPLES,
    **media.EXAMPLES,
    **numbers.EXAMPLES,
    **responses.EXAMPLES,
    **reviews.EXAMPLES,
    **schemas.EXAMPLES,
    **search.EXAMPLES,
    **sections.EXAMPLES,
    **step.EXAMPLES,
    **strings.EXAMPLES,
}
UNIONS: dict[str, Any] = {name: find(name) for name in catalog.UNIONS}
"""All unions, also those that the documentation names only as the place of their members."""
CONCRETE = {name: cls for name, cls in documented_types().items() if not cls.__stepdsl__.abstract}
"""The documented types of which there are objects."""


def fixture(name: str) -> str:
    """The JSON of a type's fixture."""
    return (FIXTURES / f"{name}.json").read_text("utf-8")
