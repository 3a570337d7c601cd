"""`functools.cache` with the types of the function."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any, TypeVar, cast

__all__ = ["cached"]

F = TypeVar("F", bound=Callable[..., Any])


def cached(function: F) -> F:
    """Cache what a function returns. For mypy, a class is no argument of `functools.cache`."""
    return cast("F", cache(function))
