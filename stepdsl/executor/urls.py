"""Joins, normalises and splits URLs as browsers do."""

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
"""Scheme, host and port. Credentials may be sent only to their origin."""

_PORTS: Final = {"http": 80, "https": 443}
_ENDS: Final = "".join(map(chr, range(0x21)))
_DROPPED: Final = str.maketrans("", "", "\t\n\r")
_DOTS: Final = str.maketrans("。．｡", "...")
_BEFORE_QUERY: Final = re.compile(r"[^?#]*")


@frozen
class Address:
    """The address of a request."""

    url: str
    """The URL that is sent: absolute, percent-encoded, without user info and fragment."""
    origin: Origin
    """The origin of the URL. The parser is the one that is also used for connecting, so both give the same host."""
    authorization: str | None
    """The Authorization header made from the user info in the URL; None without user info."""
    base: str
    """The URL that relative URLs are joined to."""


def locate(url: str, base: str | None = None) -> Address:
    """Return the address of a URL. A relative URL is joined to `base`.

    Raises ValueError, and no other error, for a relative URL without a base and for an invalid http or https URL.
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
    except ValueError:  # the error texts of the parsers can contain the user info
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
    """Prepare a URL as browsers do: trim it, remove line breaks and tabs, replace backslashes by slashes."""
    trimmed = url.strip(_ENDS).translate(_DROPPED)
    return _BEFORE_QUERY.sub(lambda found: found[0].replace("\\", "/"), trimmed, count=1)


def _ascii(netloc: str) -> str:
    """Return `netloc` with an international host name in its ASCII form (punycode)."""
    user_info, at, host_port = netloc.rpartition("@")
    host, colon, port = host_port.partition(":")
    # Not the codec "idna": it implements IDNA 2003 and replaces "ß" by "ss". Today that is another host.
    labels = unicodedata.normalize("NFKC", host.lower()).translate(_DOTS).split(".")
    encoded = [label if label.isascii() else "xn--" + label.encode("punycode").decode() for label in labels]
    return f"{user_info}{at}{'.'.join(encoded)}{colon}{port}"


def _basic(user_info: str | None) -> str | None:
    if not user_info:
        return None
    user, _, password = user_info.partition(":")
    secret = unquote_to_bytes(user) + b":" + unquote_to_bytes(password)
    return "Basic " + base64.b64encode(secret).decode()
