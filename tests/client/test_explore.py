"""Random walks: they find the faults that were planted in a server, and nothing in one without faults."""

from __future__ import annotations

import importlib.util
import pickle
import sys
from collections.abc import Callable, Mapping
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from stepdsl import Action, InvalidValueError, Step, server
from stepdsl.server import FlowResponse
from stepdsl.server.wsgi import respond
from stepdsl.testing import (
    Exploration,
    ExplorationError,
    Fault,
    FlowClient,
    Reply,
    ScriptedTransport,
    ScriptExhaustedError,
    exploration,
    explore,
)
from stepdsl.testing.exploration.inputs import inputs_of
from stepdsl.testing.strategies import steps
from tests.client.support import BUTTON, TEXT, Request, Server, form, raw, step
from tests.server.serving import NAMES, example
from tests.server.test_tutorial import module

COUNTRY = {
    "title": "Country",
    "refreshStepOnChange": True,
    "oneOf": [{"const": "GB", "title": "Britain"}, {"const": "DE", "title": "Germany"}],
}
TAX = {"type": "integer", "title": "Tax number", "minimum": 1, "maximum": 1000}
WAITING = {"url": "/status", "interval": 5, "maxAttempts": 3, "onError": {"action": {"url": "/late"}}}
BYE = [{"type": "paragraph", "text": "Bye."}]
CLOSE = {"type": "button", "title": "Close", "action": {"exit": True}}
TERMS = {
    "type": "decision",
    "options": [{"title": "Accept", "action": {"url": "/accept"}}, {"title": "Refuse", "action": {"url": "/refuse"}}],
}
READ = {"type": "modal", "trigger": {"title": "Read"}, "content": {"components": BYE}}


def bank(**planted: Any) -> Server:
    """Return the server of a flow with four steps. Each fault takes the place of a correct route, or of a part."""

    def details(request: Request) -> Any:
        values = request.json or {}
        fields: dict[str, Any] = {"name": {**TEXT, "minLength": 2}, "nickname": TEXT, "country": COUNTRY}
        if values.get("country") == "DE":
            fields["tax"] = TAX
        model = {} if request.method == "POST" and "model" in planted else {"model": values}
        return form(fields, refreshUrl="/", schema={"required": ["name"]}, **model)

    def submit(request: Request) -> Any:
        if len(request.json["name"]) > 15:
            return server.error("Too long.", {"name": "Use at most 15 letters."})
        if "tax" in request.json:
            return server.error("Wrong.", {planted.get("field", "tax"): "This is no tax number."})
        return step(id="waiting", layout=[], polling=WAITING)

    routes = {
        "/": details,
        "/go": submit,
        "/status": server.progress(Action(url="/terms", method="GET")),
        "/terms": step(id="terms", layout=[READ, TERMS]),
        "/accept": server.exit({"accepted": True}),
        "/refuse": step(id="refused", layout=[*BYE, CLOSE]),
    }
    return Server({**routes, **{path: one for path, one in planted.items() if path.startswith("/")}})


def fails_without_a_nickname(request: Request) -> Any:
    return step(id="refused", layout=[*BYE, CLOSE]) if "nickname" in request.json else raw(b"oops", status=500)


def raises_without_a_nickname(request: Request) -> Any:
    assert request.json["nickname"]
    return step(id="refused", layout=[*BYE, CLOSE])


