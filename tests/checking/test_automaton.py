"""The automaton of a pattern: which texts and which links it matches."""

from __future__ import annotations

import importlib
import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stepdsl.checking.regex import examine
from stepdsl.checking.regex.automaton import Automaton, TooLarge, Unsupported
from stepdsl.checking.regex.matching import matches
from tests.strategies import moderate

parser: Any = importlib.import_module("re._parser")

PARTS = st.recursive(
    st.sampled_from(["a", "b", "[ab]", "[^a]", ".", r"\w", r"\b", "^", "$", "(?!)", ""]),
    lambda inner: st.one_of(
        st.builds("(?:{}{})".format, inner, inner),
        st.builds("(?:{}|{})".format, inner, inner),
        st.builds("(?:{}){}".format, inner, st.sampled_from(["*", "+?", "?", "{2}", "{1,2}", "{0}"])),
        st.builds("(?{}{})".format, st.sampled_from(["=", "!"]), inner),
        st.builds("({})".format, inner),
    ),
    max_leaves=6,
)


@moderate
@given(PARTS, st.lists(st.text(alphabet="ab-", max_size=5), min_size=1, max_size=5))
def test_the_automaton_matches_the_same_texts_as_python(pattern: str, texts: list[str]):
    automaton = Automaton(parser.parse(pattern))
    found = [matches(automaton, text) for text in texts]
    assert found == [re.search(pattern, text) is not None for text in texts]
    if any(found):
        assert automaton.can_match()


@pytest.mark.parametrize(
    ("pattern", "text", "found"),
    [
        ("a(?=b)", "ab", True),
        ("a(?=b)", "ac", False),
        ("a(?!b)", "ac", True),
        ("a(?!b)", "ab", False),
        ("(?=ab*c)a", "abbc", True),
        ("(?=ab*c)a", "abb", False),
        ("^(?=b|a$)a", "a", True),
        ("^(?=b|a$)a", "ab", False),
        ("(?<=a)b", "ab", True),
        ("(?<=a)b", "cb", False),
        ("(?<!a)b", "ab", False),
        ("(?<!a+)b", "aab", False),
        ("(?<=^a*)b", "aab", True),
        ("(?<=^a*)b", "caab", False),
        (r"^(a)\1$", "aa", True),
        (r"^(a)\1$", "ab", True),  # a back reference counts as any text
        (r"^(a)\1$", "b", False),
        (r"^(?!(a)\1)b", "b", True),
        (r"^(?!(a)\1)", "aa", True),  # it is not known whether the lookahead matches
        (r"(a)?(?(1)b|c)d", "abd", True),
        (r"(a)?(?(1)b)d", "xd", True),
        (r"^(a)?(?(1)b|c)d", "ad", False),
        ("^(?>a+)b", "aab", True),
        ("^(?!(?>a+)b)", "aab", True),
        ("^a++b", "aab", True),
        ("^a++b", "b", False),
        ("^a{3,}$", "aa", False),
        ("^a{3,}$", "aaaa", True),
        ("^a{2,3}$", "aaaa", False),
        (r"^\w$", "é", True),
        (r"^\W$", "é", True),
        (r"^[^\d]$", "\u0665", True),
        ("^[^a]$", "a", False),
        ("^[a-c]$", "é", False),
        (r"é\b!", "é!", True),
        (r"é\B!", "é!", True),
        (r"a\B!", "a!", False),
        ("^a$", "a\n", True),
        ("^a$", "a\r\n", True),
        ("^a$", "a\r", True),
        ("^a$", "a\nb", False),
        ("^a$", "\n", False),
        ("^(?!b$)", "b\n", True),  # clients differ in the end of a text
        ("^.$", "\U0001f600", True),
        ("^..$", "\U0001f600", True),
        ("^...$", "\U0001f600", False),
        ("^\U0001f600$", "\U0001f600", True),
        ("^$", "", True),
        ("(?=)a", "a", True),
        ("(?!)", "", False),
        ("^.$", "\ud800", True),
    ],
)
def test_the_automaton_matches_what_some_client_matches(pattern: str, text: str, found: bool):
    assert matches(Automaton(parser.parse(pattern)), text) is found


@pytest.mark.parametrize("pattern", ["(?i)a", "(?i:a)", "(?-i:a)", "(?x) a"])
def test_a_pattern_with_flags_has_no_automaton(pattern: str):
    with pytest.raises(Unsupported):
        Automaton(parser.parse(pattern))
    examined = examine(pattern)
    assert not examined.refuses("b")
    assert (examined.matches_nothing, examined.matches_no_link, examined.matches_every_link) == (False,) * 3


@pytest.mark.parametrize("pattern", ["a{1000}", "(?:(?:){1000}){1000}", "(?:(?:){0,1000}){0,1000}", "(?:^){1000}"])
def test_a_large_pattern_has_no_automaton(pattern: str):
    with pytest.raises(TooLarge):
        Automaton(parser.parse(pattern))
    assert not examine(pattern).refuses("b")


def test_a_text_that_takes_too_long_is_not_refused():
    pattern = f"^{'a*' * 140}b"
    assert examine(pattern).refuses("a" * 50)
    with pytest.raises(TooLarge):
        matches(Automaton(parser.parse(pattern)), "a" * 900)
    assert not examine(pattern).refuses("a" * 900)
    assert examine("^b").refuses("a" * 1000)
    assert not examine("^b").refuses("a" * 1001)


@pytest.mark.parametrize(
    "pattern", ["a^", "$a", "(?!)", "[]", "(?:a^|$b)c", "^a^", r"a\Ab", "(?!)|a(?!)", "[^\x00-\U0010ffff]"]
)
def test_a_pattern_that_matches_nothing_is_found(pattern: str):
    assert examine(pattern).matches_nothing
    assert examine(pattern).matches_no_link


@pytest.mark.parametrize(
    "pattern", ["", "^", "$", "^$", "^^a", "a$$", "a$\n", "(?=a)b", r"\b", "(?:a^|b)", "^*a", "b^|", r"[^\x00-\x7f\W]"]
)
def test_a_pattern_that_can_match_is_not_reported(pattern: str):
    assert not examine(pattern).matches_nothing


@pytest.mark.parametrize(
    ("pattern", "matched"),
    [
        ("^/done", False),
        ("^://", False),
        (r"^\d", False),
        ("^$", False),
        ("^https$", False),
        (r"^shop\.example/", False),
        ("done here", False),
        ("^https?://", True),
        ("^bank-app:", True),
        ("^b+:$", True),
        ("^(?:https|shop)://", True),
        ("^.*code=", True),
        ("/done$", True),
        ("é", True),
        (r"^\w+://", True),
        (r"x:\w$", True),
        ("", True),
    ],
)
def test_a_pattern_that_matches_no_link_is_found(pattern: str, matched: bool):
    assert examine(pattern).matches_no_link is not matched


@pytest.mark.parametrize(
    ("pattern", "everything"),
    [
        ("", True),
        ("^", True),
        ("$", True),
        (".", True),
        (".*", True),
        ("^.*$", True),
        (r"\S+", True),
        ("(?:done)?", True),
        ("[a-z]+:", True),
        ("^https:", False),
        ("a$|b", False),
        ("^[a-z]+://", False),
        (r"(.)\1*", False),  # a back reference is not known
    ],
)
def test_a_pattern_that_matches_every_link_is_found(pattern: str, everything: bool):
    assert examine(pattern).matches_every_link is everything
