"""A flow in FastAPI as its users write it, and the whole text of the error for each wrong turn."""

from __future__ import annotations

import threading
from functools import partial
from typing import Annotated, Any

import pytest
from fastapi import APIRouter, Depends, FastAPI, HTTPException, Request, Response
from pydantic import BaseModel
from starlette.applications import Starlette
from starlette.routing import Route, Router

from stepdsl import (
    Action,
    ActionResponseBody,
    ErrorResponseBody,
    HeadingLayout,
    ModalResponseBody,
    NoOpResponseBody,
    Step,
    SubflowResponseBody,
    UnknownLaunchConfig,
    WireError,
    dumps,
    server,
    to_dict,
)
from stepdsl.server import FlowResponse, SubmissionError, UploadedFile
from stepdsl.server.starlette import (
    ERROR_RESPONSES,
    ActionResponse,
    ErrorResponse,
    ExitResponse,
    ModalResponse,
    NoOpResponse,
    StepResponse,
    SubflowResponse,
    endpoint,
    install,
    submission,
    submitted,
    uploaded,
)
from tests.server.asgi import call, get, post
from tests.server.multipart_body import multipart

STEP = Step(id="first", layout=[HeadingLayout(text="Grüß Gott")])
BYTES = dumps(STEP).encode()

Values = Annotated[Any, Depends(submission)]


def user(name: str = "nobody") -> str:
    """A dependency with a query parameter."""
    return name


# -- views ------------------------------------------------------------------------------------------------------------


def the_app() -> FastAPI:
    app = FastAPI()
    install(app)
    router = APIRouter(prefix="/router", responses=ERROR_RESPONSES)

    @app.get("/sync")
    @endpoint
    def sync() -> Step:
        """Show the first step."""
        return STEP

    @app.get("/async")
    @endpoint
    async def later() -> Step:
        return STEP

    @app.get("/unannotated")
    @endpoint
    def unannotated():  # type: ignore[no-untyped-def]
        return STEP

    @app.get("/path/{number}")
    @endpoint
    async def with_parameters(number: int, who: Annotated[str, Depends(user)], q: str = "-") -> FlowResponse:
        return server.exit([number, who, q])

    @app.post("/values")
    @endpoint
    def with_values(values: Values) -> FlowResponse:
        return server.exit(values)

    @app.post("/default")
    @endpoint
    async def with_default(values: Any = Depends(submission)) -> FlowResponse:  # noqa: B008  # users write this
        return server.exit(values)

    @app.post("/small")
    @endpoint
    def small(values: Annotated[Any, Depends(submitted(max_bytes=8))]) -> FlowResponse:
        return server.exit(values)

    @app.post("/upload")
    @endpoint
    def photo(file: Annotated[UploadedFile, Depends(uploaded("photo", max_bytes=10))]) -> FlowResponse:
        return server.persisted("token", f"{file.filename} {len(file.data)}")

    @app.get("/own")
    @endpoint
    def own(response: Response) -> Response | FlowResponse:
        return StepResponse(STEP, status_code=201)

    @router.get("/step")
    @endpoint
    def in_a_router() -> FlowResponse | Step:
        return STEP

    @router.post("/refused")
    @endpoint
    def refused(values: Values) -> Step:
        raise SubmissionError(422, "no name", {"name": "Your name, please."})

    app.include_router(router)
    app.add_api_route("/partial", endpoint(partial(in_a_router)))
    return app


APP = the_app()


@pytest.mark.parametrize("path", ["/sync", "/async", "/unannotated", "/router/step", "/partial"])
def test_a_returned_step_is_answered_as_a_step(path: str) -> None:
    answer = get(APP, path)
    assert (answer.status, answer.kind, answer.body) == (200, "step", BYTES)
    assert answer.headers["content-type"] == "application/json"


@pytest.mark.parametrize(
    ("path", "body"),
    [("/path/5", [5, "nobody", "-"]), ("/path/5?q=x&name=Ann", [5, "Ann", "x"])],
)
def test_views_have_parameters_and_dependencies(path: str, body: list[Any]) -> None:
    assert get(APP, path).json == body


