"""Documents that do not fit: all problems are reported, with paths in wire names, and nothing else is raised."""

from __future__ import annotations

import datetime as dt
import json
import math
from types import MappingProxyType
from typing import Any

import pytest

from stepdsl import (
    Action,
    Behavior,
    HeadingLayout,
    InvalidValueError,
    Layout,
    Navigation,
    Polling,
    Schema,
    Step,
    StringSchema,
    WireError,
    dumps,
    from_dict,
    loads,
)
from tests.wire.libraries import LIBRARIES, json_library

Problems = list[tuple[str, str]]

LONE_SURROGATE = "expected a string, got one with a lone surrogate, which UTF-8 cannot represent"


def problems(read: Any) -> Problems:
    with pytest.raises(WireError) as caught:
        read()
    reported = [f"{path}: {reason}" if path else reason for path, reason in caught.value.problems]
    more = [f"and {len(reported) - 20} more"] if len(reported) > 20 else []
    assert str(caught.value) == "; ".join(reported[:20] + more)
    assert isinstance(caught.value, ValueError)
    return list(caught.value.problems)


# -- documents ----------------------------------------------------------------------------------------------------

REFUSED: list[tuple[str, Any, Problems]] = [
    # what is no object
    ("null", Step, [("", "expected an object, got null")]),
    ("true", Step, [("", "expected an object, got true")]),
    ("5", Step, [("", "expected an object, got 5")]),
    ('"x"', Step, [("", 'expected an object, got "x"')]),
    ("[]", Step, [("", "expected an object, got an array")]),
    ("[{}]", Layout, [("", "expected an object, got an array")]),
    (
        '{"layout":[5,null,"x",[],false,1.5]}',
        Step,
        [
            ("layout[0]", "expected an object, got 5"),
            ("layout[1]", "expected an object, got null"),
            ("layout[2]", 'expected an object, got "x"'),
            ("layout[3]", "expected an object, got an array"),
            ("layout[4]", "expected an object, got false"),
            ("layout[5]", "expected an object, got 1.5"),
        ],
    ),
    ('{"polling":[]}', Step, [("polling", "expected an object, got an array")]),
    ('{"errors":"x"}', Step, [("errors", 'expected an object, got "x"')]),
    # what is missing
    ('{"layout":[{"type":"heading"}]}', Step, [("layout[0].text", "missing")]),
    ('{"type":"heading","text":null}', Layout, [("text", "missing")]),
    ('{"layout":[{}]}', Step, [("layout[0].type", "missing")]),
    ('{"text":"x"}', Layout, [("type", "missing")]),
    ('{"type":null}', Layout, [("type", "missing")]),
    ("{}", Behavior, [("type", "missing")]),
    ('{"type":"action"}', Behavior, [("action", "missing")]),
    (
        '{"polling":{}}',
        Step,
        [
            ("polling.url", "missing"),
            ("polling.maxAttempts", "missing"),
            ("polling.onError", "missing"),
            ("polling", "missing: interval or delay"),
        ],
    ),
    ('{"url":"/","interval":1,"maxAttempts":1,"onError":{}}', Polling, [("onError", "missing: action or behavior")]),
    (
        '{"url":"/","interval":null,"maxAttempts":1,"onError":{"action":null,"behavior":null}}',
        Polling,
        [("onError", "missing: action or behavior"), ("", "missing: interval or delay")],
    ),
    (
        '{"layout":[{"type":"button"}]}',
        Step,
        [("layout[0].title", "missing"), ("layout[0]", "missing: action or behavior")],
    ),
    ('{"type":"columns"}', Layout, [("left", "missing"), ("right", "missing")]),
    ('{"type":"object"}', Schema, [("properties", "missing")]),
    ('{"oneOf":null}', Schema, [("oneOf", "missing")]),
    # values of the wrong type
    (
        '{"id":1,"title":true,"description":[],"control":{},"refreshUrl":1.5}',
        Step,
        [
            ("id", "expected a string, got 1"),
            ("title", "expected a string, got true"),
            ("description", "expected a string, got an array"),
            ("control", "expected a string, got an object"),
            ("refreshUrl", "expected a string, got 1.5"),
        ],
    ),
    (
        '{"type":"string","minLength":"3","maxLength":2.5,"hidden":1,"disabled":"no","keywords":"k","accepts":[1,null],'
        '"validationMessages":["x"],"autocompleteHint":["email",1,[]],"format":1}',
        Schema,
        [
            ("minLength", 'expected an integer, got "3"'),
            ("maxLength", "expected an integer, got 2.5"),
            ("hidden", "expected true or false, got 1"),
            ("disabled", 'expected true or false, got "no"'),
            ("keywords", 'expected an array, got "k"'),
            ("accepts[0]", "expected a string, got 1"),
            ("accepts[1]", "expected a string, got null"),
            ("validationMessages", "expected an object, got an array"),
            ("autocompleteHint[1]", "expected a string, got 1"),
            ("autocompleteHint[2]", "expected a string, got an array"),
            ("format", "expected a string, got 1"),
        ],
    ),
    ('{"timeout":true}', Action, [("timeout", "expected an integer, got true")]),
    ('{"timeout":5.0}', Action, [("timeout", "expected an integer, got 5.0")]),
    (
        '{"layout":{},"schemas":"x"}',
        Step,
        [("layout", "expected an array, got an object"), ("schemas", 'expected an array, got "x"')],
    ),
    (
        '{"analytics":{"a":1,"b c":null,"d":"e"}}',
        Step,
        [("analytics.a", "expected a string, got 1"), ("analytics['b c']", "expected a string, got null")],
    ),
    ('{"type":"object","properties":[]}', Schema, [("properties", "expected an object, got an array")]),
    ('{"type":"heading","text":"x","size":5}', Layout, [("size", "expected a string, got 5")]),
    ('{"stackBehavior":["default"]}', Navigation, [("stackBehavior", "expected a string, got an array")]),
    # a long value is cut
    (
        f'{{"timeout":"{"x" * 100}"}}',
        Action,
        [("timeout", f'expected an integer, got "{"x" * 56}…')],
    ),
    ('{"timeout":"Grüße"}', Action, [("timeout", 'expected an integer, got "Grüße"')]),
    # numbers outside 64 bits
    (
        '{"timeout":9223372036854775808,"data":[-9223372036854775809,18446744073709551616]}',
        Action,
        [
            ("timeout", "expected an integer of at most 64 bits, got 9223372036854775808"),
            ("data[0]", "expected an integer of at most 64 bits, got -9223372036854775809"),
            ("data[1]", "expected an integer of at most 64 bits, got 18446744073709551616"),
        ],
    ),
    (
        '{"data":-9223372036854775809}',
        Action,
        [("data", "expected an integer of at most 64 bits, got -9223372036854775809")],
    ),
    (
        '{"timeout":-9999999999999999999}',
        Action,
        [("timeout", "expected an integer of at most 64 bits, got -9999999999999999999")],
    ),
    (
        '{"timeout":12345678901234567890}',
        Action,
        [("timeout", "expected an integer of at most 64 bits, got 12345678901234567890")],
    ),
    (
        '{"data":{"a":12345678901234567890}}',
        Action,
        [("data.a", "expected an integer of at most 64 bits, got 12345678901234567890")],
    ),
    (
        '{"newer":-12345678901234567890}',
        Action,
        [("newer", "expected an integer of at most 64 bits, got -12345678901234567890")],
    ),
    (f'{{"data":{"9" * 400}}}', Action, [("data", f"expected an integer of at most 64 bits, got {'9' * 57}…")]),
    (f'{{"data":{"9" * 5000}}}', Action, [("data", "expected an integer of at most 64 bits, got a huge integer")]),
    (
        f'{{"timeout":-{"9" * 5000}}}',
        Action,
        [("timeout", "expected an integer of at most 64 bits, got a huge integer")],
    ),
    # the tag of another type
    ('{"type":"paragraph","text":"x"}', HeadingLayout, [("type", 'expected "heading", got "paragraph"')]),
    ('{"type":5,"text":"x"}', HeadingLayout, [("type", 'expected "heading", got 5')]),
    ('{"type":5,"text":"x"}', Layout, [("type", "expected a string, got 5")]),
    ('{"type":[]}', Schema, [("type", "expected a string, got an array")]),
    # at any depth, with all that is wrong
    (
        '{"layout":[{"type":"box","components":[{"type":"heading","size":1},{"type":"alert","markdown":false,'
        '"tags":[[]]}]},{"type":"columns","left":[null],"right":[{"type":"button","title":"x","pinOrder":"first"}]}],'
        '"title":1,'
        '"schemas":[{"type":"object","properties":{"a b":{"type":"string","pattern":1},"c":5,"d":{"oneOf":[{"const":1,'
        '"title":2}]},"größe":{"type":"string","alert":{"type":"box"}}}}],'
        '"linkHandlers":[{"regexPattern":"x"}],'
        '"polling":{"url":"/","maxAttempts":"3","onError":{"behavior":{"type":"action","action":{"timeout":"x"}}}}}',
        Step,
        [
            ("layout[0].components[0].size", "expected a string, got 1"),
            ("layout[0].components[0].text", "missing"),
            ("layout[0].components[1].markdown", "expected a string, got false"),
            ("layout[0].components[1].tags[0]", "expected a string, got an array"),
            ("layout[1].left[0]", "expected an object, got null"),
            ("layout[1].right[0].pinOrder", 'expected an integer, got "first"'),
            ("layout[1].right[0]", "missing: action or behavior"),
            ("title", "expected a string, got 1"),
            ("schemas[0].properties['a b'].pattern", "expected a string, got 1"),
            ("schemas[0].properties.c", "expected an object, got 5"),
            ("schemas[0].properties.d.oneOf[0].title", "expected a string, got 2"),
            ("schemas[0].properties.größe.alert.type", 'expected "alert", got "box"'),
            ("schemas[0].properties.größe.alert.markdown", "missing"),
            ("linkHandlers[0]", "missing: action or behavior"),
            ("polling.maxAttempts", 'expected an integer, got "3"'),
            ("polling.onError.behavior.action.timeout", 'expected an integer, got "x"'),
            ("polling", "missing: interval or delay"),
        ],
    ),
    # names in a path that are no words are quoted in brackets
    (
        '{"analytics":{"":1,"a.b":1,"it\'s":1,"x-y":1,"#id":1,"$id":1,"5":1,"\\n":1,"ü":1}}',
        Step,
        [
            ("analytics['']", "expected a string, got 1"),
            ("analytics['a.b']", "expected a string, got 1"),
            ('analytics["it\'s"]', "expected a string, got 1"),
            ("analytics.x-y", "expected a string, got 1"),
            ("analytics.#id", "expected a string, got 1"),
            ("analytics.$id", "expected a string, got 1"),
            ("analytics['5']", "expected a string, got 1"),
            ("analytics['\\n']", "expected a string, got 1"),
            ("analytics.ü", "expected a string, got 1"),
        ],
    ),
]


