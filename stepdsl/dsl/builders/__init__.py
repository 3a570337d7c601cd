"""The builder classes under their names, `PollingBuilder` and the like; made when they are first asked for.

What type checkers and editors read instead are the generated `.pyi` files beside this one.
"""

from __future__ import annotations

from typing import Any

from stepdsl.dsl.openers import builder_class, collection_builder_class
from stepdsl.model import catalog
from stepdsl.model.annotations import Kind
from stepdsl.model.definition import flat
from stepdsl.model.index import find


def __getattr__(name: str) -> Any:
    if name not in catalog.BUILDERS:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    wanted = name.removesuffix("Builder")
    documented = {flat(one): one for one in (*catalog.TYPES, *catalog.UNIONS)}
    if wanted in documented:
        return builder_class(find(documented[wanted]))
    kind, suffix = (Kind.LIST, "List") if wanted.endswith("List") else (Kind.MAP, "Map")
    return collection_builder_class(kind, find(documented[wanted.removesuffix(suffix)]))
