"""Lists and maps under construction: their members, and the blocks that add to them."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, ClassVar, Final

from stepdsl.core.json import convert_string, frozen_dict
from stepdsl.core.messages import ConversionError, Path, Problems, dotted
from stepdsl.dsl.drafts import Draft, ObjectDraft, Part, abandon_all, parts_of
from stepdsl.errors import InvalidValueError, ScopeError

__all__ = ["Block", "ListBlock", "ListMembers", "MapBlock", "MapMembers", "Members"]

REMOVED: Final[Any] = object()
"""What a list has in the place of a member that was removed, so that the numbers of the other members stay valid."""


class Members(Part):
    """The members of a list or map under construction. All its blocks add to them."""

    __slots__ = ("entries", "open", "openings", "unfinished")

    def __init__(self, entries: Any) -> None:
        """Begin with what was assigned before, if anything."""
        self.entries: Any = entries
        """Finished objects and drafts, in a list or in a dict."""
        self.open: bool = True
        """Whether members can be added: the object that has the list or map is not finished."""
        self.openings: int = 0
        """How many blocks have opened it, without those that an exception has ended."""
        self.unfinished: int = 0
        """How many of these blocks have not ended."""

    def finish(self) -> Any:
        """Return the finished members; raise ConversionError with all that is missing in them."""
        self.open = False
        if self.unfinished:
            self.finish_each(self.keys())
        return self.finished()

    def finish_each(self, keys: Iterable[Any]) -> None:
        """Replace drafts by what they become; raise ConversionError with all that is missing in them.

        After that no draft refers to itself, so that all of them are freed as soon as no builder of them is used.
        """
        entries = self.entries
        problems = Problems()
        for key in keys:
            entry = entries[key]
            if type(entry) is ObjectDraft:
                try:
                    entries[key] = entry.finish()
                except ConversionError as error:
                    problems.add_below(self.path_below(key, entry.label), error)
        if problems:
            raise ConversionError(problems)

    def abandon(self) -> None:
        """Make the builders of the list or map unusable, unless they are finished."""
        self.open = False
        abandon_all(self.values())

    def parts(self) -> Iterator[Any]:
        """Return what was given or built so far, at any depth."""
        return parts_of(self.values())

    def keys(self) -> Iterable[Any]:
        """Return the numbers or names of the members."""
        raise NotImplementedError

    def values(self) -> Iterable[Any]:
        """Return the members."""
        raise NotImplementedError

    def finished(self) -> Any:
        """Return the members as a model has them."""
        raise NotImplementedError

    def path_below(self, key: Any, label: str) -> Path:
        """Return the path of a member, below the list or map."""
        raise NotImplementedError


class ListMembers(Members):
    """The members of a list under construction."""

    __slots__ = ("removed",)
    entries: list[Any]

    def __init__(self, entries: Iterable[Any] = ()) -> None:
        """Begin with what was assigned before, if anything."""
        super().__init__([*entries])
        self.removed: list[int] = []
        """The numbers of the members that were removed, in order. `REMOVED` is in their place."""

    def keys(self) -> Iterable[int]:
        """Return the numbers of the members."""
        return range(len(self.entries))

    def values(self) -> Iterable[Any]:
        """Return the members, and `REMOVED` for those that were removed."""
        return self.entries

    def finished(self) -> tuple[Any, ...]:
        """Return the members as a model has them."""
        if not self.removed:
            return tuple(self.entries)
        return tuple([entry for entry in self.entries if entry is not REMOVED])

    def path_below(self, key: int, label: str) -> Path:
        """Return the path of the member with a number, below the list."""
        return (key - bisect_left(self.removed, key), label)


class MapMembers(Members):
    """The members of a map under construction."""

    __slots__ = ()
    entries: dict[str, Any]

    def __init__(self, entries: Mapping[str, Any] | None = None) -> None:
        """Begin with what was assigned before, if anything."""
        super().__init__({**(entries or {})})

    def keys(self) -> Iterable[str]:
        """Return the names of the members."""
        return self.entries

    def values(self) -> Iterable[Any]:
        """Return the members."""
        return self.entries.values()

    def finished(self) -> Mapping[str, Any]:
        """Return the members as a model has them."""
        return frozen_dict(self.entries)

    def path_below(self, key: str, label: str) -> Path:
        """Return the path of the member with a name, below the map."""
        return (key,)


class Block(Draft):
    """One opening of a list or map."""

    __slots__ = ("added", "discarded", "ended", "entries", "members")
    members_class: ClassVar[type[Any]]

    def __init__(self, parent: ObjectDraft, name: str) -> None:
        """Open the list or map of a property."""
        members: Any = parent.values.get(name)
        if members.__class__ is not self.members_class:
            if members is None:
                members = self.members_class()
            else:  # it was assigned; it counts as an opening, so that no exception in a block removes it
                members = self.members_class(members)
                members.openings = 1
            parent.add(name, members)
        members.openings += 1
        members.unfinished += 1
        self.parent: Any = parent
        self.label = name
        self.members: Any = members
        """A `ListMembers` or `MapMembers`, which is the value of the property as well."""
        self.entries: Any = members.entries
        self.added: list[Any] = []
        """The numbers or names of the members that this block has added."""
        self.ended: bool = False
        self.discarded: bool = False

    def path(self) -> str:
        """Return the path of the list or map: `Step.layout`."""
        path: str = self.parent.path_of(self)
        return path

    def check_open(self) -> None:
        """Raise ScopeError if the block has ended."""
        if self.ended or not self.members.open:
            raise ScopeError(f"{self.path()}: used after its block has ended")

    def parts(self) -> Iterator[Any]:
        """Return what was given or built so far, at any depth."""
        parts: Iterator[Any] = self.members.parts()
        return parts

    def length(self) -> int:
        """Return how many members there are so far."""
        return len(self.entries)

    def remove(self, key: Any) -> None:
        """Remove a member."""
        raise NotImplementedError

    def leave(self) -> None:
        """End the block: finish what it has added; raise InvalidValueError with everything that is missing."""
        try:
            self.members.finish_each(self.added)
        except ConversionError as error:
            path = self.path()
            self.discard()
            raise error.as_invalid_value(path) from None
        self._end()

    def _end(self) -> None:
        if not self.ended:
            self.ended = True
            self.members.unfinished -= 1

    def drop(self, part: Draft) -> None:
        """Remove a member that was not finished because of an exception. Most often it is the last one."""
        for position in range(len(self.added) - 1, -1, -1):
            if self.entries[self.added[position]] is part:
                self.remove(self.added.pop(position))
                return

    def discard(self) -> None:
        """End the block: remove what it has added, and the list or map itself if no other block has opened it."""
        if self.discarded:
            return
        self.discarded = True
        self._end()
        members = self.members
        abandon_all([self.entries[key] for key in self.added])
        for key in self.added:
            self.remove(key)
        members.openings -= 1
        if not members.openings and self.parent.values.get(self.label) is members:
            del self.parent.values[self.label]


class ListBlock(Block):
    """One opening of a list."""

    __slots__ = ()
    members_class = ListMembers

    def path_of(self, part: Draft) -> str:
        """Return the path of a member: `Step.layout[1].heading`."""
        position = 0
        for entry in self.entries:
            if entry is part or (isinstance(part, ObjectDraft) and entry is part.end):
                break
            position += entry is not REMOVED
        return f"{self.path()}[{position}].{part.label}"

    def path_to(self, label: str) -> str:
        """Return the path of a member that is about to be added."""
        return f"{self.path()}[{self.length()}].{label}"

    def add(self, label: str, part: Any) -> None:
        """Put a member at the end."""
        self.added.append(len(self.entries))
        self.entries.append(part)

    def length(self) -> int:
        """Return how many members there are so far."""
        return len(self.entries) - len(self.members.removed)

    def remove(self, key: int) -> None:
        """Remove the member with a number."""
        self.entries[key] = REMOVED
        insort(self.members.removed, key)


class MapBlock(Block):
    """One opening of a map."""

    __slots__ = ()
    members_class = MapMembers

    def path_of(self, part: Draft) -> str:
        """Return the path of a member: `ObjectSchema.properties.iban`."""
        return self.path_to(part.label)

    def path_to(self, label: str) -> str:
        """Return the path of a name."""
        return dotted((label,), self.path())

    def add(self, label: str, part: Any) -> None:
        """Put a member under a name that is free."""
        self.added.append(label)
        self.entries[label] = part

    def remove(self, key: str) -> None:
        """Remove the member with a name."""
        del self.entries[key]

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
