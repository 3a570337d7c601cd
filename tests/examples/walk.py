"""Goes through an object and all its parts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from stepdsl import UNSET
from stepdsl.core.model import Model
from tests import models
from tests.models import Property


class Found(NamedTuple):
    """An object, and where it is."""

    object: Model
    path: str


def walk(found: Model, path: str = "") -> Iterator[Found]:
    """An object and all its parts, at any depth."""
    path = path or type(found).__qualname__
    yield Found(found, path)
    for prop, value in properties(found):
        if prop.kind.is_object:
            for part, where in parts(value):
                yield from walk(part, f"{path}.{prop.name}{where}")


def properties(found: Model) -> Iterator[tuple[Property, Any]]:
    """The properties that an object has, with their values."""
    for prop in models.properties(type(found)).values():
        value = getattr(found, prop.name)
        if value is not UNSET and (value is not None or prop.nullable):
            yield prop, value


def parts(value: Any) -> Iterator[tuple[Model, str]]:
    if isinstance(value, Mapping):
        yield from ((part, f".{name}") for name, part in value.items())
    elif isinstance(value, Model):
        yield value, ""
    else:
        yield from ((part, f"[{index}]") for index, part in enumerate(value))