@pytest.mark.parametrize("path", ["/values", "/default"])
def test_a_submission_is_a_dependency(path: str) -> None:
    assert post(APP, path, {"a": [1]}).json == {"a": [1]}
    refused = call(APP, "POST", path, b"{", {"content-type": "application/json"})
    assert (refused.status, list(refused.json)) == (400, ["error"])
    cut = call(APP, "POST", path, b"{}", {"content-type": "application/json"}, complete=False)
    assert (cut.status, cut.json) == (400, {"error": "expected the whole body, got a part of it"})


def test_a_client_cannot_change_the_size_limit() -> None:
    assert post(APP, "/values?max_bytes=1", {"a": 1}).json == {"a": 1}
    assert post(APP, "/small", [1]).json == [1]
    answer = post(APP, "/small?max_bytes=100", [1, 2, 3, 4])
    assert (answer.status, answer.json) == (413, {"error": "expected at most 8 bytes"})
    document = APP.openapi()["paths"]
    assert [one for path in ("/values", "/default", "/small", "/upload") for one in document[path]["post"]] == [
        "summary",
        "operationId",
        "responses",
    ] * 4


def test_a_limit_below_0_is_refused_where_the_dependency_is_made() -> None:
    with pytest.raises(ValueError, match=r"^max_bytes: expected 0 bytes or more, got -1$"):
        submitted(max_bytes=-1)


def test_an_upload_is_a_dependency() -> None:
    body, content_type = multipart([("photo", "a.png", "image/png", b"12345")])
    assert call(APP, "POST", "/upload", body, {"content-type": content_type}).json == {"token": "a.png 5"}
    body, content_type = multipart([("photo", "a.png", "image/png", b"12345678901")])
    answer = call(APP, "POST", "/upload", body, {"content-type": content_type})
    assert (answer.status, answer.json) == (413, {"validation": {"photo": "Choose a file of at most 10 bytes."}})


def test_a_response_of_the_framework_is_not_changed() -> None:
    answer = get(APP, "/own")
    assert (answer.status, answer.kind, answer.body) == (201, "step", BYTES)


def test_a_submission_error_is_answered_by_the_endpoint() -> None:
    answer = post(APP, "/router/refused", {})
    assert (answer.status, answer.json) == (422, {"validation": {"name": "Your name, please."}})


def test_a_sync_view_runs_in_a_thread() -> None:
    app = FastAPI()
    threads: list[threading.Thread] = []

    @app.get("/sync")
    @endpoint
    def sync() -> FlowResponse:
        threads.append(threading.current_thread())
        return server.no_op()

    @app.get("/async")
    @endpoint
    async def later() -> FlowResponse:
        threads.append(threading.current_thread())
        return server.no_op()

    get(app, "/sync")
    get(app, "/async")
    assert [thread is threading.main_thread() for thread in threads] == [False, True]


@pytest.mark.parametrize("is_async", [False, True])
def test_starlette_passes_the_request(is_async: bool) -> None:
    def sync(request: Request) -> FlowResponse:
        return server.exit(request.method)

    async def later(request: Request) -> FlowResponse:
        return server.exit(request.method)

    app = Starlette(routes=[Route("/", endpoint(later if is_async else sync))])
    assert get(app, "/").json == "GET"


# -- the OpenAPI document ---------------------------------------------------------------------------------------------


def responses_of(app: FastAPI, path: str, method: str = "get") -> dict[str, Any]:
    """Return the schemas of the responses of a view, by status."""
    responses = app.openapi()["paths"][path][method]["responses"]
    return {status: one["content"]["application/json"]["schema"] for status, one in responses.items()}


STEP_SCHEMA = {"$ref": "#/components/schemas/Step"}
ERROR_SCHEMA = {"$ref": "#/components/schemas/ErrorResponseBody"}


