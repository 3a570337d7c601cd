"""The complete answer of each function, compared with the documented table, and the outcome in a polling client."""

from __future__ import annotations

import pickle
from collections.abc import Callable
from http import HTTPStatus
from typing import Any

import attrs
import pytest

from stepdsl import (
    UNSET,
    Action,
    ActionBehavior,
    ActionResponseBody,
    DismissBehavior,
    ErrorResponseBody,
    HeadingLayout,
    InvalidValueError,
    ModalBehavior,
    ModalResponseBody,
    NativeLaunchConfig,
    NoOpResponseBody,
    ParagraphLayout,
    Polling,
    SearchResponseBody,
    SearchResult,
    Step,
    SubflowBehavior,
    SubflowResponseBody,
    WireError,
    loads,
    server,
)
from stepdsl.executor import Exited, Failed, NextStep, PollingExecutor, Trigger, Unhandled
from stepdsl.server import FlowResponse
from stepdsl.testing import FakeClock, Reply, ScriptedTransport

JSON = {"Content-Type": "application/json"}
STEP = Step(id="paid", title="Bezahlt – ✓", layout=[HeadingLayout(text="Paid")])
STEP_BODY = '{"id":"paid","title":"Bezahlt – ✓","layout":[{"type":"heading","text":"Paid"}],"schemas":[]}'.encode()
TAG = '"74752fae77294138f22269e13ab19c97"'
ACTION = Action(url="/next", data={"a": 1})
LAUNCH = NativeLaunchConfig(id="kyc", payload={"level": 2})


def typed(kind: str) -> dict[str, str]:
    return {"Content-Type": "application/json", "X-DF-Response-Type": kind}


ANSWERS: dict[str, tuple[FlowResponse, int, dict[str, str], bytes]] = {
    "step": (server.step(STEP), 200, typed("step"), STEP_BODY),
    "step with a tag": (server.step(STEP, etag=True), 200, {**typed("step"), "ETag": TAG}, STEP_BODY),
    "step with a given tag": (server.step(STEP, etag="v7"), 200, {**typed("step"), "ETag": '"v7"'}, STEP_BODY),
    "step with a weak tag": (server.step(STEP, etag='W/"v7"'), 200, {**typed("step"), "ETag": 'W/"v7"'}, STEP_BODY),
    "refreshed": (server.refreshed(STEP, None), 200, {**typed("step"), "ETag": TAG}, STEP_BODY),
    "refreshed, of old": (server.refreshed(STEP, '"old"'), 200, {**typed("step"), "ETag": TAG}, STEP_BODY),
    "refreshed, the same": (server.refreshed(STEP, TAG), 304, {"ETag": TAG}, b""),
    "refreshed, a given tag": (server.refreshed(STEP, '"v7"', etag="v7"), 304, {"ETag": '"v7"'}, b""),
    "action": (
        server.action(ACTION),
        200,
        typed("action"),
        b'{"action":{"url":"/next","data":{"a":1}}}',
    ),
    "exit": (server.exit({"paid": True}), 200, typed("exit"), b'{"paid":true}'),
    "exit without a result": (server.exit(), 200, typed("exit"), b"{}"),
    "exit with null": (server.exit(None), 200, typed("exit"), b"null"),
    "modal": (
        server.modal([ParagraphLayout(text="Careful")]),
        200,
        typed("modal"),
        b'{"content":[{"type":"paragraph","text":"Careful"}]}',
    ),
    "no_op": (server.no_op(), 200, typed("no-op"), b"{}"),
    "subflow": (
        server.subflow(
            LAUNCH, "account", result_key="kyc", on_completion=DismissBehavior(), on_error=DismissBehavior()
        ),
        200,
        typed("subflow"),
        b'{"launchConfig":{"type":"native","id":"kyc","payload":{"level":2}},"referrerId":"account",'
        b'"resultKey":"kyc","onCompletion":{"type":"dismiss"},"onError":{"type":"dismiss"}}',
    ),
    "error": (server.error(), 422, JSON, b"{}"),
    "error with everything": (
        server.error("No.", {"a.b": "Wrong"}, "/again", status=409, analytics={"why": "b"}),
        409,
        JSON,
        b'{"error":"No.","refreshUrl":"/again","validation":{"a":{"b":"Wrong"}},"analytics":{"why":"b"}}',
    ),
    "still_waiting": (server.still_waiting(), 204, {}, b""),
    "progress": (server.progress(ACTION), 200, typed("action"), b'{"action":{"url":"/next","data":{"a":1}}}'),
    "persisted": (server.persisted("token", "t-1"), 200, JSON, b'{"token":"t-1"}'),
    "persisted, an object": (server.persisted("file", {"id": 5}), 200, JSON, b'{"file":{"id":5}}'),
    "valid": (server.valid(), 204, {}, b""),
    "valid with a message": (server.valid("Schön"), 200, JSON, '{"message":"Schön"}'.encode()),
    "invalid": (server.invalid("No IBAN"), 422, JSON, b'{"message":"No IBAN"}'),
    "search_results": (
        server.search_results([SearchResult.Action(title="Berlin", value=ACTION)]),
        200,
        JSON,
        b'{"results":[{"type":"action","title":"Berlin","value":{"url":"/next","data":{"a":1}}}]}',
    ),
    "search_results, none": (server.search_results([]), 200, JSON, b'{"results":[]}'),
    "not_modified": (server.not_modified(), 304, {}, b""),
    "not_modified with a tag": (server.not_modified("v7"), 304, {"ETag": '"v7"'}, b""),
}

