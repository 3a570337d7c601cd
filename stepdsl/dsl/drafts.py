"""Objects under construction: the values so far, and where the object belongs.

Authors use builders. A builder has one attribute, its draft, because Python reads the attributes of a class slowly that
has `__getattr__`, and all builders have it. A draft has a reference to its parent and to nothing else above it. There
is no global "current" parent, so that blocks can be open at the same time in several threads and tasks.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, Final

from stepdsl.core.build import Construction, extra_names
from stepdsl.core.fields import UnknownName
from stepdsl.core.json import MAX_DEPTH, UNSET
from stepdsl.core.messages import ConversionError, Problems
from stepdsl.dsl import hints
from stepdsl.errors import InvalidValueError, ScopeError, UnknownPropertyError

__all__ = ["Draft", "ObjectDraft", "Part", "ScopeAttributeError", "abandon_all", "begin", "parts_of"]

_new = object.__new__

ABANDONED: Final[Any] = object()
"""The end of a draft that an exception has ended, or that was incomplete."""


class ScopeAttributeError(ScopeError, AttributeError):
    """An attribute that is not there yet: `built` inside the block, or any attribute of an opener that was not called.

    It is an AttributeError for `hasattr` and the like.
    """


class Part:
    """What can be the value of a property while it is under construction."""

    __slots__ = ()

    def finish(self) -> Any:
        """Finish it and return its value; raise ConversionError with all that is missing in it."""
        raise NotImplementedError

    def abandon(self) -> None:
        """Make its builders unusable, unless they are finished."""
        raise NotImplementedError

    def parts(self) -> Iterator[Any]:
        """Return what was given or built so far, at any depth."""
        raise NotImplementedError


def abandon_all(parts: Iterable[Any]) -> None:
    """Make the builders of those values unusable that are under construction."""
    for part in parts:
        if isinstance(part, Part):
            part.abandon()


def parts_of(values: Iterable[Any]) -> Iterator[Any]:
    """Return some values, and all that was given or built so far in those that are under construction."""
    for value in values:
        yield value
        if isinstance(value, Part):
            yield from value.parts()


class Draft:
    """The place in the tree: what objects, and the blocks of lists and maps, have in common."""

    __slots__ = ("label", "parent")
    label: str
    """The name of the property in the parent, of the adder in a list, or of the member in a map."""
    parent: Draft | None

    def path(self) -> str:
        """Return the path from the root: `Step.layout[1].heading`."""
        raise NotImplementedError

    def path_of(self, part: Draft) -> str:
        """Return the path of a part."""
        raise NotImplementedError

    def path_to(self, label: str) -> str:
        """Return the path of a part that is about to be added."""
        raise NotImplementedError

    def add(self, label: str, part: Any) -> None:
        """Store a part: a finished object or a draft."""
        raise NotImplementedError

    def drop(self, part: Draft) -> None:
        """Remove a part that was not finished because of an exception."""
        raise NotImplementedError

    def leave(self) -> Any:
        """End the block; raise InvalidValueError with everything that is missing."""
        raise NotImplementedError

    def discard(self) -> None:
        """End the block after an exception: remove what was opened or added in it."""
        raise NotImplementedError


class ObjectDraft(Draft, Part):
    """An object under construction."""

    __slots__ = ("construction", "end", "entered", "plain", "values")
    construction: Construction
    end: Any
    """None as long as the builder can be used; then the finished object, or `ABANDONED`."""
    entered: bool
    """Whether its block was entered."""
    plain: bool
    """What `Construction.convert` has returned, as long as nothing else was given."""
    values: dict[str, Any]
    """What was given, converted; and what is under construction, as a `Part`."""

    def path(self) -> str:
        """Return the path from the root: `Step.layout[1].heading`."""
        return self.construction.fields.name if self.parent is None else self.parent.path_of(self)

    def path_of(self, part: Draft) -> str:
        """Return the path of a part."""
        return self.path_to(part.label)

    def path_to(self, label: str) -> str:
        """Return the path of a property."""
        return f"{self.path()}.{label}"

    # -- while it is open ---------------------------------------------------------------------------------------

    def check_open(self) -> None:
        """Raise ScopeError if the block has ended."""
        if self.end is ABANDONED:
            raise ScopeError(f"{self.path()}: used after an exception has ended its block")
        if self.end is not None:
            raise ScopeError(f"{self.path()}: used after its block has ended")

    def check_free(self, name: str) -> None:
        """Raise ScopeError if it cannot be used, or if an object, list or map was given or opened for the property."""
        self.check_open()
        if name in self.values:
            raise ScopeError(f"{self.path_to(name)}: already given")

    def set(self, name: str, value: Any) -> None:
        """Convert a value and store it. None and UNSET remove a value where they mean "absent"."""
        if self.end is not None:
            self.check_open()
        construction = self.construction
        slot = construction.slots.get(name)
        if slot is None:
            raise self.unknown(name)
        values = self.values
        _, _, convert, is_object = slot
        if is_object and name in values:
            self.check_free(name)
        if (value is None and construction.may_be_absent(name, values)) or value is UNSET:
            values.pop(name, None)
            return
        try:
            values[name] = convert(value)
        except ConversionError as error:
            raise error.as_invalid_value(self.path_to(name)) from None
        self.plain = False

    def add(self, label: str, part: Any) -> None:
        """Store what was opened or given for a property."""
        self.values[label] = part
        self.plain = False

    def drop(self, part: Draft) -> None:
        """Remove a part that was not finished because of an exception."""
        if self.values.get(part.label) is part:
            del self.values[part.label]

    def refused(self, error: UnknownName | ConversionError) -> InvalidValueError:
        """Return the public error of values that were given as keywords."""
        return self.unknown(error.name) if isinstance(error, UnknownName) else error.as_invalid_value(self.path())

    def unknown(self, name: str) -> UnknownPropertyError:
        """Return the error of a name that the type does not have."""
        return UnknownPropertyError(self.path_to(name), hints.unknown_property(self.construction.fields, name))

    def check_level(self) -> None:
        """Raise InvalidValueError if components nest too deep."""
        levels = 0
        above = self.parent
        while above is not None:
            if isinstance(above, ObjectDraft):
                levels += above.construction.is_level
            above = above.parent
        if levels >= MAX_DEPTH:
            raise InvalidValueError(self.path(), f"components nest at most {MAX_DEPTH} deep")

    # -- how it ends --------------------------------------------------------------------------------------------

    def finish(self) -> Any:
        """Return the finished object; raise ConversionError with all that is missing in it and in its parts."""
        if self.end is not None:
            return self.end
        construction = self.construction
        try:
            if not self.plain and construction.has_parts:
                self._finish_parts()
            made = _new(construction.cls)
            construction.store(made, self.values, self.plain)
        except ConversionError:
            self.abandon()
            raise
        self.end = made
        return made

    def _finish_parts(self) -> None:
        values = self.values
        problems = Problems()
        for name, part in values.items():
            if isinstance(part, Part):
                try:
                    values[name] = part.finish()
                except ConversionError as error:
                    problems.add_below((name,), error)
        if problems:
            problems.add_all(Problems(self.construction.missing(values, extra_names(values))))
            raise ConversionError(problems)

    def leave(self) -> Any:
        """End the block and return the object; raise InvalidValueError with all that is missing in it."""
        if self.end is ABANDONED:
            self.check_open()
        try:
            return self.finish()
        except ConversionError as error:
            path = self.path()
            self.discard()
            raise error.as_invalid_value(path) from None

    def discard(self) -> None:
        """Remove the object from its parent and make its builders unusable."""
        if self.parent is not None:
            self.parent.drop(self)
        self.abandon()

    def abandon(self) -> None:
        """Make its builders unusable, unless they are finished."""
        if self.end is None:
            self.end = ABANDONED
        abandon_all(self.values.values())

    def parts(self) -> Iterator[Any]:
        """Return what was given or built so far, at any depth."""
        if self.end is not None:
            yield self.end
        yield from parts_of(self.values.values())

    def finished(self) -> Any:
        """Return the finished object; finish a root that was never entered. Raise ScopeError if it is not finished."""
        if self.end is None:
            if self.entered or self.parent is not None:
                raise ScopeAttributeError(f"{self.path()}: built when its block ends, not before")
            return self.leave()
        if self.end is ABANDONED:
            raise ScopeAttributeError(f"{self.path()}: nothing was built, an exception has ended its block")
        return self.end


def begin(construction: Construction, parent: Draft | None, label: str, values: dict[str, Any]) -> ObjectDraft:
    """Return the draft of an object with values that were given as keywords.

    Raises InvalidValueError if one does not fit, or if components nest too deep.
    """
    draft = ObjectDraft()
    draft.construction = construction
    draft.parent = parent
    draft.label = label
    draft.values = values
    draft.end = None
    draft.entered = False
    try:
        draft.plain = construction.convert(values)
    except (UnknownName, ConversionError) as error:
        raise draft.refused(error) from None
    if construction.is_level:
        draft.check_level()
    return draft
