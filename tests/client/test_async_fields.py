"""What a client sends before the submission, in the words of the documentation, with the line that they come from.

The numbers are lines of a description of clients; the other sources are pages of the API documentation.
"""

from __future__ import annotations

from typing import Any

import pytest

from stepdsl import server, validate
from stepdsl.server.wsgi import endpoint, upload
from stepdsl.testing import FlowClient, Reply, ScriptedTransport
from tests.client.support import TEXT, Row, Table, form, raw, start

behaviour = Table()

CARD: dict[str, Any] = {
    "type": "string",
    "persistAsync": {
        "url": "/keep",
        "param": "card",
        "idProperty": "token",
        "method": "POST",
        "schema": {"type": "string", "title": "Card", "pattern": "^[0-9]+$"},
    },
}
FILE = {
    "type": "string",
    "persistAsync": {
        **CARD["persistAsync"],
        "param": "file",
        "schema": {
            "type": "blob",
            "title": "File",
            "accepts": ["application/pdf"],
            "maxSize": 5,
            "validationMessages": {"maxSize": "Too large.", "other": "?"},
        },
    },
}
IBAN = {**TEXT, "maxLength": 5, "validationAsync": {"url": "/check", "param": "iban", "method": "POST"}}


def persisting(*answers: Any, field: Any = CARD, **parts: Any) -> Any:
    queue = list(answers)
    routes = {"/keep": lambda request: queue.pop(0), "/go": server.exit()}
    return start(form({"x": field}, **parts), routes)


@behaviour("11.1", "On change, the client sends the inner value as a property of a JSON body.")
def _() -> None:
    session, app = persisting(server.persisted("token", "t1"))
    session.fill("x", "123").expect_field("x", value="t1", entered="123")
    assert [(one.method, one.json) for one in app.requests[1:]] == [("POST", {"card": "123"})]


@behaviour("11.2", "body[idProperty] is submitted with the step.")
def _() -> None:
    session, app = persisting(server.persisted("token", {"id": 1}))
    session.fill("x", "123").press("Go").expect_exit()
    assert app.sent[-1] == {"x": {"id": 1}}


@behaviour("11.3", "Non-2xx: validation[param] is the message of the field.")
def _() -> None:
    session, _ = persisting(server.error("No.", {"card": "Unknown card."}))
    session.fill("x", "123").expect_error("x", contains="Unknown card.").expect_field("x", value=None)


@behaviour("11.3", "Every other answer has the general message.")
def _() -> None:
    for answer in (raw(b"", status=500), server.error("Something went wrong here.")):
        session, _ = persisting(answer)
        session.fill("x", "123").expect_error("x", contains="Something went wrong")


@behaviour("11.4", "After a failure the client tries again on the next submission.")
def _() -> None:
    session, app = persisting(server.error("No."), server.persisted("token", "t2"))
    session.fill("x", "123").press("Go").expect_exit()
    assert app.sent == [{"card": "123"}, {"card": "123"}, {"x": "t2"}]


@behaviour("11.4", "A failure stops the submission and is shown.")
def _() -> None:
    session, app = persisting(*[server.error("No.")] * 2)
    session.fill("x", "123").press("Go").expect_error("x", contains="No.")
    assert len(app.sent) == 2


@behaviour("11.4", "A failure without an answer is shown too.")
def _() -> None:
    http = ScriptedTransport([Reply.step(start(form({"x": CARD}))[0].step), ConnectionResetError()])
    FlowClient(http).start("/").fill("x", "1").expect_error("x", contains="Something went wrong.")


@behaviour("11.5", "The value is sent only if it is locally valid.")
def _() -> None:
    session, app = persisting(schema={"required": ["x"]})
    session.fill("x", "abc").expect_error("x", contains="Enter the value in the expected form.")
    session.press("Go").expect_error("x", contains="Enter the value in the expected form.")
    session.fill("x", None).press("Go").expect_error("x", contains="Fill in this field.")
    assert app.sent == []


