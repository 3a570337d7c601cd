"""The polling of a step, by the executor."""

from __future__ import annotations

from stepdsl.core.json import UNSET, is_object
from stepdsl.core.messages import show
from stepdsl.errors import WireError
from stepdsl.executor import Exited, Failed, NextStep, PollingExecutor, Trigger, Unhandled
from stepdsl.executor.transport import TransportError
from stepdsl.headers import TYPE_HEADER
from stepdsl.model.step import Step
from stepdsl.testing.flows.answers import GENERIC_MESSAGE, ShowErrors, errors_of
from stepdsl.testing.flows.errors import ImpossibleMoveError
from stepdsl.testing.flows.exchanges import Exchange, describe_answer
from stepdsl.testing.flows.flow import Flow
from stepdsl.testing.flows.violations import ViolationError

__all__ = ["poll"]


def poll(flow: Flow) -> None:
    """Run the polling of the step that is shown, and follow its outcome.

    The action of its `on_error` submits the current values of the step. Raises ImpossibleMoveError without polling.
    """
    screen = flow.screen
    polling = screen.step.polling
    if polling is None:
        raise ImpossibleMoveError("the step has no polling")
    before = len(flow.sender.exchanges)
    executor = PollingExecutor(
        base_url=flow.base.url,
        http=flow.sender,
        clock=flow.settings.clock,
        headers=dict(flow.settings.headers.values()),
    )
    has_values = bool(screen.step.schemas) or screen.step.model is not UNSET
    model = screen.form.values if has_values else UNSET
    outcome = executor.run(Step(polling=polling, model=model))
    exchanges = flow.sender.exchanges[before:]
    if flow.settings.strict:
        _check(exchanges, outcome.trigger, is_core2=polling.delay is not None, attempts=len(outcome.attempts))
    if outcome.attempts and not exchanges:  # its URL cannot be used
        error = TransportError(outcome.attempts[-1].error)
        flow.sender.add_unsent("poll", "GET", polling.url, None, error)
    match outcome:
        case NextStep(step=following):
            flow.show(following)
        case Exited(result=result):
            flow.finish(result)
        case Unhandled(behavior=behavior):
            flow.press(behavior)
        case _:
            assert isinstance(outcome, Failed), "the executor is only used here, so it is not cancelled"
            _fail(flow, outcome)


def _fail(flow: Flow, outcome: Failed) -> None:
    """Show the error of an action that could not be performed. An answer that does not fit is a failure of the flow."""
    status, body = outcome.status, outcome.body
    if status is not None and status < 300:
        _refuse(flow, outcome.reason)
    elif body is None:
        if status is None:
            flow.sender.explain(TransportError(outcome.reason))
        flow.apply(ShowErrors(GENERIC_MESSAGE, {}))
    else:
        flow.apply(errors_of(body))


def _refuse(flow: Flow, reason: str) -> None:
    if flow.settings.strict:
        is_unknown = reason.startswith(TYPE_HEADER)
        raise ViolationError("known-type" if is_unknown else "body-of-type", reason)
    flow.fail(reason)


def _check(exchanges: list[Exchange], trigger: Trigger, *, is_core2: bool, attempts: int) -> None:
    """Raise ViolationError for an answer to polling that a client takes for an error."""
    for exchange in exchanges[:attempts]:
        response = exchange.response
        if response is None or not 200 <= response.status < 300:
            continue
        if trigger is Trigger.MISMATCH and exchange is exchanges[attempts - 1]:
            kind = response.headers.get(TYPE_HEADER)
            detail = "the action in the body does not fit" if kind is None else f"the body is no {show(kind)}"
            raise ViolationError("polling-answer", f"{detail}, so the polling fails")
        if TYPE_HEADER not in response.headers and _is_unclear(exchange, is_core2=is_core2):
            detail = f"the answer {describe_answer(response)} has a body, but no {TYPE_HEADER}"
            raise ViolationError("polling-answer", f"{detail}, so clients read it as a step")


def _is_unclear(exchange: Exchange, *, is_core2: bool) -> bool:
    """Return whether an answer without a response type has a body that a client takes for something else."""
    assert exchange.response is not None
    try:
        document = exchange.response.json()
    except WireError:
        return is_core2 and bool(exchange.response.body.strip())
    if is_object(document) and "action" in document:
        return False
    return is_core2 or (is_object(document) and "layout" in document)
