"""Values and the schemas that describe them."""

from __future__ import annotations

from stepdsl.validation.schemas import single_schemas

__all__ = ["single_schemas"]
