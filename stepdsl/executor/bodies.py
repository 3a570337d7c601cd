"""Reading the body of an answer within bounds, and never leaving a half-read connection behind."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from urllib3 import HTTPHeaderDict

from stepdsl.executor.bounds import Bounds
from stepdsl.executor.protocols import HttpResponse

__all__ = ["BodyTooLargeError", "discard", "find_header", "read_body"]

_CHUNK: Final = 65_536
_WORTH_READING: Final = 16_384
"""Up to this size an unwanted body is read, so that its connection can be used again."""


class BodyTooLargeError(Exception):
    """Internal: the body is larger than what is accepted."""


def read_body(response: HttpResponse, bounds: Bounds, limit: int) -> bytes:
    """Return the decoded body and give the connection back; close it if that is not to be had.

    Raises BodyTooLargeError, what `bounds` raises, and what `response` raises.
    """
    if response.status < 200:  # an interim answer: what follows on the connection belongs to it too
        _release(response, reusable=False)
        return b""
    complete = False
    try:
        body = _read(response, bounds, limit)
        complete = True
        return body
    finally:
        _release(response, reusable=complete)


def discard(response: HttpResponse, bounds: Bounds) -> None:
    """Get rid of a body that nobody wants: read a small one, close the connection of any other."""
    length = find_header(response.headers, "Content-Length") or ""
    if length.isascii() and length.isdigit() and len(length) < 10 and int(length) <= _WORTH_READING:
        read_body(response, bounds, _WORTH_READING)
    else:
        _release(response, reusable=False)


def find_header(headers: Mapping[str, str], name: str) -> str | None:
    """Return a header whatever case its name is spelt in; None if there is none."""
    if name in headers:
        return headers[name]
    if isinstance(headers, HTTPHeaderDict):
        return None
    return next((value for key, value in headers.items() if key.lower() == name.lower()), None)


def _read(response: HttpResponse, bounds: Bounds, limit: int) -> bytes:
    # read1 returns what is there, so that the time is looked at more often than once a chunk.
    read = getattr(response, "read1", response.read)
    chunks: list[bytes] = []
    room = limit + 1
    while chunk := read(min(room, _CHUNK)):
        chunks.append(chunk)
        room -= len(chunk)
        if room <= 0:
            raise BodyTooLargeError(f"the body is larger than {limit} bytes")
        if _all_here(response):
            break
        bounds.left()
    return b"".join(chunks)


def _all_here(response: HttpResponse) -> bool:
    """Whether one of urllib3's answers has given all that it has; asking once more for nothing costs it a while."""
    return getattr(response, "length_remaining", None) == 0 and getattr(response, "decode_content", None) is False


def _release(response: HttpResponse, *, reusable: bool) -> None:
    close = getattr(response, "close", None)
    if not reusable and close is not None:
        close()
    response.release_conn()
