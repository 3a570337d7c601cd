"""Entering values in a form, as a user does: one field after the other, and what depends on each change."""

from __future__ import annotations

import base64
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from typing import Any

from stepdsl.core.json import is_array, is_object
from stepdsl.core.messages import Path, near, show
from stepdsl.model.schemas import BlobSchema
from stepdsl.testing.flows.containers import Choice, Fixed, Items, Token, choices, innermost
from stepdsl.testing.flows.editing import Editing
from stepdsl.testing.flows.errors import ImpossibleMoveError
from stepdsl.testing.flows.fields import Constant, Field, File, Scalar
from stepdsl.testing.flows.flow import Flow
from stepdsl.testing.flows.forms import Form
from stepdsl.testing.flows.objects import Group, Merged
from stepdsl.testing.flows.screens import find_control, options
from stepdsl.validation.matching import equal_json

__all__ = ["add_item", "choose", "choose_option", "fill", "remove_item", "upload"]


def fill(flow: Flow, values: Mapping[str, Any]) -> None:
    """Enter values in their order, by their paths. A change can refresh the step before the next one.

    Raises ImpossibleMoveError if the screen does not allow it. The values before the one that is refused stay.
    """
    editing = Editing(flow)
    _choose_inside(editing, (), {name: value for name, value in values.items() if value is not None})
    for text, value in values.items():
        with editing.or_undo():
            _fill(editing, flow.form.parse(text), value)
        editing.leave()
        editing.keep()


def choose_option(flow: Flow, title: str) -> None:
    """Choose an option of a decision. Raises ImpossibleMoveError if there is no such option."""
    found = options(flow.screen.layouts)
    if all(one.title != title for one in found):
        fields = (field for field in flow.screen.form.all() if isinstance(field, Choice) and field.shown)
        places = list(dict.fromkeys(one.name for one in fields if title in [one.titles[at] for at in one.offered]))
        if places:
            advice = f"write session.choose({show(title)}, at={places[0]})"
            others = f", or at={', '.join(places[1:])}" if len(places) > 1 else ""
            raise ImpossibleMoveError(f"no option on the screen has the title {show(title)}; {advice}{others}")
    flow.press(find_control(found, "option", title, None).pressed)


def choose(flow: Flow, text: str, title: str) -> None:
    """Choose an alternative of the one-of at a path, by its title. Raises ImpossibleMoveError if there is none."""
    editing = Editing(flow)
    with editing.or_undo():
        field = _reach_input(editing, text)
        among = list(choices(field))
        if not among:
            raise ImpossibleMoveError(f"{field.name} is no choice")
        found = [(one, at) for one in among for at, name in enumerate(one.titles) if name == title]
        if not found:
            names = [one.titles[at] for one in among for at in one.offered]
            others = near(title, names) or _offered(among)
            raise ImpossibleMoveError(f"{field.name} has no alternative {show(title)}{others}")
        fitting = [(one, at) for one, at in found if at in one.offered]
        schemas = [one.alternatives[at].schema for one, at in fitting]
        if any(schema != schemas[0] for schema in schemas):
            which = f"{len(fitting)} alternatives of {field.name} have the title {show(title)}"
            raise ImpossibleMoveError(f"{which}; write session.fill({field.name}, …)")
        _choose(editing, *(fitting or found)[0])
    editing.leave()


def add_item(flow: Flow, text: str) -> None:
    """Add an item to the list at a path. The user goes on with an empty item, so the list is not left.

    Raises ImpossibleMoveError if there is no list.
    """
    editing = Editing(flow)
    with editing.or_undo():
        items = _list(editing, text)
        editing.add(items)
    if not items.items[-1].blank:
        editing.leave()


def remove_item(flow: Flow, text: str, index: int) -> None:
    """Remove an item from the list at a path. Raises ImpossibleMoveError if there is no such item."""
    editing = Editing(flow)
    with editing.or_undo():
        items = _list(editing, text)
        if not 0 <= index < len(items.items):
            raise ImpossibleMoveError(items.no_item(index))
        editing.remove(items, index)
    editing.leave()


