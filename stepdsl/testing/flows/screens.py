"""What a user can press, choose and search on a screen."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TypeAlias

from attrs import frozen

from stepdsl.core.messages import near, show
from stepdsl.model.actions import Action, ModalBehavior
from stepdsl.model.features import Toolbar
from stepdsl.model.layouts import (
    BoxLayout,
    ButtonLayout,
    ColumnsLayout,
    DecisionLayout,
    ModalLayout,
    ReviewLayout,
    SectionLayout,
    TabsLayout,
)
from stepdsl.model.step import Step
from stepdsl.model.unions import Behavior, Layout
from stepdsl.testing.flows.errors import ImpossibleMoveError

__all__ = ["Control", "Pressed", "controls", "find_control", "layouts_of", "on_screen", "options", "toolbar_controls"]

Pressed: TypeAlias = Action | Behavior
"""What happens when the user presses something."""


@frozen
class Control:
    """Something that the user can press: a button, a call to action, an option."""

    title: str
    """The title on the screen."""
    pressed: Pressed
    """What happens when it is pressed."""
    disabled: bool = False
    """Whether it cannot be pressed."""
    ids: tuple[str, ...] = ()
    """The identifiers in analytics: of the component, and of its action."""


def layouts_of(step: Step) -> list[Layout]:
    """Return the layouts of a step, those of its footer last."""
    return [*step.layout, *(step.footer or ())]


def on_screen(layouts: Iterable[Layout]) -> Iterator[Layout]:
    """Yield all layouts in layouts, from top to bottom. The content of a closed modal is not on the screen.

    All tabs are: the user can open each of them.
    """
    for layout in layouts:
        yield layout
        match layout:
            case BoxLayout(components=components) | SectionLayout(components=components):
                yield from on_screen(components)
            case ColumnsLayout(left=left, right=right):
                yield from on_screen(left)
                yield from on_screen(right)
            case TabsLayout(items=items):
                for item in items:
                    yield from on_screen(item.components)
            case _:
                pass


def controls(layouts: Iterable[Layout]) -> list[Control]:
    """Return the buttons, calls to action and triggers of modals, from top to bottom."""
    found: list[Control] = []
    for layout in on_screen(layouts):
        match layout:
            case ButtonLayout():
                found.append(
                    _control(layout.title, layout.behavior or layout.action, layout.disabled, layout.analytics_id)
                )
            case ReviewLayout(call_to_action=ReviewLayout.CallToAction() as call):
                found.append(_control(call.title, call.behavior or call.action))
            case SectionLayout(call_to_action=SectionLayout.CallToAction() as call):
                found.append(_control(call.title, call.behavior))
            case ModalLayout(trigger=trigger, content=content):
                found.append(_control(trigger.title, ModalBehavior(content=content.components)))
            case _:
                pass
    return found


def toolbar_controls(toolbar: Toolbar | None) -> list[Control]:
    """Return the buttons of a toolbar. Without a title, the description for screen readers is used."""
    items = () if toolbar is None else toolbar.items
    return [_control(item.title or item.accessibility_description or "", item.behavior) for item in items]


def options(layouts: Iterable[Layout]) -> list[Control]:
    """Return the options of all decisions, from top to bottom."""
    return [
        _control(option.title, option.behavior or option.action, option.disabled, option.analytics_id)
        for layout in on_screen(layouts)
        if isinstance(layout, DecisionLayout)
        for option in layout.options
    ]


def action_of(pressed: Pressed) -> Action | None:
    """Return the action of what is pressed; None if it is another behavior."""
    if isinstance(pressed, Action):
        return pressed
    found: object = pressed.__dict__.get("action")
    return found if isinstance(found, Action) else None


def _control(
    title: str, pressed: Pressed | None, disabled: bool | None = None, analytics_id: str | None = None
) -> Control:
    """Return a control."""
    assert pressed is not None, "the model requires an action or a behavior"
    action = action_of(pressed)
    ids = (analytics_id, None if action is None else action.id)
    return Control(title, pressed, bool(disabled), tuple(one for one in ids if one is not None))


def find_control(found: Sequence[Control], what: str, title: str | None, id: str | None) -> Control:
    """Return the control with a title or an id. Raises ImpossibleMoveError with those that can be pressed."""
    fitting = [one for one in found if (title is not None and one.title == title) or (id is not None and id in one.ids)]
    enabled = [one for one in fitting if not one.disabled]
    wanted = f"the title {show(title)}" if id is None else f"the id {show(id)}"
    if enabled:
        if any(one.pressed != enabled[0].pressed for one in enabled):
            advice = _ids_of(enabled) if what == "button" and id is None else ""
            raise ImpossibleMoveError(f"{len(enabled)} {what}s have {wanted}, and they do different things{advice}")
        return enabled[0]
    others = [one for one in found if not one.disabled]
    if id is None:
        names = list(dict.fromkeys(one.title for one in others))
        named = f"; there are {', '.join(map(show, names))}" if names else "; there is none"
    else:
        names = list(dict.fromkeys(id for one in others for id in one.ids))
        named = f"; there are the ids {', '.join(map(show, names))}" if names else f"; no {what} has an id"
    if fitting:
        raise ImpossibleMoveError(f"the {what} with {wanted} is disabled{named}")
    raise ImpossibleMoveError(f"no {what} on the screen has {wanted}{near(title or id, names) or named}")


def _ids_of(found: Sequence[Control]) -> str:
    """Return the advice to press one of several buttons by its id."""
    ids = list(dict.fromkeys(id for one in found for id in one.ids))
    return f"; write id= with one of {', '.join(map(show, ids))}" if ids else "; none of them has an id"
