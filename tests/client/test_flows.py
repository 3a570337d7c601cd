"""What a client does with answers, in the words of the documentation, with the line that they come from.

The numbers are lines of a description of clients; the other sources are pages of the API documentation.
"""

from __future__ import annotations

from typing import Any

import pytest

from stepdsl import UNSET, Action, NativeLaunchConfig, SearchResult, server
from stepdsl.model.search import SearchResultsResponseBody
from stepdsl.server import FlowResponse
from stepdsl.testing import FakeClock, FlowClient, Reply, ScriptedTransport, SessionState
from stepdsl.wire import dumps
from tests.client.support import BUTTON, TEXT, Row, Server, Table, form, raw, start, step

behaviour = Table()

SECOND = {"id": "second", "title": "Second", "layout": [{**BUTTON, "title": "Done"}]}
EXIT = {"action": {"exit": True, "result": {"a": 1}}}


def go(answer: Any, action: Any = None, **options: Any) -> Any:
    """Return the session after a press of the button, and the server, whose answer is given."""
    button = {**BUTTON, "action": action or {"url": "/go"}}
    session, app = start(step(layout=[button]), {"/go": answer}, **options)
    return session.press("Go"), app


# -- the start ------------------------------------------------------------------------------------------------------


@behaviour("1.1", "A flow starts with one request for the first step.")
def _() -> None:
    session, app = start(step())
    assert ([one.method for one in app.requests], session.state) == (["GET"], SessionState.OPEN)


@behaviour("1.2", "The first request can be a POST with data.")
def _() -> None:
    app = Server({"POST /": step()})
    FlowClient(app).start("/", method="POST", data={"a": 1}).expect_step(id="first")
    assert app.requests[0].json == {"a": 1}


@behaviour("1.4", "Relative URLs are joined to the base URL of the flow.")
def _() -> None:
    http = ScriptedTransport([Reply.step(step()), Reply.exit()])
    FlowClient(http).start("https://bank.example/flow/start").press("Go").expect_exit(UNSET)
    assert [request.url for request in http.requests] == ["https://bank.example/flow/start", "https://bank.example/go"]


@behaviour("1.5b", "When the first request fails, the flow has failed.")
def _() -> None:
    session, _ = start(server.error("Closed.", status=503))
    assert (session.state, session.errors.message) == (SessionState.FAILED, "Closed.")


@behaviour("1.6", "The first answer is read as any other: it can be an action, or the end.")
def _() -> None:
    start(server.action(Action(url="/next")), {"/next": step(id="next")})[0].expect_step(id="next")
    start(server.exit({"a": 1}))[0].expect_exit({"a": 1})


@behaviour("1.6", "A flow that begins without a step has failed.")
def _() -> None:
    for answer in (server.no_op(), server.modal([])):
        session, _ = start(answer)
        assert session.state is SessionState.FAILED


# -- submissions ----------------------------------------------------------------------------------------------------


@behaviour("3.1", "The default method is POST.")
def _() -> None:
    _, app = go(server.exit())
    assert (app.requests[1].method, app.requests[1].headers["content-type"]) == ("POST", "application/json")


@behaviour("3.7", "Another method is used as it is.")
def _() -> None:
    _, app = go(server.exit(), {"url": "/go", "method": "PUT"})
    assert (app.requests[1].method, app.requests[1].json) == ("PUT", {})


@behaviour("3.7", "Requests carry the cookies of the server, as a browser sends them.")
def _() -> None:
    cookies = [
        *("a=1; Path=/; HttpOnly", "b=2", "secure=3; Secure; Partitioned", 'json={"x":1}', "long=4; Max-Age=60"),
        *("elsewhere=5; Path=/other", "old=6; Expires=Thu, 01 Jan 1970 00:00:00 GMT", "other=7; Domain=bank.example"),
    ]

    def app(environ: dict[str, Any], start_response: Any) -> list[bytes]:
        seen.append(environ.get("HTTP_COOKIE"))
        sent = cookies if len(seen) == 1 else ["b=; Max-Age=0", "secure=x; Max-Age=-1"]
        start_response("200 OK", [("Set-Cookie", one) for one in sent])
        return [dumps(step()).encode()]

    seen: list[Any] = []
    FlowClient(app).start("/").press("Go").press("Go")
    assert seen == [None, 'a=1; b=2; secure=3; json={"x":1}; long=4', 'a=1; json={"x":1}; long=4']


@behaviour("3.4", "With GET no body is sent.")
def _() -> None:
    _, app = go(server.exit(), {"url": "/go", "method": "GET", "data": {"a": 1}})
    assert (app.requests[1].method, app.requests[1].body) == ("GET", b"")


@behaviour("3.6", "The timeout of an action is the timeout of its request.")
def _() -> None:
    http = ScriptedTransport([Reply.step(step(layout=[{**BUTTON, "action": {"url": "/go", "timeout": 7}}])), Reply()])
    FlowClient(http, strict=False).start("/").press("Go")
    assert [request.timeout for request in http.requests] == [30, 7]


@behaviour("3.10", "An action of an answer is performed with its own data only, without validation.")
def _() -> None:
    first = form({"a": TEXT, "b": TEXT}, schema={"required": ["a"]}, model={"a": "x"})
    answers = {"/go": server.action(Action(url="/next", data={"n": 1})), "/next": server.exit()}
    session, app = start(first, answers)
    session.press("Go").expect_exit()
    assert app.sent == [{"a": "x"}, {"n": 1}]


@behaviour("3.10", "An action of an answer without data sends no body.")
def _() -> None:
    _, app = start(step(), {"/go": server.action(Action(url="/next")), "/next": server.exit()})
    FlowClient(app).start("/").press("Go").expect_exit()
    assert app.requests[-1].body == b""


# -- answers --------------------------------------------------------------------------------------------------------


