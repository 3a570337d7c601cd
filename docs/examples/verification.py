"""Show the progress of a verification.

A status list shows which tasks are done, which are in progress, and which have not started. The step polls every
five seconds. The server answers 204 while nothing changes. When something has changed, it answers with an action
that fetches the step again. With `stack_behavior` the new step replaces this one, so the user does not go back
through all of them.

Shows: status list, polling with an interval, replacing the step
Generation: core
"""

from stepdsl import Action, Navigation, Polling, Step

with Step.build(id="verification", title="We are checking your details") as verification:
    with verification.layout() as layout:
        with layout.status_list(title="It takes about ten minutes") as tasks:
            with tasks.items() as items:
                with items.item(title="Your passport", description="Received and readable", status="done") as passport:
                    passport.icon.named(name="passport")
                with items.item(title="Your address", description="We are comparing it", status="pending") as address:
                    address.icon.named(name="house")
                with items.item(title="Your account", description="Opens at the end", status="not-done") as account:
                    account.icon.text(text="3")
        layout.loading_indicator(size="sm")
    verification.polling = Polling(
        url="/verification/status",
        interval=5,
        max_attempts=240,
        on_error=Polling.OnError(action=Action(url="/verification/later")),
    )
    verification.navigation = Navigation(stack_behavior=Navigation.StackBehavior.REPLACE_CURRENT)

step = verification.built