@behaviour("11.5", "The value is sent only if it has changed.")
def _() -> None:
    session, app = persisting(server.persisted("token", "t1"))
    session.fill("x", "123").fill("x", "123")
    assert len(app.sent) == 1


@behaviour("11.5", "The token of the model is submitted until the user changes the value.")
def _() -> None:
    session, app = persisting(server.persisted("token", "t2"), model={"x": "t1"})
    assert session.values == {"x": "t1"}
    session.fill("x", "9").press("Go")
    assert app.sent == [{"card": "9"}, {"x": "t2"}]


@behaviour("11.1", "The inner schema can be an object.")
def _() -> None:
    inner = {"type": "object", "properties": {"a": TEXT, "b": {"type": "boolean"}}, "displayOrder": ["a", "b"]}
    field = {"type": "string", "persistAsync": {**CARD["persistAsync"], "schema": inner}}
    session, app = persisting(*[server.persisted("token", "t")] * 2, field=field)
    session.fill({"x": {"a": "1"}}).press("Go").expect_exit()
    assert app.sent == [{"card": {"a": "1", "b": False}}, {"x": "t"}]


@behaviour("11.1", "The inner schema can be a choice.")
def _() -> None:
    one = {"type": "object", "title": "One", "properties": {"a": TEXT}, "displayOrder": ["a"]}
    other = {"type": "object", "title": "Other", "properties": {"b": TEXT}, "displayOrder": ["b"]}
    field = {"type": "string", "persistAsync": {**CARD["persistAsync"], "schema": {"oneOf": [one, other]}}}
    session, app = persisting(*[server.persisted("token", "t")] * 3, field=field)
    session.choose("One", at="x").fill({"x": {"a": "1"}}).fill({"x": {"a": "2"}})
    assert app.sent == [{"card": {}}, {"card": {"a": "1"}}, {"card": {"a": "2"}}]


@behaviour("11.2", "A token that no schema can describe is submitted too.")
def _() -> None:
    session, app = persisting(raw({"token": 2**70}))
    session.fill("x", "123").press("Go").expect_exit()
    assert app.sent[-1] == {"x": 2**70}


@behaviour("11.5", "An untouched boolean is not stored.")
def _() -> None:
    field = {"type": "boolean", "persistAsync": {**CARD["persistAsync"], "schema": {"type": "boolean"}}}
    session, app = persisting(field=field)
    session.press("Go").expect_exit()
    assert app.sent == [{}]


@behaviour("11.6", "A file is sent as form data.")
def _() -> None:
    files: list[Any] = []

    @endpoint
    def app(environ: Any) -> Any:
        if environ["PATH_INFO"] == "/keep":
            files.append(upload(environ, "file"))
            return server.persisted("token", "f1")
        return server.exit() if environ["PATH_INFO"] == "/go" else start(form({"x": FILE}))[0].step

    session = FlowClient(app).start("/").upload("x", b"%PDF", filename='a"b.pdf', content_type="application/pdf")
    assert session.values == {"x": "f1"}
    (file,) = files
    assert (file.filename.replace("%22", '"'), file.content_type, file.data) == ('a"b.pdf', "application/pdf", b"%PDF")


def persisted(schema: Any) -> dict[str, Any]:
    """Return a field with persist-async of an inner schema."""
    return {"type": "string", "persistAsync": {**CARD["persistAsync"], "schema": schema}}


def field_with_file(**limits: Any) -> dict[str, Any]:
    """Return a field with persist-async of a file."""
    return persisted({"type": "blob", **limits})


@behaviour("BlobSchema", "accepts and maxSize are checked before the upload.")
def _() -> None:
    session, app = persisting(field=FILE)
    session.upload("x", b"1234", content_type="text/plain").expect_error("x", contains="application/pdf")
    session.upload("x", b"123456", content_type="application/pdf").expect_error("x", contains="Too large.")
    assert app.sent == []


