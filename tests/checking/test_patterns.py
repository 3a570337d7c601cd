"""The rules for regular expressions, and the analysis of expressions."""

from __future__ import annotations

import importlib
from typing import Any

import pytest

from stepdsl.checking.regex import examine
from stepdsl.checking.regex.ambiguity import exponential_reason
from stepdsl.checking.regex.charsets import EVERYTHING, characters, complement, merged, overlap
from stepdsl.checking.regex.dialect import translate
from tests.checking.support import Row, cases, check_lines, field

parser: Any = importlib.import_module("re._parser")

MANY_WAYS = "a repeat can match the same text in many ways"
PREFIX = "one alternative inside a repeat begins like another"


def pattern(text: str) -> dict[str, Any]:
    return field(type="string", pattern=text)


PATTERNS: dict[str, Row] = {
    "fine": (pattern("^[A-Z]{2}$"), []),
    "invalid": (
        pattern("(a"),
        [
            "error: schemas[0].pattern: '(a' is no regular expression: missing ), unterminated subpattern "
            "[invalid-pattern] — correct the expression"
        ],
    ),
    "exponential": (
        pattern("^(a+)+$"),
        [
            "warning: schemas[0].pattern: '^(a+)+$' can take exponential time: a repeat can match the "
            "same text in many ways [catastrophic-pattern] — let each character be matched in one way only"
        ],
    ),
    "Python syntax": (
        pattern("(?P<a>b)"),
        [
            "warning: schemas[0].pattern: '(?P<a>b)' uses '(?P<', which JavaScript does not have "
            "[unportable-pattern] — use what all dialects have"
        ],
    ),
    "Python syntax and exponential": (
        pattern("(?P<a>b+)+"),
        [
            "warning: schemas[0].pattern: '(?P<a>b+)+' can take exponential time: a repeat can match the "
            "same text in many ways [catastrophic-pattern] — let each character be matched in one way only",
            "warning: schemas[0].pattern: '(?P<a>b+)+' uses '(?P<', which JavaScript does not have "
            "[unportable-pattern] — use what all dialects have",
        ],
    ),
    "ICU syntax": (
        pattern("\\h+"),
        [
            "warning: schemas[0].pattern: '\\\\h+' cannot be checked: bad escape \\h [unchecked-pattern] "
            "— try it in the clients that you serve"
        ],
    ),
    "too long": (
        pattern("a" * 5001),
        [
            "warning: schemas[0].pattern: 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa… "
            "cannot be checked: it has 5001 characters [unchecked-pattern] — try it in the clients that "
            "you serve"
        ],
    ),
    "too deep": (
        pattern("(" * 4000),
        [
            "warning: schemas[0].pattern: '((((((((((((((((((((((((((((((((((((((((((((((((((((((((… "
            "cannot be checked: it repeats too often or nests too deeply [unchecked-pattern] — try it in "
            "the clients that you serve"
        ],
    ),
    "too often": (
        pattern("a{99999999999}"),
        [
            "warning: schemas[0].pattern: 'a{99999999999}' cannot be checked: it repeats too often or "
            "nests too deeply [unchecked-pattern] — try it in the clients that you serve"
        ],
    ),
    "of a link": (
        {"linkHandlers": [{"regexPattern": "[", "action": {"url": "/"}}]},
        [
            "error: linkHandlers[0].regexPattern: '[' is no regular expression: unterminated character "
            "set [invalid-pattern] — correct the expression"
        ],
    ),
}


@cases(PATTERNS)
def test_wrong_patterns_are_reported(parts: dict[str, Any], lines: list[str]):
    assert check_lines(parts) == lines


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("(a+)+$", MANY_WAYS),
        ("(a|a)*", PREFIX),
        ("(a|ab)*c?", PREFIX),
        ("(?:a|b|ab)*", MANY_WAYS),
        ("(.*)*", MANY_WAYS),
        ("([a-z]+)*@", MANY_WAYS),
        (r"(\d+)+", MANY_WAYS),
        (r"(\d+?)+", MANY_WAYS),
        (r"(\w|a)*", MANY_WAYS),
        (r"(a|[^b])*", MANY_WAYS),
        (r"([^\d]|\s)*", MANY_WAYS),
        ("(a|aa)+$", PREFIX),
        ("(?:aa|aaa)+$", PREFIX),
        (r"(?:\d{2}|\d{3})*", MANY_WAYS),
        (r"(\d{1,3})*", MANY_WAYS),
        (r"(\s*\w+)*", MANY_WAYS),
        ("([^,]*,?)*", MANY_WAYS),
        ("(?:a?b?)*c", MANY_WAYS),
        ("((a*)*)*", MANY_WAYS),
        ("(x+x+)+y", MANY_WAYS),
        ("(?:x(?:|y?))*z", PREFIX),
        ("(?=(a+)+b)", MANY_WAYS),
        ("(?!(a+)+b)", MANY_WAYS),
        ("(.*a){20}", MANY_WAYS),
        ("([a-z]{1,20}){1,20}", MANY_WAYS),
        (r"^(\p{L}+\s?)+$", MANY_WAYS),
        (r"^([\p{L}\d]+\s?)+$", MANY_WAYS),
        (r"(?<word>a+)+", MANY_WAYS),
        (r"(?:(a)?(?(1)b+|c)|b)*", MANY_WAYS),
        (r"(a)(?:\1|a)*", MANY_WAYS),
        ("(b(?:c*)?)*$", MANY_WAYS),
        (r"(x)(?(1)(a+)+|c)", MANY_WAYS),
        (r"(x)(?(1)c|(a+)+)", MANY_WAYS),
        ("(?:(?:a?|b?)c?)*", MANY_WAYS),
        ("(?>(a+)+)", MANY_WAYS),
    ],
)
def test_an_exponential_pattern_has_a_reason(text: str, reason: str):
    assert examine(text).exponential == reason


