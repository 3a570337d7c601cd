"""The four example servers. The same tests run for each of them, over the loopback interface."""

from __future__ import annotations

import http.client
import json
import os
import runpy
import subprocess
import sys
import tracemalloc
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple
from urllib.parse import urlsplit
from wsgiref import simple_server

import attrs
import django.conf
import django.core.management
import flask
import pytest
import urllib3
import uvicorn

from stepdsl import (
    Action,
    BlobSchema,
    ButtonLayout,
    ErrorResponseBody,
    ObjectSchema,
    OneOfSchema,
    Step,
    StringSchema,
    check,
    dumps,
    loads,
    server,
)
from stepdsl.executor import Exited, NextStep, PollingExecutor, Trigger
from stepdsl.testing import FakeClock
from tests.server.multipart_body import multipart
from tests.server.serving import EXAMPLES, NAMES, example

JSON = "application/json"
IBAN = "DE89 3704 0044 0532 0130 00"
TAX_NUMBER = "86095742719"

PDF = "application/pdf"

PATHS = ["/details/refresh", "/details/iban", "/details/tax-number", "/details", "/review", "/confirm", "/finish"]
"""The paths that accept a submission."""


class Answer(NamedTuple):
    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def kind(self) -> str | None:
        return self.headers.get("X-DF-Response-Type")

    @property
    def step(self) -> Step:
        assert (self.status, self.kind) == (200, "step")
        return loads(self.body)

    @property
    def error(self) -> dict[str, Any]:
        """The messages of an error, as plain values."""
        assert self.status >= 400
        body = loads(self.body, ErrorResponseBody)
        return {"error": body.error, "validation": body.validation or None}


def check_against_the_table(answer: Answer) -> None:
    """Assert that status, header and body match the documented table."""
    assert answer.headers.get("Content-Type") == (JSON if answer.body else None)
    match answer.status, answer.kind:
        case 200, "step":
            loads(answer.body)
        case 200, "exit":
            assert isinstance(server.FlowResponse(200, {}, answer.body).json, dict)
        case 200, None:  # an answer for a single field
            assert b'"message"' in answer.body or b'"token"' in answer.body
        case 204, None:
            assert answer.body == b""
        case 304, None:
            assert answer.body == b""
            assert answer.headers["ETag"]
        case status, None if 400 <= status < 500:
            body = loads(answer.body, ErrorResponseBody)
            assert set(body.extra) <= {"message"}  # an invalid validate-async answer has only this property
            assert "Traceback" not in answer.body.decode()
        case unexpected:
            pytest.fail(f"not in the table: {unexpected}")


class Client:
    """A simple client of a flow. It checks each answer against the response table."""

    def __init__(self, base: str) -> None:
        self.base = base
        self.http = urllib3.PoolManager(retries=False, timeout=20)

    def send(
        self, method: str, url: str, body: bytes | None = None, headers: Mapping[str, str] | None = None
    ) -> Answer:
        sent = self.http.request(method, self.base + url, body=body, headers=headers or {}, redirect=False)
        answer = Answer(sent.status, sent.headers, sent.data)
        check_against_the_table(answer)
        return answer

    def get(self, url: str) -> Answer:
        return self.send("GET", url)

    def post(self, url: str, value: Any, **headers: str) -> Answer:
        fields = {"Content-Type": JSON, **{name.replace("_", "-"): text for name, text in headers.items()}}
        return self.send("POST", url, server.exit(value).body, fields)

    def upload(self, url: str, parts: Sequence[tuple[str, str | None, str, bytes]]) -> Answer:
        """Send a multipart form. A part is its name, its file name, its content type and its data."""
        body, content_type = multipart(parts)
        return self.send("POST", url, body, {"Content-Type": content_type})

    def act(self, step: Step, values: Mapping[str, Any]) -> Answer:
        """Press the button of the step: submit the values, with the data of its action merged over them."""
        (button,) = [layout for layout in step.layout if isinstance(layout, ButtonLayout)]
        action = button.action
        assert isinstance(action, Action)
        assert action.url is not None
        return self.post(action.url, {**values, **(action.data or {})})


