"""Errors of HTTP, such as 404 and 405, as messages for clients of a flow."""

from __future__ import annotations

from collections.abc import Mapping
from http.client import responses

__all__ = ["message_of", "without_body_headers"]

_OF_BODY = ("content-type", "content-length", "content-encoding")


def message_of(status: int, detail: object) -> str:
    """Return the message of an error: the detail if it is a text, otherwise the phrase of the status.

    A lone surrogate, which JSON in UTF-8 cannot contain, becomes a question mark.
    """
    if isinstance(detail, str) and detail:
        return detail.encode("utf-8", "replace").decode()
    return responses.get(status, f"Error {status}")


def without_body_headers(headers: Mapping[str, str]) -> dict[str, str]:
    """Return the headers without those that describe the body, because the answer has another body."""
    return {name: value for name, value in headers.items() if name.lower() not in _OF_BODY}
