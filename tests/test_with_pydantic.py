"""Pydantic and FastAPI take every type as a field or as a return type."""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
from typing import Annotated, Any

import jsonschema
import pydantic
import pytest
from fastapi import Body, FastAPI

from stepdsl import (
    Action,
    BoxLayout,
    Context,
    HeadingLayout,
    Layout,
    ObjectSchema,
    Polling,
    Step,
    StringSchema,
    documented_types,
    dumps,
    json_schema,
    to_dict,
)

STEP = Step(
    id="a",
    title="x",
    layout=[HeadingLayout(text="h", size="lg"), BoxLayout(components=[HeadingLayout(text="i")])],
    schemas=[ObjectSchema(id="#o", properties={"a": StringSchema(min_length=1)})],
    model={"a": "b"},
    polling=Polling(url="/", interval=5, max_attempts=1, on_error=Polling.OnError(action=Action(exit=True))),
)


class Envelope(pydantic.BaseModel):
    """A model of a user that has our types as fields."""

    step: Step
    layouts: list[Layout] = []
    last: Step | None = None
    context: Context = Context.NEUTRAL


# -- pydantic -----------------------------------------------------------------------------------------------------


def test_a_pydantic_model_reads_and_writes_a_step():
    document = {"step": to_dict(STEP), "layouts": [{"type": "heading", "text": "x"}], "context": "warning"}
    envelope = Envelope.model_validate(document)
    assert envelope.step == STEP
    assert envelope.layouts == [HeadingLayout(text="x")]
    assert envelope.context is Context.WARNING
    assert envelope.model_dump(exclude_unset=True) == document
    assert json.loads(envelope.model_dump_json())["step"] == to_dict(STEP)
    assert Envelope.model_validate_json(envelope.model_dump_json()) == envelope


def test_a_pydantic_model_takes_an_object():
    assert Envelope(step=STEP).step is STEP


def test_a_bad_document_is_a_validation_error_with_all_problems():
    with pytest.raises(pydantic.ValidationError) as caught:
        Envelope.model_validate({"step": {"title": 5, "layout": [{"type": "heading"}]}})
    (problem,) = caught.value.errors()
    assert (problem["loc"], problem["type"]) == (("step",), "stepdsl")
    assert problem["msg"] == "title: expected a string, got 5; layout[0].text: missing"


DESCRIBED = ["Step", "Layout", "Schema", "BoxLayout", "Polling", "Polling.OnError", "ArraySchema.Tuple", "Icon.Named"]
"""A step, whose definitions have all types; unions; types that refer to themselves, and types that do not."""


@pytest.mark.parametrize("name", DESCRIBED)
def test_a_type_is_described_as_json_schema_describes_it(name):
    cls = documented_types()[name]
    schema = pydantic.TypeAdapter(cls).json_schema()
    jsonschema.Draft202012Validator.check_schema(schema)
    own, ours = (comparable(s) for s in (resolved(schema), json_schema(cls)))
    assert {key: own[key] for key in ("type", "properties") if key in ours} == {
        key: ours[key] for key in ("type", "properties") if key in ours
    }


def resolved(schema: dict[str, Any]) -> dict[str, Any]:
    if "$ref" not in schema:
        return schema
    found: dict[str, Any] = schema["$defs"][schema["$ref"].removeprefix("#/$defs/")]
    return found


def comparable(part: Any) -> Any:
    """The schema with all references alike, since pydantic names definitions in its own way, and with single types."""
    if isinstance(part, list):
        return [comparable(value) for value in part]
    if not isinstance(part, dict):
        return part
    made = {key: "somewhere" if key == "$ref" else comparable(value) for key, value in part.items()}
    if isinstance(made.get("type"), list):
        first, *others = made.pop("type")
        about = {key: made.pop(key) for key in ("title", "description", "default", "deprecated") if key in made}
        made = {**about, "anyOf": [{**made, "type": first}, *({"type": one} for one in others)]}
    return made


