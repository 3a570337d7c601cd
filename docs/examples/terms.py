"""Ask the user to accept the terms.

Markdown shows headings, lists, emphasis and links. Instructions show what to do and what not to do. A checkbox is
a boolean. It submits true or false, so the server must refuse `false`, with an error at `consent`. The second
checkbox is checked at the start.

Shows: markdown, instructions, boolean
Generation: core
"""

from stepdsl import Context, Step

SUMMARY = """\
## In short

- You pay **nothing** for the first 30 days.
- You can cancel at any time, and keep what you have saved.

All of it is in our [terms of use](https://shop.example/terms)."""

with Step.build(id="terms", title="Terms of use") as terms:
    with terms.schemas() as schemas:
        with schemas.obj(id="#consent") as form:
            form.required = ["consent"]
            with form.properties() as properties:
                properties.boolean("consent", title="I have read the terms of use and accept them")
                properties.boolean("copy", title="Send me a copy by e-mail", default=True)
    with terms.layout() as layout:
        layout.markdown(content=SUMMARY)
        with layout.instructions(title="Your account is yours alone") as instructions:
            with instructions.items() as items:
                items.item(text="Choose a password that you use nowhere else", context=Context.POSITIVE)
                items.item(text="Tell us when you lose your phone", context=Context.POSITIVE)
                items.item(text="Never give your code to anybody, not even to us", context=Context.NEGATIVE)
        layout.form(schema_id="#consent")
        layout.button(title="Accept and continue", control="primary").action(url="/terms")

step = terms.built
