"""The rules of the protocol. For each rule, an answer that breaks it, and what the session says about it."""

from __future__ import annotations

import pickle
from typing import Any

import pytest

from stepdsl import Action, server
from stepdsl.testing import PROTOCOL_RULES, FlowSession, ProtocolRule, ProtocolViolationError, SessionState
from tests.client.support import BUTTON, TEXT, form, raw, start, step

REFRESHED = {"a": {**TEXT, "refreshStepOnChange": True}}
WAITING = {"url": "/go", "interval": 5, "maxAttempts": 2, "onError": {"action": {"url": "/late"}}}
CARD = {"url": "/go", "param": "card", "idProperty": "token", "method": "POST", "schema": TEXT}
SEARCH = {"type": "search", "title": "Find", "method": "GET", "url": "/go", "param": "q"}
HIDDEN = {**form({"a": {**TEXT, "hidden": True}}, schema={"required": ["a"]}), "model": {}}


def press(session: FlowSession) -> object:
    return session.press("Go")


def poll(session: FlowSession) -> object:
    return session.poll()


def fill(session: FlowSession) -> object:
    return session.fill("a", "x")


def search(session: FlowSession) -> object:
    return session.search("x")


VIOLATIONS: list[tuple[str, Any, Any, Any, str, Any]] = [
    ("body-of-type", step(), raw({}, "action"), press, "press: the body is no action: action: missing", "failed"),
    (
        "body-of-type",
        step(),
        raw(b"<p>", "step"),
        press,
        "press: the body is no step: no JSON: Expecting value: line 1 column 1 (char 0)",
        "failed",
    ),
    ("known-type", step(), raw({}, "exits"), press, "press: X-DF-Response-Type is 'exits'", "failed"),
    ("body-of-type", step(), raw(b"", "step"), press, "press: the body is empty", "failed"),
    ("body-of-type", step(), raw(b" ", "action"), press, "press: the body is empty", "failed"),
    ("step-without-type", step(), raw(status=204), press, "press: the body is empty", "failed"),
    (
        "step-without-type",
        step(),
        raw({}),
        press,
        "press: the body is no step: expected an object with layout and schemas",
        "failed",
    ),
    (
        "step-without-type",
        step(),
        raw(b"ok"),
        press,
        "press: the body is no step: no JSON: Expecting value: line 1 column 1 (char 0)",
        "failed",
    ),
    (
        "error-status",
        step(),
        raw({"error": "No."}),
        press,
        "press: the body is no step: expected an object with layout and schemas",
        "failed",
    ),
    (
        "message-at-field",
        form({"name": TEXT}),
        server.error("No.", {"nam": "Wrong."}),
        press,
        "press: 'nam': no such field; did you mean 'name'?",
        "open",
    ),
    (
        "message-at-field",
        form({"name": TEXT}, errors={"validation": {"x": {"y": "Wrong."}}}),
        None,
        None,
        "start: 'x': no such field; there are name",
        "open",
    ),
    (
        "refresh-with-model",
        form(REFRESHED, refreshUrl="/go"),
        form(REFRESHED),
        fill,
        "fill: the refreshed step has no model, so it loses a",
        "open",
    ),
    ("refresh-answer", form(REFRESHED, refreshUrl="/go"), raw(b""), fill, "fill: the body is empty", "open"),
    (
        "refresh-answer",
        form(REFRESHED, refreshUrl="/go"),
        server.exit(),
        fill,
        "fill: X-DF-Response-Type is 'exit'",
        "open",
    ),
    (
        "polling-answer",
        step(polling=WAITING),
        raw({}, "action"),
        poll,
        "poll: the body is no 'action', so the polling fails",
        "open",
    ),
    (
        "polling-answer",
        step(polling=WAITING),
        raw({"action": 1}),
        poll,
        "poll: the action in the body does not fit, so the polling fails",
        "open",
    ),
    (
        "polling-answer",
        step(polling=WAITING),
        raw({"layout": []}),
        poll,
        "poll: the answer 200 has a body, but no X-DF-Response-Type, so clients read it as a step",
        "open",
    ),
    (
        "polling-answer",
        step(polling={**WAITING, "delay": 5}),
        raw({"status": "pending"}),
        poll,
        "poll: the answer 200 has a body, but no X-DF-Response-Type, so clients read it as a step",
        "open",
    ),
    (
        "polling-answer",
        step(polling={**WAITING, "delay": 5}),
        raw(b"wait"),
        poll,
        "poll: the answer 200 has a body, but no X-DF-Response-Type, so clients read it as a step",
        "open",
    ),
    (
        "persist-answer",
        form({"a": {"type": "string", "persistAsync": CARD}}),
        raw({"id": 1}),
        fill,
        "fill: the answer has no property 'token'",
        "open",
    ),
    (
        "persist-answer",
        form({"a": {"type": "string", "persistAsync": CARD}}),
        raw(b""),
        fill,
        "fill: the body is empty; expected an object with the property 'token'",
        "open",
    ),
    (
        "persist-answer",
        form({"a": {"type": "string", "persistAsync": CARD}}),
        raw(b"<p>"),
        fill,
        "fill: no JSON: Expecting value: line 1 column 1 (char 0); expected an object with the property 'token'",
        "open",
    ),
    (
        "persist-answer",
        form({"a": {"type": "string", "persistAsync": CARD}}),
        raw([1]),
        fill,
        "fill: expected an object with the property 'token', got an array",
        "open",
    ),
    ("search-answer", step(layout=[SEARCH]), raw(b""), search, "search: the body is empty", "open"),
    ("search-answer", step(layout=[SEARCH]), raw({}), search, "search: results: missing", "open"),
    (
        "search-answer",
        step(layout=[SEARCH]),
        raw({"type": "new"}),
        search,
        "search: type: no search response has the type 'new'",
        "open",
    ),
    (
        "way-on",
        step(layout=[{"type": "divider"}]),
        None,
        None,
        "start: nothing in the step continues or ends the flow",
        "open",
    ),
    ("fields-can-be-filled", HIDDEN, None, press, "press: 'a' is not on the screen: Fill in this field.", "open"),
    (
        "fields-can-be-filled",
        form({"a": {**TEXT, "disabled": True}}, schema={"required": ["a"]}),
        None,
        press,
        "press: 'a' is disabled: Fill in this field.",
        "open",
    ),
    (
        "action-does-something",
        step(layout=[{**BUTTON, "action": {}}, {**BUTTON, "title": "Next"}]),
        None,
        press,
        "press: the action has neither url nor exit",
        "open",
    ),
    (
        "few-actions-in-a-row",
        step(),
        server.action(Action(url="/go")),
        press,
        "press: more than 10 actions in a row",
        "failed",
    ),
]
"""Code, first step, answer to what follows, move, first line of the error, and the state with `strict=False`."""

