"""Send the user to the bank, and continue when the user comes back.

The client opens `external` automatically, in a browser or in the bank's app. Two events can continue the flow.
The first is a link back into the app that matches a link handler; its whole address is submitted as `url`. The
second is the polling, for users who finish on another device. A markdown link opens the bank's page again.

Shows: external, link handlers, polling, markdown link
Generation: core
"""

from stepdsl import Step

BANK = "https://bank.example/approve?consent=c-77"

with Step.build(id="bank-approval", title="Approve it at your bank") as approval:
    approval.external(url=BANK)
    with approval.layout() as layout:
        layout.markdown(content=f"Nothing happened? [Open your bank]({BANK}) again.")
        layout.loading_indicator()
        layout.button(title="Cancel", control="tertiary").action(exit=True, result={"approved": False})
    with approval.link_handlers() as handlers:
        with handlers.link_handler(regex_pattern=r"^https://shop\.example/approved\?") as approved:
            approved.action(url="/approval")
        with handlers.link_handler(regex_pattern=r"^https://shop\.example/declined\?") as declined:
            declined.action(url="/approval/declined")
    with approval.polling() as polling:
        polling.url = "/approval/status"
        polling.interval = 2
        polling.max_attempts = 300
        polling.on_error().action(exit=True, result={"approved": False})

step = approval.built
