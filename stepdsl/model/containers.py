"""Layouts that hold other layouts."""

from __future__ import annotations

from collections.abc import Sequence
from enum import Enum
from typing import TYPE_CHECKING, ClassVar

from stepdsl.model.base import Model, model
from stepdsl.model.enums import Size
from stepdsl.model.generation import Generation
from stepdsl.model.layouts import LayoutProperties
from stepdsl.model.unions import Behavior, Layout

if TYPE_CHECKING:
    from stepdsl.dsl import builders as b
    from stepdsl.model.literals import ColumnsLayoutBiasLiteral, SizeLiteral

__all__ = ["BoxLayout", "ColumnsLayout", "ModalLayout", "SectionLayout", "TabsLayout"]


@model(tag="box")
class BoxLayout(LayoutProperties):
    """Groups components, with a border or without (core, core2)."""

    build: ClassVar[b.BoxLayoutOpener]

    components: Sequence[Layout]
    """What stands in the box, from top to bottom."""
    border: bool | None = None
    """True draws a border round the box. Clients take False if absent."""
    width: Size | SizeLiteral | None = None
    """How wide the box is. Clients take xl if absent."""


@model(tag="columns")
class ColumnsLayout(LayoutProperties):
    """Two columns side by side; they become one where the screen is narrow (core, core2)."""

    build: ClassVar[b.ColumnsLayoutOpener]

    class Bias(str, Enum):
        """Which of two columns has more weight (core, core2)."""

        LEFT = "left"
        """The left one."""
        NONE = "none"
        """Both have the same."""
        RIGHT = "right"
        """The right one."""

    left: Sequence[Layout]
    """The left column, from top to bottom."""
    right: Sequence[Layout]
    """The right column, from top to bottom."""
    bias: ColumnsLayout.Bias | ColumnsLayoutBiasLiteral | None = None
    """Which column has more weight. Clients take none if absent."""


@model(tag="modal")
class ModalLayout(LayoutProperties):
    """A trigger that shows other layouts in a modal (core, core2). Only the name was seen on a page."""

    build: ClassVar[b.ModalLayoutOpener]

    @model
    class Trigger(Model):
        """What opens the modal (core, core2). Seen on no page."""

        build: ClassVar[b.ModalLayoutTriggerOpener]

        title: str
        """The label. Seen on no page."""

    @model
    class Content(Model):
        """What the modal shows (core, core2). Seen on no page."""

        build: ClassVar[b.ModalLayoutContentOpener]

        title: str | None = None
        """Title of the modal. Seen on no page."""
        components: Sequence[Layout]
        """What the modal shows, from top to bottom. Seen on no page."""

    trigger: ModalLayout.Trigger
    """What opens the modal. Seen on no page."""
    content: ModalLayout.Content
    """What the modal shows. Seen on no page."""


@model(tag="section", generation=Generation.CORE2)
class SectionLayout(LayoutProperties):
    """A group of layouts under a title (core2). Only the name was seen on a page."""

    build: ClassVar[b.SectionLayoutOpener]

    @model(generation=Generation.CORE2)
    class CallToAction(Model):
        """What a section offers to do (core2). Seen on no page."""

        build: ClassVar[b.SectionLayoutCallToActionOpener]

        title: str
        """The label. Seen on no page."""
        behavior: Behavior
        """Performed when it is chosen. Seen on no page."""

    title: str | None = None
    """Title of the section. Seen on no page."""
    call_to_action: SectionLayout.CallToAction | None = None
    """What the section offers to do. Seen on no page."""
    components: Sequence[Layout]
    """What stands in the section, from top to bottom. Seen on no page."""


@model(tag="tabs", generation=Generation.CORE2)
class TabsLayout(LayoutProperties):
    """Groups of layouts, one of which is shown at a time (core2). Only the name was seen on a page."""

    build: ClassVar[b.TabsLayoutOpener]

    @model(generation=Generation.CORE2)
    class Item(Model):
        """One tab (core2). Seen on no page."""

        build: ClassVar[b.TabsLayoutItemOpener]

        title: str
        """The label. Seen on no page."""
        components: Sequence[Layout]
        """What the tab shows, from top to bottom. Seen on no page."""

    items: Sequence[TabsLayout.Item]
    """The tabs, in their order. Seen on no page."""
