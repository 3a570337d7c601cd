"""Paths as text: each name that JSON can have has a path, and the path leads back to the name."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stepdsl import ObjectSchema, Step, StringSchema, server
from stepdsl.core.messages import Path
from stepdsl.validation.paths import has_text, messages_by_path, parse_path, path_text


@pytest.mark.parametrize(
    ("path", "text"),
    [
        (("a'b\"c",), "['a''b\"c']"),
        (("a", "'\"", 0, "b"), "a['''\"'][0].b"),
        (("it's",), '["it\'s"]'),
        (('5"',), "['5\"']"),
        (("''",), "[\"''\"]"),
        (("\"'",), "['\"''']"),
        (("']['",), "[\"']['\"]"),
        (("a\\'b",), '["a\\\'b"]'),
        (("",), "['']"),
    ],
)
def test_a_name_with_quotes_has_a_path(path: Path, text: str) -> None:
    assert path_text(path) == text
    assert parse_path(text) == path
    assert all(map(has_text, path))


@pytest.mark.parametrize(
    ("text", "path"),
    [
        ("['it''s']", ("it's",)),
        ('["5"""]', ('5"',)),
        ("['a\"\"b']", ('a""b',)),
        ("[\"a''b\"]", ("a''b",)),
        ("['']['']", ("", "")),
        ("a[0][007].1", ("a", 0, 7, "1")),
    ],
)
def test_another_way_to_write_a_path_is_read_too(text: str, path: Path) -> None:
    assert parse_path(text) == path


@pytest.mark.parametrize("text", ["", ".", "a.", ".a", "a..b", "a[", "a[]", "a]", "a'b", "['a'']", "['a]", '["a"b"]'])
def test_other_texts_are_no_paths(text: str) -> None:
    assert parse_path(text) is None


NAMES = st.text(st.sampled_from("a.'\"[]0\\ \nä") | st.characters(exclude_categories=["Cs"]), max_size=6)


@settings(max_examples=60, deadline=None)
@given(st.lists(NAMES | st.integers(0, 9999), min_size=1, max_size=5).map(tuple))
def test_the_text_of_a_path_leads_back_to_it(path: Path) -> None:
    text = path_text(path)
    assert parse_path(text) == path
    assert messages_by_path([(path, "No")]) == {text: "No"}


@pytest.mark.parametrize(
    ("part", "is_written"), [(0, True), (9999, True), (10_000, False), (-1, False), ("\ud800", False)]
)
def test_a_huge_index_and_a_lone_surrogate_have_no_text(part: str | int, is_written: bool) -> None:
    assert has_text(part) is is_written


def test_a_field_with_both_kinds_of_quotes_has_a_message() -> None:
    name = "a'b\"c"
    step = Step(schemas=[ObjectSchema(properties={name: StringSchema()})])
    assert server.error(validation={path_text((name,)): "No"}, step=step).json == {"validation": {name: "No"}}
