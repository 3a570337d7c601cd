"""The builders of lists and maps, and the drafts behind them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from types import TracebackType
from typing import TYPE_CHECKING, Any, ClassVar, Generic, Self, TypeVar

from stepdsl.core.converters import check_listable, member_converter
from stepdsl.core.fields import Field
from stepdsl.core.json import convert_string, frozen_dict
from stepdsl.core.messages import ConversionError, Problem, dotted, show, unknown
from stepdsl.dsl.builder import Draft, Problems, used_as_condition
from stepdsl.errors import InvalidValueError, ScopeError, UnknownPropertyError

M = TypeVar("M")


class ContainerDraft:
    """A list or map under construction; all its blocks add to the same entries."""

    __slots__ = ("convert", "depth", "entries", "name", "open", "owner")

    entries: dict[Any, Any]
    """Finished objects and drafts: in a list under running numbers, in a map under their names."""

    def __init__(self, owner: Draft, field: Field, start: Any) -> None:
        """Begin with what was assigned before, if anything."""
        self.owner: Draft = owner
        self.name: str = field.name
        self.convert: Callable[[Any], Any] = member_converter(field.member)
        self.depth: int = owner.depth
        self.open: bool = True
        self.entries = dict(start) if isinstance(start, dict) else dict(enumerate(start))  # pyright: ignore[reportUnknownArgumentType]  # checked entries

    def path(self) -> str:
        """Return the path of the list or map: `Step.layout`."""
        return self.owner.path_to(self.name)

    def drop(self, part: object) -> None:
        """Forget an entry that was not finished because of an exception."""
        key = next((key for key in reversed(self.entries) if self.entries[key] is part), None)
        self.entries.pop(key, None)

    def abandon(self) -> None:
        """Make all builders below it unusable, unless they are finished."""
        self.open = False
        for entry in self.entries.values():
            if isinstance(entry, Draft):
                entry.abandon()


class ListDraft(ContainerDraft):
    """A list under construction."""

    __slots__ = ()

    def add(self, _: str, entry: Any) -> None:
        """Put an entry at the end."""
        self.entries[next(reversed(self.entries), -1) + 1] = entry

    def path_of(self, part: Draft, label: str) -> str:
        """Return the path of an entry: `Step.layout[1].heading`."""
        position = next((i for i, entry in enumerate(self.entries.values()) if entry is part), len(self.entries))
        return f"{self.path()}[{position}].{label}"

    def path_to(self, label: str) -> str:
        """Return the path of an entry that is about to be added."""
        return f"{self.path()}[{len(self.entries)}].{label}"

    def finish(self, problems: Problems) -> tuple[Any, ...]:
        """Finish all entries and return them."""
        self.open = False
        return tuple([e.finish(problems) if e.__class__ is Draft else e for e in self.entries.values()])


class MapDraft(ContainerDraft):
    """A map under construction."""

    __slots__ = ()

    def add(self, name: str, entry: Any) -> None:
        """Put an entry under a name that is free."""
        self.entries[name] = entry

    def path_of(self, part: Draft, label: str) -> str:
        """Return the path of an entry: `ObjectSchema.properties.iban`."""
        return self.path_to(label)

    def path_to(self, name: str) -> str:
        """Return the path of a name."""
        return dotted((name,), self.path())

    def check_name(self, name: object) -> str:
        """Return a name that is free; raise InvalidValueError for one that is no string, ScopeError for a taken one."""
        try:
            checked = convert_string(name)
        except ConversionError as error:
            reason = f"the name of a member: {error.problems[0][1]}"
            raise InvalidValueError(self.path(), reason) from None
        if checked in self.entries:
            raise ScopeError(f"{self.path_to(checked)}: already given")
        return checked

    def finish(self, problems: Problems) -> Mapping[str, Any]:
        """Finish all entries and return them."""
        self.open = False
        entries = self.entries.items()
        return frozen_dict({name: e.finish(problems) if e.__class__ is Draft else e for name, e in entries})


class Block:
    """One opening of a list or map, with what was added in it, so that it can be removed again."""

    __slots__ = ("added", "container", "left")

    def __init__(self, container: Any) -> None:
        """Open the list or map."""
        self.container: Any = container
        self.added: list[Any] = []
        self.left: bool = False

    def check_open(self) -> None:
        """Raise ScopeError if the block has ended."""
        if self.left or not self.container.open:
            raise ScopeError(f"{self.container.path()}: used after its block has ended")

    def add(self, label: str, entry: Any) -> None:
        """Add an entry, finished or under construction."""
        self.container.add(label, entry)
        self.added.append(entry)

    def path_to(self, label: str) -> str:
        """Return the path of an entry that is about to be added."""
        path: str = self.container.path_to(label)
        return path

    def finish(self) -> None:
        """End the block: finish what it has added; raise InvalidValueError with everything that is missing."""
        problems: Problems = []
        for entry in self.added:
            if entry.__class__ is Draft:
                entry.finish(problems)
        self.left = True
        if problems:
            self.roll_back()
            raise InvalidValueError(*problems[0], *problems[1:])

    def roll_back(self) -> None:
        """End the block: remove what it has added."""
        self.left = True
        for entry in reversed(self.added):
            self.container.drop(entry)
            if isinstance(entry, Draft):
                entry.abandon()


class ContainerBuilder:
    """Base class of the builders of lists and maps."""

    __slots__ = ("_block",)
    _adders: ClassVar[tuple[str, ...]]
    _block: Block

    def __init__(self, draft: Block) -> None:
        """Not for authors: these builders come from the openers of other builders."""
        _set_block(self, draft)

    def __enter__(self) -> Self:
        """Begin the block; raise ScopeError if it has ended already."""
        self._block.check_open()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None, /
    ) -> None:
        """End the block: finish what it has added, or remove all of that if there is an exception.

        Raises InvalidValueError with everything that is required and missing.
        """
        if kind is None:
            self._block.finish()
        else:
            self._block.roll_back()

    def __bool__(self) -> bool:
        raise used_as_condition(self._block.container.path())

    def __repr__(self) -> str:
        container = self._block.container
        return f"<{type(self).__name__} at {container.path()}, {len(container.entries)} so far>"

    if not TYPE_CHECKING:  # checkers read the declarations; with these methods they would accept any name

        def __setattr__(self, name, value):
            """Refuse assignment: members are added by calls."""
            raise ScopeError(f"{self._block.container.path()}.{name}: members are added by a call, {name}(…)")

        def __getattr__(self, name):
            """Refuse a name that no member has."""
            if name.startswith("__"):
                raise AttributeError(name)
            path = f"{self._block.container.path()}.{name}"
            raise UnknownPropertyError(path, unknown(name, self._adders, "member"))


_set_block: Any = ContainerBuilder.__dict__["_block"].__set__


class ListBuilder(ContainerBuilder, Generic[M]):
    """Adds to a list: by its adders, by `add` or by `extend`."""

    __slots__ = ()

    def add(self, finished: M, /) -> None:
        """Add a finished object; raise InvalidValueError if the list cannot have it."""
        self.extend((finished,))

    def extend(self, finished: Iterable[M], /) -> None:
        """Add finished objects, all or none; raise InvalidValueError if the list cannot have one of them."""
        self._block.check_open()
        container: ListDraft = self._block.container
        try:
            check_listable(finished)
        except ConversionError as error:
            raise error.as_invalid_value(container.path()) from None
        checked: list[Any] = []
        problems: list[Problem] = []
        for position, entry in enumerate(finished, len(container.entries)):
            try:
                checked.append(container.convert(entry))
            except ConversionError as error:
                problems += error.below(position)
        if problems:
            raise ConversionError(problems).as_invalid_value(container.path())
        for entry in checked:
            self._block.add("", entry)


class MapBuilder(ContainerBuilder, Generic[M]):
    """Adds to a map, the name first: by its adders, by `add` or by `extend`."""

    __slots__ = ()

    def add(self, name: str, finished: M, /) -> None:
        """Add a finished object; raise InvalidValueError if the map cannot have it, ScopeError for a name in use."""
        self.extend({name: finished})

    def extend(self, finished: Mapping[str, M], /) -> None:
        """Add finished objects under their names, all or none.

        Raises InvalidValueError if the map cannot have one of them, ScopeError for a name in use.
        """
        self._block.check_open()
        container: MapDraft = self._block.container
        if not isinstance(finished, Mapping):  # pyright: ignore[reportUnnecessaryIsInstance]  # not every caller is checked
            raise InvalidValueError(container.path(), f"expected a mapping, got {show(finished)}")
        checked: dict[str, Any] = {}
        problems: list[Problem] = []
        for name, entry in finished.items():
            key = container.check_name(name)
            try:
                checked[key] = container.convert(entry)
            except ConversionError as error:
                problems += error.below(key)
        if problems:
            raise ConversionError(problems).as_invalid_value(container.path())
        for key, entry in checked.items():
            self._block.add(key, entry)