def upload(flow: Flow, text: str, file: File) -> None:
    """Choose a file for the field at a path. Raises ImpossibleMoveError if the field takes no file."""
    editing = Editing(flow)
    with editing.or_undo():
        path = flow.form.parse(text)
        _reach_input(editing, text)
        field = _for_file(editing, path)
        if isinstance(field, Items):
            editing.add(field)
            field = _for_file(editing, (*path, len(field.items) - 1))
        _expect_input(field)
        if not field.takes_file:
            raise ImpossibleMoveError(f"{show(text)} takes no file")
        editing.change(field, lambda: _attach(field, file))
    editing.leave()


def _fill(editing: Editing, path: Path, value: Any) -> Field:
    """Enter a value. Return the field, which is not left yet; the fields in it are."""
    if path and value is not None:
        found = editing.flow.form.lookup(path)
        if found is None or (isinstance(found, Constant) and not found.takes(value)):
            _choose_inside(editing, path[:-1], {path[-1]: value})
    if value is None and not _is_chosen(editing.flow.form.find(path)):
        return editing.flow.form.find(path)  # there is nothing to empty
    field = _reach(editing, path)
    if value is None:
        if not _is_empty(field):
            _expect_input(field)
            editing.change(field, lambda: field.set(None))
    else:
        seen = _choose_for(editing, path, field, value)
        if is_object(value) and isinstance(seen, (Group, Merged)):
            _choose_inside(editing, path, {name: part for name, part in value.items() if part is not None})
            for name, part in value.items():
                editing.leave(_fill(editing, (*path, name), part))
        elif is_array(value) and isinstance(seen, (Items, Fixed)):
            _fill_items(editing, path, value)
        elif seen is not None and not _is_entered(seen, value):
            _expect_input(seen)
            editing.change(seen, lambda: seen.set(value))
    return field


def _is_chosen(field: Field) -> bool:
    """Return whether the alternatives that a field is in are chosen."""
    inner = list(field.with_containers())
    return all(around.shows(one) for one, around in pairwise(inner))


def _is_empty(field: Field) -> bool:
    """Return whether nothing changes if a field is emptied."""
    return field.blank or (isinstance(field, Scalar) and field.value is False)


def _is_entered(field: Field, value: Any) -> bool:
    """Return whether a value is in a field already. An empty text is in every empty field that has no token.

    A field with persist-async has another value while the token is not the one of its content.
    """
    around = [one for one in field.with_containers() if isinstance(one, Token) and one.path == field.path]
    if value == "" and field.entered is None:
        return all(token.token is None for token in around)
    return equal_json(field.entered, value) and all(token.is_current for token in around)


def _reach(editing: Editing, path: Path) -> Field:
    """Return the field of a path. The alternatives that it is in are chosen, the outermost first."""
    form = editing.flow.form
    field = form.find(path)
    for inner in reversed(list(field.with_containers())):
        choice = inner.place.container
        if isinstance(choice, Choice) and not choice.shows(inner) and editing.flow.form is form:
            _choose(editing, choice, choice.alternatives.index(inner))
    return editing.flow.form.find(path)


def _choose_for(editing: Editing, path: Path, field: Field, value: Any) -> Field | None:
    """Return the field that takes a value: of a token the inner one, of a choice the alternative that is chosen for it.

    None if the value is a constant that is chosen now. Raises ImpossibleMoveError if an object fits several.
    """
    form, is_refreshed = editing.flow.form, False
    while isinstance(field, (Choice, Token)):
        if isinstance(field, Token):
            field = field.inner
            continue
        position = field.position_for(value)
        if position is None:
            if is_object(value):
                advice = f"write session.choose(…, at={field.name}){_offered([field])}"
                raise ImpossibleMoveError(f"{field.name}: choose an alternative first; {advice}")
            return field
        if position != field.chosen:
            _choose(editing, field, position, leaves=not is_refreshed)
            if isinstance(field.alternatives[position], Constant):
                return None
            if editing.flow.form is not form:
                form, is_refreshed = editing.flow.form, True
                field = form.find(path)
                continue
        field = field.alternatives[position]
    return field


