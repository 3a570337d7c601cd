"""The command `stepdsl show`, without the parsing of options and the printing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from stepdsl.checking import Severity, check
from stepdsl.checking.targets import Subject, subjects
from stepdsl.core.messages import shorten
from stepdsl.errors import WireError
from stepdsl.rendering.screen import show

__all__ = ["Shown", "show_targets"]


_MOST_MISFITS: Final = 10
"""The maximum number of places of a document that are listed, if they do not fit."""


class Shown(NamedTuple):
    """The result of one run of the command."""

    output: str
    """The text for standard output."""
    errors: tuple[str, ...]
    """The lines for standard error: one for each target that cannot be read."""


def show_targets(targets: Sequence[str]) -> Shown:
    """Return the text of all steps of all targets. If there are several steps, each text has the name of its step.

    If one target cannot be read, the other targets are still shown.
    """
    errors: list[str] = []
    found = list(subjects(targets, errors))
    texts: list[str] = []
    for subject in found:
        if isinstance(subject.step, WireError):
            errors.append(f"{shorten(subject.name)}: {'; '.join(reason for _, reason in subject.step.problems)}")
        else:
            text = "\n\n".join([show(subject.step), *_misfits(subject)])
            texts.append(text if len(found) == 1 else f"== {subject.name}\n{text}")
    return Shown("\n\n".join(texts), tuple(errors))


def _misfits(subject: Subject) -> Iterator[str]:
    """Yield the places of a document that do not fit a step, as text. The text of the step can lack what is there."""
    if subject.file is None or isinstance(subject.step, WireError):
        return
    found = [one for one in check(subject.step, severity=Severity.ERROR) if one.code == "wire"]
    if found:
        lines = [f"  {one.path}: {one.message}" for one in found[:_MOST_MISFITS]]
        more = len(found) - _MOST_MISFITS
        lines += [f"  … and {more} more; see stepdsl check {subject.file}"] if more > 0 else []
        yield "\n".join(["Does not fit", *lines])
