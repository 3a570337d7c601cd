"""The state of a session: the steps that are shown, their forms and errors, and how the flow has ended."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from enum import StrEnum
from types import MappingProxyType
from typing import Any

from attrs import Factory, define, frozen

from stepdsl.core.json import UNSET
from stepdsl.core.messages import Path
from stepdsl.model.actions import SubflowProperties
from stepdsl.model.search import SearchInitialLayoutConfig, SearchInitialResultsConfig, SearchLayout
from stepdsl.model.step import Step
from stepdsl.model.unions import AnySearchResult, Layout, SearchInitialState
from stepdsl.rendering.screen import View
from stepdsl.testing.flows.answers import messages_of
from stepdsl.testing.flows.fields import Field
from stepdsl.testing.flows.forms import Form
from stepdsl.testing.flows.messages import Messages
from stepdsl.testing.flows.screens import layouts_of, on_screen
from stepdsl.validation.paths import path_text

__all__ = ["FlowErrors", "FlowState", "Screen", "SearchContent", "SessionState"]


class SessionState(StrEnum):
    """Whether a flow goes on, or how it has ended."""

    OPEN = "open"
    """The flow shows a step."""
    FINISHED = "finished"
    """The flow has ended with success. It can have a result."""
    FAILED = "failed"
    """The flow has ended because of an unexpected answer."""
    CANCELLED = "cancelled"
    """The user has left the flow."""


@frozen
class FlowErrors:
    """The messages that the user sees."""

    message: str | None = None
    """The general message; None if there is none."""
    fields: Mapping[str, str] = MappingProxyType({})
    """The messages of fields, by their paths, such as `address.city`."""

    def __bool__(self) -> bool:
        return self.message is not None or bool(self.fields)


@frozen
class SearchContent:
    """What a search shows."""

    layout: SearchLayout
    """The search."""
    shows: SearchInitialState | None = None
    """Its results or layouts, as an initial state has them; None for nothing."""
    message: str | None = None
    """Why the search has failed, for the user; None otherwise."""

    @classmethod
    def initial(cls, layout: SearchLayout) -> SearchContent:
        """Return what a search shows before the first term, and for an empty one."""
        return cls(layout, layout.initial_state)

    @property
    def results(self) -> Sequence[AnySearchResult]:
        """The results that are shown."""
        return self.shows.results if isinstance(self.shows, SearchInitialResultsConfig) else ()

    @property
    def layouts(self) -> Sequence[Layout]:
        """The layouts in place of results."""
        return self.shows.layout if isinstance(self.shows, SearchInitialLayoutConfig) else ()


@define(eq=False)
class Screen:
    """One step on the stack, as the user sees it."""

    step: Step
    """The step."""
    etag: str | None
    """The entity tag of the step, for the next refresh; None without one."""
    form: Form
    """The fields, with the values that the user has entered."""
    message: str | None = None
    """The general error message; None if there is none."""
    messages: Messages = Factory(lambda screen: Messages(screen.form), takes_self=True)
    """The messages at the fields."""
    modals: list[Sequence[Layout]] = Factory(list[Sequence[Layout]])
    """The contents of the open modals. The last one is on top."""
    searched: dict[SearchLayout, SearchContent] = Factory(dict[SearchLayout, Any])
    """What searches have found. Another search shows its initial state."""
    is_invalid: bool = False
    """Whether a refresh has failed. The user can only go back."""

    @property
    def modal(self) -> Sequence[Layout] | None:
        """The content of the modal on top; None if no modal is open."""
        return self.modals[-1] if self.modals else None

    @property
    def layouts(self) -> list[Layout]:
        """What is shown: the modal on top, or else the step with its footer, and the layouts that searches show."""
        shown = layouts_of(self.step) if self.modal is None else list(self.modal)
        return [*shown, *(layout for content in self.searches for layout in content.layouts)]

    @property
    def searches(self) -> list[SearchContent]:
        """What each search on the screen shows, from top to bottom. Searches in the layouts of others come last."""
        pending = layouts_of(self.step) if self.modal is None else list(self.modal)
        found: dict[SearchLayout, SearchContent] = {}
        while pending:
            inner: list[Layout] = []
            for layout in on_screen(pending):
                if isinstance(layout, SearchLayout) and layout not in found:
                    found[layout] = self.searched.get(layout) or SearchContent.initial(layout)
                    inner += found[layout].layouts
            pending = inner
        return list(found.values())

    @property
    def view(self) -> View:
        """What the user sees now, without the messages."""
        found = {layout: content.shows for layout, content in self.searched.items()}
        return View(self.step, entered=self.form.entered, modal=self.modal, found=found)

    @property
    def general(self) -> str | None:
        """The general message: of the step, or else of a search that has failed; None if there is none."""
        messages = (self.message, *(content.message for content in self.searches))
        return next((message for message in messages if message is not None), None)

    @classmethod
    def of(cls, step: Step, etag: str | None) -> Screen:
        """Return the screen of a step that was received, with its own errors."""
        screen = cls(step, etag, Form(step))
        if step.errors is not None:
            screen.show_errors(step.errors.error, messages_of(step.errors.validation))
        return screen

    def refreshes(self, field: Field) -> bool:
        """Return whether a change of a field refreshes the step. In a list no field does."""
        wanted = self.step.refresh_url is not None and not field.place.in_list
        return wanted and bool(field.schema.__dict__.get("refresh_step_on_change"))

    def show_errors(self, message: str | None, fields: Mapping[Path, str]) -> None:
        """Show these messages of the server in place of all earlier ones."""
        self.message = message
        self.messages.receive(fields)

    def show_problems(self, problems: Mapping[Path, str]) -> None:
        """Show why the form cannot be submitted. A message at the empty path is the general one."""
        self.message = problems.get(())
        self.messages.refuse({path: message for path, message in problems.items() if path})

    def restoring(self, fields: Iterable[Field]) -> Callable[[], None]:
        """Return a function that gives fields and the messages their state of now."""
        states = {one: one.copy_state() for one in fields}
        messages = self.messages.copy()

        def restore() -> None:
            for one, state in states.items():
                one.__dict__.update(state)
            self.messages = messages

        return restore


@define(eq=False)
class FlowState:
    """All that a session has, except its exchanges."""

    screens: list[Screen] = Factory(list[Screen])
    """The stack. The last screen is shown."""
    status: SessionState = SessionState.OPEN
    """Whether the flow goes on, or how it has ended."""
    result: Any = UNSET
    """The result of the flow; UNSET without one."""
    failure: FlowErrors = FlowErrors()
    """The messages of a flow without a screen."""
    opened: list[str] = Factory(list[str])
    """The URLs that were opened outside the flow."""
    clipboard: str | None = None
    """The text that a behavior has copied; None without one."""
    subflow: SubflowProperties | None = None
    """The subflow that runs; None without one."""

    @property
    def screen(self) -> Screen | None:
        """The screen that is shown; None if there is none."""
        return self.screens[-1] if self.screens else None

    @property
    def errors(self) -> FlowErrors:
        """The messages that the user sees."""
        screen = self.screen
        if screen is None:
            return self.failure
        fields = {path_text(path): text for path, text in screen.messages.errors.items()}
        return FlowErrors(screen.general, MappingProxyType(fields))
