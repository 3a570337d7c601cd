"""The servers of the tutorial: the whole flow through each framework, and what the page shows."""

from __future__ import annotations

import importlib.util
import inspect
import json
import re
import runpy
import shlex
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from types import ModuleType
from typing import Any, NamedTuple
from wsgiref import simple_server

import django.conf
import django.core.management
import flask.cli
import pytest
import urllib3
import uvicorn
from click.testing import CliRunner
from django.test import override_settings
from uvicorn.importer import import_from_string

from stepdsl import Step, check, loads
from stepdsl.executor import Exited, PollingExecutor, Trigger
from stepdsl.testing import FakeClock
from tests.pages import ROOT, blocks
from tests.server.serving import NAMES, SERVERS, example

TUTORIAL = ROOT / "docs" / "examples" / "tutorial"
PAGE = ROOT / "docs" / "tutorial.md"

IBAN = "DE89370400440532013000"
NO_IBAN = "Enter an IBAN such as DE89370400440532013000."
BASE = "http://localhost:8000"

FLOWS: dict[str, ModuleType] = {}
"""The flow of each server."""


def module(name: str, flow: ModuleType | None = None) -> ModuleType:
    """Return a new module of the tutorial, which imports this flow.

    The modules of the example servers have the same names. This module has another name, and `flow` is restored.
    """
    spec = importlib.util.spec_from_file_location(f"tutorial_{name}", TUTORIAL / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    made = sys.modules[spec.name] = importlib.util.module_from_spec(spec)
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(sys.modules, "flow", flow)
        spec.loader.exec_module(made)
    return made


@pytest.fixture(scope="module")
def urls() -> Iterator[dict[str, str]]:
    """The base URL of each server. Each one has a flow of its own."""
    example("django_app")  # settings can be configured only once, and the tests of the example servers need theirs
    with ExitStack() as stack:

        def configure(settings: Any, **options: Any) -> None:
            stack.enter_context(override_settings(**{"MIDDLEWARE": [], **options}))

        patch = stack.enter_context(pytest.MonkeyPatch.context())
        patch.setattr(type(django.conf.settings), "configure", configure)
        started: dict[str, str] = {}
        for name in NAMES:
            FLOWS[name] = module("flow")
            started[name] = stack.enter_context(SERVERS[name](module(name, FLOWS[name]).app))
        yield started


class Answer(NamedTuple):
    status: int
    kind: str | None
    body: str

    @property
    def step(self) -> Step:
        assert (self.status, self.kind) == (200, "step")
        return loads(self.body)


class Client:
    def __init__(self, base: str) -> None:
        self.base = base
        self.http = urllib3.PoolManager(retries=False, timeout=20)

    def send(self, method: str, path: str, body: str | None = None) -> Answer:
        headers = {} if body is None else {"Content-Type": "application/json"}
        sent = self.http.request(method, self.base + path, body=body, headers=headers)
        return Answer(sent.status, sent.headers.get("X-DF-Response-Type"), sent.data.decode())

    def post(self, path: str, value: Any) -> Answer:
        return self.send("POST", path, json.dumps(value))


@pytest.fixture(params=NAMES)
def client(request: pytest.FixtureRequest, urls: dict[str, str]) -> Iterator[Client]:
    made = Client(urls[request.param])
    with made.http:
        yield made


# -- the flow -------------------------------------------------------------------------------------------------------


def commands() -> list[tuple[str, str]]:
    """Return the commands under "Try it", each with the output that the page shows."""
    (shown,) = [block.text for block in blocks(PAGE) if block.language == "{code-block}"]
    return re.findall(r"^\$ (.+)\n(.+)\n", shown, re.MULTILINE)


def curl(client: Client, command: str) -> str:
    """Run a command of the page. It uses only these options of curl."""
    program, w, output, *data, url = shlex.split(command)
    assert (program, w, output) == ("curl", "-w", r" %{http_code}\n")
    assert url.startswith(BASE)
    path = url.removeprefix(BASE)
    if data:
        option, body = data
        assert option == "--json"
        answer = client.send("POST", path, body)
    else:
        answer = client.send("GET", path)
    return f"{answer.body} {answer.status}"


@pytest.mark.parametrize("name", NAMES)
def test_each_command_of_the_page_prints_what_the_page_shows(name: str, urls: dict[str, str]) -> None:
    FLOWS[name].polled.clear()  # the page has the first payment of a server
    client = Client(urls[name])
    assert [(command, curl(client, command)) for command, _ in commands()] == commands()


def test_the_flow_runs_from_the_form_over_refused_submissions_to_its_end(client: Client) -> None:
    form = client.send("GET", "/").step
    assert form.id == "account"

    for values, messages in [
        ({}, {"iban": "Enter your IBAN."}),
        ({"iban": f"{IBAN} "}, {"iban": NO_IBAN}),
        ({"iban": 5, "purpose": "fun"}, {"iban": "Enter a text.", "purpose": "Choose one of the options."}),
    ]:
        refused = client.post("/account", values)
        assert (refused.status, refused.kind, json.loads(refused.body)) == (422, None, {"validation": messages})

    waiting = client.post("/account", {"iban": IBAN, "purpose": "rent"}).step
    clock = FakeClock()
    opened: list[str] = []
    outcome = PollingExecutor(base_url=client.base, clock=clock, open_url=opened.append).run(waiting)
    assert isinstance(outcome, Exited)
    payment = outcome.result["payment"]
    assert outcome.result == {"approved": True, "payment": payment}
    assert [attempt.status for attempt in outcome.attempts] == [204, 204, 200]
    assert clock.sleeps == [2, 2]
    assert opened == [f"https://bank.example/approve/{payment}"]


@pytest.mark.parametrize(
    ("method", "path", "body", "status", "message"),
    [
        ("GET", "/status/lost", None, 404, "This payment is not known."),
        ("POST", "/finish", '{"payment": "lost"}', 404, "This payment is not known."),
        ("POST", "/finish", "[]", 404, "This payment is not known."),
        ("POST", "/account", "[]", 400, "expected a JSON object, got an array"),
        ("POST", "/account", "", 400, "expected a JSON body, got none"),
    ],
)
def test_a_wrong_request_is_answered_with_a_message(
    client: Client, method: str, path: str, body: str | None, status: int, message: str
) -> None:
    answer = client.send(method, path, body)
    assert (answer.status, answer.kind, json.loads(answer.body)) == (status, None, {"error": message})


def test_an_unknown_url_is_answered_with_a_message(client: Client) -> None:
    answer = client.send("GET", "/nothing")
    assert (answer.status, list(json.loads(answer.body))) == (404, ["error"])


def test_polling_of_an_unknown_payment_ends_with_on_error(client: Client) -> None:
    outcome = PollingExecutor(base_url=client.base, clock=FakeClock()).run(module("flow").waiting_step("lost"))
    assert isinstance(outcome, Exited)
    assert (outcome.trigger, outcome.result) == (Trigger.STATUS, {"approved": False})


def test_fastapi_describes_the_answers_of_the_flow(urls: dict[str, str]) -> None:
    paths = json.loads(Client(urls["fastapi_app"]).send("GET", "/openapi.json").body)["paths"]
    described = {path: set(operation["responses"]) for path, item in paths.items() for operation in item.values()}
    assert set(described) == {"/", "/account", "/status/{payment}", "/finish"}
    answers = paths["/account"]["post"]["responses"]
    assert answers["200"]["content"]["application/json"]["schema"] == {"$ref": "#/components/schemas/Step"}
    assert answers["4XX"]["content"]["application/json"]["schema"] == {"$ref": "#/components/schemas/ErrorResponseBody"}


# -- the page -------------------------------------------------------------------------------------------------------


def test_the_page_has_each_function_of_the_flow_word_for_word() -> None:
    flow = module("flow")
    functions = [
        found for _, found in inspect.getmembers(flow, inspect.isfunction) if found.__module__ == flow.__name__
    ]
    assert len(functions) == 5
    shown = "".join(block.text for block in blocks(PAGE) if block.language == "python")
    assert [found.__name__ for found in functions if inspect.getsource(found) not in shown] == []


def test_the_steps_have_no_findings() -> None:
    flow = module("flow")
    for step in (flow.account_step(), flow.waiting_step("payment-1")):
        assert [str(found) for generation in (None, "core") for found in check(step, generation=generation)] == []


class Listening:
    """Takes the place of the server of the standard library."""

    def __init__(self, host: str, port: int, app: Any) -> None:
        self.started = (host, port, app.__name__)

    def serve_forever(self) -> None:
        STARTED.append(self.started)


STARTED: list[Any] = []


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[Any]]:
    """What a command has started: a list that gets an entry for each server. The servers do not listen."""
    STARTED.clear()
    example("django_app")
    monkeypatch.chdir(TUTORIAL)
    monkeypatch.syspath_prepend(TUTORIAL)
    names = ["flow", *NAMES]  # the modules of the example servers have the same names
    others = {name: sys.modules.pop(name) for name in names if name in sys.modules}
    yield STARTED
    for name in names:
        sys.modules.pop(name, None)
    sys.modules.update(others)