@pytest.mark.parametrize(("text", "cls", "reported"), REFUSED, ids=[text[:50] for text, _, _ in REFUSED])
def test_all_problems_of_a_document_are_reported(text, cls, reported, library):
    assert problems(lambda: loads(text, cls)) == reported
    assert problems(lambda: loads(text.encode(), cls)) == reported


@pytest.mark.parametrize(
    ("text", "cls", "reported"),
    [row for row in REFUSED if "9" * 5000 not in row[0]],
    ids=[text[:50] for text, _, _ in REFUSED if "9" * 5000 not in text],
)
def test_a_parsed_document_has_the_same_problems(text, cls, reported):
    assert problems(lambda: from_dict(json.loads(text), cls)) == reported


def test_a_long_list_of_problems_is_shown_in_part_and_kept_whole():
    with pytest.raises(WireError) as caught:
        from_dict({"layout": [None] * 25})
    assert len(caught.value.problems) == 25
    first = "; ".join(f"layout[{index}]: expected an object, got null" for index in range(20))
    assert str(caught.value) == f"{first}; and 5 more"


MORE = ("", "only the first 1000 problems are listed")


def test_of_a_hundred_thousand_problems_a_thousand_are_reported(library):
    names = ",".join(f'"k{number}":1e400' for number in range(10_000))
    for text, last in {
        f'{{"data":[{",".join(["1e400"] * 100_000)}]}}': "data[999]",
        f"{{{names}}}": "k999",
        f'{{"newer":[{",".join(["1e400"] * 1500)}]}}': "newer[999]",
        f'{{"data":[{",".join(["[1e400,1e400,1e400]"] * 1000)}]}}': "data[333][0]",
        f'{{"id":5,"data":[{",".join(["1e400"] * 1000)}]}}': "data[998]",
    }.items():
        with pytest.raises(WireError) as caught:
            loads(text, Action)
        assert len(caught.value.problems) == 1001
        assert caught.value.problems[-2:] == ((last, "expected a finite number, got inf"), MORE)
        assert str(caught.value).endswith("; and 980 more; only the first 1000 problems are listed")
    assert len(problems(lambda: loads(f'{{"data":[{",".join(["1e400"] * 999)}]}}', Action))) == 999


