"""Checks and converts arguments. Callers without a type checker can pass any values."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from stepdsl.core.messages import ConversionError, article, expected
from stepdsl.errors import InvalidValueError

__all__ = ["convert", "expect", "expect_mapping"]

T = TypeVar("T")


def expect(path: str, value: object, cls: type[Any], what: str = "") -> None:
    """Raise InvalidValueError if a value is no object of a class. `what`: its name in the text of the error."""
    if not isinstance(value, cls):
        raise InvalidValueError(path, expected(what or article(cls.__qualname__), value, cls))


def expect_mapping(path: str, value: object) -> None:
    """Raise InvalidValueError if a value is no mapping."""
    expect(path, value, Mapping, "a mapping")


def convert(path: str, value: Any, converter: Callable[[Any], T]) -> T:
    """Return what a converter makes of a value. Raises InvalidValueError for a value that it does not accept."""
    __tracebackhide__ = True  # pytest shows the line of the caller
    try:
        return converter(value)
    except ConversionError as error:
        raise error.as_invalid_value(path) from None
