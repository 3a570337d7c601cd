"""Checks the arguments of an executor and the URLs of a step, before the first request of a run."""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable, Collection, Iterator, Mapping
from typing import Any, Final, TypeGuard

from stepdsl.core.messages import class_name, expected, shorten, show
from stepdsl.errors import InvalidValueError
from stepdsl.executor.urls import Address, RelativeUrlError, join, locate, scheme_of
from stepdsl.headers import HEADER_NAME, HEADER_VALUE
from stepdsl.model.actions import ActionBehavior
from stepdsl.model.features import Polling

__all__ = [
    "check_callback",
    "check_clock",
    "check_http",
    "check_max_body",
    "check_timeout",
    "check_urls",
    "join_external",
    "parse_base_url",
    "parse_headers",
    "parse_schemes",
]

_HTTP: Final = "a urllib3.PoolManager or an object with the same request method"
_CLOCK: Final = "an object with monotonic() and sleep(seconds)"
_OPTIONS: Final = ("body", "headers", "timeout", "retries", "redirect", "preload_content")
"""The keyword arguments of `Http.request`."""
_HOST: Final = re.compile(r"\w[\w.-]*(:[0-9]+)?([/?#].*)?")
"""A URL that begins with a host, because its scheme is missing."""


# -- arguments of the executor ------------------------------------------------------------------------------------


def parse_base_url(base_url: object) -> Address:
    """Return the address of a base URL. Raises InvalidValueError for an invalid one."""
    what = "an absolute http or https URL"
    if not isinstance(base_url, str):
        raise _invalid("base_url", expected(what, base_url, str))
    try:
        return locate(base_url)
    except ValueError:
        raise _invalid("base_url", f"expected {what}, got {_show_url(base_url)}{_with_scheme(base_url)}") from None


def parse_headers(headers: object) -> dict[str, tuple[str, str]]:
    """Return name and value of each header, by the name in lower case. Raises InvalidValueError for an invalid one.

    The text of the error does not contain a value of a header. It can be a secret.
    """
    if headers is None:
        return {}
    if not _is_mapping(headers):
        given = "a string" if isinstance(headers, str) else show(headers)
        raise _invalid("headers", f"expected a mapping of names to values, got {given}")
    fields: dict[str, tuple[str, str]] = {}
    for name, value in headers.items():
        if not isinstance(name, str) or not HEADER_NAME.fullmatch(name):
            raise _invalid("headers", f"{show(name)} is no name of a header")
        if not isinstance(value, str) or not HEADER_VALUE.fullmatch(value):
            raise _invalid("headers", f"{name}: expected Latin-1 text on one line, got {_described(value)}")
        fields[name.lower()] = (name, value)
    return fields


def _described(value: object) -> str:
    """Return what is wrong with the value of a header, without the value."""
    if not isinstance(value, str):
        return "None" if value is None else f"a value of the type {class_name(type(value))}"
    return "several lines" if {"\r", "\n"} & set(value) else "other characters"


def parse_schemes(schemes: object) -> frozenset[str]:
    """Return the schemes in lower case. Raises InvalidValueError for anything that is no collection of schemes."""
    if isinstance(schemes, str) or not _is_collection(schemes):
        raise _invalid("open_schemes", expected("a list of schemes", schemes, list))
    parsed: set[str] = set()
    for scheme in schemes:
        name = scheme_of(f"{scheme}:") if isinstance(scheme, str) else ""
        if not name or name != scheme.lower():
            raise _invalid("open_schemes", f"{show(scheme)} is no scheme{f'; write {name!r}' if name else ''}")
        parsed.add(name)
    return frozenset(parsed)


def check_http(http: object) -> None:
    """Raise InvalidValueError for an `http` that cannot be called as `Http.request` is."""
    request = getattr(http, "request", None)
    reason = f"expected {_HTTP}, got {show(http)}"
    if not callable(request):
        raise _invalid("http", reason)
    if inspect.ismethod(request) and inspect.iscoroutinefunction(request):  # a mock has only the second
        raise _invalid("http", f"{reason}, whose request method is async")
    missing = _missing_options(request)
    if missing:
        raise _invalid("http", f"{reason}, whose request method does not take {', '.join(missing)}")
    if isinstance(http, type):
        raise _invalid("http", f"{reason}; write {class_name(http)}(…)")


