"""Rules 4 to 9 of polling: the result of an attempt. Each sentence has a table or a test."""

from __future__ import annotations

from typing import Any

import pytest
import urllib3

from stepdsl import UNSET, Action, ActionBehavior, Behavior, ModalBehavior, Polling, Step, UnknownBehavior, from_dict
from stepdsl.executor import Exited, Failed, NextStep, PollingExecutor, Trigger, Unhandled
from stepdsl.testing import FakeClock, Reply, ScriptedTransport
from tests.executor.support import (
    BASE,
    GAVE_UP,
    NEXT,
    NEXT_JSON,
    Script,
    answer,
    attempts,
    exiting,
    polling_step,
    redirect,
    run,
)

MISMATCH, STATUS, EXHAUSTED, PROGRESS = Trigger.MISMATCH, Trigger.STATUS, Trigger.EXHAUSTED, Trigger.PROGRESS
PENDING = answer()
DONE = answer(exiting("done"))


# Rule 4: status 400 and more


@pytest.mark.parametrize("status", [400, 401, 404, 429, 500, 503, 599, 999])
def test_rule_4_a_status_of_400_or_more_ends_the_polling(
    fake_clock: FakeClock, scripted_transport: Script, status: int
) -> None:
    outcome = run(scripted_transport([PENDING, Reply(status)]), fake_clock)

    assert outcome == Exited(GAVE_UP, trigger=STATUS, attempts=outcome.attempts)
    assert attempts(outcome) == [200, status]


@pytest.mark.parametrize(
    "reply",
    [
        pytest.param(answer(exiting("no"), status=500), id="rule 4: with any body"),
        pytest.param(answer({}, kind="exit", status=500), id="rule 4: with any header"),
        pytest.param(answer(b"x" * 11, status=500), id="rule 4: even if the body is over max_body"),
        pytest.param(redirect("/x", 400), id="rule 4: a Location has no effect"),
    ],
)
def test_rule_4_has_priority_over_header_and_body(
    fake_clock: FakeClock, scripted_transport: Script, reply: Reply
) -> None:
    outcome = run(scripted_transport([reply]), fake_clock, max_body=10)

    assert outcome == Exited(GAVE_UP, trigger=STATUS, attempts=outcome.attempts)
    assert attempts(outcome) == [reply.status]


# Rules 5 and 6: answers with 2xx

