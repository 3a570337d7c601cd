"""What opens a builder: `X.build`, `step.polling`, `layout.heading`, `properties.string`, `button.behavior.link`.

An opener is called with nothing (a block follows), with keywords, with a callback that is run at once, or with a
finished object. The classes of builders come from `stepdsl.dsl.factory`, which gives them to the openers.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final, NoReturn, Protocol

from stepdsl.core.annotations import Kind
from stepdsl.core.build import CONSTRUCTIONS, Construction
from stepdsl.core.converters import Converter, member_converter
from stepdsl.core.fields import Field
from stepdsl.core.messages import ConversionError, unknown
from stepdsl.core.types import find, members
from stepdsl.dsl.builder import Builder, Draft, Parent, run, used_as_condition
from stepdsl.dsl.lists import Block, ListDraft, MapDraft
from stepdsl.errors import ScopeError, UnknownPropertyError

_set = object.__setattr__

NOTHING: Final[Any] = object()
"""The default of an opener's argument: nothing was given."""


class Container(Protocol):
    """What gets a new object: an open draft, or the block of a list or map."""

    def add(self, label: str, made: Any, /) -> None:
        """Store a finished object, or the draft of one under construction."""

    def path_to(self, label: str, /) -> str:
        """Return the path of what is about to be added."""
        ...


class Factory(Protocol):
    """Makes the classes of builders."""

    def builder_class(self, cls: type[Any], /) -> type[Builder[Any]]:
        """Return the class of the builders of a model."""
        ...

    def container_builder_class(self, kind: Kind, member: type[Any], /) -> type[Any]:
        """Return the class of the builders of lists or maps of a model or union."""
        ...

    @property
    def targets(self) -> Mapping[type[Any], Target]:
        """The target of each model class."""
        ...


class Target:
    """A model class as something that can be opened."""

    __slots__ = ("_builder_class", "_factory", "cls", "construction", "convert")

    def __init__(self, cls: type[Any], factory: Factory) -> None:
        """Take the class, and the factory for its builders."""
        self.cls: type[Any] = cls
        self.construction: Construction = CONSTRUCTIONS[cls]
        self.convert: Converter = member_converter(cls)
        self._factory = factory
        self._builder_class: type[Builder[Any]] | None = None

    def open(self, parent: Parent | None, container: Container, label: str, given: Any, values: dict[str, Any]) -> Any:
        """Open an object below `parent`, or take a finished one, and add it to its container."""
        if given is NOTHING or is_block(given):
            draft = Draft(self.construction, parent, label, values)
            if self._builder_class is None:
                self._builder_class = self._factory.builder_class(self.cls)
            builder = self._builder_class(draft)
            container.add(label, draft)
            if given is NOTHING:
                return builder
            run(given, builder, draft.path())
            return builder.built
        if values:
            raise TypeError(f"{container.path_to(label)}: takes a finished object or keywords, not both")
        try:
            finished = self.convert(given)
        except ConversionError as error:
            raise error.as_invalid_value(container.path_to(label)) from None
        container.add(label, finished)
        return finished

    def build(self, given: Any = NOTHING, /, **values: Any) -> Any:
        """Open a root, with keywords or without; or run a callback in its block and return what it built."""
        return self.open(None, _NO_CONTAINER, self.construction.fields.name, given, values)


class _NoContainer:
    """The container of roots."""

    def add(self, label: str, made: Any) -> None:
        """Do nothing: a root has no container."""

    def path_to(self, label: str) -> str:
        """Return the name of the root."""
        return label


_NO_CONTAINER: Final = _NoContainer()


def is_block(given: Any) -> bool:
    """Return whether what an opener was given is a callback."""
    return callable(given) and not isinstance(given, type)


class Opener:
    """Base class of the openers of properties of an open builder. They can only be called."""

    __slots__ = ("_draft", "_factory", "_field")
    _draft: Draft
    _field: Field
    _factory: Factory

    def __init__(self, draft: Draft, field: Field, factory: Factory) -> None:
        """Take the draft and the property that it opens, and the factory for the builders."""
        _set(self, "_draft", draft)
        _set(self, "_field", field)
        _set(self, "_factory", factory)

    def _path(self) -> str:
        return self._draft.path_to(self._field.name)

    def _not_called(self) -> ScopeError:
        name = self._field.name
        return ScopeError(f"{self._path()}: opened by a call; write `with ….{name}() as {name}:`")

    def __enter__(self) -> NoReturn:
        raise self._not_called()

    def __exit__(self, *_: object) -> None:
        """Do nothing; `__enter__` always raises."""

    def __bool__(self) -> bool:
        raise used_as_condition(self._path())

    def __setattr__(self, name: str, value: object) -> None:
        raise self._not_called()

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        raise self._not_called()

    def __repr__(self) -> str:
        return f"<opener of {self._path()}>"

    def _open(self, target: Target, given: Any, values: dict[str, Any]) -> Any:
        draft, name = self._draft, self._field.name
        if not draft.open:
            draft.check_open()
        draft.check_free(name)
        return target.open(draft, draft, name, given, values)


class ObjectOpener(Opener):
    """`step.polling`: opens the one object of a property."""

    __slots__ = ()

    def __call__(self, given: Any = NOTHING, /, **values: Any) -> Any:
        """Open the object, or take a finished one."""
        return self._open(self._factory.targets[self._field.member], given, values)


class UnionOpener(Opener):
    """`button.behavior`: opens an object of one of the types that a property may have, or takes a finished one."""

    __slots__ = ()

    def __call__(self, finished: Any = NOTHING, /) -> Any:
        """Take a finished object."""
        if finished is NOTHING or is_block(finished):
            raise ScopeError(f"{self._path()}: say which kind to open, by one of {', '.join(self._members())}")
        return self._open(self._factory.targets[self._field.member], finished, {})

    def _members(self) -> dict[str, str]:
        return members(self._field.member.__qualname__)

    def __dir__(self) -> Iterable[str]:
        return self._members()

    def __getattr__(self, name: str) -> Any:
        """Return the opener of one type."""
        if name.startswith("__"):
            raise AttributeError(name)
        adders = self._members()
        if name not in adders:
            raise UnknownPropertyError(f"{self._path()}.{name}", unknown(name, adders, "member"))
        target = self._factory.targets[find(adders[name])]

        def open_member(given: Any = NOTHING, /, **values: Any) -> Any:
            return self._open(target, given, values)

        return open_member


class ContainerOpener(Opener):
    """`step.layout`, `schema.properties`: opens a list or map. Opened again, it goes on adding."""

    __slots__ = ()

    def __call__(self, given: Any = NOTHING, /) -> Any:
        """Open the list or map, or add finished objects to it."""
        draft, field = self._draft, self._field
        if not draft.open:
            draft.check_open()
        container: Any = draft.parts.get(field.name)
        if container is None:
            kind = ListDraft if field.kind is Kind.LIST else MapDraft
            container = draft.parts[field.name] = kind(draft, field, draft.values.pop(field.name, ()))
        builder = self._factory.container_builder_class(field.kind, field.member)(Block(container))
        if given is NOTHING:
            return builder
        if is_block(given):
            run(given, builder, self._path())
        else:
            builder.extend(given)
        return None
