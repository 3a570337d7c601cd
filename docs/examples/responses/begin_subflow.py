"""An answer that starts a subflow.

The server sends it with the header `X-DF-Response-Type: subflow`. It has the same properties as the subflow
behavior. Here there is no `result_key`, so the result is merged at the root of the data that `on_completion`
submits.

Shows: subflow response, native launch config
Generation: core2
"""

from stepdsl import Action, ActionBehavior, NativeLaunchConfig, SubflowResponseBody

body = SubflowResponseBody(
    launch_config=NativeLaunchConfig(id="pin-entry", payload={"digits": 6}),
    referrer_id="transfer",
    on_completion=ActionBehavior(action=Action(url="/transfers/20417/authorise")),
)
