"""Rules for the alternatives of a choice."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Sequence
from typing import Any, Final

from stepdsl.checking.findings import Severity
from stepdsl.checking.mismatches import json_key
from stepdsl.checking.rule import rule
from stepdsl.checking.rules.examples import form
from stepdsl.checking.rules.fields import is_hidden, is_titled
from stepdsl.checking.walk import Problem, Walk
from stepdsl.core.json import UNSET, show_json
from stepdsl.model.schemas import (
    BooleanSchema,
    ConstSchema,
    IntegerSchema,
    NumberSchema,
    ObjectSchema,
    OneOfSchema,
    StringSchema,
)
from stepdsl.model.unions import Schema

_EUR: Final = {"title": "Euro", "const": "EUR"}
_GBP: Final = {"title": "Pound", "const": "GBP"}
_LIMITS: Final = ("format", "pattern", "min_length", "max_length", "minimum", "maximum")


def _choice(*alternatives: dict[str, Any]) -> dict[str, Any]:
    return form("#choice", oneOf=list(alternatives))


def _account(title: str, **properties: Any) -> dict[str, Any]:
    number = {"type": "string", "title": "Number"}
    order = {"number": number, **properties}
    return {"type": "object", "title": title, "displayOrder": list(order), "properties": order}


@rule(
    "untitled-choice",
    Severity.WARNING,
    "Each alternative of a choice on the screen has a title.",
    why="The title is the text of the option. The documentation does not say what a client shows instead of it.",
    failing=_choice({"const": "EUR"}, _GBP),
    passing=_choice(_EUR, _GBP),
    on=(OneOfSchema,),
    given=("schemas",),
    shown=True,
)
def _untitled_choice(alternatives: Sequence[Schema], at: Walk) -> Iterator[Problem]:
    if any(map(is_hidden, at.ancestors)):
        return
    for index, alternative in enumerate(alternatives):
        if not is_titled(alternative) and not is_hidden(alternative):
            yield Problem("the alternative has no title", "give it a title, the text of the option", (index,))


@rule(
    "duplicate-choice",
    Severity.WARNING,
    "No two alternatives of a choice have the same constant.",
    why="Both alternatives submit the same value. So the server does not get which of the two the user has chosen, and "
    "it is not defined which of the two a value in the model selects.",
    failing=_choice(_EUR, {"title": "Pound", "const": "EUR"}),
    passing=_choice(_EUR, _GBP),
    on=(OneOfSchema,),
    given=("schemas",),
)
def _duplicate_choice(alternatives: Sequence[Schema], _: Walk) -> Iterator[Problem]:
    first: dict[Hashable, int] = {}
    for index, alternative in enumerate(alternatives):
        if isinstance(alternative, ConstSchema) and alternative.value is not UNSET:
            earlier = first.setdefault(json_key(alternative.value), index)
            if earlier != index:
                yield Problem(
                    f"the alternative [{earlier}] has the constant {show_json(alternative.value)} as well",
                    "give each alternative a constant of its own",
                    (index,),
                )


@rule(
    "indistinct-choices",
    Severity.WARNING,
    "The values of two alternatives of a choice are different.",
    why="A client chooses the alternative that the model fits: a constant that only this alternative has, or the "
    "names of its properties. The server does the same with the submitted value. If two alternatives have the same "
    "properties and no constant makes them different, both take the first one, or none.",
    failing=_choice(_account("My account"), _account("Another account")),
    passing=_choice(
        _account("My account", owner={"const": "me"}), _account("Another account", owner={"const": "other"})
    ),
    on=(OneOfSchema,),
    given=("schemas",),
)
def _indistinct_choices(alternatives: Sequence[Schema], _: Walk) -> Iterator[Problem]:
    first: dict[Hashable, int] = {}
    for index, alternative in enumerate(alternatives):
        earlier = index if isinstance(alternative, ConstSchema) else first.setdefault(_values(alternative), index)
        if earlier != index:
            yield Problem(
                f"the alternative [{earlier}] describes the same values",
                "add a property with a constant to each of the two",
                (index,),
            )


def _values(schema: Schema) -> Hashable:
    """Return a key for the values of a schema. It is the same for two schemas only if nothing makes them different."""
    if isinstance(schema, ObjectSchema):
        return frozenset((name, _value(part)) for name, part in schema.properties.items())
    return _value(schema)


def _value(schema: Schema) -> Hashable:
    """Return a key for the values of a schema, without a look inside objects, arrays and choices."""
    if isinstance(schema, ConstSchema):
        return (ConstSchema, json_key(schema.value))
    if isinstance(schema, (StringSchema, IntegerSchema, NumberSchema, BooleanSchema)) and not schema.extra:
        return (schema.__class__, *(schema.__dict__.get(name) for name in _LIMITS))
    return id(schema)