TABLE: dict[str, type] = {
    # value of the header → type of the body, for a status of 2xx; exit has no type
    "step": Step,
    "action": ActionResponseBody,
    "modal": ModalResponseBody,
    "no-op": NoOpResponseBody,
    "subflow": SubflowResponseBody,
}

in_any_case = pytest.mark.parametrize("name", ANSWERS)


@in_any_case
def test_each_function_returns_the_expected_answer(name):
    answer, status, headers, body = ANSWERS[name]
    assert answer == FlowResponse(status, headers, body)
    assert list(answer.headers) == list(headers)


def test_every_function_has_an_expected_answer():
    functions = {name for name in server.__all__ if name.islower()} - {
        "etag_of",
        "field_errors",
        "form_etag",
        "validated",
    }
    assert functions == {name.split(",")[0].split(" ")[0] for name in ANSWERS}


@in_any_case
def test_each_answer_matches_the_documented_table(name):
    answer = ANSWERS[name][0]
    kind = answer.headers.get("X-DF-Response-Type")
    assert ("Content-Type" in answer.headers) == bool(answer.body)
    if answer.status >= 400:
        assert kind is None
        if name == "invalid":  # the body of a validate-async answer has another structure
            assert (answer.status, list(answer.json)) == (422, ["message"])
        else:
            assert loads(answer.body, ErrorResponseBody).extra == {}
    elif kind is None:
        assert answer.status in (200, 204, 304)
        assert bool(answer.body) == (answer.status == 200)
    elif kind != "exit":
        assert answer.status == 200
        assert loads(answer.body, TABLE[kind]).extra == {}


def test_each_kind_of_the_table_has_a_function():
    assert {answer.headers.get("X-DF-Response-Type") for answer, *_ in ANSWERS.values()} == {None, "exit", *TABLE}


def test_json_returns_the_body_as_plain_values():
    assert server.error("No.", {"a": "b"}).json == {"error": "No.", "validation": {"a": "b"}}
    with pytest.raises(WireError, match="no JSON"):
        _ = server.still_waiting().json


def test_search_results_are_read_back():
    results = [SearchResult.Action(title="Berlin", value=ACTION), SearchResult.Action(title="Bonn", value=ACTION)]
    assert loads(server.search_results(results).body, SearchResponseBody).results == tuple(results)


def test_modal_accepts_any_iterable_of_layouts():
    texts = ["a", "b"]
    made: Any = (ParagraphLayout(text=text) for text in texts)
    assert server.modal(made) == server.modal([ParagraphLayout(text=text) for text in texts])


# -- the outcomes in a polling client -------------------------------------------------------------------------------

WAITING = Step(
    model={"id": 7},
    polling=Polling(
        url="/status", interval=1, max_attempts=3, on_error=Polling.OnError(action=Action(exit=True, result="sorry"))
    ),
)


def poll(*answers: FlowResponse) -> tuple[Any, list[str]]:
    transport = ScriptedTransport([Reply.of(answer) for answer in answers])
    outcome = PollingExecutor(base_url="https://bar.foo", http=transport, clock=FakeClock()).run(WAITING)
    transport.assert_all_used()
    return outcome, [f"{request.method} {request.url}" for request in transport.requests]


