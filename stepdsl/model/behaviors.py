"""The behaviors beside `ActionBehavior`: what else a component can do, and what launches a subflow."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar

from stepdsl.model.base import Model, field, model
from stepdsl.model.generation import Generation
from stepdsl.model.unions import Behavior, LaunchConfig, Layout
from stepdsl.model.values import UNSET, Json

if TYPE_CHECKING:
    from stepdsl.dsl import builders as b

__all__ = [
    "CopyBehavior",
    "DismissBehavior",
    "LinkBehavior",
    "ModalBehavior",
    "NativeLaunchConfig",
    "RefreshBehavior",
    "SubflowBehavior",
    "SubflowProperties",
]


@model(tag="copy", generation=Generation.CORE2)
class CopyBehavior(Behavior):
    """Copies text to the clipboard (core2). Only the name was seen on a page."""

    build: ClassVar[b.CopyBehaviorOpener]

    content: str
    """What is copied. Seen on no page."""


@model(tag="dismiss", generation=Generation.CORE2)
class DismissBehavior(Behavior):
    """Closes what is shown on top, a modal or a presented flow (core2). Only the name was seen on a page."""

    build: ClassVar[b.DismissBehaviorOpener]


@model(tag="link", generation=Generation.CORE2)
class LinkBehavior(Behavior):
    """Opens a link (core2). Only the name was seen on a page."""

    build: ClassVar[b.LinkBehaviorOpener]

    url: str
    """What is opened. Seen on no page."""


@model(tag="modal", generation=Generation.CORE2)
class ModalBehavior(Behavior):
    """Shows layouts in a modal (core2). Only the name was seen on a page."""

    build: ClassVar[b.ModalBehaviorOpener]

    content: Sequence[Layout]
    """What the modal shows, from top to bottom. Seen on no page."""


@model(tag="refresh", generation=Generation.CORE2)
class RefreshBehavior(Behavior):
    """Fetches the step anew, as a change of a refreshing schema does (core2). Only the name was seen on a page."""

    build: ClassVar[b.RefreshBehaviorOpener]


@model(shared=True)
class SubflowProperties(Model):
    """What begins a subflow, a flow within this one (core2)."""

    launch_config: LaunchConfig
    """How the subflow is launched."""
    referrer_id: str
    """Says which flow began it, for tracking."""
    result_key: str | None = None
    """Where the subflow's result is merged into what `on_completion` submits; at the root if absent."""
    on_completion: Behavior | None = None
    """Performed when the subflow succeeds. An action submits the subflow's result with its own data."""
    on_error: Behavior | None = None
    """Performed when the subflow fails. Without it this flow fails as well."""


@model(tag="subflow", generation=Generation.CORE2)
class SubflowBehavior(SubflowProperties, Behavior):
    """Begins a subflow (core2). Its properties are those of `SubflowResponseBody`; its own page was not seen."""

    build: ClassVar[b.SubflowBehaviorOpener]


@model(tag="native", generation=Generation.CORE2)
class NativeLaunchConfig(LaunchConfig):
    """Launches a subflow that the client itself implements (core2)."""

    build: ClassVar[b.NativeLaunchConfigOpener]

    id: str
    """Which one: the id under which the client has registered a handler."""
    payload: Json = field(default=UNSET)
    """What the handler is given, any JSON."""
