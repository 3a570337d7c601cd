"""The builder classes under their names, `PollingBuilder` and the like; made when they are first asked for.

What type checkers and editors read instead are the generated `.pyi` files beside this one.
"""

from __future__ import annotations

from typing import Any

from stepdsl.dsl.openers import builder_class, collection_builder_class
from stepdsl.model import catalog
from stepdsl.model.annotations import Kind
from stepdsl.model.index import find


def __getattr__(name: str) -> Any:
    if name in catalog.BUILDERS:
        wanted = name.removesuffix("Builder")
        for documented in catalog.TYPES:
            flat = documented.replace(".", "")
            if wanted == flat:
                return builder_class(find(documented))
            if wanted == f"{flat}List":
                return collection_builder_class(Kind.LIST, find(documented))
            if wanted == f"{flat}Map":
                return collection_builder_class(Kind.MAP, find(documented))
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
