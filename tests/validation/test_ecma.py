"""Patterns mean what they mean in JavaScript (ECMA-262). The rows are written down, and compared with an engine."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stepdsl.validation.ecma import Translation, Untranslated, translate
from stepdsl.validation.engine import keyword_for, matches
from tests.validation.javascript import JavaScript, javascript

ROWS = [
    # (pattern, texts in which it is found, texts in which it is not)
    # -- classes have characters of ASCII, also beside lookarounds and references
    (r"^(?!0)\d+$", ["12"], ["١٢", "01"]),
    (r"^(?!b)[\w.-]+$", ["a.b-c"], ["é", "b"]),
    (r"^(?!x)[^\d]+$", ["١"], ["1"]),
    (r"^(?!x)[^\w]+$", ["é", "-"], ["a"]),
    (r"^(?!x)[\s]+$", ["\ufeff", "\u00a0\u1680\u2000\u200a\u202f\u205f\u3000\u2028\u2029\t\v\f"], ["\x85", "\u200b"]),
    (r"^(a)\1[\w-]+$", ["aaa-"], ["aaé"]),
    (r"^\S\D\W$", ["aéé"], [" éé", "a1é", "aéa"]),
    (r"^[\W\d]$", ["é", "1"], ["a"]),
    (r"^[^\W\d]$", ["a", "_"], ["é", "1"]),
    (r"^[\s\S]$", ["\n", "😀"], ["ab"]),
    # -- the dot, the ends, boundaries
    ("^(?!x).$", ["a", "😀", "\x85"], ["\r", "\n", "\u2028", "\u2029"]),
    ("^.$", ["a", "😀", "\x85"], ["\r", "\n", "\u2028", "\u2029"]),
    ("^a$", ["a"], ["a\n", "\na", "b\na"]),
    (r"\bab\b", ["éab", "ab", "-ab-"], ["aab", "ab1"]),
    (r"^na\B.*", ["naab"], ["naïve"]),
    (r"^é\B", ["é", "éé"], ["éa"]),
    (r"^(?=x)x\b", ["x", "xé"], ["xa"]),
    (r"^(?!x).\B", ["aa", "é"], ["a", "aé"]),
    (r"\B", ["", "ab"], ["a", "aéa"]),
    (r"\B|x", ["éx"], []),
    # -- sets
    ("^[^]{1,3}$", ["a\n😀"], ["", "abcd"]),
    ("a[]|b", ["b"], ["a", ""]),
    (r"^[\b]$", ["\b"], ["b"]),
    (r"^[\w-.]$", ["a", "-", "."], [",", "é"]),
    (r"^[\w\-.]$", ["a", "-", "."], [",", "é"]),
    ("^[a-]$", ["a", "-"], ["b"]),
    ("^[-a]$", ["a", "-"], ["b"]),
    ("^[--/]$", ["-", ".", "/"], ["0"]),
    ("^[a&&b]$", ["a", "&", "b"], ["c"]),
    ("^[+--b~~c]$", ["+", ",", "-", "b", "~", "c"], ["a"]),
    ("^[[a]$", ["[", "a"], ["]"]),
    ("^[[a]]$", ["a]", "[]"], ["a"]),
    (r"^[\]\\^]$", ["]", "\\", "^"], ["["]),
    ("^[+-a]$", ["+", "Z", "a"], ["b", "*"]),
    (r"^[\0-\x1f]$", ["\0", "\x1f"], [" "]),
    ("^[😀-😂]$", ["😁"], ["😃"]),
    ("^[^a]$", ["😀"], ["a"]),
    # -- escapes
    (r"^a\0$", ["a\0"], ["a0", "a"]),
    (r"^\cJ\cj$", ["\n\n"], ["J"]),
    (r"^\x41\u0042\u{43}$", ["ABC"], ["abc"]),
    (r"^\u{1F600}$", ["😀"], ["u"]),
    (r"^\ud83d\ude00$", ["😀"], [""]),
    (r"[\ud83d]", [], ["😀", "a"]),
    (r"^\t\n\v\f\r$", ["\t\n\v\f\r"], ["tnvfr"]),
    (r"^\/\.\*\(\)\[\]\{\}\^\$\|\\\+\?$", ["/.*()[]{}^$|\\+?"], [""]),
    # -- Unicode properties
    (r"^\p{L}\P{L}$", ["é1"], ["1é"]),
    (r"^\p{Lu}\p{gc=Ll}\p{General_Category=Decimal_Number}$", ["Éé١"], ["éé1"]),
    (r"^\p{Script=Greek}\p{sc=Grek}\p{scx=Greek}$", ["αβγ"], ["abc"]),
    (r"^\p{Emoji}$", ["😀", "1"], ["a"]),
    (r"^[\p{L}\p{punct}]$", ["é", "!"], ["1"]),
    (r"^[^\p{L}]$", ["1"], ["é"]),
    (r"\p{Cs}", [], ["a"]),
    (r"^\P{Cs}$", ["a"], [""]),
    (r"^\p{Any}\p{ASCII}$", ["éa"], ["aé"]),
    # -- groups and references
    (r"""^(?<q>["'])\w+\k<q>$""", ['"a"', "'a'"], ["\"a'"]),
    (r"^(?<$a\u0062>x)\k<$ab>$", ["xx"], ["x"]),
    (r"^(?:(a)|b)\1$", ["b", "aa"], ["a", "ba"]),
    (r"^\1(a)$", ["a"], ["aa"]),
    (r"^(a\1)$", ["a"], ["aa"]),
    (r"^(?:(a)|b\1)$", ["a", "b"], ["ba"]),
    (r"^(?!(a))\1b$", ["b"], ["ab"]),
    (r"^(?:(?=(a)))?\1a$", ["a"], ["aa"]),
    (r"^(?:(a){0}|b)\1$", ["b"], ["ba"]),
    (r"^(a){2}\1$", ["aaa"], ["aa"]),
    (r"^(?:(a|b)\1)+$", ["aabb", "aa"], ["ab", "abab"]),
    (r"^(a)(b)\2\1$", ["abba"], ["abab"]),
    (r"^(a)(?:\1)0$", ["aa0"], ["a0"]),
    (r"^(?:(?<y>a)|(?<y>b))\k<y>$", ["aa", "bb"], ["ab", "a"]),
    (r"^(\w)(?=\1)", ["aa"], ["ab"]),
    (r"(\w)(?<!\1\1)$", ["ab"], ["aa"]),
    # -- lookarounds
    (r"(?<=a+)b$", ["aab"], ["b"]),
    (r"(?<=\$|€)\d", ["$1", "€1"], ["1"]),
    (r"(?<!\w)a", ["éa", "a"], ["ba"]),
    ("(?=a)*b", ["b"], ["a"]),
    ("(?=a)+b", [], ["b", "ab"]),
    ("(?=a){2}a", ["a"], ["b"]),
    ("^(?!a{2,3}b)", ["ab"], ["aab"]),
    # -- repeats
    ("^a{2}$", ["aa"], ["a"]),
    ("^a{2,}?$", ["aaa"], ["a"]),
    ("^a{00002,03}$", ["aaa"], ["a"]),
    ("^a{,2}$", ["a{,2}"], ["aa"]),
    ("^a{}$", ["a{}"], ["a"]),
    ("^{$", ["{"], [""]),
    ("^a{1$", ["a{1"], ["a"]),
    ("^a{x}$", ["a{x}"], ["a"]),
    ("^}]$", ["}]"], [""]),
    ("^(?:a?){3}$", ["", "aaa"], ["aaaa"]),
    ("^(?:)*(?:){2}a$", ["a"], [""]),
    (r"^(?:\b)?(?:\b){2}a$", ["a"], [""]),
    ("^a{0}b{0,0}c$", ["c"], ["ac"]),
    ("^a{0,99999999999}$", ["", "aa"], ["b"]),
    ("", ["", "a"], []),
    ("a|", ["", "b"], []),
    # -- valid without the flag `u` only: escapes of Annex B
    (r"^\e\Z\8\-\_\a$", ["eZ8-_a"], ["e"]),
    (r"^\A\d{4}\z$", ["A1234z"], ["1234"]),
    (r"^\<a\>$", ["<a>"], ["a"]),
    (r"^\pL$", ["pL"], ["a"]),
    (r"^\p{^L}|1$", ["1"], ["-", "p{^L}"]),
    (r"^\p{L}\-$", ["p{L}-"], ["a-"]),
    (r"^\x{3}$", ["xxx"], ["\x03"]),
    (r"^\u{3}\-$", ["uuu-"], ["\x03-"]),
    (r"^\xg\ug$", ["xgug"], [""]),
    (r"^\c$", ["\\c"], ["c"]),
    (r"^[\c]$", ["\\", "c"], [""]),
    (r"^[\c1\c_]$", ["\x11", "\x1f"], ["c", "1"]),
    (r"^[\B\k]$", ["B", "k"], [""]),
    (r"^(a)\10$", ["a\b"], ["aa0"]),
    (r"^\01\7\12\377\400$", ["\1\7\n\u00ff 0"], [""]),
    (r"^[\1\12\8]$", ["\1", "\n", "8"], ["1"]),
    (r"^\k<a>\k$", ["k<a>k"], [""]),
    (r"^[\d-z]$", ["1", "-", "z"], ["a"]),
    (r"^[a-\d]$", ["1", "-", "a"], ["b"]),
    # -- and units of UTF-16
    (r"^\-.$", ["-a"], ["-😀"]),
    (r"^\-..$", ["-ab", "-😀"], ["-a"]),
    (r"^\-[^a]{2}$", ["-😀"], ["-😀😀", "-ab"]),
    (r"^\-\ud83d.$", ["-😀"], ["-a"]),
    (r"^\-[\ud83d][\udc00-\udfff]$", ["-😀"], ["-aa"]),
    (r"^\-😀+$", ["-😀"], ["-😀😀"]),
    (r"^\-[😀]$", [], ["-😀"]),
    (r"^\-\W\D\S$", ["-é😀"], ["-é"]),
    (r"^\_[\w]+", ["_a😀"], ["😀"]),
    # -- flags for a part: ECMAScript 2025
    ("(?s:^.$)", ["\n", "a"], ["ab"]),
    ("(?s:.(?-s:.))$", ["\na"], ["a\n"]),
    ("(?m:^b$)", ["b", "a\nb", "b\u2028a"], ["ab"]),
    ("(?i:straße)", ["STRAßE"], ["STRASSE"]),
    (r"^(?i:[k-l]\w\W)$", ["KK-", "\u212aſ-"], ["k-k", "kkſ"]),
    (r"^(?i:[^k])$", ["a"], ["K", "k", "\u212a"]),
    (r"^(?i:a(?-i:b)c)\b$", ["AbC"], ["ABC"]),
    (r"^(?i:a\b).", ["A-", "aé"], ["aſ", "aa"]),
    (r"^(?i:a\B).", ["Ab", "aſ"], ["a-"]),
]


