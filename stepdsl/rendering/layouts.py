"""Layouts as lines, from top to bottom."""

from __future__ import annotations

from collections.abc import Iterable
from functools import singledispatch
from typing import Protocol

from stepdsl.core.model import Model
from stepdsl.model.layouts import (
    AlertLayout,
    BoxLayout,
    ButtonLayout,
    ColumnsLayout,
    DecisionLayout,
    DividerLayout,
    FormLayout,
    HeadingLayout,
    ImageLayout,
    InstructionsLayout,
    ListLayout,
    LoadingIndicatorLayout,
    MarkdownLayout,
    MediaLayout,
    ModalLayout,
    ParagraphLayout,
    ReviewLayout,
    SectionLayout,
    StatusListLayout,
    TabsLayout,
)
from stepdsl.model.media import Media
from stepdsl.model.search import SearchInitialLayoutConfig, SearchInitialResultsConfig, SearchLayout
from stepdsl.model.unions import AnyMedia, Layout, SearchInitialState
from stepdsl.rendering.actions import effect, modal_content
from stepdsl.rendering.lines import Lines, braced, quoted, type_of, value_text

__all__ = ["ScreenState", "add_alert", "add_layouts", "add_pressed"]


class ScreenState(Protocol):
    """What layouts show beside their own properties: forms, and the content of searches."""

    def add_form(self, lines: Lines, schema_id: str, /) -> None:
        """Add the lines of a form."""
        ...

    def content_of(self, search: SearchLayout, /) -> SearchInitialState | None:
        """Return what a search shows, as an initial state has it; None for nothing."""
        ...


def add_layouts(lines: Lines, layouts: Iterable[Layout], state: ScreenState) -> None:
    """Add the lines of layouts."""
    for layout in layouts:
        _add(layout, lines, state)


def add_alert(lines: Lines, text: str, context: str | None) -> None:
    """Add the line of an alert."""
    lines.add(f"Alert{braced([context])}: {text}")


def add_pressed(
    lines: Lines,
    label: str,
    owner: Model,
    state: ScreenState,
    *,
    facts: Iterable[str | None] = (),
    texts: Iterable[str | None] = (),
) -> None:
    """Add the line of something that a user can press, and below it its texts and the modal that it opens."""
    lines.add(f"{label}{braced(facts)}: {effect(owner)}")
    below = lines.below()
    for text in texts:
        if text is not None:
            below.add(text)
    add_layouts(below, modal_content(owner), state)


def _titled(kind: str, title: str | None) -> str:
    return kind if title is None else f"{kind}: {title}"


@singledispatch
def _add(layout: Layout, lines: Lines, state: ScreenState) -> None:
    lines.add(f"Unknown layout{type_of(layout)}: {value_text(layout.extra)}")


@_add.register
def _(layout: HeadingLayout, lines: Lines, state: ScreenState) -> None:
    lines.add(f"## {layout.text}")


@_add.register
def _(layout: ParagraphLayout, lines: Lines, state: ScreenState) -> None:
    lines.add(layout.text)


@_add.register
def _(layout: MarkdownLayout, lines: Lines, state: ScreenState) -> None:
    lines.add(layout.content)


@_add.register
def _(layout: AlertLayout, lines: Lines, state: ScreenState) -> None:
    add_alert(lines, layout.markdown, layout.context)


@_add.register
def _(layout: DividerLayout, lines: Lines, state: ScreenState) -> None:
    lines.add("---")


@_add.register
def _(layout: ImageLayout, lines: Lines, state: ScreenState) -> None:
    lines.add(_titled("Image", layout.accessibility_description) + braced([layout.url]))


@_add.register
def _(layout: MediaLayout, lines: Lines, state: ScreenState) -> None:
    lines.add(_media(layout.media))


def _media(media: AnyMedia) -> str:
    match media:
        case Media.Image(uri=uri, accessibility_description=description):
            return _titled("Image", description) + braced([uri])
        case Media.Avatar(content=content):
            parts = [part.__dict__.get("text") or part.__dict__.get("uri") or "unknown content" for part in content]
            return f"Avatar: {', '.join(parts)}"
        case _:
            return f"Unknown media: {value_text(dict(media))}"


