"""The flow of a session: it performs actions and behaviors, and shows the steps that follow from the answers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final, assert_never

from stepdsl.checking import Severity, check
from stepdsl.core.json import UNSET, plain_json
from stepdsl.core.messages import show
from stepdsl.core.unions import unknown_tag
from stepdsl.errors import WireError
from stepdsl.executor import Http
from stepdsl.executor.performing import MAX_ACTIONS, NOTHING_TO_DO, TOO_MANY_ACTIONS, overlay
from stepdsl.executor.transport import TransportError
from stepdsl.executor.urls import Address, join
from stepdsl.model.actions import (
    Action,
    ActionBehavior,
    CopyBehavior,
    DismissBehavior,
    LinkBehavior,
    ModalBehavior,
    RefreshBehavior,
    SubflowBehavior,
    SubflowProperties,
)
from stepdsl.model.features import Navigation
from stepdsl.model.layouts import FormLayout
from stepdsl.model.step import Step
from stepdsl.model.unions import Layout
from stepdsl.testing.flows.answers import (
    GENERIC_MESSAGE,
    Effect,
    Fail,
    Finish,
    Nothing,
    Perform,
    ShowErrors,
    ShowModal,
    ShowStep,
    StartSubflow,
    check_spelling,
    effect_of,
    error_of,
    step_of,
)
from stepdsl.testing.flows.asynchronous import persist_waiting
from stepdsl.testing.flows.errors import ImpossibleMoveError, MistakesError
from stepdsl.testing.flows.exchanges import Purpose, Received, Sender
from stepdsl.testing.flows.forms import Form
from stepdsl.testing.flows.screens import Pressed, on_screen
from stepdsl.testing.flows.settings import Settings
from stepdsl.testing.flows.state import FlowErrors, FlowState, Screen, SessionState
from stepdsl.testing.flows.step_rules import check_messages, check_refreshed, check_refused_fields, check_step
from stepdsl.testing.flows.violations import MAX_DETAIL, ViolationError

__all__ = ["REFRESH_FAILED", "Flow"]

REFRESH_FAILED: Final = "the refresh of the step has failed, so the user can only go back or close"
"""Why a step takes no input."""

_DROPS_ONE: Final = (Navigation.StackBehavior.REMOVE_PREVIOUS, Navigation.StackBehavior.REPLACE_CURRENT)

_NEEDS_STEP: Final = (RefreshBehavior, DismissBehavior)
"""The behaviors that have no effect before the first step."""


class Flow:
    """A flow: its state, and what changes it."""

    def __init__(self, settings: Settings, http: Http, base: Address) -> None:
        """Take the settings, what sends the requests, and the address to which relative URLs are joined."""
        self.settings = settings
        self.sender: Sender = Sender(http, base, settings)
        self.base = base
        self.state: FlowState = FlowState()

    @property
    def screen(self) -> Screen:
        """The screen that is shown. Raises ImpossibleMoveError if there is none."""
        screen = self.state.screen
        if screen is None:
            raise ImpossibleMoveError("the flow has not shown a step")
        return screen

    @property
    def form(self) -> Form:
        """The form of the step. Raises ImpossibleMoveError if it takes no input now."""
        screen = self.screen
        if screen.is_invalid:
            raise ImpossibleMoveError(REFRESH_FAILED)
        if screen.modals:
            is_inside = any(isinstance(layout, FormLayout) for layout in on_screen(screen.modals[-1]))
            reason = "a form in a modal takes no input" if is_inside else "a modal is over the form"
            raise ImpossibleMoveError(f"{reason}; write session.back() to close it")
        return screen.form

    # -- actions and behaviors ----------------------------------------------------------------------------------------

    def start(self, method: str, url: str, data: Any) -> None:
        """Send the first request of the flow. `data` is UNSET for GET."""
        self.apply(self._submit("start", Action(url=url, method=method), data))

    def press(self, pressed: Pressed, *, extra: Mapping[str, Any] | None = None, validates: bool = True) -> None:
        """Perform an action or a behavior. `extra` is merged into the values of the step, before the action's data."""
        match pressed:
            case Action() as action:
                self.perform(action, extra=extra, validates=validates)
            case ActionBehavior(action=action):
                self.perform(action, extra=extra, validates=validates)
            case RefreshBehavior():
                self.refresh()
            case LinkBehavior(url=url):
                self.open_url(url)
            case CopyBehavior(content=content):
                self.state.clipboard = content
            case ModalBehavior(content=content):
                self._show_modal(content)
            case DismissBehavior():
                del self.screen.modals[-1:]
            case SubflowBehavior() as subflow:
                self.state.subflow = subflow
            case other:
                raise ImpossibleMoveError(f"no client has a behavior of the type {show(unknown_tag(other))}")

    def perform(self, action: Action, *, extra: Mapping[str, Any] | None = None, validates: bool = True) -> None:
        """Perform an action of the step: validate and submit its values, and follow the answer."""
        if action.url is None:
            self._without_request(action)
            return
        values = dict(extra or {})
        screen = self.state.screen  # None after a subflow that began the flow
        if screen is not None:
            is_submitted = validates and (action.method or "POST").upper() != "GET"
            if is_submitted and not self._persist_and_validate(screen, action):
                return
            values = {**screen.form.values, **values}
            screen.show_errors(None, {})
        self.apply(self._submit("submit", action, overlay(values, action.data)))

    def perform_alone(self, action: Action) -> None:
        """Perform an action of an answer: with its own data only, without validation."""
        for _ in range(MAX_ACTIONS):
            if action.url is None:
                self._without_request(action)
                return
            effect = self._submit("submit", action, plain_json(action.data))
            if not isinstance(effect, Perform):
                self.apply(effect)
                return
            action = effect.action
        if self.settings.strict:
            raise ViolationError("few-actions-in-a-row", TOO_MANY_ACTIONS)
        self.fail(TOO_MANY_ACTIONS)

    def _without_request(self, action: Action) -> None:
        if action.exit:
            self.finish(plain_json(action.result))
        elif self.settings.strict:
            raise ViolationError("action-does-something", NOTHING_TO_DO)

    def _persist_and_validate(self, screen: Screen, action: Action) -> bool:
        """Store what is not stored yet, and validate the form. Return whether it can be submitted."""
        persist_waiting(self.sender, screen, strict=self.settings.strict)
        problems = {} if action.skip_validation else screen.form.problems()
        problems |= screen.form.refused()
        if not problems:
            return True
        if self.settings.strict:
            check_refused_fields(screen.form, problems)
        screen.show_problems(problems)
        return False

    def _submit(self, purpose: Purpose, action: Action, data: Any) -> Effect:
        assert action.url is not None
        method = action.method or "POST"
        try:
            if data is UNSET:
                received = self.sender.send(purpose, method, action.url, timeout=action.timeout)
            else:
                received = self.sender.send_json(purpose, method, action.url, data, timeout=action.timeout)
        except TransportError:
            return ShowErrors(GENERIC_MESSAGE, {})
        return effect_of(received.answer, action, strict=self.settings.strict)

    # -- answers ------------------------------------------------------------------------------------------------------

    def apply(self, effect: Effect) -> None:
        """Show what an answer means."""
        match effect:
            case ShowStep(step=step):
                self.show(step)
            case Perform(action=action):
                self.perform_alone(action)
            case Finish(result=result):
                self.finish(result)
            case ShowModal(content=content):
                self._show_modal(content)
            case StartSubflow(subflow=subflow):
                self.state.subflow = subflow
            case ShowErrors():
                self._show_errors(effect)
            case Fail(reason=reason):
                self.fail(reason)
            case Nothing():
                pass
            case _:
                assert_never(effect)

    def show(self, step: Step) -> None:
        """Put a step on the stack by its stack behavior, and open its external URL."""
        screen = self._screen_of(step)
        stack = self.state.screens
        behavior = None if step.navigation is None else step.navigation.stack_behavior
        if behavior == Navigation.StackBehavior.REMOVE_ALL:
            stack.clear()
        elif behavior in _DROPS_ONE:
            del stack[-1:]
        stack.append(screen)
        if step.external is not None:
            self.open_url(step.external.url)

    def finish(self, result: Any) -> None:
        """End the flow with success."""
        self.state.status, self.state.result = SessionState.FINISHED, result

    def fail(self, reason: str) -> None:
        """End the flow with a failure."""
        self.state.status = SessionState.FAILED
        if self.state.screen is None:
            self.state.failure = FlowErrors(reason)
        else:
            self.screen.message = reason

    def open_url(self, url: str) -> None:
        """Open a URL outside the flow."""
        absolute = join(url, self.base.url)
        self.state.opened.append(absolute)
        if self.settings.open_url is not None:
            self.settings.open_url(absolute)

    def expect_content(self) -> None:
        """Let an open flow fail that has nothing to show: neither a step nor a subflow."""
        state = self.state
        if state.status is SessionState.OPEN and state.screen is None and state.subflow is None:
            self.fail("the flow begins without a step")

    def _show_modal(self, content: Sequence[Layout]) -> None:
        if self.state.screen is None:
            self.fail("the flow begins with a modal")
        else:
            self.screen.modals.append(content)

    def _show_errors(self, errors: ShowErrors) -> None:
        screen = self.state.screen
        if screen is None:
            self.fail(errors.message or "the first request failed")
            return
        if errors.refresh_url is not None:
            self._refresh_from(errors.refresh_url)
            if screen.is_invalid:
                return
            before, screen = screen, self.screen
            if screen is not before and (screen.message is not None or screen.messages.errors):
                return  # the errors of a loaded step replace those of the submission
        if self.settings.strict:
            check_messages(screen.step, screen.form, errors.fields)
        screen.show_errors(errors.message, errors.fields)

    def _screen_of(self, step: Step) -> Screen:
        screen = Screen.of(step, self.sender.last_etag)
        if self.settings.strict:
            check_step(step, screen.form)
        if self.settings.check:
            findings = check(step, severity=Severity.ERROR)
            if findings:
                raise MistakesError("check found mistakes in the step:\n" + "\n".join(map(str, findings)))
        return screen

    # -- refresh ------------------------------------------------------------------------------------------------------

    def refresh(self) -> None:
        """Fetch the step again. Raises ImpossibleMoveError for a step without a refresh URL."""
        url = self.screen.step.refresh_url
        if url is None:
            raise ImpossibleMoveError("the step has no refreshUrl")
        self._refresh_from(url)

    def _refresh_from(self, url: str) -> None:
        """Post the values of the step. Show the step of the answer in place of the current one; 304 changes nothing."""
        screen = self.screen
        headers = {} if screen.etag is None else {"If-None-Match": screen.etag}
        values = screen.form.values
        try:
            received = self.sender.send_json("refresh", "POST", url, values, headers=headers)
        except TransportError:
            self._invalidate(screen, GENERIC_MESSAGE)
            return
        if received.answer.status == 304:
            screen.etag = received.etag or screen.etag
            return
        if not received.answer.ok:
            errors = error_of(received.answer, strict=self.settings.strict)
            self._invalidate(screen, errors.message or GENERIC_MESSAGE)
            return
        self._replace(screen, received, values)

    def _replace(self, screen: Screen, received: Received, values: Mapping[str, Any]) -> None:
        answer = received.answer
        if self.settings.strict:
            check_spelling(answer)
        try:
            if answer.kind not in (None, "step"):
                raise WireError([("", f"X-DF-Response-Type is {show(answer.kind)}")])
            step = step_of(answer, strict=self.settings.strict)
        except WireError as error:
            if self.settings.strict:
                raise ViolationError("refresh-answer", str(error)[:MAX_DETAIL]) from None
            self._invalidate(screen, GENERIC_MESSAGE)
            return
        refreshed = self._screen_of(step)
        if self.settings.strict:
            check_refreshed(step, values, refreshed.form.values)
        before = None if screen.step.external is None else screen.step.external.url
        self.state.screens[-1] = refreshed
        if step.external is not None and step.external.url != before:
            self.open_url(step.external.url)

    def _invalidate(self, screen: Screen, message: str) -> None:
        screen.show_errors(message, {})
        screen.is_invalid = True

    # -- going back, subflows -----------------------------------------------------------------------------------------

    def back(self) -> None:
        """Close the modal on top; else go back by the step's back action, to the previous step, or out of the flow."""
        screen = self.screen
        back = None if screen.step.navigation is None else screen.step.navigation.back
        if screen.modals:
            screen.modals.pop()
        elif back is not None and not screen.is_invalid:
            self.perform(back.action, validates=False)
        elif len(self.state.screens) > 1:
            self.state.screens.pop()
        else:
            self.cancel()

    def cancel(self) -> None:
        """Leave the flow."""
        self.state.status = SessionState.CANCELLED

    def end_subflow(self, *, succeeded: bool, result: Any = UNSET) -> None:
        """End the running subflow, and perform what follows. Raises ImpossibleMoveError if none runs."""
        subflow = self.state.subflow
        if subflow is None:
            raise ImpossibleMoveError("no subflow runs")
        behavior = subflow.on_completion if succeeded else subflow.on_error
        if behavior is None and not succeeded:
            self.fail("the subflow failed")
        elif behavior is not None and not (self.state.screen is None and isinstance(behavior, _NEEDS_STEP)):
            self.press(behavior, extra=_extra(subflow, result))
        if self.state.subflow is subflow:  # no other one has begun
            self.state.subflow = None


def _extra(subflow: SubflowProperties, result: Any) -> dict[str, Any]:
    """Return the result of a subflow as data of the next action."""
    if result is UNSET:
        return {}
    if subflow.result_key is not None:
        return {subflow.result_key: result}
    return dict(result) if isinstance(result, Mapping) else {}  # pyright: ignore[reportUnknownArgumentType]  # any JSON object
