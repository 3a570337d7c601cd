"""The rules of the protocol. For each rule, an answer that breaks it, and what the session says about it."""

from __future__ import annotations

import pickle
from typing import Any

import pytest

from stepdsl import Action, NativeLaunchConfig, ParagraphLayout, server
from stepdsl.testing import (
    PROTOCOL_RULES,
    FlowClient,
    FlowSession,
    ProtocolRule,
    ProtocolViolationError,
    Reply,
    ScriptedTransport,
    SessionState,
)
from tests.client.support import BUTTON, TEXT, form, raw, start, step

REFRESHED = {"a": {**TEXT, "refreshStepOnChange": True}}
WAITING = {"url": "/go", "interval": 5, "maxAttempts": 2, "onError": {"action": {"url": "/late"}}}
CARD = {"url": "/go", "param": "card", "idProperty": "token", "method": "POST", "schema": TEXT}
ITEMS = {
    "type": "array",
    "items": {"type": "object", "properties": {"t": TEXT}, "displayOrder": ["t"]},
    "addItemTitle": "Add",
    "editItemTitle": "Edit",
}
IN_ITEM = {"l": [None, {"t": "Wrong."}]}
NO_ITEM = "'l[1].t': 'l' has 1 item, so there is no item 1"
CHECKED = {**TEXT, "validationAsync": {"url": "/go", "param": "a", "method": "POST"}}
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
        "known-type",
        step(),
        raw({"a": 1}, "EXIT"),
        press,
        "press: X-DF-Response-Type is 'EXIT'; write 'exit'",
        "finished",
    ),
    (
        "known-type",
        form(REFRESHED, refreshUrl="/go"),
        raw(form(REFRESHED, model={"a": "x"}), "Step"),
        fill,
        "fill: X-DF-Response-Type is 'Step'; write 'step'",
        "open",
    ),
    (
        "known-type",
        step(polling=WAITING),
        raw({"action": {"exit": True}}, "Action"),
        poll,
        "poll: X-DF-Response-Type is 'Action'; write 'action'",
        "finished",
    ),
    ("known-type", step(polling=WAITING), raw({}, "exits"), poll, "poll: X-DF-Response-Type is 'exits'", "open"),
    (
        "error-body",
        step(),
        raw({"error": 5}, status=422),
        press,
        "press: error: expected a string, got 5",
        "open",
    ),
    (
        "error-body",
        step(),
        raw({"refreshUrl": 5}, status=400),
        press,
        "press: refreshUrl: expected a string, got 5",
        "open",
    ),
    (
        "error-body",
        form({"a": TEXT}),
        raw({"validation": {"a": [{"b": 5}]}}, status=422),
        press,
        "press: validation.a[0].b: expected a string, got 5",
        "open",
    ),
    (
        "error-body",
        step(),
        raw({"validation": "No."}, status=422),
        press,
        'press: validation: expected an object, got "No."',
        "open",
    ),
    (
        "error-body",
        step(),
        raw({"detail": [], "b": 1, "c": 1, "d": 1}, status=422),
        press,
        "press: the body has none of error, validation and refreshUrl, but detail, b, c",
        "open",
    ),
    (
        "error-body",
        raw({"detail": 1}, status=422),
        None,
        None,
        "start: the body has none of error, validation and refreshUrl, but detail",
        "failed",
    ),
    (
        "error-body",
        form(REFRESHED, refreshUrl="/go"),
        raw({"error": 5}, status=422),
        fill,
        "fill: error: expected a string, got 5",
        "open",
    ),
    (
        "error-body",
        form({"a": {"type": "string", "persistAsync": CARD}}),
        raw({"detail": "No."}, status=422),
        fill,
        "fill: the body has none of error, validation and refreshUrl, but detail",
        "open",
    ),
    (
        "error-body",
        step(layout=[SEARCH]),
        raw({"error": {}}, status=500),
        search,
        "search: error: expected a string, got an object",
        "open",
    ),
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
    *(
        ("message-at-field", first, server.error("No.", IN_ITEM), move, f"{call}: {NO_ITEM}", "open")
        for first, move, call in (
            (form({"l": ITEMS}, model={"l": [{"t": "1"}]}), press, "press"),
            (form({"l": ITEMS}, model={"l": [{}]}, errors={"validation": IN_ITEM}), None, "start"),
        )
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
        "poll: the body is no action: action: missing, so the polling fails",
        "open",
    ),
    (
        "polling-answer",
        step(polling=WAITING),
        raw({"action": 1}),
        poll,
        "poll: the body is no action: action: expected an object, got 1, so the polling fails",
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
    *(
        ("validate-answer", form({"a": CHECKED}), answer, fill, f"fill: {text}", "open")
        for answer, text in (
            (server.error("No."), "expected an object with the text `message`, got an object"),
            (raw({"error": "No."}), "expected an object with the text `message`, got an object"),
            (raw({"message": 5}, status=422), "expected an object with the text `message`, got an object"),
            (raw(b"", status=422), "expected an object with the text `message`, the body is empty"),
            (raw(b"ok"), "expected an object with the text `message`, the body is no JSON"),
            (raw({"message": "No."}, status=400), "the message has the status 400; clients read it with 422"),
        )
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


@pytest.mark.parametrize(
    ("answer", "code"),
    [
        (raw({}, "exits"), "known-type"),
        (raw(form({}), "Step"), "known-type"),
        (raw([], "step"), "body-of-type"),
        (raw({"error": 5}, status=422), "error-body"),
    ],
)
def test_an_action_after_the_polling_that_breaks_a_rule_is_an_error(answer: Any, code: str) -> None:
    session, _ = start(step(polling=WAITING), {"/go": server.progress(Action(url="/next")), "/next": answer})
    with pytest.raises(ProtocolViolationError) as raised:
        session.poll()
    assert raised.value.code == code


@pytest.mark.parametrize(
    "answer",
    [
        *(raw(body) for body in (b"", b"null", b"{}", {"message": "Fine."})),
        *(raw({"error": "No."}, status=status) for status in (400, 404, 500)),
        raw(b"<p>", status=502),
    ],
)
def test_validate_async_can_have_another_answer(answer: Any) -> None:
    session, _ = start(form({"a": CHECKED}), {"/go": answer})
    assert not session.fill("a", "x").errors


def test_a_refreshed_step_without_a_model_can_have_the_same_values_again() -> None:
    fields = {"kind": {"const": "iban"}, "currency": {**TEXT, "default": "GBP"}, "name": TEXT}
    first = form(fields, refreshUrl="/again")
    session, _ = start(first, {"/again": first})
    assert session.refresh().values == {"kind": "iban", "currency": "GBP"}
    with pytest.raises(ProtocolViolationError, match=r"^refresh: the refreshed step has no model, so it loses name\n"):
        session.fill("name", "Ada").refresh()


@pytest.mark.parametrize(
    "answer",
    [
        *(raw({"detail": "x"}, status=status) for status in (400, 404, 405, 500)),
        raw(b"<h1>Server Error</h1>", status=500),
        raw(b"[]", status=422),
        raw({}, status=422),
        raw(b"<p>", status=422),
        raw({"validation": {"a": None}}, status=422),
        raw({"validation": None, "error": "No."}, status=422),
        raw({"refreshUrl": "/again"}, status=422),
    ],
)
def test_an_error_can_have_another_body(answer: Any) -> None:
    session, _ = start(form({"a": TEXT}), {"/go": answer, "/again": server.error("Later.", status=503)})
    session.press("Go").expect_error()


@pytest.mark.parametrize(
    ("answer", "text"),
    [
        (
            Reply(200, "<p>wait</p>"),
            "poll: the answer 200 has a body, but no X-DF-Response-Type, so clients read it as a step",
        ),
        (Reply.json({}, kind="action"), "poll: the body is no action: action: missing, so the polling fails"),
    ],
)
def test_the_polling_ends_at_the_first_answer_that_breaks_a_rule(answer: Reply, text: str) -> None:
    polling = {**WAITING, "delay": 5, "maxAttempts": 3}
    http = ScriptedTransport(
        [Reply.step(step(polling=polling)), Reply(204), Reply(302, headers={"Location": "/x"}), answer]
    )
    session = FlowClient(http).start("/")
    with pytest.raises(ProtocolViolationError) as raised:
        session.poll()
    assert (raised.value.code, str(raised.value).partition("\n")[0]) == ("polling-answer", text)
    http.assert_all_used()


@pytest.mark.parametrize(
    "answer", [Reply.json({}, kind="no-op"), Reply(headers={"X-DF-Response-Type": "step"}), Reply(304)]
)
def test_the_polling_goes_on_without_a_violation(answer: Reply) -> None:
    http = ScriptedTransport([Reply.step(step(polling=WAITING)), OSError("gone"), answer, Reply.exit(1)])
    FlowClient(http).start("/").poll().expect_exit(1)


def test_a_step_that_does_not_fit_is_shown_without_strict() -> None:
    first = raw({"id": "old", "layout": [{"type": "heading", "text": 1}], "schemas": []}, "step")
    session, _ = start(first, strict=False)
    session.expect_step(id="old")


def test_polling_of_core_goes_on_after_any_body_without_an_action() -> None:
    session, _ = start(step(polling=WAITING), {"/go": raw({"status": "pending"}), "/late": server.exit(1)})
    session.poll().expect_exit(1)


NO_STEP = "poll: the body is no step: expected an object with layout and schemas"
AFTER_POLLING: list[tuple[str, Any, str, str]] = [
    ("known-type", raw({}, "new"), "poll: X-DF-Response-Type is 'new'", "failed"),
    (
        "body-of-type",
        raw({}, "step"),
        NO_STEP,
        "failed",
    ),
    (
        "step-without-type",
        raw({"id": 7}),
        NO_STEP,
        "open",
    ),
    (
        "error-status",
        raw({"error": "No."}),
        NO_STEP,
        "failed",
    ),
    ("action-does-something", server.action(Action()), "poll: the action has neither url nor exit", "failed"),
    ("few-actions-in-a-row", server.action(Action(url="/go")), "poll: more than 10 actions in a row", "failed"),
]
"""Rule, answer to an action that a polling has brought, first line of the error, and the state with `strict=False`."""


@pytest.mark.parametrize(("code", "answer", "text", "state"), AFTER_POLLING, ids=[row[0] for row in AFTER_POLLING])
def test_an_action_after_polling_follows_the_same_rules(code: str, answer: Any, text: str, state: str) -> None:
    routes = {"/status": server.progress(Action(url="/go")), "/go": answer}
    session, _ = start(step(polling={**WAITING, "url": "/status"}), routes)
    with pytest.raises(ProtocolViolationError) as raised:
        session.poll()
    assert (raised.value.code, str(raised.value).partition("\n")[0]) == (code, text)
    session, _ = start(step(polling={**WAITING, "url": "/status"}), routes, strict=False)
    assert session.poll().state == state


def test_an_action_after_polling_can_be_answered_with_each_documented_type() -> None:
    wait, scan = ParagraphLayout(text="Wait."), NativeLaunchConfig(id="scan")
    answers = [server.no_op(), server.modal([wait]), server.subflow(scan, "me")]
    routes = {"/status": server.progress(Action(url="/go")), "/go": lambda _: answers.pop(0)}
    session, _ = start(step(polling={**WAITING, "url": "/status"}), routes)
    assert session.poll().step.id == "first"
    assert session.poll().modal == (wait,)
    assert session.back().poll().subflow is not None
