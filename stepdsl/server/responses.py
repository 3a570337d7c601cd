"""The answers of a flow's server: one function for each kind in the documented response table.

The functions have the names of the documentation. Call them with the module: `server.step(…)`, `server.exit(…)`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any, Final, NoReturn, Self

import attrs
from attrs import field, frozen

from stepdsl.core.arguments import convert, expect, expect_mapping
from stepdsl.core.json import EMPTY, UNSET, JsonValue, convert_string, freeze_json, frozen_dict
from stepdsl.core.messages import counted, show
from stepdsl.errors import InvalidValueError
from stepdsl.headers import HEADER_NAME, HEADER_VALUE, TYPE_HEADER
from stepdsl.model.actions import Action
from stepdsl.model.responses import (
    ActionResponseBody,
    ErrorResponseBody,
    ModalResponseBody,
    NoOpResponseBody,
    SubflowResponseBody,
)
from stepdsl.model.search import SearchResponseBody
from stepdsl.model.step import Step
from stepdsl.model.unions import AnySearchResult, Behavior, LaunchConfig, Layout
from stepdsl.server.etags import matches, quoted, tag_of
from stepdsl.server.field_messages import nest_messages
from stepdsl.server.step_checks import Check, check_sent, expect_check
from stepdsl.wire import dumps, encode_json, parse_json

__all__ = [
    "FlowResponse",
    "action",
    "error",
    "exit",
    "invalid",
    "modal",
    "no_op",
    "not_modified",
    "persisted",
    "progress",
    "refreshed",
    "search_results",
    "step",
    "still_waiting",
    "subflow",
    "valid",
]

_NO_ENDPOINT: Final = (
    "a view that returns a FlowResponse needs an endpoint; "
    "write @endpoint of stepdsl.server.starlette below @app.get(…) or @app.post(…)"
)

_NO_BODY: Final = (204, 205, 304)
"""The statuses of answers that cannot have a body (RFC 9110)."""

_OF_SERVER: Final = frozenset(
    {
        *("connection", "content-length", "keep-alive", "proxy-authenticate", "proxy-authorization", "te"),
        *("trailer", "transfer-encoding", "upgrade"),
    }
)
"""The headers about the connection and the length of the body. A server sets them; from a view they are errors."""

_EXPOSE_HEADERS: Final = "Access-Control-Expose-Headers"


def _status(status: int) -> int:
    return _expect_status("FlowResponse.status", status, 200)


def _header_fields(headers: Mapping[str, str]) -> Mapping[str, str]:
    """Return an immutable copy of the headers. A line break in a value is refused: it could add other headers."""
    expect_mapping("FlowResponse.headers", headers)
    names: dict[str, str] = {}
    for name, value in headers.items():
        if not _fits(HEADER_NAME, name):
            raise InvalidValueError("FlowResponse.headers", f"expected the name of a header, got {show(name)}")
        if name.lower() in _OF_SERVER:
            raise InvalidValueError("FlowResponse.headers", f"{name}: leave it out; the server sets this header")
        other = names.setdefault(name.lower(), name)
        if other != name:
            raise InvalidValueError("FlowResponse.headers", f"{name}: given twice, also as {other}")
        if not _fits(HEADER_VALUE, value):
            reason = f"{name}: expected Latin-1 text on one line, got {show(value)}"
            raise InvalidValueError("FlowResponse.headers", reason)
    return frozen_dict(headers)


def _body(body: bytes) -> bytes:
    expect("FlowResponse.body", body, bytes, "bytes")
    return body


def _fits(pattern: re.Pattern[str], text: object) -> bool:
    return isinstance(text, str) and pattern.fullmatch(text) is not None


def _no_headers() -> Mapping[str, str]:
    return EMPTY


@frozen
class FlowResponse:
    """An answer: status, headers and body. It does not depend on a framework.

    The functions of `stepdsl.server` return it. You can also create one directly. Raises InvalidValueError for

    - a status outside 200 to 599,
    - an invalid header, one that is given twice, and one that the server sets, such as `Content-Length`,
    - a body that is not bytes, and a body with the status 204, 205 or 304.
    """

    status: int = field(converter=_status)
    """HTTP status code."""
    headers: Mapping[str, str] = field(converter=_header_fields, factory=_no_headers)
    """The headers. The functions of `stepdsl.server` set `Content-Type` if there is a body, and only then."""
    body: bytes = field(default=b"", converter=_body)
    """The body in UTF-8; empty if there is none."""

    def __attrs_post_init__(self) -> None:
        """Raise InvalidValueError for a body with a status that has none."""
        if self.body and self.status in _NO_BODY:
            count = counted(len(self.body), "byte")
            raise InvalidValueError("FlowResponse.body", f"expected none with the status {self.status}, got {count}")

    # FastAPI does these two with the result of a view that has no endpoint. They make its error one clear line.

    @classmethod
    def __get_pydantic_core_schema__(cls, source: object, handler: object) -> NoReturn:
        """Raise TypeError: pydantic and FastAPI cannot use the class as a type."""
        raise TypeError(_NO_ENDPOINT)

    def __iter__(self) -> NoReturn:
        """Raise TypeError: an answer has no items."""
        raise TypeError(_NO_ENDPOINT)

    @property
    def json(self) -> Any:
        """The body as plain values, for tests. Raises WireError if there is no body."""
        return parse_json(self.body)

    def expose_headers(self) -> Self:
        """Return a copy that allows web clients of another origin to read the response type and the ETag.

        Clients of the same origin and native clients do not need it. Headers that are already exposed stay exposed.
        Set the other CORS headers with your framework.
        """
        exposed = next((value for name, value in self.headers.items() if name.lower() == _EXPOSE_HEADERS.lower()), "")
        names = [name for part in exposed.split(",") if (name := part.strip())]
        known = {name.lower() for name in names}
        names += [name for name in (TYPE_HEADER, "ETag") if name.lower() not in known]
        return self.with_headers({_EXPOSE_HEADERS: ", ".join(names)})

    def with_headers(self, headers: Mapping[str, str]) -> Self:
        """Return a copy with these headers added. They replace headers with the same names.

        Raises InvalidValueError for an invalid name or value of a header.
        """
        added = _header_fields(headers)
        names = {name.lower() for name in added}
        kept = {name: value for name, value in self.headers.items() if name.lower() not in names}
        return attrs.evolve(self, headers={**kept, **added})


# -- steps, actions, errors, and the end of the flow ----------------------------------------------------------------


def step(step: Step, *, etag: bool | str = False, check: Check = None) -> FlowResponse:
    """Answer with the next step, or again with the same step.

    - `etag`: True adds an entity tag made from the step's bytes. A string is used as the tag. The client sends the tag
      with the next refresh, see `refreshed`.
    - `check`: True logs the findings of `stepdsl.check` for this step, in the log `stepdsl.server`. `"core"` and
      `"core2"` are for the rules of this generation too. A step that is sent again is not checked again. By default,
      the environment variable `STEPDSL_CHECK` with the values `1`, `core` and `core2` does this for all steps.

    Raises InvalidValueError if `step` is not a Step, for an invalid tag, and for another value of `check`.
    """
    expect("step", step, Step)
    text = dumps(step)
    check_sent(step, text, check)
    if etag is False:
        return _typed("step", text)
    return _tagged(text, tag_of(text) if etag is True else quoted(etag))


def refreshed(step: Step, if_none_match: str | None, *, etag: str | None = None, check: Check = None) -> FlowResponse:
    """Answer a refresh: with the step and its entity tag, or with 304 if the client already has this version.

    - `if_none_match`: the value of the request's If-None-Match header, None without it.
    - `etag`: your own tag, instead of the tag made from the step's bytes.
    - `check`: as for `server.step`. A step that is not sent is not checked.

    Raises InvalidValueError if `step` is not a Step, for an invalid tag, for another value of `check`, and if
    `if_none_match` is not a string.
    """
    expect("step", step, Step)
    expect_check(check)
    text = "" if etag is not None else dumps(step)  # with a given tag, the JSON may not be needed
    tag = tag_of(text) if etag is None else quoted(etag)
    if matches(if_none_match, tag):
        return not_modified(tag)
    text = text or dumps(step)
    check_sent(step, text, check)
    return _tagged(text, tag)


def action(action: Action) -> FlowResponse:
    """Answer with an action. The client performs it immediately and submits only the data of the action.

    Raises InvalidValueError if `action` is not an Action.
    """
    return _performing(action)


def exit(result: JsonValue = UNSET) -> FlowResponse:
    """End the flow with a result, usually an object. Without `result`, the body is an empty object.

    If the action that the client performed also has a `result`, the client merges the two. The values of the action
    have priority. Raises InvalidValueError for a value that is not JSON.
    """
    return _typed("exit", encode_json(convert("result", {} if result is UNSET else result, freeze_json)))


def modal(content: Sequence[Layout]) -> FlowResponse:
    """Show layouts in a modal on the current step (core2).

    Raises InvalidValueError if `content` is not a list of Layouts.
    """
    return _typed("modal", dumps(ModalResponseBody(content=content)))


def no_op() -> FlowResponse:
    """Answer that the client does nothing: the step does not change (core2)."""
    return _typed("no-op", dumps(NoOpResponseBody()))


def subflow(
    launch_config: LaunchConfig,
    referrer_id: str,
    *,
    result_key: str | None = None,
    on_completion: Behavior | None = None,
    on_error: Behavior | None = None,
) -> FlowResponse:
    """Begin a subflow (core2). The arguments are the properties of `SubflowResponseBody`.

    Raises InvalidValueError for an argument with the wrong type.
    """
    body = SubflowResponseBody(
        launch_config=launch_config,
        referrer_id=referrer_id,
        result_key=result_key,
        on_completion=on_completion,
        on_error=on_error,
    )
    return _typed("subflow", dumps(body))


def error(
    message: str | None = None,
    validation: Mapping[str, Any] | None = None,
    refresh_url: str | None = None,
    *,
    status: int = 422,
    step: Step | None = None,
    analytics: Mapping[str, str] | None = None,
) -> FlowResponse:
    """Refuse a request, with a message for the user, with messages for single fields, or with both.

    - `validation`: messages for fields. The keys are dotted paths (`address.city`, `children[0].name`), or the mapping
      is nested like the submission. With `step`, each path must lead to a field of the step's schemas.
    - `refresh_url`: the client fetches the step again from this URL and shows the errors on it.
    - `status`: 400 to 599.

    Raises InvalidValueError for an invalid path, a path without a field, a message that is not a string, another
    status, and for any other argument with the wrong type.
    """
    status = _expect_status("status", status, 400)
    if step is not None:
        expect("step", step, Step)
    body = ErrorResponseBody(
        error=None if message is None else convert("message", message, convert_string),
        refresh_url=None if refresh_url is None else convert("refresh_url", refresh_url, convert_string),
        validation=UNSET if validation is None else nest_messages(validation, step),
        analytics=analytics,
    )
    return _json_response(dumps(body), status)


# -- polling --------------------------------------------------------------------------------------------------------


def still_waiting() -> FlowResponse:
    """Answer that the client continues to poll: 204 without a body. Clients of both generations understand it."""
    return FlowResponse(204)


def progress(action: Action) -> FlowResponse:
    """End the polling with an action. Clients of both generations understand it: it is in the body and in the header.

    A polling endpoint can also answer core2 clients with `step` and `exit`. Clients of core accept only an action.
    Raises InvalidValueError if `action` is not an Action.
    """
    return _performing(action)


# -- single fields --------------------------------------------------------------------------------------------------


def persisted(id_property: str, value: JsonValue) -> FlowResponse:
    """Answer a persist-async request. The step later submits `value` instead of the original value.

    `id_property`: the `id_property` of the `PersistAsync`. To refuse the value: `error(validation={param: message})`.
    Raises InvalidValueError if `id_property` is not a string, or if `value` is not JSON.
    """
    name = convert("id_property", id_property, convert_string)
    return _json_response(encode_json({name: convert("value", value, freeze_json)}))


def valid(message: str | None = None) -> FlowResponse:
    """Accept the value of a validate-async request. The message for the user is optional.

    Raises InvalidValueError if `message` is not a string.
    """
    if message is None:
        return FlowResponse(204)
    return _json_response(encode_json({"message": convert("message", message, convert_string)}))


def invalid(message: str) -> FlowResponse:
    """Refuse the value of a validate-async request. The user can still submit it: check it again after submission.

    Raises InvalidValueError if `message` is not a string.
    """
    return _json_response(encode_json({"message": convert("message", message, convert_string)}), 422)


# -- other answers ----------------------------------------------------------------------------------------------------


def search_results(results: Sequence[AnySearchResult]) -> FlowResponse:
    """Answer a search. If there are no results, the client shows the layout's `empty_message`.

    Raises InvalidValueError if `results` is not a list of search results.
    """
    return _json_response(dumps(SearchResponseBody(results=results)))


def not_modified(etag: str | None = None) -> FlowResponse:
    """Answer a refresh with 304: the client keeps its step. `refreshed` returns this answer when it is right.

    Raises InvalidValueError for an invalid tag.
    """
    return FlowResponse(304, {} if etag is None else {"ETag": quoted(etag)})


# -- parts of answers -------------------------------------------------------------------------------------------------


def _typed(kind: str, text: str) -> FlowResponse:
    return _json_response(text, headers={TYPE_HEADER: kind})


def _tagged(text: str, etag: str) -> FlowResponse:
    return _json_response(text, headers={TYPE_HEADER: "step", "ETag": etag})


def _performing(action: Action) -> FlowResponse:
    expect("action", action, Action)
    return _typed("action", dumps(ActionResponseBody(action=action)))


def _json_response(text: str, status: int = 200, headers: Mapping[str, str] = EMPTY) -> FlowResponse:
    return FlowResponse(status, {"Content-Type": "application/json", **headers}, text.encode())


def _expect_status(path: str, status: object, least: int) -> int:
    if not isinstance(status, int) or isinstance(status, bool) or not least <= status <= 599:
        raise InvalidValueError(path, f"expected {least} to 599, got {show(status)}")
    return int(status)
