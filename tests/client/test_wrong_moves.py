"""What a session says about moves that the screen does not allow, and about expectations that are not met."""

from __future__ import annotations

import contextlib
import socket
import threading
from typing import Any

import pytest
import urllib3

from stepdsl import Action, ButtonLayout, InvalidValueError, NativeLaunchConfig, Step, dumps, server
from stepdsl.testing import (
    ApplicationError,
    ExplorationError,
    FlowClient,
    FlowSession,
    ProtocolViolationError,
    Reply,
    ScriptedTransport,
    ScriptExhaustedError,
    SessionState,
    explore,
    show,
)
from tests.client.support import BUTTON, FILE, MANY, TEXT, Server, form, raw, start, step

IBAN = {"type": "object", "title": "IBAN", "properties": {"iban": TEXT, "x": TEXT}, "displayOrder": ["iban", "x"]}
SORT = {"type": "object", "title": "Sort code", "properties": {"code": TEXT, "x": TEXT}, "displayOrder": ["code", "x"]}
PROPERTIES = {
    "name": TEXT,
    "secret": {**TEXT, "hidden": True},
    "old": {**TEXT, "disabled": True},
    "many": MANY,
    "person": {"type": "object", "properties": {"city": TEXT}, "displayOrder": ["city"]},
    "pair": {"type": "array", "items": [TEXT]},
    "account": {"oneOf": [IBAN, SORT]},
    "fixed": {"const": 1},
    "day": {**TEXT, "format": "date"},
    "file": FILE,
}
MORE = [
    {"type": "button", "title": "Off", "action": {"url": "/go", "id": "off"}, "disabled": True},
    {"type": "button", "title": "Twice", "action": {"url": "/go", "id": "first"}},
    {"type": "button", "title": "Twice", "action": {"url": "/other", "id": "other"}},
    {"type": "button", "title": "New", "behavior": {"type": "fly"}},
    {"type": "decision", "options": [{"title": "Yes", "action": {"url": "/go"}}]},
]
FIELDS = "name, old, many, person.city, pair, pair[0], account, fixed, day, file"

