"""The rules for limits and defaults."""

from __future__ import annotations

from typing import Any

import pytest

from tests.checking.support import Row, cases, check_lines, field

LIMITS: dict[str, Row] = {
    "lengths": (
        field(type="string", minLength=5, maxLength=4),
        [
            "error: schemas[0].minLength: 5 is more than the maxLength of 4 [minimum-above-maximum] — "
            "exchange the two, or correct one"
        ],
    ),
    "equal lengths": (field(type="string", minLength=5, maxLength=5), []),
    "no greatest length": (field(type="string", minLength=5), []),
    "integers": (
        field(type="integer", minimum=1, maximum=0),
        [
            "error: schemas[0].minimum: 1 is more than the maximum of 0 [minimum-above-maximum] — "
            "exchange the two, or correct one"
        ],
    ),
    "numbers": (
        field(type="number", minimum=0.5, maximum=0),
        [
            "error: schemas[0].minimum: 0.5 is more than the maximum of 0 [minimum-above-maximum] — "
            "exchange the two, or correct one"
        ],
    ),
    "items": (
        field(type="array", addItemTitle="Add", editItemTitle="Edit", items={"type": "string"}, minItems=3, maxItems=2),
        [
            "error: schemas[0].minItems: 3 is more than the maxItems of 2 [minimum-above-maximum] — "
            "exchange the two, or correct one"
        ],
    ),
    "dates": (
        field(type="string", format="date", minimum="2024-02-01", maximum="2024-01-31"),
        [
            "error: schemas[0].minimum: '2024-02-01' is more than the maximum of '2024-01-31' "
            "[minimum-above-maximum] — exchange the two, or correct one"
        ],
    ),
    "dates in order": (field(type="string", format="date", minimum="2024-01-31", maximum="2024-02-01"), []),
    "no dates": (
        field(type="string", format="date", minimum="today", maximum="2024-2-01"),
        [
            "warning: schemas[0].minimum: 'today' is no date [limit-of-wrong-type] — give a date of the form "
            "YYYY-MM-DD",
            "warning: schemas[0].maximum: '2024-2-01' is no date [limit-of-wrong-type] — give a date of the "
            "form YYYY-MM-DD",
        ],
    ),
    "no such date": (
        field(type="string", format="date", minimum="2024-99-01", maximum="2024-02-01"),
        [
            "warning: schemas[0].minimum: '2024-99-01' is no date [limit-of-wrong-type] — give a date of the "
            "form YYYY-MM-DD"
        ],
    ),
    "a limit of another format that is no date": (field(type="string", format="numeric", minimum="1.5"), []),
    "negative limits of a string": (
        field(type="string", minLength=-2, maxLength=-1),
        [
            "warning: schemas[0].minLength: -2 has no effect [negative-minimum] — give a limit of 1 or more, "
            "or leave it out",
            "error: schemas[0].maxLength: no value has a size of -1 [limit-never-met] — give a limit of 0 or more",
        ],
    ),
    "negative limits of a list": (
        field(
            type="array", addItemTitle="Add", editItemTitle="Edit", items={"type": "string"}, minItems=-2, maxItems=-1
        ),
        [
            "warning: schemas[0].minItems: -2 has no effect [negative-minimum] — give a limit of 1 or more, "
            "or leave it out",
            "error: schemas[0].maxItems: no value has a size of -1 [limit-never-met] — give a limit of 0 or more",
        ],
    ),
    "a minimum above a negative maximum": (
        field(type="string", minLength=2, maxLength=-1),
        ["error: schemas[0].maxLength: no value has a size of -1 [limit-never-met] — give a limit of 0 or more"],
    ),
    "a value above a negative maximum": (
        field(type="string", maxLength=-1, default="x") | {"model": "y"},
        ["error: schemas[0].maxLength: no value has a size of -1 [limit-never-met] — give a limit of 0 or more"],
    ),
    "items above a negative maximum": (
        field(type="array", addItemTitle="Add", editItemTitle="Edit", items={"type": "string"}, maxItems=-1)
        | {"model": ["x"]},
        ["error: schemas[0].maxItems: no value has a size of -1 [limit-never-met] — give a limit of 0 or more"],
    ),
    "numbers below 0": (
        field(type="integer", minimum=0, maximum=-1),
        [
            "error: schemas[0].minimum: 0 is more than the maximum of -1 [minimum-above-maximum] — "
            "exchange the two, or correct one"
        ],
    ),
    "a negative limit of a file": (
        field(
            type="string",
            persistAsync={
                "idProperty": "id",
                "method": "POST",
                "param": "file",
                "schema": {"type": "blob", "maxSize": -1},
                "url": "/files",
            },
        ),
        [
            "error: schemas[0].persistAsync.schema.maxSize: no value has a size of -1 [limit-never-met] — "
            "give a limit of 0 or more"
        ],
    ),
    "limits of 0": (field(type="string", minLength=0, maxLength=0), []),
    "a pattern that needs more characters": (
        field(type="string", pattern="^(?:[A-Z]{2}|\\d{3})-\\d+$", maxLength=3),
        [
            "error: schemas[0].maxLength: a text that the pattern matches has at least 4 characters "
            "[limit-never-met] — raise the maxLength, or correct the pattern"
        ],
    ),
    "a pattern that needs as many characters": (
        field(type="string", pattern="^(?:[A-Z]{2}|\\d{3})-\\d+$", maxLength=4),
        [],
    ),
    "a pattern that needs more characters than anybody counts": (
        field(type="string", pattern="^(?:a{1000}){1000}$", maxLength=4),
        [
            "error: schemas[0].maxLength: a text that the pattern matches has at least 1000000 characters "
            "[limit-never-met] — raise the maxLength, or correct the pattern"
        ],
    ),
    "a pattern for a date": (
        field(type="string", format="date", pattern="^2", minLength=1, maxLength=2),
        [
            'warning: schemas[0].minLength: it has no effect on the format "date" [limit-without-effect] '
            "— use minimum and maximum, or leave it out",
            'warning: schemas[0].maxLength: it has no effect on the format "date" [limit-without-effect] '
            "— use minimum and maximum, or leave it out",
            'warning: schemas[0].pattern: it has no effect on the format "date" [limit-without-effect] — '
            "use minimum and maximum, or leave it out",
        ],
    ),
    "limits for a date that no text fits": (
        field(type="string", format="date", pattern="^[0-9]{4}$", minLength=8, maxLength=3),
        [
            f'warning: schemas[0].{name}: it has no effect on the format "date" [limit-without-effect] '
            "— use minimum and maximum, or leave it out"
            for name in ("minLength", "maxLength", "pattern")
        ],
    ),
    "a minimum for a text": (
        field(type="string", minimum="a", maximum="b"),
        [
            "warning: schemas[0].minimum: it has no effect without a format [limit-without-effect] — give "
            'the schema a format, such as "date"',
            "warning: schemas[0].maximum: it has no effect without a format [limit-without-effect] — give "
            'the schema a format, such as "date"',
        ],
    ),
    "a minimum for a format that is not known": (
        field(type="string", format="time", minimum="10:00"),
        [
            'warning: schemas[0].format: "time" is no value that the library supports [unknown-value] — '
            "check how it is spelt"
        ],
    ),
    "a pattern and lengths for another format with a structure": (
        field(type="string", format="email", pattern="^[0-9]{4}$", minLength=8, maxLength=3),
        [
            f'warning: schemas[0].{name}: it has no effect on the format "email" [limit-without-effect] — leave it out'
            for name in ("minLength", "maxLength", "pattern")
        ],
    ),
    "a pattern for digits": (
        field(type="string", format="numeric", pattern="^2"),
        ['warning: schemas[0].pattern: it has no effect on the format "numeric" [limit-without-effect] — leave it out'],
    ),
    "a length for an upload": (
        field(type="string", format="base64url", maxLength=-1),
        [
            'warning: schemas[0].maxLength: it has no effect on the format "base64url" [limit-without-effect] '
            "— leave it out"
        ],
    ),
    "lengths for a format that is not known": (
        field(type="string", format="sort-code", minLength=8, maxLength=6),
        [
            "error: schemas[0].minLength: 8 is more than the maxLength of 6 [minimum-above-maximum] — "
            "exchange the two, or correct one",
            'warning: schemas[0].format: "sort-code" is no value that the library supports [unknown-value] — '
            "check how it is spelt",
        ],
    ),
}


