"""Whatever a server answers, a session ends in a state or in an AssertionError that shows it."""

from __future__ import annotations

import contextlib
import json
import threading
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from stepdsl import server
from stepdsl.server.wsgi import respond
from stepdsl.testing import FlowClient, FlowSession, SessionState
from tests.client.support import TEXT, Server, form, raw, step

NAMES = [
    *("type", "id", "title", "layout", "schemas", "action", "url", "model", "properties", "displayOrder", "const"),
    *("oneOf", "allOf", "items", "required", "persistAsync", "polling", "error", "validation", "refreshUrl", "content"),
    *("launchConfig", "referrerId", "results", "navigation", "back", "external", "linkHandlers", "regexPattern", "$id"),
    *("maxAttempts", "interval", "onError", "exit", "result", "data", "token", "message", "schemaId", "hidden"),
]
TYPES = ["button", "form", "object", "string", "array", "boolean", "integer", "search", "action", "native", "/go", "#a"]

scalars = st.none() | st.booleans() | st.integers(-1, 2**64) | st.sampled_from(TYPES) | st.text(max_size=3)
documents = st.recursive(
    scalars,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(NAMES), inner, max_size=5),
    max_leaves=12,
)
bodies = st.builds(lambda value: json.dumps(value).encode(), documents) | st.binary(max_size=5)
answers = st.tuples(
    st.sampled_from([200, 200, 200, 204, 302, 304, 422, 500]),
    st.sampled_from([None, "step", "action", "exit", "modal", "no-op", "subflow", "other"]),
    bodies,
)

FIRST = form(
    {
        "a": {**TEXT, "refreshStepOnChange": True},
        "b": {
            "type": "string",
            "persistAsync": {"url": "/b", "param": "b", "idProperty": "token", "method": "POST", "schema": TEXT},
        },
        "c": {**TEXT, "validationAsync": {"url": "/c", "method": "POST", "param": "c"}},
    },
    refreshUrl="/refresh",
    polling={"url": "/status", "delay": 1, "maxAttempts": 2, "onError": {"action": {"url": "/late"}}},
    linkHandlers=[{"regexPattern": ".", "action": {"url": "/link"}}],
    more=[{"type": "search", "title": "Find", "method": "POST", "url": "/find", "param": "q"}],
)
MOVES = [
    lambda session: session.press("Go"),
    lambda session: session.fill("a", "x"),
    lambda session: session.fill({"b": "x", "c": "y"}),
    lambda session: session.poll(),
    lambda session: session.open_link("x"),
    lambda session: session.search("x"),
    lambda session: session.refresh(),
    lambda session: session.back(),
    lambda session: session.finish_subflow({"a": 1}),
    lambda session: session.record("/dev/null"),
]


@settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(answers, min_size=1, max_size=3), st.lists(st.sampled_from(MOVES), max_size=4), st.booleans())
def test_a_session_raises_only_assertion_errors(
    given_answers: list[tuple[int, str | None, bytes]], moves: list[Any], strict: bool
) -> None:
    sent: list[int] = []

    def app(environ: dict[str, Any], start_response: Any) -> Any:
        if environ["PATH_INFO"] == "/":
            return respond(server.step(step(**FIRST)), start_response)
        status, kind, body = given_answers[len(sent) % len(given_answers)]
        sent.append(status)
        headers = [("Location", "/x")] if status == 302 else []
        start_response(f"{status} ?", headers if kind is None else [*headers, ("X-DF-Response-Type", kind)])
        return [body]

    session = FlowClient(app, strict=strict).start("/")
    for move in moves:
        with contextlib.suppress(AssertionError):
            move(session)
        assert session.state in SessionState
        assert str(session.transcript())
        assert session.transcript().story()


@settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(bodies, st.booleans())
def test_the_first_answer_can_be_anything(body: bytes, strict: bool) -> None:
    app = Server({"/": raw(body), "/go": server.exit()})
    with contextlib.suppress(AssertionError):
        session = FlowClient(app, strict=strict).start("/")
        assert session.values is not None
        session.press("Go")


@pytest.mark.parametrize("depth", [99, 400, 890])
def test_a_deep_answer_is_no_traceback(depth: int) -> None:
    deep = "[" * depth + "]" * depth
    document = '{"id":"deep","layout":[],"schemas":[{"type":"new","$id":"#a"}],"model":' + deep + "}"
    for strict in (True, False):
        try:
            session = FlowClient(
                Server({"/": raw(document.encode()), "/go": raw(document.encode(), status=422)}), strict=strict
            ).start("/")
        except AssertionError:
            continue
        assert session.state in SessionState
        assert session.transcript().to_json()


def test_sessions_in_threads_share_nothing() -> None:
    """Each of 200 sessions fills its own number, polls on its own clock, and ends with its own result."""

    def waiting(request: Any) -> Any:
        number = request.json["number"]
        polling = {
            "url": f"/status?number={number}",
            "interval": 5,
            "maxAttempts": 4,
            "onError": {"action": {"exit": True}},
        }
        return step(polling=polling)

    asked: dict[str, int] = {}

    def status(request: Any) -> Any:
        number = request.target.rpartition("=")[2]
        asked[number] = asked.get(number, 0) + 1
        return server.exit(number) if asked[number] == 3 else server.still_waiting()

    client = FlowClient(Server({"/": form({"number": TEXT}), "/go": waiting, "/status": status}))
    sessions: list[FlowSession] = []

    def run(number: int) -> None:
        session = client.start("/").fill("number", str(number)).press("Go").poll()
        sessions.append(session.expect_exit(str(number)))

    threads = [threading.Thread(target=run, args=(number,)) for number in range(200)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(sessions) == 200
    assert {tuple(session.clock.sleeps) for session in sessions} == {(5.0, 5.0)}
    assert {len(session.exchanges) for session in sessions} == {5}
