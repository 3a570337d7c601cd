"""The messages at the fields of a form, and how long they are shown."""

from __future__ import annotations

from collections.abc import Mapping

from stepdsl.core.messages import Path
from stepdsl.testing.flows.containers import Token
from stepdsl.testing.flows.fields import Field
from stepdsl.testing.flows.forms import Form
from stepdsl.validation.paths import path_text

__all__ = ["Messages"]


class Messages:
    """The messages at the fields of one form, by their paths. A message goes away when its field changes."""

    def __init__(self, form: Form) -> None:
        """Begin without messages."""
        self._form = form
        self.received: dict[Path, str] = {}
        """The error messages of the server."""
        self.problems: dict[Path, str] = {}
        """The messages of the last submission that the form has refused."""
        self.accepted: dict[Path, str] = {}
        """The positive messages of validate-async, also of fields that have errors now."""

    @property
    def errors(self) -> dict[Path, str]:
        """The error messages that are shown."""
        return {**self.received, **self.problems}

    def error_at(self, field: Field) -> str | None:
        """Return the error message of a field that is shown; None if there is none."""
        shown = self.errors
        return shown.get(self._form.message_path(field, field.path), shown.get(field.path))

    @property
    def feedback(self) -> dict[str, str]:
        """The positive messages that are shown: of fields without an error. The paths are text."""
        shown = self.errors
        return {path_text(path): text for path, text in self.accepted.items() if path not in shown}

    def receive(self, errors: Mapping[Path, str]) -> None:
        """Show these messages of the server in place of all earlier errors."""
        self.received, self.problems = dict(errors), {}

    def refuse(self, problems: Mapping[Path, str]) -> None:
        """Show why the form cannot be submitted. Messages of the server stay at fields that have not changed."""
        self.problems = dict(problems)

    def remove(self, field: Field, *, inside: bool) -> None:
        """Remove the messages of a field that changes, of those around it, and with `inside` of the fields in it."""
        at, containers = field.path, list(field.with_containers())
        around = {one.path for one in containers}
        around.update(path for one in containers if isinstance(one, Token) for path in one.messages)
        for messages in self._all:
            for path in list(messages):
                roots, rest = self._form.roots_of(path)
                is_inside = rest[: len(at)] == at
                if field.place.key is None and rest != at:  # other parts of an all-of have the same path
                    is_inside = is_inside and field.has(rest[len(at)])
                if containers[-1] in roots and (rest in around or (inside and is_inside)):
                    del messages[path]

    def remove_item(self, items: Field, index: int) -> None:
        """Remove the messages in an item of a list that is removed. Those in later items move up with them."""
        *_, root = items.with_containers()
        for messages in self._all:
            kept = list(messages.items())
            messages.clear()
            for path, message in kept:
                roots, rest = self._form.roots_of(path)
                at = len(path) - len(rest) + len(items.path)  # the place of the position in the path
                is_inside = root in roots and rest[: len(items.path)] == items.path and at < len(path)
                position = path[at] if is_inside else None
                if isinstance(position, int) and position > index:
                    messages[(*path[:at], position - 1, *path[at + 1 :])] = message
                elif position != index:
                    messages[path] = message

    def copy(self) -> Messages:
        """Return a copy, to restore the messages later."""
        copied = Messages(self._form)
        copied.received, copied.problems, copied.accepted = map(dict, self._all)
        return copied

    @property
    def _all(self) -> tuple[dict[Path, str], ...]:
        return self.received, self.problems, self.accepted
