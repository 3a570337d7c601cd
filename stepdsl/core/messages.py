"""Error messages: paths and reasons of problems, how a value is shown, which right name is nearest to a wrong one."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from enum import Enum
from typing import TypeAlias

from stepdsl.errors import InvalidValueError, WireError

# -- problems -----------------------------------------------------------------------------------------------------

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


# -- parts of messages --------------------------------------------------------------------------------------------

_MOST = 150
"""`near` compares with at most this many names, and only words of at most this length."""


def shorten(text: str) -> str:
    """Return text on one line, cut to 60 characters."""
    text = " ".join(text.split("\n"))
    return text if len(text) <= 60 else f"{text[:57]}…"


def show(value: object) -> str:
    """Return a value as a message shows it: a short string, number or None itself, anything else by its type."""
    if isinstance(value, type):
        return f"the class {value.__qualname__}"
    if isinstance(value, (str, int, float, type(None))) and not isinstance(value, Enum):
        try:
            return shorten(repr(value))
        except ValueError:  # an integer of more digits than Python prints
            return "a huge integer"
    return f"{'an' if type(value).__qualname__[0] in 'aeiouAEIOU' else 'a'} {type(value).__qualname__}"


def article(name: str) -> str:
    """Return the name of a type with `a` or `an` before it."""
    return f"{'an' if name[0] in 'AEIOU' and not name.startswith('One') else 'a'} {name}"


def nearest(wrong: str, right: Iterable[str]) -> str:
    """Return `; did you mean 'x'?` for the most similar right name, or an empty string if none is similar."""
    import difflib  # loads only when there is an error

    found = difflib.get_close_matches(wrong, list(right), 1)
    return f"; did you mean {found[0]!r}?" if found else ""


def near(wrong: object, right: Collection[str]) -> str:
    """Return what `nearest` returns, at a bounded cost; an empty string for anything but a short string."""
    if not isinstance(wrong, str) or len(wrong) > _MOST or len(right) > _MOST:
        return ""
    return nearest(wrong, right)


def unknown(name: str, allowed: Iterable[str], what: str) -> str:
    """Return the reason why a name is not accepted, with the most similar right one, or with all right ones."""
    names = list(allowed)
    return f"no such {what}{nearest(name, names) or '; there are ' + ', '.join(names)}"
