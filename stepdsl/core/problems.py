"""Problems of a value: paths and reasons, and the internal exception that has them."""

from __future__ import annotations

from typing import TypeAlias

from stepdsl.core.messages import shorten
from stepdsl.errors import InvalidValueError, WireError

Path: TypeAlias = tuple[str | int, ...]
"""The way from a root to a value: names of properties and keys of maps as strings, positions in lists as integers."""

Problem: TypeAlias = tuple[Path, str]
"""A path, and the reason why the value there is not accepted."""


class ConversionError(Exception):
    """Internal: a value cannot be converted. `problems` has every path, relative to the value, with its reason."""

    def __init__(self, problems: list[Problem]) -> None:
        self.problems = problems
        super().__init__(problems)

    def below(self, step: str | int) -> list[Problem]:
        """Return the problems with paths that begin at the object or list which has the value under `step`."""
        return [((step, *path), reason) for path, reason in self.problems]

    def as_invalid_value(self, root: str) -> InvalidValueError:
        """Return the public error of authoring code, with paths that begin with `root`."""
        first, *more = [(dotted(path, root), reason) for path, reason in self.problems]
        return InvalidValueError(*first, *more)

    def as_wire_error(self) -> WireError:
        """Return the public error of a document."""
        return WireError((dotted(path), reason) for path, reason in self.problems)


def conversion_error(reason: str) -> ConversionError:
    """Return the error of a value that is not accepted as a whole."""
    return ConversionError([((), reason)])


class RenderedPath(str):
    """A path that is text already, as a step of another path."""

    __slots__ = ()


def dotted(path: Path, root: str = "") -> str:
    """Return a path as text: `layout[0].text`. Keys that are no identifiers are quoted in brackets."""
    text = root
    for step in path:
        if isinstance(step, int):
            text += f"[{step}]"
        elif isinstance(step, RenderedPath):
            text += step if step.startswith("[") or not text else f".{step}"
        elif step.replace("-", "_").replace("$", "_").replace("#", "_").isidentifier():
            text += f".{step}" if text else step
        else:
            text += f"[{shorten(repr(step))}]"
    return text


def path_step(key: object) -> str:
    """Return how a path names a key of a map, which need not be a string."""
    return key if isinstance(key, str) else repr(key)
