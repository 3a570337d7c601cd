"""Writes paths of values as text, as `stepdsl.server.error` takes them, and makes a set of messages consistent."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from stepdsl.core.json import MAX_DEPTH, well_formed
from stepdsl.core.messages import Path

__all__ = ["has_text", "messages_by_path", "path_text"]

_PLAIN: Final = re.compile(r"[^.'\"\[\]]+")
_MAX_INDEX: Final = 9_999
"""The greatest index of an item in a path."""


def has_text(part: str | int) -> bool:
    """Return whether a part of a path can be written: not a name with both kinds of quotes, not a huge index."""
    if isinstance(part, int):
        return 0 <= part <= _MAX_INDEX
    return well_formed(part) and not ('"' in part and "'" in part)


def path_text(path: Path) -> str:
    """Return a path as text: `address.city`, `children[0].name`, `['a.b']`."""
    text = ""
    for part in path:
        if isinstance(part, int):
            text += f"[{part}]"
        elif _PLAIN.fullmatch(part):
            text += f".{part}" if text else part
        else:
            text += f'["{part}"]' if "'" in part else f"['{part}']"
    return text


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
