"""The output of `stepdsl demo`: in this process with a clock that does not wait, and as a command."""

from __future__ import annotations

import re
import socket
import subprocess
import sys

import pytest
import urllib3

from stepdsl import UNSET, Action, ActionBehavior, loads
from stepdsl.cli import main
from stepdsl.demo import flow, run_demo
from stepdsl.demo.server import PAYMENTS, DemoServer
from stepdsl.executor import Exited, Failed, Outcome, PollingExecutor, Trigger, Unhandled
from stepdsl.testing import FakeClock


def without_port(text: str) -> str:
    return re.sub(r"127\.0\.0\.1:\d+", "127.0.0.1:PORT", text)


def outline(text: str) -> list[str]:
    """Return the lines that are not JSON."""
    return [line for line in without_port(text).splitlines() if not re.match(r" {3,}[\]\[{}\"]", line)]


def test_the_demo_prints_each_event_of_the_flow(capsys: pytest.CaptureFixture[str]) -> None:
    clock = FakeClock()
    assert run_demo(clock=clock) == 0
    out, err = capsys.readouterr()
    assert err == ""
    assert outline(out) == [
        "A server on http://127.0.0.1:PORT sends a step that waits for a payment to be approved.",
        "",
        "1. The client fetches the step: GET /payment?id=12345",
        "2. It polls: GET /status?id=12345, every 1 s, 10 times at most",
        "   (a client opens https://bank.example/approve?payment=12345 for the user; the demo does not open it)",
        "   attempt 1 of 10: 204 No Content, next in 1.0 s",
        "   attempt 2 of 10: 204 No Content, next in 1.0 s",
        "   attempt 3 of 10: 204 No Content, next in 1.0 s",
        "   attempt 4 of 10: 200 OK",
        "3. The answer's action is performed and loads the next step (PROGRESS):",
    ]
    printed = [loads(text) for text in re.findall(r"^   \{\n.*?^   \}\n", out, re.DOTALL | re.MULTILINE)]
    assert printed == [flow.waiting("12345", max_attempts=10), flow.approved()]


def test_the_demo_with_fail_prints_both_failures(capsys: pytest.CaptureFixture[str]) -> None:
    assert run_demo(fail=True, clock=FakeClock()) == 0
    out, err = capsys.readouterr()
    assert err == ""
    assert outline(out) == [
        "A server on http://127.0.0.1:PORT sends a step that waits for a payment to be approved.",
        "",
        "== The status endpoint breaks: a status of 400 or more ends the polling at once ==",
        "",
        "1. The client fetches the step: GET /payment?id=broken",
        "2. It polls: GET /status?id=broken, every 1 s, 10 times at most",
        "   (a client opens https://bank.example/approve?payment=broken for the user; the demo does not open it)",
        "   attempt 1 of 10: 204 No Content, next in 1.0 s",
        "   attempt 2 of 10: 503 Service Unavailable",
        "3. onError's action ends the flow (STATUS), with the result:",
        "",
        "== The payment is never approved: the attempts are used up ==",
        "",
        "1. The client fetches the step: GET /payment?id=stuck",
        "2. It polls: GET /status?id=stuck, every 1 s, 3 times at most",
        "   (a client opens https://bank.example/approve?payment=stuck for the user; the demo does not open it)",
        "   attempt 1 of 3: 204 No Content, next in 1.0 s",
        "   attempt 2 of 3: 204 No Content, next in 1.0 s",
        "   attempt 3 of 3: 204 No Content",
        "3. onError's action ends the flow (EXHAUSTED), with the result:",
    ]
    assert '\n   {"payment": "broken", "approved": false}\n' in out
    assert out.endswith('\n   {"payment": "stuck", "approved": false}\n')


@pytest.mark.parametrize(
    ("outcome", "printed"),
    [
        (Exited(trigger=Trigger.STATUS, attempts=(), result=UNSET), "(STATUS), with the result:\n   (none)\n"),
        (
            Failed(trigger=Trigger.PROGRESS, attempts=(), status=500, body=None, reason="broken"),
            "3. The action failed (PROGRESS, status 500): broken\n",
        ),
        (Unhandled(trigger=Trigger.STATUS, attempts=(), behavior=ActionBehavior(action=Action())), "3. Unhandled("),
    ],
)
def test_an_unexpected_outcome_is_printed_and_returns_1(
    outcome: Outcome, printed: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(PollingExecutor, "run", lambda self, step: outcome)
    assert run_demo(clock=FakeClock()) == 1
    assert printed in capsys.readouterr().out


def test_an_attempt_without_an_answer_is_printed_with_its_error(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(flow, "waiting", lambda payment, max_attempts: unreachable())
    assert run_demo(clock=FakeClock()) == 1
    assert "\n   attempt 1 of 2: " in capsys.readouterr().out


def unreachable() -> object:
    from stepdsl import Polling, Step

    with socket.socket() as taken:  # after this block, no server listens on the port
        taken.bind(("127.0.0.1", 0))
        port = taken.getsockname()[1]
    return Step(
        polling=Polling(
            url=f"http://127.0.0.1:{port}/",
            interval=1,
            max_attempts=2,
            on_error=Polling.OnError(action=Action(exit=True)),
        )
    )


def test_a_port_that_cannot_be_opened_is_reported_in_one_line(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(self: DemoServer) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(DemoServer, "server_bind", refuse)
    assert main(["demo"]) == 1
    out, err = capsys.readouterr()
    assert (out, err) == ("", "stepdsl demo: cannot open a port on 127.0.0.1: Permission denied\n")


def test_a_step_that_cannot_be_fetched_is_reported_in_one_line(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(self: urllib3.PoolManager, method: str, url: str) -> None:
        raise urllib3.exceptions.ProtocolError("Connection aborted.")

    monkeypatch.setattr(urllib3.PoolManager, "request", refuse)
    assert main(["demo"]) == 1
    assert capsys.readouterr().err == "stepdsl demo: cannot fetch the step: Connection aborted.\n"


def test_the_server_answers_404_for_an_unknown_path() -> None:
    with DemoServer() as server, urllib3.PoolManager(retries=False) as http:
        for method, path in [("GET", "/"), ("GET", "/status?id=x"), ("GET", "/payment"), ("POST", "/status")]:
            answer = http.request(method, server.url + path)
            assert (answer.status, answer.data) == (404, b"")


def test_the_server_has_scripted_answers_for_each_payment() -> None:
    with DemoServer() as server:
        for payment, (_, answers) in PAYMENTS.items():
            given = [server.status_of(payment) for _ in range(len(answers) + 2)]
            assert given == [*answers, answers[-1], answers[-1]]


@pytest.mark.slow
def test_the_command_ends_by_itself_with_and_without_a_failure() -> None:
    def start(*options: str) -> subprocess.Popen[str]:
        command = [sys.executable, "-m", "stepdsl", "demo", *options]
        return subprocess.Popen(
            command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        )

    running = {"attempt 4 of 10: 200 OK": start(), "attempt 3 of 3: 204": start("--fail")}  # both wait at once
    for expected, process in running.items():
        out, err = process.communicate(timeout=30)
        assert (process.returncode, err) == (0, "")
        assert f"\n   {expected}" in out
