"""Actions (core), and the behaviors that replace them in core2."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar

from stepdsl.core.json import UNSET, Json
from stepdsl.core.model import Model, field, model
from stepdsl.core.provenance import Generation, Source
from stepdsl.model.unions import Behavior, LaunchConfig, Layout

if TYPE_CHECKING:
    from stepdsl.model import declarations as b

__all__ = [
    "Action",
    "ActionBehavior",
    "CopyBehavior",
    "DismissBehavior",
    "LinkBehavior",
    "ModalBehavior",
    "NativeLaunchConfig",
    "RefreshBehavior",
    "SubflowBehavior",
    "SubflowProperties",
]


@model
class Action(Model):
    """What the client does on a submission: submit to an endpoint, continue the flow, or end it (core, core2).

    Without `exit`, the client submits the data of the step to `url`, and the response continues the flow. With `exit`
    but without `url`, the flow ends with `result`. With both, the flow ends with the response merged with `result`.
    """

    build: ClassVar[b.ActionOpener]

    id: str | None = None
    """Identifier of the action in analytics. It is unique within the flow."""
    url: str | None = None
    """URL of the submission: absolute, or relative to the base URL of the flow. Optional for an action with `exit`."""
    method: str | None = None
    """HTTP method of the submission, any string; `HttpMethod` has the usual ones. Clients take POST if absent."""
    exit: bool | None = None
    """True ends the flow when the action is done. Clients take False if absent."""
    result: Json = field(default=UNSET)
    """Result of the flow for an action with `exit`, any JSON. Its keys override the same keys of the response."""
    data: Json = field(default=UNSET)
    """JSON that is merged into the submitted data, usually an object."""
    skip_validation: bool | None = None
    """True submits the values of the step without validation on the client."""
    timeout: int | None = None
    """Suggested network timeout in seconds, for endpoints that are known to be slow."""


@model(tag="action", generation=Generation.CORE2)
class ActionBehavior(Behavior):
    """A behavior that performs an action (core2)."""

    build: ClassVar[b.ActionBehaviorOpener]

    action: Action
    """The action to perform. An action without properties is allowed."""


@model(tag="copy", generation=Generation.CORE2, source=Source.NAME_ONLY)
class CopyBehavior(Behavior):
    """Copies text to the clipboard (core2)."""

    build: ClassVar[b.CopyBehaviorOpener]

    content: str = field(source=Source.RECALLED)
    """Text to copy."""


@model(tag="dismiss", generation=Generation.CORE2, source=Source.NAME_ONLY)
class DismissBehavior(Behavior):
    """Closes the topmost modal or presented flow (core2)."""

    build: ClassVar[b.DismissBehaviorOpener]


@model(tag="link", generation=Generation.CORE2, source=Source.NAME_ONLY)
class LinkBehavior(Behavior):
    """Opens a link (core2)."""

    build: ClassVar[b.LinkBehaviorOpener]

    url: str = field(source=Source.RECALLED)
    """Link to open."""


@model(tag="modal", generation=Generation.CORE2, source=Source.NAME_ONLY)
class ModalBehavior(Behavior):
    """Shows layouts in a modal (core2)."""

    build: ClassVar[b.ModalBehaviorOpener]

    content: Sequence[Layout] = field(source=Source.RECALLED)
    """Layouts of the modal, from top to bottom."""


@model(tag="refresh", generation=Generation.CORE2, source=Source.NAME_ONLY)
class RefreshBehavior(Behavior):
    """Fetches the step again, as a change of a schema with `refresh_step_on_change` does (core2)."""

    build: ClassVar[b.RefreshBehaviorOpener]


@model(mixin=True)
class SubflowProperties(Model):
    """Properties that start a subflow, which is a flow within this flow (core2)."""

    launch_config: LaunchConfig
    """How the subflow is launched."""
    referrer_id: str
    """Identifies the flow that starts the subflow, for tracking."""
    result_key: str | None = None
    """Key under which the result of the subflow is merged into the data of `on_completion`; at the root if absent."""
    on_completion: Behavior | None = None
    """Performed when the subflow succeeds. An action submits the result of the subflow with its own data."""
    on_error: Behavior | None = None
    """Performed when the subflow fails. If absent, this flow fails too."""


@model(tag="subflow", generation=Generation.CORE2, source=Source.NO_OWN_PAGE)
class SubflowBehavior(SubflowProperties, Behavior):
    """Starts a subflow (core2). It has the properties of `SubflowResponseBody`."""

    build: ClassVar[b.SubflowBehaviorOpener]


@model(tag="native", generation=Generation.CORE2)
class NativeLaunchConfig(LaunchConfig):
    """Launches a subflow that the client itself implements (core2)."""

    build: ClassVar[b.NativeLaunchConfigOpener]

    id: str
    """Identifier of the subflow. The client has registered a handler under it."""
    payload: Json = field(default=UNSET)
    """Data for the handler, any JSON."""