@behaviour("4.1", "No header is a step.")
def _() -> None:
    go(raw(SECOND | {"schemas": []}))[0].expect_step(id="second", title="Second")


@behaviour("4.2", "With `exit: true` the header is ignored: any 2xx ends the flow.")
def _() -> None:
    go(raw(SECOND, "step"), {"url": "/go", "exit": True})[0].expect_exit(SECOND)


@behaviour("4.3", "`step`: the next step is shown.")
def _() -> None:
    session, _ = go(step(**SECOND))
    assert [one.id for one in session.history] == ["first", "second"]


@behaviour("4.4", "`action`: the client performs it; it can end the flow.")
def _() -> None:
    go(server.action(Action(exit=True, result=3)))[0].expect_exit(3)


@behaviour("4.6", "`modal`: layouts are shown over the step.")
def _() -> None:
    session, _ = go(raw({"content": [{"type": "button", "title": "More", "action": {"url": "/more"}}]}, "modal"))
    session.expect_step(id="first").press("More").back().expect_step(id="first")
    assert session.exchanges[-1].request.url == "http://localhost/more"


@behaviour("4.6", "`no-op`: nothing changes.")
def _() -> None:
    session, _ = go(server.no_op())
    session.expect_step(id="first")
    assert session.errors == type(session.errors)()


@behaviour("1.4", "An application in this process answers each host.")
def _() -> None:
    other = {**BUTTON, "action": {"url": "https://other.example/x?y=1"}}
    session, app = start(step(layout=[other]), {"/x": server.exit(1)})
    session.press("Go").expect_exit(1)
    assert (session.exchanges[-1].request.url, app.requests[-1].target) == ("https://other.example/x?y=1", "/x?y=1")


@behaviour("4.9", "The name of the header is read in upper and lower case; its value is in lower case.")
def _() -> None:
    go(FlowResponse(200, {"x-df-RESPONSE-type": " exit "}, b"1"))[0].expect_exit(1)
    go(FlowResponse(200, {"x-df-RESPONSE-type": " Exit "}, b"1"), strict=False)[0].expect_exit(1)


@behaviour("4.11", "An exit may have an empty body.")
def _() -> None:
    session, _ = go(raw(b"", "exit"))
    session.expect_exit(UNSET)
    assert session.result is UNSET


@behaviour("4.13", "A body that does not match its header is a failure of the flow.")
def _() -> None:
    session, _ = go(raw({}, "action"), strict=False)
    assert session.state is SessionState.FAILED
    assert session.errors.message == "the body is no action: action: missing"


@behaviour("4.13", "An unknown header is a failure of the flow.")
def _() -> None:
    session, _ = go(raw({}, "other"), strict=False)
    assert (session.state, session.errors.message) == (SessionState.FAILED, "X-DF-Response-Type is 'other'")


# -- the end --------------------------------------------------------------------------------------------------------


@behaviour("5.1", "`exit: true` and no url: no request; the result is `action.result`.")
def _() -> None:
    session, app = go(None, EXIT["action"])
    session.expect_exit({"a": 1})
    assert app.sent == []


@behaviour("5.2", "`exit: true` and url: the body is merged with action.result, which wins.")
def _() -> None:
    go(raw({"a": 0, "b": 2}), {"url": "/go", **EXIT["action"]})[0].expect_exit({"a": 1, "b": 2})


@behaviour("5.2", "A body that is no JSON has no part in the result.")
def _() -> None:
    go(raw(b"<p>"), {"url": "/go", **EXIT["action"]})[0].expect_exit({"a": 1})


@behaviour("5.3", "No exit, but the header `exit`: the body is merged with action.result.")
def _() -> None:
    go(server.exit({"a": 0, "b": 2}), {"url": "/go", "result": {"a": 1}})[0].expect_exit({"a": 1, "b": 2})


@behaviour("5.5", "Non-2xx on an exiting submission is an ordinary error; the flow goes on.")
def _() -> None:
    session, _ = go(server.error("No."), {"url": "/go", **EXIT["action"]})
    session.expect_step(id="first").expect_error(contains="No.")


@behaviour("5.6", "The merge is shallow.")
def _() -> None:
    go(server.exit({"a": {"x": 1}}), {"url": "/go", "result": {"a": {"y": 2}}})[0].expect_exit({"a": {"y": 2}})


# -- errors ---------------------------------------------------------------------------------------------------------


@behaviour("6.1", "Messages are shown at fields, also nested and in lists.")
def _() -> None:
    person = {"type": "object", "properties": {"name": TEXT}, "displayOrder": ["name"]}
    many = {"type": "array", "items": person, "addItemTitle": "Add", "editItemTitle": "Edit"}
    answer = server.error("No.", {"people[1].name": "Wrong."})
    first = form({"people": many}, model={"people": [{"name": "a"}, {"name": "b"}]})
    session, _ = start(first, {"/go": answer})
    session.press("Go").expect_error("people[1].name", contains="Wrong.").expect_error(contains="No.")


@behaviour("6.2", "The step and the input stay, and the user can submit again.")
def _() -> None:
    answers = iter([server.error("No."), server.exit()])
    session, app = start(form({"a": TEXT}), {"/go": lambda request: next(answers)})
    session.fill("a", "x").press("Go").expect_error().press("Go").expect_exit()
    assert app.sent == [{"a": "x"}] * 2
    response = session.exchanges[1].response
    assert response is not None
    assert (response.status, response.json()) == (422, {"error": "No."})


@behaviour("6.3", "With refreshUrl in the error, the client refreshes the step and shows the errors on it.")
def _() -> None:
    answer = server.error("Old.", {"a": "Wrong."}, refresh_url="/refresh")
    session, app = start(
        form({"a": TEXT}, model={"a": "x"}), {"/go": answer, "/refresh": form({"a": TEXT}, id="new", model={"a": "y"})}
    )
    session.press("Go").expect_step(id="new").expect_error("a", contains="Wrong.").expect_field("a", value="y")
    assert app.requests[-1].json == {"a": "x"}


