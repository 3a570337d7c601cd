"""Regular expressions of clients: whether they can be read, and whether a text can keep one busy for ever.

Clients read them as JavaScript or ICU do. They are translated to Python's dialect, parsed by Python's own parser, and
what comes out is looked at; none is run here but on a schema's own default.
"""

from __future__ import annotations

import importlib
import re
from functools import lru_cache
from typing import Any, Final

from attrs import frozen

from stepdsl.checking.regex.ambiguity import explosive
from stepdsl.checking.regex.dialect import translate

__all__ = ["Examination", "examine"]

_parser: Final[Any] = importlib.import_module("re._parser")

_LONGEST: Final = 5_000
"""How long a pattern is examined at most."""
_LONGEST_TEXT: Final = 1_000

_WRONG_EVERYWHERE: Final = (
    *("missing )", "unbalanced parenthesis", "nothing to repeat", "multiple repeat", "unterminated character set"),
    *("bad character range", "min repeat greater than max repeat", "bad escape (end of pattern)"),
)
"""What Python says of mistakes that no dialect forgives."""


@frozen
class Examination:
    """What is known of a pattern. Each reason is None where there is nothing to say."""

    pattern: str
    invalid: str | None = None
    """Why no client can read it."""
    unchecked: str | None = None
    """Why it could not be examined."""
    unportable: str | None = None
    """What in it only some clients can read."""
    explosive: str | None = None
    """What makes its time grow exponentially."""
    runnable: str | None = None
    """The pattern as Python reads it, where that means the same and is safe to run."""

    def refuses(self, text: str) -> bool:
        """Whether no client would find the pattern in a text; False where that cannot be told."""
        if self.runnable is None or len(text) > _LONGEST_TEXT:
            return False
        try:
            return not any(re.search(self.runnable, text, flags) for flags in (re.ASCII, re.UNICODE))
        except (re.error, ValueError, OverflowError, RecursionError):  # such as a lookbehind of any width
            return False


@lru_cache(maxsize=2048)
def examine(pattern: str) -> Examination:
    """Return what is known of a pattern; never raises."""
    if len(pattern) > _LONGEST:
        return Examination(pattern, unchecked=f"it has {len(pattern)} characters")
    try:
        translation = translate(pattern)
        reason = explosive(_parser.parse(translation.text), _parser.parse(translation.split))
    except re.error as error:
        if error.msg.startswith(_WRONG_EVERYWHERE):
            return Examination(pattern, invalid=error.msg)
        return Examination(pattern, unchecked=error.msg)
    except (OverflowError, RecursionError):
        return Examination(pattern, unchecked="it repeats too often or nests too deeply")
    runnable = translation.text if translation.exact and reason is None else None
    return Examination(pattern, unportable=translation.foreign, explosive=reason, runnable=runnable)