def test_of_the_problems_of_an_author_a_thousand_are_reported():
    with pytest.raises(InvalidValueError) as caught:
        Action(data=[math.nan] * 5000)
    assert len(caught.value.problems) == 1001
    assert caught.value.problems[-2:] == (("Action.data[999]", "expected a finite number, got nan"), MORE)


# -- nesting ------------------------------------------------------------------------------------------------------


def boxes(levels: int) -> str:
    return '{"type":"box","components":[' * levels + "]}" * levels


def test_components_nest_a_hundred_deep_at_most(library):
    loads(f'{{"layout":[{boxes(100)}]}}')
    assert problems(lambda: loads(f'{{"layout":[{boxes(101)}]}}')) == [
        ("layout[0]", "components nest at most 100 deep")
    ]
    inner = "layout[0]" + ".components[0]" * 19
    assert problems(lambda: loads(f'{{"layout":[{boxes(120)}]}}')) == [(inner, "components nest at most 100 deep")]


def test_schemas_nest_a_hundred_deep_at_most(library):
    def schemas(levels: int) -> str:
        return '{"oneOf":[' * levels + "]}" * levels

    loads(schemas(100), Schema)
    assert problems(lambda: loads(schemas(101), Schema)) == [("", "components nest at most 100 deep")]


def test_json_values_nest_a_hundred_deep_at_most(library):
    loads(f'{{"data":{"[" * 100}{"]" * 100}}}', Action)
    assert problems(lambda: loads(f'{{"data":{"[" * 101}{"]" * 101}}}', Action)) == [
        ("data", "JSON values nest at most 100 deep")
    ]


