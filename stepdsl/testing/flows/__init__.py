"""The headless client: what a user does in a flow, without a screen."""

from __future__ import annotations

import importlib.util

from stepdsl.core.missing import missing_package

if importlib.util.find_spec("jsonschema_rs") is None:
    raise missing_package("stepdsl.testing.FlowClient needs", "jsonschema-rs", "testing")
