"""A move that the screen does not allow changes nothing, and one that it allows changes no other field."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from stepdsl import server
from stepdsl.testing import FlowSession
from stepdsl.testing.flows.fields import Field
from tests.client.support import TEXT, Request, Server, form, start

FILE = {"type": "blob", "title": "File", "accepts": ["image/png"]}


def obj(properties: dict[str, Any], **parts: Any) -> dict[str, Any]:
    return {"type": "object", "properties": properties, "displayOrder": list(properties), **parts}


def one_of(*alternatives: dict[str, Any], **parts: Any) -> dict[str, Any]:
    return {"oneOf": list(alternatives), **parts}


def many(items: dict[str, Any]) -> dict[str, Any]:
    return {"type": "array", "items": items, "addItemTitle": "Add", "editItemTitle": "Edit"}


def stored(schema: dict[str, Any], **parts: Any) -> dict[str, Any]:
    persist = {"url": "/keep", "param": "p", "idProperty": "id", "method": "POST", "schema": schema}
    return {"type": "string", "title": "Stored", "persistAsync": persist, **parts}


def started(*fields: dict[str, Any], model: Any = None) -> tuple[FlowSession, Server]:
    """Start a flow whose refresh sends the values back. The first field is `f`; the others are root schemas."""
    field, *roots = fields
    first = form({"f": field}, refreshUrl="/refresh", **({} if model is None else {"model": model}))
    first["schemas"] += roots
    first["layout"] += [{"type": "form", "schemaId": root["$id"]} for root in roots]

    def refresh(request: Request) -> Any:
        return {**first, "model": request.json}

    routes = {"/refresh": refresh, "/keep": server.persisted("id", "T"), "/check": server.invalid("Checked.")}
    return start(first, {**routes, "/go": server.exit()})


def targets(app: Server) -> list[str]:
    return [request.target for request in app.requests[1:]]


A, B = obj({"a": TEXT}, title="A"), obj({"b": TEXT}, title="B")
DISABLED = obj({"b": {**TEXT, "disabled": True}}, title="B")

REFUSED: dict[str, tuple[tuple[dict[str, Any], ...], Any, Callable[[FlowSession], object], str]] = {
    "a disabled field of another alternative": (
        (one_of(A, DISABLED),),
        {"f": {"a": "1"}},
        lambda session: session.fill("f.b", "2"),
        "fill: 'f.b' is disabled",
    ),
    "a disabled field in an object": (
        (one_of(A, DISABLED),),
        {"f": {"a": "1"}},
        lambda session: session.fill("f", {"b": "2"}),
        "fill: 'f.b' is disabled",
    ),
    "a path of two root schemas": (
        (TEXT, {**one_of(A, B), "$id": "#one"}, {**A, "$id": "#two"}),
        {"b": "1"},
        lambda session: session.fill("a", "2"),
        "fill: several root schemas have 'a'; write one of #one.a, #two.a",
    ),
    "a text for an all-of": (
        ({"allOf": [one_of(A, B), obj({"c": TEXT})]},),
        {"f": {"a": "1"}},
        lambda session: session.fill("f", "2"),
        "fill: 'f' is an object; fill it with a mapping, not with '2'",
    ),
    "a file for a list of disabled ones": (
        (many(stored(FILE, disabled=True)),),
        {"f": []},
        lambda session: session.upload("f", b"x", content_type="image/png"),
        "upload: 'f[0]' is disabled",
    ),
    "a file for a list of texts": (
        (many(TEXT),),
        {"f": ["1"]},
        lambda session: session.upload("f", b"x"),
        "upload: 'f' takes no file",
    ),
    "an item of a shorter list": (
        (many(A),),
        {"f": [{"a": "1"}, {"a": "2"}, {"a": "3"}]},
        lambda session: session.fill("f", ["x"]),
        "fill: 'f[0]' is an object; fill it with a mapping, not with 'x'",
    ),
    "an item of a text in another alternative": (
        (one_of(A, B),),
        {"f": {"a": "1"}},
        lambda session: session.add_item("f.b"),
        "add_item: 'f.b' is no list",
    ),
    "an item that is not there": (
        (one_of(A, obj({"l": many(TEXT)}, title="B")),),
        {"f": {"a": "1"}},
        lambda session: session.remove_item("f.l", 0),
        "remove_item: 'f.l' has 0 items, so there is no item 0",
    ),
    "an alternative that is not there, in another alternative": (
        (one_of(A, obj({"x": one_of(A, B)}, title="B")),),
        {"f": {"a": "1"}},
        lambda session: session.choose("C", at="f.x"),
        "choose: 'f.x' has no alternative 'C'; there are 'A', 'B'",
    ),
}


@pytest.mark.parametrize(("fields", "model", "move", "text"), REFUSED.values(), ids=REFUSED)
def test_a_move_that_is_refused_changes_no_value(
    fields: tuple[dict[str, Any], ...], model: Any, move: Callable[[FlowSession], object], text: str
) -> None:
    session, app = started(*fields, model=model)
    with pytest.raises(AssertionError) as raised:
        move(session)
    assert str(raised.value).partition("\n")[0] == text
    assert session.values == model
    assert targets(app) == []


@pytest.mark.parametrize(
    ("field", "path"),
    [(obj({"a": TEXT}, required=["a"]), "f.a"), (stored(FILE), "f"), (many(TEXT), "f"), (obj({"a": TEXT}), "f")],
    ids=["object", "file", "list", "message of an object"],
)
def test_a_value_that_is_refused_removes_no_message(field: dict[str, Any], path: str) -> None:
    first = form({"f": field}, errors={"validation": {"f": {"a": "Old."} if path == "f.a" else "Old."}})
    session, _ = start(first)
    with pytest.raises(AssertionError, match=r"^fill: 'f' "):
        session.fill("f", "x")
    assert session.errors.fields == {path: "Old."}


def test_values_before_the_one_that_is_refused_stay() -> None:
    session, _ = start(form({"a": TEXT, "l": many(TEXT)}))
    with pytest.raises(AssertionError, match=r"^fill: 'l' is a list"):
        session.fill({"a": "1", "l": "2"})
    assert session.values == {"a": "1", "l": []}


def test_a_long_list_is_filled_without_copies_of_its_items_for_each_new_one(monkeypatch: pytest.MonkeyPatch) -> None:
    copied: list[Field] = []
    copy = Field.copy_state

    def counted(field: Field) -> dict[str, Any]:
        copied.append(field)
        return copy(field)

    monkeypatch.setattr(Field, "copy_state", counted)
    counts = []
    for size in (10, 20):
        copied.clear()
        start(form({"l": many(A)}))[0].fill("l", [{"a": "1"}] * size)
        counts.append(len(copied))
    assert counts[1] == 2 * counts[0]


def test_what_a_request_has_followed_is_not_undone() -> None:
    session, app = started(one_of(A, DISABLED, refreshStepOnChange=True), model={"f": {"a": "1"}})
    with pytest.raises(AssertionError, match=r"^fill: 'f\.b' is not on the screen"):
        session.fill("f.b", "2")
    assert targets(app) == ["/refresh"]
    assert session.values == {}


def test_a_choice_in_one_part_keeps_the_messages_of_the_others() -> None:
    checked = {**TEXT, "validationAsync": {"url": "/check", "param": "p", "method": "POST"}}
    parts = [obj({"k": TEXT, "c": checked}, required=["k"]), one_of(A, B)]
    session, _ = started({"allOf": parts})
    session.fill("f.c", "1").press("Go")
    messages = {"f.c": "Checked.", "f.k": "Fill in this field."}
    assert session.errors.fields == messages
    assert session.choose("B", at="f").errors.fields == messages
    assert session.fill("f.a", "1").errors.fields == messages
    assert session.fill("f", None).errors.fields == {}


def test_a_list_that_is_an_alternative_has_the_messages_of_its_items() -> None:
    first = form({"f": one_of(TEXT, many(TEXT))}, model={"f": ["1", "2"]}, errors={"validation": {"f": ["A.", "B."]}})
    session, _ = start(first)
    assert session.errors.fields == {"f[0]": "A.", "f[1]": "B."}
    assert session.fill("f[0]", "3").add_item("f").errors.fields == {"f[1]": "B."}
    assert session.fill("f", None).errors.fields == {}


def test_none_does_not_choose_an_alternative() -> None:
    session, _ = started(one_of(A, B))
    assert session.fill("f", {"a": "1", "b": None}).values == {"f": {"a": "1"}}
    assert session.fill({"f.b": None}).values == {"f": {"a": "1"}}
    assert session.fill({"f.a": None}).values == {"f": {}}


@pytest.mark.parametrize(
    ("schema", "value"), [({"type": "boolean", "title": "Yes"}, False), ({**TEXT, "default": "d"}, "d")]
)
def test_a_value_replaces_the_token_of_the_model(schema: dict[str, Any], value: Any) -> None:
    session, app = started(stored(schema), model={"f": "old"})
    assert session.fill("f", value).values == {"f": "T"}
    session.fill("f", value)
    assert [request.json for request in app.requests[1:]] == [{"p": value}]


def test_an_untouched_boolean_with_a_token_is_stored_as_false() -> None:
    session, app = started(stored({"type": "boolean", "title": "Yes"}))
    assert session.fill("f", False).values == {"f": "T"}
    assert app.sent == [{"p": False}]


def test_the_value_of_a_choice_that_a_refresh_has_removed_is_entered_and_stored() -> None:
    number = {"type": "integer", "title": "Number"}
    session, app = started(one_of(number, stored(TEXT), refreshStepOnChange=True), model={})
    assert session.fill("f", "q").values == {"f": "T"}
    assert targets(app) == ["/refresh", "/keep", "/refresh"]
    session, app = started(one_of(number, stored(FILE), refreshStepOnChange=True), model={})
    assert session.upload("f", b"x", content_type="image/png").values == {"f": "T"}
    assert targets(app) == ["/refresh", "/keep", "/refresh"]
    checked = {**TEXT, "validationAsync": {"url": "/check", "param": "p", "method": "POST"}}
    session, app = started(one_of(number, checked, refreshStepOnChange=True), model={})
    assert session.fill("f", "q").values == {"f": "q"}
    assert targets(app) == ["/refresh", "/check", "/refresh"]


def test_all_moves_choose_the_alternative_of_their_path() -> None:
    fields = {"l": many(TEXT), "file": stored(FILE), "x": one_of(A, B)}
    session, _ = started(one_of(A, obj(fields, title="B")))
    assert session.add_item("f.l").values == {"f": {"l": [None]}}
    session, _ = started(one_of(A, obj(fields, title="B")))
    assert session.upload("f.file", b"x", content_type="image/png").values == {"f": {"l": [], "file": "T"}}
    session, _ = started(one_of(A, obj(fields, title="B")))
    assert session.choose("B", at="f.x").fill("f.x.b", "1").values == {"f": {"l": [], "x": {"b": "1"}}}


def test_the_values_of_a_session_are_copies() -> None:
    session, _ = started(TEXT)
    session.fill("f", ["a"])
    session.values["f"].append("b")
    assert session.values == {"f": ["a"]}


@pytest.mark.parametrize("root", [one_of(A, B), {"allOf": [obj({"c": TEXT}), one_of(A, B)]}], ids=["one-of", "all-of"])
def test_a_choice_of_a_root_schema_has_a_general_message(root: dict[str, Any]) -> None:
    def required(schema: dict[str, Any]) -> dict[str, Any]:
        inner = {key: [required(one) for one in schema[key]] for key in ("oneOf", "allOf") if key in schema}
        return {**schema, **inner, "required": [name for name in ("a", "b") if name in schema.get("properties", {})]}

    first = form({})
    session, app = start({**first, "schemas": [{**required(root), "$id": "#form"}]})
    session.press("Go")
    assert (session.errors.message, session.errors.fields) == ("Choose one of the options.", {})
    session.choose("A", at="#form").press("Go")
    assert (session.errors.message, session.errors.fields) == (None, {"a": "Fill in this field."})
    session.fill("a", "1").press("Go").expect_exit()
    assert app.sent == [{"a": "1"}]


def test_a_subflow_whose_end_is_refused_runs_on() -> None:
    subflow = {"type": "subflow", "launchConfig": {"type": "native", "id": "scan"}, "referrerId": "me"}
    refresh, button = {"type": "refresh"}, {"type": "button", "title": "Scan"}
    first = form({}, more=[{**button, "behavior": {**subflow, "onCompletion": refresh}}])
    session, _ = start(first)
    with pytest.raises(AssertionError, match=r"^finish_subflow: the step has no refreshUrl"):
        session.press("Scan").finish_subflow()
    assert session.subflow is not None
    assert session.fail_subflow().subflow is None