@cases(LIMITS)
def test_wrong_limits_are_reported(parts: dict[str, Any], lines: list[str]):
    assert check_lines(parts) == lines


DEFAULTS: dict[str, Row] = {
    "too small": (
        field(type="integer", minimum=1, default=0),
        [
            "error: schemas[0].default: 0 is less than the minimum of 1 [default-not-accepted] — choose a "
            "default that the schema accepts, or leave it out"
        ],
    ),
    "too large": (
        field(type="number", maximum=1, default=1.5),
        [
            "error: schemas[0].default: 1.5 is more than the maximum of 1 [default-not-accepted] — choose "
            "a default that the schema accepts, or leave it out"
        ],
    ),
    "too short": (
        field(type="string", minLength=3, default="ab"),
        [
            "error: schemas[0].default: 'ab' is shorter than the minLength of 3 [default-not-accepted] — "
            "choose a default that the schema accepts, or leave it out"
        ],
    ),
    "too long": (
        field(type="string", maxLength=1, default="ab"),
        [
            "error: schemas[0].default: 'ab' is longer than the maxLength of 1 [default-not-accepted] — "
            "choose a default that the schema accepts, or leave it out"
        ],
    ),
    "not matched": (
        field(type="string", pattern="^[A-Z]+$", default="ab"),
        [
            "error: schemas[0].default: 'ab' is not matched by the pattern '^[A-Z]+$' "
            "[default-not-accepted] — choose a default that the schema accepts, or leave it out"
        ],
    ),
    "not matched by what JavaScript reads": (
        field(type="string", pattern="^(?<a>\\d)\\k<a>$", default="a"),
        [
            "error: schemas[0].default: 'a' is not matched by the pattern '^(?<a>\\\\d)\\\\k<a>$' "
            "[default-not-accepted] — choose a default that the schema accepts, or leave it out"
        ],
    ),
    "not matched after a lookbehind": (
        field(type="string", pattern="(?<=a+)b", default="cb"),
        [
            "error: schemas[0].default: 'cb' is not matched by the pattern '(?<=a+)b' "
            "[default-not-accepted] — choose a default that the schema accepts, or leave it out"
        ],
    ),
    "no date": (
        field(type="string", format="date", default="2024-02-30"),
        [
            "error: schemas[0].default: '2024-02-30' is no date of the form YYYY-MM-DD "
            "[default-not-accepted] — choose a default that the schema accepts, or leave it out"
        ],
    ),
    "a date of another form": (
        field(type="string", format="date", default="20240201"),
        [
            "error: schemas[0].default: '20240201' is no date of the form YYYY-MM-DD "
            "[default-not-accepted] — choose a default that the schema accepts, or leave it out"
        ],
    ),
    "an early date": (
        field(type="string", format="date", minimum="2024-01-01", default="2023-12-31"),
        [
            "error: schemas[0].default: '2023-12-31' is less than the minimum of '2024-01-01' "
            "[default-not-accepted] — choose a default that the schema accepts, or leave it out"
        ],
    ),
    "a late date": (
        field(type="string", format="date", maximum="2024-01-01", default="2024-01-02"),
        [
            "error: schemas[0].default: '2024-01-02' is more than the maximum of '2024-01-01' "
            "[default-not-accepted] — choose a default that the schema accepts, or leave it out"
        ],
    ),
    "no address": (
        field(type="string", format="email", default="me"),
        [
            "error: schemas[0].default: 'me' is not an e-mail address [default-not-accepted] — choose a "
            "default that the schema accepts, or leave it out"
        ],
    ),
    "no number": (
        field(type="string", format="numeric", default="1,5"),
        [
            "error: schemas[0].default: '1,5' is not digits and dots [default-not-accepted] — choose a "
            "default that the schema accepts, or leave it out"
        ],
    ),
    "no file": (
        field(type="string", format="base64url", default="a b"),
        [
            "error: schemas[0].default: 'a b' is not base64url [default-not-accepted] — choose a default "
            "that the schema accepts, or leave it out"
        ],
    ),
    "no alternative": (
        field(oneOf=[{"const": "EUR"}, {"const": "GBP"}], default="USD"),
        [
            'error: schemas[0].default: expected "EUR" or "GBP", got "USD" [default-not-accepted] — '
            "choose a default that the schema accepts, or leave it out"
        ],
    ),
    "a property that no alternative has": (
        field(oneOf=[{"type": "object", "properties": {}, "displayOrder": []}], default={"a": 1}),
        [
            "error: schemas[0].default.a: no schema describes 'a' [default-not-accepted] — choose a "
            "default that the schema accepts, or leave it out"
        ],
    ),
}


