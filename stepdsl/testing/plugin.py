"""pytest fixtures. They are registered as a plugin, so every project with stepdsl installed has them.

    def test_it_polls_until_there_is_a_step(fake_clock, scripted_transport):
        http = scripted_transport([Reply(), Reply.step(paid)])
        outcome = PollingExecutor(base_url="https://bar.foo", http=http, clock=fake_clock).run(waiting)
        assert isinstance(outcome, NextStep)
        assert fake_clock.sleeps == [5]

stepdsl is imported only when a test uses a fixture.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from stepdsl.testing.clock import FakeClock
    from stepdsl.testing.replies import Reply
    from stepdsl.testing.scripted import ScriptedTransport

__all__ = ["fake_clock", "scripted_transport"]


@pytest.fixture
def fake_clock() -> FakeClock:
    """Return a clock that starts at 0 and never waits."""
    from stepdsl.testing.clock import FakeClock

    return FakeClock()


@pytest.fixture
def scripted_transport(
    fake_clock: FakeClock,
) -> Iterator[Callable[[Iterable[Reply | Exception]], ScriptedTransport]]:
    """Return a function that makes a ScriptedTransport on `fake_clock`. Unused replies fail the test at its end."""
    from stepdsl.testing.scripted import ScriptedTransport

    made: list[ScriptedTransport] = []

    def script(replies: Iterable[Reply | Exception]) -> ScriptedTransport:
        made.append(ScriptedTransport(replies, clock=fake_clock))
        return made[-1]

    yield script
    for transport in made:
        transport.assert_all_used()
