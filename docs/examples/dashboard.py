"""An overview with balances and the last payments.

This screen has headings of several sizes, boxes with a border, a divider and a list. The user reads them, but
cannot choose from them. The entries of the list have an avatar at the start and amounts at the end. Loops make
the boxes and the entries from the data.

Shows: headings, boxes, divider, list layout, avatars, supporting values, media
Generation: core2
"""

from stepdsl import Action, ListLayout, Media, Step, SupportingValues

BALANCES = {"Current account": "1,204.18 EUR", "Savings": "8,000.00 EUR"}
PAYMENTS = [
    ("Bakery", "Today", "-4.20 EUR", "B"),
    ("Rent", "Yesterday", "-890.00 EUR", "R"),
    ("Salary", "1 June", "+2,310.55 EUR", "S"),
]

with Step.build(id="dashboard", title="Overview") as dashboard:
    with dashboard.layout() as layout:
        layout.heading(text="Good morning, Ada", size="xl")
        for name, balance in BALANCES.items():
            with layout.box(border=True, width="md", margin="sm") as box:
                with box.components() as inside:
                    inside.paragraph(text=name)
                    inside.heading(text=balance, size="lg")
        layout.divider()
        with layout.list(title="Last payments") as payments:
            payments.items().extend(
                ListLayout.Item(
                    title=title,
                    description=day,
                    media=Media.Avatar(content=[Media.Avatar.Content.Text(text=initial)]),
                    supporting_values=SupportingValues(value=amount),
                )
                for title, day, amount, initial in PAYMENTS
            )
        layout.media(
            media=Media.Image(
                uri="urn:wise:illustrations:globe",
                accessibility_description="A globe with three flags",
            )
        )
    with dashboard.footer() as footer:
        footer.button(title="New payment", control="primary").behavior.action(
            action=Action(url="/payments/new", method="GET")
        )

step = dashboard.built
