"""Ask for an amount and a number of months, and suggest values.

A number allows decimals, an integer does not. The client checks `minimum` and `maximum`. `suggestions` offers
values next to the field; a comprehension makes the values of the first field. An inline alert is next to the
second field.

Shows: number, integer, suggestions, limits, inline alert
Generation: core2
"""

from stepdsl import Action, Context, Step, Suggestions

with Step.build(id="savings-plan", title="Your savings plan") as plan:
    with plan.schemas() as schemas:
        with schemas.obj(id="#plan") as form:
            form.required = ["amount", "months"]
            with form.properties() as properties:
                with properties.number("amount", title="Every month", minimum=10, maximum=2500.5) as amount:
                    amount.additional_text = "EUR"
                    amount.default = 50
                    amount.validation_messages = {
                        "minimum": "A plan starts at 10 EUR.",
                        "maximum": "A plan ends at 2500.50 EUR.",
                    }
                    with amount.suggestions() as suggestions:
                        suggestions.values().extend(
                            Suggestions.Value(label=f"{euros} EUR", value=euros) for euros in (25, 50, 100)
                        )
                with properties.integer("months", title="For how many months?", minimum=6, maximum=120) as months:
                    months.placeholder = "24"
                    with months.suggestions() as suggestions:
                        with suggestions.values() as values:
                            values.value(label="One year", value=12)
                            values.value(label="Two years", value=24)
                    months.inline_alert(content="You can stop at any time.", context=Context.NEUTRAL)
    with plan.layout() as layout:
        layout.form(schema_id="#plan")
    with plan.footer() as footer:
        footer.button(title="Continue", control="primary").behavior.action(action=Action(url="/savings-plan"))

step = plan.built