PLANTED: dict[str, tuple[dict[str, Any], str, str]] = {
    "a wrong header": ({"/accept": raw({"accepted": True}, "action")}, "body-of-type", "step terms"),
    "a refresh without a model": ({"model": None}, "refresh-with-model", "step first"),
    "500 on an empty optional field": (
        {"/go": fails_without_a_nickname},
        "server-error",
        "POST /go is answered with 500",
    ),
    "an exception on an empty optional field": (
        {"/go": raises_without_a_nickname},
        "server-error",
        "POST /go raises KeyError",
    ),
    "a dead-end step": ({"/refuse": step(id="refused", layout=BYE)}, "way-on", "step terms"),
    "a message at an unknown path": ({"field": "taxNumber"}, "message-at-field", "step first"),
    "a URL that is not there": ({"/refuse": None}, "dead-end", "POST /refuse is answered with 404"),
    "a step that shows itself again": (
        {"/refuse": step(id="refused", layout=[*BYE, {**BUTTON, "action": {"url": "/refuse"}}])},
        "dead-end",
        "step refused: each submission shows the same step again",
    ),
    "a polling URL that is not there": ({"/status": None}, "dead-end", "GET /status is answered with 404"),
}


@pytest.mark.parametrize("seed", range(2))
@pytest.mark.parametrize(("planted", "code", "where"), PLANTED.values(), ids=PLANTED)
def test_a_planted_fault_is_found(planted: dict[str, Any], code: str, where: str, seed: int) -> None:
    with pytest.raises(ExplorationError) as raised:
        explore(FlowClient(bank(**planted)), "/", seed=seed)
    (fault,) = raised.value.exploration.faults
    assert (fault.code, fault.where) == (code, where)
    assert len(fault.way) <= 6


@pytest.mark.parametrize("seed", range(2))
def test_nothing_is_found_in_a_flow_without_faults(seed: int) -> None:
    found = explore(FlowClient(bank()), "/", seed=seed)
    assert (found.url, found.moves, found.faults) == ("/", 300, ())
    assert found.steps == ("first", "waiting", "terms", "refused")
    assert found.finished > 5


@pytest.mark.parametrize("name", NAMES)
def test_nothing_is_found_in_an_example_server(name: str) -> None:
    known = {"account.iban": "DE89 3704 0044 0532 0130 00", "holder.taxNumber": "86095742719"}
    found = explore(FlowClient(example(name).app, check=True), "/", values=known)
    assert found.steps == ("details", "approval", "review", "welcome")


def test_nothing_is_found_in_the_tutorial() -> None:
    app = module("fastapi_app", module("flow")).app
    assert explore(FlowClient(app), "/", values={"iban": "DE89370400440532013000"}).steps == ("account", "bank")


# the report


@pytest.mark.parametrize("seed", range(3))
def test_values_that_no_screen_takes_are_not_entered(seed: int) -> None:
    properties = {"name": {**TEXT, "minLength": 2}, "age": TAX, "country": COUNTRY}

    def shown(request: Request) -> Any:
        return form(properties, refreshUrl="/", model=request.json or {})

    app = Server({"/": shown, "/go": server.exit()})
    found = explore(FlowClient(app, check=True), "/", seed=seed)
    assert found.finished > 5
    names = [request.json.get("name") for request in app.requests if request.json]
    assert {type(name) for name in names} == {str, type(None)}


def test_the_report_has_the_shortest_way() -> None:
    with pytest.raises(ExplorationError) as raised:
        explore(FlowClient(bank(**{"/go": fails_without_a_nickname})), "/")
    assert str(raised.value).startswith(
        "explore: 1 fault in the flow of '/' (300 moves, steps: first, refused; finished: "
    )
    assert str(raised.value).split("\n\n", 1)[1] == (
        "1. server-error: POST /go is answered with 500\n"
        "    session = client.start('/')\n"
        "    session.fill({'name': '00'})\n"
        "    session.press('Go')\n"
        "\n"
        "POST /go is answered with 500\n"
        "\n"
        "Step first: First\n"
        "! Something went wrong. Please try again.\n"
        "\n"
        "Form #form\n"
        '  name: Text = "00" (required, string, at least 2 characters)\n'
        "  nickname: Text = empty (string)\n"
        "  country: Country = empty (one of, refreshes the step)\n"
        '    ( ) Britain = "GB"\n'
        '    ( ) Germany = "DE"\n'
        'Button "Go": POST /go\n'
        "\n"
        "Refresh: POST /\n"
        "\n"
        "Last request (submit): POST http://localhost/go\n"
        "{\n"
        '  "name": "00"\n'
        "}\n"
        "\n"
        "Last answer: 500\n"
        "oops"
    )


