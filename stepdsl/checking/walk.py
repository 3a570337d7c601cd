"""The walk over a step: every object once, in the order of the document, every property that is given.

What there is to walk is read from the models' tables. For each class a plan is made when it is first met: which rules
look at its objects, which at its properties. A property that no rule looks at and that holds no objects costs nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cache, cached_property
from typing import Any, NamedTuple, TypeAlias

from stepdsl.checking.rule import Find, Place, Problem, Rule, Target
from stepdsl.checking.shapes import Misfit, Shapes
from stepdsl.errors import Path
from stepdsl.model.annotations import Kind
from stepdsl.model.base import Model
from stepdsl.model.definition import DEFINITIONS, Property
from stepdsl.model.layouts import FormLayout
from stepdsl.model.step import Step
from stepdsl.model.unions import Layout, Schema

_Look: TypeAlias = tuple[Find, Rule]
"""A rule that looks at a value, behind the function that does."""


class _Part(NamedTuple):
    """What is done with one property of a class."""

    wire: str
    looks: tuple[_Look, ...]
    kind: Kind | None
    """How it holds objects, if it does."""


class _Plan(NamedTuple):
    """What is done with the objects of a class."""

    looks: tuple[_Look, ...]
    parts: dict[str, _Part]
    gathered: bool


class _Plans(dict[type, _Plan]):
    def __init__(self, rules: Sequence[Rule]) -> None:
        super().__init__()
        self._rules = rules

    def __missing__(self, cls: type[Model]) -> _Plan:
        fitting = [rule for rule in self._rules if issubclass(cls, rule.on)]
        parts = {p.name: _Part(p.wire, _about(p, fitting), _holds(p)) for p in DEFINITIONS[cls].properties.values()}
        parts["extra"] = _Part("extra", _looks(r for r in fitting if r.given == ("extra",)), None)
        made = self[cls] = _Plan(
            _looks(rule for rule in fitting if rule.given is None),
            {name: part for name, part in parts.items() if part.looks or part.kind},
            issubclass(cls, (FormLayout, Schema)) or (cls.__stepdsl__.unknown and issubclass(cls, Layout)),
        )
        return made


def _looks(rules: Iterable[Rule]) -> tuple[_Look, ...]:
    return tuple((rule.find, rule) for rule in rules if rule.find is not None)


def _about(held: Property, rules: Sequence[Rule]) -> tuple[_Look, ...]:
    return _looks(r for r in rules if (r.given(held) if callable(r.given) else held.name in (r.given or ())))


def _holds(held: Property) -> Kind | None:
    return held.kind if held.kind.holds_objects else None


@cache
def _plans(target: Target | None) -> _Plans:
    from stepdsl.checking.registry import RULES

    return _Plans([rule for rule in RULES.values() if target in rule.targets])


class Walk:
    """One walk over one step: where it is, what it has gathered and what the rules have said."""

    def __init__(self, step: Step, target: Target | None) -> None:
        self.step = step
        self.target = target
        self.path: list[str | int] = []
        """Where the value stands that is looked at."""
        self.trail: list[Model] = []
        """The objects around the value, the step first. For a property, its owner is the last one."""
        self.forms: list[tuple[FormLayout, Place]] = []
        """The form layouts that were met."""
        self.roots: list[tuple[Schema, Place]] = []
        """The root schemas."""
        self.handles: list[tuple[str, Place]] = []
        """Where each `$id` of a schema was met, at any depth."""
        self.has_unknown_layout: bool = False
        """Whether there is a layout of which nobody knows what it shows."""
        self.newer: tuple[str | int, ...] | None = None
        """Where the last thing stands that only core2 has."""
        self._found: list[tuple[int, Path, Rule, Problem]] = []
        self._number = 0
        self._plans = _plans(target)

    def run(self) -> Iterator[tuple[Path, Rule, Problem]]:
        """Walk, and give back what the rules have said, in the order of the document."""
        from stepdsl.checking.registry import RULES

        self._visit(self.step)
        for rule in RULES.values():
            if rule.conclude is not None:
                for place, problem in rule.conclude(self):
                    self._found.append((place.number, (*place.path, *problem.below), rule, problem))
        self._found.sort(key=lambda found: found[0])  # keeps the order of those of one object
        for _, path, rule, problem in self._found:
            yield path, rule, problem

    @cached_property
    def misfits(self) -> Sequence[Misfit]:
        """What in the step's model does not fit its schemas."""
        return tuple(Shapes().misfits(self.step.model, self.step.schemas))

    @property
    def owner(self) -> Model:
        """The object around the value that is looked at."""
        return self.trail[-1]

    def _visit(self, obj: Any) -> None:
        plan = self._plans[obj.__class__]
        path = self.path
        self._number += 1
        if plan.gathered:
            self._gather(obj)
        for find, rule in plan.looks:
            for problem in find(obj, self):
                self._note(rule, problem)
        self.trail.append(obj)
        parts = plan.parts
        for name, value in obj.__dict__.items():
            part = parts.get(name)
            if part is None:
                continue
            wire, looks, kind = part
            if name != "extra":  # whose members stand beside the properties
                path.append(wire)
            for find, rule in looks:
                for problem in find(value, self):
                    self._note(rule, problem)
            if kind is Kind.OBJECT:
                self._visit(value)
            elif kind is not None:
                for place, member in enumerate(value) if kind is Kind.LIST else value.items():
                    path.append(place)
                    self._visit(member)
                    path.pop()
            if name != "extra":
                path.pop()
        self.trail.pop()

    def _note(self, rule: Rule, problem: Problem) -> None:
        self._found.append((self._number, (*self.path, *problem.below), rule, problem))

    def _gather(self, obj: Model) -> None:
        if isinstance(obj, FormLayout):
            self.forms.append((obj, self._place()))
        elif isinstance(obj, Schema):
            handle = handle_of(obj)
            if handle is not None:
                self.handles.append((handle, self._place()))
            if len(self.trail) == 1:
                self.roots.append((obj, self._place()))
        else:
            self.has_unknown_layout = True

    def _place(self) -> Place:
        return Place(self._number, tuple(self.path))


def handle_of(schema: Schema) -> str | None:
    """Return the `$id` of a schema, which need not be of a type that the library knows."""
    handle: Any = schema.__dict__.get("id", schema.extra.get("$id"))
    return handle if isinstance(handle, str) else None
