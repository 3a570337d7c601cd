"""Texts that match the pattern of a field. Patterns are regular expressions of JavaScript."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from hypothesis import strategies as st

from stepdsl.checking.regex import examine
from stepdsl.core.messages import show
from stepdsl.validation import ecma

__all__ = ["LONGEST", "matching_texts", "unsupported"]

LONGEST: Final = 1_000
"""The greatest number of characters that a text must have. Longer texts are not generated."""

_TOKEN: Final = re.compile(r"\\.|\[\^?\]?(?:\\.|[^\]\\])*\]|(?P<repeat>[*+]|\{(?P<least>\d+),\})|.", re.DOTALL)
"""A token of an expression of Python: an escape, a set, a repeat without a maximum, or another character."""
_LARGE: Final = re.compile("(.)-[\ufefe\U0010ffff]", re.DOTALL)
"""A range in a set that ends with the last character of Unicode, or before U+FEFF: that is no letter, but a space."""
_CLASS: Final = re.compile(r"\\[bBdDsSwW]")
"""A class of characters that is smaller in JavaScript than in Python without the flag `ASCII`."""
_RANGE: Final = 255
"""How many characters are taken from such a range: hypothesis makes a list of them."""
_MORE: Final = 20
"""How many characters more than necessary a repeat without a maximum can have."""


@lru_cache(maxsize=1024)
def unsupported(pattern: str) -> str | None:
    """Return why no text can be generated for a pattern; None if texts can be generated."""
    found = examine(pattern)
    if found.translation is None:
        return found.invalid or found.unchecked
    if found.unportable is not None and isinstance(ecma.translate(pattern), ecma.Translation):
        return f"JavaScript does not have {show(found.unportable)}"  # it reads this syntax as another one
    if found.matches_nothing:
        return "it matches no text"
    return "its texts are too long" if found.shortest > LONGEST else None


@lru_cache(maxsize=1024)
def matching_texts(pattern: str, least: int | None, most: int | None) -> st.SearchStrategy[str]:
    """Return a strategy for texts that match a supported pattern. They usually have a length within the limits."""
    translation = examine(pattern).translation
    assert translation is not None, "the pattern is not supported"
    expression = _LARGE.sub(_shortened, translation.text)
    expressions = [expression]
    if least is not None or most is not None:
        expressions += _with_limits(expression, least or 0, most)
    # In JavaScript, `$` does not match before a line break at the end.
    return st.one_of(*map(_texts, expressions)).map(lambda text: text.removesuffix("\n"))


def _shortened(found: re.Match[str]) -> str:
    first = found[1]
    return f"{first}-{chr(min(ord(first) + _RANGE, 0x10FFFF))}"


def _texts(expression: str) -> st.SearchStrategy[str]:
    # Older releases of hypothesis generate no characters outside ASCII if the flag is set, so only classes set it.
    return st.from_regex(re.compile(expression, re.ASCII if _CLASS.search(expression) else 0))


def _with_limits(expression: str, least: int, most: int | None) -> Iterator[str]:
    """Yield the expression with limits at one of the repeats that have no maximum, for each of these."""
    for token in _TOKEN.finditer(expression):
        if token["repeat"] is not None:
            own = int(token["least"] or (token["repeat"] == "+"))
            lower = max(own, least)
            upper = max(lower, least + _MORE if most is None else most)
            yield f"{expression[: token.start()]}{{{lower},{upper}}}{expression[token.end() :]}"
