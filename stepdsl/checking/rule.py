"""The class of a rule, and the decorator that declares a rule."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any, TypeAlias, overload

from attrs import frozen

from stepdsl.checking.findings import Severity
from stepdsl.checking.walk import COLLECTED, ClassPlan, Conclude, Find, PartPlan, Plan, RuleCall
from stepdsl.core.fields import FIELDS, Field
from stepdsl.core.model import Model
from stepdsl.core.provenance import GENERATION_NAMES, GenerationName

__all__ = ["ANY_GENERATION", "Given", "Rule", "Types", "plan_for", "rule"]

ANY_GENERATION: tuple[GenerationName | None, ...] = (None, *GENERATION_NAMES)
"""The generations of a rule that applies to every step."""

Types: TypeAlias = tuple[type[Model], ...]
Given: TypeAlias = tuple[str, ...] | Callable[[Field], bool]


@frozen(kw_only=True)
class Rule:
    """One rule: its code, its texts and examples for the documentation, and its function."""

    code: str
    """The name of the rule in findings and in `ignore`, in kebab-case."""
    severity: Severity
    """The severity of its findings."""
    sentence: str
    """What a correct step has or does: one sentence."""
    why: str
    """What goes wrong with a step that breaks the rule."""
    failing: Mapping[str, Any]
    """A step, as JSON without `id` and `title`. This rule finds one mistake in it; the other rules find nothing."""
    passing: Mapping[str, Any]
    """The same step without the mistake."""
    on: Types = ()
    """The types whose objects the rule checks."""
    given: Given | None = None
    """The properties that the rule checks if they are given: their names, or a function that selects fields. None: the
    rule checks whole objects."""
    generations: tuple[GenerationName | None, ...] = ANY_GENERATION
    """The generations for which the rule applies. None is a step for both generations."""
    shown: bool = False
    """Whether the rule checks schemas on the screen only. A mistake in a root schema without a form is left out."""
    find: Find | None = None
    """The function for one value; the walk calls it for each object or property."""
    conclude: Conclude | None = None
    """The function for the whole step; it is called after the walk."""


@overload
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
    generations: tuple[GenerationName | None, ...] = ANY_GENERATION,
    shown: bool = False,
) -> Callable[[Find], Rule]: ...
@overload
def rule(
    code: str,
    severity: Severity,
    sentence: str,
    *,
    why: str,
    failing: Mapping[str, Any],
    passing: Mapping[str, Any],
) -> Callable[[Conclude], Rule]: ...
def rule(code: str, severity: Severity, sentence: str, **rest: Any) -> Callable[[Any], Rule]:
    """Return a decorator that makes a rule from a function.

    With `on`, the function gets one value: an object of these types or, with `given`, one property of such an object.
    Without `on`, the function gets the walk, after the walk has visited the whole step.
    """

    def make(function: Any) -> Rule:
        purpose = {"find": function} if "on" in rest else {"conclude": function}
        return Rule(code=code, severity=severity, sentence=sentence, **rest, **purpose)

    return make


def plan_for(rules: Iterable[Rule], generation: GenerationName | None) -> Plan:
    """Return the plan of a walk that applies the rules for a generation."""
    fitting = [rule for rule in rules if generation in rule.generations]
    conclusions = [(rule.conclude, rule.code) for rule in fitting if rule.conclude is not None]
    return Plan(_ClassPlans(fitting), conclusions, frozenset(rule.code for rule in fitting if rule.shown))


class _ClassPlans(dict[type[Any], ClassPlan]):
    def __init__(self, rules: Iterable[Rule]) -> None:
        super().__init__()
        self._rules = list(rules)

    def __missing__(self, cls: type[Model]) -> ClassPlan:
        fitting = [rule for rule in self._rules if rule.on and issubclass(cls, rule.on)]
        parts = {
            field.name: PartPlan(field.wire, _calls_for(field, fitting), field.kind if field.kind.is_object else None)
            for field in FIELDS[cls].by_name.values()
        }
        parts["extra"] = PartPlan("extra", _calls(r for r in fitting if r.given == ("extra",)), None)
        plan = self[cls] = ClassPlan(
            _calls(rule for rule in fitting if rule.given is None),
            {name: part for name, part in parts.items() if part.calls or part.kind},
            issubclass(cls, COLLECTED),
        )
        return plan


def _calls(rules: Iterable[Rule]) -> tuple[RuleCall, ...]:
    return tuple((rule.find, rule.code) for rule in rules if rule.find is not None)


def _calls_for(field: Field, rules: Iterable[Rule]) -> tuple[RuleCall, ...]:
    return _calls(r for r in rules if (r.given(field) if callable(r.given) else field.name in (r.given or ())))