@behaviour("BlobSchema", "MIME types that are none are ignored.")
def _() -> None:
    session, _ = persisting(server.persisted("token", "f1"), field=field_with_file(accepts=["?"]))
    assert session.upload("x", b"1").values == {"x": "f1"}


@behaviour("BlobSchema", "MIME types that are none are ignored, the others and maxSize are not.")
def _() -> None:
    session, app = persisting(field=field_with_file(accepts=[".pdf", "image/*"], maxSize=3))
    types = "Choose a file of one of these types: image/*."
    session.upload("x", b"1", content_type="text/plain").expect_error("x", contains=types)
    session.upload("x", b"1234", content_type="image/png").expect_error("x", contains="at most 3 bytes")
    session, app = persisting(field=field_with_file(accepts=[".pdf"], maxSize=3))
    session.upload("x", b"1234").expect_error("x", contains="at most 3 bytes")
    assert app.sent == []


@behaviour("BlobSchema", "The parameters of a content type do not count.")
def _() -> None:
    session, _ = persisting(server.persisted("token", "f1"), field=field_with_file(accepts=["text/plain"]))
    session.upload("x", b"1", content_type="Text/Plain; charset=utf-8")
    assert session.values == {"x": "f1"}


@behaviour("Upload", "A list of files takes several ones.")
def _() -> None:
    many = {"type": "array", "items": FILE, "addItemTitle": "Add", "editItemTitle": "Edit"}
    session, _ = persisting(server.persisted("token", "f1"), server.persisted("token", "f2"), field=many)
    for data in (b"1", b"2"):
        session.upload("x", data, content_type="application/pdf")
    assert session.values == {"x": ["f1", "f2"]}
    assert session.remove_item("x", 0).values == {"x": ["f2"]}


def checking(answer: Any, **parts: Any) -> Any:
    return start(form({"x": IBAN}, **parts), {"/check": answer, "/go": server.exit()})


@behaviour("11.7", "On change, after local validation, the client sends the value.")
def _() -> None:
    session, app = checking(server.valid())
    session.fill("x", "too long").fill("x", "DE1").fill("x", None)
    assert app.sent == [{"iban": "DE1"}]


@behaviour("11.8", "2xx with a message is a positive message.")
def _() -> None:
    session, _ = checking(server.valid("Looks right."))
    assert session.fill("x", "DE1").feedback == {"x": "Looks right."}
    assert not session.errors


@behaviour("11.8", "2xx without a body is no feedback.")
def _() -> None:
    session, _ = checking(server.valid())
    assert session.fill("x", "DE1").feedback == {}


@behaviour("11.8", "422 with a message is an error message.")
def _() -> None:
    checking(server.invalid("Wrong."))[0].fill("x", "DE1").expect_error("x", contains="Wrong.")


@behaviour("11.9", "It never blocks a submission.")
def _() -> None:
    session, app = checking(server.invalid("Wrong."))
    session.fill("x", "DE1").press("Go").expect_exit()
    assert app.sent[-1] == {"x": "DE1"}


@behaviour("11.9", "A broken call is ignored.")
def _() -> None:
    for answer in (raw({"message": "?"}, status=500), raw({"message": 1}, status=422), raw(b"[]"), raw(b"<")):
        session, _ = start(form({"x": IBAN}), {"/check": answer}, strict=False)
        assert not session.fill("x", "DE1").errors
        assert session.feedback == {}
    http = ScriptedTransport([Reply.step(start(form({"x": IBAN}))[0].step), ConnectionResetError()])
    assert not FlowClient(http).start("/").fill("x", "1").errors


@behaviour("11.7", "A list can be validated as a whole.")
def _() -> None:
    many = {"type": "array", "items": TEXT, "addItemTitle": "Add", "editItemTitle": "Edit"}
    field = {**many, "validationAsync": IBAN["validationAsync"]}
    session, app = start(form({"x": field}), {"/check": server.invalid("Wrong.")})
    session.fill("x", ["a"]).expect_error("x", contains="Wrong.")
    assert app.sent[-1] == {"iban": ["a"]}


