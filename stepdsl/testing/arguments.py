"""Checks the arguments of public functions and methods before anything is sent or changed.

A checker takes the value of an argument, and returns it as the function uses it. It raises ConversionError with the
reason. The annotation of an argument selects its checker, see `arguments_of`.
"""

from __future__ import annotations

import inspect
import os
from collections.abc import Callable, Mapping
from functools import wraps
from types import MappingProxyType
from typing import Any, Final, ParamSpec, TypeAlias, TypeVar

from stepdsl.core.arguments import convert
from stepdsl.core.json import (
    UNSET,
    convert_boolean,
    convert_integer,
    convert_number,
    convert_string,
    freeze_json,
    plain_json,
)
from stepdsl.core.messages import conversion_error, nearest, show, unexpected
from stepdsl.model.step import Step
from stepdsl.model.unions import AnySearchResult

__all__ = [
    "Checker",
    "arguments_of",
    "boolean",
    "checked",
    "checked_with",
    "duration",
    "header_fields",
    "integer",
    "json_value",
    "number",
    "start_of_flow",
    "text",
    "values_by_path",
]

__tracebackhide__ = True  # pytest shows the line of the test, and not this module

P = ParamSpec("P")
R = TypeVar("R")

Checker: TypeAlias = Callable[[Any], Any]
"""Returns the value of an argument as it is used. Raises ConversionError with the reason if it cannot be used."""

text: Final[Checker] = convert_string
integer: Final[Checker] = convert_integer
number: Final[Checker] = convert_number
boolean: Final[Checker] = convert_boolean


def arguments_of(
    function: Callable[..., Any], others: Mapping[str, Checker] = MappingProxyType({})
) -> Callable[..., inspect.BoundArguments]:
    """Return a function that takes the arguments of another one, and returns them checked.

    `others`: checkers of annotations that only this function has.

    It raises InvalidValueError for an argument that does not fit its annotation, and TypeError for arguments that the
    other function does not have. Keyword arguments with any name (`**what`) are not checked.
    """
    signature, call = inspect.signature(function), function.__name__
    takes_any = any(one.kind is one.VAR_KEYWORD for one in signature.parameters.values())
    checkers = {
        name: (others if parameter.annotation in others else _CHECKERS)[parameter.annotation]
        for name, parameter in signature.parameters.items()
        if name != "self" and parameter.kind is not parameter.VAR_KEYWORD
    }

    def bind(*args: Any, **kwargs: Any) -> inspect.BoundArguments:
        try:
            given = signature.bind(*args, **kwargs)
        except TypeError as error:
            wrong = None if takes_any else next((name for name in kwargs if name not in signature.parameters), None)
            misspelt = f"got an unexpected keyword argument {wrong!r}{nearest(str(wrong), checkers)}"
            raise TypeError(f"{call}: {error if wrong is None else misspelt}") from None
        for name, checker in checkers.items():
            if name in given.arguments:
                given.arguments[name] = convert(f"{call}.{name}", given.arguments[name], checker)
        return given

    return bind


def checked(function: Callable[P, R]) -> Callable[P, R]:
    """Make a function check its arguments, as `arguments_of` does."""
    return checked_with({})(function)


def checked_with(others: Mapping[str, Checker]) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Make a function check its arguments, as `arguments_of` does with checkers of other annotations."""

    def decorate(function: Callable[P, R]) -> Callable[P, R]:
        bind = arguments_of(function, others)

        @wraps(function)
        def wrapper(*args: P.args, **kwargs: P.kwargs) -> R:
            given = bind(*args, **kwargs)
            return function(*given.args, **given.kwargs)

        return wrapper

    return decorate


# -- checkers -----------------------------------------------------------------------------------------------------


def _optional(checker: Checker) -> Checker:
    """Return the checker of an argument that can be None."""
    return lambda value: None if value is None else checker(value)


def json_value(value: Any) -> Any:
    """Take a JSON value, or UNSET. Return a copy in plain dicts and lists."""
    return value if value is UNSET else plain_json(freeze_json(value))


def duration(value: Any) -> Any:
    """Take a number of seconds, 0 or more."""
    if number(value) < 0:
        raise conversion_error(f"expected 0 seconds or more, got {show(value)}")
    return number(value)


def header_fields(value: Any) -> Any:
    """Take a mapping of the names of headers to their values: any strings, so that a test can send invalid headers."""
    fields: Any = value
    if not isinstance(value, Mapping):
        raise unexpected("a mapping of names to values", value, Mapping)
    for name, field in fields.items():
        if not isinstance(name, str) or not isinstance(field, str):
            raise conversion_error(f"expected strings as names and values, got {show(name)}: {show(field)}")
    return fields


def start_of_flow(value: Any) -> Any:
    """Take a URL, or a step in its place."""
    return value if isinstance(value, Step) else _text_or(value, "a URL or a Step", Step)


def values_by_path(value: Any) -> Any:
    """Take a mapping of the paths of fields to JSON values, or None. Return a copy; an empty one for None."""
    if value is not None and not isinstance(value, Mapping):
        raise unexpected("a mapping of paths to values", value, Mapping)
    return json_value({} if value is None else value)


def _values(value: Any) -> Any:
    if isinstance(value, Mapping):
        return json_value(value)
    return _text_or(value, "a mapping of paths to values, or a path", str)


def _result(value: Any) -> Any:
    if isinstance(value, AnySearchResult):
        return value
    return _text_or(value, "the title of a search result, or one of session.results", str)


def _text_or(value: Any, what: str, wanted: type) -> str:
    if not isinstance(value, str):
        raise unexpected(what, value, wanted)
    return convert_string(value)


def _bytes(value: Any) -> bytes:
    if not isinstance(value, bytes):
        raise unexpected("bytes", value, bytes)
    return value


def _path(value: Any) -> Any:
    is_content = isinstance(value, str) and value.lstrip().startswith("{")
    if is_content or hasattr(value, "to_json") or hasattr(value, "record"):
        raise conversion_error(f"expected the path of a file, got {show(value)}; session.record(path) writes it")
    if not isinstance(value, (str, os.PathLike)):
        raise unexpected("the path of a file", value, str)
    return value  # pyright: ignore[reportUnknownVariableType]  # of any kind of path


def _function(value: Any) -> Any:
    if not callable(value):
        raise unexpected("a function", value, Callable)
    return value


_CHECKERS: Final[Mapping[str, Checker]] = {
    "str": text,
    "str | None": _optional(text),
    "int": integer,
    "bytes": _bytes,
    "Any": json_value,
    "str | Path": _path,
    "str | Step": start_of_flow,
    "Mapping[str, Any] | str": _values,
    "AnySearchResult | str": _result,
    "Callable[[FlowSession], object]": _function,
}
"""The checkers, by the annotations of arguments. `Any` is JSON."""
