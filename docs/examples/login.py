"""Log in with a name and a password.

A form with two required fields. `control` hides the password, and the autocomplete hints allow the client to
offer stored values. The first button validates the form on the client and posts both values to `/login`. The
server answers with the next step, or with an error body; the client shows its messages at the fields. The second
button submits without validation.

Shows: form, required fields, password control, autocomplete hints, validation message
Generation: core
"""

from stepdsl import Control, Step

with Step.build(id="login", title="Log in") as login:
    with login.schemas() as schemas:
        with schemas.obj(id="#login") as form:
            form.required = ["username", "password"]
            with form.properties() as properties:
                properties.string("username", title="User name", autocomplete_hint=["username"], min_length=3)
                with properties.string("password", title="Password") as password:
                    password.control = Control.Schema.String.PASSWORD
                    password.autocomplete_hint = ["password"]
                    password.min_length = 8
                    password.validation_messages = {"minLength": "Passwords have at least 8 characters."}
    with login.layout() as layout:
        layout.form(schema_id="#login")
        layout.button(title="Log in", control="primary").action(url="/login")
        with layout.button(title="I have forgotten my password", control="tertiary") as forgotten:
            forgotten.action(url="/forgotten-password", skip_validation=True)

step = login.built
