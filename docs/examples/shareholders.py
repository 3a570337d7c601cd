"""List the people who own a company.

A list of objects repeats a part of a form. The user edits each item on a screen of its own; the list shows a
short summary of each item. The fields with a `summary` provide its texts. The list's own `summary` contains the
default texts for empty fields. `model` contains the people that the register has.

Shows: list of objects, summary with defaults, model
Generation: core
"""

from stepdsl import Icon, Step, Summary

with Step.build(id="shareholders", title="Who owns the company?") as owners:
    owners.description = "Everybody with a quarter of the shares or more."
    owners.model = {
        "shareholders": [
            {"name": "Ada Byron", "role": "director", "share": 60},
            {"name": "Charles Babbage", "role": "partner", "share": 40},
        ]
    }
    with owners.schemas() as schemas:
        with schemas.obj(id="#owners") as form:
            with form.properties() as properties:
                with properties.list("shareholders", title="Shareholders", min_items=1, max_items=4) as people:
                    people.add_item_title = "Add a person"
                    people.edit_item_title = "Change the details"
                    people.summary = Summary.Summariser(
                        default_title="A person",
                        default_description="Role unknown",
                        default_icon=Icon.Named(name="person"),
                    )
                    with people.items.obj() as person:
                        person.required = ["name", "role", "share"]
                        with person.properties() as fields:
                            with fields.string("name", title="Full name") as name:
                                name.summary(provides_title=True)
                            with fields.one_of("role", title="Role") as role:
                                role.summary(provides_description=True)
                                with role.schemas() as roles:
                                    roles.const(value="director", title="Director")
                                    roles.const(value="partner", title="Partner")
                                    roles.const(value="investor", title="Investor")
                            fields.integer("share", title="Share in per cent", minimum=25, maximum=100)
    with owners.layout() as layout:
        layout.form(schema_id="#owners")
        layout.button(title="Continue", control="primary").action(url="/shareholders")

step = owners.built
