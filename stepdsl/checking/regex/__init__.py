"""Examines a regular expression: whether it is valid, and whether matching can take exponential time.

Clients use the JavaScript dialect or the ICU dialect. `examine` translates a pattern to the Python dialect, parses it
with the parser of Python, and analyses the result. A pattern is only run on the default of its own schema.
"""

from __future__ import annotations

import importlib
import re
from functools import lru_cache
from typing import Any, Final

from attrs import frozen

from stepdsl.checking.regex.ambiguity import exponential_reason
from stepdsl.checking.regex.dialect import translate

__all__ = ["Examination", "examine"]

_parser: Final[Any] = importlib.import_module("re._parser")

_LONGEST: Final = 5_000
"""The greatest length of a pattern that is examined."""
_LONGEST_TEXT: Final = 1_000
"""The greatest length of a text that a pattern is run on."""

_WRONG_EVERYWHERE: Final = (
    *("missing )", "unbalanced parenthesis", "nothing to repeat", "multiple repeat", "unterminated character set"),
    *("bad character range", "min repeat greater than max repeat", "bad escape (end of pattern)"),
)
"""The beginnings of the error messages of Python for mistakes that are errors in every dialect."""


@frozen
class Examination:
    """The properties of a pattern. A reason is None if it does not apply."""

    pattern: str
    invalid: str | None = None
    """Why the pattern is invalid in every client."""
    unchecked: str | None = None
    """Why the pattern could not be examined."""
    unportable: str | None = None
    """The syntax in the pattern that only some clients support."""
    exponential: str | None = None
    """Why matching can take exponential time."""
    runnable: str | None = None
    """The pattern in the Python dialect; None if its meaning is not the same there, or if it is not safe to run."""

    def refuses(self, text: str) -> bool:
        """Return whether the pattern does not match a text in any client; False if this is not known."""
        if self.runnable is None or len(text) > _LONGEST_TEXT:
            return False
        try:
            return not any(re.search(self.runnable, text, flags) for flags in (re.ASCII, re.UNICODE))
        except (re.error, ValueError, OverflowError, RecursionError):  # for example a lookbehind of variable width
            return False


@lru_cache(maxsize=2048)
def examine(pattern: str) -> Examination:
    """Return the properties of a pattern. Does not raise for any pattern."""
    if len(pattern) > _LONGEST:
        return Examination(pattern, unchecked=f"it has {len(pattern)} characters")
    try:
        translation = translate(pattern)
        reason = exponential_reason(_parser.parse(translation.text), _parser.parse(translation.split))
    except re.error as error:
        if error.msg.startswith(_WRONG_EVERYWHERE):
            return Examination(pattern, invalid=error.msg)
        return Examination(pattern, unchecked=error.msg)
    except (OverflowError, RecursionError):
        return Examination(pattern, unchecked="it repeats too often or nests too deeply")
    runnable = translation.text if translation.exact and reason is None else None
    return Examination(pattern, unportable=translation.foreign, exponential=reason, runnable=runnable)