CONTINUES = "continues"
MISMATCHED = "mismatch"
RULES_5_AND_6: list[Any] = [
    # header, body, expected outcome
    pytest.param("action", exiting(1), Exited(1, trigger=PROGRESS), id="rule 5: action is performed"),
    pytest.param("step", NEXT_JSON, NextStep(NEXT, trigger=PROGRESS), id="rule 5: step"),
    pytest.param("step", {}, NextStep(Step(), trigger=PROGRESS), id="rule 5: step, all defaults"),
    pytest.param("exit", {"a": 1}, Exited({"a": 1}, trigger=PROGRESS), id="rule 5: exit with the body"),
    pytest.param("exit", [1], Exited([1], trigger=PROGRESS), id="rule 5: exit with an array"),
    pytest.param("exit", None, Exited(None, trigger=PROGRESS), id="rule 5: exit with null"),
    pytest.param("exit", b"", Exited(UNSET, trigger=PROGRESS), id="rule 5: exit, empty: no result"),
    pytest.param("exit", b" \r\n\t", Exited(UNSET, trigger=PROGRESS), id="rule 5: exit, blank: no result"),
    pytest.param("no-op", b"", CONTINUES, id="rule 5: no-op"),
    pytest.param("no-op", exiting(1), CONTINUES, id="rule 5: no-op, with any body"),
    pytest.param("no-op", b"\xff", CONTINUES, id="rule 5: no-op, even no JSON"),
    pytest.param("action", b"", CONTINUES, id="rule 5: action, empty"),
    pytest.param("step", b"", CONTINUES, id="rule 5: step, empty"),
    pytest.param("step", b" \n", CONTINUES, id="rule 5: step, blank"),
    pytest.param("STEP", NEXT_JSON, NextStep(NEXT, trigger=PROGRESS), id="rule 5: header in capitals"),
    pytest.param(" step ", NEXT_JSON, NextStep(NEXT, trigger=PROGRESS), id="rule 5: header with blanks"),
    pytest.param("unheard-of", {}, MISMATCHED, id="rule 5: unknown header"),
    pytest.param("unheard-of", b"", MISMATCHED, id="rule 5: unknown header, empty"),
    pytest.param("", {}, MISMATCHED, id="rule 5: header without a value"),
    pytest.param("step, step", {}, MISMATCHED, id="rule 5: header twice"),
    pytest.param("action", {}, MISMATCHED, id="rule 5: action without an action"),
    pytest.param("action", {"action": 1}, MISMATCHED, id="rule 5: an invalid action"),
    pytest.param("action", {"action": {"url": 1}}, MISMATCHED, id="rule 5: action with a wrong property"),
    pytest.param("action", {"exit": True}, MISMATCHED, id="rule 5: a bare Action"),
    pytest.param("action", [exiting(1)], MISMATCHED, id="rule 5: action in an array"),
    pytest.param("action", b"{", MISMATCHED, id="rule 5: action, no JSON"),
    pytest.param("step", [], MISMATCHED, id="rule 5: step, an array"),
    pytest.param("step", {"layout": 1}, MISMATCHED, id="rule 5: step, wrong"),
    pytest.param("step", {"error": "No."}, MISMATCHED, id="rule 5: step, an object with none of its properties"),
    pytest.param("step", b"nonsense", MISMATCHED, id="rule 5: step, no JSON"),
    pytest.param("exit", b"nonsense", MISMATCHED, id="rule 5: exit, no JSON"),
    pytest.param("exit", b"NaN", MISMATCHED, id="rule 5: exit, NaN"),
    pytest.param("exit", b"[" * 101 + b"]" * 101, MISMATCHED, id="rule 5: exit, nested too deeply"),
    pytest.param("exit", b"9223372036854775808", MISMATCHED, id="rule 5: exit, an integer of more than 64 bits"),
    pytest.param("exit", rb'"\ud800"', MISMATCHED, id="rule 5: exit, a lone surrogate"),
    pytest.param("modal", b"", MISMATCHED, id="rule 5: modal, empty"),
    pytest.param("modal", [], MISMATCHED, id="rule 5: modal, no object"),
    pytest.param("subflow", b"{", MISMATCHED, id="rule 5: subflow, no JSON"),
    pytest.param(None, exiting(1), Exited(1, trigger=PROGRESS), id="rule 6: an object with an action"),
    pytest.param(
        None,
        {**NEXT_JSON, **exiting(1)},
        Exited(1, trigger=PROGRESS),
        id="rule 6: a step with an action",
    ),
    pytest.param(None, {"action": {"exit": 1}}, MISMATCHED, id="rule 6: an invalid action"),
    pytest.param(None, {"action": None}, MISMATCHED, id="rule 6: an action that is null"),
    pytest.param(None, b"", CONTINUES, id="rule 6: empty"),
    pytest.param(None, {}, CONTINUES, id="rule 6: an object without an action"),
    pytest.param(None, NEXT_JSON, CONTINUES, id="rule 6: a step"),
    pytest.param(None, [exiting(1)], CONTINUES, id="rule 6: an array"),
    pytest.param(None, "action", CONTINUES, id="rule 6: a string"),
    pytest.param(None, None, CONTINUES, id="rule 6: null"),
    pytest.param(None, {"Action": {"exit": True}}, CONTINUES, id="rule 6: names are case-sensitive"),
    pytest.param(None, b'{"action": {"exit": true}', CONTINUES, id="rule 6: no JSON"),
    pytest.param(None, b"<html>", CONTINUES, id="rule 6: HTML"),
    pytest.param(None, b"\xff\xfe", CONTINUES, id="rule 6: no UTF-8"),
]


@pytest.mark.parametrize(("kind", "body", "expected"), RULES_5_AND_6)
@pytest.mark.parametrize("status", [200, 202, 299])
def test_rules_5_and_6_header_and_body_decide(
    fake_clock: FakeClock, scripted_transport: Script, kind: str | None, body: Any, expected: Any, status: int
) -> None:
    reply = answer(body, kind=kind, status=status)
    going_on = expected is CONTINUES
    http = scripted_transport([reply, DONE] if going_on else [reply])

    outcome = run(http, fake_clock)

    if going_on:
        expected = Exited("done", trigger=PROGRESS)
    elif expected is MISMATCHED:
        expected = Exited(GAVE_UP, trigger=MISMATCH)
    assert type(outcome) is type(expected)
    assert outcome.trigger is expected.trigger
    assert getattr(outcome, "result", None) == getattr(expected, "result", None)
    assert getattr(outcome, "step", None) == getattr(expected, "step", None)
    assert attempts(outcome) == ([status, 200] if going_on else [status])


@pytest.mark.parametrize("name", ["x-df-response-type", "X-Df-Response-Type", "X-DF-RESPONSE-TYPE"])
def test_rule_5_the_name_of_the_header_can_be_in_any_case(
    fake_clock: FakeClock, scripted_transport: Script, name: str
) -> None:
    outcome = run(scripted_transport([Reply(200, "7", headers={name: "exit"})]), fake_clock)

    assert isinstance(outcome, Exited)
    assert outcome.result == 7


