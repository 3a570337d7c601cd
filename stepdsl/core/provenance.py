"""Where a documented type or property comes from: the generation that has it, and how its facts are known."""

from __future__ import annotations

from enum import Enum


class Generation(Enum):
    """The generation of the documentation that has a type or a property."""

    CORE = "core"
    """Only the 1.x pages have it."""
    CORE2 = "core2"
    """Only the latest pages have it."""
    BOTH = "both"
    """Both have it."""
    SUPERSEDED = "deprecated in core2"
    """Both have it; the latest pages document a replacement."""


class Source(Enum):
    """How the facts of a type or a property are known. The value is the sentence that the reference prints."""

    PAGE = ""
    """A page of the documentation describes it."""
    EXAMPLE = "Seen in examples only."
    """Only examples of the documentation use it."""
    NAME_ONLY = "Only the name was seen on a page."
    """A page mentions the name, without a description."""
    DEDUCED_NAME = "The name is deduced."
    """A page describes it, but its name was not readable there."""
    DEDUCED_TYPE = "The type is deduced."
    """A page mentions it, but not the type of its values."""
    DEDUCED = "Deduced from other properties."
    """No page mentions it; properties of other types make it likely."""
    RECALLED = "Seen on no page."
    """No page that was available mentions it; it is general knowledge."""
    LATER = "Seen on a later page."
    """A page describes it that is newer than the files in `tests/facts/`."""
