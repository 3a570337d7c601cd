"""Runs the polling of a step over HTTP and performs the resulting action: `PollingExecutor(base_url=…).run(step)`."""

from stepdsl.executor.outcomes import Attempt, Cancelled, Exited, Failed, NextStep, Outcome, Trigger, Unhandled
from stepdsl.executor.polling import PollingExecutor
from stepdsl.executor.protocols import Clock, Http, HttpResponse

__all__ = [
    "Attempt",
    "Cancelled",
    "Clock",
    "Exited",
    "Failed",
    "Http",
    "HttpResponse",
    "NextStep",
    "Outcome",
    "PollingExecutor",
    "Trigger",
    "Unhandled",
]
