"""What a check finds: one class, and how much a finding weighs."""

from __future__ import annotations

from enum import Enum

from attrs import frozen

__all__ = ["Finding", "Severity"]


class Severity(str, Enum):
    """How much a finding weighs."""

    ERROR = "error"
    """Against the documentation, or wrong in any client."""
    WARNING = "warning"
    """Probably not what was meant, or not what every client can do."""


@frozen(kw_only=True)
class Finding:
    """One mistake that `check` has found in a step. Prints as one line."""

    path: str
    """Where it is, in wire names: `schemas[0].properties.iban.pattern`; empty for the step as a whole."""
    code: str
    """Which rule has found it, such as `form-without-schema`."""
    severity: Severity
    """How much it weighs."""
    message: str
    """What is wrong, and what was given."""
    advice: str
    """What to do."""

    def __str__(self) -> str:
        place = f"{self.path}: " if self.path else ""
        return f"{self.severity.value}: {place}{self.message} [{self.code}] — {self.advice}"
