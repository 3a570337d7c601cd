"""The class of a finding, and the severity of a finding."""

from __future__ import annotations

from enum import StrEnum

from attrs import frozen

__all__ = ["Finding", "Severity"]


class Severity(StrEnum):
    """The severity of a finding, the most severe first."""

    ERROR = "error"
    """The step breaks a rule of the API documentation, or it is wrong in every client."""
    WARNING = "warning"
    """The step is probably not what its author wanted, or some clients do not support it."""
    HINT = "hint"
    """The step is correct, but something in it often is not what its author wanted. Hints are left out by default."""

    @property
    def counts(self) -> tuple[Severity, ...]:
        """The severities that are at least this severe."""
        members = tuple(Severity)
        return members[: members.index(self) + 1]


@frozen(kw_only=True)
class Finding:
    """One mistake in a step. `str()` of a finding is one line of text."""

    path: str
    """The path of the mistake, in JSON names: `schemas[0].properties.iban.pattern`. Empty for the step as a whole."""
    code: str
    """The code of the rule that found the mistake, such as `form-without-schema`."""
    severity: Severity
    """Error, warning or hint."""
    message: str
    """What is wrong, with the value that was given."""
    advice: str
    """How to correct the step."""

    def __str__(self) -> str:
        location = f"{self.path}: " if self.path else ""
        return f"{self.severity.value}: {location}{self.message} [{self.code}] — {self.advice}"
