"""The texts for users: those of the schema, those of the caller, or these."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any, Final, NamedTuple

from stepdsl.core.arguments import convert, expect_mapping
from stepdsl.core.json import convert_string, is_object
from stepdsl.core.messages import Path, dotted, path_step, unknown
from stepdsl.errors import InvalidValueError
from stepdsl.model.schemas import (
    ArraySchema,
    BooleanSchema,
    IntegerSchema,
    NumberSchema,
    ObjectSchema,
    OneOfSchema,
    StringSchema,
)
from stepdsl.model.unions import Schema

__all__ = ["KEYWORDS", "OLD_NAMES", "Broken", "Texts", "checked_messages"]


class Broken(NamedTuple):
    """A rule that a value breaks."""

    path: Path
    """The path of the value in the submission."""
    schema: Schema
    """The schema that has the rule."""
    keyword: str
    """The wire name of the rule."""
    limit: float | str | None = None
    """The limit of the rule: a number, a date, or the accepted MIME types as text. None: the rule has no limit."""


KEYWORDS: Final[Mapping[str, str]] = {
    "required": "Fill in this field.",
    "type": "Enter a valid value.",
    "const": "This value is not allowed.",
    "oneOf": "Choose one of the options.",
    "format": "Enter a valid value.",
    "minimum": "Enter {limit} or more.",
    "maximum": "Enter {limit} or less.",
    "minLength": "Enter at least {limit} characters.",
    "maxLength": "Enter at most {limit} characters.",
    "pattern": "Enter the value in the expected form.",
    "accepts": "Choose a file of one of these types: {limit}.",
    "minItems": "Add at least {limit} items.",
    "maxItems": "Add at most {limit} items.",
}
"""The keywords, in the order in which a value is checked, with the text for any schema."""

OLD_NAMES: Final[Mapping[str, str]] = {"minimum": "min", "maximum": "max"}
"""The older names of keywords, which the messages of a schema can have too."""

_TYPE: Final[Mapping[type[Schema], str]] = {
    StringSchema: "Enter a text.",
    BooleanSchema: "Choose yes or no.",
    IntegerSchema: "Enter a whole number.",
    NumberSchema: "Enter a number.",
    ObjectSchema: "Fill in the fields.",
    ArraySchema.List: "Add items.",
    ArraySchema.Tuple: "Fill in the fields.",
}
_FORMAT: Final[Mapping[str, str]] = {
    StringSchema.Format.DATE: "Enter a date in the form YYYY-MM-DD.",
    StringSchema.Format.EMAIL: "Enter an email address.",
    StringSchema.Format.NUMERIC: "Enter only digits and dots.",
    StringSchema.Format.BASE64URL: "Choose a file.",
}
_DATES: Final = {"minimum": "Enter {limit} or a later date.", "maximum": "Enter {limit} or an earlier date."}
_ONE: Final = {
    "minLength": "Enter at least 1 character.",
    "maxLength": "Enter at most 1 character.",
    "minItems": "Add at least 1 item.",
    "maxItems": "Add at most 1 item.",
}


def checked_messages(messages: Mapping[str, str] | None, keywords: Collection[str]) -> dict[str, str]:
    """Return the texts of a caller by keyword.

    Raises InvalidValueError for anything but a mapping, for an unknown keyword, and for a value that is no text.
    """
    checked: dict[str, str] = {}
    if messages is None:
        return checked
    expect_mapping("messages", messages)
    for keyword, text in messages.items():
        if keyword not in keywords:
            name = path_step(keyword)
            raise InvalidValueError(dotted((name,), "messages"), unknown(name, keywords, "keyword"))
        checked[keyword] = convert(f"messages.{keyword}", text, convert_string)
    return checked


class Texts:
    """The texts of one caller."""

    def __init__(self, messages: Mapping[str, str] | None) -> None:
        """Take the texts by keyword. Raises InvalidValueError for another keyword, or for a value that is no text."""
        self._messages = checked_messages(messages, KEYWORDS)

    def text(self, broken: Broken) -> str:
        """Return the text of a broken rule: of the schema, of the caller, or the general one."""
        found = _text_of_schema(broken.schema, broken.keyword)
        if found is None:
            given = self._messages.get(broken.keyword)
            found = _general_text(broken) if given is None else given
            if broken.limit is not None:
                found = found.replace("{limit}", _limit_text(broken.limit))
        return found


def _text_of_schema(schema: Schema, keyword: str) -> str | None:
    given: Any = schema.__dict__.get("validation_messages")
    if given is None:
        # Types without this property have it in `extra`.
        given = schema.extra.get("validationMessages")
    if is_object(given):
        for name in (keyword, OLD_NAMES.get(keyword, keyword)):
            text = given.get(name)
            if isinstance(text, str):
                return text
    return None


def _general_text(broken: Broken) -> str:
    special: str | None = None
    match broken.keyword:
        case "required" if isinstance(broken.schema, OneOfSchema):
            special = KEYWORDS["oneOf"]
        case "type":
            special = next((text for kind, text in _TYPE.items() if isinstance(broken.schema, kind)), None)
        case "format":
            special = _FORMAT[broken.schema.__dict__["format"]]
        case _ if isinstance(broken.limit, str):
            special = _DATES.get(broken.keyword)
        case _ if broken.limit == 1:
            special = _ONE.get(broken.keyword)
        case _:
            pass
    return special or KEYWORDS[broken.keyword]


def _limit_text(limit: float | str) -> str:
    if isinstance(limit, float) and limit.is_integer() and abs(limit) <= 2**53:
        return str(int(limit))
    return str(limit)
