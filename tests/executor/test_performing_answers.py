"""The outcome of an action's answer. There is one table or test for each sentence of the rules."""

from __future__ import annotations

from typing import Any

import pytest

from stepdsl import UNSET, Action, ErrorResponseBody
from stepdsl.executor import Exited, Failed, NextStep, Trigger
from stepdsl.testing import FakeClock, Reply
from tests.executor.support import (
    BASE,
    NEXT,
    NEXT_JSON,
    Script,
    answer,
    perform,
    perform_on_error,
)

PROGRESS, STATUS = Trigger.PROGRESS, Trigger.STATUS


BODY = {"a": "body", "b": "body"}


@pytest.mark.parametrize(
    ("body", "result", "expected"),
    [
        pytest.param(
            BODY,
            {"b": "own", "c": "own"},
            {"a": "body", "b": "own", "c": "own"},
            id="merged",
        ),
        pytest.param({"a": {"b": 1}}, {"a": {"c": 2}}, {"a": {"c": 2}}, id="merged one level deep"),
        pytest.param(BODY, UNSET, BODY, id="no result: the body"),
        pytest.param(b"", {"c": 1}, {"c": 1}, id="no body: the result"),
        pytest.param(b"", UNSET, UNSET, id="neither: no result"),
        pytest.param([1], {"c": 1}, {"c": 1}, id="a body that is not an object: the result"),
        pytest.param(BODY, [1], [1], id="a result that is not an object: the result"),
        pytest.param(BODY, None, None, id="a result that is null: the result"),
        pytest.param([1], UNSET, [1], id="a body that is not an object, no result"),
        pytest.param(None, UNSET, None, id="a body that is null, no result"),
    ],
)
@pytest.mark.parametrize(
    ("properties", "kind"),
    [
        pytest.param({"exit": True}, None, id="exit: true"),
        pytest.param({"exit": True}, "step", id="exit: true, header ignored"),
        pytest.param({"exit": True}, "unheard-of", id="exit: true, unknown header ignored"),
        pytest.param({}, "exit", id="header exit"),
        pytest.param({"exit": False}, "EXIT", id="header exit in capitals"),
    ],
)
def test_the_result_of_an_exit_is_the_body_with_the_result_merged_over_it(
    fake_clock: FakeClock,
    scripted_transport: Script,
    properties: dict[str, Any],
    kind: str | None,
    body: Any,
    result: Any,
    expected: Any,
) -> None:
    action = Action(url="/exit", result=result, **properties)

    outcome, _ = perform(scripted_transport, fake_clock, action, [answer(body, kind=kind, status=201)])

    assert outcome == Exited(expected, trigger=PROGRESS, attempts=outcome.attempts)


@pytest.mark.parametrize("body", [b"OK", b"\xff", b"NaN", b"[" * 200 + b"]" * 200, b"1" * 400])
def test_exit_true_ignores_a_body_that_is_not_json(
    fake_clock: FakeClock, scripted_transport: Script, body: bytes
) -> None:
    outcome, _ = perform(scripted_transport, fake_clock, Action(url="/exit", exit=True, result=1), [answer(body)])

    assert outcome == Exited(1, trigger=PROGRESS, attempts=outcome.attempts)


def test_exit_true_needs_a_2xx(fake_clock: FakeClock, scripted_transport: Script) -> None:
    outcome, _ = perform(scripted_transport, fake_clock, Action(url="/exit", exit=True, result=1), [Reply(500)])

    assert outcome == Failed(500, None, "status 500", trigger=PROGRESS, attempts=outcome.attempts)


@pytest.mark.parametrize("kind", ["step", "STEP", None])
@pytest.mark.parametrize("status", [200, 299])
def test_an_answer_with_header_step_or_without_header_is_the_next_step(
    fake_clock: FakeClock, scripted_transport: Script, kind: str | None, status: int
) -> None:
    outcome, _ = perform(
        scripted_transport, fake_clock, Action(url="/next"), [answer(NEXT_JSON, kind=kind, status=status)]
    )

    assert outcome == NextStep(NEXT, trigger=PROGRESS, attempts=outcome.attempts)


def test_an_action_in_an_answer_is_performed_with_only_its_data(
    fake_clock: FakeClock, scripted_transport: Script
) -> None:
    second = Reply.action(Action(url="/second", data={"c": 3}))

    outcome, http = perform_on_error(
        scripted_transport,
        fake_clock,
        Action(url="/first", data={"b": 2}),
        [second, Reply.action(Action(exit=True, result="end"))],
        model={"a": 1},
    )

    assert isinstance(outcome, Exited)
    assert outcome.result == "end"
    assert [request.url for request in http.requests] == [f"{BASE}/status", f"{BASE}/first", f"{BASE}/second"]
    assert [request.json() for request in http.requests[1:]] == [{"a": 1, "b": 2}, {"c": 3}]


def test_an_eleventh_consecutive_action_fails(fake_clock: FakeClock, scripted_transport: Script) -> None:
    again = Reply.action(Action(url="/again"))

    outcome, http = perform(scripted_transport, fake_clock, Action(url="/first"), [again] * 10)

    assert outcome == Failed(None, None, "more than 10 actions in a row", trigger=PROGRESS, attempts=outcome.attempts)
    assert len(http.requests) == 11