WRONG: list[tuple[Any, str]] = [
    (
        lambda session: session.press("Goo"),
        "press: no button on the screen has the title 'Goo'; did you mean 'Go'?",
    ),
    (
        lambda session: session.press("Save"),
        "press: no button on the screen has the title 'Save'; there are 'Twice', 'New', 'Go'",
    ),
    (
        lambda session: session.press(id="x"),
        "press: no button on the screen has the id 'x'; there are the ids 'first', 'other'",
    ),
    (
        lambda session: session.press(id="frist"),
        "press: no button on the screen has the id 'frist'; did you mean 'first'?",
    ),
    (
        lambda session: session.press(id="off"),
        "press: the button with the id 'off' is disabled; there are the ids 'first', 'other'",
    ),
    (
        lambda session: session.press("Off"),
        "press: the button with the title 'Off' is disabled; there are 'Twice', 'New', 'Go'",
    ),
    (
        lambda session: session.press("Twice"),
        "press: 2 buttons have the title 'Twice', and they do different things; write id= with one of 'first', 'other'",
    ),
    (lambda session: session.press("New"), "press: no client has a behavior of the type 'fly'"),
    (
        lambda session: session.choose("No"),
        "choose: no option on the screen has the title 'No'; there are 'Yes'",
    ),
    (lambda session: session.choose("x", at="name"), "choose: 'name' is no choice"),
    (
        lambda session: session.choose("Iban", at="account"),
        "choose: 'account' has no alternative 'Iban'; there are 'IBAN', 'Sort code'",
    ),
    (lambda session: session.fill("nam", "x"), "fill: there is no field 'nam'; did you mean 'name'?"),
    (
        lambda session: session.fill("zzz", "x"),
        f"fill: there is no field 'zzz'; there are {FIELDS}",
    ),
    (lambda session: session.fill("a..b", "x"), "fill: expected a path such as 'address.city', got 'a..b'"),
    (
        lambda session: session.fill("name.first", "x"),
        f"fill: there is no field 'name.first'; there are {FIELDS}",
    ),
    (lambda session: session.fill("secret", "x"), "fill: 'secret' is not on the screen"),
    (lambda session: session.fill("old", "x"), "fill: 'old' is disabled"),
    (lambda session: session.fill("fixed", 2), "fill: 'fixed' has a fixed value"),
    (lambda session: session.fill("file", "x"), "fill: 'file' takes a file; write session.upload(…)"),
    (lambda session: session.fill("many", "x"), "fill: 'many' is a list; fill it with a list, not with 'x'"),
    (lambda session: session.fill("pair", "x"), "fill: 'pair' is a tuple; fill it with a list, not with 'x'"),
    (
        lambda session: session.fill("person", "x"),
        "fill: 'person' is an object; fill it with a mapping, not with 'x'",
    ),
    (
        lambda session: session.fill("account", {"x": "1"}),
        "fill: 'account': choose an alternative first; write session.choose(…, at='account')"
        "; there are 'IBAN', 'Sort code'",
    ),
    (lambda session: session.add_item("name"), "add_item: 'name' is no list"),
    (lambda session: session.remove_item("many", 0), "remove_item: 'many' has 0 items, so there is no item 0"),
    (
        lambda session: session.add_item("many").remove_item("many", 1),
        "remove_item: 'many' has 1 item, so there is no item 1",
    ),
    (
        lambda session: session.fill("many[0]", "x"),
        "fill: 'many' has 0 items, so there is no item 0; session.add_item('many') adds it",
    ),
    (
        lambda session: session.add_item("many").fill("many[5]", "x"),
        "fill: 'many' has 1 item, so there is no item 5",
    ),
    (
        lambda session: session.add_item("many").fill("#form.many[1].name", "x"),
        "fill: 'many' has 1 item, so there is no item 1; session.add_item('many') adds it",
    ),
    (lambda session: session.fill("pair[1]", "x"), "fill: 'pair' has 1 item, so there is no item 1"),
    (
        lambda session: session.upload("many[0]", b""),
        "upload: 'many' has 0 items, so there is no item 0; session.add_item('many') adds it",
    ),
    (
        lambda session: session.expect_field("many[2]", value="x"),
        "'many' has 0 items, so there is no item 2",
    ),
    (lambda session: session.upload("name", b""), "upload: 'name' takes no file"),
    (lambda session: session.upload("many", b""), "upload: 'many' takes no file"),
    (lambda session: session.refresh(), "refresh: the step has no refreshUrl"),
    (lambda session: session.poll(), "poll: the step has no polling"),
    (lambda session: session.search("x"), "search: there is no search on the screen"),
    (lambda session: session.select("x"), "select: no result 'x'; there are none"),
    (lambda session: session.finish_subflow(), "finish_subflow: no subflow runs"),
    (lambda session: session.close().press("Go"), "press: the flow has ended: cancelled"),
    (lambda session: session.expect_step(id="x"), "expected a step with the id 'x', got 'first'"),
    (lambda session: session.expect_step(title="x"), "expected a step with the title 'x', got 'First'"),
    (
        lambda session: session.close().expect_step(),
        "expected a step, but the flow has ended: cancelled",
    ),
    (lambda session: session.expect_field("secret"), "expected the field 'secret' on the screen, but it is not"),
    (
        lambda session: session.expect_field("name", value="x"),
        "expected value 'x' of the field 'name', got None",
    ),
    (
        lambda session: session.expect_field("name", shown=False),
        "expected the field 'name' not on the screen, but it is",
    ),
    (
        lambda session: session.expect_field("name", required=True),
        "expected required True of the field 'name', got False",
    ),
    (
        lambda session: session.expect_field("day", format="email"),
        "expected format 'email' of the field 'day', got 'date'",
    ),
    (
        lambda session: session.expect_field("gone", shown=False, value=None),
        f"there is no field 'gone'; there are {FIELDS}",
    ),
    (
        lambda session: session.expect_field("name", title="x"),
        "expected title 'x' of the field 'name', got 'Text'",
    ),
    (
        lambda session: session.expect_field("account", choices=["IBAN"]),
        "expected choices ['IBAN'] of the field 'account', got ['IBAN', 'Sort code']",
    ),
    (
        lambda session: session.expect_field("name", error="x"),
        "expected error 'x' of the field 'name', got None",
    ),
    (lambda session: session.expect_field("nam"), "there is no field 'nam'; did you mean 'name'?"),
    (lambda session: session.expect_error(), "expected an error, got no error"),
    (lambda session: session.expect_error("name"), "expected an error at 'name', got no error"),
    (
        lambda session: session.expect_error("nam"),
        "expected an error at 'nam', got no error; there is no field 'nam'; did you mean 'name'?",
    ),
    (lambda session: session.expect_exit(), "expected the end of the flow, but it is open"),
    (lambda session: session.close().expect_exit(), "expected the end of the flow, but it was cancelled"),
]


