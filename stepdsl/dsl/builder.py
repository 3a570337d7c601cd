"""The builder of one object, and the draft behind it: the values so far, and the parts that are opened below it.

A draft has a reference to its parent and to nothing else. There is no global "current" parent, so that blocks can be
open at the same time in several threads and tasks.
"""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum
from types import CoroutineType, TracebackType
from typing import TYPE_CHECKING, Any, Generic, Protocol, Self, TypeVar, cast

from stepdsl.core.build import Construction
from stepdsl.core.fields import UnknownName
from stepdsl.core.json import MAX_DEPTH, UNSET
from stepdsl.core.messages import ConversionError, dotted
from stepdsl.errors import InvalidValueError, ScopeError, UnknownPropertyError

M_co = TypeVar("M_co", covariant=True)

Problems = list[tuple[str, str]]
"""Dotted paths from the root, each with a reason."""

_new = object.__new__


class State(Enum):
    """The states of a block."""

    OPENED = "opened"
    ENTERED = "entered"
    FINISHED = "finished"
    ABANDONED = "abandoned"


_OPENED, _ENTERED, _FINISHED, _ABANDONED = State  # the look-up of an enum's member is slow


class Part(Protocol):
    """What is under construction below a draft: one object, a list or a map."""

    def finish(self, problems: Problems) -> Any:
        """Finish it and return its value; add to `problems` what is missing."""

    def abandon(self) -> None:
        """Make its builders unusable, unless they are finished."""


class Parent(Protocol):
    """What is above a draft: another draft, a list or a map."""

    @property
    def depth(self) -> int:
        """How many levels of components are above a part."""
        ...

    def path_of(self, part: Draft, label: str) -> str:
        """Return the path of a part of this parent."""
        ...

    def drop(self, part: Draft) -> None:
        """Forget a part that was not finished because of an exception."""


class Draft:
    """An object under construction."""

    __slots__ = ("built", "construction", "depth", "label", "open", "parent", "parts", "state", "values")

    def __init__(self, construction: Construction, parent: Parent | None, label: str, values: dict[str, Any]) -> None:
        """Open the object with the values given as keywords. `label` is its name in its parent."""
        self.construction: Construction = construction
        self.parent: Parent | None = parent
        self.label: str = label
        self.values: dict[str, Any] = values
        self.parts: dict[str, Part] = {}
        self.state: State = _OPENED
        self.open: bool = True
        self.built: Any = None
        self.depth: int = 0 if parent is None else parent.depth
        if construction.is_level:
            self.depth += 1
            if self.depth > MAX_DEPTH:
                raise InvalidValueError(self.path(), f"components nest at most {MAX_DEPTH} deep")
        if values:
            try:
                construction.convert(values)
            except UnknownName as unknown:
                raise UnknownPropertyError(self.path_to(unknown.name), unknown.reason) from None
            except ConversionError as error:
                raise error.as_invalid_value(self.path()) from None

    def path(self) -> str:
        """Return the path of the object from the root: `Step.layout[1].heading`."""
        return self.construction.fields.name if self.parent is None else self.parent.path_of(self, self.label)

    def path_of(self, part: Draft, label: str) -> str:
        """Return the path of a part."""
        return self.path_to(label)

    def path_to(self, name: str) -> str:
        """Return the path of a property of this object."""
        return f"{self.path()}.{name}"

    # -- while it is open ---------------------------------------------------------------------------------------

    def check_open(self) -> None:
        """Raise ScopeError if the block has ended."""
        if self.state is _FINISHED:
            raise ScopeError(f"{self.path()}: used after its block has ended")
        if self.state is _ABANDONED:
            raise ScopeError(f"{self.path()}: used after an exception has ended its block")

    def check_free(self, name: str) -> None:
        """Raise ScopeError if an object, list or map was opened or given for this property already."""
        if name in self.values or name in self.parts:
            raise ScopeError(f"{self.path_to(name)}: already given")

    def set(self, name: str, value: Any) -> None:
        """Convert a value and store it. None and UNSET remove a value where they mean "absent"."""
        if not self.open:
            self.check_open()
        construction = self.construction
        slot = construction.fields.slots.get(name)
        if slot is None:
            raise UnknownPropertyError(self.path_to(name), construction.fields.unknown(name).reason)
        if slot[3]:
            self.check_free(name)
        if value is UNSET or (value is None and construction.may_be_absent(name, self.values)):
            self.values.pop(name, None)
            return
        try:
            self.values[name] = slot[2](value)
        except ConversionError as error:
            raise error.as_invalid_value(self.path_to(name)) from None

    def add(self, name: str, part: Any) -> None:
        """Store an object that was opened or given for a property."""
        if isinstance(part, Draft):
            self.parts[name] = part
        else:
            self.values[name] = part

    def drop(self, part: Draft) -> None:
        """Forget a part that was not finished because of an exception."""
        self.parts = {name: other for name, other in self.parts.items() if other is not part}

    # -- how it ends --------------------------------------------------------------------------------------------

    def enter(self) -> None:
        """Begin the block; raise ScopeError if it has begun or ended already."""
        if self.state is not _OPENED:
            self.check_open()
            raise ScopeError(f"{self.path()}: its block is open already")
        self.state = _ENTERED

    def leave(self) -> Any:
        """End the block and return the object; raise InvalidValueError with all that is missing in it."""
        if self.state is _ABANDONED:
            self.check_open()
        problems: Problems = []
        built = self.finish(problems)
        if built is None:
            self.discard()
            raise InvalidValueError(*problems[0], *problems[1:])
        return built

    def discard(self) -> None:
        """Remove the object from its parent and make its builders unusable."""
        if self.parent is not None:
            self.parent.drop(self)
        self.abandon()

    def abandon(self) -> None:
        """Make this builder and all below it unusable, unless they are finished."""
        if self.state is not _FINISHED:
            self.state = _ABANDONED
            self.open = False
        for part in self.parts.values():
            part.abandon()

    def finish(self, problems: Problems) -> Any:
        """Finish the object with all its parts and return it; if something is missing, add it to `problems`."""
        if not self.open:
            return self.built
        self.open = False
        construction, values, known = self.construction, self.values, len(problems)
        for name, part in self.parts.items():
            values[name] = part.finish(problems)
        made = _new(construction.fields.cls)
        try:
            if len(problems) > known:  # a part is incomplete; what this object lacks is reported with it
                raise ConversionError(construction.missing(values, values.get("extra", ())))
            construction.store(made, values, plain=False)
        except ConversionError as error:
            path = self.path()
            problems += [(dotted(below, path), reason) for below, reason in error.problems]
            self.state = _ABANDONED
            return None
        self.state = _FINISHED
        self.built = made
        return made

    def finished(self) -> Any:
        """Return the finished object; finish a root that was never entered. Raise ScopeError if it is not finished."""
        if self.state is _OPENED and self.parent is None:
            return self.leave()
        if self.built is None:
            if self.state is _ABANDONED:
                raise ScopeError(f"{self.path()}: nothing was built, an exception has ended its block")
            raise ScopeError(f"{self.path()}: built when its block ends, not before")
        return self.built


