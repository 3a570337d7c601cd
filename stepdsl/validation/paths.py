"""Paths of values as text, as `stepdsl.server.error` takes them, and a set of messages that is consistent."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any, Final

from stepdsl.core.json import MAX_DEPTH, is_array, is_object, well_formed
from stepdsl.core.messages import Path

__all__ = ["has_text", "leaves", "messages_by_path", "parse_path", "path_text"]

_NAME: Final = r"[^.'\"\[\]]+"
_IN_BRACKETS: Final = r"\[([0-9]{1,4})\]|\['([^']*(?:''[^']*)*)'\]|\[\"([^\"]*(?:\"\"[^\"]*)*)\"\]"
_PLAIN: Final = re.compile(_NAME)
_FIRST: Final = re.compile(rf"({_NAME})|{_IN_BRACKETS}")
_NEXT: Final = re.compile(rf"\.({_NAME})|{_IN_BRACKETS}")

_MAX_INDEX: Final = 9_999
"""The greatest index of an item in a path."""


def has_text(part: str | int) -> bool:
    """Return whether a part of a path can be written: not a huge index, not a name with a lone surrogate."""
    if isinstance(part, int):
        return 0 <= part <= _MAX_INDEX
    return well_formed(part)


def path_text(path: Path) -> str:
    """Return a path as text: `address.city`, `children[0].name`, `['a.b']`.

    A name with both kinds of quotes is in single quotes. The single quotes in it are doubled: `['it''s 5"']`.
    """
    text = ""
    for part in path:
        if isinstance(part, int):
            text += f"[{part}]"
        elif _PLAIN.fullmatch(part):
            text += f".{part}" if text else part
        elif "'" in part and '"' not in part:
            text += f'["{part}"]'
        else:
            text += "['" + part.replace("'", "''") + "']"
    return text


def parse_path(text: str) -> Path | None:
    """Return the parts of a path that is text; None if it is not a path. A doubled quote in a quoted name is one."""
    path: list[str | int] = []
    pattern, at = _FIRST, 0
    while match := pattern.match(text, at):
        name, index, single, double = match.groups()
        if name is not None:
            path.append(name)
        elif index is not None:
            path.append(int(index))
        else:
            path.append(double.replace('""', '"') if single is None else single.replace("''", "'"))
        pattern, at = _NEXT, match.end()
    return tuple(path) if path and at == len(text) else None


def leaves(document: Any) -> Iterator[tuple[Path, Any]]:
    """Yield each value in a JSON document that is no object and no array, with its path, in the order of the document.

    It does not recurse: a document can be nested deeper than the stack.
    """
    left: list[tuple[Path, Any]] = [((), document)]
    while left:
        path, value = left.pop()
        if is_object(value):
            left += [((*path, name), part) for name, part in reversed(value.items())]
        elif is_array(value):
            left += [((*path, at), value[at]) for at in reversed(range(len(value)))]
        else:
            yield path, value


def messages_by_path(messages: Iterable[tuple[Path, str]]) -> dict[str, str]:
    """Return one message for each path, so that `stepdsl.server.error` accepts all of them together.

    - Of several messages for a path, the first one is used.
    - A message for a value is left out if there are messages for its parts: a form shows the parts.
    - A value has messages for names or for indexes; the kind of the first message is used.
    - A path that cannot be written as text is cut to the path of the value around it.
    - A message for the whole submission has no path, and is left out.
    """
    found: dict[Path, str] = {}
    kinds: dict[Path, type] = {}
    for path, message in messages:
        writable = _writable(path)
        for at, part in enumerate(writable):
            if kinds.setdefault(writable[:at], part.__class__) is not part.__class__:
                break
        else:
            found.setdefault(writable, message)
    # `kinds` has the paths of all values with parts.
    return {path_text(path): message for path, message in found.items() if path and path not in kinds}


def _writable(path: Path) -> Path:
    for at, part in enumerate(path):
        if at == MAX_DEPTH or not has_text(part):
            return path[:at]
    return path
