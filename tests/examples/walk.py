"""Goes through an object and all that it holds."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from stepdsl import UNSET
from stepdsl.core.fields import FIELDS, Field
from stepdsl.core.model import Model


class Found(NamedTuple):
    """An object, and where it is."""

    object: Model
    path: str


def walk(found: Model, path: str = "") -> Iterator[Found]:
    """An object and all that it holds, at any depth."""
    path = path or type(found).__qualname__
    yield Found(found, path)
    for held, value in properties(found):
        if held.kind.is_object:
            for part, where in parts(value):
                yield from walk(part, f"{path}.{held.name}{where}")


def properties(found: Model) -> Iterator[tuple[Field, Any]]:
    """The properties that an object has, with their values."""
    for held in FIELDS[type(found)].by_name.values():
        value = getattr(found, held.name)
        if value is not UNSET and (value is not None or held.nullable):
            yield held, value


def parts(value: Any) -> Iterator[tuple[Model, str]]:
    if isinstance(value, Mapping):
        yield from ((part, f".{name}") for name, part in value.items())
    elif isinstance(value, Model):
        yield value, ""
    else:
        yield from ((part, f"[{index}]") for index, part in enumerate(value))