def wrong_step() -> dict[str, Any]:
    return form(PROPERTIES, more=MORE)


def first_line(work: Any) -> str:
    with pytest.raises(AssertionError) as raised:
        work()
    return str(raised.value).partition("\n")[0]


@pytest.mark.parametrize(("move", "text"), WRONG, ids=[text for _, text in WRONG])
def test_the_error_of_a_wrong_move_lists_what_is_possible(move: Any, text: str) -> None:
    session, _ = start(wrong_step(), strict=False)
    assert first_line(lambda: move(session)) == text


def test_buttons_without_ids_say_so() -> None:
    session, _ = start(step(layout=[BUTTON, {**BUTTON, "action": {"url": "/other"}}]))
    assert first_line(lambda: session.press("Go")) == (
        "press: 2 buttons have the title 'Go', and they do different things; none of them has an id"
    )
    assert first_line(lambda: session.press(id="x")) == (
        "press: no button on the screen has the id 'x'; no button has an id"
    )


def test_an_alternative_is_chosen_with_its_path() -> None:
    session, _ = start(form({"a": {"oneOf": [IBAN, SORT]}, "b": {"oneOf": [SORT]}}))
    assert first_line(lambda: session.choose("IBAN")) == (
        "choose: no option on the screen has the title 'IBAN'; write session.choose('IBAN', at='a')"
    )
    assert first_line(lambda: session.choose("Sort code")) == (
        "choose: no option on the screen has the title 'Sort code'; "
        "write session.choose('Sort code', at='a'), or at='b'"
    )
    assert first_line(lambda: session.choose("Sort")) == (
        "choose: no option on the screen has the title 'Sort'; there is none"
    )


def test_several_alternatives_with_one_title_are_an_error() -> None:
    cats = [{"const": name, "title": "Cat"} for name in ("tom", "kit")]
    session, _ = start(form({"pet": {"oneOf": cats}, "same": {"oneOf": [cats[0], cats[0]]}}))
    assert first_line(lambda: session.choose("Cat", at="pet")) == (
        "choose: 2 alternatives of 'pet' have the title 'Cat'; write session.fill('pet', …)"
    )
    assert session.fill("pet", "kit").choose("Cat", at="same").values == {"pet": "kit", "same": "tom"}


def test_several_options_with_one_title_are_an_error() -> None:
    options = [{"title": "Yes", "action": {"url": url}} for url in ("/go", "/other")]
    session, _ = start(step(layout=[{"type": "decision", "options": options}]))
    assert first_line(lambda: session.choose("Yes")) == (
        "choose: 2 options have the title 'Yes', and they do different things"
    )


@pytest.mark.parametrize(
    "move", [lambda session: session.back(), lambda session: session.press("Go"), lambda session: session.fill("a", 1)]
)
@pytest.mark.parametrize("is_first", [True, False])
def test_while_a_subflow_runs_a_move_says_how_to_end_it(move: Any, is_first: bool) -> None:
    subflow = server.subflow(NativeLaunchConfig(id="scan"), "me")
    session, _ = start(subflow if is_first else step(), {"/go": subflow})
    if not is_first:
        session.press("Go")
    text = first_line(lambda: move(session)).partition(": ")[2]
    assert text == "a subflow runs; write session.finish_subflow(…) or session.fail_subflow()"
    assert session.close().state == "cancelled"


def test_errors_are_named_by_an_expectation() -> None:
    session, _ = start(step(), {"/go": server.error("No.", {"a": "Wrong."}, step=None)}, strict=False)
    session.press("Go")
    assert first_line(lambda: session.expect_error("b")) == (
        "expected an error at 'b', got 'No.', 'Wrong.' at a; there is no field 'b'; the step shows no fields"
    )
    assert first_line(lambda: session.expect_error(contains="x")) == (
        "expected an error that contains 'x', got 'No.', 'Wrong.' at a"
    )


def test_the_result_is_named_by_an_expectation() -> None:
    session, _ = start(server.exit({"a": 1}))
    assert first_line(lambda: session.expect_exit({"a": 2})) == "expected the result {'a': 2}, got {'a': 1}"
    session, _ = start(raw(b"", "exit"))
    assert first_line(lambda: session.expect_exit(None)) == "expected the result None, got UNSET"