def test_a_tenth_consecutive_action_is_performed(fake_clock: FakeClock, scripted_transport: Script) -> None:
    replies: list[Reply | Exception] = [Reply.action(Action(url="/again"))] * 9

    outcome, _ = perform(scripted_transport, fake_clock, Action(url="/first"), [*replies, answer(NEXT_JSON)])

    assert isinstance(outcome, NextStep)


SAID = {"error": "No funds", "refreshUrl": "/refresh", "validation": {"amount": "too much"}}


@pytest.mark.parametrize(
    ("reply", "status", "body", "reason"),
    [
        pytest.param(answer(SAID, status=422), 422, SAID, "status 422", id="status 400 or more"),
        pytest.param(answer(SAID, status=422, kind="exit"), 422, SAID, "status 422", id="with any header"),
        pytest.param(answer({}, status=400), 400, {}, "status 400", id="an empty object is an ErrorResponseBody"),
        pytest.param(Reply(500), 500, None, "status 500", id="status without a body"),
        pytest.param(Reply(500, "<html>"), 500, None, "status 500", id="a body that is not an ErrorResponseBody"),
        pytest.param(answer({"error": 1}, status=500), 500, None, "status 500", id="a body with wrong types"),
        pytest.param(answer(b"x" * 1001, status=500), 500, None, "status 500", id="status, body over max_body"),
        pytest.param(Reply(304), 304, None, "status 304", id="3xx"),
        pytest.param(answer(SAID, status=302), 302, SAID, "status 302", id="3xx with a body"),
        pytest.param(Reply(103), 103, None, "status 103", id="1xx"),
        pytest.param(answer(kind="no-op"), 200, None, "X-DF-Response-Type 'no-op' cannot follow an action", id="no-op"),
        pytest.param(
            answer({}, kind="modal"), 200, None, "X-DF-Response-Type 'modal' cannot follow an action", id="modal"
        ),
        pytest.param(
            answer({}, kind="x" * 99),
            200,
            None,
            f"X-DF-Response-Type '{'x' * 40}' cannot follow an action",
            id="unknown header",
        ),
        pytest.param(
            answer({"layout": 1}),
            200,
            None,
            "the body does not fit: layout: ...",
            id="a body that is not a step",
        ),
        pytest.param(
            answer({"error": "No.", "a": 1}),
            200,
            None,
            "the body does not fit: expected a step, got an object with error, a",
            id="an object without a property of a step",
        ),
        pytest.param(
            answer(b"", kind="step"), 200, None, "the body does not fit: no JSON: ...", id="an empty body is no step"
        ),
        pytest.param(
            answer({}, kind="action"), 200, None, "the body does not fit: action: missing", id="a body without action"
        ),
        pytest.param(answer(b"{", kind="exit"), 200, None, "the body does not fit: no JSON: ...", id="exit, no JSON"),
        pytest.param(
            answer(b"[" * 101 + b"]" * 101, kind="exit"),
            200,
            None,
            "the body does not fit: ...: JSON values nest at most 100 deep",
            id="exit, nested too deeply",
        ),
        pytest.param(ConnectionResetError("reset"), None, None, "ConnectionResetError: reset", id="transport failure"),
        pytest.param(answer(b"x" * 1001), None, None, "the body is larger than 1000 bytes", id="body over max_body"),
    ],
)
def test_any_other_answer_fails(
    fake_clock: FakeClock,
    scripted_transport: Script,
    reply: Reply | Exception,
    status: int | None,
    body: dict[str, Any] | None,
    reason: str,
) -> None:
    outcome, _ = perform(scripted_transport, fake_clock, Action(url="/next"), [reply], max_body=1000)

    assert isinstance(outcome, Failed)
    assert outcome.status == status
    assert outcome.body == (
        None
        if body is None
        else ErrorResponseBody(
            error=body.get("error"), refresh_url=body.get("refreshUrl"), validation=body.get("validation", UNSET)
        )
    )
    first, _, last = reason.partition("...")
    assert outcome.reason.startswith(first)
    assert outcome.reason.endswith(last)
    assert "..." in reason or outcome.reason == reason


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("file:///etc/passwd", "bad URL: neither http nor https, but 'file'"),
        ("https://[", "bad URL: no valid host or port"),
    ],
)
def test_an_invalid_url_fails(fake_clock: FakeClock, scripted_transport: Script, url: str, reason: str) -> None:
    outcome, http = perform(scripted_transport, fake_clock, Action(url=url), [])

    assert outcome == Failed(None, None, reason, trigger=PROGRESS, attempts=outcome.attempts)
    assert len(http.requests) == 1


def test_a_reason_does_not_repeat_a_body(fake_clock: FakeClock, scripted_transport: Script) -> None:
    reply = answer({"layout": [{"type": "form", "a" * 10_000: "\ud800", "b" * 10_000: "\ud800"}]})

    outcome, _ = perform(scripted_transport, fake_clock, Action(url="/next"), [reply])

    assert isinstance(outcome, Failed)
    assert len(outcome.reason) <= 523
