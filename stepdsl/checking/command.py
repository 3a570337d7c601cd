"""The command `stepdsl check`, without the parsing of options and the printing."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Final, NamedTuple

from stepdsl.checking import check
from stepdsl.checking.findings import Finding, Severity
from stepdsl.checking.formats import FORMATS, Report
from stepdsl.checking.registry import RULES, known_codes
from stepdsl.checking.targets import Subject, subjects
from stepdsl.core.provenance import GenerationName
from stepdsl.errors import WireError

__all__ = ["Outcome", "check_targets", "list_rules"]

_WIRE: Final = "wire"
"""The code of a finding in a text that cannot be read as a step; also that of the rule for what does not fit a step."""


class Outcome(NamedTuple):
    """The result of one run of the command."""

    output: str
    """The text for standard output."""
    errors: tuple[str, ...]
    """The lines for standard error."""
    status: int
    """The exit status: 0 without errors and warnings, 1 with some, 2 if a target cannot be read."""


def check_targets(
    targets: Sequence[str],
    *,
    generation: GenerationName | None = None,
    ignore: Collection[str] = (),
    format: str = "text",
    severity: Severity = Severity.WARNING,
) -> Outcome:
    """Check all steps of all targets, and return the output of the command.

    `severity` is the lowest severity in the output. Hints do not change the exit status. If one target cannot be read,
    the other targets are still checked.

    Raises InvalidValueError for an unknown rule code.
    """
    known_codes(ignore)
    errors: list[str] = []
    reports = [
        Report(subject.name, subject.file, _findings(subject, generation, severity, ignore))
        for subject in subjects(targets, errors)
    ]
    failed = any(finding.severity is not Severity.HINT for report in reports for finding in report.findings)
    output = FORMATS[format](reports) if reports else ""
    return Outcome(output, tuple(errors), 2 if errors else int(failed))


def _findings(
    subject: Subject, generation: GenerationName | None, severity: Severity, ignore: Collection[str]
) -> tuple[Finding, ...]:
    if not isinstance(subject.step, WireError):
        return check(subject.step, generation=generation, severity=severity, ignore=ignore)
    return tuple(
        Finding(
            path=path,
            code=_WIRE,
            severity=Severity.ERROR,
            message=reason,
            advice="correct the document: it cannot be read as a step",
        )
        for path, reason in subject.step.problems
    )


def list_rules() -> str:
    """Return one line for each rule: its code, its severity and its sentence."""
    width = max(map(len, RULES))
    return "\n".join(f"{rule.code:{width}}  {rule.severity.value:7}  {rule.sentence}" for rule in RULES.values())