@behaviour("10.5", "If the refresh of an error fails, the step is invalid.")
def _() -> None:
    session, _ = start(step(), {"/go": server.error("Old.", refresh_url="/nowhere")})
    session.press("Go").expect_error(contains="There is nothing here.")
    assert session.back().state is SessionState.CANCELLED


@behaviour("10.5", "A refresh without an answer fails too.")
def _() -> None:
    http = ScriptedTransport([Reply.step(step(refreshUrl="/refresh")), ConnectionResetError()])
    FlowClient(http).start("/").refresh().expect_error(contains="Something went wrong.")


@behaviour("6.6", "Errors of a loaded step override the errors of a failed submission.")
def _() -> None:
    answer = server.error("Old.", refresh_url="/refresh")
    session, _ = start(step(), {"/go": answer, "/refresh": step(errors={"error": "New."})})
    assert session.press("Go").errors.message == "New."


@behaviour("6.5", "Without a message, the client shows its own.")
def _() -> None:
    for answer in (raw(b"<p>", status=500), raw({}, status=500), raw(b"", status=304), raw(b"[]", status=400)):
        session, _ = go(answer)
        session.expect_error(contains="Something went wrong.")


@behaviour("6.5", "Messages that are at no field are no messages.")
def _() -> None:
    session, _ = start(step(), {"/go": raw({"validation": "Wrong."}, status=422)}, strict=False)
    errors = session.press("Go").errors
    assert (errors.message, errors.fields) == ("Something went wrong. Please try again.", {})


@behaviour("6.5", "An answer that is too large is no answer.")
def _() -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("stepdsl.testing.flows.exchanges.MAX_BODY", 1000)
        for wrap in (lambda http: http, Closing):
            closing = wrap(ScriptedTransport([Reply.step(step()), Reply(200, b"x" * 2000)]))
            session = FlowClient(closing).start("/").press("Go").expect_error(contains="Something went wrong.")
            assert len(session.exchanges[-1].response.body) > 1000  # type: ignore[union-attr]
    assert Closing.closed == 1


class Closing:
    """A transport whose answers can be closed."""

    closed = 0

    def __init__(self, http: ScriptedTransport) -> None:
        self._http = http

    def request(self, *args: Any, **options: Any) -> Any:
        response: Any = self._http.request(*args, **options)
        response.close = self._close
        return response

    def _close(self) -> None:
        Closing.closed += 1


@behaviour("6.5", "If there is no answer, the client shows its own message.")
def _() -> None:
    http = ScriptedTransport([Reply.step(step()), ConnectionResetError("gone")])
    session = FlowClient(http).start("/").press("Go").expect_error(contains="Something went wrong.")
    assert session.state is SessionState.OPEN


# -- external, back, link handlers ----------------------------------------------------------------------------------


@behaviour("8.1", "The external URL is opened when the step loads.")
def _() -> None:
    seen: list[str] = []
    session, _ = start(step(external={"url": "/pay"}), open_url=seen.append)
    assert session.opened == ("http://localhost/pay",)
    assert seen == ["http://localhost/pay"]


@behaviour("8.3", "It is opened once: not again when the step is refreshed or shown again.")
def _() -> None:
    first = step(external={"url": "https://a.example/"}, refreshUrl="/refresh")
    session, _ = start(first, {"/refresh": first, "/go": step(**SECOND)})
    session.refresh().press("Go").back().expect_step(id="first")
    assert session.opened == ("https://a.example/",)


@behaviour("8.3", "Another URL of a refreshed step is opened.")
def _() -> None:
    session, _ = start(step(refreshUrl="/refresh"), {"/refresh": step(external={"url": "https://b.example/"})})
    assert session.refresh().opened == ("https://b.example/",)


@behaviour("2.14", "Back: the client shows the previous step as it was, or leaves the flow.")
def _() -> None:
    session, _ = start(form({"a": TEXT}), {"/go": step(**SECOND)})
    session.fill("a", "x").press("Go").back().expect_step(id="first").expect_field("a", value="x")
    assert session.back().state is SessionState.CANCELLED


@behaviour("2.14", "Back with an action is not stopped by a value that could not be stored.")
def _() -> None:
    card = {
        "type": "string",
        "persistAsync": {"url": "/store", "method": "POST", "param": "card", "idProperty": "id", "schema": TEXT},
    }
    session, app = start(
        form({"card": card}, navigation={"back": {"action": {"url": "/back"}}}),
        {"/store": server.error("No.", status=422), "/back": server.exit()},
    )
    session.fill("card", "1").back().expect_exit()
    assert [request.target for request in app.requests] == ["/", "/store", "/back"]


@behaviour("2.14", "Back with an action performs it, without validation of the form.")
def _() -> None:
    first = form(
        {"a": TEXT, "b": TEXT},
        schema={"required": ["a"]},
        model={"b": "x"},
        navigation={"back": {"action": {"url": "/go", "data": {"back": True}}}},
    )
    session, app = start(first)
    session.back().expect_exit()
    assert app.sent == [{"b": "x", "back": True}]


def stack(behavior: str | None) -> list[str | None]:
    """Return the stack after three steps, the last of which has a stack behavior."""
    third = step(id="third", navigation={"stackBehavior": behavior} if behavior else {})
    session, _ = start(
        step(), {"/go": step(**{**SECOND, "layout": [{**BUTTON, "action": {"url": "/3"}}]}), "/3": third}
    )
    return [one.id for one in session.press("Go").press("Go").history]


@behaviour("2.13", "default: the step is pushed.")
def _() -> None:
    assert stack(None) == stack("default") == ["first", "second", "third"]


