"""The request of an action. There is one table or test for each sentence of the rules."""

from __future__ import annotations

from typing import Any

import pytest

from stepdsl import UNSET, Action, Polling
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
    polling_step,
    redirect,
    run,
)

PROGRESS, STATUS = Trigger.PROGRESS, Trigger.STATUS


# Without url


@pytest.mark.parametrize(
    ("action", "result"),
    [
        pytest.param(Action(exit=True, result={"a": 1}), {"a": 1}, id="exit: its result"),
        pytest.param(Action(exit=True, result=None), None, id="exit: its result may be null"),
        pytest.param(Action(exit=True), UNSET, id="exit: no result"),
        pytest.param(Action(exit=True, data={"a": 1}, method="PUT"), UNSET, id="exit: data is not sent"),
    ],
)
def test_an_exit_without_url_sends_no_request(
    fake_clock: FakeClock, scripted_transport: Script, action: Action, result: Any
) -> None:
    outcome, _ = perform(scripted_transport, fake_clock, action, [])

    assert outcome == Exited(result, trigger=PROGRESS, attempts=outcome.attempts)


@pytest.mark.parametrize("action", [Action(), Action(exit=False), Action(result=1, data=2, method="GET")])
def test_an_action_without_exit_and_url_fails(
    fake_clock: FakeClock, scripted_transport: Script, action: Action
) -> None:
    outcome, _ = perform(scripted_transport, fake_clock, action, [])

    assert outcome == Failed(
        None, None, "the action has neither url nor exit", trigger=PROGRESS, attempts=outcome.attempts
    )


# The request


@pytest.mark.parametrize(
    ("method", "sent"),
    [
        pytest.param(None, "POST", id="POST by default"),
        pytest.param("PUT", "PUT", id="its own"),
        pytest.param("patch", "PATCH", id="in capitals"),
        pytest.param("BREW", "BREW", id="any other"),
    ],
)
def test_an_action_with_url_sends_one_request(
    fake_clock: FakeClock, scripted_transport: Script, method: str | None, sent: str
) -> None:
    outcome, http = perform(
        scripted_transport, fake_clock, Action(url="/next", method=method, data={"ü": 1}), [answer(NEXT_JSON)]
    )

    assert outcome == NextStep(NEXT, trigger=PROGRESS, attempts=outcome.attempts)
    _, request = http.requests
    assert (request.method, request.url, request.body) == (sent, f"{BASE}/next", '{"ü":1}'.encode())
    assert dict(request.headers) == {"Accept": "application/json", "Content-Type": "application/json"}


def test_the_action_is_performed_without_a_pause(fake_clock: FakeClock, scripted_transport: Script) -> None:
    perform(scripted_transport, fake_clock, Action(url="/next"), [answer(NEXT_JSON)])

    assert fake_clock.sleeps == []


@pytest.mark.parametrize(
    ("data", "body"),
    [
        pytest.param({"a": 1}, b'{"a":1}', id="an object"),
        pytest.param([1, "x"], b'[1,"x"]', id="an array"),
        pytest.param("all-ok", b'"all-ok"', id="a string"),
        pytest.param(0, b"0", id="zero"),
        pytest.param({}, b"{}", id="an empty object"),
        pytest.param(None, b"null", id="null"),
        pytest.param(UNSET, None, id="none: no body"),
    ],
)
def test_an_action_from_a_response_submits_only_its_data(
    fake_clock: FakeClock, scripted_transport: Script, data: Any, body: bytes | None
) -> None:
    http = scripted_transport([Reply.action(Action(url="/next", data=data)), answer(NEXT_JSON)])

    run(http, fake_clock, polling_step(model={"not": "sent"}))

    assert http.requests[1].body == body
    assert ("Content-Type" in http.requests[1].headers) == (body is not None)


@pytest.mark.parametrize(
    ("model", "data", "submitted"),
    [
        pytest.param({"a": 1, "b": 1}, {"b": 2, "c": 2}, {"a": 1, "b": 2, "c": 2}, id="data over the model"),
        pytest.param({"a": {"b": 1}}, {"a": {"c": 2}}, {"a": {"c": 2}}, id="merged one level deep"),
        pytest.param({"a": 1}, UNSET, {"a": 1}, id="only the model"),
        pytest.param(UNSET, {"a": 1}, {"a": 1}, id="only data"),
        pytest.param(UNSET, UNSET, UNSET, id="neither: no body"),
        pytest.param({"a": 1}, [2], [2], id="data that is not an object"),
        pytest.param({"a": 1}, None, None, id="data that is null"),
        pytest.param([1], {"a": 2}, {"a": 2}, id="data and a model that is not an object"),
        pytest.param([1], UNSET, [1], id="only a model that is not an object"),
        pytest.param(None, UNSET, None, id="only a model that is null"),
    ],
)
def test_the_action_of_on_error_submits_the_model_with_data_merged_over_it(
    fake_clock: FakeClock, scripted_transport: Script, model: Any, data: Any, submitted: Any
) -> None:
    _, http = perform_on_error(
        scripted_transport, fake_clock, Action(url="/failed", data=data), [answer(NEXT_JSON)], model=model
    )

    request = http.requests[1]
    assert (UNSET if request.body is None else request.json()) == submitted


