"""Begin another flow in the middle of this one.

The button launches a native flow: one that the app has registered under the id `face-scan`, and that gets the
`payload`. When it succeeds, the action of `on_completion` submits its result under `scan`, with the action's
own data; when it fails, that of `on_error` is performed, and this flow goes on without.

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