STATUS = "GET https://bar.foo/status"
NEXT = "POST https://bar.foo/next"


@pytest.mark.parametrize(
    ("answers", "requests", "expected"),
    [
        ([server.still_waiting()] * 3, [STATUS] * 3, Exited("sorry", trigger=Trigger.EXHAUSTED)),
        ([server.no_op()] * 3, [STATUS] * 3, Exited("sorry", trigger=Trigger.EXHAUSTED)),
        ([server.not_modified("x")] * 3, [STATUS] * 3, Exited("sorry", trigger=Trigger.EXHAUSTED)),
        (
            [server.still_waiting(), server.progress(ACTION), server.step(STEP)],
            [STATUS, STATUS, NEXT],
            NextStep(STEP, trigger=Trigger.PROGRESS),
        ),
        (
            [server.action(ACTION), server.refreshed(STEP, None)],
            [STATUS, NEXT],
            NextStep(STEP, trigger=Trigger.PROGRESS),
        ),
        ([server.progress(Action(exit=True, result=1))], [STATUS], Exited(1, trigger=Trigger.PROGRESS)),
        ([server.progress(ACTION), server.exit({"a": 1})], [STATUS, NEXT], Exited({"a": 1}, trigger=Trigger.PROGRESS)),
        (
            [server.progress(ACTION), server.error("No.", {"a": "b"})],
            [STATUS, NEXT],
            Failed(422, ErrorResponseBody(error="No.", validation={"a": "b"}), "status 422", trigger=Trigger.PROGRESS),
        ),
        ([server.step(STEP, etag=True)], [STATUS], NextStep(STEP, trigger=Trigger.PROGRESS)),
        ([server.exit({"a": 1})], [STATUS], Exited({"a": 1}, trigger=Trigger.PROGRESS)),
        ([server.exit()], [STATUS], Exited({}, trigger=Trigger.PROGRESS)),
        (
            [server.modal([ParagraphLayout(text="x")])],
            [STATUS],
            Unhandled(ModalBehavior(content=[ParagraphLayout(text="x")]), trigger=Trigger.PROGRESS),
        ),
        (
            [server.subflow(LAUNCH, "account", on_error=ActionBehavior(action=ACTION))],
            [STATUS],
            Unhandled(
                SubflowBehavior(launch_config=LAUNCH, referrer_id="account", on_error=ActionBehavior(action=ACTION)),
                trigger=Trigger.PROGRESS,
            ),
        ),
        ([server.error("No.")], [STATUS], Exited("sorry", trigger=Trigger.STATUS)),
        ([server.error(status=503)], [STATUS], Exited("sorry", trigger=Trigger.STATUS)),
    ],
)
def test_polling_has_the_outcome_of_the_answers(answers, requests, expected):
    outcome, requested = poll(*answers)
    assert requested == requests
    assert attrs.evolve(outcome, attempts=()) == expected
    polled = [request for request in requests if request == STATUS]
    assert [attempt.status for attempt in outcome.attempts] == [answer.status for answer in answers[: len(polled)]]


@pytest.mark.parametrize("headers", [{}, {"X-DF-Response-Type": "action"}])
def test_the_action_of_progress_is_performed_without_the_header(headers):
    progress = server.progress(Action(exit=True, result="done"))
    outcome, _ = poll(FlowResponse(200, headers, progress.body))
    assert outcome.result == "done"
    assert outcome.trigger is Trigger.PROGRESS


def test_a_reply_of_an_answer_equals_the_reply_of_the_class_methods():
    assert Reply.of(server.step(STEP), takes=2.0) == Reply.step(STEP, takes=2.0)
    assert Reply.of(server.action(ACTION)) == Reply.action(ACTION)
    assert Reply.of(server.exit({"a": 1})) == Reply.exit({"a": 1})
    assert Reply.of(server.still_waiting()) == Reply(204)


# -- FlowResponse ---------------------------------------------------------------------------------------------------


def test_an_answer_is_immutable():
    answer = server.step(STEP)
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        answer.status = 500  # type: ignore[misc]
    with pytest.raises(TypeError, match="belongs to a frozen object"):
        answer.headers["X-Y"] = "z"  # type: ignore[index]
    given = {"X-Y": "z"}
    made = FlowResponse(200, given)
    given["X-Y"] = "other"
    assert made.headers == {"X-Y": "z"}