@behaviour("2.13", "remove-previous: the step is pushed, and the one before is dropped.")
def _() -> None:
    assert stack("remove-previous") == ["first", "third"]


@behaviour("2.13", "remove-all: the step is pushed, and all earlier ones are dropped.")
def _() -> None:
    assert stack("remove-all") == ["third"]


@behaviour("2.13", "replace-current: the step takes the place of the current one.")
def _() -> None:
    assert stack("replace-current") == ["first", "third"]


@behaviour("2.13", "With no earlier step each acts as default.")
def _() -> None:
    for name in ("remove-all", "remove-previous", "replace-current"):
        session, _ = start(step(navigation={"stackBehavior": name}))
        assert len(session.history) == 1


LINKS = [
    {"regexPattern": "^app://other", "action": {"url": "/other"}},
    {"regexPattern": "app://back/.", "action": {"url": "/go", "data": {"d": 1}}},
    {"regexPattern": "app://", "behavior": {"type": "action", "action": {"url": "/all"}}},
]


@behaviour("9.1", "The action of a link handler that matches is performed.")
def _() -> None:
    session, app = start(form({"a": TEXT}, model={"a": "x"}, linkHandlers=LINKS))
    session.open_link("app://back/to?x=1").expect_exit()
    assert app.sent == [{"a": "x", "url": "app://back/to?x=1", "d": 1}]


@behaviour("9.2", "The payload is what the action submits, with the whole URL.")
def _() -> None:
    session, app = start(step(linkHandlers=LINKS[2:]), {"/all": server.exit()})
    session.open_link("app://x").expect_exit()
    assert app.sent == [{"url": "app://x"}]


@behaviour("9.3", "No match: nothing happens.")
def _() -> None:
    session, app = start(step(linkHandlers=LINKS))
    session.open_link("https://a.example/").expect_step(id="first")
    assert app.sent == []


# -- refresh --------------------------------------------------------------------------------------------------------

COUNTRY = {"type": "string", "title": "Country", "refreshStepOnChange": True, "maxLength": 2}


def refreshing(**answers: Any) -> Any:
    """Return the session and the server of a step that is refreshed when its country changes."""
    first = form({"country": COUNTRY, "name": TEXT}, refreshUrl="/refresh")
    tagged = server.step(step(**first), etag="one")
    return start(tagged, {"/refresh": answers.get("answer")})


@behaviour("10.1", "A change posts the current values to refreshUrl.")
def _() -> None:
    session, app = refreshing(answer=form({"country": COUNTRY}, model={"country": "DE"}))
    session.fill({"name": "Ada", "country": "DE"})
    assert app.sent == [{"name": "Ada", "country": "DE"}]


@behaviour("10.2", "304: nothing changes, and the values of the user stay.")
def _() -> None:
    session, _ = refreshing(answer=server.not_modified())
    session.fill({"country": "DE"}).expect_field("country", value="DE")


@behaviour("10.2", "2xx: the step of the answer replaces the current one.")
def _() -> None:
    session, _ = refreshing(answer=form({"code": TEXT}, id="new", model={"code": "7"}))
    session.fill({"country": "DE", "code": "8"}).expect_step(id="new").expect_field("code", value="8")
    assert len(session.history) == 1


@behaviour("10.3", "The values of the user are not carried over.")
def _() -> None:
    session, _ = refreshing(answer=form({"country": COUNTRY, "name": TEXT}, model={"country": "FR"}))
    session.fill({"name": "Ada", "country": "DE"}).expect_field("country", value="FR").expect_field("name", value=None)


@behaviour("10.4", "Refreshes carry the latest ETag in If-None-Match; without ETag there is none.")
def _() -> None:
    answers = iter(["two", None, None])

    def answer(request: Any) -> Any:
        tag = next(answers)
        new = step(**form({"country": COUNTRY}, refreshUrl="/refresh", model={"country": request.json["country"]}))
        return server.step(new) if tag is None else server.step(new, etag=tag)

    session, app = refreshing(answer=answer)
    session.fill("country", "DE").fill("country", "FR").fill("country", "IT")
    assert [one.headers.get("if-none-match") for one in app.requests[1:]] == ['"one"', '"two"', None]


@behaviour("10.5", "A failing refresh leaves the step invalid: an error is shown, and the user goes back or leaves.")
def _() -> None:
    session, _ = refreshing(answer=server.error("No refresh.", status=500))
    session.fill("country", "DE").expect_error(contains="No refresh.")
    with pytest.raises(
        AssertionError, match=r"^press: the refresh of the step has failed, so the user can only go back"
    ):
        session.press("Go")
    assert session.back().state is SessionState.CANCELLED


@behaviour("10.5", "After a failed refresh, the values that are left are not entered.")
def _() -> None:
    session, app = start(
        form({"a": {**TEXT, "refreshStepOnChange": True}, "b": TEXT}, refreshUrl="/refresh"),
        {"/refresh": server.error("No refresh.", status=500)},
    )
    with pytest.raises(
        AssertionError, match=r"^fill: the refresh of the step has failed, so the user can only go back"
    ):
        session.fill({"a": "1", "b": "2"})
    assert session.values == {"a": "1"}
    assert [request.target for request in app.requests] == ["/", "/refresh"]


@behaviour("10.6", "A change inside a list does not refresh.")
def _() -> None:
    many = {"type": "array", "items": COUNTRY, "addItemTitle": "Add", "editItemTitle": "Edit"}
    session, app = start(form({"x": many}, refreshUrl="/refresh"))
    session.fill("x", ["DE"])
    assert app.sent == []


@behaviour("10.9b", "A refresh is sent only if the new value or the value before is valid.")
def _() -> None:
    session, app = refreshing(answer=server.not_modified())
    session.fill("country", "Germany").fill("country", "France").fill("country", "FR")
    assert app.sent == [{"country": "Germany"}, {"country": "FR"}]


