"""Ask for a date of birth.

The format `date` submits `YYYY-MM-DD`. `minimum` and `maximum` limit the date, and each rule has its own message.
Clients show three fields for day, month and year. With the control `date-lookup`, as for the second date,
they show a calendar.

Shows: date format, minimum and maximum, date-lookup control, validation messages, default
Generation: core
"""

from stepdsl import AutocompleteHint, Control, Step, StringSchema

with Step.build(id="date-of-birth", title="About you") as about_you:
    with about_you.schemas() as schemas:
        with schemas.obj(id="#dates") as dates:
            dates.required = ["dateOfBirth", "startDate"]
            with dates.properties() as properties:
                with properties.string("dateOfBirth", title="Date of birth") as born:
                    born.format = StringSchema.Format.DATE
                    born.minimum = "1900-01-01"
                    born.maximum = "2008-12-31"
                    born.autocomplete_hint = [AutocompleteHint.BIRTHDATE]
                    born.validation_messages = {
                        "minimum": "Please check the year.",
                        "maximum": "You have to be 18 or older.",
                    }
                    born.help(markdown="We are required by law to know your *age*.")
                with properties.string("startDate", title="When do you want to start?") as start:
                    start.format = StringSchema.Format.DATE
                    start.control = Control.Schema.String.DATE_LOOKUP
                    start.minimum = "2027-01-01"
                    start.maximum = "2027-12-31"
                    start.default = "2027-01-01"
    with about_you.layout() as layout:
        layout.form(schema_id="#dates")
        layout.button(title="Continue", control="primary").action(url="/dates")

step = about_you.built
