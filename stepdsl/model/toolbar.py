"""The toolbar: buttons at the top of the screen."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar

from stepdsl.model.base import Model, model
from stepdsl.model.generation import Generation
from stepdsl.model.unions import AnyMedia, Behavior

if TYPE_CHECKING:
    from stepdsl.dsl import builders as b

__all__ = ["Toolbar"]


@model(root=True, generation=Generation.CORE2)
class Toolbar(Model):
    """Buttons at the top of the screen (core2). Only the name was seen on a page."""

    build: ClassVar[b.ToolbarOpener]

    @model(tag="button", adder="item", generation=Generation.CORE2)
    class Item(Model):
        """One button of the toolbar (core2). Seen on no page."""

        build: ClassVar[b.ToolbarItemOpener]

        title: str | None = None
        """The label. Seen on no page."""
        accessibility_description: str | None = None
        """What screen readers say of it. Seen on no page."""
        media: AnyMedia | None = None
        """What it shows. Seen on no page."""
        behavior: Behavior
        """Performed when it is pressed. Seen on no page."""

    items: Sequence[Toolbar.Item]
    """The buttons, in their order. Seen on no page."""
