"""What views may be and may return, with the whole text of each error, in all frameworks."""

from __future__ import annotations

import asyncio
import functools
import io
import typing
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine, Iterator
from typing import Annotated, Any, Protocol, TypeVar

import asgiref.sync
import django.http
import flask
import pytest
import starlette.requests
import starlette.responses
import starlette.routing
import werkzeug.wrappers
from django.test import RequestFactory
from pydantic import BaseModel

import stepdsl.server.django
import stepdsl.server.flask
import stepdsl.server.starlette
import stepdsl.server.wsgi
from stepdsl import (
    Action,
    ActionResponseBody,
    ErrorResponseBody,
    HeadingLayout,
    ModalResponseBody,
    NoOpResponseBody,
    SearchResponseBody,
    Step,
    SubflowResponseBody,
    server,
)
from stepdsl.server import FlowResponse, SubmissionError
from stepdsl.server.views import check_view, response_of
from tests.server.asgi import get
from tests.server.serving import example
from tests.server.test_adapters import by_environ

STEP = Step(id="paid", layout=[HeadingLayout(text="Bezahlt ✓")])


class Form(BaseModel):
    name: str = "x"


# -- what a view returns ----------------------------------------------------------------------------------------------


def start() -> Any: ...


async def later() -> FlowResponse:
    return server.no_op()


def generator() -> Iterator[FlowResponse]:
    yield server.no_op()


STEP_OR_EXIT = "write server.step(from_dict(…)) for a step, server.exit(…) for a result"
ANY_FUNCTION = "write server.step(…) or another function of stepdsl.server"
BUILT = "write .built to get the finished object"

WRONG: dict[str, tuple[Any, str, str]] = {
    "nothing": (None, "None", "write return before the answer"),
    "a dict": ({"id": "x"}, "a dict", STEP_OR_EXIT),
    "text": ("{}", "'{}'", "write server.step(loads(…)) for the JSON of a step"),
    "bytes": (b"{}", "a bytes", "write server.step(loads(…)) for the JSON of a step"),
    "an answer with a status": (
        (STEP, 201),
        "a tuple",
        "write only the answer: it contains the status and the headers",
    ),
    "a builder": (Step.build(), "a StepBuilder", BUILT),
    "another builder": (Action.build(), "an ActionBuilder", BUILT),
    "the class of answers": (FlowResponse, "the class FlowResponse", ANY_FUNCTION),
    "the class of steps": (Step, "the class Step", "write Step(…)"),
    "a function": (server.no_op, "a function", "write no_op(…)"),
    "an error": (SubmissionError(400, "x"), "a SubmissionError", "write raise instead of return"),
    "an action": (Action(url="/"), "an Action", "write server.action(…)"),
    "a body with an action": (
        ActionResponseBody(action=Action(url="/")),
        "an ActionResponseBody",
        "write server.action(….action)",
    ),
    "a body of an error": (ErrorResponseBody(), "an ErrorResponseBody", "write server.error(…)"),
    "a body of a modal": (ModalResponseBody(content=[]), "a ModalResponseBody", "write server.modal(….content)"),
    "a body of no-op": (NoOpResponseBody(), "a NoOpResponseBody", "write server.no_op()"),
    "search results": (
        SearchResponseBody(results=[]),
        "a SearchResponseBody",
        "write server.search_results(….results)",
    ),
    "a coroutine": (later, "a coroutine", "write async def, and await before the call"),
    "a generator": (generator, "a generator", "write return instead of yield"),
    "a pydantic model": (Form(), "a Form", ANY_FUNCTION),
    "a list": ([STEP], "a list", ANY_FUNCTION),
    "a response of another framework": (flask.Response(), "a Response", ANY_FUNCTION),
}


@pytest.mark.parametrize(
    ("given", "shown", "advice"),
    [
        (STEP, "a Step", "write respond(server.step(…))"),
        ([STEP], "a list", ANY_FUNCTION),
    ],
)
@pytest.mark.parametrize(
    "respond",
    [
        stepdsl.server.django.respond,
        stepdsl.server.flask.respond,
        stepdsl.server.starlette.respond,
        lambda response: stepdsl.server.wsgi.respond(response, lambda *_: lambda _: None),
    ],
    ids=["django", "flask", "starlette", "wsgi"],
)
def test_respond_takes_an_answer(respond: Any, given: Any, shown: str, advice: str) -> None:
    with pytest.raises(TypeError) as refused:
        respond(given)
    assert str(refused.value) == f"respond: expected a FlowResponse, got {shown}; {advice}"