@pytest.mark.parametrize(
    "text",
    [
        r"^[A-Z]{2}\d{2}[A-Z0-9]{1,30}$",
        r"^\d{4,6}$",
        "(?:ab|cd)+",
        "(?:foo|far)*",
        r"\p{L}+",
        r"^[\p{L} '-]+$",
        r"^([a-z]+\.)+[a-z]{2,}$",
        r"^\w+(\s\w+)*$",
        r"^[\w.+-]+@[\w-]+(\.[\w-]+)+$",
        r"^([\w-]+(?:\.[\w-]+)*)@((?:[\w-]+\.)*\w[\w-]{0,66})\.([a-z]{2,6})$",
        r"^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$",
        r"(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)(?:\.(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)){3}",
        r"^(?!.*\.\.)(\w+\.)*\w+$",
        r"(\d{3})*",
        r"(?:\d{16})*",
        r"(?:\d{20})*",
        "(a|b|c)+",
        "(a+b)+",
        "(ab?)*",
        "(a{2,3}b)*",
        "(?:(?>a+))*b",
        "(?:a++b)*",
        "a*a*b",
        r"(a)(?:b\1)*",
        "",
        "^$",
        "[^]*x",
        "[]*",
        "(a(?:[a-z]{16}){16})*",
        "(?:" + "|".join(f"{a}.*" for a in "abcdefghijklmnopqrstuvwxyz") + ")*",
        "(?:" + "|".join(f"{a}{b}.*" for a in "abcdefgh" for b in "abcdefgh") + ")*",
    ],
)
def test_a_safe_or_very_large_pattern_has_no_exponential_reason(text: str):
    assert examine(text).exponential is None


def test_each_repeat_is_examined_also_after_a_too_large_one():
    assert examine("(a(?:[a-z]{16}){16})*(b+)*").exponential == MANY_WAYS


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("(", "missing ), unterminated subpattern"),
        ("a)", "unbalanced parenthesis"),
        ("*a", "nothing to repeat"),
        ("a**", "multiple repeat"),
        ("[a", "unterminated character set"),
        ("[^", "unterminated character set"),
        ("[", "unterminated character set"),
        ("[b-a]", "bad character range b-a"),
        ("a{2,1}", "min repeat greater than max repeat"),
        ("a\\", "bad escape (end of pattern)"),
    ],
)
def test_a_pattern_that_is_invalid_in_every_client_has_a_reason(text: str, reason: str):
    examined = examine(text)
    assert (examined.invalid, examined.unchecked, examined.unportable) == (reason, None, None)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (r"\R", r"bad escape \R"),
        (r"\8", "invalid group reference 8"),
        ("(?&name)", "unknown extension ?&"),
        ("[\\", "bad escape (end of pattern)"),
        (r"[\e]", r"bad escape \e"),
        (r"\u{110000}", r"incomplete escape \u"),
        ("x(?i)", "global flags not at the start of the expression"),
    ],
)
def test_a_pattern_that_python_cannot_parse_has_a_reason(text: str, reason: str):
    examined = examine(text)
    assert reason in (examined.invalid, examined.unchecked)


@pytest.mark.parametrize(
    ("text", "syntax"),
    [
        ("(?P<a>b)", "(?P<"),
        ("(?P<a>b)(?P=a)", "(?P<"),
        ("(?#a)b", "(?#"),
        ("(a)(?(1)b|c)", "(?("),
        ("(?>a)", "(?>"),
        ("(?i)a", "(?i)"),
        ("(?i:a)", "(?i:"),
        ("(?-i:a)", "(?-i:"),
        (r"\Aa", r"\A"),
        (r"a\Z", r"\Z"),
        (r"a\z", r"\z"),
        ("a++", "++"),
        ("a*+", "*+"),
        ("a?+", "?+"),
        ("a{2}+", "}+"),
        ("a{2,}+", "}+"),
        ("a{2,3}+", "}+"),
        ("a}+", None),
        (r"a\}+", None),
        (r"\++", None),
        (r"\p{L}+", None),
        ("[+]+", None),
        ("(?:a)(?=b)(?!c)(?<=d)(?<!e)(?<f>g)", None),
    ],
)
def test_syntax_that_javascript_does_not_have_is_found(text: str, syntax: str | None):
    examined = examine(text)
    assert (examined.unportable, examined.invalid, examined.unchecked) == (syntax, None, None)


