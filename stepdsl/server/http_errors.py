"""Errors of HTTP, such as 404 and 405, as messages for clients of a flow."""

from __future__ import annotations

from collections.abc import Iterable
from http.client import responses

from stepdsl.core.json import replace_surrogates
from stepdsl.server.responses import FlowResponse, error

__all__ = ["http_error", "without_body_headers"]

_OF_BODY = ("content-type", "content-length", "content-encoding")


def http_error(status: int, detail: object) -> FlowResponse:
    """Return the answer for an error. Its message is the detail if this is a text, otherwise the phrase of the status.

    A lone surrogate, which JSON in UTF-8 cannot contain, becomes a question mark.
    """
    if isinstance(detail, str) and detail:
        message = replace_surrogates(detail)
    else:
        message = responses.get(status, f"Error {status}")
    return error(message, status=status)


def without_body_headers(headers: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    """Return the headers without those that describe the body, because the answer has another body."""
    return [(name, value) for name, value in headers if name.lower() not in _OF_BODY]
