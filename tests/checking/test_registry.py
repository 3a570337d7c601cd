"""The registry: each rule is told in full, and its own examples show it."""

from __future__ import annotations

import re

import pytest

from stepdsl import Severity, check, from_dict
from stepdsl.checking.registry import FAMILIES, RULES, example
from stepdsl.checking.rule import Rule


def test_a_code_is_given_once():
    assert sum(map(len, FAMILIES.values())) == len(RULES)


@pytest.mark.parametrize("rule", RULES.values(), ids=RULES)
def test_a_rule_is_told_in_full(rule: Rule):
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)+", rule.code)
    assert re.fullmatch(r"[A-Z][^\n]*[\w`]\.", rule.sentence)
    assert rule.why.endswith(".")
    assert rule.severity in Severity
    assert (rule.find is None) != (rule.conclude is None)


@pytest.mark.parametrize("rule", RULES.values(), ids=RULES)
def test_the_examples_of_a_rule(rule: Rule):
    (found,) = check(from_dict(example(rule.failing)), target=rule.targets[0])
    assert (found.code, found.severity) == (rule.code, rule.severity)
    assert check(from_dict(example(rule.passing)), target=rule.targets[0]) == ()


@pytest.mark.parametrize("rule", RULES.values(), ids=RULES)
def test_a_rule_holds_for_its_targets_only(rule: Rule):
    for target in (None, "core", "core2"):
        codes = {found.code for found in check(from_dict(example(rule.failing)), target=target)}
        assert (rule.code in codes) == (target in rule.targets)


@pytest.mark.parametrize("rule", RULES.values(), ids=RULES)
def test_a_rule_can_be_left_out(rule: Rule):
    assert check(from_dict(example(rule.failing)), target=rule.targets[0], ignore=[rule.code]) == ()
