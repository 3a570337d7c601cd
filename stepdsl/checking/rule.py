"""What a rule is, and how it is declared."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any, TypeAlias, overload

from attrs import frozen

from stepdsl.checking.findings import Severity
from stepdsl.checking.walk import ClassPlan, Conclude, Find, Look, PartPlan, Plan, Target
from stepdsl.core.fields import FIELDS, Field
from stepdsl.core.model import Model
from stepdsl.model.layouts import FormLayout
from stepdsl.model.unions import Layout, Schema

ANY_TARGET: tuple[Target | None, ...] = (None, "core", "core2")

Types: TypeAlias = tuple[type[Model], ...]
Given: TypeAlias = tuple[str, ...] | Callable[[Field], bool]


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
    on: Types = ()
    """The types whose objects it looks at."""
    given: Given | None = None
    """The properties it looks at, where they are given: by name, or by what they are; None: at objects as such."""
    targets: tuple[Target | None, ...] = ANY_TARGET
    """The targets for which it holds; None is that of a step meant for both generations."""
    find: Find | None = None
    """Called during the walk."""
    conclude: Conclude | None = None
    """Called after the walk."""


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
    targets: tuple[Target | None, ...] = ANY_TARGET,
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
    """Make a rule of a function.

    With `on` the function looks at one value: at objects of these types or, with `given`, at properties of theirs.
    Without `on` it is called after the walk, with all that the walk has collected.
    """

    def make(function: Any) -> Rule:
        purpose = {"find": function} if "on" in rest else {"conclude": function}
        return Rule(code=code, severity=severity, sentence=sentence, **rest, **purpose)

    return make


def plan_for(rules: Iterable[Rule], target: Target | None) -> Plan:
    """Return what a walk does to apply the rules that hold for a target."""
    fitting = [rule for rule in rules if target in rule.targets]
    conclusions = [(rule.conclude, rule.code) for rule in fitting if rule.conclude is not None]
    return Plan(_ClassPlans(fitting), conclusions)


class _ClassPlans(dict[type[Any], ClassPlan]):
    def __init__(self, rules: Iterable[Rule]) -> None:
        super().__init__()
        self._rules = list(rules)

    def __missing__(self, cls: type[Model]) -> ClassPlan:
        fitting = [rule for rule in self._rules if rule.on and issubclass(cls, rule.on)]
        parts = {
            field.name: PartPlan(field.wire, _looks_at(field, fitting), field.kind if field.kind.is_object else None)
            for field in FIELDS[cls].by_name.values()
        }
        parts["extra"] = PartPlan("extra", _looks(r for r in fitting if r.given == ("extra",)), None)
        made = self[cls] = ClassPlan(
            _looks(rule for rule in fitting if rule.given is None),
            {name: part for name, part in parts.items() if part.looks or part.kind},
            issubclass(cls, (FormLayout, Schema)) or (cls.__stepdsl__.unknown and issubclass(cls, Layout)),
        )
        return made


def _looks(rules: Iterable[Rule]) -> tuple[Look, ...]:
    return tuple((rule.find, rule.code) for rule in rules if rule.find is not None)


def _looks_at(field: Field, rules: Iterable[Rule]) -> tuple[Look, ...]:
    return _looks(r for r in rules if (r.given(field) if callable(r.given) else field.name in (r.given or ())))
