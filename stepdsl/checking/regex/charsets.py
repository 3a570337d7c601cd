"""The characters that a part of a parsed expression matches."""

from __future__ import annotations

from typing import Any, Final

from stepdsl.validation.ecma.charsets import DIGITS, LINE_ENDS, SPACE, WORD, Ranges, complement, merged

__all__ = ["characters"]

_CATEGORIES: Final[dict[str, Ranges]] = {
    "CATEGORY_DIGIT": DIGITS,
    "CATEGORY_NOT_DIGIT": complement(DIGITS),
    "CATEGORY_WORD": WORD,
    "CATEGORY_NOT_WORD": complement(WORD),
    "CATEGORY_SPACE": SPACE,
    "CATEGORY_NOT_SPACE": complement(SPACE),
}


def characters(operation: str, argument: Any) -> Ranges | None:
    """Return the characters that an operation matches; None if it does not always match exactly one character."""
    match operation:
        case "LITERAL":
            return ((argument, argument),)
        case "NOT_LITERAL":
            return complement(((argument, argument),))
        case "ANY":
            return complement(LINE_ENDS)
        case "IN":
            return _members(argument)
        case _:
            return None


def _members(items: Any) -> Ranges:
    found: list[tuple[int, int]] = []
    negated = False
    for operation, argument in items:
        match str(operation):
            case "NEGATE":
                negated = True
            case "RANGE":
                found.append(argument)
            case "CATEGORY":
                found.extend(_CATEGORIES[str(argument)])
            case _:
                found.append((argument, argument))
    return complement(merged(found)) if negated else merged(found)
