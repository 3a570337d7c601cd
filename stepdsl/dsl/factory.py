"""Makes the classes of builders and openers from the fields of the models, each when it is first used.

`stepdsl.model.declarations`, a generated stub, declares the same classes for type checkers.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cached_property
from typing import Any, Final, NoReturn

from stepdsl.core import catalog
from stepdsl.core.annotations import Kind
from stepdsl.core.docstrings import field_docstring
from stepdsl.core.fields import FIELDS, Field, undotted
from stepdsl.core.json import EMPTY
from stepdsl.core.model import Model
from stepdsl.core.types import find, members
from stepdsl.dsl.builder import Builder, Draft
from stepdsl.dsl.lists import Block, ListBuilder, MapBuilder
from stepdsl.dsl.openers import (
    NOTHING,
    ContainerOpener,
    ObjectOpener,
    Opener,
    Target,
    UnionOpener,
)

__all__ = ["builder_type", "root_opener"]

_MODULE = "stepdsl.dsl.builders"


def root_opener(cls: type[Model]) -> Callable[..., Any]:
    """Return `X.build` of a model class X."""
    return _FACTORY.targets[cls].build


def builder_type(name: str) -> Any:
    """Return the class of builders or of openers with a name, `StepBuilder` or `StepOpener`; raise AttributeError."""
    base = _BASES.get(name)
    if base is not None:
        return base
    if name not in catalog.BUILDERS:
        raise AttributeError(f"there is no builder {name!r}")
    if name.endswith("Opener"):
        return _opener_type(name)
    wanted = name.removesuffix("Builder")
    documented = {undotted(one): one for one in (*catalog.TYPES, *catalog.UNIONS)}
    if wanted in documented:
        return _FACTORY.builder_class(find(documented[wanted]))
    kind, suffix = (Kind.LIST, "List") if wanted.endswith("List") else (Kind.MAP, "Map")
    return _FACTORY.container_builder_class(kind, find(documented[wanted.removesuffix(suffix)]))


_BASES: Final[Mapping[str, type[Any]]] = {"Builder": Builder, "ListBuilder": ListBuilder, "MapBuilder": MapBuilder}
_OPENERS: Final[dict[str, type[Any]]] = {}


def _opener_type(name: str) -> type[Any]:
    """Return a protocol for annotations: an opener is anything that can be called as the stub declares."""
    made = _OPENERS.get(name)
    if made is None:
        doc = "The type of an opener, for annotations; see the declarations of the builders."
        adders = members(name.removesuffix("UnionOpener")) if name.endswith("UnionOpener") else {}
        body = {"__doc__": doc, "__module__": _MODULE, **{adder: property(_not_open) for adder in adders}}
        made = _OPENERS[name] = type(name, (_AnyOpener,), body)
    return made


def _not_open(_: object) -> NoReturn:
    """Open a member of the union."""
    raise NotImplementedError


class _AnyOpener:
    """Base class of the types of openers."""

    def __call__(self, *args: Any, **values: Any) -> Any:
        """Open a builder."""
        raise NotImplementedError


# -- members of lists and maps ------------------------------------------------------------------------------------


class _Adder:
    """A member's opener on the builders of lists and maps. The class of the member is looked up when it is used."""

    def __init__(self, label: str, documented: str) -> None:
        self._label = label
        self._documented = documented

    @cached_property
    def _target(self) -> Target:
        return _FACTORY.targets[find(self._documented)]

    def _docstring(self) -> str:
        return self._target.cls.__doc__ or ""


class _ListAdder(_Adder):  # `layout.heading`: opens a member of a list
    __doc__: Any = property(_Adder._docstring)

    def __get__(self, builder: Any, owner: type) -> Any:
        """Return the opener on a builder."""
        if builder is None:
            return self
        block: Block = builder._block

        def open_member(given: Any = NOTHING, /, **values: Any) -> Any:
            block.check_open()
            return self._target.open(block.container, block, self._label, given, values)

        return open_member


