"""The moves that fill the form of a screen."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from typing import Any, Final

from stepdsl.model.schemas import BlobSchema
from stepdsl.testing.exploration.calls import Call, Candidate
from stepdsl.testing.exploration.inputs import Input, inputs_of
from stepdsl.testing.exploration.values import FieldValues, file_for
from stepdsl.testing.flows.containers import Choice, Items
from stepdsl.testing.flows.fields import Constant, Scalar
from stepdsl.testing.flows.state import Screen
from stepdsl.validation import limit_of

__all__ = ["filling_moves"]

_MOST_ITEMS: Final = 3
"""A list does not get more items than this and its `min_items`."""


def filling_moves(screen: Screen, values: FieldValues, chance: random.Random) -> Iterator[Candidate]:
    """Yield the moves that change the form: of single fields, and of all that `fill` can change without a refresh."""
    given = values.given(screen.form)
    plain: list[tuple[Input, list[Any]]] = []
    for field, (path, value) in given.items():
        one = Input(path, field, screen.refreshes(field))
        if one.refreshes:
            yield from _refreshing(one, [value], chance)
        else:
            plain.append((one, [value]))
    inputs = [one for one in inputs_of(screen) if not any(field in given for field in one.field.with_containers())]
    values.paths.update(dict.fromkeys(one.path for one in inputs))
    for one in inputs:
        yield from _alternatives(one, chance)
    for one in inputs:
        if one.takes_file:
            yield _upload(one, chance)
        if isinstance(one.seen, Items):
            yield from _list_moves(one.path, one.seen)
        valid = _valid(one, values)
        if valid and one.refreshes:
            yield from _refreshing(one, valid, chance)
        elif valid:
            plain.append((one, valid))
    if plain:
        yield from _together(plain, chance)
        yield from _invalid(chance.choice(plain)[0], values, chance)


def _alternatives(one: Input, chance: random.Random) -> Iterator[Candidate]:
    """Yield a choice for each alternative of a one-of that has other parts than constants."""
    field = one.field
    if not isinstance(field, Choice) or all(isinstance(part, Constant) for part in field.alternatives):
        return
    offered = [field.titles[at] for at in field.offered]
    titles = [title for title in offered if offered.count(title) == 1]
    for title in chance.sample(titles, len(titles)):
        is_other = field.chosen is None or field.titles[field.chosen] != title
        yield Candidate(f"choose {title} at {one.path}", Call("choose", (title,), {"at": one.path}), goes_on=is_other)


def _upload(one: Input, chance: random.Random) -> Candidate:
    """Return the choice of a small file."""
    file = file_for(one.schema, chance)
    return Candidate(f"upload {one.path}", Call("upload", (one.path, file.data, file.filename, file.content_type)))


def _list_moves(path: str, field: Items) -> Iterator[Candidate]:
    """Yield the moves that change the number of items by one."""
    least, most = limit_of(field.schema, "min_items") or 0, limit_of(field.schema, "max_items")
    count = len(field.items)
    if count < (least + _MOST_ITEMS if most is None else min(most, least + _MOST_ITEMS)):
        yield Candidate(f"add to {path}", Call("add_item", (path,)))
    if count:
        yield Candidate(f"remove from {path}", Call("remove_item", (path, count - 1)), goes_on=False)


def _valid(one: Input, values: FieldValues) -> list[Any]:
    """Return the values that can be entered in a field by `fill`."""
    field = one.field
    if isinstance(field, Choice):
        offered = [field.alternatives[at] for at in field.offered]
        constants = [part.value for part in offered if isinstance(part, Constant) and part.value is not None]
        return constants if len(constants) == len(offered) else []
    is_file = isinstance(one.schema, BlobSchema)
    return values.valid(one.path, one.schema) if isinstance(one.seen, Scalar) and not is_file else []


def _refreshing(one: Input, valid: Sequence[Any], chance: random.Random) -> Iterator[Candidate]:
    """Yield the moves that change a field which refreshes the step: the step can then have other fields."""
    if isinstance(one.field, Choice):
        for value in valid:
            yield Candidate(f"fill {one.path} with {value}", Call("fill", ({one.path: value},)))
    else:
        yield Candidate(f"fill {one.path}", Call("fill", ({one.path: chance.choice(valid)},)))


def _together(plain: Sequence[tuple[Input, Sequence[Any]]], chance: random.Random) -> Iterator[Candidate]:
    """Yield the moves that fill several fields with values that fit: the required ones, all, and some."""
    needed = {one.path: valid[0] if one.is_needed else None for one, valid in plain}
    yield Candidate("fill what is required", Call("fill", (needed,)))
    yield Candidate("fill all", Call("fill", ({one.path: chance.choice(valid) for one, valid in plain},)))
    some = {one.path: chance.choice(valid) for one, valid in plain if chance.random() < 0.5}
    if some:
        yield Candidate("fill some", Call("fill", (some,)))


def _invalid(one: Input, values: FieldValues, chance: random.Random) -> Iterator[Candidate]:
    """Yield the move that fills a field with a value that does not fit, if there is such a value."""
    invalid = values.invalid(one.schema) if isinstance(one.seen, Scalar) else []
    if invalid:
        yield Candidate("fill one invalid", Call("fill", ({one.path: chance.choice(invalid)},)), goes_on=False)