@behaviour("10.1", "Empty to empty is no change.")
def _() -> None:
    fields = {"a": {**TEXT, "refreshStepOnChange": True}, "b": {"type": "boolean", "refreshStepOnChange": True}}
    fields["c"] = {"oneOf": [{"title": "A", "const": "a"}, TEXT], "refreshStepOnChange": True}
    session, app = start(form(fields, refreshUrl="/refresh"), {"/refresh": server.not_modified()})
    session.fill({"a": "", "b": None, "c": None}).fill({"a": None, "c": ""})
    assert app.sent == []
    session.fill({"a": "1", "b": True, "c": "a"}).choose("A", at="c")
    assert len(app.sent) == 3


@behaviour("10.1", "A change of an object is a change of each field in it: emptying it refreshes the step once.")
def _() -> None:
    fields = {"a": {**TEXT, "refreshStepOnChange": True}, "b": {**TEXT, "refreshStepOnChange": True}}
    group = {"type": "object", "properties": fields, "displayOrder": list(fields)}
    first = form({"x": group}, refreshUrl="/refresh", model={"x": {"a": "1", "b": "2"}})
    session, app = start(first, {"/refresh": server.not_modified()})
    session.fill("x", None)
    assert app.sent == [{"x": {}}]
    session.fill("x", {"a": "1", "b": "2"})
    assert app.sent[1:] == [{"x": {"a": "1"}}, {"x": {"a": "1", "b": "2"}}]


@behaviour("10.8", "Choices refresh at once: the fields of the alternative are those of the refreshed step.")
def _() -> None:
    kinds = [
        {"type": "object", "title": name, "properties": {"kind": {"const": name}, "n": TEXT}, "displayOrder": ["n"]}
        for name in ("one", "two")
    ]
    options = {"oneOf": kinds, "refreshStepOnChange": True}

    def refreshed(request: Any) -> Any:
        return form({"x": options}, refreshUrl="/refresh", model={"x": {**request.json["x"], "n": "server"}})

    session, app = start(form({"x": options}, refreshUrl="/refresh"), {"/refresh": refreshed})
    session.fill("x", {"kind": "two", "n": "mine"})
    assert app.sent == [{"x": {"kind": "two"}}, {"x": {"kind": "two", "n": "mine"}}]


@behaviour("10.8", "Choices refresh at once, also between alternatives whose required fields are empty.")
def _() -> None:
    kinds = [
        {"type": "object", "title": kind, "properties": {"kind": {"const": kind}, "n": TEXT}, "required": ["n"]}
        for kind in ("card", "bank")
    ]
    options = {"oneOf": [{**kind, "displayOrder": ["n"]} for kind in kinds], "refreshStepOnChange": True}

    def refreshed(request: Any) -> Any:
        return form({"x": options}, refreshUrl="/refresh", model=request.json)

    session, app = start(form({"x": options}, refreshUrl="/refresh"), {"/refresh": refreshed})
    session.choose("card", at="x").choose("bank", at="x").choose("bank", at="x")
    assert app.sent == [{"x": {"kind": "card"}}, {"x": {"kind": "bank"}}]


@behaviour("10.9b", "A refreshed step without errors clears the errors.")
def _() -> None:
    session, _ = start(
        form({"c": COUNTRY}, refreshUrl="/r", errors={"error": "Old."}), {"/r": form({}, model={"c": "x"})}
    )
    assert not session.expect_error().fill("c", "DE").errors


@behaviour("10.11", "A refresh behavior refreshes the step.")
def _() -> None:
    button = {"type": "button", "title": "Again", "behavior": {"type": "refresh"}}
    session, _ = start(step(layout=[button], refreshUrl="/refresh"), {"/refresh": step(id="new")})
    session.press("Again").expect_step(id="new")


# -- polling --------------------------------------------------------------------------------------------------------


def polling(*answers: Any, **parts: Any) -> Any:
    """Return the session of a step that polls, its server and its clock."""
    clock = FakeClock()
    queue = list(answers)
    waiting = {"url": "/status", "interval": 5, "maxAttempts": 3, "onError": EXIT, **parts.pop("polling", {})}
    routes = {"/status": lambda request: queue.pop(0), "/next": step(id="next"), "/go": server.exit("late")}
    session, app = start({**form({"a": TEXT}), "polling": waiting, **parts}, routes, clock=clock)
    return session, app, clock


@behaviour("7.1", "The client sends GET requests until the flow progresses.")
def _() -> None:
    session, app, clock = polling(server.still_waiting(), server.still_waiting(), server.progress(Action(url="/next")))
    session.poll().expect_step(id="next")
    assert [one.method for one in app.requests[1:]] == ["GET", "GET", "GET", "POST"]
    assert clock.sleeps == [5, 5]


@behaviour("7.2", "delay: the time between an answer and the next request.")
def _() -> None:
    session, _, clock = polling(server.still_waiting(), step(id="next"), polling={"delay": 7})
    session.poll().expect_step(id="next")
    assert clock.sleeps == [7]


@behaviour("7.6", "Older servers send the action without a header.")
def _() -> None:
    for waiting in ({}, {"delay": 1}):
        polling(raw({"action": {"url": "/next"}}), polling=waiting)[0].poll().expect_step(id="next")


@behaviour("7.6", "A polling answer can be the end of the flow.")
def _() -> None:
    polling(server.exit(2))[0].poll().expect_exit(2)


@behaviour("7.6", "A polling answer can be a modal or a subflow.")
def _() -> None:
    session, _, _ = polling(server.subflow(NativeLaunchConfig(id="x"), "me"))
    subflow = session.poll().subflow
    assert subflow is not None
    assert subflow.referrer_id == "me"


@behaviour("7.7", "A status of 400 or more performs onError.")
def _() -> None:
    polling(server.error("No.", status=404))[0].poll().expect_exit({"a": 1})


