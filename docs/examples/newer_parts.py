"""Send what the library does not know yet.

`extra` holds properties, the `Unknown…` classes hold whole layouts and behaviors: they are written like
everything else, and read back the same. A client ignores a property that it does not know; send a new type
only to clients that have it.

Shows: extra properties, unknown layout, unknown behavior
Generation: core2
"""

from stepdsl import Action, ActionBehavior, ButtonLayout, Step, UnknownBehavior, UnknownLayout

with Step.build(id="newer-parts", title="Your goal") as goal:
    goal.extra = {"theme": "dark"}
    with goal.layout() as layout:
        layout.heading(text="A bicycle", extra={"highlight": True})
        layout.add(UnknownLayout(type="progress", extra={"title": "420 of 600 EUR", "progress": 0.7}))
        with layout.button(title="Tell a friend", control="secondary") as share:
            share.behavior = UnknownBehavior(type="share", extra={"text": "I am saving for a bicycle."})
    with goal.footer() as footer:
        footer.add(
            ButtonLayout(
                title="Add money",
                control="primary",
                behavior=ActionBehavior(action=Action(url="/goals/3/add", method="GET")),
            )
        )

step = goal.built
