"""What the text of a failure and the story of a session show."""

from __future__ import annotations

from typing import Any

import pytest

from stepdsl import ParagraphLayout, server
from stepdsl.testing import FlowClient, ScriptedTransport
from stepdsl.testing.flows.transcript import FailedMove
from tests.client.support import BUTTON, TEXT, form, raw, start, step

READ = {"type": "paragraph", "text": "Read this."}
CLOSE = {"type": "button", "title": "Ok", "behavior": {"type": "dismiss"}}
MODAL = {"type": "modal", "content": [READ, CLOSE]}


def failure(work: Any) -> str:
    with pytest.raises(AssertionError) as raised:
        work()
    return str(raised.value)


# modals


def test_a_failure_shows_the_modal_before_the_step_behind_it() -> None:
    first = form(
        {"a": TEXT},
        more=[{"type": "button", "title": "Info", "behavior": MODAL}],
        footer=[READ],
        toolbar={"items": [{"title": "Help", "behavior": {"type": "link", "url": "/help"}}]},
        errors={"error": "No."},
    )
    session, _ = start(first)
    session.press("Info")
    text = failure(lambda: session.press("Go")).partition("\n\nLast request")[0]
    assert (
        text
        == """press: no button on the screen has the title 'Go'; there are 'Ok'

Step first: First
! No.

Modal
  Read this.
  Button "Ok": close the modal

Behind the modal
  Toolbar "Help": open /help
  Form #form
    a: Text = empty (string)
  Button "Info": open a modal
    Read this.
    Button "Ok": close the modal
  Button "Go": POST /go

Footer
  Read this."""
    )


def test_a_form_in_a_modal_is_shown_there() -> None:
    content = [{"type": "form", "schemaId": "#form"}]
    first = form({"a": TEXT}, layout=[{"type": "button", "title": "Info", "behavior": {**MODAL, "content": content}}])
    session, _ = start(first, strict=False)
    text = failure(session.press("Info").expect_exit)
    assert "Modal\n  Form #form\n    a: Text = empty (string)\n\nBehind the modal\n" in text


def test_a_session_has_the_modal_on_top() -> None:
    inner = {"type": "button", "title": "More", "behavior": {"type": "modal", "content": []}}
    session, _ = start(step(), {"/go": raw({"content": [READ, inner]}, "modal")})
    assert session.modal is None
    session.press("Go")
    assert session.modal is not None
    assert session.modal[0] == ParagraphLayout(text="Read this.")
    assert session.press("More").modal == ()
    assert session.back().modal is not None
    assert session.back().modal is None


def test_a_flow_without_a_step_has_no_modal() -> None:
    session, _ = start(server.error("Closed."))
    assert session.modal is None


def test_a_story_shows_the_modal() -> None:
    session, _ = start(step(layout=[{"type": "button", "title": "Info", "behavior": MODAL}, BUTTON]))
    *_, after = session.press("Info").transcript().story().split("\n\n2. ")
    assert (
        after
        == """press(title="Info") -> open, step 'first', title 'First'

Step first: First

Modal
  Read this.
  Button "Ok": close the modal

Behind the modal
  Button "Info": open a modal
    Read this.
    Button "Ok": close the modal
  Button "Go": POST /go"""
    )


# searches

SEARCH = {"type": "search", "title": "Bank", "method": "GET", "url": "/find", "param": "q"}
ADA = {"type": "action", "title": "Ada Bank", "description": "London", "value": {"url": "/go"}}


def of_results(*results: Any) -> Any:
    return raw({"results": results})


@pytest.mark.parametrize(
    ("answer", "lines"),
    [
        (of_results(ADA), ["  - Ada Bank: London"]),
        (of_results(ADA, {**ADA, "title": "Bea Bank", "description": None}), ["  - Ada Bank: London", "  - Bea Bank"]),
        (of_results(), []),
        (raw({"type": "results", "results": [ADA]}), ["  - Ada Bank: London"]),
        (raw({"type": "layout", "layout": [READ, BUTTON]}), ["  Read this.", '  Button "Go": POST /go']),
        (server.error("Busy."), []),
    ],
    ids=["one", "two", "none", "typed", "layout", "failed"],
)
def test_a_failure_shows_what_a_search_has_found_in_its_place(answer: Any, lines: list[str]) -> None:
    initial = {"type": "results", "results": [{**ADA, "title": "Often chosen"}]}
    session, _ = start(step(layout=[{**SEARCH, "initialState": initial}, BUTTON]), {"/find": answer})
    line = 'Search: Bank: GET /find, term in "q"'
    before = f'{line}\n  - Often chosen: London\nButton "Go": POST /go'
    assert before in failure(session.expect_exit)
    session.search("a")
    expected = "\n".join([line, *lines, 'Button "Go": POST /go'])
    assert expected in failure(session.expect_exit)
    assert expected in session.transcript().story()
    session.search("")
    assert before in failure(session.expect_exit)


