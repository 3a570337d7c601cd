"""Rules for texts and pictures: markdown, and descriptions for screen readers."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Final

from stepdsl.checking.findings import Severity
from stepdsl.checking.rule import rule
from stepdsl.checking.walk import Problem, Walk
from stepdsl.core.messages import show
from stepdsl.model.common import Help
from stepdsl.model.features import Toolbar
from stepdsl.model.layouts import AlertLayout, ImageLayout, MarkdownLayout
from stepdsl.model.media import Media
from stepdsl.model.search import SearchLayout

_LINK: Final = re.compile(r"(?<!!)\[[^\[\]\n]*\]\([^()\n]*\)|<https?://[^<>\s]*>")

_MARKUP: Final[Mapping[str, Callable[[str], object]]] = {
    "an image": re.compile(r"!\[[^\[\]\n]*\]\(").search,
    "code": re.compile(r"`[^`\n]+`|^ {0,3}(?:```|~~~)", re.MULTILINE).search,
    "a table": lambda text: any(map(_is_table_delimiter, text.splitlines())),
    "HTML": re.compile(r"</?[a-zA-Z][a-zA-Z0-9-]*(?:\s[^<>]*)?/?>|<!--").search,
    "a block quote": re.compile(r"^ {0,3}>", re.MULTILINE).search,
}
_NOT_IN_ALERTS: Final[Mapping[str, Callable[[str], object]]] = {
    "a heading": re.compile(r"^ {0,3}#{1,6}\s", re.MULTILINE).search,
    "a list": re.compile(r"^ {0,3}(?:[-*+]|\d{1,9}[.)])\s", re.MULTILINE).search,
}


def _is_table_delimiter(line: str) -> bool:
    """Return whether a line is the delimiter row between the head and the body of a table."""
    return "|" in line and "-" in line and set(line) <= set("|-: \t")


@rule(
    "link-in-alert",
    Severity.ERROR,
    "The text of an alert has no link.",
    why="According to the documentation, alerts support only emphasis and strong emphasis, and no links.",
    failing={"layout": [{"type": "alert", "markdown": "Read [the terms](https://shop.example/terms)."}]},
    passing={"layout": [{"type": "alert", "markdown": "Read *the terms*."}]},
    on=(AlertLayout,),
    given=("markdown",),
)
def _link_in_alert(text: str, _: Walk) -> Iterator[Problem]:
    found = _LINK.search(text)
    if found is not None:
        yield Problem(f"the alert has a link: {show(found[0])}", "put the link into a markdown layout below the alert")


@rule(
    "unsupported-markdown",
    Severity.WARNING,
    "Markdown uses only syntax that clients support.",
    why="Clients support headings, lists, emphasis, strong emphasis and links. In alerts they support only emphasis "
    "and strong emphasis. Other syntax is shown to the user as plain characters.",
    failing={"layout": [{"type": "markdown", "content": "Your code is `1234`."}]},
    passing={"layout": [{"type": "markdown", "content": "Your code is **1234**."}]},
    on=(AlertLayout, MarkdownLayout, Help, SearchLayout),
    given=("markdown", "content", "empty_message"),
)
def _unsupported_markdown(text: str, at: Walk) -> Iterator[Problem]:
    in_alert = isinstance(at.owner, AlertLayout)
    markup = {**_MARKUP, **_NOT_IN_ALERTS} if in_alert else _MARKUP
    found = [name for name, search in markup.items() if search(text)]
    if found:
        allowed = "emphasis" if in_alert else "headings, lists, emphasis and links"
        yield Problem(f"the markdown has {' and '.join(found)}, which clients do not support", f"keep to {allowed}")


@rule(
    "missing-accessibility-description",
    Severity.WARNING,
    "A picture has a description for screen readers.",
    why="A screen reader reads the description to the user. Use an empty description for a picture that is only "
    "decoration.",
    failing={"layout": [{"type": "image", "url": "https://shop.example/map.png"}]},
    passing={
        "layout": [
            {"type": "image", "url": "https://shop.example/map.png", "accessibilityDescription": "Map of our shops"}
        ]
    },
    on=(ImageLayout, Media.Image, Toolbar.Item),
)
def _missing_accessibility_description(picture: ImageLayout | Media.Image | Toolbar.Item, _: Walk) -> Iterator[Problem]:
    if "accessibility_description" in picture.__dict__:
        return
    if isinstance(picture, Toolbar.Item):
        if not picture.title:
            yield Problem("the button has neither title nor accessibilityDescription", "add one of them")
    else:
        yield Problem(
            "the picture has no accessibilityDescription",
            "describe the picture; use an empty text if it is only decoration",
        )
