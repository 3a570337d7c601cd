"""Regular expressions, which clients read as JavaScript or ICU do."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from stepdsl.checking.findings import Severity
from stepdsl.checking.regex import examine
from stepdsl.checking.rule import rule
from stepdsl.checking.walk import Problem, Walk
from stepdsl.core.messages import show
from stepdsl.model.features import LinkHandler
from stepdsl.model.schemas import StringSchema

_PLACES: Final = (StringSchema, LinkHandler)
_PROPERTIES: Final = ("pattern", "regex_pattern")


def _field(pattern: str) -> dict[str, Any]:
    return {
        "layout": [{"type": "form", "schemaId": "#code"}],
        "schemas": [{"type": "string", "$id": "#code", "pattern": pattern}],
    }


@rule(
    "invalid-pattern",
    Severity.ERROR,
    "A regular expression is one.",
    why="No client can read it. Some will refuse every value, others accept any.",
    failing=_field("^[A-Z{2}$"),
    passing=_field("^[A-Z]{2}$"),
    on=_PLACES,
    given=_PROPERTIES,
)
def _invalid_pattern(pattern: str, _: Walk) -> Iterator[Problem]:
    reason = examine(pattern).invalid
    if reason is not None:
        yield Problem(f"{show(pattern)} is no regular expression: {reason}", "correct the expression")


@rule(
    "catastrophic-pattern",
    Severity.WARNING,
    "A regular expression takes no exponential time.",
    why="Clients try all ways to match before they give up. Where a repeat can match the same text in many ways, "
    "each more character doubles their number, and thirty wrong ones freeze the screen. What is told may be too "
    "much: lookarounds and word boundaries are not taken into account.",
    failing=_field("^([a-z]+ ?)+$"),
    passing=_field("^[a-z]+( [a-z]+)*$"),
    on=_PLACES,
    given=_PROPERTIES,
)
def _catastrophic_pattern(pattern: str, _: Walk) -> Iterator[Problem]:
    reason = examine(pattern).explosive
    if reason is not None:
        yield Problem(
            f"{show(pattern)} can take exponential time: {reason}",
            "let each character be matched in one way only",
        )


@rule(
    "unportable-pattern",
    Severity.WARNING,
    "A regular expression uses nothing that only some clients can read.",
    why="The web's clients read JavaScript's dialect. Python's own syntax is an error there, or means something "
    "else: `\\Z` is the letter Z.",
    failing=_field("^(?P<year>[0-9]{4})$"),
    passing=_field("^(?<year>[0-9]{4})$"),
    on=_PLACES,
    given=_PROPERTIES,
)
def _unportable_pattern(pattern: str, _: Walk) -> Iterator[Problem]:
    syntax = examine(pattern).unportable
    if syntax is not None:
        yield Problem(
            f"{show(pattern)} uses {show(syntax)}, which JavaScript does not have", "use what all dialects have"
        )


@rule(
    "unchecked-pattern",
    Severity.WARNING,
    "A regular expression can be read by this check.",
    why="It uses syntax that Python does not have, or is too large: the client may well understand it, but "
    "nothing can be said of it here.",
    failing=_field("^\\R$"),
    passing=_field("^\\r?\\n$"),
    on=_PLACES,
    given=_PROPERTIES,
)
def _unchecked_pattern(pattern: str, _: Walk) -> Iterator[Problem]:
    reason = examine(pattern).unchecked
    if reason is not None:
        yield Problem(f"{show(pattern)} cannot be checked: {reason}", "try it in the clients that you serve")
