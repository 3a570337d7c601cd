"""`__rich_repr__`: what `rich.print` shows of an object."""

from __future__ import annotations

from typing import Any

import pytest

from stepdsl import HeadingLayout, from_dict
from stepdsl.core.model import Model


@pytest.mark.parametrize(
    ("shown", "pairs"),
    [
        (HeadingLayout(text="x", size="lg"), [("text", "x"), ("size", HeadingLayout(text="x", size="lg").size)]),
        (HeadingLayout(text="x", extra={"new": 1}), [("text", "x"), ("extra", {"new": 1})]),
        (from_dict({"title": "x"}, strict=False), [("title", "x"), ("layout", ()), ("schemas", ())]),
    ],
)
def test_the_properties_are_those_of_repr(shown: Model, pairs: list[tuple[str, Any]]):
    assert list(shown.__rich_repr__()) == pairs
    assert [name for name, _ in pairs] == [part.partition("=")[0] for part in repr(shown).split("(", 1)[1].split(", ")]
