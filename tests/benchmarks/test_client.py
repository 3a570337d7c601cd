"""What a session of the headless client costs: 20 steps, and then 100 polling requests with 5 seconds between them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from stepdsl import Action, ButtonLayout, FormLayout, ObjectSchema, Polling, Step, StringSchema, server
from stepdsl.server import FlowResponse
from stepdsl.server.wsgi import endpoint
from stepdsl.testing import FakeClock, FlowClient

STEPS = 20
POLLS = 100


def step_of(number: int) -> Step:
    """Return the step with a number. The last one polls."""
    polling = Polling(
        url="/status",
        interval=5,
        max_attempts=POLLS,
        on_error=Polling.OnError(action=Action(exit=True, result={"done": True})),
    )
    return Step(
        id=f"step-{number}",
        title=f"Step {number}",
        schemas=[ObjectSchema(id="#form", properties={"name": StringSchema(title="Name")}, required=["name"])],
        layout=[FormLayout(schema_id="#form"), ButtonLayout(title="Next", action=Action(url=f"/{number + 1}"))],
        polling=polling if number == STEPS else None,
    )


@endpoint
def app(environ: dict[str, Any]) -> FlowResponse | Step:
    path = environ["PATH_INFO"].removeprefix("/")
    return server.still_waiting() if path == "status" else step_of(int(path))


@pytest.mark.benchmark(group="a flow of 20 steps and 100 polls")
def test_session(benchmark: Callable[..., object]) -> None:
    def run() -> float:
        clock = FakeClock()
        session = FlowClient(app, clock=clock).start("/1")
        for _ in range(STEPS - 1):
            session.fill("name", "Ada").press("Next")
        session.poll().expect_exit({"done": True})
        return clock.monotonic()

    assert benchmark(run) == 5 * (POLLS - 1)
