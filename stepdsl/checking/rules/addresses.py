"""Rules for URLs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from stepdsl.checking.findings import Severity
from stepdsl.checking.rule import rule
from stepdsl.checking.rules.examples import button
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
_PLACEHOLDER: Final = re.compile(r"[$#%]?\{\{?\s*(?:[\w.!:\[\]-]+\s*)?\}?\}|%\(\w*\)s|%s|<\w+>")
_SCRIPT: Final = re.compile(r"\s*((?:java|vb)script:)", re.IGNORECASE)
_SCRIPT_LINK: Final = re.compile(r"\]\(\s*((?:java|vb)script:)", re.IGNORECASE)
_DATA: Final = re.compile(r"\s*data:", re.IGNORECASE)


def _is_text(field: Field) -> bool:
    return field.kind is Kind.SCALAR and field.member is str


def _is_address(field: Field) -> bool:
    return _is_text(field) and _ADDRESS.search(field.name) is not None


def _has_address(field: Field) -> bool:
    """Return whether a property is a URL, or markdown, which can have links."""
    return _is_address(field) or (_is_text(field) and field.name in _MARKDOWN)


@rule(
    "insecure-url",
    Severity.WARNING,
    "No URL uses plain HTTP.",
    why="Others on the network can read and change the data. Mobile systems refuse plain HTTP requests by default.",
    failing=button(url="http://shop.example/pay"),
    passing=button(url="https://shop.example/pay"),
    on=(Model,),
    given=_has_address,
)
def _insecure_url(value: str, at: Walk) -> Iterator[Problem]:
    if at.field.name not in _MARKDOWN:
        found = _INSECURE.match(value)
    elif isinstance(at.owner, CopyBehavior):
        return
    else:
        found = _INSECURE_LINK.search(value)
    if found is not None:
        yield Problem(f"{show(found[1])} is not encrypted", "use https, or an address relative to the flow's own")


@rule(
    "empty-url",
    Severity.WARNING,
    "A URL is not empty.",
    why="The URL of a request is absolute, or relative to the base URL of the flow. An empty one is the base URL "
    "itself, or no URL for some clients.",
    failing=button(url=""),
    passing=button(url="/pay"),
    on=(Model,),
    given=_is_address,
)
def _empty_url(url: str, _: Walk) -> Iterator[Problem]:
    if not url.strip():
        yield Problem("the URL is empty", "give the URL")


@rule(
    "url-with-placeholder",
    Severity.WARNING,
    "A URL has no placeholder.",
    why="A client does not replace placeholders. It sends the request to a URL with the braces in it. Often a value "
    "was not put into the URL, such as in Python by a missing `f` before the string.",
    failing=button(url="/flows/{flow}/pay"),
    passing=button(url="/flows/15/pay"),
    on=(Model,),
    given=_is_address,
)
def _url_with_placeholder(url: str, _: Walk) -> Iterator[Problem]:
    found = _PLACEHOLDER.search(url)
    if found is not None and _DATA.match(url) is None:
        yield Problem(f"{show(found[0])} in the URL is a placeholder", "put the value into the URL")


@rule(
    "url-with-space",
    Severity.WARNING,
    "A URL has no white space.",
    why="A URL contains no white space. Some clients remove or escape it, others refuse the URL.",
    failing=button(url="/pay now"),
    passing=button(url="/pay%20now"),
    on=(Model,),
    given=_is_address,
)
def _url_with_space(url: str, _: Walk) -> Iterator[Problem]:
    if url.strip() and any(map(str.isspace, url)) and _DATA.match(url) is None:
        yield Problem(f"{show(url)} has white space", "take it out, or write %20")


@rule(
    "script-url",
    Severity.ERROR,
    "No URL is a script.",
    why="A client cannot send a request to a script. As a link, it does nothing in a mobile client, and it runs code "
    "in a web client that does not refuse it.",
    failing=button(url="javascript:pay()"),
    passing=button(url="/pay"),
    on=(Model,),
    given=_has_address,
)
def _script_url(value: str, at: Walk) -> Iterator[Problem]:
    if isinstance(at.owner, CopyBehavior):
        return
    found = (_SCRIPT_LINK.search if at.field.name in _MARKDOWN else _SCRIPT.match)(value)
    if found is not None:
        yield Problem(f"{show(found[1])} is no address", "use the URL of a page or of an endpoint")