@behaviour("PersistAsync", "The default of the outer schema is the first token; the model beats it.")
def _() -> None:
    session, _ = persisting(field={**CARD, "default": "t0"})
    assert session.values == {"x": "t0"}
    session, _ = persisting(field={**CARD, "default": "t0"}, model={"x": "t1"})
    assert session.values == {"x": "t1"}


@behaviour("11.1", "An inner value without input is not sent.")
def _() -> None:
    inner = {"type": "object", "properties": {"a": TEXT, "b": {"const": 1}}, "displayOrder": ["a"], "required": ["a"]}
    many = {"type": "array", "items": TEXT, "addItemTitle": "Add", "editItemTitle": "Edit"}
    pair = {"type": "array", "items": [TEXT, {"allOf": [inner]}]}
    for schema in (inner, many, pair, {"allOf": [inner]}, {"oneOf": [inner]}, {"type": "colour"}):
        session, app = persisting(field=persisted(schema))
        session.press("Go").expect_exit()
        assert app.sent == [{}]


@behaviour("Upload", "null removes a file.")
def _() -> None:
    fields = {"file": field_with_file(), "a": TEXT}
    group = {"type": "object", "properties": fields, "displayOrder": list(fields)}
    for path in ("x.file", "x"):
        session, app = persisting(server.persisted("token", "f1"), field=group)
        session.upload("x.file", b"1").expect_field("x.file", value="f1")
        session.fill(path, None).expect_field("x.file", value=None, entered=None).press("Go").expect_exit()
        assert app.sent[1:] == [{"x": {}}]


@behaviour("11.4", "A failure stops no submission without the field: of an alternative that is not chosen any more.")
def _() -> None:
    one = {"type": "object", "title": "One", "properties": {"card": CARD}, "displayOrder": ["card"]}
    other = {"type": "object", "title": "Other", "properties": {"name": TEXT}, "displayOrder": ["name"]}
    for first, at in (
        (form(schema={"oneOf": [one, other]}), "#form"),
        (form({"x": {"oneOf": [one, other]}}), "x"),
    ):
        first["schemas"][0].pop("type" if at == "#form" else "", None)
        session, app = start(first, {"/keep": server.error("No."), "/go": server.exit()})
        session.choose("One", at=at).fill("card" if at == "#form" else "x.card", "42")
        assert [*session.errors.fields.values()] == ["No."]
        session.choose("Other", at=at)
        assert not session.errors
        session.press("Go").expect_exit()
        assert len(app.sent) == 2


@behaviour("11.4", "A failure stops no submission after the user has emptied the field.")
def _() -> None:
    group = {"type": "object", "properties": {"card": CARD}, "displayOrder": ["card"]}
    for path in ("x.card", "x"):
        session, app = persisting(server.error("No."), field=group)
        session.fill("x.card", "42").fill(path, None).press("Go").expect_exit()
        assert app.sent[1:] == [{"x": {}}]


NUMBER = {"type": "object", "properties": {"num": TEXT, "name": TEXT}, "displayOrder": ["num", "name"]}


@behaviour("11.3", "The messages for parts of the value are shown at the inner fields.")
def _() -> None:
    wrong = server.error("No.", {"card": {"num": "Bad number.", "name": "Bad name."}})
    session, app = persisting(wrong, wrong, server.persisted("token", "t1"), field=persisted(NUMBER), strict=True)
    session.fill("x", {"num": "1"})
    assert session.errors.fields == {"x.num": "Bad number.", "x.name": "Bad name."}
    session.press("Go")
    assert session.errors.fields == {"x.num": "Bad number.", "x.name": "Bad name."}
    assert [path for path in ("x.num", "x.name") if session.expect_field(path).expect_error(path)] != []
    assert not session.fill("x.num", "2").errors
    session.press("Go").expect_exit()
    assert app.sent[-1] == {"x": "t1"}


