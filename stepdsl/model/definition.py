"""Everything that is known of a model class, read from its attrs fields when it is first used.

The one table behind constructors, builders, wire and generator. What happens to the values of a new object happens
here: `admit` checks those that were given, `fill` adds defaults, finds what is missing and stores the rest.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Container, Mapping
from enum import Enum
from typing import TYPE_CHECKING, Any, Final

import attrs

from stepdsl.errors import Problem, Refused, refuse, unknown, within
from stepdsl.model.annotations import Kind, Named, read
from stepdsl.model.checks import article, check_for
from stepdsl.model.generation import Generation
from stepdsl.model.index import find, tags
from stepdsl.model.levels import Levels
from stepdsl.model.values import INT_MAX, INT_MIN, MAX_DEPTH, UNSET, ReadOnlyDict, copy_members, show

if TYPE_CHECKING:
    from stepdsl.model.base import Model
    from stepdsl.model.traits import Traits

_OBJECT, _LIST = Kind.OBJECT, Kind.LIST  # members of an enum are slow to look up

_set = object.__setattr__
_set_levels: Any = Levels.__dict__["_levels"].__set__


class UnknownName(Exception):
    """Internal: a name that the type does not have."""

    def __init__(self, name: str, reason: str) -> None:
        self.name = name
        self.reason = reason


def camel_case(name: str) -> str:
    """Return the wire name that follows from a Python name."""
    first, *rest = name.split("_")
    return first + "".join(word.capitalize() for word in rest)


def snake_case(name: str) -> str:
    """Return the Python name that follows from a tag, a wire name or a class name."""
    spaced = "".join(f"_{c.lower()}" if c.isupper() else c for c in name)
    return spaced.replace("-", "_").lstrip("_")


def flat(name: str) -> str:
    """Return a documented name without its dots, as builders and aliases bear it: `PollingOnError`."""
    return name.replace(".", "")


class Property:
    """One property of a model: its names, what it holds and how a value is checked."""

    __slots__ = (
        *("_member", "annotation", "atom", "check", "default", "enums", "generation", "index", "kind", "known_by"),
        *("name", "wire"),
    )

    def __init__(self, owner: type[Model], index: int, attribute: attrs.Attribute[Any]) -> None:
        self.name: str = attribute.name
        self.wire: str = attribute.metadata.get("wire") or camel_case(attribute.name)
        self.index: int = index
        self.default: Any = attribute.default
        self.generation: Generation = attribute.metadata.get("generation", Generation.BOTH)
        self.known_by: str | None = attribute.metadata.get("known_by")
        self.annotation: str = str(attribute.type)
        read_as = read(self.annotation, owner.__module__)
        self.kind: Kind = read_as.kind
        self._member = read_as.member
        self.enums: tuple[type[Enum], ...] = read_as.enums
        """The enums that the values may be of; empty for all other kinds."""
        self.check: Callable[[Any], Any] = check_for(read_as)
        # The type of which most values are accepted without a call: booleans, ASCII strings, integers of 64 bits.
        self.atom: object = self._member if self.kind is Kind.ATOM and self._member is not float else None

    @property
    def required(self) -> bool:
        """Whether an object cannot do without it."""
        return self.default is attrs.NOTHING

    @property
    def nullable(self) -> bool:
        """Whether None is a value (JSON null) and not the absence of one."""
        return self.kind is Kind.JSON

    @property
    def member(self) -> type[Any]:
        """The type of the value, or of the members of the list or map; for Any there is none."""
        if isinstance(self._member, Named):
            self._member = find(self._member.name)
        assert self._member is not None, "Any has no type"
        return self._member

    @property
    def union(self) -> type[Model] | None:
        """The union of which the value is, or the members are; known without loading any of its members."""
        if self.kind.holds_objects and not isinstance(self._member, Named) and self.member.__stepdsl__.union:
            return self.member
        return None

    @property
    def expected(self) -> str:
        """What an author has to give: `a Polling`, `a list of Layouts`."""
        name = self.member.__qualname__
        if self.kind is Kind.OBJECT:
            return article(name)
        return f"a {'list' if self.kind is Kind.LIST else 'mapping'} of {name}s"

    def knows(self, value: Any) -> bool:
        """Whether an object that is read for this property is of the documented type."""
        if self.known_by is None or not isinstance(value, dict):
            return True
        return value.get(self.known_by) is not None  # pyright: ignore[reportUnknownMemberType]  # JSON of any shape

    def is_unrecognised(self, value: Any) -> bool:
        """Whether a JSON value is of a kind that the property may get one day.

        That is a string which no enum has yet, or an object of another type than the documented one.
        """
        if self.kind is Kind.ENUM:
            return isinstance(value, str) and not self._accepts(value)
        kind: type = value.__class__
        if self.kind is Kind.ATOMS and kind is list and self.enums:
            return all(isinstance(part, str) for part in value) and not self._accepts(value)
        return not self.knows(value)

    def _accepts(self, value: Any) -> bool:
        try:
            self.check(value)
        except Refused:
            return False
        return True

    def would_be_read(self, value: Any) -> bool:
        """Whether reading a document would take this JSON value for one of the property's objects."""
        if self.kind is Kind.LIST:
            return isinstance(value, (list, tuple)) and bool(value)  # pyright: ignore[reportUnknownArgumentType]  # JSON of any shape
        return self.kind.holds_objects and isinstance(value, dict) and self.knows(value)


