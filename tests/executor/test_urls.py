"""The URLs of requests: relative and unusual URLs, and the origins that get credentials."""

from __future__ import annotations

import base64
import contextlib

import pytest

from stepdsl import Action, InvalidValueError
from stepdsl.executor import PollingExecutor, Trigger
from stepdsl.executor.urls import locate
from stepdsl.testing import FakeClock, Reply
from tests.executor.support import NEXT_JSON, Script, answer, exiting, polling_step, redirect, run

DONE = answer(exiting(1))
BAD_HOST = "no valid host or port"
SECRET = {"Authorization": "Bearer secret"}


@pytest.mark.parametrize(
    ("base", "url", "sent"),
    [
        # relative references, joined as in RFC 3986 and in browsers
        ("https://bar.foo", "status", "https://bar.foo/status"),
        ("https://bar.foo", "/status?id=1", "https://bar.foo/status?id=1"),
        ("https://bar.foo/flow/start", "status", "https://bar.foo/flow/status"),
        ("https://bar.foo/flow/", "status", "https://bar.foo/flow/status"),
        ("https://bar.foo/flow/", "../status", "https://bar.foo/status"),
        ("https://bar.foo/flow/", "../../../status", "https://bar.foo/status"),
        ("https://bar.foo/flow/a", "?id=1", "https://bar.foo/flow/a?id=1"),
        ("https://bar.foo/flow/a?x", "", "https://bar.foo/flow/a?x"),
        ("https://bar.foo/flow/a", "//other.example/x", "https://other.example/x"),
        ("http://bar.foo/flow/a", "//other.example/x", "http://other.example/x"),
        ("https://bar.foo", "https://other.example/x", "https://other.example/x"),
        # mistakes that browsers accept
        (None, "  https://bar.foo/x \n", "https://bar.foo/x"),
        (None, "https://bar.foo/a\tb\r\nc", "https://bar.foo/abc"),
        (None, "https:\\\\bar.foo\\x?a\\b", "https://bar.foo/x?a%5Cb"),
        (None, "HTTPS://BAR.foo/X", "https://bar.foo/X"),
        (None, "https://bar.foo", "https://bar.foo"),
        (None, "https://bar.foo?a", "https://bar.foo?a"),
        (None, "https://bar.foo:/x", "https://bar.foo/x"),
        (None, "https://bar.foo:8443/x", "https://bar.foo:8443/x"),
        (None, "https://bar.foo/a/./b/../c", "https://bar.foo/a/c"),
        # spaces, fragments, international names
        (None, "https://bar.foo/a b?c d", "https://bar.foo/a%20b?c%20d"),
        (None, "https://bar.foo/ü?ü=€", "https://bar.foo/%C3%BC?%C3%BC=%E2%82%AC"),
        (None, "https://bar.foo/%c3%bc", "https://bar.foo/%C3%BC"),
        (None, "https://bar.foo/x?y#fragment", "https://bar.foo/x?y"),
        (None, "https://Bücher.example/x", "https://xn--bcher-kva.example/x"),
        (None, "https://faß.example:8443/x", "https://xn--fa-hia.example:8443/x"),
        (None, "https://日本語。ｅxample/x", "https://xn--wgv71a119e.example/x"),
        (None, "https://[::1]:8443/x", "https://[::1]:8443/x"),
        # user info is never part of the URL that is sent
        (None, "https://user:pass@bar.foo/x", "https://bar.foo/x"),
        ("https://user:pass@bar.foo", "/x", "https://bar.foo/x"),
    ],
)
def test_a_url_is_resolved_as_in_a_browser(
    fake_clock: FakeClock, scripted_transport: Script, base: str | None, url: str, sent: str
) -> None:
    http = scripted_transport([DONE])

    outcome = run(http, fake_clock, polling_step(url=url), base_url=base)

    assert outcome.trigger is Trigger.PROGRESS
    assert http.requests[0].url == sent


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("/status", "a relative URL, and there is no base_url to join it to"),
        ("", "a relative URL, and there is no base_url to join it to"),
        ("//bar.foo/x", "a relative URL, and there is no base_url to join it to"),
        ("file:///etc/passwd", "neither http nor https, but 'file'"),
        ("ftp://user:secret@bar.foo/x", "neither http nor https, but 'ftp'"),
        ("javascript:alert(1)", "neither http nor https, but 'javascript'"),
        ("localhost:8080/x", "neither http nor https, but 'localhost'"),
        ("x" * 50 + ":y", "neither http nor https, but '" + "x" * 20 + "'"),
        ("https:///x", BAD_HOST),
        ("https:x", BAD_HOST),
        ("https://?x", BAD_HOST),
        ("https://[::1/x", BAD_HOST),
        ("https://user:secret@bar.foo:99999/x", BAD_HOST),
        ("https://bar.foo:http/x", BAD_HOST),
        ("https://ℂ℀.example/x", BAD_HOST),
    ],
)
def test_an_invalid_url_is_a_failed_attempt(
    fake_clock: FakeClock, scripted_transport: Script, url: str, reason: str
) -> None:
    http = scripted_transport([])
    step = polling_step(url=url, max_attempts=2)

    outcome = run(http, fake_clock, step, base_url=None)

    assert outcome.trigger is Trigger.EXHAUSTED
    assert [(attempt.status, attempt.error) for attempt in outcome.attempts] == [(None, f"bad URL: {reason}")] * 2
    assert fake_clock.sleeps == [5]


