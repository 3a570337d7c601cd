"""What the library writes is valid; documents that were tampered with are valid exactly if `loads` reads them."""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stepdsl import to_dict
from stepdsl.testing.strategies.components import models
from tests.jsonschema.acceptance import CONCRETE, TYPES, agree, is_valid
from tests.models import all_tags, wire_names
from tests.strategies import light, moderate

TAGS = all_tags()
NAMES = sorted({"unheardOf", "type", *(wire for cls in CONCRETE.values() for wire in wire_names(cls))})

_ODD = (None, True, 7, 1.5, "x", [], {}, [None], ["x"], [[]], [{}], {"": 7}, {"url": None})
_TAGGED = tuple(odd for tag in TAGS for odd in (tag, {"type": tag}, [{"type": tag}]))
wrong_values = (st.sampled_from(_ODD) | st.sampled_from(_TAGGED)).map(deepcopy)


BORROWED = [TYPES[name] for name in ("AnyIcon", "Behavior", "Layout", "Schema")]
"""Types whose documents are put anywhere."""


def containers(value: Any) -> Iterator[dict[str, Any] | list[Any]]:
    """The objects and arrays of a document that are not empty, itself first."""
    if isinstance(value, (dict, list)) and value:
        yield value
        for part in value.values() if isinstance(value, dict) else value:
            yield from containers(part)


def tamper(draw: st.DrawFn, document: dict[str, Any]) -> None:
    """Change one thing anywhere in a document."""
    found = list(containers(document))
    if not found:
        document[draw(st.sampled_from(NAMES))] = draw(wrong_values)
        return
    into: Any = draw(st.sampled_from(found))
    position = draw(st.sampled_from(list(into) if isinstance(into, dict) else range(len(into))))
    match draw(st.sampled_from(("drop", "null", "replace", "add", "move", "retag", "borrow"))):
        case "drop":
            del into[position]
        case "null":
            into[position] = None
        case "add" if isinstance(into, dict):
            into[draw(st.sampled_from(NAMES))] = draw(wrong_values)
        case "move" if isinstance(into, dict):
            into[draw(st.sampled_from(NAMES))] = into.pop(position)
        case "retag" if isinstance(into, dict):
            into["type"] = draw(st.sampled_from(TAGS))
        case "borrow":
            into[position] = to_dict(draw(models(draw(st.sampled_from(BORROWED)), 1)))
        case _:
            into[position] = draw(wrong_values)


@st.composite
def documents(draw: st.DrawFn, name: str) -> tuple[dict[str, Any], dict[str, Any]]:
    """A document as it is written, and as it is after it was tampered with."""
    written = to_dict(draw(models(TYPES[name], 2)))
    tampered = deepcopy(written)
    for _ in range(draw(st.integers(1, 3))):
        tamper(draw, tampered)
    return written, tampered


@pytest.mark.parametrize("name", TYPES)
def test_generated_documents_of_every_type_are_valid(name):
    @light
    @given(documents(name))
    def check(drawn):
        written, tampered = drawn
        assert is_valid(written, name)
        agree(tampered, name)

    check()


@pytest.mark.parametrize("name", ["Step", "Layout", "Schema"])
def test_many_generated_documents_are_valid(name):
    @moderate
    @given(documents(name))
    def check(drawn):
        written, tampered = drawn
        assert is_valid(written, name)
        agree(tampered, name)

    check()
