"""The form of a step: the fields of all root schemas, what they submit, and what is wrong with it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import attrs

from stepdsl.core.json import is_object
from stepdsl.core.messages import Path, listed, near, show
from stepdsl.errors import InvalidValueError
from stepdsl.model.layouts import FormLayout
from stepdsl.model.schemas import AllOfSchema, ArraySchema, ObjectSchema
from stepdsl.model.step import Step
from stepdsl.model.unions import Schema
from stepdsl.testing.flows.containers import Choice, Fixed, Items, Token, innermost, make_field
from stepdsl.testing.flows.errors import ImpossibleMoveError
from stepdsl.testing.flows.fields import Field, Place
from stepdsl.testing.flows.objects import Group, Merged
from stepdsl.testing.flows.screens import layouts_of, on_screen
from stepdsl.validation import id_of
from stepdsl.validation.paths import parse_path, path_text
from stepdsl.validation.validator import validate

__all__ = ["Form", "problem_of"]


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
        roots, rest = self._roots_of(path)
        found = [field for field in (_inside(root, rest) for root in roots) if field is not None]
        shown = [field for field in found if field.shown]
        if len(found) == 1 or len(shown) == 1:
            return (shown or found)[0]
        if found:
            ids = [id_of(root.schema) for root in roots if _inside(root, rest) is not None]
            named = ", ".join(f"{one}.{path_text(rest)}" for one in ids if one is not None)
            raise ImpossibleMoveError(f"several root schemas have {show(path_text(rest))}; write one of {named}")
        return None

    def fields_at(self, path: Path) -> list[Field]:
        """Return the fields of all root schemas that have this path in the submitted values."""
        return [field for field in self.all() if field.path == path]

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

    def problems(self) -> dict[str, str]:
        """Return the message of each field that cannot be submitted. Each root schema is validated by itself."""
        found: dict[str, str] = {}
        for root, alone in zip(self.roots, self._alone, strict=True):
            chosen, value = _chosen(root), root.value
            step = alone if chosen is root.schema else Step(schemas=[chosen])
            found |= _problems(step, value if is_object(value) else {})
        for token in self.tokens():
            message = problem_of(token.inner.schema, token.content, required=token.place.required)
            path = path_text(token.path)
            if token.token is None and message is not None and path:
                found[path] = message
        return found

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

    def _roots_of(self, path: Path) -> tuple[list[Field], Path]:
        named = [root for root in self.roots if path and id_of(root.schema) == path[0]]
        return (self.roots, path) if not named or self._has(path[0]) else (named, path[1:])

    def _no_field(self, path: Path) -> str:
        """Return the reason why there is no field at a path."""
        roots, rest = self._roots_of(path)
        for at, part in enumerate(rest):
            for around in (_inside(root, rest[:at]) for root in roots):
                items = None if around is None else innermost(around)
                if isinstance(part, int) and isinstance(items, (Items, Fixed)) and items.inside(part) is None:
                    is_next = isinstance(items, Items) and part == len(items.items)
                    advice = f"; session.add_item({items.name}) adds it" if is_next else ""
                    return f"{items.no_item(part)}{advice}"
        return f"there is no field {show(path_text(path))}{self._others(path)}"

    def _others(self, path: Path) -> str:
        names = self.names()
        if not names:
            return "; the step shows no fields"
        return near(path_text(path), names) or f"; there are {listed(names)}"


def problem_of(schema: Schema, value: Any, *, required: bool = False) -> str | None:
    """Return the message for a value of one schema; None if it fits, and for what is not JSON, such as a file."""
    if not isinstance(value, (str, int, float, list, dict, type(None))):
        return None
    whole = ObjectSchema(properties={"value": schema}, required=["value"] if required else [])
    found = _problems(Step(schemas=[whole]), {} if value is None else {"value": value})
    return next(iter(found.values()), None)


def _problems(step: Step, values: Mapping[str, Any]) -> dict[str, str]:
    """Return the message of each field; none for names and values that cannot be validated."""
    try:
        return validate(step, values)
    except InvalidValueError:
        return {}


def _inside(root: Field, path: Path) -> Field | None:
    field: Field | None = root
    for part in path:
        field = None if field is None else field.inside(part)
    return field


def _chosen(field: Field) -> Schema:
    """Return the schema of a field, with the chosen alternatives in place of one-of schemas."""
    match field:
        case Choice(chosen=int(position)):
            return _chosen(field.alternatives[position])
        case Group():
            return _replaced(field.schema, "properties", {name: _chosen(part) for name, part in field.fields.items()})
        case Merged():
            return _replaced(field.schema, "schemas", [_chosen(part) for part in field.members])
        case Fixed():
            return _replaced(field.schema, "items", [_chosen(part) for part in field.items])
        case Items():
            items = [_chosen(part) for part in field.items]
            is_same = all(item is field.schema.__dict__["items"] for item in items)
            return field.schema if is_same else AllOfSchema(schemas=[field.schema, ArraySchema.Tuple(items=items)])
        case _:
            return field.schema


def _replaced(schema: Any, name: str, parts: Any) -> Schema:
    before = schema.__dict__[name]
    keys: Any = range(len(before)) if isinstance(parts, list) else parts
    if all(before[key] is parts[key] for key in keys):
        unchanged: Schema = schema
        return unchanged
    made: Schema = attrs.evolve(schema, **{name: parts})
    return made