def test_a_field_that_is_not_there_is_not_on_the_screen() -> None:
    session, _ = start(form({"a": TEXT}, refreshUrl="/new"), {"/new": form({"b": TEXT})})
    session.expect_field("b", shown=False).refresh().expect_field("a", shown=False)
    session.expect_field("a.b[0]", shown=False).expect_field("b")
    assert first_line(lambda: session.expect_field("b", shown=False)) == (
        "expected the field 'b' not on the screen, but it is"
    )
    assert first_line(lambda: session.expect_field("a..b", shown=False)) == (
        "expected a path such as 'address.city', got 'a..b'"
    )


def test_expect_field_has_only_these_arguments() -> None:
    session, _ = start(form({"a": TEXT}))
    with pytest.raises(TypeError) as raised:
        session.expect_field("a", tite="x")
    assert str(raised.value) == "expect_field has no argument 'tite'; did you mean 'title'?"


def test_a_flow_without_a_step_has_none() -> None:
    session, _ = start(server.error("Closed."))
    assert first_line(lambda: session.step) == "the flow has not shown a step"
    assert (session.values, session.feedback, session.results, session.history) == ({}, {}, [], ())
    assert first_line(lambda: session.expect_error("a")) == (
        "expected an error at 'a', got 'Closed.'; the flow has not shown a step"
    )
    assert first_line(session.expect_exit) == "expected the end of the flow, but it has failed"
    assert repr(session) == "<FlowSession: failed>"
    assert session.clock is session._flow.settings.clock


def test_two_root_schemas_with_one_name_need_the_id() -> None:
    roots = [{"type": "object", "$id": f"#{name}", "properties": {"a": TEXT}} for name in ("one", "two")]
    layout = [*({"type": "form", "schemaId": f"#{name}"} for name in ("one", "two")), BUTTON]
    session, _ = start(step(schemas=[{**root, "displayOrder": ["a"]} for root in roots], layout=layout))
    assert first_line(lambda: session.fill("a", "x")) == (
        "fill: several root schemas have 'a'; write one of #one.a, #two.a"
    )


def test_the_id_of_a_root_schema_is_in_the_advice() -> None:
    roots = [
        {"oneOf": [IBAN, SORT], "$id": "https://a.example/#1"},
        {**IBAN, "$id": "form.b"},
        {**SORT, "$id": "form.c"},
    ]
    forms = [{"type": "form", "schemaId": root["$id"]} for root in roots]
    session, _ = start(step(schemas=roots[:1], layout=[forms[0], BUTTON]))
    at = "'https://a.example/#1'"
    assert first_line(lambda: session.fill("x", "1")) == (
        f"fill: several alternatives of {at} have 'x'; write session.choose(…, at={at}) with one of 'IBAN', 'Sort code'"
    )
    assert first_line(lambda: session.fill("https://a.example/#1", {"x": "1"})) == (
        f"fill: {at}: choose an alternative first; write session.choose(…, at={at}); there are 'IBAN', 'Sort code'"
    )
    session.choose("IBAN", at="https://a.example/#1").fill("x", "1").expect_field("x", value="1")
    session, _ = start(step(schemas=roots[1:], layout=[*forms[1:], BUTTON]))
    assert first_line(lambda: session.fill("x", "1")) == (
        "fill: several root schemas have 'x'; write one of form.b.x, form.c.x"
    )
    session.fill("form.c.x", "1").expect_field("form.c.x", value="1").expect_field("form.b.x", value=None)
    assert first_line(lambda: session.fill("form.c..x", "1")) == (
        "fill: expected a path such as 'address.city', got 'form.c..x'"
    )


def test_an_alternative_that_cannot_be_chosen_is_named_with_the_others() -> None:
    off, hidden = {"title": "B", "const": 2, "disabled": True}, {"title": "C", "const": 3, "hidden": True}
    session, _ = start(form({"x": {"oneOf": [{"title": "A", "const": 1}, off, hidden]}, "y": {"oneOf": [off]}}))
    for move, text in (
        (lambda: session.choose("B", at="x"), "choose: 'x': the alternative 'B' is disabled; there are 'A'"),
        (lambda: session.choose("C", at="x"), "choose: 'x': the alternative 'C' is not on the screen; there are 'A'"),
        (lambda: session.choose("D", at="x"), "choose: 'x' has no alternative 'D'; there are 'A'"),
        (lambda: session.choose("B", at="y"), "choose: 'y': the alternative 'B' is disabled; there is none"),
        (lambda: session.fill("x", 2), "fill: 'x': the alternative 'B' is disabled; there are 'A'"),
    ):
        assert first_line(move) == text
    assert session.values == {}


