"""Check everything before it is sent.

A review shows labels with values. It also has a call to action, which leads to the step where the user can change
the values. `help` explains a value. This step collects nothing: only the `data` of the button is submitted.

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
