"""pytest fixtures. They are registered as a plugin, so every project with stepdsl installed has them::

    def test_the_flow_ends(flow_client):
        session = flow_client(app).start("/bank")
        session.fill({"name": "Ada"}).press("Continue").poll()
        session.expect_exit({"approved": True})

stepdsl is imported only when a test uses a fixture.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable, Iterator, Mapping
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Protocol

import pytest

if TYPE_CHECKING:
    from stepdsl.executor import Clock
    from stepdsl.testing.clock import FakeClock
    from stepdsl.testing.flows.client import FlowClient
    from stepdsl.testing.flows.servers import Application
    from stepdsl.testing.flows.session import FlowSession
    from stepdsl.testing.replies import Reply
    from stepdsl.testing.scripted import ScriptedTransport

__all__ = ["MakeClient", "RepeatTranscript", "fake_clock", "flow_client", "flow_replay", "scripted_transport"]

_OPTION: Final = "--stepdsl-show"
_MARKER: Final = "stepdsl_replay"
_MOST_SHOWN: Final = 10
"""The maximum number of sessions of a failing test that are printed: the last ones. `explore` begins many."""
_SESSIONS: Final = pytest.StashKey["list[FlowSession]"]()
_REPLAYED: Final = pytest.StashKey[bool]()
"""Whether a test has repeated its transcript."""


class MakeClient(Protocol):
    """The type of the fixture `flow_client`."""

    def __call__(
        self,
        app: Application,
        *,
        clock: Clock | None = ...,
        headers: Mapping[str, str] | None = None,
        strict: bool = True,
        open_url: Callable[[str], object] | None = None,
        check: bool = True,
    ) -> FlowClient:
        """Return a FlowClient. The keyword arguments are those of its class. `clock` is `fake_clock` by default."""
        ...


class RepeatTranscript(Protocol):
    """The type of the fixture `flow_replay`."""

    def __call__(self, app: Application, **options: Any) -> FlowSession:
        """Return the session. `options` are the keyword arguments of FlowClient."""
        ...


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the option `--stepdsl-show`."""
    group = parser.getgroup("stepdsl")
    shown = f"print each step of a failing test with flow_client, of its last {_MOST_SHOWN} sessions"
    group.addoption(_OPTION, action="store_true", help=shown)


def pytest_configure(config: pytest.Config) -> None:
    """Add the marker `stepdsl_replay`."""
    config.addinivalue_line(
        "markers", f"{_MARKER}(path): the transcript that flow_replay repeats; relative to the file of the test"
    )


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Add the steps of each session to the report of a failing test, with the option `--stepdsl-show`."""
    report = yield
    if report.failed and item.config.getoption(_OPTION):
        sessions = item.stash.get(_SESSIONS, None)
        for number, session in list(enumerate(sessions or [], 1))[-_MOST_SHOWN:]:
            report.sections.append((f"stepdsl session {number}", session.transcript().story()))
    return report


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item: pytest.Item) -> Generator[None, object, object]:
    """Fail a test with a marker `stepdsl_replay` of its own that has not repeated the transcript.

    With the marker of a class or module, some tests can do something else.
    """
    result = yield
    if not item.stash.get(_REPLAYED, False) and any(marker.name == _MARKER for marker in item.own_markers):
        pytest.fail(
            f"the test has the marker {_MARKER}, but it has not repeated the transcript; "
            "take the fixture flow_replay, and write flow_replay(app)",
            pytrace=False,
        )
    return result


@pytest.fixture
def fake_clock() -> FakeClock:
    """Return a clock that starts at 0 and never waits."""
    from stepdsl.testing.clock import FakeClock

    return FakeClock()


@pytest.fixture
def flow_client(request: pytest.FixtureRequest, fake_clock: FakeClock) -> Iterator[MakeClient]:
    """Return a function that makes a FlowClient on `fake_clock`. It checks each step that is shown.

    The clients are closed at the end of the test.
    """
    from stepdsl.testing.flows.client import FlowClient

    sessions: list[FlowSession] = request.node.stash.setdefault(_SESSIONS, [])

    with ExitStack() as clients:

        def make(app: Application, **options: Any) -> FlowClient:
            settings: dict[str, Any] = {"clock": fake_clock, "check": True, **options}
            client = clients.enter_context(FlowClient(app, **settings))
            client.observe(sessions.append)
            return client

        yield make


@pytest.fixture
def flow_replay(request: pytest.FixtureRequest, flow_client: MakeClient) -> RepeatTranscript:
    """Return a function that repeats the transcript of the marker `stepdsl_replay` on an application.

    It takes what `flow_client` takes.
    """
    path = request.path.parent / _path_of(request.node.get_closest_marker(_MARKER))

    def replay(app: Application, **options: Any) -> FlowSession:
        request.node.stash[_REPLAYED] = True
        return flow_client(app, **options).replay(path)

    return replay


def _path_of(marker: pytest.Mark | None) -> str | Path:
    """Return the path that a marker has. Raises UsageError for another marker, and without one."""
    if marker is None:
        found = "none"
    else:
        given = [*marker.args, *marker.kwargs.values()]
        if len(given) == 1 and marker.kwargs.keys() <= {"path"} and isinstance(given[0], (str, Path)):
            return given[0]
        arguments = [*map(repr, marker.args), *(f"{name}={value!r}" for name, value in marker.kwargs.items())]
        found = f"{_MARKER}({', '.join(arguments)})"
    raise pytest.UsageError(f"flow_replay: expected the marker @pytest.mark.{_MARKER}(path), got {found}")


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