@pytest.mark.parametrize(
    ("text", "translated", "exact"),
    [
        ("^a|b$", "^a|b$", True),
        (r"(?<year>\d{4})-\k<year>", r"(?P<g0_8>\d{4})-(?P=g0_8)", True),
        (r"(?<a>x)|(?<a>y)\k<a>", r"(?P<g0_5>x)|(?P<g1_13>y)(?P=g0_5)", True),
        (r"\k<later>", "", False),
        (r"\u{41}\u{1F600}\u{2a}", "A\U0001f600\\*", True),
        (r"\cJ[\cJ]", "\\\n[\n]", True),
        (r"\u0041\x41\0\/\-", r"\u0041\x41\0\/\-", True),
        ("[^]", r"[\s\S]", True),
        ("[]a]", "(?!)a]", True),
        (r"[\]a-z\-\d]", r"[\]a-z\-\d]", True),
        (r"[\w-.]", r"[\w\-.]", True),
        (r"[a-\d]", r"[a\-\d]", True),
        ("[a-]", r"[a\-]", True),
        ("[+--]", r"[+-\-]", True),
        ("[a|b~^]", r"[a\|b\~\^]", True),
        (r"[\u{1F600}-\u{1F64F}]", "[\U0001f600-\U0001f64f]", True),
        (r"[\x41-\x5A]", r"[\x41-\x5A]", True),
        ("[[a]", r"[\[a]", False),
        ("[a&&b]", r"[a\&\&b]", False),
        (r"\p{Lu}\P{Lu}", "[A-Z\u00c0-\u00de][^A-Z\u00c0-\u00de]", False),
        (r"[\p{Ll}_]", "[a-z\u00df-\u00ff_]", False),
        (r"[\P{N}]", "[\\x00-\U0010ffff]", False),
        (r"\p{gc=Nd}", "[0-9]", False),
        (r"\u{10FFFF}", "\U0010ffff", True),
        ("a{,3}", r"a\{,3}", True),
        ("a{", "a{", True),
    ],
)
def test_a_pattern_is_translated_to_the_python_dialect(text: str, translated: str, exact: bool):
    translation = translate(text)
    assert (translation.text, translation.exact) == (translated, exact)
    parser.parse(translation.text)


def test_the_split_translation_does_not_combine_alternatives():
    assert translate(r"a|b\|[c|d]").split == r"a|(?=)b\|[c\|d]"


def test_an_exponential_pattern_is_never_run():
    assert examine("(a+)+$").runnable is None
    assert not examine("(a+)+$").refuses("b")


def test_sets_of_characters_can_be_merged_complemented_and_compared():
    assert merged([(5, 9), (1, 2), (3, 4), (20, 30), (21, 22)]) == ((1, 9), (20, 30))
    assert complement(((0, 4), (6, 0x10FFFF))) == ((5, 5),)
    assert complement(()) == EVERYTHING
    assert complement(EVERYTHING) == ()
    assert overlap(((1, 2), (5, 6)), ((3, 4), (6, 9)))
    assert not overlap(((1, 2), (5, 6)), ((3, 4), (7, 9)))
    assert not overlap((), EVERYTHING)
    assert characters("NOT_LITERAL", 5) == ((0, 4), (6, 0x10FFFF))
    assert characters("AT", None) is None


@pytest.mark.parametrize(
    ("one", "other", "overlapping"),
    [
        (r"\d", "5", True),
        (r"\d", "a", False),
        (r"\D", "5", False),
        (r"\w", "_", True),
        (r"\w", "-", False),
        (r"\W", "-", True),
        (r"\s", " ", True),
        (r"\S", " ", False),
        (".", "\\n", False),
        (".", "x", True),
        ("[^a-y]", "z", True),
        ("[^a-z]", "z", False),
        (r"[^\s,]", ",", False),
        (r"\p{L}", r"\s", False),
        (r"\p{L}", "é", True),
    ],
)
def test_a_repeated_choice_is_exponential_if_its_characters_overlap(one: str, other: str, overlapping: bool):
    assert (examine(f"(?:{one}|{other})*").exponential is not None) == overlapping


def test_the_exponential_reason_is_found_in_a_parsed_pattern():
    assert exponential_reason(parser.parse("(a+)+"), parser.parse("(a+)+")) == MANY_WAYS
    assert exponential_reason(parser.parse("a+"), parser.parse("a+")) is None
