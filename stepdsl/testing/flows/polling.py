"""The polling of a step, by the executor."""

from __future__ import annotations

from typing import Final

from stepdsl.core.json import UNSET, is_object
from stepdsl.executor import Attempt, Exited, Failed, NextStep, PollingExecutor, Unhandled
from stepdsl.executor.performing import NOTHING_TO_DO, TOO_MANY_ACTIONS
from stepdsl.executor.transport import Answer, TransportError
from stepdsl.headers import TYPE_HEADER
from stepdsl.model.actions import Action
from stepdsl.model.step import Step
from stepdsl.testing.flows.answers import GENERIC_MESSAGE, ShowErrors, check_spelling, effect_of, json_or_none
from stepdsl.testing.flows.errors import ImpossibleMoveError
from stepdsl.testing.flows.exchanges import MAX_BODY, Exchange
from stepdsl.testing.flows.flow import Flow
from stepdsl.testing.flows.violations import ViolationError

__all__ = ["poll"]

_RULES: Final = {NOTHING_TO_DO: "action-does-something", TOO_MANY_ACTIONS: "few-actions-in-a-row"}
"""The rules that actions break, by the reasons of the executor."""

_MOST_ATTEMPTS: Final = 10_000
"""The greatest number of attempts of one polling: a fake clock does not end it."""


def poll(flow: Flow) -> None:
    """Run the polling of the step that is shown, and follow its outcome.

    The action of its `on_error` submits the current values of the step. Raises ImpossibleMoveError without polling.
    """
    screen, strict, exchanges = flow.screen, flow.settings.strict, flow.sender.exchanges
    polling = screen.step.polling
    if polling is None:
        raise ImpossibleMoveError("the step has no polling")
    before = len(exchanges)

    def check(attempt: Attempt) -> None:
        """End the run at the first answer that breaks a rule, before the next request, and after very many attempts."""
        if attempt.number >= _MOST_ATTEMPTS:
            raise ImpossibleMoveError(f"the polling has made {_MOST_ATTEMPTS} attempts without progress")
        if strict and attempt.status is not None:
            _check(_answer(exchanges[-1]), is_core2=polling.delay is not None)

    executor = PollingExecutor(
        base_url=flow.base.url,
        http=flow.sender,
        clock=flow.settings.clock,
        headers=dict(flow.settings.headers.values()),
        on_attempt=check,
        max_body=MAX_BODY,
    )
    has_values = bool(screen.step.schemas) or screen.step.model is not UNSET
    model = screen.form.values if has_values else UNSET
    outcome = executor.run(Step(polling=polling, model=model))
    if strict:
        _check_actions(exchanges[before:])
    if outcome.attempts and len(exchanges) == before:  # its URL cannot be used
        error = TransportError(outcome.attempts[-1].error)
        flow.sender.add_unsent("poll", "GET", polling.url, None, error)
    match outcome:
        case NextStep():
            flow.apply(effect_of(_answer(exchanges[-1]), Action(), strict=strict))
        case Exited(result=result):
            flow.finish(result)
        case Unhandled(behavior=behavior):
            flow.press(behavior)
        case _:
            assert isinstance(outcome, Failed), "the executor is only used here, so it is not cancelled"
            _fail(flow, outcome)


def _fail(flow: Flow, outcome: Failed) -> None:
    """Follow the answer to an action that the executor could not follow, as after any other action."""
    strict = flow.settings.strict
    if outcome.reason in _RULES:
        if strict:
            raise ViolationError(_RULES[outcome.reason], outcome.reason)
        flow.fail(outcome.reason)
    elif outcome.status is None:
        flow.sender.set_error(TransportError(outcome.reason))
        flow.apply(ShowErrors(GENERIC_MESSAGE, {}))
    else:
        flow.apply(effect_of(_answer(flow.sender.exchanges[-1]), Action(), strict=strict))


def _answer(exchange: Exchange) -> Answer:
    """Return the answer of an exchange that has one."""
    response = exchange.response
    assert response is not None, "the executor has received it"
    return Answer(response.status, response.headers.get(TYPE_HEADER), response.body)


def _check_actions(exchanges: list[Exchange]) -> None:
    """Check the response types of the answers to the actions that follow a polling."""
    for exchange in exchanges:
        if exchange.response is not None and _answer(exchange).ok:
            check_spelling(_answer(exchange))


def _check(answer: Answer, *, is_core2: bool) -> None:
    """Raise ViolationError for an answer to polling that a client takes for an error, or for something else."""
    if not answer.ok:
        return
    document = json_or_none(answer)
    has_action = is_object(document) and "action" in document
    if answer.kind is not None:
        check_spelling(answer)
        if answer.empty and answer.kind in ("action", "step"):  # the polling goes on
            return
    elif has_action:
        answer = Answer(answer.status, "action", answer.body)
    elif (is_core2 and not answer.empty) or (is_object(document) and "layout" in document):
        detail = f"the answer {answer.status} has a body, but no {TYPE_HEADER}"
        raise ViolationError("polling-answer", f"{detail}, so clients read it as a step")
    else:
        return
    try:
        effect_of(answer, Action(), strict=True)
    except ViolationError as error:
        if error.rule.code == "known-type":
            raise
        raise ViolationError("polling-answer", f"{error.detail}, so the polling fails") from None
