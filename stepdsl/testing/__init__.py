"""Support for tests: a headless client of whole flows, a clock that never waits, and scripted replies for polling.

If stepdsl is installed, pytest finds the fixtures of `stepdsl.testing.plugin` automatically.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING

__all__ = [
    "ApplicationError",
    "AsgiTransport",
    "Exchange",
    "FakeClock",
    "FlowClient",
    "FlowErrors",
    "FlowSession",
    "ProtocolRule",
    "ProtocolViolationError",
    "RecordedRequest",
    "RecordedResponse",
    "Reply",
    "ScriptExhaustedError",
    "ScriptedTransport",
    "SessionState",
    "Transcript",
    "WsgiTransport",
    "show",
]

if TYPE_CHECKING:
    from stepdsl.rendering import show
    from stepdsl.testing.client import FlowClient
    from stepdsl.testing.clock import FakeClock
    from stepdsl.testing.exchanges import Exchange, RecordedResponse
    from stepdsl.testing.replies import Reply
    from stepdsl.testing.scripted import RecordedRequest, ScriptedTransport, ScriptExhaustedError
    from stepdsl.testing.session import FlowSession
    from stepdsl.testing.state import FlowErrors, SessionState
    from stepdsl.testing.transcript import Transcript
    from stepdsl.testing.transports import ApplicationError, AsgiTransport, WsgiTransport
    from stepdsl.testing.violations import ProtocolRule, ProtocolViolationError

else:
    # pytest imports this package at each start to find the fixtures. The classes are loaded at their first use.
    _MODULES = {
        "ApplicationError": "transports",
        "AsgiTransport": "transports",
        "Exchange": "exchanges",
        "FakeClock": "clock",
        "FlowClient": "client",
        "FlowErrors": "state",
        "FlowSession": "session",
        "ProtocolRule": "violations",
        "ProtocolViolationError": "violations",
        "RecordedRequest": "scripted",
        "RecordedResponse": "exchanges",
        "Reply": "replies",
        "ScriptExhaustedError": "scripted",
        "ScriptedTransport": "scripted",
        "SessionState": "state",
        "Transcript": "transcript",
        "WsgiTransport": "transports",
    }

    def __getattr__(name):
        """Load a class at its first use. Type checkers use the imports above."""
        if name == "show":
            found = globals()[name] = importlib.import_module("stepdsl.rendering").show
            return found
        if name.startswith("__"):
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        if name not in _MODULES:
            importlib.import_module("stepdsl.core.missing").raise_for(name, __all__, __name__)
        found = globals()[name] = getattr(importlib.import_module(f"{__name__}.{_MODULES[name]}"), name)
        return found