def test_a_step_without_fields_has_none_to_fill() -> None:
    session, _ = start(step())
    assert first_line(lambda: session.fill("a", "x")) == "fill: there is no field 'a'; the step shows no fields"
    many = {f"field{number}": TEXT for number in range(14)}
    session, _ = start(form(many))
    names = ", ".join(list(many)[:12])
    assert first_line(lambda: session.fill("zzz", "x")) == (
        f"fill: there is no field 'zzz'; there are {names} and 2 more"
    )


def test_fields_of_alternatives_that_are_not_chosen_are_named() -> None:
    session, _ = start(form({"pay": {"oneOf": [IBAN, SORT, {**SORT, "title": "Old", "hidden": True}]}}))
    for path, text in (
        ("pay.ibn", "there is no field 'pay.ibn'; did you mean 'pay.iban'?"),
        ("pay.cod", "there is no field 'pay.cod'; did you mean 'pay.code'?"),
        ("pay.zzz", "there is no field 'pay.zzz'; did you mean 'pay'?"),
        (
            "pay.x",
            "several alternatives of 'pay' have 'x'; write session.choose(…, at='pay') with one of 'IBAN', 'Sort code'",
        ),
    ):
        assert first_line(lambda path=path: session.fill(path, "1")) == f"fill: {text}"


def test_a_boolean_of_a_schema_that_is_not_given_is_expected_as_false() -> None:
    session, _ = start(form({"a": TEXT, "b": {**TEXT, "disabled": True}}))
    session.expect_field("a", disabled=False, hidden=False, title="Text").expect_field("b", disabled=True)
    assert first_line(lambda: session.expect_field("b", disabled=False)) == (
        "expected disabled False of the field 'b', got True"
    )


def test_several_searches_are_named() -> None:
    searches = [
        {"type": "search", "title": title, "method": "GET", "url": "/find", "param": "q"} for title in ("One", "Two")
    ]
    session, _ = start(step(layout=searches), {"/find": server.search_results([])})
    assert first_line(lambda: session.search("x")) == (
        "search: there are several searches on the screen; write at= with one of 'One', 'Two'"
    )
    assert first_line(lambda: session.search("x", at="Three")) == (
        "search: no search has the title 'Three'; there are 'One', 'Two'"
    )
    assert session.search("x", at="Two") == []


@pytest.mark.parametrize(
    ("titles", "at"), [(["One", "One"], None), (["One", "One"], "One"), (["A", "One", "One"], "One")]
)
def test_searches_with_one_title_cannot_be_told_apart(titles: list[str], at: str | None) -> None:
    searches = [
        {"type": "search", "title": title, "method": "GET", "url": f"/find{number}", "param": "q"}
        for number, title in enumerate(titles)
    ]
    session, _ = start(step(layout=searches), strict=False)
    assert first_line(lambda: session.search("x", at=at)) == "search: 2 searches have the title 'One'"


def test_a_result_that_is_not_shown_is_named_with_the_others() -> None:
    found = {"results": [{"type": "action", "title": "Ada", "value": {}}, {"type": "new", "title": "?"}]}
    layout = [{"type": "search", "title": "Find", "method": "GET", "url": "/find", "param": "q"}]
    session, _ = start(step(layout=layout), {"/find": raw(found)})
    _, new = session.search("x")
    assert first_line(lambda: session.select("Bob")) == "select: no result 'Bob'; there are 'Ada', '?'"
    assert first_line(lambda: session.select(new)) == "select: no client has a result of the type 'new'"


def test_results_with_one_title_are_selected_as_objects() -> None:
    results = [{"type": "action", "title": "Ada", "value": {"url": url}} for url in ("/go", "/go", "/other")]
    layout = [{"type": "search", "title": "Find", "method": "GET", "url": "/find", "param": "q"}]
    routes = {"/find": raw({"results": results}), "/go": server.exit(1), "/other": server.exit(2)}
    session, _ = start(step(layout=layout), routes)
    *_, other = session.search("x")
    assert first_line(lambda: session.select("Ada")) == (
        "select: 3 results have the title 'Ada', and they do different things; select one of session.results"
    )
    session.select(other).expect_exit(2)
    routes["/find"] = raw({"results": results[:2]})
    session, _ = start(step(layout=layout), routes)
    session.search("x")
    session.select("Ada").expect_exit(1)


def test_a_polling_without_an_end_is_stopped() -> None:
    polling = {"url": "/go", "interval": 1, "maxAttempts": 10**9, "onError": {"action": {"exit": True}}}
    session, _ = start(step(polling=polling), {"/go": server.still_waiting()})
    assert first_line(session.poll) == "poll: the polling has made 10000 attempts without progress"