def test_the_way_can_be_repeated() -> None:
    with pytest.raises(ExplorationError) as raised:
        explore(FlowClient(bank(**{"/accept": raw({}, "exits")})), "/")
    (fault,) = raised.value.exploration.faults
    session = FlowClient(bank(**{"/accept": raw({}, "exits")})).start("/")
    with pytest.raises(AssertionError, match="X-DF-Response-Type is 'exits'"):
        for call in fault.way[1:]:
            call.on(session)


def test_a_fault_that_does_not_occur_again_is_marked() -> None:
    answers = iter([raw(b"", status=503)])

    def once(_: Request) -> Any:
        return next(answers, server.exit())

    with pytest.raises(ExplorationError) as raised:
        explore(FlowClient(bank(**{"/accept": once})), "/")
    (fault,) = raised.value.exploration.faults
    assert not fault.again
    assert "    (It did not occur again when these moves were repeated.)\n" in str(fault)


def test_the_same_seed_makes_the_same_moves() -> None:
    apps = [bank(), bank(), bank()]
    for app, seed in zip(apps, (1, 1, 2), strict=True):
        explore(FlowClient(app), "/", seed=seed, moves=100)
    first, second, other = ([(one.target, one.json) for one in app.requests] for app in apps)
    assert first == second
    assert first != other


def test_several_faults_are_reported_each_once() -> None:
    planted = {"/accept": raw({"accepted": True}, "action"), "/refuse": raw(b"", status=502)}
    with pytest.raises(ExplorationError) as raised:
        explore(FlowClient(bank(**planted)), "/")
    assert sorted(fault.code for fault in raised.value.exploration.faults) == ["body-of-type", "server-error"]
    assert "\n\n1. " in str(raised.value)
    assert "\n\n2. " in str(raised.value)
    assert str(raised.value).startswith("explore: 2 faults in the flow of '/' (")


def test_an_error_can_be_pickled() -> None:
    error = ExplorationError(Exploration("/", 1, (), 0, (Fault("check", "step a", "text"),)))
    copy = pickle.loads(pickle.dumps(error))
    assert copy.exploration == error.exploration


# how it begins


@pytest.mark.parametrize(
    ("first", "code", "where"),
    [
        (raw(b"", status=500), "server-error", "GET / is answered with 500"),
        (raw(b"", status=404), "dead-end", "GET / is answered with 404"),
        (raw({}, "exits"), "known-type", "start('/')"),
        (lambda _: 1 / 0, "server-error", "start('/') raises ZeroDivisionError"),
        (raw({"content": []}, "modal"), "failed-flow", "no step"),
        (server.error("No.", status=403), "failed-flow", "no step"),
    ],
)
def test_the_first_answer_can_be_a_fault(first: Any, code: str, where: str) -> None:
    with pytest.raises(ExplorationError) as raised:
        explore(FlowClient(Server({"/": first})), "/", moves=3)
    (fault,) = raised.value.exploration.faults
    assert (fault.code, fault.where, len(fault.way)) == (code, where, 1)


def test_an_answer_that_wsgi_does_not_allow_is_a_fault() -> None:
    def app(environ: Any, start_response: Any) -> Any:
        start_response("OK", [])
        return []

    with pytest.raises(ExplorationError) as raised:
        explore(FlowClient(app), "/", moves=1)
    (fault,) = raised.value.exploration.faults
    assert (fault.code, fault.where) == ("server-error", "start('/') has no valid answer")


