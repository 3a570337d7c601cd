"""Choose a recipient, shown with pictures.

In core2, an option has a behavior instead of an action, and media instead of icon and image. An avatar contains a
picture or initials. The decorator binds the function's name to the finished step.

Shows: decision with behaviors, avatars, a decorated function
Generation: core2
"""

from stepdsl import Action, Media, Step, StepBuilder

RECIPIENTS = [("r-1", "Ada Byron", "AB"), ("r-2", "Charles Babbage", "CB"), ("r-3", "Mary Somerville", "MS")]


@Step.build
def step(recipients: StepBuilder) -> None:
    recipients.id = "recipient"
    recipients.title = "Send money"
    with recipients.layout() as layout:
        with layout.decision(title="To whom?") as decision:
            with decision.options() as options:
                for recipient_id, name, initials in RECIPIENTS:
                    with options.option(title=name, additional_text="EUR") as option:
                        option.media = Media.Avatar(content=[Media.Avatar.Content.Text(text=initials)])
                        option.behavior.action(action=Action(url="/recipient", data={"recipientId": recipient_id}))
                with options.option(title="Somebody new", description="You need the IBAN") as new:
                    new.media.avatar().content().uri(uri="urn:wise:icons:plus")
                    new.behavior.action(action=Action(url="/recipient/new", method="GET"))