@behaviour("7.9", "onError follows after maxAttempts requests.")
def _() -> None:
    session, app, _ = polling(*[server.still_waiting()] * 3)
    session.poll().expect_exit({"a": 1})
    assert len(app.requests) == 4


@behaviour("7.10", "onError with a url submits the current values of the step.")
def _() -> None:
    session, app, _ = polling(raw(status=400), polling={"onError": {"action": {"url": "/go"}}})
    session.fill("a", "x").poll().expect_exit("late")
    assert app.requests[-1].json == {"a": "x"}


@behaviour("7.7", "onError can be another behavior.")
def _() -> None:
    link = {"behavior": {"type": "link", "url": "https://a.example/"}}
    session, _, _ = polling(raw(status=400), polling={"onError": link})
    assert session.poll().opened == ("https://a.example/",)


@behaviour("6.2", "An error after the polling is shown on the step.")
def _() -> None:
    session, _, _ = polling(server.progress(Action(url="/nowhere")))
    session.poll().expect_step(id="first").expect_error(contains="There is nothing here.")


@behaviour("6.5", "An error after the polling without a message shows the client's; one with fields does not.")
def _() -> None:
    session, app, _ = polling(server.progress(Action(url="/bad")), server.progress(Action(url="/bad")))
    app.routes["/bad"] = raw({}, status=500)
    session.poll().expect_error(contains="Something went wrong.")
    app.routes["/bad"] = server.error(validation={"a": "Wrong."})
    session.poll().expect_error("a", contains="Wrong.")
    assert session.errors.message is None


@behaviour("6.5", "An action after the polling without an answer shows the client's message.")
def _() -> None:
    waiting = step(polling={"url": "/s", "interval": 1, "maxAttempts": 1, "onError": EXIT})
    http = ScriptedTransport([Reply.step(waiting), Reply.action(Action(url="/x")), ConnectionResetError()])
    FlowClient(http).start("/").poll().expect_error(contains="Something went wrong.")


@behaviour("4.13", "A body that does not match after the polling is a failure of the flow.")
def _() -> None:
    waiting = step(polling={"url": "/s", "interval": 1, "maxAttempts": 1, "onError": EXIT})
    http = ScriptedTransport([Reply.step(waiting), Reply.action(Action(url="/x")), Reply.json([], kind="step")])
    session = FlowClient(http, strict=False).start("/").poll()
    assert session.state is SessionState.FAILED


@behaviour("9.3", "A handler whose pattern no client can read matches nothing.")
def _() -> None:
    for pattern in ("(", "[", "(?<=a", "x{2,1}"):
        session, _ = start(step(linkHandlers=[{"regexPattern": pattern, "action": {"exit": True}}]))
        assert session.open_link("https://bank.example/").state is SessionState.OPEN


# -- search, behaviors, subflows ------------------------------------------------------------------------------------

SEARCH = {"type": "search", "title": "Find", "method": "GET", "url": "/find?all=1", "param": "q q"}
FOUND = [
    SearchResult.Action(title="Ada", value=Action(url="/go", data={"id": 1})),
    SearchResult.Search(
        title="More", value=SearchResult.SearchRequest(method="POST", url="/more", param="p", query="ada")
    ),
]


def searching(answer: Any, **parts: Any) -> Any:
    return start(step(layout=[{**SEARCH, **parts}, BUTTON]), {"/find": answer, "/more": answer, "/go": server.exit(1)})


@behaviour("12.1", "With GET the term is a query parameter.")
def _() -> None:
    session, app = searching(server.search_results(FOUND))
    assert [result.title for result in session.search("a&b ü", at="Find")] == ["Ada", "More"]
    assert app.requests[-1].target == "/find?all=1&q%20q=a%26b%20%C3%BC"


@behaviour("12.1", "With another method the term is a property of the JSON body.")
def _() -> None:
    session, app = searching(server.search_results([]), method="POST")
    assert session.search("ada") == []
    assert app.sent == [{"q q": "ada"}]


@behaviour("12.2", "A result with an action performs it.")
def _() -> None:
    session, app = searching(server.search_results(FOUND))
    session.search("a")
    session.select("Ada").expect_exit(1)
    assert app.sent[-1] == {"id": 1}


@behaviour("12.2", "A result with a search starts it.")
def _() -> None:
    answers = iter([server.search_results(FOUND), server.search_results(FOUND[:1])])
    session, app = searching(lambda request: next(answers))
    session.select(session.search("a")[1])
    assert (app.sent[-1], session.results) == ({"p": "ada"}, FOUND[:1])


@behaviour("12.3", "The initial state is shown while the query is empty.")
def _() -> None:
    found = [{"type": "action", "title": "Ada", "value": {"url": "/go"}}]
    session, app = searching(None, initialState={"type": "results", "results": found})
    assert [result.title for result in session.search("")] == ["Ada"]
    assert app.sent == []
    more = {"type": "layout", "layout": [{**BUTTON, "title": "New"}]}
    session, _ = searching(None, initialState=more)
    assert session.search("") == []
    session.press("New").expect_exit()
    assert searching(None)[0].search("") == []


@behaviour("12.3", "The initial state is shown before the first query.")
def _() -> None:
    found = [{"type": "action", "title": "Ada", "value": {"url": "/go"}}]
    session, app = searching(None, initialState={"type": "results", "results": found})
    assert [result.title for result in session.results] == ["Ada"]
    session.select("Ada").expect_exit(1)
    assert [request.target for request in app.requests] == ["/", "/go"]