def test_values_of_unknown_properties_nest_as_deep_as_others(library):
    loads(f'{{"newer":{"[" * 100}{"]" * 100}}}', Action)
    assert problems(lambda: loads(f'{{"newer":{"[" * 101}{"]" * 101}}}', Action)) == [
        ("newer", "JSON values nest at most 100 deep")
    ]


@pytest.mark.parametrize("levels", [10_000, 100_000])
@pytest.mark.parametrize(
    ("before", "opening", "closing", "after"),
    [
        ("", "[", "]", ""),
        ("", '{"a":', "}", ""),
        ('{"model":', "[", "]", "}"),
        ('{"model":', '{"a":', "}", "}"),
        ('{"newer":', "[", "]", "}"),
        ('{"layout":[', '{"type":"box","components":[', "]}", "]}"),
        ('{"layout":[', '{"type":"chart","components":[', "]}", "]}"),
        ('{"schemas":[', '{"type":"object","properties":{"a":', "}}", "]}"),
        ('{"schemas":[', '{"oneOf":[', "]}", "]}"),
    ],
)  # fmt: skip
def test_endless_nesting_is_refused(levels, before, opening, closing, after, library):
    inner = "null" if opening.endswith(":") else ""
    text = before + opening * levels + inner + closing * levels + after
    assert problems(lambda: loads(text)) == [("", "nested too deeply")]
    assert problems(lambda: loads(before + opening * levels)) == [("", "nested too deeply")]  # and never closed


