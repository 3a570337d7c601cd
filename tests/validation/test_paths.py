"""Paths as text, and which of several messages are used."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stepdsl import server
from stepdsl.core.messages import Path
from stepdsl.validation.paths import has_text, messages_by_path, path_text
from tests.strategies import moderate


@pytest.mark.parametrize(
    ("path", "text"),
    [
        (("name",), "name"),
        (("address", "city"), "address.city"),
        (("children", 0, "name"), "children[0].name"),
        (("a", 0, 9999), "a[0][9999]"),
        (("a.b", "c"), "['a.b'].c"),
        (("a", "b.c", "d"), "a['b.c'].d"),
        (("with space", "größe", "$id", "0"), "with space.größe.$id.0"),
        (("",), "['']"),
        (("it's",), '["it\'s"]'),
        (('say "x"',), "['say \"x\"']"),
        (("a[0]", "]"), "['a[0]'][']']"),
        (("a\nb",), "a\nb"),
        (("a'b\"c", "d"), "['a''b\"c'].d"),
    ],
)
def test_a_path_as_text_leads_to_the_value(path: Path, text: str):
    assert path_text(path) == text
    nested: object = server.error(validation={text: "No"}).json
    for part in ("validation", *path):
        nested = nested[part]  # type: ignore[index]
    assert nested == "No"


@pytest.mark.parametrize("part", [-1, 10_000, "\ud800"])
def test_some_parts_cannot_be_written(part: str | int):
    assert not has_text(part)
    assert messages_by_path([(("a", part, "b"), "No"), ((part,), "No")]) == {"a": "No"}


@pytest.mark.parametrize(
    ("messages", "found"),
    [
        ([], {}),
        ([((), "No")], {}),
        ([((), "No"), (("a",), "A")], {"a": "A"}),
        ([(("a",), "A"), (("b",), "B")], {"a": "A", "b": "B"}),
        ([(("a",), "A"), (("a",), "B")], {"a": "A"}),
        ([(("a",), "A"), (("a", "b"), "B")], {"a.b": "B"}),
        ([(("a", "b"), "B"), (("a",), "A")], {"a.b": "B"}),
        ([(("a", "b", "c"), "C"), (("a",), "A"), (("a", "b"), "B"), (("d",), "D")], {"a.b.c": "C", "d": "D"}),
        ([(("a", 0), "A"), (("a", "b"), "B"), (("a", 1), "C")], {"a[0]": "A", "a[1]": "C"}),
        ([(("a", "b"), "A"), (("a", 0, "c"), "B")], {"a.b": "A"}),
        ([((0,), "A"), (("b",), "B")], {"[0]": "A"}),
    ],
)
def test_messages_are_consistent(messages: list[tuple[Path, str]], found: dict[str, str]):
    assert messages_by_path(messages) == found


def test_a_path_has_at_most_100_parts():
    assert messages_by_path([(("a",) * 150, "No")]) == {".".join("a" * 100): "No"}
    assert server.error(validation=messages_by_path([(("a",) * 150, "No")])).status == 422


part = st.sampled_from(["a", "b", "", "a.b", "it's", '"', "'\"", "[", 0, 1, -1, 10_000, "\ud800"]) | st.text(max_size=3)


@moderate
@given(st.lists(st.tuples(st.lists(part, max_size=4).map(tuple), st.just("No")), max_size=6))
def test_server_error_takes_all_messages(messages: list[tuple[Path, str]]):
    assert server.error(validation=messages_by_path(messages)).status == 422
