"""The builders of lists and maps: what `with step.layout() as layout` binds."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from types import TracebackType
from typing import TYPE_CHECKING, Any, ClassVar, Generic, Self, TypeVar

from stepdsl.dsl.builder import no_condition
from stepdsl.dsl.scope import Scope, Told
from stepdsl.errors import (
    InvalidValueError,
    Problem,
    Refused,
    ScopeError,
    UnknownPropertyError,
    dotted,
    invalid,
    unknown,
    within,
)
from stepdsl.model.checks import is_listable, member_check
from stepdsl.model.definition import Property
from stepdsl.model.values import ReadOnlyDict, check_string, show

if TYPE_CHECKING:
    from stepdsl.model.base import Model

M = TypeVar("M")


class Collection:
    """A list or map under construction; all blocks that are opened on it add to the same entries."""

    __slots__ = ("check", "depth", "entries", "name", "open", "owner")

    entries: dict[Any, Any]
    """Finished objects and scopes: a list's under running numbers, a map's under their names."""

    def __init__(self, owner: Scope, held: Property, start: Any) -> None:
        """Begin with what was assigned before, if anything."""
        self.owner: Scope = owner
        self.name: str = held.name
        self.check: Callable[[Any], Any] = member_check(held.member)
        self.depth: int = owner.depth
        self.open: bool = True
        self.entries = dict(start) if isinstance(start, dict) else dict(enumerate(start))  # pyright: ignore[reportUnknownArgumentType]  # checked entries

    def path(self) -> str:
        """Return where the list or map stands: `Step.layout`."""
        return self.owner.path_to(self.name)

    def drop(self, part: object) -> None:
        """Forget an entry that an exception left unfinished."""
        place = next((place for place in reversed(self.entries) if self.entries[place] is part), None)
        self.entries.pop(place, None)

    def abandon(self) -> None:
        """Make all builders below it unusable, unless they are finished."""
        self.open = False
        for entry in self.entries.values():
            if isinstance(entry, Scope):
                entry.abandon()


class ListCollection(Collection):
    """A list under construction."""

    __slots__ = ()

    def keep(self, _: str, entry: Scope | Model) -> None:
        """Put an entry at the end."""
        self.entries[next(reversed(self.entries), -1) + 1] = entry

    def path_of(self, part: Scope, label: str) -> str:
        """Return the path of an entry: `Step.layout[1].heading`."""
        place = next((i for i, entry in enumerate(self.entries.values()) if entry is part), len(self.entries))
        return f"{self.path()}[{place}].{label}"

    def path_to(self, label: str) -> str:
        """Return the path of an entry that is about to be added."""
        return f"{self.path()}[{len(self.entries)}].{label}"

    def close(self, problems: Told) -> tuple[Any, ...]:
        """Finish all entries and return them."""
        self.open = False
        return tuple([e.close(problems) if e.__class__ is Scope else e for e in self.entries.values()])


class MapCollection(Collection):
    """A map under construction."""

    __slots__ = ()

    def keep(self, name: str, entry: Scope | Model) -> None:
        """Put an entry under a name that is free."""
        self.entries[name] = entry

    def path_of(self, part: Scope, label: str) -> str:
        """Return the path of an entry: `ObjectSchema.properties.iban`."""
        return self.path_to(label)

    def path_to(self, name: str) -> str:
        """Return the path of a name."""
        return dotted((name,), self.path())

    def check_name(self, name: object) -> str:
        """Return a name that is free; raise InvalidValueError for one that is no string, ScopeError for a taken one."""
        try:
            checked = check_string(name)
        except Refused as refused:
            raise invalid(self.path(), [((), f"the name of a member: {refused.problems[0][1]}")]) from None
        if checked in self.entries:
            raise ScopeError(f"{self.path_to(checked)}: already given")
        return checked

    def close(self, problems: Told) -> Mapping[str, Any]:
        """Finish all entries and return them."""
        self.open = False
        entries = self.entries.items()
        return ReadOnlyDict({name: e.close(problems) if e.__class__ is Scope else e for name, e in entries})


class Block:
    """One opening of a list or map: what was added in it, so that it can be taken away again."""

    __slots__ = ("added", "collection", "left")

    def __init__(self, collection: Any) -> None:
        """Open the list or map."""
        self.collection: Any = collection
        self.added: list[Any] = []
        self.left: bool = False

    def check_open(self) -> None:
        """Raise ScopeError if the block was left already."""
        if self.left or not self.collection.open:
            raise ScopeError(f"{self.collection.path()}: used after its block has ended")

    def keep(self, label: str, entry: Scope | Model) -> None:
        """Add an entry, finished or under construction."""
        self.collection.keep(label, entry)
        self.added.append(entry)

    def path_to(self, label: str) -> str:
        """Return the path of an entry that is about to be added."""
        path: str = self.collection.path_to(label)
        return path

    def finish(self) -> None:
        """End the block: finish what it has added; raise InvalidValueError with everything that is missing."""
        problems: Told = []
        for entry in self.added:
            if entry.__class__ is Scope:
                entry.close(problems)
        self.left = True
        if problems:
            self.roll_back()
            raise InvalidValueError(*problems[0], *problems[1:])

    def roll_back(self) -> None:
        """End the block: take away what it has added."""
        self.left = True
        for entry in reversed(self.added):
            self.collection.drop(entry)
            if isinstance(entry, Scope):
                entry.abandon()


class CollectionBuilder:
    """What the builders of lists and maps have in common: a block that can be rolled back."""

    __slots__ = ("_block",)
    _adders: ClassVar[tuple[str, ...]]
    _block: Block

    def __init__(self, block: Block) -> None:
        """Not for authors: these builders come from the openers of others."""
        _set_block(self, block)

    def __enter__(self) -> Self:
        """Begin the block; raise ScopeError if it has ended already."""
        self._block.check_open()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None, /
    ) -> None:
        """End the block: finish what it has added, or take all of that away behind an exception.

        Raises InvalidValueError with everything that is required and missing.
        """
        if kind is None:
            self._block.finish()
        else:
            self._block.roll_back()

    def __bool__(self) -> bool:
        raise no_condition(self._block.collection.path())

    def __repr__(self) -> str:
        collection = self._block.collection
        return f"<{type(self).__name__} at {collection.path()}, {len(collection.entries)} so far>"

    if not TYPE_CHECKING:  # checkers read the declarations; seeing these they would accept any name

        def __setattr__(self, name, value):
            """Refuse assignment: members are added by calls."""
            raise ScopeError(f"{self._block.collection.path()}.{name}: members are added by a call, {name}(…)")

        def __getattr__(self, name):
            """Refuse a name that no member has."""
            if name.startswith("__"):
                raise AttributeError(name)
            path = f"{self._block.collection.path()}.{name}"
            raise UnknownPropertyError(path, unknown(name, self._adders, "member"))


_set_block: Any = CollectionBuilder.__dict__["_block"].__set__


class ListBuilder(CollectionBuilder, Generic[M]):
    """Adds to a list: by its adders, by `add` or by `extend`."""

    __slots__ = ()

    def add(self, finished: M, /) -> None:
        """Add a finished object; raise InvalidValueError if it is none of this list."""
        self.extend((finished,))

    def extend(self, finished: Iterable[M], /) -> None:
        """Add finished objects, all or none; raise InvalidValueError if one is none of this list."""
        self._block.check_open()
        collection: ListCollection = self._block.collection
        if not is_listable(finished):
            raise InvalidValueError(collection.path(), f"expected a list, got {show(finished)}")
        checked: list[Any] = []
        problems: list[Problem] = []
        for place, entry in enumerate(finished, len(collection.entries)):
            try:
                checked.append(collection.check(entry))
            except Refused as refused:
                problems += within(place, refused)
        if problems:
            raise invalid(collection.path(), problems)
        for entry in checked:
            self._block.keep("", entry)


class MapBuilder(CollectionBuilder, Generic[M]):
    """Adds to a map, the name first: by its adders, by `add` or by `extend`."""

    __slots__ = ()

    def add(self, name: str, finished: M, /) -> None:
        """Add a finished object; raise InvalidValueError if it is none of this map, ScopeError for a name in use."""
        self.extend({name: finished})

    def extend(self, finished: Mapping[str, M], /) -> None:
        """Add finished objects under their names, all or none.

        Raises InvalidValueError if one is none of this map, ScopeError for a name in use.
        """
        self._block.check_open()
        collection: MapCollection = self._block.collection
        if not isinstance(finished, Mapping):  # pyright: ignore[reportUnnecessaryIsInstance]  # not every caller is checked
            raise InvalidValueError(collection.path(), f"expected a mapping, got {show(finished)}")
        checked: dict[str, Any] = {}
        problems: list[Problem] = []
        for name, entry in finished.items():
            key = collection.check_name(name)
            try:
                checked[key] = collection.check(entry)
            except Refused as refused:
                problems += within(key, refused)
        if problems:
            raise invalid(collection.path(), problems)
        for key, entry in checked.items():
            self._block.keep(key, entry)
