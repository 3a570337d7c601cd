"""The fenced blocks of the README and the documentation: how they are read, run and compared.

The convention, which `docs/` and the README follow:

* ``python`` blocks of a page run one after another in one namespace. What one prints is shown by the block after it.
* ``json`` right after a ``python`` block is the JSON document which that block printed, property order included.
* ``text`` right after a ``python`` block is what that block printed, to the letter.
* ``pycon`` is an interactive session in the same namespace, compared as doctest does.
* A ``python`` block that defines ``test_…`` functions, or a ``unittest.TestCase``, is a test module of its own, and its
  tests must pass.
* ``python`` blocks can import the example servers, ``flow`` and ``fastapi_app``. Each page has new modules.
* ``console`` holds commands that are run elsewhere: each one must be on the list of `KNOWN_COMMANDS`.
* ``{…}`` is a directive for Sphinx, which checks it. Code from files is included by `literalinclude`.
* The blocks between ``:::``, which are tabs of a page, are like all others.

Anything else is an error: no block is passed over.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parent.parent
PAGES = [
    ROOT / "README.md",
    *sorted((ROOT / "docs").glob("*.md")),
    ROOT / "docs" / "examples" / "servers" / "index.md",
]

LINK = re.compile(r"(?<!`)\[[^\]]*\]\((?P<target>[^)\s]+)\)")
HEADING = re.compile(r"^#+ (?P<title>.+)$", re.MULTILINE)
FENCE = re.compile(r"^(?P<indent> *)(?P<fence>```+)(?P<language>\S*)(?P<rest>.*)$")
TEST_FUNCTION = re.compile(r"^def test_", re.MULTILINE)
TEST_CASE = re.compile(r"^class \w+\(unittest\.TestCase\)", re.MULTILINE)


class Block(NamedTuple):
    """One fenced block."""

    language: str
    text: str
    line: int
    """The line of the page that its first line is on."""

    @property
    def is_test_module(self) -> bool:
        return self.language == "python" and (TEST_FUNCTION.search(self.text) is not None or self.is_unittest)

    @property
    def is_unittest(self) -> bool:
        return self.language == "python" and TEST_CASE.search(self.text) is not None


def blocks(page: Path) -> Iterator[Block]:
    """The fenced blocks of a page, in order."""
    lines = iter(enumerate(page.read_text(encoding="utf-8").splitlines(), 1))
    for number, line in lines:
        opening = FENCE.match(line)
        if opening is None:
            continue
        if opening["indent"]:
            raise ValueError(f"{page.name}:{number}: fences are at the beginning of the line")
        body: list[str] = []
        for _, inner in lines:
            if inner.rstrip() == opening["fence"]:
                break
            body.append(inner + "\n")
        else:
            raise ValueError(f"{page.name}:{number}: the block does not end")
        yield Block(opening["language"], "".join(body), number + 1)


def python_source(page: Path) -> str:
    """The page's Python blocks as one module, each on the lines it has in the page, for a type checker to read.

    Test modules repeat imports of the page, which a checker refuses in one module. So each one is there once.
    """
    source: list[str] = []
    for block in blocks(page):
        if block.language == "python":
            source.extend("\n" * (block.line - 1 - len(source)))
            lines = block.text.splitlines(keepends=True)
            source.extend("\n" if line.startswith("import ") and line in source else line for line in lines)
    return "".join(source)


def anchors(page: Path) -> set[str]:
    """The anchors of a page's headings, as code hosts and MyST make them; an error if two are the same."""
    text = re.sub(r"^```.*?^```$", "", page.read_text(encoding="utf-8"), flags=re.MULTILINE | re.DOTALL)
    titles = [re.sub(r"\[([^\]]*)\]\([^)]*\)|`", r"\1", found["title"]) for found in HEADING.finditer(text)]
    slugs = [re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-") for title in titles]
    assert len(set(slugs)) == len(slugs), f"{page.name}: two headings have the same anchor"
    return set(slugs)


def broken_links(page: Path) -> list[str]:
    """The links of a page to files, or to headings in them, that are not there; other addresses are not tried."""
    broken: list[str] = []
    for found in LINK.finditer(page.read_text(encoding="utf-8")):
        path, _, anchor = found["target"].partition("#")
        if re.match(r"\w+:", path):
            continue
        file = (page.parent / path).resolve() if path else page
        if not file.exists() or (anchor and anchor not in anchors(file)):
            broken.append(found["target"])
    return broken
