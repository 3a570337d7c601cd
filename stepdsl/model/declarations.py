"""The types of `X.build`, of the builders and of their openers, for annotations of the models.

The generated stub `declarations.pyi` declares them, because a model and its builder refer to each other. `stepdsl.dsl`
makes the classes at run time. The package `stepdsl` connects it with this module.
"""

from __future__ import annotations

from typing import Any

from stepdsl.core import catalog, extensions


def __getattr__(name: str) -> Any:
    if name not in catalog.BUILDERS and name not in ("Builder", "ListBuilder", "MapBuilder"):
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return extensions.builder_type(name)
