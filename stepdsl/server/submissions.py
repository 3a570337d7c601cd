"""Reads the body that a client submits. The result is JSON within limits, or an error with an answer."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from itertools import chain
from typing import Any, Final

from stepdsl.core.messages import expected, show
from stepdsl.errors import InvalidValueError, StepDslError, WireError
from stepdsl.server.responses import FlowResponse, error
from stepdsl.wire import parse_data

__all__ = [
    "CHUNK",
    "MAX_BYTES",
    "MAX_DETAIL",
    "MAX_LEVELS",
    "Body",
    "SubmissionError",
    "cut_short",
    "length_of",
    "whole_body",
]

MAX_BYTES: Final = 1_048_576
"""The default size limit for the body of a submission, in bytes: one mebibyte."""

MAX_LEVELS: Final = 64
"""The maximum nesting of a submission. JSON values of this library nest at most 100 deep.

The difference is for flows: a flow can put a submission into the model of a step, or into the result of the flow, below
some levels of its own.
"""

MAX_DETAIL: Final = 500
"""The maximum number of characters of an error of reading in the reason of a SubmissionError."""

CHUNK: Final = 65_536
"""The size of the pieces in which a body is read, in bytes."""

_MAX_DROPPED: Final = 268_435_456
"""A body that is too large is read and dropped up to this size in bytes. This lets the client receive the answer."""

_CONTENT_TYPE: Final = re.compile(r"\s*application/(?:[\w.+-]+\+)?json\s*(?:;(.*))?", re.IGNORECASE)
_CHARSET: Final = re.compile(r"charset\s*=\s*\"?([\w.:-]*)", re.IGNORECASE)


class SubmissionError(StepDslError):
    """The submission of a request is invalid. `response` is the answer to the request.

    The status is 400 (no body, or not JSON), 413 (too large) or 415 (another content type or charset). A flow can also
    raise it, for example for JSON of the wrong type, or with messages for fields.
    """

    def __init__(self, status: int, reason: str, validation: Mapping[str, Any] | None = None) -> None:
        """Take the status of the answer, the reason, and messages for fields, as `stepdsl.server.error` takes them.

        With messages for fields the answer has these, and the reason is only the text of the error. Raises
        InvalidValueError for what `stepdsl.server.error` does not take.
        """
        super().__init__(status, reason, validation)
        self.status = status
        self.reason = reason
        self.validation = validation
        message = reason if validation is None else None
        self._response = error(message, validation=validation, status=status)

    def __str__(self) -> str:
        return self.reason

    @property
    def response(self) -> FlowResponse:
        """The answer. Its body is an `ErrorResponseBody` with the reason, or with the messages for fields."""
        return self._response


class Body:
    """The body of a request, received in chunks. It never stores more than `max_bytes`."""

    def __init__(self, max_bytes: int) -> None:
        """Take the size limit in bytes. Raises InvalidValueError if it is no integer of 0 or more."""
        given: Any = max_bytes  # callers without a type checker
        if not isinstance(given, int) or given < 0:
            raise InvalidValueError("max_bytes", expected("0 bytes or more", given, int))
        self._max_bytes = max_bytes
        self._received = bytearray()
        self._size = 0

    def feed(self, chunk: bytes) -> bool:
        """Add the next chunk. Return whether the caller should read another one.

        A body that is too large is read and dropped, up to a second limit. This lets the client receive the answer.
        """
        self._size += len(chunk)
        if self._size <= self._max_bytes:
            self._received += chunk
        else:
            self._received.clear()
        return self._size <= _MAX_DROPPED

    def feed_all(self, read: Callable[[int], bytes]) -> None:
        """Add all chunks that `read` returns. `read` is the method of a file-like object."""
        while (chunk := read(CHUNK)) and self.feed(chunk):
            pass

    def parse(self, content_type: str | None) -> Any:
        """Return the JSON of the whole body. Raises SubmissionError if it is not JSON in UTF-8 within the limits.

        Without a content type, the body is read as JSON. The limits are those of all JSON values of this library:
        integers of 64 bits, no lone surrogates. A submission nests at most 64 levels.
        """
        if self._size > self._max_bytes:
            raise SubmissionError(413, f"expected at most {self._max_bytes} bytes")
        if not self._received.strip():  # checked first: some servers set a content type without a body
            raise SubmissionError(400, "expected a JSON body, got none")
        _check_content_type(content_type)
        try:
            value = parse_data(self._received)
        except WireError as error:
            raise SubmissionError(400, str(error)[:MAX_DETAIL]) from None
        if _levels(value) > MAX_LEVELS:
            raise SubmissionError(400, f"expected at most {MAX_LEVELS} levels of nesting")
        return value


def cut_short() -> SubmissionError:
    """Return the error for a body that ended too early because the client disconnected."""
    return SubmissionError(400, "expected the whole body, got a part of it")


def whole_body(read: Callable[[int], bytes], length: int | None) -> Callable[[int], bytes]:
    """Return a function that reads a body like `read`, and raises SubmissionError if the body is not whole.

    - `read` is of the server. If it raises anything, the connection is broken, or the chunks of the body are malformed.
      Servers have different exceptions for these. SubmissionError is raised unchanged.
    - `length`: the Content-Length; None without it, as for a body in chunks. A server can end the stream before it when
      the connection ends.
    """
    received = 0

    def checked(size: int) -> bytes:
        nonlocal received
        try:
            chunk = read(size)
        except SubmissionError:
            raise
        except Exception as error:  # wsgiref has OSError, Cheroot ValueError, Gunicorn its own classes
            raise cut_short() from error
        received += len(chunk)
        if not chunk and length is not None and received < length:
            raise cut_short()
        return chunk

    return checked


def length_of(content_length: str | None) -> int:
    """Return the value of a Content-Length header. It is 0 for a missing or invalid one: there is no body then."""
    length = (content_length or "").strip(" \t")
    return int(length) if length.isascii() and length.isdigit() and len(length) < 19 else 0


def _levels(value: Any) -> int:
    """Return how deep a JSON value is nested: 0 for a string, 1 for an empty list or a list of strings."""
    levels = 0
    values: list[Any] = [value]
    while True:
        dicts: list[dict[str, Any]] = [one for one in values if isinstance(one, dict)]
        lists: list[list[Any]] = [one for one in values if isinstance(one, list)]
        if not dicts and not lists:
            return levels
        levels += 1
        values = [inner for one in dicts for inner in one.values()]
        values += chain.from_iterable(lists)


def _check_content_type(content_type: str | None) -> None:
    if not content_type:
        return
    match = _CONTENT_TYPE.fullmatch(content_type)
    if match is None:
        raise SubmissionError(415, f"expected a body of application/json, got {show(content_type)}")
    charset = _CHARSET.search(match[1] or "")
    if charset is not None and charset[1].lower() not in ("utf-8", "utf8", "us-ascii"):
        raise SubmissionError(415, f"expected a body in UTF-8, got {show(charset[1])}")