@pytest.mark.parametrize("name", WRONG)
def test_a_wrong_result_is_an_error_that_names_the_right_one(name: str) -> None:
    value, shown, advice = WRONG[name]
    returned = value() if value in (later, generator) else value
    with pytest.raises(TypeError) as refused:
        response_of(start, returned)
    assert str(refused.value) == f"view start: expected a FlowResponse or a Step, got {shown}; {advice}"


class Views:
    def start(self) -> Step:
        return STEP

    async def later(self) -> Step:
        return STEP

    def wrong(self) -> Any: ...


class Callable1:
    def __call__(self) -> Step:
        return STEP


class Callable2:
    async def __call__(self, **_: object) -> Step:
        return STEP


def with_name(name: str) -> FlowResponse:
    return server.exit(name)


VIEWS: dict[str, tuple[Callable[..., Any], str, bytes]] = {
    "a function": (functools.partial(with_name, "a"), "with_name", b'"a"'),
    "a method": (Views().start, "Views.start", b""),
    "an async method": (Views().later, "Views.later", b""),
    "an instance": (Callable1(), "Callable1", b""),
    "an async instance": (Callable2(), "Callable2", b""),
    "a partial of a partial": (
        functools.partial(functools.partial(with_name), name="b"),
        "with_name",
        b'"b"',
    ),
    "a partial of an async instance": (functools.partial(Callable2(), name="b"), "Callable2", b""),
    "a partial of an async function": (functools.partial(later), "later", b"{}"),
    "a function that returns an awaitable": (lambda: Views().later(), "<lambda>", b""),
}


@pytest.mark.parametrize("name", VIEWS)
def test_each_kind_of_callable_is_a_view(name: str) -> None:
    view, view_name, body = VIEWS[name]
    decorated = stepdsl.server.starlette.endpoint(view)
    answer = asyncio.run(decorated())
    assert (answer.status_code, answer.body) == (200, body or server.step(STEP).body)
    assert decorated.__qualname__ == view_name
    assert decorated.__wrapped__ is view  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("view", "name"),
    [
        (Views().wrong, "Views.wrong"),
        (functools.partial(Views().wrong), "Views.wrong"),
        (lambda: None, "<lambda>"),
    ],
)
def test_the_error_has_the_name_of_the_view(view: Callable[[], Any], name: str) -> None:
    with pytest.raises(TypeError) as refused:
        asyncio.run(stepdsl.server.starlette.endpoint(view)())
    assert str(refused.value) == (
        f"view {name}: expected a FlowResponse or a Step, got None; write return before the answer"
    )


# -- annotations ------------------------------------------------------------------------------------------------------

T = TypeVar("T")


class AnyAnswer(Protocol):
    status: int


class MyStep(Step):
    pass


class MyResponse(starlette.responses.JSONResponse):
    pass


def annotated(annotation: Any) -> Callable[[], Any]:
    def view() -> Any: ...

    view.__annotations__["return"] = annotation
    return view


@pytest.mark.parametrize(
    "annotation",
    [
        FlowResponse,
        Step,
        MyStep,
        MyResponse,
        Any,
        object,
        T,
        AnyAnswer,
        FlowResponse | Step,
        "FlowResponse | Step",
        "Step | MyResponse",
        "Unknown",
        "Unknown[",
        "Step.unknown",
        "Step[int]",
        "1 / 0",
        Annotated[Step, "the first one"],
        Awaitable[Step],
        Coroutine[Any, Any, Step | FlowResponse],
    ],
)
def test_an_annotation_of_an_answer_is_accepted(annotation: Any) -> None:
    check_view(annotated(annotation), starlette.responses.Response)


