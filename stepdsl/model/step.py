"""The step: one screen of a flow."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, ClassVar

from stepdsl.core.json import UNSET, Json
from stepdsl.core.model import Model, field, model
from stepdsl.core.provenance import Generation
from stepdsl.model.features import RefreshOnChange
from stepdsl.model.unions import Layout, Schema

if TYPE_CHECKING:
    from stepdsl.model import declarations as b
    from stepdsl.model.features import External, LinkHandler, Navigation, Polling, Toolbar

__all__ = ["Step", "StepError"]


@model
class StepError(Model):
    """Errors to show as soon as the step loads (core, core2)."""

    build: ClassVar[b.StepErrorOpener]

    error: str | None = None
    """General message, tied to no field."""
    validation: Json = field(default=UNSET)
    """Messages of single fields: JSON in the shape of the model, a message at each field that failed."""


@model(root=True)
class Step(RefreshOnChange.RefreshableStep):
    """One screen of a flow: the data to collect, how it looks, and the features around it (core, core2).

    `id` and `title` are documented as required but may be left out, as the documentation's own examples do.
    """

    build: ClassVar[b.StepOpener]

    id: str | None = None
    """Identifies the step; goes into analytics events as stepId."""
    title: str | None = None
    """Title of the screen."""
    description: str | None = None
    """Subtitle of the screen."""
    control: str | None = None
    """Asks for a particular rendering of the step, any string; clients ignore one they do not know."""
    layout: Sequence[Layout] = field(default=())
    """What the screen shows, from top to bottom. Always on the wire."""
    footer: Sequence[Layout] | None = field(default=None, generation=Generation.CORE2)
    """What stands fixed at the bottom, usually the buttons that submit."""
    schemas: Sequence[Schema] = field(default=())
    """The data to collect; their values are merged in this order at submission. Always on the wire.

    A schema is shown where a form layout refers to its `id`; others are submitted with what `model` holds for them.
    """
    model: Json = field(default=UNSET)
    """Initial data in the shape that the schemas describe; what fits no schema is ignored."""
    toolbar: Toolbar | None = field(default=None, generation=Generation.CORE2)
    """Buttons at the top of the screen. Seen on no page; its type's name was."""
    errors: StepError | None = None
    """Errors to show as soon as the step loads."""
    external: External | None = None
    """A URL that is opened when the step first loads."""
    polling: Polling | None = None
    """Requests that can move the flow on while the step is shown."""
    link_handlers: Sequence[LinkHandler] | None = None
    """Patterns for links that can move the flow on while the step is shown."""
    navigation: Navigation | None = None
    """How the user moves between steps."""
    analytics: Mapping[str, str] | None = None
    """Added by the client to every analytics event of the step."""
