"""Response bodies of a server, except steps and search results."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, ClassVar

from stepdsl.core.json import UNSET, Json
from stepdsl.core.model import Model, field, model
from stepdsl.core.provenance import Generation, Source
from stepdsl.model.actions import SubflowProperties
from stepdsl.model.unions import Layout

if TYPE_CHECKING:
    from stepdsl.model import declarations as b
    from stepdsl.model.actions import Action

__all__ = ["ActionResponseBody", "ErrorResponseBody", "ModalResponseBody", "NoOpResponseBody", "SubflowResponseBody"]


@model
class ActionResponseBody(Model):
    """Makes the client perform an action at once (core, core2). Only the action's own data is submitted."""

    build: ClassVar[b.ActionResponseBodyOpener]

    action: Action
    """The action to perform."""


@model
class ErrorResponseBody(Model):
    """The body of an error: a response with any status outside 200 to 299 (core, core2)."""

    build: ClassVar[b.ErrorResponseBodyOpener]

    error: str | None = None
    """General message for the user. It belongs to no field."""
    refresh_url: str | None = None
    """URL from which the client fetches the step again, to show these errors on it."""
    validation: Json = field(default=UNSET)
    """Messages of single fields: JSON in the shape of the submitted data."""
    analytics: Mapping[str, str] | None = field(default=None, note="In core, only later pages have it.")
    """Intended for analytics events about the error. No client supports it yet."""


@model(generation=Generation.CORE2, source=Source.NAME_ONLY)
class ModalResponseBody(Model):
    """Shows layouts in a modal on the current step (core2)."""

    build: ClassVar[b.ModalResponseBodyOpener]

    content: Sequence[Layout] = field(source=Source.RECALLED)
    """Layouts of the modal, from top to bottom."""


@model(generation=Generation.CORE2, source=Source.NAME_ONLY)
class NoOpResponseBody(Model):
    """Makes the client do nothing. The current step remains (core2)."""

    build: ClassVar[b.NoOpResponseBodyOpener]


@model(generation=Generation.CORE2)
class SubflowResponseBody(SubflowProperties):
    """Makes the client start a subflow (core2)."""

    build: ClassVar[b.SubflowResponseBodyOpener]
