"""Check everything before it is sent.

A review shows labels with values, and a call to action that leads back to where they can be changed. `help`
stands beside a value that needs explaining. Nothing is collected here: the button's `data` is all that is
submitted.

Shows: review, call to action, help, pinned button, constructors
Generation: core
"""

from stepdsl import Action, ButtonLayout, Help, ReviewLayout, Step

step = Step(
    id="review",
    title="Is everything right?",
    layout=[
        ReviewLayout(
            title="Your transfer",
            fields=[
                ReviewLayout.Field(label="You send", value="250.75 EUR"),
                ReviewLayout.Field(
                    label="Our fee",
                    value="1.20 EUR",
                    help=Help(markdown="0.35 EUR, and 0.34 % of the amount. It is **included** in what you send."),
                ),
                ReviewLayout.Field(label="Ada gets", value="214.37 GBP"),
            ],
            call_to_action=ReviewLayout.CallToAction(title="Change", action=Action(url="/transfer", method="GET")),
        ),
        ReviewLayout(
            title="Ada Byron",
            fields=[
                ReviewLayout.Field(label="Sort code", value="23-14-70"),
                ReviewLayout.Field(label="Account number", value="12345678"),
            ],
        ),
        ButtonLayout(
            title="Send 250.75 EUR",
            control="primary",
            context="positive",
            pin_order=1,
            action=Action(url="/transfers", data={"quoteId": "q-20417"}),
        ),
    ],
)
