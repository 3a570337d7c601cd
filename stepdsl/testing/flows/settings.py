"""The settings of a session."""

from __future__ import annotations

from collections.abc import Callable

from attrs import frozen

from stepdsl.executor import Clock

__all__ = ["Settings"]


@frozen
class Settings:
    """The settings of a session. All sessions of a client have the same, except a clock of their own by default."""

    clock: Clock
    """The time for polling."""
    strict: bool
    """Whether an answer that breaks a rule of the documentation is an error."""
    check: bool
    """Whether each step that is shown is checked with `stepdsl.check`."""
    open_url: Callable[[str], object] | None
    """The function that is called with each URL that is opened outside the flow; None without one."""
    headers: dict[str, tuple[str, str]]
    """The headers for the origin of the flow: name and value, by the name in lower case."""
