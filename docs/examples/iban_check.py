"""Check a bank account while the user fills in the other fields.

When the IBAN matches its pattern, `validation_async` posts `{"iban": …}` to `/checks/iban`. The server answers
with 200 and a `message`, for example the name of the bank, or with 422 and a message about the mistake. The user
can submit a refused value anyway, so the server must check it again.

Shows: validate-async, pattern, help
Generation: core
"""

from stepdsl import Step

with Step.build(id="iban-check", title="Your bank account") as account:
    with account.schemas() as schemas:
        with schemas.obj(id="#account") as form:
            form.required = ["iban", "holder"]
            with form.properties() as properties:
                with properties.string("iban", title="IBAN") as iban:
                    iban.pattern = "^[A-Z]{2}[0-9]{2}[A-Z0-9]{11,30}$"
                    iban.validation_async(url="/checks/iban", method="POST", param="iban")
                    iban.help(markdown="You find it on your *bank statement* and on the back of most cards.")
                properties.string("holder", title="Name of the account's holder")
    with account.layout() as layout:
        layout.form(schema_id="#account")
        layout.button(title="Continue", control="primary").action(url="/account")

step = account.built