@pytest.mark.parametrize("name", ["x-df-response-type", "X-DF-Response-Type"])
def test_rule_5_the_headers_can_be_a_plain_dict(fake_clock: FakeClock, name: str) -> None:
    class Http:
        def request(self, *_: object, **__: object) -> urllib3.HTTPResponse:
            response = urllib3.HTTPResponse(preload_content=False, status=200)
            response.headers = {"Other": "x", name: "exit"}  # type: ignore[assignment]
            return response

    outcome = PollingExecutor(base_url=BASE, http=Http(), clock=fake_clock).run(polling_step())

    assert outcome == Exited(UNSET, trigger=PROGRESS, attempts=outcome.attempts)


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        ("modal", {"title": "Sure?", "content": []}),
        (
            "subflow",
            {
                "launchConfig": {"type": "native", "id": "card-scan"},
                "referrerId": "r",
            },
        ),
    ],
)
def test_rule_5_modal_and_subflow_are_returned_as_unhandled(
    fake_clock: FakeClock, scripted_transport: Script, kind: str, body: dict[str, Any]
) -> None:
    outcome = run(scripted_transport([PENDING, answer(body, kind=kind)]), fake_clock)

    assert isinstance(outcome, Unhandled)
    assert outcome.trigger is PROGRESS
    assert outcome.behavior == from_dict({"type": kind, **body}, Behavior)
    assert attempts(outcome) == [200, 200]


def test_rule_5_the_header_has_priority_over_a_type_in_the_body(
    fake_clock: FakeClock, scripted_transport: Script
) -> None:
    body = {"type": "link", "url": "https://bank.example", "title": "Sure?", "content": []}

    outcome = run(scripted_transport([answer(body, kind="modal")]), fake_clock)

    assert isinstance(outcome, Unhandled)
    assert isinstance(outcome.behavior, ModalBehavior)


@pytest.mark.parametrize(
    ("kind", "body"),
    [("modal", {"title": "Sure?"}), ("modal", []), ("subflow", {"launchConfig": {"type": "native", "id": "x"}})],
)
def test_rule_5_an_invalid_modal_or_subflow_body_is_a_mismatch(
    fake_clock: FakeClock, scripted_transport: Script, kind: str, body: Any
) -> None:
    outcome = run(scripted_transport([PENDING, answer(body, kind=kind)]), fake_clock)

    assert outcome == Exited(GAVE_UP, trigger=Trigger.MISMATCH, attempts=outcome.attempts)


# Rule 7: failed attempts


@pytest.mark.parametrize(
    "reply",
    [
        pytest.param(Reply(304), id="rule 7: 304"),
        pytest.param(Reply(300, headers={"Location": "/x"}), id="rule 7: 300 is no redirect"),
        pytest.param(Reply(305, headers={"Location": "/x"}), id="rule 7: 305 is no redirect"),
        pytest.param(Reply(302), id="rule 7: 302 without Location"),
        pytest.param(Reply(399), id="rule 7: 399"),
        pytest.param(Reply(103), id="rule 7: 103"),
        pytest.param(answer(exiting("no"), status=304), id="rule 7: with any body"),
        pytest.param(answer({}, kind="exit", status=304), id="rule 7: with any header"),
        pytest.param(answer(b"x" * 1001, status=304), id="rule 7: even if the body is over max_body"),
    ],
)
def test_rule_7_polling_continues_after_any_other_status(
    fake_clock: FakeClock, scripted_transport: Script, reply: Reply
) -> None:
    outcome = run(scripted_transport([reply, DONE]), fake_clock, max_body=1000)

    assert outcome.trigger is PROGRESS
    assert attempts(outcome) == [reply.status, 200]


@pytest.mark.parametrize(
    ("failure", "reason"),
    [
        pytest.param(
            ConnectionRefusedError(111, "Connection refused"),
            "ConnectionRefusedError: [Errno 111] Connection refused",
            id="rule 7: refused",
        ),
        pytest.param(ConnectionResetError(), "ConnectionResetError", id="rule 7: reset"),
        pytest.param(TimeoutError("timed out"), "TimeoutError: timed out", id="rule 7: timed out"),
        pytest.param(urllib3.exceptions.SSLError("bad certificate"), "SSLError: bad certificate", id="rule 7: TLS"),
        pytest.param(
            urllib3.exceptions.ProtocolError("Connection aborted.", ConnectionResetError(104, "reset")),
            "ConnectionResetError: [Errno 104] reset",
            id="rule 7: the error is the cause, not the wrapper of urllib3",
        ),
        pytest.param(
            urllib3.exceptions.ProtocolError("Response ended prematurely"),
            "ProtocolError: Response ended prematurely",
            id="rule 7: without a cause, the text of urllib3",
        ),
        pytest.param(ValueError("x" * 1000), "ValueError: " + "x" * 188, id="rule 7: no more than a line of it"),
        pytest.param(answer(b"x" * 1001), "the body is larger than 1000 bytes", id="rule 7: body over max_body"),
    ],
)
def test_rule_7_a_transport_failure_counts_as_an_attempt(
    fake_clock: FakeClock, scripted_transport: Script, failure: Reply | Exception, reason: str
) -> None:
    outcome = run(scripted_transport([failure, DONE]), fake_clock, max_body=1000)

    assert outcome.trigger is PROGRESS
    assert attempts(outcome) == [reason, 200]
    assert fake_clock.sleeps == [5]


