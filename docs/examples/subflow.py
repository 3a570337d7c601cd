"""Start another flow inside this flow.

The button starts a native flow. The app has registered this flow under the id `face-scan`, and the flow gets the
`payload`. If it succeeds, the action of `on_completion` submits its result as `scan`, together with the action's
own data. If it fails, the client performs the action of `on_error`, and this flow continues without a result.

Shows: subflow behavior, native launch config, instructions
Generation: core2
"""

from stepdsl import Action, Step

with Step.build(id="face-scan", title="Show us your face") as scan:
    with scan.layout() as layout:
        with layout.instructions() as instructions:
            with instructions.items() as items:
                items.item(text="Find a place with good light", context="positive")
                items.item(text="Take off your glasses", context="positive")
                items.item(text="Do not wear a hat", context="negative")
    with scan.footer() as footer:
        with footer.button(title="Begin", control="primary") as begin:
            with begin.behavior.subflow() as subflow:
                subflow.launch_config.native(id="face-scan", payload={"camera": "front", "maxSeconds": 30})
                subflow.referrer_id = "account-opening"
                subflow.result_key = "scan"
                subflow.on_completion.action(action=Action(url="/face-scan", data={"attempt": 1}))
                subflow.on_error.action(action=Action(url="/face-scan/failed"))

step = scan.built