def test_the_schema_of_a_field_accepts_and_refuses_as_loads_does():
    validator = jsonschema.Draft202012Validator(Envelope.model_json_schema())
    assert validator.is_valid({"step": to_dict(STEP)})
    assert not validator.is_valid({"step": {"layout": [{"type": "heading"}]}})
    assert not validator.is_valid({"step": {}, "layouts": [{"type": "box", "components": [{"type": "heading"}]}]})


@pytest.mark.slow
def test_pydantic_is_not_imported_without_need():
    code = "import sys, stepdsl; stepdsl.to_dict(stepdsl.Step(title='x')); print('pydantic' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60)
    assert done.stdout == "False\n"


# -- FastAPI ------------------------------------------------------------------------------------------------------

app = FastAPI()


@app.get("/annotated")
def annotated() -> Step:
    return STEP


@app.get("/not-annotated")
def not_annotated():  # the point: FastAPI has no type to go by
    return STEP


@app.get("/async")
async def asynchronous() -> Step:
    return STEP


@app.get("/list")
def listed() -> list[Layout]:
    return list(STEP.layout)


@app.get("/in-a-dict")
def in_a_dict():
    return {"step": STEP}


@app.post("/envelope")
def envelope(body: Envelope) -> Envelope:
    return body


@app.post("/step")
def posted(step: Annotated[Step, Body()]) -> Step:
    return step


def call(method: str, path: str, body: Any = None) -> tuple[int, bytes]:
    """Send a request to the application, by the ASGI protocol itself; return the status and the body."""
    sent: list[Any] = []
    content = b"" if body is None else json.dumps(body).encode()

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": content, "more_body": False}

    async def send(message: Any) -> None:
        sent.append(message)

    scope = {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": method,
        "path": path,
        "raw_path": path.encode(),
        "query_string": b"",
        "headers": [(b"content-type", b"application/json")],
    }
    asyncio.run(app(scope, receive, send))
    return sent[0]["status"], b"".join(message.get("body", b"") for message in sent[1:])


@pytest.mark.parametrize("path", ["/annotated", "/not-annotated", "/async"])
def test_a_view_that_returns_a_step_answers_with_the_right_json(path):
    status, body = call("GET", path)
    assert (status, body.decode()) == (200, dumps(STEP))


def test_models_inside_other_results_are_written_too():
    assert json.loads(call("GET", "/list")[1]) == to_dict(STEP)["layout"]
    assert json.loads(call("GET", "/in-a-dict")[1]) == {"step": to_dict(STEP)}


def test_a_step_in_a_request_is_read():
    assert call("POST", "/step", to_dict(STEP)) == (200, dumps(STEP).encode())
    status, body = call("POST", "/envelope", {"step": to_dict(STEP)})
    assert (status, json.loads(body)["step"]) == (200, to_dict(STEP))


def test_a_bad_step_in_a_request_is_answered_with_its_problems():
    status, body = call("POST", "/step", {"title": 5})
    assert status == 422
    assert json.loads(body)["detail"][0]["msg"] == "title: expected a string, got 5"


def test_the_open_api_document_has_the_schema_of_a_step():
    status, body = call("GET", "/openapi.json")
    document = json.loads(body)
    assert status == 200
    answer = document["paths"]["/annotated"]["get"]["responses"]["200"]["content"]["application/json"]["schema"]
    schemas = document["components"]["schemas"]
    step = schemas[answer["$ref"].removeprefix("#/components/schemas/")]
    assert step["properties"]["title"]["anyOf"] == [{"type": "string"}, {"type": "null"}]
    references = set(find_references(document))
    assert references <= {f"#/components/schemas/{name}" for name in schemas}
    assert any("HeadingLayout" in name for name in schemas)


def find_references(part: Any) -> list[str]:
    if isinstance(part, list):
        return [found for value in part for found in find_references(value)]
    if not isinstance(part, dict):
        return []
    own = [part["$ref"]] if isinstance(part.get("$ref"), str) else []
    return own + [found for value in part.values() for found in find_references(value)]