@pytest.fixture(params=NAMES)
def client(request: pytest.FixtureRequest, urls: dict[str, str]) -> Iterator[Client]:
    made = Client(urls[request.param])
    with made.http:
        yield made


def part(step: Step, *names: str) -> Any:
    """Return a schema of the step's form, by the names of its path."""
    found: Any = step.schemas[0]
    for name in names:
        assert isinstance(found, ObjectSchema)
        found = found.properties[name]
    return found


def token_for(client: Client, step: Step, tax_number: str = TAX_NUMBER) -> Answer:
    persist = part(step, "holder", "taxNumber").persist_async
    assert persist.method == "POST"
    return client.post(persist.url, {persist.param: tax_number})


def proof_for(client: Client, step: Step, kind: str = PDF, data: bytes = b"%PDF-1.7") -> Answer:
    persist = part(step, "holder", "proofOfAddress").persist_async
    assert isinstance(persist.schema, BlobSchema)
    return client.upload(persist.url, [(persist.param, "bill.pdf", kind, data)])


def details(client: Client) -> dict[str, Any]:
    step = client.get("/").step
    tax_number, proof = (
        json.loads(answer.body)["token"] for answer in (token_for(client, step), proof_for(client, step))
    )
    holder = {"name": "Ann", "taxNumber": tax_number, "proofOfAddress": proof}
    return {"country": "DE", "holder": holder, "account": {"iban": IBAN}}


def approval(client: Client) -> Step:
    return client.act(client.get("/").step, details(client)).step


def review(client: Client) -> Step:
    outcome = PollingExecutor(base_url=client.base, clock=FakeClock()).run(approval(client))
    assert isinstance(outcome, NextStep)
    return outcome.step


# -- the flow, from its first step to its end -----------------------------------------------------------------------


def test_the_flow_runs_from_its_first_step_to_its_end(client: Client) -> None:
    first = client.get("/").step
    assert (first.id, first.model) == ("details", {"country": "DE", "holder": {}, "account": {}})

    waiting = client.act(first, details(client)).step
    assert waiting.id == "approval"
    assert waiting.external is not None

    clock = FakeClock()
    opened: list[str] = []
    executor = PollingExecutor(base_url=client.base, clock=clock, open_url=opened.append)
    outcome = executor.run(waiting)
    assert isinstance(outcome, NextStep)
    assert outcome.trigger is Trigger.PROGRESS
    assert [attempt.status for attempt in outcome.attempts] == [204, 204, 200]
    assert len(clock.sleeps) == 2
    assert opened == [waiting.external.url]

    shown = outcome.step
    assert shown.id == "review"
    welcome = client.act(shown, {**shown.model, "terms": True}).step
    assert welcome.id == "welcome"

    end = client.act(welcome, {})
    assert (end.status, end.kind) == (200, "exit")
    assert server.FlowResponse(200, {}, end.body).json == {"opened": True, "application": shown.model["application"]}


def test_every_server_sends_the_same_first_step(urls: dict[str, str]) -> None:
    firsts = [Client(url).get("/") for url in urls.values()]
    assert len({(first.status, first.body, first.headers["ETag"], first.kind) for first in firsts}) == 1


# -- the form -------------------------------------------------------------------------------------------------------


