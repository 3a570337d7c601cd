"""The generations of the documented API."""

from __future__ import annotations

from enum import Enum


class Generation(Enum):
    """Which generation of the documentation a property belongs to."""

    CORE = "core"
    """Only the 1.x pages have it."""
    CORE2 = "core2"
    """Only the latest pages have it."""
    BOTH = "both"
    """Both have it."""
    SUPERSEDED = "deprecated in core2"
    """Both have it; the latest pages put something else in its place."""
