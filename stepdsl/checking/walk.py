"""The walk over a step: every object once, in the order of the document, and every property that is given.

The walk reads what there is to visit from the fields of the models. A plan per class lists the rules that look at its
objects and at its properties; a property that no rule looks at and that has no objects costs nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any, Literal, NamedTuple, TypeAlias

from stepdsl.checking.data_types import Misfit, Shapes
from stepdsl.core.annotations import Kind
from stepdsl.core.model import Model
from stepdsl.core.problems import Path
from stepdsl.model.layouts import FormLayout
from stepdsl.model.step import Step
from stepdsl.model.unions import Schema

Target: TypeAlias = Literal["core", "core2"]
"""A generation of the documented API for which a step is meant."""


class Problem(NamedTuple):
    """What a rule has found in the value that it was given."""

    message: str
    advice: str
    below: Path = ()
    """The path from that value to the problem."""


class Location(NamedTuple):
    """Where the walk met an object."""

    number: int
    """How many objects it had met before. Findings are in this order."""
    path: Path


Find: TypeAlias = "Callable[[Any, Walk], Iterable[Problem]]"
"""The function of a rule that looks at one value."""
Conclude: TypeAlias = "Callable[[Walk], Iterable[tuple[Location, Problem]]]"
"""The function of a rule that looks at what the whole walk has collected."""
Look: TypeAlias = tuple[Find, str]
"""The function of a rule, and the rule's code."""


class PartPlan(NamedTuple):
    """What is done with one property of a class."""

    wire: str
    looks: tuple[Look, ...]
    kind: Kind | None
    """The kind of the property, if it has objects."""


class ClassPlan(NamedTuple):
    """What is done with the objects of a class."""

    looks: tuple[Look, ...]
    parts: dict[str, PartPlan]
    is_collected: bool
    """Whether the walk keeps the objects for the rules that look at the whole step."""


class Plan(NamedTuple):
    """What a walk does."""

    classes: Mapping[type[Any], ClassPlan]
    conclusions: Sequence[tuple[Conclude, str]]


class Walk:
    """One walk over one step: where it is, what it has collected, and what the rules have found."""

    def __init__(self, step: Step, target: Target | None, plan: Plan) -> None:
        self.step = step
        self.target = target
        self.path: list[str | int] = []
        """The path of the value that is looked at."""
        self.trail: list[Model] = []
        """The objects around the value, the step first. For a property, the last one is its owner."""
        self.forms: list[tuple[FormLayout, Location]] = []
        """The form layouts that were met."""
        self.roots: list[tuple[Schema, Location]] = []
        """The root schemas."""
        self.handles: list[tuple[str, Location]] = []
        """Where each `$id` of a schema was met, at any depth."""
        self.has_unknown_layout: bool = False
        """Whether there is a layout that this library does not know; it may show any schema."""
        self.newer: tuple[str | int, ...] | None = None
        """The path of the last property or type that only core2 has."""
        self._found: list[tuple[int, Path, str, Problem]] = []
        self._number = 0
        self._plan = plan

    def run(self) -> Iterator[tuple[Path, str, Problem]]:
        """Walk, and yield what the rules have found, with the rules' codes, in the order of the document."""
        self._visit(self.step)
        for conclude, code in self._plan.conclusions:
            for location, problem in conclude(self):
                self._found.append((location.number, (*location.path, *problem.below), code, problem))
        self._found.sort(key=lambda found: found[0])  # keeps the order of those of one object
        for _, path, code, problem in self._found:
            yield path, code, problem

    @cached_property
    def misfits(self) -> Sequence[Misfit]:
        """What in the step's model does not fit its schemas."""
        return tuple(Shapes().misfits(self.step.model, self.step.schemas))

    @property
    def owner(self) -> Model:
        """The object around the value that is looked at."""
        return self.trail[-1]

    def _visit(self, obj: Any) -> None:
        plan = self._plan.classes[obj.__class__]
        path = self.path
        self._number += 1
        if plan.is_collected:
            self._collect(obj)
        for find, code in plan.looks:
            for problem in find(obj, self):
                self._note(code, problem)
        self.trail.append(obj)
        parts = plan.parts
        for name, value in obj.__dict__.items():
            part = parts.get(name)
            if part is None:
                continue
            wire, looks, kind = part
            if name != "extra":  # its members are written beside the properties
                path.append(wire)
            for find, code in looks:
                for problem in find(value, self):
                    self._note(code, problem)
            if kind is Kind.OBJECT:
                self._visit(value)
            elif kind is not None:
                for step, member in enumerate(value) if kind is Kind.LIST else value.items():
                    path.append(step)
                    self._visit(member)
                    path.pop()
            if name != "extra":
                path.pop()
        self.trail.pop()

    def _note(self, code: str, problem: Problem) -> None:
        self._found.append((self._number, (*self.path, *problem.below), code, problem))

    def _collect(self, obj: Model) -> None:
        if isinstance(obj, FormLayout):
            self.forms.append((obj, self._location()))
        elif isinstance(obj, Schema):
            handle = handle_of(obj)
            if handle is not None:
                self.handles.append((handle, self._location()))
            if len(self.trail) == 1:
                self.roots.append((obj, self._location()))
        else:
            self.has_unknown_layout = True

    def _location(self) -> Location:
        return Location(self._number, tuple(self.path))


def handle_of(schema: Schema) -> str | None:
    """Return the `$id` of a schema, also if the library does not know its type."""
    handle: Any = schema.__dict__.get("id", schema.extra.get("$id"))
    return handle if isinstance(handle, str) else None
