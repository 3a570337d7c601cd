"""What the command checks: files, standard input, and steps that Python code makes."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, NamedTuple, cast

from stepdsl.core.converters import is_listable
from stepdsl.core.messages import show
from stepdsl.errors import WireError
from stepdsl.model.step import Step
from stepdsl.wire import loads


class Unreadable(Exception):
    """Internal: a target cannot be read or imported, or there is no step in it."""


class Subject(NamedTuple):
    """One step to check, or what keeps a document from being one."""

    name: str
    """By which what is found in it is told: the file, or where the step is in Python."""
    file: str | None
    """The file, if it is one."""
    step: Step | WireError


def subjects(target: str) -> Iterator[Subject]:
    """Yield the steps of a target: `FILE.json`, `-` for standard input, or `module:attribute`.

    Raises `Unreadable`.
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
        yield from _made(target, _find(module, attribute))


def _read(data: bytes) -> Step | WireError:
    try:
        return loads(data)
    except WireError as error:
        return error


def _find(module: str, attribute: str) -> Any:
    """Return what stands in a module under a dotted name; a function is called."""
    try:
        found: Any = importlib.import_module(module)
        for word in attribute.split("."):
            found = getattr(found, word)
        return found() if callable(found) and not isinstance(found, Step) else found
    except (Exception, SystemExit) as error:  # noqa: BLE001  # whatever the code of others raises
        raise Unreadable(f"{type(error).__name__}: {' '.join(str(error).split())}") from None


def _made(target: str, found: Any) -> Iterator[Subject]:
    if isinstance(found, Step):
        yield Subject(target, None, found)
        return
    if not is_listable(found):
        raise Unreadable(_expected(found))
    members = _members(found)
    for place, step in enumerate(members):
        if not isinstance(step, Step):
            raise Unreadable(f"[{place}]: {_expected(step)}")
    for place, step in enumerate(members):
        yield Subject(f"{target}[{place}]", None, step)


def _members(found: Any) -> list[Any]:
    try:
        return list(cast("Iterable[Any]", found))
    except Exception as error:  # noqa: BLE001  # as above
        raise Unreadable(f"{type(error).__name__}: {' '.join(str(error).split())}") from None


def _expected(found: object) -> str:
    builder = hasattr(found, "built")
    return f"expected a Step, got {show(found)}{'; name its .built' if builder else ''}"
