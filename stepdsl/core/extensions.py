"""What the layers above the models add to every model class. The package `stepdsl` sets it when it is imported.

The models offer `X.build` and the method that pydantic calls; the code behind them is in `stepdsl.dsl` and
`stepdsl.pydantic`, which import the models. This module is how the call gets there without an import upwards.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

root_opener: Callable[[type[Any]], Any]
"""Returns `X.build` for a model class X."""

builder_type: Callable[[str], Any]
"""Returns the class of builders or openers with a name, such as `StepBuilder`; raises AttributeError."""

pydantic_core_schema: Callable[[type[Any]], Any]
"""Returns pydantic's core schema of a model class."""