def nested(make: Any, levels: int) -> Any:
    value: Any = None
    for _ in range(levels):
        value = make(value)
    return value


@pytest.mark.parametrize("levels", [10_000, 100_000])
@pytest.mark.parametrize(
    "make",
    [
        lambda inner: {"type": "box", "components": [inner]},
        lambda inner: {"type": "columns", "left": [inner], "right": []},
        lambda inner: {"type": "button", "title": "x", "behavior": inner},
    ],
    ids=["box", "columns", "button"],
)
def test_endless_nesting_in_parsed_documents_is_refused(make, levels):
    document = nested(make, levels)
    reported = problems(lambda: from_dict(document, Layout))
    assert len(reported) == 1
    while document:  # take it apart, its own end would overflow the stack
        document = next((part for part in document.values() if isinstance(part, (list, dict)) and part), None)
        document = document[0] if isinstance(document, list) else document


def test_deep_json_in_parsed_documents_is_refused():
    reported = problems(lambda: from_dict({"model": nested(lambda inner: [inner], 10_000)}))
    assert reported == [("model", "JSON values nest at most 100 deep")]


# -- texts that are no JSON ---------------------------------------------------------------------------------------

NO_JSON: list[tuple[str | bytes, str | None]] = [
    # the reason is the parser's own where none is given
    ("", None),
    (" ", None),
    (b"", None),
    ("{", None),
    ("{]", None),
    ('{"a":1,}', None),
    ("[1,]", None),
    ("{'a':1}", None),
    ("{} {}", None),
    ("{}x", None),
    ("nul", None),
    ("01", None),
    ("+1", None),
    (".5", None),
    ("1.", None),
    ('"\t"', None),
    ('{"a":"\n"}', None),
    ('"\\x"', None),
    ('"\\u12"', None),
    ("// comment\n{}", None),
    ("\ufeff{}", "no JSON: it begins with a byte order mark; decode it as utf-8-sig"),
    (b"\xef\xbb\xbf{}", "no JSON: it begins with a byte order mark; decode it as utf-8-sig"),
    ('{"model":NaN}', None),
    ('{"model":Infinity}', None),
    ('{"model":-Infinity}', None),
    ("NaN", None),
    ("{}".encode("utf-16-le"), None),
    ("{}".encode("utf-16-be"), None),
    (b"{}\x00", None),
    # the library's own reasons
    ('{"title":"\ud800"}', "no JSON: a lone surrogate, which UTF-8 cannot represent"),
    (b'{"title":"\xff"}', "no JSON: not UTF-8 at byte 10"),
    (b'{"title":"\xc3"}', "no JSON: not UTF-8 at byte 10"),
    (b"\x80", "no JSON: not UTF-8 at byte 0"),
    ("{}".encode("utf-16"), "no JSON: not UTF-8 at byte 0"),
    (b'{"title":"\xed\xa0\x80"}', "no JSON: not UTF-8 at byte 10"),  # a surrogate in bytes
    (b'{"title":"\xc0\x80"}', "no JSON: not UTF-8 at byte 10"),  # an overlong zero
    (b'{"title":"\xf4\x90\x80\x80"}', "no JSON: not UTF-8 at byte 10"),  # past the last character
]


@pytest.mark.parametrize(("text", "reason"), NO_JSON, ids=[ascii(text) for text, _ in NO_JSON])
def test_a_text_that_is_no_json_is_refused(text, reason, library):
    ((path, reported),) = problems(lambda: loads(text))
    assert path == ""
    if reason is not None:
        assert reported == reason
    else:
        assert reported.startswith("no JSON: ")
        assert "\n" not in reported
        assert len(reported) < 100


BEYOND = [
    ('{"data":1e400}', "expected a finite number, got inf"),
    ('{"data":"\\ud800"}', LONE_SURROGATE),
]


@pytest.mark.parametrize(("text", "reported"), BEYOND, ids=[text for text, _ in BEYOND])
def test_json_without_a_python_value_is_refused(text, reported, library):
    assert problems(lambda: loads(text, Action)) == [("data", reported)]


