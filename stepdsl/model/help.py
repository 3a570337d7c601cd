"""Help for a field or an item."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from stepdsl.model.base import Model, model

if TYPE_CHECKING:
    from stepdsl.dsl import builders as b

__all__ = ["Help"]


@model
class Help(Model):
    """More about a field or an item, shown when the user asks for it (core, core2)."""

    build: ClassVar[b.HelpOpener]

    markdown: str
    """What the help says, in markdown."""