def check_clock(clock: object) -> None:
    """Raise InvalidValueError for a `clock` without the methods of `Clock`."""
    reason = f"expected {_CLOCK}, got {show(clock)}"
    if not all(callable(getattr(clock, method, None)) for method in ("monotonic", "sleep")):
        raise _invalid("clock", reason)
    if isinstance(clock, type):
        raise _invalid("clock", f"{reason}; write {class_name(clock)}(…)")


def check_callback(name: str, callback: object) -> None:
    """Raise InvalidValueError for a callback that cannot be called. None is valid."""
    if callback is not None and not callable(callback):
        raise _invalid(name, f"expected a function, got {show(callback)}")


def check_timeout(timeout: object) -> None:
    """Raise InvalidValueError for a timeout that is no number above 0."""
    if not isinstance(timeout, (int, float)) or not timeout > 0:
        raise _invalid("timeout", expected("a number of seconds above 0", timeout, float))


def check_max_body(max_body: object) -> None:
    """Raise InvalidValueError for a size that is no integer of 0 or more."""
    if not isinstance(max_body, int) or max_body < 0:
        raise _invalid("max_body", expected("0 bytes or more", max_body, int))


def _invalid(name: str, reason: str) -> InvalidValueError:
    return InvalidValueError(f"PollingExecutor.{name}", reason)


def _is_mapping(value: object) -> TypeGuard[Mapping[Any, Any]]:
    return isinstance(value, Mapping)


def _is_collection(value: object) -> TypeGuard[Collection[Any]]:
    return isinstance(value, Collection)


def _with_scheme(url: str) -> str:
    """Return the advice to put a scheme before a host; an empty string if the URL does not begin with a host."""
    found = _HOST.fullmatch(url)
    if found is None:
        return ""
    scheme = "https" if found[1] is None else "http"  # a port is most often the one of a local server
    return f"; write {shorten(repr(f'{scheme}://{url}'))}"


def _missing_options(request: Callable[..., Any]) -> list[str]:
    """Return the keyword arguments of `Http.request` that a method does not take."""
    try:
        parameters = inspect.signature(request).parameters.values()
    except (TypeError, ValueError):  # a method that is written in C may have no signature
        return []
    if any(parameter.kind is parameter.VAR_KEYWORD for parameter in parameters):
        return []
    names = {parameter.name for parameter in parameters if parameter.kind is not parameter.POSITIONAL_ONLY}
    return [name for name in _OPTIONS if name not in names]


# -- URLs of a step -----------------------------------------------------------------------------------------------


def check_urls(polling: Polling, base: Address | None) -> None:
    """Raise InvalidValueError for a relative URL of the polling or of its on_error, if there is no base URL.

    No server can correct this. The URLs in answers do not exist yet. An absolute URL is not checked here: if it is
    wrong, the server made the mistake.
    """
    if base is None:
        for path, url in _known_urls(polling):
            _join("Step.polling." + path, url, None)


def join_external(url: str, base: Address | None) -> str:
    """Return the URL of a step's `external` as an absolute URL, without the user info of the base URL.

    Raises InvalidValueError for a relative URL, if there is no base URL.
    """
    return _join("Step.external.url", url, None if base is None else base.url)


def _known_urls(polling: Polling) -> Iterator[tuple[str, str]]:
    """Yield path and URL of each request that is known before the run."""
    yield "url", polling.url
    match polling.on_error:
        case Polling.OnError(behavior=ActionBehavior(action=action)):
            path = "on_error.behavior.action.url"
        case Polling.OnError(behavior=None, action=action):
            path = "on_error.action.url"
        case _:
            return
    if action is not None and action.url is not None:
        yield path, action.url


def _join(path: str, url: str, base: str | None) -> str:
    try:
        return join(url, base)
    except RelativeUrlError:
        reason = f"expected an absolute URL, because the executor has no base_url; got {_show_url(url)}"
        raise InvalidValueError(path, f"{reason}; write PollingExecutor(base_url=…)") from None


def _show_url(url: str) -> str:
    """Return a URL for a message, without user info."""
    _, at, rest = url.rpartition("@")
    return show(f"…@{rest}" if at else url)