DIGITS = 50_000_000


@pytest.mark.parametrize("number", ["{digits}", "-{digits}", "{digits}.5", "1e{digits}", "1e-{digits}", "0.{digits}"])
def test_a_number_of_millions_of_digits_is_refused(number, library):
    assert_endless_number(number, 2_000_000)


def test_a_number_of_fifty_megabytes_is_refused(library):
    assert_endless_number("{digits}", DIGITS)


def assert_endless_number(number, digits):
    text = f'{{"data":{number.format(digits="1" * digits)}}}'
    if number in ("1e-{digits}", "0.{digits}"):
        assert loads(text, Action).data in (0.0, 1 / 9)
    elif number in ("{digits}", "-{digits}"):
        assert problems(lambda: loads(text, Action)) == [
            ("data", "expected an integer of at most 64 bits, got a huge integer")
        ]
    else:
        assert problems(lambda: loads(text, Action)) == [("data", "expected a finite number, got inf")]


def test_a_text_of_fifty_megabytes_that_is_no_json_is_refused(library):
    ((_, reported),) = problems(lambda: loads("{" * DIGITS))
    assert len(reported) < 100


NO_TEXT = [
    (None, "expected text or UTF-8 bytes, got None"),
    (5, "expected text or UTF-8 bytes, got 5"),
    (-1, "expected text or UTF-8 bytes, got -1"),
    (True, "expected text or UTF-8 bytes, got True"),
    (2.5, "expected text or UTF-8 bytes, got 2.5"),
    ({}, "expected text or UTF-8 bytes, got a dict"),
    ([123, 125], "expected text or UTF-8 bytes, got a list"),
    ((), "expected text or UTF-8 bytes, got a tuple"),
    (range(3), "expected text or UTF-8 bytes, got a range"),
    (Step(), "expected text or UTF-8 bytes, got a Step"),
    (Step, "expected text or UTF-8 bytes, got the class Step"),
]


@pytest.mark.parametrize(("given", "reported"), NO_TEXT, ids=[reported for _, reported in NO_TEXT])
def test_what_is_no_text_is_refused(given, reported, library):
    assert problems(lambda: loads(given)) == [("", reported)]


# -- parsed documents that are no JSON ------------------------------------------------------------------------------

FOREIGN: list[tuple[Any, Any, Problems]] = [
    (None, Step, [("", "expected an object, got null")]),
    (b"{}", Step, [("", "expected an object, got a bytes")]),
    ({1, 2}, Step, [("", "expected an object, got a set")]),
    (MappingProxyType({}), Step, [("", "expected an object, got a mappingproxy")]),
    (Step(), Step, [("", "expected an object, got a Step")]),
    ({"layout": {1: 2}}, Step, [("layout", "expected an array, got an object")]),
    ({"layout": {1, 2}}, Step, [("layout", "expected an array, got a set")]),
    ({"layout": [HeadingLayout(text="x")]}, Step, [("layout[0]", "expected an object, got a HeadingLayout")]),
    (
        {"title": b"x", "model": dt.date(2020, 1, 1), "newer": {1, 2}},
        Step,
        [
            ("title", "expected a string, got a bytes"),
            ("model", "expected a JSON value, got a date; write ….isoformat()"),
            ("newer", "expected a JSON value, got a set"),
        ],
    ),
    (
        {"data": [math.nan, math.inf, -math.inf, 2**64, "\ud800", b""]},
        Action,
        [
            ("data[0]", "expected a finite number, got nan"),
            ("data[1]", "expected a finite number, got inf"),
            ("data[2]", "expected a finite number, got -inf"),
            ("data[3]", "expected an integer of at most 64 bits, got 18446744073709551616"),
            ("data[4]", LONE_SURROGATE),
            ("data[5]", "expected a JSON value, got a bytes; write ….decode()"),
        ],
    ),
    (
        {"timeout": 10**5000},
        Action,
        [("timeout", "expected an integer of at most 64 bits, got a huge integer")],
    ),
    # keys
    (
        {1: 2, None: 3, (): 4, "title": 5},
        Step,
        [
            ("['1']", "expected a string as the key, got 1"),
            ("None", "expected a string as the key, got None"),
            ("['()']", "expected a string as the key, got a tuple"),
            ("title", "expected a string, got 5"),
        ],
    ),
    ({"model": {1: 2}}, Step, [("model['1']", "expected a string as the key, got 1")]),
    ({"analytics": {1: "x"}}, Step, [("analytics['1']", "expected a string as the key, got 1")]),
    (
        {"properties": {1: {"const": 1}}, "type": "object"},
        Schema,
        [("properties['1']", "expected a string as the key, got 1")],
    ),
    (
        {"\ud800": 1},
        Step,
        [("['\\ud800']", LONE_SURROGATE)],
    ),
    (
        {"data": {10**5000: 1}},
        Action,
        [("data['a huge integer']", "expected a string as the key, got a huge integer")],
    ),
    (
        {"analytics": {"\ud800": "x"}},
        Step,
        [("analytics['\\ud800']", LONE_SURROGATE)],
    ),
    ({"title": "\ud800"}, Step, [("title", LONE_SURROGATE)]),
    ({"type": "\ud800"}, Layout, [("type", LONE_SURROGATE)]),
    (
        {"autocompleteHint": ["\ud800"], "format": "\udfff"},
        StringSchema,
        [
            ("autocompleteHint[0]", LONE_SURROGATE),
            ("format", LONE_SURROGATE),
        ],
    ),
]