@behaviour("12.2", "Each search has its own results and its own message.")
def _() -> None:
    answers = iter([server.search_results(FOUND[:1]), server.search_results([]), server.error("No.", status=500)])
    searches = [{**SEARCH, "title": title, "url": "/find"} for title in ("A", "B")]
    session, _ = start(step(layout=searches), {"/find": lambda request: next(answers, server.search_results([]))})
    assert session.search("x", at="A") == FOUND[:1]
    assert session.search("x", at="B") == []
    assert session.results == FOUND[:1]
    assert session.search("y", at="A") == []
    assert (session.results, session.errors.message) == ([], "No.")
    session.search("z", at="B")
    assert session.errors.message == "No."
    session.search("z", at="A")
    assert not session.errors


@behaviour(
    "6.3", "Errors with refreshUrl are shown if the refresh changes nothing, also over those that the step began with."
)
def _() -> None:
    first = form({"a": TEXT}, refreshUrl="/new", errors={"error": "Welcome back."}, model={"a": "x"})
    wrong = server.error("Wrong.", {"a": "No."}, refresh_url="/new")
    for answer in (server.not_modified(), {**first, "errors": {}}, {**first, "errors": {"validation": {}}}):
        session, _ = start(first, {"/go": wrong, "/new": answer})
        session.press("Go")
        assert (session.errors.message, session.errors.fields) == ("Wrong.", {"a": "No."})


@behaviour("12.3", "A search in an answer, and one in a modal, can be used.")
def _() -> None:
    found = raw({"type": "layout", "layout": [{**SEARCH, "title": "More", "url": "/more"}]})
    modal = {"type": "modal", "trigger": {"title": "Open"}, "content": {"components": [{**SEARCH, "title": "In it"}]}}
    session, _ = start(step(layout=[SEARCH, modal]), {"/find": found, "/more": server.search_results(FOUND[:1])})
    session.search("x")
    assert session.search("y", at="More") == FOUND[:1]
    session.press("Open").search("z", at="In it")


@behaviour("12.3", "What a search in a modal has found is closed with the modal, and the step is behind it.")
def _() -> None:
    found = raw({"type": "layout", "layout": [{**BUTTON, "title": "New"}]})
    modal = {"type": "modal", "content": [{**SEARCH, "title": "In it", "url": "/more"}]}
    opens = {"type": "button", "title": "Open", "behavior": modal}
    routes = {"/find": server.search_results(FOUND[:1]), "/more": found, "/go": server.exit(1)}
    session, _ = start(step(layout=[SEARCH, opens]), routes)
    session.search("x")
    assert session.press("Open").results == []
    assert session.search("y") == []
    with pytest.raises(AssertionError, match=r"^select: no result 'Ada'; there are none\n"):
        session.select("Ada")
    session.back()
    with pytest.raises(
        AssertionError, match=r"^press: no button on the screen has the title 'New'; there are 'Open'\n"
    ):
        session.press("New")
    assert session.results == FOUND[:1]
    session.press("Open").press("New").expect_exit(1)


@behaviour("12.3", "A search can be in its own answer.")
def _() -> None:
    layout = [{**SEARCH, "url": "/find"}]
    answer = raw({"type": "layout", "layout": [*layout, BUTTON]})
    session, app = start(step(layout=layout), {"/find": answer, "/go": server.exit()})
    session.search("x")
    session.search("y")
    session.press("Go").expect_exit()
    assert [request.target for request in app.requests[1:3]] == ["/find?q%20q=x", "/find?q%20q=y"]


@behaviour("12.8", "A modal is over the form, so the form takes no input.")
def _() -> None:
    modal = {"type": "modal", "trigger": {"title": "Open"}, "content": {"components": [{"type": "divider"}]}}
    session, _ = start(form({"a": TEXT}, more=[modal]))
    with pytest.raises(AssertionError, match=r"^fill: a modal is over the form; write session\.back\(\) to close it\n"):
        session.press("Open").fill("a", "x")
    assert session.back().fill("a", "x").values == {"a": "x"}
    modal["content"] = {"components": [{"type": "form", "schemaId": "#form"}]}
    session, _ = start(step(**{**form({"a": TEXT}), "layout": [modal, BUTTON]}), strict=False)
    with pytest.raises(
        AssertionError, match=r"^fill: a form in a modal takes no input; write session\.back\(\) to close it\n"
    ):
        session.press("Open").fill("a", "x")


@behaviour("12.3", "An answer can be results with a type, or layouts.")
def _() -> None:
    session, _ = searching(raw(dumps(SearchResultsResponseBody(results=FOUND)).encode()))
    assert len(session.search("x")) == 2
    session, _ = searching(raw({"type": "layout", "layout": [{**BUTTON, "title": "New"}]}))
    assert session.search("x") == []
    session.press("New").expect_exit()


@behaviour("12.2", "A search that fails shows a message.")
def _() -> None:
    session, _ = searching(server.error("No search.", status=500))
    session.search("x")
    session.expect_error(contains="No search.")
    http = ScriptedTransport([Reply.step(step(layout=[SEARCH])), ConnectionResetError()])
    session = FlowClient(http).start("/")
    assert session.search("x") == []
    session.expect_error(contains="Something went wrong.")


def pressed(behavior: Any, routes: Any = None) -> Any:
    session, app = start(step(layout=[{"type": "button", "title": "Act", "behavior": behavior}, BUTTON]), routes)
    return session.press("Act"), app


@behaviour("12.7", "link opens a URL.")
def _() -> None:
    assert pressed({"type": "link", "url": "/a"})[0].opened == ("http://localhost/a",)


@behaviour("12.7", "copy puts text on the clipboard.")
def _() -> None:
    assert pressed({"type": "copy", "content": "abc"})[0].clipboard == "abc"


@behaviour("12.7", "modal shows layouts, and dismiss closes them.")
def _() -> None:
    content = [{"type": "button", "title": "Close", "behavior": {"type": "dismiss"}}]
    session, _ = pressed({"type": "modal", "content": content})
    session.press("Close").press("Act").back().press("Go").expect_exit()


