"""Show the errors of the last attempt.

The client shows `errors` as soon as the step loads. There is one message for the whole step, and one for each
wrong field, in the shape of the model. `model` contains what the user typed before. A server that answers a
submission with an error body has the same effect without sending a step (`responses/field_errors.py`).

Shows: errors on load, nested validation, model
Generation: core
"""

from stepdsl import Step

with Step.build(id="recipient-details", title="Who gets the money?") as details:
    details.model = {"name": "Ada", "address": {"street": "1 High Street", "postCode": "LS1"}}
    with details.errors(error="Please correct two fields.") as errors:
        errors.validation = {
            "name": "Give the first and the last name.",
            "address": {"postCode": "This post code is not complete."},
        }
    with details.schemas() as schemas:
        with schemas.obj(id="#details") as form:
            form.required = ["name", "address"]
            with form.properties() as properties:
                properties.string("name", title="Full name")
                with properties.obj("address", title="Address") as address:
                    address.required = ["street", "postCode"]
                    with address.properties() as fields:
                        fields.string("street", title="Street and number")
                        fields.string("postCode", title="Post code", max_length=8)
    with details.layout() as layout:
        layout.form(schema_id="#details")
        layout.button(title="Continue", control="primary").action(url="/recipient-details")

step = details.built
