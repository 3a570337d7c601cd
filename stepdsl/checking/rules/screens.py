"""Rules for the screen as a whole: what it shows, and how the user leaves it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from stepdsl.checking.findings import Severity
from stepdsl.checking.rule import rule
from stepdsl.checking.rules.examples import BUTTON
from stepdsl.checking.walk import Location, Problem, Walk
from stepdsl.core.json import is_array, is_object
from stepdsl.model.actions import ModalBehavior
from stepdsl.model.layouts import ModalLayout
from stepdsl.model.step import Step

_POLLING: Final = {"url": "/status", "delay": 5, "maxAttempts": 100, "onError": {"action": {"exit": True}}}
_HEADING: Final = {"type": "heading", "text": "Welcome"}


@rule(
    "empty-layout",
    Severity.WARNING,
    "A step or a modal shows something.",
    why="The user sees an empty screen. A step that waits can show a loading indicator. A step that only opens an "
    "external page can show a link to this page.",
    failing={"layout": [], "polling": _POLLING},
    passing={"layout": [{"type": "loading-indicator"}], "polling": _POLLING},
    on=(Step, ModalBehavior, ModalLayout.Content),
)
def _empty_layout(screen: Any, _: Walk) -> Iterator[Problem]:
    match screen:
        case Step():
            if not screen.layout and not screen.footer and screen.extra.keys().isdisjoint(("layout", "footer")):
                yield Problem("the step shows nothing", "add a layout")
        case ModalBehavior():
            if not screen.content:
                yield Problem("the modal shows nothing", "add a layout to its content")
        case _:
            if not screen.components:
                yield Problem("the modal shows nothing", "add a layout to its components")


@rule(
    "no-way-on",
    Severity.WARNING,
    "A step has something that continues or ends the flow.",
    why="The user can only close the flow or go back. A button, an option, a search, polling, a link handler, an "
    "external page or refresh on change can continue the flow. The back navigation and disabled components cannot.",
    failing={"layout": [{**BUTTON, "disabled": True}]},
    passing={"layout": [BUTTON]},
)
def _no_way_on(walk: Walk) -> Iterator[tuple[Location, Problem]]:
    if not walk.can_go_on and walk.step.layout and not _is_unclear(walk):
        yield Location(1, ()), Problem("nothing in the step continues or ends the flow", "add a button with an action")


def _is_unclear(walk: Walk) -> bool:
    """Return whether something can continue the flow that the library does not have.

    Old steps have their actions beside the layout. In what does not fit, and in properties that the library does not
    have, there can be an action.
    """
    return bool(walk.kept) or "actions" in walk.step.extra or any(map(_has_effect, walk.extras))


def _has_effect(extra: Mapping[str, Any]) -> bool:
    """Return whether there is an action or a behavior in properties that the library does not have."""
    pending: list[Any] = [extra]
    while pending:
        part = pending.pop()
        if is_object(part):
            if any(map(_is_effect, part)):
                return True
            pending += part.values()
        elif is_array(part):
            pending += part
    return False


def _is_effect(name: str) -> bool:
    """Return whether a property has an action or a behavior: `callToAction`, `primaryBehavior`, `onChange`."""
    return name.lower().endswith(("action", "behavior")) or name == "onChange"