def test_an_answer_pickles():
    answer = server.step(STEP, etag=True).expose_headers()
    assert pickle.loads(pickle.dumps(answer)) == answer


def test_a_status_is_converted_to_an_int():
    assert repr(FlowResponse(HTTPStatus.NO_CONTENT)) == "FlowResponse(status=204, headers={}, body=b'')"
    assert repr(server.error(status=HTTPStatus.CONFLICT).status) == "409"


def test_the_lowest_and_the_highest_status_are_accepted():
    assert [FlowResponse(status).status for status in (200, 599)] == [200, 599]
    assert [server.error(status=status).status for status in (400, 599)] == [400, 599]


def test_with_headers_adds_and_replaces_headers():
    answer = FlowResponse(200, {"ETag": '"a"', "X-Y": "1"}, b"x")
    assert answer.with_headers({"etag": '"b"', "Cache-Control": "no-store"}) == FlowResponse(
        200, {"X-Y": "1", "etag": '"b"', "Cache-Control": "no-store"}, b"x"
    )
    assert answer.headers == {"ETag": '"a"', "X-Y": "1"}


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ({}, "X-DF-Response-Type, ETag"),
        ({"Access-Control-Expose-Headers": "X-Trace"}, "X-Trace, X-DF-Response-Type, ETag"),
        ({"access-control-expose-headers": "etag,, X-Trace"}, "etag, X-Trace, X-DF-Response-Type"),
        ({"Access-Control-Expose-Headers": "X-DF-Response-Type, ETag"}, "X-DF-Response-Type, ETag"),
    ],
)
def test_expose_headers_adds_the_names_that_are_missing(before, after):
    assert FlowResponse(204, before).expose_headers() == FlowResponse(204, {"Access-Control-Expose-Headers": after})


# -- wrong arguments ------------------------------------------------------------------------------------------------

wrong: Any = 5

