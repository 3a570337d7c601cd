"""Patterns: the dialect of ECMAScript, and engines that never run for long."""

from __future__ import annotations

import pytest

from stepdsl import OneOfSchema, StringSchema
from stepdsl.validation.engine import is_linear, matches
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
    assert is_linear(pattern) is True
    assert [messages(StringSchema(pattern=pattern), text) for text in fitting] == [None] * len(fitting)
    assert [messages(StringSchema(pattern=pattern), text) for text in others] == [FORM] * len(others)


@pytest.mark.parametrize(
    ("pattern", "fitting", "others"),
    [
        (r"^(?!00)[0-9]+$", ["10"], ["001", "x"]),
        (r"^(?=.*[a-z])(?=.*[0-9]).{4,}$", ["ab12"], ["abcd", "a1", "A" * 300]),
        (r"^(?<!x)a$", ["a"], ["xa"]),
        (r"^(a|b)-\1$", ["a-a"], ["a-b"]),
    ],
)
def test_look_around_and_back_references_run_in_the_engine_with_backtracking(
    pattern: str, fitting: list[str], others: list[str]
):
    assert is_linear(pattern) is False
    assert [messages(StringSchema(pattern=pattern), text) for text in fitting] == [None] * len(fitting)
    assert [messages(StringSchema(pattern=pattern), text) for text in others] == [FORM] * len(others)
    assert messages(StringSchema(pattern=pattern), 5) == "Enter a text."
    assert messages(OneOfSchema(schemas=[constant(1), StringSchema(pattern=pattern)]), others[0]) == FORM


@pytest.mark.parametrize("pattern", ["(", "[a", "a{2,1}", r"\Z", r"\p{Nonsense}", "*"])
def test_a_pattern_that_no_engine_supports_is_not_applied(pattern: str):
    assert is_linear(pattern) is False
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
    assert is_linear(pattern) is True
    assert matches(pattern, "ä" * 450)
    assert not matches(pattern, "ä" * 451)
