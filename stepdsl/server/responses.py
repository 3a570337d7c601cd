"""The answers of a flow's server: one function for each kind of the documented response table.

The functions bear the documentation's names, so they read best through the module: `server.step(…)`, `server.exit(…)`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any, Final, Self

import attrs
from attrs import field, frozen

from stepdsl.core.json import EMPTY, UNSET, JsonValue, convert_string, freeze_json, frozen_dict
from stepdsl.core.messages import article, show
from stepdsl.core.problems import ConversionError
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
from stepdsl.server.field_messages import shaped
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

_EXPOSING: Final = "Access-Control-Expose-Headers"


def _status(status: int) -> int:
    return _expect_status("FlowResponse.status", status, 200)


def _header_fields(headers: Mapping[str, str]) -> Mapping[str, str]:
    """Return headers as an answer keeps them. A line break in one would let its value add headers of its own."""
    _expect(headers, Mapping, "FlowResponse.headers", "a mapping")
    for name, value in headers.items():
        if not _fits(HEADER_NAME, name):
            raise InvalidValueError("FlowResponse.headers", f"expected the name of a header, got {show(name)}")
        if not _fits(HEADER_VALUE, value):
            reason = f"{name}: expected Latin-1 text on one line, got {show(value)}"
            raise InvalidValueError("FlowResponse.headers", reason)
    return frozen_dict(headers)


def _body(body: bytes) -> bytes:
    _expect(body, bytes, "FlowResponse.body", "bytes")
    return body


def _fits(pattern: re.Pattern[str], text: object) -> bool:
    return isinstance(text, str) and pattern.fullmatch(text) is not None


def _no_headers() -> Mapping[str, str]:
    return EMPTY


@frozen
class FlowResponse:
    """An answer of no framework: status, headers and body. The functions of `stepdsl.server` make them.

    One made by hand is checked as well: raises InvalidValueError for a status outside 200 to 599, for what no header
    can hold, and for a body that is no bytes.
    """

    status: int = field(converter=_status)
    """HTTP status code."""
    headers: Mapping[str, str] = field(converter=_header_fields, factory=_no_headers)
    """The headers under their usual spelling. The functions put `Content-Type` there exactly if there is a body."""
    body: bytes = field(default=b"", converter=_body)
    """The body in UTF-8; empty where there is none."""

    @property
    def json(self) -> Any:
        """The body as plain values, for tests; raises WireError where there is none."""
        return parse_json(self.body)

    def expose_headers(self) -> Self:
        """Return the answer with leave for web clients of another origin to read the response type and the ETag.

        Clients of the same origin and native ones have no need of it. What the answer exposes already stays exposed;
        other CORS headers are the framework's business.
        """
        told = next((value for name, value in self.headers.items() if name.lower() == _EXPOSING.lower()), "")
        names = [name for part in told.split(",") if (name := part.strip())]
        known = {name.lower() for name in names}
        names += [name for name in (TYPE_HEADER, "ETag") if name.lower() not in known]
        return self.with_headers({_EXPOSING: ", ".join(names)})

    def with_headers(self, headers: Mapping[str, str]) -> Self:
        """Return the answer with these headers besides, or in place of those of the same names.

        Raises InvalidValueError for what no header can hold.
        """
        added = _header_fields(headers)
        names = {name.lower() for name in added}
        kept = {name: value for name, value in self.headers.items() if name.lower() not in names}
        return attrs.evolve(self, headers={**kept, **added})


# -- what moves a flow on -------------------------------------------------------------------------------------------


def step(step: Step, *, etag: bool | str = False) -> FlowResponse:
    """Answer with the next step, or with the same one anew.

    `etag`: True adds an entity tag made from the step's bytes, a string is taken as the tag; the client then sends it
    with the next refresh, see `refreshed`. Raises InvalidValueError for anything but a Step, or for a useless tag.
    """
    _expect(step, Step, "step")
    text = dumps(step)
    if etag is False:
        return _typed("step", text)
    return _tagged(text, tag_of(text) if etag is True else quoted(etag))


def refreshed(step: Step, if_none_match: str | None, *, etag: str | None = None) -> FlowResponse:
    """Answer a refresh: with the step and its entity tag, or with 304 where the client has that very version.

    `if_none_match`: the request's header of that name, None without it. `etag`: a tag of your own in place of one made
    from the step's bytes. Raises InvalidValueError as `step` does.
    """
    _expect(step, Step, "step")
    text = "" if etag is not None else dumps(step)  # a tag of one's own may spare the writing
    tag = tag_of(text) if etag is None else quoted(etag)
    return not_modified(tag) if matches(if_none_match, tag) else _tagged(text or dumps(step), tag)


def action(action: Action) -> FlowResponse:
    """Answer with an action that the client performs at once; it submits nothing but the action's own data."""
    return _performing(action)


