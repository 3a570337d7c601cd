"""What makes a class a model: the decorator, the property marker and the base class.

A model is a frozen attrs class; a property is one line in its body plus the docstring below that line. Everything
else (checks, builders, wire names, reference pages) follows from there through `stepdsl.model.definition`.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable, Mapping
from enum import Enum
from inspect import Parameter, Signature
from typing import TYPE_CHECKING, Any, ClassVar, Self, TypeVar, dataclass_transform, overload

import attrs

from stepdsl.errors import Refused, UnknownPropertyError, invalid
from stepdsl.model.definition import DEFINITIONS, UnknownName, extra_names
from stepdsl.model.generation import Generation
from stepdsl.model.index import LOADED
from stepdsl.model.levels import Levels
from stepdsl.model.traits import Traits
from stepdsl.model.values import ReadOnlyDict, Unset, copy_json

T = TypeVar("T")


def field(
    *,
    default: Any = attrs.NOTHING,
    wire: str | None = None,
    generation: Generation = Generation.BOTH,
    known_by: str | None = None,
) -> Any:
    """Return a property with more to say than its type.

    `default`: what it is where nothing was given (left out: required). None and UNSET are not written to the wire,
    any other default always is. `wire`: its JSON name where that is not the camelCase of its Python name. `known_by`:
    the wire property without which an object that is read is of another, undocumented type and kept in `extra`.
    """
    return attrs.field(default=default, metadata={"wire": wire, "generation": generation, "known_by": known_by})


@overload
@dataclass_transform(kw_only_default=True, frozen_default=True, field_specifiers=(field,))
def model(cls: type[T], /) -> type[T]: ...
@overload
@dataclass_transform(kw_only_default=True, frozen_default=True, field_specifiers=(field,))
def model(
    *,
    tag: str | None = None,
    key: str | None = None,
    array: str | None = None,
    adder: str | None = None,
    any_of: tuple[tuple[str, ...], ...] = (),
    union: bool = False,
    shared: bool = False,
    component: bool = False,
    unknown: bool = False,
    root: bool = False,
    documented: bool | None = None,
    generation: Generation = Generation.BOTH,
) -> Callable[[type[T]], type[T]]: ...
def model(cls: type[Any] | None = None, /, **traits: Any) -> Any:
    """Make a class a model.

    `tag`: the fixed `type` on the wire. `key`: the wire property whose presence tells the type where there is no tag.
    `array`: the wire property that is an array in this type and an object in the other one of the same tag.
    `adder`: the name of its opener in lists and maps, where it is not the tag or key in snake_case. `any_of`: groups
    of properties of which at least one must be given. `union`: a base that stands for any of its
    subclasses; `shared`: a base of properties that its subclasses have in common; `component`: a union whose nesting
    is limited. `unknown`: the carrier of a union's members that this library does not know. `root`: never a part
    of a component, so it is no level of nesting, nor does it say how many it holds. `documented`: whether the
    documentation names the class, where that is not plain: it names neither shared bases nor carriers. `generation`:
    which generation of the documentation has the type.
    """

    def mark(body: type[Any]) -> type[Any]:
        made = attrs.define(body, frozen=True, slots=False, kw_only=True, init=False, eq=False, repr=False)
        made.__stepdsl__ = Traits(**traits)
        for attribute in attrs.fields(made):  # only what was given is stored; the rest is read from the class
            setattr(made, attribute.name, None if attribute.default is attrs.NOTHING else attribute.default)
        if not (made.__stepdsl__.abstract or made.__stepdsl__.unknown):
            made.build = _Build()
        LOADED[made.__qualname__] = made
        return made

    return mark if cls is None else mark(cls)


class _Build:
    """`X.build`; the builders are looked up when it is first used, the model layer does not know them otherwise."""

    def __init__(self) -> None:
        self._opener: Any = None

    def __get__(self, _: object, owner: type[Model]) -> Any:
        if self._opener is None:
            self._opener = importlib.import_module("stepdsl.dsl.openers").root_opener(owner)
        return self._opener


class _Signature:
    """`inspect.signature(X)`: what the constructor accepts, read from the fields."""

    def __get__(self, _: object, owner: type[Model]) -> Signature:
        fields = attrs.fields_dict(owner)
        return Signature(
            [
                Parameter(
                    name,
                    Parameter.KEYWORD_ONLY,
                    default=Parameter.empty if fields[name].default is attrs.NOTHING else fields[name].default,
                    annotation=fields[name].type,
                )
                for name in (*DEFINITIONS[owner].properties, "extra")
            ]
        )


@model(shared=True)
class Model(Levels):
    """Base of all documented types: frozen, compared by value, made with keywords only."""

    extra: Mapping[str, Any] = field(default=ReadOnlyDict())
    """Properties that this library does not know, under their wire names.

    Written after the known ones, never over them. A documented name is allowed only while that property is unset: the
    way to send a value that the library does not know yet, such as a string that an enum lacks. What the property
    itself takes becomes its value; what no document could hold there is refused.
    """

    __stepdsl__: ClassVar[Traits]
    __attrs_attrs__: ClassVar[tuple[attrs.Attribute[Any], ...]]

    if not TYPE_CHECKING:
        __signature__ = _Signature()

        def __init__(self, **values):
            """Check the values; raise InvalidValueError with all that is wrong or missing."""
            definition = DEFINITIONS[self.__class__]
            try:
                try:
                    ordered = definition.admit(values)
                except Refused as refused:  # what is missing is told in the same breath
                    raise Refused(refused.problems + definition.missing(values, extra_names(values))) from None
                definition.fill(self, values, ordered)
            except UnknownName as unknown:
                raise UnknownPropertyError(f"{definition.name}.{unknown.name}", unknown.reason) from None
            except Refused as refused:
                raise invalid(definition.name, refused.problems) from None

        # Checkers take an object's own methods for those of its class, and would call the classes unhashable.
        def __eq__(self, other):
            return self.__dict__ == other.__dict__ if self.__class__ is other.__class__ else NotImplemented

        def __hash__(self):
            return hash((self.__class__, _hashable(self.__dict__)))

    def __repr__(self) -> str:
        given = ", ".join(f"{name}={_shown(value)}" for name, value in self.__dict__.items())
        return f"{self.__class__.__qualname__}({given})"

    def __copy__(self) -> Self:
        return self

    def __deepcopy__(self, _: dict[int, Any]) -> Self:
        copied: Self = _deep_copy(self)
        return copied

    def __reduce__(self) -> tuple[Any, ...]:
        return _rebuild, (self.__class__, self.__dict__)


def _rebuild(cls: type[Model], values: dict[str, Any]) -> Model:
    return cls(**values)


def _deep_copy(value: Any) -> Any:
    """Return a copy that shares no JSON value with the original; plain loops, for objects as deep as they may be."""
    kind: type = value.__class__
    if issubclass(kind, Model):
        return kind(**{name: _deep_copy(part) for name, part in value.__dict__.items()})
    if kind is tuple:
        return tuple([_deep_copy(part) for part in value])
    if kind is ReadOnlyDict:
        return {name: _deep_copy(part) for name, part in value.items()}
    return copy_json(value) if kind in (dict, list) else value


def _shown(value: Any) -> str:
    """Return a value as it can be written in code; the repr of an enum's member cannot."""
    kind: type = value.__class__
    if issubclass(kind, Enum) and kind is not Unset:
        return f"{kind.__qualname__}.{value.name}"
    if kind is tuple:
        return f"({', '.join(map(_shown, value))}{',' if len(value) == 1 else ''})"
    return repr(value)


def _hashable(value: Any) -> Any:
    if isinstance(value, dict):
        return frozenset((name, _hashable(part)) for name, part in value.items())  # pyright: ignore[reportUnknownVariableType, reportUnknownArgumentType]  # JSON of any shape
    if isinstance(value, (list, tuple)):
        return tuple(_hashable(part) for part in value)  # pyright: ignore[reportUnknownVariableType]  # JSON of any shape
    return value
