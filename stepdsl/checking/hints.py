"""What may have been meant: hints at the nearest right name, at a bounded cost."""

from __future__ import annotations

from collections.abc import Collection
from typing import Final

from stepdsl.errors import nearest

_MOST: Final = 150
"""Among more names than this none is looked for: a step may have as many mistakes as it has fields."""


def near(wrong: object, right: Collection[str]) -> str:
    """Return `; did you mean 'x'?` where a right name is near enough, else nothing."""
    if not isinstance(wrong, str) or len(wrong) > _MOST or len(right) > _MOST:
        return ""
    return nearest(wrong, right)
