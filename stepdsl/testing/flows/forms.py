"""The form of a step: the fields of all root schemas, what they submit, and what is wrong with it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from stepdsl.core.json import is_object
from stepdsl.core.messages import Path, listed, near, show
from stepdsl.model.layouts import FormLayout
from stepdsl.model.step import Step
from stepdsl.rendering.forms import Entered
from stepdsl.testing.flows.containers import Choice, Fixed, Items, Token, choices, innermost, make_field
from stepdsl.testing.flows.errors import ImpossibleMoveError
from stepdsl.testing.flows.fields import Field, Place
from stepdsl.testing.flows.objects import Group, Merged
from stepdsl.testing.flows.problems import chosen_schema, content_problems, messages, missing
from stepdsl.testing.flows.screens import layouts_of, on_screen
from stepdsl.validation import id_of
from stepdsl.validation.paths import parse_path, path_text

__all__ = ["Form"]


class Form:
    """The values of a step while it is shown."""

    def __init__(self, step: Step) -> None:
        """Take the step. The initial values are those of its model, and the defaults of its schemas."""
        forms = {layout.schema_id for layout in on_screen(layouts_of(step)) if isinstance(layout, FormLayout)}
        self._alone = [step] if len(step.schemas) == 1 else [Step(schemas=[schema]) for schema in step.schemas]
        self.roots: list[Field] = [
            make_field(schema, Place(shown=id_of(schema) in forms), step.model) for schema in step.schemas
        ]

    @property
    def values(self) -> dict[str, Any]:
        """What is submitted: the objects of the root schemas, merged in their order."""
        merged: dict[str, Any] = {}
        for root in self.roots:
            value = root.value
            if is_object(value):
                merged.update(value)
        return merged

    @property
    def entered(self) -> Entered:
        """A copy of what the user has entered."""
        chosen = {(id(field.schema), field.path): field.chosen for field in self.all() if isinstance(field, Choice)}
        return Entered([root.value for root in self.roots], chosen)

    def all(self) -> Iterator[Field]:
        """Yield all fields."""
        for root in self.roots:
            yield from root.all()

    def tokens(self) -> Iterator[Token]:
        """Yield the fields with persist-async."""
        return (field for field in self.all() if isinstance(field, Token))

    def find(self, path: Path) -> Field:
        """Return the field of a path, which can begin with the `$id` of a root schema.

        Raises ImpossibleMoveError if there is no such field, or if several root schemas have it.
        """
        field = self.lookup(path)
        if field is None:
            raise ImpossibleMoveError(self._no_field(path))
        return field

    def lookup(self, path: Path) -> Field | None:
        """Return the field of a path; None if there is none.

        Raises ImpossibleMoveError if several root schemas have it.
        """
        roots, rest = self.roots_of(path)
        found = [field for field in (root.at(rest) for root in roots) if field is not None]
        shown = [field for field in found if field.shown]
        if len(found) == 1 or len(shown) == 1:
            return (shown or found)[0]
        if found:
            ids = [id_of(root.schema) for root in roots if root.at(rest) is not None]
            named = ", ".join(f"{one}.{path_text(rest)}" for one in ids if one is not None)
            raise ImpossibleMoveError(f"several root schemas have {show(path_text(rest))}; write one of {named}")
        return None

    def fields_at(self, path: Path) -> list[Field]:
        """Return the fields that have the path of a message: of one root schema if it begins with its `$id`."""
        roots, rest = self.roots_of(path)
        return [field for root in roots for field in root.all() if field.path == rest]

    def missing_item(self, path: Path) -> str | None:
        """Return the reason why a path in the submitted values means no item: its list is shorter. Else None."""
        for at, part in enumerate(path):
            lists = [field for field in self.fields_at(path[:at]) if isinstance(field, Items)]
            if isinstance(part, int) and lists and all(part >= len(items.items) for items in lists):
                return lists[0].no_item(part)
        return None

    def parse(self, text: str) -> Path:
        """Return the parts of a path. A property with this name is taken first, then the longest `$id`.

        Raises ImpossibleMoveError if the text is no path.
        """
        if self._has(text):
            return (text,)
        path = parse_path(text)
        if path is None or not self._has(path[0]):
            path = self._below_id(text) or path
        if path is None:
            raise ImpossibleMoveError(f"expected a path such as 'address.city', got {show(text)}")
        return path

    def problems(self) -> dict[Path, str]:
        """Return the message of each field that cannot be submitted. Each root schema is validated by itself.

        A choice of a root schema has its message at the empty path.
        """
        found: dict[Path, str] = {}
        for root, alone in zip(self.roots, self._alone, strict=True):
            chosen, value = chosen_schema(root), root.value
            step = alone if chosen is root.schema else Step(schemas=[chosen])
            inside = messages(step, value if is_object(value) else {})
            for choice in choices(root):
                hidden = [path for path in inside if choice.chosen is None and _is_hidden(path, choice, root)]
                if hidden:  # the user has to choose first
                    inside = {path: message for path, message in inside.items() if path not in hidden}
                    inside |= missing(choice)
            found |= {self.message_path(root, path): message for path, message in inside.items()}
        for token in self.tokens():
            inside = {} if token.token is not None else content_problems(token, required=token.place.required)
            if not token.waits and "required" in (token.schema.__dict__.get("validation_messages") or {}):
                inside.pop(token.path, None)  # the field is empty, and its own schema has the message for this
            better = {**inside, **token.messages}
            if better and token.path not in better:  # the messages of its parts replace that of a missing token
                found.pop(self.message_path(token, token.path), None)
            found |= {self.message_path(token, path): message for path, message in inside.items() if path}
        return found

    def message_path(self, field: Field, path: Path) -> Path:
        """Return the path of a message at a field. It begins with the `$id` if several root schemas have the property.

        `field`: a field of the same root schema.
        """
        *_, root = field.with_containers()
        name = id_of(root.schema)
        is_shared = bool(path) and sum(one.has(path[0]) for one in self.roots) > 1
        return (name, *path) if name is not None and is_shared else path

    def refused(self) -> dict[Path, str]:
        """Return the messages of persist-async. They stop a submission until the values are stored."""
        return {
            self.message_path(token, path): message
            for token in self.tokens()
            for path, message in token.messages.items()
        }

    def names(self) -> list[str]:
        """Return the path of each field on the screen that takes a value, as text."""
        paths = (field.address for field in self.all() if field.shown and not isinstance(field, (Group, Merged)))
        return list(dict.fromkeys(paths))

    def _has(self, name: str | int) -> bool:
        """Return whether a root schema has a property."""
        return any(root.has(name) for root in self.roots)

    def _below_id(self, text: str) -> Path | None:
        """Return the path that begins with the `$id` of a root schema, which can have any characters; else None."""
        ids = (one for one in (id_of(root.schema) for root in self.roots) if one)
        for one in sorted(ids, key=len, reverse=True):
            if text == one:
                return (one,)
            if text.startswith((f"{one}.", f"{one}[")):
                below = parse_path(text.removeprefix(one).removeprefix("."))
                if below is not None:
                    return (one, *below)
        return None

    def roots_of(self, path: Path) -> tuple[list[Field], Path]:
        """Return the root schemas that a path means, and the path in them: one if it begins with a `$id`, else all."""
        named = [root for root in self.roots if path and id_of(root.schema) == path[0]]
        return (self.roots, path) if not named or self._has(path[0]) else (named, path[1:])

    def _no_field(self, path: Path) -> str:
        """Return the reason why there is no field at a path."""
        roots, rest = self.roots_of(path)
        for at, part in enumerate(rest):
            for around in (root.at(rest[:at]) for root in roots):
                items = None if around is None else innermost(around)
                if isinstance(part, int) and isinstance(items, (Items, Fixed)) and items.inside(part) is None:
                    is_next = isinstance(items, Items) and part == len(items.items)
                    advice = f"; session.add_item({items.name}) adds it" if is_next else ""
                    return f"{items.no_item(part)}{advice}"
        return self._ambiguous(path) or f"there is no field {show(path_text(path))}{self._others(path)}"

    def _ambiguous(self, path: Path) -> str | None:
        """Return the reason why there is no field: several alternatives of a one-of have it. Else None."""
        for field in self.all():
            rest = path[len(field.path) :]
            if isinstance(field, Choice) and field.shown and rest and path[: len(field.path)] == field.path:
                titles = [field.titles[at] for at in field.offered if field.alternatives[at].at(rest) is not None]
                if len(titles) > 1:
                    advice = f"write session.choose(…, at={field.name}) with one of {', '.join(map(show, titles))}"
                    return f"several alternatives of {field.name} have {show(path_text(rest))}; {advice}"
        return None

    def _others(self, path: Path) -> str:
        names = self.names()
        if not names:
            return "; the step shows no fields"
        return near(path_text(path), [*names, *self._others_to_choose()]) or f"; there are {listed(names)}"

    def _others_to_choose(self) -> Iterator[str]:
        """Yield the paths of the fields that are in one alternative only, which is not chosen yet."""
        for field in self.all():
            if isinstance(field, Choice) and field.shown:
                others = (part for at in field.offered if at != field.chosen for part in field.alternatives[at].all())
                yield from (part.address for part in others if self.lookup(part.path) is part)


def _is_hidden(path: Path, choice: Choice, root: Field) -> bool:
    """Return whether the field of a path is only in alternatives of a choice, none of which is chosen."""
    field = root.at(path)
    return bool(path) and choice.has(path[0]) and (field is None or not field.shown)
