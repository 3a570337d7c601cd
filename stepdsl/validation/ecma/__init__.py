r"""Translates the regular expressions of JavaScript (ECMA-262) to the syntax of the engines of jsonschema-rs.

A pattern that is valid with the flag `u` is read with it, other patterns are read without it. Clients do the one or the
other. Where the two differ, the flag `u` is what JSON Schema recommends.

The translation means the same in both engines, and jsonschema-rs does not change it. It has no classes such as `\d`.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final, NamedTuple

from stepdsl.validation.ecma.escapes import Refused, Untranslatable
from stepdsl.validation.ecma.sets import in_units
from stepdsl.validation.ecma.translator import Translation, translated

__all__ = ["Translation", "Untranslated", "in_units", "translate"]


_PLAIN: Final = re.compile(
    r"\^?(?:(?:[A-Za-z0-9 _@:,;=%!'\"/-]|\[(?:A-Z|a-z|0-9|[A-Za-z0-9])+\])(?:[*+?]|\{[0-9]{1,3}\})?)*\$?"
)
"""Patterns that have the same meaning everywhere: such as `^[A-Z]{2}[0-9]+$`."""


class Untranslated(NamedTuple):
    """A pattern without a translation."""

    syntax: str
    """The syntax that is the reason."""
    is_javascript: bool
    """Whether JavaScript has the syntax, and only the engines do not."""


@lru_cache(maxsize=4096)
def translate(pattern: str) -> Translation | Untranslated:
    """Return the translation of a pattern. Does not raise for any pattern."""
    if _PLAIN.fullmatch(pattern):
        return Translation(pattern, is_linear=True, has_units=False)
    try:
        try:
            return translated(pattern, unicode=True)
        except Refused:
            return translated(pattern, unicode=False)
    except Refused as error:
        return Untranslated(str(error), is_javascript=False)
    except Untranslatable as error:
        return Untranslated(str(error), is_javascript=True)
