"""The fields that have other fields in them: choices, lists, values with a token, and all that a schema can give."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import Any, Final

import attrs

from stepdsl.core.json import UNSET, is_array, is_object, plain_json
from stepdsl.core.messages import Path, counted, show
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
from stepdsl.testing.flows.fields import Constant, Field, Open, Place, Scalar, all_blank, clear
from stepdsl.testing.flows.objects import Group, Merged
from stepdsl.validation.matching import best_match, equal_constant, has_shape, matching_alternative

__all__ = ["Choice", "Fixed", "Items", "Token", "choices", "innermost", "make_field"]


class Choice(Field):
    """A one-of schema: one of several constants, or one of several parts of the form."""

    def __init__(self, schema: OneOfSchema, place: Place, model: Any) -> None:
        """Take the model. It selects the alternative. Otherwise the default selects it. Otherwise none is selected."""
        super().__init__(schema, place)
        self._other: Any = None
        self.chosen: int | None = None if model is UNSET else matching_alternative(schema.schemas, model)
        by_default = None
        if self.chosen is None and schema.default is not UNSET:
            self.chosen = by_default = matching_alternative(schema.schemas, schema.default)
        self.alternatives: list[Field] = []
        for at, part in enumerate(schema.schemas):
            initial = _overlaid(part, schema.default, model) if at == by_default else model
            self.alternatives.append(make_field(part, self._below(required=place.required), initial))

    @property
    def value(self) -> Any:
        """The value of the chosen alternative."""
        return self._other if self.chosen is None else self.alternatives[self.chosen].value

    @property
    def entered(self) -> Any:
        """What the user sees in the chosen alternative."""
        return self._other if self.chosen is None else self.alternatives[self.chosen].entered

    @property
    def parts(self) -> Iterator[Field]:
        """The chosen alternative."""
        return iter(()) if self.chosen is None else iter((self.alternatives[self.chosen],))

    @property
    def titles(self) -> list[str]:
        """The title of each alternative, or else its constant."""
        return [_title_of(part) for part in self.alternatives]

    @property
    def offered(self) -> list[int]:
        """The positions of the alternatives that the user can choose: those that are neither hidden nor disabled."""
        return [at for at, part in enumerate(self.alternatives) if part.place.shown and part.place.enabled]

    @property
    def blank(self) -> bool:
        """Whether nothing is chosen, and no other value is entered."""
        return self.chosen is None and self._other is None

    def shows(self, part: Field) -> bool:
        """Return whether an alternative is the chosen one."""
        return self.chosen is not None and self.alternatives[self.chosen] is part

    def at(self, path: Path) -> Field | None:
        """Return the field of the chosen alternative, or else of the only alternative that has it.

        Alternatives that the user can choose come first.
        """
        if not path:
            return self
        chosen = () if self.chosen is None else (self.chosen,)
        for among in (chosen, self.offered, range(len(self.alternatives))):
            found = [field for field in (self.alternatives[at].at(path) for at in among) if field is not None]
            if found:
                return found[0] if len(found) == 1 else None
        return None

    def has(self, part: str | int) -> bool:
        """Return whether an alternative has a property."""
        return any(alternative.has(part) for alternative in self.alternatives)

    def choose(self, position: int) -> None:
        """Choose an alternative."""
        self.chosen, self._other = position, None

    def position_for(self, value: Any) -> int | None:
        """Return the position of the alternative that a value is for; None if there is none, or if several are equal.

        This is the chosen one if it takes the value, an equal constant, the only one that takes it, or else the best
        match. Alternatives that the user can choose come first.
        """
        if self.chosen is not None and self.alternatives[self.chosen].takes(value):
            return self.chosen
        found = (self._best(value, among) for among in (self.offered, range(len(self.alternatives))))
        return next((position for position in found if position is not None), None)

    def _best(self, value: Any, among: Sequence[int]) -> int | None:
        seen = [_seen(self.alternatives[at]) for at in among]
        schemas = [field.schema for field in seen]
        best = equal_constant(schemas, value)
        if best is None and value != "":
            taking = [at for at, field in enumerate(seen) if field.takes(value)]
            best = taking[0] if len(taking) == 1 else best_match(schemas, value)
        return None if best is None else among[best]

    def takes(self, value: Any) -> bool:
        """Return whether an alternative takes a value."""
        return any(alternative.takes(value) for alternative in self.alternatives)

    def set(self, value: Any) -> None:
        """Enter a value in the alternative that it is for. If there is none, the form refuses it at the submission."""
        self.chosen, self._other = None if value is None else self.position_for(value), None
        if self.chosen is None:
            self._other = value
        elif not isinstance(self.alternatives[self.chosen], Constant):
            self.alternatives[self.chosen].set(value)


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

    def takes(self, value: Any) -> bool:
        """Return whether a value is an array."""
        return is_array(value)

    def inside(self, part: str | int) -> Field | None:
        """Return an item."""
        return self.items[part] if isinstance(part, int) and part < len(self.items) else None

    def has(self, part: str | int) -> bool:
        """Return whether a part of a path is a position: also of an item that is not there."""
        return isinstance(part, int)

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

    @property
    def blank(self) -> bool:
        """Whether there are no items."""
        return not self.items

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
            item.place = attrs.evolve(item.place, key=at)


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

    @property
    def blank(self) -> bool:
        """Whether nothing is entered in the items."""
        return all_blank(self.items)

    def set(self, value: Any) -> None:
        """Empty all items that the user can change. Raises ImpossibleMoveError for any other value than None."""
        if value is not None:
            raise ImpossibleMoveError(f"{self.name} is a tuple; fill it with a list, not with {show(value)}")
        clear(self.items)


class Token(Field):
    """A field with persist-async: the user sees the inner schema, and the token of the endpoint is submitted."""

    def __init__(self, schema: Schema, place: Place, model: Any) -> None:
        """Take the token that the model has."""
        super().__init__(schema, place)
        persist: PersistAsync = schema.__dict__["persist_async"]
        self.persist = persist
        initial = schema.__dict__.get("default") if model is UNSET else model
        self.token: Any = plain_json(initial)
        self.is_current: bool = False
        """Whether the token is the one of the content: not that of the model."""
        self.refused: dict[Path, str] = {}
        """The messages of the endpoint that has not stored the value, by the paths in this field."""
        self.inner: Field = make_field(persist.schema, self._below(required=place.required), UNSET)

    @property
    def value(self) -> Any:
        """The token."""
        return plain_json(self.token)

    @property
    def entered(self) -> Any:
        """What the user has entered: a file, or the inner value."""
        return self.inner.entered

    @property
    def content(self) -> Any:
        """What is sent to be stored: a file, or the inner value; None if the user has entered nothing."""
        if self.inner.blank:
            return None
        file = self.inner.file if isinstance(self.inner, Scalar) else None
        return self.inner.value if file is None else file

    @property
    def messages(self) -> dict[Path, str]:
        """The messages of the endpoint, by the paths of the fields."""
        path = self.path
        return {(*path, *below): message for below, message in self.refused.items()}

    @property
    def waits(self) -> bool:
        """Whether the user has entered something that is not stored yet."""
        return self.token is None and self.content is not None

    @property
    def blank(self) -> bool:
        """Whether there is no token, and nothing is entered."""
        return self.token is None and self.inner.blank

    @property
    def parts(self) -> Iterator[Field]:
        """The inner field."""
        return iter((self.inner,))

    def at(self, path: Path) -> Field | None:
        """Return a field of the inner one."""
        return self.inner.at(path) if path else self

    def has(self, part: str | int) -> bool:
        """Return whether the inner field has a property."""
        return self.inner.has(part)

    def takes(self, value: Any) -> bool:
        """Return whether the inner field takes a value."""
        return self.inner.takes(value)

    def set(self, value: Any) -> None:
        """Enter a value in the inner field. The token of an earlier value is dropped."""
        self.inner.set(value)
        self.drop()

    def clear(self) -> None:
        """Empty the inner field. The token is dropped."""
        self.inner.clear()
        self.drop()

    def drop(self) -> None:
        """Drop the token and the messages of an earlier value."""
        self.token, self.is_current, self.refused = None, False, {}


def make_field(schema: Schema, place: Place, model: Any) -> Field:
    """Return the field of a schema with its initial value. `model` is UNSET without a value; null counts as none."""
    value = UNSET if model is None else model
    if schema.__dict__.get("persist_async") is not None:
        return Token(schema, place, value)
    if isinstance(schema, ConstSchema):
        return Constant(schema, place)
    return _KINDS.get(type(schema), Open)(schema, place, value)


_KINDS: Final[dict[type[Schema], Callable[[Any, Place, Any], Field]]] = {
    **dict.fromkeys((StringSchema, IntegerSchema, NumberSchema, BooleanSchema, BlobSchema), Scalar),
    ObjectSchema: partial(Group, make=make_field),
    AllOfSchema: partial(Merged, make=make_field),
    OneOfSchema: Choice,
    ArraySchema.List: Items,
    ArraySchema.Tuple: Fixed,
}


def _title_of(field: Field) -> str:
    return field.title if field.title is not None else str(field.value)


def _overlaid(schema: Schema, default: Any, model: Any) -> Any:
    """Return the initial value of the alternative that the default selects: the model, as far as it fits."""
    if is_object(default) and is_object(model):
        return {**default, **{name: value for name, value in model.items() if value is not None}}
    return model if has_shape(schema, model) else default


def _seen(field: Field) -> Field:
    """Return the field that the user sees in place of a token."""
    while isinstance(field, Token):
        field = field.inner
    return field


def choices(field: Field) -> Iterator[Choice]:
    """Yield the choices at the path of a field: the field itself, and those in it that have the same path."""
    if isinstance(field, Choice):
        yield field
    for part in field.parts:
        if part.place.key is None:
            yield from choices(part)


def innermost(field: Field) -> Field:
    """Return the field that the user sees: of a token the inner one, of a choice the chosen alternative."""
    while isinstance(field, Token) or (isinstance(field, Choice) and field.chosen is not None):
        field = field.inner if isinstance(field, Token) else next(field.parts)
    return field
