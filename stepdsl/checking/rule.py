"""What a rule is: how it is declared, and what its function is given and gives back."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, TypeAlias

from attrs import frozen

from stepdsl.checking.findings import Severity
from stepdsl.errors import Path

if TYPE_CHECKING:
    from stepdsl.checking.walk import Walk
    from stepdsl.model.base import Model
    from stepdsl.model.definition import Property

Target: TypeAlias = Literal["core", "core2"]
"""A generation of the documented API that a step is meant for."""

ANY_TARGET: tuple[Target | None, ...] = (None, "core", "core2")


class Problem(NamedTuple):
    """What a rule's function has to say of the value that it was given."""

    message: str
    advice: str
    below: Path = ()
    """Where it is, seen from that value."""


class Place(NamedTuple):
    """Where the walk met an object."""

    number: int
    """How many objects it had met before: findings are told in this order."""
    path: Path


Find: TypeAlias = Callable[[Any, "Walk"], Iterable[Problem]]
"""Looks at one value; the walk knows where that stands."""
Conclude: TypeAlias = Callable[["Walk"], Iterable[tuple[Place, Problem]]]
"""Looks at what the whole walk has gathered."""
Types: TypeAlias = "tuple[type[Model], ...]"
Given: TypeAlias = "tuple[str, ...] | Callable[[Property], bool]"


@frozen(kw_only=True)
class Rule:
    """One rule: an entry of the registry, and all that the documentation says of it."""

    code: str
    """By which it is told and ignored, in kebab-case."""
    severity: Severity
    sentence: str
    """What a step should be like."""
    why: str
    """What happens to a step that is not."""
    failing: Mapping[str, Any]
    """A step, as JSON without `id` and `title`, in which this rule finds one mistake and no other finds any."""
    passing: Mapping[str, Any]
    """The same step without the mistake."""
    on: Types
    """The types whose objects it looks at."""
    given: Given | None
    """The properties it looks at, where they are given: by name, or by what they are; None: at objects as such."""
    targets: tuple[Target | None, ...]
    """The targets for which it holds; None is that of a step meant for both generations."""
    find: Find | None
    """Called during the walk."""
    conclude: Conclude | None
    """Called after the walk."""


def rule(
    code: str,
    severity: Severity,
    sentence: str,
    *,
    why: str,
    failing: Mapping[str, Any],
    passing: Mapping[str, Any],
    on: Types,
    given: Given | None = None,
    targets: tuple[Target | None, ...] = ANY_TARGET,
) -> Callable[[Find], Rule]:
    """Make a rule of a function that looks at one value: at objects of the types `on`, or at properties of theirs."""

    def make(find: Find) -> Rule:
        return Rule(
            code=code,
            severity=severity,
            sentence=sentence,
            why=why,
            failing=failing,
            passing=passing,
            on=on,
            given=given,
            targets=targets,
            find=find,
            conclude=None,
        )

    return make


def concluding_rule(
    code: str,
    severity: Severity,
    sentence: str,
    *,
    why: str,
    failing: Mapping[str, Any],
    passing: Mapping[str, Any],
) -> Callable[[Conclude], Rule]:
    """Make a rule of a function that has to know the whole step."""

    def make(conclude: Conclude) -> Rule:
        return Rule(
            code=code,
            severity=severity,
            sentence=sentence,
            why=why,
            failing=failing,
            passing=passing,
            on=(),
            given=None,
            targets=ANY_TARGET,
            find=None,
            conclude=conclude,
        )

    return make
