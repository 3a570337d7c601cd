"""The log of findings in the steps that a server sends."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from typing import Any

import attrs
import fastapi
import pytest

import stepdsl.checking
import stepdsl.server.starlette
from stepdsl import BoxLayout, Finding, HeadingLayout, Step, server
from stepdsl.checking import Severity
from stepdsl.server import step_checks
from stepdsl.server.starlette import StepResponse
from stepdsl.server.step_checks import check_sent
from tests.server.asgi import get
from tests.server.wsgi_calls import WSGI_ADAPTERS, call_wsgi

STEP = Step(id="greeting", layout=[HeadingLayout(text="Hello")])


@pytest.fixture(autouse=True)
def fresh(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Each test begins as a process in which no step was sent, and in which the variable is not set."""
    monkeypatch.delenv("STEPDSL_CHECK", raising=False)
    monkeypatch.setattr(step_checks, "_sent", step_checks._Recent())
    step_checks._setting.cache_clear()
    yield
    step_checks._setting.cache_clear()


def finding(code: str, severity: Severity = Severity.WARNING) -> Finding:
    return Finding(path="layout[0]", code=code, severity=severity, message="wrong", advice="change it")


@pytest.fixture
def checked(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str | None, str | None]]:
    """The id and the generation of each check. Each check finds one mistake with the id of the step as its code."""
    calls: list[tuple[str | None, str | None]] = []

    def check(step: Step, *, generation: Any = None) -> tuple[Finding, ...]:
        calls.append((step.id, generation))
        return (finding(str(step.id)),)

    monkeypatch.setattr(stepdsl.checking, "check", check)
    return calls


def lines(caplog: pytest.LogCaptureFixture) -> list[tuple[str, int, str]]:
    return [(record.name, record.levelno, record.getMessage()) for record in caplog.records]


def test_the_findings_of_check_are_in_the_log(caplog: pytest.LogCaptureFixture) -> None:
    findings = stepdsl.check(STEP)
    assert findings
    assert server.step(STEP, check=True) == server.step(STEP)
    assert lines(caplog) == [
        ("stepdsl.server", getattr(logging, one.severity.upper()), f"step 'greeting': {one}") for one in findings
    ]


def test_the_level_of_a_line_is_the_severity(caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch) -> None:
    found = (finding("a", Severity.ERROR), finding("b"))
    monkeypatch.setattr(stepdsl.checking, "check", lambda step, generation: found)
    server.step(STEP, check=True)
    assert lines(caplog) == [
        ("stepdsl.server", logging.ERROR, "step 'greeting': error: layout[0]: wrong [a] — change it"),
        ("stepdsl.server", logging.WARNING, "step 'greeting': warning: layout[0]: wrong [b] — change it"),
    ]


@pytest.mark.parametrize(("count", "more"), [(20, []), (21, ["step 'greeting': and 1 more findings"])])
def test_the_log_has_at_most_20_findings_of_a_step(
    caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch, count: int, more: list[str]
) -> None:
    monkeypatch.setattr(stepdsl.checking, "check", lambda step, generation: (finding("a"),) * count)
    server.step(STEP, check=True)
    assert [text for _, _, text in lines(caplog)[20:]] == more
    assert {level for _, level, _ in lines(caplog)} == {logging.WARNING}


Checks = list[tuple[str | None, str | None]]


def test_a_step_is_checked_once(checked: Checks, caplog: pytest.LogCaptureFixture) -> None:
    for _ in range(3):
        server.step(STEP, check=True)
        server.step(attrs.evolve(STEP), etag=True, check=True)
        server.refreshed(STEP, None, check=True)
    assert checked == [("greeting", None)]
    server.step(STEP, check="core")
    server.step(STEP, check="core2")
    server.step(attrs.evolve(STEP, model={}), check=True)
    assert checked == [("greeting", generation) for generation in (None, "core", "core2", None)]
    assert len(caplog.records) == 4


