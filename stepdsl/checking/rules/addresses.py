"""Rules for URLs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from stepdsl.checking.findings import Severity
from stepdsl.checking.rule import rule
from stepdsl.checking.walk import Problem, Walk
from stepdsl.core.annotations import Kind
from stepdsl.core.fields import Field
from stepdsl.core.messages import show
from stepdsl.core.model import Model
from stepdsl.model.actions import CopyBehavior

_ADDRESS: Final = re.compile(r"(?:^|_)ur[il]$")
_MARKDOWN: Final = ("markdown", "content", "empty_message")
_INSECURE: Final = re.compile(r"\s*(http://\S*)", re.IGNORECASE)
_INSECURE_LINK: Final = re.compile(r"(?:\]\(\s*|<)(http://[^\s()<>]*)", re.IGNORECASE)


def _has_address(field: Field) -> bool:
    if field.kind is not Kind.SCALAR or field.member is not str:
        return False
    return _ADDRESS.search(field.name) is not None or field.name in _MARKDOWN


@rule(
    "insecure-url",
    Severity.WARNING,
    "No URL uses plain HTTP.",
    why="Others on the network can read and change the data. Mobile systems refuse plain HTTP requests by default.",
    failing={"layout": [{"type": "button", "title": "Pay", "action": {"url": "http://shop.example/pay"}}]},
    passing={"layout": [{"type": "button", "title": "Pay", "action": {"url": "https://shop.example/pay"}}]},
    on=(Model,),
    given=_has_address,
)
def _insecure_url(value: str, at: Walk) -> Iterator[Problem]:
    if at.path[-1] not in ("markdown", "content", "emptyMessage"):
        found = _INSECURE.match(value)
    elif isinstance(at.owner, CopyBehavior):
        return
    else:
        found = _INSECURE_LINK.search(value)
    if found is not None:
        yield Problem(f"{show(found[1])} is not encrypted", "use https, or an address relative to the flow's own")
