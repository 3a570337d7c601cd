"""Stand-ins for tests of polling: a clock that never waits and a transport that answers from a script.

With the package installed, pytest offers the fixtures of `stepdsl.testing.plugin` by itself.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING

__all__ = ["FakeClock", "RecordedRequest", "Reply", "ScriptExhaustedError", "ScriptedTransport"]

if TYPE_CHECKING:
    from stepdsl.testing.clock import FakeClock
    from stepdsl.testing.replies import Reply
    from stepdsl.testing.scripted import RecordedRequest, ScriptedTransport, ScriptExhaustedError

else:
    # pytest imports this package at every start to find the fixtures; the rest loads when a test asks for it.
    _HOMES = {
        "FakeClock": "clock",
        "RecordedRequest": "scripted",
        "Reply": "replies",
        "ScriptExhaustedError": "scripted",
        "ScriptedTransport": "scripted",
    }

    def __getattr__(name):
        """Load what is asked for; checkers see the imports above instead."""
        if name not in _HOMES:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        found = globals()[name] = getattr(importlib.import_module(f"{__name__}.{_HOMES[name]}"), name)
        return found
