"""Steps given as the JSON of what matters in them, and findings as the lines that they print as."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from stepdsl import check, from_dict
from stepdsl.checking.registry import example

Row = tuple[dict[str, Any], list[str]]
"""Parts of a step, and what is found in it: severity, path, message, code and advice, all in one line each."""


def told(parts: dict[str, Any], **options: Any) -> list[str]:
    return [str(finding) for finding in check(from_dict(example(parts)), **options)]


def each(rows: dict[str, Row]) -> Callable[[Any], Any]:
    return pytest.mark.parametrize(("parts", "lines"), rows.values(), ids=rows)


def field(**schema: Any) -> dict[str, Any]:
    """A step with one schema, which a form shows."""
    return {"layout": [{"type": "form", "schemaId": "#it"}], "schemas": [{"$id": "#it", **schema}]}


def form(properties: dict[str, Any], **more: Any) -> dict[str, Any]:
    """A step with an object of these properties, which a form shows; `more` is beside the schemas."""
    return {**field(type="object", properties=properties, displayOrder=list(properties)), **more}


def button(**properties: Any) -> dict[str, Any]:
    return {"layout": [{"type": "button", "title": "Go", **properties}]}
