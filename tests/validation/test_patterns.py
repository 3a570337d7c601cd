"""Patterns: the dialect of ECMAScript, and engines that never run for long."""

from __future__ import annotations

import pytest

from stepdsl import OneOfSchema, StringSchema
from stepdsl.validation.ecma import Translation, Untranslated, translate
from stepdsl.validation.engine import keyword_for, matches
from tests.validation.support import constant, messages

FORM = "Enter the value in the expected form."


@pytest.mark.parametrize(
    ("pattern", "fitting", "others"),
    [
        ("b", ["abc"], ["ac"]),
        (r"^\d+$", ["12"], ["٣", "a"]),
        (r"^\w+$", ["a_1"], ["ä", "a b"]),
        (r"^\s$", [" ", "\u00a0", "\ufeff"], ["a"]),
        (r"^\p{L}+$", ["äé"], ["1"]),
        (r"^[^\x00-\x1f]+$", ["a"], ["\n"]),
        (r"^\u0041\/\cJ$", ["A/\n"], ["A/J"]),
        (r"^(?<year>[0-9]{4})$", ["2024"], ["24"]),
        (r"^.$", ["😀", "a"], ["\n", "ab"]),
        (r"^(a+)+$", ["a" * 5_000], ["a" * 5_000 + "b"]),
    ],
)
def test_a_pattern_runs_in_the_linear_engine(pattern: str, fitting: list[str], others: list[str]):
    assert keyword_for(pattern)[0] == "pattern"
    assert [messages(StringSchema(pattern=pattern), text) for text in fitting] == [None] * len(fitting)
    assert [messages(StringSchema(pattern=pattern), text) for text in others] == [FORM] * len(others)


@pytest.mark.parametrize(
    ("pattern", "fitting", "others"),
    [
        (r"^(?!00)[0-9]+$", ["10"], ["001", "x"]),
        (r"^(?=.*[a-z])(?=.*[0-9]).{4,}$", ["ab12"], ["abcd", "a1", "A" * 300]),
        (r"^(?<!x)a$", ["a"], ["xa"]),
        (r"^(a|b)-\1$", ["a-a"], ["a-b"]),
        (r"^\-.$", ["-a"], ["-😀", "a"]),
    ],
)
def test_other_patterns_run_apart_from_the_json_schema(pattern: str, fitting: list[str], others: list[str]):
    assert keyword_for(pattern) == ("search", pattern)
    assert [messages(StringSchema(pattern=pattern), text) for text in fitting] == [None] * len(fitting)
    assert [messages(StringSchema(pattern=pattern), text) for text in others] == [FORM] * len(others)
    assert messages(StringSchema(pattern=pattern), 5) == "Enter a text."
    assert messages(OneOfSchema(schemas=[constant(1), StringSchema(pattern=pattern)]), others[0]) == FORM


@pytest.mark.parametrize("pattern", ["(", "[a", "a{2,1}", "*", "(?i)a", "a++", r"\p{CWKCF}", "a{99999999999}"])
def test_a_pattern_that_no_engine_supports_is_not_applied(pattern: str):
    assert keyword_for(pattern) == ("search", pattern)
    assert matches(pattern, "anything")
    assert messages(StringSchema(pattern=pattern), "anything") is None
    assert messages(StringSchema(pattern=pattern, max_length=1), "anything") == "Enter at most 1 character."


def test_a_pattern_that_needs_too_many_attempts_is_not_applied():
    pattern = "^(a|a|aa)*(?!c)d$"
    assert messages(StringSchema(pattern=pattern), "aab") == FORM
    assert messages(StringSchema(pattern=pattern), "a" * 40) is None
    assert messages(StringSchema(pattern=pattern, max_length=5), "a" * 40) == "Enter at most 5 characters."


def test_a_pattern_can_be_as_large_as_hundreds_of_letters_of_any_script():
    pattern = r"^\p{L}{1,450}$"
    assert keyword_for(pattern) == ("pattern", r"^[\p{L}]{1,450}$")
    assert matches(pattern, "ä" * 450)
    assert not matches(pattern, "ä" * 451)


@pytest.mark.parametrize(
    ("pattern", "translation"),
    [
        ("^[A-Za-z]{2}-[0-9x]+$", Translation("^[A-Za-z]{2}-[0-9x]+$", is_linear=True, has_units=False)),
        ("^(?:[z-za]|)$", Translation("^(?:[az]|)$", is_linear=True, has_units=False)),
        (r"\d{2}|\.", Translation(r"[0-9]{2}|\.", is_linear=True, has_units=False)),
        (r"^(?<q>[xy])(z)\k<q>", Translation(r"^([x-y])(?:z)(?:\1)", is_linear=False, has_units=False)),
        (r"(a)|\1", Translation(r"(?:a)|(?:[^\x{0}-\x{10FFFF}]?)", is_linear=True, has_units=False)),
        (r"^\-[\w-.]$", Translation(r"^-[\x{2D}-\x{2E}0-9A-Z\x{5F}a-z]$", is_linear=True, has_units=False)),
        (r"\-[^a]", Translation("-[^a]", is_linear=True, has_units=True)),
        ("(?=a)*b", Translation("(?:)b", is_linear=True, has_units=False)),
        ("a)", Untranslated(")", is_javascript=False)),
        ("(?<a>b)(?<a>c)", Untranslated("(?<a>", is_javascript=False)),
        (r"(?:(a)|b)*\1", Untranslated(r"\1", is_javascript=True)),
    ],
)
def test_a_pattern_is_translated_once_for_both_engines(pattern: str, translation: Translation | Untranslated):
    assert translate(pattern) == translation
    assert translate(pattern) is translate(pattern)
