"""Ask for bank details: an IBAN, or a sort code with an account number.

A one-of schema of objects shows alternative sections of a form. Each section has the constant `kind`. The server
uses it in the submitted data to find out which section was used. The client uses it in `model` to choose the
section to open: here, the second one, with the values that are already known.

Shows: one-of schema with alternative sections, constant as discriminator, pattern, model
Generation: core
"""

from stepdsl import Step

with Step.build(id="bank-account", title="Where should we send the money?") as bank_account:
    bank_account.model = {"account": {"kind": "sort-code", "sortCode": "231470"}}
    with bank_account.schemas() as schemas:
        with schemas.obj(id="#recipient") as recipient:
            recipient.required = ["account"]
            with recipient.properties() as properties:
                with properties.one_of("account", title="Kind of account") as account:
                    with account.schemas() as kinds:
                        with kinds.obj(title="IBAN") as iban_account:
                            iban_account.required = ["iban"]
                            with iban_account.properties() as fields:
                                fields.const("kind", value="iban", hidden=True)
                                with fields.string("iban", title="IBAN") as iban:
                                    iban.placeholder = "DE89370400440532013000"
                                    iban.pattern = "^[A-Z]{2}[0-9]{2}[A-Z0-9]{11,30}$"
                                    iban.validation_messages = {"pattern": "That does not look like an IBAN."}
                        with kinds.obj(title="Sort code") as local_account:
                            local_account.required = ["sortCode", "accountNumber"]
                            with local_account.properties() as fields:
                                fields.const("kind", value="sort-code", hidden=True)
                                with fields.string("sortCode", title="Sort code") as sort_code:
                                    sort_code.display_format = "**-**-**"
                                    sort_code.pattern = "^[0-9]{6}$"
                                with fields.string("accountNumber", title="Account number") as account_number:
                                    account_number.pattern = "^[0-9]{8}$"
    with bank_account.layout() as layout:
        layout.form(schema_id="#recipient")
        layout.button(title="Continue", control="primary").action(url="/bank-account")

step = bank_account.built
