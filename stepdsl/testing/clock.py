"""A clock that does not wait."""

from __future__ import annotations

from stepdsl.core.arguments import convert
from stepdsl.testing.arguments import duration, number

__all__ = ["FakeClock"]


class FakeClock:
    """A clock for `PollingExecutor(clock=…)`. Its time passes only when `sleep` or `advance` is called.

    `sleeps` contains the seconds of each sleep in order. A test can compare it with the expected pauses.
    """

    def __init__(self, now: float = 0.0) -> None:
        """Take the start time in seconds. Raises InvalidValueError for anything but a finite number."""
        self.sleeps: list[float] = []
        self._now: float = convert("FakeClock.now", now, number)

    def monotonic(self) -> float:
        """Return the current time of the clock in seconds."""
        return self._now

    def sleep(self, seconds: float, /) -> None:
        """Advance the time and add the seconds to `sleeps`. Raises InvalidValueError for less than 0, a ValueError."""
        self._now += convert("FakeClock.sleep.seconds", seconds, duration)
        self.sleeps.append(seconds)

    def advance(self, seconds: float) -> None:
        """Advance the time without a sleep, for example for a slow server. Raises InvalidValueError for less than 0."""
        self._now += convert("FakeClock.advance.seconds", seconds, duration)

    def __repr__(self) -> str:
        return f"FakeClock(now={self._now!r}, sleeps={self.sleeps!r})"
