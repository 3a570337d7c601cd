"""Functions that modules call but cannot import. The package `stepdsl` sets them when it is imported.

The models offer `X.build` and the method that pydantic calls; the code behind them is in `stepdsl.dsl` and
`stepdsl.pydantic`, which import the models. The advice in messages is in `stepdsl.core.hints`, which imports the table
of fields and what that table is made of. With this module, lower layers call them without an import.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

__all__ = ["builder_type", "elsewhere", "instead", "pydantic_core_schema", "root_opener"]

root_opener: Callable[[type[Any]], Any]
"""Returns `X.build` for a model class X."""

builder_type: Callable[[str], Any]
"""Returns the class of builders or openers with a name, such as `StepBuilder`; raises AttributeError."""

pydantic_core_schema: Callable[[type[Any]], Any]
"""Returns pydantic's core schema of a model class."""

instead: Callable[[Any, Any], str]
"""Returns what to write instead of a value that is not accepted: `stepdsl.core.hints.instead`."""

elsewhere: Callable[[Any, str], str]
"""Returns the place of a name that a type does not have: `stepdsl.core.hints.elsewhere`."""
