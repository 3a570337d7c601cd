"""The fields of a form: the values that the user has entered. Here are those of single values."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any, TypeAlias, TypeVar

import attrs
from attrs import frozen

from stepdsl.core.json import UNSET, plain_json
from stepdsl.core.messages import Path, show
from stepdsl.model.schemas import BlobSchema, BooleanSchema, StringSchema
from stepdsl.model.unions import Schema
from stepdsl.testing.flows.errors import ImpossibleMoveError
from stepdsl.validation import id_of, title_of
from stepdsl.validation.matching import equal_json, has_shape
from stepdsl.validation.paths import path_text

__all__ = ["Constant", "Field", "File", "MakeField", "Open", "Place", "Scalar", "all_blank", "clear", "innermost_first"]


@frozen
class Place:
    """Where a field is in the form, and how the user sees it."""

    key: str | int | None = None
    """The name or the position in the field around it; None if both have the same value."""
    shown: bool = True
    """Whether the field is on the screen."""
    enabled: bool = True
    """Whether the field takes input."""
    required: bool = False
    """Whether the user has to enter a value."""
    in_list: bool = False
    """Whether the field is in an item of a list."""
    container: Field | None = None
    """The field around it; None for a root schema."""


@frozen
class File:
    """A file that the user has chosen."""

    data: bytes
    """The content."""
    filename: str
    """The name of the file."""
    content_type: str
    """The content type, such as `image/png`."""


F = TypeVar("F", bound="Field")

MakeField: TypeAlias = Callable[[Schema, Place, Any], "Field"]
"""Makes the field of a schema at a place, with its initial value."""


class Field:
    """A field, with the value that is submitted."""

    def __init__(self, schema: Schema, place: Place) -> None:
        """Take the schema and the place. A hidden or disabled schema hides or disables what is in it."""
        self.schema = schema
        self.place: Place = attrs.evolve(
            place,
            shown=place.shown and not schema.__dict__.get("hidden"),
            enabled=place.enabled and not schema.__dict__.get("disabled"),
        )

    @property
    def value(self) -> Any:
        """The value that is submitted; None if the field is empty."""
        raise NotImplementedError

    @property
    def entered(self) -> Any:
        """What the user sees in the field."""
        return self.value

    @property
    def path(self) -> Path:
        """The path in the submitted values."""
        container = self.place.container
        path = () if container is None else container.path
        return path if self.place.key is None else (*path, self.place.key)

    @property
    def shown(self) -> bool:
        """Whether the field is on the screen: not if it is in an alternative that is not chosen."""
        container = self.place.container
        return self.place.shown and (container is None or (container.shown and container.shows(self)))

    def shows(self, part: Field) -> bool:
        """Return whether a field in this one is on the screen, if this one is."""
        return True

    @property
    def parts(self) -> Iterator[Field]:
        """The fields directly in this one, as far as their values are submitted."""
        return iter(())

    @property
    def title(self) -> str | None:
        """The title of the schema, which may be of an unknown type."""
        return title_of(self.schema)

    def inside(self, part: str | int) -> Field | None:
        """Return the field of a property or an item; None if there is none."""
        return None

    def at(self, path: Path) -> Field | None:
        """Return the field at a path in this one; None if there is none. The empty path is this field."""
        if not path:
            return self
        inner = self.inside(path[0])
        return None if inner is None else inner.at(path[1:])

    def has(self, part: str | int) -> bool:
        """Return whether this field or an alternative of it has a property."""
        return False

    @property
    def blank(self) -> bool:
        """Whether nothing is entered in the field and in the fields in it."""
        return self.value is None

    @property
    def takes_file(self) -> bool:
        """Whether a file can be chosen for the field itself."""
        return False

    def takes(self, value: Any) -> bool:
        """Return whether a JSON value has the right type for this field; an object, also the right properties."""
        raise NotImplementedError

    def set(self, value: Any) -> None:
        """Enter a JSON value; None empties the field. Raises ImpossibleMoveError if the field cannot take it."""
        raise NotImplementedError

    def clear(self) -> None:
        """Empty the field, as far as the user can: what is hidden, disabled or fixed in it keeps its value."""
        self.set(None)

    @property
    def address(self) -> str:
        """The path as text; of a root schema its `$id`."""
        *_, root = self.with_containers()
        return path_text(self.path) or id_of(root.schema) or ""

    @property
    def name(self) -> str:
        """The address in quotes, for messages."""
        return show(self.address)

    def copy_state(self) -> dict[str, Any]:
        """Return a copy of the attributes, to restore them later."""
        return {name: [*value] if isinstance(value, list) else value for name, value in vars(self).items()}

    def all(self) -> Iterator[Field]:
        """Yield this field and all fields in it."""
        yield self
        for part in self.parts:
            yield from part.all()

    def with_containers(self) -> Iterator[Field]:
        """Yield this field and the fields around it, the innermost first."""
        field: Field | None = self
        while field is not None:
            yield field
            field = field.place.container

    def _below(self, key: str | int | None = None, *, required: bool = False) -> Place:
        return attrs.evolve(self.place, key=key, required=required, container=self)


class Scalar(Field):
    """A field with a single value: a text, a number, a boolean or a file."""

    def __init__(self, schema: Schema, place: Place, model: Any) -> None:
        """Take the initial value: of the model, or else the default. An untouched boolean is False."""
        super().__init__(schema, place)
        default = schema.__dict__.get("default")
        found = model if model is not UNSET and has_shape(schema, model) else default
        self._value: Any = found
        self.file: File | None = None

    @property
    def value(self) -> Any:
        """The value. None for an empty text, and False for a boolean without input."""
        if self._value is None and isinstance(self.schema, BooleanSchema):
            return False
        return None if self._value == "" else self._value

    @property
    def entered(self) -> Any:
        """The file or the value."""
        return self.value if self.file is None else self.file

    @property
    def blank(self) -> bool:
        """Whether there is neither a file nor a value."""
        return self.file is None and self._value in (None, "")

    @property
    def takes_file(self) -> bool:
        """Whether it is the file of a field with persist-async, or a string of the format base64url."""
        if isinstance(self.schema, StringSchema):
            return self.schema.format == StringSchema.Format.BASE64URL
        around = self.place.container
        is_stored = around is not None and around.schema.__dict__.get("persist_async") is not None
        return isinstance(self.schema, BlobSchema) and is_stored

    def takes(self, value: Any) -> bool:
        """Return whether a value has the right type."""
        return has_shape(self.schema, value)

    def set(self, value: Any) -> None:
        """Enter a value. A value of another type is kept: the form refuses it at the submission."""
        if value is not None and isinstance(self.schema, BlobSchema):
            raise ImpossibleMoveError(f"{self.name} takes a file; write session.upload(…)")
        self._value, self.file = value, None


class Constant(Field):
    """A constant. The user cannot change it."""

    @property
    def value(self) -> Any:
        """The constant; None if it has no value."""
        value = self.schema.__dict__.get("value", UNSET)
        return None if value is UNSET else plain_json(value)

    def takes(self, value: Any) -> bool:
        """Return whether a value equals the constant."""
        return equal_json(self.value, value)

    def set(self, value: Any) -> None:
        """Raise ImpossibleMoveError."""
        raise ImpossibleMoveError(f"{self.name} has a fixed value")

    def clear(self) -> None:
        """Keep the value."""


class Open(Field):
    """A field whose schema the library does not describe. It has the value of the model."""

    def __init__(self, schema: Schema, place: Place, model: Any) -> None:
        """Take the value of the model."""
        super().__init__(schema, place)
        self._value: Any = None if model is UNSET else plain_json(model)

    @property
    def value(self) -> Any:
        """A copy of the value."""
        return plain_json(self._value)

    def takes(self, value: Any) -> bool:
        """Return True."""
        return True

    def set(self, value: Any) -> None:
        """Enter any value."""
        self._value = value


def innermost_first(fields: Iterable[F]) -> list[F]:
    """Return fields in an order in which each one comes after those in it."""
    return sorted(fields, key=lambda field: -len([*field.with_containers()]))


def all_blank(fields: Iterable[Field]) -> bool:
    """Return whether nothing is entered in any field. Constants do not count."""
    return all(isinstance(field, Constant) or field.blank for field in fields)


def clear(fields: Iterable[Field]) -> None:
    """Empty the fields that the user can change."""
    for field in fields:
        if field.place.shown and field.place.enabled:
            field.clear()
