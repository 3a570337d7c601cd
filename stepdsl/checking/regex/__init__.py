"""Examines a regular expression: whether it is valid, how long matching can take, and what it matches.

Clients use the JavaScript dialect or the ICU dialect. `stepdsl.validation.ecma` finds what JavaScript refuses.
`examine` translates a pattern to the Python dialect, parses it with the parser of Python, and analyses the result. No
pattern is run by an engine with backtracking: see `stepdsl.checking.regex.matching`.
"""

from __future__ import annotations

import importlib
import re
from functools import cached_property, lru_cache
from typing import Any, Final

from attrs import field, frozen

from stepdsl.checking.regex.ambiguity import Slowness, slowness
from stepdsl.checking.regex.automaton import Automaton, TooLarge, Unsupported
from stepdsl.checking.regex.dialect import Translation, translate
from stepdsl.checking.regex.matching import matches
from stepdsl.core.messages import show
from stepdsl.validation import ecma

__all__ = ["Examination", "examine"]

_parser: Final[Any] = importlib.import_module("re._parser")

_LONGEST: Final = 5_000
"""The greatest length of a pattern that is examined."""
_LONGEST_TEXT: Final = 1_000
"""The greatest length of a text that is matched."""

_WRONG_EVERYWHERE: Final = (
    *("missing )", "unbalanced parenthesis", "nothing to repeat", "multiple repeat", "unterminated character set"),
    *("bad character range", "min repeat greater than max repeat", "bad escape (end of pattern)"),
)
"""The beginnings of the error messages of Python for mistakes that are errors in every dialect."""
_LINKS: Final = ("https://shop.example/a/b?code=1&x=%20#end", "bank-app://done", "x:y")
"""Links that have little in common."""


@frozen(slots=False)
class Examination:
    """The properties of a pattern. A reason is None if it does not apply."""

    pattern: str
    invalid: str | None = None
    """Why the pattern is invalid in every client."""
    unchecked: str | None = None
    """Why the pattern could not be examined."""
    slowness: Slowness = field(factory=Slowness)
    """How long matching can take."""
    shortest: int = 0
    """The number of characters that a match has at least."""
    translation: Translation | None = None
    """The pattern in the Python dialect; None if it could not be parsed."""
    parsed: Any = field(default=None, repr=False, eq=False)
    """The parsed pattern; None if it could not be parsed."""

    @property
    def unportable(self) -> str | None:
        """The syntax in the pattern that only some clients support."""
        return None if self.translation is None else self.translation.foreign

    @cached_property
    def _automaton(self) -> Automaton | None:
        if self.translation is None or not self.translation.exact:
            return None
        try:
            return Automaton(self.parsed)
        except (TooLarge, Unsupported):
            return None

    def refuses(self, text: str) -> bool:
        """Return whether the pattern does not match a text in any client; False if this is not known."""
        if self._automaton is None or len(text) > _LONGEST_TEXT:
            return False
        return not _can_match(self._automaton, text)

    @property
    def has_anchor(self) -> bool:
        """Whether the pattern has an anchor, a word boundary or a lookaround; True if this is not known."""
        return self._automaton is None or self._automaton.has_anchor

    @cached_property
    def matches_nothing(self) -> bool:
        """Whether the pattern matches no text at all; False if this is not known."""
        return self._automaton is not None and not self._automaton.can_match()

    @cached_property
    def matches_no_link(self) -> bool:
        """Whether the pattern matches no URL with a scheme; False if this is not known."""
        return self._automaton is not None and not self._automaton.can_match(only_links=True)

    @cached_property
    def matches_every_link(self) -> bool:
        """Whether the pattern matches very different links; False if this is not known."""
        if self._automaton is None or not self._automaton.is_exact:
            return False
        return not any(map(self.refuses, _LINKS))


@lru_cache(maxsize=2048)
def _can_match(automaton: Automaton, text: str) -> bool:
    try:
        return matches(automaton, text)
    except TooLarge:
        return True


@lru_cache(maxsize=2048)
def examine(pattern: str) -> Examination:
    """Return the properties of a pattern. Does not raise for any pattern."""
    if len(pattern) > _LONGEST:
        return Examination(pattern, unchecked=f"it has {len(pattern)} characters")
    try:
        translation = translate(pattern)
        parsed = _parser.parse(translation.text)
        slow = slowness(parsed, _parser.parse(translation.split))
    except re.error as error:
        found = ecma.translate(pattern)
        if error.msg.startswith(_WRONG_EVERYWHERE) and isinstance(found, ecma.Untranslated):
            return Examination(pattern, invalid=error.msg)
        return Examination(pattern, unchecked=error.msg)
    except (OverflowError, RecursionError):
        return Examination(pattern, unchecked="it repeats too often or nests too deeply")
    unchecked = None
    if not slow.is_known and slow.exponential is None:
        unchecked = "it is too large to find out how long matching takes"
    foreign = translation.foreign
    found = ecma.translate(pattern)
    if isinstance(found, ecma.Untranslated):
        if found.is_javascript:
            unchecked = unchecked or f"`validate` does not support {show(found.syntax)} here"
        else:
            foreign = foreign or found.syntax
    return Examination(
        pattern,
        unchecked=unchecked,
        slowness=slow,
        shortest=parsed.getwidth()[0],
        translation=translation._replace(foreign=foreign),
        parsed=parsed,
    )