def test_a_refresh_sends_the_form_of_the_country_or_304(client: Client) -> None:
    first = client.get("/")
    step = first.step
    assert part(step, "country").refresh_step_on_change
    assert isinstance(part(step, "country"), OneOfSchema)
    url, tag = step.refresh_url, first.headers["ETag"]
    assert url is not None

    same = client.post(url, step.model, If_None_Match=tag)
    assert (same.status, same.headers["ETag"]) == (304, tag)
    # Another country with the same form: only a value has changed, and the client has it.
    assert client.post(url, {**step.model, "country": "EE"}, If_None_Match=tag).status == 304

    changed = client.post(url, {**step.model, "country": "GB"}, If_None_Match=tag)
    assert changed.headers["ETag"] != tag
    assert list(part(changed.step, "account").properties) == ["sortCode", "number"]
    assert changed.step.model["country"] == "GB"

    assert client.post(url, changed.step.model, If_None_Match=changed.headers["ETag"]).status == 304
    assert client.post(url, changed.step.model, If_None_Match=tag).status == 200
    assert client.post(url, changed.step.model).status == 200
    assert client.post(url, changed.step.model, If_None_Match="*").status == 304


def test_a_refresh_keeps_what_the_user_has_filled_in(client: Client) -> None:
    step = client.get("/").step
    assert step.refresh_url is not None
    filled = {"country": "EE", "holder": {"name": "Ann"}, "account": {"iban": "EE1"}}
    assert client.post(step.refresh_url, {**filled, "more": "x"}).step.model == filled
    left = client.post(step.refresh_url, {**filled, "country": "GB"}).step.model
    assert left == {"country": "GB", "holder": {"name": "Ann"}, "account": {}}


@pytest.mark.parametrize(
    ("iban", "status", "message"),
    [
        (IBAN, 200, "This IBAN looks right."),
        ("DE89370400440532013001", 422, "This IBAN has a typing error."),
        ("DE", 422, "An IBAN begins like DE12 and has 15 to 34 characters."),
    ],
)
def test_the_iban_is_checked_before_the_submission(client: Client, iban: str, status: int, message: str) -> None:
    field = part(client.get("/").step, "account", "iban")
    assert isinstance(field, StringSchema)
    check = field.validation_async
    assert check is not None
    assert check.method == "POST"
    answer = client.post(check.url, {check.param: iban})
    assert (answer.status, answer.kind) == (status, None)
    assert server.FlowResponse(200, {}, answer.body).json == {"message": message}


def test_the_tax_number_is_replaced_by_a_token(client: Client) -> None:
    step = client.get("/").step
    first, second = token_for(client, step), token_for(client, step)
    assert (first.status, first.kind) == (200, None)
    assert first.body != second.body
    assert TAX_NUMBER not in first.body.decode()

    refused = token_for(client, step, "12")
    assert refused.status == 422
    assert refused.error == {"error": None, "validation": {"taxNumber": "A tax number has eleven digits."}}


def test_every_field_is_checked_at_the_submission(client: Client) -> None:
    step = client.get("/").step
    wrong = {"country": "XX", "holder": {"name": "x" * 101, "proofOfAddress": "f"}, "account": {"iban": 5}}
    answer = client.act(step, wrong)
    assert answer.status == 422
    assert answer.error == {
        "error": None,
        "validation": {
            "country": "Choose one of the options.",
            "holder": {
                "name": "Please tell us your name, in a hundred characters at most.",
                "taxNumber": "Fill in this field.",
            },
            "account": {"iban": "Enter a text."},
        },
    }


@pytest.mark.parametrize("token", ["lost", TAX_NUMBER, {"a": 1}, ["x"], 5, True])
def test_tokens_and_the_checksum_are_checked_at_the_submission(client: Client, token: Any) -> None:
    holder = {"name": "Ann", "taxNumber": token, "proofOfAddress": token}
    answer = client.act(client.get("/").step, {"country": "DE", "holder": holder, "account": {"iban": "DE"}})
    assert answer.status == 422
    assert answer.error == {
        "error": "Please look at the fields that are marked.",
        "validation": {
            "holder": {
                "taxNumber": "Please enter your tax number again.",
                "proofOfAddress": "Please choose your proof of address again.",
            },
            "account": {"iban": "An IBAN begins like DE12 and has 15 to 34 characters."},
        },
    }


# -- the file -------------------------------------------------------------------------------------------------------