def test_a_server_that_cannot_be_reached_has_no_answer() -> None:
    with pytest.raises(ExplorationError) as raised:
        explore(FlowClient(ScriptedTransport([OSError("refused")] * 5)), "/", moves=1)
    (fault,) = raised.value.exploration.faults
    assert (fault.code, fault.where) == ("no-answer", "GET / has no answer")


def test_mistakes_that_check_finds_are_faults() -> None:
    wrong = step(layout=[{"type": "form", "schemaId": "#other"}, BUTTON])
    with pytest.raises(ExplorationError) as raised:
        explore(FlowClient(Server({"/": step(), "/go": wrong}), check=True), "/")
    (fault,) = raised.value.exploration.faults
    assert (fault.code, fault.where) == ("check", "step first")


def test_a_flow_can_begin_with_a_subflow() -> None:
    begun = raw({**SUBFLOW, "onCompletion": DONE, "onError": DONE}, "subflow")
    app = Server({"/": begun, "/scanned": server.exit()})
    assert explore(FlowClient(app), "/", moves=20).finished == 10
    nothing_more = raw({**SUBFLOW, "onError": DONE}, "subflow")
    with pytest.raises(ExplorationError) as raised:
        explore(FlowClient(Server({"/": nothing_more, "/scanned": server.exit()})), "/", moves=20)
    assert [(fault.code, fault.where) for fault in raised.value.exploration.faults] == [("failed-flow", "no step")]
    impossible = raw({**SUBFLOW, "onCompletion": {"type": "refresh"}, "onError": {"type": "refresh"}}, "subflow")
    with pytest.raises(ExplorationError) as raised:
        explore(FlowClient(Server({"/": impossible})), "/", moves=20)
    assert [(fault.code, fault.where) for fault in raised.value.exploration.faults] == [("failed-flow", "no step")]


def test_a_flow_can_begin_with_another_method() -> None:
    app = Server({"POST /": step(), "/go": server.exit()})
    explore(FlowClient(app), "/", "POST", {"who": "Ada"}, moves=2)
    assert app.requests[0].json == {"who": "Ada"}


def test_other_assertions_are_no_faults() -> None:
    with pytest.raises(ScriptExhaustedError):
        explore(FlowClient(ScriptedTransport([Reply(200, server.step(step()).body)])), "/")


# all kinds of moves


def moves_of(first: Any, routes: Mapping[str, Any] | None = None, moves: int = 60, **options: Any) -> set[str]:
    """Return the targets of all requests of a walk."""
    app = Server({"/": first, "/go": server.exit(), **(routes or {})})
    explore(FlowClient(app), "/", moves=moves, **options)
    return {f"{one.method} {one.target}" for one in app.requests}


SEARCH = {"type": "search", "title": "Find", "method": "GET", "url": "/search", "param": "q"}
RESULTS = raw(
    {
        "results": [
            {"title": "More", "type": "search", "value": {"url": "/more", "method": "GET", "param": "q", "query": "b"}},
            {"title": "Ada", "type": "action", "value": {"url": "/ada"}},
        ]
    }
)
SUBFLOW = {"launchConfig": {"type": "native", "id": "scan"}, "referrerId": "r"}
DONE = {"type": "action", "action": {"url": "/scanned"}}
EDITED = {"addItemTitle": "Add", "editItemTitle": "Edit"}
FILE = {
    "type": "string",
    "title": "Bill",
    "persistAsync": {
        "url": "/store",
        "method": "POST",
        "param": "file",
        "idProperty": "id",
        "schema": {"type": "blob", "title": "Bill", "accepts": ["application/pdf"]},
    },
}
STORED = raw({"id": "file-1"})


