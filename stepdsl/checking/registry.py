"""The registry of all rules. Each family of rules has its own module; the registry contains all families."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Any, Final

from stepdsl.checking.rule import Rule
from stepdsl.checking.rules import (
    actions,
    addresses,
    choices,
    data,
    documents,
    fields,
    forms,
    generations,
    identity,
    limits,
    patterns,
    refresh,
    requests,
    screens,
    text,
    unknown,
    waiting,
)
from stepdsl.checking.rules.examples import BUTTON
from stepdsl.core.converters import is_listable
from stepdsl.core.messages import nearest, show
from stepdsl.errors import InvalidValueError
from stepdsl.model.step import Step
from stepdsl.wire import from_dict

__all__ = ["FAMILIES", "RULES", "example", "example_step", "known_codes"]

FAMILIES: Final[Mapping[str, tuple[Rule, ...]]] = MappingProxyType(
    {
        title: tuple(value for value in vars(module).values() if isinstance(value, Rule))
        for title, module in (
            ("Identifiers and titles", identity),
            ("Screens", screens),
            ("Forms and schemas", forms),
            ("Fields", fields),
            ("Choices", choices),
            ("The model and the errors", data),
            ("Limits and defaults", limits),
            ("Regular expressions", patterns),
            ("Refresh and other background work", refresh),
            ("Actions", actions),
            ("Requests", requests),
            ("Waiting", waiting),
            ("Texts and pictures", text),
            ("Addresses", addresses),
            ("Documents", documents),
            ("What the library does not have", unknown),
            ("Generations", generations),
        )
    }
)
"""The rules of each family, under the title of the family, in the order of the documentation."""

RULES: Final[Mapping[str, Rule]] = MappingProxyType({rule.code: rule for rules in FAMILIES.values() for rule in rules})
"""All rules under their codes."""


_LEADS_ON: Final = ("action", "behavior", "search", "external", "refreshStepOnChange")


def example(parts: Mapping[str, Any]) -> dict[str, Any]:
    """Return the whole JSON of the example of a rule. A property that is None is left out.

    If the example has nothing that continues the flow, its layout ends with a button.
    """
    whole: dict[str, Any] = {"id": "example", "title": "Example", "layout": [], "schemas": [], **parts}
    text = json.dumps(parts)
    if not any(f'"{name}"' in text for name in _LEADS_ON) and isinstance(whole["layout"], list):
        whole["layout"] = [*whole["layout"], BUTTON]
    elif whole["layout"] == [] and "layout" not in parts:
        whole["layout"] = [{"type": "heading", "text": "Welcome"}]
    return {name: value for name, value in whole.items() if value is not None}


def example_step(parts: Mapping[str, Any]) -> Step:
    """Return the example of a rule as a step. It is read with `strict=False`, because it may not fit a step."""
    return from_dict(example(parts), strict=False)


def known_codes(ignore: Iterable[str]) -> frozenset[str]:
    """Return the codes of rules to leave out. Raises InvalidValueError that names each code that no rule has."""
    if not is_listable(ignore):
        raise InvalidValueError("ignore", f"expected a list of codes, got {show(ignore)}")
    codes = list(ignore)
    known = list(RULES)  # not the mapping: a wrong code need not be hashable
    wrong = [
        (f"ignore[{index}]", f"no rule has the code {show(code)}{_near(code)}")
        for index, code in enumerate(codes)
        if code not in known
    ]
    if wrong:
        first, *more = wrong
        raise InvalidValueError(*first, *more)
    return frozenset(codes)


def _near(code: object) -> str:
    return (nearest(code, RULES) if isinstance(code, str) else "") or "; `stepdsl check --list` has them all"
