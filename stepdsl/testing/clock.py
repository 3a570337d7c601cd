"""A clock without waiting."""

from __future__ import annotations

__all__ = ["FakeClock"]


class FakeClock:
    """A clock for `PollingExecutor(clock=…)` whose time passes only when somebody sleeps or `advance` is called.

    `sleeps` holds the seconds of every sleep in order, so that a test can compare the pauses with what it expects.
    """

    def __init__(self, now: float = 0.0) -> None:
        """Start at `now`, in seconds."""
        self.sleeps: list[float] = []
        self._now = now

    def monotonic(self) -> float:
        """Return the seconds since the clock began."""
        return self._now

    def sleep(self, seconds: float, /) -> None:
        """Let the time pass and note how long. Raises ValueError for less than 0 seconds, as `time.sleep` does."""
        self.advance(seconds)
        self.sleeps.append(seconds)

    def advance(self, seconds: float) -> None:
        """Let the time pass without a sleep, as while a server is thinking. Raises ValueError for less than 0."""
        if seconds < 0:
            raise ValueError(f"time cannot go back: {seconds!r} seconds")
        self._now += seconds

    def __repr__(self) -> str:
        return f"FakeClock(now={self._now!r}, sleeps={self.sleeps!r})"