@behaviour("11.3", "A message for a part without a field is shown at the field with the token.")
def _() -> None:
    for field, messages in ((persisted(NUMBER), {"zip": "Bad zip."}), (CARD, {"a": {"b": "Bad zip."}})):
        session, _ = persisting(raw({"validation": {"card": messages}}, status=422), field=field)
        session.fill("x.num" if field is not CARD else "x", "1")
        assert session.errors.fields == {"x": "Bad zip."}


@behaviour("11.3", "The messages of a required value that is not stored are those of the endpoint.")
def _() -> None:
    wrong = server.error("No.", {"card": {"num": "Bad number."}})
    session, _ = persisting(wrong, wrong, field=persisted(NUMBER), schema={"required": ["x"]})
    session.fill("x.num", "1").press("Go")
    assert session.errors.fields == {"x.num": "Bad number."}


@behaviour("11.5", "What is wrong with an inner object is shown at its fields.")
def _() -> None:
    inner = {**NUMBER, "required": ["num", "name"]}
    session, app = persisting(server.persisted("token", "t"), field=persisted(inner), schema={"required": ["x"]})
    session.press("Go")
    assert session.errors.fields == {"x.num": "Fill in this field.", "x.name": "Fill in this field."}
    session.fill("x.num", "1").press("Go")
    assert session.errors.fields == {"x.name": "Fill in this field."}
    session.fill("x.name", "1").press("Go").expect_exit()
    assert app.sent == [{"card": {"num": "1", "name": "1"}}, {"x": "t"}]


@behaviour("BlobSchema", "A file that its schema does not allow stops the submission.")
def _() -> None:
    session, app = persisting(field=field_with_file(maxSize=3))
    session.upload("x", b"1234").press("Go").expect_error("x", contains="at most 3 bytes")
    assert app.sent == []
    session.fill("x", None).press("Go").expect_exit()


@behaviour("11.8", "With a change of an item, the messages for the list go away.")
def _() -> None:
    answers = [server.invalid("Wrong."), server.valid(), server.valid("Right."), server.valid()]
    many = {"type": "array", "items": TEXT, "addItemTitle": "Add", "editItemTitle": "Edit"}
    field = {**many, "validationAsync": IBAN["validationAsync"]}
    session, _ = start(form({"x": field}, model={"x": ["a"]}), {"/check": lambda request: answers.pop(0)})
    session.fill("x[0]", "b").expect_error("x", contains="Wrong.")
    assert not session.fill("x[0]", "c").errors
    assert session.fill("x[0]", "d").feedback == {"x": "Right."}
    assert session.fill("x[0]", "e").feedback == {}


@behaviour("11.8", "A field with an error has no positive message.")
def _() -> None:
    refused = server.error("No.", {"x": "Wrong."})
    session, _ = start(form({"x": IBAN}), {"/check": server.valid("Looks right."), "/go": refused})
    session.fill("x", "DE1").press("Go")
    assert (session.errors.fields, session.feedback) == ({"x": "Wrong."}, {})


MANY = {"type": "array", "items": TEXT, "addItemTitle": "Add", "editItemTitle": "Edit"}


@behaviour("11.5", "A value is sent once when the user leaves the field, not with each part.")
def _() -> None:
    for inner, value in ((MANY, ["a", "b"]), (NUMBER, {"num": "1", "name": "b"}), ({"oneOf": [MANY]}, ["a", "b"])):
        session, app = persisting(server.persisted("token", "t1"), field=persisted(inner))
        session.fill("x", value).fill("x", value).expect_field("x", value="t1", entered=value)
        assert app.sent == [{"card": value}]


