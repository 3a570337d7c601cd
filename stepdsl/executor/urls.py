"""Joins, normalises and splits URLs as browsers do (https://url.spec.whatwg.org)."""

from __future__ import annotations

import base64
import re
import unicodedata
from typing import Final, TypeAlias
from urllib.parse import unquote_to_bytes

from attrs import frozen
from urllib3.util import parse_url

__all__ = ["Address", "Origin", "RelativeUrlError", "join", "locate", "scheme_of"]

Origin: TypeAlias = tuple[str, str, int]
"""Scheme, host and port. Credentials may be sent only to their origin."""

_PORTS: Final = {"http": 80, "https": 443}
_ENDS: Final = "".join(map(chr, range(0x21)))
_DROPPED: Final = str.maketrans("", "", "\t\n\r")
_DOTS: Final = str.maketrans("。．｡", "...")
_SCHEME: Final = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):")
_BEFORE_QUERY: Final = re.compile(r"[^?#]*")
_AFTER_SCHEME: Final = re.compile(r"//([^/?#]*)([^?#]*)(\?[^#]*)?")
"""Authority, path and query of an http or https URL."""
_NOT_IN_HOST: Final = frozenset('\0\t\n\r #%/:<>?@[\\]^|"')


class RelativeUrlError(ValueError):
    """Internal: the URL is relative, and there is no URL to join it to."""

    def __init__(self) -> None:
        super().__init__("a relative URL, and there is no base_url to join it to")


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
    """Return the address of a URL. A relative URL is joined to `base`, which is the `base` of another address.

    Raises RelativeUrlError for a relative URL without a base. Raises ValueError, and no other error, for a scheme other
    than http and https, and for a URL without a valid host or port.
    """
    absolute = join(url, base)
    scheme = scheme_of(absolute)
    parts = _AFTER_SCHEME.match(absolute, len(scheme) + 1)
    if scheme not in _PORTS or parts is None:
        raise ValueError(f"neither http nor https, but {scheme[:20]!r}")
    authority, path, query = parts.groups("")
    try:
        normalised = f"{scheme}://{_ascii(authority)}{_without_dots(path)}{query}"
        parsed = parse_url(normalised)
    except ValueError:  # the error texts of the parser can contain the user info
        raise ValueError("no valid host or port") from None
    if not parsed.host or " " in parsed.host:  # older releases of urllib3 accept a space
        raise ValueError("no valid host or port")
    return Address(
        url=parsed._replace(auth=None).url,
        origin=(scheme, parsed.host, _PORTS[scheme] if parsed.port is None else parsed.port),
        authorization=_basic(parsed.auth),
        base=normalised,
    )


def join(url: str, base: str | None) -> str:
    """Return a URL as an absolute URL. A relative URL is joined to `base`, which is an absolute http or https URL.

    White space around the URL, and tabs and line breaks in it, are removed. Backslashes of http and https URLs become
    slashes. The rest is neither checked nor encoded. Raises RelativeUrlError for a relative URL without a base.
    """
    trimmed = url.strip(_ENDS).translate(_DROPPED)
    scheme = scheme_of(trimmed)
    if scheme and scheme not in _PORTS:
        return trimmed
    rest = trimmed[len(scheme) + 1 :] if scheme else trimmed
    rest = _BEFORE_QUERY.sub(lambda found: found[0].replace("\\", "/"), rest, count=1)
    base_scheme = "" if base is None else scheme_of(base)
    # `http:x` is relative to a base with the same scheme. For any other base, x is the host.
    if scheme and scheme != base_scheme:
        return f"{scheme}://{rest.lstrip('/')}"
    if base is None:
        raise RelativeUrlError
    if rest.startswith("//"):
        return f"{base_scheme}://{rest.lstrip('/')}"
    return _join_path(rest, base)


def scheme_of(url: str) -> str:
    """Return the scheme of a URL in lower case; an empty string for a relative URL."""
    found = _SCHEME.match(url)
    return "" if found is None else found[1].lower()


def _join_path(relative: str, base: str) -> str:
    """Join a URL without scheme and host to an absolute URL."""
    parts = _AFTER_SCHEME.search(base)
    assert parts is not None, "the base is an http or https URL"
    if relative.startswith("/"):
        kept = base[: parts.start(2)]
    elif relative.startswith("?"):
        kept = base[: parts.end(2)]
    elif relative.startswith("#") or not relative:
        kept = base[: parts.end()]
    else:
        kept = base[: parts.start(2)] + parts[2].rpartition("/")[0] + "/"
    return kept + relative


def _without_dots(path: str) -> str:
    """Return an absolute path without `.` and `..`; an empty path stays empty."""
    kept: list[str] = []
    last = ""
    for segment in path.split("/")[1:]:
        last = segment.lower().replace("%2e", ".")
        if last == "..":
            del kept[-1:]
        elif last != ".":
            kept.append(segment)
    if last in (".", ".."):
        kept.append("")
    return "".join(f"/{segment}" for segment in kept)


def _ascii(authority: str) -> str:
    """Return an authority with an international host name in its ASCII form (punycode). Raises ValueError."""
    user_info, at, host_port = authority.rpartition("@")
    if host_port.isascii():
        return authority
    host, colon, port = host_port.partition(":")
    # Not the codec "idna": it implements IDNA 2003 and replaces "ß" by "ss". Today that is another host.
    name = unicodedata.normalize("NFKC", host.lower()).translate(_DOTS)
    if not _NOT_IN_HOST.isdisjoint(name):
        raise ValueError("the host has a character that ends a host")
    labels = [label if label.isascii() else "xn--" + label.encode("punycode").decode() for label in name.split(".")]
    return f"{user_info}{at}{'.'.join(labels)}{colon}{port}"


def _basic(user_info: str | None) -> str | None:
    if not user_info:
        return None
    user, _, password = user_info.partition(":")
    secret = unquote_to_bytes(user) + b":" + unquote_to_bytes(password)
    return "Basic " + base64.b64encode(secret).decode()
