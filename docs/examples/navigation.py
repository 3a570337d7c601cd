"""Set the action of going back, and remove earlier steps.

When the user goes back, the client performs the step's own action instead of its usual one: it fetches the first
step of the shop. Nothing is validated. When this step is shown, `stack_behavior` removes all earlier steps, so
nobody can go back to a payment that is finished.

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
