"""The URLs of requests: relative and unusual URLs, and the origins that get credentials."""

from __future__ import annotations

import base64
import contextlib

import pytest

from stepdsl import Action
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
        # without scheme and host
        ("https://bar.foo", "status", "https://bar.foo/status"),
        ("https://bar.foo", "/status?id=1", "https://bar.foo/status?id=1"),
        ("https://bar.foo/flow/start", "status", "https://bar.foo/flow/status"),
        ("https://bar.foo/flow/", "status", "https://bar.foo/flow/status"),
        ("https://bar.foo/flow/", "a/b/", "https://bar.foo/flow/a/b/"),
        ("https://bar.foo/flow/", "/a/b/", "https://bar.foo/a/b/"),
        ("https://bar.foo/flow/", "/", "https://bar.foo/"),
        ("https://bar.foo/flow?a=/b/c", "status", "https://bar.foo/status"),
        ("https://bar.foo/flow?a=/b/c", "/status", "https://bar.foo/status"),
        ("https://bar.foo?a", "status", "https://bar.foo/status"),
        ("https://bar.foo/flow/a;p=1/b;q", "c;r", "https://bar.foo/flow/a;p=1/c;r"),
        ("https://bar.foo/a//b/c", "d//e", "https://bar.foo/a//b/d//e"),
        ("https://bar.foo/flow/", "1:2", "https://bar.foo/flow/1:2"),
        ("https://bar.foo/flow/", "./a:b", "https://bar.foo/flow/a:b"),
        ("https://bar.foo/flow/", ":8443/x", "https://bar.foo/flow/:8443/x"),
        ("https://bar.foo/flow/", "a?b://c", "https://bar.foo/flow/a?b://c"),
        ("https://[::1]:8443/flow/", "x", "https://[::1]:8443/flow/x"),
        ("https://bar.foo:443/flow/", "/x", "https://bar.foo:443/x"),
        ("HTTPS://BAR.FOO/Flow/", "X", "https://bar.foo/Flow/X"),
        ("https://Bücher.example/ü/", "é", "https://xn--bcher-kva.example/%C3%BC/%C3%A9"),
        # only a query, only a fragment, nothing
        ("https://bar.foo/flow/a", "?id=1", "https://bar.foo/flow/a?id=1"),
        ("https://bar.foo/flow/a?x#f", "?id=1", "https://bar.foo/flow/a?id=1"),
        ("https://bar.foo/flow/a?x", "?", "https://bar.foo/flow/a?"),
        ("https://bar.foo", "?id=1", "https://bar.foo?id=1"),
        ("https://bar.foo/flow/a?x", "", "https://bar.foo/flow/a?x"),
        ("https://bar.foo/flow/a?x#g", "#f", "https://bar.foo/flow/a?x"),
        ("https://bar.foo/flow/a?x", "b#f?y", "https://bar.foo/flow/b"),
        # dots
        ("https://bar.foo/flow/", "../status", "https://bar.foo/status"),
        ("https://bar.foo/flow/", "../../../status", "https://bar.foo/status"),
        ("https://bar.foo/a/b/c", ".", "https://bar.foo/a/b/"),
        ("https://bar.foo/a/b/c", "./d", "https://bar.foo/a/b/d"),
        ("https://bar.foo/a/b/c", "..", "https://bar.foo/a/"),
        ("https://bar.foo/a/b/c", "d/..", "https://bar.foo/a/b/"),
        ("https://bar.foo/a/b/c", "/.", "https://bar.foo/"),
        ("https://bar.foo/a/b/c", "/..", "https://bar.foo/"),
        ("https://bar.foo/a/b/../c/d", "e", "https://bar.foo/a/c/e"),
        ("https://bar.foo/a/b/c", "%2e%2E/%2e/d", "https://bar.foo/a/d"),
        ("https://bar.foo/a/b/c", ".%2e/d/%2E.", "https://bar.foo/a/"),
        ("https://bar.foo/a/b/c", ".../d", "https://bar.foo/a/b/.../d"),
        ("https://bar.foo/a/b/c", "/..//d", "https://bar.foo//d"),
        ("https://bar.foo/a/b/c", "d?../e", "https://bar.foo/a/b/d?../e"),
        # a host without a scheme, with any number of slashes and backslashes
        ("https://bar.foo/flow/a", "//other.example/x", "https://other.example/x"),
        ("http://bar.foo/flow/a", "//other.example/x", "http://other.example/x"),
        ("http://bar.foo/flow/a", "///other.example/x", "http://other.example/x"),
        ("http://bar.foo/flow/a", "//////other.example//x", "http://other.example//x"),
        ("http://bar.foo/flow/a", "\\\\other.example\\x", "http://other.example/x"),
        ("http://bar.foo/flow/a", "/\\other.example", "http://other.example"),
        ("http://bar.foo/flow/a", "\\/other.example", "http://other.example"),
        # a scheme without slashes: relative if it is the one of the base
        ("https://bar.foo/flow/a?q", "https:x", "https://bar.foo/flow/x"),
        ("https://bar.foo/flow/a?q", "HTTPS:x", "https://bar.foo/flow/x"),
        ("https://bar.foo/flow/a?q", "https:/x", "https://bar.foo/x"),
        ("https://bar.foo/flow/a?q", "https:\\x", "https://bar.foo/x"),
        ("https://bar.foo/flow/a?q", "https:../x", "https://bar.foo/x"),
        ("https://bar.foo/flow/a?q", "https:?x", "https://bar.foo/flow/a?x"),
        ("https://bar.foo/flow/a?q", "https:", "https://bar.foo/flow/a?q"),
        ("https://bar.foo/flow/a?q", "https:x:y", "https://bar.foo/flow/x:y"),
        ("https://bar.foo/flow/a?q", "https:///x/y", "https://x/y"),
        ("https://bar.foo/flow/a?q", "https:\\/x/y", "https://x/y"),
        ("http://bar.foo/flow/a?q", "https:x/y", "https://x/y"),
        ("http://bar.foo/flow/a?q", "https:/x/y", "https://x/y"),
        ("https://bar.foo/flow/a?q", "http:///x/y", "http://x/y"),
        (None, "https:x/y", "https://x/y"),
        (None, "https:/x/y", "https://x/y"),
        (None, "https:////x/y", "https://x/y"),
        # absolute URLs
        ("https://bar.foo", "https://other.example/x", "https://other.example/x"),
        (None, "HTTPS://BAR.FOO/X", "https://bar.foo/X"),
        (None, "https://bar.foo", "https://bar.foo"),
        (None, "https://bar.foo?a", "https://bar.foo?a"),
        (None, "https://bar.foo#a", "https://bar.foo"),
        (None, "https://bar.foo:/x", "https://bar.foo/x"),
        (None, "https://bar.foo:8443/x", "https://bar.foo:8443/x"),
        (None, "https://bar.foo:08443/x", "https://bar.foo:8443/x"),
        (None, "https://bar.foo/a/./b/../c", "https://bar.foo/a/c"),
        (None, "https://bar.foo/x?http://y/../z", "https://bar.foo/x?http://y/../z"),
        # white space and backslashes
        (None, "  https://bar.foo/x \n", "https://bar.foo/x"),
        (None, "\x00\x1f https://bar.foo/x\x00", "https://bar.foo/x"),
        (None, "ht\ntps:/\t/bar.f\too/a\tb\r\nc", "https://bar.foo/abc"),
        ("https://bar.foo/flow/", " \t?id=1\n", "https://bar.foo/flow/?id=1"),
        ("https://bar.foo/flow/", " /\t/other.example", "https://other.example"),
        (None, "https:\\\\bar.foo\\x?a\\b#c\\d", "https://bar.foo/x?a%5Cb"),
        ("https://bar.foo/flow/a", "b\\..\\c#\\", "https://bar.foo/flow/c"),
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
        (None, "https://a@b@bar.foo/x", "https://bar.foo/x"),
        (None, "https://ü:€@[::1]:8443/x", "https://[::1]:8443/x"),
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
        ("file:///etc/passwd", "neither http nor https, but 'file'"),
        ("ftp://user:secret@bar.foo/x", "neither http nor https, but 'ftp'"),
        ("javascript:alert(1)", "neither http nor https, but 'javascript'"),
        ("localhost:8080/x", "neither http nor https, but 'localhost'"),
        ("x" * 50 + ":y", "neither http nor https, but '" + "x" * 20 + "'"),
        ("https://", BAD_HOST),
        ("https:", BAD_HOST),
        ("https:///?x", BAD_HOST),
        ("https://?x", BAD_HOST),
        ("https://user@/x", BAD_HOST),
        ("https://:443/x", BAD_HOST),
        ("https://a b/x", BAD_HOST),
        ("https://[::1/x", BAD_HOST),
        ("https://user:secret@bar.foo:99999/x", BAD_HOST),
        ("https://bar.foo:http/x", BAD_HOST),
        ("https://ℂ℀.example/x", BAD_HOST),
        ("https://bar.foo﹕8443/x", BAD_HOST),
        ("https://user﹫bar.foo/x", BAD_HOST),
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
        ("///bar.foo/x", True),
        ("///other.example/x", False),
        ("https:bar.foo/x", True),  # a relative path
        ("http:bar.foo/x", False),
        ("https:///other.example", False),
    ],
)
def test_headers_are_sent_only_to_the_origin_of_base_url(
    fake_clock: FakeClock, scripted_transport: Script, url: str, sent: bool
) -> None:
    http = scripted_transport([Reply.action(Action(url=url)), answer(NEXT_JSON)])

    run(http, fake_clock, polling_step(url=url), base_url=BASE_URL, headers={"X-Key": "secret"})

    assert ["X-Key" in request.headers for request in http.requests] == [sent, sent]
    assert all(("//bar.foo/" in request.url.replace(":443", "")) == sent for request in http.requests) or not sent


