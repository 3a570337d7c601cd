"""Finds mistakes in a step.

All rules are in `stepdsl.checking.registry`. `check` visits each object of the step once, and applies the rules to it.
"""

from __future__ import annotations

import warnings
from collections.abc import Iterable
from functools import cache
from typing import Literal

from stepdsl.checking.findings import Finding, Severity
from stepdsl.checking.registry import RULES, known_codes
from stepdsl.checking.rule import plan_for
from stepdsl.checking.walk import Plan, Walk
from stepdsl.core.messages import dotted, expected, near, show
from stepdsl.core.provenance import GenerationName, expect_generation
from stepdsl.errors import InvalidValueError
from stepdsl.model.step import Step

__all__ = ["Finding", "Severity", "check"]


def check(
    step: Step,
    *,
    generation: GenerationName | None = None,
    severity: Severity | Literal["error", "warning", "hint"] = Severity.WARNING,
    ignore: Iterable[str] = (),
    target: GenerationName | None = None,
) -> tuple[Finding, ...]:
    """Return the mistakes in a step, in the order of its JSON document. A step without mistakes gives an empty tuple.

    `generation` is the generation of the API that the step is for. With it, `check` also reports what this generation
    does not have, or deprecates. `severity` is the lowest severity of the findings: by default there are no hints.
    `ignore` lists the codes of rules to leave out. `target` is the old name of `generation`. `check` does not change
    the step, and a step with mistakes can still be built and sent.

    Raises TypeError if `step` is not a Step. Raises InvalidValueError for an unknown generation, severity or rule code.
    """
    if not isinstance(step, Step):  # pyright: ignore[reportUnnecessaryIsInstance]  # callers without type checks
        raise TypeError(expected("a Step", step, Step))
    if target is not None:
        if generation is not None:
            raise InvalidValueError("target", "it is the old name of generation; leave it out")
        warnings.warn("target is the old name; write check(step, generation=…)", DeprecationWarning, stacklevel=2)
        generation = target
    expect_generation("generation", generation)
    counted = _least(severity).counts
    ignored = known_codes(ignore)
    return tuple(
        Finding(
            path=dotted(path),
            code=code,
            severity=RULES[code].severity,
            message=problem.message,
            advice=problem.advice,
        )
        for path, code, problem in Walk(step, _plan(generation)).run()
        if code not in ignored and RULES[code].severity in counted
    )


def _least(severity: Severity | str) -> Severity:
    values = [one.value for one in Severity]
    if severity not in values:
        raise InvalidValueError(
            "severity", f"expected 'error', 'warning' or 'hint', got {show(severity)}{near(severity, values)}"
        )
    return Severity(severity)


@cache
def _plan(generation: GenerationName | None) -> Plan:
    return plan_for(RULES.values(), generation)