def test_the_command_of_flask_starts_the_server(started: list[Any], monkeypatch: pytest.MonkeyPatch) -> None:
    def run_simple(host: str, port: int, app: Any, **_: Any) -> None:
        started.append((host, port, app.name))

    monkeypatch.setattr(flask.cli, "run_simple", run_simple)
    done = CliRunner().invoke(flask.cli.cli, shlex.split("--app flask_app run --port 8000"))
    assert (done.exit_code, started) == (0, [("127.0.0.1", 8000, "flask_app")]), done.output


def test_the_command_of_fastapi_starts_the_server(started: list[Any], monkeypatch: pytest.MonkeyPatch) -> None:
    def run(app: str, host: str, port: int, **_: Any) -> None:
        started.append((host, port, import_from_string(app).title))

    monkeypatch.setattr(sys.modules["uvicorn.main"], "run", run)  # `uvicorn.main` is the function of this module
    done = CliRunner().invoke(uvicorn.main, shlex.split("fastapi_app:app --port 8000"))
    assert (done.exit_code, started) == (0, [("127.0.0.1", 8000, "Your account")]), done.output


def test_the_command_of_django_starts_the_server(started: list[Any], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(type(django.conf.settings), "configure", lambda self, **options: None)
    monkeypatch.setattr(django.core.management, "execute_from_command_line", started.append)
    command = shlex.split("django_app.py runserver 8000")
    monkeypatch.setattr(sys, "argv", command)
    runpy.run_path("django_app.py", run_name="__main__")
    assert started == [command]


def test_the_command_of_wsgi_starts_the_server(started: list[Any], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(simple_server, "make_server", Listening)
    runpy.run_path("wsgi_app.py", run_name="__main__")
    assert started == [("localhost", 8000, "app")]
