"""Rules for regular expressions. Clients use the JavaScript dialect or the ICU dialect."""

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

_TYPES: Final = (StringSchema, LinkHandler)
_PROPERTIES: Final = ("pattern", "regex_pattern")


def _field(pattern: str) -> dict[str, Any]:
    return {
        "layout": [{"type": "form", "schemaId": "#code"}],
        "schemas": [{"type": "string", "$id": "#code", "pattern": pattern}],
    }


@rule(
    "invalid-pattern",
    Severity.ERROR,
    "A pattern is a valid regular expression.",
    why="No client can use an invalid pattern. Some clients refuse every value, others accept every value.",
    failing=_field("^[A-Z{2}$"),
    passing=_field("^[A-Z]{2}$"),
    on=_TYPES,
    given=_PROPERTIES,
)
def _invalid_pattern(pattern: str, _: Walk) -> Iterator[Problem]:
    reason = examine(pattern).invalid
    if reason is not None:
        yield Problem(f"{show(pattern)} is no regular expression: {reason}", "correct the expression")


@rule(
    "catastrophic-pattern",
    Severity.WARNING,
    "Matching a pattern does not take exponential time.",
    why="A client tries every possible match before it reports a failure. If a repeat can match the same text in many "
    "ways, each additional character can double the number of possible matches: a wrong text of thirty characters can "
    "freeze the screen. The rule ignores lookarounds and word boundaries, so it can report a pattern that is safe.",
    failing=_field("^([a-z]+ ?)+$"),
    passing=_field("^[a-z]+( [a-z]+)*$"),
    on=_TYPES,
    given=_PROPERTIES,
)
def _catastrophic_pattern(pattern: str, _: Walk) -> Iterator[Problem]:
    reason = examine(pattern).exponential
    if reason is not None:
        yield Problem(
            f"{show(pattern)} can take exponential time: {reason}",
            "let each character be matched in one way only",
        )


@rule(
    "unportable-pattern",
    Severity.WARNING,
    "A pattern uses only syntax that all clients support.",
    why="Web clients use the JavaScript dialect. Syntax that only Python has is an error there, or it has another "
    "meaning. For example, `\\Z` is the letter Z.",
    failing=_field("^(?P<year>[0-9]{4})$"),
    passing=_field("^(?<year>[0-9]{4})$"),
    on=_TYPES,
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
    "The check can examine a pattern.",
    why="The pattern uses syntax that Python does not have, or it is too large. It can be correct for a client, but "
    "the check cannot confirm this.",
    failing=_field("^\\R$"),
    passing=_field("^\\r?\\n$"),
    on=_TYPES,
    given=_PROPERTIES,
)
def _unchecked_pattern(pattern: str, _: Walk) -> Iterator[Problem]:
    reason = examine(pattern).unchecked
    if reason is not None:
        yield Problem(f"{show(pattern)} cannot be checked: {reason}", "try it in the clients that you serve")
