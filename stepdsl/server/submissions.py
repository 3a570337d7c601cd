"""Reading what a client submits, however wrong it is: JSON within bounds, or an error that is an answer already."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, Final

from stepdsl.core.messages import show
from stepdsl.errors import InvalidValueError, StepDslError, WireError
from stepdsl.server.responses import FlowResponse, error
from stepdsl.wire import parse_data

__all__ = ["MAX_BYTES", "Body", "SubmissionError", "cut_short"]

MAX_BYTES: Final = 1_048_576
"""How large the body of a submission may be unless told otherwise: one mebibyte."""

_CHUNK: Final = 65_536
_PATIENCE: Final = 268_435_456
"""How much of a body that is too large is read and dropped, so that its sender gets to see the answer."""

_CONTENT_TYPE: Final = re.compile(r"\s*application/(?:[\w.+-]+\+)?json\s*(?:;(.*))?", re.IGNORECASE)
_CHARSET: Final = re.compile(r"charset\s*=\s*\"?([\w.:-]*)", re.IGNORECASE)


class SubmissionError(StepDslError):
    """A request holds no submission that can be read; `response` is the answer to it.

    The status is 400 (no body, no JSON), 413 (too large) or 415 (another content type or charset). A flow may raise it
    too, where a submission is not even of the right shape.
    """

    def __init__(self, status: int, reason: str) -> None:
        """Take the status of the answer, and what to say."""
        super().__init__(status, reason)
        self.status = status
        self.reason = reason

    def __str__(self) -> str:
        return self.reason

    @property
    def response(self) -> FlowResponse:
        """The answer: an `ErrorResponseBody` with the reason."""
        return error(self.reason, status=self.status)


class Body:
    """The body of a request as it comes in, piece by piece; it never holds more than is allowed."""

    def __init__(self, max_bytes: int) -> None:
        """Take how large the body may be; raise InvalidValueError for less than 0."""
        if max_bytes < 0:
            raise InvalidValueError("max_bytes", f"expected 0 bytes or more, got {show(max_bytes)}")
        self._max_bytes = max_bytes
        self._held = bytearray()
        self._size = 0

    def feed(self, chunk: bytes) -> bool:
        """Take the next piece; return whether the one after it is worth reading.

        What is too large is read on and dropped up to a point, so that its sender gets to see the answer.
        """
        self._size += len(chunk)
        if self._size <= self._max_bytes:
            self._held += chunk
        else:
            self._held.clear()
        return self._size <= _PATIENCE

    def feed_all(self, read: Callable[[int], bytes]) -> None:
        """Take everything that a file-like object has."""
        while (chunk := read(_CHUNK)) and self.feed(chunk):
            pass

    def parse(self, content_type: str | None) -> Any:
        """Return the JSON of the whole body; raise SubmissionError for anything but JSON in UTF-8 within bounds.

        A request without a content type is taken at its body's word. The bounds are those of all JSON values of this
        library: nesting 100 deep, integers of 64 bits, no lone surrogates.
        """
        if self._size > self._max_bytes:
            raise SubmissionError(413, f"expected at most {self._max_bytes} bytes")
        if not self._held.strip():  # first, for some servers tell a content type even where there is no body
            raise SubmissionError(400, "expected a JSON body, got none")
        _check_content_type(content_type)
        try:
            return parse_data(self._held)
        except WireError as error:
            raise SubmissionError(400, str(error)[:500]) from None


def cut_short() -> SubmissionError:
    """Return the error for a body whose sender went away in the middle of it; hardly anybody is left to read it."""
    return SubmissionError(400, "expected the whole body, got a part of it")


def _check_content_type(content_type: str | None) -> None:
    if not content_type:
        return
    told = _CONTENT_TYPE.fullmatch(content_type)
    if told is None:
        raise SubmissionError(415, f"expected a body of application/json, got {show(content_type)}")
    charset = _CHARSET.search(told[1] or "")
    if charset is not None and charset[1].lower() not in ("utf-8", "utf8", "us-ascii"):
        raise SubmissionError(415, f"expected a body in UTF-8, got {show(charset[1])}")
