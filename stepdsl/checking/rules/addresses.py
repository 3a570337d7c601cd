"""Addresses."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from stepdsl.checking.findings import Severity
from stepdsl.checking.rule import Problem, rule
from stepdsl.checking.walk import Walk
from stepdsl.model.annotations import Kind
from stepdsl.model.base import Model
from stepdsl.model.behaviors import CopyBehavior
from stepdsl.model.definition import Property
from stepdsl.model.values import show

_ADDRESS: Final = re.compile(r"(?:^|_)ur[il]$")
_MARKDOWN: Final = ("markdown", "content", "empty_message")
_INSECURE: Final = re.compile(r"\s*(http://\S*)", re.IGNORECASE)
_INSECURE_LINK: Final = re.compile(r"(?:\]\(\s*|<)(http://[^\s()<>]*)", re.IGNORECASE)


def _holds_address(held: Property) -> bool:
    if held.kind is not Kind.ATOM or held.member is not str:
        return False
    return _ADDRESS.search(held.name) is not None or held.name in _MARKDOWN


@rule(
    "insecure-url",
    Severity.WARNING,
    "Addresses are not those of plain HTTP.",
    why="Anybody on the way can read and change what is sent, and mobile systems refuse such requests by default.",
    failing={"layout": [{"type": "button", "title": "Pay", "action": {"url": "http://shop.example/pay"}}]},
    passing={"layout": [{"type": "button", "title": "Pay", "action": {"url": "https://shop.example/pay"}}]},
    on=(Model,),
    given=_holds_address,
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