def test_the_openapi_document_describes_the_steps() -> None:
    assert responses_of(APP, "/sync") == {"200": STEP_SCHEMA}
    assert responses_of(APP, "/unannotated") == {"200": {}}
    assert responses_of(APP, "/values", "post") == {"200": {}}
    assert responses_of(APP, "/own") == {"200": {}}
    assert responses_of(APP, "/router/step") == {"200": STEP_SCHEMA, "4XX": ERROR_SCHEMA}
    assert responses_of(APP, "/router/refused", "post") == {"200": STEP_SCHEMA, "4XX": ERROR_SCHEMA}
    operation = APP.openapi()["paths"]["/sync"]["get"]
    assert (operation["summary"], operation["description"]) == ("Sync", "Show the first step.")
    assert {"Step", "ErrorResponseBody", "HeadingLayout"} <= set(APP.openapi()["components"]["schemas"])


def test_the_openapi_document_has_the_parameters() -> None:
    parameters = APP.openapi()["paths"]["/path/{number}"]["get"]["parameters"]
    assert [(one["name"], one["in"], one["schema"]["type"]) for one in parameters] == [
        ("number", "path", "integer"),
        ("q", "query", "string"),
        ("name", "query", "string"),
    ]


# -- response classes -------------------------------------------------------------------------------------------------


def test_a_response_class_needs_no_endpoint() -> None:
    app = FastAPI()

    @app.get("/step", response_class=StepResponse)
    def step() -> Step:
        return STEP

    @app.get("/unannotated", response_class=StepResponse)
    async def unannotated():  # type: ignore[no-untyped-def]
        return STEP

    @app.get("/action", response_class=ActionResponse)
    def action() -> ActionResponseBody:
        return ActionResponseBody(action=Action(url="/next"))

    @app.get("/modal", response_class=ModalResponse)
    def modal() -> ModalResponseBody:
        return ModalResponseBody(content=[HeadingLayout(text="x")])

    @app.get("/no-op", response_class=NoOpResponse)
    def no_op() -> NoOpResponseBody:
        return NoOpResponseBody()

    @app.get("/exit", response_class=ExitResponse)
    def exit() -> dict[str, Any]:
        return {"paid": True}

    @app.get("/error", response_class=ErrorResponse)
    def error() -> ErrorResponseBody:
        return ErrorResponseBody(error="No.")

    answers = {path: get(app, path) for path in ("/step", "/unannotated", "/action", "/modal", "/no-op", "/exit")}
    assert {path: (answer.status, answer.kind) for path, answer in answers.items()} == {
        "/step": (200, "step"),
        "/unannotated": (200, "step"),
        "/action": (200, "action"),
        "/modal": (200, "modal"),
        "/no-op": (200, "no-op"),
        "/exit": (200, "exit"),
    }
    assert answers["/step"].body == answers["/unannotated"].body == BYTES
    assert answers["/action"].body == server.action(Action(url="/next")).body
    assert answers["/exit"].json == {"paid": True}
    refused = get(app, "/error")
    assert (refused.status, refused.kind, refused.json) == (422, None, {"error": "No."})
    assert responses_of(app, "/step") == {"200": STEP_SCHEMA}
    assert responses_of(app, "/action") == {"200": {"$ref": "#/components/schemas/ActionResponseBody"}}
    assert responses_of(app, "/error") == {"422": ERROR_SCHEMA}


def test_a_response_class_takes_its_body() -> None:
    launch = UnknownLaunchConfig(type="other")
    given = [
        (
            SubflowResponse(SubflowResponseBody(launch_config=launch, referrer_id="r")),
            server.subflow(launch, "r"),
        ),
        (StepResponse(STEP), server.step(STEP)),
        (ActionResponse(ActionResponseBody(action=Action(url="/"))), server.action(Action(url="/"))),
        (ModalResponse(ModalResponseBody(content=[])), server.modal([])),
        (NoOpResponse(NoOpResponseBody()), server.no_op()),
        (ExitResponse({"a": 1}), server.exit({"a": 1})),
        (ErrorResponse(ErrorResponseBody(error="No."), 404), server.error("No.", status=404)),
    ]
    for response, answer in given:
        assert (response.status_code, response.body) == (answer.status, answer.body)
        assert response.headers["content-type"] == "application/json"
        assert response.headers.get("x-df-response-type") == answer.headers.get("X-DF-Response-Type")
    assert StepResponse(STEP, headers={"ETag": '"1"'}).headers["etag"] == '"1"'


