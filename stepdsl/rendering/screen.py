"""A whole step as text."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any

from attrs import frozen

from stepdsl.core.arguments import expect, expect_mapping
from stepdsl.core.messages import shorten
from stepdsl.core.nesting import on_a_new_stack
from stepdsl.model.search import SearchLayout
from stepdsl.model.step import Step
from stepdsl.model.unions import Layout, SearchInitialState
from stepdsl.rendering.actions import add_features
from stepdsl.rendering.forms import Entered, StepForms
from stepdsl.rendering.layouts import add_layouts, add_pressed
from stepdsl.rendering.lines import Lines, quoted

__all__ = ["View", "show", "show_view"]


@frozen
class View:
    """What a user sees: a step, and what has changed since it was received."""

    step: Step
    """The step."""
    values: Mapping[str, Any] | None = None
    """The values of its forms, as `show` takes them."""
    entered: Entered | None = None
    """What the user has entered, in place of values; None if this is not known."""
    modal: Sequence[Layout] | None = None
    """The layouts of the open modal; None without one."""
    found: Mapping[SearchLayout, SearchInitialState | None] = MappingProxyType({})
    """What searches have found. Another search shows its initial state."""


class _State:
    """What the layouts of a view show."""

    def __init__(self, view: View, forms: StepForms) -> None:
        self.add_form = forms.add_form
        self._found = dict(view.found)

    def content_of(self, search: SearchLayout, /) -> SearchInitialState | None:
        if search not in self._found:
            return search.initial_state
        found, self._found[search] = self._found[search], None  # once: the search can be in its own layouts
        return found


def show(step: Step, values: Mapping[str, Any] | None = None) -> str:
    """Return a step as text that a person can read, for example in the message of a failing test.

    - `values`: the values of the forms. A field that has no value there has that of the step's `model`, or else its
      default.

    The text has the title and the errors, the layouts from top to bottom, the forms with their values, choices and
    messages, and the features of the step. Hidden fields are in brackets. A line is cut after 120 characters, and the
    text after 200 lines. The same arguments always give the same text. It can be any step, also one that was read with
    `strict=False`.

    Raises InvalidValueError if `step` is not a Step, or if `values` is not a mapping.
    """
    expect("step", step, Step)
    if values is not None:
        expect_mapping("values", values)
    return show_view(View(step, values))


def show_view(view: View) -> str:
    """Return a view as `show` does. The layouts of the modal come before those of the step, which are behind it."""
    try:
        return _text(view)
    except RecursionError:  # deep layouts, or a caller that has used most of the stack
        return on_a_new_stack(_text, view)


def _text(view: View) -> str:
    step = view.step
    forms = StepForms(step, view.values, view.entered)
    state = _State(view, forms)
    top = Lines()
    body = content = Lines()
    if view.modal is not None:
        top.add("Modal")
        add_layouts(top.below(), view.modal, state)
        body.add("Behind the modal")
        content = body.below()
    if step.toolbar is not None:
        for item in step.toolbar.items:
            label = item.title or item.accessibility_description
            add_pressed(content, "Toolbar" if label is None else f"Toolbar {quoted(label)}", item, state)
    add_layouts(content, step.layout, state)
    footer = Lines()
    if step.footer:
        footer.add("Footer")
        add_layouts(footer.below(), step.footer, state)
    others = Lines()
    forms.add_others(others)
    features = Lines()
    add_features(features, step)

    lines = _head(step, forms)
    for part in (top, body, footer, others, features):
        lines.add_part(part)
    return lines.text()


def _head(step: Step, forms: StepForms) -> Lines:
    """Return the title, the description and the errors that belong to no field."""
    lines = Lines()
    name = "Step" if step.id is None else f"Step {shorten(step.id)}"
    lines.add(name if step.title is None else f"{name}: {step.title}")
    if step.description is not None:
        lines.add(step.description)
    if step.errors is not None and step.errors.error is not None:
        lines.add(f"! {step.errors.error}")
    for message in forms.left_messages():
        lines.add(f"! {message}")
    return lines
