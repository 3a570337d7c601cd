"""Explain something in a modal, or ask for confirmation in one.

A modal layout has its own trigger. A modal behavior can belong to any button. The content of a modal is
information, and it can have buttons: in the second modal one button submits, and the other one only closes the modal. A
form over the step needs a subflow.

Shows: modal layout, modal behavior, dismiss behavior
Generation: core2
"""

from stepdsl import Action, DismissBehavior, Step

with Step.build(id="close-account", title="Close your account") as closing:
    with closing.layout() as layout:
        layout.paragraph(text="You can open it again within 30 days.")
        with layout.modal() as explanation:
            explanation.trigger(title="What happens to my money?")
            with explanation.content(title="Your money") as content:
                with content.components() as inside:
                    inside.paragraph(text="We send what is left to your other account, on the same day.")
                    inside.markdown(content="It can take longer:\n\n- at weekends\n- for accounts *abroad*")
    with closing.footer() as footer:
        with footer.button(title="Close the account", control="primary", context="negative") as close:
            with close.behavior.modal() as modal:
                with modal.content() as confirmation:
                    confirmation.heading(text="Are you sure?")
                    confirmation.button(title="Yes, close it", context="negative").behavior.action(
                        action=Action(url="/account/close")
                    )
                    confirmation.button(title="No", control="tertiary", behavior=DismissBehavior())

step = closing.built
