"""The parts of jsonschema-rs that are used: validators of JSON Schemas, and patterns. No other module imports it.

A pattern of JavaScript is translated, see `stepdsl.validation.ecma`. It runs in the linear-time engine. An engine with
backtracking runs what that one does not support: look-around and back-references. It gives up after a limited number of
attempts.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any, Final, NamedTuple

from stepdsl.core.missing import missing_package
from stepdsl.validation.ecma import Translation, Untranslated, in_units, translate
from stepdsl.validation.formats import broken_format

try:
    import jsonschema_rs
    from jsonschema_rs import FancyRegexOptions, RegexOptions, ValidationErrorKind, Validator
except ImportError:
    raise missing_package("validation needs", "jsonschema-rs", "validation") from None

__all__ = ["Validator", "can_match", "field_validator", "form_validator", "keyword_for", "matches"]

_SIZE: Final = 100_000_000
"""The greatest size of a compiled pattern in bytes: enough for some hundred letters of any script."""
_ATTEMPTS: Final = 100_000
"""The limit of the engine with backtracking. It is reached after some milliseconds."""

_LINEAR: Final = RegexOptions(size_limit=_SIZE)
_BACKTRACKING: Final = FancyRegexOptions(backtrack_limit=_ATTEMPTS, size_limit=_SIZE)


class _Compiled(NamedTuple):
    """A pattern that an engine runs."""

    validator: Validator
    translation: Translation


@lru_cache(maxsize=4096)
def _compiled(pattern: str) -> _Compiled | None:
    """Return a compiled pattern; None if no engine supports it."""
    translation = translate(pattern)
    if isinstance(translation, Untranslated):
        return None
    options = _LINEAR if translation.is_linear else _BACKTRACKING
    try:
        return _Compiled(
            jsonschema_rs.validator_for({"pattern": translation.text}, pattern_options=options), translation
        )
    except ValueError:
        return None


def keyword_for(pattern: str) -> tuple[str, str]:
    """Return the keyword of a JSON Schema that applies a pattern, and its value."""
    found = _compiled(pattern)
    if found is None or not found.translation.is_linear or found.translation.has_units:
        return "search", pattern
    return "pattern", found.translation.text


def can_match(pattern: str) -> bool:
    """Return whether an engine runs a pattern. What JavaScript refuses does not run."""
    return _compiled(pattern) is not None


def matches(pattern: str, text: str) -> bool:
    """Return whether a pattern is found in a text.

    It is also True if no engine supports the pattern, and if the engine with backtracking has reached its limit.
    """
    found = _compiled(pattern)
    if found is None:
        return True
    validator, translation = found
    if translation.has_units:
        text = in_units(text)
    if translation.is_linear:
        return validator.is_valid(text)
    return not any(isinstance(error.kind, ValidationErrorKind.Pattern) for error in validator.iter_errors(text))


class _Structured:
    """The keyword `structured`: a format, its minimum, its maximum and the accepted MIME types."""

    def __init__(self, parent_schema: dict[str, Any], value: Any, schema_path: list[str | int]) -> None:
        self._arguments: list[Any] = value

    def validate(self, instance: Any) -> None:
        if isinstance(instance, str) and broken_format(instance, *self._arguments) is not None:
            raise ValueError


class _Search:
    """The keyword `search`: a pattern that the keyword `pattern` does not apply."""

    def __init__(self, parent_schema: dict[str, Any], value: Any, schema_path: list[str | int]) -> None:
        self._pattern: str = value

    def validate(self, instance: Any) -> None:
        if isinstance(instance, str) and not matches(self._pattern, instance):
            raise ValueError


_KEYWORDS: Final[dict[str, type[jsonschema_rs.KeywordValidator]]] = {
    "structured": _Structured,
    "search": _Search,
}


def _validator_for(text: str) -> Validator:
    return jsonschema_rs.validator_for(text, pattern_options=_LINEAR, keywords=_KEYWORDS)


form_validator: Final = lru_cache(maxsize=128)(_validator_for)
"""Returns the validator of the JSON Schema of a form, given as JSON. Equal schemas have the same one."""
field_validator: Final = lru_cache(maxsize=4096)(_validator_for)
"""The same for the JSON Schema of one field."""
