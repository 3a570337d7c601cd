"""The validator of a step. It is compiled once for each step, and shared by steps with equal rules."""

from __future__ import annotations

import json
import weakref
from collections.abc import Iterable
from itertools import islice
from typing import Any, Final

from stepdsl.model.step import Step
from stepdsl.validation.compile import json_schema_of
from stepdsl.validation.cutting import cut
from stepdsl.validation.engine import form_validator
from stepdsl.validation.full_check import MAX_BROKEN, FullCheck
from stepdsl.validation.roots import root_schema
from stepdsl.validation.texts import Broken

__all__ = ["CompiledStep", "compiled"]


class CompiledStep:
    """The schemas of a step, compiled. It has no reference to the step."""

    def __init__(self, step: Step) -> None:
        self._root = root_schema(step.schemas)
        self._validator = form_validator(json.dumps(json_schema_of(self._root, required=True)))
        self._full_check = FullCheck()

    def broken_rules(self, values: dict[str, Any]) -> Iterable[Broken]:
        """Return the rules that the values break, at most `MAX_BROKEN`. The values are JSON."""
        if self._validator.is_valid(values):
            return ()
        return islice(self._full_check.broken_rules(self._root, values), MAX_BROKEN)

    def cut(self, values: dict[str, Any]) -> dict[str, Any]:
        """Return a copy of the values, with only what the schemas describe. They are JSON without broken rules."""
        found: dict[str, Any] = cut(self._full_check, [self._root], values)
        return found


_compiled: Final[dict[int, tuple[weakref.ref[Step], CompiledStep]]] = {}
"""By the id of the step. An entry is removed when its step ends."""


def compiled(step: Step) -> CompiledStep:
    """Return the validator of a step."""
    key = id(step)
    found = _compiled.get(key)
    if found is not None and found[0]() is step:
        return found[1]
    made = CompiledStep(step)
    _compiled[key] = (weakref.ref(step, lambda ended: _remove(key, ended)), made)
    return made


def _remove(key: int, ended: weakref.ref[Step]) -> None:
    found = _compiled.get(key)
    # Another step can already have the same id.
    if found is not None and found[0] is ended:
        del _compiled[key]
