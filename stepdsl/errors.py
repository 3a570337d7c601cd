"""The public exceptions. Each is a `StepDslError`, prints as one line, and can be pickled."""

from __future__ import annotations

from collections.abc import Iterable

__all__ = [
    "MORE_PROBLEMS",
    "MOST_PROBLEMS",
    "InvalidValueError",
    "ScopeError",
    "StepDslError",
    "UnknownPropertyError",
    "WireError",
]

_SHOWN = 20
"""The maximum number of problems that a message shows in full. `.problems` has all that were collected."""

MOST_PROBLEMS = 1000
"""The maximum number of problems of one value that are collected. A document can have one in every byte."""

MORE_PROBLEMS = f"only the first {MOST_PROBLEMS} problems are listed"
"""The reason of the last entry of `.problems`, with an empty path, if there may be more than that."""


class StepDslError(Exception):
    """Base class of all exceptions that stepdsl raises on purpose."""


class InvalidValueError(StepDslError, ValueError):
    """A value that authoring code gave is not accepted, or a required value is missing.

    `path` and `reason` describe the first problem, `problems` all problems that were found together.
    """

    def __init__(self, path: str, reason: str, *more: tuple[str, str]) -> None:
        """Take the first problem as path and reason, and any further problems as pairs of path and reason."""
        super().__init__(path, reason, *more)
        self.path = path
        self.reason = reason
        self.problems: tuple[tuple[str, str], ...] = ((path, reason), *more)

    def __str__(self) -> str:
        return _one_line(self.problems)


class UnknownPropertyError(InvalidValueError, AttributeError):
    """A name that the type does not have, most often a misspelt one. `reason` has the most similar right name."""


class ScopeError(StepDslError):
    """A builder is used where it cannot be used: after its block, twice, or without a block."""


class WireError(StepDslError, ValueError):
    """A JSON document does not fit. `problems` has every path, in wire names, with its reason."""

    def __init__(self, problems: Iterable[tuple[str, str]]) -> None:
        """Take all problems of one document."""
        self.problems: tuple[tuple[str, str], ...] = tuple(problems)
        super().__init__(self.problems)

    def __str__(self) -> str:
        return _one_line(self.problems)


def _one_line(problems: tuple[tuple[str, str], ...]) -> str:
    shown = "; ".join(f"{path}: {reason}" if path else reason for path, reason in problems[:_SHOWN])
    more = len(problems) - _SHOWN
    if problems[-1:] == (("", MORE_PROBLEMS),):
        return f"{shown}; and {more - 1} more; {MORE_PROBLEMS}"
    return f"{shown}; and {more} more" if more > 0 else shown
