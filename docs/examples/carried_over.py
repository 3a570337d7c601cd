"""Send data that the user does not see.

Steps keep no state. If a later step needs data, the server stores it, or the steps send it along. Here a hidden
constant and a hidden schema, with values from `model`, are submitted together with what the user types. The
`data` of the button adds one more property. The server must check such data again, because a client can change
it.

Shows: hidden constant, hidden schema, model, data of an action
Generation: core
"""

from stepdsl import Step

with Step.build(id="message", title="Add a message") as message:
    message.model = {
        "quote": {"id": "q-20417", "amount": 250.75, "currency": "EUR"},
        "visits": 3,
    }
    with message.schemas() as schemas:
        with schemas.obj(id="#message") as visible:
            with visible.properties() as properties:
                properties.string("reference", title="Message for the recipient", max_length=35)
                properties.const("channel", value="web", hidden=True)
        with schemas.obj(id="#carried", hidden=True) as carried:
            with carried.properties() as properties:
                with properties.obj("quote") as quote:
                    with quote.properties() as parts:
                        parts.string("id")
                        parts.number("amount")
                        parts.string("currency")
                properties.integer("visits")
    with message.layout() as layout:
        layout.form(schema_id="#message")
        layout.button(title="Send", control="primary").action(url="/transfers", data={"confirmed": True})

step = message.built