def _choose_inside(editing: Editing, path: Path, value: Mapping[Any, Any]) -> None:
    """Choose the alternatives at a path for an object: each for the properties of the object that it can have."""
    at = 0
    while at < len(found := _choices_at(editing.flow.form, path)):
        choice = found[at]
        at += 1
        own = {name: part for name, part in value.items() if choice.has(name)}
        if own and choice.shown and choice.place.enabled:
            position = choice.position_for(own)
            if position in choice.offered and position != choice.chosen:
                _choose(editing, choice, position)


def _choices_at(form: Form, path: Path) -> list[Choice]:
    """Return the choices at a path that are in no other field; at the empty path, those of all root schemas."""
    if not path:
        return [choice for root in form.roots for choice in choices(root)]
    field = form.lookup(path)
    return [] if field is None else list(choices(innermost(field)))


def _choose(editing: Editing, choice: Choice, position: int, *, leaves: bool = True) -> None:
    """Choose an alternative. A choice is complete at once, so with `leaves` what depends on it starts.

    A step that a choice has refreshed can come without this choice. It is then made again, and left with its value.
    """
    _expect_input(choice)
    if position not in choice.offered:
        is_hidden = not choice.alternatives[position].place.shown
        why = "not on the screen" if is_hidden else "disabled"
        title = show(choice.titles[position])
        raise ImpossibleMoveError(f"{choice.name}: the alternative {title} is {why}{_offered([choice])}")
    if position != choice.chosen:
        editing.choose(choice, position)
        if leaves:
            editing.leave(choice)


def _offered(among: Iterable[Choice]) -> str:
    """Return the alternatives that the user can choose, for messages."""
    titles = [show(one.titles[at]) for one in among for at in one.offered]
    return f"; there are {', '.join(titles)}" if titles else "; there is none"


def _fill_items(editing: Editing, path: Path, values: Sequence[Any]) -> None:
    while isinstance(items := _items(editing, path), Items) and len(items.items) > len(values):
        _expect_input(items)
        editing.remove(items, len(items.items) - 1)
    for index, value in enumerate(values):
        items = _items(editing, path)
        if isinstance(items, Items) and index == len(items.items):
            _expect_input(items)
            editing.add(items)
        editing.leave(_fill(editing, (*path, index), value))


def _items(editing: Editing, path: Path) -> Field:
    return innermost(editing.flow.form.find(path))


def _for_file(editing: Editing, path: Path) -> Field:
    """Return the field that a file is for: the inner one of a token, or the only alternative that takes a file."""
    form, is_refreshed = editing.flow.form, False
    field = form.find(path)
    while isinstance(field, (Choice, Token)):
        if isinstance(field, Token):
            field = field.inner
            continue
        taking = [at for at in field.offered if innermost(field.alternatives[at]).takes_file]
        if field.chosen not in taking and len(taking) == 1:
            _choose(editing, field, taking[0], leaves=not is_refreshed)
            if editing.flow.form is not form:
                form, is_refreshed = editing.flow.form, True
                field = form.find(path)
                continue
        if field.chosen is None:
            break
        field = field.alternatives[field.chosen]
    return field


def _attach(field: Field, file: File) -> None:
    if isinstance(field, Scalar) and isinstance(field.schema, BlobSchema):
        field.file = file
    else:
        field.set(f"data:{file.content_type};base64,{base64.b64encode(file.data).decode()}")


def _list(editing: Editing, text: str) -> Items:
    field = innermost(_reach_input(editing, text))
    if not isinstance(field, Items):
        raise ImpossibleMoveError(f"{field.name} is no list")
    return field


def _reach_input(editing: Editing, text: str) -> Field:
    """Return the field of a path that takes input. The alternatives that it is in are chosen."""
    return _expect_input(_reach(editing, editing.flow.form.parse(text)))


def _expect_input(field: Field) -> Field:
    if not field.shown:
        raise ImpossibleMoveError(f"{field.name} is not on the screen")
    if not field.place.enabled:
        raise ImpossibleMoveError(f"{field.name} is disabled")
    return field
