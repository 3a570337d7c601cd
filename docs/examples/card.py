"""Take a card number that your server never receives.

`persist_async` sends the number to a vault as soon as it is complete. The vault answers with a token, and the
step submits this token. The outer schema describes the token. The inner schema describes what the user types. The
other fields are submitted as usual.

Shows: persist-async of a card number, token, display format
Generation: core
"""

from stepdsl import AutocompleteHint, PersistAsync, Step, StringSchema

card_number = StringSchema(
    title="Card number",
    placeholder="4111 1111 1111 1111",
    display_format="**** **** **** ****",
    pattern="^[0-9]{16}$",
    validation_messages={"pattern": "Card numbers have 16 digits."},
    autocomplete_hint=[AutocompleteHint.CREDIT_CARD_NUMBER],
)

with Step.build(id="card", title="Pay by card") as card:
    with card.schemas() as schemas:
        with schemas.obj(id="#card") as form:
            form.required = ["cardToken", "expires", "holder"]
            with form.properties() as properties:
                with properties.string("cardToken") as token:
                    token.persist_async = PersistAsync(
                        url="https://vault.example/cards",
                        param="number",
                        id_property="token",
                        schema=card_number,
                    )
                with properties.string("expires", title="Valid to", placeholder="12/29") as expires:
                    expires.display_format = "**/**"
                    expires.pattern = "^(0[1-9]|1[0-2])[0-9]{2}$"
                    expires.autocomplete_hint = [AutocompleteHint.CREDIT_CARD_EXPIRATION]
                with properties.string("holder", title="Name on the card") as holder:
                    holder.autocomplete_hint = [AutocompleteHint.CREDIT_CARD_NAME]
    with card.layout() as layout:
        layout.form(schema_id="#card")
        layout.button(title="Pay 49.00 EUR", control="primary").action(url="/payments")

step = card.built
