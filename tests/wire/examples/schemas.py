"""Schemas: each type with all its properties, three ways."""

from __future__ import annotations

from stepdsl import AlertLayout, ConstSchema, Help, ObjectSchema, OneOfSchema, StringSchema


class ConstSchemaExample:
    """The same ConstSchema, three ways."""

    @staticmethod
    def by_constructors():
        return ConstSchema(
            id="#eur",
            title="Euro",
            description="Twenty countries",
            additional_text="no fee",
            control="tile",
            hidden=False,
            disabled=True,
            alert=AlertLayout(markdown="Not today"),
            keywords=["EUR", "€"],
            analytics_id="currency-eur",
            value={"code": "EUR", "digits": 2},
        )

    @staticmethod
    def by_blocks():
        with ConstSchema.build() as euro:
            euro.id = "#eur"
            euro.title = "Euro"
            euro.description = "Twenty countries"
            euro.additional_text = "no fee"
            euro.control = "tile"
            euro.hidden = False
            euro.disabled = True
            euro.alert(markdown="Not today")
            euro.keywords = ["EUR", "€"]
            euro.analytics_id = "currency-eur"
            euro.value = {"code": "EUR", "digits": 2}
        return euro.built

    @staticmethod
    def by_callbacks():
        @ConstSchema.build
        def made(euro):
            euro.id = "#eur"
            euro.title = "Euro"
            euro.description = "Twenty countries"
            euro.additional_text = "no fee"
            euro.control = "tile"
            euro.hidden = False
            euro.disabled = True

            @euro.alert
            def _(alert):
                alert.markdown = "Not today"

            euro.keywords = ["EUR", "€"]
            euro.analytics_id = "currency-eur"
            euro.value = {"code": "EUR", "digits": 2}

        return made


class ObjectSchemaExample:
    """The same ObjectSchema, three ways."""

    @staticmethod
    def by_constructors():
        return ObjectSchema(
            id="#login",
            title="Log in",
            description="As on the website",
            additional_text="step 1 of 2",
            control="section",
            hidden=False,
            disabled=False,
            alert=AlertLayout(markdown="Twice failed", context="negative"),
            keywords=["account"],
            analytics_id="login",
            properties={
                "username": StringSchema(title="Username"),
                "first name": StringSchema(),
                "kind": ConstSchema(value="private"),
                "address": ObjectSchema(properties={"line 1": StringSchema()}),
            },
            display_order=["first name", "username", "address"],
            required=["username"],
            format="credentials",
        )

    @staticmethod
    def by_blocks():
        with ObjectSchema.build() as login:
            login.id = "#login"
            login.title = "Log in"
            login.description = "As on the website"
            login.additional_text = "step 1 of 2"
            login.control = "section"
            login.hidden = False
            login.disabled = False
            login.alert(markdown="Twice failed", context="negative")
            login.keywords = ["account"]
            login.analytics_id = "login"
            with login.properties() as properties:
                properties.string("username", title="Username")
                properties.string("first name")
                properties.const("kind", value="private")
                with properties.obj("address") as address:
                    with address.properties() as inner:
                        inner.string("line 1")
            login.display_order = ["first name", "username", "address"]
            login.required = ["username"]
            login.format = "credentials"
        return login.built

    @staticmethod
    def by_callbacks():
        @ObjectSchema.build
        def made(login):
            login.id = "#login"
            login.title = "Log in"
            login.description = "As on the website"
            login.additional_text = "step 1 of 2"
            login.control = "section"
            login.hidden = False
            login.disabled = False

            @login.alert
            def _(alert):
                alert.markdown = "Twice failed"
                alert.context = "negative"

            login.keywords = ["account"]
            login.analytics_id = "login"

            @login.properties
            def _(properties):
                def username(string):
                    string.title = "Username"

                properties.string("username", username)
                properties.string("first name", lambda string: None)

                def kind(const):
                    const.value = "private"

                properties.const("kind", kind)

                def address(obj):
                    @obj.properties
                    def _(inner):
                        inner.string("line 1", lambda string: None)

                properties.obj("address", address)

            login.display_order = ["first name", "username", "address"]
            login.required = ["username"]
            login.format = "credentials"

        return made