@pytest.mark.parametrize(("document", "cls", "reported"), FOREIGN)
def test_a_parsed_document_that_is_no_json_is_refused(document, cls, reported):
    assert problems(lambda: from_dict(document, cls)) == reported


class Watched(list[Any]):
    """A list that loses its patience when it is read for ever."""

    def __init__(self) -> None:
        super().__init__()
        self.readings = 0

    def __iter__(self) -> Any:
        self.readings += 1
        assert self.readings < 1000, "this does not end"
        return super().__iter__()


@pytest.mark.parametrize("times", [1, 2])
@pytest.mark.parametrize("owner", ["model", "newer", "unknown layout"])
def test_json_that_contains_itself_is_refused(owner, times):
    loop = Watched()
    loop.extend([loop] * times)
    document = {"layout": [{"type": "x", "y": loop}]} if owner == "unknown layout" else {owner: loop}
    ((_, reported), *_) = problems(lambda: from_dict(document))
    assert reported == "JSON values nest at most 100 deep"


@pytest.mark.parametrize("times", [1, 2])
def test_components_that_contain_themselves_are_refused(times):
    box: dict[str, Any] = {"type": "box", "components": Watched()}
    box["components"].extend([box] * times)
    assert problems(lambda: from_dict({"layout": [box]})) == [("", "nested too deeply")]


def test_a_problem_far_down_is_reported_once():
    innermost = Watched()
    innermost.append(None)
    document: dict[str, Any] = {"type": "box", "components": innermost}
    for _ in range(20):
        document = {"type": "box", "components": [document]}
    assert problems(lambda: from_dict(document, Layout)) == [
        ("components[0]." * 20 + "components[0]", "expected an object, got null")
    ]
    assert innermost.readings <= 2


def test_an_object_that_contains_itself_is_refused():
    document: dict[str, Any] = {}
    document["newer"] = document
    ((path, reported),) = problems(lambda: from_dict(document))
    assert set(path.split(".")) == {"newer"}
    assert reported == "JSON values nest at most 100 deep"


def test_the_tests_run_with_both_json_libraries():
    with json_library("orjson"):
        first = dumps(Action(data=1e-7))
    with json_library("standard"):
        second = dumps(Action(data=1e-7))
    assert first != second  # the one thing in which they differ: how numbers with an exponent are spelt
    assert len(LIBRARIES) == 2


def test_a_text_that_looks_like_part_of_a_message_is_quoted_as_it_is(library):
    with pytest.raises(WireError) as caught:
        loads('{"exit": "True or False", "timeout": "a string"}', Action)
    assert str(caught.value) == (
        'exit: expected true or false, got "True or False"; timeout: expected an integer, got "a string"'
    )