@pytest.mark.parametrize(
    ("pattern", "found", "others"), ROWS, ids=lambda value: value if isinstance(value, str) else ""
)
def test_a_pattern_means_what_it_means_in_javascript(pattern: str, found: list[str], others: list[str]):
    assert [text for text in found + others if matches(pattern, text)] == found


REFUSED = {
    # a pattern, and the syntax that JavaScript does not have
    "(": "(",
    "(a|(b": "",
    "a)": ")",
    "*": "*",
    "a**": "*",
    "a++": "+",
    "a{1}{2}": "{",
    "{1}": "{",
    "^*": "*",
    r"\b+": "+",
    "(?<=a)*": "*",
    "a{2,1}": "{2,1}",
    "[a": "[a",
    r"[a\]": r"[a\]",
    "[b-a]": "b-a",
    "[a--b]": "a--",
    "\\": "\\",
    "(?i)a": "(?i",
    "(?>a)": "(?>",
    "(?P<a>b)": "(?P",
    "(?-:a)": "(?-",
    "(?ii:a)": "(?ii:",
    "(?i-i:a)": "(?i-i:",
    "(?x:a)": "(?x",
    "(?": "(?",
    "(?<1>a)": "(?<1>",
    "(?<>a)": "(?<>",
    "(?<a": "(?<",
    "(?<a>b)(?<a>c)": "(?<a>",
    "(?<a>(?<a>b))": "(?<a>",
    "(?<a>b|(?<a>c))": "(?<a>",
    r"(?<a>b)\k<c>": r"\k<c>",
    r"(?<a>b)\k<c>{0}": r"\k<c>",
    r"(?<a>b)\k<1>": r"\k<1>",
    r"(?<a>b)\k": r"\k",
    r"(?<a>b)[\k]": r"\k",
}


