"""Uploaded files: their limits, the errors for users, and what the adapters have in common.

A persist-async request with a file is `multipart/form-data`. The file is the part with the name of `param`. The
function `upload` of each adapter reads it with the parser of its framework.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from typing import Final

from attrs import evolve, field, frozen

from stepdsl.core.messages import expected, shorten, show
from stepdsl.errors import InvalidValueError
from stepdsl.server.submissions import CHUNK, Body, SubmissionError
from stepdsl.validation.mime_types import is_accepted, is_mime_type
from stepdsl.validation.paths import has_text, path_text
from stepdsl.validation.texts import KEYWORDS, checked_messages

__all__ = [
    "MAX_PARTS",
    "MAX_UPLOAD_BYTES",
    "BodyCheck",
    "BoundedReader",
    "MalformedError",
    "UploadRules",
    "UploadedFile",
    "content_type_of",
    "file_name",
]

MAX_UPLOAD_BYTES: Final = 10_000_000
"""The default size limit for an uploaded file, in bytes: ten megabytes."""

MAX_PARTS: Final = 20
"""The maximum number of parts of an upload. A client sends one; some clients add a few fields."""

_OTHER_BYTES: Final = 65_536
"""The size limit for everything else in the body: headers of parts, and other fields."""

_MULTIPART: Final = re.compile(r"\s*multipart/form-data\s*(?:;.*)?", re.IGNORECASE)
_BOUNDARY: Final = re.compile(r";\s*boundary\s*=\s*(?:\"([^\"]*)\"|([^\s;]*))", re.IGNORECASE)

_TEXTS: Final[Mapping[str, str]] = {
    "required": "Choose a file.",
    "type": "The file could not be read. Send it again.",
    "accepts": KEYWORDS["accepts"],
    "maxSize": "Choose a file of at most {limit}.",
}
"""The texts for users, by the keyword of `validation_messages`. `type` is the one for a body that cannot be read."""

_UNITS: Final = ((1_000_000_000, "GB"), (1_000_000, "MB"), (2**20, "MiB"), (1_000, "kB"), (2**10, "KiB"))


@frozen
class UploadedFile:
    """A file that a client has uploaded. The client chooses the name and the content type; they can be wrong."""

    filename: str
    """The name of the file, without directories and control characters. It can be empty. Do not use it as a path."""
    content_type: str
    """The content type that the client sent, in lower case and without parameters. The data can be something else."""
    data: bytes = field(repr=False)
    """The content of the file."""


class MalformedError(Exception):
    """Internal: a parser cannot read a body."""


@frozen
class UploadRules:
    """The limits of an upload, and the errors of an upload that breaks them."""

    param: str
    """The name of the part with the file."""
    max_bytes: int
    """The maximum size of the file in bytes."""
    accepts: tuple[str, ...] | None
    """The allowed content types, such as `image/*`; None allows all."""
    texts: Mapping[str, str]
    """The texts for users, by the keyword of `validation_messages`."""

    @classmethod
    def of(
        cls, param: str, max_bytes: int, accepts: Sequence[str] | None, messages: Mapping[str, str] | None
    ) -> UploadRules:
        """Check the arguments of an `upload` function. Raises InvalidValueError."""
        if not _is(param, str) or not param or not has_text(param):
            raise InvalidValueError("param", f"expected the name of a part, got {show(param)}")
        if not _is(max_bytes, int) or max_bytes < 1:
            raise InvalidValueError("max_bytes", f"expected 1 byte or more, got {show(max_bytes)}")
        return cls(param, max_bytes, _content_types(accepts), {**_TEXTS, **checked_messages(messages, _TEXTS)})

    def within(self, limit: int | None) -> UploadRules:
        """Return the rules with the smaller one of two size limits. 0 and None are no limit."""
        return evolve(self, max_bytes=min(self.max_bytes, limit)) if limit else self

    # -- the body -----------------------------------------------------------------------------------------------------

    @property
    def body_bytes(self) -> int:
        """The size limit of the whole body."""
        return self.max_bytes + _OTHER_BYTES

    def check_body_type(self, content_type: str) -> None:
        """Raise SubmissionError if the body of a request is not multipart."""
        if _MULTIPART.fullmatch(content_type) is None:
            raise self._error(415, "type", f"expected a body of multipart/form-data, got {show(content_type)}")

    def read(
        self,
        read: Callable[[int], bytes],
        content_type: str,
        parse: Callable[[BoundedReader], Iterable[UploadedFile]],
    ) -> UploadedFile:
        """Return the file of a body. `parse` returns the files in the part `param`. Raises SubmissionError.

        The rest of the body is read and dropped, also after an error. This lets the client receive the answer.
        """
        try:
            self.check_body_type(content_type)
            return self.chosen(list(parse(BoundedReader(read, BodyCheck(self, content_type)))))
        except MalformedError as error:
            raise self.unreadable(str(error)) from None
        except SubmissionError as error:
            raise self.at_field(error) from None
        finally:
            with suppress(SubmissionError):
                Body(0).feed_all(read)

    # -- the file -----------------------------------------------------------------------------------------------------

    def chosen(self, files: Sequence[UploadedFile]) -> UploadedFile:
        """Return the one file. Raises SubmissionError if there is none, or more than one, or if it is not allowed."""
        chosen = [file for file in files if file.filename or file.data]  # a browser sends an empty part without a file
        if len(chosen) != 1:
            raise self._error(400, "required", f"expected one file in the part {self.param!r}, got {len(chosen)}")
        (found,) = chosen
        if self.accepts is not None and not (self.accepts and is_accepted(found.content_type, self.accepts)):
            allowed = ", ".join(self.accepts)
            raise self._error(415, "accepts", f"expected {allowed}, got {show(found.content_type)}", allowed)
        if len(found.data) > self.max_bytes:
            raise self.too_large()
        return found

    def too_large(self) -> SubmissionError:
        """Return the error for a file or a body above the size limit."""
        return self._error(413, "maxSize", f"expected at most {self.max_bytes} bytes", _size(self.max_bytes))

    def unreadable(self, reason: str) -> SubmissionError:
        """Return the error for a body that is not valid multipart data within the limits."""
        return self._error(400, "type", f"no multipart/form-data: {shorten(reason)}")

    def at_field(self, error: SubmissionError) -> SubmissionError:
        """Return an error of reading a body as an error at the field."""
        if error.validation is not None:
            return error
        return self.too_large() if error.status == 413 else self.unreadable(error.reason)

    def _error(self, status: int, keyword: str, reason: str, limit: str = "") -> SubmissionError:
        text = self.texts[keyword].replace("{limit}", limit)
        return SubmissionError(status, f"{self.param}: {reason}", {path_text((self.param,)): text})


class BodyCheck:
    """Checks the chunks of a body: its size, and that it is complete. Some parsers accept a body without its end."""

    def __init__(self, rules: UploadRules, content_type: str) -> None:
        """Take the rules, and the content type of the body, which contains the boundary of the parts."""
        match = _BOUNDARY.search(content_type)
        boundary = "" if match is None else match[1] or match[2] or ""
        self._end = f"\r\n--{boundary}--".encode("latin-1", "replace")
        self._rules = rules
        self._size = 0
        self._tail = b"\r\n"  # the end of a body without parts is its first line
        self._is_complete = False

    def feed(self, chunk: bytes) -> None:
        """Take the next chunk; an empty one is the end of the body.

        Raises SubmissionError for a body above the size limit, and at its end if it is not complete.
        """
        self._size += len(chunk)
        if self._size > self._rules.body_bytes:
            raise self._rules.too_large()
        if not self._is_complete:
            window = self._tail + chunk
            self._is_complete = self._end in window
            self._tail = window[-len(self._end) :]
        if not chunk and not self._is_complete:
            raise self._rules.unreadable("the end of the body is missing")


class BoundedReader:
    """Reads a body in chunks, and checks them. It is a file-like object for a parser."""

    def __init__(self, read: Callable[[int], bytes], check: BodyCheck) -> None:
        """Take the function that reads the body, and the check."""
        self._read = read
        self._check = check

    def read(self, size: int = -1) -> bytes:
        """Return the next chunk, of at most `size` bytes. Raises SubmissionError if the body is not allowed."""
        chunk = self._read(min(size, CHUNK) if size > 0 else CHUNK)
        self._check.feed(chunk)
        return chunk


def file_name(given: str | None) -> str:
    """Return the name of a file without directories and control characters, cut to 255 characters."""
    last = re.split(r"[/\\]", given or "")[-1]
    return "".join(filter(str.isprintable, last))[:255]


def content_type_of(given: str | None) -> str:
    """Return a content type in lower case without parameters; `application/octet-stream` if there is none."""
    return (given or "").partition(";")[0].strip().lower() or "application/octet-stream"


def _size(count: int) -> str:
    """Return a number of bytes for a user: `5 MB`, `2.5 MB`, `512 KiB`, `1234 bytes`."""
    for unit, name in _UNITS:
        if count >= unit and count * 10 % unit == 0:
            return f"{count / unit:.1f}".removesuffix(".0") + f" {name}"
    return f"{count} bytes"


def _content_types(accepts: Sequence[str] | None) -> tuple[str, ...] | None:
    if accepts is None:
        return None
    if isinstance(accepts, str) or not _is(accepts, Iterable):
        raise InvalidValueError("accepts", expected("a list of content types", accepts, list))
    types = tuple(accepts)  # an iterator has its items only once
    for index, one in enumerate(types):
        if not _is(one, str) or not is_mime_type(one):
            raise InvalidValueError(f"accepts[{index}]", f"expected a content type such as 'image/*', got {show(one)}")
    return tuple(one.lower() for one in types)


def _is(value: object, cls: type) -> bool:
    """Return whether a value has this type. Callers without a type checker can pass any values."""
    return isinstance(value, cls)
