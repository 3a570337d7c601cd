"""The classes of builders and openers, `PollingBuilder`, `PollingOpener` and the like, for annotations.

They are made when they are first looked up. Type checkers and editors read the generated stub beside this module.
"""

from __future__ import annotations

from typing import Any

from stepdsl.core import catalog
from stepdsl.dsl.factory import builder_type


def __getattr__(name: str) -> Any:
    if name == "__all__":
        return list(catalog.BUILDERS)
    if name not in catalog.BUILDERS:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return builder_type(name)
