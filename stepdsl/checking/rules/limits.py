"""Rules for the limits of values, and for defaults."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final, cast

from stepdsl.checking.acceptance import refused
from stepdsl.checking.findings import Severity
from stepdsl.checking.mismatches import Shape, mismatches
from stepdsl.checking.regex import examine
from stepdsl.checking.rule import rule
from stepdsl.checking.rules.examples import form
from stepdsl.checking.walk import Problem, Walk
from stepdsl.core.fields import FIELDS
from stepdsl.core.json import show_json
from stepdsl.core.messages import show
from stepdsl.model.schemas import ArraySchema, BlobSchema, IntegerSchema, NumberSchema, OneOfSchema, StringSchema
from stepdsl.model.unions import Schema
from stepdsl.validation.formats import has_structure, is_date

_COUNTERPARTS: Final = {"min_length": "max_length", "min_items": "max_items", "minimum": "maximum"}


def _format(at: Walk) -> str | None:
    """Return the format of the owner; None if it has none."""
    return at.owner.__dict__.get("format")


@rule(
    "minimum-above-maximum",
    Severity.ERROR,
    "A minimum is not greater than the corresponding maximum.",
    why="No value is valid for both limits, so the user can never submit the form.",
    failing=form("#field", type="string", minLength=8, maxLength=6),
    passing=form("#field", type="string", minLength=6, maxLength=8),
    on=(StringSchema, IntegerSchema, NumberSchema, ArraySchema.List),
    given=tuple(_COUNTERPARTS),
)
def _minimum_above_maximum(least: Any, at: Walk) -> Iterator[Problem]:
    given = at.owner.__dict__
    name = at.field.name
    most = given.get(_COUNTERPARTS[name])
    if most is None or (isinstance(least, str) and not (is_date(least) and is_date(most))):
        return
    if name == "min_length" and has_structure(_format(at)):
        return
    if name != "minimum" and most < 0:  # it has no meaning, and another rule reports it
        return
    if least > most:
        wire = FIELDS[at.owner.__class__].by_name[_COUNTERPARTS[name]].wire
        yield Problem(f"{show(least)} is more than the {wire} of {show(most)}", "exchange the two, or correct one")


@rule(
    "default-not-accepted",
    Severity.ERROR,
    "The default of a schema is valid for this schema.",
    why="The initial value of the field is invalid, so the client refuses it when the user submits the form.",
    failing=form("#field", type="integer", minimum=18, default=0),
    passing=form("#field", type="integer", minimum=18, default=18),
    on=(StringSchema, IntegerSchema, NumberSchema, OneOfSchema),
    given=("default",),
)
def _default_not_accepted(default: Any, at: Walk) -> Iterator[Problem]:
    advice = "choose a default that the schema accepts, or leave it out"
    schema = at.owner
    if isinstance(schema, OneOfSchema):
        if schema.schemas:
            for mismatch in mismatches(default, Shape([schema])):
                yield Problem(mismatch.message, advice, mismatch.path)
        return
    reason = refused(default, cast("Schema", schema))
    if reason is not None:
        yield Problem(f"{show(default)} is {reason}", advice)


@rule(
    "limit-without-effect",
    Severity.WARNING,
    "The limits of a string apply to its format.",
    why="`minLength`, `maxLength` and `pattern` do not apply to a format with its own structure, such as a date. "
    "`minimum` and `maximum` apply only to such a format.",
    failing=form("#field", type="string", format="date", pattern="^20"),
    passing=form("#field", type="string", format="date", minimum="2000-01-01"),
    on=(StringSchema,),
    given=("min_length", "max_length", "pattern", "minimum", "maximum"),
)
def _limit_without_effect(_: Any, at: Walk) -> Iterator[Problem]:
    format = _format(at)
    if at.field.name not in ("minimum", "maximum"):
        if has_structure(format):
            advice = "use minimum and maximum, or " if format == StringSchema.Format.DATE else ""
            yield Problem(f"it has no effect on the format {show_json(format)}", f"{advice}leave it out")
    elif format is None and "format" not in at.owner.extra:
        yield Problem("it has no effect without a format", 'give the schema a format, such as "date"')


@rule(
    "limit-never-met",
    Severity.ERROR,
    "Some value is valid for the limits of a schema.",
    why="No value is valid, so the user can never submit the form.",
    failing=form("#field", type="string", maxLength=3, pattern="^[0-9]{4}$"),
    passing=form("#field", type="string", maxLength=4, pattern="^[0-9]{4}$"),
    on=(StringSchema, ArraySchema.List, BlobSchema),
    given=("max_length", "max_items", "max_size"),
)
def _limit_never_met(most: int, at: Walk) -> Iterator[Problem]:
    if has_structure(_format(at)):
        return
    if most < 0:
        yield Problem(f"no value has a size of {show(most)}", "give a limit of 0 or more")
        return
    pattern = at.owner.__dict__.get("pattern")
    shortest = 0 if pattern is None else examine(pattern).shortest
    if at.field.name == "max_length" and shortest > most:
        yield Problem(
            f"a text that the pattern matches has at least {show(shortest)} characters",
            "raise the maxLength, or correct the pattern",
        )


@rule(
    "negative-minimum",
    Severity.WARNING,
    "The smallest length or number of items is not negative.",
    why="Each value has a length of 0 or more. So the limit has no effect.",
    failing=form("#field", type="string", minLength=-1),
    passing=form("#field", type="string", minLength=1),
    on=(StringSchema, ArraySchema.List),
    given=("min_length", "min_items"),
)
def _negative_minimum(least: int, _: Walk) -> Iterator[Problem]:
    if least < 0:
        yield Problem(f"{show(least)} has no effect", "give a limit of 1 or more, or leave it out")


@rule(
    "limit-of-wrong-type",
    Severity.WARNING,
    "The minimum and the maximum of a date are dates.",
    why="The value of a field with the format `date` is a date of the form YYYY-MM-DD. A client cannot compare it with "
    "anything else.",
    failing=form("#field", type="string", format="date", minimum="today"),
    passing=form("#field", type="string", format="date", minimum="2024-01-31"),
    on=(StringSchema,),
    given=("minimum", "maximum"),
)
def _limit_of_wrong_type(limit: str, at: Walk) -> Iterator[Problem]:
    if _format(at) == StringSchema.Format.DATE and not is_date(limit):
        yield Problem(f"{show(limit)} is no date", "give a date of the form YYYY-MM-DD")