@pytest.mark.parametrize(("pattern", "syntax"), REFUSED.items())
def test_what_javascript_refuses_has_no_translation(pattern: str, syntax: str):
    assert translate(pattern) == Untranslated(syntax or pattern, is_javascript=False)


WITH_THE_FLAG = [
    *(
        r"\-",
        r"\c",
        r"\c1",
        r"\01",
        r"\1",
        r"\8",
        r"[\1]",
        r"[\B]",
        r"\x4",
        r"\u",
        r"\u{110000}",
        r"\u{}",
        r"\p",
        r"\pL",
    ),
    *(r"\p{greek}", r"\p{Script=greek}", r"\p{Script}", r"\p{Block=Latin}", r"\p{gc=Greek}", r"\k<a>", r"\e", r"\é"),
    *(r"[\d-a]", r"[a-\d]", "{", "}", "]", "a{", "a{,2}", "(?=a)*"),
]


@pytest.mark.parametrize("pattern", WITH_THE_FLAG)
def test_the_flag_u_has_fewer_patterns(pattern: str):
    """The pattern is valid alone; after a character that needs the flag to be one, it is read by units."""
    assert isinstance(translate(pattern), Translation)
    assert not matches(f"^[😀](?:{pattern})?$", "😀")
    assert matches("^[😀](?:a)?$", "😀")


