"""Values of single fields: strings, numbers, booleans and constants."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import Any, Final, NamedTuple, TypeAlias

from hypothesis import strategies as st

from stepdsl.core.json import INT_MAX, INT_MIN, UNSET
from stepdsl.core.messages import show
from stepdsl.model.schemas import (
    ArraySchema,
    BooleanSchema,
    ConstSchema,
    IntegerSchema,
    NumberSchema,
    StringSchema,
    SuggestingProperties,
)
from stepdsl.model.unions import Schema
from stepdsl.testing.strategies.atoms import any_json
from stepdsl.testing.strategies.patterns import LONGEST, matching_texts, unsupported
from stepdsl.validation import limit_of
from stepdsl.validation.engine import can_match
from stepdsl.validation.formats import is_date
from stepdsl.validation.scalars import broken_keyword

__all__ = ["JUNK", "Impossible", "Values", "field_values", "known_values", "mime_types", "tokens"]

Values: TypeAlias = st.SearchStrategy[Any]


class Impossible(NamedTuple):
    """No value fits a schema, or none can be generated."""

    reason: str


JUNK: Final[tuple[Any, ...]] = (
    *("", " ", "x", "0", "-1", "not valid", "@", "2024-13-01", "\x00", "é", "x" * 40),
    *(0, 1, -1, 0.5, 1e300, INT_MIN, INT_MAX, True, False),
    *([], ["x"], [None], {}, {"x": 1}),
)
"""Values that are invalid for most fields."""

_LETTERS: Final = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
_EMAILS: Final = st.from_regex(r"[a-z0-9.+-]{1,12}@[a-z0-9-]{1,12}\.[a-z]{2,4}", fullmatch=True)
_NUMERIC: Final = st.text("0123456789.", min_size=1, max_size=20)
_ENCODED: Final = st.from_regex(r"[A-Za-z0-9_-]{1,40}", fullmatch=True)
_MORE: Final = 20
"""How many characters more than necessary a text can have."""


def field_values(schema: Schema) -> tuple[Values | Impossible, Values]:
    """Return the values that fit a schema of single values, and those that do not; null is in neither of them."""
    match schema:
        case StringSchema():
            valid, edges = _strings(schema), _beside_limits(schema)
        case IntegerSchema() | NumberSchema():
            valid, edges = _numbers(schema), iter((_outside(schema.minimum, -1), _outside(schema.maximum, 1)))
        case ConstSchema(value=value):
            valid, edges = Impossible("its constant is null") if value is None else st.just(value), iter(())
        case _:
            valid, edges = st.booleans(), iter(())
    invalid = st.sampled_from(_broken(schema, JUNK))
    near = _broken(schema, edges)
    return valid, st.sampled_from(near) | invalid if near else invalid


def _broken(schema: Schema, values: Iterable[Any]) -> list[Any]:
    """Return the values that do not fit a schema, without null."""
    return [value for value in values if value is not None and broken_keyword(schema, value) is not None]


# -- strings --------------------------------------------------------------------------------------------------------


def _strings(schema: StringSchema) -> Values | Impossible:
    match schema.format:
        case StringSchema.Format.DATE:
            return _dates(schema)
        case StringSchema.Format.EMAIL:
            return _EMAILS
        case StringSchema.Format.NUMERIC:
            return _NUMERIC
        case StringSchema.Format.BASE64URL:
            types = [f"data:{one}," for accepted in schema.accepts or () for one in mime_types(accepted)]
            prefixes = [one for one in types if broken_keyword(schema, one) is None]
            return st.builds(str.__add__, st.sampled_from(["", *prefixes]), _ENCODED)
        case _:
            return _free_texts(schema)


def _free_texts(schema: StringSchema) -> Values | Impossible:
    least, most = limit_of(schema, "min_length"), limit_of(schema, "max_length")
    shortest = least or 0
    if most is not None and most < shortest:
        return Impossible(f"no text has at least {least} and at most {most} characters")
    if shortest > LONGEST:
        return Impossible(f"a text of at least {least} characters is too long")
    longest = shortest + _MORE if most is None else min(most, shortest + _MORE)
    if schema.pattern is None or not can_match(schema.pattern):  # `validate` does not apply what JavaScript refuses
        # A client submits null in place of an empty text.
        return st.text(min_size=min(max(shortest, 1), longest), max_size=longest)
    reason = unsupported(schema.pattern)
    if reason is None:
        return matching_texts(schema.pattern, least, most).filter(lambda text: broken_keyword(schema, text) is None)
    known = [text for text in known_values(schema) if isinstance(text, str)]
    return st.sampled_from(known) if known else Impossible(f"no text is known for {show(schema.pattern)}: {reason}")


def known_values(schema: Schema) -> list[Any]:
    """Return the values that a schema itself has: default, placeholder, suggestions and limits, as far as they fit."""
    properties = schema.__dict__
    found = [properties.get(name) for name in ("default", "placeholder", "minimum", "maximum")]
    found += _suggested(schema) if isinstance(schema, SuggestingProperties) else []
    return [one for one in found if one not in (None, UNSET) and broken_keyword(schema, one) is None]


def _suggested(schema: SuggestingProperties) -> Iterator[Any]:
    return (one.value for one in (() if schema.suggestions is None else schema.suggestions.values))


def _dates(schema: StringSchema) -> Values | Impossible:
    first, last = _date(schema.minimum) or date.min, _date(schema.maximum) or date.max
    if first > last:
        return Impossible(f"no date is between {first} and {last}")
    return st.dates(first, last).map(date.isoformat)


def _date(limit: str | None) -> date | None:
    return None if limit is None or not is_date(limit) else date.fromisoformat(limit)


def mime_types(accepted: str) -> Iterator[str]:
    """Yield MIME types that one entry of `accepts` can mean."""
    return (accepted.strip().replace("*/*", "text/plain").replace("/*", f"/{kind}") for kind in ("png", "pdf"))


def _beside_limits(schema: StringSchema) -> Iterator[Any]:
    """Yield texts that are a little outside the limits."""
    least, most = limit_of(schema, "min_length"), limit_of(schema, "max_length")
    if least is not None and 0 < least <= LONGEST:
        yield "x" * (least - 1)
    if most is not None and most < LONGEST:
        yield "x" * (most + 1)
    first, last = _date(schema.minimum), _date(schema.maximum)
    if first is not None and first > date.min:
        yield (first - timedelta(days=1)).isoformat()
    if last is not None and last < date.max:
        yield (last + timedelta(days=1)).isoformat()


# -- numbers --------------------------------------------------------------------------------------------------------


def _numbers(schema: IntegerSchema | NumberSchema) -> Values | Impossible:
    least, most = schema.minimum, schema.maximum
    lowest = INT_MIN if least is None else max(INT_MIN, math.ceil(least))
    highest = INT_MAX if most is None else min(INT_MAX, math.floor(most))
    integers = [st.integers(lowest, highest)] if lowest <= highest else []
    floats = [] if isinstance(schema, IntegerSchema) else [*_floats(schema, least, most)]
    if integers or floats:
        return st.one_of(*integers, *floats)
    return Impossible(f"no number is at least {least} and at most {most}")


def _floats(schema: NumberSchema, least: float | None, most: float | None) -> Iterator[Values]:
    lowest = None if least is None else float(least)
    highest = None if most is None else float(most)
    if lowest is None or highest is None or lowest < highest:
        floats = st.floats(lowest, highest, allow_nan=False, allow_infinity=False)
        yield floats.filter(lambda number: broken_keyword(schema, number) is None)  # a limit can be no float
    elif lowest == highest and broken_keyword(schema, lowest) is None:
        yield st.just(lowest)


def _outside(limit: float | None, direction: int) -> float | None:
    if limit is None or not INT_MIN < limit < INT_MAX:
        return None
    return limit + direction


# -- schemas that accept every value --------------------------------------------------------------------------------


def tokens(schema: Schema) -> Values:
    """Return the values of a schema that accepts every value: a token, of the type of the schema if it has one."""
    match schema:
        case StringSchema():
            return st.text(_LETTERS, min_size=8, max_size=24)
        case IntegerSchema() | NumberSchema():
            return st.integers(1, 2**31)
        case BooleanSchema():
            return st.booleans()
        case ArraySchema.List() | ArraySchema.Tuple():
            return st.lists(st.text(_LETTERS, min_size=8, max_size=24), max_size=3)
        case _:
            return any_json.filter(lambda value: value is not None)
