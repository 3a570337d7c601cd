"""Continue in another app.

This example uses core2. `external` opens the app. A link handler with a behavior matches the link that leads
back, and submits the whole link as `url`. The step does not poll. One button opens the app again, and one button
copies the app's address for another device.

Shows: external, link handler with a behavior, link and copy behaviors
Generation: core2
"""

from stepdsl import Action, ActionBehavior, CopyBehavior, LinkBehavior, LinkHandler, Step

IDENTITY_APP = "https://id.example/start/4f9c"

with Step.build(id="identity-app", title="Show your identity card") as identity:
    identity.description = "Hold it against the back of your phone when the app asks you to."
    identity.external(url=IDENTITY_APP)
    identity.link_handlers = [
        LinkHandler(
            regex_pattern=r"^https://shop\.example/identity/done",
            behavior=ActionBehavior(action=Action(url="/identity")),
        )
    ]
    with identity.layout() as layout:
        layout.paragraph(text="We have opened the identity app. It brings you back here.")
        layout.button(title="Open the app again", control="secondary", behavior=LinkBehavior(url=IDENTITY_APP))
        layout.button(title="Copy the link", control="tertiary", behavior=CopyBehavior(content=IDENTITY_APP))

step = identity.built
