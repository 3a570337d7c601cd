"""The parts of error messages: how a value is shown, and which right name is nearest to a wrong one."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from enum import Enum

__all__ = ["article", "near", "nearest", "shorten", "show", "unknown"]

_MOST = 150
"""`near` compares with at most this many names, and only words of at most this length."""


def shorten(text: str) -> str:
    """Return text on one line, cut to 60 characters."""
    text = " ".join(text.split("\n"))
    return text if len(text) <= 60 else f"{text[:57]}…"


def show(value: object) -> str:
    """Return a value as a message shows it: a short string, number or None itself, anything else by its type."""
    if isinstance(value, type):
        return f"the class {value.__qualname__}"
    if isinstance(value, (str, int, float, type(None))) and not isinstance(value, Enum):
        try:
            return shorten(repr(value))
        except ValueError:  # an integer of more digits than Python prints
            return "a huge integer"
    return f"{'an' if type(value).__qualname__[0] in 'aeiouAEIOU' else 'a'} {type(value).__qualname__}"


def article(name: str) -> str:
    """Return the name of a type with `a` or `an` before it."""
    return f"{'an' if name[0] in 'AEIOU' and not name.startswith('One') else 'a'} {name}"


def nearest(wrong: str, right: Iterable[str]) -> str:
    """Return `; did you mean 'x'?` for the most similar right name, or an empty string if none is similar."""
    import difflib  # loads only when there is an error

    found = difflib.get_close_matches(wrong, list(right), 1)
    return f"; did you mean {found[0]!r}?" if found else ""


def near(wrong: object, right: Collection[str]) -> str:
    """Return what `nearest` returns, at a bounded cost; an empty string for anything but a short string."""
    if not isinstance(wrong, str) or len(wrong) > _MOST or len(right) > _MOST:
        return ""
    return nearest(wrong, right)


def unknown(name: str, allowed: Iterable[str], what: str) -> str:
    """Return the reason why a name is not accepted, with the most similar right one, or with all right ones."""
    names = list(allowed)
    return f"no such {what}{nearest(name, names) or '; there are ' + ', '.join(names)}"