REFUSED: list[tuple[Callable[[], object], str]] = [
    (lambda: server.step(wrong), "step: expected a Step, got 5"),
    (lambda: server.step(wrong, etag=True), "step: expected a Step, got 5"),
    (lambda: server.step(STEP, etag="a b"), "etag: expected visible characters without quotes, got 'a b'"),
    (lambda: server.step(STEP, etag='W/"a" '), "etag: expected visible characters without quotes, got 'W/\"a\" '"),
    (lambda: server.step(STEP, etag="a\r\nb"), r"etag: expected visible characters without quotes, got 'a\r\nb'"),
    (lambda: server.step(STEP, etag=wrong), "etag: expected visible characters without quotes, got 5"),
    (lambda: server.refreshed(wrong, None), "step: expected a Step, got 5"),
    (lambda: server.refreshed(STEP, None, etag='"'), "etag: expected visible characters without quotes, got '\"'"),
    (lambda: server.etag_of(wrong), "step: expected a Step, got 5"),
    (lambda: server.not_modified("ä€"), "etag: expected visible characters without quotes, got 'ä€'"),
    (lambda: server.action(wrong), "action: expected an Action, got 5"),
    (lambda: server.progress(STEP), "action: expected an Action, got a Step"),  # type: ignore[arg-type]
    (lambda: server.exit({"a": {1, 2}}), "result.a: expected a JSON value, got a set"),
    (lambda: server.exit(float("nan")), "result: expected a finite number, got nan"),
    (lambda: server.modal(wrong), "ModalResponseBody.content: expected a list, got 5"),
    (lambda: server.modal([wrong]), "ModalResponseBody.content[0]: expected a Layout, got 5"),
    (
        lambda: server.subflow(wrong, wrong),
        "SubflowResponseBody.launch_config: expected a LaunchConfig, got 5; "
        "SubflowResponseBody.referrer_id: expected a string, got 5",
    ),
    (lambda: server.error(wrong), "message: expected a string, got 5"),
    (lambda: server.error(refresh_url=wrong), "refresh_url: expected a string, got 5"),
    (lambda: server.error(status=200), "status: expected 400 to 599, got 200"),
    (lambda: server.error(status=600), "status: expected 400 to 599, got 600"),
    (lambda: server.error(status=True), "status: expected 400 to 599, got True"),
    (lambda: server.error(status="422"), "status: expected 400 to 599, got '422'"),  # type: ignore[arg-type]
    (lambda: server.error(step=wrong), "step: expected a Step, got 5"),
    (lambda: server.error(analytics={"a": wrong}), "ErrorResponseBody.analytics.a: expected a string, got 5"),
    (lambda: server.persisted(wrong, "x"), "id_property: expected a string, got 5"),
    (lambda: server.persisted("id", {"a": b"x"}), "value.a: expected a JSON value, got a bytes; write ….decode()"),
    (lambda: server.persisted("id", UNSET), "value: expected a JSON value, got an Unset"),
    (lambda: server.valid(wrong), "message: expected a string, got 5"),
    (lambda: server.invalid(wrong), "message: expected a string, got 5"),
    (
        lambda: server.invalid("\ud800"),
        "message: expected a string, got one with a lone surrogate, which UTF-8 cannot represent",
    ),
    (lambda: server.search_results(wrong), "SearchResponseBody.results: expected a list, got 5"),
    (lambda: FlowResponse(199), "FlowResponse.status: expected 200 to 599, got 199"),
    (lambda: FlowResponse(600), "FlowResponse.status: expected 200 to 599, got 600"),
    (lambda: FlowResponse(True), "FlowResponse.status: expected 200 to 599, got True"),
    (lambda: FlowResponse(200, wrong), "FlowResponse.headers: expected a mapping, got 5"),
    (lambda: FlowResponse(200, {wrong: "x"}), "FlowResponse.headers: expected the name of a header, got 5"),
    (lambda: FlowResponse(200, {"a b": "x"}), "FlowResponse.headers: expected the name of a header, got 'a b'"),
    (lambda: FlowResponse(200, {"A": wrong}), "FlowResponse.headers: A: expected Latin-1 text on one line, got 5"),
    (
        lambda: FlowResponse(204).with_headers({"A": "b\r\nSet-Cookie: c"}),
        r"FlowResponse.headers: A: expected Latin-1 text on one line, got 'b\r\nSet-Cookie: c'",
    ),
    (lambda: FlowResponse(200, {"A": "€"}), "FlowResponse.headers: A: expected Latin-1 text on one line, got '€'"),
    (lambda: FlowResponse(200, {}, "text"), "FlowResponse.body: expected bytes, got 'text'; write ….encode()"),  # type: ignore[arg-type]
    (
        lambda: FlowResponse(200, {"ETag": '"a"', "X-Y": "z", "etag": '"a"'}),
        "FlowResponse.headers: etag: given twice, also as ETag",
    ),
    (
        lambda: FlowResponse(204).with_headers({"Vary": "Origin", "VARY": "Cookie"}),
        "FlowResponse.headers: VARY: given twice, also as Vary",
    ),
    (lambda: FlowResponse(204, {}, b"x"), "FlowResponse.body: expected none with the status 204, got 1 byte"),
    (lambda: FlowResponse(205, {}, b"ab"), "FlowResponse.body: expected none with the status 205, got 2 bytes"),
    (lambda: FlowResponse(304, {}, b"ab"), "FlowResponse.body: expected none with the status 304, got 2 bytes"),
    (
        lambda: attrs.evolve(server.step(STEP), status=304),
        f"FlowResponse.body: expected none with the status 304, got {len(STEP_BODY)} bytes",
    ),
    *(
        (
            lambda name=name: FlowResponse(200, {name: "x"}),  # type: ignore[misc]
            f"FlowResponse.headers: {name}: leave it out; the server sets this header",
        )
        for name in (
            *("Content-Length", "content-length", "Transfer-Encoding", "Connection", "Keep-Alive", "Upgrade", "TE"),
            *("Trailer", "Proxy-Authenticate", "Proxy-Authorization"),
        )
    ),
    (lambda: server.step(STEP, check=wrong), "check: expected True, False, 'core' or 'core2', got 5"),
    (
        lambda: server.refreshed(STEP, None, check="1"),  # type: ignore[arg-type]
        "check: expected True, False, 'core' or 'core2', got '1'",
    ),
    (
        lambda: server.refreshed(STEP, "*", check="all"),  # type: ignore[arg-type]
        "check: expected True, False, 'core' or 'core2', got 'all'",
    ),
]


@pytest.mark.parametrize(("make", "message"), REFUSED, ids=[message for _, message in REFUSED])
def test_wrong_arguments_are_refused(make, message):
    with pytest.raises(InvalidValueError) as refused:
        make()
    assert str(refused.value) == message
