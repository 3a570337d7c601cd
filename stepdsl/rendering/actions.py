"""What happens when a user presses something, or when a feature of a step ends: one line each."""

from __future__ import annotations

from collections.abc import Sequence

from stepdsl.core.json import UNSET
from stepdsl.core.messages import counted
from stepdsl.core.model import Model
from stepdsl.model.actions import (
    Action,
    ActionBehavior,
    CopyBehavior,
    DismissBehavior,
    LinkBehavior,
    ModalBehavior,
    NativeLaunchConfig,
    RefreshBehavior,
    SubflowBehavior,
)
from stepdsl.model.features import Polling
from stepdsl.model.step import Step
from stepdsl.model.unions import Behavior, LaunchConfig, Layout
from stepdsl.rendering.lines import Lines, braced, quoted, type_of, value_text

__all__ = ["add_features", "effect", "modal_content"]


def effect(owner: Model) -> str:
    """Return what happens when the user presses a button, chooses an option and the like."""
    behavior: Behavior | None = owner.__dict__.get("behavior")
    if behavior is not None:
        return _behavior(behavior)
    action: Action | None = owner.__dict__.get("action")
    return "nothing" if action is None else _action(action)


def modal_content(owner: Model) -> Sequence[Layout]:
    """Return the layouts of the modal that a button, an option and the like opens."""
    behavior = owner.__dict__.get("behavior")
    return behavior.content if isinstance(behavior, ModalBehavior) else ()


def _action(action: Action) -> str:
    parts: list[str] = []
    if action.url is not None:
        parts.append(f"{action.method or 'POST'} {action.url}")
    if action.exit:
        parts.append("exit")
    text = ", then ".join(parts) or "nothing"
    if action.result is not UNSET:
        text += f" with {value_text(action.result)}"
    return text + braced(["without validation" if action.skip_validation else None])


def _behavior(behavior: Behavior) -> str:
    match behavior:
        case ActionBehavior(action=action):
            return _action(action)
        case LinkBehavior(url=url):
            return f"open {url}"
        case CopyBehavior(content=content):
            return f"copy {quoted(content)}"
        case ModalBehavior():
            return "open a modal"
        case DismissBehavior():
            return "close the modal"
        case RefreshBehavior():
            return "refresh the step"
        case SubflowBehavior(launch_config=config):
            return f"start the subflow {_launch(config)}"
        case _:
            return f"unknown behavior{type_of(behavior)}"


def _launch(config: LaunchConfig) -> str:
    if isinstance(config, NativeLaunchConfig):
        return quoted(config.id)
    return f"of an unknown kind{type_of(config)}"


def add_features(lines: Lines, step: Step) -> None:
    """Add a line for each feature of a step that is not on the screen, and the names of its extra properties."""
    if step.polling is not None:
        lines.add(_polling(step.polling))
    if step.external is not None:
        lines.add(f"External: open {step.external.url}")
    if step.refresh_url is not None:
        lines.add(f"Refresh: POST {step.refresh_url}")
    for handler in step.link_handlers or ():
        lines.add(f"Link {quoted(handler.regex_pattern)}: {effect(handler)}")
    if step.navigation is not None:
        back, stack = step.navigation.back, step.navigation.stack_behavior
        if back is not None:
            lines.add(f"Back{'' if back.title is None else f' {quoted(back.title)}'}: {effect(back)}")
        if stack is not None:
            lines.add(f"Stack: {stack}")
    if step.extra:
        lines.add(f"Extra: {', '.join(step.extra)}")


def _polling(polling: Polling) -> str:
    if polling.delay is not None:
        pause = f", {polling.delay} s after each response"
    else:
        pause = "" if polling.interval is None else f", every {polling.interval} s"
    attempts = f"at most {counted(polling.max_attempts, 'attempt')}"
    return f"Polling: GET {polling.url}{pause}, {attempts}, on error: {effect(polling.on_error)}"