@pytest.mark.parametrize(
    ("annotation", "shown", "advice"),
    [
        (None, "None", "write return before the answer"),
        (dict, "dict", STEP_OR_EXIT),
        (dict[str, Any], "dict[str, Any]", STEP_OR_EXIT),
        ("dict[str, object]", "dict[str, object]", STEP_OR_EXIT),
        (Form, "Form", ANY_FUNCTION),
        (list[Step], "list[stepdsl.model.step.Step]", ANY_FUNCTION),
        (type[Step], "type[stepdsl.model.step.Step]", ANY_FUNCTION),
        (Step | None, "None", "write return before the answer"),
        (Action, "Action", "write server.action(…)"),
        (SubflowResponseBody, "SubflowResponseBody", "write server.subflow(…)"),
        (typing.Awaitable, "Awaitable", "write async def, and await before the call"),
        (Coroutine[Any, Any, str], "str", "write server.step(loads(…)) for the JSON of a step"),
        (Annotated[int, "x"], "int", ANY_FUNCTION),
        (
            tuple[FlowResponse, int],
            "tuple[stepdsl.server.responses.FlowResponse, int]",
            WRONG["an answer with a status"][2],
        ),
    ],
)
def test_another_annotation_is_refused(annotation: Any, shown: str, advice: str) -> None:
    with pytest.raises(TypeError) as refused:
        check_view(annotated(annotation), starlette.responses.Response)
    assert str(refused.value) == (
        f"view view: expected a FlowResponse or a Step as its return annotation, got {shown}; {advice}"
    )


# -- what a view is ---------------------------------------------------------------------------------------------------


async def async_generator() -> AsyncIterator[FlowResponse]:
    yield server.no_op()


@pytest.mark.parametrize(
    ("view", "text"),
    [
        (Views, "endpoint: expected a function, got the class Views; write endpoint above its methods"),
        (None, "endpoint: expected a function, got None"),
        ("start", "endpoint: expected a function, got 'start'"),
        (
            server.no_op(),
            "endpoint: expected a function, got a FlowResponse; write the name of the view without ()",
        ),
        (STEP, "endpoint: expected a function, got a Step; write the name of the view without ()"),
        (
            generator,
            "view generator: expected a function that returns a FlowResponse or a Step; write return instead of yield",
        ),
        (
            async_generator,
            "view async_generator: expected a function that returns a FlowResponse or a Step; "
            "write return instead of yield",
        ),
    ],
)
def test_what_is_no_view_is_refused(view: Any, text: str) -> None:
    for adapter in (
        stepdsl.server.flask,
        stepdsl.server.django,
        stepdsl.server.starlette,
        stepdsl.server.wsgi,
    ):
        with pytest.raises(TypeError) as refused:
            adapter.endpoint(view)
        assert str(refused.value) == text


def test_a_view_that_was_called_is_refused() -> None:
    with pytest.raises(TypeError) as refused:
        stepdsl.server.starlette.endpoint(later())  # type: ignore[arg-type]
    assert str(refused.value) == (
        "endpoint: expected a function, got a coroutine; write the name of the view without ()"
    )


def test_wsgi_refuses_an_async_view() -> None:
    with pytest.raises(TypeError) as refused:
        stepdsl.server.wsgi.endpoint(later)  # type: ignore[arg-type]
    assert str(refused.value) == "view later: expected a function that is not async; write def instead of async def"


# -- steps and other responses, in each framework ---------------------------------------------------------------------


def by_flask(result: Callable[[], Any]) -> tuple[int, str | None, bytes]:
    app = flask.Flask(__name__)
    app.config["PROPAGATE_EXCEPTIONS"] = True

    @app.get("/")
    @stepdsl.server.flask.endpoint
    def start() -> Any:
        return result()

    answer = app.test_client().get("/")
    return answer.status_code, answer.headers.get("X-DF-Response-Type"), answer.data


def by_async_flask(result: Callable[[], Any]) -> tuple[int, str | None, bytes]:
    app = flask.Flask(__name__)
    app.config["PROPAGATE_EXCEPTIONS"] = True

    @app.get("/")
    @stepdsl.server.flask.endpoint
    async def start() -> Any:
        return result()

    answer = app.test_client().get("/")
    return answer.status_code, answer.headers.get("X-DF-Response-Type"), answer.data


def by_django(result: Callable[[], Any]) -> tuple[int, str | None, bytes]:
    example("django_app")

    @stepdsl.server.django.endpoint
    def start(request: django.http.HttpRequest) -> Any:
        return result()

    answer: Any = start(RequestFactory().get("/"))
    return answer.status_code, answer.headers.get("X-DF-Response-Type"), answer.content


