"""Bodies of multipart/form-data, as clients send them."""

from __future__ import annotations

from collections.abc import Sequence

Part = tuple[str, str | None, str, bytes]
"""The name of a part, its file name, its content type and its data."""


def multipart(parts: Sequence[Part], boundary: str = "x-5f1-x") -> tuple[bytes, str]:
    """Return the body and its content type."""
    body = b""
    for name, filename, content_type, data in parts:
        file = "" if filename is None else f'; filename="{filename}"'
        head = f'--{boundary}\r\nContent-Disposition: form-data; name="{name}"{file}\r\n'
        head += f"Content-Type: {content_type}\r\n" if content_type else ""
        body += f"{head}\r\n".encode() + data + b"\r\n"
    return body + f"--{boundary}--\r\n".encode(), f"multipart/form-data; boundary={boundary}"
