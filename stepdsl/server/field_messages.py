"""Messages of single fields in the shape of what was submitted, checked against the schemas that collected it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

from stepdsl.core.json import freeze_members
from stepdsl.core.messages import nearest, show
from stepdsl.core.problems import ConversionError, Path, Problem, dotted
from stepdsl.errors import InvalidValueError
from stepdsl.model.schemas import ArraySchema, ObjectSchema
from stepdsl.model.step import Step
from stepdsl.model.unions import Schema
from stepdsl.model.unknown import UnknownSchema
from stepdsl.validation import single_schemas

__all__ = ["shaped"]

_NAME: Final = r"[^.'\"\[\]]+"
_PLACE: Final = r"\[\d{1,4}\]|\['[^']*'\]|\[\"[^\"]*\"\]"
_PATH: Final = re.compile(rf"(?:{_NAME}|{_PLACE})(?:\.{_NAME}|{_PLACE})*")
_STEP: Final = re.compile(rf"({_NAME})|\[(\d+)\]|\['([^']*)'\]|\[\"([^\"]*)\"\]")

_OVER_AND_UNDER: Final = "messages of the value and of what is in it"

_NAMED: Final = 12
"""How many fields a message names where none is near the one that was given."""

Places = dict[str | int, Any]
"""A message, or the places below, under each step of a path."""


def shaped(validation: Mapping[str, Any], step: Step | None) -> Any:
    """Return messages as the JSON that an error body holds.

    Keys are paths (`address.city`, `children[0].name`, `['a.b']`); what stands below them nests in its own shape. Items
    of a list that have no message are null. Raises InvalidValueError for a key that is no path, for what is no message,
    for two messages of one place, and, where there is a step, for a place that is no field of its schemas.
    """
    if not isinstance(validation, Mapping):  # pyright: ignore[reportUnnecessaryIsInstance]  # not every caller is checked
        raise InvalidValueError("validation", f"expected a mapping, got {show(validation)}")
    try:
        messages = freeze_members(validation)
    except ConversionError as error:
        raise error.as_invalid_value("validation") from None
    places: Places = {}
    for key, below in messages.items():
        for path, message in _messages(_steps(key), below):
            _put(places, path, message)
    if step is not None:
        problems = list(_strays(step.schemas, places, ()))
        if problems:
            raise ConversionError(problems).as_invalid_value("validation")
    return _plain(places)


def _steps(key: str) -> Path:
    if not _PATH.fullmatch(key):
        raise InvalidValueError("validation", f"expected paths such as 'address.city', got {show(key)}")
    # One that is empty in all groups is a name in quotes with nothing between them.
    return tuple(int(place) if place else name or once or twice for name, place, once, twice in _STEP.findall(key))


def _messages(path: Path, value: Any) -> Iterator[tuple[Path, str]]:
    """Yield each message with its path."""
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, dict):
        for name, below in value.items():  # pyright: ignore[reportUnknownVariableType]  # JSON of any shape
            yield from _messages((*path, name), below)  # pyright: ignore[reportUnknownArgumentType]  # JSON of any shape
    elif isinstance(value, list):
        for place, below in enumerate(value):  # pyright: ignore[reportUnknownVariableType, reportUnknownArgumentType]  # JSON of any shape
            yield from _messages((*path, place), below)
    elif value is not None:
        raise InvalidValueError(dotted(path, "validation"), f"expected a message, got {show(value)}")


def _put(places: Places, path: Path, message: str) -> None:
    *above, last = path
    for depth, step in enumerate(above):
        _check_beside(places, step, path[:depth])
        places = places.setdefault(step, {})
        if not isinstance(places, dict):  # pyright: ignore[reportUnnecessaryIsInstance]  # a message that was put before
            raise InvalidValueError(dotted(path[: depth + 1], "validation"), _OVER_AND_UNDER)
    _check_beside(places, last, path[:-1])
    if last in places:
        reason = "given twice" if isinstance(places[last], str) else _OVER_AND_UNDER
        raise InvalidValueError(dotted(path, "validation"), reason)
    places[last] = message


def _check_beside(places: Places, step: str | int, path: Path) -> None:
    if isinstance(next(iter(places), step), int) != isinstance(step, int):
        raise InvalidValueError(dotted(path, "validation"), "messages of both fields and items of a list")


def _plain(places: Places) -> Any:
    """Return the messages as plain JSON: places in a list make a list."""
    below = {step: _plain(part) if isinstance(part, dict) else part for step, part in places.items()}  # pyright: ignore[reportUnknownArgumentType]  # Places
    numbers = [step for step in below if isinstance(step, int)]
    return [below.get(place) for place in range(max(numbers) + 1)] if numbers else below


# -- against the schemas --------------------------------------------------------------------------------------------


def _strays(schemas: Iterable[Schema], places: Places, path: Path) -> Iterator[Problem]:
    """Yield the places that are no field of the schemas, which all collect the same value."""
    holders = list(single_schemas(schemas))
    if any(isinstance(holder, UnknownSchema) for holder in holders):
        return  # anything may stand there
    for step, below in places.items():
        found = [part for holder in holders for part in _parts(holder, step)]
        if not found:
            yield (*path, step), _no_field(holders, step)
        elif isinstance(below, dict):
            yield from _strays(found, below, (*path, step))  # pyright: ignore[reportUnknownArgumentType]  # Places


def _parts(holder: Schema, step: str | int) -> Iterator[Schema]:
    match holder:
        case ObjectSchema(properties=properties) if step in properties:
            yield properties[str(step)]
        case ArraySchema.List(items=items) if isinstance(step, int):
            yield items
        case ArraySchema.Tuple(items=items) if isinstance(step, int) and step < len(items):
            yield items[step]
        case _:
            pass


def _no_field(holders: list[Schema], step: str | int) -> str:
    """Return why there is nothing at a step below these schemas, and what there is in its place."""
    found = (name for holder in holders if isinstance(holder, ObjectSchema) for name in holder.properties)
    names = list(dict.fromkeys(found))
    if names:
        more = f" and {len(names) - _NAMED} more" if len(names) > _NAMED else ""
        return f"no such field{nearest(str(step), names) or '; there are ' + ', '.join(names[:_NAMED]) + more}"
    lengths = [len(holder.items) for holder in holders if isinstance(holder, ArraySchema.Tuple)]
    if lengths:
        return f"no such item; there are {max(lengths)}"
    if any(isinstance(holder, ArraySchema.List) for holder in holders):
        return "no such field; there are the items of a list, [0] and so on"
    return "no such field; there is none at all"