class Builder(Generic[M_co]):
    """Builds one object: assign its properties, open its parts, and take `built` when the block has ended.

    A value is checked at the line that sets it. The generated declarations list the properties.
    """

    __slots__ = ("_draft",)
    _draft: Draft

    def __enter__(self) -> Self:
        """Begin the block; raise ScopeError if it has begun or ended already."""
        self._draft.enter()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None, /
    ) -> None:
        """End the block: finish the object, or discard it if there is an exception.

        Raises InvalidValueError with everything that is required and missing.
        """
        if kind is None:
            self._draft.leave()
        else:
            self._draft.discard()

    @property
    def built(self) -> M_co:
        """The finished object; raises ScopeError before the block has ended."""
        return cast("M_co", self._draft.finished())

    def __bool__(self) -> bool:
        raise used_as_condition(self._draft.path())

    def __repr__(self) -> str:
        return f"<{type(self).__name__} at {self._draft.path()}, {self._draft.state.value}>"

    def __init__(self, draft: Any) -> None:
        """Not for authors: builders come from `X.build` and from the openers of other builders."""
        _set_draft(self, draft)

    if not TYPE_CHECKING:  # checkers read the declarations; with these methods they would accept any name

        def __setattr__(self, name, value):
            """Convert a value and store it."""
            self._draft.set(name, value)

        def __getattr__(self, name):
            """Refuse a name that the type does not have, or a required property that has no value yet."""
            if name.startswith("__"):
                raise AttributeError(name)
            draft = self._draft
            fields = draft.construction.fields
            reason = "not set yet" if name in fields.by_name else fields.unknown(name).reason
            raise UnknownPropertyError(draft.path_to(name), reason)

        def __delattr__(self, name):
            """Refuse deletion; the assignment of None removes a value."""
            raise ScopeError(f"{self._draft.path()}.{name}: assign None to take a value away")


_set_draft: Any = Builder.__dict__["_draft"].__set__


def used_as_condition(path: str) -> ScopeError:
    """Return the error of a builder used as a condition."""
    return ScopeError(f"{path}: `if` opens no block; write `with … as …:`")


def run(block: Callable[[Any], object], builder: Any, path: str) -> None:
    """Call a callback inside the block of its builder; raise ScopeError for a coroutine function."""
    with builder:
        result = block(builder)
        if isinstance(result, CoroutineType):
            result.close()
            raise ScopeError(f"{path}: a callback is called at once, it cannot be async")