IDS = [f"{code}: {text}" for code, _, _, _, text, _ in VIOLATIONS]


@pytest.mark.parametrize(("code", "first", "answer", "move", "text", "state"), VIOLATIONS, ids=IDS)
def test_an_answer_that_breaks_a_rule_is_an_error(
    code: str, first: Any, answer: Any, move: Any, text: str, state: str
) -> None:
    routes = {"/go": answer, "/late": server.still_waiting()}

    with pytest.raises(ProtocolViolationError) as raised:
        session, _ = start(first, routes)
        move(session)

    error = raised.value
    rule = PROTOCOL_RULES[code]
    assert error.code == code
    assert error.rule is rule
    assert str(error).split("\n")[:2] == [text, f"Broken rule {code!r} ({rule.section}): {rule.sentence}"]
    assert "Last answer: " in str(error)


@pytest.mark.parametrize(("code", "first", "answer", "move", "text", "state"), VIOLATIONS, ids=IDS)
def test_without_strict_it_ends_in_a_state(
    code: str, first: Any, answer: Any, move: Any, text: str, state: str
) -> None:
    session, _ = start(first, {"/go": answer, "/late": raw(b"", status=500)}, strict=False)
    if move is not None:
        move(session)
    assert session.state == SessionState(state)


def test_each_rule_has_a_violation() -> None:
    assert {code for code, *_ in VIOLATIONS} == set(PROTOCOL_RULES)


def test_a_violation_can_be_pickled() -> None:
    rule = ProtocolRule("a", "b", "c", "d")
    copy = pickle.loads(pickle.dumps(ProtocolViolationError("text", rule)))
    assert (str(copy), copy.rule) == ("text", rule)


def test_an_action_after_the_polling_that_breaks_a_rule_is_an_error() -> None:
    for answer, code in ((raw({}, "exits"), "known-type"), (raw([], "step"), "body-of-type")):
        session, _ = start(step(polling=WAITING), {"/go": server.progress(Action(url="/next")), "/next": answer})
        with pytest.raises(ProtocolViolationError) as raised:
            session.poll()
        assert raised.value.code == code


def test_a_step_that_does_not_fit_is_shown_without_strict() -> None:
    first = raw({"id": "old", "layout": [{"type": "heading", "text": 1}], "schemas": []}, "step")
    session, _ = start(first, strict=False)
    session.expect_step(id="old")


def test_polling_of_core_goes_on_after_any_body_without_an_action() -> None:
    session, _ = start(step(polling=WAITING), {"/go": raw({"status": "pending"}), "/late": server.exit(1)})
    session.poll().expect_exit(1)