def test_a_failure_shows_the_step_the_last_request_and_the_last_answer() -> None:
    first = form({"a": TEXT}, errors={"error": "Old."})
    session, _ = start(first, {"/go": server.error("No.", {"a": "Wrong."})})
    session.fill("a", "x").press("Go")
    shown = show(step(**first | {"errors": {"error": "No.", "validation": {"a": "Wrong."}}}), {"a": "x"})
    with pytest.raises(AssertionError) as raised:
        session.expect_exit()
    assert (
        str(raised.value)
        == f"""expected the end of the flow, but it is open

{shown}

Last request (submit): POST http://localhost/go
{{
  "a": "x"
}}

Last answer: 422
{{
  "error": "No.",
  "validation": {{
    "a": "Wrong."
  }}
}}"""
    )


def test_a_failure_shows_an_upload_by_its_size_and_a_long_body_by_its_beginning() -> None:
    session, app = start(wrong_step(), {"/keep": server.FlowResponse(500, {}, b"<p>" + b"x" * 3000)})
    session.upload("file", b"12345", content_type="text/plain")
    with pytest.raises(AssertionError) as raised:
        session.expect_exit()
    text = str(raised.value)
    assert f"({len(app.requests[-1].body)} bytes of multipart/form-data)" in text
    assert text.endswith("Last answer: 500\n<p>" + "x" * 1997 + "…")


def test_messages_of_a_value_and_of_its_parts_are_shown_as_lines() -> None:
    answer = raw({"error": "No.", "validation": {"a": {"b": "Inner."}}}, status=422)
    session, _ = start(step(), {"/go": answer}, strict=False)
    session.press("Go")._flow.screen.messages.problems["a",] = "Outer."
    with pytest.raises(AssertionError) as raised:
        session.expect_exit()
    shown = f"{show(session.step, {})}\nError: No.\nError at a.b: Inner.\nError at a: Outer.\n\n"
    assert shown in str(raised.value)


def test_the_text_of_a_failure_before_the_first_step() -> None:
    session, _ = start(server.error("Closed.", status=503))
    with pytest.raises(AssertionError) as raised:
        session.press("Go")
    assert (
        str(raised.value)
        == """press: the flow has ended: failed

The flow has ended: failed.
There is no step.
Error: Closed.

Last request (start): GET http://localhost/

Last answer: 503
{
  "error": "Closed."
}"""
    )


def test_an_exception_of_the_application_is_the_cause() -> None:
    def fails(request: Any) -> Any:
        raise ZeroDivisionError("in the view")

    session, _ = start(step(), {"/go": fails})
    with pytest.raises(ApplicationError) as raised:
        session.press("Go")
    assert str(raised.value).startswith(
        "press: the application raised ZeroDivisionError: in the view; POST http://localhost/go\n\n"
    )
    assert isinstance(raised.value.__cause__, ZeroDivisionError)


@pytest.mark.parametrize("status", [200, 500])
def test_an_exception_after_an_answer_is_an_error_too(status: int) -> None:
    error = ValueError("boom")
    answer = {
        200: (dumps(Step(layout=[ButtonLayout(title="Go", action=Action(exit=True))])).encode(), "step"),
        500: (b"", ""),
    }[status]

    async def app(scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] == "http":
            headers = [(b"x-df-response-type", answer[1].encode())]
            await send({"type": "http.response.start", "status": status, "headers": headers if answer[1] else []})
            await send({"type": "http.response.body", "body": answer[0]})
            raise error

    with pytest.raises(ApplicationError) as raised:
        FlowClient(app).start("/")
    assert str(raised.value).startswith(
        "start: the application raised ValueError: boom after its answer; GET http://localhost/"
        "; FlowClient(app, strict=False) goes on with the answer\n\n"
    )
    assert raised.value.__cause__ is error
    session = FlowClient(app, strict=False).start("/")
    assert session.state is (SessionState.OPEN if status == 200 else SessionState.FAILED)
    with pytest.raises(ExplorationError) as explored:
        explore(FlowClient(app, strict=False), "/", moves=1)
    (fault,) = explored.value.exploration.faults
    reason = "raises ValueError after its answer" if status == 200 else "is answered with 500"
    assert (fault.code, fault.where) == ("server-error", f"GET / {reason}")


