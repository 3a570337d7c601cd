"""Entering values in a form, as a user does: one field after the other, and what depends on each change."""

from __future__ import annotations

import base64
from collections.abc import Callable, Sequence
from typing import Any

from stepdsl.core.json import is_array, is_object
from stepdsl.core.messages import Path, near, show
from stepdsl.model.schemas import BlobSchema, StringSchema
from stepdsl.testing.flows.asynchronous import persist, validate_field
from stepdsl.testing.flows.containers import Choice, Fixed, Items, Token, innermost
from stepdsl.testing.flows.errors import ImpossibleMoveError
from stepdsl.testing.flows.fields import Field, File, Scalar
from stepdsl.testing.flows.flow import Flow
from stepdsl.testing.flows.objects import Group, Merged
from stepdsl.testing.flows.problems import is_valid
from stepdsl.testing.flows.screens import find_control, options
from stepdsl.validation.matching import equal_json

__all__ = ["add_item", "choose", "choose_option", "fill", "remove_item", "upload"]


def fill(flow: Flow, path: Path, value: Any) -> None:
    """Enter a value. The parts of an object are entered in their order; a change can refresh the step before the next.

    Raises ImpossibleMoveError if the screen does not allow it.
    """
    field = _reach(flow, path)
    if is_object(value):
        _choose_for(flow, field, value)
        field = flow.form.find(path)  # the choice can have refreshed the step
    seen = innermost(field)
    if is_object(value) and isinstance(seen, (Group, Merged)):
        for name, part in value.items():
            fill(flow, (*path, name), part)
    elif is_array(value) and isinstance(seen, (Items, Fixed)):
        _fill_items(flow, path, value)
    elif not equal_json(field.entered, value):
        _expect_input(field)
        _change(flow, field, lambda: field.set(value))


def choose_option(flow: Flow, title: str) -> None:
    """Choose an option of a decision. Raises ImpossibleMoveError if there is no such one."""
    found = options(flow.screen.layouts)
    if all(one.title != title for one in found):
        fields = (field for field in flow.screen.form.all() if isinstance(field, Choice) and field.shown)
        places = list(dict.fromkeys(field.name for field in fields if title in field.titles))
        if places:
            advice = f"write session.choose({show(title)}, at={places[0]})"
            others = f", or at={', '.join(places[1:])}" if len(places) > 1 else ""
            raise ImpossibleMoveError(f"no option on the screen has the title {show(title)}; {advice}{others}")
    flow.press(find_control(found, "option", title, None).pressed)


def choose(flow: Flow, text: str, title: str) -> None:
    """Choose an alternative of the one-of at a path, by its title. Raises ImpossibleMoveError if there is none."""
    field = _field(flow, text)
    if isinstance(field, Token):
        field = field.inner
    if not isinstance(field, Choice):
        raise ImpossibleMoveError(f"{field.name} is no choice")
    titles = field.titles
    if title not in titles:
        others = near(title, titles) or f"; there are {', '.join(map(show, titles))}"
        raise ImpossibleMoveError(f"{field.name} has no alternative {show(title)}{others}")
    fitting = [part.schema for part, one in zip(field.alternatives, titles, strict=True) if one == title]
    if any(schema != fitting[0] for schema in fitting):
        which = f"{len(fitting)} alternatives of {field.name} have the title {show(title)}"
        raise ImpossibleMoveError(f"{which}; write session.fill({field.name}, …)")
    _choose(flow, field, titles.index(title))


def add_item(flow: Flow, text: str) -> None:
    """Add an item to the list at a path. Raises ImpossibleMoveError if there is no list."""
    items = _list(flow, text)
    _change(flow, items, items.add)


def remove_item(flow: Flow, text: str, index: int) -> None:
    """Remove an item from the list at a path. Raises ImpossibleMoveError if there is no such item."""
    items = _list(flow, text)
    if not 0 <= index < len(items.items):
        raise ImpossibleMoveError(items.no_item(index))
    _remove(flow, items, index)


