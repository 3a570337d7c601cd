"""Support for tests: a headless client of whole flows, random walks, a clock that never waits, and scripted replies.

If stepdsl is installed, pytest finds the fixtures of `stepdsl.testing.plugin` automatically.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING

__all__ = [
    "PROTOCOL_RULES",
    "ApplicationError",
    "AsgiTransport",
    "Exchange",
    "Exploration",
    "ExplorationError",
    "FakeClock",
    "Fault",
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
    "explore",
    "show",
]

if TYPE_CHECKING:
    from stepdsl.rendering import show
    from stepdsl.testing.clock import FakeClock
    from stepdsl.testing.errors import ApplicationError
    from stepdsl.testing.exploration.explorer import explore
    from stepdsl.testing.exploration.faults import Exploration, ExplorationError, Fault
    from stepdsl.testing.flows.client import FlowClient
    from stepdsl.testing.flows.exchanges import Exchange, RecordedResponse
    from stepdsl.testing.flows.session import FlowSession
    from stepdsl.testing.flows.state import FlowErrors, SessionState
    from stepdsl.testing.flows.transcript import Transcript
    from stepdsl.testing.flows.violations import PROTOCOL_RULES, ProtocolRule, ProtocolViolationError
    from stepdsl.testing.replies import Reply
    from stepdsl.testing.scripted import RecordedRequest, ScriptedTransport, ScriptExhaustedError
    from stepdsl.testing.transports import AsgiTransport, WsgiTransport

else:
    # pytest imports this package at each start to find the fixtures. The classes are loaded at their first use.
    _MODULES = {
        "ApplicationError": "errors",
        "AsgiTransport": "transports",
        "Exchange": "flows.exchanges",
        "Exploration": "exploration.faults",
        "ExplorationError": "exploration.faults",
        "FakeClock": "clock",
        "Fault": "exploration.faults",
        "FlowClient": "flows.client",
        "FlowErrors": "flows.state",
        "FlowSession": "flows.session",
        "PROTOCOL_RULES": "flows.violations",
        "ProtocolRule": "flows.violations",
        "ProtocolViolationError": "flows.violations",
        "RecordedRequest": "scripted",
        "RecordedResponse": "flows.exchanges",
        "Reply": "replies",
        "ScriptExhaustedError": "scripted",
        "ScriptedTransport": "scripted",
        "SessionState": "flows.state",
        "Transcript": "flows.transcript",
        "WsgiTransport": "transports",
        "explore": "exploration.explorer",
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
