"""The rules for regular expressions, and the analysis of expressions."""

from __future__ import annotations

import importlib
from typing import Any

import pytest

from stepdsl.checking.regex import examine
from stepdsl.checking.regex.ambiguity import Slowness, slowness
from stepdsl.checking.regex.charsets import characters
from stepdsl.checking.regex.dialect import translate
from stepdsl.validation.ecma.charsets import EVERYTHING, complement, merged, overlap
from tests.checking.support import Row, cases, check_lines, field
from tests.test_sizes import calls

parser: Any = importlib.import_module("re._parser")

MANY_WAYS = "a repeat can match the same text in many ways"
PREFIX = "one alternative inside a repeat begins like another"


def pattern(text: str) -> dict[str, Any]:
    return field(type="string", pattern=text)


def link(text: str) -> dict[str, Any]:
    return {"linkHandlers": [{"regexPattern": text, "action": {"url": "/"}}]}


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
    "too large to find out how slow it is": (
        pattern("^(?:(?:(?:^){1000}){1000}){1000}a"),
        [
            "warning: schemas[0].pattern: '^(?:(?:(?:^){1000}){1000}){1000}a' cannot be checked: it is too "
            "large to find out how long matching takes [unchecked-pattern] — try it in the clients that you serve"
        ],
    ),
    "a row of repeats": (
        pattern("^(\\w+\\s?){1,5}$"),
        [
            "warning: schemas[0].pattern: '^(\\\\w+\\\\s?){1,5}$' can take very long: 5 repeats in a row can "
            "share the same text [catastrophic-pattern] — let each character be matched in one way only"
        ],
    ),
    "nothing": (
        pattern("a^"),
        ["error: schemas[0].pattern: 'a^' matches no text [pattern-matches-nothing] — correct the expression"],
    ),
    "no whole link": (pattern("^/done"), []),
    "every text": (pattern(".*"), []),
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
    "of a link, for some links": (link("^https://shop\\.example/done"), []),
    "of a link, for every link": (
        link("(?:.*)"),
        [
            "warning: linkHandlers[0].regexPattern: '(?:.*)' matches every link [link-pattern-matches-everything] — "
            "match the links of this step only"
        ],
    ),
    "of a link, for no link": (
        link("^/done"),
        [
            "error: linkHandlers[0].regexPattern: '^/done' matches no link [pattern-matches-nothing] — match the "
            "whole link, with its scheme: ^https://…"
        ],
    ),
    "of a link, for nothing": (
        link("$done"),
        [
            "error: linkHandlers[0].regexPattern: '$done' matches no text [pattern-matches-nothing] — correct the "
            "expression"
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
    assert examine(text).slowness.exponential == reason


@pytest.mark.parametrize(
    "text",
    [
        r"^[A-Z]{2}\d{2}[A-Z0-9]{1,30}$",
        r"^\d{4,6}$",
        "(?:ab|cd)+",
        "(?:foo|far)*",
        "(a|ab)*c?",
        "^(?:foo|foobar)+$",
        "^(?:[A-Z]{2}(?:-|))+$",
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
        "(?:" + "|".join(f"{a}{b}{c}.*" for a in "abcdefgh" for b in "abcdefgh" for c in "ab") + ")*",
    ],
)
def test_a_safe_or_very_large_pattern_has_no_exponential_reason(text: str):
    assert examine(text).slowness.exponential is None


@pytest.mark.parametrize(
    ("text", "row"),
    [
        ("^a*a*a*a*b", 4),
        ("a*a*a*b", 4),  # with the beginning, which can be anywhere
        ("^a*a*a*b", 0),
        (r"^(\w+\s?){1,5}$", 5),
        (r"^(\w+\s?){1,3}$", 0),
        ("^([A-Za-z]+ ?){1,10}$", 10),
        ("^(a+){10}b$", 10),
        ("^.*,.*,.*,.*;$", 4),
        ("^[^,]*,[^,]*,[^,]*,[^,]*$", 0),
        ("^(?:a{1,100}){4}$", 0),
        ("^(?:a{1,101}){4}$", 4),
        ("^(?:ab?)*(?:ac?)*(?:ad?)*(?:ae?)*$", 4),
        ("^(?:[a-m]*|x)(?:[m-z]*|y)[a-z]*m*$", 4),
        ("^[a-f]*[g-m]*[n-t]*[u-z]*[0-9]*$", 0),
        ("^(?=.*a)(?=.*b)(?=.*c)(?=.*d).*$", 0),
        ("(?=x)a*a*a*b", 4),
        ("(?:^|x)a*a*a*b", 4),
        ("(?:^a|^b)a*a*a*b", 0),
        ("(^a)a*a*a*b", 0),
        ("", 0),
    ],
)
def test_repeats_in_a_row_that_share_a_text_are_counted(text: str, row: int):
    assert examine(text).slowness == Slowness(row=row)


COMMON = [
    r"^[^@\s]+@[^@\s]+\.[^@\s]+$",
    r"^[\w.+-]+@[\w-]+(\.[\w-]+)+$",
    r"^[a-zA-Z0-9.!#$%&'*+/=?^_`{|}~-]+@[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?(?:\.[a-zA-"
    r"Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?)*$",
    r"^(?:[a-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[a-z0-9!#$%&'*+/=?^_`{|}~-]+)*)@(?:(?:[a-z0-9](?:[a-z"
    r"0-9-]*[a-z0-9])?\.)+[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)$",
    r"^[A-Z]{2}\d{2}[A-Z0-9]{1,30}$",
    r"^[A-Z]{2}[0-9]{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,3})?$",
    r"^[A-Z]{6}[A-Z0-9]{2}([A-Z0-9]{3})?$",
    r"^GB\d{2}[A-Z]{4}\d{14}$",
    r"^\d{5}$",
    r"^\d{5}(-\d{4})?$",
    r"^[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}$",
    r"^([A-Za-z][A-Ha-hJ-Yj-y]?[0-9][A-Za-z0-9]? ?[0-9][A-Za-z]{2}|[Gg][Ii][Rr] ?0[Aa]{2})$",
    r"^[ABCEGHJ-NPRSTVXY]\d[ABCEGHJ-NPRSTV-Z][ -]?\d[ABCEGHJ-NPRSTV-Z]\d$",
    r"^\d{4} ?[A-Z]{2}$",
    r"^\d{4}-\d{2}-\d{2}$",
    r"^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$",
    r"^(0[1-9]|[12][0-9]|3[01])[- /.](0[1-9]|1[012])[- /.](19|20)\d\d$",
    r"^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d+)?(?:Z|[+-]\d{2}:\d{2})$",
    r"^([01]\d|2[0-3]):[0-5]\d$",
    r"^\+?[1-9]\d{1,14}$",
    r"^\+?\d{1,4}?[-.\s]?\(?\d{1,3}?\)?[-.\s]?\d{1,4}[-.\s]?\d{1,4}[-.\s]?\d{1,9}$",
    r"^(\+\d{1,2}\s?)?\(?\d{3}\)?[\s.-]?\d{3}[\s.-]?\d{4}$",
    r"^[0-9 ()+-]{6,20}$",
    r"^(?:\+44|0)7\d{9}$",
    r"^\d{2}-?\d{2}-?\d{2}$",
    r"^(?:4\d{12}(?:\d{3})?|5[1-5]\d{14}|3[47]\d{13})$",
    r"^\d{4}([ -]?)\d{4}\1\d{4}\1\d{4}$",
    r"^\d{3,4}$",
    r"^(0[1-9]|1[0-2])\/?([0-9]{2})$",
    r"^(?!000|666)[0-8]\d{2}-(?!00)\d{2}-(?!0000)\d{4}$",
    r"^[0-9a-f]{8}-[0-9a-f]{4}-[1-5][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$",
    r"^#?([a-fA-F0-9]{6}|[a-fA-F0-9]{3})$",
    r"^(?=.*[a-z])(?=.*[A-Z])(?=.*\d)(?=.*[^\w\s]).{8,64}$",
    r"^[a-z0-9]+(?:-[a-z0-9]+)*$",
    r"^[A-Za-z]+(?:[ '-][A-Za-z]+)*$",
    r"^[\p{L}\p{M}' .-]+$",
    r"^https?:\/\/(www\.)?[-a-zA-Z0-9@:%._\+~#=]{1,256}\.[a-zA-Z0-9()]{1,6}\b([-a-zA-Z0-9()@:%_\+.~#?&\/=]*)$",
    r"https?:\/\/(www\.)?[-a-zA-Z0-9@:%._\+~#=]{1,256}\.[a-zA-Z0-9()]{1,6}\b([-a-zA-Z0-9()@:%_\+.~#?&//=]*)",
    r"^(?:(?:25[0-5]|2[0-4]\d|1?\d?\d)(?:\.(?!$)|$)){4}$",
    r"^-?\d+(?:[.,]\d{1,2})?$",
    r"^\$?\d{1,3}(?:,\d{3})*(?:\.\d{2})?$",
    r"^[A-Z]{1,3}-[A-Z]{1,2} ?\d{1,4}[EH]?$",
    r"^[A-CEGHJ-PR-TW-Z]{1}[A-CEGHJ-NPR-TW-Z]{1}[0-9]{6}[A-D]{1}$",
    r"^\s*\S.*$",
    r"^\S+(?: \S+)*$",
    r"^.{1,140}$",
    r"^(?:[A-Za-z0-9+\/]{4})*(?:[A-Za-z0-9+\/]{2}==|[A-Za-z0-9+\/]{3}=)?$",
    r"^[a-zA-Z0-9\s,.'-]{3,}$",
]


@pytest.mark.parametrize("text", COMMON)
def test_a_common_pattern_has_no_finding(text: str):
    assert check_lines(pattern(text)) == []
    examined = examine(text)
    assert examined.slowness == Slowness()
    assert not examined.matches_nothing


HOSTILE = [
    *(f"(?:(?:(?:{nothing}{{1000}}){{1000}}){{1000}}){{1000}}" for nothing in ("(?:^)", "(?=a)", "(?:)")),
    "(?:(?:(?:(?:a?){1000}){1000}){1000}){1000}",
    "(?:" * 60 + "a" + "){2}" * 60,
    "[a-z]*[b-z]*" * 100,
    "".join(f"{chr(0x100 + 2 * number)}*" for number in range(250)),
    "(?=.*a)" * 100,
    "^a*a*a*a*b",
]


@pytest.mark.parametrize("text", HOSTILE, ids=lambda text: text[:30])
def test_the_analysis_and_the_match_of_any_pattern_have_a_bound(text: str):
    def work() -> None:
        examined = examine(text)
        examined.refuses("a" * 900)
        assert (examined.matches_nothing, examined.matches_no_link) == (False, False)

    examine.cache_clear()
    assert calls(work) < 500_000


def test_a_pattern_of_the_greatest_length_is_examined():
    assert examine("a" * 5000).unchecked is None
    assert examine("a" * 5000).shortest == 5000


def test_the_time_of_a_too_large_pattern_is_unknown():
    assert examine("(?:a*b*){16}" * 20).slowness == Slowness(is_known=False)
    assert examine("(?:a*b*){16}" * 20).unchecked == "it is too large to find out how long matching takes"
    assert examine("(?:a*b*){16}" * 20 + "(a+)+").unchecked is None


ANCHORS = {"[0-9]{4}": False, "^[0-9]{4}": True, "[0-9]{4}$": True, r"\b[0-9]": True, "(?=a)b": True, "(?i)a": True}


@pytest.mark.parametrize(("text", "has_anchor"), ANCHORS.items())
def test_a_pattern_without_anchors_has_a_hint(text: str, has_anchor: bool):
    hint = (
        f"hint: schemas[0].pattern: {text!r} also matches a part of a text [pattern-without-anchors] — write "
        f"'^(?:{text})$'"
    )
    found = check_lines(pattern(text), severity="hint", ignore=("no-way-on", "unportable-pattern"))
    assert found == ([] if has_anchor else [hint])
    assert check_lines(link("done"), severity="hint") == []


def test_each_repeat_is_examined_also_after_a_too_large_one():
    assert examine("(a(?:[a-z]{16}){16}){20}(b+)*").slowness.exponential == MANY_WAYS


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
        (r"\Z+", "nothing to repeat"),
        (r"(?:(a)|b)*\1", r"`validate` does not support '\\1' here"),
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
        (r"\p{Letters}", r"\p{Letters}"),
        (r"[\P{Script=greek}]", r"\P{Script=greek}"),
        (r"\p{Lu}\p{gc=Lu}\p{Script=Greek}", None),
        ("(?<=a)*", "*"),
        ("(?<a>b)(?<a>c)", "(?<a>"),
        (r"(?<a>b)\k<c>", r"\k<c>"),
        ("[^]{1,3}", None),
        (r"a\0", None),
        ("{", None),
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
        (r"\k<later>", "(?:)", False),
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
    assert (examine(f"(?:{one}|{other})*").slowness.exponential is not None) == overlapping


def test_the_slowness_of_a_parsed_pattern_is_found():
    assert slowness(parser.parse("(a+)+"), parser.parse("(a+)+")) == Slowness(exponential=MANY_WAYS)
    assert slowness(parser.parse("a+"), parser.parse("a+")) == Slowness()