def test_a_bounded_number_of_steps_is_remembered(checked: Checks, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(step_checks, "_MAX_KEPT", 2)
    for name in ("a", "b", "a", "c", "a", "b"):  # with c, b is forgotten
        server.step(Step(id=name), check=True)
    assert [name for name, _ in checked] == ["a", "b", "c", "b"]
    assert len(step_checks._sent._keys) == 2


def test_a_step_that_is_not_sent_is_not_checked(checked: Checks) -> None:
    tag = server.etag_of(STEP)
    assert server.refreshed(STEP, tag, check=True).status == 304
    assert server.refreshed(STEP, '"v7"', etag="v7", check=True).status == 304
    assert checked == []
    assert server.refreshed(STEP, '"v6"', etag="v7", check=True) == server.step(STEP, etag="v7")
    assert checked == [("greeting", None)]


@pytest.mark.parametrize(
    ("value", "generations"),
    [(None, []), ("", []), ("0", []), ("1", [None]), ("core", ["core"]), ("core2", ["core2"])],
)
def test_the_environment_variable_is_for_all_steps(
    checked: Checks,
    caplog: pytest.LogCaptureFixture,
    monkeypatch: pytest.MonkeyPatch,
    value: str | None,
    generations: list[str | None],
) -> None:
    if value is not None:
        monkeypatch.setenv("STEPDSL_CHECK", value)
    server.step(STEP)
    server.refreshed(Step(id="again"), None)
    assert checked == [(name, generation) for generation in generations for name in ("greeting", "again")]
    assert len(caplog.records) == len(checked)


def test_an_argument_has_priority_over_the_environment_variable(
    checked: Checks, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("STEPDSL_CHECK", "core")
    server.step(STEP, check=False)
    server.refreshed(STEP, None, check=False)
    assert checked == []
    server.step(STEP, check=True)
    assert checked == [("greeting", None)]


def test_another_value_of_the_environment_variable_is_in_the_log_once(
    checked: Checks, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("STEPDSL_CHECK", "yes")
    assert server.step(STEP) == server.step(STEP)
    text = "STEPDSL_CHECK: expected 0, 1, core or core2, got 'yes'; no step is checked"
    assert lines(caplog) == [("stepdsl.server", logging.WARNING, text)]
    assert checked == []


def test_without_check_a_step_costs_nothing_more(monkeypatch: pytest.MonkeyPatch) -> None:
    server.step(STEP)
    for name in ("tag_of", "os", "_log"):
        monkeypatch.delattr(step_checks, name)
    assert server.step(STEP) == server.step(STEP, check=False)


@pytest.mark.parametrize("raised", [ZeroDivisionError("x"), RecursionError("x"), ImportError("x")])
def test_an_exception_of_check_does_not_change_the_answer(
    caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch, raised: Exception
) -> None:
    def check(step: Step, *, generation: Any = None) -> None:
        raise raised

    monkeypatch.setattr(stepdsl.checking, "check", check)
    assert server.step(STEP, check=True) == server.step(STEP)
    assert lines(caplog) == [("stepdsl.server", logging.ERROR, "step 'greeting': it could not be checked")]
    exc_info = caplog.records[0].exc_info
    assert exc_info is not None
    assert exc_info[1] is raised


def test_the_deepest_step_is_checked(caplog: pytest.LogCaptureFixture) -> None:
    deepest = BoxLayout(components=[])
    for _ in range(99):
        deepest = BoxLayout(components=[deepest])
    server.step(Step(id="deep", layout=[deepest]), check=True)
    assert "it could not be checked" not in caplog.text


@pytest.mark.parametrize("adapter", WSGI_ADAPTERS.values(), ids=WSGI_ADAPTERS)
def test_a_step_that_a_view_returns_is_checked(checked: Checks, monkeypatch: pytest.MonkeyPatch, adapter: Any) -> None:
    monkeypatch.setenv("STEPDSL_CHECK", "1")
    assert call_wsgi(adapter(lambda module, request: STEP), "GET").body == server.step(STEP, check=False).body
    assert checked == [("greeting", None)]


def test_a_step_that_fastapi_serialises_is_checked(checked: Checks, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("STEPDSL_CHECK", "1")
    app = fastapi.FastAPI()

    @app.get("/", response_class=StepResponse)
    def view() -> Step:
        return STEP

    assert get(app, "/").body == server.step(STEP, check=False).body
    assert checked == [("greeting", None)]


def test_check_sent_takes_the_text_of_the_step(checked: Checks) -> None:
    for text in ("a", "b", "a"):
        check_sent(STEP, text, True)
    assert len(checked) == 2
