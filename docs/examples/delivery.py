"""Ask for a person and an address in several sections, and submit one object.

An all-of schema merges its children. Each child is a section with a title. The two root schemas are in two forms,
so a heading and an alert can be between them. When the step is submitted, the values of the forms are merged too.
`model` contains the values that the server already knows.

Shows: all-of schema, sections, several forms, alert, model
Generation: core
"""

from stepdsl import AutocompleteHint, Context, Step

with Step.build(id="delivery", title="Delivery") as delivery:
    delivery.model = {"givenName": "Jane", "familyName": "Doe", "city": "Leeds"}
    with delivery.schemas() as schemas:
        with schemas.all_of(id="#recipient") as recipient:
            with recipient.schemas() as sections:
                with sections.obj(title="Who is it for?") as name:
                    name.required = ["givenName", "familyName"]
                    with name.properties() as properties:
                        properties.string("givenName", title="First name")
                        properties.string("familyName", title="Last name")
                with sections.obj(title="How can the driver reach you?") as contact:
                    with contact.properties() as properties:
                        with properties.string("phone", title="Phone") as phone:
                            phone.autocomplete_hint = [AutocompleteHint.SHIPPING, AutocompleteHint.PHONE_NUMBER]
        with schemas.obj(id="#address") as address:
            address.required = ["street", "city", "postCode"]
            with address.properties() as properties:
                properties.string("street", title="Street and number")
                properties.string("city", title="Town")
                properties.string("postCode", title="Post code", max_length=8)
    with delivery.layout() as layout:
        layout.form(schema_id="#recipient")
        layout.heading(text="Where does it go?", size="md")
        layout.alert(markdown="We deliver to **houses and flats** only.", context=Context.WARNING)
        layout.form(schema_id="#address")
        layout.button(title="Continue", control="primary").action(url="/delivery")

step = delivery.built
