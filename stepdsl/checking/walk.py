"""The walk over a step. It visits each object once, in the order of the document, and each property that is given.

The fields of the models define which properties contain objects. For each class a plan lists the rules for its objects
and for its properties. The walk skips a property if no rule checks it and it contains no objects.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any, Final, NamedTuple, TypeAlias

from stepdsl.checking.mismatches import Mismatch, Shape, mismatches
from stepdsl.core.annotations import Kind
from stepdsl.core.fields import FIELDS, Field
from stepdsl.core.json import KeptDict
from stepdsl.core.messages import Path
from stepdsl.core.model import Model
from stepdsl.model.actions import Action, RefreshBehavior, SubflowBehavior
from stepdsl.model.features import External, Navigation
from stepdsl.model.layouts import FormLayout
from stepdsl.model.search import SearchLayout
from stepdsl.model.step import Step
from stepdsl.model.unions import Schema
from stepdsl.model.unknown import UnknownBehavior, UnknownLayout
from stepdsl.validation import id_of

__all__ = ["COLLECTED", "ClassPlan", "Conclude", "Find", "Location", "PartPlan", "Plan", "Problem", "RuleCall", "Walk"]

_WAYS_ON: Final = (Action, RefreshBehavior, SubflowBehavior, SearchLayout, External, UnknownBehavior, UnknownLayout)
"""The types of objects by which a step can go on. An unknown component can have an action."""
COLLECTED: Final = (FormLayout, Schema, *_WAYS_ON)
"""The types whose objects the walk collects, for the rules that check the whole step."""


class Problem(NamedTuple):
    """A mistake that a rule has found in a value."""

    message: str
    """What is wrong, with the value that was given."""
    advice: str
    """How to correct it."""
    below: Path = ()
    """The path from that value to the problem."""


class Location(NamedTuple):
    """The location of an object in the step."""

    number: int
    """The number of the object in the order of the walk. Findings are sorted by this number."""
    path: Path
    """The path of the object from the step, in JSON names and indexes."""


Find: TypeAlias = "Callable[[Any, Walk], Iterable[Problem]]"
"""The function of a rule that checks one value."""
Conclude: TypeAlias = "Callable[[Walk], Iterable[tuple[Location, Problem]]]"
"""The function of a rule that checks what the walk has collected from the whole step."""
RuleCall: TypeAlias = tuple[Find, str]
"""The function of a rule, and the rule's code."""


class PartPlan(NamedTuple):
    """The plan for one property of a class."""

    wire: str
    calls: tuple[RuleCall, ...]
    kind: Kind | None
    """The kind of the property if it contains objects, else None."""


class ClassPlan(NamedTuple):
    """The plan for the objects of a class."""

    calls: tuple[RuleCall, ...]
    parts: dict[str, PartPlan]
    is_collected: bool
    """Whether the walk collects the objects, for the rules that check the whole step."""


class Plan(NamedTuple):
    """The plan of a walk: which rules it applies to which values."""

    classes: Mapping[type[Any], ClassPlan]
    conclusions: Sequence[tuple[Conclude, str]]
    shown: frozenset[str]
    """The codes of the rules that check schemas on the screen only."""


