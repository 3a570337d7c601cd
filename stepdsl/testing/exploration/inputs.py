"""The fields on the screen that take input, and the paths that mean them."""

from __future__ import annotations

from collections.abc import Iterator

from attrs import frozen

from stepdsl.model.schemas import ArraySchema, BlobSchema
from stepdsl.model.unions import Schema
from stepdsl.testing.flows.containers import Items, Token, choices, innermost
from stepdsl.testing.flows.errors import ImpossibleMoveError
from stepdsl.testing.flows.fields import Constant, Field
from stepdsl.testing.flows.forms import Form
from stepdsl.testing.flows.state import Screen
from stepdsl.validation import id_of
from stepdsl.validation.paths import path_text

__all__ = ["Input", "inputs_of"]


@frozen
class Input:
    """A field that takes a value, with its path as text."""

    path: str
    """The path, as `fill` takes it."""
    field: Field
    """The field."""
    refreshes: bool
    """Whether a change of the field refreshes the step."""

    @property
    def seen(self) -> Field:
        """The field that the user sees: of a token the inner one."""
        return self.field.inner if isinstance(self.field, Token) else self.field

    @property
    def schema(self) -> Schema:
        """The schema of what the user enters."""
        return self.seen.schema

    @property
    def is_needed(self) -> bool:
        """Whether the form cannot be submitted while the field is empty."""
        return self.field.place.required and all(
            field.place.required or field.place.container is None for field in self.field.with_containers()
        )

    @property
    def takes_file(self) -> bool:
        """Whether a file can be chosen for the field."""
        schema = self.schema
        if isinstance(self.field, Items) and isinstance(schema, ArraySchema.List):
            persist = schema.items.__dict__.get("persist_async")
            return persist is not None and isinstance(persist.schema, BlobSchema)
        return self.seen.takes_file


def inputs_of(screen: Screen) -> Iterator[Input]:
    """Yield the fields on the screen that take input, each one once. What is in a token is not a field of its own."""
    for field in screen.form.all():
        in_token = any(isinstance(one, Token) for one in field.with_containers() if one is not field)
        if field.shown and field.place.enabled and not in_token and not isinstance(field, Constant):
            path = _path(screen.form, field)
            if path is not None:
                yield Input(path, field, screen.refreshes(field))


def _path(form: Form, field: Field) -> str | None:
    """Return the path that means a field; None if no path does."""
    *_, root = field.with_containers()
    for path in (field.address, f"{id_of(root.schema)}.{path_text(field.path)}"):
        try:
            found = form.find(form.parse(path))
            if field in (found, innermost(found), *choices(found)):
                return path
        except ImpossibleMoveError:
            continue
    return None