class Definition:
    """A model class as a table of properties."""

    def __init__(self, cls: type[Model]) -> None:
        self.cls = cls
        self.name: str = cls.__qualname__
        self.traits: Traits = cls.__stepdsl__
        self.union: type[Model] | None = next((base for base in cls.__mro__ if _is_union(base)), None)
        """The union of which the objects are members, if any."""
        declared = [(attribute, self._owner(attribute)) for attribute in attrs.fields(cls) if attribute.name != "extra"]
        declared.sort(key=lambda pair: self._is_mixin(pair[1]))
        self.properties: dict[str, Property] = {
            a.name: Property(owner, index, a) for index, (a, owner) in enumerate(declared)
        }
        """All properties but `extra`, in order of declaration, those of mixins last, by name."""
        self.wire_names: dict[str, Property] = {p.wire: p for p in self.properties.values()}
        self.has_type: bool = self.traits.tag is not None or (self.union is not None and bool(self._tags()))
        """Whether `type` on the wire tells what the objects are."""
        self.adder: str = self.traits.adder or snake_case(
            self.traits.tag or self.traits.key or self.name.rpartition(".")[2]
        )
        self._names = (*self.properties, "extra")
        # By name: the place in the order of declaration, the atom, the check, whether objects are held.
        self.slots: dict[str, tuple[int, object, Callable[[Any], Any], bool]] = {
            **{p.name: (p.index, p.atom, p.check, p.kind.holds_objects) for p in self.properties.values()},
            "extra": (len(self.properties), None, _check_extra, False),
        }
        self._required = tuple(p.name for p in self.properties.values() if p.required)
        self._defaults = tuple(
            (p.name, p.default)
            for p in self.properties.values()
            if p.default is not None and p.default is not UNSET and not p.required
        )
        self._settle: Callable[[dict[str, Any]], bool] | None = getattr(cls, "_settle", None)
        if self.traits.abstract:
            self._settle = self._refuse_to_be_made
        elif self.traits.unknown:
            self._settle = self._refuse_known
        self._holders = {p.name: p.kind for p in self.properties.values() if p.kind.holds_objects}
        self._counts_levels = bool(self._holders) and not self.traits.root
        if not (self._holders or self.traits.abstract):
            cls._levels = 0  # pyright: ignore[reportPrivateUsage]  # in place of a slot in each object
        self._any_of = self.traits.any_of
        self.reserved: dict[str, str] = self._reserved_names()
        self._place = {name: place for place, name in enumerate(self._names)}.__getitem__
        self.is_level: bool = not self.traits.root and any(map(self._adds_level, self.properties.values()))
        self._holder_names = frozenset(self._holders)
        self._levels_alone = int(self.is_level)

    def _owner(self, attribute: attrs.Attribute[Any]) -> type[Model]:
        """Return the class in whose body a property stands."""
        return next(base for base in self.cls.__mro__ if attribute.name in inspect.get_annotations(base))

    def _is_mixin(self, owner: type[Model]) -> bool:
        """Whether a class holds what types of several unions, or types of none, have in common."""
        return owner.__stepdsl__.shared and (self.union is None or not issubclass(owner, self.union))

    def _tags(self) -> dict[str, str]:
        return {} if self.union is None else tags(self.union.__qualname__)

    def _adds_level(self, held: Property) -> bool:
        """Whether an object with this property is one level of nesting: it can hold any component, or its like."""
        if held.union is None:
            return False
        return held.union.__stepdsl__.component or issubclass(self.cls, held.union)

    def _reserved_names(self) -> dict[str, str]:
        """Return the wire names that are never extra ones, with the reason to refuse them."""
        if self.traits.tag is not None:
            return {"type": f"the type of {article(self.name)} is always {self.traits.tag!r}"}
        if self.traits.key is not None and self.has_type:
            return {"type": f"{article(self.name)} has none"}
        return {}

    def _refuse_to_be_made(self, _: dict[str, Any]) -> bool:
        raise TypeError(f"{self.name} is what several types have in common; make one of those")

    def _refuse_known(self, values: dict[str, Any]) -> bool:
        """Refuse to carry what would be read as a type that the library does know."""
        assert self.union is not None, "a carrier belongs to a union"
        from stepdsl.model.telling import TELLERS

        extra: Mapping[str, Any] = values.get("extra") or {}
        tag = values.get("type")
        teller = TELLERS[self.union]
        known = teller({**extra, "type": tag} if self.has_type else extra)
        if known is None:
            return False
        if tag is not None:
            raise Refused([(("type",), f"{show(tag)} is known: use {known}")])
        for key, name in teller.keys.items():
            if key in extra and name == known:
                raise Refused([(("extra", key), f"makes it {article(name)}; use that class")])
        raise refuse(f"neither a type nor a property that {known} lacks: use that class")

    # -- what was given -----------------------------------------------------------------------------------------

    def admit(self, values: dict[str, Any]) -> bool:
        """Check the given values in place, drop those that stand for "absent"; return whether they are in order.

        Raises `UnknownName` for a name that the type does not have, `Refused` with all values that do not fit.
        """
        slots = self.slots
        last = -1
        ordered = True
        absent: list[str] | None = None
        try:
            for name, value in values.items():
                index, atom, check, _ = slots[name]
                if index < last:
                    ordered = False
                last = index
                kind: object = value.__class__
                if kind is atom and (atom is bool or (value.isascii() if atom is str else INT_MIN <= value <= INT_MAX)):
                    continue
                if value is UNSET or (value is None and self.may_lack(name, values)):
                    absent = [name, *(absent or ())]
                    continue
                values[name] = check(value)
        except (KeyError, Refused):
            for name in values:
                if name not in slots:
                    raise self.unknown(name) from None
            raise Refused(self._refusals(values)) from None
        for name in absent or ():
            del values[name]
        return ordered

    def may_lack(self, name: str, values: Mapping[str, Any]) -> bool:
        """Whether None for this property means that it is absent."""
        if name == "extra":
            return True
        held = self.properties[name]
        if held.nullable:
            return False
        return not held.required or held.wire in extra_names(values)

    def unknown(self, name: str) -> UnknownName:
        """Return the refusal of a name, with the nearest right one; a name of the wire leads to that property."""
        meant = self.wire_names.get(name) or self.wire_names.get(camel_case(name))
        if meant is not None:
            return UnknownName(name, f"no such property; did you mean {meant.name!r}?")
        return UnknownName(name, unknown(name, self._names, "property"))

    def _refusals(self, values: dict[str, Any]) -> list[Problem]:
        problems: list[Problem] = []
        for name, value in values.items():
            if value is UNSET or (value is None and self.may_lack(name, values)):
                continue
            try:
                self.slots[name][2](value)
            except Refused as refused:
                problems += within(name, refused)
        return problems

    # -- what becomes of it -------------------------------------------------------------------------------------

    def fill(self, made: Model, values: dict[str, Any], ordered: bool) -> None:
        """Store checked values in a new object, after defaults and rules; raise `Refused` with all that is wrong."""
        extra: Container[str] = ()
        if "extra" in values:
            ordered = False
            self._settle_extra(values)
            extra = values.get("extra", ())
        if self._settle is not None and self._settle(values):
            ordered = False
        for name, default in self._defaults:
            if name not in values and self.properties[name].wire not in extra:
                values[name] = default
                ordered = False
        for name in self._required:
            if name not in values:
                self._refuse_incomplete(values, extra)
        for names in self._any_of:
            for name in names:
                if name in values:
                    break
            else:
                self._refuse_incomplete(values, extra)
        if self._counts_levels:
            empty = self._holder_names.isdisjoint(values)
            _set_levels(made, self._levels_alone if empty else self._count_levels(values))
        if not ordered:
            values = {name: values[name] for name in sorted(values, key=self._place)}
        _set(made, "__dict__", values)

    def _refuse_incomplete(self, given: Container[str], extra: Container[str]) -> None:
        problems = self.missing(given, extra)
        if problems:
            raise Refused(problems)

    def _count_levels(self, values: dict[str, Any]) -> int:
        """Return how many levels of components the object has, itself included; raise `Refused` for too many."""
        levels = 0
        holders = self._holders
        for name, held in values.items():
            kind = holders.get(name)
            if kind is not None and held:
                if kind is _OBJECT:
                    below = held._levels
                else:
                    below = max([part._levels for part in (held if kind is _LIST else held.values())])
                if below > levels:  # noqa: PLR1730  # max() costs a call
                    levels = below
        if self.is_level:
            levels += 1
            if levels > MAX_DEPTH:
                raise refuse(f"components nest at most {MAX_DEPTH} deep")
        return levels

    def missing(self, given: Container[str], extra: Container[str]) -> list[Problem]:
        """Return what an object with these properties, and these wire names in its extra, still lacks."""
        lacking: list[Problem] = [
            ((name,), "missing")
            for name in self._required
            if name not in given and self.properties[name].wire not in extra
        ]
        return lacking + [
            ((), f"missing: {' or '.join(names)}")
            for names in self.traits.any_of
            if not any(name in given or self.properties[name].wire in extra for name in names)
        ]

    def _settle_extra(self, values: dict[str, Any]) -> None:
        """Sort out the extra properties that have a documented name.

        What the property itself would accept becomes its value, so that an object equals its copy read back; what
        nobody could read back is refused.
        """
        kept: dict[str, Any] = {}
        problems: list[Problem] = []
        for wire, value in values.pop("extra").items():
            held = self.wire_names.get(wire)
            if wire in self.reserved:
                problems.append((("extra", wire), self.reserved[wire]))
            elif held is None:
                kept[wire] = value
            elif held.name in values:
                problems.append((("extra", wire), f"{held.name} is given as well"))
            elif held.would_be_read(value):
                problems.append((("extra", wire), f"give {held.name} itself, as {held.expected}"))
            elif held.is_unrecognised(value):
                kept[wire] = value
            elif value is not None or held.nullable:
                try:
                    values[held.name] = held.check(value)
                except Refused as refused:  # a document with it would be refused as well
                    problems += within("extra", Refused(within(wire, refused)))
        problems += self._mistaken(values, kept)
        if problems:
            raise Refused(problems)
        if kept:
            values["extra"] = ReadOnlyDict(kept)

    def _mistaken(self, values: Mapping[str, Any], kept: Mapping[str, Any]) -> list[Problem]:
        """Return the extra properties that would make a document be read as another member of the union."""
        key = self.traits.key
        if key is None or self.union is None or not kept:
            return []
        from stepdsl.model.telling import TELLERS

        name = self.wire_names[key].name
        teller = TELLERS[self.union]
        told = teller({**kept, key: values[name]}) if name in values else self.name
        return [
            (("extra", other), f"makes it {article(member)}; use that class")
            for other, member in teller.keys.items()
            if member == told and member != self.name
        ]


def extra_names(values: Mapping[str, Any]) -> Container[str]:
    """Return the names of the extra properties among given values, which need not have been checked."""
    extra: Any = values.get("extra")
    return extra if isinstance(extra, Mapping) else ()  # pyright: ignore[reportUnknownVariableType]  # only asked for names


def _is_union(cls: type) -> bool:
    traits: Traits | None = cls.__dict__.get("__stepdsl__")
    return traits is not None and traits.union


def _check_extra(value: Any) -> ReadOnlyDict:
    kind: type = value.__class__
    if not issubclass(kind, Mapping):
        raise refuse(f"expected a mapping, got {show(value)}")
    return ReadOnlyDict(copy_members(value))


class _Definitions(dict[type, Definition]):
    def __missing__(self, cls: type[Model]) -> Definition:
        made = self[cls] = Definition(cls)
        return made


DEFINITIONS: Final = _Definitions()
"""The definition of each model class, made when it is first asked for."""
