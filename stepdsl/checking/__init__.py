"""Finds mistakes in a step before its users do.

A rule is an entry of one registry, `stepdsl.checking.registry`; one walk over the step collects what the rules need.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import Literal, get_args

from stepdsl.checking.findings import Finding, Severity
from stepdsl.checking.registry import RULES, known_codes
from stepdsl.checking.rule import plan_for
from stepdsl.checking.walk import Plan, Target, Walk
from stepdsl.core.messages import show
from stepdsl.core.problems import dotted
from stepdsl.errors import InvalidValueError
from stepdsl.model.step import Step

__all__ = ["Finding", "Severity", "check"]


def check(
    step: Step, *, target: Literal["core", "core2"] | None = None, ignore: Iterable[str] = ()
) -> tuple[Finding, ...]:
    """Return the mistakes in a step, in the order of its document; nothing where none is found.

    `target`: the generation that the step is meant for; what the other one has alone is a mistake then. `ignore`: the
    codes of rules to leave out. Nothing that is found keeps a step from being built or sent.

    Raises TypeError for anything but a step, InvalidValueError for a target or code that there is not.
    """
    if not isinstance(step, Step):  # pyright: ignore[reportUnnecessaryIsInstance]  # not every caller is checked
        raise TypeError(f"expected a Step, got {show(step)}")
    if target is not None and target not in get_args(Target):
        raise InvalidValueError("target", f"expected 'core' or 'core2', got {show(target)}")
    left_out = known_codes(ignore)
    return tuple(
        Finding(
            path=dotted(path),
            code=code,
            severity=RULES[code].severity,
            message=problem.message,
            advice=problem.advice,
        )
        for path, code, problem in Walk(step, target, _plan(target)).run()
        if code not in left_out
    )


@cache
def _plan(target: Target | None) -> Plan:
    return plan_for(RULES.values(), target)