@pytest.mark.parametrize(
    ("response", "content", "text"),
    [
        (StepResponse, None, "StepResponse: expected a Step, got None"),
        (
            StepResponse,
            Step.build(),
            "StepResponse: expected a Step, got a StepBuilder; write .built to get the finished object",
        ),
        (
            ActionResponse,
            Action(url="/"),
            "ActionResponse: expected an ActionResponseBody, got an Action; write ActionResponseBody(action=…)",
        ),
        (ErrorResponse, "No.", "ErrorResponse: expected an ErrorResponseBody, got 'No.'"),
    ],
)
def test_a_response_class_refuses_another_body(response: Any, content: Any, text: str) -> None:
    with pytest.raises(TypeError) as refused:
        response(content)
    assert str(refused.value) == text


def test_a_response_class_refuses_invalid_json() -> None:
    assert StepResponse(to_dict(STEP)).body == BYTES
    with pytest.raises(WireError) as refused:
        StepResponse({"layout": [{"type": "heading"}]})
    assert str(refused.value) == "layout[0].text: missing"
    with pytest.raises(ValueError, match=r"^result.a: expected a JSON value, got an object$"):
        ExitResponse({"a": object()})


# -- wrong turns ------------------------------------------------------------------------------------------------------

ADVICE = (
    "a view that returns a FlowResponse needs an endpoint; "
    "write @endpoint of stepdsl.server.starlette below @app.get(…) or @app.post(…)"
)


def test_a_route_without_endpoint_is_refused_by_its_annotation() -> None:
    app = FastAPI()
    with pytest.raises(TypeError) as refused:

        @app.get("/")
        def start() -> FlowResponse: ...

    assert str(refused.value) == ADVICE


def test_a_route_without_endpoint_and_annotation_is_reported_at_the_first_request() -> None:
    app = FastAPI()

    @app.get("/")
    def start():  # type: ignore[no-untyped-def]
        return server.step(STEP)

    with pytest.raises(ValueError, match="FlowResponse") as refused:
        get(app, "/")
    reason, *_ = refused.value.args[0]
    assert (type(reason), str(reason)) == (TypeError, ADVICE)


APPLICATIONS: dict[str, Any] = {
    "app": FastAPI(),
    "router": APIRouter(),
}


@pytest.mark.parametrize("name", APPLICATIONS)
def test_an_endpoint_above_the_route_is_refused(name: str) -> None:
    bank: Any = type(APPLICATIONS[name])()
    with pytest.raises(TypeError) as refused:

        @endpoint
        @bank.get("/")
        def start() -> Step: ...

    assert str(refused.value) == (
        "view start: endpoint has no effect, because the view is a route of bank already; "
        "write @endpoint below @bank.get(…) or @bank.post(…)"
    )


MODULE_APP = Starlette()


def module_view(request: Request) -> Step:
    return STEP


MODULE_APP.router.routes.append(Route("/", module_view))


def test_a_route_of_an_application_of_the_module_is_found() -> None:
    with pytest.raises(TypeError) as refused:
        endpoint(module_view)
    assert str(refused.value) == (
        "view module_view: endpoint has no effect, because the view is a route of MODULE_APP already; "
        "write @endpoint below @MODULE_APP.get(…) or @MODULE_APP.post(…)"
    )


class Model(BaseModel, extra="forbid"):
    name: str


def test_a_view_with_another_annotation_is_refused() -> None:
    with pytest.raises(TypeError) as refused:

        @endpoint  # type: ignore[arg-type]
        def start() -> Model: ...

    assert str(refused.value) == (
        "view start: expected a FlowResponse or a Step as its return annotation, got Model; "
        "write server.step(…) or another function of stepdsl.server"
    )


def test_a_view_that_returns_something_else_is_reported() -> None:
    app = FastAPI()

    @app.get("/")
    @endpoint
    def start():  # type: ignore[no-untyped-def]
        return {"id": "x"}

    with pytest.raises(TypeError) as refused:
        get(app, "/")
    assert str(refused.value) == (
        "view start: expected a FlowResponse or a Step, got a dict; "
        "write server.step(from_dict(…)) for a step, server.exit(…) for a result"
    )


# -- errors -----------------------------------------------------------------------------------------------------------


