"""Choose one of a few currencies.

A one-of schema of constants is shown as a select or as radio buttons. A loop makes its options from a table.
`default` is the first selection, unless the step's model has a value. If the user filters the options, the filter
searches the titles and the `keywords`. Only the code is submitted: `{"currency": "EUR"}`.

Shows: one-of schema, constants, preselected value, keywords, icons
Generation: core
"""

from stepdsl import Icon, Step

CURRENCIES = {
    "GBP": ("British pound", ["sterling", "United Kingdom"]),
    "EUR": ("Euro", ["Germany", "France", "Spain"]),
    "USD": ("US dollar", ["United States", "America"]),
    "JPY": ("Japanese yen", ["Japan"]),
}

with Step.build(id="currency", title="Your currency") as choice:
    with choice.schemas() as schemas:
        with schemas.obj(id="#currency") as form:
            form.required = ["currency"]
            with form.properties() as properties:
                with properties.one_of("currency", title="Currency", default="EUR") as currency:
                    with currency.schemas() as options:
                        for code, (name, keywords) in CURRENCIES.items():
                            with options.const(value=code, title=code, description=name) as option:
                                option.icon.text(text=code)
                                option.keywords = keywords
                    currency.icon = Icon.Named(name="money")
    with choice.layout() as layout:
        layout.paragraph(text="We show all amounts in the currency that you choose.")
        layout.form(schema_id="#currency")
        layout.button(title="Continue", control="primary").action(url="/currency")

step = choice.built
