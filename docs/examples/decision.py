"""Choose what to do next.

Each option of a decision has an action. When the user chooses an option, the client performs its action; no
button is needed. An icon is either a name that the client knows or a short text. `disabled` shows an option that
cannot be chosen now. GET fetches a step without submitting anything.

Shows: decision with actions, icons, a disabled option
Generation: core
"""

from stepdsl import Step

with Step.build(id="decision", title="How would you like to pay?") as payment:
    with payment.layout() as layout:
        with layout.decision() as decision:
            with decision.options() as options:
                with options.option(title="Bank transfer", description="Free, takes one day") as transfer:
                    transfer.icon.named(name="bank")
                    transfer.action(url="/pay/transfer", method="GET")
                with options.option(title="Card", description="0.5 %, takes a minute") as card:
                    card.icon.named(name="card")
                    card.action(url="/pay/card", method="GET")
                with options.option(title="Balance", description="You have 0.00 EUR", disabled=True) as balance:
                    balance.icon.text(text="€")
                    balance.action(url="/pay/balance", method="GET")
        layout.button(title="Cancel", control="tertiary").action(exit=True, result={"paid": False})

step = payment.built
