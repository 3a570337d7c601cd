"""Where a URL leads: joined, normalised and split as a browser does it."""

from __future__ import annotations

import base64
import re
import unicodedata
from typing import Final, TypeAlias
from urllib.parse import unquote_to_bytes, urljoin, urlsplit

from attrs import frozen
from urllib3.util import Url, parse_url

__all__ = ["Address", "Origin", "locate"]

Origin: TypeAlias = tuple[str, str, int]
"""Scheme, host and port: what credentials may be sent to, and nowhere else."""

_PORTS: Final = {"http": 80, "https": 443}
_ENDS: Final = "".join(map(chr, range(0x21)))
_DROPPED: Final = str.maketrans("", "", "\t\n\r")
_DOTS: Final = str.maketrans("。．｡", "...")
_BEFORE_QUERY: Final = re.compile(r"[^?#]*")


@frozen
class Address:
    """A place that a request can be sent to."""

    url: str
    """As it is sent: absolute, percent-encoded, without user info and fragment."""
    origin: Origin
    """What it belongs to. Taken from the very parser that connects, so that the two cannot disagree."""
    authorization: str | None
    """What the user info in the URL comes to as an Authorization header; None if there is none."""
    base: str
    """What relative references are joined to."""


def locate(url: str, base: str | None = None) -> Address:
    """Return where a URL leads, seen from `base`.

    Raises ValueError, and nothing else, for a relative URL without a base and for everything that is no usable http
    or https URL.
    """
    try:
        absolute = _tidy(url)
        parts = urlsplit(absolute)
        if not parts.scheme and base is not None:
            absolute = urljoin(base, absolute)
            parts = urlsplit(absolute)
        if not parts.netloc.isascii():
            absolute = parts._replace(netloc=_ascii(parts.netloc)).geturl()
        parsed = parse_url(absolute) if parts.scheme in _PORTS else Url()
    except ValueError:  # the parsers' own texts may hold the user info
        raise ValueError("no valid host or port") from None
    if not parts.scheme:
        raise ValueError("a relative URL, and there is no base_url to join it to")
    if parts.scheme not in _PORTS:
        raise ValueError(f"neither http nor https, but {parts.scheme[:20]!r}")
    if not parsed.host:
        raise ValueError("no valid host or port")
    port = _PORTS[parts.scheme] if parsed.port is None else parsed.port
    return Address(
        url=parsed._replace(auth=None, fragment=None).url,
        origin=(parts.scheme, parsed.host, port),
        authorization=_basic(parsed.auth),
        base=absolute,
    )


def _tidy(url: str) -> str:
    """Do what browsers do before they parse: trim, drop line breaks and tabs, take backslashes for slashes."""
    trimmed = url.strip(_ENDS).translate(_DROPPED)
    return _BEFORE_QUERY.sub(lambda found: found[0].replace("\\", "/"), trimmed, count=1)


def _ascii(netloc: str) -> str:
    """Return the host of an international name in its ASCII form (punycode)."""
    user_info, at, host_port = netloc.rpartition("@")
    host, colon, port = host_port.partition(":")
    # Not the codec "idna": it is of 2003, and takes "ß" for "ss", which is another host today.
    labels = unicodedata.normalize("NFKC", host.lower()).translate(_DOTS).split(".")
    encoded = [label if label.isascii() else "xn--" + label.encode("punycode").decode() for label in labels]
    return f"{user_info}{at}{'.'.join(encoded)}{colon}{port}"


def _basic(user_info: str | None) -> str | None:
    if not user_info:
        return None
    user, _, password = user_info.partition(":")
    secret = unquote_to_bytes(user) + b":" + unquote_to_bytes(password)
    return "Basic " + base64.b64encode(secret).decode()