def exit(result: JsonValue = UNSET) -> FlowResponse:
    """End the flow with a result, usually an object; without one with an empty object.

    The `result` of the action that the client has performed wins over it. Raises InvalidValueError for what is no JSON.
    """
    return _typed("exit", encode_json(_frozen("result", {} if result is UNSET else result)))


def modal(content: Sequence[Layout]) -> FlowResponse:
    """Show layouts in a modal on the current step (core2)."""
    return _typed("modal", dumps(ModalResponseBody(content=content)))


def no_op() -> FlowResponse:
    """Have the client do nothing: the step stays as it is (core2)."""
    return _typed("no-op", dumps(NoOpResponseBody()))


def subflow(
    launch_config: LaunchConfig,
    referrer_id: str,
    *,
    result_key: str | None = None,
    on_completion: Behavior | None = None,
    on_error: Behavior | None = None,
) -> FlowResponse:
    """Begin a subflow (core2); the arguments are the properties of `SubflowResponseBody`."""
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
    """Refuse a request, with a message for the user, messages of single fields, or both.

    - `validation`: messages under dotted paths (`address.city`, `children[0].name`), or nested in the shape of what was
      submitted. With `step` each path has to lead to a field of its schemas.
    - `refresh_url`: the client fetches the step anew from there and shows the errors on it.
    - `status`: 400 to 599.

    Raises InvalidValueError for a path that leads nowhere, for a message that is no string, for another status.
    """
    status = _expect_status("status", status, 400)
    if step is not None:
        _expect(step, Step, "step")
    body = ErrorResponseBody(
        error=None if message is None else _text("message", message),
        refresh_url=None if refresh_url is None else _text("refresh_url", refresh_url),
        validation=UNSET if validation is None else shaped(validation, step),
        analytics=analytics,
    )
    return _json_response(dumps(body), status)


# -- polling --------------------------------------------------------------------------------------------------------


def still_waiting() -> FlowResponse:
    """Have a polling client go on: 204 without a body, which clients of both generations understand."""
    return FlowResponse(204)


def progress(action: Action) -> FlowResponse:
    """End the polling with an action, as clients of both generations understand it: by body and by header.

    core2 clients also take `step` and `exit` from a polling endpoint; those of the core generation only an action.
    """
    return _performing(action)


# -- single fields --------------------------------------------------------------------------------------------------


def persisted(id_property: str, value: JsonValue) -> FlowResponse:
    """Answer a persist-async request: `value` is what the step submits in place of what was sent.

    `id_property`: the one of the `PersistAsync`. To refuse the value: `error(validation={param: message})`.
    """
    return _json_response(encode_json({_text("id_property", id_property): _frozen("value", value)}))


def valid(message: str | None = None) -> FlowResponse:
    """Accept the value of a validate-async request, with a message for the user or without."""
    if message is None:
        return FlowResponse(204)
    return _json_response(encode_json({"message": _text("message", message)}))


def invalid(message: str) -> FlowResponse:
    """Refuse the value of a validate-async request. The user can submit it all the same: check it again then."""
    return _json_response(encode_json({"message": _text("message", message)}), 422)


# -- the rest -------------------------------------------------------------------------------------------------------


def search_results(results: Sequence[AnySearchResult]) -> FlowResponse:
    """Answer a search; for no results the client shows the layout's `empty_message`."""
    return _json_response(dumps(SearchResponseBody(results=results)))


def not_modified(etag: str | None = None) -> FlowResponse:
    """Answer a refresh with 304: the client keeps the step that it has. `refreshed` knows when."""
    return FlowResponse(304, {} if etag is None else {"ETag": quoted(etag)})


# -- how they are made ----------------------------------------------------------------------------------------------


def _typed(kind: str, text: str) -> FlowResponse:
    return _json_response(text, headers={TYPE_HEADER: kind})


def _tagged(text: str, etag: str) -> FlowResponse:
    return _json_response(text, headers={TYPE_HEADER: "step", "ETag": etag})


def _performing(action: Action) -> FlowResponse:
    _expect(action, Action, "action")
    return _typed("action", dumps(ActionResponseBody(action=action)))


def _json_response(text: str, status: int = 200, headers: Mapping[str, str] = EMPTY) -> FlowResponse:
    return FlowResponse(status, {"Content-Type": "application/json", **headers}, text.encode())


def _expect(given: object, cls: type[Any], path: str, what: str = "") -> None:
    if not isinstance(given, cls):
        raise InvalidValueError(path, f"expected {what or article(cls.__qualname__)}, got {show(given)}")


def _expect_status(path: str, status: object, least: int) -> int:
    if not isinstance(status, int) or isinstance(status, bool) or not least <= status <= 599:
        raise InvalidValueError(path, f"expected {least} to 599, got {show(status)}")
    return int(status)


def _frozen(name: str, value: Any) -> Any:
    try:
        return freeze_json(value)
    except ConversionError as error:
        raise error.as_invalid_value(name) from None


def _text(name: str, value: str) -> str:
    try:
        return convert_string(value)
    except ConversionError as error:
        raise error.as_invalid_value(name) from None
