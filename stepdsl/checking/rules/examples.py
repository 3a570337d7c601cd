"""Parts of the examples of rules, as JSON: a button with an action, and a form."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

__all__ = ["BUTTON", "button", "form", "object_form"]

BUTTON: Final[dict[str, Any]] = {"type": "button", "title": "Continue", "action": {"url": "/continue"}}
"""A button that leads on."""


def button(**action: Any) -> dict[str, Any]:
    """Return a step with a button that has the action."""
    return {"layout": [{**BUTTON, "action": action}]}


def form(schema_id: str, /, **schema: Any) -> dict[str, Any]:
    """Return a step with one root schema, which has the `$id`, and a form for it."""
    return {"layout": [{"type": "form", "schemaId": schema_id}], "schemas": [{"$id": schema_id, **schema}]}


def object_form(schema_id: str, properties: Mapping[str, Any], /, **more: Any) -> dict[str, Any]:
    """Return a step with a form for an object with these properties. All of them are shown, unless `more` differs."""
    return form(schema_id, **{"type": "object", "properties": properties, "displayOrder": list(properties), **more})
