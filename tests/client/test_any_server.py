"""Whatever a server answers, a session ends in a state or in an AssertionError that shows it."""

from __future__ import annotations

import contextlib
import json
import tempfile
import threading
from pathlib import Path
from typing import Any

import attrs
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from stepdsl import UNSET, server
from stepdsl.server.wsgi import respond
from stepdsl.testing import FlowClient, FlowSession, ProtocolViolationError, SessionState
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
    session = FlowClient(app_of(given_answers), strict=strict).start("/")
    was_possible = True
    for move in moves:
        try:
            move(session)
        except AssertionError:
            was_possible = False
        assert_consistent(session)
    if was_possible:
        assert_repeatable(session, FlowClient(app_of(given_answers), strict=strict))


def app_of(given_answers: list[tuple[int, str | None, bytes]]) -> Any:
    """Return an application that answers the start with a step, and the requests after it with these answers."""
    sent: list[int] = []

    def app(environ: dict[str, Any], start_response: Any) -> Any:
        if environ["PATH_INFO"] == "/":
            return respond(server.step(step(**FIRST)), start_response)
        status, kind, body = given_answers[len(sent) % len(given_answers)]
        sent.append(status)
        headers = [("Location", "/x")] if status == 302 else []
        start_response(f"{status} ?", headers if kind is None else [*headers, ("X-DF-Response-Type", kind)])
        return [body]

    return app


def assert_consistent(session: FlowSession) -> None:
    """Assert what is true of each session: it is open, or it has ended in one way and takes no more moves."""
    assert json.loads(json.dumps(session.values)) == session.values
    if session.state is not SessionState.FINISHED:
        assert session.result is UNSET
    if session.state is SessionState.FAILED:
        assert session.errors.message is not None
    if session.state is not SessionState.OPEN:
        with pytest.raises(AssertionError, match=f"^press: the flow has ended: {session.state}\n"):
            session.press("Go")


def assert_repeatable(session: FlowSession, client: FlowClient) -> None:
    """Assert that a replay of a session has the same transcript and ends in the same state."""
    with tempfile.TemporaryDirectory() as directory:
        path = Path(directory, "session.json")
        session.record(path)
        again = client.replay(path)
    assert again.transcript().story() == attrs.evolve(session.transcript(), failed=None).story()
    assert (again.state, again.errors, again.values) == (session.state, session.errors, session.values)


@settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(bodies, st.booleans())
def test_the_first_answer_can_be_anything(body: bytes, strict: bool) -> None:
    app = Server({"/": raw(body), "/go": server.exit()})
    try:
        session = FlowClient(app, strict=strict).start("/")
    except AssertionError:
        assert strict
        return
    assert (session.state is SessionState.OPEN) == bool(session.history)
    assert_consistent(session)
    with contextlib.suppress(AssertionError):
        session.press("Go")
    assert_consistent(session)


def deep_document(depth: int) -> bytes:
    deep = "[" * depth + "]" * depth
    return f'{{"id":"deep","layout":[],"schemas":[{{"type":"new","$id":"#a"}}],"model":{deep}}}'.encode()


@pytest.mark.parametrize(("depth", "strict"), [(99, True), (99, False), (400, False), (890, False)])
def test_a_deep_step_is_shown(depth: int, strict: bool) -> None:
    session = FlowClient(Server({"/": raw(deep_document(depth))}), strict=strict).start("/")
    assert (session.state, session.step.id, session.values) == (SessionState.OPEN, "deep", {})
    (exchange,) = json.loads(session.transcript().to_json())["exchanges"]
    assert exchange["answer"] == json.loads(deep_document(depth))


@pytest.mark.parametrize("depth", [400, 890])
def test_a_strict_client_refuses_a_step_that_is_too_deep(depth: int) -> None:
    with pytest.raises(ProtocolViolationError) as refused:
        FlowClient(Server({"/": raw(deep_document(depth))})).start("/")
    assert str(refused.value).splitlines()[:2] == [
        "start: the body is no step: model: JSON values nest at most 100 deep",
        "Broken rule 'step-without-type' (Flow Response): A successful answer without X-DF-Response-Type is a step.",
    ]


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
