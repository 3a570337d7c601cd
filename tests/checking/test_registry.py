"""The registry of rules: each rule has complete texts and correct examples."""

from __future__ import annotations

import re
from typing import Any

import pytest

from stepdsl import Severity, check
from stepdsl.checking.registry import FAMILIES, RULES, example_step
from stepdsl.checking.rule import Rule


def least(rule: Rule) -> Severity:
    """Return the lowest severity of the findings that the examples of a rule are checked for."""
    return Severity.HINT if rule.severity is Severity.HINT else Severity.WARNING


def test_each_rule_has_its_own_code():
    assert sum(map(len, FAMILIES.values())) == len(RULES)


@pytest.mark.parametrize("rule", RULES.values(), ids=RULES)
def test_a_rule_has_complete_texts(rule: Rule):
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", rule.code)
    assert re.fullmatch(r"[A-Z][^\n]*[\w`]\.", rule.sentence)
    assert rule.why.endswith(".")
    assert rule.severity in Severity
    assert (rule.find is None) != (rule.conclude is None)


@pytest.mark.parametrize("rule", RULES.values(), ids=RULES)
def test_a_rule_finds_one_mistake_in_its_failing_example_and_none_in_its_passing_example(rule: Rule):
    (found,) = check(example_step(rule.failing), generation=rule.generations[0], severity=least(rule))
    assert (found.code, found.severity) == (rule.code, rule.severity)
    assert check(example_step(rule.passing), generation=rule.generations[0], severity=least(rule)) == ()


@pytest.mark.parametrize("rule", RULES.values(), ids=RULES)
def test_a_rule_applies_only_for_its_generations(rule: Rule):
    for generation in (None, "core", "core2"):
        codes = {found.code for found in check(example_step(rule.failing), generation=generation, severity=least(rule))}
        assert (rule.code in codes) == (generation in rule.generations)


@pytest.mark.parametrize("rule", RULES.values(), ids=RULES)
def test_a_rule_can_be_left_out(rule: Rule):
    options: dict[str, Any] = {"generation": rule.generations[0], "severity": least(rule)}
    assert check(example_step(rule.failing), **options, ignore=[rule.code]) == ()
