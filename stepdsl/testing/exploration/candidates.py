"""The moves that a user can make on the screen that is shown."""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Final

from attrs import frozen

from stepdsl.model.schemas import ArraySchema, BlobSchema, StringSchema
from stepdsl.model.search import SearchLayout
from stepdsl.model.unions import Schema
from stepdsl.testing.exploration.calls import Call, Candidate
from stepdsl.testing.exploration.values import FieldValues, file_for
from stepdsl.testing.flows.containers import Choice, Items, Token, innermost
from stepdsl.testing.flows.errors import ImpossibleMoveError
from stepdsl.testing.flows.fields import Constant, Field, Scalar
from stepdsl.testing.flows.flow import Flow
from stepdsl.testing.flows.forms import Form
from stepdsl.testing.flows.screens import Control, controls, on_screen, options, toolbar_controls
from stepdsl.testing.flows.searching import results_of, title_of
from stepdsl.testing.strategies.patterns import matching_texts, unsupported
from stepdsl.validation import id_of, limit_of
from stepdsl.validation.paths import path_text

__all__ = ["candidates"]

_MOST_ITEMS: Final = 3
"""A list does not get more items than this and its `min_items`."""
_MOST_RESULTS: Final = 3
"""So many results of a search are chosen from."""


def candidates(flow: Flow, values: FieldValues, chance: random.Random) -> list[Candidate]:
    """Return the moves that the screen allows. Several of them fill the form, each in another way."""
    if flow.state.subflow is not None:
        return [
            Candidate("finish_subflow", Call("finish_subflow")),
            Candidate("fail_subflow", Call("fail_subflow"), goes_on=False),
        ]
    screen = flow.state.screen
    if screen is None:
        return []
    own = screen.step.navigation
    back = Candidate("back", Call("back"), goes_on=own is not None and own.back is not None)
    if screen.is_invalid:
        return [back]
    if screen.modals:
        return [*_pressed(controls(screen.modals[-1])), Candidate("back", Call("back"))]
    layouts = screen.layouts
    found = [*_filled(screen.form, values, chance), *_pressed(controls(layouts))]
    found += _pressed(toolbar_controls(screen.step.toolbar))
    found += [
        Candidate(f"choose {title}", Call("choose", (title,)))
        for title, same in _by_title(options(layouts)).items()
        if _is_one(same)
    ]
    for layout in on_screen(layouts):
        if isinstance(layout, SearchLayout):
            found += [
                Candidate(f"search {at}", Call("search", (term,), {"at": layout.title}), goes_on=bool(term))
                for at, term in (("start", ""), ("a", "a"))
            ]
    titles = dict.fromkeys(title_of(result) for result in results_of(screen))
    found += [Candidate(f"select {title}", Call("select", (title,))) for title in list(titles)[:_MOST_RESULTS]]
    if screen.step.polling is not None:
        found.append(Candidate("poll", Call("poll")))
    if screen.step.refresh_url is not None:
        found.append(Candidate("refresh", Call("refresh"), goes_on=False))
    for handler in screen.step.link_handlers or ():
        link = _link(handler.regex_pattern, values)
        found += [] if link is None else [Candidate(f"link {handler.regex_pattern}", Call("open_link", (link,)))]
    return [*found, back]


# -- pressing -------------------------------------------------------------------------------------------------------


def _pressed(found: Iterable[Control]) -> Iterator[Candidate]:
    """Yield a move for each control that can be pressed. One that no title and no id distinguishes is left out."""
    for title, same in _by_title(found).items():
        if _is_one(same):
            yield Candidate(f"press {title}", Call("press", (title,)))
        else:
            for id in dict.fromkeys(one.ids[0] for one in same if one.ids):
                yield Candidate(f"press {id}", Call("press", (), {"id": id}))


def _by_title(found: Iterable[Control]) -> dict[str, list[Control]]:
    titles: dict[str, list[Control]] = {}
    for control in found:
        if not control.disabled:
            titles.setdefault(control.title, []).append(control)
    return titles


def _is_one(found: Sequence[Control]) -> bool:
    """Return whether controls do the same."""
    return all(one.pressed == found[0].pressed for one in found)


def _link(pattern: str, values: FieldValues) -> str | None:
    """Return a link that a pattern matches; None if none can be generated."""
    if unsupported(pattern) is not None:
        return None
    made = values.of(pattern, lambda: matching_texts(pattern, None, None))
    return made[0] if made else None


# -- filling --------------------------------------------------------------------------------------------------------


@frozen
class _Input:
    """A field that takes a value, with its path as text."""

    path: str
    field: Field

    @property
    def input(self) -> Field:
        """The field that the user sees: of a token the inner one."""
        return self.field.inner if isinstance(self.field, Token) else self.field

    @property
    def schema(self) -> Schema:
        """The schema of what the user enters."""
        return self.input.schema


