"""What the executor costs on top of the requests themselves: 1,000 polls against 1,000 bare requests."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
import urllib3

from stepdsl import Action, Polling, Step
from stepdsl.executor import Exited, PollingExecutor, Trigger
from tests.benchmarks.responder import PENDING, responder

POLLS = 1_000


@pytest.fixture(scope="module")
def base_url() -> Iterator[str]:
    with responder() as url:
        yield url


@pytest.mark.benchmark(group="1,000 polls")
def test_bare_requests(benchmark: Callable[..., object], base_url: str) -> None:
    http = urllib3.PoolManager()

    def request_all() -> bytes:
        body = b""
        for _ in range(POLLS):
            body = http.request("GET", f"{base_url}/status").data
        return body

    assert benchmark(request_all) == PENDING


@pytest.mark.benchmark(group="1,000 polls")
def test_executor(benchmark: Callable[..., object], base_url: str) -> None:
    executor = PollingExecutor(base_url=base_url, headers={"Authorization": "Bearer x"})
    step = Step(
        polling=Polling(
            url="/status", delay=0, max_attempts=POLLS, on_error=Polling.OnError(action=Action(exit=True, result=1))
        )
    )

    outcome = benchmark(executor.run, step)

    assert isinstance(outcome, Exited)
    assert outcome.trigger is Trigger.EXHAUSTED
    assert {attempt.status for attempt in outcome.attempts} == {200}