@behaviour("11.5", "A list with a new item that is empty is not left.")
def _() -> None:
    answers = [server.persisted("token", f"t{number}") for number in range(3)]
    session, app = persisting(*answers, field=persisted(MANY))
    session.add_item("x").fill("x[0]", "a").add_item("x").fill("x[1]", "b").remove_item("x", 0)
    assert app.sent == [{"card": ["a"]}, {"card": ["a", "b"]}, {"card": ["b"]}]
    chosen = {**MANY, "items": {**TEXT, "default": "d"}}
    session, app = persisting(server.persisted("token", "t"), field=persisted(chosen))
    session.add_item("x")
    assert app.sent == [{"card": ["d"]}]


@behaviour("11.7", "A list is validated once when the user leaves it.")
def _() -> None:
    field = {**MANY, "validationAsync": IBAN["validationAsync"]}
    session, app = start(form({"x": field}), {"/check": server.valid("Right.")})
    assert session.fill("x", ["a", "b"]).feedback == {"x": "Right."}
    assert app.sent == [{"iban": ["a", "b"]}]


@behaviour("11.7", "In an object, each field is validated when the user leaves it.")
def _() -> None:
    fields = {"a": IBAN, "b": IBAN}
    group = {"type": "object", "properties": fields, "displayOrder": list(fields)}
    session, app = start(form({"x": group}), {"/check": server.valid()})
    session.fill("x", {"a": "1", "b": "2"})
    assert app.sent == [{"iban": "1"}, {"iban": "2"}]


@behaviour("OneOfSchema", "The chosen alternative is validated and stored as any other field.")
def _() -> None:
    session, app = start(
        form({"x": {"oneOf": [{**IBAN, "title": "IBAN"}, {"const": 5}]}}), {"/check": server.invalid("Wrong.")}
    )
    session.choose("IBAN", at="x").fill("x", "DE1").expect_error("x", contains="Wrong.")
    assert app.sent == [{"iban": "DE1"}]
    session, app = persisting(
        server.persisted("token", "t1"), field={"oneOf": [{**CARD, "title": "Card"}, {"const": 5}]}
    )
    session.fill("x", "123").expect_field("x", value="t1", entered="123").fill("x", "123")
    assert app.sent == [{"card": "123"}]


@behaviour("OneOfSchema", "To fill a field of a value with a token, the user chooses the alternative.")
def _() -> None:
    options = {"oneOf": [{**persisted(NUMBER), "title": "Number"}, {"title": "None", "const": 5}]}
    session, app = persisting(server.persisted("token", "t1"), field=options)
    session.fill("x.num", "1").expect_field("x", value="t1", entered={"num": "1"})
    assert app.sent == [{"card": {"num": "1"}}]


@behaviour("Upload", "A file selects the only alternative that takes one.")
def _() -> None:
    file = {**field_with_file(), "title": "File"}
    text = {"type": "string", "format": "base64url", "title": "Text"}
    answers = [server.persisted("token", "f1"), server.persisted("token", "f2")]
    session, _ = persisting(*answers, field={"oneOf": [{"title": "None", "const": 5}, file]})
    assert session.upload("x", b"1").values == {"x": "f1"}
    assert session.choose("None", at="x").upload("x", b"2").values == {"x": "f2"}
    session, _ = persisting(field={"oneOf": [file, text]})
    with pytest.raises(AssertionError, match=r"^upload: 'x' takes no file"):
        session.upload("x", b"1")
    assert session.choose("Text", at="x").upload("x", b"1").values == {"x": "data:application/octet-stream;base64,MQ=="}


@behaviour("11.1", "The content of a file for an inner string of the format base64url is sent as JSON.")
def _() -> None:
    session, app = persisting(
        server.persisted("token", "t1"), field=persisted({"type": "string", "format": "base64url"})
    )
    assert session.upload("x", b"abc", content_type="image/png").values == {"x": "t1"}
    assert app.sent == [{"card": "data:image/png;base64,YWJj"}]


@behaviour("11.5", "null and an empty text remove the token of the model.")
def _() -> None:
    for value in (None, ""):
        session, app = persisting(model={"x": "t1"})
        session.fill("x", value).press("Go").expect_exit()
        assert app.sent == [{}]