def _filled(form: Form, values: FieldValues, chance: random.Random) -> Iterator[Candidate]:
    """Yield the moves that change the form."""
    inputs = list(_inputs(form))
    yield from _chosen(inputs, chance)
    plain: list[tuple[_Input, list[Any]]] = []
    for one in inputs:
        if _takes_file(one):
            file = file_for(one.schema, chance)
            arguments = (one.path, file.data, file.filename, file.content_type)
            yield Candidate(f"upload {one.path}", Call("upload", arguments))
        if isinstance(one.input, Items):
            yield from _list_moves(one.path, one.input)
        right = _right(one, values)
        if right and one.field.schema.__dict__.get("refresh_step_on_change"):
            yield from _refreshing(one, right, chance)
        elif right:
            plain.append((one, right))
    if not plain:
        return
    needed = {one.path: right[0] if _is_needed(one) else None for one, right in plain}
    yield Candidate("fill what is required", Call("fill", (needed,)))
    yield Candidate("fill all", Call("fill", ({one.path: chance.choice(right) for one, right in plain},)))
    some = {one.path: chance.choice(right) for one, right in plain if chance.random() < 0.5}
    if some:
        yield Candidate("fill some", Call("fill", (some,)))
    one, _ = chance.choice(plain)
    wrong = values.wrong(one.schema) if isinstance(one.input, Scalar) else []
    if wrong:
        yield Candidate("fill one wrong", Call("fill", ({one.path: chance.choice(wrong)},)), goes_on=False)


def _inputs(form: Form) -> Iterator[_Input]:
    """Yield the fields on the screen that take input, each one once. What is in a token is not a field of its own."""
    for field in form.all():
        in_token = any(isinstance(one, Token) for one in field.above() if one is not field)
        if field.shown and field.place.enabled and not in_token and not isinstance(field, Constant):
            path = _path(form, field)
            if path is not None:
                yield _Input(path, field)


def _path(form: Form, field: Field) -> str | None:
    """Return the path that means a field; None if no path does."""
    text = path_text(field.path)
    *_, root = field.above()
    for path in (text, f"{id_of(root.schema)}.{text}"):
        try:
            found = form.find(form.parse(path)) if text else None
            if found is not None and field in (found, innermost(found)):
                return path
        except ImpossibleMoveError:
            continue
    return None


def _is_needed(one: _Input) -> bool:
    return one.field.place.required and all(
        field.place.required or field.place.above is None for field in one.field.above()
    )


def _takes_file(one: _Input) -> bool:
    schema = one.schema
    if isinstance(one.field, Items) and isinstance(schema, ArraySchema.List):
        persist = schema.items.__dict__.get("persist_async")
        return persist is not None and isinstance(persist.schema, BlobSchema)
    return isinstance(schema, BlobSchema) or (
        isinstance(schema, StringSchema) and schema.format == StringSchema.Format.BASE64URL
    )


def _right(one: _Input, values: FieldValues) -> list[Any]:
    """Return the values that can be entered in a field by `fill`."""
    field = one.field
    if isinstance(field, Choice):
        constants = [part.value for part in field.alternatives if isinstance(part, Constant) and part.value is not None]
        return constants if len(constants) == len(field.alternatives) else []
    is_file = isinstance(one.schema, BlobSchema)
    return values.right(one.path, one.schema) if isinstance(one.input, Scalar) and not is_file else []


def _chosen(inputs: Iterable[_Input], chance: random.Random) -> Iterator[Candidate]:
    """Yield a choice for each one-of schema that has other parts than constants."""
    for one in inputs:
        field = one.field
        if isinstance(field, Choice) and not all(isinstance(part, Constant) for part in field.alternatives):
            titles = [title for title in field.titles if field.titles.count(title) == 1]
            for title in chance.sample(titles, len(titles)):
                is_other = field.chosen is None or field.titles[field.chosen] != title
                call = Call("choose", (title,), {"at": one.path})
                yield Candidate(f"choose {title} at {one.path}", call, goes_on=is_other)


def _refreshing(one: _Input, right: Sequence[Any], chance: random.Random) -> Iterator[Candidate]:
    """Yield the moves that change a field which refreshes the step: the step can then have other fields."""
    if isinstance(one.field, Choice):
        for value in right:
            yield Candidate(f"fill {one.path} with {value}", Call("fill", ({one.path: value},)))
    else:
        yield Candidate(f"fill {one.path}", Call("fill", ({one.path: chance.choice(right)},)))


def _list_moves(path: str, field: Items) -> Iterator[Candidate]:
    least, most = limit_of(field.schema, "min_items") or 0, limit_of(field.schema, "max_items")
    count = len(field.items)
    if count < (least + _MOST_ITEMS if most is None else min(most, least + _MOST_ITEMS)):
        yield Candidate(f"add to {path}", Call("add_item", (path,)))
    if count:
        yield Candidate(f"remove from {path}", Call("remove_item", (path, count - 1)), goes_on=False)