@pytest.mark.parametrize(
    ("first", "routes", "wanted"),
    [
        (
            step(layout=[SEARCH, BUTTON]),
            {"/search": RESULTS, "/more": RESULTS, "/ada": server.exit()},
            {"GET /search?q=a", "GET /more?q=b", "POST /ada"},
        ),
        (
            step(layout=[{**BUTTON, "action": None, "behavior": {"type": "subflow", **SUBFLOW, "onCompletion": DONE}}]),
            {"/scanned": server.exit()},
            {"POST /scanned"},
        ),
        (form({"bill": FILE}, schema={"required": ["bill"]}), {"/store": STORED}, {"POST /store", "POST /go"}),
        (
            form({"bills": {"type": "array", "title": "Bills", "items": FILE, "minItems": 1, **EDITED}}),
            {"/store": STORED},
            {"POST /store", "POST /go"},
        ),
        (
            form({"photo": {"type": "string", "title": "Photo", "format": "base64url", "accepts": ["image/*"]}}),
            {},
            {"POST /go"},
        ),
        (
            step(linkHandlers=[{"regexPattern": "^app:open/[a-z]+$", "action": {"url": "/opened"}}]),
            {"/opened": server.exit()},
            {"POST /opened"},
        ),
        (
            step(linkHandlers=[{"regexPattern": "a{2,1}", "action": {"url": "/opened"}}]),
            {},
            {"GET /", "POST /go"},
        ),
        (
            step(layout=[BUTTON, {**BUTTON, "action": {"url": "/two", "id": "second"}}]),
            {"/two": server.exit()},
            {"POST /two"},
        ),
        (
            step(toolbar={"items": [{"title": "Help", "behavior": DONE}]}),
            {"/scanned": server.exit()},
            {"POST /scanned"},
        ),
        (
            step(layout=[{**BUTTON, "disabled": True}, {**BUTTON, "title": "Skip", "action": {"url": "/skip"}}]),
            {"/skip": server.exit()},
            {"GET /", "POST /skip"},
        ),
        (step(navigation={"back": {"action": {"url": "/back"}}}), {"/back": server.exit()}, {"POST /back"}),
    ],
)
def test_a_walk_makes_each_kind_of_move(first: Step, routes: dict[str, Any], wanted: set[str]) -> None:
    assert moves_of(first, routes) >= wanted


def test_a_walk_chooses_what_the_user_can_choose() -> None:
    root = {
        "oneOf": [obj("IBAN", "iban"), obj("Off", "off") | {"disabled": True}, obj("Other", "x")],
        "$id": "#account",
    }
    colours = {"oneOf": [{"const": 1, "hidden": True}, {"const": 2}], "title": "Colour"}
    first = form({"colour": colours}, schema={"required": ["colour"]})
    first["schemas"].append(root)
    first["layout"].insert(0, {"type": "form", "schemaId": "#account"})
    app = Server({"/": first, "/go": server.exit()})
    explore(FlowClient(app), "/")
    sent = [one.json for one in app.requests if one.target == "/go"]
    assert {name for one in sent for name in one} == {"iban", "x", "colour"}
    assert {one["colour"] for one in sent} == {2}


def test_a_field_behind_another_one_of_the_same_name_is_left_out() -> None:
    parts = [{**obj(title, "a"), "properties": {"a": {**TEXT, "title": title}}} for title in ("Behind", "Shown")]
    app = Server({"/": form({"x": {"allOf": parts}}), "/go": server.exit()})
    session = FlowClient(app).start("/")
    inputs = [one for one in inputs_of(session._flow.screen) if one.path == "x.a"]
    assert [one.field.title for one in inputs] == ["Shown"]
    explore(FlowClient(app), "/")
    assert any("a" in one.json["x"] for one in app.requests if one.target == "/go")


def test_an_option_that_its_title_does_not_distinguish_is_not_chosen() -> None:
    options = [{"title": "Same", "action": {"url": url}} for url in ("/a", "/b")]
    first = step(layout=[{"type": "decision", "options": options}, BUTTON])
    assert moves_of(first, {"/a": server.exit(), "/b": server.exit()}) == {"GET /", "POST /go"}


