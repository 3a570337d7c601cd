"""Put buttons at the top and at the bottom of a screen.

The items of the toolbar are at the top of the screen. The footer is fixed at the bottom. This step
shows three behaviors: refresh the step, copy a text, open a link. To refresh the step, the client posts the number
of the order to `refresh_url`; a hidden schema and the model contain this number.

Shows: toolbar, footer, refresh, copy and link behaviors
Generation: core2
"""

from stepdsl import Action, CopyBehavior, LinkBehavior, Media, RefreshBehavior, Step

PARCEL = "RR123456785GB"

with Step.build(id="order", title="Order 4711") as order:
    order.refresh_url = "/orders/refresh"
    order.model = {"orderId": 4711}
    with order.schemas() as schemas:
        with schemas.obj(id="#order", hidden=True) as carried:
            carried.properties().integer("orderId")
    with order.toolbar() as toolbar:
        with toolbar.items() as items:
            with items.item(accessibility_description="Load again") as refresh:
                refresh.media = Media.Avatar(content=[Media.Avatar.Content.Uri(uri="urn:wise:icons:refresh")])
                refresh.behavior = RefreshBehavior()
            items.item(title="Help", behavior=LinkBehavior(url="https://shop.example/help/orders"))
    with order.layout() as layout:
        with layout.review() as review:
            with review.fields() as fields:
                fields.field(label="Ordered", value="2 June 2027")
                fields.field(label="Sent with", value="Parcel post")
                fields.field(label="Parcel number", value=PARCEL)
        layout.button(title="Copy the parcel number", control="tertiary", behavior=CopyBehavior(content=PARCEL))
    with order.footer() as footer:
        with footer.button(title="I have got it", control="primary") as received:
            received.behavior.action(action=Action(url="/orders/received"))
        with footer.button(title="Send it back", control="secondary") as send_back:
            send_back.behavior.action(action=Action(url="/orders/return"))

step = order.built
