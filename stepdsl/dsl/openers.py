"""What opens a builder: `X.build`, `step.polling`, `layout.heading`, `properties.string`, `button.behavior.link`.

An opener is called with nothing (a block follows), with keywords, with a callback that is run at once, or with a
finished object. The builder classes are made here from the definitions, each when it is first used; the generated
stubs declare what they offer.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cached_property
from typing import Any, Final, NoReturn, Protocol

from stepdsl.dsl.builder import Builder, no_condition, run
from stepdsl.dsl.collections import Block, ListBuilder, ListCollection, MapBuilder, MapCollection
from stepdsl.dsl.scope import Parent, Scope
from stepdsl.errors import Refused, ScopeError, UnknownPropertyError, invalid, unknown
from stepdsl.model.annotations import Kind
from stepdsl.model.base import Model
from stepdsl.model.checks import member_check
from stepdsl.model.definition import DEFINITIONS, Property, flat
from stepdsl.model.docstrings import property_docstring
from stepdsl.model.index import find, members
from stepdsl.model.values import ReadOnlyDict

_NOTHING: Final[Any] = object()


class Place(Protocol):
    """Where an object is opened: an open scope, or the block of a list or map."""

    def keep(self, label: str, made: Any, /) -> None:
        """Take note of what now stands there: a finished object, or the scope of one under construction."""

    def path_to(self, label: str, /) -> str:
        """Return the path of what is about to stand there."""
        ...


class _Way:
    """The way into a new object of one class: all that an opener does once it knows the place and its arguments."""

    __slots__ = ("_builder_class", "check", "cls", "definition")

    def __init__(self, cls: type[Model]) -> None:
        self.cls = cls
        self.definition = DEFINITIONS[cls]
        self.check = member_check(cls)
        self._builder_class: type[Builder[Any]] | None = None

    def builder_class(self) -> type[Builder[Any]]:
        """Return the class of the builders, made on first use: one descriptor a property."""
        if self._builder_class is None:
            body: dict[str, Any] = {"__slots__": (), "__doc__": self.cls.__doc__, "__module__": "stepdsl.dsl.builders"}
            for held in self.definition.properties.values():
                body[held.name] = (_Openable if held.kind.holds_objects else _Plain)(held, self.cls)
            body["extra"] = _Extra()
            self._builder_class = type(f"{flat(self.definition.name)}Builder", (Builder,), body)
        return self._builder_class

    def open(self, parent: Parent | None, place: Place, label: str, given: Any, values: dict[str, Any]) -> Any:
        """Open an object below `parent`, or take a finished one, and put it in its place."""
        if given is _NOTHING or _is_block(given):
            scope = Scope(self.definition, parent, label, values)
            builder = (self._builder_class or self.builder_class())(scope)
            place.keep(label, scope)
            if given is _NOTHING:
                return builder
            run(given, builder, scope.path())
            return builder.built
        if values:
            raise TypeError(f"{place.path_to(label)}: takes a finished object or keywords, not both")
        try:
            finished = self.check(given)
        except Refused as refused:
            raise invalid(place.path_to(label), refused.problems) from None
        place.keep(label, finished)
        return finished

    def build(self, given: Any = _NOTHING, /, **values: Any) -> Any:
        """Open a root: with keywords or without; or run a callback in its block and return what it built."""
        return self.open(None, _NOWHERE, self.definition.name, given, values)


class _Nowhere:
    """The place of roots."""

    def keep(self, label: str, made: Any) -> None:
        """Nothing holds a root."""

    def path_to(self, label: str) -> str:
        """Return the name of the root."""
        return label


_NOWHERE: Final = _Nowhere()


def _is_block(given: Any) -> bool:
    return callable(given) and not isinstance(given, type)


class _Ways(dict[type[Model], _Way]):
    def __missing__(self, cls: type[Model]) -> _Way:
        way = self[cls] = _Way(cls)
        return way


_WAYS: Final = _Ways()


class _WaysTo(dict[Property, _Way]):
    def __missing__(self, held: Property) -> _Way:
        way = self[held] = _WAYS[held.member]
        return way


_way_to: Final = _WaysTo().__getitem__


def root_opener(cls: type[Model]) -> Callable[..., Any]:
    """Return `X.build`."""
    return _WAYS[cls].build


# -- properties ---------------------------------------------------------------------------------------------------


class Opener:
    """An opener that belongs to a property of an open builder; only a call gets past it."""

    __slots__ = ("_at",)
    _at: tuple[Scope, Property]

    def __init__(self, scope: Scope, held: Property) -> None:
        """Take where the property is."""
        _set_at(self, (scope, held))

    def _path(self) -> str:
        scope, held = self._at
        return scope.path_to(held.name)

    def _forgotten(self) -> ScopeError:
        name = self._at[1].name
        return ScopeError(f"{self._path()}: opened by a call; write `with ….{name}() as {name}:`")

    def __enter__(self) -> NoReturn:
        raise self._forgotten()

    def __exit__(self, *_: object) -> None:
        """Stand beside `__enter__`, which always raises."""

    def __bool__(self) -> bool:
        raise no_condition(self._path())

    def __setattr__(self, name: str, value: object) -> None:
        raise self._forgotten()

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        raise self._forgotten()

    def __repr__(self) -> str:
        return f"<opener of {self._path()}>"

    def _open(self, way: _Way, given: Any, values: dict[str, Any]) -> Any:
        scope, held = self._at
        if not scope.open:
            scope.check_open()
        name = held.name
        if name in scope.values or name in scope.parts:
            scope.check_free(name)
        return way.open(scope, scope, name, given, values)


_set_at: Any = Opener.__dict__["_at"].__set__


class ObjectOpener(Opener):
    """`step.polling`: opens the one object of a property."""

    __slots__ = ()

    def __call__(self, given: Any = _NOTHING, /, **values: Any) -> Any:
        """Open the object, or take a finished one."""
        return self._open(_way_to(self._at[1]), given, values)


class UnionOpener(Opener):
    """`button.behavior`: opens one of the kinds of object that a property may hold, or takes a finished one."""

    __slots__ = ()

    def __call__(self, finished: Any = _NOTHING, /) -> Any:
        """Take a finished object."""
        if finished is _NOTHING or _is_block(finished):
            raise ScopeError(f"{self._path()}: say which kind to open, by one of {', '.join(self._members())}")
        return self._open(_way_to(self._at[1]), finished, {})

    def _members(self) -> dict[str, str]:
        return members(self._at[1].member.__qualname__)

    def __dir__(self) -> Iterable[str]:
        return self._members()

    def __getattr__(self, name: str) -> Any:
        """Return the opener of one kind."""
        if name.startswith("__"):
            raise AttributeError(name)
        kinds = self._members()
        if name not in kinds:
            raise UnknownPropertyError(f"{self._path()}.{name}", unknown(name, kinds, "member"))
        cls = find(kinds[name])

        def open_member(given: Any = _NOTHING, /, **values: Any) -> Any:
            return self._open(_WAYS[cls], given, values)

        return open_member


class CollectionOpener(Opener):
    """`step.layout`, `schema.properties`: opens a list or map; opened again, it goes on adding."""

    __slots__ = ()

    def __call__(self, given: Any = _NOTHING, /) -> Any:
        """Open the list or map, or add finished objects to it."""
        scope, held = self._at
        if not scope.open:
            scope.check_open()
        collection: Any = scope.parts.get(held.name)
        if collection is None:
            kind = ListCollection if held.kind is Kind.LIST else MapCollection
            collection = scope.parts[held.name] = kind(scope, held, scope.values.pop(held.name, ()))
        builder = collection_builder_class(held.kind, held.member)(Block(collection))
        if given is _NOTHING:
            return builder
        if _is_block(given):
            run(given, builder, self._path())
        else:
            builder.extend(given)
        return None


# -- members ------------------------------------------------------------------------------------------------------


class _Adder:
    """A member's opener on the builders of lists and maps; the member's class is looked up when it is used."""

    def __init__(self, label: str, documented: str) -> None:
        self._label = label
        self._documented = documented

    @cached_property
    def _way(self) -> _Way:
        return _WAYS[find(self._documented)]

    def _docstring(self) -> str:
        return self._way.cls.__doc__ or ""


class _ListAdder(_Adder):  # `layout.heading`: opens a member of a list
    __doc__: Any = property(_Adder._docstring)

    def __get__(self, builder: Any, owner: type) -> Any:
        """Return the opener on a builder."""
        if builder is None:
            return self
        block: Block = builder._block

        def open_member(given: Any = _NOTHING, /, **values: Any) -> Any:
            block.check_open()
            return self._way.open(block.collection, block, self._label, given, values)

        return open_member


class _MapAdder(_Adder):  # `properties.string`: opens a member of a map; its name comes first
    __doc__: Any = property(_Adder._docstring)

    def __get__(self, builder: Any, owner: type) -> Any:
        """Return the opener on a builder."""
        if builder is None:
            return self
        block: Block = builder._block

        def open_member(name: str, given: Any = _NOTHING, /, **values: Any) -> Any:
            block.check_open()
            return self._way.open(block.collection, block, block.collection.check_name(name), given, values)

        return open_member


# -- classes ------------------------------------------------------------------------------------------------------


class _Plain:
    """A property of a builder that is assigned: `polling.url`."""

    def __init__(self, held: Property, cls: type[Model]) -> None:
        self._held = held
        self._cls = cls

    def __get__(self, builder: Any, owner: type) -> Any:
        if builder is None:
            return self
        scope: Scope = builder._scope
        if self._held.name in scope.values:
            return scope.values[self._held.name]
        if self._held.required:
            raise AttributeError(self._held.name)  # the builder's __getattr__ says more
        return self._held.default

    def _docstring(self) -> str:
        return property_docstring(self._cls, self._held.name)

    __doc__: Any = property(_docstring)  # of the property it stands for


class _Extra:
    """The extra properties of a builder, which are assigned."""

    def __get__(self, builder: Any, owner: type) -> Any:
        return self if builder is None else builder._scope.values.get("extra", ReadOnlyDict())

    def _docstring(self) -> str:
        return property_docstring(Model, "extra")

    __doc__: Any = property(_docstring)


class _Openable(_Plain):  # a property of a builder that is opened: `step.polling`
    __doc__: Any = property(_Plain._docstring)

    def __init__(self, held: Property, cls: type[Model]) -> None:
        super().__init__(held, cls)
        if held.kind is not Kind.OBJECT:
            self._opener: type[Opener] = CollectionOpener
        else:
            self._opener = ObjectOpener if held.union is None else UnionOpener

    def __get__(self, builder: Any, owner: type) -> Any:
        if builder is None:
            return self
        return self._opener(builder._scope, self._held)


def builder_class(cls: type[Model]) -> type[Builder[Any]]:
    """Return the class of a model's builders."""
    return _WAYS[cls].builder_class()


_COLLECTION_BUILDERS: Final[dict[tuple[Kind, type[Model]], type[Any]]] = {}


def collection_builder_class(kind: Kind, member: type[Model]) -> type[Any]:
    """Return the class of the builders of a list or map whose members are of this type or union."""
    made = _COLLECTION_BUILDERS.get((kind, member))
    if made is not None:
        return made
    name = member.__qualname__
    documented = members(name) if member.__stepdsl__.union else {DEFINITIONS[member].adder: name}
    adder, base = (_ListAdder, ListBuilder) if kind is Kind.LIST else (_MapAdder, MapBuilder)
    adders = {label: adder(label, cls) for label, cls in documented.items()}
    body = {"__slots__": (), "__module__": "stepdsl.dsl.builders", "_adders": tuple(adders), **adders}
    word = "List" if kind is Kind.LIST else "Map"
    made = _COLLECTION_BUILDERS[kind, member] = type(f"{flat(name)}{word}Builder", (base,), body)
    return made