@pytest.mark.parametrize(
    ("location", "sent"),
    [
        ("other", "https://bar.foo/flow/other"),
        ("/other", "https://bar.foo/other"),
        ("?x", "https://bar.foo/flow/status?x"),
        ("//other.example", "https://other.example"),
        ("/ü".encode().decode("latin-1"), "https://bar.foo/%C3%BC"),
        ("/ü€", "https://bar.foo/%C3%BC%E2%82%AC"),
        ("/\xfc", "https://bar.foo/%C3%BC"),
    ],
)
def test_a_redirect_is_relative_to_the_url_of_its_request(
    fake_clock: FakeClock, scripted_transport: Script, location: str, sent: str
) -> None:
    http = scripted_transport([redirect(location), DONE])

    run(http, fake_clock, polling_step(url="/flow/status"))

    assert http.requests[1].url == sent


@pytest.mark.parametrize("location", ["file:///etc/passwd", "ftp://bar.foo", "data:,x", "https://", "https://["])
def test_a_redirect_to_another_scheme_is_a_failed_attempt(
    fake_clock: FakeClock, scripted_transport: Script, location: str
) -> None:
    outcome = run(scripted_transport([redirect(location), DONE]), fake_clock)

    assert outcome.attempts[0].error is not None
    assert outcome.attempts[0].error.startswith("bad URL: ")
    assert outcome.trigger is Trigger.PROGRESS


# Credentials

BASE_URL = "https://bar.foo/flow/"


@pytest.mark.parametrize(
    ("url", "sent"),
    [
        ("status", True),
        ("/elsewhere", True),
        ("https://bar.foo/x", True),
        ("https://bar.foo:443/x", True),
        ("HTTPS://BAR.FOO/x", True),
        ("https://user@bar.foo/x", True),
        ("http://bar.foo/x", False),
        ("https://bar.foo:444/x", False),
        ("https://bar.foo:0/x", False),
        ("https://sub.bar.foo/x", False),
        ("https://bar.foo.example/x", False),
        ("https://bar.foo./x", False),
        ("https://example/https://bar.foo/", False),
        ("https://bar.foo@other.example/x", False),
        ("https://bar.foo\\@other.example/x", True),  # for a browser this is a path on bar.foo
        ("https://other.example\\@bar.foo/x", False),
        ("//other.example/x", False),
        ("/\\other.example/x", False),
    ],
)
def test_headers_are_sent_only_to_the_origin_of_base_url(
    fake_clock: FakeClock, scripted_transport: Script, url: str, sent: bool
) -> None:
    http = scripted_transport([Reply.action(Action(url=url)), answer(NEXT_JSON)])

    run(http, fake_clock, polling_step(url=url), base_url=BASE_URL, headers={"X-Key": "secret"})

    assert ["X-Key" in request.headers for request in http.requests] == [sent, sent]
    assert all(("//bar.foo/" in request.url.replace(":443", "")) == sent for request in http.requests) or not sent


@pytest.mark.parametrize("url", ["https://bar.foo/x", "http://localhost/x"])
def test_without_base_url_headers_are_not_sent(fake_clock: FakeClock, scripted_transport: Script, url: str) -> None:
    http = scripted_transport([redirect("/y"), DONE])

    run(http, fake_clock, polling_step(url=url), base_url=None, headers=SECRET)

    assert [dict(request.headers) for request in http.requests] == [{"Accept": "application/json"}] * 2


def test_headers_are_not_sent_to_another_origin_after_a_redirect_but_again_to_their_own(
    fake_clock: FakeClock, scripted_transport: Script
) -> None:
    http = scripted_transport([redirect("https://other.example/x"), redirect("https://bar.foo/y"), DONE])

    run(http, fake_clock, headers=SECRET)

    assert [request.headers.get("Authorization") for request in http.requests] == [
        "Bearer secret",
        None,
        "Bearer secret",
    ]


