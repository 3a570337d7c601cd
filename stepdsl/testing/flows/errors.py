"""The errors of moves."""

from __future__ import annotations

__all__ = ["CheckFailedError", "ImpossibleMoveError", "MistakesError"]


class ImpossibleMoveError(Exception):
    """Internal: the step that is shown does not allow a move. The session raises an AssertionError with the reason."""


class MistakesError(ImpossibleMoveError):
    """Internal: `check` has found mistakes in a step. The session raises a CheckFailedError."""


class CheckFailedError(AssertionError):
    """`check` has found mistakes in a step that a session was shown. See `FlowClient(check=True)`."""
