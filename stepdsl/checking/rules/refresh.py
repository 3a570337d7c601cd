"""Rules for refresh on change, and for other requests while the user fills in a form."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from stepdsl.checking.findings import Severity
from stepdsl.checking.rule import rule
from stepdsl.checking.rules.requests import WITHOUT_BODY
from stepdsl.checking.walk import Problem, Walk
from stepdsl.core.json import UNSET
from stepdsl.core.messages import show
from stepdsl.model.common import PersistAsync, ValidateAsync
from stepdsl.model.features import RefreshOnChange
from stepdsl.model.schemas import ArraySchema, AsyncProperties
from stepdsl.model.step import Step

_FORM: Final = [{"type": "form", "schemaId": "#country"}]
_TRIGGER: Final = {"type": "string", "$id": "#country", "title": "Country", "refreshStepOnChange": True}
_REFRESHED: Final[dict[str, Any]] = {"refreshUrl": "/refresh", "layout": _FORM, "model": {}}
_CHECK: Final = {"method": "POST", "param": "country", "url": "/check"}
_FIELD: Final = {"type": "string", "title": "Country", "refreshStepOnChange": True}
_OPERATIONS: Final = {"persist_async": "persistAsync", "validation_async": "validationAsync"}
"""The names of the properties in Python, and in JSON."""


def _country(**properties: Any) -> list[dict[str, Any]]:
    """Return a list of one object schema with the property `country`."""
    return [{"type": "object", "$id": "#country", "properties": {"country": properties}, "displayOrder": ["country"]}]


@rule(
    "refresh-without-url",
    Severity.ERROR,
    "A step that refreshes on change has a refresh URL.",
    why="When the value of a schema with `refreshStepOnChange` changes, the client sends a request to the "
    "`refreshUrl` of the step. Without a `refreshUrl`, nothing happens.",
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
    "A schema inside a list does not refresh the step.",
    why="According to the documentation, refresh on change is not supported for schemas inside a list.",
    failing={
        **_REFRESHED,
        "schemas": _country(type="array", title="Countries", addItemTitle="Add", editItemTitle="Edit", items=_FIELD),
    },
    passing={
        **_REFRESHED,
        "schemas": _country(
            type="array", title="Countries", addItemTitle="Add", editItemTitle="Edit", items={"type": "string"}
        ),
    },
    on=(RefreshOnChange.RefreshTrigger,),
    given=("refresh_step_on_change",),
)
def _refresh_in_list(refreshes: bool, at: Walk) -> Iterator[Problem]:
    if refreshes and any(isinstance(ancestor, ArraySchema.List) for ancestor in at.ancestors):
        yield Problem(
            "a schema inside a list refreshes the step, which clients do not support",
            "take it out of the list, or leave refreshStepOnChange out",
        )


@rule(
    "several-async-operations",
    Severity.ERROR,
    "A schema has only one background operation.",
    why="The operations are: refresh the step, persist the value, validate the value. According to the documentation, "
    "the behavior of a schema with two or three of them is undefined.",
    failing={**_REFRESHED, "schemas": _country(**_FIELD, validationAsync=_CHECK)},
    passing={"layout": _FORM, "schemas": _country(type="string", title="Country", validationAsync=_CHECK)},
    on=(AsyncProperties,),
    given=tuple(_OPERATIONS),
)
def _several_async_operations(_: Any, at: Walk) -> Iterator[Problem]:
    given = at.owner.__dict__
    done = [wire for name, wire in _OPERATIONS.items() if name in given]
    done += ["refreshStepOnChange"] if given.get("refresh_step_on_change") else []
    if len(done) > 1 and at.field.wire == done[0]:  # report the schema once
        yield Problem(f"the schema has {' and '.join(done)}", "keep one of them")


@rule(
    "refresh-without-model",
    Severity.WARNING,
    "A step that can be refreshed has a model.",
    why="When the client replaces a step with the refreshed step, it does not keep the values of the form. The server "
    "sends the values in the model; otherwise the form is empty. To show an empty form, send an empty model.",
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
    "A request that persists or validates a value uses an HTTP method with a request body.",
    why="The client sends the value in the request body. GET and HEAD requests have no body.",
    failing={
        "layout": _FORM,
        "schemas": _country(type="string", title="Country", validationAsync={**_CHECK, "method": "GET"}),
    },
    passing={"layout": _FORM, "schemas": _country(type="string", title="Country", validationAsync=_CHECK)},
    on=(PersistAsync, ValidateAsync),
    given=("method",),
)
def _method_without_body(method: str, _: Walk) -> Iterator[Problem]:
    if method.upper() in WITHOUT_BODY:
        yield Problem(f"{show(method)} has no body, in which the value is sent", "use POST, or another with a body")
