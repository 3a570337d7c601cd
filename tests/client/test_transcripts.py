"""Transcripts of sessions: as text, in files, and repeated; and the fixtures of pytest."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from types import MappingProxyType
from typing import Any

import pytest

import stepdsl.testing
from stepdsl import Action, InvalidValueError, SearchResult, Step, server
from stepdsl.testing import FakeClock, FlowClient, FlowSession, Reply, ScriptedTransport, Transcript, show
from stepdsl.testing.plugin import MakeClient, RepeatTranscript
from tests.client.support import BUTTON, FILE, TEXT, Server, form, raw, step

ROOT = str(Path(stepdsl.testing.__file__).parents[2])
HERE = Path(__file__).parent

SEARCH = {"type": "search", "title": "Find", "method": "GET", "url": "/find", "param": "q"}
FOUND = [SearchResult.Action(title="Ada", value=step().layout[0].action)]  # type: ignore[attr-defined]


def server_of(**routes: Any) -> Server:
    first = form({"a": TEXT, "file": FILE}, schema={"required": ["a"]}, more=[SEARCH])
    return Server(
        {
            "/": first,
            "/keep": server.persisted("id", 7),
            "/find": server.search_results(FOUND),
            "/go": server.exit({"done": True}),
            **routes,
        }
    )


def play(app: Any) -> FlowSession:
    session = FlowClient(app).start("/").press("Go").fill({"a": "x"}).upload("file", b"\xff", content_type="a/b")
    return session.select(session.search("a")[0])


def test_a_transcript_is_a_text_for_people() -> None:
    assert str(play(server_of()).transcript()) == (
        "1. start(url=\"/\", method=\"GET\") -> open, step 'first', title 'First'\n"
        "2. press(title=\"Go\") -> open, step 'first', title 'First', errors at a\n"
        "3. fill(values={\"a\":\"x\"}) -> open, step 'first', title 'First'\n"
        "4. upload(path=\"file\", data=1 bytes, content_type=\"a/b\") -> open, step 'first', title 'First'\n"
        "5. search(term=\"a\") -> open, step 'first', title 'First'\n"
        "6. select(result=\"Ada\") -> finished, step 'first', title 'First'\n"
        "start: GET http://localhost/ -> 200 step\n"
        "persist: POST http://localhost/keep -> 200\n"
        "search: GET http://localhost/find?q=a -> 200\n"
        "submit: POST http://localhost/go -> 200 exit"
    )


def test_a_story_shows_each_step() -> None:
    session = FlowClient(server_of()).start("/")
    assert session.transcript().story() == (
        "1. start(url=\"/\", method=\"GET\") -> open, step 'first', title 'First'\n\n"
        + show(session.step, session.values)
    )


def test_a_story_can_have_no_step() -> None:
    session = FlowClient(server_of(**{"/": server.error("Closed.")})).start("/")
    assert session.transcript().story() == (
        '1. start(url="/", method="GET") -> failed\n\nError: Closed.\nstart: GET http://localhost/ -> 422'
    )


def test_a_recorded_session_is_repeated(tmp_path: Path) -> None:
    path = tmp_path / "flow.json"
    play(server_of()).record(path)

    session = FlowClient(server_of()).replay(path)

    session.expect_exit({"done": True})
    assert [move.name for move in session.transcript().moves] == [
        *("start", "press", "fill", "upload", "search", "select")
    ]


def test_a_session_that_began_with_a_step_is_repeated(tmp_path: Path) -> None:
    path = tmp_path / "flow.json"
    session = FlowClient(server_of()).start(step()).press("Go").record(path)
    assert str(session.transcript()).startswith("1. start(url=the step 'first', method=\"GET\") -> open, step 'first'")
    FlowClient(server_of()).replay(path).expect_exit({"done": True})


def test_results_with_one_title_are_repeated_as_they_were_chosen(tmp_path: Path) -> None:
    urls = ("/one", "/two")
    found = [SearchResult.Action(title="Ada", value=Action(url=url)) for url in urls]
    routes: dict[str, Any] = {"/find": server.search_results(found), "/one": server.exit(1), "/two": server.exit(2)}
    app = Server({"/": step(layout=[SEARCH]), **routes})
    session = FlowClient(app).start("/")
    session.select(session.search("a")[1]).expect_exit(2).record(tmp_path / "ada.json")
    assert "3. select(result={" in str(session.transcript())
    FlowClient(app).replay(tmp_path / "ada.json").expect_exit(2)


def test_a_recorded_move_does_not_change_with_its_arguments(tmp_path: Path) -> None:
    values: dict[str, Any] = {"a": MappingProxyType({"b": ("x",)})}
    inner = {"type": "object", "properties": {"b": {"type": "array", "items": [TEXT]}}, "displayOrder": ["b"]}
    app = Server({"/": form({"a": inner}, schema={"title": "F"})})
    session = FlowClient(app).start("/").fill(values)
    values["a"] = "other"
    assert session.transcript().moves[-1].arguments == {"values": {"a": {"b": ["x"]}}}
    session.record(tmp_path / "a.json")
    FlowClient(app).replay(tmp_path / "a.json").expect_field("a.b[0]", value="x")


def test_values_that_look_like_files_are_repeated_as_they_were(tmp_path: Path) -> None:
    path = tmp_path / "flow.json"
    looks = {"type": "object", "title": "File", "properties": {"base64": TEXT}, "displayOrder": ["base64"]}
    app = server_of(**{"/": form({"file": looks, "base64": TEXT})})
    FlowClient(app).start("/").fill("file", {"base64": "eA=="}).fill({"base64": "eQ=="}).record(path)
    assert FlowClient(app).replay(path).values == {"file": {"base64": "eA=="}, "base64": "eQ=="}


def test_a_record_has_the_bodies_but_no_credentials(tmp_path: Path) -> None:
    path = tmp_path / "flow.json"
    app = server_of(**{"/find": raw(b"\xff"), "/keep": raw(b"<p>")})
    client = FlowClient(app, headers={"Authorization": "Bearer secret"}, strict=False)
    session = client.start("/").upload("file", b"x")
    session.search("a")
    app.routes.pop("/go")
    session.fill("a", "x").record(path)

    text = path.read_text("utf-8")
    exchanges = json.loads(text)["exchanges"]

    assert "secret" not in text
    assert exchanges[0]["answer"]["id"] == "first"
    assert exchanges[1]["answer"] == "<p>"
    assert exchanges[2] == {
        "purpose": "search",
        "method": "GET",
        "url": "http://localhost/find?q=a",
        "status": 200,
        "type": None,
        "answer": {"base64": "/w=="},
    }


def test_a_record_has_the_error_of_an_exchange(tmp_path: Path) -> None:
    http = ScriptedTransport([Reply.step(step()), ConnectionResetError("gone")])
    session = FlowClient(http).start("/").press("Go").record(tmp_path / "flow.json")
    assert json.loads((tmp_path / "flow.json").read_text())["exchanges"][1]["error"] == "ConnectionResetError: gone"
    assert str(session.transcript()).endswith("POST http://localhost/go -> no answer: ConnectionResetError: gone")


def test_a_difference_fails_the_replay(tmp_path: Path) -> None:
    path = tmp_path / "flow.json"
    FlowClient(server_of()).start("/").fill("a", "x").press("Go").record(path)

    with pytest.raises(AssertionError) as raised:
        FlowClient(server_of(**{"/go": server.error("No.", {"a": "Wrong."})})).replay(path)

    assert str(raised.value).partition("\n")[0] == (
        "replay: after move 3, the session shows: open, step 'first', title 'First', errors at a; "
        "expected: press(title=\"Go\") -> finished, step 'first', title 'First'"
    )


def test_a_difference_at_the_start_fails_the_replay(tmp_path: Path) -> None:
    path = tmp_path / "flow.json"
    FlowClient(server_of()).start("/").record(path)

    with pytest.raises(AssertionError) as raised:
        FlowClient(server_of(**{"/": server.error("Closed.")})).replay(path)

    assert str(raised.value).partition("\n")[0] == (
        "replay: after move 1, the session shows: failed; "
        "expected: start(url=\"/\", method=\"GET\") -> open, step 'first', title 'First'"
    )


SHOWN = {"state": "open", "step": None, "title": None, "errors": []}
START = {"move": "start", "arguments": {"url": "/"}, "shown": SHOWN}


def moves_of(*moves: Any) -> str:
    return json.dumps({"format": "stepdsl-transcript-1", "moves": moves})


def after_start(move: Any, **arguments: Any) -> str:
    return moves_of({**START, "shown": {**SHOWN, "step": "first", "title": "First"}}, move_of(move, **arguments))


def move_of(name: Any, **arguments: Any) -> dict[str, Any]:
    return {"move": name, "arguments": arguments, "shown": SHOWN}


def shown_of(**parts: Any) -> str:
    return moves_of({**START, "shown": {**SHOWN, **parts}})


NO_TRANSCRIPTS = [
    ("<p>", "expected a transcript, got no JSON: Expecting value: line 1 column 1 (char 0)"),
    ("[]", "expected a transcript with the format 'stepdsl-transcript-1'"),
    ('{"format":"stepdsl-transcript-1"}', "moves: missing"),
    ('{"format":"stepdsl-transcript-1","moves":5}', "moves: expected an array, got 5"),
    (moves_of(), "expected a transcript that begins with the move 'start'"),
    (moves_of(move_of("poll"), START), "expected a transcript that begins with the move 'start'"),
    (moves_of(5), "moves[0]: expected an object, got 5"),
    (moves_of({}), "moves[0].move: missing"),
    (moves_of(START, move_of(5)), "moves[1].move: expected a string, got 5"),
    (moves_of(START | {"arguments": []}), "moves[0].arguments: expected an object, got an array"),
    (moves_of(START | {"shown": None}), "moves[0].shown: expected an object, got null"),
    (moves_of(START | {"shown": {"errors": []}}), "moves[0].shown.state: missing"),
    (shown_of(step=5), "moves[0].shown.step: expected a string or null, got 5"),
    (shown_of(title=[]), "moves[0].shown.title: expected a string or null, got an array"),
    (shown_of(errors=None), "moves[0].shown.errors: expected an array, got null"),
    (shown_of(errors=[5]), "moves[0].shown.errors[0]: expected a string, got 5"),
    (after_start("prss"), "moves[1].move: there is no move 'prss'; did you mean 'press'?"),
    (
        after_start("__init__"),
        "moves[1].move: there is no move '__init__'; there are fill, choose, add_item, remove_item, upload, start, "
        "press, refresh, poll, open_link, search, select, back, close, finish_subflow, fail_subflow",
    ),
    (after_start("press", titel="Go"), "moves[1].arguments: press has no argument 'titel'; did you mean 'title'?"),
    (after_start("choose", what="x"), "moves[1].arguments: choose has no argument 'what'; there are title, at"),
    (after_start("poll", self="x"), "moves[1].arguments: poll has no argument 'self'; there are none"),
    (after_start("remove_item", path="a"), "moves[1].arguments.index: missing"),
    (after_start("upload", path="file", data="x"), 'moves[1].arguments.data: expected an object, got "x"'),
    (after_start("upload", path="file", data={}), "moves[1].arguments.data.base64: missing"),
    (
        after_start("upload", path="file", data={"base64": "?"}),
        'moves[1].arguments.data.base64: expected base64, got "?"',
    ),
    (after_start("fill", values=5), "moves[1]: fill.values: expected a mapping of paths to values, or a path, got 5"),
    (after_start("press"), "moves[1]: press: expected a title or an id, got none"),
    (
        moves_of({**START, "arguments": {"url": "/", "data": 1}}),
        'moves[0]: start.data: a GET request has no body; write start(…, method="POST", data=…)',
    ),
]


@pytest.mark.parametrize(("text", "reason"), NO_TRANSCRIPTS, ids=[reason for _, reason in NO_TRANSCRIPTS])
def test_another_file_is_no_transcript(tmp_path: Path, text: str, reason: str) -> None:
    path = tmp_path / "flow.json"
    path.write_text(text)
    with pytest.raises(InvalidValueError) as raised:
        FlowClient(server_of()).replay(path)
    assert (raised.value.path, raised.value.reason) == (str(path), reason)


def test_a_given_step_is_recorded() -> None:
    given = Step(id="x", layout=step().layout)
    moves = FlowClient(server_of()).start(given).transcript().moves
    assert [dict(move.arguments) for move in moves] == [{"url": given, "method": "GET"}]
    assert isinstance(Transcript(moves).story(), str)


# pytest


def test_the_fixture_makes_clients_that_check_on_the_fake_clock(flow_client: MakeClient, fake_clock: FakeClock) -> None:
    assert flow_client(server_of()).start("/").clock is fake_clock
    with pytest.raises(AssertionError, match=r"^start: check found mistakes in the step"):
        flow_client(Server({"/": step(layout=[{"type": "form", "schemaId": "#x"}, BUTTON])})).start("/")
    flow_client(Server({"/": step()}), check=False, strict=False).start("/")


@pytest.mark.stepdsl_replay("recorded.json")
def test_the_marker_repeats_a_transcript(flow_replay: RepeatTranscript) -> None:
    app = server_of()
    flow_replay(app, headers={"X-Key": "1"}).expect_exit({"done": True})
    assert app.requests[0].headers["x-key"] == "1"


@pytest.mark.stepdsl_replay(path="recorded.json")
def test_the_marker_takes_the_path_by_its_name_too(flow_replay: RepeatTranscript) -> None:
    flow_replay(server_of()).expect_exit({"done": True})


def test_a_marker_that_repeats_nothing_fails_the_test(tmp_path: Path) -> None:
    (tmp_path / "test_user.py").write_text(
        "import pytest\n"
        "replay = pytest.mark.stepdsl_replay\n"
        "@replay('a.json')\n"
        "def test_without_the_fixture(flow_client): pass\n"
        "@replay('a.json')\n"
        "def test_without_a_call(flow_replay): pass\n"
        "@replay('a.json')\n"
        "def test_that_fails_anyway(): assert 0\n"
        "@replay('a.json')\n"
        "class TestSome:\n"
        "    def test_something_else(self): pass\n"
        "@replay(5)\n"
        "def test_a(flow_replay): flow_replay(None)\n"
        "@replay('a.json', 'b.json')\n"
        "def test_b(flow_replay): flow_replay(None)\n"
        "@replay(file='a.json')\n"
        "def test_c(flow_replay): flow_replay(None)\n"
        "@replay\n"
        "def test_d(flow_replay): flow_replay(None)\n"
    )

    output = run_pytest(tmp_path)

    assert "3 failed, 1 passed, 4 errors" in output
    reason = "the test has the marker stepdsl_replay, but it has not repeated the transcript; "
    assert output.count(f"{reason}take the fixture flow_replay, and write flow_replay(app)\n") == 2
    expected = "flow_replay: expected the marker @pytest.mark.stepdsl_replay(path), got stepdsl_replay"
    for given in ("(5)", "('a.json', 'b.json')", "(file='a.json')", "()"):
        assert f"UsageError: {expected}{given}\n" in output


def run_pytest(folder: Path, *options: str) -> str:
    return subprocess.run(
        [
            *(sys.executable, "-m", "pytest", "-q", "-p", "stepdsl.testing.plugin", "-p", "no:cacheprovider"),
            *("--rootdir", str(folder), "-c", "/dev/null", str(folder), *options),
        ],
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONPATH": ROOT, "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"},
        check=False,
    ).stdout


def test_the_plugin_shows_the_steps_of_a_failing_test(tmp_path: Path) -> None:
    (tmp_path / "test_user.py").write_text(
        "from stepdsl import Step\n"
        "from stepdsl.server.wsgi import endpoint\n"
        "from stepdsl import ButtonLayout, Action\n"
        "go = ButtonLayout(title='Go', action=Action(url='/go'))\n"
        "app = endpoint(lambda environ: Step(id='first', title='First', layout=[go]))\n"
        "def test_it_ends(flow_client): flow_client(app).start('/').press('Go').expect_exit()\n"
        "def test_many(flow_client):\n"
        "    for _ in range(12): flow_client(app).start('/')\n"
        "    assert False\n"
        "def test_it_begins(flow_client): flow_client(app).start('/').expect_step(id='first')\n"
        "def test_without_a_marker(flow_replay): flow_replay(app)\n"
    )
    outputs = [run_pytest(tmp_path, *options) for options in ([], ["--stepdsl-show", "--markers"], ["--stepdsl-show"])]

    assert all("2 failed, 1 passed, 1 error" in output for output in (outputs[0], outputs[2]))
    assert "stepdsl session 1" not in outputs[0]
    assert "stepdsl/testing/flows" not in outputs[0]
    assert "@pytest.mark.stepdsl_replay(path): the transcript that flow_replay repeats" in outputs[1]
    assert [outputs[2].count(f"- stepdsl session {number} -") for number in (1, 2, 3, 12)] == [1, 0, 1, 1]
    assert "2. press(title=\"Go\") -> open, step 'first', title 'First'" in outputs[2]
    assert "flow_replay: expected the marker @pytest.mark.stepdsl_replay(path), got none\n" in outputs[2]
