"""The example of each documented type, and its fixture."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from stepdsl import documented_types
from tests.wire.examples import actions, layouts, responses, schemas, step

FIXTURES = Path(__file__).parent / "fixtures"
EXAMPLES: dict[str, Any] = {
    **actions.EXAMPLES,
    **layouts.EXAMPLES,
    **schemas.EXAMPLES,
    **step.EXAMPLES,
    **responses.EXAMPLES,
}
CONCRETE = {name: cls for name, cls in documented_types().items() if not cls.__stepdsl__.abstract}
"""The documented types of which there are objects."""


def fixture(name: str) -> str:
    """The JSON of a type's fixture."""
    return (FIXTURES / f"{name}.json").read_text("utf-8")
