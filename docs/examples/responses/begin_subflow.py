"""An answer that begins a subflow.

Sent with the header `X-DF-Response-Type: subflow`. It has the same properties as the subflow behavior; here
the result is merged at the root of what `on_completion` submits, because there is no `result_key`.

Shows: subflow response, native launch config
Generation: core2
"""

from stepdsl import Action, ActionBehavior, NativeLaunchConfig, SubflowResponseBody

body = SubflowResponseBody(
    launch_config=NativeLaunchConfig(id="pin-entry", payload={"digits": 6}),
    referrer_id="transfer",
    on_completion=ActionBehavior(action=Action(url="/transfers/20417/authorise")),
)
