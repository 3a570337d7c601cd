"""Where a documented type or property comes from: the generation that has it, and how its facts are known."""

from __future__ import annotations

from enum import Enum
from typing import Final, Literal, TypeAlias, get_args

from stepdsl.core.messages import near, show
from stepdsl.errors import InvalidValueError

__all__ = ["GENERATION_NAMES", "Generation", "GenerationName", "Source", "expect_generation"]


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


GenerationName: TypeAlias = Literal["core", "core2"]
"""The generation of the documented API that a step is for."""

GENERATION_NAMES: Final[tuple[GenerationName, ...]] = get_args(GenerationName)
"""The names of both generations."""


def expect_generation(path: str, value: object) -> None:
    """Raise InvalidValueError for anything but the name of a generation or None."""
    if value is not None and value not in GENERATION_NAMES:
        reason = f"expected 'core' or 'core2', got {show(value)}{near(value, GENERATION_NAMES)}"
        raise InvalidValueError(path, reason)


class Source(Enum):
    """How the facts of a type or a property are known. The value is the sentence that the reference prints."""

    PAGE = ""
    """A page of the documentation describes it."""
    LATER = "Seen on a later page."
    """A newer page describes it."""
    EXAMPLE = "Seen in examples only."
    """Only examples of the documentation use it."""
    SOME = "Seen for some types, deduced for the others."
    """Pages or examples of some types have this common property. The other types probably have it as well."""
    NAME_ONLY = "Only the name was seen on a page."
    """A page mentions the name of the type, without a description."""
    TYPE_NAME = "Seen on no page, but the name of its type was."
    """A page mentions the name of the property's type, but no page has the property."""
    NO_PROPERTIES = "A page uses the type, but its own properties were seen on no page."
    """A page has a property of this type. No page describes the type itself."""
    NO_OWN_PAGE = "Its own page was not seen."
    """The page of another type describes the same properties."""
    NO_TAG = "The wire tag was seen on no page."
    """The type was seen, but not the value of its `type` on the wire."""
    MENTIONED = "Examples mention it, but its properties and its wire tag were seen on no page."
    """Examples refer to the type. No page describes it."""
    DEDUCED_NAME = "The name is deduced."
    """A page describes it, but its name was not readable there."""
    DEDUCED_TYPE = "The type is deduced."
    """A page mentions it, but not the type of its values."""
    DEDUCED = "Seen on no page, but deduced from other properties."
    """No page mentions it. Other properties make it likely."""
    RECALLED = "Seen on no page."
    """No page that was available mentions it. It is general knowledge."""
