"""Helpers for tests of rules: steps as a part of their JSON, and findings as lines of text."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from stepdsl import check, from_dict

Row = tuple[dict[str, Any], list[str]]
"""The properties of a step, and one line for each finding: severity, path, message, code and advice."""


SHORT = ("empty-layout", "no-way-on", "untitled-field", "untitled-choice")
"""The rules that a step with nothing but the subject of a test does not keep."""


def document(parts: dict[str, Any]) -> dict[str, Any]:
    """Return the JSON of a step with these properties. A property that is None is left out."""
    whole = {"id": "example", "title": "Example", "layout": [], "schemas": [], **parts}
    return {name: value for name, value in whole.items() if value is not None}


def check_lines(parts: dict[str, Any], *, ignore: tuple[str, ...] = SHORT, **options: Any) -> list[str]:
    """Check a step, and return one line for each finding. The rules for complete steps are left out by default."""
    return [str(finding) for finding in check(from_dict(document(parts)), ignore=ignore, **options)]


def cases(rows: dict[str, Row]) -> Callable[[Any], Any]:
    """Return a decorator that runs a test once for each row, with the arguments `parts` and `lines`."""
    return pytest.mark.parametrize(("parts", "lines"), rows.values(), ids=rows)


def field(**schema: Any) -> dict[str, Any]:
    """Return a step with one schema and a form that shows it."""
    return {"layout": [{"type": "form", "schemaId": "#it"}], "schemas": [{"$id": "#it", **schema}]}


def form(properties: dict[str, Any], **more: Any) -> dict[str, Any]:
    """Return a step with an object schema and a form that shows it. `more` are properties of the step."""
    return {**field(type="object", properties=properties, displayOrder=list(properties)), **more}


def button(**properties: Any) -> dict[str, Any]:
    """Return a step with one button."""
    return {"layout": [{"type": "button", "title": "Go", **properties}]}
