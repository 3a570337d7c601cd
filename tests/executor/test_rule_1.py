"""Rule 1 of polling: which external URLs are opened, and when. Each sentence has a table or a test."""

from __future__ import annotations

import pytest

from stepdsl import External
from stepdsl.executor import Trigger
from stepdsl.testing import FakeClock
from tests.executor.support import Script, answer, exiting, polling_step, run

PROGRESS = Trigger.PROGRESS
PENDING = answer()
DONE = answer(exiting("done"))


def test_rule_1_the_external_url_is_opened_once_before_the_first_request(
    fake_clock: FakeClock, scripted_transport: Script
) -> None:
    http = scripted_transport([PENDING, PENDING, DONE])
    opened: list[tuple[str, int]] = []
    step = polling_step(external=External(url="https://bank.example/approve"))

    run(http, fake_clock, step, open_url=lambda url: opened.append((url, len(http.requests))))

    assert opened == [("https://bank.example/approve", 0)]


def test_rule_1_by_default_nothing_is_opened(fake_clock: FakeClock, scripted_transport: Script) -> None:
    outcome = run(scripted_transport([DONE]), fake_clock, polling_step(external=External(url="x:y")))

    assert outcome.trigger is PROGRESS


def test_rule_1_without_external_nothing_is_opened(fake_clock: FakeClock, scripted_transport: Script) -> None:
    run(scripted_transport([DONE]), fake_clock, open_url=lambda url: pytest.fail(f"opened {url}"))


@pytest.mark.parametrize(
    ("url", "opened"),
    [
        pytest.param("https://bank.example/a/../b?c#d", "https://bank.example/a/../b?c#d", id="https"),
        pytest.param("http://user:pass@bank.example", "http://user:pass@bank.example", id="http"),
        pytest.param("HTTPS://bank.example", "https://bank.example", id="in capitals"),
        pytest.param(" https:\\\\bank.example\n", "https://bank.example", id="as a browser reads it"),
        pytest.param("/approve?a#b", "https://bar.foo/approve?a#b", id="relative"),
        pytest.param("approve", "https://bar.foo/flow/approve", id="relative to a path"),
        pytest.param("//bank.example/x", "https://bank.example/x", id="relative to the scheme"),
        pytest.param("file:///etc/passwd", None, id="file"),
        pytest.param("javascript:alert(1)", None, id="javascript"),
        pytest.param(" \x00java\tscr\nipt:alert(1)", None, id="javascript as a browser reads it"),
        pytest.param("DATA:text/html,x", None, id="data"),
        pytest.param("myapp://pay?id=1", None, id="an app"),
    ],
)
def test_rule_1_by_default_only_http_and_https_urls_are_opened(
    fake_clock: FakeClock, scripted_transport: Script, url: str, opened: str | None
) -> None:
    urls: list[str] = []

    outcome = run(
        scripted_transport([DONE]),
        fake_clock,
        polling_step(external=External(url=url)),
        base_url="https://user:pass@bar.foo/flow/",
        open_url=urls.append,
    )

    assert urls == ([] if opened is None else [opened])
    assert outcome.trigger is PROGRESS


@pytest.mark.parametrize(
    ("url", "opened"),
    [
        ("myapp://pay?a\\b", ["myapp://pay?a\\b"]),
        ("MyApp:\\x\n", ["MyApp:\\x"]),
        ("bank-id+1:x", ["bank-id+1:x"]),
        ("https://bank.example", []),
        ("javascript:alert(1)", []),
    ],
)
def test_rule_1_open_schemes_replaces_the_schemes_that_are_opened(
    fake_clock: FakeClock, scripted_transport: Script, url: str, opened: list[str]
) -> None:
    urls: list[str] = []

    run(
        scripted_transport([DONE]),
        fake_clock,
        polling_step(external=External(url=url)),
        open_url=urls.append,
        open_schemes=["MYAPP", "bank-id+1"],
    )

    assert urls == opened