def test_a_list_gets_a_few_items_and_alternatives_are_chosen() -> None:
    alternatives = [obj("IBAN", "iban"), obj("Sort code", "sortCode"), obj("Other", "x"), obj("Other", "y")]
    account = {"title": "Account", "oneOf": alternatives}
    pets = {
        "type": "array",
        "title": "Pets",
        "maxItems": 2,
        "addItemTitle": "Add",
        "editItemTitle": "Edit",
        "items": {"type": "object", "title": "Pet", "displayOrder": ["name"], "properties": {"name": TEXT}},
    }
    app = Server({"/": form({"account": account, "pets": pets}), "/go": server.exit()})
    explore(FlowClient(app), "/")
    sent = [one.json for one in app.requests if one.target == "/go"]
    assert {len(one.get("pets", [])) for one in sent} == {0, 1, 2}
    assert {name for one in sent for name in one.get("account", {})} == {"iban", "sortCode"}
    assert any("name" in pet for one in sent for pet in one["pets"])


def test_the_alternatives_in_a_part_of_an_all_of_are_chosen() -> None:
    parts = {"title": "Pay", "allOf": [obj("Name", "name"), {"oneOf": [obj("IBAN", "iban"), obj("Code", "code")]}]}
    app = Server({"/": form({"pay": parts}), "/go": server.exit()})
    explore(FlowClient(app), "/")
    assert {name for one in app.requests if one.target == "/go" for name in one.json["pay"]} == {"name", "iban", "code"}


def test_a_required_field_that_refreshes_no_step_is_filled_with_the_others() -> None:
    fields = {"a": {**TEXT, "refreshStepOnChange": True}, "b": TEXT}
    app = Server({"/": form(fields, schema={"required": ["a", "b"]}), "/go": server.exit()})
    assert explore(FlowClient(app), "/", moves=40).finished >= 8


def obj(title: str, name: str) -> dict[str, Any]:
    return {"type": "object", "title": title, "displayOrder": [name], "properties": {name: TEXT}}


def part(title: str, **fields: Any) -> dict[str, Any]:
    """Return an object whose fields are all required."""
    return {"type": "object", "title": title, "displayOrder": [*fields], "properties": fields, "required": [*fields]}


NETWORK = {"title": "Network", "oneOf": [{"const": "a", "title": "A"}, {"const": "b", "title": "B"}]}
LONG_FORM = {
    "name": {**TEXT, "minLength": 2},
    "age": TAX,
    "email": TEXT,
    "account": {
        "title": "Account",
        "oneOf": [
            part("IBAN", iban={**TEXT, "minLength": 5}),
            part("Sort code", sortCode={**TEXT, "minLength": 6}, number=TAX),
            part("Wallet", wallet=TEXT, network=NETWORK),
        ],
    },
    "holder": {"title": "Holder", "oneOf": [part("Person", first=TEXT, last=TEXT), part("Company", tax=TAX)]},
    "pets": {
        "type": "array",
        "title": "Pets",
        "maxItems": 2,
        "addItemTitle": "Add",
        "editItemTitle": "Edit",
        "items": part("Pet", name=TEXT),
    },
    "note": TEXT,
    "agreed": {"type": "boolean", "title": "Agreed"},
}


@pytest.mark.parametrize("seed", range(3))
def test_a_fault_behind_two_alternatives_of_a_long_form_is_found(seed: int) -> None:
    def submit(request: Request) -> Any:
        is_wrong = "wallet" in request.json["account"] and "tax" in request.json["holder"]
        return raw(b"", status=500) if is_wrong else server.exit({})

    first = form(LONG_FORM, schema={"required": ["name", "age", "account", "holder"]})
    with pytest.raises(ExplorationError) as raised:
        explore(FlowClient(Server({"/": first, "/go": submit})), "/", seed=seed)
    (fault,) = raised.value.exploration.faults
    assert (fault.code, fault.where) == ("server-error", "POST /go is answered with 500")


