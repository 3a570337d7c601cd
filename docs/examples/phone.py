"""Ask for a mobile number, and then for the code that was sent to it.

`display_format` groups the typed characters. Only the characters at the positions of a `*` are submitted, and
`pattern` checks only these. With the hints, a phone can fill in its own number, and the code from the message.
The step has two root schemas. Each has its own form, and a paragraph is between the forms. Their values are
submitted as one object.

Shows: display format, pattern, one-time code, two forms
Generation: core
"""

from stepdsl import AutocompleteHint, Step

with Step.build(id="phone", title="Your phone") as phone:
    with phone.schemas() as schemas:
        with schemas.obj(id="#phone") as number_form:
            number_form.required = ["mobile"]
            with number_form.properties() as properties:
                with properties.string("mobile", title="Mobile number") as mobile:
                    mobile.description = "Without the leading zero."
                    mobile.display_format = "+44 **** ******"
                    mobile.pattern = "^7[0-9]{9}$"
                    mobile.validation_messages = {"pattern": "Mobile numbers have ten digits and begin with a 7."}
                    mobile.autocomplete_hint = [AutocompleteHint.MOBILE, AutocompleteHint.PHONE_NATIONAL]
        with schemas.obj(id="#code") as code_form:
            with code_form.properties() as properties:
                with properties.string("code", title="Code", min_length=6, max_length=6) as code:
                    code.display_format = "*** ***"
                    code.autocomplete_hint = [AutocompleteHint.ONE_TIME_CODE]
    with phone.layout() as layout:
        layout.form(schema_id="#phone")
        layout.paragraph(text="If you have a code already, type it here; otherwise we send you one.")
        layout.form(schema_id="#code")
        layout.button(title="Continue", control="primary").action(url="/phone")

step = phone.built