def test_a_failure_shows_what_a_search_in_a_modal_has_found() -> None:
    modal = {"type": "modal", "content": [SEARCH]}
    first = step(layout=[{"type": "button", "title": "Find", "behavior": modal}, BUTTON])
    session, _ = start(first, {"/find": of_results(ADA)})
    session.press("Find").search("a")
    assert 'Modal\n  Search: Bank: GET /find, term in "q"\n    - Ada Bank: London\n' in failure(session.expect_exit)


def test_a_failure_shows_a_search_that_is_in_its_own_answer_without_an_end() -> None:
    session, _ = start(step(layout=[SEARCH, BUTTON]), {"/find": raw({"type": "layout", "layout": [SEARCH, READ]})})
    session.search("a")
    line = 'Search: Bank: GET /find, term in "q"'
    assert f"{line}\n  {line}\n  Read this.\nButton" in failure(session.expect_exit)


# forms


def test_a_failure_shows_what_is_entered_in_each_form() -> None:
    def root(name: str, **parts: Any) -> dict[str, Any]:
        return {
            "$id": name,
            "type": "object",
            "properties": {"n": {**TEXT, "title": name, **parts}},
            "displayOrder": ["n"],
        }

    forms = [{"type": "form", "schemaId": name} for name in ("#one", "#two")]
    schemas = [root("#one", minLength=3), root("#two", default="d")]
    session, _ = start(step(layout=[*forms, BUTTON], schemas=schemas, model={"n": "model"}))
    session.fill({"#one.n": "a", "#two.n": None}).press("Go")
    shown = """Form #one
  n: #one = "a" (string, at least 3 characters)
    ! Enter at least 3 characters.
Form #two
  n: #two = empty (string)
Button"""
    assert shown in failure(session.expect_exit)
    assert shown in session.transcript().story()


def test_a_failure_shows_the_chosen_alternative_also_without_values() -> None:
    alternatives = [
        {"type": "object", "title": title, "properties": {name: TEXT}, "displayOrder": [name]}
        for title, name in (("First", "a"), ("Second", "b"))
    ]
    session, _ = start(form({"x": {"oneOf": alternatives, "default": {"a": "d"}}}))
    session.choose("Second", at="x")
    assert "    ( ) First\n    (x) Second\n      b: Text = empty (string)\n" in failure(session.expect_exit)


# subflows


def test_a_failure_shows_that_a_subflow_runs() -> None:
    subflow = {"type": "subflow", "launchConfig": {"type": "native", "id": "scan"}, "referrerId": "me"}
    session, _ = start(step(layout=[{"type": "button", "title": "Scan", "behavior": subflow}]))
    text = failure(session.press("Scan").expect_exit)
    line = "A subflow runs. session.finish_subflow(…) or session.fail_subflow() ends it."
    assert f"expected the end of the flow, but it is open\n\n{line}\nStep first: First\n" in text


# stories


def test_a_story_has_the_messages_and_no_step_after_the_end() -> None:
    answers = iter([server.error("No.", {"a": "Wrong."}), server.exit()])
    session, _ = start(form({"a": TEXT}), {"/go": lambda _: next(answers)})
    story = session.press("Go").press("Go").transcript().story()
    assert (
        story.partition("\n\n2. ")[2]
        == """press(title="Go") -> open, step 'first', title 'First', errors at a

Step first: First
! No.

Form #form
  a: Text = empty (string)
    ! Wrong.
Button "Go": POST /go

3. press(title="Go") -> finished, step 'first', title 'First'"""
    )


def test_a_transcript_ends_with_the_move_that_failed() -> None:
    session, _ = start(step())
    failure(lambda: session.press("Stop"))
    line = "2. press(title=\"Stop\") failed: no button on the screen has the title 'Stop'; there are 'Go'"
    assert session.transcript().story().endswith(f"\n\n{line}")
    assert f"\n{line}\nstart: GET" in str(session.transcript())
    assert "Stop" not in session.transcript().to_json()
    assert session.press("Go").transcript().failed is None


def test_a_move_that_failed_can_have_any_argument() -> None:
    failed = FailedMove("fill", {"values": "a", "value": object()}, "No.")
    assert str(failed) == 'fill(values="a", value=an object) failed: No.'


def test_a_story_has_the_reason_why_the_flow_failed() -> None:
    session, _ = start(step(), {"/go": raw(b"<p>", "step")}, strict=False)
    assert (
        session.press("Go").transcript().story().partition("\n\n2. ")[2]
        == """press(title="Go") -> failed, step 'first', title 'First'

Error: the body is no step: no JSON: Expecting value: line 1 column 1 (char 0)
submit: POST http://localhost/go -> 200 step"""
    )


# requests without a usable answer


def go_to(**headers: str) -> Any:
    return raw(status=302, **headers)


UNUSABLE = "bad URL: neither http nor https, but 'ftp'"
POLLING = {"url": "/go", "delay": 1, "maxAttempts": 1, "onError": {"action": {"url": "ftp://bank.example/"}}}
POST = "Last request (submit): POST http://localhost/go\n{}\n\n"
GET = "Last request (submit): GET http://localhost/go\n\n"
POLL = "Last request (poll): GET http://localhost/go\n\n"


