"""The builders of lists and maps, as authors see them. A builder is one opening of the list or map."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, Any, ClassVar, Generic, Self, TypeVar

from stepdsl.core.annotations import Kind
from stepdsl.core.converters import check_listable
from stepdsl.core.messages import ConversionError, Problems, show
from stepdsl.dsl import hints
from stepdsl.dsl.blocks import Block, ListBlock, MapBlock
from stepdsl.dsl.builder import Opened, run
from stepdsl.errors import InvalidValueError, ScopeError, UnknownPropertyError

__all__ = ["ContainerBuilder", "ListBuilder", "MapBuilder"]

M = TypeVar("M")


class ContainerBuilder(Opened):
    """Base class of the builders of lists and maps."""

    __slots__ = ()
    _draft: Any
    _block: ClassVar[type[Block]]
    """The class of the drafts."""
    _kind: ClassVar[Kind]
    _member: ClassVar[type[Any]]
    """The class or union of the members."""
    _convert: ClassVar[Any]
    """Converts a member."""
    _adders: ClassVar[tuple[str, ...]]

    def __enter__(self) -> Self:
        """Begin the block; raise ScopeError if it has ended already."""
        self._draft.check_open()
        return self

    def __call__(self, block: Callable[[Self], object], /) -> None:
        """Run a callback in the block: `@step.layout()`.

        Raises ScopeError for a callback that is async, a generator, or that returns something.
        """
        run(block, self)

    def _converted(self, members: Iterable[tuple[Any, Any]]) -> dict[Any, Any]:
        """Return the members by their numbers or names; raise ConversionError if the container cannot have one."""
        converted: dict[Any, Any] = {}
        problems = Problems()
        for key, member in members:
            try:
                converted[key] = self._convert(member)
            except ConversionError as error:
                problems.add_below((key,), error)
        if problems:
            raise ConversionError(problems)
        return converted

    def __repr__(self) -> str:
        return f"<{type(self).__name__} at {self._draft.path()}, {self._draft.length()} so far>"

    if not TYPE_CHECKING:  # checkers read the declarations; with these methods they would accept any name

        def __setattr__(self, name, value):
            """Refuse assignment: members are added by calls."""
            raise ScopeError(f"{self._draft.path()}.{name}: {hints.assigned_member(self._kind, self._adders, name)}")

        def __setitem__(self, key, value):
            """Refuse assignment: members are added by calls."""
            reason = hints.assigned_member(self._kind, (), key)
            raise ScopeError(f"{self._draft.path()}[{show(key)}]: {reason}")

        def __getattr__(self, name):
            """Refuse a name that no member has."""
            if name.startswith("_"):
                raise AttributeError(f"{type(self).__name__!r} object has no attribute {name!r}")
            raise UnknownPropertyError(f"{self._draft.path()}.{name}", hints.unknown_member(self._member, name))


class ListBuilder(ContainerBuilder, Generic[M]):
    """Adds to a list: by its adders, by `add` or by `extend`."""

    __slots__ = ()
    _block = ListBlock

    def add(self, finished: M, /) -> None:
        """Add a finished object; raise InvalidValueError if the list cannot have it."""
        self.extend((finished,))

    def extend(self, finished: Iterable[M], /) -> None:
        """Add finished objects, all or none; raise InvalidValueError if the list cannot have one of them."""
        block: ListBlock = self._draft
        block.check_open()
        try:
            check_listable(finished)
        except ConversionError as error:
            raise error.as_invalid_value(block.path()) from None
        try:
            checked = self._converted(enumerate(finished, block.length()))
        except ConversionError as error:
            raise error.as_invalid_value(block.path()) from None
        for member in checked.values():
            block.add("", member)


class MapBuilder(ContainerBuilder, Generic[M]):
    """Adds to a map, the name first: by its adders, by `add` or by `extend`.

    `"iban" in properties` returns whether the map has a member with a name.
    """

    __slots__ = ()
    _block = MapBlock

    def __contains__(self, name: object, /) -> bool:
        """Return whether the map has a member with this name."""
        return name in self._draft.entries

    def add(self, name: str, finished: M, /) -> None:
        """Add a finished object; raise InvalidValueError if the map cannot have it, ScopeError for a name in use."""
        self.extend({name: finished})

    def extend(self, finished: Mapping[str, M], /) -> None:
        """Add finished objects under their names, all or none.

        Raises InvalidValueError if the map cannot have one of them, ScopeError for a name in use.
        """
        block: MapBlock = self._draft
        block.check_open()
        if not isinstance(finished, Mapping):  # pyright: ignore[reportUnnecessaryIsInstance]  # not every caller is checked
            raise InvalidValueError(block.path(), f"expected a mapping, got {show(finished)}")
        try:
            checked = self._converted((block.check_name(name), member) for name, member in finished.items())
        except ConversionError as error:
            raise error.as_invalid_value(block.path()) from None
        for key, member in checked.items():
            block.add(key, member)
