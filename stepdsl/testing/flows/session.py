"""A session: what one user does in a flow. Each move acts on what is shown now."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Self

from stepdsl.core.json import UNSET, plain_json
from stepdsl.core.messages import show
from stepdsl.core.unions import unknown_tag
from stepdsl.errors import InvalidValueError
from stepdsl.executor import Clock
from stepdsl.model.actions import SubflowProperties
from stepdsl.model.search import SearchResult
from stepdsl.model.step import Step
from stepdsl.model.unions import AnySearchResult, Layout
from stepdsl.testing.arguments import checked
from stepdsl.testing.flows.errors import ImpossibleMoveError
from stepdsl.testing.flows.exchanges import Exchange
from stepdsl.testing.flows.expectations import Expectations
from stepdsl.testing.flows.fields import File
from stepdsl.testing.flows.filling import add_item, choose, choose_option, fill, remove_item, upload
from stepdsl.testing.flows.polling import poll
from stepdsl.testing.flows.recording import Recording
from stepdsl.testing.flows.screens import controls, find_control, toolbar_controls
from stepdsl.testing.flows.searching import find_result, find_search, results_of, search, select_search
from stepdsl.testing.flows.state import FlowErrors, SessionState
from stepdsl.testing.flows.transcript import Shown, Transcript
from stepdsl.validation.engine import can_match, matches
from stepdsl.validation.mime_types import is_content_type

__all__ = ["FlowSession"]

__tracebackhide__ = True  # pytest shows the line of the test, and not this module


class FlowSession(Expectations):
    """What one user does in a flow. `FlowClient.start` returns it.

    A move raises AssertionError if the screen does not allow it, after the end of the flow, and for an answer that the
    client does not accept. The text shows the step, the last request and the last answer. Moves return the session,
    except `search`.
    """

    # -- what is shown ------------------------------------------------------------------------------------------------

    @property
    def step(self) -> Step:
        """The step that is shown; after the end of the flow, the last one. Raises AssertionError if there was none."""
        return self._try(lambda: self._flow.screen.step)

    @property
    def state(self) -> SessionState:
        """Whether the flow goes on, or how it has ended."""
        return self._flow.state.status

    @property
    def values(self) -> dict[str, Any]:
        """What would be submitted: the values of all root schemas, merged."""
        screen = self._flow.state.screen
        return {} if screen is None else plain_json(screen.form.values)

    @property
    def errors(self) -> FlowErrors:
        """The messages that the user sees."""
        return self._flow.state.errors

    @property
    def feedback(self) -> Mapping[str, str]:
        """The positive messages of validate-async, by the paths of their fields."""
        screen = self._flow.state.screen
        return {} if screen is None else screen.messages.feedback

    @property
    def result(self) -> Any:
        """The result of the flow; UNSET until it ends with one."""
        return plain_json(self._flow.state.result)

    @property
    def history(self) -> tuple[Step, ...]:
        """The stack of steps to which the user can go back. The last one is shown."""
        return tuple(screen.step for screen in self._flow.state.screens)

    @property
    def exchanges(self) -> tuple[Exchange, ...]:
        """The requests in order, each with its answer."""
        return tuple(self._flow.sender.exchanges)

    @property
    def opened(self) -> tuple[str, ...]:
        """The URLs that were opened outside the flow: external ones, and links."""
        return tuple(self._flow.state.opened)

    @property
    def clock(self) -> Clock:
        """The clock of the polling."""
        return self._flow.settings.clock

    @property
    def clipboard(self) -> str | None:
        """The text that a behavior has copied; None without one."""
        return self._flow.state.clipboard

    @property
    def results(self) -> list[AnySearchResult]:
        """The search results that are shown."""
        screen = self._flow.state.screen
        return [] if screen is None else results_of(screen)

    @property
    def subflow(self) -> SubflowProperties | None:
        """The subflow that runs; None without one. `finish_subflow` and `fail_subflow` end it."""
        return self._flow.state.subflow

    @property
    def modal(self) -> tuple[Layout, ...] | None:
        """The layouts of the modal on top; None if no modal is open. `back` closes it."""
        screen = self._flow.state.screen
        return None if screen is None or screen.modal is None else tuple(screen.modal)

    # -- filling the form ---------------------------------------------------------------------------------------------

    @Recording._move
    def fill(self, values: Mapping[str, Any] | str, value: Any = UNSET) -> Self:
        """Enter values, one field after the other: a mapping of paths to values, or a path and its value.

        A value that the form refuses is no error of the test: it has a message when it is submitted. The fields of a
        list are filled with a list: items are added or removed.

        Raises AssertionError for a field that is not on the screen, is disabled or takes no such value. Raises
        InvalidValueError if `values` is not a mapping and there is no value, and for a value that is not JSON.
        """
        if isinstance(values, str):
            if value is UNSET:
                raise InvalidValueError("fill.value", f"missing; write fill({show(values)}, …)")
            given: Mapping[str, Any] = {values: value}
        elif value is UNSET:
            given = values
        else:
            raise InvalidValueError("fill.value", f"the mapping has the values, got also {show(value)}; leave it out")
        fill(self._flow, given)
        return self

    @Recording._move
    def choose(self, title: str, at: str | None = None) -> Self:
        """Choose an option of a decision, or with `at`, an alternative of the one-of at that path.

        Raises AssertionError if there is no option or alternative with this title, or if it is disabled.
        """
        if at is None:
            choose_option(self._flow, title)
        else:
            choose(self._flow, at, title)
        return self

    @Recording._move
    def add_item(self, path: str) -> Self:
        """Add an item to a list.

        Raises AssertionError if there is no list at the path, or if it is not on the screen or disabled.
        """
        add_item(self._flow, path)
        return self

    @Recording._move
    def remove_item(self, path: str, index: int) -> Self:
        """Remove an item of a list. The first one has the index 0.

        Raises AssertionError if there is no list at the path, no item with this index, or if the list is not on the
        screen or disabled.
        """
        remove_item(self._flow, path, index)
        return self

    @Recording._move
    def upload(self, path: str, data: bytes, filename: str = "file", content_type: str = "") -> Self:
        """Choose a file for a field: a file with persist-async, a list of such files, or a string of base64url.

        Without `content_type`, it is `application/octet-stream`.

        Raises AssertionError if the field takes no file, or if it is not on the screen or disabled. Raises
        InvalidValueError for a content type that is none.
        """
        if content_type and not is_content_type(content_type):
            raise InvalidValueError(
                "upload.content_type", f"expected a content type such as 'image/png', got {show(content_type)}"
            )
        upload(self._flow, path, File(data, filename, content_type or "application/octet-stream"))
        return self

    # -- starting and going on ----------------------------------------------------------------------------------------

    @Recording._move
    def start(self, url: str | Step, method: str = "GET", data: Any = UNSET) -> Self:
        """Begin the flow, once. `FlowClient.start` calls this, with its own arguments."""
        if isinstance(url, Step):
            self._flow.show(url)
        else:
            self._flow.start(method, url, data)
        return self

    @Recording._move
    def press(self, title: str | None = None, *, id: str | None = None) -> Self:
        """Press a button or a call to action, by its title, or by the id of its action or in analytics.

        Raises AssertionError if no button on the screen has this title or id, if several different ones have it, or if
        it is disabled. Raises InvalidValueError if both or none of the two are given.
        """
        if (title is None) == (id is None):
            given = "none" if title is None else f"both, {show(title)} and {show(id)}; give one of both"
            raise InvalidValueError("press", f"expected a title or an id, got {given}")
        screen = self._flow.screen
        found = controls(screen.layouts)
        if not screen.modals:
            found += toolbar_controls(screen.step.toolbar)
        self._flow.press(find_control(found, "button", title, id).pressed)
        return self

    @Recording._move
    def refresh(self) -> Self:
        """Fetch the step again from its refresh URL. Raises AssertionError if the step has no `refresh_url`."""
        self._flow.refresh()
        return self

    @Recording._move
    def poll(self) -> Self:
        """Run the polling of the step until it ends. It uses the clock of the session.

        Raises AssertionError if the step has no polling.
        """
        poll(self._flow)
        return self

    @Recording._move
    def open_link(self, url: str) -> Self:
        """Open a link in the app. The first link handler that matches is performed; without one nothing happens."""
        for handler in self._flow.screen.step.link_handlers or ():
            effect = handler.behavior or handler.action
            if effect is not None and can_match(handler.regex_pattern) and matches(handler.regex_pattern, url):
                self._flow.press(effect, extra={"url": url})
                break
        return self

    @Recording._move
    def search(self, term: str, at: str | None = None) -> list[AnySearchResult]:
        """Search for a term, in the search with the title `at` if there are several. Return the results.

        An empty term shows the initial state of the search.

        Raises AssertionError if the screen has no search, if none or several have the title `at`, and without `at` if
        the screen has several searches.
        """
        screen = self._flow.screen
        found = search(self._flow.sender, screen, find_search(screen, at), term, strict=self._flow.settings.strict)
        return list(found.results)

    @Recording._move
    def select(self, result: AnySearchResult | str) -> Self:
        """Choose a search result that is shown, by its title or as an object.

        Raises AssertionError if the result is not shown, or if it has an unknown type.
        """
        screen = self._flow.screen
        match find_result(screen, result):
            case SearchResult.Action(value=action):
                self._flow.press(action)
            case SearchResult.Search() as nested:
                select_search(self._flow.sender, screen, nested, strict=self._flow.settings.strict)
            case other:
                raise ImpossibleMoveError(f"no client has a result of the type {show(unknown_tag(other))}")
        return self

    @Recording._move
    def back(self) -> Self:
        """Go back: close a modal, or perform the back behavior of the step, or show the previous step.

        From the first step, the user leaves the flow.
        """
        self._flow.back()
        return self

    @Recording._move
    def close(self) -> Self:
        """Leave the flow."""
        self._flow.cancel()
        return self

    @Recording._move
    def finish_subflow(self, result: Any = UNSET) -> Self:
        """End the running subflow with success, and perform its `on_completion`.

        Raises AssertionError if no subflow runs.
        """
        self._flow.end_subflow(succeeded=True, result=result)
        return self

    @Recording._move
    def fail_subflow(self) -> Self:
        """End the running subflow with a failure, and perform its `on_error`. Without it, the flow fails too.

        Raises AssertionError if no subflow runs.
        """
        self._flow.end_subflow(succeeded=False)
        return self

    # -- the transcript -----------------------------------------------------------------------------------------------

    def transcript(self) -> Transcript:
        """Return the moves and the exchanges so far."""
        return Transcript(tuple(self._moves), self.exchanges, self._failed)

    @checked
    def record(self, path: str | Path) -> Self:
        """Write the transcript to a file, as JSON. `FlowClient.replay` repeats it."""
        Path(path).write_text(self.transcript().to_json(), encoding="utf-8")
        return self

    def __repr__(self) -> str:
        return f"<FlowSession: {Shown.of(self._flow.state)}>"
