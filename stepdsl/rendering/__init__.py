"""Steps as text that a person can read, for failing tests and for the command line."""

from __future__ import annotations

from stepdsl.rendering.screen import show

__all__ = ["show"]
