"""What a test expects of a session. A failure shows the step, the last request and the last answer."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from typing import Any, Final, Self

from stepdsl.core.arguments import convert
from stepdsl.core.fields import FIELDS
from stepdsl.core.json import UNSET, Unset
from stepdsl.core.messages import nearest, show
from stepdsl.testing.arguments import Checker, boolean, checked, json_value
from stepdsl.testing.flows.containers import choices
from stepdsl.testing.flows.errors import ImpossibleMoveError
from stepdsl.testing.flows.fields import Field
from stepdsl.testing.flows.recording import Recording
from stepdsl.testing.flows.state import FlowErrors, SessionState
from stepdsl.validation.matching import equal_json

__all__ = ["Expectations"]

__tracebackhide__ = True  # pytest shows the line of the test, and not this module


class Expectations(Recording):
    """The assertions of a session. Each one returns the session, or raises AssertionError.

    The text of the AssertionError shows the step, the last request and the last answer.
    """

    @checked
    def expect_step(self, *, id: str | None = None, title: str | None = None) -> Self:
        """Expect that the flow shows a step, with this id and this title as far as they are given.

        Raises AssertionError if the flow has ended, or if the step has another id or title.
        """
        state = self._flow.state
        if state.status is not SessionState.OPEN or state.screen is None:
            raise self.failure(f"expected a step, but the flow has ended: {state.status}")
        step = self._flow.screen.step
        for name, wanted, found in (("id", id, step.id), ("title", title, step.title)):
            if wanted is not None and wanted != found:
                raise self.failure(f"expected a step with the {name} {show(wanted)}, got {show(found)}")
        return self

    @checked
    def expect_field(self, path: str, **what: Any) -> Self:
        """Expect a field on the screen, and what it has.

        `what`: `value` (what is submitted), `entered` (what the user sees), `error` (the message; None for no message),
        `required`, `enabled`, `choices` (titles), and the properties of its schema, such as `title`. With `shown=False`
        the field is not on the screen: it is hidden, or the step has no field with this path. So a misspelt path passes
        too.

        Raises AssertionError if there is no field at the path, or if it differs. Raises TypeError for an unknown
        argument.
        """
        if what == {"shown": False} and self._try(lambda: self._lookup(path)) is None:
            return self
        field = self._try(lambda: self._find(path))
        is_wanted = convert("expect_field.shown", what.pop("shown", True), boolean)
        if field.shown != is_wanted:
            where, but = ("on", "is not") if is_wanted else ("not on", "is")
            raise self.failure(f"expected the field {show(path)} {where} the screen, but it {but}")
        for name, given in what.items():
            read = _READERS.get(name)
            if read is not None:
                found = read(field)
            elif name == "error":
                found = self._flow.screen.messages.error_at(field)
            elif name in FIELDS[type(field.schema)].by_name:
                found = getattr(field.schema, name)
                if found is None and given is False:  # the documented default of each boolean property
                    found = False
            else:
                names = [*_READERS, "error", "shown", *FIELDS[type(field.schema)].by_name]
                raise TypeError(f"expect_field has no argument {name!r}{nearest(name, names)}")
            wanted = convert(f"expect_field.{name}", given, _checker_of(field, name))
            if not _equal(wanted, found):
                raise self.failure(f"expected {name} {_text(wanted)} of the field {show(path)}, got {_text(found)}")
        return self

    @checked
    def expect_error(self, path: str | None = None, *, contains: str | None = None) -> Self:
        """Expect a message for the user: at a field, or without `path` any message. `contains`: a part of its text.

        Raises AssertionError if there is no such message.
        """
        errors = self._flow.state.errors
        where, advice = "an error", ""
        if path is None:
            texts = [text for text in (errors.message, *errors.fields.values()) if text is not None]
        else:
            where = f"an error at {show(path)}"
            found, advice = self._error_at(path)
            texts = [] if found is None else [found]
        if not texts:
            raise self.failure(f"expected {where}, got {_errors_text(errors)}{advice}")
        if contains is not None and not any(contains in text for text in texts):
            raise self.failure(f"expected {where} that contains {show(contains)}, got {_errors_text(errors)}")
        return self

    @checked
    def expect_exit(self, result: Any = UNSET) -> Self:
        """Expect that the flow has ended with success, and with this result if one is given.

        Raises AssertionError if the flow goes on, has ended without success, or has another result.
        """
        state = self._flow.state
        if state.status is not SessionState.FINISHED:
            raise self.failure(f"expected the end of the flow, but it {_IN_STATE[state.status]}")
        if not isinstance(result, Unset) and not _equal(result, state.result):
            raise self.failure(f"expected the result {_text(result)}, got {_text(state.result)}")
        return self

    def _lookup(self, path: str) -> Field | None:
        form = self._flow.screen.form
        return form.lookup(form.parse(path))

    def _find(self, path: str) -> Field:
        form = self._flow.screen.form
        return form.find(form.parse(path))

    def _error_at(self, path: str) -> tuple[str | None, str]:
        """Return the message at a path, which can begin with the `$id` of a root schema; None if there is none.

        If there is no field, return also the reason, for the end of a text: a message can be at a path without a field.
        """
        try:
            return self._flow.screen.messages.error_at(self._find(path)), ""
        except ImpossibleMoveError as error:
            return self._flow.state.errors.fields.get(path), f"; {error}"


_READERS: Final[dict[str, Callable[[Field], Any]]] = {
    "value": lambda field: field.value,
    "entered": lambda field: field.entered,
    "enabled": lambda field: field.place.enabled,
    "required": lambda field: field.place.required,
    "choices": lambda field: [title for choice in choices(field) for title in choice.titles] or None,
}


_IN_STATE: Final = {
    SessionState.OPEN: "is open",
    SessionState.FAILED: "has failed",
    SessionState.CANCELLED: "was cancelled",
}


def _checker_of(field: Field, name: str) -> Checker:
    """Return the checker for what a field is expected to have. A property that is not set is None or UNSET."""
    if name in _READERS or name == "error":
        return json_value
    convert_property = FIELDS[type(field.schema)].by_name[name].convert
    return lambda value: value if value is None or value is UNSET else convert_property(value)


def _equal(wanted: Any, found: Any) -> bool:
    values = [_plain(one) for one in (wanted, found)]
    return equal_json(*values)


def _text(value: Any) -> str:
    """Return a value as Python writes it, as the author of the test does."""
    return repr(str(value) if isinstance(value, StrEnum) else value)


def _errors_text(errors: FlowErrors) -> str:
    texts = [] if errors.message is None else [show(errors.message)]
    texts += [f"{show(text)} at {path}" for path, text in errors.fields.items()]
    return ", ".join(texts) or "no error"


def _plain(value: Any) -> Any:
    """Return a tuple as a list, as a property of a schema can be one."""
    return [*value] if isinstance(value, tuple) else value