UNTRANSLATED = {
    # what is valid in JavaScript and not applied
    r"(?:(a)|b)+\1": r"\1",
    r"(?:(?:(a)|b)\1)+": r"\1",
    r"(a*)+\1": r"\1",
    r"(?:(?=(a))b?)?\1": r"\1",
    r"(?<=(a))\1": r"\1",
    r"(?<x>a)*(?:(?<=\k<x>(?<y>b)))\k<y>": r"\k<y>",
    r"(?i:(a)\1)": r"\1",
    r"(?i:\p{L})": r"\p{L}",
    r"(?i:a)\-": "(?i:",
    "(?:" * 241 + "a" + ")" * 241: "(",
    "(?=a)" + "(" * 61 + "a" + ")" * 61: "(",
}


@pytest.mark.parametrize(("pattern", "syntax"), UNTRANSLATED.items())
def test_what_no_engine_can_do_is_not_applied(pattern: str, syntax: str):
    assert translate(pattern) == Untranslated(syntax, is_javascript=True)
    assert matches(pattern, "?")


@pytest.mark.parametrize("pattern", [r"\p{CWKCF}", r"\p{sc=Zzzz}", "a{99999999999}"])
def test_what_an_engine_refuses_is_not_applied(pattern: str):
    assert isinstance(translate(pattern), Translation)
    assert keyword_for(pattern) == ("search", pattern)
    assert matches(pattern, "?")


def test_a_pattern_that_is_no_text_of_unicode_has_a_result():
    assert matches("^\ud83d\ude00$", "😀")
    assert not matches("\ud83d", "😀")
    assert translate("(?<\ud83d>a)") == Untranslated("(?<\ud83d>", is_javascript=False)


def test_deep_nesting_has_a_result():
    assert not matches("(?:" * 240 + "[b.]" + ")" * 240, "a")
    assert not matches("(?:" * 59 + r"\b(a)\1(?!x)" + ")" * 59, "ab")
    assert not matches("(?:" * 57 + r"(?:(?:(a)|b)(?<=\b.)\1)" + ")" * 57, "ab")
    assert translate("(" * 100_000) == Untranslated("(" * 100_000, is_javascript=False)


# -- compared with an engine of JavaScript -----------------------------------------------------------------------------


@pytest.fixture(scope="module")
def engine() -> Iterator[JavaScript]:
    with javascript() as process:
        yield process


@pytest.mark.slow
@pytest.mark.parametrize(
    ("pattern", "found", "others"), ROWS, ids=lambda value: value if isinstance(value, str) else ""
)
def test_the_rows_are_those_of_javascript(engine: JavaScript, pattern: str, found: list[str], others: list[str]):
    assert engine.matches(pattern, found + others) == [True] * len(found) + [False] * len(others)


