"""Refresh on change: the two properties that turn it on, one of the step and one of its schemas."""

from __future__ import annotations

from stepdsl.model.base import Model, model

__all__ = ["RefreshOnChange"]


class RefreshOnChange:
    """Fetching a step anew when a value changes (core, core2).

    The client posts the step's values to its `refresh_url`. An answer of 304 changes nothing; a step takes the place of
    the current one, and has to bring its own `model`, since no value is carried over.
    """

    @model(shared=True, documented=True)
    class RefreshableStep(Model):
        """What a step has to say for it (core, core2)."""

        refresh_url: str | None = None
        """Where the client fetches the step anew when a schema with `refresh_step_on_change` changes."""

    @model(shared=True, documented=True)
    class RefreshTrigger(Model):
        """What a schema has to say for it (core, core2)."""

        refresh_step_on_change: bool | None = None
        """True makes a change of the value fetch the step anew; not for schemas inside a list."""
