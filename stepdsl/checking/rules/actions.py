"""Rules for actions: those of components, of behaviors and of search results."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from stepdsl.checking.findings import Severity
from stepdsl.checking.rule import rule
from stepdsl.checking.rules.examples import button
from stepdsl.checking.rules.fields import is_hidden
from stepdsl.checking.rules.requests import WITHOUT_BODY
from stepdsl.checking.walk import Problem, Walk
from stepdsl.core.json import is_object
from stepdsl.core.messages import show
from stepdsl.model.actions import Action
from stepdsl.model.schemas import ConstSchema


@rule(
    "action-without-effect",
    Severity.WARNING,
    "An action has a URL, or it ends the flow.",
    why="The documentation does not say what a client does with an action that neither submits nor exits.",
    failing=button(id="continue"),
    passing=button(id="continue", url="/continue"),
    on=(Action,),
)
def _action_without_effect(action: Action, _: Walk) -> Iterator[Problem]:
    given = action.__dict__
    if "url" not in given and not given.get("exit"):
        yield Problem("the action has no url, and does not exit", "give it a url, or exit: true")


@rule(
    "exit-with-url",
    Severity.WARNING,
    "An action that ends the flow does not also submit.",
    why="The latest documentation advises against actions that both submit and exit. The server can end the flow with "
    "the response header `X-DF-Response-Type: exit`. The core generation does not have this advice.",
    failing=button(url="/done", exit=True),
    passing=button(url="/done"),
    on=(Action,),
    given=("exit",),
    generations=(None, "core2"),
)
def _exit_with_url(exits: bool, at: Walk) -> Iterator[Problem]:
    if exits and "url" in at.owner.__dict__:
        yield Problem(
            "the action submits and exits", "leave exit out, and have the server answer X-DF-Response-Type: exit"
        )


@rule(
    "get-with-data",
    Severity.WARNING,
    "An action with data uses an HTTP method with a request body.",
    why="The client merges the data into the request body. GET and HEAD requests have no body.",
    failing=button(url="/plans", method="GET", data={"plan": 1}),
    passing=button(url="/plans", method="POST", data={"plan": 1}),
    on=(Action,),
    given=("data",),
)
def _get_with_data(_: Any, at: Walk) -> Iterator[Problem]:
    method = at.owner.__dict__.get("method")
    if method is not None and method.upper() in WITHOUT_BODY:
        yield Problem(f"{show(method)} has no body, in which the data is sent", "use POST, or put it into the url")


def _plan(**data: Any) -> dict[str, Any]:
    """Return a step with a form for the property `plan`, and a button whose action has data."""
    plan = {"type": "string", "title": "Plan"}
    action = {"url": "/plans", "method": "POST", "data": data}
    return {
        "layout": [
            {"type": "form", "schemaId": "#plans"},
            {"type": "button", "title": "Continue", "action": action},
        ],
        "schemas": [{"type": "object", "$id": "#plans", "properties": {"plan": plan}, "displayOrder": ["plan"]}],
    }


@rule(
    "data-over-field",
    Severity.WARNING,
    "The data of an action has no value for a field that the user fills in.",
    why="The client merges the data with the values of the step. The documentation does not say which of two values "
    "with the same name the client submits. The other one is lost.",
    failing=_plan(plan="basic"),
    passing=_plan(source="button"),
    on=(Action,),
    given=("data",),
)
def _data_over_field(data: Any, at: Walk) -> Iterator[Problem]:
    if not is_object(data) or "url" not in at.owner.__dict__:
        return
    fields = at.shape.properties
    for name in data:
        if any(not is_hidden(field) and not isinstance(field, ConstSchema) for field in fields.get(name, ())):
            yield Problem(f"a field of the step is named {show(name)} too", "use another name", (name,))


@rule(
    "action-without-method",
    Severity.HINT,
    "A step for the core generation has a method in each action that submits.",
    why="According to the documentation, clients use POST for an action without a method. Older web clients use GET. "
    "If your flow must work in these clients, give the method.",
    failing=button(url="/continue"),
    passing=button(url="/continue", method="POST"),
    on=(Action,),
    given=("url",),
    generations=("core",),
)
def _action_without_method(_: str, at: Walk) -> Iterator[Problem]:
    if "method" not in at.owner.__dict__:
        yield Problem("the action has no method: older clients send GET", 'give the method, such as "POST"')