@pytest.mark.slow
def test_what_is_refused_is_refused_by_javascript(engine: JavaScript):
    assert [pattern for pattern in REFUSED if engine.matches(pattern, []) is not None] == []
    assert [pattern for pattern in [*WITH_THE_FLAG, *UNTRANSLATED] if engine.matches(pattern, []) is None] == []


LETTERS = [
    "a",
    "b",
    "A",
    "1",
    "_",
    "é",
    "α",
    "😀",
    "-",
    " ",
    "{",
    "}",
    "]",
    ",",
    "<",
    "=",
    "!",
    "#",
    "&",
    "~",
    "/",
    "\n",
]
ESCAPES = [
    *(r"\d", r"\D", r"\w", r"\W", r"\s", r"\S", r"\.", r"\/", r"\-", r"\\", r"\[", r"\]", r"\^", r"\$", r"\{", r"\,"),
    *(r"\t", r"\n", r"\v", r"\f", r"\r", r"\0", r"\01", r"\1", r"\2", r"\8", r"\12", r"\377", r"\400", r"\cJ", r"\c"),
    *(r"\c1", r"\x41", r"\x4", r"\u0041", r"\u{41}", r"\u{1F600}", r"\ud83d\ude00", r"\ud83d", r"\ude00", r"\u", r"\e"),
    *(r"\p{L}", r"\P{L}", r"\p{Lu}", r"\p{sc=Grek}", r"\p{Cs}", r"\P{Cs}", r"\p{nope}", r"\pL", r"\k<n>", r"\k"),
    *(r"\A", r"\Z", r"\a", r"\G", r"\h", r"\K", r"\R", r"\é", r"\_", r"\<", r"\>"),
]
RANGES = ["a-z", "0-9", r"\0-\x20", "é-😀", r"\ud800-\udfff", r"a-\uffff", r"\w-a", "--a", "b-a", r"\u{0}-\u{10FFFF}"]
REPEATS = ["*", "+", "?", "{2}", "{1,2}", "{0,1}", "{0}", "{1,}", "{,2}", "{2,1}", "{01}"]
GROUPS = ["(", "(?:", "(?=", "(?!", "(?<=", "(?<!", "(?<n>", "(?s:", "(?m:", "(?s-m:", "(?>", "(?i)", "(?P<n>", "(?-:"]

members = st.sampled_from([*LETTERS, *ESCAPES, *RANGES, r"\b", r"\B", ".", "*", "[", "^", "&&", "--", "(", "|"])
sets = st.builds("[{}{}]".format, st.sampled_from(["", "^"]), st.lists(members, max_size=4).map("".join))
single = st.sampled_from(LETTERS) | st.sampled_from(ESCAPES) | st.sampled_from([".", "^", "$", r"\b"]) | sets
repeated = st.sampled_from(["", "", "", *REPEATS, *(f"{repeat}?" for repeat in REPEATS)])


def larger(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    sequence = st.lists(st.builds("{}{}".format, inner, repeated), max_size=3).map("".join)
    either = st.lists(sequence, min_size=1, max_size=3).map("|".join)
    return st.builds("{}{})".format, st.sampled_from(GROUPS), either) | sequence


patterns = st.builds(
    "{}{}{}".format,
    st.sampled_from(["", "^"]),
    st.recursive(single, larger, max_leaves=10),
    st.sampled_from(["", "$", r"\1$", r"\k<n>$"]),
)
texts = st.text(st.sampled_from("aabbA1_é١😀α- \n\r\u2028\u00a0\ufeff\x85\0\b\\{}[],<=!/^$cxpukZ"), max_size=6)


@pytest.mark.slow
@settings(max_examples=3_000, deadline=None)
@given(patterns.filter(lambda pattern: pattern.count("(?<n>") < 2), st.lists(texts, min_size=8, max_size=8))
def test_any_pattern_means_what_it_means_in_javascript(engine: JavaScript, pattern: str, several: list[str]):
    expected = engine.matches(pattern, several)
    found = translate(pattern)
    if isinstance(found, Untranslated):
        assert found.is_javascript or expected is None
    else:
        assert [matches(pattern, text) for text in several] == expected