def test_an_exception_that_the_application_raised_after_its_answer_is_shown() -> None:
    error = ValueError("boom")

    async def app(scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] == "http":
            await send({"type": "http.response.start", "status": 500})
            await send({"type": "http.response.body"})
            raise error

    session = FlowClient(app, strict=False).start("/")
    with pytest.raises(AssertionError) as raised:
        session.expect_step()
    assert str(raised.value).endswith("Last answer: 500\n\nThe application raised: ValueError: boom")
    assert raised.value.__cause__ is error


def test_a_failure_of_the_network_is_shown() -> None:
    session = FlowClient(ScriptedTransport([ConnectionResetError("gone")])).start("/")
    with pytest.raises(AssertionError) as raised:
        session.expect_step()
    assert str(raised.value).endswith(
        "Last request (start): GET http://localhost/\n\nNo answer: ConnectionResetError: gone"
    )


def test_a_request_after_the_last_reply_of_a_script_fails_the_test() -> None:
    with pytest.raises(ScriptExhaustedError, match=r"^start: request 1 was not expected: GET http://localhost/ "):
        FlowClient(ScriptedTransport([])).start("/")


def test_a_failure_without_a_request_shows_the_step() -> None:
    session = FlowClient(Server({})).start(step())
    with pytest.raises(AssertionError) as raised:
        session.expect_exit()
    assert str(raised.value) == f"expected the end of the flow, but it is open\n\n{show(session.step, session.values)}"


def test_check_finds_mistakes_in_each_step() -> None:
    wrong = form({"a": TEXT}, layout=[{"type": "form", "schemaId": "#other"}, BUTTON])
    with pytest.raises(AssertionError) as raised:
        start(wrong, check=True)
    assert str(raised.value).split("\n")[:2] == [
        "start: check found mistakes in the step:",
        "error: layout[0].schemaId: no root schema has the $id '#other' [form-without-schema] "
        "— refer to a root schema by its $id",
    ]


# arguments


EXPECTED = (
    "expected a WSGI or ASGI application, a base URL, or an object with the request method of urllib3.PoolManager"
)


class TestClient:
    """Like the client of `fastapi.testclient`, which needs another package."""

    __test__ = False

    def __init__(self, app: object) -> None:
        self.app = app

    def request(self, *_: object, **__: object) -> None: ...


TestClient.__module__ = "starlette.testclient"


class OldClient:
    application = staticmethod(print)


@pytest.mark.parametrize(
    ("arguments", "text"),
    [
        ({"app": None}, f"FlowClient.app: {EXPECTED}, got None"),
        ({"app": Server}, f"FlowClient.app: {EXPECTED}, got the class Server; write FlowClient(Server(…))"),
        (
            {"app": TestClient(Server)},
            f"FlowClient.app: {EXPECTED}, got a TestClient; write FlowClient(client.app)",
        ),
        ({"app": OldClient()}, f"FlowClient.app: {EXPECTED}, got an OldClient; write FlowClient(client.application)"),
        (
            {"app": "bank.example"},
            "FlowClient.app: expected an absolute http or https URL, got 'bank.example'; write 'https://bank.example'",
        ),
        (
            {"app": urllib3.PoolManager},
            "FlowClient.app: expected a urllib3.PoolManager or an object with the same request method, got the class "
            "PoolManager; write PoolManager(…)",
        ),
        (
            {"app": Server({}), "clock": 1},
            "FlowClient.clock: expected an object with monotonic() and sleep(seconds), got 1",
        ),
        (
            {"app": Server({}), "headers": "x"},
            "FlowClient.headers: expected a mapping of names to values, got a string",
        ),
        ({"app": Server({}), "open_url": 1}, "FlowClient.open_url: expected a function, got 1"),
    ],
    ids=lambda value: value if isinstance(value, str) else "with",
)
def test_wrong_arguments_of_the_client_are_named(arguments: dict[str, Any], text: str) -> None:
    with pytest.raises(InvalidValueError) as raised:
        FlowClient(arguments.pop("app"), **arguments).start("/")
    assert str(raised.value) == text


def test_an_httpx_client_is_refused_in_one_line() -> None:
    class Client:
        def request(self, method: str, url: str) -> None:
            pass

    Client.__module__ = "httpx._client"
    with pytest.raises(InvalidValueError) as raised:
        FlowClient(Client())
    assert str(raised.value) == f"FlowClient.app: {EXPECTED}, got a Client; give the application itself"


def test_a_url_of_another_scheme_is_no_start() -> None:
    with pytest.raises(InvalidValueError) as raised:
        FlowClient(Server({})).start("ftp://bank.example/")
    assert (
        str(raised.value)
        == "start.url: 'ftp://bank.example/' is no http or https URL: neither http nor https, but 'ftp'"
    )


