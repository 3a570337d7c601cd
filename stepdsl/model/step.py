"""The step: one screen of a flow."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, ClassVar

from stepdsl.core.json import UNSET, Json
from stepdsl.core.model import Model, field, model
from stepdsl.core.provenance import Generation, Source
from stepdsl.model.features import RefreshOnChange
from stepdsl.model.unions import Layout, Schema

if TYPE_CHECKING:
    from stepdsl.model import declarations as b
    from stepdsl.model.features import External, LinkHandler, Navigation, Polling, Toolbar

__all__ = ["Step", "StepError"]


@model
class StepError(Model):
    """Errors that the client shows when the step loads (core, core2)."""

    build: ClassVar[b.StepErrorOpener]

    error: str | None = None
    """General message for the user. It belongs to no field."""
    validation: Json = field(default=UNSET)
    """Messages of single fields: JSON in the shape of the model, with a message for each field that has an error."""


@model(root=True)
class Step(RefreshOnChange.RefreshableStep):
    """One screen of a flow: the data to collect, the layout and the features (core, core2).

    The documentation says that `id` and `title` are required. They are optional here, because its own examples do not
    always have them.
    """

    build: ClassVar[b.StepOpener]

    id: str | None = None
    """Identifier of the step. Analytics events contain it as stepId."""
    title: str | None = None
    """Title of the screen."""
    description: str | None = None
    """Subtitle of the screen."""
    control: str | None = field(default=None, source=Source.DEDUCED_NAME)
    """Requests a particular rendering of the step, any string. Clients ignore an unknown value."""
    layout: Sequence[Layout] = field(default=())
    """Content of the screen, from top to bottom. It is always on the wire."""
    footer: Sequence[Layout] | None = field(default=None, generation=Generation.CORE2, source=Source.EXAMPLE)
    """Content that is fixed at the bottom of the screen, usually the submit buttons."""
    schemas: Sequence[Schema] = field(default=())
    """The data to collect. At submission, the values are merged in this order. It is always on the wire.

    A schema is shown where a form layout refers to its `id`. The value of any other schema in `model` is submitted too.
    """
    model: Json = field(default=UNSET)
    """Initial data, in the shape that the schemas describe. Clients ignore data that matches no schema."""
    toolbar: Toolbar | None = field(default=None, generation=Generation.CORE2, source=Source.TYPE_NAME)
    """Buttons at the top of the screen."""
    errors: StepError | None = None
    """Errors that the client shows when the step loads."""
    external: External | None = None
    """URL that the client opens when the step first loads."""
    polling: Polling | None = None
    """Requests that the client repeats while the step is shown. A response can continue the flow."""
    link_handlers: Sequence[LinkHandler] | None = None
    """Patterns for links that open the app while the step is shown. A match can continue the flow."""
    navigation: Navigation | None = None
    """How the user moves between steps."""
    analytics: Mapping[str, str] | None = None
    """Data that the client adds to every analytics event of the step."""
