"""The command `stepdsl show`, without the parsing of options and the printing."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from stepdsl.checking.targets import subjects
from stepdsl.core.messages import shorten
from stepdsl.errors import WireError
from stepdsl.rendering.screen import show

__all__ = ["Shown", "show_targets"]


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
            text = show(subject.step)
            texts.append(text if len(found) == 1 else f"== {subject.name}\n{text}")
    return Shown("\n\n".join(texts), tuple(errors))
