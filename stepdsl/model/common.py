"""Types that several families use: help, inline alerts and supporting values."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from stepdsl.core.model import Model, field, model
from stepdsl.core.provenance import Generation, Source
from stepdsl.model.enums import Context

if TYPE_CHECKING:
    from stepdsl.model import declarations as b
    from stepdsl.model.literals import ContextLiteral

__all__ = [
    "Help",
    "InlineAlert",
    "SupportingValues",
]


@model
class Help(Model):
    """More information about a field or an item, shown when the user asks for it (core, core2)."""

    build: ClassVar[b.HelpOpener]

    markdown: str
    """Text of the help, in markdown."""


@model(generation=Generation.CORE2, source=Source.NO_PROPERTIES)
class InlineAlert(Model):
    """A small alert next to a field (core2)."""

    build: ClassVar[b.InlineAlertOpener]

    content: str = field(source=Source.RECALLED)
    """Text of the alert."""
    context: Context | ContextLiteral | None = field(
        default=None, source=Source.RECALLED, note="Clients probably take neutral if absent."
    )
    """Kind of message."""


@model(generation=Generation.CORE2, source=Source.EXAMPLE)
class SupportingValues(Model):
    """Up to two values at the end of a list item (core2)."""

    build: ClassVar[b.SupportingValuesOpener]

    value: str | None = None
    """Main value, such as an amount."""
    subvalue: str | None = None
    """Second value, shown below the main value in smaller letters."""