def test_given_headers_replace_default_headers_in_any_case(fake_clock: FakeClock, scripted_transport: Script) -> None:
    http = scripted_transport([Reply.action(Action(url="/next", data=1)), answer(NEXT_JSON)])

    run(http, fake_clock, headers={"accept": "text/plain", "content-type": "text/plain", "user-agent": "me"})

    assert list(http.requests[0].headers.items()) == [
        ("accept", "text/plain"),
        ("content-type", "text/plain"),
        ("user-agent", "me"),
    ]
    assert http.requests[1].headers["Content-Type"] == "application/json"  # the executor creates the body


def test_headers_are_copied(fake_clock: FakeClock, scripted_transport: Script) -> None:
    headers = {"X-Key": "secret"}
    http = scripted_transport([DONE])
    executor = PollingExecutor(base_url=BASE_URL, http=http, clock=fake_clock, headers=headers)
    headers.clear()

    executor.run(polling_step())

    assert http.requests[0].headers["X-Key"] == "secret"


def basic(user_info: str) -> str:
    return "Basic " + base64.b64encode(user_info.encode()).decode()


@pytest.mark.parametrize(
    ("base", "url", "sent"),
    [
        (None, "https://user:pass@bar.foo/x", basic("user:pass")),
        (None, "https://user@bar.foo/x", basic("user:")),
        (None, "https://user:p%40%3Ass@bar.foo/x", basic("user:p@:ss")),
        (None, "https://ü:€@bar.foo/x", basic("ü:€")),
        (None, "https://@bar.foo/x", None),
        ("https://user:pass@bar.foo/flow/", "status", basic("user:pass")),
        ("https://user:pass@bar.foo/flow/", "https://bar.foo/status", None),
    ],
)
def test_user_info_in_a_url_is_sent_as_an_authorization_header(
    fake_clock: FakeClock, scripted_transport: Script, base: str | None, url: str, sent: str | None
) -> None:
    http = scripted_transport([redirect("relative"), redirect("https://other.example"), DONE])

    run(http, fake_clock, polling_step(url=url), base_url=base)

    assert [request.headers.get("Authorization") for request in http.requests] == [sent, sent, None]


def test_given_headers_have_priority_over_user_info(fake_clock: FakeClock, scripted_transport: Script) -> None:
    http = scripted_transport([DONE])

    run(http, fake_clock, base_url="https://user:pass@bar.foo", headers=SECRET)

    assert http.requests[0].headers["Authorization"] == "Bearer secret"


# Arguments


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (
            {"base_url": "bar.foo"},
            "PollingExecutor.base_url: bad URL: a relative URL, and there is no base_url to join it to",
        ),
        ({"base_url": "ftp://bar.foo"}, "PollingExecutor.base_url: bad URL: neither http nor https, but 'ftp'"),
        ({"headers": {"X Key": "1"}}, "PollingExecutor.headers: 'X Key' is no name of a header"),
        ({"headers": {"X-Key": "1\r\nX: 2"}}, "PollingExecutor.headers: X-Key: expected Latin-1 text on one line"),
        ({"headers": {"X-Key": "€"}}, "PollingExecutor.headers: X-Key: expected Latin-1 text on one line"),
        ({"timeout": 0}, "PollingExecutor.timeout: expected more than 0 seconds, got 0"),
        ({"timeout": -1.5}, "PollingExecutor.timeout: expected more than 0 seconds, got -1.5"),
        ({"timeout": float("nan")}, "PollingExecutor.timeout: expected more than 0 seconds, got nan"),
        ({"max_body": -1}, "PollingExecutor.max_body: expected 0 bytes or more, got -1"),
    ],
)
def test_invalid_arguments_are_refused_by_the_constructor(arguments: dict[str, object], message: str) -> None:
    with pytest.raises(InvalidValueError) as refused:
        PollingExecutor(**arguments)  # type: ignore[arg-type]

    assert str(refused.value) == message


def test_an_error_text_does_not_contain_the_value_of_a_header() -> None:
    with pytest.raises(InvalidValueError) as refused:
        PollingExecutor(headers={"Authorization": "Bearer s3cret\n"})

    assert "s3cret" not in str(refused.value)


def test_locate_raises_only_value_errors() -> None:
    for first in map(chr, (*range(0x250), 0x2100, 0x3002, 0xD800, 0xFF0E, 0x10FFFF)):
        for text in (
            first,
            f"//{first}",
            f"http:{first}",
            f"http://{first}",
            f"http://a{first}b/",
            f"http://a/{first}",
        ):
            for base in (None, "https://bar.foo/x?y#z"):
                with contextlib.suppress(ValueError):
                    assert locate(text, base).origin[0] in ("http", "https")
