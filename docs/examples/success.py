"""Show that everything succeeded, and end the flow.

The control `display` makes a large headline. The picture has a description for screen readers. The button ends
the flow without a request; the app that started the flow gets its `result`. Every analytics event of the step
contains `analytics`.

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
