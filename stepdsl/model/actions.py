"""Actions, and the behaviors of the latest generation that took their place."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from stepdsl.model.base import Model, field, model
from stepdsl.model.generation import Generation
from stepdsl.model.unions import Behavior
from stepdsl.model.values import UNSET, Json

if TYPE_CHECKING:
    from stepdsl.dsl import builders as b

__all__ = ["Action", "ActionBehavior"]


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
