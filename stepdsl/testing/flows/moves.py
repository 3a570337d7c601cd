"""What a move of a session cannot do."""

from __future__ import annotations

__all__ = ["ImpossibleMoveError"]


class ImpossibleMoveError(Exception):
    """Internal: the step that is shown does not allow a move. The session raises an AssertionError with the reason."""
