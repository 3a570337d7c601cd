"""What the names of stepdsl.testing say about arguments of a wrong type, before anything is sent or changed."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from stepdsl import Action, InvalidValueError, Step, StringSchema, server
from stepdsl.testing import (
    FakeClock,
    FlowClient,
    Reply,
    ScriptedTransport,
    explore,
)
from tests.client.support import FILE, MANY, TEXT, Server, form, start, step

NO_JSON: Any = object()
NAN = float("nan")
STREAM = io.BytesIO(b"x")

FIRST = form(
    {"a": TEXT, "many": MANY, "file": FILE, "data": {**TEXT, "format": "base64url"}},
    linkHandlers=[{"regexPattern": ".*", "action": {"url": "/link"}}],
)
RESULT = "select.result: expected the title of a search result, or one of session.results, got"

MOVES: list[tuple[Callable[[Any], object], str]] = [
    (lambda session: session.fill(5, "x"), "fill.values: expected a mapping of paths to values, or a path, got 5"),
    (lambda session: session.fill("a"), "fill.value: missing; write fill('a', …)"),
    (
        lambda session: session.fill({"a": "x"}, "y"),
        "fill.value: the mapping has the values, got also 'y'; leave it out",
    ),
    (lambda session: session.fill("a", NO_JSON), "fill.value: expected a JSON value, got an object"),
    (lambda session: session.fill({"a": NAN}), "fill.values.a: expected a finite number, got nan"),
    (lambda session: session.fill({5: "x"}), "fill.values['5']: expected a string as the key, got 5"),
    (lambda session: session.choose(5), "choose.title: expected a string, got 5"),
    (lambda session: session.choose("x", at=5), "choose.at: expected a string, got 5"),
    (lambda session: session.add_item(None), "add_item.path: expected a string, got None"),
    (
        lambda session: session.remove_item("many", "0"),
        "remove_item.index: expected an integer, got '0'; write 0",
    ),
    (lambda session: session.remove_item("many", True), "remove_item.index: expected an integer, got True"),
    (lambda session: session.upload("file", "x"), "upload.data: expected bytes, got 'x'; write ….encode()"),
    (lambda session: session.upload("data", "x"), "upload.data: expected bytes, got 'x'; write ….encode()"),
    (
        lambda session: session.upload("file", Path("x")),
        f"upload.data: expected bytes, got a {type(Path()).__name__}; write ….read_bytes()",
    ),
    (lambda session: session.upload("file", STREAM), "upload.data: expected bytes, got a BytesIO; write ….read()"),
    (
        lambda session: session.upload("file", bytearray(b"x")),
        "upload.data: expected bytes, got a bytearray; write bytes(…)",
    ),
    (lambda session: session.upload("file", None), "upload.data: expected bytes, got None"),
    (lambda session: session.upload("file", bytes), "upload.data: expected bytes, got the class bytes"),
    (lambda session: session.upload("file", b"", filename=5), "upload.filename: expected a string, got 5"),
    (lambda session: session.upload("file", b"", content_type=5), "upload.content_type: expected a string, got 5"),
    *(
        (
            lambda session, kind=kind: session.upload("file", b"", content_type=kind),
            f"upload.content_type: expected a content type such as 'image/png', got {kind!r}",
        )
        for kind in ("pdf", "image/*", "text/plain\r\nX-Evil: 1", "text/plain; a=b\n")
    ),
    (lambda session: session.press(5), "press.title: expected a string, got 5"),
    (lambda session: session.press(), "press: expected a title or an id, got none"),
    (
        lambda session: session.press("x", id="y"),
        "press: expected a title or an id, got both, 'x' and 'y'; give one of both",
    ),
    (lambda session: session.open_link(5), "open_link.url: expected a string, got 5"),
    (lambda session: session.open_link(None), "open_link.url: expected a string, got None"),
    (lambda session: session.open_link(b"/x"), "open_link.url: expected a string, got a bytes; write ….decode()"),
    (lambda session: session.search(None), "search.term: expected a string, got None"),
    (lambda session: session.search("x", at=5), "search.at: expected a string, got 5"),
    (lambda session: session.select(5), f"{RESULT} 5"),
    (lambda session: session.select({}), f"{RESULT} a dict"),
    (lambda session: session.finish_subflow(NO_JSON), "finish_subflow.result: expected a JSON value, got an object"),
    (lambda session: session.record(None), "record.path: expected the path of a file, got None"),
    (lambda session: session.expect_step(id=5), "expect_step.id: expected a string, got 5"),
    (lambda session: session.expect_error(5), "expect_error.path: expected a string, got 5"),
    (lambda session: session.expect_error(contains=5), "expect_error.contains: expected a string, got 5"),
    (lambda session: session.expect_field(5), "expect_field.path: expected a string, got 5"),
    (
        lambda session: session.expect_field("a", value=NO_JSON),
        "expect_field.value: expected a JSON value, got an object",
    ),
    (lambda session: session.expect_field("a", title=5), "expect_field.title: expected a string, got 5"),
    (lambda session: session.expect_exit(NO_JSON), "expect_exit.result: expected a JSON value, got an object"),
]


@pytest.mark.parametrize(("move", "text"), MOVES, ids=[text for _, text in MOVES])
def test_a_wrong_argument_of_a_move_is_an_error_and_changes_nothing(move: Any, text: str) -> None:
    session, app = start(FIRST)
    with pytest.raises(InvalidValueError) as raised:
        move(session)
    assert str(raised.value) == text
    assert (len(app.requests), len(session.transcript().moves), session.values) == (1, 1, {"many": []})


def test_an_argument_that_a_move_does_not_have_is_an_error() -> None:
    session: Any = start(FIRST)[0]
    for move, text in (
        (lambda: session.press(name="x"), "press: got an unexpected keyword argument 'name'"),
        (lambda: session.fill(vals={}), "fill: got an unexpected keyword argument 'vals'; did you mean 'values'?"),
        (lambda: session.expect_field(valu=1), "expect_field: missing a required argument: 'path'"),
        (session.choose, "choose: missing a required argument: 'title'"),
        (lambda: session.expect_step("first"), "expect_step: too many positional arguments"),
    ):
        with pytest.raises(TypeError) as raised:
            move()
        assert str(raised.value) == text


def test_arguments_are_copied_and_enumerations_are_strings() -> None:
    session, _ = start(form({"a": {**TEXT, "format": "email"}, "many": MANY}))
    values = {"many": ["x"]}
    session.fill(values).fill("a", StringSchema.Format.EMAIL)
    values["many"].append("y")
    session.expect_field("a", value="email", format=StringSchema.Format.EMAIL, min_length=None)
    session.expect_field("many", value=("x",))
    assert session.transcript().moves[1].arguments == {"values": {"many": ["x"]}}


# the start


class Bank(Server):
    """A server with one step at each URL."""

    def __init__(self) -> None:
        super().__init__({"/": step()})


APP = Bank()
CLIENT: Any = FlowClient(APP)

STARTS: list[tuple[Callable[[], object], str]] = [
    (lambda: CLIENT.start(5), "start.url: expected a URL or a Step, got 5"),
    (lambda: CLIENT.start(None), "start.url: expected a URL or a Step, got None"),
    (lambda: CLIENT.start({}), "start.url: expected a URL or a Step, got a dict; write from_dict(…, Step)"),
    (
        lambda: CLIENT.start(Step.build()),
        "start.url: expected a URL or a Step, got a StepBuilder; write .built to get the finished object",
    ),
    (lambda: CLIENT.start("/", method=5), "start.method: expected a string, got 5"),
    (lambda: CLIENT.start("/", method=None), "start.method: expected a string, got None"),
    (lambda: CLIENT.start("/", "POST", NO_JSON), "start.data: expected a JSON value, got an object"),
    (lambda: CLIENT.start("/", "POST", b"{}"), "start.data: expected a JSON value, got a bytes; write ….decode()"),
    (lambda: CLIENT.replay(None), "replay.path: expected the path of a file, got None"),
    (
        lambda: CLIENT.replay(CLIENT.start(STEP).transcript()),
        "replay.path: expected the path of a file, got a Transcript; session.record(path) writes it",
    ),
    (
        lambda: CLIENT.replay(CLIENT.start(STEP)),
        "replay.path: expected the path of a file, got a FlowSession; session.record(path) writes it",
    ),
    (
        lambda: CLIENT.replay('{"moves": []}'),
        "replay.path: expected the path of a file, got '{\"moves\": []}'; session.record(path) writes it",
    ),
    (
        lambda: FlowClient("localhost:8000"),
        "FlowClient.app: expected an absolute http or https URL, got 'localhost:8000'; write 'http://localhost:8000'",
    ),
    (lambda: FlowClient(""), "FlowClient.app: expected an absolute http or https URL, got ''"),
    (lambda: FlowClient("ftp://x"), "FlowClient.app: expected an absolute http or https URL, got 'ftp://x'"),
    (lambda: CLIENT.observe(None), "observe.on_session: expected a function, got None"),
    (lambda: explore(CLIENT, NO_JSON), "explore.url: expected a URL or a Step, got an object"),
    (lambda: explore(CLIENT, "/", method=NO_JSON), "explore.method: expected a string, got an object"),
    (lambda: explore(CLIENT, "/", "POST", NO_JSON), "explore.data: expected a JSON value, got an object"),
    (
        lambda: explore(CLIENT, "/", data=1),
        'explore.data: a GET request has no body; write explore(…, method="POST", data=…)',
    ),
    (lambda: explore(CLIENT, "/", seed=[1]), "explore.seed: expected an integer, got a list"),  # type: ignore[arg-type]
]


@pytest.mark.parametrize(("call", "text"), STARTS, ids=[text for _, text in STARTS])
def test_a_wrong_argument_of_a_start_is_an_error_before_a_request(call: Callable[[], object], text: str) -> None:
    with pytest.raises(InvalidValueError) as raised:
        call()
    assert str(raised.value) == text
    assert APP.requests == []


# the clock, replies and scripts

STEP = step()

SCRIPTS: list[tuple[Callable[[], object], str]] = [
    (lambda: FakeClock("x"), "FakeClock.now: expected a number, got 'x'"),  # type: ignore[arg-type]
    (lambda: FakeClock().advance("1"), "FakeClock.advance.seconds: expected a number, got '1'"),  # type: ignore[arg-type]
    (lambda: FakeClock().advance(NAN), "FakeClock.advance.seconds: expected a finite number, got nan"),
    (lambda: FakeClock().advance(-1), "FakeClock.advance.seconds: expected 0 seconds or more, got -1"),
    (lambda: FakeClock().sleep(-1), "FakeClock.sleep.seconds: expected 0 seconds or more, got -1"),
    (lambda: Reply("200"), "Reply.status: expected an integer, got '200'; write 200"),  # type: ignore[arg-type]
    (lambda: Reply(200, 5), "Reply.body: expected bytes or a string, got 5"),  # type: ignore[arg-type]
    (
        lambda: Reply(200, {}),  # type: ignore[arg-type]
        "Reply.body: expected bytes or a string, got a dict; write Reply.json(…)",
    ),
    (
        lambda: Reply(200, headers=[1]),  # type: ignore[arg-type]
        "Reply.headers: expected a mapping of names to values, got a list",
    ),
    (
        lambda: Reply(200, headers={"a": 1}),  # type: ignore[dict-item]
        "Reply.headers: expected strings as names and values, got 'a': 1",
    ),
    (lambda: Reply(takes=-1), "Reply.takes: expected 0 seconds or more, got -1"),
    (
        lambda: Reply.of(STEP),  # type: ignore[arg-type]
        "Reply.of.response: expected a FlowResponse, got a Step; write Reply.step(…)",
    ),
    (lambda: Reply.json(NO_JSON), "Reply.json.value: expected a JSON value, got an object"),
    (lambda: Reply.json({"a": [NAN]}), "Reply.json.value.a[0]: expected a finite number, got nan"),
    (
        lambda: Reply.step(Step.build()),  # type: ignore[arg-type]
        "Reply.step.step: expected a Step, got a StepBuilder; write .built to get the finished object",
    ),
    (lambda: Reply.action("/x"), "Reply.action.action: expected an Action, got '/x'"),  # type: ignore[arg-type]
    (lambda: Reply.exit(NO_JSON), "Reply.exit.result: expected a JSON value, got an object"),
    (
        lambda: ScriptedTransport(5),  # type: ignore[arg-type]
        "ScriptedTransport.replies: expected a list of replies, got 5; write [Reply(…)]",
    ),
    (
        lambda: ScriptedTransport(Reply(204)),  # type: ignore[arg-type]
        "ScriptedTransport.replies: expected a list of replies, got a Reply; write [Reply(…)]",
    ),
    (
        lambda: ScriptedTransport(server.step(STEP)),
        "ScriptedTransport.replies: expected a list of replies, got a FlowResponse; write [Reply.of(…)]",
    ),
    (
        lambda: ScriptedTransport(ConnectionResetError()),  # type: ignore[arg-type]
        "ScriptedTransport.replies: expected a list of replies, got a ConnectionResetError; "
        "write [ConnectionResetError(…)]",
    ),
    (
        lambda: ScriptedTransport([Reply(), STEP]),  # type: ignore[list-item]
        "ScriptedTransport.replies[1]: expected a Reply or an exception, got a Step; write Reply.step(…)",
    ),
    (
        lambda: ScriptedTransport([Action(url="/")]),  # type: ignore[list-item]
        "ScriptedTransport.replies[0]: expected a Reply or an exception, got an Action; write Reply.action(…)",
    ),
    (
        lambda: ScriptedTransport([server.step(STEP)]),  # type: ignore[list-item]
        "ScriptedTransport.replies[0]: expected a Reply or an exception, got a FlowResponse; write Reply.of(…)",
    ),
    (
        lambda: ScriptedTransport([ConnectionResetError]),  # type: ignore[list-item]
        "ScriptedTransport.replies[0]: expected a Reply or an exception, got the class ConnectionResetError; "
        "write ConnectionResetError(…)",
    ),
    (
        lambda: ScriptedTransport([204]),  # type: ignore[list-item]
        "ScriptedTransport.replies[0]: expected a Reply or an exception, got 204; write Reply(…)",
    ),
    (
        lambda: ScriptedTransport([], clock=5),  # type: ignore[arg-type]
        "ScriptedTransport.clock: expected a FakeClock, got 5",
    ),
]


@pytest.mark.parametrize(("call", "text"), SCRIPTS, ids=[text for _, text in SCRIPTS])
def test_a_wrong_argument_of_a_script_is_an_error(call: Callable[[], object], text: str) -> None:
    with pytest.raises(InvalidValueError) as raised:
        call()
    assert str(raised.value) == text


def test_the_fixture_refuses_what_the_transport_refuses(scripted_transport: Any) -> None:
    with pytest.raises(InvalidValueError, match=r"^ScriptedTransport\.replies\[0\]: .* write Reply\.of\(…\)$"):
        scripted_transport([server.step(STEP)])
