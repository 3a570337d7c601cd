"""What the generated pages on rules have in common: the layout of JSON, and the command line of their generators."""

from __future__ import annotations

import argparse
import difflib
import json
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, Final

WIDTH: Final = 100


def pretty(value: Any, indent: int = 0, before: int = 0) -> str:
    """Return JSON. An object or array that fits on one line is written on one line."""
    line = json.dumps(value, ensure_ascii=False)
    if indent + before + len(line) < WIDTH or not (isinstance(value, (dict, list)) and value):
        return line
    inner = " " * (indent + 2)
    if isinstance(value, list):
        lines = [pretty(part, indent + 2) for part in value]
        opening, closing = "[]"
    else:
        names = {name: f"{json.dumps(name, ensure_ascii=False)}: " for name in value}
        lines = [start + pretty(value[name], indent + 2, len(start)) for name, start in names.items()]
        opening, closing = "{}"
    body = ",\n".join(inner + part for part in lines)
    return f"{opening}\n{body}\n{' ' * indent}{closing}"


def write_or_compare(
    command: str, description: str, page: Callable[[], str], path: Path, arguments: Sequence[str] | None
) -> int:
    """Write a page, or compare it. Return the exit status: 1 if a compared page is stale, else 0."""
    parser = argparse.ArgumentParser(prog=command, description=description)
    parser.add_argument("--check", action="store_true", help="only compare; exit with 1 if the page is not up to date")
    check: bool = parser.parse_args(arguments).check
    fresh = page()
    current = path.read_text("utf-8") if path.exists() else ""
    if check:
        lines = difflib.unified_diff(current.splitlines(True), fresh.splitlines(True), path.name, "fresh")
        sys.stdout.writelines(lines)
        if current != fresh:
            print(f"stale: run {command}")
        return int(current != fresh)
    if current != fresh:
        path.write_text(fresh, "utf-8")
        print(f"wrote docs/{path.name}")
    return 0
