"""Reads the escapes and the sets of a pattern, with the flag `u` or without it."""

from __future__ import annotations

import re
from typing import Final

from stepdsl.validation.ecma.charsets import EVERYTHING, merged
from stepdsl.validation.ecma.properties import property_name
from stepdsl.validation.ecma.sets import CLASSES, CLASSES_IGNORING_CASE, Charset

__all__ = ["Reader", "Refused", "Untranslatable"]

_SYNTAX: Final = frozenset(r"^$\.*+?()[]{}|/")
_CONTROLS: Final = {"t": 9, "n": 10, "v": 11, "f": 12, "r": 13}

_PROPERTY: Final = re.compile(r"([pP])\{([A-Za-z0-9_]+)(?:=([A-Za-z0-9_]+))?\}")
_HEX: Final = re.compile(r"x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})")
_CODE_POINT: Final = re.compile(r"u\{0*([0-9a-fA-F]{1,6})\}")
_PAIR: Final = re.compile(r"u([dD][89abAB][0-9a-fA-F]{2})\\u([dD][c-fC-F][0-9a-fA-F]{2})")
_CONTROL: Final = re.compile(r"c([a-zA-Z])")
_CONTROL_IN_SET: Final = re.compile(r"c([a-zA-Z0-9_])")
_NULL: Final = re.compile(r"0(?![0-9])")
_OCTAL: Final = re.compile(r"[0-3][0-7]{0,2}|[4-7][0-7]?")

_SURROGATES: Final = frozenset({"Cs", "Surrogate"})
_LOWER_CASE: Final = {"cntrl": "Cc", "digit": "Nd", "punct": "P"}
"""Categories whose names the engines do not have."""


class Refused(Exception):
    """Internal: JavaScript refuses the pattern. The argument is the syntax."""


class Untranslatable(Exception):
    """Internal: no engine runs the pattern. The argument is the syntax."""


class Reader:
    """A pattern and a position in it."""

    def __init__(self, pattern: str, *, unicode: bool, has_names: bool) -> None:
        self.pattern = pattern
        self.position: int = 0
        self.unicode = unicode
        """Whether the pattern is read with the flag `u`."""
        self.ignore_case: bool = False
        """Whether letter case is ignored at the position."""
        self._has_names = has_names

    def refuse(self, start: int) -> Refused:
        """Return the error for the syntax that begins at a position."""
        return Refused(self.pattern[start : max(self.position, start + 1)] or self.pattern)

    def take(self, expression: re.Pattern[str]) -> re.Match[str] | None:
        """Return the match of an expression at the position, and go to its end; None if there is none."""
        found = expression.match(self.pattern, self.position)
        if found is not None:
            self.position = found.end()
        return found

    def escape(self, *, in_set: bool = False) -> int | Charset:
        """Read an escape: a character or a class. The position is after the backslash."""
        start = self.position - 1
        char = self.pattern[self.position : self.position + 1]
        classes = CLASSES_IGNORING_CASE if self.ignore_case else CLASSES
        if char in classes:
            self.position += 1
            return classes[char]
        if char in ("p", "P") and self.unicode:
            return self._property(start)
        code = self._number(in_set) if char.isascii() and char.isalnum() else None
        if code is not None:
            return code
        if not self.unicode and char == "c":  # a backslash, and the letter remains
            return 0x5C
        self.position += 1
        is_allowed = (
            char in _SYNTAX or (in_set and char == "-") if self.unicode else not (char == "k" and self._has_names)
        )
        if not char or not is_allowed:
            raise self.refuse(start)
        return ord(char)

    def _number(self, in_set: bool) -> int | None:
        """Return the code of the character of an escape; None if the next escape has none."""
        char = self.pattern[self.position]
        if char in _CONTROLS or (char == "b" and in_set):
            self.position += 1
            return _CONTROLS.get(char, 8)
        found = self.take(_CONTROL_IN_SET if in_set and not self.unicode else _CONTROL)
        if found is not None:
            return ord(found[1]) % 32
        if self.unicode:
            found = self.take(_PAIR)
            if found is not None:
                return 0x10000 + ((int(found[1], 16) - 0xD800) << 10) + int(found[2], 16) - 0xDC00
            found = self.take(_CODE_POINT)
            if found is not None:
                return self._code_point(found)
        found = self.take(_HEX)
        if found is not None:
            return int(found[1] or found[2], 16)
        found = self.take(_NULL if self.unicode else _OCTAL)
        return None if found is None else int(found[0], 8)

    def _code_point(self, found: re.Match[str]) -> int:
        code = int(found[1], 16)
        if code > 0x10FFFF:
            raise self.refuse(found.start() - 1)
        return code

    def _property(self, start: int) -> Charset:
        found = self.take(_PROPERTY)
        name = None if found is None else property_name(found[2], found[3])
        if found is None or name is None:
            raise self.refuse(start)
        negated = found[1] == "P"
        if name in _SURROGATES:  # no text has one
            return Charset(EVERYTHING) if negated else Charset()
        return Charset(properties=(f"\\{found[1]}{{{_LOWER_CASE.get(name, name)}}}",))

    # -- sets -------------------------------------------------------------------------------------------------------

    def set(self) -> tuple[Charset, bool]:
        """Read a set, and whether it is negated. The position is after the bracket."""
        start = self.position - 1
        negated = self.pattern.startswith("^", self.position)
        self.position += negated
        ranges: list[tuple[int, int]] = []
        properties: list[str] = []
        while not self.pattern.startswith("]", self.position):
            for member in self._members(start):
                ranges += member.ranges
                properties += member.properties
        self.position += 1
        return Charset(merged(ranges), tuple(properties)), negated

    def _members(self, start: int) -> list[Charset]:
        """Read a member of a set, or a range."""
        own = self.position
        first = self._member(start)
        following = self.pattern[self.position : self.position + 2]
        if len(following) < 2 or following[0] != "-" or following[1] == "]":
            return [_one(first)]
        self.position += 1
        last = self._member(start)
        if isinstance(first, int) and isinstance(last, int):
            if first > last:
                raise self.refuse(own)
            return [Charset(((first, last),))]
        if self.unicode:
            raise self.refuse(own)
        return [_one(first), _one(ord("-")), _one(last)]

    def _member(self, start: int) -> int | Charset:
        char = self.pattern[self.position : self.position + 1]
        if not char:
            raise self.refuse(start)
        self.position += 1
        return self.escape(in_set=True) if char == "\\" else ord(char)


def _one(member: int | Charset) -> Charset:
    return Charset(((member, member),)) if isinstance(member, int) else member
