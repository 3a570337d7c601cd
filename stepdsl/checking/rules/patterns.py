"""Rules for regular expressions. Clients use the JavaScript dialect or the ICU dialect."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from stepdsl.checking.findings import Severity
from stepdsl.checking.regex import examine
from stepdsl.checking.rule import rule
from stepdsl.checking.rules.examples import form
from stepdsl.checking.walk import Problem, Walk
from stepdsl.core.messages import show
from stepdsl.model.features import LinkHandler
from stepdsl.model.schemas import StringSchema

_TYPES: Final = (StringSchema, LinkHandler)
_PROPERTIES: Final = ("pattern", "regex_pattern")


def _field(pattern: str) -> dict[str, Any]:
    return form("#code", type="string", pattern=pattern)


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
    "Matching a pattern does not take exponential time, or a high power of the length of the text.",
    why="A client tries every possible match before it reports a failure. If a repeat can match the same text in many "
    "ways, each additional character can double the number of possible matches: a wrong text of thirty characters can "
    "freeze the screen. Four or more repeats in a row that can share a text freeze it with a few hundred characters. "
    "The rule ignores lookarounds and word boundaries, so it can report a pattern that is safe.",
    failing=_field("^([a-z]+ ?)+$"),
    passing=_field("^[a-z]+( [a-z]+)*$"),
    on=_TYPES,
    given=_PROPERTIES,
)
def _catastrophic_pattern(pattern: str, _: Walk) -> Iterator[Problem]:
    slowness = examine(pattern).slowness
    if slowness.exponential is not None:
        yield Problem(
            f"{show(pattern)} can take exponential time: {slowness.exponential}",
            "let each character be matched in one way only",
        )
    elif slowness.row:
        yield Problem(
            f"{show(pattern)} can take very long: {slowness.row} repeats in a row can share the same text",
            "let each character be matched in one way only",
        )


@rule(
    "pattern-matches-nothing",
    Severity.ERROR,
    "A pattern matches some text, and the pattern of a link handler matches some link.",
    why="With a pattern that matches nothing, the user can never submit the form, or the link handler is never used. "
    "A link handler gets the whole link, which begins with its scheme: `^/done` matches no link.",
    failing={
        "linkHandlers": [{"regexPattern": "^/done", "action": {"url": "/done"}}],
    },
    passing={
        "linkHandlers": [{"regexPattern": "^https://shop\\.example/done", "action": {"url": "/done"}}],
    },
    on=_TYPES,
    given=_PROPERTIES,
)
def _pattern_matches_nothing(pattern: str, at: Walk) -> Iterator[Problem]:
    examined = examine(pattern)
    if examined.matches_nothing:
        yield Problem(f"{show(pattern)} matches no text", "correct the expression")
    elif isinstance(at.owner, LinkHandler) and examined.matches_no_link:
        yield Problem(f"{show(pattern)} matches no link", "match the whole link, with its scheme: ^https://…")


@rule(
    "link-pattern-matches-everything",
    Severity.WARNING,
    "The pattern of a link handler does not match every link.",
    why="Clients search the pattern in the link. An empty pattern, or one such as `.*`, is found in every link, so "
    "each link that opens the app performs the action.",
    failing={"linkHandlers": [{"regexPattern": ".*", "action": {"url": "/done"}}]},
    passing={"linkHandlers": [{"regexPattern": "^https://shop\\.example/done", "action": {"url": "/done"}}]},
    on=(LinkHandler,),
    given=("regex_pattern",),
)
def _link_pattern_matches_everything(pattern: str, _: Walk) -> Iterator[Problem]:
    if examine(pattern).matches_every_link:
        yield Problem(f"{show(pattern)} matches every link", "match the links of this step only")


@rule(
    "pattern-without-anchors",
    Severity.HINT,
    "A pattern has an anchor: `^`, `$`, a word boundary or a lookaround.",
    why="The documentation does not say that a pattern must match the whole text. Clients that search it accept a text "
    "with more before and after the match. `^` and `$` make the pattern match the whole text in every client.",
    failing=_field("[0-9]{4}"),
    passing=_field("^[0-9]{4}$"),
    on=(StringSchema,),
    given=("pattern",),
)
def _pattern_without_anchors(pattern: str, _: Walk) -> Iterator[Problem]:
    if not examine(pattern).has_anchor:
        yield Problem(f"{show(pattern)} also matches a part of a text", f"write {show(f'^(?:{pattern})$')}")


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