def test_a_file_is_replaced_by_a_token(client: Client) -> None:
    step = client.get("/").step
    first = proof_for(client, step)
    second = proof_for(client, step, "image/png", bytes(400_000))
    assert [json.loads(answer.body)["token"].split("-")[0] for answer in (first, second)] == ["file", "file"]
    assert first.body != second.body


@pytest.mark.parametrize(
    ("kind", "size", "status", "text"),
    [
        ("text/plain", 5, 415, "Choose a PDF file or a picture."),
        (PDF, 500_001, 413, "The file may have up to 500 kB."),
        (PDF, 5_000_000, 413, "The file may have up to 500 kB."),
    ],
)
def test_another_file_is_refused_at_its_field(client: Client, kind: str, size: int, status: int, text: str) -> None:
    answer = proof_for(client, client.get("/").step, kind, bytes(size))
    assert (answer.status, answer.error) == (status, {"error": None, "validation": {"proof": text}})


@pytest.mark.parametrize(
    "parts",
    [
        [("other", "a.pdf", PDF, b"x")],
        [("proof", None, PDF, b"x")],
        [("proof", "a.pdf", PDF, b"x"), ("proof", "b.pdf", PDF, b"y")],
    ],
)
def test_a_request_without_the_file_is_refused_at_its_field(client: Client, parts: Any) -> None:
    answer = client.upload("/details/proof", parts)
    assert (answer.status, answer.error) == (400, {"error": None, "validation": {"proof": "Choose a file."}})


def test_an_incomplete_file_is_refused_at_its_field(client: Client) -> None:
    body, content_type = multipart([("proof", "a.pdf", PDF, b"x" * 1000)])
    for size in (3, 500, len(body) - 10):
        answer = client.send("POST", "/details/proof", body[:size], {"Content-Type": content_type})
        # Some parsers report an incomplete body, others leave out the incomplete part.
        texts = ["The file could not be read. Send it again.", "Choose a file."]
        assert (answer.status, answer.error["error"]) == (400, None)
        assert answer.error["validation"]["proof"] in texts


def test_json_instead_of_a_file_is_refused_at_its_field(client: Client) -> None:
    answer = client.post("/details/proof", {"proof": "x"})
    assert answer.status == 415
    assert answer.error["validation"] == {"proof": "The file could not be read. Send it again."}


def test_another_country_has_other_fields(client: Client) -> None:
    form = {**details(client), "country": "GB"}
    answer = client.act(client.get("/").step, {**form, "account": {"sortCode": "1", "number": "2"}})
    assert answer.error["validation"] == {
        "account": {"sortCode": "A sort code has six digits.", "number": "An account number has eight digits."}
    }
    filled = {**form, "account": {"sortCode": "040004", "number": "12345678"}}
    assert client.act(client.get("/").step, filled).step.id == "approval"


# -- the rest of the flow -------------------------------------------------------------------------------------------


def test_polling_of_an_unknown_application_ends_with_on_error(client: Client) -> None:
    waiting = approval(client)
    polling = waiting.polling
    assert polling is not None
    lost: Step = attrs.evolve(waiting, polling=attrs.evolve(polling, url="/status?application=lost"))  # type: ignore[misc]
    outcome = PollingExecutor(base_url=client.base, clock=FakeClock()).run(lost)
    assert isinstance(outcome, Exited)
    assert (outcome.trigger, outcome.result) == (Trigger.STATUS, {"opened": False})
    assert [attempt.status for attempt in outcome.attempts] == [404]


def test_clients_of_both_generations_read_the_polling_answers(client: Client) -> None:
    polling = approval(client).polling
    assert polling is not None
    assert (polling.interval, polling.delay) == (2, None)
    waiting = [client.get(polling.url) for _ in range(2)]
    assert [(answer.status, answer.kind, answer.body) for answer in waiting] == [(204, None, b"")] * 2
    sent = client.http.request("GET", client.base + polling.url)
    assert (sent.status, sent.headers["X-DF-Response-Type"]) == (200, "action")
    assert list(sent.json()) == ["action"]


