"""Entity tags. A client sends the tag of its step, so a refresh does not need to send the same version again."""

from __future__ import annotations

import hashlib
import re
from typing import Final

from stepdsl.core.arguments import expect
from stepdsl.core.messages import show
from stepdsl.errors import InvalidValueError
from stepdsl.model.step import Step
from stepdsl.wire import dumps, encode_json, to_dict

__all__ = ["etag_of", "form_etag", "matches", "quoted", "tag_of"]

_CHARACTERS: Final = r"[\x21\x23-\x7e\x80-\xff]*"
_OPAQUE: Final = re.compile(_CHARACTERS)
_TAG: Final = re.compile(f'(?:W/)?"({_CHARACTERS})"')


def etag_of(step: Step) -> str:
    """Return the entity tag of a step, quotes included. It is made from the step's JSON. Equal steps have equal tags.

    Raises InvalidValueError if `step` is not a Step.
    """
    expect("step", step, Step)
    return tag_of(dumps(step))


def form_etag(step: Step) -> str:
    """Return the entity tag of a step without its `model`, quotes included. It changes only if the form changes.

    The default tag contains the values, and a refresh always sends a changed value. So with the default tag a client
    never receives 304. Use this tag for the step and for its refreshes: `step(…, etag=form_etag(…))`.

    After 304 the client keeps its step and what the user has filled in. So use it only if the model of the new step has
    the values that the client has sent. If the server adds or changes values, use the default tag. The `errors` of a
    step are part of the tag: the client has to show them.

    Raises InvalidValueError if `step` is not a Step.
    """
    expect("step", step, Step)
    document = to_dict(step)
    document.pop("model", None)
    return tag_of(encode_json(document))


def tag_of(text: str) -> str:
    """Return the entity tag of a step's JSON."""
    return f'"{hashlib.sha256(text.encode()).hexdigest()[:32]}"'


def quoted(etag: object) -> str:
    """Return an entity tag in the form of the header. Missing quotes are added.

    Raises InvalidValueError for a tag with characters that the header cannot contain.
    """
    if isinstance(etag, str):
        if _TAG.fullmatch(etag):
            return etag
        if _OPAQUE.fullmatch(etag):
            return f'"{etag}"'
    raise InvalidValueError("etag", f"expected visible characters without quotes, got {show(etag)}")


def matches(if_none_match: str | None, etag: str) -> bool:
    """Return whether an If-None-Match header contains this tag. A weak tag equals the strong one (RFC 9110, 13.1.2).

    Raises InvalidValueError for a header that is no string, such as the parsed one of Flask.
    """
    if if_none_match is None:
        return False
    expect("if_none_match", if_none_match, str, "the header If-None-Match as a string")
    return if_none_match.strip() == "*" or etag.removeprefix("W/")[1:-1] in _TAG.findall(if_none_match)
