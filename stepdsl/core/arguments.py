"""Checks the types of arguments. Callers without a type checker can pass any values."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from stepdsl.core.messages import article, expected
from stepdsl.errors import InvalidValueError

__all__ = ["expect", "expect_mapping"]


def expect(path: str, value: object, cls: type[Any], what: str = "") -> None:
    """Raise InvalidValueError if a value is no object of a class. `what`: its name in the text of the error."""
    if not isinstance(value, cls):
        raise InvalidValueError(path, expected(what or article(cls.__qualname__), value, cls))


def expect_mapping(path: str, value: object) -> None:
    """Raise InvalidValueError if a value is no mapping."""
    expect(path, value, Mapping, "a mapping")
