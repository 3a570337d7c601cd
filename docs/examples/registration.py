"""Open an account, with as little typing as possible.

Each field describes its content: `autocomplete_hint` allows a browser or a phone to fill it in, and
`autofill_key` allows a native app to offer the address book. Rules have their own messages. The button is in the
footer, so it is always visible. It posts one object to `/register`.

Shows: autocomplete tokens, autofill keys, e-mail format, help, footer
Generation: core2
"""

from stepdsl import Action, AutocompleteToken, Control, Step, StringSchema

with Step.build(id="registration", title="Create your account") as registration:
    registration.description = "It takes two minutes."
    with registration.schemas() as schemas:
        with schemas.obj(id="#person") as person:
            person.required = ["givenName", "familyName", "email", "password"]
            with person.properties() as properties:
                with properties.string("givenName", title="First name", max_length=70) as given_name:
                    given_name.autocomplete_hint = [AutocompleteToken.GIVEN_NAME]
                    given_name.autofill_key = "contact.givenName"
                with properties.string("familyName", title="Last name", max_length=70) as family_name:
                    family_name.autocomplete_hint = [AutocompleteToken.FAMILY_NAME]
                    family_name.autofill_key = "contact.familyName"
                with properties.string("email", title="E-mail", format=StringSchema.Format.EMAIL) as email:
                    email.placeholder = "jane@example.com"
                    email.autocomplete_hint = [AutocompleteToken.EMAIL]
                    email.autofill_key = "contact.email"
                with properties.string("password", title="Choose a password", min_length=12) as password:
                    password.control = Control.Schema.String.PASSWORD
                    password.autocomplete_hint = [AutocompleteToken.NEW_PASSWORD]
                    password.validation_messages = {"minLength": "Use 12 characters or more."}
                    password.help(markdown="A **sentence** is easier to remember than a word.")
    with registration.layout() as layout:
        layout.form(schema_id="#person")
    with registration.footer() as footer:
        with footer.button(title="Create account", control="primary") as button:
            button.behavior.action(action=Action(url="/register"))

step = registration.built
