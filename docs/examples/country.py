"""Change the fields when the country changes.

When the user changes the country, the client posts the values to `refresh_url` and shows the step that the server
returns. The status 304 means that nothing changes. The new step must contain its own model, because the client
keeps no values. So a server calls `address_step("US")` to make the answer, and puts the received values into the
model.

Shows: refresh on change, model, a function that makes the step
Generation: core
"""

from stepdsl import ConstSchema, Step

COUNTRIES = {"GB": "United Kingdom", "US": "United States"}


def address_step(country: str) -> Step:
    """Return the step with the fields of a country."""
    with Step.build(id="country", title="Your address", refresh_url="/address/refresh") as address:
        address.model = {"country": country}
        with address.schemas() as schemas:
            with schemas.obj(id="#address") as form:
                form.required = ["country", "city"]
                with form.properties() as properties:
                    with properties.one_of("country", title="Country", refresh_step_on_change=True) as choice:
                        choice.schemas().extend(ConstSchema(value=code, title=name) for code, name in COUNTRIES.items())
                    properties.string("city", title="Town")
                    if country == "US":
                        properties.string("zip", title="ZIP code", pattern="^[0-9]{5}$")
                    else:
                        properties.string("postCode", title="Post code", max_length=8)
        with address.layout() as layout:
            layout.form(schema_id="#address")
            layout.button(title="Continue", control="primary").action(url="/address")
    return address.built


step = address_step("GB")