@pytest.mark.parametrize(
    ("first", "answer", "end"),
    [
        (step(), go_to(Location="/go"), f"{GET}Last answer: 302\n\nNo further answer: more than 5 redirects"),
        (step(), go_to(), f"{POST}Last answer: 302\n\nNo further answer: the redirect has no Location"),
        (step(), go_to(Location="ftp://x/"), f"{POST}Last answer: 302\n\nNo further answer: {UNUSABLE}"),
        (
            step(layout=[{**BUTTON, "action": {"url": "ftp://x/"}}]),
            None,
            f"Last request (submit): POST ftp://x/\n{{}}\n\nNo answer: {UNUSABLE}",
        ),
        (step(polling=POLLING), raw(status=500), f"{POLL}Last answer: 500\n\nNo further answer: {UNUSABLE}"),
        (
            step(polling={**POLLING, "url": "ftp://x/"}),
            None,
            f"Last request (poll): GET ftp://x/\n\nNo answer: {UNUSABLE}",
        ),
    ],
    ids=["loop", "no location", "redirect to ftp", "ftp", "polling", "polling of ftp"],
)
def test_the_reason_for_no_answer_is_shown(first: Any, answer: Any, end: str) -> None:
    session, _ = start(first, {"/go": answer})
    session = session.press("Go") if first.polling is None else session.poll()
    with pytest.raises(AssertionError) as raised:
        session.expect_exit()
    assert str(raised.value).endswith(f"\n\n{end}")
    assert raised.value.__cause__ is None
    assert session.errors.message == "Something went wrong. Please try again."


def test_a_flow_without_any_request_has_no_reason() -> None:
    session = FlowClient(ScriptedTransport([])).start(step(polling={**POLLING, "maxAttempts": 0}))
    assert session.poll().exchanges == ()
    assert failure(session.expect_exit).endswith("on error: POST ftp://bank.example/")


def test_a_transcript_has_the_reason_for_no_answer() -> None:
    session, _ = start(step(layout=[{**BUTTON, "action": {"url": "ftp://x/"}}]))
    transcript = session.press("Go").transcript()
    assert str(transcript).endswith(f"\nsubmit: POST ftp://x/ -> no answer: {UNUSABLE}")
    assert f'"error": "{UNUSABLE}"' in transcript.to_json()


# what pytest shows of the source


def fails_there(*_: Any) -> Any:
    raise ZeroDivisionError


async def fails_in_asgi(scope: Any, receive: Any, send: Any) -> None:
    if scope["type"] == "http":
        raise ZeroDivisionError


def shown_functions(raised: pytest.ExceptionInfo[BaseException]) -> list[str]:
    """Return the functions whose lines pytest shows."""
    return [entry.name for entry in raised.traceback if not entry.ishidden(raised)]


@pytest.mark.parametrize(
    "move",
    [
        lambda: start(step())[0].press("Stop"),
        lambda: start(step())[0].press("Go", id="x"),
        lambda: start(step())[0].press(titel="Go"),  # type: ignore[call-arg]
        lambda: start(step())[0].expect_step(id="x"),
        lambda: start(step())[0].expect_field("x"),
        lambda: start(step())[0].expect_error("a"),
        lambda: start(step())[0].expect_exit(None),
        lambda: start(raw(b"<p>")),
        lambda: start(server.error("Closed."))[0].step,
        lambda: FlowClient(ScriptedTransport([])).start("/"),
        lambda: FlowClient(fails_there).start("/"),
        lambda: FlowClient(fails_in_asgi).start("/"),
        lambda: FlowClient(ScriptedTransport([OSError()])).start("/").expect_step(),
    ],
)
def test_pytest_shows_the_line_of_the_test_and_none_of_the_library(move: Any) -> None:
    with pytest.raises((AssertionError, ValueError, TypeError)) as raised:
        move()
    assert shown_functions(raised)[1:] in (["<lambda>"], ["<lambda>", "start"])  # `start` is of these tests
    assert raised.value.__suppress_context__ or raised.value.__context__ is None


@pytest.mark.parametrize("app", [fails_there, fails_in_asgi])
def test_pytest_shows_the_line_of_the_application(app: Any) -> None:
    with pytest.raises(AssertionError) as raised:
        FlowClient(app).start("/")
    cause = raised.value.__cause__
    assert cause is not None
    shown = shown_functions(pytest.ExceptionInfo.from_exception(cause))
    assert shown[-1] == app.__name__
    assert not {"request", "call", "_wait", "_answer"} & {*shown}


def test_an_unknown_argument_is_a_type_error() -> None:
    session, _ = start(step())
    with pytest.raises(TypeError) as raised:
        session.press(titel="Go")  # type: ignore[call-arg]
    assert str(raised.value) == "press: got an unexpected keyword argument 'titel'; did you mean 'title'?"
