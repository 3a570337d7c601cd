"""A Sphinx directive, ``{documented-types}``: tables of all documented types and enums, made from the models."""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterator
from enum import Enum
from typing import TYPE_CHECKING

from docutils.nodes import Node
from sphinx.util.docutils import SphinxDirective

import stepdsl
from stepdsl.model.base import Generation
from stepdsl.model.definition import DEFINITIONS, Property
from stepdsl.model.docstrings import property_docstring

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.util.typing import ExtensionMetadata

GENERATIONS = {
    Generation.BOTH: "",
    Generation.CORE: "core only",
    Generation.CORE2: "core2 only",
    Generation.SUPERSEDED: "deprecated in core2",
}


def reference() -> Iterator[str]:
    """The lines of the reference, in MyST."""
    yield from ("## Types", "")
    for name, cls in stepdsl.documented_types().items():
        yield from (f"### {name}", "", inspect.getdoc(cls) or "", "")
        rows = [row(cls, held) for held in DEFINITIONS[cls].properties.values()]
        if rows:
            yield from ("| property | on the wire | type | | |", "|---|---|---|---|---|", *rows, "")
    yield from ("## Enumerations", "")
    for name, enum in stepdsl.documented_enums().items():
        yield from (f"### {name}", "", inspect.getdoc(enum) or "", "")
        yield from ("| member | on the wire | |", "|---|---|---|", *members(enum), "")


def row(cls: type, held: Property) -> str:
    """One property as a row of its type's table."""
    notes = ", ".join(filter(None, ("required" if held.required else "", GENERATIONS[held.generation])))
    return cells(f"`{held.name}`", f"`{held.wire}`", type_of(held), notes, property_docstring(cls, held.name))


def members(enum: type[Enum]) -> Iterator[str]:
    """The members of an enum as rows."""
    for member in enum:
        yield cells(f"`{member.name}`", f"`{member.value}`", property_docstring(enum, member.name))


def type_of(held: Property) -> str:
    """The type of a property as readers want it: without what is only there for checkers."""
    parts = (part.strip() for part in re.split(r"\|", held.annotation))
    kept = [part for part in parts if part != "None" and not re.fullmatch(r"\w+Literal\]?", part)]
    text = " or ".join(kept) + ("]" if " | " in held.annotation and kept[0].count("[") > kept[0].count("]") else "")
    return "any JSON" if text in ("Any", "Json") else f"`{text}`"


def cells(*texts: str) -> str:
    """A row of a table."""
    return "| " + " | ".join(" ".join(text.split()).replace("|", "\\|") for text in texts) + " |"


class DocumentedTypes(SphinxDirective):
    """Puts the reference in the place of the directive."""

    def run(self) -> list[Node]:
        """Parse the reference as if it stood in the page."""
        return self.parse_text_to_nodes("\n".join(reference()), allow_section_headings=True)


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the directive."""
    app.add_directive("documented-types", DocumentedTypes)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
