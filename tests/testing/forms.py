"""Documents of steps with a form, for tests."""

from __future__ import annotations

from typing import Any

TEXT = {"type": "string"}
NUMBER = {"type": "integer"}


def obj(**properties: Any) -> dict[str, Any]:
    """Return the document of an object schema that shows its properties in their order."""
    return {"type": "object", "displayOrder": list(properties), "properties": properties}


def items(schema: Any, **more: Any) -> dict[str, Any]:
    """Return the document of a list, or of a tuple for several schemas."""
    return {"type": "array", "items": schema, "addItemTitle": "Add", "editItemTitle": "Edit", **more}


def form(root: dict[str, Any], **step: Any) -> dict[str, Any]:
    """Return the document of a step with one form. `step` has more properties of the step."""
    return {"layout": [{"type": "form", "schemaId": "#f"}], "schemas": [{"$id": "#f", **root}], **step}
