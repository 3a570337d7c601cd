"""Rules for the limits of values, and for defaults."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Any, Final

from stepdsl.checking.data_types import Shapes
from stepdsl.checking.findings import Severity
from stepdsl.checking.regex import examine
from stepdsl.checking.rule import rule
from stepdsl.checking.walk import Problem, Walk
from stepdsl.core.fields import FIELDS
from stepdsl.core.messages import show
from stepdsl.model.schemas import ArraySchema, IntegerSchema, NumberSchema, OneOfSchema, StringSchema

_COUNTERPARTS: Final = {"min_length": "max_length", "min_items": "max_items", "minimum": "maximum"}
_DATE: Final = re.compile(r"\d{4}-\d{2}-\d{2}\Z", re.ASCII)
_FORMATS: Final = {
    StringSchema.Format.EMAIL: (re.compile(r"[^@\s]+@[^@\s]+\Z"), "an e-mail address"),
    StringSchema.Format.NUMERIC: (re.compile(r"[\d.]+\Z"), "digits and dots"),
    StringSchema.Format.BASE64URL: (re.compile(r"[\w+/=:;,.-]+\Z", re.ASCII), "base64url"),
}


def _field(**properties: Any) -> dict[str, Any]:
    return {"layout": [{"type": "form", "schemaId": "#field"}], "schemas": [{"$id": "#field", **properties}]}


@rule(
    "minimum-above-maximum",
    Severity.ERROR,
    "A minimum is not greater than the corresponding maximum.",
    why="No value is valid for both limits, so the user can never submit the form.",
    failing=_field(type="string", minLength=8, maxLength=6),
    passing=_field(type="string", minLength=6, maxLength=8),
    on=(StringSchema, IntegerSchema, NumberSchema, ArraySchema.List),
    given=tuple(_COUNTERPARTS),
)
def _minimum_above_maximum(least: Any, at: Walk) -> Iterator[Problem]:
    given = at.owner.__dict__
    properties = FIELDS[at.owner.__class__].by_wire_name
    name = properties[str(at.path[-1])].name
    most = given.get(_COUNTERPARTS[name])
    if most is None or (isinstance(least, str) and not (_is_date(least) and _is_date(most))):
        return
    if least > most:
        wire = FIELDS[at.owner.__class__].by_name[_COUNTERPARTS[name]].wire
        yield Problem(f"{show(least)} is more than the {wire} of {show(most)}", "exchange the two, or correct one")


def _is_date(text: str) -> bool:
    if _DATE.match(text) is None:
        return False
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


@rule(
    "default-not-accepted",
    Severity.ERROR,
    "The default of a schema is valid for this schema.",
    why="The initial value of the field is invalid, so the client refuses it when the user submits the form.",
    failing=_field(type="integer", minimum=18, default=0),
    passing=_field(type="integer", minimum=18, default=18),
    on=(StringSchema, IntegerSchema, NumberSchema, OneOfSchema),
    given=("default",),
)
def _default_not_accepted(default: Any, at: Walk) -> Iterator[Problem]:
    advice = "choose a default that the schema accepts, or leave it out"
    schema = at.owner
    if isinstance(schema, OneOfSchema):
        if schema.schemas:
            for mismatch in Shapes().mismatches(default, [schema]):
                yield Problem(mismatch.message, advice, mismatch.path)
        return
    reason = (
        _text_refused(default, schema)
        if isinstance(schema, StringSchema)
        else _number_refused(default, schema.__dict__.get("minimum"), schema.__dict__.get("maximum"))
    )
    if reason is not None:
        yield Problem(f"{show(default)} is {reason}", advice)


def _number_refused(default: Any, least: Any, most: Any) -> str | None:
    if least is not None and default < least:
        return f"less than the minimum of {show(least)}"
    if most is not None and default > most:
        return f"more than the maximum of {show(most)}"
    return None


def _text_refused(default: str, schema: StringSchema) -> str | None:
    """Return why the default of a string schema is invalid; None if it is valid. An empty text counts as no value."""
    if not default:
        return None
    if schema.format is StringSchema.Format.DATE:
        if not _is_date(default):
            return "no date of the form YYYY-MM-DD"
        dates = [text if text is not None and _is_date(text) else None for text in (schema.minimum, schema.maximum)]
        return _number_refused(default, *dates)
    if schema.format is not None:
        expression, what = _FORMATS[StringSchema.Format(schema.format)]
        return None if expression.match(default) else f"not {what}"
    if "format" in schema.extra:
        return None
    # Some clients count UTF-16 code units, others count characters. The text must be wrong by both counts.
    if schema.min_length is not None and len(default.encode("utf-16-le")) // 2 < schema.min_length:
        return f"shorter than the minLength of {schema.min_length}"
    if schema.max_length is not None and len(default) > schema.max_length:
        return f"longer than the maxLength of {schema.max_length}"
    if schema.pattern is not None and examine(schema.pattern).refuses(default):
        return f"not matched by the pattern {show(schema.pattern)}"
    return None


@rule(
    "limit-without-effect",
    Severity.WARNING,
    "The limits of a string apply to its format.",
    why="`minLength`, `maxLength` and `pattern` do not apply to a format with its own structure, such as a date. "
    "`minimum` and `maximum` apply only to such a format.",
    failing=_field(type="string", format="date", pattern="^20"),
    passing=_field(type="string", format="date", minimum="2000-01-01"),
    on=(StringSchema,),
    given=("min_length", "max_length", "pattern", "minimum", "maximum"),
)
def _limit_without_effect(_: Any, at: Walk) -> Iterator[Problem]:
    schema = at.owner.__dict__
    has_order = at.path[-1] in ("minimum", "maximum")
    if schema.get("format") is StringSchema.Format.DATE:
        if not has_order:
            yield Problem('it has no effect on the format "date"', "use minimum and maximum, or leave it out")
    elif has_order and "format" not in schema and "format" not in schema.get("extra", ()):
        yield Problem("it has no effect without a format", 'give the schema a format, such as "date"')