def upload(flow: Flow, text: str, file: File) -> None:
    """Choose a file for the field at a path. Raises ImpossibleMoveError if the field takes no file."""
    field = _field(flow, text)
    items = field if isinstance(field, Items) else None
    if items is not None:
        field = items.add()
    if isinstance(field, Token) and isinstance(field.inner, Scalar) and isinstance(field.inner.schema, BlobSchema):
        inner = field.inner

        def choose() -> None:
            inner.file = file

        _change(flow, field, choose)
    elif isinstance(field.schema, StringSchema) and field.schema.format == StringSchema.Format.BASE64URL:
        url = f"data:{file.content_type};base64,{base64.b64encode(file.data).decode()}"
        _change(flow, field, lambda: field.set(url))
    else:
        if items is not None:
            items.remove(len(items.items) - 1)
        raise ImpossibleMoveError(f"{show(text)} takes no file")


def _reach(flow: Flow, path: Path) -> Field:
    """Return the field of a path. The alternatives that it is in are chosen, the outermost first."""
    form = flow.form
    field = form.find(path)
    for inner in reversed(list(field.above())):
        choice = inner.place.above
        if isinstance(choice, Choice) and not choice.shows(inner) and flow.form is form:
            _choose(flow, choice, choice.alternatives.index(inner))
    return flow.form.find(path)


def _choose_for(flow: Flow, field: Field, value: dict[str, Any]) -> None:
    """Choose the alternatives that an object is for. Raises ImpossibleMoveError if several fit."""
    while isinstance(field, (Choice, Token)):
        if isinstance(field, Token):
            field = field.inner
            continue
        position = field.position_for(value)
        if position is None:
            raise ImpossibleMoveError(
                f"{field.name}: choose an alternative first; write session.choose(…, at={field.name})"
            )
        if position != field.chosen:
            _choose(flow, field, position)
        field = field.alternatives[position]


def _choose(flow: Flow, choice: Choice, position: int) -> None:
    _expect_input(choice)
    _change(flow, choice, lambda: choice.choose(position))


def _remove(flow: Flow, items: Items, index: int) -> None:
    _expect_input(items)
    _change(flow, items, lambda: items.remove(index))


def _fill_items(flow: Flow, path: Path, values: Sequence[Any]) -> None:
    while isinstance(items := innermost(flow.form.find(path)), Items) and len(items.items) > len(values):
        _remove(flow, items, len(items.items) - 1)
    for index, value in enumerate(values):
        items = innermost(flow.form.find(path))
        if isinstance(items, Items) and index == len(items.items):
            _expect_input(items)
            _change(flow, items, items.add)
        fill(flow, (*path, index), value)


def _change(flow: Flow, field: Field, change: Callable[[], object]) -> None:
    """Change a field, as a user who then leaves it. Start what depends on the change."""
    screen, strict = flow.screen, flow.settings.strict
    around = list(field.above())
    refreshing = None
    if screen.step.refresh_url is not None and not field.place.in_list:
        refreshing = next((one for one in around if one.schema.__dict__.get("refresh_step_on_change")), None)
    was_valid = refreshing is not None and is_valid(refreshing)
    change()
    screen.remove_errors(field)
    token = next((one for one in around if isinstance(one, Token)), None)
    if token is not None:
        persist(flow.sender, screen, token, strict=strict)
    for one in around:
        check = one.schema.__dict__.get("validation_async")
        if check is not None:
            validate_field(flow.sender, screen, one, check)
    if refreshing is not None and (was_valid or is_valid(refreshing)):
        flow.refresh()


def _field(flow: Flow, text: str) -> Field:
    form = flow.form
    return _expect_input(form.find(form.parse(text)))


def _list(flow: Flow, text: str) -> Items:
    field = innermost(_field(flow, text))
    if not isinstance(field, Items):
        raise ImpossibleMoveError(f"{field.name} is no list")
    return field


def _expect_input(field: Field) -> Field:
    if not field.shown:
        raise ImpossibleMoveError(f"{field.name} is not on the screen")
    if not field.place.enabled:
        raise ImpossibleMoveError(f"{field.name} is disabled")
    return field
