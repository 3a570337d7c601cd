"""What stepdsl raises, and how its messages are put together.

Every error is a `StepDslError`, prints as one line and survives pickling.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeAlias

Path: TypeAlias = tuple[str | int, ...]
"""Where a value stands: property names and map keys as strings, list positions as integers."""

Problem: TypeAlias = tuple[Path, str]
"""A path and the reason why the value there is refused."""

_SHOWN = 20
"""How many problems a message spells out; `.problems` always holds all of them."""


class StepDslError(Exception):
    """Base of everything that stepdsl raises on purpose."""


class InvalidValueError(StepDslError, ValueError):
    """A value that authoring code gave is refused, or a required one is missing.

    `path` and `reason` tell of the first problem, `problems` of all that were found together.
    """

    def __init__(self, path: str, reason: str, *more: tuple[str, str]) -> None:
        """Take the first problem as path and reason, any further ones as pairs of the two."""
        super().__init__(path, reason, *more)
        self.path = path
        self.reason = reason
        self.problems: tuple[tuple[str, str], ...] = ((path, reason), *more)

    def __str__(self) -> str:
        return sentence(self.problems)


class UnknownPropertyError(InvalidValueError, AttributeError):
    """A name that the type does not have, most often a misspelt one; the nearest right name is in `reason`."""


class ScopeError(StepDslError):
    """A builder is used where it may not be: after its block, twice, or without one."""


class WireError(StepDslError, ValueError):
    """A JSON document does not fit. `problems` holds every (path, reason), paths in wire names."""

    def __init__(self, problems: Iterable[tuple[str, str]]) -> None:
        """Take all problems of one document."""
        self.problems: tuple[tuple[str, str], ...] = tuple(problems)
        super().__init__(self.problems)

    def __str__(self) -> str:
        return sentence(self.problems)


class Refused(Exception):
    """Internal: a value does not fit; the layer that knows the path turns it into a public error."""

    def __init__(self, problems: list[Problem]) -> None:
        self.problems = problems
        super().__init__(problems)


def refuse(reason: str) -> Refused:
    """Return the refusal of a value as a whole."""
    return Refused([((), reason)])


def within(step: str | int, refused: Refused) -> list[Problem]:
    """Return the problems of a part, seen from the whole that holds it under `step`."""
    return [((step, *path), reason) for path, reason in refused.problems]


def sentence(problems: tuple[tuple[str, str], ...]) -> str:
    """Return problems as one line, the first twenty in full."""
    told = "; ".join(f"{path}: {reason}" if path else reason for path, reason in problems[:_SHOWN])
    more = len(problems) - _SHOWN
    return f"{told}; and {more} more" if more > 0 else told


def dotted(path: Path, root: str = "") -> str:
    """Return a path as text: `layout[0].text`; odd map keys stand quoted in brackets."""
    text = root
    for step in path:
        if isinstance(step, int):
            text += f"[{step}]"
        elif step.replace("-", "_").replace("$", "_").replace("#", "_").isidentifier():
            text += f".{step}" if text else step
        else:
            text += f"[{shorten(repr(step))}]"
    return text


def invalid(root: str, problems: list[Problem]) -> InvalidValueError:
    """Return the public error for problems found below `root`."""
    first, *more = [(dotted(path, root), reason) for path, reason in problems]
    return InvalidValueError(*first, *more)


def shorten(text: str) -> str:
    """Return text cut to what fits into a message, on one line."""
    text = " ".join(text.split("\n"))
    return text if len(text) <= 60 else f"{text[:57]}…"


def nearest(wrong: str, right: Iterable[str]) -> str:
    """Return `; did you mean 'x'?` where a right name is near enough, else nothing."""
    import difflib  # only an error needs it

    found = difflib.get_close_matches(wrong, list(right), 1)
    return f"; did you mean {found[0]!r}?" if found else ""


def unknown(name: str, allowed: Iterable[str], what: str) -> str:
    """Return the reason for a refused name: the nearest right one, else all that are allowed."""
    names = list(allowed)
    return f"no such {what}{nearest(name, names) or '; there are ' + ', '.join(names)}"
