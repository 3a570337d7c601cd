"""Actions, and the behaviors that core2 has in their place."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar

from stepdsl.core.json import UNSET, Json
from stepdsl.core.model import Model, field, model
from stepdsl.core.provenance import Generation
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
    """What happens on a submission: submit to an endpoint, move the flow on, or end it (core, core2).

    Without `exit`, what the step collected goes to `url` and the answer moves the flow on. With `exit` and no `url`
    the flow ends with `result`; with both, the answer is merged under `result` and the flow ends with that.
    """

    build: ClassVar[b.ActionOpener]

    id: str | None = None
    """Identifies the action in analytics; unique within the flow."""
    url: str | None = None
    """Where to submit: absolute, or relative to the flow's base URL. An action that exits can do without."""
    method: str | None = None
    """HTTP method of the submission, any string; `HttpMethod` has the usual ones. Clients take POST if absent."""
    exit: bool | None = None
    """True ends the flow when the action is done. Clients take False if absent."""
    result: Json = field(default=UNSET)
    """Result of the flow for an action that exits: any JSON. Wins over what the server answered, key by key."""
    data: Json = field(default=UNSET)
    """JSON merged into what the step submits; usually an object."""
    skip_validation: bool | None = None
    """True submits without checking the step's values on the client first."""
    timeout: int | None = None
    """Suggested network timeout in seconds, for endpoints that are known to be slow."""


@model(tag="action", generation=Generation.CORE2)
class ActionBehavior(Behavior):
    """A behavior that performs an action (core2)."""

    build: ClassVar[b.ActionBehaviorOpener]

    action: Action
    """The action to perform; one without any property is legal."""


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


@model(mixin=True)
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
