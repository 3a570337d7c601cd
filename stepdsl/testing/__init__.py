"""Support for tests of polling: a clock that never waits, and a transport with scripted replies.

If stepdsl is installed, pytest finds the fixtures of `stepdsl.testing.plugin` automatically.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING

__all__ = ["FakeClock", "RecordedRequest", "Reply", "ScriptExhaustedError", "ScriptedTransport", "show"]

if TYPE_CHECKING:
    from stepdsl.rendering import show
    from stepdsl.testing.clock import FakeClock
    from stepdsl.testing.replies import Reply
    from stepdsl.testing.scripted import RecordedRequest, ScriptedTransport, ScriptExhaustedError

else:
    # pytest imports this package at each start to find the fixtures. The classes are loaded at their first use.
    _MODULES = {
        "FakeClock": "clock",
        "RecordedRequest": "scripted",
        "Reply": "replies",
        "ScriptExhaustedError": "scripted",
        "ScriptedTransport": "scripted",
    }

    def __getattr__(name):
        """Load a class at its first use. Type checkers use the imports above."""
        if name == "show":
            found = globals()[name] = importlib.import_module("stepdsl.rendering").show
            return found
        if name not in _MODULES:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        found = globals()[name] = getattr(importlib.import_module(f"{__name__}.{_MODULES[name]}"), name)
        return found
