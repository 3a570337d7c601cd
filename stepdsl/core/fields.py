"""The fields of a model class, as a table. It is read from the class when it is first needed.

Constructors, builders, the wire, the JSON Schema and the generators all work from this table.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from enum import Enum
from typing import Any, Final, NamedTuple, TypeAlias

import attrs

from stepdsl.core import extensions
from stepdsl.core.annotations import Kind, Named, annotations_of, read
from stepdsl.core.converters import converter_for
from stepdsl.core.json import FrozenDict, KeptDict, freeze_members, frozen_dict
from stepdsl.core.messages import ConversionError, article, conversion_error, near, show, unknown
from stepdsl.core.provenance import Generation, Source
from stepdsl.core.types import find, tags

__all__ = [
    "FIELDS",
    "Field",
    "Fields",
    "ModelOptions",
    "Slot",
    "UnknownName",
    "camel_case",
    "near_wire_name",
    "snake_case",
    "undotted",
]


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


def near_wire_name(name: str, names: Collection[str]) -> str:
    """Return `; did you mean 'x'?` for the wire name that is meant by a name; an empty string if none is similar."""
    meant = camel_case(name)
    return f"; did you mean {meant!r}?" if meant in names else near(name, names)


def undotted(name: str) -> str:
    """Return a documented name without its dots, as in the names of builders: `PollingOnError`."""
    return name.replace(".", "")


class ModelOptions(NamedTuple):
    """The arguments of `stepdsl.core.model.model`."""

    tag: str | None = None
    """The fixed `type` on the wire; None for a class without one."""
    key: str | None = None
    """The wire property whose presence discriminates the type, if it has no tag."""
    array: str | None = None
    """The wire property that is an array in this type, and an object in the other type of the same tag."""
    adder: str | None = None
    """The name of the opener in lists and maps; None if it is the tag or key in snake_case."""
    any_of: tuple[tuple[str, ...], ...] = ()
    """Groups of Python names of properties. At least one property of each group must be given."""
    union: bool = False
    """Whether the class is the base class of the members of a union."""
    mixin: bool = False
    """Whether the class only has properties that its subclasses have in common."""
    component: bool = False
    """Whether the class is a union whose nesting is limited."""
    unknown: bool = False
    """Whether the class is the one for members of a union that this library does not have."""
    root: bool = False
    """Whether objects are never a part of a component, so that they are no level of nesting."""
    decisive: tuple[str, ...] = ()
    """In a union with tags and keys: those that decide what a document is, in this order. Other tags come later."""
    documented: bool | None = None
    """Whether the documentation names the class; None if that follows from the other options."""
    generation: Generation = Generation.BOTH
    """The generation of the documentation that has the class."""
    source: Source = Source.PAGE
    """The source of the facts of the class."""

    @property
    def abstract(self) -> bool:
        """Whether the class is only a base of others. No document has an object of it."""
        return self.union or self.mixin

    @property
    def is_documented(self) -> bool:
        """Whether the documentation names the class: all but mixins and `Unknown…` classes, unless given otherwise."""
        return not (self.mixin or self.unknown) if self.documented is None else self.documented


class Field:
    """One property of a model: its names, the kind of its value, its converter."""

    __slots__ = (
        "_member",
        "annotation",
        "convert",
        "default",
        "enums",
        "generation",
        "keys_of",
        "kind",
        "name",
        "note",
        "position",
        "recognised_by",
        "scalar",
        "source",
        "wire",
    )

    def __init__(self, owner: type[Any], position: int, attribute: attrs.Attribute[Any]) -> None:
        metadata = attribute.metadata
        self.name: str = attribute.name
        self.wire: str = metadata.get("wire") or camel_case(attribute.name)
        self.position: int = position
        self.default: Any = attribute.default
        self.generation: Generation = metadata.get("generation", Generation.BOTH)
        self.source: Source = metadata.get("source", Source.PAGE)
        self.note: str = metadata.get("note", "")
        self.recognised_by: str | None = metadata.get("recognised_by")
        self.keys_of: str | None = metadata.get("keys_of")
        self.annotation: str = str(annotations_of(owner)[attribute.name])
        read_as = read(self.annotation, owner.__module__)
        self.kind: Kind = read_as.kind
        self._member = read_as.member
        self.enums: tuple[type[Enum], ...] = read_as.enums
        """The enums that the values may be of; empty for all other kinds."""
        self.convert: Callable[[Any], Any] = converter_for(read_as)
        self.scalar: object = self._member if self.kind is Kind.SCALAR and self._member is not float else None
        """The type of booleans, ASCII strings and integers of 64 bits, which need no conversion."""

    @property
    def required(self) -> bool:
        """Whether every object has a value for it."""
        return self.default is attrs.NOTHING

    @property
    def nullable(self) -> bool:
        """Whether None is a value, JSON null. Elsewhere it means that the property is absent."""
        return self.kind is Kind.JSON

    @property
    def member(self) -> type[Any]:
        """The type of the value, or of the members of the list or map. Any has none."""
        if isinstance(self._member, Named):
            self._member = find(self._member.name)
        assert self._member is not None, "Any has no type"
        return self._member

    @property
    def union(self) -> type[Any] | None:
        """The union that the value or the members are of, if any. No member of the union is imported for it."""
        if self.kind.is_object and not isinstance(self._member, Named) and self.member.__stepdsl__.union:
            return self.member
        return None

    @property
    def expected(self) -> str:
        """What an author gives: `a Polling`, `a list of Layouts`."""
        name = self.member.__qualname__
        if self.kind is Kind.OBJECT:
            return article(name)
        return f"a {'list' if self.kind is Kind.LIST else 'mapping'} of {name}s"

    def recognises(self, value: Any) -> bool:
        """Return whether an object in a document is of the documented type."""
        if self.recognised_by is None or not isinstance(value, dict):
            return True
        return value.get(self.recognised_by) is not None  # pyright: ignore[reportUnknownMemberType]  # JSON of any shape

    def may_become_known(self, value: Any) -> bool:
        """Return whether a later version of the API may accept a JSON value that this library does not have.

        That is a string that no enum has yet, or an object of another type than the documented one.
        """
        if self.kind is Kind.ENUM:
            return isinstance(value, str) and not self._accepts(value)
        kind: type = value.__class__
        if self.kind is Kind.SCALARS and issubclass(kind, list) and self.enums:
            return all(isinstance(part, str) for part in value) and not self._accepts(value)
        return not self.recognises(value)

    def _accepts(self, value: Any) -> bool:
        try:
            self.convert(value)
        except ConversionError:
            return False
        return True

    def is_object_document(self, value: Any) -> bool:
        """Return whether a reader takes this JSON value for one of the property's objects, or for a list of them."""
        if self.kind is Kind.LIST:
            return isinstance(value, (list, tuple)) and bool(value)  # pyright: ignore[reportUnknownArgumentType]  # JSON of any shape
        return self.kind.is_object and isinstance(value, dict) and self.recognises(value)


