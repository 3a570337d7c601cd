"""Values of whole forms: objects, lists, tuples, choices and all-of schemas."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Final, NamedTuple

from hypothesis import strategies as st

from stepdsl.core.json import is_array, is_object
from stepdsl.core.messages import Path
from stepdsl.errors import InvalidValueError
from stepdsl.model.schemas import AllOfSchema, ArraySchema, BooleanSchema, ConstSchema, ObjectSchema, OneOfSchema
from stepdsl.model.step import Step
from stepdsl.model.unions import Schema
from stepdsl.testing.strategies.atoms import any_json, texts
from stepdsl.testing.strategies.fields import JUNK, Impossible, Values, field_values, tokens
from stepdsl.validation import limit_of
from stepdsl.validation.full_check import FullCheck
from stepdsl.validation.matching import is_open
from stepdsl.validation.paths import path_text
from stepdsl.validation.roots import root_schema

__all__ = ["FormValues"]

_MOST_ITEMS: Final = 50
"""The greatest number of items that a list must have. Longer lists are not generated."""
_MORE: Final = 4
"""How many items more than necessary a list can have."""
_NO_OBJECTS: Final = st.sampled_from([value for value in JUNK if not is_object(value)])
_NO_ARRAYS: Final = st.sampled_from([value for value in JUNK if not is_array(value)])
_ALWAYS_SUBMITTED: Final = (ConstSchema, BooleanSchema, ObjectSchema, ArraySchema.List)
"""The schemas of fields that a client submits without input of the user."""


class _Part(NamedTuple):
    """The values of a schema. Null is in neither of them: whether it fits depends on the object around it."""

    valid: Values | None
    invalid: Values | None

    @property
    def or_null(self) -> Values:
        """The values that fit, and null."""
        return st.none() if self.valid is None else self.valid | st.none()


class FormValues:
    """The values of the forms of one step."""

    def __init__(self, step: Step) -> None:
        """Collect the values of the schemas of a step."""
        self._check = FullCheck()
        self._reasons: list[str] = []
        self._root = root_schema(step.schemas)
        self._part = self._of((self._root,), ())

    def valid(self) -> st.SearchStrategy[dict[str, Any]]:
        """Return the values that fit. Raises InvalidValueError if there are none."""
        if self._part.valid is None:
            raise InvalidValueError("step.schemas", f"no values fit: {self._reasons[0]}")
        return self._part.valid

    def invalid(self) -> st.SearchStrategy[dict[str, Any]]:
        """Return the values that do not fit. Raises InvalidValueError if there are none."""
        if self._part.invalid is None:
            raise InvalidValueError("step.schemas", "all values fit: no field has a type or a rule")
        return self._part.invalid

    def _impossible(self, path: Path, reason: str) -> None:
        self._reasons.append(f"{path_text(path) or 'the form'}: {reason}")

    # -- schemas ----------------------------------------------------------------------------------------------------

    def _of(self, schemas: Sequence[Schema], path: Path) -> _Part:
        """Return the values of a field that all of the schemas describe."""
        singles = [*_without_all_of(schemas)]
        checked = [schema for schema in singles if not is_open(schema)]
        if not checked:
            return _Part(_anything(singles, path), None)
        objects = [schema for schema in checked if isinstance(schema, ObjectSchema)]
        if len(objects) == len(checked):
            return self._object(objects, path)
        if len(checked) == 1:
            return self._single(checked[0], path)
        choices = [schema for schema in checked if isinstance(schema, OneOfSchema)]
        others = [schema for schema in checked if not isinstance(schema, OneOfSchema)]
        return self._several(choices, others, path)

    def _several(self, choices: Sequence[OneOfSchema], others: Sequence[Schema], path: Path) -> _Part:
        """Return the values that fit several schemas which are not all objects."""
        parts = [self._single(schema, path) for schema in (*choices, *others)]
        invalid = _either(part.invalid for part in parts)

        def with_options(options: tuple[Schema, ...]) -> Values:
            valid = self._of((*options, *others), path).valid
            return st.nothing() if valid is None else valid

        if not all(choice.schemas for choice in choices):
            return _Part(None, invalid)
        if choices:
            return _Part(st.tuples(*(st.sampled_from(one.schemas) for one in choices)).flatmap(with_options), invalid)
        fitting = _either(part.valid for part in parts)
        if fitting is None:
            return _Part(None, invalid)
        return _Part(fitting.filter(lambda value: all(self._check.fits(one, value) for one in others)), invalid)

    def _single(self, schema: Schema, path: Path) -> _Part:
        match schema:
            case ObjectSchema():
                return self._object([schema], path)
            case OneOfSchema():
                return self._one_of(schema, path)
            case ArraySchema.List():
                return self._list(schema, path)
            case ArraySchema.Tuple():
                return self._tuple(schema, path)
            case _:
                valid, invalid = field_values(schema)
                if isinstance(valid, Impossible):
                    self._impossible(path, valid.reason)
                    return _Part(None, invalid)
                return _Part(valid, invalid)

    def _object(self, schemas: Sequence[ObjectSchema], path: Path) -> _Part:
        """Return the values that fit several schemas of objects, which is one object with all their properties."""
        fields: dict[str, list[Schema]] = {}
        for schema in schemas:
            for name, field in schema.properties.items():
                fields.setdefault(name, []).append(field)
        required = {name for schema in schemas for name in schema.required or () if name in schema.properties}
        parts = {name: self._of(field, (*path, name)) for name, field in fields.items()}
        always: dict[str, Values] = {}
        sometimes: dict[str, Values] = {}
        for name, part in parts.items():
            if part.valid is not None and (name in required or isinstance(fields[name][0], _ALWAYS_SUBMITTED)):
                always[name] = part.valid
            else:
                sometimes[name] = part.or_null
        invalid = {name: _invalid_field(part, required=name in required) for name, part in parts.items()}
        broken = {name: values for name, values in invalid.items() if values is not None}
        valid = st.fixed_dictionaries(always, optional=sometimes)
        one_invalid = _with_one_invalid(valid, broken) if broken else None
        no_object = _NO_OBJECTS if path else None  # a client always submits an object
        return _Part(valid if required <= always.keys() else None, _either([one_invalid, no_object]))

    def _one_of(self, schema: OneOfSchema, path: Path) -> _Part:
        parts = [self._of((option,), path) for option in schema.schemas]
        valid = _either(part.valid for part in parts)
        if not parts:
            self._impossible(path, "the choice has no options")
        junk = None if not path else st.sampled_from(JUNK)
        invalid = _either([*(part.invalid for part in parts), junk])
        return _Part(
            valid, None if invalid is None else invalid.filter(lambda value: not self._check.fits(schema, value))
        )

    def _list(self, schema: ArraySchema.List, path: Path) -> _Part:
        least, most = limit_of(schema, "min_items") or 0, limit_of(schema, "max_items")
        item = self._of((schema.items,), (*path, 0))
        longest = least + _MORE if most is None else min(most, least + _MORE)
        valid: Values | None = None
        if longest < least:
            self._impossible(path, f"no list has at least {least} and at most {most} items")
        elif least > _MOST_ITEMS:
            self._impossible(path, f"a list of at least {least} items is too long")
        elif item.valid is not None:
            valid = st.lists(item.valid, min_size=least, max_size=longest)
        elif not least:
            valid = st.just([])
        invalid: list[Values | None] = [_NO_ARRAYS]
        if item.valid is not None:
            if 0 < least <= _MOST_ITEMS:
                invalid.append(st.lists(item.valid, max_size=least - 1))
            if most is not None and most < _MOST_ITEMS:
                invalid.append(st.lists(item.valid, min_size=most + 1, max_size=most + 1))
        if item.invalid is not None and valid is not None and longest:
            invalid.append(st.builds(_with_item, valid, item.invalid, st.integers(0, longest - 1)))
        return _Part(valid, _either(invalid))

    def _tuple(self, schema: ArraySchema.Tuple, path: Path) -> _Part:
        items = [self._of((one,), (*path, at)) for at, one in enumerate(schema.items)]
        valid = st.tuples(*(item.or_null for item in items)).map(list)
        invalid: list[Values | None] = [_NO_ARRAYS, valid.map(lambda values: [*values, None])]
        for at, item in enumerate(items):
            if item.invalid is not None:
                invalid.append(st.builds(_with_item, valid, item.invalid, st.just(at)))
        return _Part(valid, _either(invalid))


def _without_all_of(schemas: Iterable[Schema]) -> Iterator[Schema]:
    """Yield schemas with the parts in place of an all-of."""
    for schema in schemas:
        if isinstance(schema, AllOfSchema):
            yield from _without_all_of(schema.schemas)
        else:
            yield schema


def _anything(schemas: Sequence[Schema], path: Path) -> Values:
    """Return the values of a field whose schemas accept every value. The whole form is an object."""
    if path:
        return tokens(schemas[0]) if schemas else any_json.filter(lambda value: value is not None)
    return st.dictionaries(texts, any_json, max_size=3) if schemas else st.just({})


def _either(strategies: Iterable[Values | None]) -> Values | None:
    """Return the values of all strategies that exist; None if there are none."""
    existing = [one for one in strategies if one is not None]
    return st.one_of(existing) if existing else None


def _invalid_field(part: _Part, *, required: bool) -> Values | None:
    """Return the values of a property that do not fit. Null does not fit if the property is required."""
    return _either([part.invalid, st.none() if required else None])


@st.composite
def _with_one_invalid(draw: st.DrawFn, valid: Values, invalid: Mapping[str, Values]) -> Any:
    """Draw an object, and one of its properties that does not fit."""
    name = draw(st.sampled_from(list(invalid)))
    return {**draw(valid), name: draw(invalid[name])}


def _with_item(values: list[Any], item: Any, at: int) -> list[Any]:
    """Return the values with another item in place of one of them, or after them."""
    return [*values[:at], item, *values[at + 1 :]]