def test_an_error_of_a_dependency_is_no_server_error_without_install() -> None:
    app = FastAPI()

    @app.post("/")
    @endpoint
    def start(values: Values) -> FlowResponse: ...

    answer = post(app, "/", [[[[[[]]]]]] * 300_000)
    assert (answer.status, answer.json) == (413, {"detail": "expected at most 1048576 bytes"})


def test_fastapi_errors_have_bodies_for_clients() -> None:
    app = FastAPI()
    install(app)

    @app.post("/model")
    @endpoint
    def with_model(model: Model) -> FlowResponse: ...

    @app.get("/number/{number}")
    @endpoint
    def with_number(number: int) -> FlowResponse: ...

    @app.get("/raised")
    @endpoint
    def raised() -> FlowResponse:
        raise HTTPException(401, {"reason": "x"}, {"WWW-Authenticate": "Bearer"})

    @app.get("/surrogate")
    @endpoint
    def surrogate() -> FlowResponse:
        raise HTTPException(404, "no \ud800")

    def refuse() -> None:
        raise SubmissionError(409, "already paid")

    @app.get("/dependency", dependencies=[Depends(refuse)])
    @endpoint
    def dependency() -> FlowResponse: ...

    answer = post(app, "/model", {"name": 5})
    assert (answer.status, answer.json) == (422, {"validation": {"name": "Input should be a valid string"}})
    answer = get(app, "/number/x")
    assert (answer.status, list(answer.json)) == (422, ["error"])
    assert answer.json["error"].startswith("path.number: Input should be a valid integer")
    answer = call(app, "POST", "/model", b"{", {"content-type": "application/json"})
    assert (answer.status, answer.json) == (422, {"error": "body[1]: JSON decode error"})
    answer = call(app, "POST", "/model", b'{"\\ud800": 1}', {"content-type": "application/json"})
    assert answer.status == 422  # the text depends on the release of pydantic
    answer = get(app, "/surrogate")
    assert (answer.status, answer.json) == (404, {"error": "no ?"})
    answer = get(app, "/raised")
    assert (answer.status, answer.json, answer.headers["www-authenticate"]) == (
        401,
        {"error": "Unauthorized"},
        "Bearer",
    )
    answer = get(app, "/dependency")
    assert (answer.status, answer.json) == (409, {"error": "already paid"})


@pytest.mark.parametrize("app", [FastAPI(), Starlette()])
def test_unknown_paths_and_methods_have_bodies_for_clients(app: Any) -> None:
    install(app)
    app.add_route("/y", lambda request: Response(), methods=["GET"])
    answer = get(app, "/unknown")
    assert (answer.status, answer.json) == (404, {"error": "Not Found"})
    answer = call(app, "POST", "/y")
    assert (answer.status, answer.json) == (405, {"error": "Method Not Allowed"})
    assert set(answer.headers["allow"].split(", ")) == {"GET", "HEAD"}


def test_an_exception_below_400_stays_as_it_was() -> None:
    app = FastAPI()
    install(app)

    @app.get("/")
    def start() -> None:
        raise HTTPException(304, headers={"ETag": '"1"'})

    answer = get(app, "/")
    assert (answer.status, answer.body, answer.headers["etag"]) == (304, b"", '"1"')


@pytest.mark.parametrize(
    ("app", "text"),
    [
        (
            APIRouter(),
            "install: expected an application of Starlette or FastAPI, got an APIRouter; "
            "write install(app) for the application that includes it",
        ),
        (
            Router(),
            "install: expected an application of Starlette or FastAPI, got a Router; "
            "write install(app) for the application that includes it",
        ),
        (None, "install: expected an application of Starlette or FastAPI, got None"),
        (FastAPI, "install: expected an application of Starlette or FastAPI, got the class FastAPI"),
    ],
)
def test_install_refuses_what_is_no_application(app: Any, text: str) -> None:
    with pytest.raises(TypeError) as refused:
        install(app)
    assert str(refused.value) == text


def test_install_after_the_first_request_is_refused() -> None:
    app = FastAPI()
    get(app, "/")
    with pytest.raises(TypeError) as refused:
        install(app)
    assert str(refused.value) == (
        "install: the application has answered a request already; write install(app) where app is made"
    )
