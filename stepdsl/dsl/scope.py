"""What a builder knows: the values so far, the parts opened below it, whether its block is still open.

A `Scope` stands behind the builder of each object. It knows its parent by reference and nothing else does: no current
parent is kept anywhere, so blocks may be open side by side in threads and tasks.
"""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING, Any, NoReturn, Protocol

from stepdsl.errors import InvalidValueError, Refused, ScopeError, UnknownPropertyError, dotted, invalid
from stepdsl.model.definition import Definition, UnknownName
from stepdsl.model.values import MAX_DEPTH, UNSET

if TYPE_CHECKING:
    from stepdsl.model.base import Model

Told = list[tuple[str, str]]
"""Problems as they are told: dotted path and reason."""

_new = object.__new__


class State(Enum):
    """Where a block stands."""

    OPENED = "opened"
    ENTERED = "entered"
    FINISHED = "finished"
    ABANDONED = "abandoned"


OPENED, ENTERED, _FINISHED, _ABANDONED = State  # members of an enum are slow to look up


class Part(Protocol):
    """What is under construction below a scope: one object, a list or a map."""

    def close(self, problems: Told) -> Any:
        """Finish it and return its value; add to `problems` what is missing."""

    def abandon(self) -> None:
        """Make its builders unusable, unless they are finished."""


class Parent(Protocol):
    """What stands above a scope: another one, a list or a map."""

    @property
    def depth(self) -> int:
        """How many levels of components stand above a part."""
        ...

    def path_of(self, part: Scope, label: str) -> str:
        """Return the path of a part of this parent."""
        ...

    def drop(self, part: Scope) -> None:
        """Forget a part that an exception left unfinished."""


class Scope:
    """An object under construction."""

    __slots__ = ("built", "definition", "depth", "label", "open", "parent", "parts", "state", "values")

    def __init__(self, definition: Definition, parent: Parent | None, label: str, values: dict[str, Any]) -> None:
        """Open the object with what was given as keywords; `label` is what its parent calls it."""
        self.definition: Definition = definition
        self.parent: Parent | None = parent
        self.label: str = label
        self.values: dict[str, Any] = values
        self.parts: dict[str, Part] = {}
        self.state: State = OPENED
        self.open: bool = True
        self.built: Model | None = None
        self.depth: int = 0 if parent is None else parent.depth
        if definition.is_level:
            self.depth += 1
            if self.depth > MAX_DEPTH:
                raise InvalidValueError(self.path(), f"components nest at most {MAX_DEPTH} deep")
        if values:
            try:
                definition.admit(values)
            except UnknownName as unknown:
                raise UnknownPropertyError(self.path_to(unknown.name), unknown.reason) from None
            except Refused as refused:
                raise invalid(self.path(), refused.problems) from None

    def path(self) -> str:
        """Return where the object stands, seen from the root: `Step.layout[1].heading`."""
        return self.definition.name if self.parent is None else self.parent.path_of(self, self.label)

    def path_of(self, part: Scope, label: str) -> str:
        """Return the path of a part, which the property that holds it gives."""
        return self.path_to(label)

    def path_to(self, name: str) -> str:
        """Return the path of a property of this object."""
        return f"{self.path()}.{name}"

    # -- while it is open ---------------------------------------------------------------------------------------

    def check_open(self) -> None:
        """Raise ScopeError if the block was left already."""
        if self.state is _FINISHED:
            raise ScopeError(f"{self.path()}: used after its block has ended")
        if self.state is _ABANDONED:
            raise ScopeError(f"{self.path()}: used after an exception has ended its block")

    def check_free(self, name: str) -> None:
        """Raise ScopeError if an object, list or map was opened or given for this property already."""
        if name in self.values or name in self.parts:
            raise ScopeError(f"{self.path_to(name)}: already given")

    def set(self, name: str, value: Any) -> None:
        """Check a value and keep it; None and UNSET take one away where they stand for "absent"."""
        if not self.open:
            self.check_open()
        slot = self.definition.slots.get(name)
        if slot is None:
            raise UnknownPropertyError(self.path_to(name), self.definition.unknown(name).reason)
        if slot[3]:
            self.check_free(name)
        if value is UNSET or (value is None and self.definition.may_lack(name, self.values)):
            self.values.pop(name, None)
            return
        try:
            self.values[name] = slot[2](value)
        except Refused as refused:
            raise invalid(self.path_to(name), refused.problems) from None

    def keep(self, name: str, made: Scope | Model) -> None:
        """Take note of an object that was opened or given for a property."""
        if isinstance(made, Scope):
            self.parts[name] = made
        else:
            self.values[name] = made

    def drop(self, part: Scope) -> None:
        """Forget a part that an exception left unfinished."""
        self.parts = {name: held for name, held in self.parts.items() if held is not part}

    # -- how it ends --------------------------------------------------------------------------------------------

    def refuse_to_enter(self) -> NoReturn:
        """Raise ScopeError: the block has begun or ended already."""
        self.check_open()
        raise ScopeError(f"{self.path()}: its block is open already")

    def leave(self) -> Model:
        """End the block and return the object; raise InvalidValueError with all that is missing in it."""
        if self.state is _ABANDONED:
            self.check_open()
        problems: Told = []
        built = self.close(problems)
        if built is None:
            self.discard()
            raise InvalidValueError(*problems[0], *problems[1:])
        return built

    def discard(self) -> None:
        """Leave nothing of the object behind."""
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

    def close(self, problems: Told) -> Model | None:
        """Finish the object with all its parts and return it; where something is missing, tell it and return None."""
        if not self.open:
            return self.built
        self.open = False
        definition, values, known = self.definition, self.values, len(problems)
        for name, part in self.parts.items():
            values[name] = part.close(problems)
        made = _new(definition.cls)
        try:
            if len(problems) > known:  # a part is incomplete; what else this object lacks is told with it
                raise Refused(definition.missing(values, values.get("extra", ())))
            definition.fill(made, values, ordered=False)
        except Refused as refused:
            path = self.path()
            problems += [(dotted(where, path), reason) for where, reason in refused.problems]
            self.state = _ABANDONED
            return None
        self.state = _FINISHED
        self.built = made
        return made

    def finished(self) -> Model:
        """Return the finished object; a root that was never entered is finished now. Raise ScopeError if it is not."""
        if self.state is OPENED and self.parent is None:
            return self.leave()
        if self.built is None:
            if self.state is _ABANDONED:
                raise ScopeError(f"{self.path()}: nothing was built, an exception has ended its block")
            raise ScopeError(f"{self.path()}: built when its block ends, not before")
        return self.built