def by_async_django(result: Callable[[], Any]) -> tuple[int, str | None, bytes]:
    example("django_app")

    @stepdsl.server.django.endpoint
    async def start(request: django.http.HttpRequest) -> Any:
        return result()

    assert asgiref.sync.iscoroutinefunction(start)
    answer: Any = asyncio.run(start(RequestFactory().get("/")))
    return answer.status_code, answer.headers.get("X-DF-Response-Type"), answer.content


def by_starlette(result: Callable[[], Any]) -> tuple[int, str | None, bytes]:
    @stepdsl.server.starlette.endpoint
    def start(request: starlette.requests.Request) -> Any:
        return result()

    answer = get(starlette.routing.Router([starlette.routing.Route("/", start)]), "/")
    return answer.status, answer.kind, answer.body


def by_async_starlette(result: Callable[[], Any]) -> tuple[int, str | None, bytes]:
    @stepdsl.server.starlette.endpoint
    async def start(request: starlette.requests.Request) -> Any:
        return result()

    answer = get(starlette.routing.Router([starlette.routing.Route("/", start)]), "/")
    return answer.status, answer.kind, answer.body


def by_wsgi(result: Callable[[], Any]) -> tuple[int, str | None, bytes]:
    @stepdsl.server.wsgi.endpoint
    def start(environ: Any) -> Any:
        return result()

    answer = by_environ(start, {"wsgi.input": io.BytesIO()})
    return answer.status, answer.headers.get("x-df-response-type"), answer.body


FRAMEWORKS: dict[str, Callable[[Callable[[], Any]], tuple[int, str | None, bytes]]] = {
    "flask": by_flask,
    "async flask": by_async_flask,
    "django": by_django,
    "async django": by_async_django,
    "starlette": by_starlette,
    "async starlette": by_async_starlette,
    "wsgi": by_wsgi,
}


def raised(error: Exception) -> Any:
    raise error


@pytest.mark.parametrize("framework", FRAMEWORKS)
def test_a_view_returns_an_answer_or_a_step_or_raises(framework: str) -> None:
    send = FRAMEWORKS[framework]
    assert send(lambda: STEP) == (200, "step", server.step(STEP).body)
    assert send(lambda: server.exit({})) == (200, "exit", b"{}")
    assert send(lambda: raised(SubmissionError(404, "lost"))) == (404, None, b'{"error":"lost"}')


@pytest.mark.parametrize("framework", FRAMEWORKS)
def test_a_wrong_result_is_an_error_in_each_framework(framework: str) -> None:
    with pytest.raises(TypeError) as refused:
        FRAMEWORKS[framework](lambda: {"id": "x"})
    assert str(refused.value) == f"view start: expected a FlowResponse or a Step, got a dict; {STEP_OR_EXIT}"


@pytest.mark.parametrize(
    ("framework", "response"),
    [
        ("flask", lambda: flask.Response("own", 202)),
        ("async flask", lambda: werkzeug.wrappers.Response("own", 202)),
        ("django", lambda: django.http.HttpResponse("own", status=202)),
        ("async django", lambda: django.http.HttpResponse("own", status=202)),
        ("starlette", lambda: starlette.responses.Response("own", 202)),
        ("async starlette", lambda: starlette.responses.PlainTextResponse("own", 202)),
    ],
)
def test_a_response_of_the_framework_is_not_changed(framework: str, response: Callable[[], Any]) -> None:
    assert FRAMEWORKS[framework](response) == (202, None, b"own")


def test_django_finds_the_mark_of_an_async_view() -> None:
    example("django_app")

    def view(request: django.http.HttpRequest) -> Any:
        return later()

    asgiref.sync.markcoroutinefunction(view)
    decorated: Any = stepdsl.server.django.endpoint(view)
    assert asgiref.sync.iscoroutinefunction(decorated)
    assert asyncio.run(decorated(RequestFactory().get("/"))).content == b"{}"


# -- the order of decorators ------------------------------------------------------------------------------------------


def test_flask_reports_an_endpoint_above_the_route() -> None:
    bank = flask.Flask(__name__)
    with pytest.raises(TypeError) as refused:

        @stepdsl.server.flask.endpoint
        @bank.get("/")
        def start() -> FlowResponse: ...

    assert str(refused.value) == (
        "view start: endpoint has no effect, because the view is a route of bank already; "
        "write @endpoint below @bank.get(…) or @bank.post(…)"
    )
