"""Settings of hypothesis, and the strategies that only tests need. The others are those of `stepdsl.testing`."""

from __future__ import annotations

from typing import Any, TypeVar

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from stepdsl import documented_types
from stepdsl.core.model import Model
from stepdsl.testing.strategies.atoms import random_json
from stepdsl.testing.strategies.components import Chances, levels_needed, models, objects
from tests.models import properties

M = TypeVar("M", bound=Model)


def examples(number: int) -> int:
    """How many examples a test has: this number, unless the profile of hypothesis has fewer than it has by default."""
    return max(1, number * settings.default.max_examples // 100)


moderate = settings(max_examples=examples(20), deadline=None, suppress_health_check=[HealthCheck.too_slow])
"""For tests of whole steps; nothing depends on speed."""
light = settings(moderate, max_examples=examples(3))
"""For tests that run once for each documented type."""


def json_values() -> st.SearchStrategy[Any]:
    """JSON values of any shape, as Python has them."""
    return random_json


def shallow(cls: type[M]) -> st.SearchStrategy[M]:
    """Objects of a documented type, with no more levels than it takes to have each of their properties."""
    return models(cls, _enough(cls))


def full(cls: type[M]) -> st.SearchStrategy[M]:
    """Objects of a documented type with all properties that they may have, and mostly extra ones."""
    return objects(cls, _enough(cls), None, st.just(Chances(b"\x3c" + b"\xff" * 10)))


def _enough(cls: type[Model]) -> int:
    documented_types()  # loads all
    parts = [prop for prop in properties(cls).values() if prop.kind.is_object]
    return max((1 + levels_needed(prop.member) for prop in parts), default=0)