class Walk:
    """One walk over one step: the current position, the collected objects, and the mistakes that the rules found."""

    def __init__(self, step: Step, plan: Plan) -> None:
        self.step = step
        self.path: list[str | int] = []
        """The path of the current value."""
        self.ancestors: list[Model] = []
        """The objects that contain the current value, the step first. For a property, the last one is its owner."""
        self.forms: list[tuple[FormLayout, Location]] = []
        """The form layouts of the step."""
        self.roots: list[tuple[Schema, Location]] = []
        """The root schemas of the step."""
        self.ids: list[tuple[str, Location]] = []
        """Each `$id` of a schema, at any depth, with the location of the schema."""
        self.has_unknown_layout: bool = False
        """Whether the step has a layout of an unknown type. Such a layout can show any schema."""
        self.can_go_on: bool = False
        """Whether the user, or the client by itself, can leave the step for another one, or end the flow."""
        self.extras: list[Mapping[str, Any]] = []
        """What the parts of the step have in properties that the library does not have, except disabled parts."""
        self.kept: list[Location] = []
        """The objects of a document that was read with `strict=False` that have more, or less, than fits."""
        self.core2_path: tuple[str | int, ...] | None = None
        """The path of the last property or type that only core2 has, and that was reported."""
        self._found: list[tuple[int, Path, str, Problem]] = []
        self._number = 0
        self._plan = plan

    def run(self) -> Iterator[tuple[Path, str, Problem]]:
        """Visit the step. Yield the path of each mistake, the code of the rule and the mistake, in document order."""
        self._visit(self.step)
        for conclude, code in self._plan.conclusions:
            for location, problem in conclude(self):
                self._found.append((location.number, (*location.path, *problem.below), code, problem))
        self._found.sort(key=lambda found: found[0])  # a stable sort: mistakes in one object keep their order
        not_shown = self._roots_without_form()
        for _, path, code, problem in self._found:
            if code not in self._plan.shown or path[:2] not in not_shown:
                yield path, code, problem

    def _roots_without_form(self) -> set[Path]:
        """Return the paths of the root schemas that are not on the screen. An unknown layout can show any schema."""
        if self.has_unknown_layout:
            return set()
        shown = {form.schema_id for form, _ in self.forms}
        return {location.path for schema, location in self.roots if id_of(schema) not in shown}

    @cached_property
    def shape(self) -> Shape:
        """The shape of the data that all root schemas describe together."""
        return Shape(self.step.schemas)

    @cached_property
    def mismatches(self) -> Sequence[Mismatch]:
        """The values in the model that do not fit the schemas, or that no schema describes."""
        return tuple(mismatches(self.step.model, self.shape))

    @cached_property
    def shapes(self) -> dict[int, Shape]:
        """Shapes of single schemas, under the identity of the schema. A rule adds those that it needs again."""
        return {}

    @property
    def owner(self) -> Model:
        """The object that contains the current value."""
        return self.ancestors[-1]

    @property
    def field(self) -> Field:
        """The property that the current value is given for."""
        return FIELDS[self.owner.__class__].by_wire_name[str(self.path[-1])]

    def _visit(self, obj: Any) -> None:
        plan = self._plan.classes[obj.__class__]
        path = self.path
        self._number += 1
        number = self._number
        if plan.is_collected:
            self._collect(obj)
        if obj.extra and self.ancestors and not any(map(_blocks, (obj, *self.ancestors))):
            self.extras.append(obj.extra)
        for find, code in plan.calls:
            for problem in find(obj, self):
                self._note(code, problem)
        self.ancestors.append(obj)
        parts = plan.parts
        for name, value in obj.__dict__.items():
            part = parts.get(name)
            if part is None:
                continue
            wire, calls, kind = part
            if name != "extra":  # in the document, unknown properties are on the level of the known ones
                path.append(wire)
            elif value.__class__ is KeptDict:
                self.kept.append(Location(number, tuple(path)))
            for find, code in calls:
                for problem in find(value, self):
                    self._note(code, problem)
            if kind is Kind.OBJECT:
                self._visit(value)
            elif kind is not None:
                for segment, member in enumerate(value) if kind is Kind.LIST else value.items():
                    path.append(segment)
                    self._visit(member)
                    path.pop()
            if name != "extra":
                path.pop()
        self.ancestors.pop()

    def _note(self, code: str, problem: Problem) -> None:
        self._found.append((self._number, (*self.path, *problem.below), code, problem))

    def _collect(self, obj: Model) -> None:
        if isinstance(obj, FormLayout):
            self.forms.append((obj, self._location()))
        elif isinstance(obj, Schema):
            schema_id = id_of(obj)
            if schema_id is not None:
                self.ids.append((schema_id, self._location()))
            if len(self.ancestors) == 1:
                self.roots.append((obj, self._location()))
            if obj.__dict__.get("refresh_step_on_change"):
                self.can_go_on = True
        else:
            self.has_unknown_layout = self.has_unknown_layout or isinstance(obj, UnknownLayout)
            self.can_go_on = self.can_go_on or not any(map(_blocks, self.ancestors))

    def _location(self) -> Location:
        return Location(self._number, tuple(self.path))


def _blocks(ancestor: Model) -> bool:
    """Return whether nothing inside an object leads on: it is disabled, or it leads back."""
    return isinstance(ancestor, Navigation) or bool(ancestor.__dict__.get("disabled"))