@pytest.mark.parametrize(
    ("arguments", "text"),
    [
        (("/", "GET", {"a": 1}), 'start.data: a GET request has no body; write start(…, method="POST", data=…)'),
        ((step(), "GET", 1), "start.data: a flow that begins with a step sends no request for it; leave it out"),
        ((step(), "POST"), "start.method: a flow that begins with a step sends no request for it; leave it out"),
    ],
)
def test_an_argument_that_no_request_sends_is_an_error(arguments: tuple[Any, ...], text: str) -> None:
    with pytest.raises(InvalidValueError) as raised:
        FlowClient(Server({"/": step()})).start(*arguments)
    assert str(raised.value) == text


def test_a_session_begins_once() -> None:
    session = FlowClient(Server({"/": step()})).start("/")
    with pytest.raises(AssertionError) as raised:
        session.start("/")
    first, *_ = str(raised.value).splitlines()
    assert first == "start: the flow has begun already; client.start(…) begins another session"
    assert len(session.history) == 1


@pytest.mark.parametrize(
    ("url", "next_url"),
    [
        ("/a/b", "http://localhost/next"),
        ("/a/b?return=https://x.example/", "http://localhost/next"),
        ("a/b:c", "http://localhost/next"),
        ("http://localhost/a/b", "http://localhost/a/next"),
        ("//localhost/a/b", "http://localhost/a/next"),
    ],
)
def test_relative_urls_are_joined_to_an_absolute_start_or_else_to_the_base(url: str, next_url: str) -> None:
    first = step(layout=[{**BUTTON, "action": {"url": "next"}}])
    app = Server({"/a/b": first, "/a/b:c": first, "/next": server.exit(), "/a/next": server.exit()})
    session = FlowClient(app).start(url).press("Go")
    assert session.exchanges[-1].request.url == next_url


def test_a_number_that_json_cannot_write_is_shown_as_it_came() -> None:
    body = b'{"id": "first", "layout": [], "schemas": [], "model": {"a": 1e400}}'
    with pytest.raises(ProtocolViolationError) as raised:
        FlowClient(ScriptedTransport([Reply(200, body)])).start("/")
    assert str(raised.value).endswith(f"Last answer: 200\n{body.decode()}")


def test_an_assertion_of_a_callback_keeps_its_type_and_shows_the_step() -> None:
    class TwoArgumentsError(AssertionError):
        def __init__(self, first: str, second: str) -> None:
            super().__init__(first, second)

    def open_url(url: str) -> None:
        raise TwoArgumentsError("a", "b")

    link = {"type": "button", "title": "Link", "behavior": {"type": "link", "url": "https://bank.example/"}}
    app = Server({"/": step(layout=[link, BUTTON])})
    with pytest.raises(TwoArgumentsError) as raised:
        FlowClient(app, open_url=open_url).start("/").press("Link")
    assert raised.value.args == ("a", "b")
    (note,) = raised.value.__notes__
    assert note.startswith("press: ('a', 'b')\n\nStep first: First\n")


def test_a_server_that_drips_ends_at_the_timeout() -> None:
    def drip(connection: socket.socket) -> None:
        with connection:
            request = connection.recv(65_536)
            if b" /slow " in request:
                connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n")
                with contextlib.suppress(OSError):
                    while not stopped.wait(0.05):
                        connection.sendall(b" ")
            else:
                first = dumps(step(layout=[{**BUTTON, "action": {"url": "/slow", "timeout": 1}}])).encode()
                connection.sendall(
                    b"HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: %d\r\n\r\n%s" % (len(first), first)
                )

    def serve() -> None:
        with contextlib.suppress(OSError):
            while True:
                threading.Thread(target=drip, args=(listening.accept()[0],), daemon=True).start()

    stopped = threading.Event()
    with socket.create_server(("127.0.0.1", 0)) as listening:
        threading.Thread(target=serve, daemon=True).start()
        session = FlowClient(f"http://127.0.0.1:{listening.getsockname()[1]}").start("/")
        session.press("Go").expect_error(contains="Something went wrong.")
        stopped.set()
    assert session.exchanges[-1].response is not None


def test_the_credentials_are_sent_to_the_origin_of_the_flow() -> None:
    app = Server({"/": step()})
    FlowClient(app, headers={"Authorization": "Bearer x"}).start("/")
    assert app.requests[0].headers["authorization"] == "Bearer x"
    assert isinstance(FlowClient(app).start("/"), FlowSession)