def test_rule_7_a_body_of_exactly_max_body_is_read(fake_clock: FakeClock, scripted_transport: Script) -> None:
    body = b'"' + b"x" * 998 + b'"'

    outcome = run(scripted_transport([answer(body, kind="exit")]), fake_clock, max_body=1000)

    assert outcome == Exited("x" * 998, trigger=PROGRESS, attempts=outcome.attempts)


def test_rule_7_an_empty_body_is_read_with_a_max_body_of_0(fake_clock: FakeClock, scripted_transport: Script) -> None:
    outcome = run(scripted_transport([Reply.exit()]), fake_clock, max_body=0)

    assert outcome == Exited(UNSET, trigger=PROGRESS, attempts=outcome.attempts)


def test_rule_7_run_raises_any_other_error_of_a_custom_http(fake_clock: FakeClock) -> None:
    with pytest.raises(ZeroDivisionError):
        run(ScriptedTransport([ZeroDivisionError()]), fake_clock)


# Rule 8: no attempts left


def test_rule_8_on_error_is_performed_after_the_last_attempt(fake_clock: FakeClock, scripted_transport: Script) -> None:
    outcome = run(scripted_transport([PENDING, Reply(304), ConnectionResetError()]), fake_clock)

    assert outcome == Exited(GAVE_UP, trigger=EXHAUSTED, attempts=outcome.attempts)
    assert attempts(outcome) == [200, 304, "ConnectionResetError"]


# Rule 9: on_error

ACTION = Action(exit=True, result="action")
BEHAVIOR = ActionBehavior(action=Action(exit=True, result="behavior"))
LINK = from_dict({"type": "link", "url": "https://bank.example"}, Behavior)
UNHEARD_OF = UnknownBehavior(type="unheard-of", extra={"x": 1})


@pytest.mark.parametrize(
    ("replies", "trigger"),
    [
        pytest.param([Reply(500)], STATUS, id="STATUS"),
        pytest.param([answer({}, kind="unheard-of")], MISMATCH, id="MISMATCH"),
        pytest.param([PENDING, PENDING, PENDING], EXHAUSTED, id="EXHAUSTED"),
    ],
)
@pytest.mark.parametrize(
    ("on_error", "expected"),
    [
        pytest.param({"action": ACTION}, Exited("action", trigger=PROGRESS), id="rule 9: its action"),
        pytest.param({"behavior": BEHAVIOR}, Exited("behavior", trigger=PROGRESS), id="rule 9: its behavior's action"),
        pytest.param(
            {"action": ACTION, "behavior": BEHAVIOR},
            Exited("behavior", trigger=PROGRESS),
            id="rule 9: its behavior, if it has both",
        ),
        pytest.param({"behavior": LINK}, Unhandled(LINK, trigger=PROGRESS), id="rule 9: another behavior is returned"),
        pytest.param(
            {"action": ACTION, "behavior": UNHEARD_OF},
            Unhandled(UNHEARD_OF, trigger=PROGRESS),
            id="rule 9: an unknown one too, action or not",
        ),
        pytest.param(
            {"action": Action()},
            Failed(None, None, "the action has neither url nor exit", trigger=PROGRESS),
            id="rule 9: an action that does nothing",
        ),
    ],
)
def test_rule_9_on_error_is_performed_once(
    fake_clock: FakeClock,
    scripted_transport: Script,
    replies: list[Reply],
    trigger: Trigger,
    on_error: dict[str, Any],
    expected: Any,
) -> None:
    outcome = run(scripted_transport(replies), fake_clock, polling_step(on_error=Polling.OnError(**on_error)))

    assert outcome.trigger is trigger
    assert len(outcome.attempts) == len(replies)
    assert type(outcome) is type(expected)
    for name in ("result", "behavior", "reason"):
        assert getattr(outcome, name, None) == getattr(expected, name, None)