@behaviour("ModalLayout", "The trigger of a modal opens it.")
def _() -> None:
    content = {"components": [BUTTON]}
    session, _ = start(step(layout=[{"type": "modal", "trigger": {"title": "Info"}, "content": content}]))
    session.press("Info").press("Go").expect_exit()


SUBFLOW = {"type": "subflow", "launchConfig": {"type": "native", "id": "scan"}, "referrerId": "me"}
NEXT = {"type": "action", "action": {"url": "/go", "data": {"d": 1}}}


@behaviour("12.6", "On success onCompletion is performed, with the result under resultKey.")
def _() -> None:
    session, app = pressed({**SUBFLOW, "resultKey": "scan", "onCompletion": NEXT})
    session.finish_subflow({"ok": True}).expect_exit()
    assert app.sent == [{"scan": {"ok": True}, "d": 1}]


@behaviour("12.6", "Without resultKey the result is merged at the root.")
def _() -> None:
    session, app = pressed({**SUBFLOW, "onCompletion": NEXT})
    session.finish_subflow({"ok": True}).expect_exit()
    assert app.sent == [{"ok": True, "d": 1}]
    session, app = pressed({**SUBFLOW, "onCompletion": NEXT})
    session.finish_subflow().expect_exit()
    assert app.sent == [{"d": 1}]


@behaviour("12.6", "On failure onError is performed; without it the flow fails too.")
def _() -> None:
    pressed({**SUBFLOW, "onError": {"type": "action", **EXIT}})[0].fail_subflow().expect_exit({"a": 1})
    assert pressed(SUBFLOW)[0].fail_subflow().state is SessionState.FAILED
    pressed(SUBFLOW)[0].finish_subflow(1).expect_step(id="first")


@behaviour("12.6", "A flow can begin with a subflow: its result is all that the next action submits.")
def _() -> None:
    following = {"type": "action", "action": {"url": "/go", "data": {"b": 2}}}
    launch = {"launchConfig": {"type": "native", "id": "scan"}, "referrerId": "me"}
    session, app = start(raw({**launch, "onCompletion": following, "resultKey": "scan"}, "subflow"))
    session.finish_subflow({"a": 1}).expect_exit({"done": True})
    assert app.sent == [{"scan": {"a": 1}, "b": 2}]
    session, _ = start(raw(launch, "subflow"))
    session.finish_subflow()
    assert (session.state, session.errors.message) == (SessionState.FAILED, "the flow begins without a step")


@behaviour(
    "7.7", "A body that does not match its header ends the polling with onError: so does an error with status 200."
)
def _() -> None:
    polling = {"url": "/go", "delay": 1, "maxAttempts": 2, "onError": {"action": {"exit": True, "result": "gave up"}}}
    session, _ = start(step(polling=polling), {"/go": raw({"error": "No."}, "step")}, strict=False)
    session.poll().expect_exit("gave up")


@behaviour("12.6", "A flow whose first subflow is followed by no step has failed.")
def _() -> None:
    launch = {"launchConfig": {"type": "native", "id": "scan"}, "referrerId": "me"}
    copy = {"type": "copy", "content": "x"}
    for following in ({"type": "refresh"}, {"type": "dismiss"}, copy, {"type": "action", "action": {}}):
        session, _ = start(raw({**launch, "onCompletion": following}, "subflow"), strict=False)
        session.finish_subflow()
        assert (session.state, session.errors.message) == (SessionState.FAILED, "the flow begins without a step")
    session, _ = start(raw({**launch, "onError": {"type": "modal", "content": []}}, "subflow"))
    session.fail_subflow()
    assert (session.state, session.errors.message) == (SessionState.FAILED, "the flow begins with a modal")
    session, _ = start(raw({**launch, "onError": SUBFLOW}, "subflow"))
    assert session.fail_subflow().state is SessionState.OPEN


@behaviour("4.7", "`subflow`: a subflow begins.")
def _() -> None:
    session, _ = go(server.subflow(NativeLaunchConfig(id="x"), "me"))
    assert session.subflow is not None
    with pytest.raises(AssertionError, match=r"^press: a subflow runs; write session\.finish_subflow"):
        session.press("Go")


@behaviour("Toolbar", "A button of the toolbar performs its behavior.")
def _() -> None:
    items = [{"type": "button", "accessibilityDescription": "Help", "behavior": {"type": "link", "url": "/help"}}]
    session, _ = start(step(toolbar={"items": items}))
    assert session.press("Help").opened == ("http://localhost/help",)


@behaviour("DecisionLayout", "The user chooses an option of a decision.")
def _() -> None:
    decision = {"type": "decision", "options": [{"title": "One", "action": {"url": "/go", "data": {"n": 1}}}]}
    session, app = start(step(layout=[decision]))
    session.choose("One").expect_exit()
    assert app.sent == [{"n": 1}]


@behaviour("layouts", "Buttons in boxes, columns, sections, tabs and reviews can be pressed.")
def _() -> None:
    def layout(button: Any) -> list[Any]:
        call = {"title": "Call", "action": {"url": "/go"}}
        return [
            {"type": "box", "components": [{"type": "columns", "left": [], "right": [button]}]},
            {"type": "tabs", "items": [{"title": "T", "components": [{**button, "title": "Tab"}]}]},
            {"type": "section", "components": [], "callToAction": {"title": "Section", "behavior": NEXT}},
            {"type": "review", "fields": [], "callToAction": call},
        ]

    for title in ("Go", "Tab", "Section", "Call"):
        start(step(layout=layout(BUTTON)))[0].press(title).expect_exit()


@behaviour("5.7", "The user can leave the flow.")
def _() -> None:
    assert start(step())[0].close().state is SessionState.CANCELLED


@pytest.mark.parametrize("row", behaviour.rows, ids=str)
def test_a_flow_goes_on_as_documented(row: Row) -> None:
    row.check()
