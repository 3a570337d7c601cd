"""The targets of the command: files, standard input, and steps in Python modules."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, NamedTuple, cast

from stepdsl.core.converters import is_listable
from stepdsl.core.messages import expected
from stepdsl.core.model import Model
from stepdsl.errors import WireError
from stepdsl.model.step import Step
from stepdsl.wire import loads


class Unreadable(Exception):
    """Internal: a target cannot be read or imported, or it contains no step."""


class Subject(NamedTuple):
    """One step to check, or the error of a text that is no JSON object."""

    name: str
    """The name of the step in the output: the file, or the Python name."""
    file: str | None
    """The file that the step was read from; None if the step does not come from a file."""
    step: Step | WireError


def subjects(target: str) -> Iterator[Subject]:
    """Yield the steps of a target: `FILE.json`, `-` for standard input, or `module:attribute`.

    Raises `Unreadable` if the target cannot be read or imported, or if it contains no step.
    """
    module, colon, attribute = target.partition(":")
    if target == "-":
        yield Subject("<stdin>", None, _read(sys.stdin.buffer.read()))
    elif not colon or target.endswith(".json") or Path(target).exists():
        try:
            data = Path(target).read_bytes()
        except (OSError, ValueError) as error:  # a name with a null character is a ValueError
            raise Unreadable(getattr(error, "strerror", None) or str(error)) from None
        yield Subject(target, target, _read(data))
    else:
        yield from _subjects_of(target, _import_value(module, attribute))


def _read(data: bytes) -> Step | WireError:
    try:
        return loads(data, strict=False)
    except WireError as error:
        return error


def _import_value(module: str, attribute: str) -> Any:
    """Return the value of a dotted name in a module. If the value is a function, call it and return the result."""
    try:
        found: Any = importlib.import_module(module)
        for name in attribute.split("."):
            found = getattr(found, name)
        return found() if callable(found) and not _is_ours(found) else found
    except (Exception, SystemExit) as error:  # noqa: BLE001  # code of the user can raise any exception
        raise Unreadable(f"{type(error).__name__}: {' '.join(str(error).split())}") from None


def _is_ours(found: object) -> bool:
    """Return whether a value is an object or a builder of the library. These are callable, but no functions."""
    from stepdsl.core import hints  # loads only for a target that can be called

    return isinstance(found, Model) or hints.is_builder(type(found))


def _subjects_of(target: str, found: Any) -> Iterator[Subject]:
    if isinstance(found, Step):
        yield Subject(target, None, found)
        return
    if not is_listable(found):
        raise Unreadable(_expected(found))
    members = _members(found)
    for index, step in enumerate(members):
        if not isinstance(step, Step):
            raise Unreadable(f"[{index}]: {_expected(step)}")
    for index, step in enumerate(members):
        yield Subject(f"{target}[{index}]", None, step)


def _members(found: Any) -> list[Any]:
    try:
        return list(cast("Iterable[Any]", found))
    except Exception as error:  # noqa: BLE001  # code of the user
        raise Unreadable(f"{type(error).__name__}: {' '.join(str(error).split())}") from None


def _expected(found: object) -> str:
    return expected("a Step", found, Step)
