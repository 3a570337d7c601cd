"""Values and the schemas that describe them."""

from __future__ import annotations

from stepdsl.validation.schemas import id_of, limit_of, single_schemas, title_of

__all__ = ["id_of", "limit_of", "single_schemas", "title_of"]
