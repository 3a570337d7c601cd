"""Where a walk is: the step that a session shows, and what is over it."""

from __future__ import annotations

from typing import Any

from attrs import evolve

from stepdsl.core.json import UNSET
from stepdsl.model.step import Step
from stepdsl.testing.flows.recording import flow_of
from stepdsl.testing.flows.session import FlowSession

__all__ = ["name_of", "place_of", "shown_step", "without_values"]


def shown_step(session: FlowSession) -> Step | None:
    """Return the step that is shown; None before the first one."""
    screen = flow_of(session).state.screen
    return None if screen is None else screen.step


def place_of(session: FlowSession) -> str:
    """Return what the user sees: the step, and what is over it."""
    screen = flow_of(session).state.screen
    shown = ["no step"] if screen is None else [f"step {name_of(screen.step)}"]
    shown += ["modal"] if screen is not None and screen.modals else []
    shown += ["subflow"] if session.subflow is not None else []
    shown += ["failed refresh"] if screen is not None and screen.is_invalid else []
    return " with ".join(shown)


def name_of(step: Step) -> str:
    """Return what distinguishes a step in a report."""
    return step.id or step.title or "without id"


def without_values(step: Any) -> Step:
    """Return a step without the values of its form."""
    found: Step = evolve(step, model=UNSET)
    return found