def test_a_submission_without_the_terms_is_refused(client: Client) -> None:
    step = review(client)
    refused: list[tuple[dict[str, Any], str]] = [
        ({}, "Fill in this field."),
        ({"terms": None}, "Fill in this field."),
        ({"terms": "true"}, "Choose yes or no."),
        ({"terms": False}, "There is no account without the terms."),
    ]
    for terms, text in refused:
        answer = client.act(step, {**step.model, **terms})
        assert answer.status == 422
        assert answer.error == {"error": None, "validation": {"terms": text}}
    assert client.act(step, {**step.model, "terms": True}).step.id == "welcome"


@pytest.mark.parametrize("path", ["/review", "/confirm", "/finish"])
@pytest.mark.parametrize("submitted", [{}, {"application": "lost"}, {"application": 5, "terms": True}])
def test_an_unknown_application_is_answered_with_404(client: Client, path: str, submitted: dict[str, Any]) -> None:
    answer = client.post(path, submitted)
    assert answer.status == 404
    assert answer.error == {
        "error": "This application is not known here. Please start again.",
        "validation": None,
    }


# -- invalid submissions --------------------------------------------------------------------------------------------

BAD: dict[str, tuple[bytes | None, str | None, int, str]] = {
    "no body": (None, JSON, 400, "expected a JSON body, got none"),
    "no body and no type": (None, None, 400, "expected a JSON body, got none"),
    "no JSON": (b"country=DE", JSON, 400, "no JSON: Expecting value: line 1 column 1 (char 0)"),
    "another type": (b"{}", "text/plain", 415, "expected a body of application/json, got 'text/plain'"),
    "a form": (
        b"a=1",
        "application/x-www-form-urlencoded",
        415,
        "expected a body of application/json, got 'application/x-www-form-urlencoded'",
    ),
    "a broken upload": (
        b"--x",
        "multipart/form-data; boundary=x",
        415,
        "expected a body of application/json, got 'multipart/form-data; boundary=x'",
    ),
    "another charset": (b"{}", f"{JSON}; charset=utf-16", 415, "expected a body in UTF-8, got 'utf-16'"),
    "wrong UTF-8": (b'{"a":"\xff"}', JSON, 400, "no JSON: not UTF-8 at byte 6"),
    "nested 100,000 deep": (b"[" * 100_000 + b"]" * 100_000, JSON, 400, "nested too deeply"),
    "too large": (b" " * 1_048_577, JSON, 413, "expected at most 1048576 bytes"),
    "an array": (b"[]", JSON, 400, "expected a JSON object"),
    "a string": (b'"DE"', JSON, 400, "expected a JSON object"),
    "null": (b"null", JSON, 400, "expected a JSON object"),
}


@pytest.mark.parametrize("name", BAD)
def test_a_bad_request_is_answered_with_its_error(client: Client, name: str) -> None:
    body, content_type, status, reason = BAD[name]
    for path in PATHS:
        answer = client.send("POST", path, body, {} if content_type is None else {"Content-Type": content_type})
        assert (answer.status, answer.error["validation"]) == (status, None), path
        # `validated` adds the type of the value.
        assert answer.error["error"] == reason or answer.error["error"].startswith("expected a JSON object, got "), path
    assert client.get("/").step.id == "details"


@pytest.mark.parametrize(
    "values",
    [
        {},
        {"country": {}, "holder": [], "account": "x", "iban": 5, "taxNumber": None, "application": []},
        {"country": "DE", "holder": {"name": ["x"], "taxNumber": {}}, "account": {"iban": {"a": 1}}},
        {"terms": {"a": []}, "application": {"a": "b"}},
    ],
)
def test_values_of_wrong_types_cause_no_server_error(client: Client, values: dict[str, Any]) -> None:
    for path in PATHS:
        answer = client.post(path, values)
        assert (answer.status < 500) if path == "/details/refresh" else (400 <= answer.status < 500), path
    assert client.get("/").step.id == "details"


