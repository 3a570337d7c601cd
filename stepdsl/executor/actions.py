"""Performs an action, and the actions that the answers contain."""

from __future__ import annotations

from typing import Any, Final

from attrs import frozen

from stepdsl.core.json import UNSET, plain_json
from stepdsl.errors import WireError
from stepdsl.executor.deadline import Bounds
from stepdsl.executor.outcomes import Attempt, Exited, Failed, NextStep, Outcome, Trigger
from stepdsl.executor.performing import (
    MAX_ACTIONS,
    NOTHING_TO_DO,
    TOO_MANY_ACTIONS,
    error_body,
    exit_result,
    overlay,
    step_body,
)
from stepdsl.executor.transport import Answer, Request, Transport, TransportError, choose_timeout, parse_result
from stepdsl.headers import TYPE_HEADER
from stepdsl.model.actions import Action
from stepdsl.model.responses import ActionResponseBody, ErrorResponseBody
from stepdsl.wire import encode_json, loads

__all__ = ["Performance"]

_MAX_DETAIL: Final = 500
"""The maximum number of characters of an error of reading in the reason of a failure."""


@frozen
class Performance:
    """Performs actions for a run after its polling has ended."""

    transport: Transport
    """Creates the requests."""
    bounds: Bounds
    """The limits of the run."""
    timeout: float
    """The timeout of a request in seconds, for an action without its own timeout."""
    trigger: Trigger
    """What ended the polling. Each outcome has it."""
    attempts: tuple[Attempt, ...]
    """The polling requests of the run. Each outcome has them."""

    def perform(self, action: Action, model: Any = UNSET) -> Outcome:
        """Perform an action, and each action that an answer contains. Return the outcome.

        `model` is the model of the step. The action of on_error submits it. An action from a response does not.
        """
        for _ in range(MAX_ACTIONS):
            if action.url is None:
                return self._without_request(action)
            following = self._request(action, action.url, overlay(model, action.data))
            if not isinstance(following, Action):
                return following
            action, model = following, UNSET
        return self._failed(TOO_MANY_ACTIONS)

    def _without_request(self, action: Action) -> Outcome:
        if action.exit:
            return self._exited(plain_json(action.result))
        return self._failed(NOTHING_TO_DO)

    def _request(self, action: Action, url: str, data: Any) -> Outcome | Action:
        method = (action.method or "POST").upper()
        body = None if data is UNSET or method == "GET" else encode_json(data).encode()
        request = Request(self.transport, method, url, choose_timeout(action.timeout, self.timeout), body)
        try:
            answer = request.send(self.bounds)
        except TransportError as error:
            return self._failed(str(error))
        self.bounds.check()
        if not answer.ok:
            return self._failed(f"status {answer.status}", answer.status, error_body(answer))
        if action.exit:
            return self._exited(exit_result(action, answer))
        try:
            return self._judge(action, answer)
        except WireError as error:
            return self._failed(f"the body does not fit: {str(error)[:_MAX_DETAIL]}", answer.status)

    def _judge(self, action: Action, answer: Answer) -> Outcome | Action:
        """Return the outcome or the next action of a 2xx answer, by its header. Raises WireError for a wrong body."""
        match answer.kind:
            case "exit":
                return self._exited(overlay(parse_result(answer), action.result))
            case "action":
                return loads(answer.body, ActionResponseBody).action
            case "step" | None:
                return NextStep(step_body(answer), trigger=self.trigger, attempts=self.attempts)
            case kind:
                return self._failed(f"{TYPE_HEADER} {kind[:40]!r} cannot follow an action", answer.status)

    def _exited(self, result: Any) -> Exited:
        return Exited(result, trigger=self.trigger, attempts=self.attempts)

    def _failed(self, reason: str, status: int | None = None, body: ErrorResponseBody | None = None) -> Failed:
        return Failed(status, body, reason, trigger=self.trigger, attempts=self.attempts)
