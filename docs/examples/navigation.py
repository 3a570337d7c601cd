"""Say where going back leads, and what it leaves behind.

Going back fetches the shop's first step by an action of its own, in place of the client's own way; nothing is
validated for it. `stack_behavior` removes all earlier steps once this one is shown, so that nobody gets back
into a payment that is made.

Shows: back behavior, stack behavior, constructors
Generation: core
"""

from stepdsl import Action, ButtonLayout, Navigation, ParagraphLayout, Step

step = Step(
    id="paid",
    title="Thank you",
    layout=[
        ParagraphLayout(text="We have received your payment. Your order ships tomorrow."),
        ButtonLayout(title="Show my order", control="primary", action=Action(url="/orders/4711", method="GET")),
    ],
    navigation=Navigation(
        back=Navigation.BackBehavior(title="Back to the shop", action=Action(url="/shop", method="GET")),
        stack_behavior=Navigation.StackBehavior.REMOVE_ALL,
    ),
)
