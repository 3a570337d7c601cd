"""The fields that have other fields in them: objects, lists, choices and values with a token."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import Any, Final

import attrs

from stepdsl.core.json import UNSET, is_array, is_object, plain_json
from stepdsl.core.messages import counted, show
from stepdsl.model.common import PersistAsync
from stepdsl.model.schemas import (
    AllOfSchema,
    ArraySchema,
    BlobSchema,
    BooleanSchema,
    ConstSchema,
    IntegerSchema,
    NumberSchema,
    ObjectSchema,
    OneOfSchema,
    StringSchema,
)
from stepdsl.model.unions import Schema
from stepdsl.testing.flows.errors import ImpossibleMoveError
from stepdsl.testing.flows.fields import Constant, Field, Open, Place, Scalar
from stepdsl.validation.matching import equal_constant, matching_alternative

__all__ = ["Choice", "Fixed", "Group", "Items", "Merged", "Token", "innermost", "make_field"]


class Group(Field):
    """An object: a part of the form with fields of its own."""

    def __init__(self, schema: ObjectSchema, place: Place, model: Any) -> None:
        """Take the model. What is in no property of the schema is dropped."""
        super().__init__(schema, place)
        values = model if is_object(model) else {}
        shown, required = frozenset(schema.display_order), frozenset(schema.required or ())
        self.fields: dict[str, Field] = {}
        for name, part in schema.properties.items():
            below = self._below(name, required=name in required)
            below = below if name in shown else attrs.evolve(below, shown=False)
            self.fields[name] = make_field(part, below, values.get(name, UNSET))

    @property
    def value(self) -> Any:
        """The object of the values that are not empty."""
        values = ((name, field.value) for name, field in self.fields.items())
        return {name: value for name, value in values if value is not None}

    @property
    def parts(self) -> Iterator[Field]:
        """The fields of the object."""
        return iter(self.fields.values())

    def inside(self, part: str | int) -> Field | None:
        """Return the field of a property."""
        return self.fields.get(part) if isinstance(part, str) else None

    def has(self, part: str | int) -> bool:
        """Return whether the object has a property."""
        return part in self.fields

    def set(self, value: Any) -> None:
        """Empty all fields that the user can change. Raises ImpossibleMoveError for any other value than None."""
        if value is not None:
            raise ImpossibleMoveError(f"{self.name} is an object; fill it with a mapping, not with {show(value)}")
        for field in self.fields.values():
            if field.place.shown and field.place.enabled and not isinstance(field, Constant):
                field.set(None)


class Merged(Field):
    """An all-of schema: the values of its parts are merged."""

    def __init__(self, schema: AllOfSchema, place: Place, model: Any) -> None:
        """Take the model, which is the one of each part."""
        super().__init__(schema, place)
        self.members: list[Field] = [
            make_field(part, self._below(required=place.required), model) for part in schema.schemas
        ]

    @property
    def value(self) -> Any:
        """The merged object, the later part over the earlier one; of values that are no objects the last one."""
        merged: Any = None
        for value in (part.value for part in self.members):
            if value is not None:
                merged = {**merged, **value} if is_object(merged) and is_object(value) else value
        return merged

    @property
    def parts(self) -> Iterator[Field]:
        """The parts."""
        return iter(self.members)

    def inside(self, part: str | int) -> Field | None:
        """Return the field of the last part that has it: its value is submitted."""
        found = [field for field in (member.inside(part) for member in self.members) if field is not None]
        return found[-1] if found else None

    def has(self, part: str | int) -> bool:
        """Return whether a part has a property."""
        return any(member.has(part) for member in self.members)

    def set(self, value: Any) -> None:
        """Enter the value in all parts."""
        for member in self.members:
            member.set(value)


class Choice(Field):
    """A one-of schema: one of several constants, or one of several parts of the form."""

    def __init__(self, schema: OneOfSchema, place: Place, model: Any) -> None:
        """Take the model. It selects the alternative. Otherwise the default selects it. Otherwise none is selected."""
        super().__init__(schema, place)
        self._schemas = schema.schemas
        self._other: Any = None
        self.chosen: int | None = None
        initial = model
        if model is not UNSET:
            self.chosen = matching_alternative(schema.schemas, model)
        if self.chosen is None and schema.default is not UNSET:
            self.chosen = matching_alternative(schema.schemas, schema.default)
            initial = schema.default if self.chosen is not None else model
        self.alternatives: list[Field] = [
            make_field(part, self._below(required=place.required), initial) for part in schema.schemas
        ]

    @property
    def value(self) -> Any:
        """The value of the chosen alternative."""
        return self._other if self.chosen is None else self.alternatives[self.chosen].value

    @property
    def parts(self) -> Iterator[Field]:
        """The chosen alternative."""
        return iter(()) if self.chosen is None else iter((self.alternatives[self.chosen],))

    @property
    def titles(self) -> list[str]:
        """What the user can choose: the title of each alternative, or else its constant."""
        return [_title_of(part) for part in self.alternatives]

    def shows(self, part: Field) -> bool:
        """Return whether an alternative is the chosen one."""
        return self.chosen is not None and self.alternatives[self.chosen] is part

    def inside(self, part: str | int) -> Field | None:
        """Return the field of the chosen alternative, or of the only alternative that has it."""
        position = self._having({part}) if isinstance(part, str) else self.chosen
        return None if position is None else self.alternatives[position].inside(part)

    def has(self, part: str | int) -> bool:
        """Return whether an alternative has a property."""
        return any(alternative.has(part) for alternative in self.alternatives)

    def choose(self, position: int) -> None:
        """Choose an alternative."""
        self.chosen, self._other = position, None

    def position_for(self, value: dict[str, Any]) -> int | None:
        """Return the position of the alternative that an object is for; None if several are equal.

        This is an equal constant, the chosen one if it has all properties of the object, the only one that has them,
        or else the best match.
        """
        for position in (equal_constant(self._schemas, value), self._having(value.keys())):
            if position is not None:
                return position
        return matching_alternative(self._schemas, value)

    def _having(self, names: Collection[str | int]) -> int | None:
        having = [at for at, part in enumerate(self.alternatives) if all(map(part.has, names))]
        return self.chosen if self.chosen in having else having[0] if len(having) == 1 else None

    def set(self, value: Any) -> None:
        """Choose the alternative that a value fits. If there is none, the form refuses the value at submission."""
        position = None if value is None else matching_alternative(self._schemas, value)
        self.chosen, self._other = position, None if position is not None else value
        if position is not None and not isinstance(self.alternatives[position], Constant):
            self.alternatives[position].set(value)


class _Array(Field):
    """A list or a tuple."""

    items: list[Field]
    """The fields of the items, in order."""

    @property
    def value(self) -> Any:
        """The values of the items; an empty array without items."""
        return [item.value for item in self.items]

    @property
    def parts(self) -> Iterator[Field]:
        """The items."""
        return iter(self.items)

    def inside(self, part: str | int) -> Field | None:
        """Return an item."""
        return self.items[part] if isinstance(part, int) and part < len(self.items) else None

    def no_item(self, index: int) -> str:
        """Return the reason why there is no item with an index."""
        return f"{self.name} has {counted(len(self.items), 'item')}, so there is no item {index}"


class Items(_Array):
    """A list: any number of items with the same schema."""

    def __init__(self, schema: ArraySchema.List, place: Place, model: Any) -> None:
        """Take the model, which has the initial items."""
        super().__init__(schema, place)
        self.items: list[Field] = []
        for item in model if is_array(model) else ():
            self.add(item)

    def set(self, value: Any) -> None:
        """Remove all items. Raises ImpossibleMoveError for any other value than None."""
        if value is not None:
            raise ImpossibleMoveError(f"{self.name} is a list; fill it with a list, not with {show(value)}")
        self.items.clear()

    def add(self, model: Any = UNSET) -> Field:
        """Add an item with its initial value. Return its field."""
        place = attrs.evolve(self._below(len(self.items)), in_list=True)
        self.items.append(make_field(self.schema.__dict__["items"], place, model))
        return self.items[-1]

    def remove(self, index: int) -> None:
        """Remove an item. The later ones move up."""
        del self.items[index]
        for at, item in enumerate(self.items):
            item.step = at


class Fixed(_Array):
    """A tuple: a fixed number of items, each with its own schema."""

    def __init__(self, schema: ArraySchema.Tuple, place: Place, model: Any) -> None:
        """Take the model, which has the initial items."""
        super().__init__(schema, place)
        values: Sequence[Any] = model if is_array(model) else ()
        self.items: list[Field] = [
            make_field(part, self._below(at), values[at] if at < len(values) else UNSET)
            for at, part in enumerate(schema.items)
        ]

    def set(self, value: Any) -> None:
        """Empty all items. Raises ImpossibleMoveError for any other value than None."""
        if value is not None:
            raise ImpossibleMoveError(f"{self.name} is a tuple; fill it with a list, not with {show(value)}")
        for item in self.items:
            item.set(None)


class Token(Field):
    """A field with persist-async: the user sees the inner schema, and the token of the endpoint is submitted."""

    def __init__(self, schema: Schema, place: Place, model: Any) -> None:
        """Take the token that the model has."""
        super().__init__(schema, place)
        persist: PersistAsync = schema.__dict__["persist_async"]
        self.persist = persist
        self.token: Any = None if model is UNSET else plain_json(model)
        self.inner: Field = make_field(persist.schema, self._below(required=place.required), UNSET)

    @property
    def value(self) -> Any:
        """The token."""
        return plain_json(self.token)

    @property
    def entered(self) -> Any:
        """What the user has entered: a file, or the inner value."""
        return self.inner.file if isinstance(self.inner, Scalar) and self.inner.file is not None else self.inner.value

    @property
    def waits(self) -> bool:
        """Whether the user has entered something that is not stored yet."""
        entered = self.entered
        untouched = isinstance(self.inner.schema, BooleanSchema) and entered is False
        return self.token is None and entered is not None and not untouched

    @property
    def parts(self) -> Iterator[Field]:
        """The inner field."""
        return iter((self.inner,))

    def inside(self, part: str | int) -> Field | None:
        """Return a field of the inner one."""
        return self.inner.inside(part)

    def has(self, part: str | int) -> bool:
        """Return whether the inner field has a property."""
        return self.inner.has(part)

    def set(self, value: Any) -> None:
        """Enter a value in the inner field. The token of an earlier value is dropped."""
        self.inner.set(value)
        self.token = None


_KINDS: Final[dict[type[Schema], Any]] = {
    **dict.fromkeys((StringSchema, IntegerSchema, NumberSchema, BooleanSchema, BlobSchema), Scalar),
    ObjectSchema: Group,
    AllOfSchema: Merged,
    OneOfSchema: Choice,
    ArraySchema.List: Items,
    ArraySchema.Tuple: Fixed,
}


def make_field(schema: Schema, place: Place, model: Any) -> Field:
    """Return the field of a schema with its initial value. `model` is UNSET without a value; null counts as none."""
    value = UNSET if model is None else model
    if schema.__dict__.get("persist_async") is not None:
        return Token(schema, place, value)
    if isinstance(schema, ConstSchema):
        return Constant(schema, place)
    made: Field = _KINDS.get(type(schema), Open)(schema, place, value)
    return made


def _title_of(field: Field) -> str:
    return field.title if field.title is not None else str(field.value)


def innermost(field: Field) -> Field:
    """Return the field that the user sees: of a token the inner one, of a choice the chosen alternative."""
    while isinstance(field, Token) or (isinstance(field, Choice) and field.chosen is not None):
        field = field.inner if isinstance(field, Token) else next(field.parts)
    return field
