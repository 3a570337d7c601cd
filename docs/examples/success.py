"""Say that all went well, and end the flow.

The control `display` makes a large headline, the picture has a description for screen readers. The button
exits without a request: its `result` is what the app gets that began the flow. `analytics` goes into every
event of the step.

Shows: display heading, image, exit with a result, analytics, constructors
Generation: core
"""

from stepdsl import Action, Align, ButtonLayout, Control, HeadingLayout, ImageLayout, ParagraphLayout, Size, Step

step = Step(
    id="success",
    title="Done",
    layout=[
        ImageLayout(
            url="https://shop.example/images/plane.png",
            accessibility_description="A paper plane in the sky",
            size=Size.LG,
        ),
        HeadingLayout(
            text="Your money is on its way",
            control=Control.Layout.Heading.DISPLAY,
            size=Size.XL,
            align=Align.CENTER,
        ),
        ParagraphLayout(text="It arrives on Tuesday. We have sent you a receipt.", align=Align.CENTER),
        ButtonLayout(
            title="Done",
            control=Control.Layout.Button.PRIMARY,
            action=Action(id="finish", exit=True, result={"transferId": 20417, "status": "sent"}),
        ),
    ],
    analytics={"product": "transfer", "outcome": "sent"},
)
