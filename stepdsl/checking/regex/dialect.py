"""Translates a pattern from the JavaScript dialect or the ICU dialect to the Python dialect."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from stepdsl.validation.ecma.properties import property_name

__all__ = ["Translation", "translate"]

_LETTERS: Final = "a-zA-Z\u00aa-\u167f\u1681-\u1fff\u2c00-\u2fff\u3001-\ufefe\uff00-\U0010ffff"
_PROPERTIES: Final = (
    # The beginning of the name of a Unicode property, and a part of its characters. Two parts overlap if the full
    # properties overlap.
    ("Lu", "A-Z\u00c0-\u00de"),
    ("Uppercase", "A-Z\u00c0-\u00de"),
    ("Ll", "a-z\u00df-\u00ff"),
    ("Lowercase", "a-z\u00df-\u00ff"),
    ("N", "0-9"),
    ("Decimal", "0-9"),
    ("M", "\u0300-\u036f"),
    ("P", r"!-#%-*,-/:;?@\[-\]_{}"),
    ("S", "$+<=>^`|~"),
    ("Z", "\u0020\u00a0\u2000-\u200a"),
    ("White", r"\s"),
)
_ANY: Final = "\\x00-\U0010ffff"

_BELL: Final = r"\a"
"""In ICU an escape of the character U+0007; in JavaScript the letter, without the flag `u`."""

_PROPERTY: Final = re.compile(r"\\([pP])\{([^{}=]*)(?:=([^{}]*))?\}")
_CODE_POINT: Final = re.compile(r"\\u\{0*([0-9a-fA-F]{1,6})\}")
_CONTROL: Final = re.compile(r"\\c([a-zA-Z])")
_NAMED_GROUP: Final = re.compile(r"\(\?<([^=!>][^>]*)>")
_NAMED_REFERENCE: Final = re.compile(r"\\k<([^>]+)>")
_REPEAT: Final = re.compile(r"(?:[*+?]|\{\d+(?:,\d*)?\})\Z")
_FOREIGN: Final = re.compile(r"\(\?(?:P[<=>]|#|\(|>|[a-zA-Z]*-?[a-zA-Z]+[:)])")


class Translation(NamedTuple):
    """The result of a translation."""

    text: str
    """The pattern in the Python dialect."""
    split: str
    """The same pattern, written so that the parser does not combine alternatives to a set of characters."""
    exact: bool
    """Whether the translation has the same meaning as the pattern."""
    foreign: str | None
    """Syntax of the pattern that JavaScript does not support."""


class _Atom(NamedTuple):
    """One member of a set: a character, or a class of characters."""

    text: str
    is_class: bool = False


def translate(pattern: str) -> Translation:
    """Return a pattern in the Python dialect. Syntax without a translation is not changed."""
    return _Translator(pattern).run()


class _Translator:
    def __init__(self, pattern: str) -> None:
        self._pattern = pattern
        self._position = 0
        self._out: list[str] = []
        self._exact = True
        self._foreign: str | None = None
        self._names: dict[str, str] = {}

    def run(self) -> Translation:
        pattern, out = self._pattern, self._out
        while self._position < len(pattern):
            char = pattern[self._position]
            if char == "\\":
                out.append(self._escape())
            elif char == "[":
                out.append(self._set())
            elif char == "(":
                out.append(self._group())
            elif pattern.startswith("{,", self._position):  # in JavaScript this is not a repeat
                out.append(r"\{")
                self._position += 1
            else:
                if char == "+" and out and out[-1] in "*+?}" and self._follows_repeat():
                    self._note(f"{out[-1]}+")
                out.append(char)
                self._position += 1
        split = "".join("|(?=)" if token == "|" else token for token in out)
        return Translation("".join(out), split, self._exact, self._foreign)

    def _follows_repeat(self) -> bool:
        return _REPEAT.search(self._pattern, max(0, self._position - 24), self._position) is not None

    def _note(self, syntax: str) -> None:
        self._foreign = self._foreign or syntax

    def _take(self, expression: re.Pattern[str]) -> re.Match[str] | None:
        found = expression.match(self._pattern, self._position)
        if found is not None:
            self._position = found.end()
        return found

    def _group(self) -> str:
        named = self._take(_NAMED_GROUP)
        if named is not None:
            name = f"g{len(self._names)}_{self._position}"
            self._names.setdefault(named[1], name)
            return f"(?P<{name}>"
        foreign = _FOREIGN.match(self._pattern, self._position)
        if foreign is not None:
            self._note(foreign[0])
        self._position += 1
        return "("

    def _escape(self) -> str:
        """Translate an escape outside a set."""
        found = self._take(_NAMED_REFERENCE)
        if found is not None:
            name = self._names.get(found[1])
            self._exact = self._exact and name is not None
            return "(?:)" if name is None else f"(?P={name})"  # without such a group before it: the empty text
        found = self._property()
        if found is not None:
            return f"[{'^' if found[1] == 'P' else ''}{_members(found)}]"
        start = self._position
        single = self._single()
        if single is not None:
            return re.escape(single)
        text = self._pattern[start : start + 2]
        self._position += 2
        self._exact = self._exact and text != _BELL
        if text in (r"\A", r"\Z", r"\z"):
            self._note(text)
            return r"\Z" if text == r"\z" else text
        return text

    def _property(self) -> re.Match[str] | None:
        found = self._take(_PROPERTY)
        if found is not None:
            self._exact = False
            if property_name(found[2], found[3]) is None:
                self._note(found[0])
        return found

    def _single(self) -> str | None:
        """Return the character of an escape of one code point; None if the next token is not such an escape."""
        found = self._take(_CONTROL)
        if found is not None:
            return chr(ord(found[1]) % 32)
        found = _CODE_POINT.match(self._pattern, self._position)
        if found is None or int(found[1], 16) > 0x10FFFF:
            return None
        self._position = found.end()
        return chr(int(found[1], 16))

    # -- sets -------------------------------------------------------------------------------------------------------

    def _set(self) -> str:
        pattern = self._pattern
        self._position += 1
        negated = pattern.startswith("^", self._position)
        self._position += negated
        if pattern.startswith("]", self._position):  # an empty set in JavaScript
            self._position += 1
            return r"[\s\S]" if negated else "(?!)"
        members: list[str] = []
        while self._position < len(pattern) and pattern[self._position] != "]":
            members.append(self._member())
        closed = self._position < len(pattern)
        self._position += closed
        return f"[{'^' if negated else ''}{''.join(members)}{']' if closed else ''}"

    def _member(self) -> str:
        first = self._atom()
        following = self._pattern[self._position : self._position + 2]
        if first.is_class or len(following) < 2 or following[0] != "-" or following[1] == "]":
            return first.text
        self._position += 1
        last = self._atom()
        return f"{first.text}{chr(92) if last.is_class else ''}-{last.text}"

    def _atom(self) -> _Atom:
        char = self._pattern[self._position]
        if char != "\\":
            if char == "[" or self._pattern.startswith(("&&", "--"), self._position):
                self._exact = False  # some clients read this as a set operation
            self._position += 1
            return _Atom(_quoted(char))
        found = self._property()
        if found is not None:
            return _Atom(_ANY if found[1] == "P" else _members(found), is_class=True)
        single = self._single()
        if single is not None:
            return _Atom(_quoted(single))
        width = {"x": 4, "u": 6}.get(self._pattern[self._position + 1 : self._position + 2], 2)
        text = self._pattern[self._position : self._position + width]
        self._position += width
        self._exact = self._exact and text != _BELL
        return _Atom(text, is_class=text in (r"\d", r"\D", r"\s", r"\S", r"\w", r"\W"))


def _quoted(char: str) -> str:
    return f"\\{char}" if char in "\\]^-[&~|" else char


def _members(found: re.Match[str]) -> str:
    """Return some members of a Unicode property: enough to find overlaps, not all of them."""
    name, value = found[2], found[3]
    if value is not None:
        name = value if name in ("General_Category", "gc") else ""
    return next((members for prefix, members in _PROPERTIES if name.startswith(prefix)), _LETTERS)
