"""Finds mistakes in a step.

All rules are in `stepdsl.checking.registry`. `check` visits each object of the step once, and applies the rules to it.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import Literal, get_args

from stepdsl.checking.findings import Finding, Severity
from stepdsl.checking.registry import RULES, known_codes
from stepdsl.checking.rule import plan_for
from stepdsl.checking.walk import Plan, Target, Walk
from stepdsl.core.messages import dotted, expected, show
from stepdsl.errors import InvalidValueError
from stepdsl.model.step import Step

__all__ = ["Finding", "Severity", "check"]


def check(
    step: Step, *, target: Literal["core", "core2"] | None = None, ignore: Iterable[str] = ()
) -> tuple[Finding, ...]:
    """Return the mistakes in a step, in the order of its JSON document. A step without mistakes gives an empty tuple.

    `target` is the generation of the API that the step is for. With a target, `check` also reports what this generation
    does not have, or deprecates. `ignore` lists the codes of rules to leave out. `check` does not change the step, and
    a step with mistakes can still be built and sent.

    Raises TypeError if `step` is not a Step. Raises InvalidValueError for an unknown target or an unknown rule code.
    """
    if not isinstance(step, Step):  # pyright: ignore[reportUnnecessaryIsInstance]  # callers without type checks
        raise TypeError(expected("a Step", step, Step))
    if target is not None and target not in get_args(Target):
        raise InvalidValueError("target", f"expected 'core' or 'core2', got {show(target)}")
    ignored = known_codes(ignore)
    return tuple(
        Finding(
            path=dotted(path),
            code=code,
            severity=RULES[code].severity,
            message=problem.message,
            advice=problem.advice,
        )
        for path, code, problem in Walk(step, target, _plan(target)).run()
        if code not in ignored
    )


@cache
def _plan(target: Target | None) -> Plan:
    return plan_for(RULES.values(), target)
