"""Bodies of what a server may answer, beside steps."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, ClassVar

from stepdsl.core.json import UNSET, Json
from stepdsl.core.model import Model, field, model
from stepdsl.core.provenance import Generation
from stepdsl.model.actions import Action, SubflowProperties
from stepdsl.model.unions import Layout

if TYPE_CHECKING:
    from stepdsl.model import declarations as b

__all__ = ["ActionResponseBody", "ErrorResponseBody", "ModalResponseBody", "NoOpResponseBody", "SubflowResponseBody"]


@model
class ActionResponseBody(Model):
    """Tells the client to perform an action at once; only the action's own data is submitted (core, core2)."""

    build: ClassVar[b.ActionResponseBodyOpener]

    action: Action
    """What the client performs."""


@model
class ErrorResponseBody(Model):
    """What went wrong, for any status outside 200 to 299 (core, core2)."""

    build: ClassVar[b.ErrorResponseBodyOpener]

    error: str | None = None
    """General message for the user, tied to no field."""
    refresh_url: str | None = None
    """Where the client fetches the step anew, to show these errors on it."""
    validation: Json = field(default=UNSET)
    """Messages of single fields: JSON in the shape of what was submitted."""
    analytics: Mapping[str, str] | None = None
    """Meant for analytics events about the error; no client supports it yet (later pages of core, core2)."""


@model(generation=Generation.CORE2)
class ModalResponseBody(Model):
    """Shows layouts in a modal on the current step (core2). Only the name was seen on a page."""

    build: ClassVar[b.ModalResponseBodyOpener]

    content: Sequence[Layout]
    """What the modal shows, from top to bottom. Seen on no page."""


@model(generation=Generation.CORE2)
class NoOpResponseBody(Model):
    """Has the client do nothing; the step stays (core2). Only the name was seen on a page."""

    build: ClassVar[b.NoOpResponseBodyOpener]


@model(generation=Generation.CORE2)
class SubflowResponseBody(SubflowProperties):
    """Has the client begin a subflow (core2)."""

    build: ClassVar[b.SubflowResponseBodyOpener]