Slot: TypeAlias = tuple[int, Any, Callable[[Any], Any], bool]
"""What a constructor or a builder needs to store a value under a name.

That is the position of the property in the order of declaration, its `Field.scalar`, its converter, and whether the
value consists of models. It is a plain tuple: Python unpacks a named tuple at three times the cost.
"""


class Fields:
    """The fields of one model class."""

    def __init__(self, cls: type[Any]) -> None:
        self.cls = cls
        self.name: str = cls.__qualname__
        """The documented name of the class."""
        self.options: ModelOptions = cls.__stepdsl__
        self.union: type[Any] | None = next((base for base in cls.__mro__ if _is_union(base)), None)
        """The union that the class is a member of, if any."""
        declared = [(attribute, self._owner(attribute)) for attribute in attrs.fields(cls) if attribute.name != "extra"]
        declared.sort(key=lambda pair: self._is_mixin(pair[1]))
        self.by_name: dict[str, Field] = {
            a.name: Field(owner, position, a) for position, (a, owner) in enumerate(declared)
        }
        """All properties but `extra`, by name: in order of declaration, those of mixins last."""
        self.by_wire_name: dict[str, Field] = {field.wire: field for field in self.by_name.values()}
        self.has_type: bool = self.options.tag is not None or (self.union is not None and bool(self._tags()))
        """Whether `type` on the wire discriminates the objects."""
        self.adder: str = self.options.adder or snake_case(
            self.options.tag or self.options.key or self.name.rpartition(".")[2]
        )
        """The name of the method that adds an object to a list or map in a builder."""
        self.slots: dict[str, Slot] = {
            **{f.name: (f.position, f.scalar, f.convert, f.kind.is_object) for f in self.by_name.values()},
            "extra": (len(self.by_name), None, _convert_extra, False),
        }
        self.reserved: dict[str, str] = self._reserved_names()
        """Wire names that `extra` never has, each with the reason."""

    def _owner(self, attribute: attrs.Attribute[Any]) -> type[Any]:
        """Return the class whose body declares a property."""
        return next(base for base in self.cls.__mro__ if attribute.name in annotations_of(base))

    def _is_mixin(self, owner: type[Any]) -> bool:
        """Return whether a class has the common properties of types of several unions, or of no union."""
        return owner.__stepdsl__.mixin and (self.union is None or not issubclass(owner, self.union))

    def _tags(self) -> dict[str, str]:
        return {} if self.union is None else tags(self.union.__qualname__)

    def _reserved_names(self) -> dict[str, str]:
        if self.options.tag is not None:
            return {"type": f"the type of {article(self.name)} is always {self.options.tag!r}"}
        return {}

    def unknown(self, name: str) -> UnknownName:
        """Return the error for a name that is no property, with the name of the property that is meant."""
        meant = self.by_wire_name.get(name) or self.by_wire_name.get(camel_case(name))
        if meant is not None:
            return UnknownName(name, f"no such property; did you mean {meant.name!r}?")
        where = extensions.elsewhere(self, name)
        if where:
            return UnknownName(name, f"no such property{where}")
        required = [field.name for field in self.by_name.values() if field.required]
        return UnknownName(name, unknown(name, (*self.by_name, "extra"), "property", required))


def _is_union(cls: type) -> bool:
    options: ModelOptions | None = cls.__dict__.get("__stepdsl__")
    return options is not None and options.union


def _convert_extra(value: Any) -> FrozenDict:
    kind: type = value.__class__
    if kind is KeptDict:
        kept: KeptDict = value
        return kept
    if not issubclass(kind, Mapping):
        raise conversion_error(f"expected a mapping, got {show(value)}")
    return frozen_dict(freeze_members(value))


class _FieldTables(dict[type, Fields]):
    def __missing__(self, cls: type[Any]) -> Fields:
        made = self[cls] = Fields(cls)
        return made


FIELDS: Final = _FieldTables()
"""The fields of each model class. A table is made when it is first looked up."""
