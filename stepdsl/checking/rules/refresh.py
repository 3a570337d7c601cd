"""Refresh on change, and other requests that a client makes while the user fills in a form."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from stepdsl.checking.findings import Severity
from stepdsl.checking.rule import rule
from stepdsl.checking.walk import Problem, Walk
from stepdsl.core.json import UNSET
from stepdsl.core.messages import show
from stepdsl.model.features import PersistAsync, RefreshOnChange, ValidateAsync
from stepdsl.model.schemas import ArraySchema, AsyncProperties
from stepdsl.model.step import Step

_FORM: Final = [{"type": "form", "schemaId": "#country"}]
_TRIGGER: Final = {"type": "string", "$id": "#country", "title": "Country", "refreshStepOnChange": True}
_REFRESHED: Final[dict[str, Any]] = {"refreshUrl": "/refresh", "layout": _FORM, "model": {}}
_CHECK: Final = {"method": "POST", "param": "country", "url": "/check"}
_BUSY: Final = ("persist_async", "validation_async")


def _country(**properties: Any) -> list[dict[str, Any]]:
    """Return an object with a property, so that a model that is an object fits."""
    return [{"type": "object", "$id": "#country", "properties": {"country": properties}, "displayOrder": ["country"]}]


_FIELD: Final = {"type": "string", "title": "Country", "refreshStepOnChange": True}


@rule(
    "refresh-without-url",
    Severity.ERROR,
    "A step that refreshes on change has a refresh URL.",
    why="A change of a schema with refreshStepOnChange is sent to the step's `refreshUrl`. Without one nothing "
    "happens.",
    failing={"layout": _FORM, "schemas": _country(**_FIELD)},
    passing={**_REFRESHED, "schemas": _country(**_FIELD)},
    on=(RefreshOnChange.RefreshTrigger,),
    given=("refresh_step_on_change",),
)
def _refresh_without_url(refreshes: bool, at: Walk) -> Iterator[Problem]:
    if refreshes and at.step.refresh_url is None:
        yield Problem(
            "a change refreshes the step, but the step has no refreshUrl", "give the step a refreshUrl, or leave it out"
        )


@rule(
    "refresh-in-list",
    Severity.ERROR,
    "Nothing inside a list refreshes the step.",
    why="Refresh on change is documented as not supported on schemas inside a list.",
    failing={
        **_REFRESHED,
        "schemas": _country(type="array", addItemTitle="Add", editItemTitle="Edit", items=_FIELD),
    },
    passing={
        **_REFRESHED,
        "schemas": _country(type="array", addItemTitle="Add", editItemTitle="Edit", items={"type": "string"}),
    },
    on=(RefreshOnChange.RefreshTrigger,),
    given=("refresh_step_on_change",),
)
def _refresh_in_list(refreshes: bool, at: Walk) -> Iterator[Problem]:
    if refreshes and any(isinstance(around, ArraySchema.List) for around in at.trail):
        yield Problem(
            "a schema inside a list refreshes the step, which clients do not support",
            "take it out of the list, or leave refreshStepOnChange out",
        )


@rule(
    "several-async-operations",
    Severity.ERROR,
    "A schema does one thing in the background.",
    why="What happens if one schema refreshes the step, persists its value and has it validated, or two of "
    "these, is documented as undefined.",
    failing={**_REFRESHED, "schemas": _country(**_FIELD, validationAsync=_CHECK)},
    passing={"layout": _FORM, "schemas": _country(type="string", title="Country", validationAsync=_CHECK)},
    on=(AsyncProperties,),
    given=_BUSY,
)
def _several_async_operations(_: Any, at: Walk) -> Iterator[Problem]:
    given = at.owner.__dict__
    names = [name for name in _BUSY if name in given]
    wires = {"persist_async": "persistAsync", "validation_async": "validationAsync"}
    done = [*(wires[name] for name in names), *(["refreshStepOnChange"] if given.get("refresh_step_on_change") else [])]
    if len(done) > 1 and at.path[-1] == done[0]:  # told once
        yield Problem(f"the schema has {' and '.join(done)}", "keep one of them")


@rule(
    "refresh-without-model",
    Severity.WARNING,
    "A step that can be refreshed brings its model.",
    why="When a step takes the place of the one before, none of its values are carried over: the server has to "
    "send them in the model, or the user finds the form empty. An empty model says that this is meant.",
    failing={"refreshUrl": "/refresh", "layout": _FORM, "schemas": [_TRIGGER]},
    passing={**_REFRESHED, "schemas": _country(**_FIELD)},
    on=(Step,),
    given=("refresh_url",),
)
def _refresh_without_model(_: str, at: Walk) -> Iterator[Problem]:
    if at.step.schemas and at.step.model is UNSET:
        yield Problem(
            "the step can be refreshed, but has no model",
            "send the values that the client has sent, or an empty object if there are none yet",
        )


@rule(
    "method-without-body",
    Severity.ERROR,
    "What persists or validates a value has a method with a body.",
    why="The value is sent in the body of the request. GET and HEAD have none.",
    failing={"layout": _FORM, "schemas": _country(type="string", validationAsync={**_CHECK, "method": "GET"})},
    passing={"layout": _FORM, "schemas": _country(type="string", validationAsync=_CHECK)},
    on=(PersistAsync, ValidateAsync),
    given=("method",),
)
def _method_without_body(method: str, _: Walk) -> Iterator[Problem]:
    if method.upper() in ("GET", "HEAD"):
        yield Problem(f"{show(method)} has no body, in which the value is sent", "use POST, or another with a body")