class OneOfSchemaExample:
    """The same OneOfSchema, three ways."""

    @staticmethod
    def by_constructors():
        return OneOfSchema(
            id="#country",
            title="Country",
            description="Where you live",
            additional_text="not where you work",
            control="select",
            hidden=False,
            disabled=False,
            alert=AlertLayout(markdown="Choose well"),
            keywords=["home"],
            analytics_id="country",
            help=Help(markdown="Of *residence*."),
            placeholder="Choose …",
            autocomplete_hint=["countryCode"],
            autofill_key="contact.country",
            refresh_step_on_change=True,
            schemas=[
                ConstSchema(title="Estonia", value="EE"),
                ConstSchema(title="Elsewhere", value=None),
                ObjectSchema(properties={}),
            ],
            default="EE",
        )

    @staticmethod
    def by_blocks():
        with OneOfSchema.build() as choice:
            choice.id = "#country"
            choice.title = "Country"
            choice.description = "Where you live"
            choice.additional_text = "not where you work"
            choice.control = "select"
            choice.hidden = False
            choice.disabled = False
            choice.alert(markdown="Choose well")
            choice.keywords = ["home"]
            choice.analytics_id = "country"
            choice.help(markdown="Of *residence*.")
            choice.placeholder = "Choose …"
            choice.autocomplete_hint = ["countryCode"]
            choice.autofill_key = "contact.country"
            choice.refresh_step_on_change = True
            with choice.schemas() as schemas:
                schemas.const(title="Estonia", value="EE")
                schemas.const(title="Elsewhere", value=None)
                with schemas.obj() as obj:
                    obj.properties()
            choice.default = "EE"
        return choice.built

    @staticmethod
    def by_callbacks():
        @OneOfSchema.build
        def made(choice):
            choice.id = "#country"
            choice.title = "Country"
            choice.description = "Where you live"
            choice.additional_text = "not where you work"
            choice.control = "select"
            choice.hidden = False
            choice.disabled = False

            @choice.alert
            def _(alert):
                alert.markdown = "Choose well"

            choice.keywords = ["home"]
            choice.analytics_id = "country"

            @choice.help
            def _(advice):
                advice.markdown = "Of *residence*."

            choice.placeholder = "Choose …"
            choice.autocomplete_hint = ["countryCode"]
            choice.autofill_key = "contact.country"
            choice.refresh_step_on_change = True

            @choice.schemas
            def _(schemas):
                @schemas.const
                def _(const):
                    const.title = "Estonia"
                    const.value = "EE"

                @schemas.const
                def _(const):
                    const.title = "Elsewhere"
                    const.value = None

                @schemas.obj
                def _(obj):
                    @obj.properties
                    def _(properties):
                        pass

            choice.default = "EE"

        return made


class StringSchemaExample:
    """The same StringSchema, three ways."""

    @staticmethod
    def by_constructors():
        return StringSchema(
            id="#iban",
            title="IBAN",
            description="Of the payee",
            additional_text="22 characters at most",
            control="password",
            hidden=True,
            disabled=False,
            alert=AlertLayout(markdown="Check it"),
            keywords=["account", "number"],
            analytics_id="iban",
            help=Help(markdown="On the bank statement."),
            placeholder="EE…",
            autocomplete_hint=["work", "creditCardNumber"],
            autofill_key="contact.iban",
            refresh_step_on_change=False,
            default="EE",
            format="numeric",
            display_format="** ****",
            min_length=2,
            max_length=22,
            minimum="2020-01-01",
            maximum="2030-12-31",
            pattern="^[A-Z]{2}",
            validation_messages={"minLength": "Too short", "pattern": "No IBAN"},
            accepts=["image/*", "application/pdf"],
        )

    @staticmethod
    def by_blocks():
        with StringSchema.build() as iban:
            iban.id = "#iban"
            iban.title = "IBAN"
            iban.description = "Of the payee"
            iban.additional_text = "22 characters at most"
            iban.control = "password"
            iban.hidden = True
            iban.disabled = False
            iban.alert(markdown="Check it")
            iban.keywords = ["account", "number"]
            iban.analytics_id = "iban"
            iban.help(markdown="On the bank statement.")
            iban.placeholder = "EE…"
            iban.autocomplete_hint = ["work", "creditCardNumber"]
            iban.autofill_key = "contact.iban"
            iban.refresh_step_on_change = False
            iban.default = "EE"
            iban.format = "numeric"
            iban.display_format = "** ****"
            iban.min_length = 2
            iban.max_length = 22
            iban.minimum = "2020-01-01"
            iban.maximum = "2030-12-31"
            iban.pattern = "^[A-Z]{2}"
            iban.validation_messages = {"minLength": "Too short", "pattern": "No IBAN"}
            iban.accepts = ["image/*", "application/pdf"]
        return iban.built

    @staticmethod
    def by_callbacks():
        @StringSchema.build
        def made(iban):
            iban.id = "#iban"
            iban.title = "IBAN"
            iban.description = "Of the payee"
            iban.additional_text = "22 characters at most"
            iban.control = "password"
            iban.hidden = True
            iban.disabled = False

            @iban.alert
            def _(alert):
                alert.markdown = "Check it"

            iban.keywords = ["account", "number"]
            iban.analytics_id = "iban"

            @iban.help
            def _(advice):
                advice.markdown = "On the bank statement."

            iban.placeholder = "EE…"
            iban.autocomplete_hint = ["work", "creditCardNumber"]
            iban.autofill_key = "contact.iban"
            iban.refresh_step_on_change = False
            iban.default = "EE"
            iban.format = "numeric"
            iban.display_format = "** ****"
            iban.min_length = 2
            iban.max_length = 22
            iban.minimum = "2020-01-01"
            iban.maximum = "2030-12-31"
            iban.pattern = "^[A-Z]{2}"
            iban.validation_messages = {"minLength": "Too short", "pattern": "No IBAN"}
            iban.accepts = ["image/*", "application/pdf"]

        return made


EXAMPLES = {
    "ConstSchema": ConstSchemaExample,
    "ObjectSchema": ObjectSchemaExample,
    "OneOfSchema": OneOfSchemaExample,
    "StringSchema": StringSchemaExample,
}
