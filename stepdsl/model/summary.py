"""Summaries: how the items of a list are told to the user in a few words and a picture."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from stepdsl.model.base import Model, field, model
from stepdsl.model.generation import Generation
from stepdsl.model.unions import AnyIcon, AnyMedia

if TYPE_CHECKING:
    from stepdsl.dsl import builders as b
    from stepdsl.model.layouts import ImageLayout

__all__ = ["Summary", "SummaryProperties"]


@model(shared=True)
class SummaryProperties(Model):
    """What a schema may give to the summary of the list item in which it stands (core, core2)."""

    provides_title: bool | None = None
    """True offers the schema's value as the title."""
    provides_description: bool | None = None
    """True offers the schema's value as the description."""
    provides_icon: bool | None = None
    """True offers the schema's icon as the icon."""
    provides_image: bool | None = None
    """True offers the schema's image as the image."""
    provides_media: bool | None = field(default=None, generation=Generation.CORE2)
    """True offers the schema's media as the media."""


class Summary:
    """The two sides of a summary: schemas that provide its parts, and the list that puts them together."""

    @model
    class Provider(SummaryProperties):
        """A schema as the source of parts of a summary (core, core2)."""

        build: ClassVar[b.SummaryProviderOpener]

    @model
    class Summariser(SummaryProperties):
        """How a list sums up each of its items, with what to take where no child provides it (core, core2).

        What it provides in its turn goes to the list around this one.
        """

        build: ClassVar[b.SummarySummariserOpener]

        default_title: str | None = None
        """Title where no child provides one."""
        default_description: str | None = None
        """Description where no child provides one."""
        default_icon: AnyIcon | None = None
        """Icon where no child provides one."""
        default_image: ImageLayout | None = field(default=None, known_by="url")
        """Image where no child provides one. Later pages have another type here; what has no `url` goes to `extra`."""
        default_media: AnyMedia | None = field(default=None, generation=Generation.CORE2)
        """Media where no child provides one. Seen on no page, deduced from `provides_media`."""
