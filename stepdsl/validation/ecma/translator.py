"""Translates a pattern in one of the two ways to read it: with the flag `u`, or without it (Annex B of ECMA-262)."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from stepdsl.validation.ecma.charsets import EVERYTHING, LINE_ENDS, WORD, Ranges
from stepdsl.validation.ecma.escapes import Reader, Refused, Untranslatable
from stepdsl.validation.ecma.references import MANY, Frame, Matched, excludes, matched
from stepdsl.validation.ecma.sets import (
    DOT,
    NOTHING,
    WORD_IGNORING_CASE,
    Charset,
    has_surrogates,
    is_surrogate,
    literal,
    set_text,
)

__all__ = ["Translation", "translated"]

_GROUP: Final = re.compile(r"\\.|\[(?:\\.|[^\]\\])*|(?P<group>\((?!\?)|\(\?<(?![=!]))", re.DOTALL)
_NAME: Final = re.compile(r"\(\?<([^>]*)>")
_PLAIN: Final = re.compile(r"\(\?:")
_AROUND: Final = re.compile(r"\(\?<?[=!]")
_FLAGS: Final = re.compile(r"\(\?(?!-?:)([ims]*)(?:-([ims]*))?:")
_REPEAT: Final = re.compile(r"(?:[*+?]|\{([0-9]+)(,)?([0-9]*)\})(\??)")
_REFERENCE: Final = re.compile(r"[1-9][0-9]*")
_NAMED_REFERENCE: Final = re.compile(r"k<([^>]*)>")
_IN_NAME: Final = re.compile(r"\\u(?:([0-9a-fA-F]{4})|\{0*([0-9a-fA-F]{1,6})\})")


class Translation(NamedTuple):
    """A pattern in the syntax of the engines."""

    text: str
    is_linear: bool
    """Whether the engine without backtracking runs it."""
    has_units: bool
    """Whether it is matched with the UTF-16 units of a text, see `in_units`."""


class _Flags(NamedTuple):
    ignore_case: bool = False
    multiline: bool = False
    dot_all: bool = False


class _Assertion(NamedTuple):
    """An assertion that has another text in the engine with backtracking, or has a text only there."""

    linear: str | None
    backtracking: str


class _Reference(NamedTuple):
    """A back-reference to a group, or to the groups of a name."""

    syntax: str
    target: int | str
    frame: Frame
    alternative: int
    position: int


def _boundary(word: Ranges, *, negated: bool) -> str:
    here = set_text(Charset(word), negated=False, units=False)
    if negated:
        return f"(?:(?<={here})(?={here})|(?<!{here})(?!{here}))"
    return f"(?:(?<={here})(?!{here})|(?<!{here})(?={here}))"


_BOUNDARIES: Final = {
    # For `\b` and `\B`; whether letter case is ignored. The linear engine looks at bytes without Unicode, so `\B` could
    # match inside a character. The assertions with Unicode do not.
    ("b", False): _Assertion(r"(?-u:\b)", _boundary(WORD, negated=False)),
    ("B", False): _Assertion(r"(?:(?-u:\B)(?:\b|\B))", _boundary(WORD, negated=True)),
    ("b", True): _Assertion(None, _boundary(WORD_IGNORING_CASE, negated=False)),
    ("B", True): _Assertion(None, _boundary(WORD_IGNORING_CASE, negated=True)),
}
_LINE_END: Final = set_text(Charset(LINE_ENDS), negated=False, units=False)
_LINES: Final = {"^": _Assertion(None, f"(?:^|(?<={_LINE_END}))"), "$": _Assertion(None, f"(?:$|(?={_LINE_END}))")}
_EMPTY: Final = f"(?:{NOTHING}?)"
"""The empty text. The engine with backtracking refuses a repeat of `(?:)`."""
_LEVELS: Final = 240
_LEVELS_WITH_BACKTRACKING: Final = 60
"""So many groups can be inside each other. The engines refuse a few more."""


def translated(pattern: str, *, unicode: bool) -> Translation:
    """Return the translation of a pattern. Raises `Refused` or `Untranslatable`."""
    units = pattern.encode("utf-16-le", "surrogatepass")
    if unicode:
        return _Translator(units.decode("utf-16-le", "surrogatepass"), unicode=True).run()
    codes = (units[i] + 256 * units[i + 1] for i in range(0, len(units), 2))
    return _Translator("".join(map(chr, codes)), unicode=False).run()


class _Translator(Reader):
    def __init__(self, pattern: str, *, unicode: bool) -> None:
        groups = [found["group"] for found in _GROUP.finditer(pattern) if found["group"]]
        super().__init__(pattern, unicode=unicode, has_names="(?<" in groups)
        self._count = len(groups)
        self._out: list[str | Frame | _Assertion | _Reference] = []
        self._groups: list[Frame] = []
        self._names: dict[str, list[Frame]] = {}
        self._named: dict[str, str] = {}
        """The names in references, each with its syntax."""
        self._frame = Frame("")
        self._alternative_is_empty = self._alternative_can_be_empty = True
        self._flags = _Flags()
        self._outer: list[tuple[_Flags, bool, bool]] = []
        self._levels = 0
        """How many groups are inside each other."""
        self._has_units = False
        self._obstacle: str | None = None
        """Syntax that no engine runs."""

    def run(self) -> Translation:
        while self.position < len(self.pattern):
            char = self.pattern[self.position]
            if char == "(":
                self._open()
            elif char == ")":
                self._close()
            elif char == "|":
                self.position += 1
                self._out.append("|")
                self._end_alternative()
                self._frame.alternatives += 1
            else:
                self._single(char)
        if self._frame.parent is not None:
            raise self.refuse(len(self.pattern))
        return self._result()

    # -- groups -----------------------------------------------------------------------------------------------------

    def _open(self) -> None:
        start, opening, flags = self.position, "(?:", self._flags
        name = None
        is_captured = False
        found = self.take(_AROUND)
        if found is not None:
            opening = found[0]
        elif (found := self.take(_FLAGS)) is not None:
            flags = self._changed(found)
        elif (found := self.take(_NAME)) is not None:
            name, is_captured = found[1], True
        elif self.take(_PLAIN) is None:
            self.position += 1
            is_captured = True
            if self.pattern.startswith("?", self.position):
                self.position += 2
                raise self.refuse(start)
        frame = Frame(opening, self._frame, start=len(self._out))
        if is_captured:
            self._groups.append(frame)
        if name is not None:
            self._name(frame, name, start)
        self._out.append(frame)
        self._outer.append((self._flags, self._alternative_can_be_empty, self._alternative_is_empty))
        self._frame, self._flags, self.ignore_case = frame, flags, flags.ignore_case
        self._alternative_is_empty = self._alternative_can_be_empty = True
        self._levels = max(self._levels, len(self._outer))

    def _changed(self, found: re.Match[str]) -> _Flags:
        added, removed = found[1], found[2] or ""
        if len({*added, *removed}) < len(added) + len(removed):
            raise self.refuse(found.start())
        names = dict(zip("ims", _Flags._fields, strict=True))
        changes = {names[flag]: flag in added for flag in added + removed}
        return self._flags._replace(**changes)

    def _name(self, frame: Frame, name: str, start: int) -> None:
        read = _read_name(name)
        if read is None or not all(excludes(frame, other) for other in self._names.get(read, ())):
            raise self.refuse(start)
        self._names.setdefault(read, []).append(frame)

    def _close(self) -> None:
        self.position += 1
        frame = self._frame
        if frame.parent is None:
            raise self.refuse(self.position - 1)
        self._end_alternative()
        self._out.append(")")
        self._frame = frame.parent
        self._flags, self._alternative_can_be_empty, self._alternative_is_empty = self._outer.pop()
        self.ignore_case = self._flags.ignore_case
        is_repeatable = not frame.is_around or (not self.unicode and not frame.is_behind)
        if frame.is_around:
            frame.can_be_empty = frame.is_empty = True
        self._repeat(frame.start, frame=frame, is_repeatable=is_repeatable)

    def _end_alternative(self) -> None:
        frame = self._frame
        frame.can_be_empty = frame.can_be_empty or self._alternative_can_be_empty
        frame.is_empty = frame.is_empty and self._alternative_is_empty
        self._alternative_is_empty = self._alternative_can_be_empty = True

    # -- single parts -----------------------------------------------------------------------------------------------

    def _single(self, char: str) -> None:
        start, own = len(self._out), self.position
        self.position += 1
        is_assertion = is_reference = False
        if char == "\\":
            is_assertion, is_reference = self._escaped()
        elif char == "[":
            charset, negated = self.set()
            self._set(charset, negated=negated)
        elif char == ".":
            self._set(Charset(EVERYTHING) if self._flags.dot_all else DOT)
        elif char in "^$":
            self._out.append(_LINES[char] if self._flags.multiline else char)
            is_assertion = True
        elif char in "*+?" or (char in "{}]" and self.unicode):
            raise self.refuse(own)
        else:
            self._literal(char, own)
        self._repeat(start, can_be_empty=is_assertion or is_reference, is_repeatable=not is_assertion)

    def _literal(self, char: str, own: int) -> None:
        if char == "{" and _REPEAT.match(self.pattern, own):
            raise self.refuse(own)
        self._character(ord(char))

    def _escaped(self) -> tuple[bool, bool]:
        """Read an escape. Return whether it is an assertion, and whether it is a reference."""
        own = self.position - 1
        char = self.pattern[self.position : self.position + 1]
        if char in ("b", "B"):
            self.position += 1
            self._out.append(_BOUNDARIES[char, self.ignore_case and self.unicode])
            return True, False
        number = _REFERENCE.match(self.pattern, self.position)
        if number is not None and (len(number[0]) > 9 or int(number[0]) > self._count):
            number = None  # without the flag, this is a character
        if number is not None:
            self.position = number.end()
            self._refer(own, int(number[0]))
            return False, True
        named = self.take(_NAMED_REFERENCE) if self.unicode or self._has_names else None
        if named is not None:
            name = _read_name(named[1])
            if name is None:
                raise self.refuse(own)
            self._named[name] = self.pattern[own : self.position]
            self._refer(own, name)
            return False, True
        read = self.escape()
        if isinstance(read, Charset):
            self._set(read)
        else:
            self._character(read)
        return False, False

    def _refer(self, own: int, target: int | str) -> None:
        syntax = self.pattern[own : self.position]
        if self.ignore_case:
            self._obstacle = self._obstacle or syntax
        self._out.append(_Reference(syntax, target, self._frame, self._frame.alternatives, len(self._out)))

    def _character(self, code: int) -> None:
        self._has_units = self._has_units or (not self.unicode and is_surrogate(code))
        self._put(literal(code, units=not self.unicode))

    def _set(self, charset: Charset, *, negated: bool = False) -> None:
        if self.ignore_case and charset.properties:
            self._obstacle = self._obstacle or charset.properties[0]
        self._has_units = self._has_units or (not self.unicode and (negated or has_surrogates(charset)))
        self._put(set_text(charset, negated=negated, units=not self.unicode))

    def _put(self, text: str) -> None:
        if self.ignore_case and not self.unicode:
            self._obstacle = self._obstacle or "(?i:"
        self._out.append(f"(?i:{text})" if self.ignore_case else text)

    # -- repeats ----------------------------------------------------------------------------------------------------

    def _repeat(
        self, start: int, *, frame: Frame | None = None, can_be_empty: bool = False, is_repeatable: bool = True
    ) -> None:
        """Read the repeat of a part, if it has one."""
        own = self.position
        found = self.take(_REPEAT)
        can_be_empty, is_empty = (frame.can_be_empty, frame.is_empty) if frame else (can_be_empty, not is_repeatable)
        if found is not None:
            if not is_repeatable:
                raise self.refuse(own)
            least, most = self._limits(found)
            if most == 0 or (is_empty and least == 0):
                del self._out[start:]
                self._out.append("(?:)")
                can_be_empty = is_empty = True
                if frame is not None:
                    frame.is_removed = True
            elif not is_empty:
                self._out.append(_repeat_text(least, most) + found[4])
                if frame is not None:
                    frame.least, frame.most = least, most
                can_be_empty = can_be_empty or least == 0
        self._alternative_can_be_empty = self._alternative_can_be_empty and can_be_empty
        self._alternative_is_empty = self._alternative_is_empty and is_empty

    def _limits(self, found: re.Match[str]) -> tuple[int, int]:
        if found[1] is None:
            return {"*": (0, MANY), "+": (1, MANY), "?": (0, 1)}[found[0][0]]
        least = _number(found[1])
        most = least if found[2] is None else _number(found[3]) if found[3] else MANY
        if most < least:
            raise self.refuse(found.start())
        return least, most

    # -- the result -------------------------------------------------------------------------------------------------

    def _result(self) -> Translation:
        for name, syntax in self._named.items():
            if name not in self._names:
                raise Refused(syntax)
        if self._obstacle is not None or self._levels > _LEVELS:
            raise Untranslatable(self._obstacle or "(")
        references = {
            index: self._resolved(part) for index, part in enumerate(self._out) if isinstance(part, _Reference)
        }
        needed = {id(group) for groups in references.values() for group, _ in groups}
        numbered = (part for part in self._out if isinstance(part, Frame) and id(part) in needed)
        for number, group in enumerate(numbered, start=1):
            group.number, group.opening = number, "("
        is_linear = not needed and not any(map(_needs_backtracking, self._out))
        if not is_linear and self._levels > _LEVELS_WITH_BACKTRACKING:
            raise Untranslatable("(")
        texts = [
            "".join(map(_reference_text, references[index])) or _EMPTY
            if isinstance(part, _Reference)
            else _part_text(part, is_linear=is_linear)
            for index, part in enumerate(self._out)
        ]
        if any(what is Matched.PERHAPS for groups in references.values() for _, what in groups):
            texts.insert(0, "(?=)")  # jsonschema-rs refuses conditions, except after a lookaround
        return Translation("".join(texts), is_linear, self._has_units)

    def _resolved(self, reference: _Reference) -> list[tuple[Frame, Matched]]:
        """Return the groups that a reference can have the text of."""
        target = reference.target
        groups = self._names[target] if isinstance(target, str) else [self._groups[target - 1]]
        found = [(group, matched(group, *reference[2:], syntax=reference.syntax)) for group in groups]
        return [(group, what) for group, what in found if what is not Matched.NOTHING]


def _needs_backtracking(part: str | Frame | _Assertion | _Reference) -> bool:
    return part.is_around if isinstance(part, Frame) else isinstance(part, _Assertion) and part.linear is None


def _part_text(part: str | Frame | _Assertion, *, is_linear: bool) -> str:
    if isinstance(part, Frame):
        return part.opening
    if isinstance(part, _Assertion):
        return part.linear if is_linear and part.linear is not None else part.backtracking
    return part


def _reference_text(found: tuple[Frame, Matched]) -> str:
    number = found[0].number
    return f"(?:\\{number})" if found[1] is Matched.ALWAYS else f"(?({number})\\{number})"


def _repeat_text(least: int, most: int) -> str:
    if most >= MANY:
        return {0: "*", 1: "+"}.get(least, f"{{{least},}}")
    if least == most:
        return f"{{{least}}}"
    return "?" if (least, most) == (0, 1) else f"{{{least},{most}}}"


def _number(digits: str) -> int:
    stripped = digits.lstrip("0")
    return MANY if len(stripped) > 10 else min(int(stripped or "0"), MANY)


def _read_name(name: str) -> str | None:
    """Return the name of a group without its escapes; None if it is no name."""
    text = _IN_NAME.sub(lambda found: chr(min(int(found[1] or found[2], 16), 0x10FFFF)), name)
    text = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "surrogatepass")
    plain = text.replace("$", "_")
    later = plain[1:].replace("\u200c", "_").replace("\u200d", "_")
    return text if (plain[:1] + later).isidentifier() else None
