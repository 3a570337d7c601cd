"""Reads the parts of a multipart body with the package `multipart`, for plain WSGI."""

from __future__ import annotations

import importlib
from collections.abc import Iterator
from typing import Any

from stepdsl.core.missing import missing_package
from stepdsl.server.uploads import MAX_PARTS, BoundedReader, MalformedError, UploadedFile, content_type_of, file_name

__all__ = ["files_of"]


def files_of(reader: BoundedReader, content_type: str, param: str) -> Iterator[UploadedFile]:
    """Yield the files in the part `param`. Raises MalformedError if the body is not valid multipart data.

    Raises ImportError without the package.
    """
    multipart = _package()
    _, options = multipart.parse_options_header(content_type)
    data = bytearray()
    part: Any = None
    try:
        with multipart.PushMultipartParser(options.get("boundary", ""), max_segment_count=MAX_PARTS) as parser:
            while not parser.closed:
                for event in parser.parse(reader.read()):
                    if isinstance(event, (bytes, bytearray)):
                        data += event
                    elif event is not None:  # the headers of a part
                        part = event
                        data.clear()
                    elif part.name == param and part.filename is not None:
                        yield UploadedFile(file_name(part.filename), content_type_of(part.content_type), bytes(data))
    except (multipart.MultipartError, UnicodeError) as error:
        raise MalformedError(str(error)) from None


def _package() -> Any:
    """Return the package `multipart`. It has no types, and old releases of python-multipart have the same name."""
    try:
        package: Any = importlib.import_module("multipart")
        package.PushMultipartParser  # noqa: B018  # python-multipart does not have it
    except (ImportError, AttributeError):
        raise missing_package("uploads in plain WSGI need", "multipart", "wsgi") from None
    return package
