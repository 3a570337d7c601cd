"""Choose up to three countries.

A list repeats one schema, here a choice. The user adds and removes items. The step submits an array of codes,
which is empty if there are no items. The choice has a `summary`, so each item shows the chosen country. `model`
contains one country at the start.

Shows: list of choices, minimum and maximum number of items, summary, model
Generation: core
"""

from stepdsl import ConstSchema, OneOfSchema, Step, Summary

COUNTRIES = {"AT": "Austria", "DE": "Germany", "FR": "France", "GB": "United Kingdom", "US": "United States"}

with Step.build(id="tax-residencies", title="Where do you pay tax?") as tax:
    tax.model = {"residencies": ["DE"]}
    with tax.schemas() as schemas:
        with schemas.obj(id="#tax") as form:
            form.required = ["residencies"]
            with form.properties() as properties:
                with properties.list("residencies", title="Countries") as residencies:
                    residencies.add_item_title = "Add a country"
                    residencies.edit_item_title = "Change the country"
                    residencies.min_items = 1
                    residencies.max_items = 3
                    residencies.summary(default_title="A country")
                    residencies.items = OneOfSchema(
                        title="Country",
                        summary=Summary.Provider(provides_title=True),
                        schemas=[ConstSchema(value=code, title=name) for code, name in COUNTRIES.items()],
                    )
    with tax.layout() as layout:
        layout.form(schema_id="#tax")
        layout.button(title="Continue", control="primary").action(url="/tax-residencies")

step = tax.built
