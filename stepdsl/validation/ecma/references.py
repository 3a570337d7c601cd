"""Back-references: what a group has matched when a reference to it is reached.

JavaScript differs from the engines in three points. A group that has not matched anything counts as an empty match.
Each round of a repeat begins with empty groups. An optional round that matches nothing is undone. A reference is
translated if this is known to make no difference.
"""

from __future__ import annotations

from collections.abc import Iterator
from enum import Enum, auto
from typing import Final

from stepdsl.validation.ecma.escapes import Untranslatable

__all__ = ["MANY", "Frame", "Matched", "excludes", "matched"]

MANY: Final = 2**31 - 1
"""A repeat with at least this maximum has no maximum."""


class Matched(Enum):
    """What a group has matched at a reference."""

    NOTHING = auto()
    """The group has never matched."""
    PERHAPS = auto()
    ALWAYS = auto()


class Frame:
    """A group, a lookaround or the whole pattern: alternatives, and a repeat."""

    def __init__(self, opening: str, parent: Frame | None = None, *, start: int = 0) -> None:
        self.opening = opening
        """The text that begins it."""
        self.parent = parent
        self.start = start
        """Where its text begins, in pieces of text."""
        self.alternatives: int = 1
        self.alternative: int = 0 if parent is None else parent.alternatives
        """The number of the alternative of its parent that it is in."""
        self.least = self.most = 1
        self.is_removed = False
        """Whether it is repeated but never used: its rounds match nothing."""
        self.can_be_empty = False
        self.is_empty = True
        """Whether it can only match nothing."""
        self.number = 0
        """The number of the group in the translation; 0 if no reference needs it."""

    @property
    def is_around(self) -> bool:
        """Whether it is a lookaround."""
        return self.opening[:3] in ("(?=", "(?!", "(?<")

    @property
    def is_behind(self) -> bool:
        """Whether it is a lookbehind."""
        return self.opening.startswith("(?<")

    @property
    def is_negated(self) -> bool:
        """Whether it is a lookaround that must not match."""
        return self.opening in ("(?!", "(?<!")

    def with_parents(self) -> Iterator[Frame]:
        """Yield the frame and those around it."""
        frame: Frame | None = self
        while frame is not None:
            yield frame
            frame = frame.parent


def _between(group: Frame, frame: Frame, alternative: int) -> tuple[list[Frame], Frame, int]:
    """Return the frames from a group to the first one around both, this one, and the alternative of the other frame."""
    alternatives = {id(frame): alternative}
    for inner in frame.with_parents():
        if inner.parent is not None:
            alternatives[id(inner.parent)] = inner.alternative
    steps: list[Frame] = []
    common = group
    while id(common) not in alternatives:
        steps.append(common)
        assert common.parent is not None
        common = common.parent
    return steps, common, alternatives[id(common)]


def excludes(group: Frame, other: Frame) -> bool:
    """Return whether two groups are in different alternatives, so that only one of them can match."""
    assert other.parent is not None
    steps, _, alternative = _between(group, other.parent, other.alternative)
    return bool(steps) and steps[-1].alternative != alternative


def matched(group: Frame, frame: Frame, alternative: int, position: int, syntax: str) -> Matched:
    """Return what a group has matched at a reference in an alternative of a frame. Raises `Untranslatable`."""
    steps, common, own = _between(group, frame, alternative)
    if any(step.is_behind for step in group.with_parents()):
        raise Untranslatable(syntax)  # a lookbehind is matched from its end to its beginning
    if not steps or group.start > position or steps[-1].alternative != own:
        return Matched.NOTHING
    if any(step.is_removed or step.is_negated for step in steps):
        return Matched.NOTHING
    is_optional = False
    for step in steps:
        if step.most > 1 and (is_optional or step.can_be_empty):
            raise Untranslatable(syntax)
        if step.least == 0 and step.can_be_empty and step is not group:
            raise Untranslatable(syntax)
        is_alternative = step is not steps[-1] and step.parent is not None and step.parent.alternatives > 1
        is_optional = is_optional or step.least == 0 or is_alternative
    if is_optional and any(step.most > 1 for step in common.with_parents()):
        raise Untranslatable(syntax)
    return Matched.PERHAPS if is_optional else Matched.ALWAYS
