"""The messages of a pydantic ValidationError as messages for the fields of a form. It does not import pydantic."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final, TypeGuard

from stepdsl.core.json import UNSET, is_array, is_object, replace_surrogates
from stepdsl.core.messages import Path, show
from stepdsl.validation.paths import messages_by_path

__all__ = ["field_errors"]

_PREFIXES: Final = ("Value error, ", "Assertion failed, ")
"""What pydantic writes before the text of an exception that a validator raised."""


def field_errors(validation_error: Any, values: Any = UNSET) -> dict[str, str]:
    """Return the messages of a pydantic ValidationError, as `stepdsl.server.error(validation=…)` takes them.

    - `validation_error`: the ValidationError, or a RequestValidationError of FastAPI. Of the latter, these are the
      messages for the body.
    - `values`: the values that were validated. With them, the paths do not contain the names of the members of unions.
      A RequestValidationError has the values itself.

    The keys are paths such as `address.city`, by the wire names. Each path has one message. A message for a value is
    left out if there are messages for its parts. A message for the whole body has no path and is left out.

    Raises TypeError for anything else.
    """
    found: list[tuple[Path, str]] = []
    is_request = hasattr(validation_error, "body")
    if is_request:
        values = validation_error.body
    for location, text, kind in _errors(validation_error):
        if is_request:
            if location[:1] != ("body",):
                continue
            location = location[1:]  # noqa: PLW2901  # the rest is a path in the body
        path = _without_descriptions(location) if values is UNSET else _existing(location, values, kind)
        found.append((path, text))
    return messages_by_path(found)


def _errors(error: Any) -> Iterator[tuple[Path, str, str]]:
    """Yield the location, the text and the type of each error. Raises TypeError if there are none of this form."""
    errors = getattr(error, "errors", None)
    entries: Any = errors() if callable(errors) and not isinstance(error, type) else None
    if not _are_details(entries):
        raise TypeError(
            f"expected a ValidationError of pydantic or a RequestValidationError of FastAPI, got {show(error)}"
        )
    for one in entries:
        kind = str(one["type"])
        text = str(one["msg"])
        for prefix in _PREFIXES:
            text = text.removeprefix(prefix)
        yield tuple(one["loc"]), replace_surrogates(text), kind


def _are_details(entries: Any) -> TypeGuard[Sequence[Mapping[str, Any]]]:
    return isinstance(entries, Sequence) and all(isinstance(one, Mapping) and "loc" in one for one in entries)  # pyright: ignore[reportUnknownVariableType]  # of any shape


def _without_descriptions(location: Path) -> Path:
    """Return a location without what pydantic writes for validators, types and keys: `list[int]`, `[key]`."""
    return tuple(part for part in location if isinstance(part, int) or "[" not in part)


def _existing(location: Path, values: Any, kind: str) -> Path:
    """Return the parts of a location that exist in the values, and the last one if it is missing there."""
    path: list[str | int] = []
    for at, part in enumerate(location):
        is_missing = kind == "missing" and at == len(location) - 1
        if is_object(values) and (part in values or is_missing):
            values = values.get(str(part))
        elif is_array(values) and isinstance(part, int) and part < len(values):
            values = values[part]
        else:
            continue
        path.append(part)
    return tuple(path)
