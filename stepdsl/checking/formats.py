"""The output formats of the command: lines of text, JSON, and annotations for GitHub workflows."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from typing import Final, NamedTuple, TypeAlias

from stepdsl.checking.findings import Finding, Severity
from stepdsl.core.messages import counted

__all__ = ["FORMATS", "Format", "Report"]


class Report(NamedTuple):
    """The findings in one step."""

    name: str
    """The name of the step in the output."""
    file: str | None
    """The file that the step was read from; None if the step does not come from a file."""
    findings: Sequence[Finding]
    """The findings, in the order of the step."""


Format: TypeAlias = Callable[[Sequence[Report]], str]
"""A function that takes the reports of all steps, and returns the text to print."""


def _text(reports: Sequence[Report]) -> str:
    lines = [f"{report.name}: {finding}" for report in reports for finding in report.findings]
    checked = counted(len(reports), "step")
    all_found = [finding.severity for report in reports for finding in report.findings]
    found = [counted(all_found.count(severity), severity.value) for severity in Severity if severity in all_found]
    return "\n".join([*lines, f"checked {checked}: {', '.join(found) or 'nothing found'}"])


def _json(reports: Sequence[Report]) -> str:
    found = [
        {
            "target": report.name,
            "path": finding.path,
            "code": finding.code,
            "severity": finding.severity.value,
            "message": finding.message,
            "advice": finding.advice,
        }
        for report in reports
        for finding in report.findings
    ]
    return json.dumps(found, indent=2)


def _github(reports: Sequence[Report]) -> str:
    return "\n".join(_annotation(report, finding) for report in reports for finding in report.findings)


def _annotation(report: Report, finding: Finding) -> str:
    file = "" if report.file is None else f"file={_property(report.file)},"
    name = "" if report.file is not None else f"{report.name}: "
    path = f"{finding.path}: " if finding.path else ""
    text = f"{name}{path}{finding.message} — {finding.advice}"
    level = "notice" if finding.severity is Severity.HINT else finding.severity.value
    return f"::{level} {file}title={_property(finding.code)}::{_data(text)}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


FORMATS: Final[Mapping[str, Format]] = MappingProxyType({"text": _text, "json": _json, "github": _github})
"""The formats, under their names in the option `--format`."""
