"""The moves of a walk, as calls of a session's methods that can be repeated and printed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final, TypeAlias

from attrs import evolve, frozen

from stepdsl.testing.flows.session import FlowSession

__all__ = ["Call", "Candidate", "Way"]

_FILLING: Final = frozenset(("fill", "upload", "add_item", "remove_item"))
"""The methods that change the form. `choose` does so too, if it has the path of a one-of."""


@frozen
class Call:
    """One move: the name of a method of FlowSession, and its arguments."""

    name: str
    """The name of the method."""
    arguments: tuple[Any, ...] = ()
    """The positional arguments."""
    keywords: Mapping[str, Any] = {}
    """The keyword arguments, by name."""

    @property
    def fills(self) -> bool:
        """Whether the move changes the form of the step that is shown."""
        return self.name in _FILLING or (self.name == "choose" and "at" in self.keywords)

    def on(self, session: FlowSession) -> None:
        """Make the move."""
        getattr(session, self.name)(*self.arguments, **self.keywords)

    def with_values(self, values: Mapping[str, Any]) -> Call:
        """Return a `fill` with other values."""
        return evolve(self, arguments=(values,))

    def __str__(self) -> str:
        given = [repr(one) for one in self.arguments]
        given += [f"{name}={value!r}" for name, value in self.keywords.items()]
        return f"{self.name}({', '.join(given)})"


Way: TypeAlias = tuple[Call, ...]
"""The moves from the first step."""


@frozen
class Candidate:
    """A move that can be made now."""

    kind: str
    """What is tried, without the values."""
    call: Call
    """The move."""
    goes_on: bool = True
    """Whether the move is on the way to the end of the flow. The others are made less often."""
