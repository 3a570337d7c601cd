"""The fields of a form as text: types, values, messages."""

from __future__ import annotations

from typing import Any

import pytest

from stepdsl import from_dict
from stepdsl.rendering import show
from tests.testing.forms import NUMBER, TEXT, form, items, obj

CASES: dict[str, tuple[dict[str, Any], str]] = {
    "types": (
        form(
            {
                **obj(
                    a={**TEXT, "title": "A"},
                    b={**NUMBER, "minimum": 1, "maximum": 5},
                    c={"type": "number", "minimum": 0.5},
                    d={"type": "boolean"},
                    e={"const": None},
                    f={"const": [1]},
                    g={"type": "new", "title": "N"},
                    h=items(TEXT, minItems=2, maxItems=2),
                    i=items([TEXT, NUMBER]),
                    j={"type": "blob", "accepts": ["image/*"], "maxSize": 9},
                    k=obj(),
                    l={"new": 1},
                ),
                "required": ["a"],
            }
        ),
        """
Step

Form #f
  a: A = empty (required, string)
  b = empty (integer, 1 to 5)
  c = empty (number, at least 0.5)
  d = false (boolean)
  e = null (constant)
  f = [1] (constant)
  g: N = empty (unknown schema "new")
  h = 0 items (list, exactly 2 items)
  i (tuple)
    item 0 = empty (string)
    item 1 = empty (integer)
  j = empty (file, image/*, at most 9 bytes)
  k
  l = empty (unknown schema)
""",
    ),
    "strings": (
        form(
            obj(
                a={**TEXT, "minLength": 2},
                b={**TEXT, "maxLength": 4},
                c={**TEXT, "minLength": 2, "maxLength": 2},
                d={**TEXT, "format": "date", "minimum": "2024-01-01"},
                e={**TEXT, "format": "base64url", "accepts": ["a/b"]},
                f={**TEXT, "pattern": "^[0-9]$"},
                g={**TEXT, "title": ""},
            )
        ),
        """
Step

Form #f
  a = empty (string, at least 2 characters)
  b = empty (string, at most 4 characters)
  c = empty (string, exactly 2 characters)
  d = empty (date, at least 2024-01-01)
  e = empty (base64url, a/b)
  f = empty (string, pattern ^[0-9]$)
  g = empty (string)
""",
    ),
    "values of the model, and defaults": (
        form(
            obj(
                a=TEXT,
                b={**TEXT, "default": "d"},
                c={**TEXT, "default": "d"},
                d=TEXT,
                e={**TEXT, "default": "d"},
                f={"type": "boolean", "default": True},
                n={**obj(p=TEXT, q=TEXT), "title": "N"},
            ),
            model={"a": "m", "b": "m", "c": None, "d": {"x": 1}, "n": {"p": "m", "q": "m"}},
        ),
        """
Step

Form #f
  a = "m" (string)
  b = "m" (string)
  c = empty (string)
  d = {"x": 1} (string)
  e = "d" (string)
  f = true (boolean)
  n: N
    p = "m" (string)
    q = "m" (string)
""",
    ),
    "requests": (
        form(
            obj(
                a={
                    **TEXT,
                    "title": "T",
                    "persistAsync": {
                        "idProperty": "i",
                        "param": "p",
                        "url": "/p",
                        "schema": {"type": "blob", "title": "inner"},
                    },
                },
                b={
                    **TEXT,
                    "persistAsync": {
                        "idProperty": "i",
                        "param": "p",
                        "method": "PUT",
                        "url": "/p",
                        "schema": {"type": "blob", "title": "inner"},
                    },
                },
                c={**TEXT, "validationAsync": {"method": "POST", "param": "p", "url": "/v"}},
                d={**NUMBER, "refreshStepOnChange": True, "disabled": True},
                e={
                    **TEXT,
                    "title": "",
                    "persistAsync": {
                        "idProperty": "i",
                        "param": "p",
                        "url": "/p",
                        "schema": {"type": "blob", "title": "inner"},
                    },
                },
            )
        ),
        """
Step

Form #f
  a: T = empty (file, sent to POST /p)
  b: inner = empty (file, sent to PUT /p)
  c = empty (string, checked by POST /v)
  d = empty (disabled, integer, refreshes the step)
  e = empty (file, sent to POST /p)
""",
    ),
    "descriptions and alerts": (
        form(
            obj(
                a={
                    **TEXT,
                    "title": "A",
                    "description": "First\nsecond",
                    "alert": {"type": "alert", "markdown": "Hm", "context": "warning"},
                    "inlineAlert": {"content": "Hey"},
                }
            )
        ),
        """
Step

Form #f
  a: A = empty (string)
    First
    second
    Alert (warning): Hm
    Alert: Hey
""",
    ),
    "hidden fields": (
        form(
            {
                "type": "object",
                "displayOrder": ["a", "o", "l", "c"],
                "properties": {
                    "a": {**TEXT, "hidden": True, "description": "never"},
                    "o": {**obj(x=NUMBER), "hidden": True},
                    "gone": {**TEXT, "title": "Not in the order"},
                    "l": items(NUMBER, hidden=True),
                    "c": {"hidden": True, "oneOf": [{"const": "a"}, {"const": "b"}]},
                },
            },
            model={"o": {"x": 1}, "l": [1], "c": "b"},
        ),
        """
Step

Form #f
  [a = empty (string)]
  [o]
    [x = 1 (integer)]
  [l = 1 item (list)]
    [item 0 = 1 (integer)]
  [c = "b" (one of)]
    [( ) "a"]
    [(x) "b"]
  [gone: Not in the order = empty (string)]
""",
    ),
    "lists and tuples": (
        form(
            obj(
                a=items({**obj(x=TEXT), "title": "I"}, title="L", minItems=1, maxItems=4),
                b=items(TEXT),
                c=items([TEXT, {**TEXT, "title": "second"}]),
                d=items([TEXT]),
            ),
            model={"a": [{"x": "1"}, {"x": "2"}], "b": "wrong", "c": ["x"], "d": 5},
        ),
        """
Step

Form #f
  a: L = 2 items (list, 1 to 4 items)
    item 0: I
      x = "1" (string)
    item 1: I
      x = "2" (string)
  b = "wrong" (list)
  c (tuple)
    item 0 = "x" (string)
    item 1: second = empty (string)
  d = 5 (tuple)
    item 0 = empty (string)
""",
    ),
    "all-of": (
        form(
            obj(
                a={
                    "title": "All",
                    "allOf": [obj(x=TEXT), {**obj(y=TEXT), "title": "Part"}, {**obj(z=TEXT), "hidden": True}],
                }
            ),
            model={"a": {"x": "1", "y": "2"}},
        ),
        """
Step

Form #f
  a: All
    x = "1" (string)
    part: Part
      y = "2" (string)
    [z = empty (string)]
""",
    ),
    "messages": (
        form(
            obj(a=TEXT, o=obj(x=TEXT), l=items(obj(x=TEXT)), c={"oneOf": [{"const": 1}]}, n=TEXT),
            errors={
                "validation": {
                    "a": "wrong a",
                    "o": {"x": "wrong x", "new": "nowhere"},
                    "l": [None, {"x": "wrong item"}],
                    "c": "choose",
                    "z": "no field",
                    "n": 7,
                }
            },
            model={"l": [{}, {}]},
        ),
        """
Step
! o.new: nowhere
! z: no field

Form #f
  a = empty (string)
    ! wrong a
  o
    x = empty (string)
      ! wrong x
  l = 2 items (list)
    item 0
      x = empty (string)
    item 1
      x = empty (string)
        ! wrong item
  c = empty (one of)
    ! choose
    ( ) 1
  n = empty (string)
    ! 7
""",
    ),
    "several forms": (
        {
            "layout": [
                {"type": "form", "schemaId": "#a"},
                {"type": "form", "schemaId": "#a"},
                {"type": "form", "schemaId": "#none"},
                {"type": "form", "schemaId": "#s"},
            ],
            "schemas": [
                {**obj(x=TEXT), "$id": "#a", "title": "Root", "description": "About"},
                {"$id": "#s", **TEXT, "title": "Alone"},
                {"type": "new", "$id": "#u"},
                {**NUMBER, "default": 3},
                {"const": "k", "$id": "#k"},
            ],
            "model": {"x": "1"},
        },
        """
Step

Form #a: Root
  About
  x = "1" (string)
Form #a (shown above)
Form #none (no root schema has this id)
Form #s: Alone = empty (string)

Not shown
  [#u = empty (unknown schema "new")]
  [schemas[3] = 3 (integer)]
  [#k = "k" (constant)]
""",
    ),
    "two schemas with one id": (
        {
            "layout": [{"type": "form", "schemaId": "#a"}],
            "schemas": [{**TEXT, "$id": "#a", "title": "First"}, {**TEXT, "$id": "#a", "title": "Second"}],
        },
        """
Step

Form #a: First = empty (string)

Not shown
  [#a: Second = empty (string)]
""",
    ),
    "a model that is no object": (
        form(TEXT, model="alone"),
        """
Step

Form #f = "alone" (string)
""",
    ),
}
"""The document of a step, and its text."""


@pytest.mark.parametrize(("document", "text"), CASES.values(), ids=CASES)
def test_a_form_is_shown_as_text(document: dict[str, Any], text: str):
    assert show(from_dict(document)) == text.strip("\n")
