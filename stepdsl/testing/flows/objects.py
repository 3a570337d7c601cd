"""The fields of objects: a part of the form with fields of its own, and several parts that are one object."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import attrs

from stepdsl.core.json import UNSET, is_object
from stepdsl.core.messages import Path, show
from stepdsl.model.schemas import AllOfSchema, ObjectSchema
from stepdsl.testing.flows.errors import ImpossibleMoveError
from stepdsl.testing.flows.fields import Constant, Field, MakeField, Place, all_blank, clear

__all__ = ["Group", "Merged"]


class Group(Field):
    """An object: a part of the form with fields of its own."""

    def __init__(self, schema: ObjectSchema, place: Place, model: Any, make: MakeField) -> None:
        """Take the model, and what makes fields. What the model has in no property of the schema is dropped."""
        super().__init__(schema, place)
        values = model if is_object(model) else {}
        shown, required = frozenset(schema.display_order), frozenset(schema.required or ())
        self.fields: dict[str, Field] = {}
        for name, part in schema.properties.items():
            below = self._below(name, required=name in required)
            below = below if name in shown else attrs.evolve(below, shown=False)
            self.fields[name] = make(part, below, values.get(name, UNSET))

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

    @property
    def blank(self) -> bool:
        """Whether nothing is entered in the fields of the object."""
        return all_blank(self.parts)

    def takes(self, value: Any) -> bool:
        """Return whether a value is an object of these properties, with the same constants."""
        return is_object(value) and all(self._takes(name, part) for name, part in value.items())

    def _takes(self, name: str, value: Any) -> bool:
        field = self.fields.get(name)
        return field is not None and (not isinstance(field, Constant) or field.takes(value))

    def set(self, value: Any) -> None:
        """Empty all fields that the user can change. Raises ImpossibleMoveError for any other value than None."""
        if value is not None:
            raise ImpossibleMoveError(f"{self.name} is an object; fill it with a mapping, not with {show(value)}")
        clear(self.parts)


class Merged(Field):
    """An all-of schema: the values of its parts are merged."""

    def __init__(self, schema: AllOfSchema, place: Place, model: Any, make: MakeField) -> None:
        """Take the model, which is the one of each part, and what makes fields."""
        super().__init__(schema, place)
        self.members: list[Field] = [make(part, self._below(required=place.required), model) for part in schema.schemas]

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

    def at(self, path: Path) -> Field | None:
        """Return the field of the part that has it: of several the one on the screen, and then the last one."""
        if not path:
            return self
        found = [field for field in (member.at(path) for member in self.members) if field is not None]
        return next((field for field in reversed(found) if field.shown), found[-1] if found else None)

    def has(self, part: str | int) -> bool:
        """Return whether a part has a property."""
        return any(member.has(part) for member in self.members)

    @property
    def blank(self) -> bool:
        """Whether nothing is entered in the parts."""
        return all_blank(self.parts)

    def takes(self, value: Any) -> bool:
        """Return whether a part takes a value; of an object, whether a part takes each property."""
        values = [{name: part} for name, part in value.items()] if is_object(value) else [value]
        return all(any(member.takes(one) for member in self.members) for one in values)

    def set(self, value: Any) -> None:
        """Enter the value in all parts."""
        if value is None:
            clear(self.parts)
        else:
            for member in self.members:
                member.set(value)