class _MapAdder(_Adder):  # `properties.string`: opens a member of a map; its name comes first
    __doc__: Any = property(_Adder._docstring)

    def __get__(self, builder: Any, owner: type) -> Any:
        """Return the opener on a builder."""
        if builder is None:
            return self
        block: Block = builder._block

        def open_member(name: str, given: Any = NOTHING, /, **values: Any) -> Any:
            block.check_open()
            return self._target.open(block.container, block, block.container.check_name(name), given, values)

        return open_member


# -- properties ---------------------------------------------------------------------------------------------------


class _Plain:
    """A property of a builder that is assigned: `polling.url`."""

    def __init__(self, field: Field, cls: type[Model]) -> None:
        self._field = field
        self._cls = cls

    def __get__(self, builder: Any, owner: type) -> Any:
        if builder is None:
            return self
        draft: Draft = builder._draft
        if self._field.name in draft.values:
            return draft.values[self._field.name]
        if self._field.required:
            raise AttributeError(self._field.name)  # the builder's __getattr__ says more
        return self._field.default

    def _docstring(self) -> str:
        return field_docstring(self._cls, self._field.name)

    __doc__: Any = property(_docstring)


class _Extra:
    """The extra properties of a builder, which are assigned."""

    def __get__(self, builder: Any, owner: type) -> Any:
        return self if builder is None else builder._draft.values.get("extra", EMPTY)

    def _docstring(self) -> str:
        return field_docstring(Model, "extra")

    __doc__: Any = property(_docstring)


class _Openable(_Plain):  # a property of a builder that is opened: `step.polling`
    __doc__: Any = property(_Plain._docstring)

    def __init__(self, field: Field, cls: type[Model]) -> None:
        super().__init__(field, cls)
        if field.kind is not Kind.OBJECT:
            self._opener: type[Opener] = ContainerOpener
        else:
            self._opener = ObjectOpener if field.union is None else UnionOpener

    def __get__(self, builder: Any, owner: type) -> Any:
        if builder is None:
            return self
        return self._opener(builder._draft, self._field, _FACTORY)


# -- classes ------------------------------------------------------------------------------------------------------


class _Targets(dict[type[Any], Target]):
    def __missing__(self, cls: type[Any]) -> Target:
        made = self[cls] = Target(cls, _FACTORY)
        return made


class _Factory:
    """Makes each class once."""

    def __init__(self) -> None:
        self.targets: Mapping[type[Any], Target] = _Targets()
        self._builders: dict[type[Any], type[Builder[Any]]] = {}
        self._containers: dict[tuple[Kind, type[Any]], type[Any]] = {}

    def builder_class(self, cls: type[Any], /) -> type[Builder[Any]]:
        """Return the class of a model's builders: one descriptor per property."""
        made = self._builders.get(cls)
        if made is None:
            fields = FIELDS[cls]
            body: dict[str, Any] = {"__slots__": (), "__doc__": cls.__doc__, "__module__": _MODULE, "extra": _Extra()}
            for field in fields.by_name.values():
                body[field.name] = (_Openable if field.kind.is_object else _Plain)(field, cls)
            made = self._builders[cls] = type(f"{undotted(fields.name)}Builder", (Builder,), body)
        return made

    def container_builder_class(self, kind: Kind, member: type[Any], /) -> type[Any]:
        """Return the class of the builders of a list or map of a type or union: one descriptor per adder."""
        made = self._containers.get((kind, member))
        if made is None:
            name = member.__qualname__
            documented = members(name) if member.__stepdsl__.union else {FIELDS[member].adder: name}
            adder, base = (_ListAdder, ListBuilder) if kind is Kind.LIST else (_MapAdder, MapBuilder)
            adders = {label: adder(label, cls) for label, cls in documented.items()}
            body = {"__slots__": (), "__module__": _MODULE, "_adders": tuple(adders), **adders}
            suffix = "List" if kind is Kind.LIST else "Map"
            made = self._containers[kind, member] = type(f"{undotted(name)}{suffix}Builder", (base,), body)
        return made


_FACTORY: Final = _Factory()