def test_fields_of_two_root_schemas_are_distinguished() -> None:
    schemas = [{"$id": f"#{one}", **obj(one, "city")} for one in ("home", "work")]
    forms = [{"type": "form", "schemaId": f"#{one}"} for one in ("home", "work")]
    app = Server({"/": step(schemas=schemas, layout=[*forms, BUTTON]), "/go": server.exit()})
    explore(FlowClient(app), "/", values={"#home.city": "Rome", "#work.city": "Oslo"})
    assert {one.json.get("city") for one in app.requests if one.target == "/go"} >= {"Rome", "Oslo"}


GIVEN: dict[str, Any] = {
    "account": {"title": "Account", "oneOf": [obj("IBAN", "iban"), obj("Code", "code")]},
    "kind": {"title": "Kind", "oneOf": [{"const": "bus", "title": "Bus"}, {"const": "car", "title": "Car"}]},
    "pets": {
        "type": "array",
        "title": "Pets",
        "addItemTitle": "Add",
        "editItemTitle": "Edit",
        "items": obj("Pet", "name"),
    },
    "address": obj("Address", "city"),
    "note": TEXT,
}


@pytest.mark.parametrize(
    ("values", "name", "expected"),
    [
        ({"kind": "bus"}, "kind", [None, "bus"]),
        ({"account": {"code": "1"}}, "account", [{}, {"code": "1"}, None]),
        ({"pets": [{"name": "Rex"}]}, "pets", [[], [{"name": "Rex"}]]),
        ({"address": {"city": "Rome"}}, "address", [{}, {"city": "Rome"}]),
        ({"#form.note": "x"}, "note", [None, "x"]),
        ({"account.iban": "DE89", "account.code": "1"}, "account", [None, {}, {"iban": "DE89"}, {"code": "1"}]),
    ],
    ids=["constant", "alternative", "list", "object", "path with $id", "in alternatives"],
)
def test_fields_of_any_kind_have_the_values_that_are_given(
    values: dict[str, Any], name: str, expected: list[Any]
) -> None:
    app = Server({"/": form(GIVEN), "/go": server.exit()})
    explore(FlowClient(app), "/", values=values, moves=120)
    sent = [one.json.get(name) for one in app.requests if one.target == "/go"]
    assert all(value in expected for value in sent)
    assert any(value == expected[-1 if expected[-1] else -2] for value in sent)


def test_a_given_choice_can_refresh_the_step() -> None:
    fields = {"kind": {**GIVEN["kind"], "refreshStepOnChange": True}, "note": TEXT}
    routes = {"/again": lambda request: form(fields, refreshUrl="/again", model=request.json), "/go": server.exit()}
    app = Server({"/": form(fields, refreshUrl="/again"), **routes})
    explore(FlowClient(app), "/", values={"kind": "car"}, moves=60)
    assert {one.json.get("kind") for one in app.requests[1:] if one.json is not None} == {None, "car"}


def test_a_walk_can_begin_with_a_step() -> None:
    found = explore(FlowClient(Server({"/go": server.exit()})), step(**form({"a": TEXT})), moves=20)
    assert (found.url, found.steps, found.finished > 0) == ("first", ("first",), True)


def test_after_a_failed_refresh_the_user_goes_back() -> None:
    changing = form({"a": {**TEXT, "refreshStepOnChange": True}}, refreshUrl="/refresh", model={})
    answers = {"/refresh": raw({"error": "Not now."}, status=503)}
    with pytest.raises(ExplorationError) as raised:
        explore(FlowClient(Server({"/": changing, "/go": server.exit(), **answers})), "/")
    assert [fault.where for fault in raised.value.exploration.faults] == ["POST /refresh is answered with 503"]
    refused = {"/refresh": server.error("Not now.", status=409)}
    assert explore(FlowClient(Server({"/": changing, "/go": server.exit(), **refused})), "/").finished > 0


