"""The lines of a text, and how single values are written in it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from typing import Any, Final

from stepdsl.core import messages
from stepdsl.core.model import Model
from stepdsl.core.unions import unknown_tag

__all__ = ["Lines", "braced", "quoted", "type_of", "value_text"]

_WIDTH: Final = 120
"""The greatest number of characters of a line."""
_MOST_LINES: Final = 200
"""The greatest number of lines of a text, without the line that counts the others."""
_INDENT: Final = 2
_MOST_LEVELS: Final = 20
"""Deeper levels have no more indentation, so that each line has room for its text."""

# Controls, marks that change the direction of a line, and surrogates, which UTF-8 does not have.
_UNSAFE: Final = re.compile("[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")


class Lines:
    """The lines of a text. Lines that are added below it are more indented."""

    def __init__(self, level: int = 0, lines: list[str] | None = None) -> None:
        """Take the number of levels of indentation, and the list to which lines are added."""
        self._level = level
        self._lines: list[str] = [] if lines is None else lines

    def below(self) -> Lines:
        """Return the same text with one more level of indentation."""
        return Lines(self._level + 1, self._lines)

    def add(self, text: str) -> None:
        """Add a text. Each of its lines is a line; a line that is too wide is cut."""
        indentation = " " * _INDENT * min(self._level, _MOST_LEVELS)
        self._lines += (_cut(f"{indentation}{_safe(line)}".rstrip()) for line in text.split("\n"))

    def add_part(self, part: Lines) -> None:
        """Add the lines of another text after an empty line. An empty text adds nothing."""
        if part._lines:
            self._lines += ["", *part._lines] if self._lines else part._lines

    def text(self) -> str:
        """Return the text. After 200 lines it has only the number of the others."""
        more = len(self._lines) - _MOST_LINES
        if more <= 0:
            return "\n".join(self._lines)
        last = f"… and {messages.counted(more, 'more line')}"
        return "\n".join([*self._lines[:_MOST_LINES], last])


def _cut(line: str) -> str:
    return line if len(line) <= _WIDTH else f"{line[: _WIDTH - 1]}…"


def _safe(line: str) -> str:
    return _UNSAFE.sub(lambda found: found[0].encode("unicode_escape").decode(), line)


def quoted(text: str) -> str:
    """Return a text in double quotes, on one line, cut to 60 characters."""
    return messages.shorten(json.dumps(text, ensure_ascii=False))


def value_text(value: Any) -> str:
    """Return a value as JSON, cut to 60 characters. What is no JSON is shown by its type."""
    try:
        return messages.shorten(json.dumps(value, ensure_ascii=False))
    except (TypeError, ValueError, RecursionError):
        return messages.show(value)


def braced(facts: Iterable[str | None]) -> str:
    """Return facts in braces, with a space before them: ` (primary, disabled)`. Without facts it is empty."""
    given = ", ".join(fact for fact in facts if fact)
    return f" ({given})" if given else ""


def type_of(unknown: Model) -> str:
    """Return the type of an object of an unknown type in quotes, with a space before it; empty if it has no type."""
    tag = unknown_tag(unknown)
    return "" if tag is None else f" {quoted(tag)}"
