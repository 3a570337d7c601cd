"""Makes the classes of builders and openers from the fields of the models, each when it is first used.

`stepdsl.model.declarations`, a generated stub, declares the same classes for type checkers.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from inspect import Signature, cleandoc
from typing import Any, Final

from stepdsl.core import catalog
from stepdsl.core.annotations import Kind
from stepdsl.core.build import CONSTRUCTIONS
from stepdsl.core.converters import member_converter
from stepdsl.core.docstrings import field_docstring
from stepdsl.core.fields import FIELDS, Field, undotted
from stepdsl.core.json import EMPTY
from stepdsl.core.model import Model
from stepdsl.core.types import find
from stepdsl.dsl.builder import Builder
from stepdsl.dsl.hints import adders_of
from stepdsl.dsl.lists import ListBuilder, MapBuilder
from stepdsl.dsl.openers import (
    Adder,
    ContainerOpener,
    ObjectOpener,
    Opener,
    UnionOpener,
    list_adder,
    map_adder,
    object_opener,
    opener_of,
    root_opener_of,
)
from stepdsl.dsl.signatures import OF_LIST_ADDER, OF_MAP_ADDER, OF_OPENER, OpenerSignature

__all__ = ["builder_type", "root_opener"]

_MODULE = "stepdsl.dsl.builders"


def root_opener(cls: type[Model]) -> Callable[..., Any]:
    """Return `X.build` of a model class X."""
    build = _described(
        root_opener_of(BUILDERS[cls]), f"{cls.__qualname__}.build", cls, OpenerSignature(OF_OPENER, cls=cls)
    )
    build.__module__ = cls.__module__
    return build


def builder_type(name: str) -> Any:
    """Return the class of builders or of openers with a name, `StepBuilder` or `StepOpener`; raise AttributeError."""
    base = _BASES.get(name)
    if base is not None:
        return base
    if name not in catalog.BUILDERS:
        raise AttributeError(f"there is no builder {name!r}")
    of_openers = name.endswith("Opener")
    wanted = name.removesuffix("Opener" if of_openers else "Builder")
    documented = {undotted(one): one for one in (*catalog.TYPES, *catalog.UNIONS)}
    if wanted in documented:
        return (OBJECT_OPENERS if of_openers else BUILDERS)[find(documented[wanted])]
    if wanted.endswith("Union"):
        return UNION_OPENERS[find(documented[wanted.removesuffix("Union")])]
    kind, suffix = (Kind.LIST, "List") if wanted.endswith("List") else (Kind.MAP, "Map")
    member = find(documented[wanted.removesuffix(suffix)])
    return (CONTAINER_OPENERS if of_openers else CONTAINER_BUILDERS)[kind, member]


_BASES: Final[Mapping[str, type[Any]]] = {"Builder": Builder, "ListBuilder": ListBuilder, "MapBuilder": MapBuilder}


class _MadeOnce(dict[Any, Any]):
    """Classes that are made when they are first looked up. All threads get the same one."""

    def __init__(self, make: Callable[..., Any]) -> None:
        super().__init__()
        self._make = make

    def __missing__(self, key: Any) -> Any:
        return self.setdefault(key, self._make(key))


# -- builders of objects ------------------------------------------------------------------------------------------


def _builder(cls: type[Model]) -> type[Builder[Any]]:
    construction = CONSTRUCTIONS[cls]
    fields = construction.fields
    body: dict[str, Any] = {
        "__slots__": (),
        "__doc__": cls.__doc__,
        "__module__": _MODULE,
        "_construction": construction,
        "extra": _Extra(),
    }
    for field in fields.by_name.values():
        body[field.name] = (_Opened if field.kind.is_object else _Assigned)(field, cls)
    return type(f"{undotted(fields.name)}Builder", (Builder,), body)


class _Assigned:
    """A property of a builder that is assigned: `polling.url`."""

    def __init__(self, field: Field, cls: type[Model]) -> None:
        self._field = field
        self._cls = cls

    def __get__(self, builder: Any, owner: type) -> Any:
        if builder is None:
            return self
        values = builder._draft.values
        if self._field.name in values:
            return values[self._field.name]
        if self._field.required:
            raise AttributeError(self._field.name)  # the builder's __getattr__ raises the error with the details
        return self._field.default

    def __repr__(self) -> str:
        return f"<property {self._field.name} of {self._cls.__qualname__}>"

    def _docstring(self) -> str:
        return field_docstring(self._cls, self._field.name)

    __doc__: Any = property(_docstring)


class _Opened(_Assigned):  # a property of a builder that is opened: `step.polling`
    __doc__: Any = property(_Assigned._docstring)

    def __init__(self, field: Field, cls: type[Model]) -> None:
        super().__init__(field, cls)
        self._opener: type[Opener] | None = None

    def __get__(self, builder: Any, owner: type) -> Any:
        if builder is None:
            return self
        opener = self._opener
        if opener is None:
            opener = self._opener = _opener_class(self._field)
        return opener_of(opener, builder._draft, self._field)


class _Extra:
    """The extra properties of a builder, which are assigned."""

    def __get__(self, builder: Any, owner: type) -> Any:
        return self if builder is None else builder._draft.values.get("extra", EMPTY)

    def _docstring(self) -> str:
        return field_docstring(Model, "extra")

    __doc__: Any = property(_docstring)


BUILDERS: Final = _MadeOnce(_builder)
"""The class of the builders of each model class."""


# -- builders of lists and maps -----------------------------------------------------------------------------------


def _container_builder(of: tuple[Kind, type[Any]]) -> type[Any]:
    kind, member = of
    adders = adders_of(member)
    in_list = kind is Kind.LIST
    base: type[Any] = ListBuilder if in_list else MapBuilder
    name = f"{undotted(member.__qualname__)}{'List' if in_list else 'Map'}Builder"
    way = f"{'' if in_list else ', the name first'}: by one of the adders, `add` or `extend`."
    body: dict[str, Any] = {
        "__slots__": (),
        "__doc__": f"Adds to a {'list' if in_list else 'map'} of {member.__qualname__}{way}",
        "__module__": _MODULE,
        "_adders": tuple(adders),
        "_convert": staticmethod(member_converter(member)),
        "_kind": kind,
        "_member": member,
        **{label: Adder(label, _adder(kind, label, cls, name)) for label, cls in adders.items()},
    }
    return type(name, (base,), body)


def _adder(kind: Kind, label: str, documented: str, owner: str) -> Callable[[], Any]:
    def make() -> Any:
        cls = find(documented)
        method: Any = (list_adder if kind is Kind.LIST else map_adder)(BUILDERS[cls], label)
        signature = OpenerSignature(OF_LIST_ADDER if kind is Kind.LIST else OF_MAP_ADDER, cls=cls)
        return _described(method, f"{owner}.{label}", cls, signature)

    return make


def _described(function: Callable[..., Any], name: str, cls: type[Any], signature: Signature) -> Callable[..., Any]:
    """Give a function the name, docstring and signature of what opens an object of a class."""
    function.__name__ = name.rpartition(".")[2]
    function.__qualname__ = name
    function.__module__ = _MODULE
    function.__doc__ = _opener_docstring(cls)
    vars(function)["__signature__"] = signature
    return function


def _opener_docstring(cls: type[Model]) -> str:
    """Return what an opener opens, and which properties it takes."""
    return f"{cleandoc(cls.__doc__ or '')}\n\nProperties: {', '.join(FIELDS[cls].by_name)}, extra."


CONTAINER_BUILDERS: Final = _MadeOnce(_container_builder)
"""The class of the builders of the lists or maps of each model class or union."""


# -- openers ------------------------------------------------------------------------------------------------------


def _opener_class(field: Field) -> type[Opener]:
    """Return the class of the openers of a property."""
    if field.kind is not Kind.OBJECT:
        found = CONTAINER_OPENERS[field.kind, field.member]
    else:
        found = (OBJECT_OPENERS if field.union is None else UNION_OPENERS)[field.member]
    opener: type[Opener] = found
    return opener


def _object_opener(cls: type[Model]) -> type[ObjectOpener]:
    name = f"{undotted(cls.__qualname__)}Opener"
    body = {
        "__slots__": (),
        "__doc__": _opener_docstring(cls),
        "__module__": _MODULE,
        "_cls": cls,
        "__call__": object_opener(BUILDERS[cls]),
    }
    return type(name, (ObjectOpener,), body)


def _union_opener(union: type[Model]) -> type[UnionOpener]:
    body: dict[str, Any] = {
        "__slots__": (),
        "__doc__": f"Opens one of the kinds of {union.__qualname__}.",
        "__module__": _MODULE,
        **{adder: _Choice(documented) for adder, documented in adders_of(union).items()},
    }
    return type(f"{undotted(union.__qualname__)}UnionOpener", (UnionOpener,), body)


class _Choice(property):
    """A type of a union, as a property of the union's opener: `behavior.link`."""

    def __init__(self, documented: str) -> None:
        def opener(union: Any) -> Any:
            return opener_of(OBJECT_OPENERS[find(documented)], union._owner, union._field)

        super().__init__(opener)
        self._documented = documented

    def _docstring(self) -> str:
        return _opener_docstring(find(self._documented))

    def _ignore(self, _: object) -> None:
        """Ignore the docstring that `property` sets in an object of a subclass."""

    __doc__: Any = property(_docstring, _ignore)


def _container_opener(of: tuple[Kind, type[Any]]) -> type[ContainerOpener]:
    builder = CONTAINER_BUILDERS[of]
    name = f"{builder.__name__.removesuffix('Builder')}Opener"
    body = {"__slots__": (), "__doc__": builder.__doc__, "__module__": _MODULE, "_builder": builder}
    return type(name, (ContainerOpener,), body)


OBJECT_OPENERS: Final = _MadeOnce(_object_opener)
"""The class of the openers of each model class."""
UNION_OPENERS: Final = _MadeOnce(_union_opener)
"""The class of the openers of each union."""
CONTAINER_OPENERS: Final = _MadeOnce(_container_opener)
"""The class of the openers of the lists or maps of each model class or union."""
