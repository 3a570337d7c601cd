"""Random walks through a flow that look for answers which no client can use."""

from __future__ import annotations

import importlib.util

if importlib.util.find_spec("hypothesis") is None:
    raise ImportError("stepdsl.testing.explore needs the package hypothesis: pip install 'stepdsl[testing]'")
