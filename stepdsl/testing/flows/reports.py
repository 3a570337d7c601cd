"""The text of a failure: the step that is shown, the last request and the last answer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

import attrs

from stepdsl.core.json import UNSET
from stepdsl.errors import InvalidValueError
from stepdsl.executor.transport import REDIRECTS, TransportError
from stepdsl.model.step import Step, StepError
from stepdsl.rendering.screen import View, show_view
from stepdsl.server.field_messages import nest_messages
from stepdsl.testing.flows.exchanges import Exchange, describe_answer, reason_of
from stepdsl.testing.flows.state import FlowErrors, FlowState, SessionState
from stepdsl.wire import encode_json, parse_json

__all__ = ["error_lines", "report", "state_text", "view_text"]

_MOST: Final = 2_000
"""The maximum number of characters of a body that are shown."""


def report(message: str, state: FlowState, exchanges: Sequence[Exchange]) -> str:
    """Return a message, and what explains it."""
    parts = [message, state_text(state)]
    if exchanges:
        parts += _exchange(exchanges[-1])
    return "\n\n".join(parts)


def state_text(state: FlowState) -> str:
    """Return what the user sees, as text."""
    lines = [] if state.status is SessionState.OPEN else [f"The flow has ended: {state.status}."]
    screen, errors = state.screen, state.errors
    if state.subflow is not None:
        lines.append("A subflow runs. session.finish_subflow(…) or session.fail_subflow() ends it.")
    if screen is None:
        lines += ["There is no step.", *error_lines(errors)]
    else:
        lines.append(view_text(screen.view, errors))
    return "\n".join(lines)


def view_text(view: View, errors: FlowErrors) -> str:
    """Return what the user sees of a step, with the messages, as text."""
    with_errors = _with_errors(view.step, errors)
    if with_errors is not None:
        return show_view(attrs.evolve(view, step=with_errors))
    return "\n".join([show_view(view), *error_lines(errors)])


def error_lines(errors: FlowErrors) -> list[str]:
    """Return a line for each message."""
    general = [] if errors.message is None else [f"Error: {errors.message}"]
    return [*general, *(f"Error at {path}: {text}" for path, text in errors.fields.items())]


def _with_errors(step: Step, errors: FlowErrors) -> Step | None:
    """Return the step with the messages that the user sees now; None if they cannot be errors of one step."""
    try:
        validation = nest_messages(errors.fields, None) if errors.fields else UNSET
        present = StepError(error=errors.message, validation=validation) if errors else None
        changed: Any = step
        made: Step = attrs.evolve(changed, errors=present)
    except InvalidValueError:
        return None
    return made


def _exchange(exchange: Exchange) -> list[str]:
    request, response = exchange.request, exchange.response
    parts = [f"Last request ({exchange.purpose}): {request.method} {request.url}{_body(request.headers, request.body)}"]
    if response is not None:
        parts.append(f"Last answer: {describe_answer(response)}{_body(response.headers, response.body)}")
    if exchange.error is not None and not isinstance(exchange.error, AssertionError):  # such an error is the message
        parts.append(f"{_what_failed(exchange)}: {reason_of(exchange.error)}")
    elif response is not None and response.status in REDIRECTS:
        parts.append("No further answer: the redirect has no Location")
    return parts


def _what_failed(exchange: Exchange) -> str:
    if exchange.response is None:
        return "No answer"
    return "No further answer" if isinstance(exchange.error, TransportError) else "The application raised"


def _body(headers: Mapping[str, str], body: bytes | None) -> str:
    """Return a body on lines of its own: JSON indented, and other text as it is."""
    if not body:
        return ""
    if headers.get("Content-Type", "").startswith("multipart/"):
        return f"\n({len(body)} bytes of {headers['Content-Type'].partition(';')[0]})"
    try:
        text = encode_json(parse_json(body), indent=2)
    except ValueError:  # no JSON, or a number that JSON cannot have
        text = body.decode("utf-8", "replace")
    return "\n" + (text if len(text) <= _MOST else f"{text[:_MOST]}…")
