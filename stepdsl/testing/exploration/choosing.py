"""Which move a walk makes next: one of those that were made least often in the same situation."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Sequence
from typing import Final

from attrs import frozen

from stepdsl.testing.exploration.calls import Candidate
from stepdsl.testing.exploration.places import place_of
from stepdsl.testing.flows.forms import Form
from stepdsl.testing.flows.recording import flow_of
from stepdsl.testing.flows.session import FlowSession

__all__ = ["Choices", "Situation"]

_SIDE_MOVES: Final = 2
"""How often a move that does not go on is made at one step."""
_LEFT_READY: Final = 0.6
"""How often a form that is filled and valid is left. Otherwise it is filled in another way."""
_LEFT_UNREADY: Final = 0.1
"""How often any other form is left: this shows what an incomplete form does."""


@frozen
class Situation:
    """What a walk distinguishes when it chooses a move."""

    place: str
    """The step, and what is over it."""
    fields: tuple[str, ...]
    """The paths of the fields on the screen."""
    entered: str
    """The kind of the last move that changed the form of this step; empty without one."""
    form: Form | None
    """The form of the step; None without a step."""

    @classmethod
    def of(cls, session: FlowSession, entered: str) -> Situation:
        """Return the situation of a session."""
        screen = flow_of(session).state.screen
        place = place_of(session)
        if screen is None:
            return cls(place, (), entered, None)
        return cls(place, tuple(screen.form.names()), entered, screen.form)

    @property
    def is_ready(self) -> bool:
        """Whether the form is filled and valid."""
        return bool(self.entered) and self.form is not None and not self.form.problems()


class Choices:
    """The choices of a walk, counted by situation."""

    def __init__(self, chance: random.Random) -> None:
        """Take the source of random numbers."""
        self._chance = chance
        self._at_step: Counter[tuple[str, str]] = Counter()
        self._with_fields: Counter[tuple[str, tuple[str, ...], str]] = Counter()
        self._after: Counter[tuple[str, tuple[str, ...], str, str]] = Counter()

    def choose(self, situation: Situation, possible: Sequence[Candidate]) -> Candidate | None:
        """Return the next move, and count it; None if there is none."""
        allowed = [one for one in possible if one.goes_on or self._at_step[situation.place, one.kind] < _SIDE_MOVES]
        if not allowed:
            return None
        chosen = self._chance.choice(self._least_often(situation, self._filling_or_others(situation, allowed)))
        place, fields = situation.place, situation.fields
        self._at_step[place, chosen.kind] += 1
        self._with_fields[place, fields, chosen.kind] += 1
        self._after[place, fields, situation.entered, chosen.kind] += 1
        return chosen

    def _filling_or_others(self, situation: Situation, possible: list[Candidate]) -> list[Candidate]:
        """Return the moves that fill the form, or the other ones."""
        filling = [one for one in possible if one.call.fills]
        others = [one for one in possible if not one.call.fills]
        if not (filling and others):
            return possible
        return others if self._chance.random() < (_LEFT_READY if situation.is_ready else _LEFT_UNREADY) else filling

    def _least_often(self, situation: Situation, possible: list[Candidate]) -> list[Candidate]:
        """Return the moves that were made least often: first after the same change of the form, then after any."""

        def count(one: Candidate) -> tuple[int, int]:
            place, fields = situation.place, situation.fields
            return self._after[place, fields, situation.entered, one.kind], self._with_fields[place, fields, one.kind]

        least = min(map(count, possible))
        return [one for one in possible if count(one) == least]