@_add.register
def _(layout: LoadingIndicatorLayout, lines: Lines, state: ScreenState) -> None:
    lines.add("Loading …")


@_add.register
def _(layout: ButtonLayout, lines: Lines, state: ScreenState) -> None:
    pinned = None if layout.pin_order is None else f"pinned {layout.pin_order}"
    facts = (layout.control, layout.context, "disabled" if layout.disabled else None, pinned)
    add_pressed(lines, f"Button {quoted(layout.title)}", layout, state, facts=facts)


@_add.register
def _(layout: FormLayout, lines: Lines, state: ScreenState) -> None:
    state.add_form(lines, layout.schema_id)


@_add.register
def _(layout: BoxLayout, lines: Lines, state: ScreenState) -> None:
    lines.add("Box")
    add_layouts(lines.below(), layout.components, state)


@_add.register
def _(layout: ColumnsLayout, lines: Lines, state: ScreenState) -> None:
    lines.add("Left column")
    add_layouts(lines.below(), layout.left, state)
    lines.add("Right column")
    add_layouts(lines.below(), layout.right, state)


@_add.register
def _(layout: ModalLayout, lines: Lines, state: ScreenState) -> None:
    lines.add(_titled(f"Modal {quoted(layout.trigger.title)}", layout.content.title))
    add_layouts(lines.below(), layout.content.components, state)


@_add.register
def _(layout: SectionLayout, lines: Lines, state: ScreenState) -> None:
    lines.add(_titled("Section", layout.title))
    if layout.call_to_action is not None:
        add_pressed(lines.below(), f"Link {quoted(layout.call_to_action.title)}", layout.call_to_action, state)
    add_layouts(lines.below(), layout.components, state)


@_add.register
def _(layout: TabsLayout, lines: Lines, state: ScreenState) -> None:
    for item in layout.items:
        lines.add(f"Tab: {item.title}")
        add_layouts(lines.below(), item.components, state)


@_add.register
def _(layout: DecisionLayout, lines: Lines, state: ScreenState) -> None:
    lines.add(_titled("Decision", layout.title))
    below = lines.below()
    for option in layout.options:
        label = f"Option {quoted(option.title)}"
        disabled = "disabled" if option.disabled else None
        texts = (option.description, option.additional_text)
        add_pressed(below, label, option, state, facts=[disabled], texts=texts)


@_add.register
def _(layout: InstructionsLayout, lines: Lines, state: ScreenState) -> None:
    lines.add(_titled("Instructions", layout.title))
    for item in layout.items:
        lines.below().add(f"- {item.text}{braced([item.context])}")


@_add.register
def _(layout: ListLayout, lines: Lines, state: ScreenState) -> None:
    lines.add(_titled("List", layout.title))
    for item in layout.items:
        values = item.supporting_values
        facts = (None, None) if values is None else (values.value, values.subvalue)
        lines.below().add(_titled(f"- {item.title}", item.description) + braced(facts))


@_add.register
def _(layout: StatusListLayout, lines: Lines, state: ScreenState) -> None:
    lines.add(_titled("Status list", layout.title))
    for item in layout.items:
        lines.below().add(_titled(f"- {item.title}", item.description) + braced([item.status]))


@_add.register
def _(layout: ReviewLayout, lines: Lines, state: ScreenState) -> None:
    lines.add(_titled("Review", layout.title))
    for field in layout.fields:
        lines.below().add(f"{field.label}: {field.value}")
    if layout.call_to_action is not None:
        add_pressed(lines.below(), f"Link {quoted(layout.call_to_action.title)}", layout.call_to_action, state)


@_add.register
def _(layout: SearchLayout, lines: Lines, state: ScreenState) -> None:
    lines.add(f"Search: {layout.title}: {layout.method} {layout.url}, term in {quoted(layout.param)}")
    below = lines.below()
    if layout.hint is not None:
        below.add(layout.hint)
    match state.content_of(layout):
        case SearchInitialResultsConfig(results=results):
            for result in results:
                below.add(_titled(f"- {result.__dict__.get('title', '')}", result.__dict__.get("description")))
        case SearchInitialLayoutConfig(layout=layouts):
            add_layouts(below, layouts, state)
        case None:
            pass
        case other:
            below.add(f"Unknown initial state: {value_text(dict(other))}")
