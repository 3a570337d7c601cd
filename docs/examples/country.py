"""Let the fields follow from the country.

When the country changes, the client posts what is filled in to `refresh_url` and shows the step that comes
back; 304 leaves everything as it is. The new step has to bring its own model, because no value is carried
over: a server calls `address_step("US")` for the answer, and puts what it was sent into the model.

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
