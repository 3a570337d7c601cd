"""Error messages: paths and reasons of problems, how a value is shown, which right name is nearest to a wrong one."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from enum import Enum
from typing import Final, TypeAlias

from stepdsl.core import extensions
from stepdsl.errors import MORE_PROBLEMS, MOST_PROBLEMS, InvalidValueError, WireError

__all__ = [
    "ConversionError",
    "Path",
    "Problem",
    "Problems",
    "RenderedPath",
    "article",
    "class_name",
    "conversion_error",
    "counted",
    "dotted",
    "error_text",
    "expected",
    "listed",
    "near",
    "nearest",
    "path_step",
    "several_types",
    "shorten",
    "show",
    "unexpected",
    "unknown",
]

# -- problems -----------------------------------------------------------------------------------------------------

Path: TypeAlias = tuple[str | int, ...]
"""The way from a root to a value: names of properties and keys of maps as strings, positions in lists as integers."""

Problem: TypeAlias = tuple[Path, str]
"""A path, and the reason why the value there is not accepted."""


class Problems:
    """The problems of a value and of its parts.

    Paths are put together when all problems are collected: until then each level has those of its parts as they are.
    So a problem that is nested deep inside costs no more than any other.
    """

    __slots__ = ("_count", "_found")

    def __init__(self, found: Iterable[Problem] = ()) -> None:
        """Take problems with paths relative to the value."""
        self._found: list[tuple[Path, str | Problems]] = list(found)
        self._count = len(self._found)

    def __bool__(self) -> bool:
        return self._count > 0

    def add(self, path: Path, reason: str) -> None:
        """Add the problem of one value."""
        self._found.append((path, reason))
        self._count += 1

    def add_all(self, others: Problems) -> None:
        """Add problems with paths relative to the same value."""
        self._found += others._found
        self._count += others._count

    def add_below(self, path: Path, error: ConversionError) -> None:
        """Add the problems of the part at a path.

        Raises ConversionError with all of them if there are 1000. So a value with many problems costs no more.
        """
        below = error.collected
        self._found.append((path, below))
        self._count += below._count
        if self._count >= MOST_PROBLEMS:
            raise ConversionError(self)

    def renamed(self, rename: Callable[[Path], Path]) -> Problems:
        """Return the same problems with other paths. `rename` takes and returns the beginning of a path."""
        made = Problems()
        made._found = [(rename(path), what) for path, what in self._found]
        made._count = self._count
        return made

    def all(self) -> list[Problem]:
        """Return each problem with its whole path; if there are 1000, also `MORE_PROBLEMS`."""
        found: list[Problem] = []
        levels: list[tuple[Path, Iterator[tuple[Path, str | Problems]]]] = [((), iter(self._found))]
        while levels:
            above, rest = levels[-1]
            path, what = next(rest, ((), None))
            if what is None:
                levels.pop()
            elif isinstance(what, Problems):
                levels.append(((*above, *path), iter(what._found)))
            else:
                found.append(((*above, *path), what))
                if len(found) == MOST_PROBLEMS:
                    return [*found, ((), MORE_PROBLEMS)]
        return found


class ConversionError(Exception):
    """Internal: a value cannot be converted.

    Some callers do not need the reasons. So a function can be given, which returns the reason for the value as a whole.
    """

    def __init__(self, problems: Problems | list[Problem] | Callable[[], str]) -> None:
        self._problems = problems
        super().__init__(problems)

    @property
    def collected(self) -> Problems:
        """The problems, relative to the value, as they were collected."""
        if not isinstance(self._problems, Problems):
            found = self._problems
            self._problems = Problems([((), found())] if callable(found) else found)
        return self._problems

    @property
    def problems(self) -> list[Problem]:
        """Every path, relative to the value, with its reason."""
        return self.collected.all()

    def as_invalid_value(self, root: str) -> InvalidValueError:
        """Return the public error of authoring code, with paths that begin with `root`."""
        named = [(dotted(path, root), reason) for path, reason in self.problems]
        if named[-1][1] == MORE_PROBLEMS:
            named[-1] = ("", MORE_PROBLEMS)
        first, *more = named
        return InvalidValueError(*first, *more)

    def as_wire_error(self) -> WireError:
        """Return the public error of a document."""
        return WireError((dotted(path), reason) for path, reason in self.problems)


def conversion_error(reason: str) -> ConversionError:
    """Return the error of a value that is not accepted as a whole."""
    return ConversionError([((), reason)])


class RenderedPath(str):
    """A path that is text already, as a step of another path."""

    __slots__ = ()


def dotted(path: Path, root: str = "") -> str:
    """Return a path as text: `layout[0].text`. Keys that are no identifiers are quoted in brackets."""
    text = root
    for step in path:
        if isinstance(step, int):
            text += f"[{step}]"
        elif isinstance(step, RenderedPath):
            text += step if step.startswith("[") or not text else f".{step}"
        elif step.replace("-", "_").replace("$", "_").replace("#", "_").isidentifier():
            text += f".{step}" if text else step
        else:
            text += f"[{shorten(repr(step))}]"
    return text


def path_step(key: object) -> str:
    """Return how a path names a key of a map, which need not be a string."""
    if isinstance(key, str):
        return key
    try:
        return repr(key)
    except Exception:  # noqa: BLE001  # a huge integer, or code of a user
        return show(key)


# -- parts of messages --------------------------------------------------------------------------------------------

_MOST_NAMES: Final = 12
"""The maximum number of right names in a message without a similar name."""

_MOST = 150
"""`near` compares with at most this many names, and only words of at most this length."""


def shorten(text: str) -> str:
    """Return text on one line, cut to 60 characters."""
    text = " ".join(text.split("\n"))
    return text if len(text) <= 60 else f"{text[:57]}…"


def show(value: object) -> str:
    """Return a value as a message shows it: a short string, number or None itself, anything else by its type."""
    if isinstance(value, type):
        return f"the class {class_name(value)}"
    if isinstance(value, (str, int, float, type(None))) and not isinstance(value, Enum):
        try:
            return shorten(repr(value))
        except ValueError:  # an integer of more digits than Python prints
            return "a huge integer"
    name = class_name(type(value))
    spelt = name[:2].isupper() and name[0] == "U"  # a UUID
    return f"{'an' if name[0] in 'aeiouAEIOU' and not spelt else 'a'} {name}"


def class_name(cls: type) -> str:
    """Return the name of a class as its module writes it, without the function that contains it."""
    return cls.__qualname__.rpartition("<locals>.")[2]


def error_text(error: BaseException) -> str:
    """Return an exception as text on one line, with its type: `OSError: the name has no address`."""
    try:
        text = " ".join(str(error).split())
    except Exception:  # noqa: BLE001  # an exception of a user can have any `__str__`
        text = ""
    return f"{type(error).__name__}: {text}" if text else type(error).__name__


def several_types(cls: type) -> str:
    """Return the reason why a union or mixin is not accepted where one type is needed."""
    return f"{class_name(cls)} is a base class of several types; use one of these"


def expected(what: str, value: object, wanted: object, shown: Callable[[object], str] = show) -> str:
    """Return the reason for a value of another type than the expected one, with what to write instead.

    `wanted`: what the advice is for, see `stepdsl.core.hints.instead`. `shown`: how the message shows the value. There
    is advice only with `show`, because the values of documents, which other functions show, are not written in code.
    """
    advice = extensions.instead(wanted, value) if shown is show else ""
    return f"expected {what}, got {shown(value)}{advice}"


def unexpected(what: str, value: object, wanted: object, shown: Callable[[object], str] = show) -> ConversionError:
    """Return the error of a value of another type than the expected one; the arguments are those of `expected`."""
    return ConversionError(lambda: expected(what, value, wanted, shown))


def article(name: str) -> str:
    """Return the name of a type with `a` or `an` before it."""
    return f"{'an' if name[0] in 'AEIOU' and not name.startswith('One') else 'a'} {name}"


def nearest(wrong: str, right: Iterable[str]) -> str:
    """Return `; did you mean 'x'?` for the most similar right name, or an empty string if none is similar."""
    import difflib  # loads only when there is an error

    for found in difflib.get_close_matches(wrong, list(right)):
        # Two of five letters make a short name similar to many others.
        if len(wrong) > 5 or found[:1] == wrong[:1] or difflib.SequenceMatcher(None, found, wrong).ratio() >= 0.7:
            return f"; did you mean {found!r}?"
    return ""


def near(wrong: object, right: Collection[str]) -> str:
    """Return what `nearest` returns, at a bounded cost; an empty string for anything but a short string."""
    if not isinstance(wrong, str) or len(wrong) > _MOST or len(right) > _MOST:
        return ""
    return nearest(wrong, right)


def unknown(name: str, allowed: Iterable[str], what: str, first: Collection[str] = ()) -> str:
    """Return the reason why a name is not accepted, with the most similar right one or else with all right ones.

    If there are more than twelve, these are twelve: those of `first`, then the others in their order.
    """
    names = list(allowed)
    if len(names) > _MOST_NAMES:
        names.sort(key=lambda one: one not in first)
    return f"no such {what}{nearest(name, names) or f'; there are {listed(names)}'}"


def counted(count: int, noun: str, plural: str = "") -> str:
    """Return a number with its noun: `1 item`, `2 items`. `plural`: if it is not the noun with an s."""
    return f"{count} {noun if count == 1 else plural or f'{noun}s'}"


def listed(names: Iterable[str], most: int = _MOST_NAMES) -> str:
    """Return names on one line: at most this many, and the number of the others."""
    names = list(names)
    more = f" and {len(names) - most} more" if len(names) > most else ""
    return ", ".join(names[:most]) + more
