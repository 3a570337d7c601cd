"""What all tests have in common: how many examples are generated."""

from __future__ import annotations

import os

from hypothesis import settings

settings.register_profile("few", max_examples=4)
"""A few examples of each test, where the tests of a changed copy run: see `test_add_a_property.py`."""

if "STEPDSL_EXAMPLES" in os.environ:
    settings.load_profile(os.environ["STEPDSL_EXAMPLES"])
