"""Types that several families use: help, inline alerts and supporting values."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from stepdsl.core.model import Model, model
from stepdsl.core.provenance import Generation
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
    """More about a field or an item, shown when the user asks for it (core, core2)."""

    build: ClassVar[b.HelpOpener]

    markdown: str
    """What the help says, in markdown."""


@model(generation=Generation.CORE2)
class InlineAlert(Model):
    """A small alert beside a field (core2). A place for it was seen, its properties on no page."""

    build: ClassVar[b.InlineAlertOpener]

    content: str
    """What it says. Seen on no page."""
    context: Context | ContextLiteral | None = None
    """What kind of message it is. Seen on no page; clients probably take neutral if absent."""


@model(generation=Generation.CORE2)
class SupportingValues(Model):
    """Up to two values at the end of an item of a list (core2); seen in examples only."""

    build: ClassVar[b.SupportingValuesOpener]

    value: str | None = None
    """The main value, such as an amount."""
    subvalue: str | None = None
    """What stands below it, in smaller letters."""