@pytest.mark.parametrize(
    ("base", "url", "sent"),
    [
        ("https://bar.foo:8443", "https://bar.foo:8443/x", True),
        ("https://bar.foo:8443", "http://bar.foo:8443/x", False),
        ("http://bar.foo:8443", "https://bar.foo:8443/x", False),
        ("http://bar.foo", "http://bar.foo:80/x", True),
        ("http://bar.foo", "https://bar.foo:80/x", False),
        ("https://bar.foo:80", "http://bar.foo/x", False),
        ("https://[::1]:8443", "https://[::1]:8443/x", True),
        ("https://[::1]:8443", "https://[::2]:8443/x", False),
        ("https://bücher.example", "https://xn--bcher-kva.example/x", True),
        ("https://user:pass@bar.foo", "https://bar.foo/x", True),
    ],
)
def test_scheme_host_and_port_make_an_origin(
    fake_clock: FakeClock, scripted_transport: Script, base: str, url: str, sent: bool
) -> None:
    http = scripted_transport([redirect(url), DONE])

    run(http, fake_clock, polling_step(url=url), base_url=base, headers={"X-Key": "secret"})

    assert ["X-Key" in request.headers for request in http.requests] == [sent, sent]


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

    run(http, fake_clock, headers={"ACCEPT": "text/plain", "content-type": "text/plain", "user-agent": "me"})

    assert list(http.requests[0].headers.items()) == [
        ("ACCEPT", "text/plain"),
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
        (None, "https://a@b:c@bar.foo/x", basic("a@b:c")),
        ("https://user:pass@bar.foo/flow/", "status", basic("user:pass")),
        ("https://user:pass@bar.foo/flow/", "https:status", basic("user:pass")),
        ("https://user:pass@bar.foo/flow/", "//bar.foo/status", None),
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


def test_locate_raises_only_value_errors() -> None:
    for first in map(chr, (*range(0x250), 0x2100, 0x3002, 0xD800, 0xFF0E, 0x10FFFF)):
        for text in (
            first,
            f"//{first}",
            f"http:{first}",
            f"http://{first}",
            f"http://a{first}b/",
            f"http://a/{first}",
            f"http:{first}//",
        ):
            for base in (None, "https://bar.foo/x?y#z"):
                with contextlib.suppress(ValueError):
                    assert locate(text, base).origin[0] in ("http", "https")