@behaviour("11.3", "Each item of a list has its own message, which moves with the item.")
def _() -> None:
    def keep(request: Any) -> Any:
        value = request.json["card"]
        return server.error("No.", {"card": "Two."}) if value == "2" else server.persisted("token", f"t{value}")

    items = {"type": "array", "items": CARD, "addItemTitle": "Add", "editItemTitle": "Edit"}
    session, app = start(form({"l": items}), {"/keep": keep, "/go": server.exit()})
    session.fill("l", ["1", "2", "3"])
    assert (session.values, session.errors.fields) == ({"l": ["t1", None, "t3"]}, {"l[1]": "Two."})
    session.remove_item("l", 0).press("Go")
    assert (session.values, session.errors.fields) == ({"l": [None, "t3"]}, {"l[0]": "Two."})
    session.fill("l[0]", "4").press("Go").expect_exit()
    assert app.sent[-1] == {"l": ["t4", "t3"]}


@behaviour("11.8", "Each item of a list has its own message.")
def _() -> None:
    items = {"type": "array", "items": IBAN, "addItemTitle": "Add", "editItemTitle": "Edit"}
    session, _ = start(form({"l": items}), {"/check": lambda request: server.invalid(f"No {request.json['iban']}.")})
    assert session.fill("l", ["1", "2"]).errors.fields == {"l[0]": "No 1.", "l[1]": "No 2."}


@behaviour("StringSchema", "An empty field has the message of its own schema, or else of that in persist-async.")
def _() -> None:
    inner = {**CARD["persistAsync"], "schema": {**TEXT, "validationMessages": {"required": "Inner."}}}
    field = {**CARD, "persistAsync": inner, "validationMessages": {"required": "Enter your card."}}
    session, _ = persisting(field=field, schema={"required": ["x"]})
    assert session.press("Go").errors.fields == {"x": "Enter your card."} == validate(session.step, {})
    session, _ = persisting(field={**field, "validationMessages": {"pattern": "?"}}, schema={"required": ["x"]})
    assert session.press("Go").errors.fields == {"x": "Inner."}


@behaviour("11.4", "A value is stored after those in it, also when they are tried again on the submission.")
def _() -> None:
    inner = {"type": "object", "properties": {"card": CARD, "other": CARD}, "displayOrder": ["card", "other"]}
    outer = {**CARD, "persistAsync": {**CARD["persistAsync"], "url": "/outer", "param": "all", "schema": inner}}
    answers = iter([server.error("No."), *(server.persisted("token", token) for token in ("c", "o", "all"))])
    routes = {"/keep": lambda request: next(answers), "/outer": lambda request: next(answers), "/go": server.exit()}
    session, app = start(form({"x": outer}), routes)
    session.fill("x", {"card": "1", "other": "2"}).press("Go").expect_exit()
    assert app.sent == [
        *({"card": "1"}, {"card": "2"}),
        *({"card": "1"}, {"all": {"card": "o", "other": "c"}}),
        {"x": "all"},
    ]


@behaviour("11.8", "The message of a value stays while other fields are wrong, and goes away when its field is edited.")
def _() -> None:
    fields = {"iban": IBAN, "name": {**TEXT, "title": "Name"}}
    first = form(fields, schema={"required": ["name"]})
    session, app = start(first, {"/check": server.invalid("Unknown."), "/go": server.exit()})
    session.fill("iban", "x").press("Go")
    assert session.errors.fields == {"iban": "Unknown.", "name": "Fill in this field."}
    session.fill("name", "Ada")
    assert session.errors.fields == {"iban": "Unknown."}
    session.fill("iban", None)
    assert not session.errors
    assert len(app.requests) == 2


@pytest.mark.parametrize("row", behaviour.rows, ids=str)
def test_a_value_is_sent_before_the_submission_as_documented(row: Row) -> None:
    row.check()