def test_merging_does_not_change_the_step(fake_clock: FakeClock, scripted_transport: Script) -> None:
    action = Action(url="/failed", data={"b": 2}, exit=True, result={"r": {"s": 1}})
    step = polling_step(on_error=Polling.OnError(action=action), model={"a": 1})
    http = scripted_transport([Reply(500), answer({"t": 2})])

    outcome = run(http, fake_clock, step)

    assert isinstance(outcome, Exited)
    outcome.result["r"]["s"] = "changed"
    assert (step.model, action.data, action.result) == ({"a": 1}, {"b": 2}, {"r": {"s": 1}})


def test_the_result_of_an_exit_without_url_is_a_copy(fake_clock: FakeClock, scripted_transport: Script) -> None:
    action = Action(exit=True, result={"r": [1]})
    step = polling_step(on_error=Polling.OnError(action=action))

    outcome = run(scripted_transport([Reply(500)]), fake_clock, step)

    assert isinstance(outcome, Exited)
    outcome.result["r"].append(2)
    assert action.result == {"r": [1]}


@pytest.mark.parametrize("method", ["GET", "get"])
def test_a_get_has_no_body(fake_clock: FakeClock, scripted_transport: Script, method: str) -> None:
    _, http = perform_on_error(
        scripted_transport,
        fake_clock,
        Action(url="/next", method=method, data={"a": 1}),
        [answer(NEXT_JSON)],
        model={"b": 1},
    )

    assert (http.requests[1].method, http.requests[1].body) == ("GET", None)


@pytest.mark.parametrize(
    ("own", "expected"), [pytest.param(60, 60, id="its own"), pytest.param(None, 12.5, id="else the executor's")]
)
def test_the_request_has_the_timeout_of_the_action_or_the_executor(
    fake_clock: FakeClock, scripted_transport: Script, own: int | None, expected: float
) -> None:
    _, http = perform(
        scripted_transport, fake_clock, Action(url="/next", timeout=own), [answer(NEXT_JSON)], timeout=12.5
    )

    assert http.requests[1].timeout == expected


# Redirects


@pytest.mark.parametrize("method", ["POST", "PUT", "GET"])
@pytest.mark.parametrize("status", [301, 302, 303])
@pytest.mark.parametrize("target", ["/other", "https://other.example/x"])
def test_a_redirect_with_301_to_303_changes_the_request_to_get(
    fake_clock: FakeClock, scripted_transport: Script, method: str, status: int, target: str
) -> None:
    action = Action(url="/next", method=method, data={"a": 1})

    outcome, http = perform(scripted_transport, fake_clock, action, [redirect(target, status), answer(NEXT_JSON)])

    assert isinstance(outcome, NextStep)
    request = http.requests[2]
    assert (request.method, request.body) == ("GET", None)
    assert "Content-Type" not in request.headers


@pytest.mark.parametrize("status", [307, 308])
def test_a_redirect_with_307_or_308_repeats_the_request_with_its_body(
    fake_clock: FakeClock, scripted_transport: Script, status: int
) -> None:
    action = Action(url="/next", method="PUT", data={"a": 1})

    outcome, http = perform(scripted_transport, fake_clock, action, [redirect("/other", status), answer(NEXT_JSON)])

    assert isinstance(outcome, NextStep)
    request = http.requests[2]
    assert (request.method, request.url, request.body) == ("PUT", f"{BASE}/other", b'{"a":1}')
    assert request.headers["Content-Type"] == "application/json"


@pytest.mark.parametrize("status", [307, 308])
@pytest.mark.parametrize("data", [{"a": 1}, UNSET], ids=["body", "no body"])
@pytest.mark.parametrize(
    "target", ["https://other.example/x", "http://bar.foo/x", "https://bar.foo:444/x"], ids=["host", "scheme", "port"]
)
def test_a_redirect_with_307_or_308_to_another_origin_fails(
    fake_clock: FakeClock, scripted_transport: Script, status: int, data: Any, target: str
) -> None:
    outcome, _ = perform(scripted_transport, fake_clock, Action(url="/next", data=data), [redirect(target, status)])

    assert outcome == Failed(
        None,
        None,
        f"status {status} would repeat the POST at another origin",
        trigger=PROGRESS,
        attempts=outcome.attempts,
    )


@pytest.mark.parametrize("status", [307, 308])
def test_the_scheme_is_part_of_the_origin_even_if_the_port_is_the_same(
    fake_clock: FakeClock, scripted_transport: Script, status: int
) -> None:
    outcome, http = perform(
        scripted_transport,
        fake_clock,
        Action(url="/next", data=1),
        [redirect("http://bar.foo:8443/x", status)],
        base_url="https://bar.foo:8443",
    )

    assert isinstance(outcome, Failed)
    assert outcome.reason == f"status {status} would repeat the POST at another origin"
    assert len(http.requests) == 2


@pytest.mark.parametrize("status", [307, 308])
def test_a_get_is_repeated_at_any_origin(fake_clock: FakeClock, scripted_transport: Script, status: int) -> None:
    outcome, _ = perform(
        scripted_transport,
        fake_clock,
        Action(url="/next", method="GET"),
        [redirect("https://other.example/x", status), answer(NEXT_JSON)],
    )

    assert isinstance(outcome, NextStep)


def test_too_many_redirects_fail(fake_clock: FakeClock, scripted_transport: Script) -> None:
    outcome, _ = perform(scripted_transport, fake_clock, Action(url="/next"), [redirect("/again")] * 6)

    assert isinstance(outcome, Failed)
    assert outcome.reason == "more than 5 redirects"