SIZE = 100 * 2**20


def test_a_body_of_100_megabytes_is_refused(client: Client) -> None:
    piece = b" " * 2**16
    connection = http.client.HTTPConnection(urlsplit(client.base).netloc, timeout=20)
    tracemalloc.start()
    try:
        headers = {"Content-Type": JSON, "Content-Length": str(SIZE)}
        connection.request("POST", "/details", body=(piece for _ in range(SIZE // len(piece))), headers=headers)
        sent = connection.getresponse()
        answer = Answer(sent.status, sent.headers, sent.read())
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
        connection.close()
    check_against_the_table(answer)
    assert (answer.status, answer.error["error"]) == (413, "expected at most 1048576 bytes")
    assert peak < SIZE / 5
    assert client.get("/").step.id == "details"


@pytest.mark.parametrize("sent", [b'{"country": "DE"', b"1234"])
def test_an_incomplete_body_causes_no_server_error(client: Client, sent: bytes) -> None:
    """The client closes its side of the connection before the end of the body. It can still read the answer."""
    parts = urlsplit(client.base)
    connection = http.client.HTTPConnection(parts.netloc, timeout=20)
    connection.putrequest("POST", "/details")
    connection.putheader("Content-Type", JSON)
    connection.putheader("Content-Length", "1000")
    connection.endheaders(sent)
    connection.sock.shutdown(1)  # SHUT_WR
    try:
        answer = connection.getresponse()
        assert 400 <= answer.status < 500
        assert b"Traceback" not in answer.read()
    except http.client.RemoteDisconnected:
        pass  # a server may close the connection without an answer
    finally:
        connection.close()
    assert client.get("/").step.id == "details"


# -- the scripts ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", NAMES)
def test_each_script_prints_its_url_and_starts_its_server(
    name: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    started: list[Any] = []

    class Listening:
        def __init__(self, host: str, port: int, app: Callable[..., Any]) -> None:
            started.append((host, port))

        def serve_forever(self) -> None:
            pass

    example("django_app")
    monkeypatch.setattr(type(django.conf.settings), "configure", lambda self, **options: None)
    monkeypatch.setattr(
        django.core.management, "execute_from_command_line", lambda arguments: started.append(arguments[1:])
    )
    monkeypatch.setattr(flask.Flask, "run", lambda self, port: started.append(("localhost", port)))
    monkeypatch.setattr(uvicorn, "run", lambda app, port: started.append(("localhost", port)))
    monkeypatch.setattr(simple_server, "make_server", Listening)
    monkeypatch.syspath_prepend(EXAMPLES)
    runpy.run_path(str(EXAMPLES / f"{name}.py"), run_name="__main__")
    assert capsys.readouterr().out == "The flow begins at http://localhost:8000/\n"
    assert started in ([("localhost", 8000)], [["runserver", "--noreload", "localhost:8000"]])


def test_the_flow_needs_no_framework() -> None:
    code = "import sys, flow; assert not {'flask', 'django', 'starlette', 'fastapi'} & set(sys.modules); flow.start()"
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(EXAMPLES.parents[2]), str(EXAMPLES)])}
    subprocess.run([sys.executable, "-c", code], check=True, timeout=60, env=environment)


def test_the_steps_are_equal_after_a_round_trip_and_have_no_findings() -> None:
    flow = example("flask_app").flow
    form = flow.form_of({"country": "DE"})
    steps = [
        flow.details_step(form),
        flow.details_step({**form, "country": "GB"}),
        flow.approval_step("a"),
        flow.review_step("a", {**form, "account": {"iban": IBAN}}),
        flow.welcome_step("a"),
    ]
    for step in steps:
        assert loads(dumps(step)) == step
        assert [str(found) for one in (None, "core") for found in check(step, generation=one)] == []
