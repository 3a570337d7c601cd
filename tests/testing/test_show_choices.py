"""Choices as text, with the chosen option."""

from __future__ import annotations

from typing import Any

import pytest

from stepdsl import from_dict
from stepdsl.rendering import show
from tests.testing.forms import NUMBER, TEXT, form, obj

CASES: dict[str, tuple[dict[str, Any], str]] = {
    "constants": (
        form(
            obj(
                a={"title": "A", "oneOf": [{"const": "x"}, {"title": "Y", "const": "y", "disabled": True}]},
                b={"oneOf": [{"const": "x"}]},
                c={"oneOf": [{"const": "x"}], "default": "x"},
                d={"oneOf": [{"const": 1}]},
            ),
            model={"a": "y", "b": "none"},
        ),
        """
Step

Form #f
  a: A = "y" (one of)
    ( ) "x"
    (x) Y = "y" (disabled)
  b = "none" (one of)
    ( ) "x"
  c = "x" (one of)
    (x) "x"
  d = empty (one of)
    ( ) 1
""",
    ),
    "at most twelve options and the chosen one": (
        form(
            obj(
                a={"oneOf": [{"const": n} for n in range(20)]},
                b={"oneOf": [{"const": n} for n in range(13)]},
                c={"oneOf": [{"const": n} for n in range(12)]},
            ),
            model={"a": 14},
        ),
        """
Step

Form #f
  a = 14 (one of)
    ( ) 0
    ( ) 1
    ( ) 2
    ( ) 3
    ( ) 4
    ( ) 5
    ( ) 6
    ( ) 7
    ( ) 8
    ( ) 9
    ( ) 10
    ( ) 11
    (x) 14
    … and 7 more
  b = empty (one of)
    ( ) 0
    ( ) 1
    ( ) 2
    ( ) 3
    ( ) 4
    ( ) 5
    ( ) 6
    ( ) 7
    ( ) 8
    ( ) 9
    ( ) 10
    ( ) 11
    … and 1 more
  c = empty (one of)
    ( ) 0
    ( ) 1
    ( ) 2
    ( ) 3
    ( ) 4
    ( ) 5
    ( ) 6
    ( ) 7
    ( ) 8
    ( ) 9
    ( ) 10
    ( ) 11
""",
    ),
    "alternatives": (
        form(
            obj(
                a={
                    "oneOf": [
                        {**obj(k={"const": "1"}), "title": "One"},
                        {**obj(k={"const": "2"}, n=TEXT), "title": "Two"},
                    ]
                },
                b={"oneOf": [{**TEXT, "title": "Text"}, NUMBER, {"const": None}, {"const": None, "type": "x"}]},
                t={"oneOf": [obj(x=TEXT), obj(y=TEXT)]},
            ),
            model={"a": {"k": "2", "n": "x"}, "b": "text", "t": {"z": 1}},
        ),
        """
Step

Form #f
  a (one of)
    ( ) One
    (x) Two
      k = "2" (constant)
      n = "x" (string)
  b (one of)
    (x) Text
      value: Text = "text" (string)
    ( ) option 1
    ( ) null
    ( ) option 3
  t = {"z": 1} (one of)
    ( ) option 0
    ( ) option 1
""",
    ),
    "alternatives in alternatives": (
        form(
            obj(a={"oneOf": [{"allOf": [obj(o={"oneOf": [obj(i=NUMBER)]})]}]}, b={"oneOf": [{"oneOf": [TEXT]}]}),
            model={"a": {"o": {"i": 1}}, "b": "x"},
        ),
        """
Step

Form #f
  a (one of)
    (x) option 0
      o (one of)
        (x) option 0
          i = 1 (integer)
  b (one of)
    (x) option 0
      value (one of)
        (x) option 0
          value = "x" (string)
""",
    ),
    "a default that is an object": (
        form(obj(a={"default": {"k": "2"}, "oneOf": [obj(k={"const": "1"}), obj(k={"const": "2"}, n=TEXT)]})),
        """
Step

Form #f
  a (one of)
    ( ) option 0
    (x) option 1
      k = "2" (constant)
      n = empty (string)
""",
    ),
    "a choice as the root": (
        form({"oneOf": [{**obj(x=TEXT), "title": "O"}]}, model={"x": "1"}, errors={"validation": "whole"}),
        """
Step
! whole

Form #f (one of)
  (x) O
    x = "1" (string)
""",
    ),
}
"""The document of a step, and its text."""


@pytest.mark.parametrize(("document", "text"), CASES.values(), ids=CASES)
def test_a_choice_is_shown_with_the_chosen_option(document: dict[str, Any], text: str):
    assert show(from_dict(document)) == text.strip("\n")
