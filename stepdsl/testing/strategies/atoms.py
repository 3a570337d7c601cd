"""Strings, numbers and JSON values, among them those that programs get wrong most often."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any, Final

from hypothesis import strategies as st

from stepdsl.core.json import INT_MAX, INT_MIN

__all__ = ["ATOMS", "any_json", "other_than", "random_json", "texts"]

_ODD_TEXTS: Final = (
    "",
    " ",
    "\x00",
    "\x1f\x7f",
    "\t\r\n",
    "\u2028\u2029",
    "\ufeff",
    "\ufffe\uffff",
    "é",
    "e\u0301",
    "\U0001f600",
    "\U0010ffff",
    'a "quoted" \\ name',
    "</script>",
    "null",
    "$id",
    "0" * 25,
)
_ODD_INTEGERS: Final = (INT_MIN, INT_MIN + 1, -1, 0, 1, 2**31, 2**53 + 1, INT_MAX - 1, INT_MAX)
_ODD_FLOATS: Final = (-0.0, 0.0, 0.1, 1.5, 1e16, 1e-7, 5e-324, 1.7976931348623157e308)
_ODD_JSON: Final[tuple[Any, ...]] = (
    *(None, True, False, [], {}, "EE", 0, -1, INT_MAX, 0.1),
    *([None], [[], {}], {"": ""}, {"type": "heading"}, {"const": None}, {"url": "/"}),
    {"code": "EUR", "digits": 2, "names": ["€", "Euro"], "old": None, "rate": -0.0},
    [{"iban": "EE38", "amounts": [1, 2.5, None, True], "address": {"line 1": "x", "größe": [[["y"]]]}}],
)
texts: Final = st.sampled_from(_ODD_TEXTS) | st.text(max_size=6)
"""Short strings."""
_integers = st.sampled_from(_ODD_INTEGERS) | st.integers(INT_MIN, INT_MAX)
_floats = st.sampled_from(_ODD_FLOATS) | st.floats(allow_nan=False, allow_infinity=False)
# Draws are what takes the time: properties have one each.
ATOMS: Final[Mapping[type, st.SearchStrategy[Any]]] = {
    str: st.sampled_from((*_ODD_TEXTS, "x", "/next", "Größe", "https://bar.foo/status?id=12345")),
    int: st.sampled_from(_ODD_INTEGERS),
    float: st.sampled_from((*_ODD_FLOATS, *_ODD_INTEGERS)),
    bool: st.booleans(),
}
"""A strategy for each type of single values. Each value takes one draw."""
_scalars = st.one_of(st.none(), st.booleans(), texts, _integers, _floats)
random_json: Final[st.SearchStrategy[Any]] = st.recursive(
    _scalars,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(texts, inner, max_size=3),
    max_leaves=5,
)
"""JSON values of any shape."""
any_json: Final[st.SearchStrategy[Any]] = st.one_of(*[st.sampled_from(_ODD_JSON)] * 3, random_json)
"""JSON values. Most of them take one draw."""


def other_than(names: Collection[str]) -> st.SearchStrategy[str]:
    """Return a strategy for strings that are not among these."""
    likely = [name for name in ("unheard-of", "X_1", "link_handlers", "extra", "ünbekannt") if name not in names]
    return st.sampled_from(likely) | texts.filter(lambda text: text not in names)