def test_a_step_that_is_left_at_times_is_no_dead_end() -> None:
    shown = [0]

    def again(_: Request) -> Any:
        shown[0] += 1
        return server.exit() if shown[0] % 4 == 0 else step()

    assert explore(FlowClient(Server({"/": step(), "/go": again})), "/").finished > 5


def test_a_field_without_possible_values_stays_empty() -> None:
    app = Server({"/": form({"a": {**TEXT, "pattern": "(?<=b)a(?!c)\\1"}}), "/go": server.exit()})
    explore(FlowClient(app), "/")
    assert {str(one.json) for one in app.requests if one.target == "/go"} == {"{}"}


# whatever a server answers

ANSWERS = st.one_of(
    steps().map(server.step),
    st.sampled_from(
        [
            server.exit({}),
            server.still_waiting(),
            server.error("No.", {"a": "Wrong."}),
            raw(b"x", status=500),
            raw({}, "action"),
            raw({**SUBFLOW, "onCompletion": DONE}, "subflow"),
            raw({"content": BYE}, "modal"),
            RESULTS,
        ]
    ),
)


@pytest.mark.slow
@settings(max_examples=50, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(ANSWERS, min_size=2, max_size=6), st.integers(0, 99))
def test_whatever_a_server_answers_a_walk_ends(answers: list[FlowResponse], seed: int) -> None:
    count = [0]

    def app(environ: dict[str, Any], start_response: Any) -> Any:
        count[0] += 1
        answer = answers[0] if environ["PATH_INFO"] == "/" else answers[count[0] % len(answers)]
        return respond(answer, start_response, environ["REQUEST_METHOD"])

    try:
        found = explore(FlowClient(app), "/", moves=40, seed=seed)
    except ExplorationError as error:
        found = error.exploration
        assert all(fault.way for fault in found.faults)
    assert found.moves == 40


# mistakes of the caller

wrong: Any = bank()
CLIENT = FlowClient(bank())


@pytest.mark.parametrize(
    ("call", "text"),
    [
        (
            lambda: explore(wrong, "/"),
            "explore.client: expected a FlowClient, got a Server; write explore(FlowClient(app), url)",
        ),
        (lambda: explore(CLIENT, "/", moves=0), "explore.moves: expected a positive integer, got 0"),
        (lambda: explore(CLIENT, "/", moves=True), "explore.moves: expected an integer, got True"),
        (lambda: explore(CLIENT, "/", seed="x"), "explore.seed: expected an integer, got 'x'"),  # type: ignore[arg-type]
        (
            lambda: explore(CLIENT, "/", values={"name": object()}),
            "explore.values.name: expected a JSON value, got an object",
        ),
        (
            lambda: explore(CLIENT, "/", data={}),
            'explore.data: a GET request has no body; write explore(…, method="POST", data=…)',
        ),
        (
            lambda: explore(CLIENT, "/", values="x"),  # type: ignore[arg-type]
            "explore.values: expected a mapping of paths to values, got 'x'",
        ),
        (
            lambda: explore(CLIENT, "/", values={"nam": "x"}),
            "explore.values: no step has shown a field 'nam'; did you mean 'name'?",
        ),
    ],
)
def test_a_wrong_argument_is_an_error(call: Callable[[], object], text: str) -> None:
    with pytest.raises(InvalidValueError) as raised:
        call()
    assert str(raised.value) == text


def test_without_hypothesis_the_error_has_the_command_that_installs_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "hypothesis", None)
    spec = importlib.util.spec_from_file_location("exploration_again", exploration.__file__)
    assert spec is not None
    assert spec.loader is not None
    with pytest.raises(ImportError) as missing:
        spec.loader.exec_module(importlib.util.module_from_spec(spec))
    assert str(missing.value) == (
        "stepdsl.testing.explore needs the package hypothesis: pip install 'stepdsl[testing]'"
    )
