"""Strategies for hypothesis: steps, their schemas and layouts, and values for the forms of a step.

For example::

    @given(values_for(account_step))
    def test_every_valid_form_is_accepted(values):
        assert submit(values).status == 200

They need the extra `stepdsl[testing]`.
"""

from __future__ import annotations

import importlib.util

from stepdsl.core.missing import missing_package

if importlib.util.find_spec("hypothesis") is None:
    raise missing_package("stepdsl.testing.strategies needs", "hypothesis", "testing")

from stepdsl.testing.strategies.components import layouts, schemas, steps
from stepdsl.testing.strategies.values import invalid_values_for, values_for

__all__ = ["invalid_values_for", "layouts", "schemas", "steps", "values_for"]
