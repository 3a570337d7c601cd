"""Changes of fields, and what starts when the user leaves them: persist-async, validate-async and a refresh."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable
from contextlib import contextmanager

from stepdsl.testing.flows.asynchronous import persist, validate_field
from stepdsl.testing.flows.containers import Choice, Items, Token
from stepdsl.testing.flows.errors import ImpossibleMoveError
from stepdsl.testing.flows.fields import Field, innermost_first
from stepdsl.testing.flows.flow import Flow
from stepdsl.testing.flows.problems import is_valid
from stepdsl.validation.matching import equal_json

__all__ = ["Editing"]


class Editing:
    """The fields that a user has changed, and has not left yet.

    A refresh replaces the form. The fields of the former one have no effect any more.
    """

    def __init__(self, flow: Flow) -> None:
        """Take the flow, whose form is edited."""
        self.flow = flow
        self._screen = flow.screen
        self._changed: dict[Field, bool] = {}  # whether the value before was valid, of fields that refresh the step
        self._undo: list[tuple[int, Callable[[], None]]] = []  # how many requests were sent before a change

    @contextmanager
    def or_undo(self) -> Generator[None]:
        """Undo the changes if the screen does not allow a move: those since `keep` that no request has followed."""
        try:
            yield
        except ImpossibleMoveError:
            sent = len(self.flow.sender.exchanges)
            for before, undo in reversed(self._undo):
                if before == sent:
                    undo()
            raise

    def keep(self) -> None:
        """Keep the changes, also if the screen does not allow a later one."""
        self._undo.clear()

    def change(self, field: Field, change: Callable[[], object]) -> None:
        """Change a field. Remove its messages, those in it and around it, and the tokens of the earlier value."""
        known = set(field.all())
        self._change(field, change, inside=True)
        for one in field.all():
            if one not in known:  # the value has chosen another alternative
                self._changed.setdefault(one, False)

    def add(self, items: Items) -> None:
        """Add an item to a list. Messages of the other items stay."""
        self._change(items, items.add, inside=False)

    def remove(self, items: Items, index: int) -> None:
        """Remove an item of a list, with its messages. Those of the other items stay."""
        self._change(items, lambda: items.remove(index), inside=False, moved=items.items[index:])
        self._screen.messages.remove_item(items, index)

    def choose(self, choice: Choice, position: int) -> None:
        """Choose an alternative. It is complete at once, so it refreshes the step also if fields in it are empty."""
        self._change(choice, lambda: choice.choose(position), inside=True)
        self._changed[choice] = True

    def _change(self, field: Field, change: Callable[[], object], *, inside: bool, moved: Iterable[Field] = ()) -> None:
        """Make a change. `inside`: whether it changes the fields in the field too. `moved`: items with a new place."""
        if self.flow.screen is not self._screen:
            self._screen, self._changed = self.flow.screen, {}
        parts = [one for one in field.all() if one is not field] if inside else []
        undo = self._screen.restoring([*field.with_containers(), *parts, *moved])
        self._undo.append((len(self.flow.sender.exchanges), undo))
        self._screen.messages.remove(field, inside=inside)
        before = {one: one.value for one in parts}
        affected = {one: self._screen.refreshes(one) and is_valid(one) for one in (*field.with_containers(), *before)}
        change()
        for one, was_valid in affected.items():
            if one not in before or not equal_json(one.value, before[one]):
                self._changed.setdefault(one, was_valid)
                if isinstance(one, Token):
                    one.drop()

    def leave(self, field: Field | None = None) -> None:
        """Leave a field and the fields in it, by default all. Start once what depends on those that have changed."""
        left = {one: valid for one, valid in self._changed.items() if field is None or field in one.with_containers()}
        self._changed = {one: valid for one, valid in self._changed.items() if one not in left}
        if self.flow.screen is not self._screen or self._screen.is_invalid:
            return
        sender, strict = self.flow.sender, self.flow.settings.strict
        in_order = innermost_first(left)
        for one in in_order:
            if isinstance(one, Token):
                persist(sender, self._screen, one, strict=strict)
        for one in in_order:
            check = one.schema.__dict__.get("validation_async")
            if check is not None:
                validate_field(sender, self._screen, one, check, strict=strict)
        if any(self._screen.refreshes(one) and (was_valid or is_valid(one)) for one, was_valid in left.items()):
            self.flow.refresh()
