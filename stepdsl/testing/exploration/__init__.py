"""Random walks through a flow that look for answers which no client can use."""

from __future__ import annotations

import importlib.util

from stepdsl.core.missing import missing_package

if importlib.util.find_spec("hypothesis") is None:
    raise missing_package("stepdsl.testing.explore needs", "hypothesis", "testing")