@cases(DEFAULTS)
def test_invalid_defaults_are_reported(parts: dict[str, Any], lines: list[str]):
    assert check_lines(parts) == lines


@pytest.mark.parametrize(
    "schema",
    [
        {"type": "integer", "minimum": 0, "maximum": 0, "default": 0},
        {"type": "number", "minimum": 0.5, "default": 0.5},
        {"type": "boolean", "default": False},
        {"type": "string", "minLength": 3, "pattern": "x", "default": ""},
        {"type": "string", "minLength": 2, "maxLength": 2, "pattern": "b", "default": "ab"},
        {"type": "string", "minLength": 2, "default": "\U0001f600"},
        {"type": "string", "maxLength": 1, "default": "\U0001f600"},
        {"type": "string", "pattern": "^\\d$", "default": "\u0665"},
        {"type": "string", "pattern": "^\\D$", "default": "\u0665"},
        {"type": "string", "pattern": "^\\p{Lu}$", "default": "\u0410"},
        {"type": "string", "pattern": "(?<=a+)b", "default": "aab"},
        {"type": "string", "pattern": "^(?<a>\\d)\\k<a>$", "default": "12"},
        {"type": "string", "pattern": "^\\k<a>?(?<a>\\d)$", "default": "1"},
        {"type": "string", "pattern": "^[\\a]\\a$", "default": "aa"},
        {"type": "string", "pattern": "^..$", "default": "\U0001f600"},
        {"type": "string", "pattern": "(?i)^a$", "default": "A"},
        {"type": "string", "pattern": "^b", "default": "a" * 2000},
        {"type": "string", "format": "date", "default": "2024-02-29"},
        {"type": "string", "format": "date", "minimum": "yesterday", "default": "2024-02-29"},
        {"type": "string", "format": "email", "default": "me@shop.example"},
        {"type": "string", "format": "numeric", "default": "1.5"},
        {"type": "string", "format": "base64url", "default": "YWJj_-8="},
        {"type": "string", "format": "base64url", "default": 'data:text/plain;charset="utf-8";base64,YWJj'},
        {"type": "string", "format": "base64url", "accepts": ["image/png"], "default": "data:text/plain;base64,YWJj"},
        {"type": "string", "format": "sort-code", "maxLength": 1, "default": "123456"},
        {"oneOf": [{"const": "EUR"}], "default": "EUR"},
        {"oneOf": [{"const": "EUR"}], "default": None},
        {"oneOf": [{"type": "string"}], "default": "EUR"},
    ],
)
def test_valid_defaults_are_not_reported(schema: dict[str, Any]):
    assert [line for line in check_lines(field(**schema)) if "default-not-accepted" in line] == []


def test_the_default_of_a_choice_without_alternatives_is_not_reported():
    assert ["[empty-choice]" in line for line in check_lines(field(oneOf=[], default=1))] == [True]
